package scanner

import (
	"encoding/hex"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"

	"parc/scanner/nmap"
)

// listeners are the sockets that this machine itself listens on.
type listeners struct {
	everywhere map[string]bool // "tcp/22": on every address, those of 127.0.0.0/8 included
	bound      map[string]bool // "tcp/127.0.0.5:22": on one address
}

// listenerTables is where Linux lists its sockets; elsewhere there are none,
// and nothing is known.
var listenerTables = map[string][]string{
	"tcp": {"/proc/net/tcp", "/proc/net/tcp6"},
	"udp": {"/proc/net/udp", "/proc/net/udp6"},
}

func readListeners() listeners {
	l := listeners{map[string]bool{}, map[string]bool{}}
	for protocol, files := range listenerTables {
		for _, name := range files {
			if table, err := os.ReadFile(name); err == nil {
				l.read(protocol, string(table))
			}
		}
	}
	return l
}

// read takes in one table: a line is a socket, "0: 0100007F:0016 …:… 0A …".
func (l listeners) read(protocol, table string) {
	const listening, unconnected = "0A", "07"
	for line := range strings.SplitSeq(table, "\n") {
		f := strings.Fields(line)
		if len(f) < 4 || f[3] != listening && f[3] != unconnected {
			continue
		}
		address, number, _ := strings.Cut(f[1], ":")
		port, err := strconv.ParseUint(number, 16, 16)
		a, ok := tableAddress(address)
		if err != nil || !ok {
			continue
		}
		if a.IsUnspecified() {
			l.everywhere[protocol+"/"+strconv.Itoa(int(port))] = true
			continue
		}
		l.bound[protocol+"/"+netip.AddrPortFrom(a, uint16(port)).String()] = true
	}
}

// tableAddress reads an address as the tables write it: words of four octets
// in hexadecimal, each in this machine's own order, which is the little end first
// wherever parc runs.
func tableAddress(text string) (netip.Addr, bool) {
	octets, err := hex.DecodeString(text)
	if err != nil || len(octets)%4 != 0 {
		return netip.Addr{}, false
	}
	for word := range slices.Chunk(octets, 4) {
		slices.Reverse(word)
	}
	a, ok := netip.AddrFromSlice(octets)
	return a.Unmap(), ok
}

// own takes from a loopback address the services that this machine has on all
// of its addresses: they are one machine's, whose own address is 127.0.0.1,
// and not 16 million machines'.
func (l listeners) own(h *nmap.Host) {
	if !h.Address.Is4() || !h.Address.IsLoopback() || h.Address == netip.AddrFrom4([4]byte{127, 0, 0, 1}) {
		return
	}
	h.Services = slices.DeleteFunc(slices.Clone(h.Services), func(s nmap.Service) bool {
		return l.everywhere[s.Protocol+"/"+strconv.Itoa(s.Port)] &&
			!l.bound[s.Protocol+"/"+netip.AddrPortFrom(h.Address, uint16(s.Port)).String()]
	})
}
