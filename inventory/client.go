package inventory

import (
	"net/netip"
	"strings"
	"time"
)

// Client is a company whose equipment the provider looks after. Everything but
// the catalogue and the users belongs to exactly one client.
type Client struct {
	ID        string    `json:"id" gorm:"primaryKey"`
	Name      string    `json:"name"`
	Notes     string    `json:"notes,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

// Site is a place of a client: an address, and the networks that may be
// scanned there.
type Site struct {
	ID        string    `json:"id" gorm:"primaryKey"`
	ClientID  string    `json:"client_id"`
	Name      string    `json:"name"`
	Address   string    `json:"address,omitempty"`
	Networks  []Network `json:"networks" gorm:"serializer:json"`
	CreatedAt time.Time `json:"created_at"`
}

// FirstSite is the name of a client's first site, where nobody names it.
const FirstSite = "Siège"

// Network is a declared range: scans of the site stay inside these.
type Network struct {
	Prefix netip.Prefix `json:"prefix"`
	Label  string       `json:"label,omitempty"`
}

// Ranges gives the prefixes of the declared networks.
func (s Site) Ranges() []netip.Prefix {
	ranges := make([]netip.Prefix, len(s.Networks))
	for i, n := range s.Networks {
		ranges[i] = n.Prefix
	}
	return ranges
}

// ParseNetwork reads a CIDR, or a single address as the range of one; host bits
// must be zero. Public ranges are Invalid unless public is true: a provider
// scans what its client owns.
func ParseNetwork(s string, public bool) (Network, error) {
	s = strings.TrimSpace(s)
	p, err := netip.ParsePrefix(s)
	if err != nil {
		a, aerr := netip.ParseAddr(s)
		if aerr != nil {
			return Network{}, Errorf(Invalid, "%q is no network: write it as 192.168.1.0/24", CleanTo(s, 60))
		}
		a = a.Unmap()
		p = netip.PrefixFrom(a, a.BitLen())
	}
	if p != p.Masked() {
		return Network{}, Errorf(Invalid, "network %s has host bits: did you mean %s?", p, p.Masked())
	}
	if !public && !privateRange(p) {
		return Network{}, Errorf(Invalid, "network %s is public: only private ranges may be declared", p)
	}
	return Network{Prefix: p}, nil
}

func privateRange(p netip.Prefix) bool {
	for _, private := range []string{
		"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
		"127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128",
	} {
		r := netip.MustParsePrefix(private)
		if r.Bits() <= p.Bits() && r.Contains(p.Addr()) {
			return true
		}
	}
	return false
}

// ClientFilter selects clients. The zero filter selects every one in scope.
type ClientFilter struct {
	Name string // exact name, "" for all
	Page Page
}

// Page asks for a part of a list by keyset: what comes after the cursor that
// the previous part gave. Limit 0 means 50; the most is 500.
type Page struct {
	After string
	Limit int
}

// The sizes of a page.
const (
	DefaultPage = 50
	MaxPage     = 500
)

// Size gives the limit within its bounds.
func (p Page) Size() int {
	if p.Limit <= 0 {
		return DefaultPage
	}
	return min(p.Limit, MaxPage)
}
