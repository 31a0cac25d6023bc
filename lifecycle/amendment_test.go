package lifecycle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
)

// evolving is a lease of a, b and c at 355.00 a month in advance for 36 months.
func evolving(amendments ...inventory.Amendment) inventory.Financing {
	return inventory.Financing{
		Kind: inventory.EvolvingLease, Reference: "LE-1", Start: "2026-03-01", Months: 36, Instalment: inventory.EUR(35500), TacitMonths: 12, NoticeMonths: 3,
		VATPermille: 200, AssetIDs: []string{"a", "b", "c"}, Amendments: amendments,
	}
}

// told writes instalments as "day amount", those alike in a row once: the first day and how many.
func told(lines []Instalment) string {
	var parts []string
	for i := 0; i < len(lines); {
		k := i
		for k < len(lines) && lines[k].Amount == lines[i].Amount && lines[k].Kind == lines[i].Kind && lines[k].Schedule == lines[i].Schedule {
			k++
		}
		text := fmt.Sprint(lines[i].Day, " ", lines[i].Amount.Decimal())
		if k-i > 1 {
			text += fmt.Sprint(" x", k-i)
		}
		parts = append(parts, text)
		i = k
	}
	return strings.Join(parts, " · ")
}

func TestAmendedSchedules(t *testing.T) {
	t.Parallel()
	more := inventory.Amendment{Day: "2026-09-01", Term: inventory.CoTerminous, Instalment: inventory.EUR(40000), AssetsIn: []string{"d"}}
	within := more
	within.Day = "2026-09-16"
	less := inventory.Amendment{Day: "2026-09-16", Term: inventory.CoTerminous, Instalment: inventory.EUR(20000), AssetsOut: []string{"b", "c"}}
	anew := inventory.Amendment{Day: "2027-06-16", Term: inventory.Restart, Months: 24, Instalment: inventory.EUR(42000), AssetsIn: []string{"e"}, AssetsOut: []string{"a"}}
	own := inventory.Amendment{Day: "2027-03-15", Term: inventory.OwnTerm, Months: 3, Instalment: inventory.EUR(5000), AssetsIn: []string{"f"}}
	renewed := inventory.Amendment{Day: "2029-05-01", Term: inventory.Restart, Months: 12}
	for _, c := range []struct {
		name, want, end, assets string
		total                   int64
		f                       inventory.Financing
	}{
		{"co-terminous on the day of a rent", "2026-03-01 355.00 x6 · 2026-09-01 400.00 x30", "2029-02-28", "a b c d", 1413000, evolving(more)},
		{"co-terminous within a month", "2026-03-01 355.00 x7 · 2026-09-16 22.50 · 2026-10-01 400.00 x29", "2029-02-28", "a b c d", 1410750, evolving(within)},
		{"less within a month", "2026-03-01 355.00 x7 · 2026-09-16 -77.50 · 2026-10-01 200.00 x29", "2029-02-28", "a", 820750, evolving(less)},
		{"anew within a month", "2026-03-01 355.00 x16 · 2027-06-16 -177.50 · 2027-06-16 420.00 x24", "2029-06-15", "b c e", 1558250, evolving(anew)},
		{"one after the other", "2026-03-01 355.00 x6 · 2026-09-01 400.00 x10 · 2027-06-16 -200.00 · 2027-06-16 420.00 x24", "2029-06-15", "b c d e", 1601000, evolving(more, anew)},
		{"a schedule of its own", "2026-03-01 355.00 x13 · 2027-03-15 50.00 · 2027-04-01 355.00 · 2027-04-15 50.00 · 2027-05-01 355.00 · 2027-05-15 50.00 · 2027-06-01 355.00 x21", "2029-02-28", "a b c f", 1293000, evolving(own)},
		{"anew during a renewal", "2026-03-01 355.00 x50", "2030-04-30", "a b c", 1775000, evolving(renewed)},
	} {
		if err := CheckFinancing(c.f); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		lines := Instalments(c.f)
		_, sum := Remaining(c.f, "2026-01-01")
		if got := told(lines); got != c.want || sum != inventory.EUR(c.total) {
			t.Errorf("%s: %s, in all %s\nwant %s, %d", c.name, got, sum.Decimal(), c.want, c.total)
		}
		if got := LeaseTerm(c.f, "2026-11-23"); string(got.End) != c.end {
			t.Errorf("%s: ends %s, want %s", c.name, got.End, c.end)
		}
		if got := strings.Join(c.f.AssetsOn("2028-01-01"), " "); got != c.assets {
			t.Errorf("%s: assets %s, want %s", c.name, got, c.assets)
		}
		arrears := c.f
		arrears.Arrears = true
		if _, same := Remaining(arrears, "2026-01-01"); same != sum {
			t.Errorf("%s: in arrears %s in all, in advance %s", c.name, same.Decimal(), sum.Decimal())
		}
	}
	arrears := evolving(anew)
	arrears.Arrears = true
	if got, want := told(Instalments(arrears)), "2026-03-31 355.00 x15 · 2027-06-15 177.50 · 2027-07-15 420.00 x24"; got != want {
		t.Errorf("in arrears %s, want %s", got, want)
	}
}

