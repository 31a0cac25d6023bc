package inventory

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// machine is a thing of the simulated estate, as it is in truth.
type machine struct {
	name   string // in truth; never told
	class  Class
	vendor string
	model  string
	serial string
	uuid   string
	engine string
	agent  string
	host   string
	macs   []string // its own
	random bool     // shows a random address on Wi-Fi
	site   int
	csv    bool
	snmp   bool
	agents bool
	disks  []string
	row    string
	gone   bool
	nodock bool
}

// estate is a company of several sites over time.
type estate struct {
	r        *rand.Rand
	machines []*machine
	sites    int
	docks    []string
	next     int
	dns      map[string]string // "site/address" → the name that DNS still tells
}

var badSerials = []string{"To Be Filled By O.E.M.", "Default string", "System Serial Number", "0123456789", "None", "Not Specified", "XXXXXXX", ""}
var badUUIDs = []string{"03000200-0400-0500-0006-000700080009", "00020003-0004-0005-0006-000700080009", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", ""}

func (e *estate) mac(oui string) string {
	return fmt.Sprintf("%s:%02x:%02x:%02x", oui, e.r.IntN(256), e.r.IntN(256), e.r.IntN(256))
}

func (e *estate) newUUID() string {
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", e.r.Uint32(), e.r.IntN(1<<16), e.r.IntN(1<<12), e.r.IntN(1<<12), e.r.Int64N(1<<48))
}

func (e *estate) newSerial(prefix string) string {
	return fmt.Sprintf("%s%07X", prefix, e.r.IntN(1<<28))
}

func swapUUID(s string) string {
	u, ok := parseUUID(s)
	if !ok {
		return s
	}
	return fmt.Sprintf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%x", u[3], u[2], u[1], u[0], u[5], u[4], u[7], u[6], u[8], u[9], u[10:])
}

func (e *estate) add(m machine) *machine {
	e.next++
	m.name = fmt.Sprintf("%s-%d", m.class, e.next)
	m.row = fmt.Sprintf("row-%d", e.next)
	e.machines = append(e.machines, &m)
	return &m
}

func newEstate(seed uint64, sites int) *estate {
	e := &estate{r: rand.New(rand.NewPCG(seed, 7)), sites: sites, dns: map[string]string{}}
	for range 2 * sites {
		e.docks = append(e.docks, e.mac([]string{"9c:eb:e8", "a0:ce:c8", "00:e0:4c"}[e.r.IntN(3)]))
	}
	for s := range sites {
		e.site(s)
	}
	return e
}

func (e *estate) computer(site int, class Class) *machine {
	e.next++
	vendor := []string{"HP", "Dell Inc.", "LENOVO"}[e.r.IntN(3)]
	m := machine{class: class, vendor: vendor, model: "Model " + itoa(e.r.IntN(9)), site: site, agents: e.r.IntN(10) < 8, csv: e.r.IntN(10) < 7,
		serial: e.newSerial("PC"), uuid: e.newUUID(), agent: fmt.Sprintf("host-%d-2025-01-01-10-00-00", e.next), host: fmt.Sprintf("PC-%04d", e.next),
		macs: []string{e.mac("00:1b:21")}, disks: []string{e.newSerial("WD")}}
	if class == Laptop {
		if m.agents { // without one, two addresses of one laptop cannot be known to be one
			m.macs = append(m.macs, e.mac("3c:6a:a7"))
			m.random = e.r.IntN(4) == 0
		}
	}
	if e.r.IntN(6) == 0 { // an assembled PC
		m.vendor, m.serial = "ASRock", badSerials[e.r.IntN(len(badSerials))]
		if e.r.IntN(2) == 0 {
			m.uuid = badUUIDs[e.r.IntN(len(badUUIDs))]
		}
	}
	return e.add(m)
}

func (e *estate) site(s int) {
	for range 8 {
		e.computer(s, Desktop)
	}
	for range 8 {
		e.computer(s, Laptop)
	}
	for i := range 2 {
		e.add(machine{class: Switch, vendor: "Cisco", model: "C9200L", serial: e.newSerial("FOC"), site: s, snmp: true, csv: true, host: fmt.Sprintf("sw%d-site%d", i, s),
			macs: []string{e.mac("00:1e:14"), e.mac("00:1e:14")}, engine: fmt.Sprintf("80000009030%d1e14%06x", 0, e.r.IntN(1<<24))})
	}
	for range 2 {
		e.add(machine{class: Printer, vendor: "Brother", model: "HL-L6400DW", serial: e.newSerial("E7"), site: s, snmp: true, csv: e.r.IntN(2) == 0,
			host: fmt.Sprintf("BRN%012X", e.r.Int64N(1<<40)), macs: []string{e.mac("30:05:5c")}})
	}
	for range 2 { // cameras: nmap and nothing else
		e.add(machine{class: Camera, vendor: "Hikvision", site: s, macs: []string{e.mac("44:19:b6")}})
	}
	for range 2 { // telephones with random addresses and a name
		e.next++
		e.add(machine{class: Mobile, site: s, host: fmt.Sprintf("phone-%d", e.next), random: true})
	}
	server := e.add(machine{class: Server, vendor: "Dell", model: "PowerEdge R740", serial: e.newSerial("7X"), uuid: e.newUUID(), site: s, snmp: true, agents: true, csv: true,
		host: fmt.Sprintf("srv-site%d", s), agent: fmt.Sprintf("srv-%d-2024-02-02-02-02-02", s), macs: []string{e.mac("24:6e:96"), e.mac("24:6e:96")},
		engine: fmt.Sprintf("80001f8880%016x", e.r.Uint64()|1), disks: []string{e.newSerial("SEA")}})
	e.add(machine{class: BMC, vendor: "Dell", model: "iDRAC9", serial: server.serial, uuid: server.uuid, site: s, snmp: true, macs: []string{e.mac("d0:94:66")}, host: "idrac-" + server.serial})
	for range 2 { // the active and the passive half of a cluster
		e.add(machine{class: Firewall, vendor: "Fortinet", model: "FG-60F", serial: e.newSerial("FGT60F"), site: s, snmp: true, csv: true, host: fmt.Sprintf("fw-site%d", s), macs: []string{e.mac("00:09:6b"), "00:09:0f:09:00:01"}})
	}
	shared := e.newUUID() // guests cloned from one template
	for i := range 3 {
		e.add(machine{class: VirtualMachine, vendor: "VMware, Inc.", site: s, agents: true, snmp: true, uuid: shared, host: fmt.Sprintf("vm%d-site%d", i, s),
			agent: fmt.Sprintf("template-2025-%d", s), engine: fmt.Sprintf("80001f88802222%04d22222222", s), macs: []string{e.mac("00:50:56")}})
	}
}

// change lets things happen before a week begins.
func (e *estate) change() {
	for i := 0; i < len(e.machines); i++ {
		m := e.machines[i]
		if m.gone || m.class != Desktop && m.class != Laptop {
			continue
		}
		switch e.r.IntN(400) {
		case 0: // re-imaged
			m.agent += "-again"
		case 1: // renamed
			m.host += "-R"
		case 2: // moved
			m.site = e.r.IntN(e.sites)
		case 3: // replaced: the next machine gets the name
			m.gone = true
			if next := e.computer(m.site, m.class); next.agents && m.agents {
				next.host, next.random, next.nodock = m.host, false, true
			}
		}
	}
}

// vendorSpelling spells a maker as people do.
func (e *estate) vendorSpelling(v string) string {
	alternatives := map[string][]string{"HP": {"HP", "Hewlett-Packard", "HP Inc."}, "Dell Inc.": {"Dell", "DELL", "Dell Inc."}, "LENOVO": {"Lenovo", "LENOVO"}, "Cisco": {"Cisco", "Cisco Systems, Inc."}}
	if list := alternatives[v]; list != nil {
		return list[e.r.IntN(len(list))]
	}
	return v
}

// week tells what all sources say in a week.
func (e *estate) week(week int) []told {
	var all []told
	docked := map[string]bool{}
	addresses := make([]int, e.sites)
	for i, at := range e.r.Perm(len(e.machines)) {
		m := e.machines[at]
		if m.gone {
			continue
		}
		addresses[m.site]++
		// Addresses are dealt anew each week; DNS lags behind.
		address := fmt.Sprintf("192.168.1.%d", addresses[m.site])
		day := float64(7*week) + float64(i)/float64(len(e.machines))
		dock := ""
		if m.class == Laptop && m.agents && !m.nodock && e.r.IntN(3) == 0 {
			if d := e.docks[e.r.IntN(len(e.docks))]; !docked[d] {
				dock, docked[d] = d, true
			}
		}
		base := obs(FromNmap, day)
		base.SiteID, base.Address = fmt.Sprintf("site-%d", m.site), address
		all = append(all, e.tell(m, base, week, dock)...)
		e.dns[base.SiteID+"/"+address] = m.host
	}
	return all
}

// tell gives the records of one machine in one week.
func (e *estate) tell(m *machine, base Observation, week int, dock string) []told {
	var all []told
	record := func(o Observation, tag string) {
		o.Ref = fmt.Sprintf("%s-%d-%s", tag, week, m.name)
		all = append(all, is(m.name, o))
	}
	n := base
	switch {
	case dock != "":
		n.Add(FieldMAC, dock, "", 0)
	case m.random:
		n.Add(FieldMAC, fmt.Sprintf("da:%02x:%02x:%02x:%02x:%02x", e.r.IntN(256), e.r.IntN(256), e.r.IntN(256), e.r.IntN(256), e.r.IntN(256)), "", 0)
	case m.class == Firewall:
		n.Add(FieldMAC, m.macs[0], "", 0)
	case len(m.macs) > 0:
		n.Add(FieldMAC, m.macs[e.r.IntN(len(m.macs))], "", 0)
	}
	if stale := e.dns[base.SiteID+"/"+base.Address]; e.r.IntN(20) == 0 && stale != "" && !m.random && dock == "" && m.class != Firewall {
		n.Add(FieldHostname, stale, "", 0)
	} else if e.r.IntN(4) > 0 || m.random || dock != "" {
		n.Add(FieldHostname, m.host, "", 0)
	}
	if e.r.IntN(10) > 0 {
		record(n, "n")
	}
	if m.snmp && e.r.IntN(3) > 0 {
		s := base
		s.Source = FromSNMP
		s.Facts = nil
		s.Add(FieldClass, string(m.class), "", 0)
		s.Add(FieldVendor, m.vendor, "", 0)
		s.Add(FieldModel, m.model, "", 0)
		if !m.agents {
			s.Add(FieldSerial, m.serial, "", 0)
		}
		s.Add(FieldEngineID, m.engine, "", 0)
		s.Add(FieldHostname, m.host+".corp.example", "", 0)
		for _, a := range m.macs {
			s.Add(FieldMAC, a, "", 0)
		}
		record(s, "s")
	}
	if m.agents && e.r.IntN(4) > 0 {
		a := base
		a.Source, a.Facts = FromAgent, nil
		for f, v := range map[Field]string{FieldClass: string(m.class), FieldVendor: m.vendor, FieldModel: m.model, FieldSerial: m.serial,
			FieldUUID: m.uuid, FieldHostname: m.host, FieldAgentID: m.agent} {
			if f == FieldUUID && e.r.IntN(3) == 0 {
				v = swapUUID(v)
			}
			a.Add(f, v, "", 0)
		}
		for _, x := range append(slices.Clone(m.macs), dock) {
			a.Add(FieldMAC, x, "", 0)
		}
		for _, d := range m.disks {
			a.Details.Components = append(a.Details.Components, Component{Kind: ComponentDisk, Serial: d})
		}
		record(a, "a")
	}
	if m.csv && week%13 == 2 {
		c := base
		c.Source, c.Address, c.Facts = FromCSV, "", nil
		c.Add(FieldVendor, e.vendorSpelling(m.vendor), "", 0)
		c.Add(FieldModel, m.model, "", 0)
		c.Add(FieldSerial, m.serial, "", 0)
		if serialKey(m.serial) == "" || e.r.IntN(2) == 0 {
			c.Add(FieldHostname, m.host, "", 0)
		}
		record(c, "c")
		all[len(all)-1].Ref = m.row
		all[len(all)-1].At = all[len(all)-1].At.Add(time.Minute)
	}
	return all
}

// score compares what was placed with the truth, pair by pair.
func score(truth, placed map[string]string) (precision, recall float64, wrong map[[2]string]int) {
	things, assets, cells := map[string]int{}, map[string]int{}, map[[2]string]int{}
	for l, thing := range truth {
		things[thing]++
		if a := placed[l]; a != "" {
			assets[a]++
			cells[[2]string{a, thing}]++
		}
	}
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	var right, said, real float64
	for _, n := range cells {
		right += pairs(n)
	}
	for _, n := range assets {
		said += pairs(n)
	}
	for _, n := range things {
		real += pairs(n)
	}
	wrong = map[[2]string]int{}
	for c, n := range cells {
		if n < assets[c[0]] || n < things[c[1]] {
			wrong[c] = n
		}
	}
	return right / said, right / real, wrong
}

// year gives what all sources told in a year, week by week, and the truth.
func (e *estate) year() (weeks [][]Observation, truth map[string]string) {
	truth = map[string]string{}
	for week := range 52 {
		e.change()
		var batch []Observation
		for _, r := range e.week(week) {
			truth[label(&r.Observation)] = r.is
			batch = append(batch, r.Observation)
		}
		weeks = append(weeks, batch)
	}
	return weeks, truth
}

// TestEstate lives a year of a small estate, week by week.
func TestEstate(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(itoa(int(seed)), func(t *testing.T) {
			t.Parallel()
			e := newEstate(seed, 4)
			weeks, truth := e.year()
			m := newMemory(t)
			for week, batch := range weeks {
				now := day0.AddDate(0, 0, 7*week+7)
				// Half the weeks come as one file, half as several.
				for part := range slices.Chunk(batch, len(batch)/(1+3*(week%2))+1) {
					p := m.record(now, part...)
					if week%8 == 0 && !slices.Contains(p.Placed, "") {
						m.again(now.Add(time.Hour), part)
					}
				}
			}
			m.check(truth, 1, 0.995)
		})
	}
}

