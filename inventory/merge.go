package inventory

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// detailTrust orders sources for whole lists: the list of a better source
// stands until that source has not been heard of for listLife.
// What an agent asked of another device is less than what parc asks itself.
var detailTrust = map[Source]int{FromHand: 6, FromAgent: 5, FromSNMP: 4, asking: 3, FromNmap: 2, FromCSV: 1}

// listLife is how long a list stands against a weaker source's after its own
// source has last been heard of.
const listLife = 30 * 24 * time.Hour

// list is how one kind of detail is merged and told in history.
type list[T any] struct {
	source func(*T) *Source
	key    func(*T) string
	// each keeps every source's part; otherwise the best source's list is the list.
	each bool
	// port gives the TCP port that an item stands on, 0 for none.
	port func(*T) int
}

// ports are ranges of ports; none stands for all.
type ports [][2]int

// portsOf reads "22,80,8000-8100"; what is none of these is left out.
func portsOf(text string) ports {
	var all ports
	for part := range strings.SplitSeq(text, ",") {
		first, second, ranged := strings.Cut(part, "-")
		from, err := strconv.Atoi(first)
		if err != nil {
			continue
		}
		to := from
		if ranged {
			if to, err = strconv.Atoi(second); err != nil {
				continue
			}
		}
		all = append(all, [2]int{from, to})
	}
	return all
}

func (p ports) has(port int) bool {
	return len(p) == 0 || slices.ContainsFunc(p, func(r [2]int) bool { return port >= r[0] && port <= r[1] })
}

// tcpPort is 0 for what is not on TCP: a narrowed scan leaves UDP out.
func tcpPort(protocol string, port int) int {
	if protocol == "udp" {
		return 0
	}
	return port
}

var (
	serviceList = list[Service]{func(s *Service) *Source { return &s.Source }, func(s *Service) string {
		return strings.TrimSpace(s.Protocol + "/" + itoa(s.Port) + " " + s.Name)
	}, true, func(s *Service) int { return tcpPort(s.Protocol, s.Port) }}
	weaknessList = list[Weakness]{func(w *Weakness) *Source { return &w.Source }, func(w *Weakness) string {
		if w.Port == 0 {
			return string(w.Kind)
		}
		return string(w.Kind) + " on " + itoa(w.Port)
	}, true, func(w *Weakness) int { return w.Port }}
	interfaceList = list[Interface]{func(n *Interface) *Source { return &n.Source }, nil, false, nil}
	componentList = list[Component]{func(c *Component) *Source { return &c.Source }, func(c *Component) string {
		return strings.Join(strings.Fields(strings.Join([]string{string(c.Kind), c.Vendor, c.Model, c.Serial, c.Position}, " ")), " ")
	}, false, nil}
	volumeList   = list[Volume]{func(v *Volume) *Source { return &v.Source }, nil, false, nil}
	softwareList = list[Software]{func(s *Software) *Source { return &s.Source }, func(s *Software) string {
		return strings.TrimSpace(s.Name + " " + s.Version)
	}, false, nil}
	supplyList    = list[Supply]{func(s *Supply) *Source { return &s.Source }, nil, false, nil}
	neighbourList = list[Neighbour]{func(n *Neighbour) *Source { return &n.Source }, nil, false, nil}
	vlanList      = list[VLAN]{func(v *VLAN) *Source { return &v.Source }, nil, false, nil}
	stationList   = list[Station]{func(s *Station) *Source { return &s.Source }, nil, false, nil}
	hotfixList    = list[Hotfix]{func(h *Hotfix) *Source { return &h.Source }, nil, false, nil}
	antivirusList = list[Antivirus]{func(a *Antivirus) *Source { return &a.Source }, nil, false, nil}
	loginList     = list[Login]{func(l *Login) *Source { return &l.Source }, nil, false, nil}
	guestList     = list[Guest]{func(g *Guest) *Source { return &g.Source }, nil, false, nil}
	printerList   = list[PrintQueue]{func(p *PrintQueue) *Source { return &p.Source }, nil, false, nil}
	databaseList  = list[Database]{func(d *Database) *Source { return &d.Source }, nil, false, nil}
	licenceList   = list[FoundLicence]{func(l *FoundLicence) *Source { return &l.Source }, nil, false, nil}
)

// listChange is what went and what came in one list.
type listChange struct{ name, gone, come string }

