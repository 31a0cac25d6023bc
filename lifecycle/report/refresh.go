package report

import (
	"cmp"
	"maps"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/budget"
)

// Refresh is the refresh budget: what is replaced when, why, and what it costs.
type Refresh struct {
	Head
	Years     []RefreshYear  `json:"years"` // the first holds what is overdue
	Classes   []RefreshClass `json:"classes"`
	Sites     []SiteCost     `json:"sites"`
	Items     []RefreshItem  `json:"items"`  // in the order of years
	Months    []MonthCost    `json:"months"` // money that leaves in the twelve months to come, replacements included
	Scenarios []Alternative  `json:"scenarios"`
	Lease     *BuyOrLease    `json:"lease,omitempty"` // of the first year's replacements
	Unpriced  int            `json:"unpriced"`
	Rules     []string       `json:"rules"` // how it is reckoned
}

// RefreshYear is what one calendar year replaces.
type RefreshYear struct {
	Year    int             `json:"year"`
	Count   int             `json:"count"`
	Overdue int             `json:"overdue,omitempty"`
	Cost    inventory.Money `json:"cost"`
	Low     inventory.Money `json:"low"`
	High    inventory.Money `json:"high"`
}

// RefreshClass is a class with what it costs in each of the years.
type RefreshClass struct {
	Class inventory.Class   `json:"class"`
	Count []int             `json:"count"`
	Cost  []inventory.Money `json:"cost"`
}

// SiteCost is a site with what its replacements cost in all.
type SiteCost struct {
	Site  string          `json:"site"`
	Count int             `json:"count"`
	Cost  inventory.Money `json:"cost"`
}

// RefreshItem is one asset to be replaced.
type RefreshItem struct {
	AssetID string               `json:"asset_id"`
	Name    string               `json:"name"`
	Class   inventory.Class      `json:"class"`
	Model   string               `json:"model,omitempty"`
	Site    string               `json:"site,omitempty"`
	Year    int                  `json:"year"`
	Day     inventory.Day        `json:"day"`
	Reason  lifecycle.ReasonKind `json:"reason"`
	Hard    bool                 `json:"hard,omitempty"` // cannot be put off
	Overdue bool                 `json:"overdue,omitempty"`
	Cost    inventory.Money      `json:"cost,omitzero"`
	Source  string               `json:"source,omitempty"` // of the price: invoices, list, band
}

// MonthCost is what leaves in a month, net.
type MonthCost struct {
	Month inventory.Day   `json:"month"` // its first day
	Cost  inventory.Money `json:"cost"`
}

// Alternative is the plan under other choices.
type Alternative struct {
	Key   string            `json:"key"` // plan, least, level, longer, or saved
	Name  string            `json:"name,omitempty"`
	Years []inventory.Money `json:"years"`
	Total inventory.Money   `json:"total"`
	Peak  inventory.Money   `json:"peak"`
	Risk  inventory.Money   `json:"risk,omitzero"`   // expected cost of what is kept past its time
	Unmet bool              `json:"unmet,omitempty"` // its caps are too small
}

// BuyOrLease compares buying the first year's replacements with leasing them,
// in present value, under hypotheses that are printed with it.
type BuyOrLease struct {
	Price       inventory.Money `json:"price"`
	Rent        inventory.Money `json:"rent"` // a month
	Months      int             `json:"months"`
	Resale      inventory.Money `json:"resale"`
	DiscountBPS int             `json:"discount_bps"`
	Buy         inventory.Money `json:"buy"`
	Lease       inventory.Money `json:"lease"`
	BreakEven   inventory.Money `json:"break_even"` // the rent at which both cost the same
	BuyIsBetter bool            `json:"buy_is_better"`
}

// refreshYears is how many calendar years a refresh budget looks at.
const refreshYears = 5

// The hypotheses of a lease where nobody has given others: 36 monthly rents of
// 2.95 % of the price, a resale of 5 % at their end.
const (
	leaseMonths = 36
	leaseBPS    = 295
	resaleBPS   = 500
)

