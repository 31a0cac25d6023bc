package catalogue

import (
	"strings"
	"testing"

	"parc/inventory"
	"parc/lifecycle"
)

func load(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// parse makes an asset of "vendor | model | os | version".
func parse(text string) inventory.Asset {
	cells := strings.Split(text, "|")
	for len(cells) < 4 {
		cells = append(cells, "")
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return inventory.Asset{Vendor: cells[0], Model: cells[1], OSName: cells[2], Version: cells[3]}
}

func TestTheExamplesOfTheRules(t *testing.T) {
	t.Parallel()
	c := load(t)
	if products, releases := c.Products(); products < 120 || releases < 3000 {
		t.Errorf("%d products with %d releases", products, releases)
	}
	ran := 0
	for _, r := range c.rules {
		for text, want := range r.Examples {
			ran++
			m, ok := c.System(parse(text))
			if !ok || m.Label != r.Label || len(m.Cycles) != 1 || m.Cycles[0].Name != want {
				t.Errorf("%q is %+v, want %s %s", text, m, r.Product, want)
			}
		}
	}
	if ran < 12 {
		t.Errorf("only %d examples", ran)
	}
}

// The states on 2026-11-23 are those of the makers' dates as endoflife.date has them.
func TestGoldenStates(t *testing.T) {
	t.Parallel()
	c := load(t)
	for text, want := range map[string]lifecycle.SupportState{
		"| | Windows 10 Pro 22H2 10.0.19045 |":                 lifecycle.Ended,
		"| | Microsoft Windows 11 Professionnel 10.0.22631 |":  lifecycle.Ended,
		"| | Windows 11 Entreprise 10.0.26100 |":               lifecycle.Ending,
		"| | Windows 11 Pro 10.0.26100 |":                      lifecycle.Ended,
		"| | Windows 11 Pro 10.0.26200 |":                      lifecycle.Ending,
		"| | Windows Server 2012 R2 Standard 6.3.9600 |":       lifecycle.Ended,
		"| | Windows Server 2016 10.0.14393 |":                 lifecycle.Ending,
		"| | Windows Server 2019 Standard 10.0.17763 |":        lifecycle.Supported,
		"| | Windows Server 2022 10.0.20348 |":                 lifecycle.Supported,
		"| | Windows 7 |":                                      lifecycle.Ended,
		"| | Windows XP 5.1.2600 |":                            lifecycle.Ended,
		"| | Windows 11 Pro 10.0.29999 |":                      lifecycle.NoAnswer,
		"| | Windows 10 |":                                     lifecycle.NoAnswer,
		"| | Debian 11 |":                                      lifecycle.Ended,
		"| | Debian 12 |":                                      lifecycle.Extended,
		"| | Debian 13 |":                                      lifecycle.Supported,
		"| | Ubuntu 20.04 |":                                   lifecycle.Ended,
		"| | Ubuntu 22.04 |":                                   lifecycle.Ending,
		"| | Ubuntu 24.04 |":                                   lifecycle.Supported,
		"| | CentOS 7 |":                                       lifecycle.Ended,
		"VMware | | VMware ESXi 7.0.3 |":                       lifecycle.Ended,
		"VMware | | VMware ESXi 8.0.2 |":                       lifecycle.Ending,
		"Fortinet | FortiGate 60E | | v7.2.6,build1575":        lifecycle.Ended,
		"Fortinet | FortiGate 60F | FortiOS 7.4.3 | v7.4.3":    lifecycle.Supported,
		"Palo Alto Networks | PA-440 | PAN-OS | 10.2.9-h1":     lifecycle.Ended,
		"Cisco | C9300 | IOS-XE 17.9.4 | 17.9.4":               lifecycle.Ended,
		"Cisco | C9300 | IOS-XE 17.12.4 | 17.12.4":             lifecycle.Ending,
		"Cisco | C9300 | IOS-XE 17.15.1 | 17.15.1":             lifecycle.Supported,
		"Proxmox | | Proxmox VE 9.0 |":                         lifecycle.Supported,
		"Proxmox | | Proxmox VE 8.4 |":                         lifecycle.Ended,
		"Apple | | macOS 14.5 |":                               lifecycle.Supported,
		"Apple | | macOS 13.6 |":                               lifecycle.Ended,
		"Synology | DS918+ | DSM 6.2-25556 |":                  lifecycle.Ended,
		"Cisco | WS-C2960X-24TS-L | IOS 15.2(7)E3 | 15.2(7)E3": lifecycle.NoAnswer,
		"HP | LaserJet | | 2409081_000123":                     lifecycle.NoAnswer,
	} {
		if got := lifecycle.SupportOf(parse(text), c, "2026-11-23"); got.State != want {
			t.Errorf("%s: %+v, want %s", text, got, want)
		}
	}
}

func TestTheClassTellsAServer(t *testing.T) {
	t.Parallel()
	a := inventory.Asset{Class: inventory.Server, OSName: "Windows", OSBuild: "17763"}
	if got := lifecycle.SupportOf(a, load(t), "2026-11-23"); got.End != "2029-01-09" {
		t.Errorf("%+v", got)
	}
}

func FuzzSystem(f *testing.F) {
	c, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("| | Windows 10 Pro 22H2 10.0.19045 |")
	f.Fuzz(func(_ *testing.T, text string) { c.System(parse(text)) })
}
