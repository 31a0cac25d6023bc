package catalogue

import (
	"slices"
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

// parse makes an asset of "vendor | model | os | version | class".
func parse(text string) inventory.Asset {
	cells := strings.Split(text, "|")
	for len(cells) < 5 {
		cells = append(cells, "")
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return inventory.Asset{Vendor: cells[0], Model: cells[1], OSName: cells[2], Version: cells[3], Class: inventory.Class(cells[4])}
}

// parseTitle makes an asset with one title of "name | version | publisher | banner | kind".
func parseTitle(text string) inventory.Asset {
	cells := strings.Split(text, "|")
	for len(cells) < 5 {
		cells = append(cells, "")
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	var a inventory.Asset
	switch cells[4] {
	case "service":
		a.Details.Services = []inventory.Service{{Port: 80, Product: cells[0], Version: cells[1], Banner: cells[3]}}
	case "database":
		kind, name, _ := strings.Cut(cells[0], " ")
		a.Details.Databases = []inventory.Database{{Kind: kind, Name: name, Version: cells[1]}}
	default:
		a.Details.Software = []inventory.Software{{Name: cells[0], Version: cells[1], Publisher: cells[2]}}
	}
	return a
}

func TestTheExamplesOfTheRules(t *testing.T) {
	t.Parallel()
	c := load(t)
	if products, releases := c.Products(); products < 120 || releases < 3000 {
		t.Errorf("%d products with %d releases", products, releases)
	}
	for _, part := range []struct {
		name  string
		rules []rule
		match func(text string) (lifecycle.Match, bool)
		least int
	}{
		{"systems", c.systems, func(text string) (lifecycle.Match, bool) { return c.System(parse(text)) }, 90},
		{"titles", c.titles, func(text string) (lifecycle.Match, bool) {
			found := c.Titles(parseTitle(text))
			if len(found) == 0 {
				return lifecycle.Match{}, false
			}
			return found[0].Match, true
		}, 60},
		{"hardware", c.hardware, func(text string) (lifecycle.Match, bool) { return c.Hardware(parse(text)) }, 12},
	} {
		ran := 0
		for i := range part.rules {
			r := &part.rules[i]
			for text, want := range r.Examples {
				ran++
				m, _ := part.match(text)
				if got := cycleNames(m); m.Label != r.Label || got != want {
					t.Errorf("%s: %q is %s %s, want %s %s", part.name, text, m.Label, got, r.Label, want)
				}
			}
		}
		if ran < part.least {
			t.Errorf("%s: only %d examples", part.name, ran)
		}
	}
}

// cycleNames gives the releases of a match, "?" for none; several of the same
// name are one.
func cycleNames(m lifecycle.Match) string {
	var names []string
	for _, cycle := range m.Cycles {
		if !slices.Contains(names, cycle.Name) {
			names = append(names, cycle.Name)
		}
	}
	if len(names) == 0 {
		return "?"
	}
	return strings.Join(names, " ")
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

func FuzzTitles(f *testing.F) {
	c, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Microsoft SQL Server 2019 (64-bit) | 15.0.2000.5 | Microsoft Corporation | | service")
	f.Fuzz(func(_ *testing.T, text string) { c.Titles(parseTitle(text)) })
}

func FuzzMade(f *testing.F) {
	c, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Cisco", "JAE2445044T")
	f.Fuzz(func(t *testing.T, vendor, serial string) {
		for _, m := range c.Made(inventory.Asset{Vendor: vendor, Serial: serial, Class: inventory.Laptop}, "2026-11-23") {
			if m.From > "2026-11-23" || m.To < m.From || len(m.From) != 10 {
				t.Errorf("%s %q: %+v", vendor, serial, m)
			}
		}
	})
}
