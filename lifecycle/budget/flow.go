package budget

import (
	"cmp"
	"math"
	"slices"
)

// flowRounds bounds the pushing of money out of years above their caps.
const flowRounds = 60

// arc is the cheapest way of moving a block from one year to another.
type arc struct {
	regret float64 // what it costs for each cent moved
	open   bool
}

// flow brings years within their caps where what must leave them has no room next
// door: money goes from year to year along the cheapest path to one with room, a
// part of it at a time, since what is cheapest changes on the way. Lots are kept.
func (b *board) flow() {
	for round := range flowRounds {
		from := -1
		for t := range b.c.years {
			if b.over(t) > 0 && (from < 0 || b.over(t) > b.over(from)) {
				from = t
			}
		}
		if from < 0 {
			return
		}
		path := b.path(from)
		if path == nil {
			return
		}
		end := path[len(path)-1]
		amount := b.over(from)
		if b.c.caps[end] != noCap {
			amount = min(amount, -b.over(end))
		}
		if round < flowRounds/2 {
			amount = amount/2 + 1
		}
		for k := len(path) - 1; k > 0; k-- {
			if !b.push(path[k-1], path[k], amount, path[k] == end) {
				return
			}
		}
	}
}

// path gives the years along which money leaves a year at the least cost, to one
// with room; nil when there is none.
func (b *board) path(from int) []int {
	years := b.c.years
	arcs := make([]arc, years*years)
	for k, at := range b.years {
		bl := &b.c.blocks[k]
		for to := bl.first; to <= bl.last; to++ {
			if to == at || bl.cost[at] <= 0 || !b.lotAllows(k, to) {
				continue
			}
			a := &arcs[at*years+to]
			if r := float64(bl.total[to]-bl.total[at]) / float64(bl.cost[at]); !a.open || r < a.regret {
				if b.over(to) <= 0 && b.over(to)+bl.cost[to] > 0 && b.c.caps[to] != noCap {
					r += 1e-3 // no room for it there: it can only go through
				}
				*a = arc{r, true}
			}
		}
	}
	dist, before := make([]float64, years), make([]int, years)
	for t := range dist {
		dist[t], before[t] = math.Inf(1), -1
	}
	dist[from] = 0
	for range years { // regrets may be negative; so many rounds and no circle in the path
		for t := range years {
			for u := range years {
				if a := arcs[t*years+u]; a.open && u != from && !b.passes(before, t, u) && dist[t]+a.regret < dist[u]-1e-12 {
					dist[u], before[u] = dist[t]+a.regret, t
				}
			}
		}
	}
	end := -1
	for t := range years {
		if t != from && (b.c.caps[t] == noCap || b.over(t) < 0 && b.enters(before, t)) && !math.IsInf(dist[t], 1) && (end < 0 || dist[t] < dist[end]) {
			end = t
		}
	}
	if end < 0 {
		return nil
	}
	path := []int{end}
	for t := before[end]; t >= 0; t = before[t] {
		path = append(path, t)
	}
	slices.Reverse(path)
	return path
}

// passes tells that the way to a year leads through another.
func (b *board) passes(before []int, at, through int) bool {
	for ; at >= 0; at = before[at] {
		if at == through {
			return true
		}
	}
	return false
}

// enters tells that a block of the year before has room in a year.
func (b *board) enters(before []int, t int) bool {
	if before[t] < 0 {
		return false
	}
	for k, at := range b.years {
		if at == before[t] && b.fits(k, t) && b.lotAllows(k, t) {
			return true
		}
	}
	return false
}

// push moves blocks of so much money from a year to another, the cheapest first;
// false when none moved.
func (b *board) push(from, to int, amount int64, within bool) bool {
	var all []option
	for k, at := range b.years {
		bl := &b.c.blocks[k]
		if at == from && to >= bl.first && to <= bl.last && bl.cost[from] > 0 && b.lotAllows(k, to) {
			all = append(all, option{k, to, float64(bl.total[to]-bl.total[from]) / float64(bl.cost[from])})
		}
	}
	slices.SortFunc(all, func(x, y option) int {
		return cmp.Or(cmp.Compare(x.regret, y.regret), cmp.Compare(x.block, y.block))
	})
	moved := false
	for _, o := range all {
		if amount <= 0 {
			break
		}
		if within && !b.fits(o.block, to) || !b.lotAllows(o.block, to) {
			continue
		}
		amount -= b.c.blocks[o.block].cost[from]
		b.move(o.block, to)
		moved = true
	}
	return moved
}
