package report

import (
	"cmp"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// Renewals is what ends in a period, and what has to be decided before.
type Renewals struct {
	Head
	Items  []Renewal    `json:"items"` // by the day that comes first
	Months []MonthTotal `json:"months"`
	Yearly []Sum        `json:"yearly"` // what all that ends costs in a year, by currency
}

// Renewal is one thing that ends, or must be given notice of, in the period.
type Renewal struct {
	Kind      string          `json:"kind"` // contract, lease, licence, coverage, support
	What      string          `json:"what"`
	Party     string          `json:"party,omitempty"`
	Reference string          `json:"reference,omitempty"`
	End       inventory.Day   `json:"end"`
	Notice    inventory.Day   `json:"notice,omitempty"` // last day to give notice
	Renews    bool            `json:"renews,omitempty"` // goes on by itself
	Yearly    inventory.Money `json:"yearly,omitzero"`
	AtStake   inventory.Money `json:"at_stake,omitzero"` // what a missed notice binds to
	Assets    []string        `json:"assets,omitempty"`  // names
	Decision  string          `json:"decision"`          // what is asked: keep, return, renew, rebuy, extend, replace; bound: it is too late
}

// acts is the day by which something has to be done.
func (r Renewal) acts() inventory.Day {
	if !r.Notice.IsZero() && r.Decision != "bound" {
		return r.Notice
	}
	return r.End
}

// MonthTotal is a month of the period with how much ends in it.
type MonthTotal struct {
	Month inventory.Day `json:"month"` // its first day
	Count int           `json:"count"`
}

// Sum is an amount in one currency.
type Sum = inventory.Money

// Renewals tells what ends in the period.
func (j *Judge) Renewals(in Input) Renewals {
	in.Assets = inUse(in.Assets)
	r := Renewals{Head: headOf(KindRenewals, in), Items: []Renewal{}, Months: []MonthTotal{}, Yearly: []Sum{}}
	within := func(d inventory.Day) bool { return !d.IsZero() && d >= in.From && d <= in.To }
	all := slices.Concat(contractRenewals(in), leaseRenewals(in), licenceRenewals(in), coverageRenewals(in), j.supportRenewals(in))
	for _, item := range all {
		if !within(item.End) && !within(item.Notice) {
			continue
		}
		if item.Renews && !item.Notice.IsZero() && item.Notice < in.From {
			item.Decision = "bound" // too late: it goes on
		}
		r.Items = append(r.Items, item)
	}
	slices.SortStableFunc(r.Items, func(a, b Renewal) int {
		return cmp.Or(cmp.Compare(a.acts(), b.acts()), cmp.Compare(a.End, b.End), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.What, b.What))
	})
	r.Yearly = sums(r.Items, func(i Renewal) inventory.Money { return i.Yearly })
	r.Months = r.byMonth()
	return r
}

// sums adds amounts up by currency, those of no amount left out.
func sums[T any](list []T, of func(T) inventory.Money) []Sum {
	totals := []Sum{}
	for _, x := range list {
		m := of(x)
		if m.Minor == 0 {
			continue
		}
		i := slices.IndexFunc(totals, func(s Sum) bool { return s.Currency == m.Currency })
		if i < 0 {
			totals = append(totals, m)
			continue
		}
		if sum, err := totals[i].Add(m); err == nil {
			totals[i] = sum
		}
	}
	slices.SortFunc(totals, func(a, b Sum) int { return cmp.Compare(a.Currency, b.Currency) })
	return totals
}

func (r *Renewals) byMonth() []MonthTotal {
	const most = 36
	months := []MonthTotal{}
	first := monthOf(r.From)
	for k := range most {
		month := first.AddMonths(k)
		if month > r.To {
			break
		}
		total := MonthTotal{Month: month}
		for _, i := range r.Items {
			if day := max(i.acts(), r.From); monthOf(day) == month {
				total.Count++
			}
		}
		months = append(months, total)
	}
	return months
}

// monthOf gives the first day of a day's month.
func monthOf(d inventory.Day) inventory.Day {
	if d.IsZero() {
		return ""
	}
	return d[:8] + "01"
}

