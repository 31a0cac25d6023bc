package inventory

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// day0 is when the tests' world begins.
var day0 = time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

// memory is a store of one client in a map: it applies plans as the database
// does.
type memory struct {
	t       testing.TB
	assets  map[string]Asset
	reviews map[string]Review
	history []Change
	placed  map[string]string // record label → asset id, kept up to date by joins
	apart   [][2]string
	fail    func(format string, args ...any)
}

func newMemory(t testing.TB) *memory {
	t.Helper()
	return &memory{t: t, fail: t.Errorf, assets: map[string]Asset{}, reviews: map[string]Review{}, placed: map[string]string{}}
}

// known loads what shares an identifier with the observations, as the store does.
func (m *memory) known(observations []Observation) Known {
	want := map[string]bool{}
	for i := range observations {
		for _, id := range observations[i].Identifiers() {
			want[string(id.Kind)+"|"+id.Value] = true
		}
	}
	k := Known{Apart: m.apart}
	for _, a := range m.assets {
		if slices.ContainsFunc(a.Identifiers, func(i Identifier) bool { return want[string(i.Kind)+"|"+i.Value] }) {
			k.Assets = append(k.Assets, a)
		}
	}
	for _, r := range m.reviews {
		k.Reviews = append(k.Reviews, r)
	}
	return k
}

func (m *memory) record(now time.Time, observations ...Observation) Plan {
	m.t.Helper()
	p := Reconcile(now, observations, m.known(observations))
	m.apply(p)
	for i := range observations {
		if id := p.Placed[i]; id != "" {
			m.placed[label(&observations[i])] = id
		}
	}
	return p
}

func label(o *Observation) string {
	return fmt.Sprintf("%s|%s|%s|%s", o.Source, o.Ref, o.Address, o.At.Format(time.RFC3339Nano))
}

func (m *memory) apply(p Plan) {
	m.t.Helper()
	for _, j := range p.Join {
		if _, ok := m.assets[j.From.ID]; !ok {
			m.fail("join of an unknown asset %s", j.From.ID)
		}
		delete(m.assets, j.From.ID)
		for k, id := range m.placed {
			if id == j.From.ID {
				m.placed[k] = j.Into
			}
		}
	}
	for _, a := range p.Create {
		if _, ok := m.assets[a.ID]; ok {
			m.fail("created twice: %s", a.ID)
		}
		m.assets[a.ID] = a
	}
	for _, u := range p.Update {
		if _, ok := m.assets[u.Asset.ID]; !ok {
			m.fail("update of an unknown asset %s", u.Asset.ID)
		}
		m.assets[u.Asset.ID] = u.Asset
		m.history = append(m.history, u.Changes...)
	}
	m.history = append(m.history, p.Changes...)
	for _, r := range p.Review {
		if _, ok := m.reviews[r.ID]; ok {
			m.fail("review told twice: %s %s", r.Kind, r.Reason)
		}
		m.reviews[r.ID] = r
	}
}

// obs makes an observation from "field=value" words; day counts from day0.
func obs(source Source, day float64, words ...string) Observation {
	o := Observation{ClientID: "c1", SiteID: "paris", Source: source, At: day0.Add(time.Duration(day * float64(24*time.Hour)))}
	for _, w := range words {
		f, v, _ := strings.Cut(w, "=")
		switch f {
		case "site":
			o.SiteID = v
		case "ref":
			o.Ref = v
		case "part":
			o.PartOf = v
		case "scan":
			o.ScanID = v
		case "addr":
			o.Address = v
		case "disk":
			o.Details.Components = append(o.Details.Components, Component{Kind: ComponentDisk, Serial: v})
		case "member":
			o.Details.Components = append(o.Details.Components, Component{Kind: ComponentStackMember, Serial: v})
		case "port":
			o.Details.Services = append(o.Details.Services, Service{Port: len(v), Protocol: "tcp", Name: v})
		case "looked":
			o.Details.Services = []Service{}
		case "host":
			o.Add(FieldHostname, v, "test", 0)
		case "engine":
			o.Add(FieldEngineID, v, "test", 0)
		case "agent":
			o.Add(FieldAgentID, v, "test", 0)
		default:
			o.Add(Field(f), v, "test", 0)
		}
	}
	return o
}

func TestReconcileFirstContact(t *testing.T) {
	m := newMemory(t)
	p := m.record(day0,
		obs(FromNmap, 0, "addr=10.0.0.5", "scan=s1", "mac=00:1b:21:aa:bb:01", "host=srv1"),
		obs(FromSNMP, 0, "addr=10.0.0.5", "scan=s1", "serial=CZC1234567", "vendor=HP", "class=server"),
	)
	if len(p.Create) != 1 || p.Placed[0] != p.Placed[1] || p.Placed[0] == "" {
		t.Fatalf("nmap and SNMP of one address in one scan: got %d assets, placed %v", len(p.Create), p.Placed)
	}
	p = m.record(day0.Add(time.Hour),
		obs(FromNmap, 0, "addr=10.0.0.5", "scan=s1", "mac=00:1b:21:aa:bb:01", "host=srv1"),
		obs(FromSNMP, 0, "addr=10.0.0.5", "scan=s1", "serial=CZC1234567", "vendor=HP", "class=server"),
	)
	if out := p.Outcome(); out.Created+out.Updated+out.Reviewed != 0 || out.Seen != 1 {
		t.Errorf("the same again: %+v", out)
	}
}
