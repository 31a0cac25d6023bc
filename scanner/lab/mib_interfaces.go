package lab

import "fmt"

// The IANAifTypes that the tables use.
const (
	typeEthernet = 6
	typeLoopback = 24
	typeVLAN     = 53 // propVirtual, as most makers have it
	typeWireless = 71
	typeTunnel   = 131
)

// port is one network interface of a device.
type port struct {
	index   uint32
	name    string // ifName
	descr   string // ifDescr; "" is the name
	alias   string
	kind    int64  // IANAifType; 0 is Ethernet
	mac     string // "" is the device's MAC plus offset
	offset  uint32
	mbps    int64
	down    bool // not connected, whatever the cabling says
	noMAC   bool
	address bool // carries the device's address
}

// interfaces is IF-MIB's ifTable and ifXTable, and IP-MIB's ipAddrTable.
type interfaces []port

var (
	ifEntry     = newOID("1.3.6.1.2.1.2.2.1")
	ifXEntry    = newOID("1.3.6.1.2.1.31.1.1.1")
	ipAddrEntry = newOID("1.3.6.1.2.1.4.20.1")
)

func (list interfaces) write(t *tree, d *device) {
	t.put("1.3.6.1.2.1.2.1.0", number(int64(len(list))))
	for _, p := range list {
		p.write(t, d)
		if p.address {
			four := d.addr.As4()
			t.row(ipAddrEntry, addressArcs(four), map[uint32]value{
				1: ipv4(d.addr), 2: number(int64(p.index)), 3: {encoded: tlv(tagIPAddress, []byte{255, 255, 255, 0})},
				4: number(1), 5: number(65535),
			})
		}
	}
}

func (p port) write(t *tree, d *device) {
	kind := p.kind
	if kind == 0 {
		kind = typeEthernet
	}
	hardware := octets()
	if !p.noMAC && kind != typeLoopback {
		hardware = octets(p.hardware(d)...)
	}
	state := int64(1)
	if p.down || !p.address && !d.site.connected(d, p.name) {
		state = 2
	}
	speed := uint64(p.mbps) * 1_000_000
	traffic := p.traffic(d, state)
	index := oid{p.index}
	t.row(ifEntry, index, map[uint32]value{
		1: number(int64(p.index)), 2: text(p.label()), 3: number(kind), 4: number(1500), 5: gauge(speed),
		6: hardware, 7: number(1), 8: number(state), 9: ticks(0),
		10: counter(traffic), 11: counter(traffic / 700), 13: counter(0), 14: counter(0),
		16: counter(traffic / 3), 17: counter(traffic / 2100), 19: counter(0), 20: counter(0),
	})
	t.row(ifXEntry, index, map[uint32]value{
		1: text(p.name), 6: counter64(traffic), 10: counter64(traffic / 3),
		15: gauge(uint64(p.mbps)), 17: number(1), 18: text(p.alias),
	})
}

// hardware gives the interface's MAC.
func (p port) hardware(d *device) []byte {
	if p.mac != "" {
		return macBytes(p.mac)
	}
	return addMAC(macBytes(d.mac), p.offset)
}

// addMAC gives the MAC n further on, within the same maker's range.
func addMAC(m []byte, n uint32) []byte {
	low := (uint32(m[3])<<16 | uint32(m[4])<<8 | uint32(m[5])) + n
	return []byte{m[0], m[1], m[2], byte(low >> 16), byte(low >> 8), byte(low)}
}

// traffic gives octets that are plausible for how long the thing has been up,
// different for each interface and the same at every start.
func (p port) traffic(d *device, state int64) uint64 {
	if state != 1 {
		return 0
	}
	return uint64(d.snmp.upDays+1) * uint64(p.index%97+3) * 61_379_003
}

func addressArcs(four [4]byte) oid {
	return oid{uint32(four[0]), uint32(four[1]), uint32(four[2]), uint32(four[3])}
}

// ethernet gives a run of switch ports: names are formats for the number.
func ethernet(count int, firstIndex uint32, mbps int64, name, descr string) interfaces {
	var list interfaces
	for i := range count {
		p := port{index: firstIndex + uint32(i), name: fmt.Sprintf(name, i+1), mbps: mbps, offset: firstIndex%64 + uint32(i) + 1}
		if descr != "" {
			p.descr = fmt.Sprintf(descr, i+1)
		}
		list = append(list, p)
	}
	return list
}
