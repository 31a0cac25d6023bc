package scanner

import (
	"cmp"
	"iter"
	"math"
	"net/netip"
	"slices"
)

// span is a run of addresses of one family, both ends included.
type span struct{ from, to netip.Addr }

// spanOf gives the addresses of a prefix.
func spanOf(p netip.Prefix) span {
	p = p.Masked()
	return span{p.Addr(), last(p)}
}

// last gives the highest address of a prefix.
func last(p netip.Prefix) netip.Addr {
	octets := p.Addr().AsSlice()
	for bit := p.Bits(); bit < len(octets)*8; bit++ {
		octets[bit/8] |= 0x80 >> (bit % 8)
	}
	a, _ := netip.AddrFromSlice(octets) // as long as the one it came from
	return a
}

// size counts the addresses, cut to what an int holds.
func (s span) size() int {
	if s.from.Is4() {
		a, b := s.from.As4(), s.to.As4()
		return int(be64(b[:])-be64(a[:])) + 1
	}
	a, b := s.from.As16(), s.to.As16()
	low := be64(b[8:]) - be64(a[8:])
	if be64(a[:8]) != be64(b[:8]) || low >= math.MaxInt {
		return math.MaxInt
	}
	return int(low) + 1
}

func be64(octets []byte) uint64 {
	var n uint64
	for _, o := range octets {
		n = n<<8 | uint64(o)
	}
	return n
}

// merge sorts spans and joins those that touch.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int {
		return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to))
	})
	var out []span
	for _, s := range spans {
		if n := len(out); n > 0 && sameFamily(out[n-1].to, s.from) && touches(out[n-1].to, s.from) {
			if out[n-1].to.Less(s.to) {
				out[n-1].to = s.to
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

func sameFamily(a, b netip.Addr) bool { return a.Is4() == b.Is4() }

// touches tells that no address lies between the end of one span and the
// start of a later one.
func touches(end, start netip.Addr) bool {
	return !end.Less(start) || end.Next() == start
}

// subtract takes the holes out of the spans; both are merged.
func subtract(spans, holes []span) []span {
	var out []span
	for _, s := range spans {
		from, open := s.from, true
		for _, h := range holes {
			if !sameFamily(h.from, s.from) || h.to.Less(from) || s.to.Less(h.from) {
				continue
			}
			if from.Less(h.from) {
				out = append(out, span{from, h.from.Prev()})
			}
			if from = h.to.Next(); !from.IsValid() || s.to.Less(from) {
				open = false
				break
			}
		}
		if open {
			out = append(out, span{from, s.to})
		}
	}
	return out
}

// prefixes gives the fewest prefixes that make up the span.
func (s span) prefixes(yield func(netip.Prefix) bool) bool {
	for from := s.from; ; {
		p := widest(from, s.to)
		if !yield(p) {
			return false
		}
		end := last(p)
		if !end.Less(s.to) {
			return true
		}
		from = end.Next()
	}
}

// widest gives the largest prefix that starts at from and ends by to.
func widest(from, to netip.Addr) netip.Prefix {
	p := netip.PrefixFrom(from, from.BitLen())
	for bits := from.BitLen() - 1; bits >= 0; bits-- {
		wider := netip.PrefixFrom(from, bits)
		if wider.Masked().Addr() != from || to.Less(last(wider)) {
			break
		}
		p = wider
	}
	return p
}

// addresses walks through the span.
func (s span) addresses() iter.Seq[netip.Addr] {
	return func(yield func(netip.Addr) bool) {
		for a := s.from; a.IsValid() && !s.to.Less(a); a = a.Next() {
			if !yield(a) {
				return
			}
		}
	}
}

// String writes the span as people do.
func (s span) String() string {
	if s.from == s.to {
		return s.from.String()
	}
	if p := widest(s.from, s.to); last(p) == s.to {
		return p.String()
	}
	return s.from.String() + "-" + s.to.String()
}
