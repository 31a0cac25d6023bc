package budget

import (
	"math"
	"slices"
)

// The limits of the search over the sets of years in which parts are bought.
const (
	rootSteps  = 300
	nodeSteps  = 40
	leafSteps  = 60
	nodesADive = 10
	maxWork    = 250_000_000 // groups looked at, about; half a second
	buildWork  = 150         // what making a choice counts for each block
)

// ceilings are the distances from the first bound within which a first choice is
// looked for.
var ceilings = []float64{0.005, 0.02, 0.06, 0.3, 3}

// goals are the distances between choice and bound that the search aims at, one
// after the other while work is left.
var goals = []float64{0.008, 0.003}

// tree is a branch and bound over the sets of years. With a price on each year's
// money the parts are apart, and each finds its cheapest set by itself; where two
// sets are as good, so that neither keeps the caps alone, the search goes on with a
// year open and with it closed. It prices groups of like blocks; a branch is
// left only with the bound that all its blocks prove at the prices found.
type tree struct {
	c       *core
	parts   []part
	x       transport
	r       relaxation // makes choices of prices and sets; keeps the best
	goal    float64
	limit   int     // of the work in this round
	done    int     // work that is not the transport's
	most    float64 // no choice costs as much
	ceiling float64 // of what is looked for while no choice is known
	floor   float64
	cut     bool // the work ran out
	nodes   int
	dives   int
}

// node is what is left of the choices: for each part the sets still allowed.
type node struct {
	sets   [][]set
	price  []float64
	bound  float64
	chosen []int     // each part's set at the prices
	open   []float64 // part by year: how often it was open lately
}

// branches gives a choice near the best, a bound and its prices, with lots counted
// in full.
func (c *core) branches() (years []int, bound int64, prices []float64) {
	t := &tree{c: c, parts: c.parts(), most: 1}
	t.r = relaxation{c: c, years: make([]int, len(c.blocks)), counts: make([]int, c.years), limit: c.dearest(), bestBy: score{over: math.MaxInt64}}
	for i := range c.blocks {
		b := &c.blocks[i]
		t.most += float64(slices.Max(b.total[b.first : b.last+1]))
	}
	root := &node{price: make([]float64, c.years), bound: math.Inf(-1), open: make([]float64, len(t.parts)*c.years)}
	for i := range t.parts {
		root.sets = append(root.sets, t.parts[i].sets)
	}
	floor := math.Inf(-1)
	if len(c.lots) == 0 { // every block is one choice, to which the plain relaxation is as near
		start, bound, prices := c.approach()
		t.r.best, t.r.bestBy = start, score{c.overrun(start), c.broken(start), c.value(start)}
		root.price, floor = prices, float64(bound)
	}
	t.ceiling = t.most
	t.ascend(root, rootSteps, math.Inf(1))
	t.build(root)
	t.dive(root)
	floor = max(floor, t.proved(root))
	for k := 0; k < len(ceilings) && !t.solved(); k++ { // near the bound first, so that no time goes where nothing fits
		t.ceiling = floor + ceilings[k]*math.Abs(floor)
		floor = max(floor, t.round(root, goals[0]))
	}
	for _, goal := range goals {
		if t.solved() && floor < t.aim(goal) && !t.cut {
			floor = max(floor, t.round(root, goal))
		}
	}
	if t.solved() {
		c.swaps(t.r.best)
	}
	if c.broken(t.r.best) > 0 {
		if whole, ok := c.whole(); ok {
			t.r.best = whole
		}
	}
	return t.r.best, int64(math.Floor(floor - 1e-9*math.Abs(floor))), root.price
}

// round searches from the root, and gives the bound that it proves.
func (t *tree) round(root *node, goal float64) float64 {
	t.goal, t.floor, t.cut, t.limit = goal, math.Inf(1), false, t.work()+(maxWork-t.work())/2
	t.visit(root.child(), 0)
	return t.floor
}

func (t *tree) work() int { return t.x.work + t.done }

