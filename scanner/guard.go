package scanner

import (
	"net/netip"
	"strings"

	"parc/inventory"
)

// guard knows which addresses may be sent a packet. It is the one door to the
// network: what Run is asked for is checked against it before anything else,
// and every connection passes it again.
type guard struct {
	allowed Targets
}

// newGuard makes the guard of a scan. Public addresses are never allowed
// unless public is true: a provider scans what its client owns.
func newGuard(allowed []netip.Prefix, public bool) (guard, error) {
	if len(allowed) == 0 {
		return guard{}, inventory.Errorf(inventory.OutOfRange, "no network is declared for the site: declare the ones that may be scanned, such as 192.168.1.0/24")
	}
	for _, p := range allowed {
		if !p.IsValid() {
			return guard{}, inventory.Errorf(inventory.Invalid, "a declared network of the site is not valid")
		}
		if public {
			continue
		}
		if _, err := inventory.ParseNetwork(plain(p).Masked().String(), false); err != nil {
			return guard{}, inventory.Errorf(inventory.OutOfRange, "%s is public: only private ranges are scanned", plain(p).Masked())
		}
	}
	return guard{TargetsOf(allowed...)}, nil
}

// may tells whether the address may be sent a packet.
func (g guard) may(a netip.Addr) bool { return g.allowed.Contains(a) }

// refuse gives the error for an address that slipped through.
func (g guard) refuse(a netip.Addr) error {
	return Targets{[]span{{a, a}}}.Within(g.allowed.Prefixes())
}

// Within tells whether every target is inside the allowed networks. The error
// is OutOfRange; it names the first that is not, and the network that would
// have to be declared for it.
func (t Targets) Within(allowed []netip.Prefix) error {
	outside := subtract(t.spans, TargetsOf(allowed...).spans)
	if len(outside) == 0 {
		return nil
	}
	verb := "is"
	if outside[0].size() > 1 {
		verb = "are"
	}
	return inventory.Errorf(inventory.OutOfRange, "%s %s outside the declared networks of the site (%s): declare %s for the site, or leave it out",
		outside[0], verb, listed(allowed), around(outside))
}

// listed names networks, the first few of many.
func listed(networks []netip.Prefix) string {
	if len(networks) == 0 {
		return "none is declared"
	}
	const most = 6
	var names []string
	for i, p := range networks {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, p.String())
	}
	return strings.Join(names, ", ")
}

// around gives the network that one would declare for addresses: the smallest
// that holds the first span and what else is near it, a /24 or a /64 at least.
func around(outside []span) netip.Prefix {
	least, most := 24, 16
	if outside[0].from.Is6() {
		least, most = 64, 48
	}
	best := covering(outside[0], least)
	for _, s := range outside[1:] {
		wider := covering(span{outside[0].from, s.to}, least)
		if !sameFamily(outside[0].from, s.to) || wider.Bits() < most {
			break
		}
		best = wider
	}
	return best
}

// covering gives the smallest prefix of at most so many bits that holds the span.
func covering(s span, bits int) netip.Prefix {
	for ; bits > 0; bits-- {
		if p := netip.PrefixFrom(s.from, bits).Masked(); p.Contains(s.to) {
			return p
		}
	}
	return netip.PrefixFrom(s.from, 0).Masked()
}
