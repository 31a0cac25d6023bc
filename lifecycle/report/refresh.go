package report

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"parc/inventory"
	"parc/lifecycle"
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
	Key   string            `json:"key"` // plan, level, longer, or saved
	Name  string            `json:"name,omitempty"`
	Years []inventory.Money `json:"years"`
	Total inventory.Money   `json:"total"`
	Peak  inventory.Money   `json:"peak"`
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
	r.Scenarios = j.alternatives(in, plan, first, currency)
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

// alternatives compares the plan with the same one levelled over the years, with
// everything kept a year longer, and with what the client has saved.
func (j *Judge) alternatives(in Input, plan []lifecycle.Replacement, first int, currency string) []Alternative {
	list := []Alternative{costed("plan", "", plan, first, currency), levelled(plan, first, in.Day, currency)}
	longer := in
	longer.Policy = lifecycle.WithDefaults(in.Policy)
	longer.Policy.LifeMonths = maps.Clone(longer.Policy.LifeMonths)
	for class, months := range longer.Policy.LifeMonths {
		longer.Policy.LifeMonths[class] = months + 12
	}
	list = append(list, costed("longer", "", lifecycle.RefreshPlan(j.forecastInput(longer)), first, currency))
	for i := range in.Scenarios {
		sc := &in.Scenarios[i]
		other := in
		other.Policy = lifecycle.MergePolicy(inventory.Policy{LifeMonths: sc.LifeMonths}, lifecycle.WithDefaults(in.Policy))
		list = append(list, costed("saved", sc.Name, pinned(lifecycle.RefreshPlan(j.forecastInput(other)), sc), first, currency))
	}
	return list
}

// pinned moves what a person has decided the year of, and drops what is kept.
func pinned(plan []lifecycle.Replacement, sc *inventory.Scenario) []lifecycle.Replacement {
	var kept []lifecycle.Replacement
	for _, p := range plan {
		if year, decided := sc.Pinned[p.AssetID]; decided {
			if year == 0 {
				continue
			}
			p.Year = year
		}
		kept = append(kept, p)
	}
	return kept
}

func costed(key, name string, plan []lifecycle.Replacement, first int, currency string) Alternative {
	a := newAlternative(key, name, currency)
	for _, p := range plan {
		if i := max(0, p.Year-first); i < len(a.Years) && p.Cost.Amount.Currency == currency {
			a.Years[i].Minor += p.Cost.Amount.Minor
		}
	}
	return a.summed()
}

func newAlternative(key, name, currency string) Alternative {
	a := Alternative{Key: key, Name: name, Years: make([]inventory.Money, refreshYears)}
	for i := range a.Years {
		a.Years[i].Currency = currency
	}
	return a
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

// levelled spreads the plan: what cannot wait stays in its year, and the rest, in
// the order of days, fills each year up to an even share; some of it comes
// earlier or later than it falls due.
func levelled(plan []lifecycle.Replacement, first int, day inventory.Day, currency string) Alternative {
	a := newAlternative("level", "", currency)
	var soft []int64
	var total int64
	for _, p := range plan {
		i := max(0, p.Year-first)
		if i >= len(a.Years) || p.Cost.Amount.Currency != currency {
			continue
		}
		total += p.Cost.Amount.Minor
		if p.Hard {
			a.Years[i].Minor += p.Cost.Amount.Minor
		} else {
			soft = append(soft, p.Cost.Amount.Minor)
		}
	}
	year := 0
	if day.Time().Month() > time.September { // too late in the year to spend a year's share
		year = 1
	}
	mean := total / int64(len(a.Years)-year)
	for _, cost := range soft {
		for year < len(a.Years)-1 && a.Years[year].Minor+cost/2 > mean {
			year++
		}
		a.Years[year].Minor += cost
	}
	return a.summed()
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
