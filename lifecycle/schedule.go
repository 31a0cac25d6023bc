package lifecycle

import (
	"cmp"
	"math"
	"slices"

	"parc/inventory"
)

// InstalmentKind says what a payment of a financing is for.
type InstalmentKind string

// The kinds of instalments.
const (
	PayPrice   InstalmentKind = "price"      // a purchase's invoice
	PayInterim InstalmentKind = "interim"    // loyer intercalaire: the broken period between delivery and the first term
	PayRent    InstalmentKind = "rent"       // of a lease or a subscription
	PayLoan    InstalmentKind = "instalment" // of a loan: interest and principal
	// PayPremium is the lessor's insurance, billed with a rent; it bears no VAT.
	PayPremium InstalmentKind = "premium"
	// PayAdjustment is what a rent already paid is short of, or (negative) too much
	// by, because an amendment came within its period.
	PayAdjustment InstalmentKind = "adjustment"
)

// Instalment is one payment of a financing, net of VAT.
type Instalment struct {
	Day       inventory.Day
	Kind      InstalmentKind
	Amount    inventory.Money
	Interest  inventory.Money // of a loan
	Principal inventory.Money // of a loan
	Left      inventory.Money // of a loan's principal, after this payment
	Term      int             // 0 in the first term, then the number of the tacit renewal
	Schedule  int             // 0 of the lease, then of the amendments with a term of their own
}

// CheckFinancing says what is impossible; each error is Invalid and names the field.
func CheckFinancing(f inventory.Financing) error {
	switch f.Kind {
	case inventory.Purchase, inventory.Loan, inventory.CreditBail, inventory.Lease, inventory.EvolvingLease, inventory.Subscription:
	default:
		return inventory.Errorf(inventory.Invalid, "kind: %q is no kind of financing", inventory.CleanTo(string(f.Kind), 40))
	}
	fields := []string{"price", "instalment", "residual", "return_cost", "first_instalment", "deposit", "premium"}
	amounts := []inventory.Money{f.Price, f.Instalment, f.Residual, f.ReturnCost, f.FirstInstalment, f.Deposit, f.Premium}
	for i, m := range amounts {
		if err := checkMoney(fields[i], m); err != nil {
			return err
		}
	}
	if err := checkSame(fields, amounts...); err != nil {
		return err
	}
	if err := (Agreement{f.Start, f.Months, f.TacitMonths, f.NoticeMonths, f.NoticeDays}).Check(); err != nil {
		return err
	}
	for name, d := range map[string]inventory.Day{
		"signed_on": f.SignedOn, "in_service": f.InService, "insured_until": f.InsuredUntil, "option_from": f.OptionFrom, "option_until": f.OptionUntil,
	} {
		if err := checkDay(name, d, false); err != nil {
			return err
		}
	}
	if err := checkRates(f); err != nil {
		return err
	}
	return f.CheckAmendments()
}

func checkRates(f inventory.Financing) error {
	switch {
	case f.PeriodMonths < 0 || f.PeriodMonths > 120:
		return inventory.Errorf(inventory.Invalid, "period_months: %d is not possible: 1 is monthly, 12 yearly", f.PeriodMonths)
	case f.RateBPS < 0 || f.RateBPS > 100_00:
		return inventory.Errorf(inventory.Invalid, "rate_bps: %d is not possible: 480 is 4.8 %% a year", f.RateBPS)
	case f.VATPermille < 0 || f.VATPermille > 1000:
		return inventory.Errorf(inventory.Invalid, "vat_permille: %d is not possible: 200 is 20 %%", f.VATPermille)
	case f.IndexBPS < -5000 || f.IndexBPS > 10000:
		return inventory.Errorf(inventory.Invalid, "index_bps: %d is not possible: 250 is 2.5 %% a year", f.IndexBPS)
	case f.ExitPermille < 0 || f.ExitPermille > 10000:
		return inventory.Errorf(inventory.Invalid, "exit_permille: %d is not possible: 1100 is all rents left and 10 %%", f.ExitPermille)
	case f.OptionFrom != "" && f.OptionUntil != "" && f.OptionUntil < f.OptionFrom:
		return inventory.Errorf(inventory.Invalid, "option_until: %s is before option_from, %s", f.OptionUntil, f.OptionFrom)
	case f.Kind != inventory.Purchase && f.Kind != inventory.Subscription && f.Months == 0:
		return inventory.Errorf(inventory.Invalid, "months: a %s needs its length in months", f.Kind)
	case f.Kind == inventory.Loan && f.Price.Minor == 0:
		return inventory.Errorf(inventory.Invalid, "price: a loan needs the amount lent")
	case f.Kind == inventory.Loan && f.Residual.Minor > f.Price.Minor:
		return inventory.Errorf(inventory.Invalid, "residual: more is left at the end of the loan than was lent")
	}
	if f.Method == "" || f.Method == inventory.Expensed {
		return nil
	}
	return Depreciable{Cost: f.Price, Start: cmp.Or(f.InService, f.Start), Months: cmp.Or(f.LifeMonths, 36), Method: f.Method}.Check()
}

