package lab

// bridge is BRIDGE-MIB and Q-BRIDGE-MIB: the ports, the VLANs, and which MAC
// has been learnt where. It follows from the cabling.
type bridge struct {
	vlans []vlan
}

// vlan is one virtual network of a switch.
type vlan struct {
	id   uint32
	name string
}

// companyVLANs are the networks of the company.
var companyVLANs = []vlan{{1, "default"}, {10, "VOIX"}, {20, "INVITES"}}

var (
	dot1dBasePortEntry   = newOID("1.3.6.1.2.1.17.1.4.1")
	dot1dTpFdbEntry      = newOID("1.3.6.1.2.1.17.4.3.1")
	dot1qTpFdbEntry      = newOID("1.3.6.1.2.1.17.7.1.2.2.1")
	dot1qVLANStaticEntry = newOID("1.3.6.1.2.1.17.7.1.4.3.1")
	vtpVLANEntry         = newOID("1.3.6.1.4.1.9.9.46.1.3.1.1")
	ipNetToMediaEntry    = newOID("1.3.6.1.2.1.4.22.1")
)

func (b bridge) write(t *tree, d *device) {
	numbers := map[string]uint32{}
	count := int64(0)
	for _, p := range d.ports() {
		if p.kind != 0 && p.kind != typeEthernet {
			continue
		}
		count++
		numbers[p.name] = uint32(count)
		t.row(dot1dBasePortEntry, oid{uint32(count)}, map[uint32]value{1: number(count), 2: number(int64(p.index))})
	}
	t.put("1.3.6.1.2.1.17.1.1.0", mac(d.mac))
	t.put("1.3.6.1.2.1.17.1.2.0", number(count))
	t.put("1.3.6.1.2.1.17.1.3.0", number(2))
	t.put("1.3.6.1.2.1.17.4.2.0", number(300))
	for _, v := range b.vlans {
		t.row(dot1qVLANStaticEntry, oid{v.id}, map[uint32]value{1: text(v.name), 5: number(1)})
	}
	for _, e := range d.site.ends(d) {
		at := int64(numbers[e.port])
		for _, other := range d.site.behind(d, e) {
			arcs := macArcs(other.mac)
			t.row(dot1dTpFdbEntry, arcs, map[uint32]value{1: mac(other.mac), 2: number(at), 3: number(3)})
			t.row(dot1qTpFdbEntry, append(oid{e.vlan}, arcs...), map[uint32]value{2: number(at), 3: number(3)})
		}
	}
}

// vtp is CISCO-VTP-MIB's list of VLANs.
type vtp []vlan

func (list vtp) write(t *tree, _ *device) {
	for _, v := range list {
		t.row(vtpVLANEntry, oid{1, v.id}, map[uint32]value{2: number(1), 3: number(1), 4: text(v.name), 5: number(1500)})
	}
}

// arp is IP-MIB's ipNetToMediaTable: the addresses and MACs of everything a
// router has met on the interface of that index.
type arp struct{ index uint32 }

func (a arp) write(t *tree, d *device) {
	for _, other := range d.site.devices {
		if other == d {
			continue
		}
		arcs := append(oid{a.index}, addressArcs(other.addr.As4())...)
		t.row(ipNetToMediaEntry, arcs, map[uint32]value{
			1: number(int64(a.index)), 2: mac(other.mac), 3: ipv4(other.addr), 4: number(3),
		})
	}
}

func macArcs(m string) oid {
	var arcs oid
	for _, b := range macBytes(m) {
		arcs = append(arcs, uint32(b))
	}
	return arcs
}
