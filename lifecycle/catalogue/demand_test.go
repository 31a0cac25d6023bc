package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
	"parc/lifecycle"
)

func TestInstalledTitlesBecomeProducts(t *testing.T) {
	t.Parallel()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, publisher, origin string
		kind                    lifecycle.InstalledKind
		product, edition, maker string
	}{
		{"Microsoft 365 Apps for business - fr-fr", "Microsoft Corporation", "", "paid", "Microsoft 365 Apps", "business", "Microsoft"},
		{"Microsoft 365 Apps for business - en-us", "Microsoft Corp.", "", "paid", "Microsoft 365 Apps", "business", "Microsoft"},
		{"Applications Microsoft 365 pour les PME - fr-fr", "Microsoft Corporation", "", "paid", "Microsoft 365 Apps", "business", "Microsoft"},
		{"Microsoft® Office Professionnel Plus 2019 - fr-fr", "", "", "paid", "Microsoft Office", "Professional Plus", "Microsoft"},
		{"Fastmag 12.4.1", "FASTMAG SAS", "", "paid", "Fastmag", "", "FASTMAG SAS"},
		{"KEZIA II v3.2", "", "", "paid", "KEZIA", "", ""},
		{"Adobe Acrobat (64-bit)", "Adobe", "", "ask", "Adobe Acrobat", "", "Adobe"},
		{"Adobe Acrobat Reader DC - Français", "Adobe Systems Incorporated", "", "free", "Adobe Acrobat Reader", "", "Adobe"},
		{"KB5049624", "", "", "update", "KB5049624", "", ""},
		{"Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.38.33135", "Microsoft Corporation", "", "runtime", "Microsoft Visual C++ 2015-2022 Redistributable", "", "Microsoft"},
		{"Outil maison 3.1.4 (x64)", "Dupont SARL", "", "unknown", "Outil maison", "", "Dupont SARL"},
		{"Outil maison 3.2.0 (x86)", "Dupont SARL", "", "unknown", "Outil maison", "", "Dupont SARL"},
		{"libssl3", "Debian", "deb", "part", "libssl3", "", "Debian"},
		{"git", "", "deb", "part", "git", "", ""},
		{"teamviewer", "TeamViewer GmbH", "deb", "paid", "TeamViewer", "", "TeamViewer"},
		{"2024", "", "", "unknown", "2024", "", ""},
		{"", "", "", "unknown", "", "", ""},
	} {
		in := c.Installed(inventory.Software{Name: tc.name, Publisher: tc.publisher, Origin: tc.origin, Version: "9"})
		if in.Kind != tc.kind || in.Product != tc.product || in.Edition != tc.edition || in.Publisher != tc.maker || in.Version != "9" {
			t.Errorf("%s: %+v", tc.name, in)
		}
	}
}

func TestLicencesAreForProducts(t *testing.T) {
	t.Parallel()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Microsoft 365 Business Premium": "Microsoft 365 Apps", "Office 365 E3": "Microsoft 365 Apps", "M365 Business Standard": "Microsoft 365 Apps",
		"Microsoft 365 Business Basic": "", "Office 2021 Standard": "Microsoft Office", "Windows Server 2022 Standard 16 core": "Windows Server Standard",
		"Windows Server 2022 CAL user": "Windows Server CAL", "RDS CAL 2022": "Remote Desktop Services CAL", "SQL Server 2022 Standard": "SQL Server Standard",
		"SQL Server 2019 CAL": "SQL Server CAL", "ESET PROTECT Entry": "ESET Endpoint", "Sophos Central Intercept X": "Sophos Endpoint", "Creative Cloud All Apps": "Adobe Creative Cloud",
		"AEC Collection": "AEC Collection", "Acrobat Pro": "Adobe Acrobat", "AutoCAD LT": "AutoCAD LT", "autocad": "AutoCAD", "Fastmag": "Fastmag",
		"Windows 11 Pro": "Windows", "Logiciel maison": "", "": "",
	} {
		if got := c.Licensed(name); got != want {
			t.Errorf("a licence %q is for %q, want %q", name, got, want)
		}
	}
}