// solved tells that a choice within caps and lots is known.
func (t *tree) solved() bool { return t.r.bestBy.over == 0 && t.r.bestBy.broken == 0 }

// aim is the bound that a branch needs to be left: nothing in it is cheaper than
// the best choice by more than the goal. Without one it is what no choice can cost.
func (t *tree) aim(goal float64) float64 {
	if !t.solved() {
		return min(t.ceiling, t.most)
	}
	return float64(t.r.bestBy.cost) * (1 - goal)
}

// child copies a node so that its sets can be narrowed.
func (n *node) child() *node {
	return &node{sets: slices.Clone(n.sets), price: slices.Clone(n.price), bound: math.Inf(-1), open: slices.Clone(n.open)}
}

// visit searches a node and what is below it.
func (t *tree) visit(n *node, depth int) {
	t.nodes++
	t.ascend(n, nodeSteps, t.aim(t.goal))
	if n.bound >= t.aim(t.goal) || t.work() > t.limit {
		t.leave(n)
		return
	}
	part, year := t.undecided(n)
	if part < 0 || t.dives*nodesADive < t.nodes {
		t.dive(n)
	}
	if part < 0 || n.bound >= t.aim(t.goal) {
		t.leave(n)
		return
	}
	open, closed := n.child(), n.child()
	open.sets[part], closed.sets[part] = split(n.sets[part], year)
	first, second := open, closed
	if n.open[part*t.c.years+year] < 0.5 {
		first, second = closed, open
	}
	t.visit(first, depth+1)
	t.visit(second, depth+1)
}

// dive decides all sets of a node, the likeliest first and many at a time, and
// makes the choice that follows: a first one, soon.
func (t *tree) dive(n *node) {
	t.dives++
	d := n.child()
	aim := t.most
	if t.solved() {
		aim = t.aim(0)
	}
	for {
		t.ascend(d, nodeSteps, aim)
		if d.bound >= aim {
			return
		}
		left := 0
		for i := range d.sets {
			if len(d.sets[i]) > 1 {
				left++
			}
		}
		if left == 0 {
			t.ascend(d, leafSteps, aim)
			t.build(d)
			return
		}
		fix := (left + 3) / 4
		for i := range d.sets { // those that cost most are the hardest to place later
			if len(d.sets[i]) < 2 {
				continue
			}
			if at := d.chosen[i]; fix > 0 || t.sure(d, i) > 0.8 {
				d.sets[i] = d.sets[i][at : at+1]
				fix--
			}
		}
		d.bound = math.Inf(-1)
	}
}

// sure tells how often the set that a part has at the prices was open lately.
func (t *tree) sure(n *node, part int) float64 {
	p := 1.0
	mask := n.sets[part][n.chosen[part]].mask
	for y, f := range n.open[part*t.c.years : (part+1)*t.c.years] {
		if mask>>y&1 == 0 {
			f = 1 - f
		}
		p *= f
	}
	return p
}

// leave closes a branch with the bound that it proves.
func (t *tree) leave(n *node) {
	if t.work() > t.limit {
		t.cut = true
	}
	t.floor = min(t.floor, t.proved(n))
}

// split parts sets by whether a year is open.
func split(sets []set, year int) (open, closed []set) {
	for _, s := range sets {
		if s.mask&(1<<year) != 0 {
			open = append(open, s)
		} else {
			closed = append(closed, s)
		}
	}
	return open, closed
}

// undecided gives the part and the year which the prices leave most open; −1
// when every part has its set.
func (t *tree) undecided(n *node) (part, year int) {
	part, most := -1, -1.0
	for i, sets := range n.sets {
		if len(sets) < 2 {
			continue
		}
		for y := range t.c.years {
			f := n.open[i*t.c.years+y]
			open, closed := false, false
			for j := range sets {
				in := sets[j].mask&(1<<y) != 0
				open, closed = open || in, closed || !in
			}
			if v := (f*(1-f) + 1e-3) * t.parts[i].weight; open && closed && v > most {
				part, year, most = i, y, v
			}
		}
	}
	return part, year
}

