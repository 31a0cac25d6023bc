package scanner

import (
	"context"
	"sync"
)

// queue hands things from one who must not wait to workers that take their
// time. It grows with what is put in: what found a device is never held up by
// the one before.
type queue[T any] struct {
	mu     sync.Mutex
	items  []T
	put    int // ever
	closed bool
	wake   chan struct{}
}

func newQueue[T any]() *queue[T] { return &queue[T]{wake: make(chan struct{}, 1)} }

// push adds a thing; never blocks.
func (q *queue[T]) push(item T) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.put++
	q.mu.Unlock()
	q.signal()
}

// close says that nothing more comes.
func (q *queue[T]) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.signal()
}

func (q *queue[T]) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// total tells how many things were put in ever.
func (q *queue[T]) total() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.put
}

// next gives the oldest thing, waiting for one; ok is false when the queue is
// closed and empty, or ctx has ended.
func (q *queue[T]) next(ctx context.Context) (item T, ok bool) {
	for {
		q.mu.Lock()
		if len(q.items) > 0 {
			item = q.items[0]
			var none T
			q.items[0] = none
			q.items = q.items[1:]
			more := len(q.items) > 0 || q.closed
			q.mu.Unlock()
			if more {
				q.signal()
			}
			return item, true
		}
		closed := q.closed
		q.mu.Unlock()
		if closed {
			q.signal()
			return item, false
		}
		select {
		case <-q.wake:
		case <-ctx.Done():
			return item, false
		}
	}
}

// work has so many workers take things until the queue is closed and empty, or
// ctx has ended, and waits for them.
func (q *queue[T]) work(ctx context.Context, workers int, do func(T)) {
	var crew sync.WaitGroup
	for range workers {
		crew.Go(func() {
			for {
				item, ok := q.next(ctx)
				if !ok || ctx.Err() != nil {
					return
				}
				do(item)
			}
		})
	}
	crew.Wait()
}