// Instalments gives all payments of a financing that are signed: the price of a
// purchase on its day; otherwise one instalment a period of the first term, at its
// beginning (terme à échoir) or on its last day (terme échu), each counted from
// the start. Amendments change rents and terms from their day on; what they begin
// anew ends with its own term. A loan is always repaid in arrears.
func Instalments(f inventory.Financing) []Instalment {
	switch {
	case f.Start.IsZero():
		return nil
	case f.Kind == inventory.Purchase:
		return []Instalment{{Day: f.Start, Kind: PayPrice, Amount: f.Price}}
	case f.Kind == inventory.Loan:
		return Repayment(f)
	}
	var all []Instalment
	for k, part := range Schedules(f) {
		rents := scheduleRents(part)
		for i := range rents {
			rents[i].Schedule = k
		}
		all = append(all, rents...)
	}
	if len(f.Amendments) > 0 {
		slices.SortStableFunc(all, func(a, b Instalment) int { return cmp.Compare(a.Day, b.Day) })
	}
	return all
}

// rentsOf gives the rents of the months [from, to) after the start of a lease's
// last run.
func rentsOf(f inventory.Financing, from, to, term int) []Instalment {
	r := run{Financing: f}
	return r.rents(from, to, term)
}

// interimRent gives the loyer intercalaire: from the delivery to the eve of the
// first term, in days of a 30-day month.
func interimRent(f inventory.Financing) (Instalment, bool) {
	if f.InService.IsZero() || f.InService >= f.Start || f.Kind == inventory.Subscription {
		return Instalment{}, false
	}
	eve := f.Start.AddDays(-1)
	i := Instalment{Day: f.InService, Kind: PayInterim}
	if f.Arrears {
		i.Day = eve
	}
	i.Amount = f.Instalment.Scale(int64(days360(f.InService, eve)), int64(daysOfMonth*max(f.PeriodMonths, 1)))
	return i, true
}

// Repayment gives the schedule of a loan: equal instalments of the annuity
// formula P·i ÷ (1 − (1+i)^−n) with i the nominal yearly rate ÷ periods a year,
// unless the bank's own instalment is given. The last line absorbs the rounding,
// of its amount and of its interest: all of them add up to n times the exact
// annuity, and the last is never less than the others. A residual is repaid with it.
func Repayment(f inventory.Financing) []Instalment {
	period := max(f.PeriodMonths, 1)
	n := (f.Months + period - 1) / period
	if n <= 0 || f.Start.IsZero() {
		return nil
	}
	equal := f.Instalment
	if equal.Minor == 0 {
		equal = inventory.Money{Minor: Annuity(f.Price.Minor, f.Residual.Minor, f.RateBPS, period, n), Currency: f.Price.Currency}
	}
	left, paid := f.Price, int64(0)
	lines := make([]Instalment, 0, n)
	for k := 1; k <= n; k++ {
		interest := left.Scale(int64(f.RateBPS)*int64(period), 10000*12)
		amount := equal
		if k == n && f.Instalment.Minor == 0 {
			interest.Minor = lastInterest(f, period, n, paid, left.Minor, interest.Minor)
		}
		if k == n || amount.Minor-interest.Minor > left.Minor {
			amount.Minor = left.Minor + interest.Minor
		}
		paid += amount.Minor
		principal := inventory.Money{Minor: amount.Minor - interest.Minor, Currency: left.Currency}
		left.Minor -= principal.Minor
		day := f.Start.AddMonths(min(k*period, f.Months)).AddDays(-1)
		lines = append(lines, Instalment{Day: day, Kind: PayLoan, Amount: amount, Interest: interest, Principal: principal, Left: left})
		if left.Minor == 0 {
			break
		}
	}
	return lines
}

