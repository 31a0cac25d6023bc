package api

import (
	"sync"
	"time"

	"parc/inventory"
)

// limiter slows down those who guess passwords: after some failures an account,
// or an address, has to wait. It forgets with time, and its memory is bounded.
type limiter struct {
	now      func() time.Time
	mu       sync.Mutex
	failures map[string]window
}

type window struct {
	count int
	until time.Time // when the failures are forgotten
}

const (
	accountFailures = 8
	addressFailures = 40
	forgetAfter     = 10 * time.Minute
	mostRemembered  = 20000
)

func newLimiter(now func() time.Time) *limiter {
	return &limiter{now: now, failures: map[string]window{}}
}

// allow gives LimitReached while the account or the address has to wait.
func (l *limiter) allow(login, address string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for key, most := range map[string]int{"login:" + login: accountFailures, "addr:" + address: addressFailures} {
		if w, ok := l.failures[key]; ok && now.Before(w.until) && w.count >= most {
			wait := w.until.Sub(now).Round(time.Second)
			return inventory.Errorf(inventory.LimitReached, "too many wrong passwords: try again in %s", wait)
		}
	}
	return nil
}

func (l *limiter) failed(login, address string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if len(l.failures) >= mostRemembered {
		for key, w := range l.failures {
			if now.After(w.until) {
				delete(l.failures, key)
			}
		}
		if len(l.failures) >= mostRemembered {
			clear(l.failures) // a flood of names: better forget than grow
		}
	}
	for _, key := range []string{"login:" + login, "addr:" + address} {
		w := l.failures[key]
		if now.After(w.until) {
			w = window{}
		}
		l.failures[key] = window{w.count + 1, now.Add(forgetAfter)}
	}
}

func (l *limiter) succeeded(login string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.failures, "login:"+login)
}
