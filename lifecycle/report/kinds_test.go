package report

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
	"parc/lifecycle"
)

// books is estate with what people have written down of it.
func books() Input {
	in := estate()
	in.Assets[0].Hostname = "pc-3" // harmless names, to be read in golden files
	in.Assets[0].Vendor = "Dell"
	at := func(text string) *time.Time {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		return &moment
	}
	in.Financings = []inventory.Financing{
		{ID: "f1", Kind: inventory.Purchase, Supplier: "Infodis", Reference: "F-101", Start: "2025-04-15", Price: inventory.EUR(360000), AssetIDs: []string{"1"}},
		{ID: "f2", Kind: inventory.Lease, Lessor: "Grenke", Reference: "LOC-1", Start: "2024-03-01", Months: 36, PeriodMonths: 3, TacitMonths: 12, NoticeMonths: 3, Instalment: inventory.EUR(30000), ReturnTerms: "Emballage d'origine", ReturnCost: inventory.EUR(15000), AssetIDs: []string{"2", "3"}},
	}
	in.Licences = []inventory.Licence{
		{ID: "l1", Publisher: "ESET", Product: "ESET Endpoint", Metric: "device", Quantity: 1, Kind: "subscription", End: "2027-01-10", UnitPrice: inventory.EUR(3000), PerMonths: 12},
	}
	for i := range in.Assets {
		in.Assets[i].Details.Software = []inventory.Software{{Name: "ESET Endpoint Security", Version: "11.0", Publisher: "ESET"}}
	}
	in.Contracts = append(in.Contracts, inventory.Contract{
		ID: "k2", Title: "Infogérance", Kind: "managed-service", Start: "2024-01-15", Months: 36, TacitMonths: 12, NoticeMonths: 1, Price: inventory.EUR(50000), PriceMonths: 1,
		Levels: []inventory.ServiceLevel{{Level: inventory.Remote, Hours: "Mo-Fr 09:00-18:00", ResponseMinutes: 120, ResolutionMinutes: 480}},
	})
	in.Interventions = []inventory.Intervention{
		{ID: "i1", AssetID: "1", ContractID: "k2", Level: inventory.Remote, Kind: "failure", Summary: "Serveur arrêté", OpenedAt: *at("2026-11-20T16:30:00Z"), RespondedAt: at("2026-11-23T09:30:00Z"), ResolvedAt: at("2026-11-23T15:30:00Z"), WorkMinutes: 90, Cost: inventory.EUR(12000), By: "Léa"},
		{ID: "i2", AssetID: "1", ContractID: "k2", Level: inventory.Remote, Kind: "failure", Summary: "Encore arrêté", OpenedAt: *at("2026-11-09T08:00:00Z"), RespondedAt: at("2026-11-09T14:00:00Z"), WorkMinutes: 30},
		{ID: "i3", AssetID: "2", Level: inventory.OnSite, Kind: "request", Summary: "Avant la période", OpenedAt: *at("2026-01-09T08:00:00Z")},
	}
	return in
}

// Each kind's content is as its golden file says; UPDATE_GOLDEN=1 writes them.
func TestContentsAreGolden(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	before := j.Audit(estate())
	for _, kind := range Kinds() {
		in := books()
		after := j.Audit(in)
		in.Before, in.After = &before, &after
		c, err := j.Make(kind, in)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		var got bytes.Buffer
		if err := WriteJSON(&got, c); err != nil {
			t.Fatal(err)
		}
		path := "testdata/" + string(kind) + ".golden.json"
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var a, b any
		if err := json.Unmarshal(want, &a); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(got.Bytes(), &b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: %s", kind, diff)
		}
	}
}

// made makes a report of a kind, or fails the test.
func made[T Content](t *testing.T, kind Kind, in Input) T {
	t.Helper()
	c, err := newJudge(t).Make(kind, in)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := c.(T)
	if !ok {
		t.Fatalf("%s is a %T", kind, c)
	}
	return got
}

