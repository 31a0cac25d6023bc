package lifecycle

import (
	"cmp"
	"slices"
	"strconv"

	"parc/inventory"
)

// EventKind says what ends.
type EventKind string

// The kinds of events.
const (
	EventCoverageEnd    EventKind = "coverage-end"
	EventSupportEnd     EventKind = "support-end"
	EventLeaseEnd       EventKind = "lease-end"
	EventLeaseNotice    EventKind = "lease-notice"
	EventLeaseReturn    EventKind = "lease-return" // during the term, by an amendment
	EventLeaseOption    EventKind = "lease-option" // the last day to declare the purchase option
	EventLicenceEnd     EventKind = "licence-end"
	EventLicenceNotice  EventKind = "licence-notice"
	EventMaintenanceEnd EventKind = "maintenance-end" // of a licence
	EventContractEnd    EventKind = "contract-end"
	EventNotice         EventKind = "contract-notice"
	EventInsuranceEnd   EventKind = "insurance-end"
)

// Event is one date that matters, with what it is about.
type Event struct {
	Day      inventory.Day
	Kind     EventKind
	What     string   // the contract's title, the product, the asset's name
	AssetIDs []string // concerned, if any
	Renews   bool     // goes on by itself unless notice is given
	// Key tells one event from all others, and stays when its day moves: the kind, the
	// thing's id, and which of its terms.
	Key     string
	Bound   inventory.Day   // of a notice: until when it binds if nobody gives it
	AtStake inventory.Money // of a notice: what the renewal costs, net, where that is known
}

// Estate is what a client owns and has signed.
type Estate struct {
	Assets     []inventory.Asset
	Coverages  []inventory.Coverage
	Financings []inventory.Financing
	Licences   []inventory.Licence
	Contracts  []inventory.Contract
}

// Events gives what happens in [from, to], in order of days. Terms are those that
// run on the first day, and the next one where it is too late to keep it from coming.
// Without a catalogue no support ends.
func Events(e Estate, catalogue Catalogue, from, to inventory.Day) []Event {
	l := eventList{from: from, to: to}
	ends := newIndex(e).ends
	for i := range e.Assets {
		a := &e.Assets[i]
		if !InUse(a.State) {
			continue
		}
		if k := ends[i]; k >= 0 {
			l.add(Event{Day: e.Coverages[k].End, Kind: EventCoverageEnd, What: Name(*a), AssetIDs: []string{a.ID}}, a.ID)
		}
		if catalogue == nil {
			continue
		}
		if s := SupportOf(*a, catalogue, from); s.State != NoAnswer {
			l.add(Event{Day: s.End, Kind: EventSupportEnd, What: s.Product, AssetIDs: []string{a.ID}}, a.ID)
		}
	}
	for i := range e.Financings {
		l.financing(&e.Financings[i])
	}
	for i := range e.Licences {
		l.licence(&e.Licences[i])
	}
	for i := range e.Contracts {
		c := &e.Contracts[i]
		event := Event{What: c.Title, AssetIDs: c.AssetIDs}
		l.terms(ContractAgreement(*c), c.ID, event, EventContractEnd, EventNotice, func(inventory.Day) []string { return c.AssetIDs }, func(t Term) inventory.Money {
			return overMonths(IndexedPrice(*c, t.End.AddDays(1)), c.PriceMonths, c.TacitMonths)
		})
		l.add(Event{Day: c.InsuredUntil, Kind: EventInsuranceEnd, What: c.Title, AssetIDs: c.AssetIDs}, c.ID)
	}
	slices.SortStableFunc(l.all, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.What, b.What))
	})
	return l.all
}

// eventList collects events of a window.
type eventList struct {
	from, to inventory.Day
	all      []Event
}

// add takes an event in; of names the thing that it is about, and which of its terms.
func (l *eventList) add(e Event, of string) {
	if !e.Day.IsZero() && e.Day >= l.from && e.Day <= l.to {
		e.Key = string(e.Kind) + "/" + of
		l.all = append(l.all, e)
	}
}

