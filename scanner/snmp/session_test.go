package snmp

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/gosnmp/gosnmp"

	"parc/inventory"
)

const (
	colA = "1.3.6.1.2.1.2.2.1.2"
	colB = "1.3.6.1.2.1.2.2.1.3"
	colC = "1.3.6.1.2.1.2.2.1.6"
	lone = "1.3.6.1.4.1.99999.1.1.0"
)

func objects(lists ...[]gosnmp.SnmpPDU) []gosnmp.SnmpPDU { return slices.Concat(lists...) }

func oids(n int) []string {
	var out []string
	for i := range n {
		out = append(out, "1.3.6.1.4.1.99999.2."+decimal(i+1)+".0")
	}
	return out
}

func scalars(n int) []gosnmp.SnmpPDU {
	var out []gosnmp.SnmpPDU
	for _, oid := range oids(n) {
		out = append(out, object(oid, "value of "+oid))
	}
	return out
}

func TestGet(t *testing.T) {
	t.Parallel()
	tooBigAbove := func(most int) func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
		return func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
			if len(r.Variables) > most {
				r.Error, r.Variables = gosnmp.TooBig, nil
			}
			return r
		}
	}
	for _, c := range []struct {
		name     string
		version  string
		has, ask int
		bend     func(request, response *gosnmp.SnmpPacket) *gosnmp.SnmpPacket
		want     int
	}{
		{name: "all there", version: "2c", has: 50, ask: 50, want: 50},
		{name: "some missing", version: "2c", has: 5, ask: 9, want: 5},
		{name: "some missing in v1", version: "1", has: 5, ask: 9, want: 5},
		{name: "nothing there in v1", version: "1", has: 0, ask: 3, want: 0},
		{name: "answers that do not fit", version: "2c", has: 40, ask: 40, want: 40, bend: tooBigAbove(3)},
		{name: "answers that never fit", version: "2c", has: 4, ask: 4, want: 0, bend: tooBigAbove(0)},
		{name: "answers that do not fit in v1", version: "1", has: 20, ask: 20, want: 20, bend: tooBigAbove(4)},
		{
			name: "large questions are dropped", version: "2c", has: 20, ask: 20, want: 20,
			bend: func(q, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				if len(q.Variables) > 8 {
					return nil
				}
				return r
			},
		},
		{
			name: "an error for one object instead of an exception", version: "2c", has: 6, ask: 6, want: 5,
			bend: func(q, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				at := slices.IndexFunc(q.Variables, func(v gosnmp.SnmpPDU) bool { return v.Name == "."+oids(6)[2] })
				if at >= 0 {
					r.Error, r.ErrorIndex, r.Variables = gosnmp.GenErr, uint8(at+1), q.Variables
				}
				return r
			},
		},
		{
			name: "objects nobody asked for, and one twice", version: "2c", has: 3, ask: 3, want: 3,
			bend: func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				r.Variables = append(r.Variables, r.Variables[0], object("1.3.6.1.4.1.1.1.0", "else"))
				return r
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := dial(t, startAgent(t, "127.0.0.1", 0, scalars(c.has), c.bend), c.version)
			got, err := s.Get(t.Context(), oids(c.ask))
			if err != nil || len(got) != c.want {
				t.Fatalf("got %d objects, %v; want %d", len(got), err, c.want)
			}
			for _, v := range got {
				if v.Text != "value of "+v.OID {
					t.Errorf("%s is %q", v.OID, v.Text)
				}
			}
		})
	}
}

func TestNextTellsWhatFollows(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1", "2c"} {
		s := dial(t, startAgent(t, "127.0.0.1", 0, objects(column(colA, 2), []gosnmp.SnmpPDU{object(lone, "x")}), nil), version)
		got, err := s.Next(t.Context(), []string{"1.3.6.1.4.1.99999", colA, "1.3.6.1.5", "1.3.6.1.2.1.43"})
		if err != nil || len(got) != 4 {
			t.Fatalf("v%s: %v, %v", version, got, err)
		}
		if got[0].OID != lone || got[1].OID != colA+".1" || !got[2].Absent() || got[3].OID != lone {
			t.Errorf("v%s: got %v", version, got)
		}
	}
}

