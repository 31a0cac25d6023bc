package catalogue

import (
	"fmt"
	"testing"

	"parc/inventory"
	"parc/lifecycle"
)

// fleet is of many things and few kinds, as fleets are.
func fleet(n int) []inventory.Asset {
	kinds := []inventory.Asset{
		{Class: inventory.Laptop, Vendor: "HP", Model: "EliteBook 840 G8", OSName: "Microsoft Windows 11 Professionnel", OSBuild: "10.0.26100"},
		{Class: inventory.Server, Vendor: "Dell", Model: "PowerEdge R640", OSName: "Debian GNU/Linux 12 (bookworm)"},
		{Class: inventory.Firewall, Vendor: "Fortinet", Model: "FortiGate 60F", OSName: "FortiOS", Version: "v7.4.3,build2573"},
		{Class: inventory.Printer, Vendor: "HP", Model: "LaserJet M506", Version: "2409081_000123"},
		{Class: inventory.Switch, Vendor: "Cisco", Model: "WS-C2960L-8TS-LL", OSName: "IOS", Version: "15.2(7)E3"},
	}
	all := make([]inventory.Asset, n)
	for i := range all {
		all[i] = kinds[i%len(kinds)]
		all[i].Model += fmt.Sprint(" ", i%300)
	}
	return all
}

func BenchmarkSupportOf100000(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	assets := fleet(100_000)
	b.ResetTimer()
	for b.Loop() {
		for i := range assets {
			lifecycle.SupportOf(assets[i], c, "2026-11-23")
		}
	}
}

// What is remembered is what would be found anew, also when others write into it.
func TestWhatIsRememberedStaysRight(t *testing.T) {
	t.Parallel()
	c := load(t)
	for _, a := range fleet(memoSize/10 + 5) {
		first, ok := c.System(a)
		for i := range first.Cycles {
			first.Cycles[i].Name = "spoilt"
		}
		second, again := c.System(a)
		if ok != again || len(second.Cycles) != len(first.Cycles) || len(second.Cycles) > 0 && second.Cycles[0].Name == "spoilt" {
			t.Fatalf("%+v", second)
		}
	}
	m := newMemo[int, int]()
	for i := range 3 * memoSize {
		if got := m.of(i, func() int { return i }); got != i || len(m.known) > memoSize {
			t.Fatalf("%d gives %d, with %d remembered", i, got, len(m.known))
		}
	}
}
