package inventory

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// verdict is what one kind of identifier says of two identities.
type verdict int8

const (
	silent  verdict = iota // one of them has none, or it proves nothing here
	agrees                 // they share one
	differs                // both have some, and share none
)

// The kinds of evidence, strongest first.
const (
	evRecord = iota
	evScan
	evSerial
	evUUID
	evEngine
	evMAC
	evAgent
	evHost
	evRef
	evAddress
	evDisk
	evKinds
)

// evidence is what two identities say of each other, kind by kind.
type evidence [evKinds]verdict

// addressLife is how long an address may stand for a bare record that no
// longer tells it.
const addressLife = 30 * 24 * time.Hour

// matcher is one rung of the ladder.
type matcher struct {
	name string // the reason kept in history
	kind int    // the evidence that must agree
	keys func(*identity) []string
	// blocked tells why two that agree on the kind are not one thing all the
	// same; "" when nothing stands against it.
	blocked func(*pair) string
	doubt   bool // a blocked pair is worth a person's look
}

// ladder is the one ordered table of matchers: the first rung on which two
// agree decides. A rung never looks at an address alone, but for the last one,
// where neither side has anything better.
var ladder = []matcher{
	{"same-record", evRecord, func(i *identity) []string { return i.records }, blockedRecord, false},
	{"same-scan", evScan, func(i *identity) []string { return i.scans }, blockedScan, false},
	{"serial+vendor", evSerial, serialKeys, blockedSerial, true},
	{"system-uuid", evUUID, func(i *identity) []string { return i.uuids }, blockedUUID, true},
	{"engine-id", evEngine, func(i *identity) []string { return i.engines }, blockedEngine, true},
	{"stable-mac", evMAC, func(i *identity) []string { return i.macs }, blockedMAC, true},
	{"agent-id", evAgent, func(i *identity) []string { return i.agents }, blockedAgent, true},
	{"hostname+site", evHost, (*identity).names, blockedHost, false},
	{"source-ref", evRef, func(i *identity) []string { return i.refs }, blockedRef, false},
	{"address-of-bare", evAddress, func(i *identity) []string { return i.addrs }, blockedAddress, false},
}

func ownSerials(i *identity) []string {
	keys := make([]string, len(i.serials))
	for n, s := range i.serials {
		keys[n] = s.key
	}
	return keys
}

func serialKeys(i *identity) []string {
	keys := ownSerials(i)
	if len(i.members) > 1 { // a stack is also found by the member that led before
		keys = append(keys, i.members...)
	}
	return keys
}

// pair is two identities that may be one thing.
type pair struct {
	a, b *identity
	ev   evidence
	// sharedMACs counts the hardware addresses that both have.
	sharedMACs int
	// laptopNamed tells that the name one of them says belongs to a laptop that
	// is neither: it may be that laptop on a borrowed dock.
	laptopNamed bool
	// staleName tells that the name one of them says belongs to a third that had
	// the same address before: the name follows the address, not the machine.
	staleName bool
}

// compare weighs two identities.
func compare(a, b *identity) pair {
	p := pair{a: a, b: b}
	if shared(a.records, b.records) > 0 {
		p.ev[evRecord] = agrees
	}
	p.ev[evScan] = sets(a.scans, b.scans)
	if a.bmc == b.bmc {
		p.ev[evSerial] = serials(a, b)
		p.ev[evUUID] = sets(a.uuids, b.uuids)
		p.ev[evHost] = sets(a.names(), b.names())
	} else {
		// A board and its server share these; a board and another server do not.
		p.ev[evSerial] = unlikeOrSilent(boardKeys(ownSerials(a)), boardKeys(ownSerials(b)))
		p.ev[evUUID] = unlikeOrSilent(boardKeys(a.uuids), boardKeys(b.uuids))
	}
	p.ev[evEngine] = sets(a.engines, b.engines)
	p.ev[evAgent] = sets(a.agents, b.agents)
	p.ev[evDisk] = sets(a.disks, b.disks)
	p.ev[evAddress] = sets(a.addrs, b.addrs)
	p.ev[evRef] = refs(a.refs, b.refs)
	p.ev[evMAC], p.sharedMACs = macSets(a.macs, b.macs)
	return p
}

// boardKeys gives keys as the server tells them, sorted.
func boardKeys(keys []string) []string {
	plain := make([]string, len(keys))
	for i, k := range keys {
		plain[i] = strings.TrimPrefix(k, boardPrefix)
	}
	slices.Sort(plain)
	return plain
}