func TestRenewalsAskForDecisionsInTime(t *testing.T) {
	t.Parallel()
	in := books()
	r := made[Renewals](t, KindRenewals, in)
	var got []string
	for _, i := range r.Items {
		got = append(got, string(i.acts())+" "+i.Kind+" "+i.What+" "+i.Decision)
	}
	want := []string{
		"2026-11-27 contract Fibre keep", "2026-11-27 lease LOC-1 return", "2026-12-14 contract Infogérance keep", "2027-01-10 licence ESET Endpoint rebuy",
		"2027-03-01 coverage  extend", "2027-10-12 support Microsoft Windows 11 25H2 (W) replace",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	in.From, in.To = "2026-11-30", "2027-12-31"
	r = made[Renewals](t, KindRenewals, in)
	for _, i := range r.Items {
		if i.What == "Fibre" && (i.Decision != "bound" || i.acts() != i.End) {
			t.Errorf("a notice that is past: %+v", i)
		}
		if i.What == "Infogérance" && i.AtStake != inventory.EUR(600000) {
			t.Errorf("at stake %v", i.AtStake)
		}
	}
}

func TestRegisterGivesValuesOnTheDay(t *testing.T) {
	t.Parallel()
	r := made[Register](t, KindRegister, books())
	// 3,600 € over three years from 2025-04-15, 579 of 1,080 days: 1,670.00 €.
	if len(r.Value) != 1 || r.Value[0] != inventory.EUR(167000) || r.Cost[0] != inventory.EUR(360000) || r.Leased != 2 {
		t.Errorf("value %v, cost %v, leased %d, bare %d", r.Value, r.Cost, r.Leased, r.Bare)
	}
	for _, l := range r.Lines {
		if l.ID == "2" && (l.Owner != "Grenke" || l.Value.Minor != 0) {
			t.Errorf("what is leased: %+v", l)
		}
	}
}

func TestReturnsNameEachSerial(t *testing.T) {
	t.Parallel()
	r := made[Returns](t, KindReturns, books())
	if len(r.Leases) != 1 || r.Leases[0].End != "2027-02-28" || len(r.Leases[0].Assets) != 2 || r.Leases[0].Cost != inventory.EUR(15000) {
		t.Fatalf("%+v", r.Leases)
	}
	text := strings.Join(textOf(t, write(t, r, "pdf", "fr")), " ")
	for _, want := range []string{"FOC1234X0AB", "N° de série à relever", "Emballage d'origine", "28/02/2027"} {
		if !strings.Contains(text, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
}

func TestServiceIsMeasuredInHoursOfService(t *testing.T) {
	t.Parallel()
	r := made[Service](t, KindService, books())
	if len(r.Jobs) != 2 || r.Unsettled != 1 || r.Work != 120 {
		t.Fatalf("%+v", r)
	}
	first, second := r.Jobs[0], r.Jobs[1]
	if first.Summary != "Encore arrêté" || first.Responded != lifecycle.Broken || first.Resolved != lifecycle.Broken || !first.Open {
		t.Errorf("late and open: %+v", first)
	}
	// From Friday 17:30 to Monday 10:30 is two hours of service, to 16:30 eight.
	if second.Response != 120 || second.Responded != lifecycle.Kept || second.Resolution != 480 || second.Resolved != lifecycle.Kept {
		t.Errorf("in time: %+v", second)
	}
	if len(r.Levels) != 1 || r.Levels[0].ResponseKept != 1 || r.Levels[0].ResponseBroken != 1 || len(r.Assets) != 1 || r.Assets[0].Failures != 2 {
		t.Errorf("levels %+v, assets %+v", r.Levels, r.Assets)
	}
}

func TestLicencesAreHeldAgainstWhatIsInstalled(t *testing.T) {
	t.Parallel()
	in := books()
	in.Licences = append(in.Licences,
		inventory.Licence{ID: "l2", Publisher: "Microsoft", Product: "Microsoft 365 Business Standard", Metric: "user", Quantity: 12, Kind: "subscription", End: "2027-03-01", Renews: true, UnitPrice: inventory.EUR(1170), PerMonths: 1},
		inventory.Licence{ID: "l3", Publisher: "ESET", Product: "ESET Endpoint", Metric: "device", Quantity: 1, Kind: "subscription", End: "2026-01-10"},
	)
	in.Assets[0].Details.Software = append(in.Assets[0].Details.Software, inventory.Software{Name: "Microsoft 365 Apps for business - fr-fr"})
	r := made[LicenceReport](t, KindLicences, in)
	if len(r.Licences) != 3 {
		t.Fatalf("%+v", r.Licences)
	}
	eset, office, server := r.Licences[0], r.Licences[1], r.Licences[2]
	if server.Product != "Windows Server" || server.Installed != 1 || server.Gap != nil { // its edition is not told
		t.Errorf("Windows Server %+v", server)
	}
	if eset.Rights != 1 || eset.Installed != 3 || eset.Gap == nil || *eset.Gap != -2 || eset.Lapsed != 1 || eset.Cost != inventory.EUR(6000) || eset.Yearly != inventory.EUR(3000) {
		t.Errorf("ESET %+v", eset)
	}
	if office.Installed != 1 || office.Gap != nil || office.Yearly != inventory.EUR(168480) || office.End != "2027-03-01" {
		t.Errorf("Microsoft 365 %+v", office)
	}
}

func TestPaidTitlesWithoutALicenceAreTold(t *testing.T) {
	t.Parallel()
	in := books()
	in.Assets[0].Details.Software = append(in.Assets[0].Details.Software,
		inventory.Software{Name: "WinRAR 6.24 (64-bit)"}, inventory.Software{Name: "AutoCAD Mechanical 2023"}, inventory.Software{Name: "Security Update for Microsoft Office 2016 (KB4011574)"})
	r := made[LicenceReport](t, KindLicences, in)
	i := slices.IndexFunc(r.Licences, func(e Entitlement) bool { return e.Product == "AutoCAD" })
	if i < 0 || r.Licences[i].Rights != 0 || r.Licences[i].Assets[0] != "pc-3" || r.Licences[i].Metric != "user" {
		t.Errorf("%+v", r.Licences)
	}
	if slices.ContainsFunc(r.Titles, func(x Title) bool { return strings.Contains(x.Name, "KB4011574") }) || !slices.ContainsFunc(r.Titles, func(x Title) bool { return x.Name == "WinRAR" }) {
		t.Errorf("%+v", r.Titles)
	}
}

func TestRefreshAddsUp(t *testing.T) {
	t.Parallel()
	in := books()
	in.Scenarios = []inventory.Scenario{{Name: "Garder le serveur", From: 2026, Years: 5, Pinned: map[string]int{"1": 0}}}
	r := made[Refresh](t, KindRefresh, in)
	var years, classes, items, sites int64
	count := 0
	for _, y := range r.Years {
		years, count = years+y.Cost.Minor, count+y.Count
	}
	for _, c := range r.Classes {
		for _, m := range c.Cost {
			classes += m.Minor
		}
	}
	for _, i := range r.Items {
		items += i.Cost.Minor
	}
	for _, x := range r.Sites {
		sites += x.Cost.Minor
	}
	if years == 0 || years != classes || years != items || years != sites || count != len(r.Items) {
		t.Errorf("years %d, classes %d, items %d, sites %d; %d of %d", years, classes, items, sites, count, len(r.Items))
	}
	plan, level, saved := r.Scenarios[0], r.Scenarios[2], r.Scenarios[4]
	if plan.Total.Minor != years || level.Total != plan.Total || level.Peak.Minor > plan.Peak.Minor {
		t.Errorf("plan %+v, levelled %+v", plan, level)
	}
	if saved.Name != "Garder le serveur" || saved.Total.Minor >= plan.Total.Minor {
		t.Errorf("saved %+v beside %+v", saved, plan)
	}
	if r.Lease == nil || r.Lease.BuyIsBetter != (r.Lease.Buy.Minor < r.Lease.Lease.Minor) {
		t.Errorf("lease %+v", r.Lease)
	}
}

func TestDifferenceTellsBetterFromWorse(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	in := estate()
	before := j.Audit(in)
	later := estate()
	later.Day = "2027-01-10"
	later.Assets[2].Details.Services = nil // the switch closes Telnet and its page
	later.Assets[2].Version = "15.2(7)E9"
	added := later.Assets[2]
	added.ID, added.Hostname = "9", "sw-9"
	added.Details.Services = []inventory.Service{{Port: 5900, Protocol: "tcp", Name: "vnc"}}
	later.Assets = append(later.Assets[1:], added) // the desktop is gone
	after := j.Audit(later)
	in.Before, in.After = &before, &after
	d := made[Difference](t, KindDifference, in)
	if len(d.Appeared) != 1 || d.Appeared[0].Name != "sw-9" || len(d.Gone) != 1 || d.Gone[0].ID != "3" {
		t.Errorf("appeared %+v, gone %+v", d.Appeared, d.Gone)
	}
	if len(d.Changed) != 1 || d.Changed[0] != (Change{"2", "sw-1", "version", "", "15.2(7)E9"}) {
		t.Errorf("changed %+v", d.Changed)
	}
	rules := func(list []Shift) (names []string) {
		for _, s := range list {
			names = append(names, s.Rule)
		}
		return names
	}
	if diff := cmp.Diff([]string{"telnet-open", "admin-http", "rdp-open", "support-ending", "tls-expired"}, rules(d.Better)); diff != "" {
		t.Errorf("better: %s", diff)
	}
	if diff := cmp.Diff([]string{"vnc-open"}, rules(d.Worse)); diff != "" {
		t.Errorf("worse: %s", diff)
	}
	if d.From != day || d.To != later.Day || d.Before.Digest == d.After.Digest {
		t.Errorf("%+v", d.Head)
	}
}

func TestNetworkIsReadFromNeighboursAndLearntAddresses(t *testing.T) {
	t.Parallel()
	mac := func(id, mac string) []inventory.Identifier {
		return []inventory.Identifier{{AssetID: id, Kind: inventory.IdentMAC, Value: mac}}
	}
	in := Input{Day: day, Assets: []inventory.Asset{
		{ID: "fw", Class: inventory.Firewall, Hostname: "fw", Identifiers: mac("fw", "00:00:00:00:00:01")},
		{ID: "core", Class: inventory.Switch, Hostname: "core", Identifiers: mac("core", "00:00:00:00:00:02"), Details: inventory.Details{
			Neighbours: []inventory.Neighbour{{Protocol: "lldp", LocalPort: "1", ChassisID: "00-00-00-00-00-01", RemotePort: "lan"}, {Protocol: "lldp", LocalPort: "2", Name: "edge.example.com", RemotePort: "24"}},
			Stations:   []inventory.Station{{MAC: "00:00:00:00:00:05", Port: "2"}, {MAC: "00:00:00:00:00:06", Port: "3"}},
			Interfaces: []inventory.Interface{{Name: "1", Type: 6, Up: true}, {Name: "2", Type: 6}, {Name: "lo", Type: 24, Up: true}},
			VLANs:      []inventory.VLAN{{ID: 10, Name: "users"}},
		}},
		{ID: "edge", Class: inventory.Switch, Hostname: "edge", Identifiers: mac("edge", "00:00:00:00:00:03"), Details: inventory.Details{
			Neighbours: []inventory.Neighbour{{Protocol: "lldp", LocalPort: "24", ChassisID: "00:00:00:00:00:02", RemotePort: "2"}},
			Stations:   []inventory.Station{{MAC: "00:00:00:00:00:05", Port: "7"}, {MAC: "00:00:00:00:00:07", Port: "8"}, {MAC: "00:00:00:00:00:06", Port: "24"}},
		}},
		{ID: "pc", Class: inventory.Desktop, Identifiers: mac("pc", "00:00:00:00:00:05")},
		{ID: "nas", Class: inventory.NAS, Hostname: "nas", Identifiers: mac("nas", "00:00:00:00:00:06")},
		{ID: "ap", Class: inventory.AccessPoint, Identifiers: mac("ap", "00:00:00:00:00:07")},
	}}
	n := networkOf(in)
	want := []Link{
		{From: "core", To: "edge", FromPort: "2", ToPort: "24", Seen: "lldp"}, {From: "core", To: "fw", FromPort: "1", ToPort: "lan", Seen: "lldp"},
		{From: "edge", To: "ap", FromPort: "8", Seen: "fdb"},
	}
	if diff := cmp.Diff(want, n.Links); diff != "" {
		t.Error(diff)
	}
	for _, d := range n.Devices {
		attached := map[string]int{"core": 1, "edge": 1}[d.ID]
		if d.Attached != attached || d.ID == "core" && (d.Ports != 2 || d.Up != 1) {
			t.Errorf("%+v", d)
		}
	}
	if diff := cmp.Diff([]Single{{"firewall", "fw"}, {"nas", "nas"}}, n.Singles); diff != "" {
		t.Error(diff)
	}
	rows := levels(n)
	var names []string
	for _, row := range rows {
		for _, d := range row {
			names = append(names, d.ID)
		}
		names = append(names, "/")
	}
	if got := strings.Join(names, " "); got != "fw / core / edge / ap /" {
		t.Errorf("the map's rows: %s", got)
	}
}

func TestCheckProvider(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]inventory.Provider{
		"color": {Accent: "blue"}, "script": {Link: "javascript:alert(1)"}, "relative": {Link: "/assets"}, "query": {Link: "https://x.example/?q"},
		"no image": {Logo: []byte("<svg onload=alert(1)>")}, "half an image": {Logo: []byte("\x89PNG\r\n\x1a\n")},
	} {
		if _, err := CheckProvider(p); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := CheckProvider(inventory.Provider{Logo: make([]byte, 600<<10)}); inventory.CodeOf(err) != inventory.LimitReached {
		t.Errorf("a logo that is too large: %v", err)
	}
	p, err := CheckProvider(inventory.Provider{Name: " A\x00 B ", Link: "https://parc.example/", Accent: "#0A5A3C"})
	if err != nil || p.Name != "A B" || p.Link != "https://parc.example" || LabelLink(p) != "https://parc.example/assets/" {
		t.Errorf("%+v, %v", p, err)
	}
}
