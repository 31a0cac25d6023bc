package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// Variance is what was forecast against what was paid, in one currency.
type Variance struct {
	Key                string
	Forecast, Actual   inventory.Money
	Difference         inventory.Money // Actual − Forecast
	ForecastN, ActualN int             // lines
}

// Versus compares the net amounts of two lists of lines, grouped alike.
func Versus(forecast, actual []Line, by By) ([]Variance, error) {
	type slot struct{ key, currency string }
	found := map[slot]*Variance{}
	side := func(lines []Line, add func(*Variance, Total)) error {
		groups, err := GroupLines(lines, by)
		if err != nil {
			return err
		}
		for _, g := range groups {
			for _, t := range g.Totals {
				k := slot{g.Key, t.Net.Currency}
				if found[k] == nil {
					zero := inventory.Money{Currency: k.currency}
					found[k] = &Variance{Key: k.key, Forecast: zero, Actual: zero, Difference: zero}
				}
				add(found[k], t)
			}
		}
		return nil
	}
	if err := side(forecast, func(v *Variance, t Total) { v.Forecast, v.ForecastN = t.Net, t.Lines }); err != nil {
		return nil, err
	}
	if err := side(actual, func(v *Variance, t Total) { v.Actual, v.ActualN = t.Net, t.Lines }); err != nil {
		return nil, err
	}
	all := make([]Variance, 0, len(found))
	for _, v := range found {
		v.Difference.Minor = v.Actual.Minor - v.Forecast.Minor
		all = append(all, *v)
	}
	slices.SortFunc(all, func(a, b Variance) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Forecast.Currency, b.Forecast.Currency))
	})
	return all, nil
}

// Hindsight compares the replacements that would have been forecast on the first
// day, from what was known, bought and priced until then, with the purchases
// since. What was retired since counts as in use then.
func Hindsight(in Input, from, to inventory.Day, by By) ([]Variance, error) {
	then := in
	then.Day, then.Assets, then.Financings, then.Prices, then.Interventions = from, nil, nil, nil, nil
	for i := range in.Assets {
		a := in.Assets[i]
		if inventory.DayOf(a.FirstSeen) >= from {
			continue // nobody knew of it
		}
		if !InUse(a.State) && inventory.DayOf(a.LastSeen) >= from {
			a.State = inventory.InService
		}
		then.Assets = append(then.Assets, a)
	}
	for _, f := range in.Financings {
		if f.Start < from {
			f.Amendments = slices.DeleteFunc(slices.Clone(f.Amendments), func(a inventory.Amendment) bool { return cmp.Or(a.SignedOn, a.Day) >= from })
			then.Financings = append(then.Financings, f)
		}
	}
	for _, p := range in.Prices {
		if p.Day < from {
			then.Prices = append(then.Prices, p)
		}
	}
	for _, v := range in.Interventions {
		if inventory.DayOf(v.OpenedAt) < from {
			then.Interventions = append(then.Interventions, v)
		}
	}
	planned, err := Forecast(then, from, to)
	if err != nil {
		return nil, err
	}
	paid, err := Forecast(in, from, to)
	if err != nil {
		return nil, err
	}
	keep := func(lines []Line, kinds ...LineKind) []Line {
		return slices.DeleteFunc(lines, func(l Line) bool { return !slices.Contains(kinds, l.Kind) })
	}
	return Versus(keep(planned, LineRefresh, LineBacklog), keep(paid, LinePurchase), by)
}
