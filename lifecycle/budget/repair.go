package budget

import (
	"cmp"
	"slices"
)

// board is a choice being mended: who is where, what each year spends.
type board struct {
	c      *core
	years  []int
	spend  []int64
	counts [][]int // lot → pieces in each year
}

func (c *core) board(years []int) *board {
	b := &board{c: c, years: years, spend: c.spend(years), counts: make([][]int, len(c.lots))}
	for i := range c.lots {
		b.counts[i] = make([]int, c.years)
		for _, k := range c.lots[i].blocks {
			b.counts[i][years[k]]++
		}
	}
	return b
}

// over tells by how much a year's cap is exceeded.
func (b *board) over(t int) int64 {
	if b.c.caps[t] == noCap {
		return 0
	}
	return b.spend[t] - b.c.caps[t]
}

// fits tells that a block may move to a year: its window, the cap, the lots.
func (b *board) fits(k, to int) bool {
	bl := &b.c.blocks[k]
	if to < bl.first || to > bl.last || to == b.years[k] {
		return false
	}
	return b.over(to)+bl.cost[to] <= 0 || b.c.caps[to] == noCap
}

// lotAllows tells that moving a block leaves no lot too small that was not.
func (b *board) lotAllows(k, to int) bool {
	l := b.c.blocks[k].lot
	if l < 0 {
		return true
	}
	least, n := b.c.lots[l].least, b.counts[l]
	from := b.years[k]
	return (n[from] == 1 || n[from] > least) && n[to]+1 >= least
}

func (b *board) move(k, to int) {
	bl := &b.c.blocks[k]
	from := b.years[k]
	b.spend[from] -= bl.cost[from]
	b.spend[to] += bl.cost[to]
	if bl.lot >= 0 {
		b.counts[bl.lot][from]--
		b.counts[bl.lot][to]++
	}
	b.years[k] = to
}

// repair brings a choice within the caps as cheaply as it can, and then uses
// what money is left: it never leaves a year worse than it was.
func (c *core) repair(years []int) {
	b := c.board(years)
	for _, lots := range []bool{true, false} { // lots give way only where the caps cannot be kept otherwise
		for range 3 {
			for t := range c.years {
				b.drain(t, lots)
			}
		}
		if lots && len(c.blocks) > maxBlocks {
			b.flow()
		}
		for t := range c.years {
			b.eject(t, lots)
		}
		if c.overrun(years) == 0 {
			break
		}
	}
	b.improve()
}

// option is one move with what it costs for each cent that it frees.
type option struct {
	block, to int
	regret    float64
}

// drain moves blocks out of a year above its cap, the cheapest first.
func (b *board) drain(t int, lots bool) {
	if b.over(t) <= 0 {
		return
	}
	var options []option
	for k, at := range b.years {
		if at == t {
			if o, ok := b.cheapest(k, lots); ok {
				options = append(options, o)
			}
		}
	}
	slices.SortFunc(options, func(x, y option) int {
		return cmp.Or(cmp.Compare(x.regret, y.regret), cmp.Compare(x.block, y.block))
	})
	for _, o := range options {
		if b.over(t) <= 0 {
			return
		}
		if o, ok := b.cheapest(o.block, lots); ok { // the other years have filled meanwhile
			b.move(o.block, o.to)
		}
	}
}

// cheapest gives the least costly year with room for a block.
func (b *board) cheapest(k int, lots bool) (option, bool) {
	bl := &b.c.blocks[k]
	from := b.years[k]
	best, found := option{block: k}, false
	for t := bl.first; t <= bl.last; t++ {
		if !b.fits(k, t) || lots && !b.lotAllows(k, t) {
			continue
		}
		if regret := float64(bl.total[t]-bl.total[from]) / float64(max(bl.cost[from], 1)); !found || regret < best.regret {
			best.to, best.regret, found = t, regret, true
		}
	}
	return best, found
}

// ejections bounds the work of making room: blocks looked at.
const ejections = 300_000

// eject makes room in another year for a block of a year above its cap, by
// moving one of that year's on to a third.
func (b *board) eject(t int, lots bool) {
	tries := 0
	for k := range b.years {
		if b.over(t) <= 0 || tries > ejections {
			return
		}
		bl := &b.c.blocks[k]
		if b.years[k] != t || bl.cost[t] == 0 {
			continue
		}
		for to := bl.first; to <= bl.last && b.years[k] == t; to++ {
			if to == t || lots && !b.lotAllows(k, to) {
				continue
			}
			tries += b.makeRoom(k, to, lots)
		}
	}
}

