package budget

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"parc/inventory"
)

// lotShape is a fleet whose models are bought in lots of one size.
type lotShape struct {
	models, lot int
	caps        string  // how the money is spread over the years
	windows     float64 // the share of assets with a deadline, and with a first year
	seed        uint64
}

func (l lotShape) String() string {
	return fmt.Sprintf("%d models, lots of %d, %s caps, %g windows, seed %d", l.models, l.lot, l.caps, l.windows, l.seed)
}

// capShapes give each year's share of what an even spending needs.
var capShapes = map[string][]float64{
	"tight":  {1.05, 1.05, 1.05, 1.05, 1.05},
	"firm":   {1.1, 1.1, 1.1, 1.1, 1.1},
	"loose":  {1.5, 1.5, 1.5, 1.5, 1.5},
	"uneven": {0.7, 1.6, 0.9, 1.4, 1.1},
}

// fleet makes n assets of the shape: models of different prices, assets of
// different risks, costs that rise from year to year.
func (l lotShape) fleet(n int) Problem {
	r := rand.New(rand.NewPCG(l.seed, uint64(l.models*10_000+l.lot)))
	share := capShapes[l.caps]
	p := Problem{From: 2027, Years: len(share), Caps: map[int]inventory.Money{}, Lots: map[string]int{}}
	prices := make([]int64, l.models)
	for k := range prices {
		prices[k] = int64(30_000 + r.IntN(220_000))
		p.Lots[fmt.Sprint("model ", k)] = l.lot
	}
	var sum float64
	for i := range n {
		kind := i % l.models
		price := prices[kind] * int64(97+r.IntN(7)) / 100
		it := Item{ID: fmt.Sprint(i), Model: fmt.Sprint("model ", kind)}
		cost, risk, grow := price, price*int64(2+r.IntN(25))/100, int64(110+r.IntN(60))
		for range share {
			it.Cost, it.Risk = append(it.Cost, inventory.EUR(cost)), append(it.Risk, inventory.EUR(risk))
			cost, risk = cost*103/100, risk*grow/100
		}
		if kind%4 == 0 && r.Float64() < l.windows {
			it.Deadline = 2027 + 2 + r.IntN(2)
		}
		if kind%4 == 2 && r.Float64() < l.windows {
			it.Earliest = 2027 + 1
		}
		sum += float64(it.Cost[len(share)/2].Minor)
		p.Items = append(p.Items, it)
	}
	for t, s := range share {
		p.Caps[2027+t] = inventory.EUR(int64(sum / float64(len(share)) * s))
	}
	return p
}

// TestLotsAreNearTheBound: however few the models and however big their lots,
// 10,000 assets are planned within 1 % of a bound that no choice can beat, and a
// looser cap's bound is never above a tighter one's plan.
func TestLotsAreNearTheBound(t *testing.T) {
	t.Parallel()
	for _, l := range []lotShape{
		{4, 2, "tight", 0, 6}, {4, 50, "uneven", 0.05, 55}, {4, 200, "firm", 0, 204}, {4, 500, "tight", 0, 504}, {4, 500, "firm", 0.05, 505},
		{4, 1000, "tight", 0, 1004}, {4, 1000, "firm", 0, 1004}, {4, 1000, "firm", 0.05, 1005}, {4, 1000, "uneven", 0, 1004}, {16, 50, "loose", 0, 66},
	} {
		p := l.fleet(10_000)
		s := solve(t, p)
		check(t, p, s)
		years := make([]int, len(p.Items))
		for i, c := range s.Choices {
			years[i] = c.Year - p.From
		}
		if !s.Feasible || s.Gap > 0.01 || len(s.Notes) > 0 || tooSmall(p, years) > 0 {
			t.Errorf("%s: gap %.4f %%, feasible %v, notes %v", l, s.Gap*100, s.Feasible, s.Notes)
		}
		for year, m := range p.Caps {
			p.Caps[year] = m.Scale(105, 100)
		}
		if looser := solve(t, p); looser.Bound.Minor > s.Total.Minor || float64(looser.Total.Minor) > 1.01*float64(s.Total.Minor) {
			t.Errorf("%s: %d and at least %d with looser caps, %d with tighter ones", l, looser.Total.Minor, looser.Bound.Minor, s.Total.Minor)
		}
	}
}

// TestLotsAreDeterministic: the same fleet is planned alike each time.
func TestLotsAreDeterministic(t *testing.T) {
	t.Parallel()
	p := lotShape{4, 500, "firm", 0.05, 3}.fleet(2000)
	if a, b := solve(t, p), solve(t, p); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("two answers to one question")
	}
}

// BenchmarkLotShapes reports the gap to the bound beside the time.
func BenchmarkLotShapes(b *testing.B) {
	for _, models := range []int{4, 16, 64, 300} {
		for _, lot := range []int{2, 50, 200, 500, 1000} {
			l := lotShape{models, lot, "firm", 0, 1}
			p := l.fleet(10_000)
			b.Run(l.String(), func(b *testing.B) {
				gap := 0.0
				for b.Loop() {
					s, err := Solve(p)
					if err != nil {
						b.Fatal(err)
					}
					gap = s.Gap
				}
				b.ReportMetric(100*gap, "%gap")
			})
		}
	}
}

// TestTheBoundKnowsLots: the search over sets of years is never above the exact
// answer with its bound, and never better than it with its own choice.
func TestTheBoundKnowsLots(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, rapid.IntRange(2, 6).Draw(t, "items"), rapid.IntRange(1, 4).Draw(t, "years"))
		p.Lots = map[string]int{"m": rapid.IntRange(2, 3).Draw(t, "lot"), "n": 2}
		for i := range p.Items {
			p.Items[i].Model = rapid.SampledFrom([]string{"m", "m", "m", "n", "x"}).Draw(t, "model")
		}
		c, _ := p.reduce()
		exact, ok := c.search()
		if !ok {
			t.Fatal("six items are not searched")
		}
		best := score{c.overrun(exact), c.broken(exact), c.value(exact)}
		years, bound, _ := c.branches()
		if found := (score{c.overrun(years), c.broken(years), c.value(years)}); found.less(best) {
			t.Fatalf("the search missed %+v, the branches found %+v", best, found)
		}
		if best.over == 0 && best.broken == 0 && bound > best.cost {
			t.Fatalf("bound %d above the best, %d", bound, best.cost)
		}
	})
}
