package budget

import (
	"math"
	"math/bits"
	"slices"
)

// The limits of the search for the prices of the caps.
const (
	iterations  = 300
	patience    = 12   // without a better bound before the steps are halved
	closeEnough = 5e-5 // of the bound: further work is not worth its time
	sharpYears  = 8    // up to so many the last bound counts lots in full
	setYears    = 5    // up to so many years every set of a lot's years is tried
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
	years, bound, prices := c.approach()
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
	if c.broken(r.best) > 0 {
		if years, ok := c.whole(); ok {
			r.best = years
		}
	}
	highest = max(highest, r.sharpened())
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
		if b.lot >= 0 {
			continue
		}
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
	for i := range r.c.lots {
		sum += r.chooseLot(&r.c.lots[i])
		for _, b := range r.c.lots[i].blocks {
			r.spend[r.years[b]] += float64(r.c.blocks[b].cost[r.years[b]])
		}
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

// chooseLot gives the blocks of a model their years: in as many different ones as
// it has lots for, at most. What that costs at least is returned; then years
// with too few are filled from those with too many, or closed.
func (r *relaxation) chooseLot(l *lot) float64 {
	all := uint(1)<<r.c.years - 1
	open, least := all, r.lotIn(l, all, false)
	if most := len(l.blocks) / l.least; most < r.c.years && r.c.years <= setYears {
		least = math.Inf(1)
		for set := uint(1); set <= all; set++ {
			if bits.OnesCount(set) > most {
				continue
			}
			if w := r.lotIn(l, set, false); w < least {
				open, least = set, w
			}
		}
		if math.IsInf(least, 1) { // windows that no allowed set covers: lots give way
			open, least = all, r.lotIn(l, all, false)
		}
	}
	r.lotIn(l, open, true)
	r.settle(l)
	return least
}

// sharpened gives the bound at the present prices with the lots counted in full.
func (r *relaxation) sharpened() float64 {
	if len(r.c.lots) == 0 || r.c.years > sharpYears {
		return math.Inf(-1)
	}
	sum := 0.0
	for b := range r.c.blocks {
		if r.c.blocks[b].lot >= 0 {
			continue
		}
		least := math.Inf(1)
		for t := range r.c.years {
			least = min(least, r.weight(b, t))
		}
		sum += least
	}
	for i := range r.c.lots {
		l, least := &r.c.lots[i], math.Inf(1)
		for set := uint(1); set < 1<<r.c.years; set++ {
			if bits.OnesCount(set)*l.least <= len(l.blocks) {
				least = min(least, r.lotBound(l, set))
			}
		}
		if math.IsInf(least, 1) {
			return math.Inf(-1)
		}
		sum += least
	}
	for t, limit := range r.c.caps {
		if limit != noCap {
			sum -= r.price[t] * float64(limit)
		}
	}
	return sum
}

// lotBound gives what a model costs at least when it is bought in exactly the
// years of a set, a lot or more in each: every block in its best of them, and
// for each year that lacks some the least that moving others into it adds. A
// block moves into one year only, so the sum is still a bound.
func (r *relaxation) lotBound(l *lot, set uint) float64 {
	clear(r.counts)
	best, at := make([]float64, len(l.blocks)), make([]int, len(l.blocks))
	var sum float64
	for i, b := range l.blocks {
		best[i] = math.Inf(1)
		for t := range r.c.years {
			if set&(1<<t) != 0 {
				if w := r.weight(b, t); w < best[i] {
					best[i], at[i] = w, t
				}
			}
		}
		if math.IsInf(best[i], 1) {
			return best[i]
		}
		sum += best[i]
		r.counts[at[i]]++
	}
	var more []float64
	for t := range r.c.years {
		missing := l.least - r.counts[t]
		if set&(1<<t) == 0 || missing <= 0 {
			continue
		}
		more = more[:0]
		for i, b := range l.blocks {
			if at[i] != t {
				more = append(more, r.weight(b, t)-best[i])
			}
		}
		slices.Sort(more)
		for _, m := range more[:missing] {
			sum += m
		}
	}
	return sum
}

// lotIn sums the best years within a set, and sets them if told to.
func (r *relaxation) lotIn(l *lot, set uint, keep bool) float64 {
	var sum float64
	for _, b := range l.blocks {
		at, least := r.c.blocks[b].first, math.Inf(1)
		for t := range r.c.years {
			if set&(1<<t) == 0 {
				continue
			}
			if w := r.weight(b, t); w < least {
				at, least = t, w
			}
		}
		if keep {
			r.years[b] = at
		}
		sum += least
	}
	return sum
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
