package budget

import (
	"slices"

	"parc/inventory"
)

// Solve gives the best choice of years. Impossible input is Invalid and names
// the field; caps too small for what must be bought are no error: the Solution
// is then not Feasible, overruns the caps as little as could be found, and says
// where and by what.
func Solve(p Problem) (Solution, error) {
	if err := p.Check(); err != nil {
		return Solution{}, err
	}
	c, notes := p.reduce()
	years, bound, exact := c.solve()
	s := p.solution(c, years)
	s.Notes = notes
	currency := p.Currency()
	if s.Exact = exact; exact {
		bound = s.Total.Minor
	}
	s.Bound = inventory.Money{Minor: min(bound, s.Total.Minor), Currency: currency}
	if s.Bound.Minor > 0 {
		s.Gap = float64(s.Total.Minor-s.Bound.Minor) / float64(s.Bound.Minor)
	}
	if over := c.overrun(years); over > 0 {
		s.Short = p.shortages(c, years)
	}
	s.Feasible = len(s.Short) == 0
	if lots := c.broken(years); lots > 0 {
		s.Notes = append(s.Notes, "lots: not every model could be bought in its smallest lot within the caps")
	}
	return s, nil
}

// solve chooses a year for each block: exactly where that is quick.
func (c *core) solve() (years []int, bound int64, exact bool) {
	if years, ok := c.search(); ok {
		return years, c.value(years), true
	}
	return c.relax()
}

// solution writes the choice in money.
func (p Problem) solution(c core, years []int) Solution {
	currency := p.Currency()
	money := func(minor int64) inventory.Money { return inventory.Money{Minor: minor, Currency: currency} }
	s := Solution{Choices: make([]Choice, len(p.Items)), Years: make([]YearSum, p.Years)}
	for t := range s.Years {
		y := YearSum{Year: p.From + t, Spend: money(0), Backlog: money(0), Risk: money(0)}
		y.Cap, y.Capped = p.capOf(y.Year)
		s.Years[t] = y
	}
	s.Spend, s.Risk = money(0), money(0)
	for b, t := range years {
		for _, i := range c.blocks[b].items {
			it := &p.Items[i]
			choice := Choice{Item: i, Year: p.From + t, Cost: money(it.costIn(t).Minor), Risk: money(0)}
			for k := range t {
				choice.Risk.Minor += it.riskIn(k).Minor
				s.Years[k].Risk.Minor += it.riskIn(k).Minor
			}
			lost := it.lost(choice.Year).Minor
			choice.Risk.Minor += lost
			s.Years[t].Risk.Minor += lost
			s.Choices[i] = choice
			s.Spend.Minor += choice.Cost.Minor
			s.Risk.Minor += choice.Risk.Minor
			y := &s.Years[t]
			y.Spend.Minor += choice.Cost.Minor
			y.Items++
			if it.Backlog {
				y.Backlog.Minor += choice.Cost.Minor
			}
		}
	}
	s.Total = money(s.Spend.Minor + s.Risk.Minor)
	return s
}

// shortages says by how much which cap is too small, and what breaks it.
func (p Problem) shortages(c core, years []int) []Shortage {
	spend := c.spend(years)
	var all []Shortage
	for t, cap := range c.caps {
		if cap == noCap || spend[t] <= cap {
			continue
		}
		short := Shortage{Year: p.From + t, Raise: inventory.Money{Minor: spend[t] - cap, Currency: p.Currency()}}
		for b, year := range years {
			if year == t && !c.canLeave(b, t, spend) {
				short.Items = append(short.Items, c.blocks[b].items...)
			}
		}
		slices.Sort(short.Items)
		all = append(all, short)
	}
	return all
}

// canLeave tells that a block fits into another of its years.
func (c *core) canLeave(b, from int, spend []int64) bool {
	bl := &c.blocks[b]
	for t := bl.first; t <= bl.last; t++ {
		if t != from && (c.caps[t] == noCap || spend[t]+bl.cost[t] <= c.caps[t]) {
			return true
		}
	}
	return false
}

// value gives spend plus risk.
func (c *core) value(years []int) int64 {
	var sum int64
	for b, t := range years {
		sum += c.blocks[b].total[t]
	}
	return sum
}

func (c *core) spend(years []int) []int64 {
	spend := make([]int64, c.years)
	for b, t := range years {
		spend[t] += c.blocks[b].cost[t]
	}
	return spend
}

// overrun gives by how much the caps are exceeded, all years together.
func (c *core) overrun(years []int) int64 {
	var over int64
	for t, spend := range c.spend(years) {
		if c.caps[t] != noCap {
			over += max(spend-c.caps[t], 0)
		}
	}
	return over
}

// broken counts how many pieces are bought in lots that are too small.
func (c *core) broken(years []int) int {
	n := 0
	counts := make([]int, c.years)
	for _, l := range c.lots {
		clear(counts)
		for _, b := range l.blocks {
			counts[years[b]]++
		}
		for _, k := range counts {
			if k > 0 && k < l.least {
				n += l.least - k
			}
		}
	}
	return n
}
