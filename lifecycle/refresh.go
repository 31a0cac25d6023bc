package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// ReasonKind names why an asset is replaced.
type ReasonKind string

// The reasons, in the order that decides when two fall on one day.
const (
	ReasonDecided       ReasonKind = "decided" // the asset's own date, set by a person
	ReasonFailing       ReasonKind = "failing"
	ReasonLeaseEnd      ReasonKind = "lease-end"
	ReasonNotUpgradable ReasonKind = "not-upgradable" // its system ends and the next does not run on it
	ReasonSupportEnd    ReasonKind = "support-end"    // of the hardware, by its maker
	ReasonCoverageEnd   ReasonKind = "coverage-end"   // a year after: what a company cannot do without
	ReasonAge           ReasonKind = "age"            // of the policy
)

var reasonOrder = []ReasonKind{
	ReasonDecided, ReasonFailing, ReasonLeaseEnd, ReasonNotUpgradable, ReasonSupportEnd, ReasonCoverageEnd, ReasonAge,
}

// Reason is one reason to replace an asset, and by when.
type Reason struct {
	Kind       ReasonKind
	Day        inventory.Day
	Why        string
	Confidence inventory.Confidence
	Hard       bool // a deadline: the thing goes back or is unsafe after it
}

// Replacement is when and why one asset is to be replaced.
type Replacement struct {
	AssetID  string
	ClientID string
	SiteID   string
	Class    inventory.Class
	Vendor   string
	Model    string
	Name     string
	Reason            // the earliest
	Others   []Reason // the later ones, in order of days
	Overdue  bool     // its day is past: it belongs to the backlog
	Year     int      // planned in: that of the day, this one when overdue
	Cost     Quote    // in that year
}

// Age is when a thing was bought, and how that is known.
type Age struct {
	Bought     inventory.Day
	Why        string
	Confidence inventory.Confidence // Certain for an invoice, less for an estimate
}

// Upgrade says whether a thing's next system runs on it.
type Upgrade struct {
	Possible bool
	Why      string // "the processor is too old for Windows 11"
}

// Knowledge is what is known of products and assets beyond what is stored. Every
// function may be nil; each gives false where it knows nothing.
type Knowledge struct {
	Software  Software // what installed titles are; nil: nothing is known
	Catalogue Catalogue
	Bought    func(inventory.Asset) (Age, bool)           // where no purchase is recorded
	Hardware  func(inventory.Asset) (Match, bool)         // the maker's support of the thing itself
	Upgrade   func(inventory.Asset) (Upgrade, bool)       // of its system to one that is supported
	Decided   func(inventory.Asset) (inventory.Day, bool) // a date that a person has set
}

// critical lists the classes that a company does not run long without coverage.
var critical = []inventory.Class{inventory.Server, inventory.Hypervisor, inventory.Firewall, inventory.NAS, inventory.SAN}

// afterCoverage is how many months such a thing is kept beyond its coverage.
const afterCoverage = 12

// RefreshPlan gives for each asset in use the earliest reason to replace it, in
// the order of days; assets without any reason are left out.
func RefreshPlan(in Input) []Replacement {
	p := newPlanner(in, newIndex(in.Estate))
	plan := make([]Replacement, 0, len(in.Assets))
	for i := range in.Assets {
		if r, ok := p.replacement(i); ok {
			r.Cost = p.quote(r.Class, r.Model, r.Year)
			plan = append(plan, r)
		}
	}
	slices.SortStableFunc(plan, func(a, b Replacement) int { return cmp.Compare(a.Day, b.Day) })
	return plan
}

// planner holds what is looked up once for all assets; lists are by asset.
type planner struct {
	in       Input
	policy   inventory.Policy
	index    *index
	bought   []inventory.Day
	leaseEnd []inventory.Day
	lemons   map[string]Lemon
	quotes   map[quoteKey]Quote
	prices   *PriceBook
}

// own gives a planner for one piece of work: it may ask for prices while others do.
func (p *planner) own() *planner {
	q := *p
	q.quotes = map[quoteKey]Quote{}
	return &q
}

type quoteKey struct {
	class inventory.Class
	model string
	year  int
}

func newPlanner(in Input, x *index) *planner {
	p := &planner{
		in: in, policy: WithDefaults(in.Policy), index: x, bought: make([]inventory.Day, len(in.Assets)), leaseEnd: make([]inventory.Day, len(in.Assets)),
		quotes: map[quoteKey]Quote{},
	}
	for i := range in.Financings {
		p.financed(&in.Financings[i], x.assetsOf(i))
	}
	p.prices = NewPriceBook(in.Prices, p.policy, in.Day)
	p.prices.addPurchases(in.Estate, x, in.Day)
	p.lemons = lemonsOf(in, p, x.at)
	return p
}

// financed notes since when assets are there, and until when they are leased. Those
// that the financing begins with are looked up already.
func (p *planner) financed(f *inventory.Financing, assets []int32) {
	if len(f.Amendments) == 0 {
		var end inventory.Day
		if goesBack(f.Kind) {
			end = LeaseTerm(*f, p.in.Day).End
		}
		for _, i := range assets {
			p.note(i, f.Kind, cmp.Or(f.InService, f.Start), end)
		}
		return
	}
	for _, part := range Schedules(*f) {
		var end inventory.Day
		if goesBack(f.Kind) {
			end = LeaseTerm(part, p.in.Day).End
		}
		p.noteAll(part.AssetIDs, f.Kind, cmp.Or(part.InService, part.Start), "")
		for _, a := range part.Amendments {
			p.noteAll(a.AssetsIn, f.Kind, a.Day, "")
			p.noteAll(a.AssetsOut, f.Kind, "", a.Day)
		}
		p.noteAll(part.AssetsOn(forever), f.Kind, "", end)
	}
}

