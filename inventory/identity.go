package inventory

import (
	"slices"
	"strings"
	"time"
)

// serialID is a serial with its maker's key; "" when the maker is unknown.
type serialID struct{ vendor, key string }

// identity is what tells one thing from another, normalised: of one
// observation, of one remembered asset, or of a group that turned out to be one
// thing. Every list is sorted and without placeholders.
type identity struct {
	serials []serialID
	members []string // serials of chassis and stack members that belong to it
	listed  []string // of these, the ones that a record told as serials beside its own, and no list of parts
	alone   []string // of its serials, those told by records that are no stack's
	uuids   []string
	engines []string
	macs    []string
	made    []string // addresses that something made up, as a guest of some hypervisors has: support, never an identity
	agents  []string
	hosts   []string // names that the thing itself or a person tells
	dns     []string // names that a scan read from the network: they may be left from the address's last holder
	proven  []string // of these, the ones that were read again later
	refs    []string // "csv:42": a source's own stable ids
	disks   []string // serials of its disks: support, never an identity

	sites []string
	addrs []string // "site/address"
	scans []string // "scan/address": which run saw it where; a run is of one site
	// records are the very records told: source, site, ref, address and time.
	records []string

	vendor string
	model  string
	class  Class
	bmc    bool
	waits  bool // it is what waits for a person, known by its records alone
	roams  bool // it was met under an address that it made up, as what moves about does
	looks  looks
	stays  []stay
	called []stay // under which name, when
	echoes []stay // names that a scan read while another thing had them

	installed []string    // when its system was installed, as agents tell it
	spoke     []time.Time // when its agent spoke
	met       []time.Time // when a scan or an agent met it
}

// looks is what a thing without any identifier looks like from the network.
type looks struct {
	ports  []string // "tcp/443": what listens
	certs  []string // "443 CN=…": the certificates shown
	looked bool     // a scan has looked at its ports
	says   string   // sysDescr
	object string   // sysObjectID
	last   time.Time
}

// stay tells when a thing answered at an address, or had a name, for the first
// and the last time.
type stay struct {
	address  string // "site/address", or the name
	from, to time.Time
}

// strong tells that something better than a name and an address identifies it.
func (id *identity) strong() bool {
	return len(id.serials)+len(id.uuids)+len(id.engines)+len(id.macs)+len(id.agents)+len(id.refs) > 0
}

// bare tells that nothing but its address identifies it.
func (id *identity) bare() bool { return !id.strong() && len(id.hosts)+len(id.dns) == 0 }

// names gives every name, sorted.
func (id *identity) names() []string {
	switch {
	case len(id.dns) == 0:
		return id.hosts
	case len(id.hosts) == 0:
		return id.dns
	}
	all := slices.Concat(id.hosts, id.dns)
	slices.Sort(all)
	return slices.Compact(all)
}

// Identifiers gives the normalised identifiers that the observation carries,
// placeholders left out. The store loads the assets that share any of them as
// Known; the identifiers kept of an asset are those in the Plan.
func (o *Observation) Identifiers() []Identifier {
	id := identifyObservation(o)
	return o.lookups(&id)
}

// lookups gives what Identifiers tells; id is what the observation says of identity.
func (o *Observation) lookups(id *identity) []Identifier {
	list := id.identifiers(o.At)
	for i := range list {
		list[i].ClientID = o.ClientID
	}
	// What it may be linked to is looked up as well: the members of a stack, and
	// the server of a management board by the chassis serial that both tell.
	add := func(kind IdentifierKind, value string) {
		list = append(list, Identifier{ClientID: o.ClientID, Kind: kind, Value: value, FirstSeen: o.At, LastSeen: o.At})
	}
	for _, m := range id.members {
		if !slices.ContainsFunc(id.serials, func(s serialID) bool { return s.key == m }) {
			add(IdentSerial, m)
		}
	}
	for _, s := range id.serials {
		add(IdentSerial, counterpart(s.key))
	}
	for _, k := range [...]string{recordKey(o), interfaceKey(o)} {
		if k != "" {
			add(IdentRecord, k)
		}
	}
	for _, h := range id.hosts {
		add(IdentDNSName, h)
	}
	for _, h := range id.dns {
		add(IdentHostname, h)
		add(IdentEcho, h)
	}
	return list
}

// boardPrefix marks what a management board tells of the server it sits in: the
// chassis serial and the UUID are the server's, so they identify the board only
// among boards.
const boardPrefix = "bmc:"

func counterpart(key string) string {
	if rest, ok := strings.CutPrefix(key, boardPrefix); ok {
		return rest
	}
	return boardPrefix + key
}

// spareLookups is how many more than an observation's identifiers are looked up for
// most observations.
const spareLookups = 6

