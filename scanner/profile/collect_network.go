package profile

import (
	"net/netip"
	"strconv"
	"strings"

	"parc/inventory"
)

// The columns of Q-BRIDGE-MIB and BRIDGE-MIB (RFC 4363, 4188), Cisco's VTP and
// CDP MIBs, LLDP-MIB (IEEE 802.1AB) and the ARP table (RFC 4293).
const (
	dot1qVlanName   = "1.3.6.1.2.1.17.7.1.4.3.1.1"
	vtpVlanName     = "1.3.6.1.4.1.9.9.46.1.3.1.1.4"
	dot1dFdbPort    = "1.3.6.1.2.1.17.4.3.1.2"
	dot1qFdbPort    = "1.3.6.1.2.1.17.7.1.2.2.1.2"
	dot1dPortIf     = "1.3.6.1.2.1.17.1.4.1.2"
	ipNetToMedia    = "1.3.6.1.2.1.4.22.1.2"
	lldpChassisKind = "1.0.8802.1.1.2.1.4.1.1.4"
	lldpChassisID   = "1.0.8802.1.1.2.1.4.1.1.5"
	lldpPortKind    = "1.0.8802.1.1.2.1.4.1.1.6"
	lldpPortID      = "1.0.8802.1.1.2.1.4.1.1.7"
	lldpPortDesc    = "1.0.8802.1.1.2.1.4.1.1.8"
	lldpSysName     = "1.0.8802.1.1.2.1.4.1.1.9"
	lldpSysDesc     = "1.0.8802.1.1.2.1.4.1.1.10"
	lldpManAddr     = "1.0.8802.1.1.2.1.4.2.1.3"
	lldpLocPortID   = "1.0.8802.1.1.2.1.3.7.1.3"
	lldpLocPortDesc = "1.0.8802.1.1.2.1.3.7.1.4"
	cdpAddress      = "1.3.6.1.4.1.9.9.23.1.2.1.1.4"
	cdpDevice       = "1.3.6.1.4.1.9.9.23.1.2.1.1.6"
	cdpPort         = "1.3.6.1.4.1.9.9.23.1.2.1.1.7"
	cdpPlatform     = "1.3.6.1.4.1.9.9.23.1.2.1.1.8"
)

var (
	stationColumns   = []string{dot1dFdbPort, dot1qFdbPort, dot1dPortIf, ipNetToMedia, ifName, ifDescr}
	neighbourColumns = []string{
		lldpChassisKind, lldpChassisID, lldpPortKind, lldpPortID, lldpPortDesc, lldpSysName, lldpSysDesc, lldpManAddr,
		lldpLocPortID, lldpLocPortDesc, cdpAddress, cdpDevice, cdpPort, cdpPlatform, ifName, ifDescr,
	}
)

func vlans(a *Answers, d *inventory.Details) {
	seen := map[int]bool{}
	for _, root := range []string{dot1qVlanName, vtpVlanName} {
		for _, row := range a.rows(root) {
			index := indexOf(root, row.OID)
			id, err := strconv.Atoi(index[strings.LastIndexByte(index, '.')+1:])
			if err != nil || id < 1 || id > 4094 || seen[id] || root == vtpVlanName && id >= 1002 && id <= 1005 {
				continue
			}
			seen[id] = true
			d.VLANs = append(d.VLANs, inventory.VLAN{ID: id, Name: text(row, "")})
		}
	}
}

// portName gives the name of an interface by its ifIndex.
func portName(a *Answers) func(index string) string {
	names, descrs := a.table(ifName), a.table(ifDescr)
	return func(index string) string {
		if name := text(names[index], ""); name != "" {
			return name
		}
		return text(descrs[index], "")
	}
}

// stations joins the forwarding table with the ARP table: which MAC is behind
// which port, and with which address.
func stations(a *Answers, d *inventory.Details) {
	port, bridge := portName(a), a.table(dot1dPortIf)
	byMAC := map[string]int{}
	learn := func(mac []byte, bridgePort int64, vlan int) {
		name := macOf(mac)
		if name == "" || bridgePort <= 0 {
			return
		}
		s := inventory.Station{MAC: name, VLAN: vlan, Port: port(decimal(bridge[decimal(bridgePort)].Number))}
		if s.Port == "" {
			s.Port = decimal(bridgePort)
		}
		if at, known := byMAC[name]; known {
			if d.Stations[at].VLAN == 0 {
				d.Stations[at].VLAN = vlan
			}
			return
		}
		byMAC[name] = len(d.Stations)
		d.Stations = append(d.Stations, s)
	}
	for _, row := range a.rows(dot1qFdbPort) {
		if index := arcs(indexOf(dot1qFdbPort, row.OID)); len(index) == 7 {
			learn(octets(index[1:]), row.Number, clampInt(int64(index[0])))
		}
	}
	for _, row := range a.rows(dot1dFdbPort) {
		if index := arcs(indexOf(dot1dFdbPort, row.OID)); len(index) == 6 {
			learn(octets(index), row.Number, 0)
		}
	}
	for _, row := range a.rows(ipNetToMedia) {
		index, address, _ := strings.Cut(indexOf(ipNetToMedia, row.OID), ".")
		mac := text(row, "mac")
		ip, err := netip.ParseAddr(address)
		if mac == "" || err != nil {
			continue
		}
		if at, known := byMAC[mac]; known {
			if d.Stations[at].Address == "" {
				d.Stations[at].Address = ip.String()
			}
			continue
		}
		byMAC[mac] = len(d.Stations)
		d.Stations = append(d.Stations, inventory.Station{MAC: mac, Address: ip.String(), Port: port(index)})
	}
}

