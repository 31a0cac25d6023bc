package inventory

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawObservation makes an observation from small pools, so that identifiers
// collide, contradict and repeat as in the worst of estates.
func drawObservation(t *rapid.T, client string, n int) Observation {
	pick := func(name string, values ...string) string { return rapid.SampledFrom(values).Draw(t, name) }
	o := Observation{
		ClientID: client, SiteID: pick("site", "paris", "lyon"),
		Source:  Source(pick("source", "nmap", "snmp", "agent", "csv", "hand")),
		At:      day0.Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "hour"))*time.Hour + time.Duration(n)*time.Minute),
		Ref:     pick("ref", "", "", "row-1", "row-2", "row-3"),
		Address: pick("address", "", "10.0.0.1", "10.0.0.2", "10.0.0.3"),
		ScanID:  pick("scan", "", "", "scan-1", "scan-2"),
	}
	if o.Ref == "" {
		o.Ref = "record-" + itoa(n)
	}
	add := func(f Field, values ...string) {
		if v := pick(string(f), append(values, "", "", "")...); v != "" {
			o.Add(f, v, "", Confidence(rapid.SampledFrom([]int{0, 30, 60, 90}).Draw(t, "confidence")))
		}
	}
	add(FieldSerial, "CZC1111AAA", "CZC2222BBB", "czc-3333-ccc", "Default string", "0000000", "7XK2J13")
	add(FieldVendor, "HP", "Hewlett-Packard", "Dell Inc.", "Fujitsu")
	add(FieldModel, "ProDesk 400", "ProDesk 600", "R740")
	add(FieldUUID, "564d2a1b-7c8d-9e0f-1122-334455667788", "1b2a4d56-8d7c-0f9e-1122-334455667788", "4c4c4544-0044-4d10-8052-b4c04f463432", "03000200-0400-0500-0006-000700080009")
	for range rapid.IntRange(0, 3).Draw(t, "macs") {
		add(FieldMAC, "00:1b:21:11:11:01", "00:1b:21:11:11:02", "00:1b:21:11:11:03", "00:50:56:a1:00:01", "00:50:56:a1:00:02", "9c:eb:e8:00:00:07", "da:a1:19:00:00:01")
	}
	add(FieldHostname, "pc-1", "PC-1.corp.example", "pc-2", "localhost", "srv")
	add(FieldEngineID, "80001f8880aa55aa5512345678", "80001f8880bb55aa5512345678")
	add(FieldAgentID, "agent-1", "agent-2")
	add(FieldClass, "laptop", "desktop", "switch", "bmc", "server", "printer", "unknown")
	switch rapid.IntRange(0, 3).Draw(t, "services") {
	case 0:
		o.Details.Services = []Service{}
	case 1:
		o.Details.Services = []Service{{Port: 22, Protocol: "tcp", Name: "ssh"}, {Port: 443, Protocol: "tcp", Name: "https"}}
	}
	if rapid.IntRange(0, 6).Draw(t, "stack") == 0 {
		o.Details.Components = []Component{{Kind: ComponentStackMember, Serial: "CZC1111AAA"}, {Kind: ComponentStackMember, Serial: "CZC2222BBB"}}
	}
	return o
}

func drawBatches(t *rapid.T) [][]Observation {
	n := 0
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) []Observation {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Observation {
			n++
			return drawObservation(t, "c1", n)
		}), 1, 6).Draw(t, "batch")
	}), 1, 5).Draw(t, "batches")
}

// world gives a memory that a rapid test can fail.
func world(t *testing.T, rt *rapid.T) *memory {
	m := newMemory(t)
	m.fail = rt.Fatalf
	return m
}

