package lifecycle

import (
	"slices"

	"parc/inventory"
)

// forever is after every day that an agreement reaches.
const forever inventory.Day = "9999-12-31"

// Schedules gives the parts of a financing that end by themselves: the lease,
// then each amendment with a term of its own as a lease. They share the
// reference, the notice and the tacit renewal. What is not amended is its only part.
func Schedules(f inventory.Financing) []inventory.Financing {
	if !slices.ContainsFunc(f.Amendments, ownTerm) {
		return []inventory.Financing{f}
	}
	parts := []inventory.Financing{f}
	parts[0].Amendments = slices.DeleteFunc(slices.Clone(f.Amendments), ownTerm)
	for _, a := range f.Amendments {
		if ownTerm(a) {
			parts = append(parts, anew(f, a, a.Instalment, a.AssetsIn))
		}
	}
	return parts
}

func ownTerm(a inventory.Amendment) bool { return a.Term == inventory.OwnTerm }

// anew gives the lease as it begins again with an amendment: what is due once is
// not due again.
func anew(f inventory.Financing, a inventory.Amendment, rent inventory.Money, assets []string) inventory.Financing {
	f.Start, f.Months, f.Instalment, f.AssetIDs, f.SignedOn = a.Day, a.Months, rent, assets, a.SignedOn
	f.InService, f.Amendments = "", nil
	f.FirstInstalment, f.Deposit = inventory.Money{}, inventory.Money{}
	if a.Term == inventory.OwnTerm { // priced for the lease, not for what came to it
		f.Premium = inventory.Money{}
		f.Residual, f.ReturnCost, f.InsuredUntil, f.OptionFrom, f.OptionUntil = inventory.Money{}, inventory.Money{}, "", "", ""
	}
	return f
}

// run is a stretch of a lease from a beginning of its term to the next one. Its
// amendments are co-terminous.
type run struct {
	inventory.Financing
	until inventory.Day // first day of the next run; "" for the last
}

// runsOf gives the runs of one schedule, in order.
func runsOf(f inventory.Financing) []run {
	if len(f.Amendments) == 0 {
		return []run{{f, ""}}
	}
	var runs []run
	g := f
	g.Amendments = nil
	for _, a := range f.Amendments {
		switch a.Term {
		case inventory.Restart:
			runs = append(runs, run{g, a.Day})
			rent := a.Instalment
			if rent.Currency == "" {
				rent = rentOn(&g, a.Day)
			}
			g = anew(g, a, rent, f.AssetsOn(a.Day))
		case inventory.CoTerminous:
			g.Amendments = append(slices.Clip(g.Amendments), a)
		}
	}
	return append(runs, run{g, ""})
}

// current gives the last run of a lease: what its end follows from.
func current(f inventory.Financing) inventory.Financing {
	if len(f.Amendments) == 0 {
		return f
	}
	runs := runsOf(f)
	return runs[len(runs)-1].Financing
}

// rentOn gives the rent of a period in force on a day: the last agreed one,
// raised on each anniversary of the start since.
func rentOn(g *inventory.Financing, day inventory.Day) inventory.Money {
	rent, since := g.Instalment, g.Start
	for i := range g.Amendments {
		if a := &g.Amendments[i]; a.Day <= day && a.Instalment.Currency != "" {
			rent, since = a.Instalment, a.Day
		}
	}
	if g.IndexBPS == 0 {
		return rent
	}
	return grown(rent, g.IndexBPS, anniversaries(g.Start, day)-anniversaries(g.Start, since))
}

// anniversaries counts those of a day until another, that one too.
func anniversaries(start, day inventory.Day) int {
	if day < start {
		return 0
	}
	n := max((monthsTo(start, day)-1)/12, 0)
	if n > 0 && start.AddMonths(12*n) > day {
		n--
	}
	return n
}