// identifiers lists the identity as it is kept and looked up.
func (id *identity) identifiers(at time.Time) []Identifier {
	list := make([]Identifier, 0, 2*len(id.serials)+len(id.listed)+len(id.uuids)+len(id.engines)+len(id.macs)+len(id.agents)+
		len(id.hosts)+len(id.dns)+len(id.refs)+len(id.addrs)+len(id.echoes)+spareLookups)
	add := func(kind IdentifierKind, value string) {
		for i := range list {
			if list[i].Value == value && list[i].Kind == kind {
				return
			}
		}
		list = append(list, Identifier{Kind: kind, Value: value, FirstSeen: at, LastSeen: at})
	}
	for _, s := range id.serials {
		add(IdentSerial, s.key)
		if s.vendor != "" {
			add(IdentSerial, s.vendor+"/"+s.key)
		}
	}
	for _, v := range id.listed {
		add(IdentMember, v)
	}
	for _, v := range id.uuids {
		add(IdentUUID, v)
	}
	for _, v := range id.engines {
		add(IdentEngineID, v)
	}
	for _, v := range id.macs {
		add(IdentMAC, MAC(v))
	}
	for _, v := range id.agents {
		add(IdentAgentID, v)
	}
	for _, v := range id.hosts {
		add(IdentHostname, v)
	}
	for _, v := range id.dns {
		add(IdentDNSName, v)
	}
	for _, v := range id.refs {
		add(IdentRef, v)
	}
	for _, v := range id.addrs {
		add(IdentAddress, v)
	}
	for _, s := range id.echoes {
		add(IdentEcho, s.address)
	}
	return list
}

// maxMACs bounds the addresses that one record brings as identity: a chassis
// with hundreds of ports is known by its first ones.
const maxMACs = 64

// identifyObservation normalises what an observation says of identity. A value
// told with low confidence is shown, and does not identify.
func identifyObservation(o *Observation) identity {
	id := identity{
		class: Class(o.Get(FieldClass)),
		model: squeeze(o.Get(FieldModel)),
	}
	if v := o.Best(FieldVendor); o.Source != FromNmap || v.Confidence >= High { // a network card's maker is not the machine's
		id.vendor = vendorKey(v.Value)
	}
	id.bmc = boardLike(id.class, o.Get(FieldModel), o.Get(FieldDescription))
	if o.SiteID != "" {
		id.sites = []string{o.SiteID}
	}
	for _, f := range o.Facts {
		if f.Confidence == 0 || f.Confidence > Low {
			id.addFact(f)
		}
	}
	if o.Source == FromNmap {
		id.readNames(o)
	}
	id.addRef(o)
	id.addDetails(&o.Details)
	id.dropEchoes()
	if len(id.members) < 2 {
		id.alone = ownSerials(&id)
	}
	if a := addressKey(o.SiteID, o.Address); a != "" {
		id.addrs = []string{a}
		id.stays = []stay{{a, o.At, o.At}}
		if o.ScanID != "" {
			id.scans = []string{o.ScanID + addressKey("", o.Address)}
		}
	}
	for _, name := range id.names() {
		id.called = append(id.called, stay{name, o.At, o.At})
	}
	if o.Source.live() {
		id.met = []time.Time{o.At}
	}
	if voice(o.Source, o.Ref) == FromAgent {
		id.spoke = id.met
		if v := o.Get(FieldFirstInstalled); v != "" {
			id.installed = []string{v}
		}
	}
	id.records = recordKeys(o.Source, o.SiteID, o.Ref, o.Address, o.At)
	id.looks = looks{says: o.Get(FieldDescription), object: o.Get(FieldObjectID), last: o.At}
	id.looks.add(&o.Details)
	id.tidy()
	return id
}

// readNames sets names read from the network apart from names that the thing
// told by a protocol of its own, which a scan gives with high confidence.
func (id *identity) readNames(o *Observation) {
	said := id.hosts
	id.hosts = nil
	for _, f := range o.Facts {
		if f.Field == FieldHostname && f.Confidence >= High {
			if k := hostKey(f.Value); k != "" {
				id.hosts = append(id.hosts, id.qualify(k))
			}
		}
	}
	for _, h := range said {
		if !slices.Contains(id.hosts, h) {
			id.dns = append(id.dns, h)
		}
	}
}

// provenAfter is how far apart a name must be read twice to be the machine's:
// one left from an address's last holder is gone by then.
const provenAfter = 12 * time.Hour

// addFact takes in one fact that is part of identity.
func (id *identity) addFact(f Fact) {
	switch f.Field {
	case FieldSerial:
		id.addSerial(f.Value)
	case FieldUUID:
		if k := uuidKey(f.Value); k != "" {
			id.uuids = append(id.uuids, id.qualify(k))
		}
	case FieldEngineID:
		if k := engineKey(f.Value); k != "" {
			id.engines = append(id.engines, k)
		}
	case FieldMAC:
		if k := macKey(f.Value); k != "" {
			id.macs = append(id.macs, k)
		}
		id.roams = id.wear(f.Value) || id.roams
	case FieldAgentID:
		if k := strings.ToLower(f.Value); len(k) >= 4 {
			id.agents = append(id.agents, k)
		}
	case FieldHostname:
		if k := hostKey(f.Value); k != "" {
			id.hosts = append(id.hosts, id.qualify(k))
		}
	}
}

// wear notes an address when it is made up, and tells whether it is.
func (id *identity) wear(mac string) bool {
	made := madeUpMAC(mac)
	if made {
		id.made = append(id.made, MAC(mac))
	}
	return made
}

