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
	EarlyExit    inventory.Money // what leaving on the day costs: the rents left, and the penalty; without a currency it is not agreed
	Deposit      inventory.Money // comes back at the end
	OptionFrom   inventory.Day   // the purchase option is declared between these days
	OptionUntil  inventory.Day
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
	end := LeaseEnd{Term: LeaseTerm(f, day), MissedNotice: MissedNotice(f), Deposit: f.Deposit, OptionFrom: f.OptionFrom, OptionUntil: f.OptionUntil}
	f = current(f)
	end.Instalments, end.Remaining = remainingOfTerm(f, end.Term, day)
	if f.ExitPermille > 0 && !end.Over {
		end.EarlyExit = end.Remaining.Scale(int64(f.ExitPermille), 1000)
	}
	months := cmp.Or(extension, f.TacitMonths, 12)
	back := Exit{Kind: ExitReturn, Cost: f.ReturnCost, Known: replacement.Minor > 0, Why: "cost of the return, and new equipment"}
	if back.Known {
		back.Cost = inventory.Money{Minor: back.Cost.Minor + replacement.Minor, Currency: cmp.Or(replacement.Currency, f.ReturnCost.Currency)}
	} else {
		back.Why = "cost of the return; the price of new equipment is not known"
	}
	extend := Exit{Kind: ExitExtend, Cost: rentsFrom(f, end.Number, months), Known: true,
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
	return rentsFrom(current(f), 0, f.TacitMonths)
}

// rentsFrom gives what so many months cost after the end of a term of a lease's
// last run, 0 being the first.
func rentsFrom(f inventory.Financing, term, months int) inventory.Money {
	from := f.Months + term*f.TacitMonths
	sum := inventory.Money{Currency: f.Instalment.Currency}
	for _, r := range rentsOf(f, from, from+months, term+1) {
		sum.Minor += r.Amount.Minor
	}
	return sum
}

// remainingOfTerm counts the rents after a day of the term of a lease's last run
// that runs on it.
func remainingOfTerm(f inventory.Financing, t Term, day inventory.Day) (n int, sum inventory.Money) {
	rents := Instalments(f)
	if t.Number > 0 {
		from := f.Months + (t.Number-1)*f.TacitMonths
		rents = rentsOf(f, from, from+f.TacitMonths, t.Number)
	}
	return after(rents, day, inventory.Money{Currency: f.Instalment.Currency})
}