func unlikeOrSilent(a, b []string) verdict {
	if v := sets(a, b); v == differs {
		return differs
	}
	return silent
}

// sets compares two sorted lists.
func sets(a, b []string) verdict {
	switch {
	case len(a) == 0 || len(b) == 0:
		return silent
	case shared(a, b) > 0:
		return agrees
	}
	return differs
}

// shared counts what two sorted lists have in common.
func shared(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c == 0:
			n++
			i++
			j++
		case c < 0:
			i++
		default:
			j++
		}
	}
	return n
}

// macSets asks for more than half of the smaller set: one dock that two laptops
// have used is not the machine.
func macSets(a, b []string) (verdict, int) {
	if len(a) == 0 || len(b) == 0 {
		return silent, 0
	}
	n := shared(a, b)
	switch {
	case n == 0:
		return differs, 0
	case 2*n > min(len(a), len(b)):
		return agrees, n
	}
	return silent, n
}

// refs compares ids of records, source by source: two rows of one file are two
// things until something says otherwise.
func refs(a, b []string) verdict {
	if shared(a, b) > 0 {
		return agrees
	}
	for _, x := range a {
		source, _, _ := strings.Cut(x, ":")
		for _, y := range b {
			if strings.HasPrefix(y, source+":") {
				return differs
			}
		}
	}
	return silent
}

// serials compares serials with their makers. The members of a stack lead in
// turn: two records of one stack may tell different ones.
func serials(a, b *identity) verdict {
	if len(a.serials) == 0 || len(b.serials) == 0 {
		return silent
	}
	unlike := false
	for _, x := range a.serials {
		for _, y := range b.serials {
			if x.key != y.key {
				continue
			}
			if x.vendor == y.vendor && x.vendor != "" || (x.vendor == "" || y.vendor == "") && tellsAlone(x.key) {
				return agrees
			}
			unlike = true
		}
	}
	if stacked(a, b) {
		return agrees
	}
	if unlike {
		return silent // the same digits from two makers, or too few to tell without one
	}
	return differs
}

// tellsAlone tells that a serial is rare enough to stand without its maker.
func tellsAlone(key string) bool {
	key = strings.TrimPrefix(key, boardPrefix)
	letters := strings.IndexFunc(key, func(r rune) bool { return r >= 'A' }) >= 0
	return len(key) >= 8 || letters && len(key) >= 6
}

// stacked tells that each leads a stack in which the other is a member.
func stacked(a, b *identity) bool {
	if len(a.members) < 2 || len(b.members) < 2 || len(a.serials) == 0 || len(b.serials) == 0 {
		return false
	}
	for _, s := range a.serials {
		if !slices.Contains(b.members, s.key) {
			return false
		}
	}
	for _, s := range b.serials {
		if !slices.Contains(a.members, s.key) {
			return false
		}
	}
	// Records of single members stay their own: at most one of them is here.
	alone := slices.Concat(a.alone, b.alone)
	slices.Sort(alone)
	return len(slices.Compact(alone)) <= 1
}

// against gives the first of the kinds that differs, in words; "" when none does.
func (p *pair) against(kinds ...int) string {
	for _, k := range kinds {
		if p.ev[k] == differs {
			return "different " + evidenceName[k]
		}
	}
	return ""
}

var evidenceName = [evKinds]string{
	evRecord: "records", evScan: "scan", evSerial: "serials", evUUID: "system UUIDs", evEngine: "engine ids", evMAC: "hardware addresses",
	evAgent: "agent ids", evHost: "host names", evRef: "record ids", evAddress: "addresses", evDisk: "disks",
}

func (p *pair) count(v verdict, kinds ...int) int {
	n := 0
	for _, k := range kinds {
		if p.ev[k] == v {
			n++
		}
	}
	return n
}

// kindred groups classes that one thing may be taken for in turn: a firewall
// told as a router, a workstation told as a server.
var kindred = map[Class]string{
	Desktop: "computer", Laptop: "computer", Workstation: "computer", Server: "computer", Hypervisor: "computer",
	VirtualMachine: "computer", NAS: "storage", SAN: "storage", Appliance: "",
	Switch: "network", Router: "network", Gateway: "network", Firewall: "network", AccessPoint: "network", WLC: "network",
	WirelessBridge: "network", LoadBalancer: "network", Modem: "network", VoIPGateway: "network", Optical: "network",
	BMC: "board", Printer: "printer", UPS: "power", PDU: "power", ATS: "power",
	Camera: "video", NVR: "video", Phone: "phone", Mobile: "mobile", Monitor: "monitor",
}

