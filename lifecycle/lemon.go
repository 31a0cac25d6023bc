package lifecycle

import (
	"fmt"
	"slices"
	"strings"

	"parc/inventory"
)

// The lemon rule: within a year, so many failures, or repairs that cost more
// than so much of a new one.
const (
	lemonFailures = 3
	lemonPercent  = 50
	lemonMonths   = 12
)

// LemonRule says from when on a thing fails too often.
type LemonRule struct {
	Failures int // in Months; 0 is 3
	Percent  int // of the replacement's price, spent on failures in Months; 0 is 50
	Months   int // 0 is 12
}

// Lemon is a thing that fails too often.
type Lemon struct {
	AssetID  string
	Failures int
	Cost     inventory.Money // of the failures, in the replacement's currency
	Why      string
}

// Lemons finds among interventions the assets that failed too often or too
// dearly in the months before a day. replacement gives the price of a new one;
// it may be nil. The list is in the order of asset ids.
func Lemons(interventions []inventory.Intervention, rule LemonRule, replacement func(assetID string) (inventory.Money, bool), day inventory.Day) []Lemon {
	rule = rule.withDefaults()
	since := day.AddMonths(-rule.Months)
	failures := map[string][]*inventory.Intervention{}
	for i := range interventions {
		v := &interventions[i]
		opened := inventory.DayOf(v.OpenedAt)
		if v.AssetID != "" && v.Kind == inventory.InterventionFailure && opened > since && opened <= day {
			failures[v.AssetID] = append(failures[v.AssetID], v)
		}
	}
	var lemons []Lemon
	for id, list := range failures {
		if l, ok := rule.judge(id, list, replacement); ok {
			lemons = append(lemons, l)
		}
	}
	slices.SortFunc(lemons, func(a, b Lemon) int { return strings.Compare(a.AssetID, b.AssetID) })
	return lemons
}

func (r LemonRule) judge(id string, list []*inventory.Intervention, replacement func(string) (inventory.Money, bool)) (Lemon, bool) {
	l := Lemon{AssetID: id, Failures: len(list)}
	price, known := inventory.Money{}, false
	if replacement != nil {
		price, known = replacement(id)
	}
	for _, v := range list {
		if l.Cost.Currency == "" {
			l.Cost.Currency = v.Cost.Currency
		}
		if v.Cost.Currency == l.Cost.Currency && (!known || v.Cost.Currency == price.Currency) {
			l.Cost.Minor += v.Cost.Minor
		}
	}
	switch {
	case l.Failures >= r.Failures:
		l.Why = fmt.Sprintf("%d failures in %s", l.Failures, monthsText(r.Months))
	case known && price.Minor > 0 && l.Cost.Currency == price.Currency && l.Cost.Minor > price.Scale(int64(r.Percent), 100).Minor:
		l.Why = fmt.Sprintf("repairs of %s %s in %s are more than %d %% of a new one at %s",
			l.Cost.Decimal(), l.Cost.Currency, monthsText(r.Months), r.Percent, price.Decimal())
	default:
		return Lemon{}, false
	}
	return l, true
}

func (r LemonRule) withDefaults() LemonRule {
	if r.Failures <= 0 {
		r.Failures = lemonFailures
	}
	if r.Percent <= 0 {
		r.Percent = lemonPercent
	}
	if r.Months <= 0 {
		r.Months = lemonMonths
	}
	return r
}

// lemonsOf judges the assets of a forecast's input.
func lemonsOf(in Input, p *planner, at map[string]int) map[string]Lemon {
	if len(in.Interventions) == 0 {
		return nil
	}
	price := func(id string) (inventory.Money, bool) {
		i, ok := at[id]
		if !ok {
			return inventory.Money{}, false
		}
		q := p.quote(in.Assets[i].Class, in.Assets[i].Model, year(in.Day))
		return q.Amount, q.Known
	}
	found := map[string]Lemon{}
	for _, l := range Lemons(in.Interventions, LemonRule{}, price, in.Day) {
		found[l.AssetID] = l
	}
	return found
}
