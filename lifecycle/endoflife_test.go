package lifecycle_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/catalogue"
)

const today = inventory.Day("2026-11-23")

func products(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// with gives the asset with values that an agent told.
func with(a inventory.Asset, values map[inventory.Field]string) inventory.Asset {
	a.Values = map[inventory.Field]inventory.Value{}
	for f, v := range values {
		a.Values[f] = inventory.Value{Value: v, Source: inventory.FromAgent}
	}
	return a
}

func seen(day string) time.Time { return inventory.Day(day).Time() }

func TestEstimatePurchase(t *testing.T) {
	t.Parallel()
	laptop := inventory.Asset{ID: "1", Class: inventory.Laptop, Vendor: "HP", Serial: "CND3210W9M", FirstSeen: seen("2026-01-05")}
	for _, c := range []struct {
		name   string
		asset  inventory.Asset
		day    inventory.Day
		want   inventory.Day
		reason lifecycle.StartReason
		sure   inventory.Confidence
	}{
		{"Cisco", inventory.Asset{Vendor: "Cisco", Serial: "JAE2445044T"}, today, "2020-11-02", lifecycle.StartSerial, inventory.High},
		{"Cisco, old", inventory.Asset{Vendor: "Cisco", Serial: "SAD08300ABC"}, today, "2004-07-19", lifecycle.StartSerial, inventory.High},
		{"a number from the future is none", inventory.Asset{Vendor: "Cisco", Serial: "FVH2849L0CA"}, "2024-06-01", "", "", 0},
		{"a decade in doubt takes the latest", laptop, today, "2023-05-22", lifecycle.StartSerial, inventory.Low},
		{"on a day before it there is one decade", laptop, "2014-02-01", "2013-05-20", lifecycle.StartSerial, inventory.Low},
		{"the firmware tells the decade", with(laptop, map[inventory.Field]string{inventory.FieldBIOSDate: "03/14/2014"}), today, "2013-05-20", lifecycle.StartSerial, inventory.High},
		{"the installed system tells it", with(laptop, map[inventory.Field]string{inventory.FieldFirstInstalled: "2015-02-03T10:00:00Z"}), today, "2013-05-20", lifecycle.StartSerial, inventory.Low},
		{"the processor tells it", with(laptop, map[inventory.Field]string{inventory.FieldProcessor: "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz"}), today, "2023-05-22", lifecycle.StartSerial, inventory.High},
		{"the processor bears out the older decade", with(laptop, map[inventory.Field]string{inventory.FieldProcessor: "Intel(R) Core(TM) i5-4300U CPU @ 1.90GHz", inventory.FieldFirstInstalled: "2019-05-02"}), today, "2013-05-20", lifecycle.StartSerial, inventory.High},
		{"a Dell tag tells nothing: the firmware", with(inventory.Asset{Vendor: "Dell Inc.", Serial: "4XK1234", Class: inventory.Laptop, FirstSeen: seen("2026-01-05")},
			map[inventory.Field]string{inventory.FieldBIOSDate: "2021-03-04", inventory.FieldFirstInstalled: "2021-06-01"}), today, "2021-03-04", lifecycle.StartBIOS, inventory.Low},
		{"a firmware newer than the installed system is an update", with(inventory.Asset{Vendor: "Dell Inc.", Serial: "4XK1234", Class: inventory.Laptop, FirstSeen: seen("2026-01-05")},
			map[inventory.Field]string{inventory.FieldBIOSDate: "2025-03-04", inventory.FieldFirstInstalled: "2021-06-01"}), today, "2021-06-01", lifecycle.StartInstalled, inventory.Low},
		{"the processor's launch", with(inventory.Asset{Vendor: "Lenovo", Serial: "PF1ABCDE", FirstSeen: seen("2026-01-05")},
			map[inventory.Field]string{inventory.FieldProcessor: "Intel(R) Core(TM) i7-6700HQ CPU @ 2.60GHz"}), today, "2015-08-05", lifecycle.StartProcessor, inventory.Low},
		{"the model's launch", inventory.Asset{Vendor: "Stormshield", Model: "SN210", FirstSeen: seen("2026-01-05")}, today, "2017-04-01", lifecycle.StartModel, inventory.Low},
		{"first seen", inventory.Asset{Vendor: "Acme", FirstSeen: seen("2026-01-05")}, today, "2026-01-05", lifecycle.StartFirstSeen, inventory.Low},
		{"nothing", inventory.Asset{}, today, "", "", 0},
	} {
		got := lifecycle.EstimatePurchase(c.asset, products(t), c.day)
		if got.Day != c.want || got.Reason != c.reason || got.Confidence != c.sure {
			t.Errorf("%s: %+v, want %s by %s (%d)", c.name, got, c.want, c.reason, c.sure)
		}
		if !got.Day.IsZero() && (!got.Estimate || got.To < got.Day || got.To > c.day) {
			t.Errorf("%s: not an estimate with its range before the day: %+v", c.name, got)
		}
	}
}

func TestAFactReplacesTheEstimate(t *testing.T) {
	t.Parallel()
	c := products(t)
	a := inventory.Asset{ID: "1", Vendor: "Cisco", Serial: "JAE2445044T"}
	covers := []inventory.Coverage{{AssetID: "1", Kind: "manufacturer", Start: "2020-12-01"}, {AssetID: "1", Kind: "extension", Start: "2019-01-01"}, {AssetID: "2", Kind: "manufacturer", Start: "2001-01-01"}}
	pays := []inventory.Financing{{Start: "2020-12-15", AssetIDs: []string{"1"}}, {Start: "2024-01-01", AssetIDs: []string{"1"}}, {Start: "2001-01-01", AssetIDs: []string{"2"}}}
	for _, x := range []struct {
		name       string
		asset      inventory.Asset
		financings []inventory.Financing
		coverages  []inventory.Coverage
		want       inventory.Day
		reason     lifecycle.StartReason
	}{
		{"said", with(a, map[inventory.Field]string{inventory.FieldPurchased: "2020-12-20"}), pays, covers, "2020-12-20", lifecycle.StartSaid},
		{"bought", a, pays, covers, "2020-12-15", lifecycle.StartFinancing},
		{"covered", a, nil, covers, "2020-12-01", lifecycle.StartCoverage},
		{"estimated", a, nil, nil, "2020-11-02", lifecycle.StartSerial},
	} {
		got := lifecycle.StartOf(x.asset, x.financings, x.coverages, c, today)
		if got.Day != x.want || got.Reason != x.reason || got.Estimate != (x.reason == lifecycle.StartSerial) {
			t.Errorf("%s: %+v", x.name, got)
		}
	}
}

func TestTheThreeEndsOfLife(t *testing.T) {
	t.Parallel()
	c := products(t)
	policy := inventory.Policy{LifeMonths: map[inventory.Class]int{inventory.Server: 60, inventory.Firewall: 60}}
	server := inventory.Asset{ID: "1", Class: inventory.Server, OSName: "Windows Server 2019"}
	start := lifecycle.Start{Day: "2020-03-15", Reason: lifecycle.StartFinancing}
	e := lifecycle.EndOfLife(server, c, policy, start, today)
	if len(e.Vendor) != 1 || e.Vendor[0].Day != "2029-01-09" || e.Vendor[0].Source != "endoflife.date" || e.Vendor[0].SeenAt.IsZero() {
		t.Errorf("vendor %+v", e.Vendor)
	}
	if e.Policy == nil || e.Policy.Day != "2025-03-15" || e.Policy.Estimate || e.Effective.Kind != lifecycle.EndPolicy {
		t.Errorf("policy %+v, effective %+v", e.Policy, e.Effective)
	}
	server = with(server, map[inventory.Field]string{inventory.FieldEndOfLife: "2030-06-30"})
	if e = lifecycle.EndOfLife(server, c, policy, start, today); e.Override == nil || e.Effective.Day != "2030-06-30" || e.Effective.Kind != lifecycle.EndOverride || e.Policy == nil || len(e.Vendor) != 1 {
		t.Errorf("override: %+v", e)
	}
	firewall := inventory.Asset{Class: inventory.Firewall, Vendor: "Stormshield", Model: "SN210", Version: "4.3.11"}
	e = lifecycle.EndOfLife(firewall, c, policy, lifecycle.Start{}, today)
	if len(e.Vendor) != 2 || e.Vendor[0].Kind != lifecycle.EndSystem || e.Vendor[0].Day != "2026-03-31" || e.Vendor[1].Day != "2028-12-31" ||
		e.Policy != nil || e.Effective.Day != "2026-03-31" {
		t.Errorf("firewall %+v", e)
	}
	debian := inventory.Asset{Class: inventory.Server, OSName: "Debian GNU/Linux 12"}
	if e = lifecycle.EndOfLife(debian, c, inventory.Policy{}, lifecycle.Start{}, today); e.Vendor[0].Day != "2028-06-30" || !strings.Contains(e.Vendor[0].Reason, "2026-07-11") {
		t.Errorf("a free extension counts: %+v", e.Vendor)
	}
	unknown := inventory.Asset{Class: inventory.Switch, Vendor: "Cisco", OSName: "IOS", Version: "15.2(2)E7"}
	if e = lifecycle.EndOfLife(unknown, c, inventory.Policy{}, lifecycle.Start{}, today); len(e.Vendor) != 1 || e.Vendor[0].State != lifecycle.NoAnswer || e.Effective != nil {
		t.Errorf("unknown stays unknown: %+v", e)
	}
}

func TestUpdates(t *testing.T) {
	t.Parallel()
	c := products(t)
	for _, x := range []struct {
		asset  inventory.Asset
		branch string
		behind inventory.Answer
		state  lifecycle.SupportState
	}{
		{inventory.Asset{Vendor: "MikroTik", OSName: "RouterOS", Version: "7.20.6"}, "7.20", inventory.Yes, lifecycle.Ended},
		{inventory.Asset{Vendor: "MikroTik", OSName: "RouterOS", Version: "6.49.20"}, "6.49", inventory.No, lifecycle.Supported},
		{inventory.Asset{Vendor: "Palo Alto Networks", Model: "PA-440", OSName: "PAN-OS", Version: "10.2.9-h1"}, "10.2", inventory.Yes, lifecycle.Ended},
		{inventory.Asset{Vendor: "Palo Alto Networks", Model: "PA-440", OSName: "PAN-OS", Version: "10.2.18-h9"}, "10.2", inventory.No, lifecycle.Ended},
		{inventory.Asset{Vendor: "Palo Alto Networks", Model: "PA-440", OSName: "PAN-OS", Version: "10.2.18"}, "10.2", inventory.Yes, lifecycle.Ended},
		{inventory.Asset{OSName: "Debian GNU/Linux 12"}, "12", "", lifecycle.Extended},
		{inventory.Asset{OSName: "Debian 12.5"}, "12", inventory.Yes, lifecycle.Extended},
		{inventory.Asset{OSName: "macOS 14.5"}, "14", inventory.Yes, lifecycle.Supported},
		{inventory.Asset{OSName: "VMware ESXi 8.0.2"}, "8.0", "", lifecycle.Ending},
		{inventory.Asset{OSName: "Windows 10 Pro 10.0.19045"}, "10-22h2", "", lifecycle.Ended},
		{inventory.Asset{OSName: "Acme OS 3"}, "", "", lifecycle.NoAnswer},
	} {
		u := lifecycle.UpdateOf(x.asset, c, today)
		if u.Branch != x.branch || u.Behind != x.behind || u.State != x.state {
			t.Errorf("%s %s: %+v", x.asset.OSName, x.asset.Version, u)
		}
	}
	a := inventory.Asset{Details: inventory.Details{Hotfixes: []inventory.Hotfix{
		{ID: "KB1", InstalledOn: "2026-10-15"}, {ID: "KB2", InstalledOn: "2026-11-12"}, {ID: "KB3"}, {ID: "KB4", InstalledOn: "2027-01-01"},
	}}}
	if u := lifecycle.UpdateOf(a, c, today); u.Patched != "2026-11-12" || u.PatchAge != 11 {
		t.Errorf("patched %s, %d days ago", u.Patched, u.PatchAge)
	}
}

func TestWindows11(t *testing.T) {
	t.Parallel()
	c := products(t)
	pc := func(processor, memory string, parts ...inventory.Component) inventory.Asset {
		a := with(inventory.Asset{Class: inventory.Laptop, OSName: "Windows 10 Pro"}, map[inventory.Field]string{
			inventory.FieldProcessor: processor, inventory.FieldMemory: memory,
		})
		a.Details.Components = parts
		return a
	}
	tpm := inventory.Component{Kind: inventory.ComponentModule, Name: "Trusted Platform Module 2.0"}
	disk := inventory.Component{Kind: inventory.ComponentDisk, SizeMB: 128_000}
	small := inventory.Component{Kind: inventory.ComponentDisk, SizeMB: 32_000}
	for _, x := range []struct {
		name  string
		asset inventory.Asset
		want  lifecycle.Eligibility
		miss  []string
	}{
		{"6th generation, everything else there", pc("Intel(R) Core(TM) i7-6700HQ CPU @ 2.60GHz", "16384", tpm, disk), lifecycle.EligibleNo, []string{"processor"}},
		{"8th generation", pc("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", "8192", tpm, disk), lifecycle.EligibleYes, nil},
		{"TPM not told", pc("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", "8192", disk), lifecycle.EligibleUnknown, []string{"tpm"}},
		{"too small", pc("AMD Ryzen 5 2600 Six-Core Processor", "2048", tpm, small), lifecycle.EligibleFixable, []string{"memory", "disk"}},
		{"Ryzen 1600", pc("AMD Ryzen 5 1600 Six-Core Processor", "8192", tpm, disk), lifecycle.EligibleNo, []string{"processor"}},
		{"nothing known", pc("", ""), lifecycle.EligibleUnknown, []string{"processor", "tpm", "memory", "disk"}},
		{"listed by device only", pc("Intel(R) Core(TM) i7-7820HQ CPU @ 2.90GHz", "8192", tpm, disk), lifecycle.EligibleUnknown, []string{"processor"}},
		{"runs", inventory.Asset{Class: inventory.Laptop, OSName: "Windows 11 Pro"}, lifecycle.EligibleRuns, nil},
	} {
		got, ok := lifecycle.Windows11Of(x.asset, c)
		if !ok || got.Verdict != x.want || !slices.Equal(got.Missing, x.miss) {
			t.Errorf("%s: %+v, want %s %v", x.name, got, x.want, x.miss)
		}
	}
	if _, ok := lifecycle.Windows11Of(inventory.Asset{Class: inventory.Server, OSName: "Windows Server 2022"}, c); ok {
		t.Error("a server is asked about Windows 11")
	}
}

func TestSoftwareSupport(t *testing.T) {
	t.Parallel()
	c := products(t)
	a := inventory.Asset{OSName: "Windows Server 2019", Details: inventory.Details{
		Software: []inventory.Software{
			{Name: "Microsoft Office Professionnel Plus 2019 - fr-fr", Version: "16.0.10416.20058"}, {Name: "Module linguistique Microsoft Office 2016", Version: "16.0.1"},
			{Name: "7-Zip 23.01", Version: "23.01"}, {Name: "PostgreSQL 14", Version: "14.5-1"}, {Name: "php8.2", Version: "8.2.7-1~deb12u1", Origin: "deb"},
		},
		Services: []inventory.Service{{Port: 1433, Product: "Microsoft SQL Server 2019", Version: "15.00.2000.00"}, {Port: 80, Product: "Apache httpd", Version: "2.4.57", Banner: "Apache/2.4.57 (Debian)"}},
	}}
	var got []string
	for _, s := range lifecycle.SoftwareSupport(a, c, today) {
		state := string(s.State)
		if s.Kept {
			state = "kept"
		}
		got = append(got, s.Match.Label+" "+string(s.End)+" "+state)
	}
	want := []string{"Microsoft Office 2025-10-14 ended", "PostgreSQL 2026-11-12 ended", "Microsoft SQL Server 2030-01-08 supported", "Apache HTTP Server  kept"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	linux := inventory.Asset{OSName: "Debian GNU/Linux 12", Details: inventory.Details{Services: []inventory.Service{{Port: 80, Product: "nginx", Version: "1.22.1"}}}}
	if s := lifecycle.SoftwareSupport(linux, c, today); len(s) != 1 || !s[0].Kept || s[0].State != lifecycle.NoAnswer {
		t.Errorf("a distribution's nginx: %+v", s)
	}
}

// The states of programs on 2026-11-23, by the makers' dates.
func TestGoldenTitles(t *testing.T) {
	t.Parallel()
	c := products(t)
	for _, x := range []struct {
		name, version string
		end           inventory.Day
		state         lifecycle.SupportState
	}{
		{"Microsoft Office Professional Plus 2019 - en-us", "16.0.10416.20058", "2025-10-14", lifecycle.Ended},
		{"Microsoft Office Standard 2021 - fr-fr", "16.0.14332.20615", "2026-10-13", lifecycle.Ended},
		{"Microsoft Office Home and Business 2024 - en-us", "16.0.18025.20160", "2029-10-09", lifecycle.Supported},
		{"Microsoft Exchange Server 2019 Cumulative Update 15", "15.2.1748.10", "2025-10-14", lifecycle.Ended},
		{"Microsoft Exchange Server Subscription Edition", "15.2.2562.17", "", lifecycle.Supported},
		{"Microsoft SQL Server 2016 (64-bit)", "13.3.6300.2", "2026-07-14", lifecycle.Ended},
		{"Microsoft SQL Server 2017 (64-bit)", "14.0.1000.169", "2027-10-12", lifecycle.Ending},
		{"Microsoft SQL Server 2019 (64-bit)", "15.0.2000.5", "2030-01-08", lifecycle.Supported},
		{"Microsoft SQL Server 2022 (64-bit)", "16.0.1000.6", "2033-01-11", lifecycle.Supported},
		{"PostgreSQL 14", "14.22-1", "2026-11-12", lifecycle.Ended},
		{"MySQL Server 8.0", "8.0.35", "2026-04-30", lifecycle.Ended},
		{"MySQL Server 8.4", "8.4.3", "2032-04-30", lifecycle.Supported},
		{"PHP 8.1.27", "8.1.27", "2025-12-31", lifecycle.Ended},
		{"PHP 8.2.20", "8.2.20", "2026-12-31", lifecycle.Ending},
		{"Microsoft .NET Runtime - 8.0.30 (x64)", "64.120.5", "2026-11-10", lifecycle.Ended},
		{"Veeam Backup & Replication Server", "12.3.2.4854", "2027-02-01", lifecycle.Ending},
		{"Veeam Backup & Replication Server", "13.0.1.180", "2028-11-01", lifecycle.Supported},
	} {
		a := inventory.Asset{OSName: "Windows Server 2022", Details: inventory.Details{Software: []inventory.Software{{Name: x.name, Version: x.version}}}}
		got := lifecycle.SoftwareSupport(a, c, today)
		if len(got) != 1 || got[0].End != x.end || got[0].State != x.state {
			t.Errorf("%s %s: %+v, want %s %s", x.name, x.version, got, x.end, x.state)
		}
	}
	for _, name := range []string{
		"Microsoft SQL Server 2012 Native Client", "SQL Server Management Studio", "Microsoft Office Proofing Tools 2016 - English", "MySQL Connector/ODBC 8.0",
		"MySQL Workbench 8.0 CE", "Veeam Agent for Microsoft Windows", "Microsoft Visual C++ 2015-2022 Redistributable", "Java Auto Updater",
		"Microsoft Exchange Online PowerShell", "Microsoft Update Health Tools", "OpenVPN Connect", "Docker Desktop", "Python Launcher", "Mozilla Firefox ESR (x64 fr)",
	} {
		a := inventory.Asset{OSName: "Windows 11", Details: inventory.Details{Software: []inventory.Software{{Name: name, Version: "8.0.1"}}}}
		if got := lifecycle.SoftwareSupport(a, c, today); len(got) != 0 {
			t.Errorf("%s is taken for %s", name, got[0].Product)
		}
	}
}
