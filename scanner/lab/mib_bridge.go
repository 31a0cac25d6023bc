package lab

// arp is IP-MIB's ipNetToMediaTable: the addresses and MACs of everything the
// firewall has met on its inner port.
type arp struct{ index uint32 }

var ipNetToMediaEntry = newOID("1.3.6.1.2.1.4.22.1")

func (a arp) write(t *tree, d *device) {
	index := a.index
	if index == 0 {
		index = 4
	}
	for _, other := range d.site.devices {
		if other == d {
			continue
		}
		arcs := append(oid{index}, addressArcs(other.addr.As4())...)
		t.row(ipNetToMediaEntry, arcs, map[uint32]value{
			1: number(int64(index)), 2: mac(other.mac), 3: ipv4(other.addr), 4: number(3),
		})
	}
}