// lastInterest gives the interest of the last line: what is missing from n times
// the exact annuity, where that differs from the line's own by cents only.
func lastInterest(f inventory.Financing, period, n int, paid, left, own int64) int64 {
	if f.RateBPS == 0 {
		return 0
	}
	exact := annuity(f.Price.Minor, f.Residual.Minor, f.RateBPS, period, n)
	total := max(round(exact*float64(n)), round(exact)*int64(n)) + f.Residual.Minor
	if rest := total - paid - left; rest >= 0 && max(rest-own, own-rest) <= int64(n) {
		return rest
	}
	return own
}

// Annuity gives the equal instalment, in minor units, that repays a principal
// but for a residual in n periods of so many months at a nominal yearly rate.
func Annuity(principal, residual int64, rateBPS, periodMonths, n int) int64 {
	return round(annuity(principal, residual, rateBPS, periodMonths, n))
}

func annuity(principal, residual int64, rateBPS, periodMonths, n int) float64 {
	i := float64(rateBPS) / 10000 * float64(periodMonths) / 12
	if i == 0 {
		return float64(principal-residual) / float64(n)
	}
	v := math.Pow(1+i, -float64(n))
	return (float64(principal) - float64(residual)*v) * i / (1 - v)
}

// Remaining gives how many instalments of the first term fall after a day, and
// what they add up to: the commitment that is disclosed off the balance sheet.
func Remaining(f inventory.Financing, day inventory.Day) (n int, sum inventory.Money) {
	sum.Currency = cmp.Or(f.Instalment.Currency, f.Price.Currency)
	return after(Instalments(f), day, sum)
}

// after counts the instalments after a day, and adds what they and their
// adjustments come to.
func after(lines []Instalment, day inventory.Day, sum inventory.Money) (int, inventory.Money) {
	n := 0
	for _, i := range lines {
		if i.Day <= day {
			continue
		}
		if i.Kind != PayPremium && i.Kind != PayAdjustment {
			n++
		}
		sum.Minor += i.Amount.Minor
	}
	return n, sum
}

// MonthlyRent gives a lease's instalment as a rent of one month.
func MonthlyRent(f inventory.Financing) inventory.Money {
	return f.Instalment.Scale(1, int64(max(f.PeriodMonths, 1)))
}

// RentOn gives what a period costs on a day: of the lease, and of every schedule
// of its own that runs on it, raised and amended as agreed.
func RentOn(f inventory.Financing, day inventory.Day) inventory.Money {
	sum := inventory.Money{Currency: f.Instalment.Currency}
	for k, part := range Schedules(f) {
		if k > 0 && (part.Start > day || LeaseTerm(part, day).Over) {
			continue
		}
		runs := runsOf(part)
		at := 0
		for at+1 < len(runs) && runs[at+1].Start <= day {
			at++
		}
		rent := rentOn(&runs[at].Financing, day)
		sum = inventory.Money{Minor: sum.Minor + rent.Minor, Currency: cmp.Or(sum.Currency, rent.Currency)}
	}
	return sum
}

// PresentValueOf gives what payments are worth on a first day at an effective
// yearly rate; see PresentValueConvention. Days within a month count as
// thirtieths of it; in arrears a payment counts at the end of its day.
func PresentValueOf(lines []Instalment, first inventory.Day, arrears bool, yearlyBPS int) inventory.Money {
	var out inventory.Money
	var sum float64
	monthly := MonthlyRate(yearlyBPS)
	for _, l := range lines {
		day := l.Day
		if arrears {
			day = day.AddDays(1)
		}
		sum += float64(l.Amount.Minor) * math.Pow(1+monthly, -monthsBetween(first, day))
		out.Currency = cmp.Or(out.Currency, l.Amount.Currency)
	}
	out.Minor = round(sum)
	return out
}

// monthsBetween counts from one day to another: whole months where the day number
// is the same, or the month's last; thirtieths beyond them.
func monthsBetween(from, to inventory.Day) float64 {
	n := monthsTo(from, to) - 1
	if from.AddMonths(n) > to {
		n--
	}
	whole := from.AddMonths(n)
	return float64(n) + float64(whole.Until(to))/daysOfMonth
}
