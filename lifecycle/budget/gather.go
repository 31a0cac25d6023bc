package budget

import (
	"cmp"
	"slices"
)

// whole gives a choice that buys no lot too small: the pieces of each lot go in as
// many parts as it can have, each part in one year. It is what is left where caps
// are so tight that single pieces do not find together. False where the years
// allowed for a part have none in common, or the parts do not fit within the caps.
func (c *core) whole() ([]int, bool) {
	g := core{years: c.years, caps: c.caps}
	var members [][]int
	add := func(blocks ...int) bool {
		b := c.gathered(blocks)
		g.blocks, members = append(g.blocks, b), append(members, blocks)
		return b.first <= b.last
	}
	for k := range c.blocks {
		if c.blocks[k].lot < 0 {
			add(k)
		}
	}
	for i := range c.lots {
		l := &c.lots[i]
		pieces := slices.Clone(l.blocks)
		slices.SortFunc(pieces, func(x, y int) int { // those that must go early, then those that cost most to keep
			a, b := &c.blocks[x], &c.blocks[y]
			return cmp.Or(cmp.Compare(a.last, b.last), cmp.Compare(a.first, b.first), cmp.Compare(b.total[c.years-1]-b.total[0], a.total[c.years-1]-a.total[0]), cmp.Compare(x, y))
		})
		for parts := len(pieces) / l.least; parts > 0; parts-- {
			n := len(pieces) / parts
			if !add(pieces[:n]...) {
				return nil, false
			}
			pieces = pieces[n:]
		}
	}
	chosen, _, _ := g.solve()
	years := make([]int, len(c.blocks))
	for k, blocks := range members {
		for _, b := range blocks {
			years[b] = chosen[k]
		}
	}
	if c.overrun(years) > 0 || c.broken(years) > 0 {
		return nil, false
	}
	c.board(years).improve()
	c.swaps(years)
	return years, true
}

// gathered makes one block of several; where their years have none in common its
// last is before its first.
func (c *core) gathered(blocks []int) block {
	if len(blocks) == 1 {
		b := c.blocks[blocks[0]]
		b.lot = -1
		return b
	}
	sum := block{cost: make([]int64, c.years), total: make([]int64, c.years), last: c.years - 1, lot: -1}
	for _, k := range blocks {
		b := &c.blocks[k]
		sum.items = append(sum.items, b.items...)
		sum.first, sum.last = max(sum.first, b.first), min(sum.last, b.last)
		for t := range c.years {
			sum.cost[t] += b.cost[t]
			sum.total[t] += b.total[t]
		}
	}
	return sum
}
