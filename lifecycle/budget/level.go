package budget

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// Level spreads the spending so that its dearest year is as cheap as possible,
// without regard to risk: nothing moves out of its window. Beside it stands the
// naive curve, in which everything is bought in its first allowed year. The
// result's caps are the peak found.
func Level(p Problem) (level, naive Solution, err error) {
	if err := p.Check(); err != nil {
		return Solution{}, Solution{}, err
	}
	p.Caps = nil
	c, notes := p.reduce()
	first := make([]int, len(c.blocks))
	for b := range c.blocks {
		first[b] = c.blocks[b].first
	}
	naive = p.solution(c, first)
	naive.Feasible = true

	low, high := int64(0), slices.Max(append(c.spend(first), 0))
	years := first
	for low < high { // the smallest peak that placing by deadlines can keep
		peak := low + (high-low)/2
		if placed, ok := c.place(peak); ok {
			years, high = placed, slices.Max(append(c.spend(placed), 0))
		} else {
			low = peak + 1
		}
	}
	p.Caps = map[int]inventory.Money{0: {Minor: high, Currency: p.Currency()}}
	level = p.solution(c, years)
	level.Feasible, level.Notes = true, notes
	return level, naive, nil
}

// place fills year after year up to a peak: what must go now, then what must go
// next, the dearest first. It fails when something misses its deadline.
func (c *core) place(peak int64) ([]int, bool) {
	years := make([]int, len(c.blocks))
	waiting := make([]int, len(c.blocks))
	for b := range waiting {
		waiting[b] = b
	}
	slices.SortStableFunc(waiting, func(a, b int) int {
		x, y := &c.blocks[a], &c.blocks[b]
		return cmp.Or(cmp.Compare(x.last, y.last), cmp.Compare(y.cost[y.first], x.cost[x.first]))
	})
	for t := range c.years {
		var spent int64
		late := waiting[:0:0]
		for _, b := range waiting {
			bl := &c.blocks[b]
			switch {
			case bl.first <= t && spent+bl.cost[t] <= peak:
				spent += bl.cost[t]
				years[b] = t
			case bl.last <= t:
				return nil, false
			default:
				late = append(late, b)
			}
		}
		waiting = late
	}
	return years, len(waiting) == 0
}
