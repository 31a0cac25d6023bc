package snmp

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/gosnmp/gosnmp"
	"golang.org/x/time/rate"

	"parc/inventory"
)

// SweepOptions says how a Sweep asks.
type SweepOptions struct {
	Port        uint16                  // 0 is 161
	Credentials []inventory.Credential  // tried in this order, v3 before the others, each inside its ranges only
	OIDs        []string                // what is asked of every address
	Rate        int                     // packets a second that leave the machine; 0 is DefaultRate
	Timeout     time.Duration           // how long an answer may take; 0 is a second
	Fault       func(netip.Addr, error) // why a device refuses a v3 user; called one at a time, never with a hit
	Log         *slog.Logger
}

// DefaultRate is how many packets a second a sweep sends unless told: about
// four megabit, which a small office's network carries beside its work. What
// stays on the machine itself (127.0.0.0/8, ::1) is not paced.
const DefaultRate = 5000

// Hit is a device that answered.
type Hit struct {
	Addr       netip.Addr // the address that was asked
	From       netip.Addr // the address that answered: another one on some devices with several
	Credential inventory.Credential
	EngineID   string // v3: the octets of the engine id
	Varbinds   []Varbind
	Took       time.Duration
}

// The limits of a sweep.
const (
	maxOutstanding = 1 << 18 // addresses waited for at once
	maxCredentials = 16
	idSpace        = 0x40000000 // ids lie above it: four octets, never negative
)

// Sweep asks every target and hands each device that answers to hit, as it
// comes, one at a time; hit must be quick, answers wait behind it. Each address is asked twice at most with each
// credential; memory does not grow with the number of targets. Where a v3
// credential applies it goes first, and communities are only sent where it
// led to nothing. An address that no credential allows is sent nothing.
func Sweep(ctx context.Context, o SweepOptions, targets iter.Seq[netip.Addr], hit func(Hit)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, err := newSweep(ctx, o, hit)
	if err != nil {
		return err
	}
	defer s.close()
	s.readers.Go(s.receive4)
	if s.conn6 != nil {
		s.readers.Go(s.receive6)
	}
	if err := s.run(ctx, targets); err != nil {
		cancel()
		return err
	}
	s.workers.Wait()
	return s.again(ctx)
}

// sweep is the state of one Sweep.
type sweep struct {
	ctx     context.Context // of the Sweep that owns it: the v3 sessions it starts end with it
	o       SweepOptions
	conn4   *net.UDPConn
	conn6   *net.UDPConn // nil when the machine has no IPv6
	limiter *rate.Limiter
	shots   []shot
	secure  bool // there is a v3 credential
	base    uint32
	hit     func(Hit)

	mu      sync.Mutex // guards what follows, and hit
	window  []probe    // addresses waited for, oldest first
	first   uint32     // number of window[0]
	retry   []netip.Addr
	closed  bool
	readers sync.WaitGroup
	workers sync.WaitGroup
	slots   chan struct{} // v3 sessions at a time
}

// shot is one packet that an address may be sent: a credential in a version.
type shot struct {
	credential inventory.Credential
	version    gosnmp.SnmpVersion
	request    template
	fallback   bool // only sent in the second round
}

// probe is an address being waited for.
type probe struct {
	addr   netip.Addr
	sent   time.Time
	open   bool // communities only: v3 was tried
	done   bool
	second bool
}