// Refresh makes the refresh budget.
func (j *Judge) Refresh(in Input) (Refresh, error) {
	in.Assets = inUse(in.Assets)
	r := Refresh{
		Head: headOf(KindRefresh, in), Years: make([]RefreshYear, refreshYears), Classes: []RefreshClass{}, Sites: []SiteCost{},
		Items: []RefreshItem{}, Rules: lifecycle.Conventions(),
	}
	currency := in.currency()
	first := in.Day.Time().Year()
	zero := inventory.Money{Currency: currency}
	for i := range r.Years {
		r.Years[i] = RefreshYear{Year: first + i, Cost: zero, Low: zero, High: zero}
	}
	plan := lifecycle.RefreshPlan(j.forecastInput(in))
	for _, p := range plan {
		r.add(p, in, currency)
	}
	slices.SortStableFunc(r.Items, func(a, b RefreshItem) int {
		return cmp.Or(a.Year-b.Year, cmp.Compare(a.Day, b.Day), cmp.Compare(a.Name, b.Name))
	})
	slices.SortStableFunc(r.Classes, func(a, b RefreshClass) int {
		return slices.Index(inventory.Classes(), a.Class) - slices.Index(inventory.Classes(), b.Class)
	})
	slices.SortStableFunc(r.Sites, func(a, b SiteCost) int { return cmp.Compare(a.Site, b.Site) })
	if err := r.cashOut(j, in, currency); err != nil {
		return r, err
	}
	var err error
	if r.Scenarios, err = j.alternatives(in, plan, first, currency); err != nil {
		return r, err
	}
	r.Lease = r.buyOrLease(in)
	return r, nil
}

// add counts one replacement, if it falls into the years looked at.
func (r *Refresh) add(p lifecycle.Replacement, in Input, currency string) {
	i := max(0, p.Year-r.Years[0].Year)
	if i >= len(r.Years) {
		return
	}
	item := RefreshItem{
		AssetID: p.AssetID, Name: p.Name, Class: p.Class, Model: joined(p.Vendor, p.Model), Site: in.siteName(p.SiteID), Year: r.Years[i].Year,
		Day: p.Day, Reason: p.Kind, Hard: p.Hard, Overdue: p.Overdue,
	}
	y := &r.Years[i]
	y.Count++
	if p.Overdue {
		y.Overdue++
	}
	if p.Cost.Known && p.Cost.Amount.Currency == currency {
		item.Cost, item.Source = p.Cost.Amount, p.Cost.Source
		y.Cost.Minor += p.Cost.Amount.Minor
		y.Low.Minor += p.Cost.Low.Minor
		y.High.Minor += p.Cost.High.Minor
	} else {
		r.Unpriced++
	}
	r.Items = append(r.Items, item)
	r.addClass(item, i, currency)
	k := slices.IndexFunc(r.Sites, func(s SiteCost) bool { return s.Site == item.Site })
	if k < 0 {
		k = len(r.Sites)
		r.Sites = append(r.Sites, SiteCost{Site: item.Site, Cost: inventory.Money{Currency: currency}})
	}
	r.Sites[k].Count++
	r.Sites[k].Cost.Minor += item.Cost.Minor
}

func (r *Refresh) addClass(item RefreshItem, year int, currency string) {
	k := slices.IndexFunc(r.Classes, func(c RefreshClass) bool { return c.Class == item.Class })
	if k < 0 {
		k = len(r.Classes)
		class := RefreshClass{Class: item.Class, Count: make([]int, len(r.Years)), Cost: make([]inventory.Money, len(r.Years))}
		for i := range class.Cost {
			class.Cost[i].Currency = currency
		}
		r.Classes = append(r.Classes, class)
	}
	r.Classes[k].Count[year]++
	r.Classes[k].Cost[year].Minor += item.Cost.Minor
}

// cashOut sums what leaves in each of the twelve months to come.
func (r *Refresh) cashOut(j *Judge, in Input, currency string) error {
	from := in.Day
	to := monthOf(from).AddMonths(12).AddDays(-1)
	lines, err := lifecycle.Forecast(j.forecastInput(in), from, to)
	if err != nil {
		return err
	}
	for k := range 12 {
		month := MonthCost{Month: monthOf(from).AddMonths(k), Cost: inventory.Money{Currency: currency}}
		for i := range lines {
			if l := &lines[i]; l.CashOut() && monthOf(l.Day) == month.Month && l.Net.Currency == currency {
				month.Cost.Minor += l.Net.Minor
			}
		}
		r.Months = append(r.Months, month)
	}
	return nil
}