func TestTermsOfLeaseFields(t *testing.T) {
	t.Parallel()
	f := evolving()
	f.FirstInstalment, f.Premium, f.Deposit, f.IndexBPS, f.ExitPermille = inventory.EUR(100000), inventory.EUR(1250), inventory.EUR(50000), 200, 1100
	f.Months, f.OptionFrom, f.OptionUntil = 25, "2027-09-01", "2027-12-31"
	rents := slices.DeleteFunc(Instalments(f), func(i Instalment) bool { return i.Kind != PayRent })
	if got, want := told(rents), "2026-03-01 1000.00 · 2026-04-01 355.00 x11 · 2027-03-01 362.10 x12 · 2028-03-01 369.34"; got != want {
		t.Errorf("rents %s, want %s", got, want)
	}
	n, left := Remaining(f, "2027-02-15") // 12 of 362.10, one of 369.34, 13 premiums of 12.50
	if n != 13 || left.Decimal() != "4877.04" {
		t.Errorf("%d left, %s", n, left.Decimal())
	}
	end := EndOfLease(f, inventory.Money{}, 0, "2027-02-15")
	if end.EarlyExit.Decimal() != "5364.74" || end.Deposit != inventory.EUR(50000) || end.OptionUntil != "2027-12-31" {
		t.Errorf("early exit %s, deposit %s, option until %s", end.EarlyExit.Decimal(), end.Deposit.Decimal(), end.OptionUntil)
	}
	if missed := MissedNotice(f); missed.Decimal() != "4589.47" { // 11 at 369.34, the twelfth after the third anniversary at 376.73, and premiums
		t.Errorf("missed %s", missed.Decimal())
	}
	lines, err := Forecast(Input{Day: "2026-01-01", Estate: Estate{Financings: []inventory.Financing{f}}}, "2026-01-01", "2028-03-31")
	if err != nil {
		t.Fatal(err)
	}
	deposits := slices.DeleteFunc(lines, func(l Line) bool { return l.Kind != LineDeposit })
	if len(deposits) != 2 || deposits[0].Net != inventory.EUR(50000) || deposits[1].Net != inventory.EUR(-50000) || deposits[1].Day != "2028-03-31" || deposits[1].VAT.Minor != 0 {
		t.Errorf("deposits %+v", deposits)
	}
}

func TestPresentValueOfAmended(t *testing.T) {
	t.Parallel()
	even := Rents{Amount: inventory.EUR(35500), Months: 36}
	f := evolving()
	for _, arrears := range []bool{false, true} {
		even.Arrears, f.Arrears = arrears, arrears
		if got, want := PresentValueOf(Instalments(f), f.Start, arrears, 600), even.PresentValue(600); got != want {
			t.Errorf("arrears %v: %s, want %s as of even rents", arrears, got.Decimal(), want.Decimal())
		}
	}
	f.Arrears = false
	half := inventory.Amendment{Day: "2027-09-01", Term: inventory.CoTerminous, Instalment: inventory.EUR(0)}
	f.Amendments = []inventory.Amendment{half}
	even.Months, even.Arrears = 18, false
	if got, want := PresentValueOf(Instalments(f), f.Start, false, 600), even.PresentValue(600); got != want {
		t.Errorf("no rent from the 19th month on: %s, want %s", got.Decimal(), want.Decimal())
	}
}