func (p *planner) noteAll(ids []string, kind inventory.FinancingKind, since, end inventory.Day) {
	for _, id := range ids {
		p.note(p.index.place(id), kind, since, end)
	}
}

func (p *planner) note(i int32, kind inventory.FinancingKind, since, end inventory.Day) {
	if i < 0 {
		return
	}
	if kind != inventory.Subscription && since > p.bought[i] { // of several the last: it was replaced
		p.bought[i] = since
	}
	if end > p.leaseEnd[i] {
		p.leaseEnd[i] = end
	}
}

// goesBack tells that what is financed so goes back at the end.
func goesBack(k inventory.FinancingKind) bool {
	return k == inventory.Lease || k == inventory.EvolvingLease
}

func (p *planner) quote(class inventory.Class, model string, year int) Quote {
	k := quoteKey{class, model, year}
	q, ok := p.quotes[k]
	if !ok {
		q = p.prices.Quote(class, model, year)
		p.quotes[k] = q
	}
	return q
}

// replacement gives when and why an asset goes; its cost is left to who needs it.
func (p *planner) replacement(i int) (Replacement, bool) {
	a := &p.in.Assets[i]
	if !InUse(a.State) {
		return Replacement{}, false
	}
	var buffer [7]Reason
	reasons := p.reasons(i, buffer[:0])
	if len(reasons) == 0 {
		return Replacement{}, false
	}
	slices.SortStableFunc(reasons, func(x, y Reason) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(slices.Index(reasonOrder, x.Kind), slices.Index(reasonOrder, y.Kind)))
	})
	first := 0
	if k := slices.IndexFunc(reasons, func(r Reason) bool { return r.Kind == ReasonDecided }); k > 0 {
		first = k // a person's date beats all others
	}
	r := Replacement{
		AssetID: a.ID, ClientID: a.ClientID, SiteID: a.SiteID, Class: a.Class, Vendor: a.Vendor, Model: a.Model, Name: Name(*a),
		Reason: reasons[first], Overdue: reasons[first].Day < p.in.Day,
	}
	if len(reasons) > 1 {
		r.Others = slices.Delete(slices.Clone(reasons), first, first+1)
	}
	r.Year = max(year(r.Day), year(p.in.Day))
	return r, true
}

// reasons appends every reason to replace an asset.
func (p *planner) reasons(i int, into []Reason) []Reason {
	a := &p.in.Assets[i]
	add := func(kind ReasonKind, day inventory.Day, why string, confidence inventory.Confidence, hard bool) {
		if !day.IsZero() {
			into = append(into, Reason{kind, day, why, confidence, hard})
		}
	}
	know := p.in.Knowledge
	if know.Decided != nil {
		if day, ok := know.Decided(*a); ok {
			add(ReasonDecided, day, "date set by a person", inventory.Certain, true)
		}
	}
	if lemon, ok := p.lemons[a.ID]; ok {
		add(ReasonFailing, p.in.Day, lemon.Why, inventory.High, false)
	}
	add(ReasonLeaseEnd, p.leaseEnd[i], "the lease ends and it goes back", inventory.Certain, true)
	if know.Upgrade != nil && know.Catalogue != nil {
		if u, ok := know.Upgrade(*a); ok && !u.Possible {
			s := SupportOf(*a, know.Catalogue, p.in.Day)
			add(ReasonNotUpgradable, s.End, "support of "+s.Product+" ends: "+u.Why, inventory.High, true)
		}
	}
	if know.Hardware != nil {
		if m, ok := know.Hardware(*a); ok && len(m.Cycles) > 0 {
			c := earliest(m.Cycles)
			add(ReasonSupportEnd, c.End.Day, "its maker's support of "+cmp.Or(c.Label, m.Label)+" ends", inventory.High, true)
		}
	}
	if k := p.index.ends[i]; k >= 0 && slices.Contains(critical, a.Class) {
		end := p.in.Coverages[k].End
		add(ReasonCoverageEnd, end.AddMonths(afterCoverage), "a year without coverage, which ends on "+string(end), inventory.High, false)
	}
	if life, ok := of(p.policy.LifeMonths, a.Class); ok && life > 0 {
		if age, ok := p.age(i); ok {
			add(ReasonAge, age.Bought.AddMonths(life), "aged "+monthsText(life)+", "+age.Why, age.Confidence, false)
		}
	}
	return into
}

// age gives when an asset was bought: by its invoice or lease, else by what
// others can tell, else not later than it was first seen.
func (p *planner) age(i int) (Age, bool) {
	a := &p.in.Assets[i]
	if day := p.bought[i]; !day.IsZero() {
		return Age{day, "bought on " + string(day), inventory.Certain}, true
	}
	if p.in.Knowledge.Bought != nil {
		if age, ok := p.in.Knowledge.Bought(*a); ok {
			return age, true
		}
	}
	if seen := inventory.DayOf(a.FirstSeen); !seen.IsZero() {
		return Age{seen, "first seen on " + string(seen) + ": it may be older", inventory.Low}, true
	}
	return Age{}, false
}
