package profile

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"parc/inventory"
)

// collector reads a standard table into Details: what to walk, and how to
// read it. Makers' own tables are data: see the key tables of a profile.
type collector struct {
	columns []string
	scalars []string
	rows    int
	build   func(a *Answers, d *inventory.Details)
}

// collectors are what the key collect of a profile may name.
var collectors = map[string]collector{
	"interfaces": {columns: interfaceColumns, rows: 2000, build: interfaces},
	"entities":   {columns: entityColumns, rows: 2000, build: entities},
	"storage":    {columns: storageColumns, scalars: []string{hrSystemUptime}, rows: 256, build: storage},
	"devices":    {columns: []string{hrDeviceType, hrDeviceDescr}, rows: 512, build: devices},
	"software":   {columns: []string{hrSWName, hrSWType, hrSWDate}, rows: 5000, build: software},
	"printer":    {columns: printerColumns, rows: 64, build: supplies},
	"vlans":      {columns: []string{dot1qVlanName, vtpVlanName}, rows: 4100, build: vlans},
	"stations":   {columns: stationColumns, rows: 4000, build: stations},
	"neighbours": {columns: neighbourColumns, rows: 1000, build: neighbours},
}

// details fills what the profile collects.
func (q *Inquiry) details(d *inventory.Details, e *evaluator) {
	for _, name := range q.profile.collect {
		collectors[name].build(q.answers, d)
	}
	for _, t := range q.profile.tables {
		if e.conditions(t.when) {
			t.build(q.answers, d)
		}
	}
}

// conditions tells whether all hold with what is known; what was not asked
// does not hold.
func (e *evaluator) conditions(list []when) bool {
	met, pending := e.met(list)
	return met && !pending
}

// indexOf gives the index of an object in a column.
func indexOf(root, oid string) string { return oid[len(root)+1:] }

// arcs reads an index as numbers; nil when it is none.
func arcs(index string) []uint32 {
	var out []uint32
	for part := range strings.SplitSeq(index, ".") {
		n, err := strconv.ParseUint(part, 10, 32)
		if err != nil {
			return nil
		}
		out = append(out, uint32(n))
	}
	return out
}

// octets reads arcs as octets; nil when one is none.
func octets(list []uint32) []byte {
	out := make([]byte, 0, len(list))
	for _, n := range list {
		if n > 255 {
			return nil
		}
		out = append(out, byte(n))
	}
	return out
}

func macOf(raw []byte) string { return macText(Varbind{Tag: TagOctets, Text: string(raw)}) }

// The columns of IF-MIB (RFC 2863) and IP-MIB (RFC 4293).
const (
	ifDescr        = "1.3.6.1.2.1.2.2.1.2"
	ifType         = "1.3.6.1.2.1.2.2.1.3"
	ifSpeed        = "1.3.6.1.2.1.2.2.1.5"
	ifPhysAddress  = "1.3.6.1.2.1.2.2.1.6"
	ifOperStatus   = "1.3.6.1.2.1.2.2.1.8"
	ifName         = "1.3.6.1.2.1.31.1.1.1.1"
	ifHighSpeed    = "1.3.6.1.2.1.31.1.1.1.15"
	ifAlias        = "1.3.6.1.2.1.31.1.1.1.18"
	ipAdEntIfIndex = "1.3.6.1.2.1.4.20.1.2"
	ipAddrIfIndex  = "1.3.6.1.2.1.4.34.1.3"
)

var interfaceColumns = []string{
	ifDescr, ifType, ifSpeed, ifPhysAddress, ifOperStatus, ifName, ifHighSpeed, ifAlias, ipAdEntIfIndex, ipAddrIfIndex,
}

// virtualTypes are the IANAifType numbers of interfaces that are no hardware.
var virtualTypes = []int64{1, 24, 53, 131, 134, 135, 136, 142, 150, 161, 209}

func interfaces(a *Answers, d *inventory.Details) {
	cells := map[string]map[string]Varbind{}
	for _, root := range []string{ifType, ifSpeed, ifPhysAddress, ifOperStatus, ifName, ifHighSpeed, ifAlias} {
		cells[root] = a.table(root)
	}
	addresses := interfaceAddresses(a)
	for _, row := range a.rows(ifDescr) {
		index := indexOf(ifDescr, row.OID)
		number, err := strconv.Atoi(index)
		if err != nil {
			continue
		}
		description, name := text(row, ""), text(cells[ifName][index], "")
		if name == "" {
			name = description
		}
		kind := cells[ifType][index].Number
		speed := cells[ifHighSpeed][index].Number
		if speed <= 0 {
			speed = cells[ifSpeed][index].Number / 1_000_000
		}
		d.Interfaces = append(d.Interfaces, inventory.Interface{
			Index: number, Name: name, Description: description, Alias: text(cells[ifAlias][index], ""),
			Type: clampInt(kind), MAC: text(cells[ifPhysAddress][index], "mac"), Addresses: addresses[index],
			SpeedMbps: max(speed, 0), Up: cells[ifOperStatus][index].Number == 1, Virtual: slices.Contains(virtualTypes, kind),
		})
	}
}

