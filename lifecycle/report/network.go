package report

import (
	"cmp"
	"slices"
	"strings"

	"parc/inventory"
)

// Network is what discovery tells of how things are joined.
type Network struct {
	Devices []NetDevice `json:"devices"`
	Links   []Link      `json:"links"`
	VLANs   []VLAN      `json:"vlans"`
	Singles []Single    `json:"singles"` // what the company stands still without
}

// NetDevice is a device of the network.
type NetDevice struct {
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Class    inventory.Class `json:"class"`
	Model    string          `json:"model,omitempty"`
	Address  string          `json:"address,omitempty"`
	Ports    int             `json:"ports"`    // physical ones
	Up       int             `json:"up"`       // of these, with a link
	Attached int             `json:"attached"` // known assets on its ports
}

// Link joins two devices of the network.
type Link struct {
	From     string `json:"from"` // ids
	To       string `json:"to"`
	FromPort string `json:"from_port,omitempty"`
	ToPort   string `json:"to_port,omitempty"`
	Seen     string `json:"seen"` // lldp, cdp, or fdb: by addresses learnt on a port
}

// VLAN is a virtual network with how many devices know it.
type VLAN struct {
	ID      int    `json:"id"`
	Name    string `json:"name,omitempty"`
	Devices int    `json:"devices"`
}

// Single is a role that one thing alone plays.
type Single struct {
	Role  string `json:"role"` // switch, firewall, server, nas, ups
	Asset string `json:"asset"`
}

// joins are the classes that carry the network.
var joins = []inventory.Class{
	inventory.Router, inventory.Firewall, inventory.Modem, inventory.Gateway, inventory.Switch, inventory.WLC, inventory.AccessPoint,
	inventory.WirelessBridge, inventory.LoadBalancer,
}

// physical are the interface types that are sockets: Ethernet, and its faster kin.
var physical = []int{6, 62, 69, 117}

func networkOf(in Input) Network {
	n := Network{Devices: []NetDevice{}, Links: []Link{}, VLANs: []VLAN{}, Singles: singlesOf(in)}
	w := newWiring(in.Assets)
	vlans := map[int]*VLAN{}
	for i := range in.Assets {
		a := &in.Assets[i]
		if !slices.Contains(joins, a.Class) {
			continue
		}
		d := NetDevice{
			ID: a.ID, Name: nameOf(a), Class: a.Class, Model: joined(a.Vendor, a.Model), Address: a.Address,
			Attached: len(w.attached[a.ID]),
		}
		for _, port := range a.Details.Interfaces {
			if slices.Contains(physical, port.Type) && !port.Virtual {
				d.Ports++
				if port.Up {
					d.Up++
				}
			}
		}
		n.Devices = append(n.Devices, d)
		for _, v := range a.Details.VLANs {
			if vlans[v.ID] == nil {
				vlans[v.ID] = &VLAN{ID: v.ID, Name: v.Name}
			}
			vlans[v.ID].Devices++
			vlans[v.ID].Name = cmp.Or(vlans[v.ID].Name, v.Name)
		}
	}
	for _, v := range vlans {
		n.VLANs = append(n.VLANs, *v)
	}
	slices.SortFunc(n.VLANs, func(a, b VLAN) int { return a.ID - b.ID })
	n.Links = append(n.Links, w.links...)
	return n
}

// wiring works out what is joined to what.
type wiring struct {
	assets   []inventory.Asset
	byMAC    map[string]int
	byName   map[string]int
	links    []Link
	uplinks  map[string]map[string]bool // ports of a device that lead to another device of the network
	attached map[string][]string        // device → assets on its other ports
}

func newWiring(assets []inventory.Asset) *wiring {
	w := &wiring{
		assets: assets, byMAC: map[string]int{}, byName: map[string]int{},
		uplinks: map[string]map[string]bool{}, attached: map[string][]string{},
	}
	for i := range assets {
		for _, mac := range macsOf(&assets[i]) {
			if _, taken := w.byMAC[mac]; !taken {
				w.byMAC[mac] = i
			}
		}
		if name := shortName(assets[i].Hostname); name != "" {
			if _, taken := w.byName[name]; !taken {
				w.byName[name] = i
			}
		}
	}
	w.neighbours()
	w.stations()
	slices.SortFunc(w.links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.FromPort, b.FromPort))
	})
	return w
}

func macsOf(a *inventory.Asset) []string {
	var macs []string
	for _, i := range a.Identifiers {
		if i.Kind == inventory.IdentMAC {
			macs = append(macs, macKey(i.Value))
		}
	}
	for _, i := range a.Details.Interfaces {
		if i.MAC != "" {
			macs = append(macs, macKey(i.MAC))
		}
	}
	return macs
}

func macKey(s string) string {
	return strings.ToLower(strings.NewReplacer(":", "", "-", "", ".", "").Replace(s))
}

