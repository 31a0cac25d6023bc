package budget

import (
	"cmp"
	"maps"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// Planned is a refresh plan as a problem, with what is left out of it.
type Planned struct {
	Problem
	Unpriced []lifecycle.Replacement // due within the horizon, at no known price
	Foreign  []lifecycle.Replacement // priced in another currency than most
	Kept     []lifecycle.Replacement // a person has decided to keep them
	KeptRisk inventory.Money         // what keeping those costs, over the horizon
	Later    int                     // due after the horizon
}

// riskPercent is what keeping a thing a year past its time costs when nobody has
// said otherwise, in percent of a new one; it rises by riskRise points each year.
const (
	riskPercent = 12
	riskRise    = 8
)

// FromPlan makes a problem of what a forecast's input says is due within a
// scenario's horizon. Costs rise by the class's inflation; keeping a thing past
// its day costs the policy's risk of its class, else a share of the price that
// grows from year to year; replacing it before costs the use left in it. Leases, systems that cannot be upgraded and maker's
// ends are deadlines; a person's pin beats them.
func FromPlan(in lifecycle.Input, sc inventory.Scenario) (Planned, error) {
	if err := CheckScenario(sc); err != nil {
		return Planned{}, err
	}
	in.Policy = scenarioPolicy(in.Policy, sc)
	p := Planned{Problem: Problem{From: sc.From, Years: sc.Years, Caps: sc.Caps, Lots: sc.Lots}}
	plan := lifecycle.RefreshPlan(in)
	currency := mostCommon(plan)
	p.KeptRisk.Currency = currency
	b := &builder{in: in, sc: sc, policy: lifecycle.WithDefaults(in.Policy)}
	for _, r := range plan {
		pin, pinned := sc.Pinned[r.AssetID]
		switch {
		case pinned && pin == 0:
			p.Kept = append(p.Kept, r)
			for _, m := range b.risk(r) {
				if m.Currency == currency {
					p.KeptRisk.Minor += m.Minor
				}
			}
		case !pinned && r.Year >= sc.From+sc.Years, pinned && pin >= sc.From+sc.Years:
			p.Later++
		case !r.Cost.Known:
			p.Unpriced = append(p.Unpriced, r)
		case r.Cost.Amount.Currency != currency:
			p.Foreign = append(p.Foreign, r)
		default:
			p.Items = append(p.Items, b.item(r, pin, pinned))
		}
	}
	return p, nil
}

// CheckScenario says what is impossible; each error is Invalid and names the field.
func CheckScenario(sc inventory.Scenario) error {
	probe := Problem{From: sc.From, Years: sc.Years, Caps: sc.Caps, Lots: sc.Lots}
	if err := probe.Check(); err != nil {
		return err
	}
	for id, year := range sc.Pinned {
		if year != 0 && (year < sc.From || year > 9999) {
			return inventory.Errorf(inventory.Invalid, "pinned: %d of asset %s is before the first year, %d", year, inventory.CleanTo(id, 40), sc.From)
		}
	}
	for class, months := range sc.LifeMonths {
		if months < 0 || months > 600 {
			return inventory.Errorf(inventory.Invalid, "life_months: %d of %s is not possible", months, class)
		}
	}
	if len(sc.Lease) > 0 && (sc.LeaseMonths <= 0 || sc.LeaseMonths > 120 || sc.LeaseBPS <= 0 || sc.LeaseBPS > 10000) {
		return inventory.Errorf(inventory.Invalid, "lease_months: leasing instead of buying needs lease_months (36) and lease_bps, a month's rent in basis points of the price (300 is 3 %%)")
	}
	return nil
}

func scenarioPolicy(p inventory.Policy, sc inventory.Scenario) inventory.Policy {
	p = lifecycle.WithDefaults(p)
	p.LifeMonths = maps.Clone(p.LifeMonths)
	maps.Copy(p.LifeMonths, sc.LifeMonths)
	return p
}

func mostCommon(plan []lifecycle.Replacement) string {
	counts := map[string]int{}
	for i := range plan {
		if plan[i].Cost.Known {
			counts[plan[i].Cost.Amount.Currency]++
		}
	}
	best := ""
	for _, c := range slices.Sorted(maps.Keys(counts)) {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// builder makes items.
type builder struct {
	in     lifecycle.Input
	sc     inventory.Scenario
	policy inventory.Policy
}

func (b *builder) item(r lifecycle.Replacement, pin int, pinned bool) Item {
	it := Item{ID: r.AssetID, Name: r.Name, Class: r.Class, Model: r.Model, Reason: r.Why, Backlog: r.Overdue && r.Year <= b.sc.From}
	for k := range b.sc.Years {
		it.Cost = append(it.Cost, lifecycle.Inflate(r.Cost.Amount, b.policy, r.Class, b.sc.From+k-r.Year))
	}
	it.Risk = b.risk(r)
	it.Due = r.Year
	if life := cmp.Or(b.policy.LifeMonths[r.Class], b.policy.LifeMonths[""], 60); r.Year > b.sc.From {
		it.Early = r.Cost.Amount.Scale(12, int64(life))
	}
	if r.Hard && r.Day != "" {
		it.Deadline = max(r.Year, b.sc.From)
	}
	if pinned {
		it.Earliest, it.Deadline = pin, pin
	}
	return it
}

// risk is what keeping the thing costs in each year of the horizon: nothing
// before it is due.
func (b *builder) risk(r lifecycle.Replacement) []inventory.Money {
	risk := make([]inventory.Money, b.sc.Years)
	fixed, known := b.policy.RiskCost[r.Class]
	if !known {
		fixed, known = b.policy.RiskCost[""]
	}
	for k := range risk {
		late := b.sc.From + k - r.Year
		switch {
		case late < 0:
			risk[k] = inventory.Money{Currency: r.Cost.Amount.Currency}
		case known:
			risk[k] = fixed
		default:
			risk[k] = r.Cost.Amount.Scale(int64(riskPercent+riskRise*late), 100)
		}
	}
	return risk
}

// Result is one scenario's budget.
type Result struct {
	Scenario inventory.Scenario
	Planned  Planned
	Solution Solution
	Level    Solution // the same replacements, spread evenly, a year early at most
	Naive    Solution // the same, each in the year in which it is due
	Cash     []CashYear
}

// CashYear is the money that leaves in a year: purchases, and rents of what the
// scenario leases instead.
type CashYear struct {
	Year      int
	Purchases inventory.Money
	Rents     inventory.Money
}

// Plan gives the budget of one scenario. With classes to be replaced First the
// caps serve those before all others.
func Plan(in lifecycle.Input, sc inventory.Scenario) (Result, error) {
	planned, err := FromPlan(in, sc)
	if err != nil {
		return Result{}, err
	}
	r := Result{Scenario: sc, Planned: planned}
	if r.Solution, err = solveFirst(planned.Problem, sc.First); err != nil {
		return Result{}, err
	}
	if r.Level, _, err = Level(planned.notBefore(1)); err != nil {
		return Result{}, err
	}
	if _, r.Naive, err = Level(planned.notBefore(0)); err != nil {
		return Result{}, err
	}
	r.Cash = cash(planned.Problem, r.Solution, sc)
	return r, nil
}

// notBefore gives the problem with nothing replaced more than so many years
// before it is due.
func (p Problem) notBefore(years int) Problem {
	p.Items = slices.Clone(p.Items)
	for i := range p.Items {
		if it := &p.Items[i]; it.Due != 0 {
			earliest := max(it.Earliest, min(it.Due-years, p.From+p.Years-1))
			if it.Deadline == 0 || earliest <= max(it.Deadline, p.From) {
				it.Earliest = earliest
			}
		}
	}
	return p
}

// Compare gives the budgets of several scenarios, in their order.
func Compare(in lifecycle.Input, scenarios []inventory.Scenario) ([]Result, error) {
	results := make([]Result, 0, len(scenarios))
	for _, sc := range scenarios {
		r, err := Plan(in, sc)
		if err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "scenario %s: %w", cmp.Or(sc.Name, sc.ID), err)
		}
		results = append(results, r)
	}
	return results, nil
}

// solveFirst serves some classes before all others: they are solved alone, and
// what they spend is taken off the caps.
func solveFirst(p Problem, first []inventory.Class) (Solution, error) {
	var early, rest []int
	for i := range p.Items {
		if slices.Contains(first, p.Items[i].Class) {
			early = append(early, i)
		} else {
			rest = append(rest, i)
		}
	}
	if len(early) == 0 || len(rest) == 0 {
		return Solve(p)
	}
	one := p.part(early)
	a, err := Solve(one)
	if err != nil {
		return Solution{}, err
	}
	two := p.part(rest)
	two.Caps = map[int]inventory.Money{}
	for _, y := range a.Years {
		if y.Capped {
			two.Caps[y.Year] = inventory.Money{Minor: max(y.Cap.Minor-y.Spend.Minor, 0), Currency: y.Cap.Currency}
		}
	}
	b, err := Solve(two)
	if err != nil {
		return Solution{}, err
	}
	return p.join(a, early, b, rest), nil
}

func (p Problem) part(items []int) Problem {
	q := p
	q.Items = make([]Item, len(items))
	for k, i := range items {
		q.Items[k] = p.Items[i]
	}
	return q
}

// join puts the solutions of two parts together; the bound is that of serving
// the one before the other.
func (p Problem) join(a Solution, early []int, b Solution, rest []int) Solution {
	c := core{years: p.Years}
	years := make([]int, len(p.Items))
	for i := range p.Items {
		c.blocks = append(c.blocks, p.block([]int{i}, -1))
	}
	for k, i := range early {
		years[i] = a.Choices[k].Year - p.From
	}
	for k, i := range rest {
		years[i] = b.Choices[k].Year - p.From
	}
	s := p.solution(c, years)
	s.Exact, s.Feasible = a.Exact && b.Exact, a.Feasible && b.Feasible
	s.Bound = inventory.Money{Minor: a.Bound.Minor + b.Bound.Minor, Currency: s.Total.Currency}
	if s.Bound.Minor > 0 {
		s.Gap = float64(s.Total.Minor-s.Bound.Minor) / float64(s.Bound.Minor)
	}
	s.Notes = append(append(s.Notes, a.Notes...), b.Notes...)
	s.Notes = append(s.Notes, "the classes that come first were served before the others; the bound is that of this order")
	raise := map[int]Shortage{}
	for _, part := range []struct {
		short []Shortage
		at    []int
	}{{a.Short, early}, {b.Short, rest}} {
		for _, short := range part.short {
			sum := raise[short.Year]
			sum.Year, sum.Raise.Currency = short.Year, short.Raise.Currency
			sum.Raise.Minor += short.Raise.Minor
			for _, k := range short.Items {
				sum.Items = append(sum.Items, part.at[k])
			}
			raise[short.Year] = sum
		}
	}
	for _, year := range slices.Sorted(maps.Keys(raise)) {
		s.Short = append(s.Short, raise[year])
	}
	return s
}

// cash gives the money of each year, with the classes that a scenario leases
// paid in rents from the middle of their year on.
func cash(p Problem, s Solution, sc inventory.Scenario) []CashYear {
	zero := inventory.Money{Currency: s.Total.Currency}
	years := make([]CashYear, p.Years)
	for t := range years {
		years[t] = CashYear{p.From + t, zero, zero}
	}
	for i, c := range s.Choices {
		t := c.Year - p.From
		if !slices.Contains(sc.Lease, p.Items[i].Class) {
			years[t].Purchases.Minor += c.Cost.Minor
			continue
		}
		months, in := sc.LeaseMonths, 6
		for ; t < p.Years && months > 0; t, in = t+1, 12 {
			n := min(months, in)
			years[t].Rents.Minor += c.Cost.Scale(int64(sc.LeaseBPS)*int64(n), 10000).Minor
			months -= n
		}
	}
	return years
}
