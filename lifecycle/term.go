package lifecycle

import (
	"time"

	"parc/inventory"
)

// TermEnd gives the last day of the k-th term of a contract that starts on a
// day: months long at first, renewal months after that. Every end is counted
// from the start, so that short months leave no drift.
func TermEnd(start inventory.Day, months, renewal, k int) inventory.Day {
	return start.AddMonths(months + k*renewal).AddDays(-1)
}

// Term is where a contract or a lease stands on a day.
type Term struct {
	End    inventory.Day // last day of the term that runs on the day
	Notice inventory.Day // last working day on which notice can be given for that end; "" without a notice period
	Renews bool          // it goes on by itself after End
	Over   bool          // it has ended before the day
}

// maxRenewals bounds how far a forgotten contract is followed.
const maxRenewals = 1200

// TermOn gives the term that runs on a day. A tacit renewal of zero months means none.
func TermOn(start inventory.Day, months, tacit, notice int, day inventory.Day) Term {
	if start.IsZero() || months <= 0 {
		return Term{}
	}
	t := Term{End: TermEnd(start, months, 0, 0), Renews: tacit > 0}
	for k := 1; t.Renews && t.End < day && k <= maxRenewals; k++ {
		t.End = TermEnd(start, months, tacit, k)
	}
	t.Over = t.End < day
	t.Notice = LastNotice(t.End, notice)
	return t
}

// LastNotice gives the last working day on which notice of so many months can
// safely be given for an end: counted back from the end, moved earlier from a
// Saturday or a Sunday. It is "" when there is no notice period.
func LastNotice(end inventory.Day, months int) inventory.Day {
	if months <= 0 || end.IsZero() {
		return ""
	}
	d := end.AddMonths(-months)
	for weekday := d.Time().Weekday(); weekday == time.Saturday || weekday == time.Sunday; weekday = d.Time().Weekday() {
		d = d.AddDays(-1)
	}
	return d
}

// ContractTerm gives where a contract stands on a day.
func ContractTerm(c inventory.Contract, day inventory.Day) Term {
	return TermOn(c.Start, c.Months, c.TacitMonths, c.NoticeMonths, day)
}

// LeaseTerm gives where a lease stands on a day; for a purchase, which does not
// end, the zero Term.
func LeaseTerm(f inventory.Financing, day inventory.Day) Term {
	if f.Kind == inventory.Purchase {
		return Term{}
	}
	return TermOn(f.Start, f.Months, 0, f.NoticeMonths, day)
}

// Instalment is one payment of a financing, net of tax.
type Instalment struct {
	Day    inventory.Day
	Amount inventory.Money
}

// Instalments gives all payments of a financing: the price of a purchase on its
// day; otherwise one instalment a period, at its beginning (terme à échoir) or
// on its last day (terme échu), each counted from the start.
func Instalments(f inventory.Financing) []Instalment {
	if f.Start.IsZero() {
		return nil
	}
	if f.Kind == inventory.Purchase {
		return []Instalment{{f.Start, f.Price}}
	}
	period := f.PeriodMonths
	if period <= 0 {
		period = 1
	}
	var all []Instalment
	for month := 0; month < f.Months; month += period {
		day := f.Start.AddMonths(month)
		if f.Arrears {
			day = f.Start.AddMonths(min(month+period, f.Months)).AddDays(-1)
		}
		all = append(all, Instalment{day, f.Instalment})
	}
	return all
}

// Remaining gives how many instalments fall after a day, and what they sum up to.
func Remaining(f inventory.Financing, day inventory.Day) (n int, sum inventory.Money) {
	for _, i := range Instalments(f) {
		if i.Day > day {
			n++
			sum.Minor += i.Amount.Minor
			sum.Currency = i.Amount.Currency
		}
	}
	return n, sum
}

// CoverageEnd gives the effective end of an asset's coverages: the latest of
// them; "" when there is none.
func CoverageEnd(assetID string, coverages []inventory.Coverage) inventory.Day {
	var end inventory.Day
	for _, c := range coverages {
		if c.AssetID == assetID && c.End > end {
			end = c.End
		}
	}
	return end
}