// alternatives compares the plan with the one that costs least when the risk of
// waiting counts too, with the spending levelled over the years, with everything
// kept a year longer, and with what the client has saved.
func (j *Judge) alternatives(in Input, plan []lifecycle.Replacement, first int, currency string) ([]Alternative, error) {
	from := j.forecastInput(in)
	least, err := budget.Plan(from, inventory.Scenario{From: first, Years: refreshYears})
	if err != nil {
		return nil, err
	}
	longer := in
	longer.Policy = lifecycle.WithDefaults(in.Policy)
	longer.Policy.LifeMonths = maps.Clone(longer.Policy.LifeMonths)
	for class, months := range longer.Policy.LifeMonths {
		longer.Policy.LifeMonths[class] = months + 12
	}
	list := []Alternative{
		costed("plan", plan, first, currency), solved("least", least.Solution, first, currency), solved("level", least.Level, first, currency),
		costed("longer", lifecycle.RefreshPlan(j.forecastInput(longer)), first, currency),
	}
	saved, err := budget.Compare(from, in.Scenarios)
	if err != nil {
		return nil, err
	}
	for i := range saved {
		a := newAlternative("saved", currency)
		a.Name, a.Risk, a.Unmet = saved[i].Scenario.Name, saved[i].Solution.Risk, !saved[i].Solution.Feasible
		for _, y := range saved[i].Cash {
			a.add(y.Year-first, y.Purchases)
			a.add(y.Year-first, y.Rents)
		}
		list = append(list, a.summed())
	}
	return list, nil
}

// costed is the plan with each replacement in its own year.
func costed(key string, plan []lifecycle.Replacement, first int, currency string) Alternative {
	a := newAlternative(key, currency)
	for _, p := range plan {
		a.add(max(0, p.Year-first), p.Cost.Amount)
	}
	return a.summed()
}

func solved(key string, s budget.Solution, first int, currency string) Alternative {
	a := newAlternative(key, currency)
	a.Risk, a.Unmet = s.Risk, !s.Feasible
	for _, y := range s.Years {
		a.add(y.Year-first, y.Spend)
	}
	return a.summed()
}

func newAlternative(key, currency string) Alternative {
	a := Alternative{Key: key, Years: make([]inventory.Money, refreshYears)}
	for i := range a.Years {
		a.Years[i].Currency = currency
	}
	return a
}

// add counts an amount in a year of the budget, if it is one and in its currency.
func (a *Alternative) add(year int, m inventory.Money) {
	if year >= 0 && year < len(a.Years) && m.Currency == a.Years[year].Currency {
		a.Years[year].Minor += m.Minor
	}
}

func (a Alternative) summed() Alternative {
	a.Total, a.Peak = inventory.Money{Currency: a.Years[0].Currency}, a.Years[0]
	for _, y := range a.Years {
		a.Total.Minor += y.Minor
		if y.Minor > a.Peak.Minor {
			a.Peak = y
		}
	}
	return a
}

// buyOrLease compares both for what the first year with replacements buys.
func (r *Refresh) buyOrLease(in Input) *BuyOrLease {
	i := slices.IndexFunc(r.Years, func(y RefreshYear) bool { return y.Cost.Minor > 0 })
	if i < 0 {
		return nil
	}
	price := r.Years[i].Cost
	months, bps := leaseMonths, leaseBPS
	if len(in.Scenarios) > 0 {
		months, bps = cmp.Or(in.Scenarios[0].LeaseMonths, months), cmp.Or(in.Scenarios[0].LeaseBPS, bps)
	}
	b := BuyOrLease{
		Price: price, Months: months, Rent: price.Scale(int64(bps), 10000), Resale: price.Scale(resaleBPS, 10000),
		DiscountBPS: lifecycle.WithDefaults(in.Policy).DiscountBPS,
	}
	c, err := lifecycle.Choice{
		Price: b.Price, Resale: b.Resale, DiscountBPS: b.DiscountBPS,
		Rents: lifecycle.Rents{Amount: b.Rent, Months: b.Months, PeriodMonths: 1},
	}.Compare()
	if err != nil {
		return nil // amounts that cannot be compared are not compared
	}
	b.Buy, b.Lease, b.BreakEven, b.BuyIsBetter = c.Buy, c.Lease, c.BreakEven, c.BuyIsBetter
	return &b
}
