package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// ExitKind says how a lease can end.
type ExitKind string

// The exits.
const (
	ExitReturn ExitKind = "return"
	ExitExtend ExitKind = "extend"
	ExitBuy    ExitKind = "buy"
)

// Exit is one way out of a lease, in money, net of VAT.
type Exit struct {
	Kind  ExitKind
	Cost  inventory.Money
	Known bool // false: a price is missing, and Cost leaves it out
	Why   string
}

// LeaseEnd is what an account manager needs to know before a lease ends.
type LeaseEnd struct {
	Term
	MissedNotice inventory.Money // what a forgotten notice costs: the rents of the renewal
	Remaining    inventory.Money // rents still to pay in the running term
	Instalments  int
	Exits        []Exit // the cheapest first; those with a missing price last
}

// EndOfLease compares the exits of a lease as seen on a day: return the things
// (what that costs, and new ones), extend by extension months (0: by the tacit
// renewal, or a year), or buy them at the residual. replacement is the price of
// new things; an empty one is not known. For what is no lease it is the zero value.
func EndOfLease(f inventory.Financing, replacement inventory.Money, extension int, day inventory.Day) LeaseEnd {
	if Owned(f.Kind) || f.Months <= 0 || f.Start.IsZero() {
		return LeaseEnd{}
	}
	end := LeaseEnd{Term: LeaseTerm(f, day), MissedNotice: MissedNotice(f)}
	end.Instalments, end.Remaining = remainingOfTerm(f, end.Term, day)
	months := cmp.Or(extension, f.TacitMonths, 12)
	back := Exit{Kind: ExitReturn, Cost: f.ReturnCost, Known: replacement.Minor > 0, Why: "cost of the return, and new equipment"}
	if back.Known {
		back.Cost = inventory.Money{Minor: back.Cost.Minor + replacement.Minor, Currency: cmp.Or(replacement.Currency, f.ReturnCost.Currency)}
	} else {
		back.Why = "cost of the return; the price of new equipment is not known"
	}
	extend := Exit{Kind: ExitExtend, Cost: f.Instalment.Scale(int64(months), int64(max(f.PeriodMonths, 1))), Known: true,
		Why: "rents of " + monthsText(months) + "; the equipment stays the lessor's"}
	buy := Exit{Kind: ExitBuy, Cost: f.Residual, Known: f.Residual.Minor > 0, Why: "purchase option; the equipment is the client's"}
	if !buy.Known {
		buy.Why = "no price agreed: ask the lessor"
	}
	end.Exits = []Exit{back, extend, buy}
	slices.SortStableFunc(end.Exits, func(a, b Exit) int {
		switch {
		case a.Known != b.Known && a.Known:
			return -1
		case a.Known != b.Known:
			return 1
		}
		return cmp.Compare(a.Cost.Minor, b.Cost.Minor)
	})
	return end
}

// MissedNotice gives what forgetting to give notice costs: the rents of one tacit renewal.
func MissedNotice(f inventory.Financing) inventory.Money {
	if f.TacitMonths <= 0 {
		return inventory.Money{Currency: f.Instalment.Currency}
	}
	return f.Instalment.Scale(int64(f.TacitMonths), int64(max(f.PeriodMonths, 1)))
}

// remainingOfTerm counts the rents after a day of the term that runs on it.
func remainingOfTerm(f inventory.Financing, t Term, day inventory.Day) (n int, sum inventory.Money) {
	rents := Instalments(f)
	if t.Number > 0 {
		from := f.Months + (t.Number-1)*f.TacitMonths
		rents = rentsOf(f, from, from+f.TacitMonths, t.Number)
	}
	sum.Currency = f.Instalment.Currency
	for _, r := range rents {
		if r.Day > day {
			n++
			sum.Minor += r.Amount.Minor
		}
	}
	return n, sum
}
