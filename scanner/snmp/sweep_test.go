package snmp

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gosnmp/gosnmp"

	"parc/inventory"
)

const sysDescr = "1.3.6.1.2.1.1.1.0"

// sweepWith sweeps the addresses and gives the hits by address.
func sweepWith(t *testing.T, port uint16, creds []inventory.Credential, addrs ...string) map[string][]Hit {
	t.Helper()
	var targets []netip.Addr
	for _, a := range addrs {
		targets = append(targets, netip.MustParseAddr(a))
	}
	var mu sync.Mutex
	hits := map[string][]Hit{}
	err := Sweep(t.Context(), SweepOptions{
		Port: port, Credentials: creds, OIDs: []string{sysDescr, "1.3.6.1.2.1.1.2.0"}, Timeout: 150 * time.Millisecond,
	}, slices.Values(targets), func(h Hit) {
		mu.Lock()
		defer mu.Unlock()
		hits[h.Addr.String()] = append(hits[h.Addr.String()], h)
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

func answersTo(text string) func(request, response *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
	return func(q, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
		if q.Community != text {
			return nil
		}
		return r
	}
}

func TestSweepFindsThoseThatAnswer(t *testing.T) {
	t.Parallel()
	what := []gosnmp.SnmpPDU{object(sysDescr, "a device")}
	first := startAgent(t, "127.9.1.1", 0, what, answersTo("public"))
	port := int(first.port())
	startAgent(t, "127.9.1.2", port, slices.Clone(what), answersTo("secret"))
	startAgent(t, "127.9.1.3", port, slices.Clone(what), func(q, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
		if q.Version != gosnmp.Version1 {
			return nil
		}
		return r
	})
	wrongID := startAgent(t, "127.9.1.4", port, slices.Clone(what), func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
		r.RequestID ^= 0x00777000
		return r
	})
	hits := sweepWith(t, first.port(), []inventory.Credential{community("2c", "public"), community("2c", "secret", "127.9.1.2/32")},
		"127.9.1.1", "127.9.1.2", "127.9.1.3", "127.9.1.4", "127.9.1.5", "127.9.1.5")

	if got := hits["127.9.1.1"]; len(got) != 1 || got[0].Credential.Secret.Reveal() != "public" || len(got[0].Varbinds) != 1 || got[0].Varbinds[0].Text != "a device" {
		t.Errorf("public: %v", got)
	}
	if got := hits["127.9.1.2"]; len(got) != 1 || got[0].Credential.Secret.Reveal() != "secret" {
		t.Errorf("secret: %v", got)
	}
	if got := hits["127.9.1.3"]; len(got) != 1 || got[0].Credential.Version != "1" {
		t.Errorf("v1 only: %v", got)
	}
	if len(hits) != 3 {
		t.Errorf("%d addresses answered, want 3", len(hits))
	}
	if slices.Contains(first.communities(), "secret") {
		t.Error("the secret community left its range")
	}
	if wrongID.asked() < 2 {
		t.Errorf("an address that stays silent was asked %d times, want a second round", wrongID.asked())
	}
}

func TestSweepTellsADeviceOnce(t *testing.T) {
	t.Parallel()
	// It answers to both communities, and each packet twice, as two devices
	// behind one address do.
	a := startAgent(t, "127.9.2.1", 0, []gosnmp.SnmpPDU{object(sysDescr, "one")}, nil, func(a *agent) { a.twice = true })
	hits := sweepWith(t, a.port(), []inventory.Credential{community("2c", "public"), community("2c", "private")}, "127.9.2.1")
	if len(hits["127.9.2.1"]) != 1 {
		t.Errorf("told %d times", len(hits["127.9.2.1"]))
	}
}

func TestSweepTellsWhoAnsweredInstead(t *testing.T) {
	t.Parallel()
	// The agent of the second address answers what the first one is asked.
	other := startAgent(t, "127.9.3.2", 0, []gosnmp.SnmpPDU{object(sysDescr, "x")}, nil)
	startRelay(t, "127.9.3.1", other)
	hits := sweepWith(t, other.port(), []inventory.Credential{community("2c", "public")}, "127.9.3.1")
	got := hits["127.9.3.1"]
	if len(got) != 1 || got[0].From.String() != "127.9.3.2" {
		t.Fatalf("got %v, want an answer from 127.9.3.2", got)
	}
}

func TestSweepSendsNothingOutsideTheRanges(t *testing.T) {
	t.Parallel()
	a := startAgent(t, "127.9.4.1", 0, nil, nil)
	hits := sweepWith(t, a.port(), []inventory.Credential{community("2c", "public", "127.9.5.0/24")}, "127.9.4.1")
	if len(hits) != 0 || a.asked() != 0 {
		t.Errorf("%d packets went outside the ranges", a.asked())
	}
}

func TestSweepEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	endless := func(yield func(netip.Addr) bool) {
		a := netip.MustParseAddr("127.9.6.0")
		for n := 0; ; n++ {
			if n == 5000 {
				cancel()
			}
			if a = a.Next(); !yield(a) {
				return
			}
		}
	}
	err := Sweep(ctx, SweepOptions{Port: 9, Credentials: []inventory.Credential{community("2c", "public")}}, endless, func(Hit) {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestTemplateOnlyChangesItsID(t *testing.T) {
	t.Parallel()
	tpl, err := newTemplate(gosnmp.Version2c, community("2c", "public"), []string{sysDescr})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []uint32{0x40000001, 0x7fffffff} {
		decoder := gosnmp.GoSNMP{Version: gosnmp.Version2c}
		p, err := decoder.SnmpDecodePacket(slices.Clone(tpl.with(id)))
		if err != nil || p.RequestID != id || p.Community != "public" || len(p.Variables) != 1 {
			t.Errorf("id %x: %+v, %v", id, p, err)
		}
	}
}

// FuzzAnswer feeds any octets to what reads the network.
func FuzzAnswer(f *testing.F) {
	for _, v := range []gosnmp.SnmpVersion{gosnmp.Version1, gosnmp.Version2c, gosnmp.Version3} {
		p := &gosnmp.SnmpPacket{
			Version: v, Community: "public", PDUType: gosnmp.GetResponse, RequestID: 0x41424344, MsgID: 0x41424344,
			SecurityModel: gosnmp.UserSecurityModel, SecurityParameters: &gosnmp.UsmSecurityParameters{AuthoritativeEngineID: "\x80\x00\x1f\x88\x01"},
			Variables: []gosnmp.SnmpPDU{object(sysDescr, "text"), object("1.3.6.1.2.1.2.1.0", 7)},
		}
		if v == gosnmp.Version3 {
			p.PDUType = gosnmp.Report
		}
		octets, err := p.MarshalMsg()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(octets)
	}
	f.Add([]byte{0x30, 0x84, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, octets []byte) {
		m, err := parse(octets)
		if err != nil {
			return
		}
		for _, v := range m.vars {
			if len(v.Text) > maxValue {
				t.Errorf("a value of %d bytes was kept", len(v.Text))
			}
		}
	})
}

// BenchmarkSweepEmpty16 asks 65,536 addresses of which none answers.
func BenchmarkSweepEmpty16(b *testing.B) {
	prefix := netip.MustParsePrefix("127.8.0.0/16")
	targets := func(yield func(netip.Addr) bool) {
		for a := prefix.Addr(); prefix.Contains(a); a = a.Next() {
			if !yield(a) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		err := Sweep(b.Context(), SweepOptions{Port: 9, Credentials: []inventory.Credential{community("2c", "public")}, OIDs: []string{sysDescr}}, targets, func(Hit) {
			b.Error("an empty network answered")
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