// mergeDetails takes what an observation looked at into d. heard tells when a
// source last spoke of the thing.
func mergeDetails(d *Details, o *Observation, heard func(Source) time.Time) {
	m := merging{o: o, heard: heard}
	d.Services = mergeList(&m, serviceList, d.Services, o.Details.Services)
	d.Weaknesses = mergeList(&m, weaknessList, d.Weaknesses, o.Details.Weaknesses)
	d.Interfaces = mergeList(&m, interfaceList, d.Interfaces, o.Details.Interfaces)
	d.Components = mergeList(&m, componentList, d.Components, o.components(d.Components))
	d.Volumes = mergeList(&m, volumeList, d.Volumes, o.Details.Volumes)
	d.Software = mergeList(&m, softwareList, d.Software, o.Details.Software)
	d.Supplies = mergeList(&m, supplyList, d.Supplies, o.Details.Supplies)
	d.Neighbours = mergeList(&m, neighbourList, d.Neighbours, o.Details.Neighbours)
	d.VLANs = mergeList(&m, vlanList, d.VLANs, o.Details.VLANs)
	d.Stations = mergeList(&m, stationList, d.Stations, o.Details.Stations)
	d.Hotfixes = mergeList(&m, hotfixList, d.Hotfixes, o.Details.Hotfixes)
	d.Antivirus = mergeList(&m, antivirusList, d.Antivirus, o.Details.Antivirus)
	d.Logins = mergeList(&m, loginList, d.Logins, o.Details.Logins)
	d.Guests = mergeList(&m, guestList, d.Guests, o.Details.Guests)
	d.Printers = mergeList(&m, printerList, d.Printers, o.Details.Printers)
	d.Databases = mergeList(&m, databaseList, d.Databases, o.Details.Databases)
	d.Licences = mergeList(&m, licenceList, d.Licences, o.Details.Licences)
}

// components gives the components as the observation leaves them: where it
// speaks of some kinds only, its source's others stay.
func (o *Observation) components(cur []Component) []Component {
	next, kinds := o.Details.Components, o.Details.ComponentKinds
	if next == nil || kinds == nil {
		return next
	}
	next = slices.Clone(next)
	for _, c := range cur {
		if c.Source == o.Source && !slices.Contains(kinds, c.Kind) {
			next = append(next, c)
		}
	}
	slices.SortStableFunc(next, func(a, b Component) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return next
}

type merging struct {
	o     *Observation
	heard func(Source) time.Time
}

// detailChanges tells what went and came in the lists that history follows.
func detailChanges(before, after *Details) []listChange {
	var changes []listChange
	tell := func(name string, before, after []string) {
		gone, come := without(before, after), without(after, before)
		if len(gone)+len(come) > 0 {
			changes = append(changes, listChange{name, someOf(gone), someOf(come)})
		}
	}
	tell("services", serviceList.keys(before.Services), serviceList.keys(after.Services))
	tell("weaknesses", weaknessList.keys(before.Weaknesses), weaknessList.keys(after.Weaknesses))
	tell("components", componentList.keys(before.Components), componentList.keys(after.Components))
	tell("software", softwareList.keys(before.Software), softwareList.keys(after.Software))
	return changes
}

// mergeList gives the list after the source has told next. nil says that it did
// not look, and changes nothing; a late message never undoes a newer one.
func mergeList[T any](m *merging, l list[T], cur, next []T) []T {
	src := m.o.Source
	if next == nil || m.o.At.Before(m.heard(voice(src, m.o.Ref))) {
		return cur
	}
	next = slices.Clone(next)
	for i := range next {
		*l.source(&next[i]) = src
	}
	if l.each {
		next = l.union(cur, next, src, portsOf(m.o.Details.Looked))
	} else if !m.replaces(l.owner(cur), len(next)) {
		return cur
	}
	return next
}

// replaces tells whether the observation's list takes the place of the owner's.
func (m *merging) replaces(owner Source, length int) bool {
	src := voice(m.o.Source, m.o.Ref)
	if owner == FromAgent && m.heard(FromAgent).IsZero() && !m.heard(asking).IsZero() {
		owner = asking
	}
	switch {
	case owner == "" || owner == src:
		return true
	case m.o.At.Sub(m.heard(owner)) > listLife:
		return true
	}
	return length > 0 && detailTrust[src] > detailTrust[owner]
}

func (l list[T]) owner(cur []T) Source {
	if len(cur) == 0 {
		return ""
	}
	return *l.source(&cur[0])
}

// union keeps what other sources told and takes the source's own part anew.
// What stands on a port that the source did not look at stays.
func (l list[T]) union(cur, next []T, src Source, looked ports) []T {
	all := slices.Clone(next)
	for _, v := range cur {
		if *l.source(&v) != src || l.port != nil && !looked.has(l.port(&v)) {
			all = append(all, v)
		}
	}
	slices.SortStableFunc(all, func(a, b T) int {
		return cmp.Or(strings.Compare(l.key(&a), l.key(&b)), strings.Compare(string(*l.source(&a)), string(*l.source(&b))))
	})
	return all
}

func (l list[T]) keys(items []T) []string {
	keys := make([]string, 0, len(items))
	for i := range items {
		keys = append(keys, l.key(&items[i]))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// without gives what of the sorted list a is not in the sorted list b.
func without(a, b []string) []string {
	var rest []string
	for _, v := range a {
		if _, found := slices.BinarySearch(b, v); !found {
			rest = append(rest, v)
		}
	}
	return rest
}

// someOf writes a list of at most twenty.
func someOf(items []string) string {
	const most = 20
	if len(items) <= most {
		return strings.Join(items, ", ")
	}
	return strings.Join(items[:most], ", ") + " … +" + strconv.Itoa(len(items)-most)
}