// terms adds the end and the last day of notice of the term that runs, and of the
// next one where the notice of this one is missed.
func (l *eventList) terms(a Agreement, id string, e Event, end, notice EventKind, assets func(inventory.Day) []string, cost func(Term) inventory.Money) {
	t := a.On(l.from)
	if t.Over || t.End.IsZero() {
		return
	}
	l.term(t, id, e, end, notice, assets, cost)
	if t.Missed && t.Renews {
		l.term(a.Term(t.Number+1), id, e, end, notice, assets, cost)
	}
}

func (l *eventList) term(t Term, id string, e Event, end, notice EventKind, assets func(inventory.Day) []string, cost func(Term) inventory.Money) {
	of := id + "/" + strconv.Itoa(t.Number)
	e.AssetIDs, e.Renews = assets(t.End), t.Renews
	e.Day, e.Kind = t.End, end
	l.add(e, of)
	if t.Notice.IsZero() {
		return
	}
	e.Day, e.Kind, e.Bound = t.Notice, notice, t.Bound
	if t.Renews && cost != nil {
		e.AtStake = cost(t)
	}
	l.add(e, of)
}

func (l *eventList) financing(f *inventory.Financing) {
	if f.Kind == inventory.Purchase {
		return
	}
	what := cmp.Or(f.Reference, f.Lessor, f.Supplier)
	for k, part := range Schedules(*f) {
		id := f.ID
		if k > 0 {
			id += "/" + string(part.Start)
		}
		event := func(day inventory.Day, kind EventKind) Event {
			return Event{Day: day, Kind: kind, What: what, AssetIDs: part.AssetsOn(day)}
		}
		l.terms(LeaseAgreement(part), id, event("", ""), EventLeaseEnd, EventLeaseNotice, part.AssetsOn, func(t Term) inventory.Money {
			return rentsFrom(current(part), t.Number, part.TacitMonths)
		})
		for _, a := range part.Amendments {
			if len(a.AssetsOut) > 0 {
				l.add(Event{Day: a.Day, Kind: EventLeaseReturn, What: what, AssetIDs: a.AssetsOut}, id+"/"+a.ID)
			}
		}
		l.add(event(part.OptionUntil, EventLeaseOption), id)
		l.add(event(part.InsuredUntil, EventInsuranceEnd), id)
	}
}

// overMonths gives what a price for every so many months makes in others; a price
// paid once makes nothing that is known.
func overMonths(price inventory.Money, every, months int) inventory.Money {
	if every <= 0 {
		return inventory.Money{}
	}
	return price.Scale(int64(months), int64(every))
}

func (l *eventList) licence(x *inventory.Licence) {
	a := licenceAgreement(*x)
	l.add(Event{Day: x.MaintenanceEnd, Kind: EventMaintenanceEnd, What: x.Product, AssetIDs: x.AssetIDs}, x.ID)
	if !x.Renews || a.Months <= 0 {
		l.add(Event{Day: x.End, Kind: EventLicenceEnd, What: x.Product, AssetIDs: x.AssetIDs, Renews: x.Renews}, x.ID+"/0")
		return
	}
	l.terms(a, x.ID, Event{What: x.Product}, EventLicenceEnd, EventLicenceNotice, func(inventory.Day) []string { return x.AssetIDs }, func(Term) inventory.Money {
		return overMonths(x.UnitPrice.Scale(int64(x.Quantity), 1), x.PerMonths, a.TacitMonths)
	})
}

// InUse tells that an asset of the state counts: it is not retired or disposed of.
func InUse(s inventory.State) bool { return s != inventory.Retired && s != inventory.Disposed }

// Name gives what people call the asset: its host name, else its model, else
// its address, else its id.
func Name(a inventory.Asset) string { return cmp.Or(a.Hostname, a.Model, a.Address, a.ID) }
