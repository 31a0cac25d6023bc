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

// fewToSeek is how many observations are not worth a second processor.
const fewToSeek = 32

// Seek works out what the observations say of identity.
func Seek(observations []Observation) Sought {
	s := Sought{observations: observations, ids: make([]identity, len(observations))}
	part := max(fewToSeek, (len(observations)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for from := 0; from < len(observations); from += part {
		to := min(from+part, len(observations))
		wait.Go(func() {
			for i := from; i < to; i++ {
				s.ids[i] = identifyObservation(&observations[i])
			}
		})
	}
	wait.Wait()
	return s
}

// Identifiers gives what Observation.Identifiers gives of observation i.
func (s Sought) Identifiers(i int) []Identifier { return s.observations[i].lookups(&s.ids[i]) }

// Len is how many observations were looked at.
func (s Sought) Len() int { return len(s.ids) }