func neighbours(a *Answers, d *inventory.Details) {
	lldpNeighbours(a, d)
	addresses, ports, platforms := a.table(cdpAddress), a.table(cdpPort), a.table(cdpPlatform)
	local := portName(a)
	for _, row := range a.rows(cdpDevice) {
		index := indexOf(cdpDevice, row.OID)
		ifIndex, _, _ := strings.Cut(index, ".")
		d.Neighbours = append(d.Neighbours, inventory.Neighbour{
			Protocol: "cdp", LocalPort: local(ifIndex), Name: text(row, ""), RemotePort: text(ports[index], ""),
			Platform: text(platforms[index], ""), Address: text(addresses[index], "address"),
		})
	}
}

func lldpNeighbours(a *Answers, d *inventory.Details) {
	chassisKinds, portKinds := a.table(lldpChassisKind), a.table(lldpPortKind)
	ports, portDescs := a.table(lldpPortID), a.table(lldpPortDesc)
	names, descs := a.table(lldpSysName), a.table(lldpSysDesc)
	addresses := lldpAddresses(a)
	local := lldpLocalPort(a)
	for _, row := range a.rows(lldpChassisID) {
		index := indexOf(lldpChassisID, row.OID)
		parts := strings.Split(index, ".")
		if len(parts) != 3 {
			continue
		}
		remote := lldpID(ports[index], portKinds[index].Number, 3)
		if desc := text(portDescs[index], ""); desc != "" && (remote == "" || portKinds[index].Number == 3 || portKinds[index].Number == 7) {
			remote = desc
		}
		d.Neighbours = append(d.Neighbours, inventory.Neighbour{
			Protocol: "lldp", LocalPort: local(parts[1]), ChassisID: lldpID(row, chassisKinds[index].Number, 4),
			RemotePort: remote, Name: text(names[index], ""), Platform: text(descs[index], ""), Address: addresses[index],
		})
	}
}

// lldpID reads a chassis or port id: a MAC address where its kind says so
// (macKind: 4 for a chassis, 3 for a port), a network address, or text.
func lldpID(v Varbind, kind, macKind int64) string {
	if kind == macKind || kind == 0 && len(v.Text) == 6 {
		if mac := text(v, "mac"); mac != "" {
			return mac
		}
	}
	if kind == macKind+1 && len(v.Text) > 1 {
		if address := text(Varbind{Tag: TagOctets, Text: v.Text[1:]}, "address"); address != "" {
			return address
		}
	}
	return text(v, "")
}

// lldpLocalPort names a local port by its LLDP number.
func lldpLocalPort(a *Answers) func(number string) string {
	ids, descs := a.table(lldpLocPortID), a.table(lldpLocPortDesc)
	port := portName(a)
	return func(number string) string {
		if id := text(ids[number], ""); id != "" && !macPattern.MatchString(id) && strings.Trim(id, "0123456789") != "" {
			return id
		}
		if desc := text(descs[number], ""); desc != "" {
			return desc
		}
		if name := port(number); name != "" {
			return name
		}
		return number
	}
}

// lldpAddresses gives each neighbour's management address: it stands in the
// index, as kind, length and octets.
func lldpAddresses(a *Answers) map[string]string {
	out := map[string]string{}
	for _, row := range a.rows(lldpManAddr) {
		index := indexOf(lldpManAddr, row.OID)
		parts := strings.SplitN(index, ".", 4)
		if len(parts) != 4 {
			continue
		}
		rest := arcs(parts[3])
		if len(rest) < 3 {
			continue
		}
		key := strings.Join(parts[:3], ".")
		if ip, ok := netip.AddrFromSlice(octets(rest[2:])); ok && out[key] == "" {
			out[key] = ip.String()
		}
	}
	return out
}
