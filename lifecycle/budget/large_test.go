package budget

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"parc/inventory"
)

// fleet makes n assets over some years whose yearly caps let a share of an even
// spending through: below 1 they do not suffice.
func fleet(n, years int, room float64, lots bool) Problem {
	r := rand.New(rand.NewPCG(7, uint64(n*years)))
	p := Problem{From: 2027, Years: years, Caps: map[int]inventory.Money{}}
	prices := []int64{150, 400, 780, 1150, 1180, 1420, 1890, 4890, 6450, 12000}
	var sum int64
	for i := range n {
		kind := r.IntN(len(prices) * 4)
		price := prices[kind%len(prices)] * (90 + int64(r.IntN(21)))
		it := Item{ID: fmt.Sprint(i), Model: fmt.Sprint("model ", kind)}
		cost, risk := price, price*int64(2+r.IntN(25))/100
		for range years {
			it.Cost = append(it.Cost, inventory.EUR(cost))
			it.Risk = append(it.Risk, inventory.EUR(risk))
			cost, risk = cost*103/100, risk*int64(110+r.IntN(60))/100
		}
		switch r.IntN(10) {
		case 0:
			it.Deadline = 2027 + r.IntN(years)
		case 1:
			it.Earliest = 2027 + r.IntN(years)
		}
		sum += it.Cost[years/2].Minor
		p.Items = append(p.Items, it)
	}
	for t := range years {
		p.Caps[2027+t] = inventory.EUR(int64(float64(sum) / float64(years) * room))
	}
	if lots {
		p.Lots = map[string]int{}
		for k := range len(prices) * 4 {
			p.Lots[fmt.Sprint("model ", k)] = 5 + k%20
		}
	}
	return p
}

// TestTenThousandAssetsAreNearTheBound: within 1 % of a bound that no choice can beat.
func TestTenThousandAssetsAreNearTheBound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		years int
		room  float64
		lots  bool
	}{{3, 1.1, false}, {5, 1.03, false}, {5, 1.3, true}, {10, 1.1, false}, {5, 1.01, false}, {4, 3, true}} {
		p := fleet(10_000, c.years, c.room, c.lots)
		s := solve(t, p)
		check(t, p, s)
		if !s.Feasible || s.Gap > 0.01 || len(s.Notes) > 0 {
			t.Errorf("%+v: gap %.4f, feasible %v, short %d, notes %v", c, s.Gap, s.Feasible, len(s.Short), s.Notes)
		}
		t.Logf("%+v: gap %.5f %%", c, s.Gap*100)
	}
}

// TestMidSizedFleets: sizes between the exact search and the large ones.
func TestMidSizedFleets(t *testing.T) {
	t.Parallel()
	for _, n := range []int{8, 15, 30, 60, 150, 400, 1500} {
		for _, years := range []int{3, 5} {
			p := fleet(n, years, 1.4, false)
			s := solve(t, p)
			check(t, p, s)
			t.Logf("%d over %d: gap %.3f %%, exact %v, feasible %v", n, years, s.Gap*100, s.Exact, s.Feasible)
			if n >= 150 && s.Gap > 0.02 {
				t.Errorf("%d assets over %d years: gap %.4f", n, years, s.Gap)
			}
		}
	}
}

func TestTooLittleForALargeFleet(t *testing.T) {
	t.Parallel()
	p := fleet(2000, 4, 0.8, false)
	s := solve(t, p)
	check(t, p, s)
	var spend, limit, raise int64
	for _, y := range s.Years {
		spend += y.Spend.Minor
		limit += y.Cap.Minor
	}
	for _, short := range s.Short {
		raise += short.Raise.Minor
	}
	if s.Feasible || raise < spend-limit || float64(raise) > 1.05*float64(spend-limit) {
		t.Errorf("raise %d, at least %d is missing", raise, spend-limit)
	}
}

// BenchmarkSolve reports the gap to the bound beside the time.
func BenchmarkSolve(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000, 100_000} {
		for _, lots := range []bool{false, true} {
			p := fleet(n, 5, 1.2, lots)
			b.Run(fmt.Sprintf("%d assets, lots %v", n, lots), func(b *testing.B) {
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
