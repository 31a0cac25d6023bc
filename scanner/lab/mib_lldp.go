package lab

import "slices"

// The capabilities of LLDP (IEEE 802.1AB), as the bits of LldpSystemCapabilitiesMap.
const (
	lldpBridge    = 0x20
	lldpWLAN      = 0x10
	lldpRouter    = 0x08
	lldpTelephone = 0x04
	lldpStation   = 0x01
)

// lldp is LLDP-MIB: this system, its ports, and the neighbours that announce
// themselves. They follow from the cabling.
type lldp struct{}

const (
	subtypeMAC       = 4 // of a chassis id
	subtypeInterface = 5 // of a port id
	lldpLocal        = "1.0.8802.1.1.2.1.3"
	lldpMaxPort      = 4096
)

var (
	lldpLocPortEntry    = newOID("1.0.8802.1.1.2.1.3.7.1")
	lldpRemEntry        = newOID("1.0.8802.1.1.2.1.4.1.1")
	lldpRemManAddrEntry = newOID("1.0.8802.1.1.2.1.4.2.1")
	cdpCacheEntry       = newOID("1.3.6.1.4.1.9.9.23.1.2.1.1")
)

func (lldp) write(t *tree, d *device) {
	t.put(lldpLocal+".1.0", number(subtypeMAC))
	t.put(lldpLocal+".2.0", mac(d.mac))
	t.put(lldpLocal+".3.0", text(d.sysName()))
	t.put(lldpLocal+".4.0", text(d.snmp.descr))
	t.put(lldpLocal+".5.0", octets(d.lldp))
	t.put(lldpLocal+".6.0", octets(d.lldp))
	numbers := map[string]uint32{}
	for i, p := range d.ports() {
		if p.kind != 0 && p.kind != typeEthernet {
			continue
		}
		n := p.index
		if n > lldpMaxPort { // the MIB's port numbers end there: such agents count on their own
			n = uint32(i + 1)
		}
		numbers[p.name] = n
		t.row(lldpLocPortEntry, oid{n}, map[uint32]value{2: number(subtypeInterface), 3: text(p.name), 4: text(p.label())})
	}
	for i, e := range d.site.ends(d) {
		if e.far.lldp == 0 {
			continue
		}
		index := oid{0, numbers[e.port], uint32(i + 1)}
		t.row(lldpRemEntry, index, map[uint32]value{
			4: number(subtypeMAC), 5: mac(e.far.mac), 6: number(subtypeInterface), 7: text(e.farAt), 8: text(e.farAt),
			9: text(e.far.sysName()), 10: text(e.far.describe()), 11: octets(e.far.lldp), 12: octets(e.far.lldp),
		})
		address := append(index.child(1, 4), addressArcs(e.far.addr.As4())...)
		t.row(lldpRemManAddrEntry, address, map[uint32]value{3: number(2), 4: number(1), 5: object(oid{0, 0})})
	}
}

// cdp is CISCO-CDP-MIB's cache: the neighbours that speak Cisco's own protocol.
type cdp struct{}

func (cdp) write(t *tree, d *device) {
	ports := d.ports()
	for _, e := range d.site.ends(d) {
		i := slices.IndexFunc(ports, func(p port) bool { return p.name == e.port })
		if e.far.cdp == "" || i < 0 {
			continue
		}
		four := e.far.addr.As4()
		t.row(cdpCacheEntry, oid{ports[i].index, 1}, map[uint32]value{
			3: number(1), 4: octets(four[:]...), 5: text(e.far.describe()), 6: text(e.far.sysName()),
			7: text(e.farAt), 8: text(e.far.cdp),
		})
	}
}

// ports gives the device's interfaces.
func (d *device) ports() interfaces {
	if d.snmp == nil {
		return nil
	}
	for _, p := range d.snmp.parts {
		if list, ok := p.(interfaces); ok {
			return list
		}
	}
	return nil
}

// describe gives what the device says of itself to its neighbours.
func (d *device) describe() string {
	if d.snmp != nil {
		return d.snmp.descr
	}
	return d.want.Vendor + " " + d.want.Model + " " + d.want.Version
}

// label gives ifDescr.
func (p port) label() string {
	if p.descr == "" {
		return p.name
	}
	return p.descr
}
