package inventory

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

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

// blockedRecord lets a record that is told again go where it went. What waits for a
// person may have gathered several serials, of a stack, and gathers them again.
func blockedRecord(p *pair) string {
	if p.a.waits || p.b.waits {
		return p.against(evUUID, evEngine, evMAC, evAgent)
	}
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

// stationary tells that the thing is known by more than its name, and of a class
// that never sits on another's dock: where another's card shows its name, the
// name was left behind.
func (id *identity) stationary() bool {
	switch kindred[id.class] {
	case "printer", "network", "power", "video", "board", "storage", "phone":
		return id.strong()
	}
	return id.strong() && (id.class == Server || id.class == Hypervisor || id.class == VirtualMachine)
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
	if p.unlikeClass() || roamer(p.a, p.b) || roamer(p.b, p.a) {
		return "different classes"
	}
	if p.a.vendor != "" && p.b.vendor != "" && (p.a.vendor != p.b.vendor || p.unlikeModel()) {
		return "different makers or models"
	}
	if why := p.against(evSerial, evUUID, evEngine, evMAC, evAgent, evRef); why != "" {
		return why
	}
	if p.passedOn() {
		return namePassedOn
	}
	if p.count(agrees, evSerial, evUUID, evEngine, evMAC, evAgent, evRef) == 0 && (fellSilent(p.a, p.b) || fellSilent(p.b, p.a)) {
		return "its agent has fallen silent"
	}
	if p.twoPlaces() {
		return "at two addresses at the same time"
	}
	if !believed(p.a, p.b) && !believed(p.b, p.a) && !p.alike() {
		return "a name read from the network only once"
	}
	return ""
}

// roamer tells that a shows nothing but a name read from the network and is a
// laptop, or wears an address that it made up, and b is of a class that stands
// where it stands. Guests have such addresses for good.
func roamer(a, b *identity) bool {
	if len(a.hosts)+len(a.macs) > 0 || a.class != Laptop && !a.roams || shared(a.made, b.made) > 0 {
		return false
	}
	switch b.class {
	case "", Unknown, Laptop, Mobile, Appliance:
		return false
	case VirtualMachine:
		return a.class == Laptop
	}
	return true
}

// believed tells that the name which b tells is a's too: a tells it itself, has
// nothing but names, or was read with it more than once while b had it.
func believed(a, b *identity) bool {
	return shared(a.hosts, b.hosts) > 0 ||
		shared(a.dns, b.hosts) > 0 && len(a.macs) == 0 || shared(a.proven, b.hosts) > 0 && meanwhile(a, b) ||
		shared(a.dns, b.dns) > 0 && len(a.macs) == 0 && len(b.macs) == 0 ||
		shared(a.proven, b.dns) > 0 && len(b.macs) == 0 && !stayedAt(a, b.addrs)
}

// stayedAt tells that a has been at one of the addresses. Leases are given to
// network cards: a name read there with another card may be left from a's lease,
// while at an address that a never had it was told anew.
func stayedAt(a *identity, addrs []string) bool {
	return slices.ContainsFunc(a.stays, func(s stay) bool { return slices.Contains(addrs, s.address) })
}

// alike tells that both show the same services at the same address.
func (p *pair) alike() bool {
	common := shared(p.a.looks.ports, p.b.looks.ports)
	return p.ev[evAddress] == agrees && common > 0 && 2*common >= min(len(p.a.looks.ports), len(p.b.looks.ports))
}

// namePassedOn is why two of one name are not one: the one had it after the other.
const namePassedOn = "the name has been passed on"

// passedOn tells that nothing but a name agrees, and that the one was called
// otherwise, or not heard of for long, when the other had the name.
func (p *pair) passedOn() bool {
	if p.count(agrees, evSerial, evUUID, evEngine, evMAC, evAgent, evRef) > 0 || apartInTime(p.a, p.b) == 0 {
		return false
	}
	gap := nameGap
	if !p.a.strong() && !p.b.strong() { // a phone under made-up addresses: its name is all there will ever be
		gap = nameLife
	}
	return apartInTime(p.a, p.b) > gap || renamed(p.a, p.b) || renamed(p.b, p.a) || succeeds(p.a, p.b) || succeeds(p.b, p.a)
}

// succeeds tells that b had nothing but the name and was seen for the last time
// well before a, which tells what it is, was met for the first: the name's new
// holder, as likely as not.
func succeeds(a, b *identity) bool {
	if !a.strong() || b.strong() || len(a.met) == 0 || len(b.met) == 0 {
		return false
	}
	began := slices.MinFunc(a.met, time.Time.Compare)
	return began.Sub(slices.MaxFunc(b.met, time.Time.Compare)) > successorGap
}

// fellSilent tells that a's agent reported for weeks and had fallen silent for
// weeks when b, which shows nothing but the name, was met: had that been a, its
// agent would have spoken.
func fellSilent(a, b *identity) bool {
	if len(a.spoke) < 2 || b.strong() || len(b.met) == 0 {
		return false
	}
	from, to := slices.MinFunc(a.spoke, time.Time.Compare), slices.MaxFunc(a.spoke, time.Time.Compare)
	return to.Sub(from) >= successorGap && slices.MinFunc(b.met, time.Time.Compare).Sub(to) > successorGap
}

// successorGap is for how long a machine that showed nothing but its name may be
// away before what comes under that name is taken for another.
const successorGap = 15 * 24 * time.Hour

// nameGap is for how long a name that is told no more still finds a machine by
// itself.
const nameGap = 45 * 24 * time.Hour

// renamed tells that a was called otherwise after, or before, it had the name
// that it shares with b, on the side of time on which b had it.
func renamed(a, b *identity) bool {
	for _, had := range a.called {
		for _, has := range b.called {
			if had.address != has.address {
				continue
			}
			for _, other := range a.called {
				if other.address != had.address &&
					(has.from.After(had.to) && other.to.After(had.to) || has.to.Before(had.from) && other.from.Before(had.from)) {
					return true
				}
			}
		}
	}
	return false
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