// unlikeClass tells that two classes cannot be one thing.
func (p *pair) unlikeClass() bool {
	x, y := kindred[p.a.class], kindred[p.b.class]
	if x == "" || y == "" || x == y {
		return false
	}
	storage := x == "storage" && y == "computer" || x == "computer" && y == "storage"
	return !storage
}

// boardAndServer tells that one is a management board and the other is known
// to be something else.
func (p *pair) boardAndServer() string {
	x, y := kindred[p.a.class], kindred[p.b.class]
	if p.a.bmc != p.b.bmc && x != "" && y != "" && x != y {
		return "a management board and its server"
	}
	return ""
}

// blockedRecord lets a record that is told again go where it went.
func blockedRecord(p *pair) string {
	return p.against(evSerial, evUUID, evEngine, evMAC, evAgent)
}

func blockedScan(p *pair) string {
	return p.against(evSerial, evUUID, evEngine)
}

func blockedSerial(p *pair) string {
	if why := p.boardAndServer(); why != "" {
		return why
	}
	others := []int{evUUID, evEngine, evMAC, evAgent, evHost, evRef}
	doubts := p.count(differs, others...)
	if p.unlikeModel() || p.unlikeClass() {
		doubts++
	}
	// A machine that lost its name, addresses and UUID at once is another machine
	// with the same made-up serial.
	if doubts >= 2 && p.count(agrees, evUUID, evMAC, evHost, evRef) == 0 {
		return first(p.against(others...), "different models")
	}
	return ""
}

// unlikeModel tells that one maker's two models are told, neither a longer
// spelling of the other.
func (p *pair) unlikeModel() bool {
	return p.a.model != "" && p.b.model != "" && p.a.vendor == p.b.vendor &&
		!strings.Contains(p.a.model, p.b.model) && !strings.Contains(p.b.model, p.a.model)
}

func blockedUUID(p *pair) string {
	if why := first(p.boardAndServer(), p.against(evSerial)); why != "" {
		return why
	}
	if p.ev[evMAC] != differs {
		if p.ev[evMAC] == silent && p.ev[evSerial] == silent && sets(p.a.hosts, p.b.hosts) == differs {
			return p.against(evHost)
		}
		return ""
	}
	// A clone keeps its UUID and gets new addresses. A real machine keeps one of
	// its addresses, or at least its name; a guest keeps its addresses.
	if p.ev[evHost] != agrees || guests(p.a.macs) && guests(p.b.macs) {
		return p.against(evMAC)
	}
	return ""
}

func guests(macs []string) bool {
	return !slices.ContainsFunc(macs, func(m string) bool { return !guestMAC(m) })
}

func blockedEngine(p *pair) string {
	if why := first(p.boardAndServer(), p.against(evSerial, evUUID)); why != "" {
		return why
	}
	switch {
	case p.ev[evMAC] == differs && (p.ev[evHost] != agrees || guests(p.a.macs) && guests(p.b.macs)):
		return p.against(evMAC)
	case p.ev[evHost] == differs && p.ev[evMAC] != agrees && p.ev[evSerial] != agrees:
		return p.against(evHost)
	}
	return ""
}

func blockedMAC(p *pair) string {
	if why := first(p.boardAndServer(), p.against(evSerial, evUUID)); why != "" {
		return why
	}
	if p.ev[evHost] != differs || p.sharedMACs > 1 {
		return ""
	}
	// One shared address and two names: the name of a fixed machine has moved or
	// changed; a laptop may sit on another's dock. A name left behind on an
	// address by its lease says nothing.
	switch {
	case p.staleName:
		return ""
	case p.ev[evEngine] == differs, p.ev[evAgent] == differs:
		return p.against(evHost)
	case p.a.class == Laptop, p.b.class == Laptop:
		return p.against(evHost)
	case p.laptopNamed && (kindred[p.a.class] == "" && kindred[p.b.class] == ""):
		return p.against(evHost)
	}
	return ""
}

func blockedAgent(p *pair) string {
	if why := first(p.boardAndServer(), p.against(evSerial, evUUID)); why != "" {
		return why
	}
	switch {
	case p.ev[evMAC] == differs && (p.ev[evHost] != agrees || guests(p.a.macs) && guests(p.b.macs)):
		return p.against(evMAC)
	case p.ev[evHost] == differs && p.ev[evMAC] != agrees:
		return p.against(evHost)
	}
	return ""
}

