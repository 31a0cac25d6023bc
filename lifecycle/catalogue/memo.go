package catalogue

import (
	"sync"

	"parc/lifecycle"
)

// memo remembers answers: a fleet has few kinds of things, and many of each.
// When it is full it starts afresh, so that strange names cannot fill memory. It
// is used by many goroutines.
type memo[K comparable, V any] struct {
	mu    sync.RWMutex
	known map[K]V
}

const memoSize = 20_000

func newMemo[K comparable, V any]() *memo[K, V] { return &memo[K, V]{known: map[K]V{}} }

func (m *memo[K, V]) of(key K, work func() V) V {
	m.mu.RLock()
	v, ok := m.known[key]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = work()
	m.mu.Lock()
	if len(m.known) >= memoSize {
		clear(m.known)
	}
	m.known[key] = v
	m.mu.Unlock()
	return v
}

// found is a match, or that there is none.
type found struct {
	match lifecycle.Match
	ok    bool
}

// memos are what a catalogue remembers; one that is changed starts without.
type memos struct {
	systems    *memo[looks, found]
	hardware   *memo[looks, found]
	titles     *memo[string, found]
	processors *memo[string, processorFound]
	makers     *memo[string, []*serialRule]
	installed  *memo[string, lifecycle.Installed]
	licensed   *memo[string, string]
}

func newMemos() *memos {
	return &memos{
		newMemo[looks, found](), newMemo[looks, found](), newMemo[string, found](), newMemo[string, processorFound](), newMemo[string, []*serialRule](),
		newMemo[string, lifecycle.Installed](), newMemo[string, string](),
	}
}

type processorFound struct {
	processor lifecycle.Processor
	ok        bool
}
