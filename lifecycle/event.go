package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// EventKind says what ends.
type EventKind string

// The kinds of events.
const (
	EventCoverageEnd  EventKind = "coverage-end"
	EventSupportEnd   EventKind = "support-end"
	EventLeaseEnd     EventKind = "lease-end"
	EventLeaseNotice  EventKind = "lease-notice"
	EventLeaseReturn  EventKind = "lease-return" // during the term, by an amendment
	EventLeaseOption  EventKind = "lease-option" // the last day to declare the purchase option
	EventLicenceEnd   EventKind = "licence-end"
	EventContractEnd  EventKind = "contract-end"
	EventNotice       EventKind = "contract-notice"
	EventInsuranceEnd EventKind = "insurance-end"
)

// Event is one date that matters, with what it is about.
type Event struct {
	Day      inventory.Day
	Kind     EventKind
	What     string   // the contract's title, the product, the asset's name
	AssetIDs []string // concerned, if any
	Renews   bool     // goes on by itself unless notice is given
}

// Estate is what a client owns and has signed.
type Estate struct {
	Assets     []inventory.Asset
	Coverages  []inventory.Coverage
	Financings []inventory.Financing
	Licences   []inventory.Licence
	Contracts  []inventory.Contract
}

// Events gives what happens in [from, to], in order of days.
func Events(e Estate, catalogue Catalogue, from, to inventory.Day) []Event {
	var all []Event
	add := func(day inventory.Day, kind EventKind, what string, renews bool, assets ...string) {
		if !day.IsZero() && day >= from && day <= to {
			all = append(all, Event{day, kind, what, assets, renews})
		}
	}
	for i := range e.Assets {
		a := &e.Assets[i]
		if !InUse(a.State) {
			continue
		}
		add(CoverageEnd(a.ID, e.Coverages), EventCoverageEnd, Name(*a), false, a.ID)
		if s := SupportOf(*a, catalogue, from); s.State != NoAnswer {
			add(s.End, EventSupportEnd, s.Product, false, a.ID)
		}
	}
	for _, whole := range e.Financings {
		what := cmp.Or(whole.Reference, whole.Lessor, whole.Supplier)
		for _, f := range Schedules(whole) {
			if t := LeaseTerm(f, from); !t.Over {
				add(t.End, EventLeaseEnd, what, t.Renews, f.AssetsOn(t.End)...)
				add(t.Notice, EventLeaseNotice, what, t.Renews, f.AssetsOn(t.End)...)
			}
			for _, a := range f.Amendments {
				if len(a.AssetsOut) > 0 {
					add(a.Day, EventLeaseReturn, what, false, a.AssetsOut...)
				}
			}
			add(f.OptionUntil, EventLeaseOption, what, false, f.AssetsOn(f.OptionUntil)...)
			add(f.InsuredUntil, EventInsuranceEnd, what, false, f.AssetsOn(f.InsuredUntil)...)
		}
	}
	for _, l := range e.Licences {
		add(l.End, EventLicenceEnd, l.Product, l.Renews, l.AssetIDs...)
	}
	for _, c := range e.Contracts {
		if t := ContractTerm(c, from); !t.Over {
			add(t.End, EventContractEnd, c.Title, t.Renews, c.AssetIDs...)
			add(t.Notice, EventNotice, c.Title, t.Renews, c.AssetIDs...)
		}
	}
	slices.SortStableFunc(all, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.What, b.What))
	})
	return all
}

// InUse tells that an asset of the state counts: it is not retired or disposed of.
func InUse(s inventory.State) bool { return s != inventory.Retired && s != inventory.Disposed }

// Name gives what people call the asset: its host name, else its model, else
// its address, else its id.
func Name(a inventory.Asset) string { return cmp.Or(a.Hostname, a.Model, a.Address, a.ID) }
