package snmp

import (
	"context"
	"time"

	"github.com/gosnmp/gosnmp"

	"parc/inventory"
)

// secureTime is how long one device may take to be asked by v3 with one user.
const secureTime = 8 * time.Second

// secured tries the v3 credentials, in order, on a device that told its engine
// id. When none is accepted the device is kept for its communities.
func (s *sweep) secured(h Hit) {
	defer s.workers.Done()
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	for i := range s.shots {
		shot := &s.shots[i]
		if shot.version != gosnmp.Version3 || !shot.credential.Allows(h.Addr) || s.ended() {
			continue
		}
		vars, err := s.askSecure(h, shot.credential)
		if err == nil && len(vars) > 0 {
			h.Credential, h.Varbinds = shot.credential, vars
			s.mu.Lock()
			defer s.mu.Unlock()
			if !s.closed {
				s.hit(h)
			}
			return
		}
		if err != nil {
			s.fault(h, err)
		}
	}
	s.hold(h.Addr)
}

// fault tells why a device refuses a user, one at a time.
func (s *sweep) fault(h Hit, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.o.Fault(h.Addr, err)
	}
}

func (s *sweep) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

func (s *sweep) askSecure(h Hit, c inventory.Credential) ([]Varbind, error) {
	ctx, cancel := context.WithTimeout(s.ctx, secureTime)
	defer cancel()
	session, err := DialTarget(ctx, Target{
		Addr: h.Addr, Port: s.o.Port, Credential: c, Timeout: s.o.Timeout, Elsewhere: h.From != h.Addr,
	})
	if err != nil {
		return nil, err
	}
	defer session.Close()
	return session.Get(ctx, s.o.OIDs)
}
