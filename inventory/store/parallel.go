package store

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// fewRows is how many rows are not worth starting others for.
const fewRows = 16

// inParallel calls do for 0 to n-1 on all processors, where there is enough to do, and
// gives the first error that it met. Encoding and decoding the documents of a scan's
// rows is most of what parc itself does while it stores one.
func inParallel(n int, do func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), n/fewRows)
	if workers < 2 {
		for i := range n {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	var (
		next   atomic.Int64
		wait   sync.WaitGroup
		once   sync.Once
		failed error
	)
	for range workers {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	wait.Wait()
	return failed
}
