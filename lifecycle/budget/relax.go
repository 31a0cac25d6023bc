package budget

import (
	"math"
	"slices"
)

// The limits of the search for the prices of the caps.
const (
	iterations  = 300
	patience    = 12   // without a better bound before the steps are halved
	closeEnough = 5e-5 // of the bound: further work is not worth its time
)

// relaxation is the search for prices of the caps: λ cents for each cent spent
// in a year. For every choice of prices, what the blocks cost when each takes its
// own best year, less the prices of the caps themselves, is a lower bound.
type relaxation struct {
	c      *core
	price  []float64
	limit  float64 // a price above it never pays: the cap cannot be kept
	years  []int
	spend  []float64
	counts []int
	best   []int
	bestBy score
}

// relax gives a choice near the best, a bound that no choice within the caps can
// beat, and whether the choice is the best there is.
func (c *core) relax() (years []int, bound int64, exact bool) {
	approach := c.approach
	if len(c.lots) > 0 || slices.ContainsFunc(c.blocks, func(b block) bool { return len(b.items) > 1 }) {
		approach = c.branches
	}
	years, bound, prices := approach()
	if years, exact = c.finish(years, prices); exact {
		bound = c.value(years)
	}
	return years, bound, exact
}

// approach searches for the prices of the caps; it gives the best choice met on
// the way, the highest bound and its prices.
func (c *core) approach() (years []int, bound int64, prices []float64) {
	r := &relaxation{
		c: c, price: make([]float64, c.years), years: make([]int, len(c.blocks)), spend: make([]float64, c.years),
		counts: make([]int, c.years), limit: c.dearest(), bestBy: score{over: math.MaxInt64},
	}
	highest := math.Inf(-1)
	prices = make([]float64, c.years)
	pace, stale := 1.5, 0
	for k := range iterations {
		value := r.choose()
		if value > highest {
			highest, stale = value, 0
			copy(prices, r.price)
		} else if stale++; stale > patience {
			pace, stale = pace/2, 0
			copy(r.price, prices)
			value = r.choose()
		}
		if k < 5 || k%15 == 0 {
			r.try()
		}
		if !r.step(value, pace) || r.bestBy.over == 0 && r.bestBy.broken == 0 && float64(r.bestBy.cost)-highest < closeEnough*math.Abs(highest) {
			break
		}
	}
	copy(r.price, prices)
	r.choose()
	r.try()
	c.swaps(r.best)
	return r.best, int64(math.Floor(highest - 1e-9*math.Abs(highest))), prices
}

// dearest gives a price that no cap within reach can have.
func (c *core) dearest() float64 {
	most := 1.0
	for i := range c.blocks {
		b := &c.blocks[i]
		spread := slices.Max(b.total[b.first:b.last+1]) - slices.Min(b.total[b.first:b.last+1])
		if cost := slices.Min(b.cost[b.first : b.last+1]); cost > 0 {
			most = max(most, float64(spread)/float64(cost))
		}
	}
	return most * float64(c.years+1)
}

// choose gives every block its best year at the prices, and returns the bound.
func (r *relaxation) choose() float64 {
	clear(r.spend)
	var sum float64
	for i := range r.c.blocks {
		b := &r.c.blocks[i]
		at, least := b.first, math.Inf(1)
		for t := b.first; t <= b.last; t++ {
			if w := float64(b.total[t]) + r.price[t]*float64(b.cost[t]); w < least {
				at, least = t, w
			}
		}
		r.years[i] = at
		r.spend[at] += float64(b.cost[at])
		sum += least
	}
	for t, limit := range r.c.caps {
		if limit != noCap {
			sum -= r.price[t] * float64(limit)
		}
	}
	return sum
}

// weight is what a block costs in a year at the prices; infinite outside of its window.
func (r *relaxation) weight(b, t int) float64 {
	bl := &r.c.blocks[b]
	if t < bl.first || t > bl.last {
		return math.Inf(1)
	}
	return float64(bl.total[t]) + r.price[t]*float64(bl.cost[t])
}

