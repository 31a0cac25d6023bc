package report

import (
	"cmp"
	"slices"
	"time"

	"parc/inventory"
	"parc/lifecycle"
)

// ScanNote tells of the discovery that a report rests on.
type ScanNote struct {
	At      time.Time `json:"at"`
	Minutes int       `json:"minutes"` // how long it took, rounded up
	Targets []string  `json:"targets"`
	Asked   int       `json:"asked"`            // addresses
	Found   int       `json:"found"`            // that answered
	Review  int       `json:"review"`           // doubts left for a person
	Silent  []string  `json:"silent,omitempty"` // addresses that answer and tell nothing
}

func scanOf(in Input) *ScanNote {
	for i := range in.Scans {
		s := &in.Scans[i]
		if s.EndedAt == nil || s.State != inventory.ScanDone {
			continue
		}
		note := &ScanNote{
			At: s.EndedAt.UTC(), Targets: emptyNotNil(s.Targets), Asked: s.Progress.Targets, Found: s.Progress.Found, Review: s.Progress.Reviewing,
			Silent: s.Progress.Silent,
		}
		if s.StartedAt != nil {
			note.Minutes = int((s.EndedAt.Sub(*s.StartedAt) + time.Minute - 1) / time.Minute)
		}
		return note
	}
	return nil
}

// System is a system or a firmware with how many assets run it.
type System struct {
	Product string                 `json:"product"`
	State   lifecycle.SupportState `json:"state"`
	End     inventory.Day          `json:"end,omitempty"`
	Count   int                    `json:"count"`
	Assets  []string               `json:"assets"` // names
}

func systemsOf(assets []Asset) []System {
	list, at := []System{}, map[string]int{}
	for i := range assets {
		a := &assets[i]
		if a.Product == "" {
			continue
		}
		key := a.Product + "|" + string(a.SupportEnd)
		k, ok := at[key]
		if !ok {
			k = len(list)
			at[key] = k
			list = append(list, System{Product: a.Product, State: a.Support, End: a.SupportEnd})
		}
		list[k].Count++
		list[k].Assets = append(list[k].Assets, a.Name)
	}
	order := []lifecycle.SupportState{lifecycle.Ended, lifecycle.Extended, lifecycle.Ending, lifecycle.Supported, lifecycle.NoAnswer}
	slices.SortStableFunc(list, func(a, b System) int {
		return cmp.Or(slices.Index(order, a.State)-slices.Index(order, b.State), cmp.Compare(a.End, b.End), cmp.Compare(a.Product, b.Product))
	})
	return list
}

// Coverage tells how many assets a warranty covers.
type Coverage struct {
	Covered int `json:"covered"` // for more than a year to come
	Ending  int `json:"ending"`  // within a year
	Ended   int `json:"ended"`
	Unknown int `json:"unknown"` // nobody said
}

func coverageOf(in Input) Coverage {
	var c Coverage
	for i := range in.Assets {
		switch end := lifecycle.CoverageEnd(in.Assets[i].ID, in.Coverages); {
		case end.IsZero():
			c.Unknown++
		case end < in.Day:
			c.Ended++
		case end <= in.Day.AddMonths(12):
			c.Ending++
		default:
			c.Covered++
		}
	}
	return c
}

// Agreement is a contract or a lease as it stands on the day.
type Agreement struct {
	Kind      string          `json:"kind"` // of the contract, or of the financing
	Title     string          `json:"title"`
	Party     string          `json:"party,omitempty"`
	Reference string          `json:"reference,omitempty"`
	Start     inventory.Day   `json:"start,omitempty"`
	End       inventory.Day   `json:"end,omitempty"`
	Notice    inventory.Day   `json:"notice,omitempty"` // last day to give notice
	Renews    bool            `json:"renews,omitempty"`
	Over      bool            `json:"over,omitempty"`
	Yearly    inventory.Money `json:"yearly"`
	Left      inventory.Money `json:"left,omitzero"` // of a lease: instalments still to pay
	Assets    int             `json:"assets"`
}

func agreementsOf(in Input) []Agreement {
	list := []Agreement{}
	for i := range in.Contracts {
		c := &in.Contracts[i]
		term := lifecycle.ContractTerm(*c, in.Day)
		list = append(list, Agreement{
			Kind: c.Kind, Title: c.Title, Party: c.Party, Reference: c.Reference, Start: c.Start, End: term.End, Notice: term.Notice,
			Renews: term.Renews, Over: term.Over, Yearly: yearly(c.Price, c.PriceMonths), Assets: len(c.AssetIDs),
		})
	}
	for i := range in.Financings {
		f := &in.Financings[i]
		if f.Kind == inventory.Purchase {
			continue
		}
		for _, part := range lifecycle.Schedules(*f) {
			term := lifecycle.LeaseTerm(part, in.Day)
			_, left := lifecycle.Remaining(part, in.Day)
			list = append(list, Agreement{
				Kind: string(f.Kind), Title: cmp.Or(f.Reference, f.Lessor, f.Supplier), Party: cmp.Or(f.Lessor, f.Supplier), Reference: f.Reference,
				Start: part.Start, End: term.End, Notice: term.Notice, Renews: term.Renews, Over: term.Over,
				Yearly: yearly(lifecycle.RentOn(part, in.Day), max(1, f.PeriodMonths)), Left: left, Assets: len(part.AssetsOn(in.Day)),
			})
		}
	}
	slices.SortStableFunc(list, func(a, b Agreement) int {
		return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Reference, b.Reference))
	})
	return list
}

// yearly gives what a price for so many months makes in a year; a price paid
// once makes none.
func yearly(price inventory.Money, months int) inventory.Money {
	if months <= 0 {
		return inventory.Money{}
	}
	return inventory.Money{Minor: price.Minor * 12 / int64(months), Currency: price.Currency}
}

func nameOf(a *inventory.Asset) string { return lifecycle.Name(*a) }