// interfaceAddresses gives the addresses by ifIndex, from the old table and the new.
func interfaceAddresses(a *Answers) map[string][]string {
	out := map[string][]string{}
	add := func(index, address string) {
		if address != "" && !slices.Contains(out[index], address) {
			out[index] = append(out[index], address)
		}
	}
	for _, v := range a.rows(ipAdEntIfIndex) {
		if ip, err := netip.ParseAddr(indexOf(ipAdEntIfIndex, v.OID)); err == nil {
			add(decimal(v.Number), ip.String())
		}
	}
	for _, v := range a.rows(ipAddrIfIndex) {
		index := arcs(indexOf(ipAddrIfIndex, v.OID))
		if len(index) < 3 || int(index[1]) > len(index)-2 {
			continue
		}
		size := map[uint32]int{1: 4, 2: 16, 3: 4, 4: 16}[index[0]]
		if size == 0 || int(index[1]) < size {
			continue
		}
		if ip, ok := netip.AddrFromSlice(octets(index[2 : 2+size])); ok {
			add(decimal(v.Number), ip.String())
		}
	}
	return out
}

// The columns of HOST-RESOURCES-MIB (RFC 2790).
const (
	hrSystemUptime = "1.3.6.1.2.1.25.1.1.0"
	hrStorageType  = "1.3.6.1.2.1.25.2.3.1.2"
	hrStorageDescr = "1.3.6.1.2.1.25.2.3.1.3"
	hrStorageUnits = "1.3.6.1.2.1.25.2.3.1.4"
	hrStorageSize  = "1.3.6.1.2.1.25.2.3.1.5"
	hrStorageUsed  = "1.3.6.1.2.1.25.2.3.1.6"
	hrDeviceType   = "1.3.6.1.2.1.25.3.2.1.2"
	hrDeviceDescr  = "1.3.6.1.2.1.25.3.2.1.3"
	hrSWName       = "1.3.6.1.2.1.25.6.3.1.2"
	hrSWType       = "1.3.6.1.2.1.25.6.3.1.4"
	hrSWDate       = "1.3.6.1.2.1.25.6.3.1.5"
)

var storageColumns = []string{hrStorageType, hrStorageDescr, hrStorageUnits, hrStorageSize, hrStorageUsed}

// storageKinds names the hrStorageTypes that are worth keeping, by last arc.
var storageKinds = map[string]string{
	"4": "disk", "5": "removable", "7": "optical", "8": "ramdisk", "9": "flash", "10": "network",
}

func storage(a *Answers, d *inventory.Details) {
	types, units := a.table(hrStorageType), a.table(hrStorageUnits)
	sizes, used := a.table(hrStorageSize), a.table(hrStorageUsed)
	for _, row := range a.rows(hrStorageDescr) {
		index := indexOf(hrStorageDescr, row.OID)
		kind := types[index].Text[strings.LastIndexByte(types[index].Text, '.')+1:]
		unit := max(units[index].Number, 1)
		mb := func(v Varbind) int64 { return int64(float64(uint32(v.Number)) * float64(unit) / (1 << 20)) }
		size := mb(sizes[index])
		if kind == "2" && size > 0 {
			d.Components = append(d.Components, inventory.Component{Kind: inventory.ComponentMemory, Name: text(row, ""), SizeMB: size})
			continue
		}
		name, wanted := storageKinds[kind]
		if !wanted || size == 0 {
			continue
		}
		d.Volumes = append(d.Volumes, inventory.Volume{Name: text(row, ""), Kind: name, SizeMB: size, UsedMB: mb(used[index])})
	}
}

func devices(a *Answers, d *inventory.Details) {
	types := a.table(hrDeviceType)
	for _, row := range a.rows(hrDeviceDescr) {
		c := inventory.Component{Name: text(row, "")}
		switch types[indexOf(hrDeviceDescr, row.OID)].Text {
		case "1.3.6.1.2.1.25.3.1.3":
			c.Kind = inventory.ComponentProcessor
		case "1.3.6.1.2.1.25.3.1.6":
			c.Kind = inventory.ComponentDisk
		default:
			continue
		}
		if c.Name != "" {
			d.Components = append(d.Components, c)
		}
	}
}

func software(a *Answers, d *inventory.Details) {
	dates := a.table(hrSWDate)
	d.Software = make([]inventory.Software, 0, len(a.rows(hrSWName)))
	for _, row := range a.rows(hrSWName) {
		name, version := packageName(text(row, ""))
		if name == "" {
			continue
		}
		d.Software = append(d.Software, inventory.Software{
			Name: name, Version: version, InstalledOn: inventory.Day(text(dates[indexOf(hrSWName, row.OID)], "date")),
		})
	}
}

// packageName takes the version off what Debian ("bash_5.2.15-2+b2_amd64") and
// rpm ("bash-5.1.8-6.el9.x86_64") packages are called by net-snmp.
func packageName(s string) (name, version string) {
	if parts := strings.Split(s, "_"); len(parts) == 3 && !strings.Contains(s, " ") && startsWithDigit(parts[1]) {
		return parts[0], parts[1]
	}
	if strings.Contains(s, " ") {
		return s, ""
	}
	for at := range len(s) - 1 {
		if s[at] == '-' && at > 0 && startsWithDigit(s[at+1:]) && strings.Contains(s[at+1:], "-") {
			return s[:at], s[at+1:]
		}
	}
	return s, ""
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
