package inventory

import (
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/identity.tsv
var identityData string

// junk holds what data/identity.tsv says: values that look like an identity and
// are none, and the spellings of makers.
type junk struct {
	serials    map[string]bool // squeezed
	serialHas  []string        // squeezed
	uuids      map[string]bool // canonical, see uuidKey
	macs       map[string]bool // twelve lower-case hex digits
	virtual    prefixes
	dock       prefixes
	guest      prefixes
	engineIDs  map[string]bool
	hostnames  map[string]bool
	vendors    map[string]string // squeezed spelling → key
	vendorKeys int
}

// prefixes are hex prefixes of hardware addresses, by length so that a look-up
// costs one step per length and not per prefix.
type prefixes map[int]map[string]bool

func (p prefixes) match(mac string) bool {
	for n, set := range p {
		if n <= len(mac) && set[mac[:n]] {
			return true
		}
	}
	return false
}

func (p prefixes) add(value string) {
	h := hexDigits(value)
	if p[len(h)] == nil {
		p[len(h)] = map[string]bool{}
	}
	p[len(h)][h] = true
}

// placeholders reads the embedded table once. A table that does not parse is a
// mistake of the build, which the tests catch.
var placeholders = sync.OnceValue(func() *junk {
	j, err := parseJunk(identityData)
	if err != nil {
		panic(err)
	}
	return j
})

// parseJunk reads the table: kind, value and note, separated by tabs.
func parseJunk(data string) (*junk, error) {
	j := &junk{
		serials: map[string]bool{}, uuids: map[string]bool{}, macs: map[string]bool{},
		virtual: prefixes{}, dock: prefixes{}, guest: prefixes{},
		engineIDs: map[string]bool{}, hostnames: map[string]bool{}, vendors: map[string]string{},
	}
	number := 0
	for line := range strings.Lines(data) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) != 3 || cols[1] == "" {
			return nil, fmt.Errorf("identity table line %d: want kind, value and note separated by tabs", number)
		}
		if err := j.add(cols[0], cols[1], cols[2]); err != nil {
			return nil, fmt.Errorf("identity table line %d: %w", number, err)
		}
	}
	return j, nil
}

func (j *junk) add(kind, value, note string) error {
	switch kind {
	case "serial":
		j.serials[squeeze(value)] = true
	case "serial-has":
		j.serialHas = append(j.serialHas, squeeze(value))
	case "uuid":
		raw, err := hex.DecodeString(hexDigits(value))
		if err != nil || len(raw) != 16 {
			return fmt.Errorf("%q is no UUID", value)
		}
		j.uuids[canonicalUUID([16]byte(raw))] = true
	case "mac":
		if len(hexDigits(value)) != 12 {
			return fmt.Errorf("%q is no hardware address", value)
		}
		j.macs[hexDigits(value)] = true
	case "virtual":
		j.virtual.add(value)
	case "dock":
		j.dock.add(value)
	case "guest":
		j.guest.add(value)
	case "engine-id":
		j.engineIDs[hexDigits(value)] = true
	case "hostname":
		j.hostnames[strings.ToLower(value)] = true
	case "vendor":
		j.vendorKeys++
		for _, spelling := range strings.Split(note, "|") {
			j.vendors[vendorWords(spelling)] = value
		}
	default:
		return fmt.Errorf("unknown kind %q", kind)
	}
	return nil
}

// placeholderSerial tells that a squeezed serial names no single machine:
// listed, too short, one or two characters repeated, or digits in a row.
func placeholderSerial(s string) bool {
	if len(s) < 4 || periodic(s) || sequence(s) {
		return true
	}
	j := placeholders()
	if j.serials[s] {
		return true
	}
	for _, part := range j.serialHas {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// periodic tells that s repeats its first one or two characters: 000000,
// XXXXXX, 0A0A0A. Four different digits may repeat by chance; two may not.
func periodic(s string) bool {
	for _, n := range []int{1, 2} {
		if len(s) >= 2*n && s == strings.Repeat(s[:n], len(s)/n)+s[:len(s)%n] {
			return true
		}
	}
	return false
}

// sequence tells that s is digits that count up or down: 123456789,
// 0123456789, 1234567890, 987654321.
func sequence(s string) bool {
	const up, down = "012345678901234567890123456789", "987654321098765432109876543210"
	return strings.Contains(up, s) || strings.Contains(down, s)
}

// placeholderMAC tells that a hardware address (twelve lower-case hex digits)
// is carried by many machines, or moves between them: listed, multicast,
// random or made up by software, of a virtual adapter, a dock or a cluster.
func placeholderMAC(m string) bool {
	j := placeholders()
	if j.macs[m] || periodic(m) || m[:6] == "000000" {
		return true
	}
	if j.virtual.match(m) || j.dock.match(m) {
		return true
	}
	// The second digit holds the multicast and the locally-administered bits.
	if strings.IndexByte("13579bdf", m[1]) >= 0 {
		return true
	}
	return locallyMade(m) && !j.guest.match(m)
}

func locallyMade(m string) bool { return strings.IndexByte("26ae", m[1]) >= 0 }

// madeUpMAC tells that a device made the address up for itself, as phones and
// laptops do on Wi-Fi.
func madeUpMAC(s string) bool {
	m, j := macDigits(s), placeholders()
	return m != "" && locallyMade(m) && !j.guest.match(m) && !j.virtual.match(m) && !j.macs[m]
}

// guestMAC tells that a hypervisor gave the address to a guest.
func guestMAC(m string) bool { return placeholders().guest.match(m) }

// placeholderUUID tells that a UUID is carried by many machines: listed in
// either byte order, made of one byte, or a maker's base with an empty end.
func placeholderUUID(u [16]byte) bool {
	h := hex.EncodeToString(u[:])
	if placeholders().uuids[canonicalUUID(u)] || periodic(h) {
		return true
	}
	// Some boards fill only the first half and leave the rest empty.
	return strings.Trim(h[16:], "0") == "" || strings.Trim(h[:16], "0") == "" || strings.Trim(h[16:], "f") == ""
}

// genericHostname tells that a name (one lower-case label) is a factory
// default, or only spells an address.
func genericHostname(s string) bool {
	if len(s) < 2 || placeholders().hostnames[s] {
		return true
	}
	digits, letters := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z':
			letters++
		}
	}
	if letters == 0 {
		return true // digits only: an address, or a number somebody typed
	}
	for _, p := range []string{"ip-", "dhcp-", "host-", "client-", "static-", "unknown-", "dyn-"} {
		if strings.HasPrefix(s, p) && digits >= len(s)/2-2 {
			return true
		}
	}
	return false
}