// scheduleRents gives all rents of one schedule but those of the renewals of its
// last run, which are still open.
func scheduleRents(f inventory.Financing) []Instalment {
	var rents []Instalment
	runs := runsOf(f)
	if interim, ok := interimRent(runs[0].Financing); ok {
		rents = append(rents, interim)
	}
	for _, r := range runs {
		rents = append(rents, r.rents(0, r.Months, 0)...)
		if r.until.IsZero() || r.TacitMonths <= 0 {
			continue
		}
		for k, from := 1, r.Months; k <= maxRenewals && r.Start.AddMonths(from) < r.until; k, from = k+1, from+r.TacitMonths {
			rents = append(rents, r.rents(from, from+r.TacitMonths, k)...)
		}
	}
	return rents
}

// rents gives the payments of the months [from, to) after the run's start. A last
// period that is shorter costs its share; so do the days before and after a change
// of the rent within a period, and before the next run.
func (r *run) rents(from, to, term int) []Instalment {
	g, period := &r.Financing, max(r.PeriodMonths, 1)
	lines := make([]Instalment, 0, max(to-from, 0)/period+1)
	for month := from; month < to; month += period {
		length := min(period, to-month)
		first, next := g.Start.AddMonths(month), g.Start.AddMonths(month+length)
		if !r.until.IsZero() && first >= r.until {
			break
		}
		i := Instalment{Day: first, Kind: PayRent, Amount: rentOn(g, first), Term: term}
		premium := Instalment{Day: first, Kind: PayPremium, Amount: g.Premium, Term: term}
		if length < period {
			i.Amount, premium.Amount = i.Amount.Scale(int64(length), int64(period)), premium.Amount.Scale(int64(length), int64(period))
		}
		if month == 0 && g.FirstInstalment.Minor > 0 {
			i.Amount = g.FirstInstalment
		}
		changes := r.changes(first, next, period)
		if g.Arrears {
			i.Day, premium.Day = next.AddDays(-1), next.AddDays(-1)
			if !r.until.IsZero() && r.until < next {
				i.Day, premium.Day = r.until.AddDays(-1), r.until.AddDays(-1)
			}
			for _, c := range changes { // the bill comes after them
				if c.Kind == PayPremium {
					premium.Amount.Minor += c.Amount.Minor
				} else {
					i.Amount.Minor += c.Amount.Minor
				}
			}
			changes = nil
		}
		lines = append(lines, i)
		if premium.Amount.Minor != 0 {
			lines = append(lines, premium)
		}
		for _, c := range changes {
			c.Term = term
			lines = append(lines, c)
		}
	}
	return lines
}

// changes gives what changes within a period, in days of 30-day months: the rent
// from an amendment on, and what is paid too much when the next run begins.
func (r *run) changes(first, next inventory.Day, period int) []Instalment {
	var lines []Instalment
	whole := int64(daysOfMonth * period)
	end := next
	if !r.until.IsZero() && r.until < next {
		end = r.until
	}
	for i := range r.Amendments {
		a := &r.Amendments[i]
		if a.Day <= first || a.Day >= end || a.Instalment.Currency == "" {
			continue
		}
		more := rentOn(&r.Financing, a.Day)
		more.Minor -= rentOn(&r.Financing, a.Day.AddDays(-1)).Minor
		if more = more.Scale(int64(days360(a.Day, next.AddDays(-1))), whole); more.Minor != 0 {
			lines = append(lines, Instalment{Day: a.Day, Kind: PayAdjustment, Amount: more})
		}
	}
	if end == next {
		return lines
	}
	unused := -int64(days360(end, next.AddDays(-1)))
	lines = append(lines, Instalment{Day: end, Kind: PayAdjustment, Amount: rentOn(&r.Financing, end.AddDays(-1)).Scale(unused, whole)})
	if r.Premium.Minor != 0 {
		lines = append(lines, Instalment{Day: end, Kind: PayPremium, Amount: r.Premium.Scale(unused, whole)})
	}
	return lines
}