// pc is a computer with titles and a user.
func pc(id string, class inventory.Class, user, system string, titles ...string) inventory.Asset {
	a := inventory.Asset{ID: id, Class: class, State: inventory.InService, OSName: system, Hostname: id, Values: map[inventory.Field]inventory.Value{}}
	if user != "" {
		a.Values[inventory.FieldUser] = inventory.Value{Value: user}
	}
	for _, name := range titles {
		a.Details.Software = append(a.Details.Software, inventory.Software{Name: name})
	}
	return a
}

func processors(a inventory.Asset, cores ...int) inventory.Asset {
	for _, n := range cores {
		a.Details.Components = append(a.Details.Components, inventory.Component{Kind: inventory.ComponentProcessor, Name: "Xeon", Cores: n})
	}
	return a
}

func standing(t *testing.T, assets []inventory.Asset, licences ...inventory.Licence) map[string]lifecycle.Position {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	positions, err := lifecycle.Standing(assets, licences, c, "2026-11-24")
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]lifecycle.Position{}
	for _, p := range positions {
		by[p.Product] = p
	}
	return by
}

func TestStandingCountsDevicesAndPeople(t *testing.T) {
	t.Parallel()
	retired := pc("c", inventory.Laptop, "zoe", "Windows 11 Pro", "TeamViewer 15")
	retired.State = inventory.Retired
	by := standing(t, []inventory.Asset{
		// Two languages and two bits of one product are one installation.
		pc("a", inventory.Laptop, `DUPONT\Marie`, "Windows 11 Pro", "Microsoft 365 Apps for business - fr-fr", "Microsoft 365 Apps for business - en-us", "TeamViewer 15", "TeamViewer 15 (x64)", "Adobe Acrobat (64-bit)"),
		pc("b", inventory.Desktop, "marie", "Windows 11 Pro", "Microsoft 365 Apps for enterprise - fr-fr", "Adobe Photoshop 2024", "Adobe InDesign 2024"),
		retired,
	},
		inventory.Licence{ID: "1", Product: "Microsoft 365 Business Standard", Metric: "user", Quantity: 1, Kind: "subscription", End: "2027-01-01"},
		inventory.Licence{ID: "2", Product: "Microsoft 365 Business Premium", Metric: "user", Quantity: 2, Kind: "subscription", End: "2027-01-01"},
		inventory.Licence{ID: "3", Product: "Adobe Creative Cloud All Apps", Metric: "user", Quantity: 1, Kind: "subscription", End: "2027-01-01"},
	)
	if m := by["Microsoft 365 Apps"]; m.Entitled != 3 || m.Used != 1 || m.Gap != 2 || len(m.Licences) != 2 || len(m.DeviceIDs) != 2 {
		t.Errorf("two plans of one product: %+v", m)
	}
	if v := by["TeamViewer"]; v.Metric != "concurrent" || v.Counted || len(v.DeviceIDs) != 1 || v.Entitled != 0 {
		t.Errorf("concurrent use is not known: %+v", v)
	}
	nobody := standing(t, []inventory.Asset{pc("d", inventory.Laptop, "", "", "AutoCAD 2024")})["AutoCAD"]
	if text := lifecycle.NotesIn("en", nobody.Notes); nobody.Counted || !slices.Equal(text, []string{"found on 1 device, which does not tell how many user licences that makes", "no licence is recorded"}) {
		t.Errorf("where no user is known at all: %q", text)
	}
	if s := by["Adobe Creative Cloud"]; s.Used != 1 || s.Gap != 0 || len(s.DeviceIDs) != 1 {
		t.Errorf("a suite: %+v", s)
	}
	if _, alone := by["Adobe Photoshop"]; alone {
		t.Error("what the suite covers stands by itself, too")
	}
	if a := by["Adobe Acrobat"]; a.Used != 0 || len(a.DeviceIDs) != 0 || strings.Join(lifecycle.NotesIn("fr", a.Notes), "; ") != "à vérifier sur 1 appareil : l’installateur est le même pour Acrobat et pour Reader, gratuit; aucune licence enregistrée" {
		t.Errorf("what has to be asked is not counted: %+v", a)
	}
}

