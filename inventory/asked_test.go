package inventory

import (
	"fmt"
	"testing"
	"time"
)

// switchOf is what a source says of a switch's ports.
func switchOf(source Source, ref string, at time.Time, ports ...string) Observation {
	o := Observation{ClientID: "c", SiteID: "s", Source: source, Ref: ref, At: at, Address: "10.0.0.9"}
	o.Add(FieldSerial, "FCW2140L0GH", "x", High)
	o.Add(FieldVendor, "Cisco", "x", High)
	for i, name := range ports {
		o.Details.Interfaces = append(o.Details.Interfaces, Interface{Index: i + 1, Name: name})
	}
	return o
}

// TestAskedByAgent: what an agent tells of another device is a record of that
// device. It does not say that an agent runs there, two devices do not become
// one by the address in its name, and its lists stand behind parc's own.
func TestAskedByAgent(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	asked := switchOf(FromAgent, AskedPrefix+"10.0.0.9", at, "asked")
	for _, id := range asked.Identifiers() {
		if id.Kind == IdentAgentID {
			t.Errorf("an agent's id: %+v", id)
		}
	}
	other := switchOf(FromAgent, AskedPrefix+"10.0.0.9", at.Add(time.Hour), "asked")
	other.Facts[0].Value = "FCW2140L0ZZ"
	if p := Reconcile(at, []Observation{asked, other}, Known{}); len(p.Create) != 2 {
		t.Errorf("two serials at one address: %d assets", len(p.Create))
	}
	day := 24 * time.Hour
	snmp := func(at time.Time) Observation { return switchOf(FromSNMP, "engine", at, "snmp") }
	agent := func(at time.Time) Observation { return switchOf(FromAgent, "pc-2026-01-01-08-00-00", at, "agent") }
	again := func(at time.Time) Observation { return switchOf(FromAgent, AskedPrefix+"10.0.0.9", at, "again") }
	for name, tc := range map[string]struct {
		want string
		then []Observation
	}{
		"asked alone":           {"again", []Observation{asked, again(at.Add(day))}},
		"parc asks itself":      {"snmp", []Observation{asked, snmp(at.Add(day)), again(at.Add(2 * day))}},
		"parc no longer asks":   {"again", []Observation{snmp(at), again(at.Add(31 * day))}},
		"an agent runs there":   {"agent", []Observation{agent(at), again(at.Add(day))}},
		"it comes later":        {"agent", []Observation{asked, agent(at.Add(day)), again(at.Add(2 * day))}},
		"told late by itself":   {"agent", []Observation{agent(at), again(at.Add(2 * day)), agent(at.Add(day))}},
		"told late by who asks": {"again", []Observation{asked, again(at.Add(2 * day)), switchOf(FromAgent, AskedPrefix+"10.0.0.9", at.Add(day), "late")}},
	} {
		p := Reconcile(at.Add(100*day), tc.then[:1], Known{})
		if len(p.Create) != 1 {
			t.Fatalf("%s: %+v", name, p)
		}
		asset := p.Create[0]
		for _, o := range tc.then[1:] {
			p = Reconcile(at.Add(100*day), []Observation{o}, Known{Assets: []Asset{asset}})
			if len(p.Update) != 1 {
				t.Fatalf("%s: %+v", name, p)
			}
			asset = p.Update[0].Asset
		}
		if got := fmt.Sprint(asset.Details.Interfaces[0].Name); got != tc.want || len(asset.Details.Interfaces) != 1 {
			t.Errorf("%s: ports of %s, want %s", name, got, tc.want)
		}
	}
}
