package budget

import (
	"math"
	"slices"
)

// maxNodes bounds the exact search; beyond it the relaxation is nearly as good.
const maxNodes = 400_000

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
}

// search gives the best of all choices; false when they are too many.
func (c *core) search() ([]int, bool) {
	if len(c.blocks) > 64 {
		return nil, false
	}
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
	s.walk(0, 0, 0)
	if s.stopped || s.best == nil && len(c.blocks) > 0 {
		return nil, false
	}
	return s.best, true
}

func (s *searcher) walk(depth int, over, cost int64) {
	if s.nodes++; s.nodes > maxNodes {
		s.stopped = true
	}
	if s.stopped || over > s.bestBy.over || over == s.bestBy.over && s.bestBy.broken == 0 && cost+s.rest[depth] >= s.bestBy.cost {
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