// ascend looks for the prices with the highest bound of a node, until it reaches
// the aim.
func (t *tree) ascend(n *node, steps int, aim float64) {
	price, spend := slices.Clone(n.price), make([]float64, t.c.years)
	chosen := make([]int, len(t.parts))
	pace, stale, gained := 1.2, 0, 0
	wait := 7 // without a better bound before the steps are halved
	if steps == rootSteps {
		wait = patience
	}
	for k := range steps {
		value := t.value(n, price, chosen, spend)
		if k > 0 && value > n.bound+1e-5*math.Abs(n.bound) {
			gained = k
		} else if k > gained+12 && steps < rootSteps {
			break
		}
		if value > n.bound {
			n.bound, stale = value, 0
			copy(n.price, price)
			n.chosen = append(n.chosen[:0], chosen...)
		} else if stale++; stale > wait {
			pace, stale = pace/2, 0
			copy(price, n.price)
			value = t.value(n, price, chosen, spend)
		}
		if n.bound >= aim {
			return
		}
		if math.IsInf(aim, 1) && (k < 4 || k%20 == 19) {
			t.build(&node{sets: n.sets, price: price, chosen: chosen})
		}
		if !t.step(price, spend, value, pace) {
			return
		}
	}
}

// value gives the bound of a node at the prices, by its groups, with the sets
// chosen and what they spend.
func (t *tree) value(n *node, price []float64, chosen []int, spend []float64) float64 {
	clear(spend)
	t.x.price = price
	var sum float64
	for i := range t.parts {
		v, at := t.x.cheapest(&t.parts[i].coarse, t.parts[i].least, n.sets[i], chosen[i], spend)
		chosen[i] = at
		sum += v
		mask := n.sets[i][at].mask
		if n.open != nil {
			for y := range t.c.years {
				f := &n.open[i*t.c.years+y]
				*f += 0.12 * (float64(mask>>y&1) - *f)
			}
		}
	}
	return sum - t.paid(price)
}

// paid is what the prices give for the caps.
func (t *tree) paid(price []float64) float64 {
	var sum float64
	for y, limit := range t.c.caps {
		if limit != noCap {
			sum += price[y] * float64(limit)
		}
	}
	return sum
}

// proved gives the bound of a node at its prices, by all its blocks.
func (t *tree) proved(n *node) float64 {
	t.x.price = n.price
	sum := -t.paid(n.price)
	for i := range t.parts {
		v, _ := t.x.cheapest(&t.parts[i].fine, t.parts[i].least, n.sets[i], n.chosen[i], nil)
		sum += v
	}
	return sum
}

// step moves the prices along what is spent too much or too little; false when
// every cap with a price is spent to the cent.
func (t *tree) step(price, spend []float64, value, pace float64) bool {
	var norm float64
	excess := func(y int) float64 {
		if limit := t.c.caps[y]; limit != noCap {
			return spend[y] - float64(limit)
		}
		return 0
	}
	for y := range price {
		if g := excess(y); g > 0 || price[y] > 0 {
			norm += g * g
		}
	}
	if norm == 0 {
		return false
	}
	goal := t.aim(0)
	if !t.solved() || goal <= value {
		goal = value + 0.02*math.Abs(value) + 1
	}
	for y := range price {
		price[y] = min(max(price[y]+pace*(goal-value)/norm*excess(y), 0), t.r.limit)
	}
	return true
}

// build makes a choice of a node's sets and prices, and keeps it if it is the best.
func (t *tree) build(n *node) {
	t.done += buildWork * len(t.c.blocks)
	t.r.price = n.price
	for i := range t.parts {
		p := &t.parts[i]
		s := n.sets[i][n.chosen[i]]
		for _, b := range p.blocks {
			t.r.years[b] = t.c.blocks[b].first
			least := math.Inf(1)
			for _, y := range s.years {
				if w := t.r.weight(b, y); w < least {
					t.r.years[b], least = y, w
				}
			}
		}
		if p.lot >= 0 {
			t.r.fillSet(&t.c.lots[p.lot], s)
		}
	}
	t.r.try()
}
