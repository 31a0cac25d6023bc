package lab

import (
	"fmt"
	"net/netip"
	"slices"
	"time"
)

// specs gives every row of every table.
func specs() []spec {
	return slices.Concat(firewalls(), switches(), accessPoints(), servers(), storage(), power(), printers(), cameras(), telephones(), workstations())
}

// site is the company's network with its addresses: what parts need to know
// beyond their own device.
type site struct {
	base    netip.Addr
	started time.Time
	now     func() time.Time
	devices []*device
	byName  map[string]*device
}

// newSite places the devices at base+host. Names narrows them down to some;
// none means all. Cables to devices that are left out lead nowhere.
func newSite(base netip.Addr, names []string, now func() time.Time) (*site, error) {
	s := &site{base: base, started: now(), now: now, byName: map[string]*device{}}
	for _, row := range specs() {
		if len(names) > 0 && !slices.Contains(names, row.name) {
			continue
		}
		d := &device{spec: row, addr: s.address(row.host), site: s}
		s.devices = append(s.devices, d)
		s.byName[row.name] = d
	}
	for _, name := range names {
		if s.byName[name] == nil {
			return nil, fmt.Errorf("the lab has no device %q", name)
		}
	}
	slices.SortFunc(s.devices, func(a, b *device) int { return a.addr.Compare(b.addr) })
	return s, nil
}

// address gives the address of a host number.
func (s *site) address(host byte) netip.Addr {
	four := s.base.As4()
	four[3] = host
	return netip.AddrFrom4(four)
}

// since gives how long a thing has been up that was started so many days
// before the lab.
func (s *site) since(days int) time.Duration {
	return time.Duration(days)*24*time.Hour + s.now().Sub(s.started)
}
