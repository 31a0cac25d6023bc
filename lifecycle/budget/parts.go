package budget

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// part is what is bought in one set of years: a model with a smallest lot, blocks
// that move together, or (free of any set) all the single assets.
type part struct {
	lot    int // index into the core's lots, −1 without
	least  int // fewest in each year of the set; 0 where the set binds nothing
	blocks []int
	sets   []set
	weight float64 // what it costs, about
	fine   table   // every block
	coarse table   // like blocks as one
}

// set is a set of years, as bits and as a list.
type set struct {
	mask  uint
	years []int
}

// table holds groups of blocks: how many each has, and for each year what one of
// them costs with its risk (infinite outside of its window) and without.
type table struct {
	years       int
	n           []float64
	total, cost []float64
}

// Limits of the parts.
const (
	maxSets   = 400  // with more a part's lots are left to the repair
	maxGroups = 1024 // of all parts together, when they are searched
)

// parts makes the parts of a core, those that cost most first; the free one is last.
func (c *core) parts() []part {
	var parts []part
	free := part{lot: -1}
	for b := range c.blocks {
		switch bl := &c.blocks[b]; {
		case bl.lot >= 0:
		case len(bl.items) > 1:
			parts = append(parts, part{lot: -1, least: 1, blocks: []int{b}})
		default:
			free.blocks = append(free.blocks, b)
		}
	}
	for i := range c.lots {
		parts = append(parts, part{lot: i, least: c.lots[i].least, blocks: c.lots[i].blocks})
	}
	for i := range parts {
		p := &parts[i]
		if p.sets = c.sets(p); len(p.sets) == 0 {
			p.sets, p.least = []set{newSet(uint(1)<<c.years - 1)}, 0
		}
		for _, b := range p.blocks {
			p.weight += float64(c.blocks[b].cost[c.blocks[b].first])
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.weight, a.weight) })
	if len(free.blocks) > 0 {
		free.sets = []set{newSet(uint(1)<<c.years - 1)}
		parts = append(parts, free)
	}
	for i := range parts {
		p := &parts[i]
		var single [][]int
		for _, b := range p.blocks {
			single = append(single, []int{b})
		}
		p.fine, p.coarse = c.table(single), c.table(c.alike(p.blocks, min(max(maxGroups/len(parts), 16), 64)))
	}
	return parts
}

func newSet(mask uint) set {
	s := set{mask: mask}
	for rest := mask; rest != 0; rest &= rest - 1 {
		s.years = append(s.years, bits.TrailingZeros(rest))
	}
	return s
}

// sets lists the sets of years in which a part can be bought: with a lot for each
// year, within the caps, and a year for every block. Where they are too many all
// years together stand for them, and where there are none.
func (c *core) sets(p *part) []set {
	most := min(len(p.blocks)/max(p.least, 1), c.years)
	if choices(c.years, most) > maxSets {
		return nil
	}
	windows := map[[2]int]bool{}
	open := uint(0)
	for t := range c.years {
		var costs []int64
		for _, b := range p.blocks {
			bl := &c.blocks[b]
			windows[[2]int{bl.first, bl.last}] = true
			if bl.first <= t && t <= bl.last {
				costs = append(costs, bl.cost[t])
			}
		}
		if len(costs) < p.least {
			continue
		}
		slices.Sort(costs)
		var lot int64
		for _, m := range costs[:p.least] {
			lot += m
		}
		if c.caps[t] == noCap || lot <= c.caps[t] {
			open |= 1 << t
		}
	}
	var sets []set
	var add func(mask uint, from, more int)
	add = func(mask uint, from, more int) {
		covers := mask != 0
		for w := range windows {
			covers = covers && mask>>w[0]&(1<<(w[1]-w[0]+1)-1) != 0
		}
		if covers {
			sets = append(sets, newSet(mask))
		}
		for t := from; t < c.years && more > 0; t++ {
			if open&(1<<t) != 0 {
				add(mask|1<<t, t+1, more-1)
			}
		}
	}
	add(0, 0, most)
	return sets
}

// choices counts the sets of at most so many of the years.
func choices(years, most int) int {
	sum, n := 0, 1
	for k := 1; k <= most; k++ {
		n = n * (years - k + 1) / k
		sum += n
	}
	return sum
}

// table makes a table of groups of blocks: each group has its blocks' mean.
func (c *core) table(groups [][]int) table {
	t := table{years: c.years, n: make([]float64, len(groups)), total: make([]float64, len(groups)*c.years), cost: make([]float64, len(groups)*c.years)}
	for g, blocks := range groups {
		t.n[g] = float64(len(blocks))
		for y := range c.years {
			var total, cost float64
			for _, b := range blocks {
				total += float64(c.blocks[b].total[y])
				cost += float64(c.blocks[b].cost[y])
			}
			if bl := &c.blocks[blocks[0]]; y < bl.first || y > bl.last {
				total = math.Inf(1)
			}
			t.total[g*c.years+y], t.cost[g*c.years+y] = total/t.n[g], cost/t.n[g]
		}
	}
	return t
}

// alike puts blocks of one window, and of nearly the same costs and risks, together
// in about so many groups.
func (c *core) alike(blocks []int, groups int) [][]int {
	size := (len(blocks) + groups - 1) / groups
	windows := map[[2]int][]int{}
	var order [][2]int
	for _, b := range blocks {
		w := [2]int{c.blocks[b].first, c.blocks[b].last}
		if windows[w] == nil {
			order = append(order, w)
		}
		windows[w] = append(windows[w], b)
	}
	var all [][]int
	for _, w := range order {
		all = c.halve(windows[w], size, all)
	}
	return all
}

// halve splits blocks at the median of what differs most among them, until they are few.
func (c *core) halve(blocks []int, size int, all [][]int) [][]int {
	if len(blocks) <= size {
		return append(all, blocks)
	}
	first, last := c.blocks[blocks[0]].first, c.blocks[blocks[0]].last
	// What a later year costs more than the first tells blocks apart; in the first
	// year's place stands the price, which weighs by the caps' prices only.
	trait := func(b, t int) int64 {
		if t == first {
			return c.blocks[b].cost[first] / 2
		}
		return c.blocks[b].total[t] - c.blocks[b].total[first]
	}
	widest, spread := first, int64(-1)
	for t := first; t <= last; t++ {
		low, high := trait(blocks[0], t), trait(blocks[0], t)
		for _, b := range blocks {
			x := trait(b, t)
			low, high = min(low, x), max(high, x)
		}
		if high-low > spread {
			widest, spread = t, high-low
		}
	}
	if spread == 0 {
		return append(all, blocks)
	}
	sorted := slices.Clone(blocks)
	slices.SortFunc(sorted, func(a, b int) int {
		return cmp.Or(cmp.Compare(trait(a, widest), trait(b, widest)), cmp.Compare(a, b))
	})
	half := len(sorted) / 2
	return c.halve(sorted[half:], size, c.halve(sorted[:half], size, all))
}