func newSweep(ctx context.Context, o SweepOptions, hit func(Hit)) (*sweep, error) {
	if o.Port == 0 {
		o.Port = 161
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Second
	}
	if o.Rate <= 0 {
		o.Rate = DefaultRate
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Fault == nil {
		o.Fault = func(netip.Addr, error) {}
	}
	if len(o.Credentials) > maxCredentials {
		return nil, inventory.Errorf(inventory.LimitReached, "more than %d SNMP credentials for one sweep: narrow their ranges", maxCredentials)
	}
	s := &sweep{ctx: ctx, o: o, hit: hit, limiter: rate.NewLimiter(rate.Limit(o.Rate), max(1, o.Rate/100)), slots: make(chan struct{}, 64)}
	if err := s.load(); err != nil {
		return nil, err
	}
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand ends the program instead
	s.base = binary.BigEndian.Uint32(random[:])
	var err error
	if s.conn4, err = net.ListenUDP("udp4", nil); err != nil {
		return nil, fmt.Errorf("open a socket for the sweep: %w", err)
	}
	// Both are wishes: the system may give less.
	_ = s.conn4.SetReadBuffer(8 << 20)
	_ = s.conn4.SetWriteBuffer(4 << 20)
	if s.conn6, err = net.ListenUDP("udp6", nil); err != nil {
		s.conn6 = nil
	}
	return s, nil
}

// load makes the requests: v3 first, then each community, in v2c and, for the
// second round, in v1.
func (s *sweep) load() error {
	add := func(c inventory.Credential, v gosnmp.SnmpVersion, fallback bool) error {
		request, err := newTemplate(v, c, s.o.OIDs)
		s.shots = append(s.shots, shot{c, v, request, fallback})
		return err
	}
	for _, secure := range []bool{true, false} {
		for _, c := range s.o.Credentials {
			v, err := version(c)
			if err != nil {
				return err
			}
			if (v == gosnmp.Version3) != secure {
				continue
			}
			if secure {
				if err := security(&gosnmp.GoSNMP{}, c); err != nil {
					return err
				}
				s.secure = true
			}
			if err := add(c, v, false); err != nil {
				return err
			}
			if v == gosnmp.Version2c {
				if err := add(c, gosnmp.Version1, true); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *sweep) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	_ = s.conn4.Close()
	if s.conn6 != nil {
		_ = s.conn6.Close()
	}
	s.readers.Wait()
	s.workers.Wait()
}

// run sends to every target, and again to those that stay silent.
func (s *sweep) run(ctx context.Context, targets iter.Seq[netip.Addr]) error {
	for addr := range targets {
		if err := s.target(ctx, addr.Unmap(), !s.secure); err != nil {
			return err
		}
	}
	return s.drain(ctx)
}

// target sends the first round to an address, and the second one to those
// whose time has come meanwhile.
func (s *sweep) target(ctx context.Context, addr netip.Addr, open bool) error {
	if !s.allowed(addr, open) {
		if open || !s.allowed(addr, true) {
			return nil
		}
		open = true
	}
	for s.waiting() >= maxOutstanding {
		if err := s.due(ctx, true); err != nil {
			return err
		}
	}
	s.mu.Lock()
	number := s.first + uint32(len(s.window))
	s.window = append(s.window, probe{addr: addr, sent: time.Now(), open: open})
	s.mu.Unlock()
	if err := s.send(ctx, number, addr, open, false); err != nil {
		return err
	}
	if number%64 == 0 {
		return s.due(ctx, false)
	}
	return nil
}

// allowed tells that there is something to send: communities when open, v3
// when not.
func (s *sweep) allowed(addr netip.Addr, open bool) bool {
	for i := range s.shots {
		if (s.shots[i].version == gosnmp.Version3) != open && s.shots[i].credential.Allows(addr) {
			return true
		}
	}
	return false
}

func (s *sweep) waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.window)
}

// send sends one round to an address.
func (s *sweep) send(ctx context.Context, number uint32, addr netip.Addr, open, second bool) error {
	conn := s.conn4
	if addr.Is6() {
		if conn = s.conn6; conn == nil {
			return nil
		}
	}
	to := netip.AddrPortFrom(addr, s.o.Port)
	asked := false
	for i := range s.shots {
		shot := &s.shots[i]
		secure := shot.version == gosnmp.Version3
		if secure == open || shot.fallback && !second || secure && asked || !shot.credential.Allows(addr) {
			continue
		}
		asked = true // the question for the engine id is the same for every user
		if err := s.pace(ctx, addr); err != nil {
			return err
		}
		if _, err := conn.WriteToUDPAddrPort(shot.request.with(s.id(number, i)), to); err != nil {
			// An address that cannot be reached is no reason to leave the others.
			s.o.Log.Debug("probe not sent", "addr", addr, "err", err)
		}
	}
	return nil
}

// pace waits for the turn of a packet. What does not leave the machine loads
// no network.
func (s *sweep) pace(ctx context.Context, addr netip.Addr) error {
	if addr.IsLoopback() {
		return ctx.Err()
	}
	if err := s.limiter.Wait(ctx); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
	return nil
}

// id gives the id of one shot at one address.
func (s *sweep) id(number uint32, shot int) uint32 {
	return idSpace | (s.base+number*2*maxCredentials+uint32(shot))&(idSpace-1)
}

// lookup gives the probe and the shot that an id belongs to.
func (s *sweep) lookup(id uint32) (at, shot int, ok bool) {
	if id&^(idSpace-1) != idSpace {
		return 0, 0, false
	}
	offset := (id - s.base - s.first*2*maxCredentials) & (idSpace - 1)
	at, shot = int(offset/(2*maxCredentials)), int(offset%(2*maxCredentials))
	return at, shot, at < len(s.window) && shot < len(s.shots)
}

// due settles the oldest addresses whose time is over: a second round first,
// then they are left. With wait it waits until there is one.
func (s *sweep) due(ctx context.Context, wait bool) error {
	for {
		s.mu.Lock()
		if len(s.window) == 0 {
			s.mu.Unlock()
			return nil
		}
		p := s.window[0]
		left := s.o.Timeout - time.Since(p.sent)
		if p.done || left <= 0 {
			s.window = s.window[1:]
			s.first++
			var number uint32
			again := !p.done && !p.second
			if again {
				p.second, p.sent = true, time.Now()
				number = s.first + uint32(len(s.window))
				s.window = append(s.window, p)
			}
			s.mu.Unlock()
			wait = false
			if again {
				if err := s.send(ctx, number, p.addr, p.open, true); err != nil {
					return err
				}
			} else if !p.done && !p.open {
				s.hold(p.addr) // v3 led to nothing
			}
			continue
		}
		s.mu.Unlock()
		if !wait {
			return nil
		}
		if err := sleep(ctx, left); err != nil {
			return err
		}
	}
}

// hold keeps an address for its communities, where there are any for it.
func (s *sweep) hold(addr netip.Addr) {
	if !s.allowed(addr, true) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.retry = append(s.retry, addr)
}

// drain waits for the last answers.
func (s *sweep) drain(ctx context.Context) error {
	for s.waiting() > 0 {
		if err := s.due(ctx, true); err != nil {
			return err
		}
	}
	return nil
}

// again sends the communities to those that v3 led nowhere with.
func (s *sweep) again(ctx context.Context) error {
	s.mu.Lock()
	held := s.retry
	s.retry = nil
	s.mu.Unlock()
	for _, addr := range held {
		if err := s.target(ctx, addr, true); err != nil {
			return err
		}
	}
	return s.drain(ctx)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (s *sweep) receive4() { s.receive(s.conn4) }
func (s *sweep) receive6() { s.receive(s.conn6) }

// receive takes answers until the socket is closed.
func (s *sweep) receive(conn *net.UDPConn) {
	buf := make([]byte, 64<<10)
	for {
		n, from, err := conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return
			}
			continue // a refused port of one address says nothing about the others
		}
		m, err := parse(buf[:n])
		if err != nil {
			s.o.Log.Debug("answer not understood", "from", from.Addr(), "err", err)
			continue
		}
		s.answer(m, from.Addr().Unmap())
	}
}

// answer settles the probe that a message answers.
func (s *sweep) answer(m message, from netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, number, ok := s.lookup(m.id)
	if !ok || s.closed || s.window[at].done {
		return
	}
	p, shot := &s.window[at], &s.shots[number]
	h := Hit{Addr: p.addr, From: from, Credential: shot.credential, Took: time.Since(p.sent)}
	if shot.version == gosnmp.Version3 {
		if !m.report || m.engineID == "" {
			return
		}
		p.done = true
		h.EngineID = m.engineID
		s.workers.Add(1)
		go s.secured(h)
		return
	}
	if m.report {
		return
	}
	p.done = true
	if shot.version == gosnmp.Version1 {
		h.Credential.Version = "1"
	}
	if !m.failed {
		h.Varbinds = present(m.vars)
	}
	s.hit(h)
}

func present(vars []Varbind) []Varbind {
	var out []Varbind
	for _, v := range vars {
		if !v.Absent() {
			out = append(out, v)
		}
	}
	return out
}