func shortName(s string) string {
	name, _, _ := strings.Cut(strings.ToLower(s), ".")
	return name
}

// neighbours reads what devices say of the other ends of their links.
func (w *wiring) neighbours() {
	seen := map[string]bool{}
	for i := range w.assets {
		a := &w.assets[i]
		for _, n := range a.Details.Neighbours {
			k, ok := w.byMAC[macKey(n.ChassisID)]
			if !ok {
				k, ok = w.byName[shortName(n.Name)]
			}
			if !ok || k == i {
				continue
			}
			b := &w.assets[k]
			if !slices.Contains(joins, b.Class) || !slices.Contains(joins, a.Class) {
				continue
			}
			w.uplink(a.ID, n.LocalPort)
			w.uplink(b.ID, n.RemotePort)
			pair := min(a.ID, b.ID) + "|" + max(a.ID, b.ID)
			if !seen[pair] {
				seen[pair] = true
				w.links = append(w.links, Link{From: a.ID, To: b.ID, FromPort: n.LocalPort, ToPort: n.RemotePort, Seen: n.Protocol})
			}
		}
	}
}

func (w *wiring) uplink(id, port string) {
	if w.uplinks[id] == nil {
		w.uplinks[id] = map[string]bool{}
	}
	w.uplinks[id][port] = true
}

// stations puts each asset on the port that has learnt its address and, of
// several, on the one with the fewest others: the nearest. A port that leads to
// another device of the network carries everybody's addresses and says nothing.
func (w *wiring) stations() {
	crowd, near := map[string]int{}, map[int]string{}
	key := func(device, port string) string { return device + "|" + port }
	for i := range w.assets {
		for _, s := range w.assets[i].Details.Stations {
			crowd[key(w.assets[i].ID, s.Port)]++
		}
	}
	for i := range w.assets {
		a := &w.assets[i]
		if a.Class != inventory.Switch {
			continue
		}
		for _, s := range a.Details.Stations {
			k, ok := w.byMAC[macKey(s.MAC)]
			if !ok || k == i || s.Port == "" || w.uplinks[a.ID][s.Port] {
				continue
			}
			here := key(a.ID, s.Port)
			if there, placed := near[k]; !placed || crowd[here] < crowd[there] {
				near[k] = here
			}
		}
	}
	for k := range w.assets {
		if there, placed := near[k]; placed {
			device, port, _ := strings.Cut(there, "|")
			b := &w.assets[k]
			if !slices.Contains(joins, b.Class) {
				w.attached[device] = append(w.attached[device], b.ID)
			} else if !w.joined(device, b.ID) && b.Class != inventory.Switch {
				w.links = append(w.links, Link{From: device, To: b.ID, FromPort: port, Seen: "fdb"})
			}
		}
	}
}

func (w *wiring) joined(a, b string) bool {
	return slices.ContainsFunc(w.links, func(l Link) bool { return l.From == a && l.To == b || l.From == b && l.To == a })
}

// roles are what a company stands still without when one thing alone plays them.
var roles = []struct {
	role    string
	classes []inventory.Class
	least   int // assets of all kinds from which on the role matters
}{
	{"firewall", []inventory.Class{inventory.Firewall, inventory.Router, inventory.Gateway}, 5},
	{"switch", []inventory.Class{inventory.Switch}, 5},
	{"server", []inventory.Class{inventory.Server, inventory.Hypervisor}, 5},
	{"nas", []inventory.Class{inventory.NAS, inventory.SAN}, 5},
	{"ups", []inventory.Class{inventory.UPS}, 5},
}

func singlesOf(in Input) []Single {
	singles := []Single{}
	for _, r := range roles {
		var name string
		count := 0
		for i := range in.Assets {
			if slices.Contains(r.classes, in.Assets[i].Class) {
				count++
				name = nameOf(&in.Assets[i])
			}
		}
		if count == 1 && len(in.Assets) >= r.least {
			singles = append(singles, Single{r.role, name})
		}
	}
	return append(singles, core(in)...)
}

// core finds switches through which several others hang together: when one
// fails, so do they.
func core(in Input) []Single {
	switches := map[string]string{}
	for i := range in.Assets {
		if in.Assets[i].Class == inventory.Switch {
			switches[in.Assets[i].ID] = nameOf(&in.Assets[i])
		}
	}
	if len(switches) < 2 {
		return nil
	}
	degree := map[string]int{}
	for _, l := range newWiring(in.Assets).links {
		if switches[l.From] != "" && switches[l.To] != "" {
			degree[l.From]++
			degree[l.To]++
		}
	}
	var found []Single
	for id, n := range degree {
		if n >= 2 && n == len(switches)-1 {
			found = append(found, Single{"core", switches[id]})
		}
	}
	slices.SortFunc(found, func(a, b Single) int { return cmp.Compare(a.Asset, b.Asset) })
	if len(found) > 1 { // several hold the others together: none alone
		return nil
	}
	return found
}
