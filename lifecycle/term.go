package lifecycle

import (
	"parc/inventory"
)

// sendAhead is how many working days before the last safe day a registered
// letter is sent: many contracts count its receipt.
const sendAhead = 5

// maxRenewals bounds how far a forgotten contract is followed.
const maxRenewals = 1200

// Agreement is what the dates of a contract or a lease follow from. Every end
// is counted from Start, so that short months leave no drift.
type Agreement struct {
	Start        inventory.Day
	Months       int // of the first term
	TacitMonths  int // of each renewal that comes by itself; 0 is none
	NoticeMonths int
	NoticeDays   int // when notice counts in days instead of months
}

// Check says what is impossible in the agreement; each error is Invalid and names the field.
func (a Agreement) Check() error {
	if err := checkDay("start", a.Start, true); err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		value int
	}{{"months", a.Months}, {"tacit_months", a.TacitMonths}, {"notice_months", a.NoticeMonths}, {"notice_days", a.NoticeDays}} {
		if f.value < 0 || f.value > 12*100 && f.name != "notice_days" || f.value > 36525 {
			return inventory.Errorf(inventory.Invalid, "%s: %d is not possible: give a number from 0 to 1200", f.name, f.value)
		}
	}
	if a.NoticeMonths > 0 && a.NoticeDays > 0 {
		return inventory.Errorf(inventory.Invalid, "notice_days: notice counts in months or in days, not in both")
	}
	return nil
}

// Term is where a contract or a lease stands on a day.
type Term struct {
	Number int           // 0 for the first term, then the renewals
	Start  inventory.Day // first day of the term
	End    inventory.Day // last day of the term
	Safe   inventory.Day // last day on which notice for that end is safe; "" without a notice period
	Notice inventory.Day // last working day on which to act: Safe, or the working day before it
	Moved  string        // why Notice is not Safe: "Saturday", "Noël" …
	SendBy inventory.Day // a registered letter leaves by then
	Renews bool          // it goes on by itself after End
	Bound  inventory.Day // until when it binds if nobody gives notice in time; End when it does not renew
	Over   bool          // it has ended before the day
	Missed bool          // the day is past the safe day: notice now is for the next term
}

// TermEnd gives the last day of the k-th term of a contract that starts on a
// day: months long at first, renewal months after that.
func TermEnd(start inventory.Day, months, renewal, k int) inventory.Day {
	return start.AddMonths(months + k*renewal).AddDays(-1)
}

// Term gives the term of a number, 0 for the first; the zero Term for an agreement without one.
func (a Agreement) Term(k int) Term {
	if a.Start.IsZero() || a.Months <= 0 || k < 0 || k > 0 && a.TacitMonths <= 0 {
		return Term{}
	}
	t := Term{Number: k, Start: a.Start, End: TermEnd(a.Start, a.Months, a.TacitMonths, k), Renews: a.TacitMonths > 0}
	if k > 0 {
		t.Start = a.Start.AddMonths(a.Months + (k-1)*a.TacitMonths)
	}
	t.Bound = t.End
	if t.Renews {
		t.Bound = TermEnd(a.Start, a.Months, a.TacitMonths, k+1)
	}
	t.Safe = LastSafeNotice(t.End, a.NoticeMonths, a.NoticeDays)
	t.Notice, t.Moved = WorkingDay(t.Safe)
	t.SendBy = WorkingDaysBefore(t.Safe, sendAhead)
	return t
}

// On gives the term that runs on a day. Before the start it is the first; after
// the end of what does not renew it is the last, marked Over.
func (a Agreement) On(day inventory.Day) Term {
	k := 0
	if a.TacitMonths > 0 && !a.Start.IsZero() && a.Months > 0 {
		for k < maxRenewals && TermEnd(a.Start, a.Months, a.TacitMonths, k) < day {
			k++
		}
	}
	t := a.Term(k)
	t.Over = !t.End.IsZero() && t.End < day
	t.Missed = !t.Safe.IsZero() && day > t.Safe && !t.Over
	return t
}

// TermOn gives the term that runs on a day. A tacit renewal of zero months means none.
func TermOn(start inventory.Day, months, tacit, notice int, day inventory.Day) Term {
	return Agreement{Start: start, Months: months, TacitMonths: tacit, NoticeMonths: notice}.On(day)
}

// LastSafeNotice gives the last day on which notice can safely be given for an
// end: counted back from it, the same day number or the month's last (Code de
// procédure civile, art. 641). It is "" when there is no notice period.
func LastSafeNotice(end inventory.Day, months, days int) inventory.Day {
	switch {
	case end.IsZero():
		return ""
	case days > 0:
		return end.AddDays(-days)
	case months > 0:
		return end.AddMonths(-months)
	}
	return ""
}

// LastNotice gives the last working day on which notice of so many months can
// safely be given: the safe day, moved earlier from a Saturday, a Sunday or a
// public holiday. It is "" when there is no notice period.
func LastNotice(end inventory.Day, months int) inventory.Day {
	d, _ := WorkingDay(LastSafeNotice(end, months, 0))
	return d
}

// ContractAgreement gives what a contract's dates follow from.
func ContractAgreement(c inventory.Contract) Agreement {
	return Agreement{c.Start, c.Months, c.TacitMonths, c.NoticeMonths, c.NoticeDays}
}

// ContractTerm gives where a contract stands on a day.
func ContractTerm(c inventory.Contract, day inventory.Day) Term {
	return ContractAgreement(c).On(day)
}

// LeaseAgreement gives what a lease's dates follow from: its last beginning,
// where an amendment has started its term anew.
func LeaseAgreement(f inventory.Financing) Agreement {
	for i := len(f.Amendments) - 1; i >= 0; i-- {
		if a := &f.Amendments[i]; a.Term == inventory.Restart {
			return Agreement{a.Day, a.Months, f.TacitMonths, f.NoticeMonths, f.NoticeDays}
		}
	}
	return Agreement{f.Start, f.Months, f.TacitMonths, f.NoticeMonths, f.NoticeDays}
}

// LeaseTerm gives where a lease or a loan stands on a day; for a purchase, which
// does not end, the zero Term.
func LeaseTerm(f inventory.Financing, day inventory.Day) Term {
	if f.Kind == inventory.Purchase {
		return Term{}
	}
	return LeaseAgreement(f).On(day)
}

// IndexedPrice gives a contract's price in force on a day: raised by IndexBPS on
// each anniversary of the start, compounded, rounded once.
func IndexedPrice(c inventory.Contract, day inventory.Day) inventory.Money {
	if c.IndexBPS == 0 || c.Start.IsZero() || day < c.Start {
		return c.Price
	}
	years := 0
	for years < 100 && c.Start.AddMonths(12*(years+1)) <= day {
		years++
	}
	return grown(c.Price, c.IndexBPS, years)
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