// fillSet brings a lot into each year of a set that has fewer, and then settles the
// model.
func (r *relaxation) fillSet(l *lot, s set) {
	for _, t := range s.years {
		clear(r.counts)
		for _, b := range l.blocks {
			r.counts[r.years[b]]++
		}
		if r.counts[t] < l.least {
			if cost, in := r.filling(l, t); !math.IsInf(cost, 1) {
				for _, b := range in {
					r.years[b] = t
				}
			}
		}
	}
	r.settle(l)
}

// settle closes or fills the years in which a lot has too few, the cheaper way,
// until none is left or nothing helps.
func (r *relaxation) settle(l *lot) {
	for range 2 * r.c.years {
		clear(r.counts)
		for _, b := range l.blocks {
			r.counts[r.years[b]]++
		}
		at := -1
		for t, n := range r.counts {
			if n > 0 && n < l.least && (at < 0 || n < r.counts[at]) {
				at = t
			}
		}
		if at < 0 {
			return
		}
		closing, out := r.closing(l, at)
		filling, in := r.filling(l, at)
		switch {
		case math.IsInf(closing, 1) && math.IsInf(filling, 1):
			return
		case closing <= filling:
			for b, t := range out {
				r.years[b] = t
			}
		default:
			for _, b := range in {
				r.years[b] = at
			}
		}
	}
}

// closing gives what moving all of a year's blocks to other years in use costs.
func (r *relaxation) closing(l *lot, at int) (float64, map[int]int) {
	var sum float64
	moves := map[int]int{}
	for _, b := range l.blocks {
		if r.years[b] != at {
			continue
		}
		to, least := -1, math.Inf(1)
		for t := range r.c.years {
			if w := r.weight(b, t); t != at && r.counts[t] > 0 && w < least {
				to, least = t, w
			}
		}
		if to < 0 {
			return math.Inf(1), nil
		}
		moves[b] = to
		sum += least - r.weight(b, at)
	}
	return sum, moves
}

// filling gives what bringing blocks from years with more than a lot costs.
func (r *relaxation) filling(l *lot, at int) (float64, []int) {
	type move struct {
		b    int
		more float64
	}
	var moves []move
	for _, b := range l.blocks {
		if t := r.years[b]; t != at && r.counts[t] > l.least {
			if more := r.weight(b, at) - r.weight(b, t); !math.IsInf(more, 1) {
				moves = append(moves, move{b, more})
			}
		}
	}
	slices.SortStableFunc(moves, func(x, y move) int {
		switch {
		case x.more < y.more:
			return -1
		case x.more > y.more:
			return 1
		}
		return x.b - y.b
	})
	missing, left := l.least-r.counts[at], slices.Clone(r.counts)
	var sum float64
	var in []int
	for _, m := range moves {
		if missing == 0 {
			break
		}
		if from := r.years[m.b]; left[from] > l.least {
			left[from]--
			missing--
			sum += m.more
			in = append(in, m.b)
		}
	}
	if missing > 0 {
		return math.Inf(1), nil
	}
	return sum, in
}

// try makes a choice within the caps of the present one and keeps the best.
func (r *relaxation) try() {
	years := slices.Clone(r.years)
	r.c.repair(years)
	by := score{r.c.overrun(years), r.c.broken(years), r.c.value(years)}
	if r.best == nil || by.less(r.bestBy) {
		r.best, r.bestBy = years, by
	}
}

// step moves the prices along what is spent too much or too little; false when
// every cap with a price is spent to the cent.
func (r *relaxation) step(value, pace float64) bool {
	var norm float64
	for t, limit := range r.c.caps {
		if g := r.excess(t, limit); g > 0 || r.price[t] > 0 {
			norm += g * g
		}
	}
	if norm == 0 {
		return false
	}
	goal := float64(r.bestBy.cost)
	if r.bestBy.over > 0 || goal <= value {
		goal = value + 0.02*math.Abs(value) + 1
	}
	length := pace * (goal - value) / norm
	for t, limit := range r.c.caps {
		r.price[t] = min(max(r.price[t]+length*r.excess(t, limit), 0), r.limit)
	}
	return true
}

func (r *relaxation) excess(t int, limit int64) float64 {
	if limit == noCap {
		return 0
	}
	return r.spend[t] - float64(limit)
}
