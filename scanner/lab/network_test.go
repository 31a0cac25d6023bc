package lab

import (
	"context"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parc/inventory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open starts a lab on a range of its own, on high ports.
func open(t *testing.T, third byte, only ...string) *Network {
	t.Helper()
	n, err := Start(t.Context(), Options{Base: netip.AddrFrom4([4]byte{127, 78, third, 0}), HighPorts: true, Only: only})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	return n
}

func TestStartRefusesOtherAddresses(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"192.168.1.0", "::1", "127.1.1.5", "10.0.0.0", "0.0.0.0"} {
		n, err := Start(t.Context(), Options{Base: netip.MustParseAddr(base)})
		if inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%s: got %v, want Invalid", base, err)
		}
		if n != nil {
			_ = n.Close()
		}
	}
}

func TestStartIsQuickAndCloseFreesEverything(t *testing.T) {
	t.Parallel()
	for range 2 { // the second start fails when the first left a port open
		before := time.Now()
		n, err := Start(t.Context(), Options{Base: netip.MustParseAddr("127.78.1.0"), HighPorts: true})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(before); took > 2*time.Second {
			t.Errorf("start took %v", took)
		}
		// A client that stays connected must not keep Close waiting.
		var dialer net.Dialer
		conn, err := dialer.DialContext(t.Context(), "tcp", netip.AddrPortFrom(n.Devices()[0].Address, n.Port(22)).String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
		if err := n.Close(); err != nil {
			t.Errorf("second Close: %v", err)
		}
	}
}

func TestCancelCloses(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	options := Options{Base: netip.MustParseAddr("127.78.2.0"), HighPorts: true}
	if _, err := Start(ctx, options); err != nil {
		t.Fatal(err)
	}
	cancel()
	var again *Network
	for deadline := time.Now().Add(5 * time.Second); again == nil; {
		n, err := Start(t.Context(), options)
		if err != nil && time.Now().After(deadline) {
			t.Fatal(err)
		}
		again = n
	}
	_ = again.Close()
}

func TestSecondLabIsAConflict(t *testing.T) {
	t.Parallel()
	n := open(t, 3)
	_, err := Start(t.Context(), Options{Base: netip.MustParseAddr("127.78.3.0"), HighPorts: true})
	if inventory.CodeOf(err) != inventory.Conflict || !strings.Contains(err.Error(), n.Devices()[0].Address.String()) {
		t.Errorf("got %v, want a Conflict that names %s", err, n.Devices()[0].Address)
	}
}

func TestEverythingListensOnLoopback(t *testing.T) {
	t.Parallel()
	n := open(t, 4)
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.open) < 10 {
		t.Fatalf("only %d sockets", len(n.open))
	}
	for c := range n.open {
		var at net.Addr
		switch socket := c.(type) {
		case net.Listener:
			at = socket.Addr()
		case net.PacketConn:
			at = socket.LocalAddr()
		default:
			t.Fatalf("a %T is open", c)
		}
		if a := netip.MustParseAddrPort(at.String()).Addr(); !a.IsLoopback() {
			t.Errorf("%s is not loopback", at)
		}
	}
}

func itoa(port uint16) string { return strconv.Itoa(int(port)) }