// TestPermutation: the order within a batch does not matter.
func TestPermutation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := world(t, rt)
		batches := drawBatches(rt)
		for i, batch := range batches {
			now := day0.AddDate(0, 3, i)
			known := m.known(batch)
			order := rapid.Permutation(indexes(len(batch))).Draw(rt, "order")
			shuffled := make([]Observation, len(batch))
			for at, from := range order {
				shuffled[at] = batch[from]
			}
			shuffledKnown := known
			shuffledKnown.Assets = slices.Clone(known.Assets)
			slices.Reverse(shuffledKnown.Assets)
			a, b := Reconcile(now, batch, known), Reconcile(now, shuffled, shuffledKnown)
			for at, from := range order {
				if a.Placed[from] != b.Placed[at] {
					rt.Errorf("observation %d went to %q, and to %q in another order", from, a.Placed[from], b.Placed[at])
				}
			}
			a.Placed, b.Placed = nil, nil
			if diff := cmp.Diff(a, b); diff != "" {
				rt.Errorf("another order, another plan:\n%s", diff)
			}
			m.apply(a)
		}
	})
}

// show lists observations in one line each.
func show(rt *rapid.T, batch []Observation) {
	rt.Logf("batch")
	for _, o := range batch {
		text := o.At.Format("  0102-15 ") + string(o.Source) + " @" + o.SiteID + "/" + o.Address + " ref=" + o.Ref + " scan=" + o.ScanID
		for _, f := range o.Facts {
			text += " " + string(f.Field) + "=" + f.Value + "~" + itoa(int(f.Confidence))
		}
		rt.Logf("%s services=%d members=%d", text, len(o.Details.Services), len(o.Details.Components))
	}
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// TestFixedPoint: told again and again, the same observations soon move nothing
// but last-seen, and what has its place never leaves it. (Strict idempotence is
// checked on every case of TestIdentity and on TestEstate; in the tangles that
// these pools make, the second telling may still resolve a doubt of the first.)
func TestFixedPoint(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := world(t, rt)
		for i, batch := range drawBatches(rt) {
			show(rt, batch)
			now := day0.AddDate(0, 3, i)
			first := m.record(now, batch...)
			second := m.record(now.Add(time.Hour), batch...)
			third := m.record(now.Add(2*time.Hour), batch...)
			joined := map[string]string{}
			for _, j := range slices.Concat(second.Join, third.Join) {
				joined[j.From.ID] = j.Into
			}
			for n := range batch {
				id := first.Placed[n]
				for id != "" && joined[id] != "" {
					id = joined[id]
				}
				// A record whose id another record has too is remembered by the latest only.
				if id != "" && id != third.Placed[n] && strings.HasPrefix(batch[n].Ref, "record-") {
					rt.Errorf("observation %d was placed on %q, then on %q", n, first.Placed[n], third.Placed[n])
				}
			}
			again := m.record(now.Add(3*time.Hour), batch...)
			if out := again.Outcome(); out.Created+out.Updated+out.Reviewed > 0 || len(again.Join) > 0 {
				for _, u := range again.Update {
					rt.Logf("update %s: %+v", u.Asset.ID, u.Changes)
				}
				rt.Errorf("the fourth time: %+v, %d joins, reviews %+v", out, len(again.Join), again.Review)
			}
		}
	})
}

// TestDistinctSerials: things of one maker with different serials never become
// one, unless a stack says that both are its members.
func TestDistinctSerials(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := world(t, rt)
		serialOf := map[string][]string{}
		for i, batch := range drawBatches(rt) {
			show(rt, batch)
			p := m.record(day0.AddDate(0, 3, i), batch...)
			for _, j := range p.Join {
				serialOf[j.Into] = append(serialOf[j.Into], serialOf[j.From.ID]...)
			}
			for n := range batch {
				id := identifyObservation(&batch[n])
				if p.Placed[n] == "" || len(id.serials) == 0 || len(id.members) > 0 {
					continue
				}
				serialOf[p.Placed[n]] = append(serialOf[p.Placed[n]], strings.TrimPrefix(id.serials[0].key, boardPrefix))
			}
			for asset, serials := range serialOf {
				slices.Sort(serials)
				if all := slices.Compact(slices.Clone(serials)); len(all) > 1 {
					rt.Errorf("asset %s has serials %v", asset, all)
				}
			}
		}
	})
}

