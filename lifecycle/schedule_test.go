package lifecycle

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parc/inventory"
)

func TestLoan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                string
		f                   inventory.Financing
		first, last         int64
		firstInterest, paid int64
	}{
		{"36 months at 4.8 %", inventory.Financing{Price: inventory.EUR(1000000), RateBPS: 480, Months: 36}, 29881, 29888, 4000, 1075723},
		{"36 months at 4.5 %", inventory.Financing{Price: inventory.EUR(1200000), RateBPS: 450, Months: 36}, 35696, 35707, 4500, 1285067},
		{"four years at 9.85 %", inventory.Financing{Price: inventory.EUR(2140000), RateBPS: 985, Months: 48, PeriodMonths: 12}, 672917, 672917, 210790, 2691668},
		{"without interest", inventory.Financing{Price: inventory.EUR(100000), Months: 3}, 33333, 33334, 0, 100000},
	} {
		c.f.Kind, c.f.Start = inventory.Loan, "2026-01-01"
		lines := Instalments(c.f)
		var paid int64
		for _, l := range lines {
			paid += l.Amount.Minor
		}
		first, last := lines[0], lines[len(lines)-1]
		if first.Amount.Minor != c.first || last.Amount.Minor != c.last || first.Interest.Minor != c.firstInterest || paid != c.paid || last.Left.Minor != 0 {
			t.Errorf("%s: first %d last %d interest %d paid %d left %d", c.name, first.Amount.Minor, last.Amount.Minor, first.Interest.Minor, paid, last.Left.Minor)
		}
	}
	var interest []string
	for _, l := range Instalments(inventory.Financing{Kind: inventory.Loan, Start: "2026-01-01", Price: inventory.EUR(2140000), RateBPS: 985, Months: 48, PeriodMonths: 12}) {
		interest = append(interest, l.Interest.Decimal())
	}
	if got := strings.Join(interest, " "); got != "2107.90 1652.70 1152.67 603.41" {
		t.Errorf("interest %s", got)
	}
}

func days(lines []Instalment) string {
	var d []string
	for _, l := range lines {
		d = append(d, string(l.Day))
	}
	return strings.Join(d, " ")
}

func TestLeaseSchedules(t *testing.T) {
	t.Parallel()
	quarterly := inventory.Financing{Kind: inventory.Lease, Start: "2026-03-01", Months: 36, PeriodMonths: 3, Instalment: inventory.EUR(13500)}
	advance := days(Instalments(quarterly))
	if !strings.HasPrefix(advance, "2026-03-01 2026-06-01 2026-09-01 2026-12-01 ") || !strings.HasSuffix(advance, " 2028-12-01") {
		t.Errorf("in advance: %s", advance)
	}
	quarterly.Arrears = true
	arrears := days(Instalments(quarterly))
	if !strings.HasPrefix(arrears, "2026-05-31 ") || !strings.HasSuffix(arrears, " 2029-02-28") || len(Instalments(quarterly)) != 12 {
		t.Errorf("in arrears: %s", arrears)
	}
	monthly := inventory.Financing{Kind: inventory.Lease, Start: "2026-01-31", Months: 4, Instalment: inventory.EUR(100)}
	if got := days(Instalments(monthly)); got != "2026-01-31 2026-02-28 2026-03-31 2026-04-30" {
		t.Errorf("from the 31st: %s", got)
	}
	short := inventory.Financing{Kind: inventory.Lease, Start: "2026-01-01", Months: 7, PeriodMonths: 3, Instalment: inventory.EUR(30000)}
	if got := Instalments(short); len(got) != 3 || got[2].Amount != inventory.EUR(10000) {
		t.Errorf("a last period of one month: %+v", got)
	}
}

func TestBrokenFirstPeriod(t *testing.T) {
	t.Parallel()
	f := inventory.Financing{Kind: inventory.Lease, InService: "2026-03-18", Start: "2026-04-01", Months: 36, Instalment: inventory.EUR(35500)}
	lines := Instalments(f)
	if len(lines) != 37 || lines[0].Kind != PayInterim || lines[0].Amount.Decimal() != "153.83" || lines[0].Day != "2026-03-18" {
		t.Errorf("%d lines, first %+v", len(lines), lines[0])
	}
	f.PeriodMonths, f.Instalment, f.Arrears = 3, inventory.EUR(106500), true
	if first := Instalments(f)[0]; first.Amount.Decimal() != "153.83" || first.Day != "2026-03-31" {
		t.Errorf("quarterly in arrears: %+v", first)
	}
}