func contractRenewals(in Input) []Renewal {
	var list []Renewal
	for i := range in.Contracts {
		c := &in.Contracts[i]
		term := lifecycle.ContractTerm(*c, in.From)
		if term.Over || term.End.IsZero() {
			continue
		}
		item := Renewal{
			Kind: "contract", What: c.Title, Party: c.Party, Reference: c.Reference, End: term.End, Notice: term.Notice, Renews: term.Renews,
			Yearly: yearly(c.Price, c.PriceMonths), Assets: in.namesOf(c.AssetIDs), Decision: "rebuy",
		}
		if term.Renews {
			item.Decision = "keep"
			item.AtStake = inventory.Money{Minor: item.Yearly.Minor * int64(c.TacitMonths) / 12, Currency: item.Yearly.Currency}
		}
		list = append(list, item)
	}
	return list
}

func leaseRenewals(in Input) []Renewal {
	var list []Renewal
	for i := range in.Financings {
		f := &in.Financings[i]
		if f.Kind == inventory.Purchase || f.Kind == inventory.Loan {
			continue
		}
		for _, part := range lifecycle.Schedules(*f) {
			term := lifecycle.LeaseTerm(part, in.From)
			if term.Over || term.End.IsZero() {
				continue
			}
			item := Renewal{
				Kind: "lease", What: cmp.Or(f.Reference, f.Lessor, f.Supplier), Party: cmp.Or(f.Lessor, f.Supplier), Reference: f.Reference,
				End: term.End, Notice: term.Notice, Renews: term.Renews, Yearly: yearly(lifecycle.RentOn(part, term.End), max(1, f.PeriodMonths)),
				Assets: in.namesOf(part.AssetsOn(term.End)), Decision: "return",
			}
			if f.TacitMonths > 0 {
				item.AtStake = lifecycle.MissedNotice(part)
			}
			list = append(list, item)
		}
	}
	return list
}

func licenceRenewals(in Input) []Renewal {
	var list []Renewal
	for i := range in.Licences {
		l := &in.Licences[i]
		end := cmp.Or(l.End, l.MaintenanceEnd)
		if end.IsZero() {
			continue
		}
		item := Renewal{
			Kind: "licence", What: l.Product, Party: cmp.Or(l.Supplier, l.Publisher), Reference: l.Reference, End: end, Renews: l.Renews,
			Notice: lifecycle.LastNotice(end, l.NoticeMonths), Yearly: yearly(times(l.UnitPrice, l.Quantity), l.PerMonths),
			Assets: in.namesOf(l.AssetIDs), Decision: "rebuy",
		}
		if l.Renews {
			item.Decision = "renew"
		}
		list = append(list, item)
	}
	return list
}

func times(m inventory.Money, n int) inventory.Money {
	return inventory.Money{Minor: m.Minor * int64(n), Currency: m.Currency}
}

// coverageRenewals gathers warranties that end on one day at one level.
func coverageRenewals(in Input) []Renewal {
	var list []Renewal
	at := map[string]int{}
	for i := range in.Assets {
		a := &in.Assets[i]
		end := lifecycle.CoverageEnd(a.ID, in.Coverages)
		if end.IsZero() {
			continue
		}
		level := ""
		for k := range in.Coverages {
			if c := &in.Coverages[k]; c.AssetID == a.ID && c.End == end {
				level = cmp.Or(c.Level, c.Kind)
			}
		}
		key := string(end) + level
		k, ok := at[key]
		if !ok {
			k = len(list)
			at[key] = k
			list = append(list, Renewal{Kind: "coverage", What: level, End: end, Decision: "extend"})
		}
		list[k].Assets = append(list[k].Assets, nameOf(a))
	}
	return list
}

func (j *Judge) supportRenewals(in Input) []Renewal {
	var list []Renewal
	at := map[string]int{}
	for i := range in.Assets {
		a := &in.Assets[i]
		s := j.Support(*a, in.From)
		if s.End.IsZero() || s.State == lifecycle.NoAnswer {
			continue
		}
		k, ok := at[s.Product]
		if !ok {
			k = len(list)
			at[s.Product] = k
			list = append(list, Renewal{Kind: "support", What: s.Product, End: s.End, Decision: "replace"})
		}
		list[k].Assets = append(list[k].Assets, nameOf(a))
	}
	return list
}

// namesOf gives the names of assets by their ids, in order.
func (in *Input) namesOf(ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	var names []string
	for i := range in.Assets {
		if wanted[in.Assets[i].ID] {
			names = append(names, nameOf(&in.Assets[i]))
		}
	}
	slices.Sort(names)
	return names
}
