package inventory

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// only gives the one asset of a memory.
func (m *memory) only() Asset {
	m.t.Helper()
	if len(m.assets) != 1 {
		m.t.Fatalf("%d assets", len(m.assets))
	}
	for _, a := range m.assets {
		return a
	}
	return Asset{}
}

func (m *memory) kinds() string {
	var kinds []string
	for _, r := range m.reviews {
		kinds = append(kinds, r.Kind)
	}
	return strings.Join(kinds, " ")
}

const pc = "serial=CZC1234ABC"

func TestPrecedence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tell  []Observation
		field Field
		want  string
	}{
		"SNMP knows the class better than nmap": {[]Observation{obs(FromSNMP, 0, pc, "class=switch"), obs(FromNmap, 1, pc, "class=router")}, FieldClass, "switch"},
		"whatever the order":                    {[]Observation{obs(FromNmap, 0, pc, "class=router"), obs(FromSNMP, 1, pc, "class=switch")}, FieldClass, "switch"},
		"unknown is nothing":                    {[]Observation{obs(FromNmap, 0, pc, "class=router"), obs(FromSNMP, 1, pc, "class=unknown")}, FieldClass, "router"},
		"a table knows the tag":                 {[]Observation{obs(FromCSV, 0, pc, "asset-tag=PAR-7"), obs(FromAgent, 1, pc, "asset-tag=0987")}, FieldAssetTag, "PAR-7"},
		"the newer of one source":               {[]Observation{obs(FromSNMP, 0, pc, "version=1.0"), obs(FromSNMP, 1, pc, "version=2.0")}, FieldVersion, "2.0"},
		"a late message is not newer":           {[]Observation{obs(FromSNMP, 1, pc, "version=2.0"), obs(FromSNMP, 0, pc, "version=1.0")}, FieldVersion, "2.0"},
		"one maker, two spellings":              {[]Observation{obs(FromSNMP, 0, pc, "vendor=Hewlett Packard Enterprise"), obs(FromAgent, 1, pc, "vendor=HPE")}, FieldVendor, "Hewlett Packard Enterprise"},
		"a short name is not another":           {[]Observation{obs(FromAgent, 0, pc, "host=pc1.corp.example"), obs(FromSNMP, 1, pc, "host=PC1")}, FieldHostname, "pc1.corp.example"},
		"nothing empty erases":                  {[]Observation{obs(FromSNMP, 0, pc, "model=X1"), obs(FromSNMP, 1, pc)}, FieldModel, "X1"},
		"a placeholder is nothing":              {[]Observation{obs(FromAgent, 0, pc, "model=X1"), obs(FromAgent, 1, pc, "model=To Be Filled By O.E.M.")}, FieldModel, "X1"},
		"a guess gives way after months":        {[]Observation{obs(FromAgent, 0, pc, "os.name=Windows 10"), obs(FromSNMP, 200, pc), withConfidence(obs(FromSNMP, 200, pc, "os.name=Windows 11"), High)}, FieldOSName, "Windows 11"},
		"a table does not go stale":             {[]Observation{obs(FromCSV, 0, pc, "location=Office 3"), withConfidence(obs(FromNmap, 200, pc, "location=lab"), High)}, FieldLocation, "Office 3"},
	} {
		m := newMemory(t)
		for i, o := range c.tell {
			m.record(day0.AddDate(1, 0, i), o)
		}
		if got := m.only().Values[c.field].Value; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func withConfidence(o Observation, c Confidence) Observation {
	for i := range o.Facts {
		o.Facts[i].Confidence = c
	}
	return o
}

func guess(o Observation, f Field, value string) Observation {
	o.Add(f, value, "a guess", Low)
	return o
}

func TestConfidence(t *testing.T) {
	t.Parallel()
	o := obs(FromSNMP, 0, pc)
	o.Add(FieldModel, "card", "snmp:a", Low)
	o.Add(FieldModel, "chassis", "snmp:b", High)
	m := newMemory(t)
	m.record(day0, o)
	m.record(day0.AddDate(0, 0, 1), guess(obs(FromSNMP, 1, pc), FieldModel, "card"))
	a := m.only()
	if v := a.Values[FieldModel]; v.Value != "chassis" || v.From != "snmp:b" || v.Source != FromSNMP || a.Model != "chassis" {
		t.Errorf("the better fact stays: %+v", v)
	}
}

func TestPinned(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	m.record(day0, obs(FromSNMP, 0, pc, "model=X1", "addr=10.0.0.1"))
	a := m.only()
	a.Values[FieldModel] = Value{Value: "X1 Carbon", Source: FromHand, Pinned: true, At: day0}
	a.Values[FieldSite] = Value{Value: "paris", Source: FromHand, Pinned: true, At: day0}
	m.assets[a.ID] = a
	m.record(day0, obs(FromAgent, 1, pc, "model=X1 Yoga"))
	if got := m.only(); got.Model != "X1 Carbon" || !got.Values[FieldModel].Pinned || m.kinds() != ReviewPinned {
		t.Errorf("a scan never overwrites a person: %q, reviews %q", got.Model, m.kinds())
	}
	for day := range 5 {
		m.record(day0, obs(FromAgent, float64(2+day), pc, "model=X1 Yoga"), guess(obs(FromNmap, float64(2+day), pc), FieldModel, "guess"))
	}
	if m.kinds() != ReviewPinned {
		t.Errorf("told once, and never for a guess: %q", m.kinds())
	}
	m.record(day0, obs(FromAgent, 9, pc, "site=lyon"))
	if m.only().SiteID != "paris" || len(m.reviews) != 2 {
		t.Errorf("a pinned site stays: %q %q", m.only().SiteID, m.kinds())
	}
}

func TestRetiredSeen(t *testing.T) {
	t.Parallel()
	for _, state := range []State{Retired, Disposed} {
		m := newMemory(t)
		m.record(day0, obs(FromAgent, 0, pc))
		a := m.only()
		a.State = state
		a.Values[FieldState] = Value{Value: string(state), Source: FromHand, At: day0.AddDate(0, 0, 5)}
		m.assets[a.ID] = a
		m.record(day0, obs(FromCSV, 10, pc), obs(FromAgent, 4, pc))
		if m.kinds() != "" {
			t.Errorf("a table and a late message are no alarm: %q", m.kinds())
		}
		for day := range 3 {
			m.record(day0, obs(FromAgent, float64(10+day), pc))
		}
		if got := m.only(); got.State != state || m.kinds() != ReviewRetired || got.Serial == "" {
			t.Errorf("%s: it stays, and raises one alarm: %s, %q", state, got.State, m.kinds())
		}
	}
}

func TestMissingSeenAgain(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	m.record(day0, obs(FromAgent, 10, pc))
	a := m.only()
	a.State = Missing
	m.assets[a.ID] = a
	m.record(day0, obs(FromCSV, 20, pc), obs(FromAgent, 9, pc))
	if m.only().State != Missing {
		t.Error("neither a table nor a late message has seen it")
	}
	p := m.record(day0, obs(FromNmap, 21, pc))
	if m.only().State != InService || len(p.Update) != 1 || p.Update[0].Changes[0].Field != "state" {
		t.Errorf("seen again: %s %+v", m.only().State, p.Update)
	}
}

func TestSeenAndSite(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	m.record(day0, obs(FromCSV, 3, pc, "site=", "ref=1"))
	m.record(day0, obs(FromNmap, 1, pc, "addr=10.0.0.7"))
	a := m.only()
	if !a.LastSeen.Equal(day0.AddDate(0, 0, 1)) || a.Address != "10.0.0.7" || a.SiteID != "paris" {
		t.Errorf("a table has not seen it: %v %s %s", a.LastSeen, a.Address, a.SiteID)
	}
	p := m.record(day0, obs(FromNmap, 5, pc, "addr=10.9.0.7", "site=lyon"))
	if a = m.only(); a.SiteID != "lyon" || len(p.Update[0].Changes) != 1 || p.Update[0].Changes[0].Field != "site" || p.Update[0].Changes[0].Because != "serial+vendor" {
		t.Errorf("moved: %s %+v", a.SiteID, p.Update[0].Changes)
	}
	m.record(day0, obs(FromCSV, 6, pc, "site=paris", "ref=1"), obs(FromNmap, 2, pc, "site=paris"))
	if m.only().SiteID != "lyon" {
		t.Error("neither a table nor a late message moves it back")
	}
	if len(m.only().Sightings) != 2 {
		t.Errorf("one sighting a record: %+v", m.only().Sightings)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	now := day0.AddDate(0, 0, 1)
	p := m.record(now, obs(FromAgent, 0, pc, "os.build=22631", "ref=agent-1"))
	if len(p.Changes) != 1 || p.Changes[0].Field != "created" || p.Changes[0].Actor != "agent" || !p.Changes[0].At.Equal(day0) || p.Changes[0].AssetID != p.Create[0].ID {
		t.Errorf("created: %+v", p.Changes)
	}
	p = m.record(now, obs(FromAgent, 7, pc, "os.build=26100", "ref=agent-1", "last-boot=2026-01-11T07:00:00Z", "addr=10.0.0.9"))
	if len(p.Update) != 1 || len(p.Update[0].Changes) != 1 {
		t.Fatalf("one change, volatile ones left out: %+v", p.Update)
	}
	c := p.Update[0].Changes[0]
	if c.Field != "os.build" || c.Old != "22631" || c.New != "26100" || c.Because != "serial+vendor" || c.Actor != "agent" || c.ID == "" {
		t.Errorf("%+v", c)
	}
	if m.only().Values[FieldLastBoot].Value == "" {
		t.Error("a volatile value is kept all the same")
	}
}

func TestDetails(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	scan := obs(FromNmap, 0, pc)
	scan.Details.Services = []Service{{Port: 23, Protocol: "tcp", Name: "telnet"}, {Port: 443, Protocol: "tcp", Name: "https"}}
	scan.Details.Weaknesses = []Weakness{{Kind: WeakSMB1, Port: 445}}
	walk := obs(FromSNMP, 0, pc)
	walk.Details.Weaknesses = []Weakness{{Kind: WeakSNMPCommunity, Port: 161}}
	walk.Details.Interfaces = []Interface{{Name: "eth0"}}
	walk.Details.Software = []Software{{Name: "from SNMP"}}
	agent := obs(FromAgent, 0, pc, "ref=agent-1")
	agent.Details.Software = []Software{{Name: "7-Zip", Version: "24"}, {Name: "Firefox", Version: "140"}}
	m.record(day0, scan, walk, agent)
	a := m.only()
	if len(a.Details.Services) != 2 || len(a.Details.Weaknesses) != 2 || len(a.Details.Interfaces) != 1 || len(a.Details.Software) != 2 || a.Details.Software[0].Source != FromAgent {
		t.Fatalf("each source's lists: %+v", a.Details)
	}
	m.record(day0, obs(FromNmap, 1, pc), obs(FromSNMP, 1, pc), obs(FromAgent, 1, pc, "ref=agent-1"))
	if a = m.only(); len(a.Details.Services) != 2 || len(a.Details.Weaknesses) != 2 || len(a.Details.Software) != 2 {
		t.Errorf("who did not look erases nothing: %+v", a.Details)
	}
	again := obs(FromNmap, 2, pc)
	again.Details.Services = []Service{{Port: 443, Protocol: "tcp", Name: "https"}}
	again.Details.Weaknesses = []Weakness{}
	poor := obs(FromSNMP, 2, pc)
	poor.Details.Software = []Software{{Name: "from SNMP"}}
	p := m.record(day0, again, poor)
	a = m.only()
	if len(a.Details.Services) != 1 || len(a.Details.Weaknesses) != 1 || a.Details.Weaknesses[0].Kind != WeakSNMPCommunity || len(a.Details.Software) != 2 {
		t.Errorf("who looked replaces its own part: %+v", a.Details)
	}
	fields := map[string]Change{}
	for _, c := range p.Update[0].Changes {
		fields[c.Field] = c
	}
	if fields["services"].Old != "tcp/23 telnet" || fields["services"].New != "" || fields["weaknesses"].Old != "smb1 on 445" || len(fields) != 2 {
		t.Errorf("history: %+v", fields)
	}
	late := obs(FromNmap, 1.5, pc)
	late.Details.Services = []Service{}
	m.record(day0, late)
	if len(m.only().Details.Services) != 1 {
		t.Error("a late message undoes nothing")
	}
	m.record(day0, obs(FromSNMP, 60, pc), func() Observation { poor.At = day0.Add(60 * 24 * time.Hour); return poor }())
	if a = m.only(); len(a.Details.Software) != 1 {
		t.Errorf("a source that fell silent gives way: %+v", a.Details.Software)
	}
}

func TestBoardIsLinked(t *testing.T) {
	t.Parallel()
	board := obs(FromSNMP, 0, "class=bmc", "serial=7XK2J13", "vendor=Dell", "mac=d0:94:66:00:00:01")
	server := obs(FromAgent, 0, "class=server", "serial=7XK2J13", "vendor=Dell Inc.", "ref=agent-7")
	for name, order := range map[string][][]Observation{
		"together": {{board, server}}, "board first": {{board}, {server}}, "server first": {{server}, {board}},
	} {
		m := newMemory(t)
		for i, batch := range order {
			m.record(day0.Add(time.Duration(i)*time.Hour), batch...)
		}
		if len(m.assets) != 2 {
			t.Fatalf("%s: %d assets", name, len(m.assets))
		}
		for _, a := range m.assets {
			if parent := m.assets[a.ParentID]; (a.Class == BMC) != (parent.Class == Server) {
				t.Errorf("%s: the parent of %s is %q", name, a.Class, parent.Class)
			}
		}
	}
}

func TestApartAndAnswers(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	m.record(day0, obs(FromNmap, 0, "mac=00:0d:b4:00:00:01", "addr=10.0.0.1"), obs(FromNmap, 0, "mac=00:0d:b4:00:00:02", "addr=10.0.0.2"))
	var ids []string
	for id := range m.assets {
		ids = append(ids, id)
	}
	m.apart = [][2]string{{ids[0], ids[1]}}
	m.record(day0.Add(time.Hour), obs(FromSNMP, 1, "mac=00:0d:b4:00:00:01", "mac=00:0d:b4:00:00:02", "serial=SN210A12F1234A7"))
	if m.assets[ids[0]].ID == "" || m.assets[ids[1]].ID == "" {
		t.Error("what a person told apart joined")
	}

	m = newMemory(t)
	odd := "mac=00:26:b9:00:00:07"
	m.record(day0, obs(FromAgent, 0, "ref=agent-1", "serial=5CG1234ABC", odd, "mac=00:1b:21:11:11:01", "host=lap-a", "class=laptop"))
	m.record(day0.Add(time.Hour), obs(FromAgent, 1, "ref=agent-2", "serial=5CG9999XYZ", odd, "mac=00:1b:21:22:22:01", "host=lap-b", "class=laptop"))
	docked := obs(FromNmap, 2, "addr=10.0.0.9", odd)
	p := m.record(day0.Add(2*time.Hour), docked)
	if len(p.Create) != 1 || p.Create[0].Doubt == "" || p.Placed[0] != p.Create[0].ID || len(p.Review) != 1 || p.Review[0].Kind != ReviewTwoCandidates || len(p.Review[0].AssetIDs) != 2 {
		t.Fatalf("held: %+v", p)
	}
	r := p.Review[0]
	r.DecidedAt, r.Resolution = &day0, r.AssetIDs[1]
	m.reviews[r.ID] = r
	docked.At = docked.At.AddDate(0, 0, 1)
	if p = m.record(day0.Add(3*time.Hour), docked); p.Placed[0] != r.Resolution || len(p.Review) != 0 {
		t.Errorf("a person's answer is remembered: %+v", p)
	}
	r.Resolution = ResolvedNew
	m.reviews[r.ID] = r
	docked.Ref = "another"
	m.assets[r.AssetIDs[1]] = func() Asset { a := m.assets[r.AssetIDs[1]]; a.Sightings = nil; return a }()
	docked.At, docked.Address = docked.At.AddDate(0, 0, 1), "10.0.0.77"
	if p = m.record(day0.Add(4*time.Hour), docked); len(p.Create) != 1 || p.Placed[0] != p.Create[0].ID {
		t.Errorf("none of them: %+v", p)
	}
}

func TestNameless(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	p := m.record(day0, obs(FromCSV, 0, "model=E24 G5"))
	if len(p.Create) != 0 || p.Placed[0] != "" || m.kinds() != ReviewNameless {
		t.Errorf("nothing identifies it: %+v", p)
	}
	if p = m.record(day0, obs(FromCSV, 0, "model=E24 G5")); len(p.Review) != 0 {
		t.Error("told once")
	}
}

func TestFuse(t *testing.T) {
	t.Parallel()
	a := obs(FromNmap, 1, "addr=10.0.0.1", "class=router", "mac=00:1b:21:11:22:33")
	a.Facts[0].Confidence = 95
	b := withConfidence(obs(FromSNMP, 0, "addr=10.0.0.1", "class=switch", "serial=FOC1234X0AB"), High)
	got := Fuse(a, b)
	if got.Source != "nmap+snmp" || got.Get(FieldClass) != "switch" || got.Get(FieldSerial) != "FOC1234X0AB" || len(got.Facts) != 4 || !got.At.Equal(b.At) {
		t.Errorf("got %+v", got)
	}
	if Fuse().Source != "" || len(a.Facts) != 2 || a.Facts[0].Confidence != 95 {
		t.Error("nothing, and nothing changed")
	}
}

// TestNarrowedScan: a scan that was told to look at some ports says nothing of
// the others.
func TestNarrowedScan(t *testing.T) {
	t.Parallel()
	m := newMemory(t)
	scanOf := func(day float64, looked string, ports ...int) {
		o := obs(FromNmap, day, "addr=10.0.0.5", "mac=00:1b:21:aa:bb:01")
		o.Details.Looked, o.Details.Services = looked, []Service{}
		for _, p := range ports {
			o.Details.Services = append(o.Details.Services, Service{Port: p, Protocol: "tcp", Name: "s" + itoa(p)})
		}
		m.record(o.At, o)
	}
	open := func() string {
		var list []string
		for _, s := range m.only().Details.Services {
			list = append(list, itoa(s.Port))
		}
		slices.Sort(list)
		return strings.Join(list, " ")
	}
	scanOf(0, "", 22, 80, 443, 8080)
	scanOf(1, "80,440-450", 80)
	if got := open(); got != "22 80 8080" {
		t.Errorf("80 and 440 to 450 looked at, 443 closed: %s are open", got)
	}
	if m.only().Details.Looked != "" {
		t.Error("what a scan looked at is no detail of the asset")
	}
	scanOf(2, "", 22)
	if got := open(); got != "22" {
		t.Errorf("all looked at: %s are open", got)
	}
}