func TestRemainingAndMissedNotice(t *testing.T) {
	t.Parallel()
	f := inventory.Financing{Kind: inventory.Lease, Start: "2026-03-01", Months: 36, Instalment: inventory.EUR(35500), TacitMonths: 12, NoticeMonths: 3}
	if n, sum := Remaining(f, "2026-11-23"); n != 27 || sum.Decimal() != "9585.00" {
		t.Errorf("remaining %d, %s", n, sum.Decimal())
	}
	if got := MissedNotice(f).Decimal(); got != "4260.00" {
		t.Errorf("a missed notice costs %s", got)
	}
	lld := inventory.Financing{Kind: inventory.Lease, Start: "2025-03-01", Months: 36, PeriodMonths: 3, Instalment: inventory.EUR(13500), NoticeMonths: 3}
	if term := LeaseTerm(lld, "2026-11-23"); term.End != "2028-02-29" || term.Safe != "2027-11-29" || term.Notice != "2027-11-29" {
		t.Errorf("%+v", term)
	}
}

func TestExitsOfALease(t *testing.T) {
	t.Parallel()
	f := inventory.Financing{
		Kind: inventory.CreditBail, Start: "2024-03-01", Months: 36, PeriodMonths: 3, Instalment: inventory.EUR(106500), TacitMonths: 12,
		NoticeMonths: 3, Residual: inventory.EUR(120000), ReturnCost: inventory.EUR(30000),
	}
	got := EndOfLease(f, inventory.EUR(1200000), 0, "2026-11-23")
	if len(got.Exits) != 3 || got.Exits[0].Kind != ExitBuy || got.Exits[1].Kind != ExitExtend || got.Exits[1].Cost.Decimal() != "4260.00" ||
		got.Exits[2].Cost.Decimal() != "12300.00" || got.Notice != "2026-11-27" || got.Remaining.Decimal() != "1065.00" || got.Bound != "2028-02-29" {
		t.Errorf("%+v", got)
	}
	renewed := EndOfLease(f, inventory.Money{}, 0, "2027-06-15") // one year on, nobody gave notice
	if renewed.Number != 1 || renewed.End != "2028-02-29" || renewed.Instalments != 2 || renewed.Exits[2].Known {
		t.Errorf("%+v", renewed)
	}
}

func TestPresentValues(t *testing.T) {
	t.Parallel()
	rents := Rents{Amount: inventory.EUR(4500), Months: 36}
	if got := rents.PresentValue(500).Decimal(); got != "1510.08" {
		t.Errorf("36 rents of 45.00 in advance at 5 %%: %s", got)
	}
	lease := Rents{Amount: inventory.EUR(35500), Months: 36}
	if got := lease.PresentValue(600).Decimal(); got != "11753.82" {
		t.Errorf("in advance: %s", got)
	}
	lease.Arrears = true
	if got := lease.PresentValue(600).Decimal(); got != "11696.88" {
		t.Errorf("in arrears: %s", got)
	}
	monthly, yearly, ok := Rents{Amount: inventory.EUR(55000), Months: 48}.ImplicitRate(inventory.EUR(2140000), inventory.EUR(214000))
	if !ok || math.Abs(monthly-0.0120559) > 1e-7 || math.Abs(yearly-0.15466) > 1e-5 {
		t.Errorf("implicit rate %v a month, %v a year, %v", monthly, yearly, ok)
	}
	if _, yearly, ok := (Rents{Amount: inventory.EUR(35500), Months: 36}).ImplicitRate(inventory.EUR(1200000), inventory.Money{}); !ok || math.Abs(yearly-0.0446) > 5e-5 {
		t.Errorf("implicit rate without an option: %v a year, %v", yearly, ok)
	}
	if got := AnnualCost(inventory.EUR(122000), inventory.EUR(7000), 4, 600).Decimal(); got != "336.08" {
		t.Errorf("equivalent annual cost %s", got)
	}
	total, err := Ownership{
		Price: inventory.EUR(110000), SetUp: inventory.EUR(12000), SupportMonth: inventory.EUR(1200), Months: 48,
		FailureBPS: []int{1500, 1700, 2000, 2200}, FailureCost: inventory.EUR(45000), Energy: inventory.EUR(4000), Exit: inventory.EUR(1000), Resale: inventory.EUR(8000),
	}.Total()
	if err != nil || total.Decimal() != "2099.00" || total.Scale(1, 48).Decimal() != "43.73" {
		t.Errorf("total cost of ownership %s, %v", total.Decimal(), err)
	}
}