func TestStandingOfSystems(t *testing.T) {
	t.Parallel()
	oem := pc("oem", inventory.Laptop, "a", "Microsoft Windows 11 Professionnel")
	oem.Details.Licences = []inventory.FoundLicence{{Name: "Microsoft Windows 11 Professionnel", ProductID: "00330-80000-00000-AAOEM"}}
	kms := pc("kms", inventory.Laptop, "b", "Microsoft Windows 11 Professionnel")
	kms.Details.Licences = []inventory.FoundLicence{{Name: "Windows 11", FullName: "Windows(R), VOLUME_KMSCLIENT channel"}}
	host := processors(pc("hv", inventory.Server, "", "Microsoft Windows Server 2022 Standard"), 12, 12)
	host.Details.Guests = []inventory.Guest{{Name: "dc1", UUID: "u1"}, {Name: "fs1", UUID: "u2"}, {Name: "app1", UUID: "u3"}, {Name: "linux", UUID: "u4"}}
	guest := func(name, uuid string) inventory.Asset {
		a := pc(name, inventory.VirtualMachine, "", "Microsoft Windows Server 2022 Standard")
		a.UUID = uuid
		return a
	}
	by := standing(t, []inventory.Asset{
		oem, kms, pc("silent", inventory.Desktop, "c", "Windows 10 Pro"), host, guest("dc1", "u1"), guest("fs1", "u2"), guest("app1", "u3"), guest("lost", "u9"),
		processors(pc("old", inventory.Server, "", "Microsoft Windows Server 2016 Standard"), 0),
	}, inventory.Licence{ID: "ws", Product: "Windows Server 2022 Standard", Metric: "core", Quantity: 12, PackSize: 2, Kind: "perpetual"})
	w := by["Windows"]
	if why := strings.Join(lifecycle.NotesIn("en", w.Notes), "; "); w.Used != 1 || !slices.Equal(w.DeviceIDs, []string{"kms"}) || !strings.Contains(why, "1 more device carries") || !strings.Contains(why, "1 more device does not tell") {
		t.Errorf("Windows %+v", w)
	}
	// Three guests want two sets of 24 cores; one guest's server and one server's cores are not known.
	s := by["Windows Server Standard"]
	if why := strings.Join(lifecycle.NotesIn("en", s.Notes), "; "); s.Used != 48 || s.Entitled != 24 || s.Buy != 12 || !strings.Contains(why, "cores of 1 more") || !strings.Contains(why, "1 more virtual machine ") {
		t.Errorf("Windows Server %+v", s)
	}
	if c := by["Windows Server CAL"]; c.Used != 3 || c.Gap != -3 || c.Metric != "cal" {
		t.Errorf("access %+v", c)
	}
	sql := processors(pc("sql", inventory.VirtualMachine, "", "Microsoft Windows Server 2022 Datacenter", "Microsoft SQL Server 2022 Standard"), 6)
	if p := standing(t, []inventory.Asset{sql})["SQL Server Standard"]; p.Used != 6 || p.Metric != "core" {
		t.Errorf("SQL Server %+v", p)
	}
}

