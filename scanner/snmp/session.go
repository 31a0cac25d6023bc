package snmp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/gosnmp/gosnmp"

	"parc/inventory"
)

// Target says whom a session asks, and how.
type Target struct {
	Addr       netip.Addr
	Port       uint16
	Credential inventory.Credential
	Timeout    time.Duration // of one question; 0 is a second
	Retries    int           // how often a question is asked again; -1 for never, 0 is once
	Elsewhere  bool          // answers come from another address than the one asked
}

// Session asks one device. It is used by one goroutine at a time.
type Session struct {
	addr     netip.Addr
	cred     inventory.Credential
	wire     *gosnmp.GoSNMP
	gets     int // objects in one GET
	rows     int // objects that one GETBULK may bring, over all its columns
	silences int // questions in a row that got no answer
	noBulk   bool
	tap      *tap // v3 only
}

// The sizes of questions. Answers are to fit one packet of 1500 bytes: larger
// ones are lost in networks that drop fragments.
const (
	getSize      = 40
	bulkSize     = 48
	bulkMost     = 120
	maxColumns   = 20
	maxSilences  = 3 // after so many unanswered questions in a row a device is taken for dead
	walkObjects  = 120_000
	walkOctets   = 24 << 20
	firstTimeout = time.Second
)

// errGone tells that a device stopped answering.
var errGone = errors.New("no answer")

// Dial prepares a session; nothing is sent yet.
func Dial(ctx context.Context, addr netip.Addr, port uint16, c inventory.Credential) (*Session, error) {
	return DialTarget(ctx, Target{Addr: addr, Port: port, Credential: c})
}

// DialTarget is Dial with everything a Target can say. Outside the
// credential's ranges it is OutOfRange.
func DialTarget(ctx context.Context, t Target) (*Session, error) {
	addr := t.Addr.Unmap()
	if !t.Credential.Allows(addr) {
		return nil, inventory.Errorf(inventory.OutOfRange, "%s is outside the ranges of credential %s: nothing was sent", addr, t.Credential.Name)
	}
	v, err := version(t.Credential)
	if err != nil {
		return nil, err
	}
	g := &gosnmp.GoSNMP{
		Target: addr.String(), Port: t.Port, Transport: "udp", Version: v, Community: t.Credential.Secret.Reveal(),
		Context: ctx, Timeout: t.Timeout, Retries: max(t.Retries, 0), MaxOids: gosnmp.MaxOids,
		UseUnconnectedUDPSocket: t.Elsewhere,
	}
	if g.Port == 0 {
		g.Port = 161
	}
	if g.Timeout <= 0 {
		g.Timeout = firstTimeout
	}
	if t.Retries == 0 {
		g.Retries = 1
	}
	if v == gosnmp.Version3 {
		if err := security(g, t.Credential); err != nil {
			return nil, err
		}
	} else if len(g.Community) > 255 {
		return nil, inventory.Errorf(inventory.Invalid, "credential %s: the community is longer than 255 bytes", t.Credential.Name)
	}
	if err := g.Connect(); err != nil {
		return nil, fmt.Errorf("open a socket to %s: %w", addr, err)
	}
	s := &Session{addr: addr, cred: t.Credential, wire: g, gets: getSize, rows: bulkSize}
	if conn, ok := g.Conn.(*net.UDPConn); ok && v == gosnmp.Version3 {
		s.tap = &tap{UDPConn: conn}
		g.Conn = s.tap
	}
	return s, nil
}

// Close ends the session.
func (s *Session) Close() error { return s.wire.Close() }

// Addr gives the address that is asked.
func (s *Session) Addr() netip.Addr { return s.addr }

// EngineID gives the engine id of a device asked by v3, "" before it answered.
func (s *Session) EngineID() string {
	if usm, ok := s.wire.SecurityParameters.(*gosnmp.UsmSecurityParameters); ok {
		return usm.AuthoritativeEngineID
	}
	return ""
}

func (s *Session) v1() bool { return s.wire.Version == gosnmp.Version1 }

// ask sends one question and waits for its answer. No answer is errGone; the
// end of ctx is ctx's error.
func (s *Session) ask(ctx context.Context, kind gosnmp.PDUType, oids []string, repetitions int) (*gosnmp.SnmpPacket, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.silences >= maxSilences {
		return nil, errGone
	}
	s.wire.Context = ctx
	var answer *gosnmp.SnmpPacket
	var err error
	switch kind {
	case gosnmp.GetNextRequest:
		answer, err = s.wire.GetNext(oids)
	case gosnmp.GetBulkRequest:
		answer, err = s.wire.GetBulk(oids, 0, uint32(repetitions))
	default:
		answer, err = s.wire.Get(oids)
	}
	if err == nil {
		s.silences = 0
		return answer, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if silent(err) {
		s.silences++
		return nil, errGone
	}
	if s.tap != nil {
		if reason := s.tap.reason(); reason != nil {
			err = reason
		}
	}
	return nil, refusal(err, s.addr, s.cred)
}

// silent tells that nothing usable came back: a time-out, or a refused port.
func silent(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, gosnmp.ErrMaxRetriesExceeded) || errors.As(err, &timeout) && timeout.Timeout() ||
		strings.Contains(err.Error(), "timeout") || strings.Contains(err.Error(), "refused")
}

// fault names an error for the caller: what was asked, and of whom.
func (s *Session) fault(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errGone):
		return inventory.Errorf(inventory.Unavailable, "%s stopped answering SNMP: %s is incomplete", s.addr, what)
	case inventory.CodeOf(err) != inventory.Internal, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return fmt.Errorf("%s of %s: %w", what, s.addr, err)
}