func TestBuyOrLease(t *testing.T) {
	t.Parallel()
	c := Choice{Price: inventory.EUR(1200000), Resale: inventory.EUR(60000), Rents: Rents{Amount: inventory.EUR(35500), Months: 36}, DiscountBPS: 600}
	got, err := c.Compare()
	if err != nil || got.Lease.Decimal() != "11753.82" || got.Buy.Decimal() != "11496.23" || got.Difference.Decimal() != "257.59" || got.BreakEven.Decimal() != "347.22" || !got.BuyIsBetter {
		t.Errorf("before tax: %+v, %v", got, err)
	}
	if math.Abs(got.Implicit-0.0446) > 1e-4 {
		t.Errorf("implicit rate %v", got.Implicit)
	}
	c.TaxBPS = 2500
	got, err = c.Compare()
	if err != nil || got.Lease.Decimal() != "8907.06" || got.Buy.Decimal() != "8949.16" || got.Difference.Decimal() != "-42.10" || got.BreakEven.Decimal() != "356.68" || got.BuyIsBetter {
		t.Errorf("after tax: %+v, %v", got, err)
	}
	c.Resale.Currency = "USD"
	if _, err := c.Compare(); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("two currencies: %v", err)
	}
}

// TestLoansAreRepaid: whatever the loan, its principal is repaid to the cent and
// never rises.
func TestLoansAreRepaid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := inventory.Financing{
			Kind: inventory.Loan, Start: "2026-01-31", Price: inventory.EUR(rapid.Int64Range(100, 1_000_000_00).Draw(t, "price")),
			RateBPS: rapid.IntRange(0, 2000).Draw(t, "rate"), Months: rapid.IntRange(1, 120).Draw(t, "months"),
			PeriodMonths: rapid.SampledFrom([]int{0, 1, 3, 6, 12}).Draw(t, "period"),
		}
		left, end := f.Price.Minor, LeaseTerm(f, f.Start).End
		for _, l := range Instalments(f) {
			if l.Principal.Minor+l.Interest.Minor != l.Amount.Minor || l.Left.Minor > left || l.Day > end {
				t.Fatalf("%+v after %d left, end %s", l, left, end)
			}
			left = l.Left.Minor
		}
		if left != 0 {
			t.Fatalf("%d is left", left)
		}
	})
}

func TestImpossibleFinancingNamesItsField(t *testing.T) {
	t.Parallel()
	good := inventory.Financing{Kind: inventory.Lease, Start: "2026-01-01", Months: 36, Instalment: inventory.EUR(4500)}
	for field, change := range map[string]func(*inventory.Financing){
		"kind:":          func(f *inventory.Financing) { f.Kind = "gift" },
		"price: -0.01":   func(f *inventory.Financing) { f.Price = inventory.EUR(-1) },
		"residual: USD":  func(f *inventory.Financing) { f.Residual = inventory.Money{Minor: 1, Currency: "USD"} },
		"start:":         func(f *inventory.Financing) { f.Start = "2026-02-30" },
		"in_service:":    func(f *inventory.Financing) { f.InService = "2026-13-01" },
		"months:":        func(f *inventory.Financing) { f.Months = 0 },
		"notice_days:":   func(f *inventory.Financing) { f.NoticeDays, f.NoticeMonths = 90, 3 },
		"period_months:": func(f *inventory.Financing) { f.PeriodMonths = -1 },
		"vat_permille:":  func(f *inventory.Financing) { f.VATPermille = 2000 },
	} {
		f := good
		change(&f)
		if err := CheckFinancing(f); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%s %v", field, err)
		}
	}
	if err := CheckFinancing(good); err != nil {
		t.Error(err)
	}
}
