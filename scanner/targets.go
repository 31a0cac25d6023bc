package scanner

import (
	"iter"
	"net/netip"
	"slices"
	"strings"
)

// MaxTargets is how many addresses one scan may have: a /8 of IPv4, a /104 of
// IPv6.
const MaxTargets = 1 << 24

// Targets are the addresses to scan, as typed ranges: sorted, without
// duplicates, and small in memory however many addresses they hold. The zero
// Targets hold none.
type Targets struct {
	spans []span
}

// Count counts the addresses.
func (t Targets) Count() int {
	n := 0
	for _, s := range t.spans {
		if n += s.size(); n < 0 {
			return MaxTargets + 1
		}
	}
	return n
}

// Contains tells whether the address is one of them.
func (t Targets) Contains(a netip.Addr) bool {
	a = a.Unmap()
	at, found := slices.BinarySearchFunc(t.spans, a, func(s span, a netip.Addr) int { return s.from.Compare(a) })
	if found {
		return true
	}
	return at > 0 && sameFamily(t.spans[at-1].from, a) && !t.spans[at-1].to.Less(a)
}

// All walks through the addresses in ascending order, making each as it goes.
func (t Targets) All() iter.Seq[netip.Addr] {
	return func(yield func(netip.Addr) bool) {
		for _, s := range t.spans {
			for a := range s.addresses() {
				if !yield(a) {
					return
				}
			}
		}
	}
}

// Prefixes gives the fewest prefixes that hold exactly these addresses.
func (t Targets) Prefixes() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range t.spans {
		s.prefixes(func(p netip.Prefix) bool {
			out = append(out, p)
			return true
		})
	}
	return out
}

// Without gives the targets less the excluded ones.
func (t Targets) Without(excluded Targets) Targets {
	return Targets{subtract(t.spans, excluded.spans)}
}

// String lists the ranges as people write them, the first few of many.
func (t Targets) String() string {
	const most = 4
	var parts []string
	for i, s := range t.spans {
		if i == most {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, s.String())
	}
	return strings.Join(parts, ", ")
}

// TargetsOf gives the addresses of prefixes.
func TargetsOf(prefixes ...netip.Prefix) Targets {
	spans := make([]span, 0, len(prefixes))
	for _, p := range prefixes {
		if p.IsValid() {
			spans = append(spans, spanOf(plain(p)))
		}
	}
	return Targets{merge(spans)}
}

// plain writes an IPv4 prefix that was given in IPv6's clothes as IPv4.
func plain(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p
}