func blockedHost(p *pair) string {
	if shared(p.a.sites, p.b.sites) == 0 && len(p.a.sites) > 0 && len(p.b.sites) > 0 {
		return "different sites"
	}
	if p.a.bmc != p.b.bmc {
		return "a management board and its server"
	}
	if p.unlikeClass() {
		return "different classes"
	}
	if p.a.vendor != "" && p.b.vendor != "" && (p.a.vendor != p.b.vendor || p.unlikeModel()) {
		return "different makers or models"
	}
	if why := p.against(evSerial, evUUID, evEngine, evMAC, evAgent, evRef); why != "" {
		return why
	}
	if p.twoPlaces() {
		return "at two addresses at the same time"
	}
	if !believed(p.a, p.b) && !believed(p.b, p.a) && !p.alike() {
		return "a name read from the network only once"
	}
	return ""
}

// believed tells that the name which b tells is a's too: a tells it itself, has
// nothing but names, or was read with it more than once.
func believed(a, b *identity) bool {
	return shared(a.hosts, b.hosts) > 0 ||
		shared(a.dns, b.hosts) > 0 && len(a.macs) == 0 || shared(a.proven, b.hosts) > 0 ||
		shared(a.dns, b.dns) > 0 && len(a.macs) == 0 && len(b.macs) == 0
}

// alike tells that both show the same services at the same address.
func (p *pair) alike() bool {
	common := shared(p.a.looks.ports, p.b.looks.ports)
	return p.ev[evAddress] == agrees && common > 0 && 2*common >= min(len(p.a.looks.ports), len(p.b.looks.ports))
}

// twoPlaces tells that both were seen at different addresses of one site at the
// same time, which a name alone does not explain.
func (p *pair) twoPlaces() bool {
	const meanwhile = 10 * time.Minute
	if p.count(agrees, evSerial, evUUID, evEngine, evMAC, evAgent) > 0 {
		return false
	}
	for _, x := range p.a.stays {
		for _, y := range p.b.stays {
			if x.address == y.address {
				continue
			}
			// Between the first and the last time it may have been anywhere.
			for _, s := range [...]time.Time{x.from, x.to} {
				if s.Sub(y.from).Abs() < meanwhile || s.Sub(y.to).Abs() < meanwhile {
					return true
				}
			}
		}
	}
	return false
}

func blockedRef(p *pair) string {
	if why := first(p.boardAndServer(), p.against(evSerial, evUUID, evEngine, evMAC, evAgent, evHost)); why != "" {
		return why
	}
	if p.unlikeClass() {
		return "different classes"
	}
	return ""
}

// blockedAddress lets a bare record and another join at one address of one
// site: two bare ones, or a bare one and a fuller look at the same address.
// What listens there, or what the thing says of itself, must agree, and time
// must not have given the address to another: an address goes from machine to
// machine.
func blockedAddress(p *pair) string {
	const alone = "an address alone never identifies"
	bothBare := p.a.bare() && p.b.bare()
	if !p.a.bare() && !p.b.bare() {
		return alone
	}
	x, y := &p.a.looks, &p.b.looks
	gap := x.last.Sub(y.last).Abs()
	switch {
	case p.unlikeClass():
		return "different classes"
	case gap > addressLife:
		return "not seen there for too long"
	case x.object != "" && y.object != "" && x.object != y.object:
		return "different kinds of device"
	case len(x.certs) > 0 && len(y.certs) > 0 && shared(x.certs, y.certs) == 0:
		return "other certificates"
	case !bothBare && gap > leaseLife && !p.fixed():
		return alone
	}
	switch {
	case p.alike():
		return ""
	case len(x.ports) > 0 && len(y.ports) > 0:
		return "other services"
	case x.object != "" && x.object == y.object && x.says == y.says:
		return ""
	case x.looked && y.looked && len(x.ports) == len(y.ports):
		return "" // looked twice, and twice there was nothing to see
	case bothBare && gap <= leaseLife:
		return ""
	}
	return alone
}

// leaseLife is how long an address given by DHCP is safely the same machine's.
const leaseLife = 24 * time.Hour

// fixed tells that one of the two is of a class whose addresses stay.
func (p *pair) fixed() bool {
	for _, c := range []Class{p.a.class, p.b.class} {
		switch kindred[c] {
		case "network", "printer", "power", "storage", "board", "video":
			return true
		}
		if c == Server || c == Hypervisor {
			return true
		}
	}
	return false
}

func itoa(n int) string { return strconv.Itoa(n) }
