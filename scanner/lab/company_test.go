package lab

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parc/inventory"
)

func testSite(t *testing.T, names ...string) *site {
	t.Helper()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	s, err := newSite(netip.MustParseAddr("127.77.10.0"), names, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTablesAgree(t *testing.T) {
	t.Parallel()
	s := testSite(t)
	if len(s.devices) < 25 {
		t.Errorf("%d devices", len(s.devices))
	}
	owner := map[string]string{} // of everything that must be unique
	claim := func(what, who string) {
		if other, taken := owner[what]; taken && other != who {
			t.Errorf("%s and %s share %s", other, who, what)
		}
		owner[what] = who
	}
	for _, d := range s.devices {
		claim("address "+d.addr.String(), d.name)
		claim("MAC "+d.mac, d.name)
		if d.want.Serial != "" && d.name != "ILO-SRV-SAGE" { // a BMC tells its server's serial
			claim("serial "+d.want.Serial, d.name)
		}
		if d.name != strings.ToUpper(d.name) || d.what == "" || len(d.want.Classes) == 0 {
			t.Errorf("row of %s is not complete", d.name)
		}
		for _, c := range d.want.Classes {
			if !slices.Contains(inventory.Classes(), c) {
				t.Errorf("%s: %q is no class", d.name, c)
			}
		}
		if d.host == spareHost || d.host == 0 || d.host == 255 {
			t.Errorf("%s cannot live at .%d", d.name, d.host)
		}
		ports := map[uint16]bool{}
		for _, one := range d.tcp {
			if ports[one.port] {
				t.Errorf("%s has two services on port %d", d.name, one.port)
			}
			ports[one.port] = true
			if one.port > 65535-PortOffset {
				t.Errorf("%s: port %d cannot move by %d", d.name, one.port, PortOffset)
			}
		}
	}
}

func TestCablesLeadSomewhere(t *testing.T) {
	t.Parallel()
	s := testSite(t)
	used := map[string]bool{}
	for _, l := range cabling {
		for _, name := range []string{l.owner, l.far} {
			if s.byName[name] == nil {
				t.Errorf("a cable leads to %q", name)
			}
		}
		if used[l.owner+" "+l.port] {
			t.Errorf("two cables in port %s of %s", l.port, l.owner)
		}
		used[l.owner+" "+l.port] = true
		owner := s.byName[l.owner]
		if list := owner.ports(); list != nil && !slices.ContainsFunc(list, func(p port) bool { return p.name == l.port }) {
			t.Errorf("%s has no port %s", l.owner, l.port)
		}
	}
	for _, d := range s.devices {
		if len(s.ends(d)) == 0 {
			t.Errorf("%s is not wired", d.name)
		}
	}
}

func TestForwardingFollowsTheCables(t *testing.T) {
	t.Parallel()
	s := testSite(t)
	agents := map[string]*agent{}
	for _, name := range []string{"FW-LEFEVRE", "SW-BUREAU", "SW-ATELIER", "SW-EXPO"} {
		agents[name] = s.byName[name].agent()
	}
	// Each switch has learnt every other MAC, on the port that leads there.
	for _, tc := range []struct{ owner, far, via string }{
		{"SW-BUREAU", "PC-CNC", "Gi1/0/47"}, {"SW-BUREAU", "PC-ACCUEIL", "Gi1/0/30"}, {"SW-BUREAU", "SRV-GED", "Gi1/0/1"},
		{"SW-ATELIER", "PC-CNC", "1"}, {"SW-ATELIER", "NAS-01", "25"}, {"SW-ATELIER", "CAM-ENTREE", "25"}, {"SW-EXPO", "MAC-EXPO", "g1"},
	} {
		owner := s.byName[tc.owner]
		got, ok := agents[tc.owner].tree.get(dot1dTpFdbEntry.child(2).child(macArcs(s.byName[tc.far].mac)...))
		if !ok {
			t.Errorf("%s has not learnt %s", tc.owner, tc.far)
			continue
		}
		bridgePort := berReader{got.value.bytes()}
		n, err := bridgePort.int()
		if err != nil {
			t.Fatal(err)
		}
		index, _ := agents[tc.owner].tree.get(dot1dBasePortEntry.child(2, uint32(n)))
		ifIndex := berReader{index.value.bytes()}
		want, _ := ifIndex.int()
		i := slices.IndexFunc(owner.ports(), func(p port) bool { return p.name == tc.via })
		if i < 0 || int64(owner.ports()[i].index) != want {
			t.Errorf("%s reaches %s over ifIndex %d, want port %s", tc.owner, tc.far, want, tc.via)
		}
	}
	if got := under(&agents["SW-EXPO"].tree, dot1dTpFdbEntry.child(1)); got != len(s.devices)-1 {
		t.Errorf("SW-EXPO has learnt %d MACs, want %d", got, len(s.devices)-1)
	}
	if got := under(&agents["FW-LEFEVRE"].tree, ipNetToMediaEntry.child(1)); got != len(s.devices)-1 {
		t.Errorf("the firewall's ARP table has %d rows, want %d", got, len(s.devices)-1)
	}
	for owner, want := range map[string]int{"SW-BUREAU": 6, "SW-ATELIER": 2, "SW-EXPO": 2, "FW-LEFEVRE": 1} {
		if got := under(&agents[owner].tree, lldpRemEntry.child(9)); got != want {
			t.Errorf("%s has %d LLDP neighbours, want %d", owner, got, want)
		}
	}
}

func TestOnlyNarrowsDown(t *testing.T) {
	t.Parallel()
	s := testSite(t, "SW-BUREAU", "NAS-01")
	if len(s.devices) != 2 {
		t.Fatalf("%d devices", len(s.devices))
	}
	tree := &s.byName["SW-BUREAU"].agent().tree
	if got := under(tree, dot1dTpFdbEntry.child(1)); got != 1 {
		t.Errorf("%d MACs learnt, want the NAS alone", got)
	}
	if _, err := newSite(netip.MustParseAddr("127.77.10.0"), []string{"NONE"}, time.Now); err == nil {
		t.Error("an unknown name was taken")
	}
}

func TestHostileStringsAreThere(t *testing.T) {
	t.Parallel()
	d := testSite(t).byName["PC-CNC"]
	if !strings.HasPrefix(d.sysName(), "=") || !strings.Contains(d.snmp.location, "<script>") || !strings.HasPrefix(d.snmp.contact, "@") {
		t.Error("PC-CNC has become harmless")
	}
}

func TestBooksAreAboutTheDevices(t *testing.T) {
	t.Parallel()
	for _, day := range []inventory.Day{"2026-11-23", "2027-02-28", "2028-02-29", "2030-12-31"} {
		books, s := Business(day), testSite(t)
		paid := map[string]bool{}
		known := func(what string, names ...string) {
			for _, name := range names {
				if s.byName[name] == nil {
					t.Errorf("%s: %s is about %q", day, what, name)
				}
			}
		}
		for _, f := range books.Financings {
			known(f.Reference, f.Devices...)
			for _, name := range f.Devices {
				paid[name] = true
			}
			if f.Price.Minor <= 0 && f.Instalment.Minor <= 0 || len(f.Devices) == 0 || f.Start > day || f.Start.IsZero() {
				t.Errorf("%s: financing %s makes no sense", day, f.Reference)
			}
			if f.Instalment.Minor > 0 && f.Kind != inventory.Subscription && f.Start.AddMonths(f.Months) <= day {
				t.Errorf("%s: lease %s has ended", day, f.Reference)
			}
		}
		for _, d := range s.devices {
			if !paid[d.name] && d.name != "SRV-GED" { // a virtual machine is not bought
				t.Errorf("%s: nobody paid for %s", day, d.name)
			}
		}
		for _, c := range books.Coverages {
			known("coverage", c.Device)
			if c.Start >= c.End {
				t.Errorf("%s: coverage of %s ends before it starts", day, c.Device)
			}
		}
		for _, l := range books.Licences {
			known(l.Product, l.Devices...)
			if l.Quantity <= 0 || l.UnitPrice.Minor <= 0 || !l.End.IsZero() && l.Start >= l.End {
				t.Errorf("%s: licence %s makes no sense", day, l.Product)
			}
		}
		for _, c := range books.Contracts {
			known(c.Title, c.Devices...)
			if c.Start > day || c.Price.Minor <= 0 || c.Months <= 0 || !utf8.ValidString(c.Title+c.Notes) {
				t.Errorf("%s: contract %s makes no sense", day, c.Title)
			}
		}
	}
}

// TestBooksAreAlive keeps the demo interesting: the managed-service contract
// must always be about to need a decision, and something always be about to end.
func TestBooksAreAlive(t *testing.T) {
	t.Parallel()
	for day := inventory.Day("2026-11-01"); day < "2027-12-31"; day = day.AddDays(9) {
		books := Business(day)
		contract := books.Contracts[0]
		notice := contract.Start.AddMonths(contract.Months).AddDays(-1).AddMonths(-contract.NoticeMonths)
		if left := day.Until(notice); left < -1 || left > 31 {
			t.Errorf("%s: notice of the managed service is due on %s, in %d days", day, notice, left)
		}
		soon := 0
		for _, l := range books.Licences {
			if left := day.Until(l.End); !l.End.IsZero() && left >= 0 && left <= 60 {
				soon++
			}
		}
		if soon < 2 {
			t.Errorf("%s: only %d licences end soon", day, soon)
		}
	}
}

func TestMatchFindsTheDevice(t *testing.T) {
	t.Parallel()
	devices := []Device{
		{Address: netip.MustParseAddr("127.77.10.12"), Name: "SRV-SAGE", Expect: Expect{Serial: "CZ24410B7K", Hostname: "SRV-SAGE"}},
		{Address: netip.MustParseAddr("127.77.10.14"), Name: "ILO-SRV-SAGE", Expect: Expect{Serial: "CZ24410B7K", Hostname: "ILOCZ24410B7K"}},
	}
	for _, tc := range []struct {
		asset inventory.Asset
		want  string
	}{
		{inventory.Asset{Address: "127.77.10.14", Serial: "CZ24410B7K"}, "ILO-SRV-SAGE"},
		{inventory.Asset{Address: "127.77.10.12", Serial: "CZ24410B7K"}, "SRV-SAGE"},
		{inventory.Asset{Hostname: "ILOCZ24410B7K"}, "ILO-SRV-SAGE"},
		{inventory.Asset{Address: "10.0.0.1"}, ""},
		{inventory.Asset{}, ""},
	} {
		got, ok := Match(devices, tc.asset)
		if got.Name != tc.want || ok != (tc.want != "") {
			t.Errorf("%+v: got %q, want %q", tc.asset, got.Name, tc.want)
		}
	}
}