// TestClients: what one client has never meets another's.
func TestClients(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var batch []Observation
		for n := range rapid.IntRange(1, 6).Draw(rt, "n") {
			o := drawObservation(rt, "c1", n)
			other := o
			other.ClientID = "c2"
			batch = append(batch, o, other)
		}
		var assets []Asset
		for range 2 {
			p := Reconcile(day0, batch, Known{Assets: assets})
			client := map[string]string{}
			for _, a := range p.Create {
				client[a.ID] = a.ClientID
			}
			for _, u := range p.Update {
				client[u.Asset.ID] = u.Asset.ClientID
			}
			for i, id := range p.Placed {
				if id != "" && client[id] != batch[i].ClientID {
					rt.Errorf("an observation of %s is on an asset of %s", batch[i].ClientID, client[id])
				}
			}
			for _, j := range p.Join {
				if j.From.ClientID != client[j.Into] {
					rt.Errorf("a join across clients: %+v", j)
				}
			}
			assets = append(assets, p.Create...)
		}
	})
}

// TestStackOnceTakenForABoard: a stack of which one record says that it is a
// management board keeps the records of its other members. (Found by TestFixedPoint.)
func TestStackOnceTakenForABoard(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	told := func(ref, serial string, class Class, minute int) Observation {
		o := Observation{ClientID: "c1", SiteID: "paris", Source: FromNmap, Ref: ref, At: day0.Add(time.Duration(minute) * time.Minute)}
		o.Add(FieldSerial, serial, "", High)
		o.Add(FieldEngineID, "80001f8880aa55aa5512345678", "", High)
		if class != "" {
			o.Add(FieldClass, string(class), "", High)
		}
		o.Details.Components = []Component{{Kind: ComponentStackMember, Serial: "CZC1111AAA"}, {Kind: ComponentStackMember, Serial: "CZC2222BBB"}}
		return o
	}
	first := m.record(day0, told("one", "CZC1111AAA", "", 1)).Placed[0]
	batch := []Observation{told("two", "CZC1111AAA", BMC, 2), told("three", "CZC2222BBB", Unknown, 3)}
	for hour := range 3 {
		p := m.record(day0.AddDate(0, 0, 1).Add(time.Duration(hour)*time.Hour), batch...)
		if p.Placed[0] != first || p.Placed[1] != first || len(p.Create)+len(p.Review) > 0 {
			t.Errorf("hour %d: %v instead of %s, new %d, doubts %+v", hour, p.Placed, first, len(p.Create), p.Review)
		}
	}
}

// TestDoubtGathersItsStackAgain: the records of a stack that waits for a person wait
// together however often they are told. (Found by TestFixedPoint.)
func TestDoubtGathersItsStackAgain(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	told := func(ref, serial string, stack bool, facts ...string) Observation {
		o := Observation{ClientID: "c1", SiteID: "paris", Source: FromNmap, Ref: ref, At: day0.Add(time.Duration(ref[len(ref)-1]) * time.Minute)}
		o.Add(FieldSerial, serial, "", High)
		o.Add(FieldVendor, "HP", "", High)
		for i := 0; i+1 < len(facts); i += 2 {
			o.Add(Field(facts[i]), facts[i+1], "", High)
		}
		if stack {
			o.Details.Components = []Component{{Kind: ComponentStackMember, Serial: "CZC1111AAA"}, {Kind: ComponentStackMember, Serial: "CZC2222BBB"}}
		}
		return o
	}
	uuid := []string{"uuid", "564d2a1b-7c8d-9e0f-1122-334455667788"}
	batch := []Observation{
		told("record-1", "CZC1111AAA", true, append([]string{"engine-id", "80001f8880aa55aa5512345678", "hostname", "pc-1"}, uuid...)...),
		told("record-2", "CZC1111AAA", false, "mac", "00:1b:21:11:11:01", "hostname", "pc-1"),
		told("record-3", "CZC2222BBB", true, "mac", "00:1b:21:11:11:02", "agent-id", "agent-1", "hostname", "pc-1"),
		told("record-4", "CZC2222BBB", false, uuid...),
	}
	first := m.record(day0.AddDate(0, 3, 0), batch...).Placed
	for hour := 1; hour < 4; hour++ {
		if p := m.record(day0.AddDate(0, 3, 0).Add(time.Duration(hour)*time.Hour), batch...); !slices.Equal(p.Placed, first) || len(p.Create)+len(p.Review) > 0 {
			t.Errorf("hour %d: %v instead of %v, %d new", hour, p.Placed, first, len(p.Create))
		}
	}
}