// TestEstateOutOfOrder gets the weeks of each month in any order, as from probes
// that were cut off for a while.
func TestEstateOutOfOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(itoa(int(seed)), func(t *testing.T) {
			t.Parallel()
			e := newEstate(100+seed, 3)
			weeks, truth := e.year()
			for month := range slices.Chunk(weeks, 4) {
				e.r.Shuffle(len(month), func(i, j int) { month[i], month[j] = month[j], month[i] })
			}
			m := newMemory(t)
			for i, batch := range weeks {
				m.record(day0.AddDate(2, 0, i), batch...)
			}
			m.check(truth, 1, 0.99)
		})
	}
}

// again records what was recorded just before: nothing may change.
func (m *memory) again(now time.Time, batch []Observation) {
	m.t.Helper()
	p := m.record(now, batch...)
	if out := p.Outcome(); out.Created+out.Updated+out.Reviewed > 0 || len(p.Join) > 0 {
		m.t.Errorf("again: %d created, %d updated, %d reviewed, %d joins", out.Created, out.Updated, out.Reviewed, len(p.Join))
		for _, j := range p.Join {
			m.t.Logf("joined %s by %s: %+v", j.From.label(), j.Because, j.From.Identifiers)
		}
		for _, u := range p.Update {
			for _, c := range u.Changes {
				m.t.Logf("%+v", c)
			}
		}
	}
}

// check compares what is remembered with the truth.
func (m *memory) check(truth map[string]string, wantPrecision, wantRecall float64) {
	m.t.Helper()
	precision, recall, wrong := score(truth, m.placed)
	m.t.Logf("%d records, %d assets, %d reviews: precision %.6f recall %.6f", len(truth), len(m.assets), len(m.reviews), precision, recall)
	mixed := map[string]int{}
	for c := range wrong {
		mixed[c[0]]++
	}
	if precision < wantPrecision || recall < wantRecall {
		for c, n := range wrong {
			if precision < wantPrecision && mixed[c[0]] < 2 {
				continue
			}
			a := m.assets[c[0]]
			m.t.Logf("asset %s (%s) holds %d of %s", c[0], a.label(), n, c[1])
		}
		m.t.Errorf("precision %.6f, want %.3f; recall %.6f, want %.3f", precision, wantPrecision, recall, wantRecall)
	}
	if 200*len(m.reviews) > len(truth) {
		kinds := map[string]int{}
		for _, r := range m.reviews {
			kinds[r.Kind+" "+r.Reason[:min(40, len(r.Reason))]]++
		}
		m.t.Errorf("%d reviews for %d records: %v", len(m.reviews), len(truth), kinds)
	}
}