// addSerial takes in a serial. A serial that is a UUID or a hardware address
// counts as what it is.
func (id *identity) addSerial(value string) {
	if uuid, virtual := virtualSerialUUID(value); virtual {
		if uuid != "" {
			id.uuids = append(id.uuids, id.qualify(uuid))
		}
		return
	}
	if strings.ContainsAny(value, ":-") && macDigits(value) != "" {
		if k := macKey(value); k != "" {
			id.macs = append(id.macs, k)
		}
		return
	}
	if k := serialKey(value); k != "" {
		if len(id.serials) > 0 { // the first is its own; more are parts of it, among which it leads
			id.listed = append(id.listed, ownSerials(id)[0], k)
			id.members = append(id.members, ownSerials(id)[0], k)
			return
		}
		id.serials = append(id.serials, serialID{id.vendor, id.qualify(k)})
	}
}

func (id *identity) qualify(k string) string {
	if id.bmc {
		return boardPrefix + k
	}
	return k
}

// addRef takes in the record's own id where the source's ids last.
func (id *identity) addRef(o *Observation) {
	switch {
	case o.Ref == "", o.PartOf != "": // a part's record is named after what it hangs on
	case voice(o.Source, o.Ref) == FromAgent:
		if k := strings.ToLower(o.Ref); len(k) >= 4 {
			id.agents = append(id.agents, k)
		}
	case o.Source == FromCSV, o.Source == FromHand:
		id.refs = append(id.refs, string(o.Source)+":"+o.Ref)
	}
}

// addDetails takes in serials of parts and addresses of interfaces. An
// interface that can be unplugged (USB, dock) says nothing of the machine.
func (id *identity) addDetails(d *Details) {
	var unplugged []string
	for _, n := range d.Interfaces {
		k := macKey(n.MAC)
		if !n.Virtual {
			id.wear(n.MAC)
		}
		switch {
		case k == "" || n.Virtual:
		case removable(n):
			unplugged = append(unplugged, k)
		case len(id.macs) < maxMACs:
			id.macs = append(id.macs, k)
		}
	}
	id.macs = slices.DeleteFunc(id.macs, func(m string) bool { return slices.Contains(unplugged, m) })
	for _, c := range d.Components {
		k := serialKey(c.Serial)
		switch {
		case k == "":
		case c.Kind == ComponentChassis, c.Kind == ComponentStackMember:
			id.members = append(id.members, k)
		case c.Kind == ComponentDisk:
			id.disks = append(id.disks, k)
		}
	}
}

func removable(n Interface) bool {
	text := strings.ToLower(n.Name + " " + n.Description)
	for _, word := range []string{"usb", "dock", "thunderbolt", "bluetooth", "tethering", "rndis"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// dropEchoes removes serials that only repeat another value: the hardware
// address, the model or the maker's name.
func (id *identity) dropEchoes() {
	id.serials = slices.DeleteFunc(id.serials, func(s serialID) bool {
		k := strings.TrimPrefix(s.key, boardPrefix)
		return k == id.model || strings.ToLower(k) == id.vendor || slices.Contains(id.macs, strings.ToLower(k))
	})
}

// boardLike tells that the thing is a management board and not the server
// around it.
func boardLike(class Class, texts ...string) bool {
	if class != "" && class != Unknown {
		return class == BMC
	}
	for _, text := range texts {
		lower := strings.ToLower(text)
		for _, word := range []string{"idrac", "integrated lights-out", "integrated dell remote access", "ilo 4", "ilo 5", "ilo 6", "xclarity controller", "irmc", "baseboard management"} {
			if strings.Contains(lower, word) {
				return true
			}
		}
	}
	return false
}

// add takes in what listens.
func (l *looks) add(d *Details) {
	l.looked = l.looked || d.Services != nil
	for _, s := range d.Services {
		l.ports = append(l.ports, s.Protocol+"/"+itoa(s.Port))
		if s.TLS != nil && s.TLS.Subject != "" {
			l.certs = append(l.certs, itoa(s.Port)+" "+s.TLS.Subject)
		}
	}
}

// tidy sorts every list and removes doubles; a serial of unknown maker goes
// when the same serial is there with its maker.
func (id *identity) tidy() {
	for _, list := range []*[]string{&id.members, &id.listed, &id.alone, &id.uuids, &id.engines, &id.macs, &id.made, &id.agents, &id.hosts, &id.dns, &id.proven,
		&id.refs, &id.disks, &id.installed, &id.sites, &id.addrs, &id.scans, &id.records, &id.looks.ports, &id.looks.certs} {
		if len(*list) > 1 {
			slices.Sort(*list)
			*list = slices.Compact(*list)
		}
	}
	if len(id.serials) > 1 {
		slices.SortFunc(id.serials, func(a, b serialID) int {
			if c := strings.Compare(a.key, b.key); c != 0 {
				return c
			}
			return strings.Compare(b.vendor, a.vendor)
		})
		id.serials = slices.CompactFunc(id.serials, func(a, b serialID) bool {
			return a == b || a.key == b.key && (a.vendor == "" || b.vendor == "")
		})
	}
}