// TestAmendmentsInForecast: rents, returns and replacements follow the assets.
func TestAmendmentsInForecast(t *testing.T) {
	t.Parallel()
	in := Input{Day: "2026-11-23"}
	for i, id := range []string{"a", "b", "c", "d", "e"} {
		site := "north"
		if i > 2 {
			site = "south"
		}
		in.Assets = append(in.Assets, inventory.Asset{ID: id, SiteID: site, Class: inventory.Laptop, State: inventory.InService, Hostname: id})
	}
	in.Financings = []inventory.Financing{evolving(
		inventory.Amendment{Day: "2027-03-01", Term: inventory.CoTerminous, Instalment: inventory.EUR(30000), AssetsIn: []string{"d"}, AssetsOut: []string{"a", "b"}},
		inventory.Amendment{Day: "2027-06-01", Term: inventory.OwnTerm, Months: 12, Instalment: inventory.EUR(5000), AssetsIn: []string{"e"}},
	)}
	lines, err := Forecast(in, "2027-02-01", "2028-06-30")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day inventory.Day, kind LineKind) (out string) {
		for _, l := range lines {
			if l.Day == day && l.Kind == kind {
				out += fmt.Sprintf("%s %v %s; ", l.SiteID, l.AssetIDs, l.Net.Decimal())
			}
		}
		return out
	}
	for _, c := range []struct {
		day  inventory.Day
		kind LineKind
		want string
	}{
		{"2027-02-01", LineRent, "north [a b c] 355.00; "},
		{"2027-03-01", LineRent, "north [c] 150.00; south [d] 150.00; "},
		{"2027-03-01", LineReturn, "north [a b] 0.00; "},
		{"2027-06-01", LineRent, "north [c] 150.00; south [d] 150.00; south [e] 50.00; "},
		{"2028-05-31", LineLeaseEnd, "south [e] 0.00; "},
	} {
		if got := at(c.day, c.kind); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.day, c.kind, got, c.want)
		}
	}
	ends := map[string]inventory.Day{}
	for _, r := range RefreshPlan(in) {
		ends[r.AssetID] = r.Day
	}
	for id, want := range map[string]inventory.Day{"a": "2027-03-01", "b": "2027-03-01", "c": "2029-02-28", "d": "2029-02-28", "e": "2028-05-31"} {
		if ends[id] != want {
			t.Errorf("%s goes on %s, want %s", id, ends[id], want)
		}
	}
	if s := StartOf(in.Assets[3], in.Financings, nil, nil, in.Day); s.Day != "2027-03-01" {
		t.Errorf("d is there since %s", s.Day)
	}
}

// TestAmendmentsAddUp: whatever is agreed, rents in advance and in arrears cost the
// same in all, and the lines of a forecast add up to the schedule.
func TestAmendmentsAddUp(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		f := evolving()
		f.PeriodMonths, f.TacitMonths = []int{1, 3, 12}[r.IntN(3)], 0
		f.Start = f.Start.AddDays(r.IntN(27))
		day, months, start := f.Start, f.Months, f.Start
		for range r.IntN(4) {
			day = day.AddDays(1 + r.IntN(200))
			a := inventory.Amendment{Day: day, Term: inventory.CoTerminous, Instalment: inventory.EUR(int64(r.IntN(90000)))}
			if r.IntN(3) == 0 {
				a.Term, a.Months = inventory.Restart, 12+r.IntN(36)
			}
			if day >= start.AddMonths(months) {
				break
			}
			if a.Term == inventory.Restart {
				start, months = a.Day, a.Months
			}
			f.Amendments = append(f.Amendments, a)
		}
		if err := CheckFinancing(f); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		_, advance := Remaining(f, "2020-01-01")
		f.Arrears = true
		_, arrears := Remaining(f, "2020-01-01")
		if advance != arrears {
			t.Errorf("seed %d: %s in advance, %s in arrears", seed, advance.Decimal(), arrears.Decimal())
		}
		lines, err := Forecast(Input{Day: f.Start, Estate: Estate{Financings: []inventory.Financing{f}}}, f.Start, "2045-01-01")
		if err != nil {
			t.Fatal(err)
		}
		totals, err := Sum(slices.DeleteFunc(lines, func(l Line) bool { return l.Kind != LineRent }))
		if err != nil || len(totals) > 0 && totals[0].Net != arrears {
			t.Errorf("seed %d: forecast %+v, schedule %s, %v", seed, totals, arrears.Decimal(), err)
		}
	}
}

