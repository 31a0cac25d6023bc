package budget

import (
	"cmp"
	"math"
	"slices"
)

// transport spreads the blocks of one part over the years of a set, a lot or more
// in each, at given prices of the caps. Its value is a bound: no spreading over
// those years costs less.
type transport struct {
	price  []float64
	w      []float64 // group by year: what one block costs at the prices
	held   []float64 // group by year: how many blocks are there
	least  []float64 // group: what one block costs where it is cheapest
	bonus  []float64 // year: what is taken off to fill it
	counts []float64 // year: how many blocks are there
	moves  []shift
	base   []float64
	work   int // how much has been looked at
}

// shift is a group that may move into a year, and what that costs for each block.
type shift struct {
	group int
	n     float64
	more  float64
}

// cheapest gives the set of years in which the blocks of a table cost least, and
// that cost; what it spends in each year is added to spend. The hint is the set to
// begin with.
func (x *transport) cheapest(t *table, least int, sets []set, hint int, spend []float64) (float64, int) {
	x.work += 50 // however small the part is
	x.weigh(t)
	x.base = x.base[:0]
	for i := range sets {
		x.base = append(x.base, x.unfilled(t, &sets[i]))
	}
	at := min(hint, len(sets)-1)
	best := x.fill(t, float64(least), &sets[at], math.Inf(1))
	for i := range sets {
		if i != at && x.base[i] < best {
			if v := x.fill(t, float64(least), &sets[i], best); v < best {
				best, at = v, i
			}
		}
	}
	if spend != nil && !math.IsInf(best, 1) {
		x.fill(t, float64(least), &sets[at], math.Inf(1))
		for g := range t.n {
			for _, y := range sets[at].years {
				if n := x.held[g*t.years+y]; n > 0 {
					spend[y] += n * t.cost[g*t.years+y]
				}
			}
		}
	}
	return best, at
}

// weigh computes what each group costs in each year at the prices.
func (x *transport) weigh(t *table) {
	x.w = slices.Grow(x.w[:0], len(t.total))[:len(t.total)]
	for g := 0; g < len(t.total); g += t.years {
		for y, p := range x.price {
			x.w[g+y] = t.total[g+y] + p*t.cost[g+y]
		}
	}
}

// unfilled is what the blocks cost when every one has its best year of the set.
func (x *transport) unfilled(t *table, s *set) float64 {
	var sum float64
	x.work += len(t.n) * len(s.years)
	for g, n := range t.n {
		row := x.w[g*t.years : (g+1)*t.years]
		least := row[s.years[0]]
		for _, y := range s.years[1:] {
			least = min(least, row[y])
		}
		sum += n * least
	}
	return sum
}

// fill gives every block its best year of the set and then fills the years that
// lack some: a bonus for each such year draws in those that lose least by it. That
// is coordinate ascent on the dual, and a bound at every step; a year robbed
// meanwhile is filled in the next pass. It stops where the bound is enough.
func (x *transport) fill(t *table, least float64, s *set, enough float64) float64 {
	x.held = slices.Grow(x.held[:0], len(t.total))[:len(t.total)]
	x.least = slices.Grow(x.least[:0], len(t.n))[:len(t.n)]
	x.bonus = slices.Grow(x.bonus[:0], t.years)[:t.years]
	clear(x.held)
	clear(x.bonus)
	x.counts = slices.Grow(x.counts[:0], t.years)[:t.years]
	clear(x.counts)
	var sum float64
	for g, n := range t.n {
		at := s.years[0]
		for _, y := range s.years[1:] {
			if x.w[g*t.years+y] < x.w[g*t.years+at] {
				at = y
			}
		}
		x.held[g*t.years+at], x.least[g] = n, x.w[g*t.years+at]
		x.counts[at] += n
		sum += n * x.least[g]
	}
	if least <= 0 || len(s.years) == 1 || math.IsInf(sum, 1) {
		return sum
	}
	for range 2 * len(s.years) {
		done := true
		for _, y := range s.years {
			if missing := least - x.counts[y]; missing > 1e-9 {
				done = false
				if sum += x.draw(t, s, y, missing); sum >= enough {
					return sum
				}
			}
		}
		if done {
			break
		}
	}
	return sum
}

// draw brings so many blocks into a year, those first that lose least, and gives
// what they lose.
func (x *transport) draw(t *table, s *set, y int, missing float64) float64 {
	x.moves = x.moves[:0]
	x.work += 5 * len(t.n)
	for g, n := range t.n {
		if here := x.held[g*t.years+y]; here < n && !math.IsInf(x.w[g*t.years+y], 1) {
			x.moves = append(x.moves, shift{g, n - here, x.w[g*t.years+y] - x.bonus[y] - x.least[g]})
		}
	}
	var sum, bonus float64
	for _, m := range lightest(x.moves, missing) {
		row := x.held[m.group*t.years : (m.group+1)*t.years]
		bonus = max(bonus, m.more)
		for _, from := range s.years {
			if n := min(row[from], missing); from != y && n > 0 {
				row[from] -= n
				row[y] += n
				x.counts[from] -= n
				x.counts[y] += n
				missing -= n
				sum += n * max(m.more, 0)
			}
		}
	}
	if missing > 1e-9 {
		return math.Inf(1)
	}
	x.bonus[y] += bonus
	for _, m := range x.moves { // who would gain by the bonus is in the year, or as well off there
		x.least[m.group] = min(x.least[m.group], x.w[m.group*t.years+y]-x.bonus[y])
	}
	for g, n := range t.n {
		if x.held[g*t.years+y] >= n {
			x.least[g] = x.w[g*t.years+y] - x.bonus[y]
		}
	}
	return sum
}

// lightest gives the shifts that cost least and have so many blocks together, the
// dearest of them last; it reorders the list no further than that needs.
func lightest(moves []shift, need float64) []shift {
	low, high := 0, len(moves)
	for high-low > 16 {
		a, b, c := moves[low].more, moves[low+(high-low)/2].more, moves[high-1].more
		pivot := max(min(a, b), min(max(a, b), c))
		less, same := low, low // below the pivot, and up to it
		var below, equal float64
		for k := low; k < high; k++ {
			switch m := moves[k]; {
			case m.more < pivot:
				moves[k], moves[same], moves[less] = moves[same], moves[less], m
				less, same, below = less+1, same+1, below+m.n
			case m.more == pivot:
				moves[k], moves[same] = moves[same], m
				same, equal = same+1, equal+m.n
			}
		}
		switch {
		case below >= need:
			high = less
		case below+equal >= need:
			need, low, high = need-below, less, same
			return moves[:low+enough(moves[low:high], need)]
		default:
			need, low = need-below-equal, same
		}
	}
	slices.SortFunc(moves[low:high], func(a, b shift) int { return cmp.Or(cmp.Compare(a.more, b.more), a.group-b.group) })
	return moves[:low+enough(moves[low:high], need)]
}

// enough gives how many of the first shifts have so many blocks.
func enough(moves []shift, need float64) int {
	for k, m := range moves {
		if need -= m.n; need <= 1e-9 {
			return k + 1
		}
	}
	return len(moves)
}