func TestWalk(t *testing.T) {
	t.Parallel()
	full := objects(column(colA, 200), column(colB, 200), column(colC, 7), []gosnmp.SnmpPDU{object(lone, "x")})
	ask := []Column{{colA, 1000}, {colB, 30}, {colC, 1000}, {"1.3.6.1.2.1.99", 10}}
	right := []int{200, 30, 7, 0}
	for _, c := range []struct {
		name    string
		version string
		bend    func(request, response *gosnmp.SnmpPacket) *gosnmp.SnmpPacket
		want    []int
	}{
		{name: "in bulk", version: "2c", want: right},
		{name: "one by one in v1", version: "1", want: right},
		{
			name: "answers cut to a packet", version: "2c", want: right,
			bend: func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				r.Variables = r.Variables[:min(len(r.Variables), 11)]
				return r
			},
		},
		{
			name: "large bulks are dropped", version: "2c", want: right,
			bend: func(q, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				if len(r.Variables) > 9 {
					return nil
				}
				return r
			},
		},
		{
			name: "too big", version: "2c", want: right,
			bend: func(q, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				if len(r.Variables) > 5 {
					r.Error, r.Variables = gosnmp.TooBig, nil
				}
				return r
			},
		},
		{
			name: "no bulk", version: "2c", want: right,
			bend: func(q, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				if q.PDUType == gosnmp.GetBulkRequest {
					r.Error, r.ErrorIndex, r.Variables = gosnmp.GenErr, 1, q.Variables
				}
				return r
			},
		},
		{
			name: "more than asked for", version: "2c", want: right,
			bend: func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				r.Variables = append(r.Variables, r.Variables...)
				return r
			},
		},
		{
			name: "one object for ever", version: "2c", want: []int{1, 0, 0, 0},
			bend: func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				for i := range r.Variables {
					r.Variables[i] = object(colA+".1", "again")
				}
				return r
			},
		},
		{
			name: "back to the start", version: "2c", want: []int{20, 20, 7, 0},
			bend: func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				for i, v := range r.Variables {
					if strings.HasSuffix(v.Name, ".21") {
						r.Variables[i].Name = strings.TrimSuffix(v.Name, ".21") + ".3"
					}
				}
				return r
			},
		},
		{
			name: "nothing at all", version: "2c", want: []int{0, 0, 0, 0},
			bend: func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
				r.Error, r.Variables = gosnmp.GenErr, nil
				return r
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := dial(t, startAgent(t, "127.0.0.1", 0, slices.Clone(full), c.bend), c.version)
			got, err := s.Walk(t.Context(), ask)
			if err != nil {
				t.Fatal(err)
			}
			var lengths []int
			for i, rows := range got {
				lengths = append(lengths, len(rows))
				for j, v := range rows {
					if v.OID != ask[i].Root+"."+decimal(j+1) {
						t.Fatalf("row %d of %s is %s", j, ask[i].Root, v.OID)
					}
				}
			}
			if !slices.Equal(lengths, c.want) {
				t.Errorf("got %v rows, want %v", lengths, c.want)
			}
		})
	}
}

func TestWalkIsBounded(t *testing.T) {
	t.Parallel()
	next := 0
	endless := func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
		for i := range r.Variables {
			next++
			r.Variables[i] = object(colA+"."+decimal(next), "more")
		}
		return r
	}
	s := dial(t, startAgent(t, "127.0.0.1", 0, column(colA, 1), endless), "2c")
	got, err := s.Walk(t.Context(), []Column{{colA, 500}})
	if err != nil || len(got[0]) != 500 {
		t.Errorf("got %d rows, %v; want 500", len(got[0]), err)
	}
}

func TestDeviceThatAnswersOnceAndDies(t *testing.T) {
	t.Parallel()
	answered := false
	once := func(_, r *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
		if answered {
			return nil
		}
		answered = true
		return r
	}
	a := startAgent(t, "127.0.0.1", 0, objects(column(colA, 500), column(colB, 500)), once)
	s := dial(t, a, "2c")
	got, err := s.Walk(t.Context(), []Column{{colA, 500}, {colB, 500}})
	if inventory.CodeOf(err) != inventory.Unavailable {
		t.Errorf("got error %v, want one that says it is gone", err)
	}
	if len(got[0]) == 0 || len(got[0]) == 500 {
		t.Errorf("got %d rows, want those of the first answer", len(got[0]))
	}
	before := a.asked()
	if _, err := s.Get(t.Context(), oids(100)); err == nil {
		t.Error("a dead device was asked again without complaint")
	}
	if a.asked() != before {
		t.Errorf("a device taken for dead was sent %d more packets", a.asked()-before)
	}
}

func TestDialStaysInsideTheRanges(t *testing.T) {
	t.Parallel()
	_, err := Dial(t.Context(), netip.MustParseAddr("127.0.0.9"), 161, community("2c", "public", "127.0.0.0/29"))
	if inventory.CodeOf(err) != inventory.OutOfRange {
		t.Errorf("got %v, want out-of-range", err)
	}
}

func TestDialRefusesWrongCredentials(t *testing.T) {
	t.Parallel()
	key := inventory.NewSecret("long-enough")
	for _, c := range []struct {
		name string
		cred inventory.Credential
		want string
	}{
		{"version", inventory.Credential{Version: "4"}, "version"},
		{"authentication", inventory.Credential{Version: "3", User: "u", Auth: "ROT13", AuthKey: key}, "authentication"},
		{"privacy", inventory.Credential{Version: "3", User: "u", Auth: "SHA", AuthKey: key, Privacy: "XOR", PrivKey: key}, "privacy"},
		{"privacy alone", inventory.Credential{Version: "3", User: "u", Privacy: "AES", PrivKey: key}, "needs authentication"},
		{"short key", inventory.Credential{Version: "3", User: "u", Auth: "SHA", AuthKey: inventory.NewSecret("short")}, "shorter than 8"},
	} {
		c.cred.Ranges = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		_, err := Dial(t.Context(), netip.MustParseAddr("127.0.0.1"), 161, c.cred)
		if inventory.CodeOf(err) != inventory.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", c.name, err)
		}
		if err != nil && strings.Contains(err.Error(), "long-enough") {
			t.Errorf("%s: the error tells the key: %v", c.name, err)
		}
	}
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	t.Parallel()
	addr := netip.MustParseAddr("192.0.2.1")
	cred := inventory.Credential{User: "monitor", Auth: "SHA", Privacy: "AES"}
	for _, cause := range []error{
		gosnmp.ErrUnknownUsername, gosnmp.ErrWrongDigest, gosnmp.ErrDecryption, gosnmp.ErrUnknownSecurityLevel, gosnmp.ErrNotInTimeWindow,
	} {
		err := refusal(cause, addr, cred)
		if !strings.Contains(err.Error(), "192.0.2.1") || strings.Contains(err.Error(), "\n") || inventory.CodeOf(err) == inventory.Internal {
			t.Errorf("%v became %q", cause, err)
		}
	}
	if other := errors.New("x"); !errors.Is(refusal(other, addr, cred), other) {
		t.Error("an error of another kind was changed")
	}
}