// makeRoom moves one block on from a year so that another fits; it gives how
// many it looked at.
func (b *board) makeRoom(k, to int, lots bool) (looked int) {
	need := b.over(to) + b.c.blocks[k].cost[to]
	fit := 0
	for j, at := range b.years {
		if at != to || b.c.blocks[j].cost[to] < need {
			continue
		}
		if fit++; fit > 200 {
			return j
		}
		o, ok := b.cheapest(j, lots)
		if !ok || o.to == b.years[k] {
			continue
		}
		b.move(j, o.to)
		b.move(k, to)
		return j
	}
	return len(b.years)
}

// improve moves blocks to years that cost less while there is room, those first
// that save most for each cent.
func (b *board) improve() {
	for range 8 {
		var options []option
		for k := range b.years {
			if o, ok := b.cheapest(k, true); ok && b.c.blocks[k].total[o.to] < b.c.blocks[k].total[b.years[k]] {
				options = append(options, o)
			}
		}
		if len(options) == 0 {
			return
		}
		slices.SortFunc(options, func(x, y option) int {
			return cmp.Or(cmp.Compare(x.regret, y.regret), cmp.Compare(x.block, y.block))
		})
		for _, o := range options {
			if now, ok := b.cheapest(o.block, true); ok && now.regret < 0 {
				b.move(now.block, now.to)
			}
		}
	}
}

// The bounds of the exchange of blocks between two years.
const (
	swapList   = 400
	swapPasses = 3
)

// swaps exchanges blocks of two years where both fit and the sum falls, and
// then uses what room that leaves.
func (c *core) swaps(years []int) {
	b := c.board(years)
	for range swapPasses {
		saved := false
		for t := range c.years {
			for u := range c.years {
				if t != u && b.swapYears(t, u) {
					saved = true
				}
			}
		}
		if !saved {
			return
		}
		b.improve()
	}
}

// swapYears exchanges blocks that want from t to u against ones that lose little
// by the way back.
func (b *board) swapYears(t, u int) bool {
	gains, losses := b.movers(t, u), b.movers(u, t)
	saved := false
	for _, g := range gains {
		if g.regret >= 0 {
			break
		}
		for i, l := range losses {
			x, y := &b.c.blocks[g.block], &b.c.blocks[l.block]
			if b.years[l.block] != u {
				continue
			}
			if x.total[u]-x.total[t]+y.total[t]-y.total[u] >= 0 && i > swapList/4 {
				break
			}
			if x.total[u]-x.total[t]+y.total[t]-y.total[u] < 0 && b.room(t, y.cost[t]-x.cost[t]) && b.room(u, x.cost[u]-y.cost[u]) && b.lotsSwap(g.block, l.block) {
				b.move(g.block, u)
				b.move(l.block, t)
				saved = true
				break
			}
		}
	}
	return saved
}

// lotsSwap tells that two blocks of different years may change places.
func (b *board) lotsSwap(k, j int) bool {
	if lot := b.c.blocks[k].lot; lot >= 0 && lot == b.c.blocks[j].lot {
		return true
	}
	return b.lotAllows(k, b.years[j]) && b.lotAllows(j, b.years[k])
}

// room tells that a year may spend so much more.
func (b *board) room(t int, more int64) bool {
	return b.c.caps[t] == noCap || more <= 0 || b.over(t)+more <= 0
}

// movers lists blocks of a year that may be in another, those first that cost
// least there for each cent; a few hundred at most.
func (b *board) movers(from, to int) []option {
	var all []option
	for k, at := range b.years {
		bl := &b.c.blocks[k]
		if at == from && to >= bl.first && to <= bl.last {
			all = append(all, option{k, to, float64(bl.total[to]-bl.total[from]) / float64(max(bl.cost[from], 1))})
		}
	}
	slices.SortFunc(all, func(x, y option) int {
		return cmp.Or(cmp.Compare(x.regret, y.regret), cmp.Compare(x.block, y.block))
	})
	return all[:min(len(all), swapList)]
}
