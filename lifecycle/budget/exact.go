package budget

import (
	"math"
	"slices"
)

// maxNodes bounds each exact search; beyond it the relaxation is nearly as good.
// Above maxBlocks none is tried.
const (
	maxNodes  = 400_000
	maxBlocks = 100
)

// score orders choices: smallest overrun of the caps, then fewest pieces in
// lots too small, then least cost.
type score struct {
	over   int64
	broken int
	cost   int64
}

func (s score) less(o score) bool {
	if s.over != o.over {
		return s.over < o.over
	}
	if s.broken != o.broken {
		return s.broken < o.broken
	}
	return s.cost < o.cost
}

// searcher walks all choices, the expensive blocks first, and leaves a branch
// that cannot beat the best.
type searcher struct {
	c       *core
	order   []int
	rest    []int64 // least cost of the blocks from a depth on
	years   []int
	spend   []int64
	best    []int
	bestBy  score
	nodes   int
	stopped bool
	// With prices of the caps, priced is the least that the blocks from a depth on
	// cost at them: a far better bound while the caps can be kept.
	prices []float64
	priced []float64
}

// search gives the best of all choices; false when they are too many.
func (c *core) search() ([]int, bool) {
	if len(c.blocks) > maxBlocks {
		return nil, false
	}
	s := c.searcher()
	s.walk(0, 0, 0)
	if s.stopped || s.best == nil && len(c.blocks) > 0 {
		return nil, false
	}
	return s.best, true
}

// finish searches on from a choice within the caps with the prices that led to
// it; it gives the better one, and whether all others were ruled out.
func (c *core) finish(years []int, prices []float64) ([]int, bool) {
	if len(c.blocks) > maxBlocks || c.overrun(years) > 0 || c.broken(years) > 0 {
		return years, false
	}
	s := c.searcher()
	s.best, s.bestBy = years, score{cost: c.value(years)}
	s.prices, s.priced = prices, make([]float64, len(s.order)+1)
	for d := len(s.order) - 1; d >= 0; d-- {
		b := &c.blocks[s.order[d]]
		least := math.Inf(1)
		for t := b.first; t <= b.last; t++ {
			least = min(least, float64(b.total[t])+prices[t]*float64(b.cost[t]))
		}
		s.priced[d] = s.priced[d+1] + least
	}
	s.walk(0, 0, 0)
	return s.best, !s.stopped
}

func (c *core) searcher() *searcher {
	s := &searcher{c: c, years: make([]int, len(c.blocks)), spend: make([]int64, c.years), bestBy: score{over: math.MaxInt64}}
	for b := range c.blocks {
		s.order = append(s.order, b)
	}
	slices.SortStableFunc(s.order, func(a, b int) int {
		switch x, y := slices.Max(c.blocks[a].cost), slices.Max(c.blocks[b].cost); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return a - b
	})
	s.rest = make([]int64, len(s.order)+1)
	for d := len(s.order) - 1; d >= 0; d-- {
		b := &c.blocks[s.order[d]]
		s.rest[d] = s.rest[d+1] + slices.Min(b.total[b.first:b.last+1])
	}
	return s
}

// hopeless tells that no completion within the caps can beat the best: at the
// prices even what is left of the caps does not pay for it.
func (s *searcher) hopeless(depth int, cost int64) bool {
	if s.prices == nil {
		return false
	}
	least := float64(cost) + s.priced[depth]
	for t, limit := range s.c.caps {
		if limit != noCap {
			least -= s.prices[t] * float64(limit-s.spend[t])
		}
	}
	return math.Ceil(least-1e-6*math.Abs(least)/1e3) >= float64(s.bestBy.cost)
}

func (s *searcher) walk(depth int, over, cost int64) {
	if s.nodes++; s.nodes > maxNodes {
		s.stopped = true
	}
	if s.stopped || over > s.bestBy.over || over == s.bestBy.over && s.bestBy.broken == 0 && cost+s.rest[depth] >= s.bestBy.cost || s.hopeless(depth, cost) {
		return
	}
	if depth == len(s.order) {
		if by := (score{over, s.c.broken(s.years), cost}); s.best == nil || by.less(s.bestBy) {
			s.best, s.bestBy = slices.Clone(s.years), by
		}
		return
	}
	b := s.order[depth]
	bl := &s.c.blocks[b]
	for t := bl.first; t <= bl.last; t++ {
		more := int64(0)
		if limit := s.c.caps[t]; limit != noCap {
			more = max(s.spend[t]+bl.cost[t]-limit, 0) - max(s.spend[t]-limit, 0)
		}
		s.years[b] = t
		s.spend[t] += bl.cost[t]
		s.walk(depth+1, over+more, cost+bl.total[t])
		s.spend[t] -= bl.cost[t]
	}
}
