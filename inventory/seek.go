package inventory

import (
	"runtime"
	"sync"
)

// Sought is what observations say of identity, worked out once: a store looks for
// what shares it, and Reconcile decides by it.
type Sought struct {
	observations []Observation
	ids          []identity
}

// Seek works out what the observations say of identity.
func Seek(observations []Observation) Sought {
	s := Sought{observations: observations, ids: make([]identity, len(observations))}
	inParallel(len(observations), func(i int) { s.ids[i] = identifyObservation(&observations[i]) })
	return s
}

// fewInParallel is how many things are not worth a second processor.
const fewInParallel = 32

// inParallel calls do for 0 to n-1 on all processors, where there is enough to do.
func inParallel(n int, do func(i int)) {
	part := max(fewInParallel, (n+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	if n <= part {
		for i := range n {
			do(i)
		}
		return
	}
	var wait sync.WaitGroup
	for from := 0; from < n; from += part {
		wait.Go(func() {
			for i := from; i < min(from+part, n); i++ {
				do(i)
			}
		})
	}
	wait.Wait()
}

// Identifiers gives what Observation.Identifiers gives of observation i.
func (s Sought) Identifiers(i int) []Identifier { return s.observations[i].lookups(&s.ids[i]) }

// Len is how many observations were looked at.
func (s Sought) Len() int { return len(s.ids) }