func TestImpossibleAmendments(t *testing.T) {
	t.Parallel()
	rent := inventory.EUR(40000)
	good := inventory.Amendment{Day: "2026-09-01", Term: inventory.CoTerminous, Instalment: rent}
	for field, c := range map[string]struct {
		change func(f *inventory.Financing, a *inventory.Amendment)
		why    string
	}{
		"amendments:":              {func(f *inventory.Financing, _ *inventory.Amendment) { f.Kind, f.Price = inventory.Loan, rent }, "only a lease"},
		"amendments[0].day:":       {func(_ *inventory.Financing, a *inventory.Amendment) { a.Day = "2026-03-01" }, "not after the start"},
		"amendments[0].day: ":      {func(f *inventory.Financing, a *inventory.Amendment) { a.Day, f.TacitMonths = "2029-03-01", 0 }, "after the end"},
		"amendments[0].day: \"":    {func(_ *inventory.Financing, a *inventory.Amendment) { a.Day = "2027-02-30" }, "no day"},
		"amendments[0].signed_on:": {func(_ *inventory.Financing, a *inventory.Amendment) { a.SignedOn = "2027-02-30" }, "no day"},
		"amendments[1].day:":       {func(f *inventory.Financing, a *inventory.Amendment) { f.Amendments = append(f.Amendments, *a) }, "second"},
		"amendments[1].day: 2026": {func(f *inventory.Financing, a *inventory.Amendment) {
			b := *a
			b.Day = "2026-08-01"
			f.Amendments = append(f.Amendments, b)
		}, "before"},
		"amendments[0].term:":          {func(_ *inventory.Financing, a *inventory.Amendment) { a.Term = "perhaps" }, "none of"},
		"amendments[0].months:":        {func(_ *inventory.Financing, a *inventory.Amendment) { a.Months = 12 }, "co-terminous"},
		"amendments[0].months: how":    {func(_ *inventory.Financing, a *inventory.Amendment) { a.Term = inventory.Restart }, "how long"},
		"amendments[0].months: 5000":   {func(_ *inventory.Financing, a *inventory.Amendment) { a.Term, a.Months = inventory.Restart, 5000 }, "bounds"},
		"amendments[0].instalment:":    {func(_ *inventory.Financing, a *inventory.Amendment) { a.Instalment.Currency = "USD" }, "convert"},
		"amendments[0].instalment: an": {func(_ *inventory.Financing, a *inventory.Amendment) { a.Instalment.Minor = -1 }, "negative"},
		"amendments[0].instalment: it": {func(_ *inventory.Financing, a *inventory.Amendment) { a.Instalment = inventory.Money{} }, "nothing"},
		"amendments[0].instalment: a":  {func(_ *inventory.Financing, a *inventory.Amendment) { a.Term, a.Months = inventory.OwnTerm, 12 }, "own"},
		"amendments[0].assets_in:":     {func(_ *inventory.Financing, a *inventory.Amendment) { a.AssetsIn = []string{"a"} }, "already"},
		"amendments[0].assets_out:":    {func(_ *inventory.Financing, a *inventory.Amendment) { a.AssetsOut = []string{"z"} }, "not in the lease"},
		"amendments[0].assets_out: a": {func(_ *inventory.Financing, a *inventory.Amendment) {
			a.Term, a.Months, a.AssetsIn, a.AssetsOut = inventory.OwnTerm, 12, []string{"z"}, []string{"a"}
		}, "only adds"},
	} {
		f := evolving(good)
		c.change(&f, &f.Amendments[0])
		for who, err := range map[string]error{"lifecycle": CheckFinancing(f), "inventory": f.Check()} {
			if inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), field) || !strings.Contains(err.Error(), c.why) {
				t.Errorf("%s, %s: %v", who, field, err)
			}
		}
	}
}