func TestProductsOnDevices(t *testing.T) {
	t.Parallel()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	retired := pc("old", inventory.Laptop, "", "", "Fastmag 11")
	retired.State = inventory.Retired
	assets := []inventory.Asset{
		pc("a", inventory.Laptop, "", "", "Fastmag 12", "FASTMAG 12 (x64)", "7-Zip 23.01 (x64)", "KB5049624"), pc("b", inventory.Laptop, "", "", "Fastmag 11", "Adobe Acrobat (64-bit)"), retired,
	}
	uses := lifecycle.ProductsOn(assets, c, false)
	if len(uses) != 3 || uses[0].Product != "Fastmag" || uses[0].Metric != "device" || len(uses[0].DeviceIDs) != 2 || uses[1].Kind != lifecycle.InstalledFree && uses[1].Kind != lifecycle.InstalledAsk {
		t.Errorf("%+v", uses)
	}
	if all := lifecycle.ProductsOn(assets, c, true); len(all) != 4 {
		t.Errorf("%+v", all)
	}
}

func TestPortfolio(t *testing.T) {
	t.Parallel()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	assets := []inventory.Asset{
		pc("a", inventory.Laptop, "", "", "Fastmag 12", "7-Zip 23.01 (x64)", "KB5049624", "KB5049625"), pc("b", inventory.Laptop, "", "", "Fastmag 11", "Adobe Acrobat (64-bit)"),
	}
	licences := []inventory.Licence{{ID: "l", Publisher: "Fastmag", Product: "Fastmag", Metric: "device", Quantity: 1, Start: "2026-01-01"}}
	p, err := lifecycle.PortfolioOf(assets, licences, c, "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	if p.Aside[lifecycle.InstalledUpdate] != 2 || len(p.Aside) != 1 {
		t.Errorf("set aside: %v", p.Aside)
	}
	for _, tt := range []struct {
		name string
		f    lifecycle.PortfolioFilter
		want []string
	}{
		{"products", lifecycle.PortfolioFilter{}, []string{"Fastmag", "7-Zip", "Adobe Acrobat"}},
		{"what may want a licence", lifecycle.PortfolioFilter{Kinds: []lifecycle.InstalledKind{lifecycle.InstalledPaid, lifecycle.InstalledAsk}}, []string{"Fastmag", "Adobe Acrobat"}},
		{"what is set aside", lifecycle.PortfolioFilter{Kinds: []lifecycle.InstalledKind{lifecycle.InstalledUpdate}}, []string{"KB5049624", "KB5049625"}},
		{"missing", lifecycle.PortfolioFilter{Missing: true}, []string{"Fastmag"}},
		{"by name", lifecycle.PortfolioFilter{Text: "ACROBAT"}, []string{"Adobe Acrobat"}},
		{"by publisher", lifecycle.PortfolioFilter{Text: "adobe"}, []string{"Adobe Acrobat"}},
		{"nothing", lifecycle.PortfolioFilter{Text: "zzz"}, nil},
	} {
		var got []string
		for _, h := range p.Select(tt.f) {
			got = append(got, h.Product)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if x := p.Select(lifecycle.PortfolioFilter{Missing: true})[0].Positions; len(x) != 1 || x[0].Entitled != 1 || x[0].Gap != -1 {
		t.Errorf("%+v", x)
	}
}

func BenchmarkStanding(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	assets := make([]inventory.Asset, 10_000)
	for i := range assets {
		titles := make([]string, 100)
		for n := range titles {
			titles[n] = fmt.Sprintf("Programme %d %d.%d (x64)", n*(1+i%20), n%9, i%7)
		}
		titles[0], titles[1] = "Microsoft 365 Apps for business - fr-fr", "TeamViewer 15"
		assets[i] = pc(fmt.Sprintf("pc-%d", i), inventory.Laptop, fmt.Sprintf("user%d", i), "Windows 11 Pro", titles...)
	}
	licences := []inventory.Licence{{ID: "1", Product: "Microsoft 365 Business Standard", Metric: "user", Quantity: 9000, Kind: "subscription"}}
	for b.Loop() {
		if _, err := lifecycle.Standing(assets, licences, c, "2026-11-24"); err != nil {
			b.Fatal(err)
		}
	}
}
