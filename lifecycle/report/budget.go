package report

import (
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// Budget is what three years cost as things stand: leases, contracts and
// licences go on at today's prices; replacements come from the refresh plan.
type Budget struct {
	Years    []YearCost      `json:"years"`
	Total    inventory.Money `json:"total"`
	Unpriced int             `json:"unpriced"` // assets to be replaced whose price nobody knows
	Left     []Sum           `json:"left,omitempty"`
}

// YearCost is one calendar year. Amounts are net of tax, in one currency: the
// one of most of the client's money; Left of the budget has what is in others.
type YearCost struct {
	Year      int             `json:"year"`
	Replace   inventory.Money `json:"replace"`
	Leases    inventory.Money `json:"leases"`
	Contracts inventory.Money `json:"contracts"`
	Licences  inventory.Money `json:"licences"`
	Total     inventory.Money `json:"total"`
}

// budgetYears is how far an audit's budget looks.
const budgetYears = 3

func (j *Judge) budgetOf(in Input) Budget {
	first := in.Day.Time().Year() + 1
	currency := in.currency()
	b := Budget{Years: make([]YearCost, budgetYears), Total: inventory.Money{Currency: currency}}
	add := func(to *inventory.Money, m inventory.Money) {
		switch {
		case m.Minor == 0:
		case m.Currency == currency:
			to.Minor += m.Minor
		default:
			i := slices.IndexFunc(b.Left, func(s Sum) bool { return s.Currency == m.Currency })
			if i < 0 {
				b.Left = append(b.Left, m)
				return
			}
			b.Left[i].Minor += m.Minor
		}
	}
	for i := range b.Years {
		y := &b.Years[i]
		y.Year = first + i
		zero := inventory.Money{Currency: currency}
		y.Replace, y.Leases, y.Contracts, y.Licences, y.Total = zero, zero, zero, zero, zero
		from, to := inventory.NewDay(y.Year, 1, 1), inventory.NewDay(y.Year, 12, 31)
		for k := range in.Financings {
			for _, p := range lifecycle.Instalments(in.Financings[k]) {
				if in.Financings[k].Kind != inventory.Purchase && p.Day >= from && p.Day <= to {
					add(&y.Leases, p.Amount)
				}
			}
		}
		for k := range in.Contracts {
			c := &in.Contracts[k]
			if term := lifecycle.ContractTerm(*c, from); !term.Over {
				add(&y.Contracts, yearly(c.Price, c.PriceMonths))
			}
		}
		for k := range in.Licences {
			l := &in.Licences[k]
			if l.Kind == "subscription" {
				add(&y.Licences, yearly(times(l.UnitPrice, l.Quantity), l.PerMonths))
			}
		}
	}
	b.Unpriced = j.replacements(in, &b)
	for i := range b.Years {
		y := &b.Years[i]
		y.Total.Minor = y.Replace.Minor + y.Leases.Minor + y.Contracts.Minor + y.Licences.Minor
		b.Total.Minor += y.Total.Minor
	}
	return b
}

// currency is the one that most of a client's agreements are in.
func (in *Input) currency() string {
	counts := map[string]int{}
	for i := range in.Financings {
		counts[in.Financings[i].Price.Currency]++
		counts[in.Financings[i].Instalment.Currency]++
	}
	for i := range in.Contracts {
		counts[in.Contracts[i].Price.Currency]++
	}
	for i := range in.Licences {
		counts[in.Licences[i].UnitPrice.Currency]++
	}
	best := "EUR"
	for code, n := range counts {
		if code != "" && (n > counts[best] || n == counts[best] && code < best) {
			best = code
		}
	}
	return best
}

// replacements adds what the refresh plan replaces in each year, what is overdue
// in the first, and counts what nobody knows a price of.
func (j *Judge) replacements(in Input, b *Budget) (unpriced int) {
	for _, r := range lifecycle.RefreshPlan(j.forecastInput(in)) {
		i := max(0, r.Year-b.Years[0].Year)
		switch {
		case i >= len(b.Years):
		case !r.Cost.Known:
			unpriced++
		case r.Cost.Amount.Currency == b.Total.Currency:
			b.Years[i].Replace.Minor += r.Cost.Amount.Minor
		default:
			unpriced++
		}
	}
	return unpriced
}

// forecastInput gives the input as forecasts take it.
func (j *Judge) forecastInput(in Input) lifecycle.Input {
	know := lifecycle.KnowledgeOf(j.catalogue, in.Coverages, in.Day)
	return lifecycle.Input{
		Estate: in.estate(), Interventions: in.Interventions, Policy: in.Policy, Prices: in.Prices, Day: in.Day, Knowledge: know,
	}
}
