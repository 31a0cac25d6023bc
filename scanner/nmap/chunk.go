package nmap

import (
	"iter"
	"math"
	"net/netip"
	"strings"
)

// Size counts the addresses of a chunk.
func Size(chunk []netip.Prefix) int {
	n := 0
	for _, p := range chunk {
		n += addresses(p)
	}
	return n
}

// addresses counts those of a prefix, cut to what an int holds.
func addresses(p netip.Prefix) int {
	host := p.Addr().BitLen() - p.Bits()
	if host > 40 {
		return math.MaxInt32
	}
	return 1 << host
}

// Chunks cuts prefixes into lists of at most so many addresses, one family at
// a time, in order. A list that starts with a prefix larger than the limit
// holds a part of it that is not.
func Chunks(targets []netip.Prefix, limit int) iter.Seq[[]netip.Prefix] {
	return func(yield func([]netip.Prefix) bool) {
		var list []netip.Prefix
		room := limit
		for _, whole := range targets {
			for p := range pieces(whole.Masked(), limit) {
				n := addresses(p)
				if len(list) > 0 && (n > room || list[0].Addr().Is4() != p.Addr().Is4()) {
					if !yield(list) {
						return
					}
					list, room = nil, limit
				}
				list = append(list, p)
				room -= n
			}
		}
		if len(list) > 0 {
			yield(list)
		}
	}
}

// pieces gives a prefix as prefixes of at most so many addresses.
func pieces(whole netip.Prefix, limit int) iter.Seq[netip.Prefix] {
	return func(yield func(netip.Prefix) bool) {
		bits := whole.Bits()
		for bits < whole.Addr().BitLen() && addresses(netip.PrefixFrom(whole.Addr(), bits)) > limit {
			bits++
		}
		for a := whole.Addr(); a.IsValid() && whole.Contains(a); a = after(netip.PrefixFrom(a, bits)) {
			if !yield(netip.PrefixFrom(a, bits)) {
				return
			}
		}
	}
}

// after gives the first address behind a prefix.
func after(p netip.Prefix) netip.Addr {
	octets := p.Addr().AsSlice()
	for bit := p.Bits(); bit < len(octets)*8; bit++ {
		octets[bit/8] |= 0x80 >> (bit % 8)
	}
	a, _ := netip.AddrFromSlice(octets) // as long as the one it came from
	return a.Next()
}

// estimate reckons how far one nmap is, from what it says as it goes: it looks
// who is there, then takes groups of hosts through one task after the other.
type estimate struct {
	size, group int     // addresses; hosts in one group
	hinted      int     // hosts that are up
	hosts       int     // hosts told
	discovered  float64 // share of looking who is there
	within      float64 // share of the group at hand
}

// discovery is how much of the work looking who is there is.
const discovery = 0.1

// shares of a group's work, up to the end of each task.
var taskShares = []struct {
	word     string
	from, to float64
}{
	{"Parallel DNS", 0, 0},
	{"Service scan", 0.35, 0.65},
	{"OS detection", 0.65, 0.75},
	{"Traceroute", 0.75, 0.76},
	{"NSE", 0.76, 1},
	{"Script", 0.76, 1},
	{"UDP Scan", 0.25, 0.35},
	{"Scan", 0, 0.35},
}

func (e *estimate) task(name string, percent float64) {
	if strings.Contains(name, "Ping") {
		e.discovered = max(e.discovered, percent/100)
		return
	}
	for _, t := range taskShares {
		if strings.Contains(name, t.word) {
			e.within = max(e.within, t.from+(t.to-t.from)*percent/100)
			return
		}
	}
}

func (e *estimate) host() {
	e.hosts++
	e.within = 0
}

// addresses gives how many addresses' worth of work is done.
func (e *estimate) addresses() int {
	up := max(e.hinted, e.hosts)
	if e.hinted == 0 {
		up = e.size
	}
	if e.hosts == 0 && e.within == 0 {
		return int(discovery * e.discovered * float64(e.size))
	}
	group := min(e.group, up-e.hosts)
	share := (float64(e.hosts) + e.within*float64(group)) / float64(max(up, 1))
	return int((discovery + (1-discovery)*min(share, 1)) * float64(e.size))
}
