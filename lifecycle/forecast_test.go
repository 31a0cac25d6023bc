package lifecycle

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parc/inventory"
)

const today = inventory.Day("2026-11-23")

func lineTexts(lines []Line) string {
	var all []string
	for _, l := range lines {
		certain := "estimate"
		if l.Certain {
			certain = "certain"
		}
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s %s %s", l.Day, l.Kind, l.What, l.Net.Decimal(), l.Gross.Decimal(), certain, l.Notice)))
	}
	return strings.Join(all, "\n")
}

func forecast(t *testing.T, in Input, from, to inventory.Day) []Line {
	t.Helper()
	lines, err := Forecast(in, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestForecastOfALease(t *testing.T) {
	t.Parallel()
	in := Input{Day: today, Estate: Estate{Financings: []inventory.Financing{{
		Kind: inventory.Lease, Reference: "LOC-1", Start: "2024-03-01", Months: 36, PeriodMonths: 3, Instalment: inventory.EUR(13500),
		TacitMonths: 12, NoticeMonths: 3, VATPermille: 200, ReturnCost: inventory.EUR(20000),
	}}}}
	want := strings.Join([]string{
		"2026-12-01 rent LOC-1 135.00 162.00 certain",
		"2027-02-28 lease-end LOC-1 200.00 240.00 estimate 2026-11-27",
		"2027-03-01 rent LOC-1 135.00 162.00 estimate 2026-11-27",
		"2027-06-01 rent LOC-1 135.00 162.00 estimate 2026-11-27",
	}, "\n")
	if got := lineTexts(forecast(t, in, today, "2027-08-31")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	in.Day = "2026-11-29" // too late: the renewal binds
	if got := forecast(t, in, "2027-03-01", "2027-08-31"); len(got) != 2 || !got[0].Certain || got[0].Notice != "" {
		t.Errorf("after the notice: %s", lineTexts(got))
	}
}

func TestForecastOfAContract(t *testing.T) {
	t.Parallel()
	in := Input{Day: today, Estate: Estate{Contracts: []inventory.Contract{
		{Title: "Infogérance", Start: "2024-03-01", Months: 36, TacitMonths: 12, NoticeMonths: 3, Price: inventory.EUR(100000), PriceMonths: 12, IndexBPS: 200, VATPermille: 200},
		{Title: "Fibre", Start: "2026-01-15", Months: 12, Price: inventory.EUR(29000), PriceMonths: 6, VATPermille: 200, InsuredUntil: "2026-12-31", Insurer: "MMA"},
	}}}
	want := strings.Join([]string{
		"2026-12-31 insurance-end Fibre 0.00 0.00 certain",
		"2027-01-14 contract-end Fibre 580.00 696.00 estimate",
		"2027-02-28 contract-end Infogérance 0.00 0.00 certain 2026-11-27",
		"2027-03-01 contract Infogérance 1061.21 1273.45 estimate",
		"2028-03-01 contract Infogérance 1082.43 1298.92 estimate",
	}, "\n")
	if got := lineTexts(forecast(t, in, today, "2028-12-31")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestForecastOfLicences(t *testing.T) {
	t.Parallel()
	in := Input{Day: today, Estate: Estate{Licences: []inventory.Licence{
		{Product: "M365", Quantity: 10, Start: "2026-01-01", End: "2026-12-31", Renews: true, UnitPrice: inventory.EUR(14400), PerMonths: 12, NoticeMonths: 1, VATPermille: 200},
		{Product: "ESET", Quantity: 3, Start: "2025-12-15", End: "2026-12-14", UnitPrice: inventory.EUR(2900), PerMonths: 12},
		{Product: "CAL", Quantity: 5, Kind: "perpetual", Start: "2026-12-01", UnitPrice: inventory.EUR(3900), MaintenanceEnd: "2027-12-01"},
	}}}
	want := strings.Join([]string{
		"2026-12-01 purchase CAL 195.00 195.00 certain",
		"2026-12-14 licence-end ESET 87.00 87.00 estimate",
		"2026-12-31 licence-end M365 0.00 0.00 certain 2026-11-30",
		"2027-01-01 subscription M365 1440.00 1728.00 estimate",
		"2027-12-01 maintenance-end CAL 0.00 0.00 certain",
	}, "\n")
	if got := lineTexts(forecast(t, in, today, "2027-12-31")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSharesOfAPaymentGoWhereTheAssetsAre(t *testing.T) {
	t.Parallel()
	in := Input{Day: today, Estate: Estate{
		Assets: []inventory.Asset{
			{ID: "a", SiteID: "s1", Class: inventory.Printer, State: inventory.Retired}, {ID: "b", SiteID: "s1", Class: inventory.Printer, State: inventory.Retired},
			{ID: "c", SiteID: "s2", Class: inventory.Printer, State: inventory.Retired},
		},
		Financings: []inventory.Financing{{Kind: inventory.Lease, Start: "2027-01-01", Months: 1, Instalment: inventory.EUR(10000), VATPermille: 200, AssetIDs: []string{"a", "b", "c"}}},
	}}
	lines := forecast(t, in, "2027-01-01", "2027-01-30")
	if len(lines) != 2 || lines[0].Gross.Decimal() != "80.01" || lines[1].Gross.Decimal() != "39.99" || len(lines[0].AssetIDs) != 2 {
		t.Errorf("%+v", lines)
	}
}

func TestRefreshReasons(t *testing.T) {
	t.Parallel()
	opened := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	seen := time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC)
	in := Input{Day: today, Estate: Estate{
		Assets: []inventory.Asset{
			{ID: "old", Class: inventory.Laptop, State: inventory.InService}, {ID: "leased", Class: inventory.Laptop, State: inventory.InService},
			{ID: "failing", Class: inventory.Desktop, State: inventory.InService}, {ID: "server", Class: inventory.Server, State: inventory.InService},
			{ID: "seen", Class: inventory.Laptop, State: inventory.InService, FirstSeen: seen}, {ID: "gone", Class: inventory.Laptop, State: inventory.Disposed, FirstSeen: seen},
			{ID: "vm", Class: inventory.VirtualMachine, State: inventory.InService, FirstSeen: seen},
		},
		Financings: []inventory.Financing{
			{Kind: inventory.Purchase, Start: "2022-01-15", Price: inventory.EUR(110000), AssetIDs: []string{"old"}},
			{Kind: inventory.Lease, Start: "2025-01-01", Months: 36, AssetIDs: []string{"leased"}},
			{Kind: inventory.Purchase, Start: "2025-01-15", Price: inventory.EUR(70000), AssetIDs: []string{"failing"}},
			{Kind: inventory.Purchase, Start: "2024-02-01", Price: inventory.EUR(500000), AssetIDs: []string{"server"}},
		},
		Coverages: []inventory.Coverage{{AssetID: "server", End: "2027-01-31"}, {AssetID: "server", End: "2026-01-31"}},
	}, Interventions: []inventory.Intervention{
		{AssetID: "failing", Kind: "failure", OpenedAt: opened}, {AssetID: "failing", Kind: "failure", OpenedAt: opened}, {AssetID: "failing", Kind: "failure", OpenedAt: opened},
	}}
	type short struct {
		kind    ReasonKind
		day     inventory.Day
		overdue bool
		cost    string
	}
	got := map[string]short{}
	for _, r := range RefreshPlan(in) {
		got[r.AssetID] = short{r.Kind, r.Day, r.Overdue, r.Cost.Amount.Decimal()}
	}
	want := map[string]short{
		"old": {ReasonAge, "2026-01-15", true, "1100.00"}, "leased": {ReasonLeaseEnd, "2027-12-31", false, "1100.00"},
		"failing": {ReasonFailing, today, false, "700.00"}, "server": {ReasonCoverageEnd, "2028-01-31", false, "5000.00"},
		"seen": {ReasonAge, "2030-01-10", false, "1100.00"},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	backlog := forecast(t, in, today, "2027-12-31")
	if backlog[0].Kind != LineBacklog || backlog[0].Day != today || backlog[0].AssetIDs[0] != "old" || backlog[0].Gross.Decimal() != "1320.00" {
		t.Errorf("%s", lineTexts(backlog))
	}
}

func TestWhatCannotBeUpgradedGoesWhenItsSystemEnds(t *testing.T) {
	t.Parallel()
	until, err := ParseUntil("2025-10-14")
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Day: today, Estate: Estate{Assets: []inventory.Asset{{ID: "pc", Class: inventory.Desktop, State: inventory.InService, FirstSeen: today.Time()}}}}
	in.Knowledge = Knowledge{
		Catalogue: fixed{Match{Label: "Windows 10", Cycles: []Cycle{{Label: "Windows 10 22H2", End: until}}}},
		Upgrade:   func(inventory.Asset) (Upgrade, bool) { return Upgrade{Why: "no TPM 2.0"}, true },
		Bought:    func(inventory.Asset) (Age, bool) { return Age{"2024-01-01", "serial number", inventory.Medium}, true },
	}
	r := RefreshPlan(in)[0]
	if r.Kind != ReasonNotUpgradable || r.Day != "2025-10-14" || !r.Hard || !r.Overdue || len(r.Others) != 1 || r.Others[0].Confidence != inventory.Medium {
		t.Errorf("%+v", r)
	}
}

func TestPriceBook(t *testing.T) {
	t.Parallel()
	policy := inventory.Policy{Inflation: map[inventory.Class]int{inventory.Laptop: 500, "": 200}}
	book := NewPriceBook([]inventory.Price{
		{ClientID: "c", Class: inventory.Laptop, Model: "EliteBook 640", Amount: inventory.EUR(100000), Day: "2026-03-01", Source: "invoice"},
		{ClientID: "c", Class: inventory.Laptop, Model: "elitebook  640", Amount: inventory.EUR(120000), Day: "2026-05-01", Source: "invoice"},
		{Class: inventory.Laptop, Model: "ZBook", Amount: inventory.EUR(200000), Day: "2026-01-01", Source: "list"},
		{Class: inventory.Laptop, Model: "ZBook", Amount: inventory.EUR(180000), Day: "2025-01-01", Source: "list"},
		{Class: inventory.Laptop, Model: "ZBook", Amount: inventory.EUR(1), Day: "2027-01-01", Source: "list"},
	}, policy, today)
	for _, c := range []struct {
		class        inventory.Class
		model        string
		year         int
		want, source string
	}{
		{inventory.Laptop, "EliteBook 640", 2026, "1100.00", QuoteInvoices}, {inventory.Laptop, "EliteBook 640", 2028, "1212.75", QuoteInvoices},
		{inventory.Laptop, "ZBook", 2027, "2100.00", QuoteList}, {inventory.Laptop, "unheard", 2026, "1100.00", QuoteInvoices},
		{inventory.Switch, "", 2026, "1200.00", QuoteBand}, {inventory.Switch, "", 2027, "1224.00", QuoteBand}, {inventory.VirtualMachine, "", 2026, "0.00", ""},
	} {
		if q := book.Quote(c.class, c.model, c.year); q.Amount.Decimal() != c.want || q.Source != c.source {
			t.Errorf("%s %s in %d: %s from %q, want %s from %q", c.class, c.model, c.year, q.Amount.Decimal(), q.Source, c.want, c.source)
		}
	}
}

func TestForecastAgainstActual(t *testing.T) {
	t.Parallel()
	line := func(class inventory.Class, cents int64) Line {
		return Line{Day: today, Class: class, Net: inventory.EUR(cents), Gross: inventory.EUR(cents)}
	}
	got, err := Versus([]Line{line("laptop", 100000), line("laptop", 100000), line("switch", 50000)}, []Line{line("laptop", 230000), line("nas", 1)}, ByClass)
	if err != nil || len(got) != 3 || got[0].Difference.Decimal() != "300.00" || got[1].Difference.Decimal() != "0.01" || got[2].Difference.Decimal() != "-500.00" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestHindsight(t *testing.T) {
	t.Parallel()
	in := Input{Day: today, Estate: Estate{
		Assets: []inventory.Asset{{ID: "old", Class: inventory.Laptop, State: inventory.Disposed, LastSeen: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}, {ID: "new", Class: inventory.Laptop, State: inventory.InService}},
		Financings: []inventory.Financing{
			{Kind: inventory.Purchase, Start: "2022-03-01", Price: inventory.EUR(100000), AssetIDs: []string{"old"}},
			{Kind: inventory.Purchase, Start: "2026-03-15", Price: inventory.EUR(130000), AssetIDs: []string{"new"}},
		},
	}}
	got, err := Hindsight(in, "2026-01-01", "2026-12-31", ByClass)
	if err != nil || len(got) != 1 || got[0].Forecast.Decimal() != "1000.00" || got[0].Actual.Decimal() != "1300.00" || got[0].Difference.Decimal() != "300.00" {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestSumsAgree: the groups of any grouping add up to the sum of all lines, and
// that to the sum over clients, in every currency; nothing mixes.
func TestSumsAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		from := inventory.Day("2025-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "from"))
		lines, err := Forecast(in, from, from.AddDays(rapid.IntRange(0, 2500).Draw(t, "length")))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][3]int64{}
		for _, l := range lines {
			if l.Net.Minor+l.VAT.Minor != l.Gross.Minor {
				t.Fatalf("net and VAT are not gross: %+v", l)
			}
			w := want[l.Net.Currency]
			want[l.Net.Currency] = [3]int64{w[0] + l.Net.Minor, w[1] + l.VAT.Minor, w[2] + l.Gross.Minor}
		}
		delete(want, "")
		totals, err := Sum(lines)
		if err != nil || len(totals) != len(want) {
			t.Fatalf("%+v, %v", totals, err)
		}
		for _, total := range totals {
			if w := want[total.Net.Currency]; w != [3]int64{total.Net.Minor, total.VAT.Minor, total.Gross.Minor} {
				t.Fatalf("%+v, want %v", total, w)
			}
		}
		for _, by := range []By{ByMonth, ByClient, BySite, ByClass, ByKind} {
			groups, err := GroupLines(lines, by)
			if err != nil {
				t.Fatal(err)
			}
			sum, n := map[string][3]int64{}, 0
			for _, g := range groups {
				n += g.Lines
				for _, total := range g.Totals {
					s := sum[total.Net.Currency]
					sum[total.Net.Currency] = [3]int64{s[0] + total.Net.Minor, s[1] + total.VAT.Minor, s[2] + total.Gross.Minor}
				}
			}
			if n != len(lines) || fmt.Sprint(sum) != fmt.Sprint(want) {
				t.Fatalf("by %s: %v of %d lines, want %v of %d", by, sum, n, want, len(lines))
			}
		}
	})
}

func drawInput(t *rapid.T) Input {
	in := Input{Day: today}
	classes := []inventory.Class{inventory.Laptop, inventory.Switch, inventory.Printer}
	for i := range rapid.IntRange(0, 8).Draw(t, "assets") {
		in.Assets = append(in.Assets, inventory.Asset{
			ID: fmt.Sprint("a", i), ClientID: rapid.SampledFrom([]string{"c1", "c2"}).Draw(t, "client"), SiteID: rapid.SampledFrom([]string{"s1", "s2", "s3"}).Draw(t, "site"),
			Class: rapid.SampledFrom(classes).Draw(t, "class"), State: inventory.InService, FirstSeen: time.Date(2022, 3, 4, 0, 0, 0, 0, time.UTC),
		})
	}
	money := func(label string) inventory.Money {
		return inventory.Money{Minor: rapid.Int64Range(0, 1_000_000).Draw(t, label), Currency: rapid.SampledFrom([]string{"EUR", "USD", "CHF"}).Draw(t, "currency")}
	}
	linked := func() []string {
		var ids []string
		for _, a := range in.Assets {
			if rapid.Bool().Draw(t, "linked") {
				ids = append(ids, a.ID)
			}
		}
		return ids
	}
	day := func() inventory.Day {
		return inventory.Day("2022-01-01").AddDays(rapid.IntRange(0, 2500).Draw(t, "day"))
	}
	kinds := []inventory.FinancingKind{inventory.Purchase, inventory.Loan, inventory.CreditBail, inventory.Lease, inventory.Subscription}
	for range rapid.IntRange(0, 5).Draw(t, "financings") {
		m := money("price")
		in.Financings = append(in.Financings, inventory.Financing{
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Start: day(), Months: rapid.IntRange(0, 60).Draw(t, "months"), PeriodMonths: rapid.SampledFrom([]int{1, 3, 12}).Draw(t, "period"),
			Price: m, Instalment: m, Residual: m, RateBPS: 300, TacitMonths: rapid.SampledFrom([]int{0, 12}).Draw(t, "tacit"), NoticeMonths: 3,
			VATPermille: rapid.SampledFrom([]int{0, 55, 200}).Draw(t, "vat"), AssetIDs: linked(), ClientID: "c1",
		})
		in.Contracts = append(in.Contracts, inventory.Contract{
			Start: day(), Months: rapid.IntRange(0, 48).Draw(t, "months"), TacitMonths: rapid.SampledFrom([]int{0, 12}).Draw(t, "tacit"), Price: m,
			PriceMonths: rapid.IntRange(0, 12).Draw(t, "period"), IndexBPS: 250, VATPermille: 200, AssetIDs: linked(), SiteIDs: []string{"s1", "s2", "s3"}, ClientID: "c2",
		})
		start := day()
		in.Licences = append(in.Licences, inventory.Licence{
			Start: start, End: start.AddDays(rapid.IntRange(0, 900).Draw(t, "length")), Quantity: rapid.IntRange(0, 30).Draw(t, "quantity"), UnitPrice: m,
			PerMonths: rapid.SampledFrom([]int{0, 1, 12}).Draw(t, "period"), Renews: rapid.Bool().Draw(t, "renews"), VATPermille: 200, AssetIDs: linked(), ClientID: "c1",
		})
	}
	return in
}

func TestImpossibleWindow(t *testing.T) {
	t.Parallel()
	for field, days := range map[string][3]inventory.Day{
		"to:": {"2027-01-01", "2026-01-01", today}, "from:": {"2026-02-30", "2026-03-01", today}, "day:": {"2026-01-01", "2026-03-01", ""},
	} {
		if _, err := Forecast(Input{Day: days[2]}, days[0], days[1]); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%s %v", field, err)
		}
	}
}

func TestSumTooLargeToCount(t *testing.T) {
	t.Parallel()
	l := Line{Day: today, Net: inventory.EUR(1 << 62), Gross: inventory.EUR(1 << 62)}
	if _, err := Sum([]Line{l, l}); inventory.CodeOf(err) != inventory.LimitReached {
		t.Errorf("%v", err)
	}
}
