package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// Input is what a forecast is made of: a client's estate, what it has decided,
// what things cost, and what is known of products.
type Input struct {
	Estate
	Interventions []inventory.Intervention
	Policy        inventory.Policy  // zero fields are the built-in policy's
	Prices        []inventory.Price // the client's and the provider's lists; its purchases are added by themselves
	Knowledge     Knowledge
	Day           inventory.Day // as of which it is made: what is past, what is bound
}

// Conventions tells how a forecast counts; it is printed beside it.
func Conventions() []string {
	return []string{
		"amounts are net of VAT unless named gross; VAT is rounded for each payment; currencies are never converted",
		"rents and contracts are certain until the end of the term that binds, estimates after it",
		"loan instalments carry no VAT; the option and the return of a lease are estimates",
		"replacements are estimates at the price book's price, raised by the class's inflation for each calendar year",
		"what has ended or should have been replaced before the day is in the backlog, on the day itself",
		"notice days are working days: moved earlier from Saturdays, Sundays and French public holidays",
	}
}

// Forecast gives everything that ends or must be paid in [from, to], in the
// order of days. Impossible bounds are Invalid and name their field.
func Forecast(in Input, from, to inventory.Day) ([]Line, error) {
	for field, d := range map[string]inventory.Day{"from": from, "to": to, "day": in.Day} {
		if err := checkDay(field, d, true); err != nil {
			return nil, err
		}
	}
	if to < from {
		return nil, inventory.Errorf(inventory.Invalid, "to: %s is before from, %s", to, from)
	}
	return linesOf(in, from, to), nil
}

// forecaster collects the lines of one piece of the work. What it is made of is
// shared with the other pieces, and only read.
type forecaster struct {
	in       *Input
	policy   inventory.Policy
	from, to inventory.Day
	index    *index
	chunks   [][]Line // full ones and the one being filled: growing never moves a line
	count    int
	worker   int // which of the processors does it
}

// chunkLines is how many lines are kept in one piece of memory.
const chunkLines = 2048

func (f *forecaster) add(l *Line) {
	if f.count%chunkLines == 0 {
		f.chunks = append(f.chunks, make([]Line, 0, chunkLines))
	}
	last := &f.chunks[len(f.chunks)-1]
	*last = append(*last, *l)
	f.count++
}

func (f *forecaster) within(d inventory.Day) bool { return d >= f.from && d <= f.to && d != "" }

// place is where a share of a payment belongs.
type place struct {
	site  string
	class inventory.Class
	ids   []string
}

// places groups the assets of a financing, a licence or a contract by site and
// class; without assets there is one place, of the sites named if any.
func (f *forecaster) places(ids, sites []string) ([]place, []int64) {
	found := make([]int32, len(ids))
	for k, id := range ids {
		found[k] = f.index.place(id)
	}
	return f.placesOf(ids, found, sites)
}

// placesOf is places where the assets are looked up already.
func (f *forecaster) placesOf(ids []string, found []int32, sites []string) ([]place, []int64) {
	if len(ids) == 0 {
		if len(sites) == 0 {
			return []place{{}}, []int64{1}
		}
		places, weights := make([]place, len(sites)), make([]int64, len(sites))
		for i, s := range sites {
			places[i], weights[i] = place{site: s}, 1
		}
		return places, weights
	}
	var places []place
	for k, id := range ids {
		var p place
		if i := found[k]; i >= 0 {
			p = place{site: f.in.Assets[i].SiteID, class: f.in.Assets[i].Class}
		}
		i := slices.IndexFunc(places, func(q place) bool { return q.site == p.site && q.class == p.class })
		switch {
		case i >= 0:
			places[i].ids = append(places[i].ids, id)
		case len(ids) == 1:
			p.ids = ids[k : k+1 : k+1]
			places = append(places, p)
		default:
			p.ids = []string{id}
			places = append(places, p)
		}
	}
	slices.SortFunc(places, func(p, q place) int {
		return cmp.Or(cmp.Compare(p.site, q.site), cmp.Compare(p.class, q.class))
	})
	weights := make([]int64, len(places))
	for i, p := range places {
		weights[i] = int64(len(p.ids))
	}
	return places, weights
}

// spread adds a line for each place; their amounts add up to the whole's.
func (f *forecaster) spread(l Line, net inventory.Money, permille int, places []place, weights []int64) {
	if net.Minor == 0 {
		net = inventory.Money{}
	}
	vat := VAT(net, permille)
	if len(places) == 1 {
		l.SiteID, l.Class, l.AssetIDs = places[0].site, places[0].class, places[0].ids
		l.amount(net, vat)
		f.add(&l)
		return
	}
	nets, vats := net.Allocate(weights...), vat.Allocate(weights...)
	for i, p := range places {
		part := l
		part.SiteID, part.Class, part.AssetIDs = p.site, p.class, p.ids
		part.amount(nets[i], vats[i])
		f.add(&part)
	}
}

func (l *Line) amount(net, vat inventory.Money) {
	l.Net, l.VAT, l.Gross = net, vat, inventory.Money{Minor: net.Minor + vat.Minor, Currency: net.Currency}
}

// coverages adds the ends of coverage of the assets [low, high).
func (f *forecaster) coverages(low, high int) {
	for i := low; i < high; i++ {
		a, k := &f.in.Assets[i], f.index.ends[i]
		if k < 0 || !InUse(a.State) || !f.within(f.in.Coverages[k].End) {
			continue
		}
		c := &f.in.Coverages[k]
		l := f.ofAsset(a, LineCoverageEnd, c.End, cmp.Or(c.Level, c.Kind))
		l.Certain = true
		l.AssetIDs = f.in.assetID(i)
		f.add(&l)
	}
}

func (f *forecaster) support(low, high int) {
	if f.in.Knowledge.Catalogue == nil {
		return
	}
	for i := low; i < high; i++ {
		a := &f.in.Assets[i]
		if !InUse(a.State) {
			continue
		}
		s := SupportOf(*a, f.in.Knowledge.Catalogue, f.in.Day)
		if s.State == NoAnswer || !f.within(s.End) {
			continue
		}
		l := f.ofAsset(a, LineSupportEnd, s.End, "support of "+s.Product+" ends")
		if l.Certain = !s.Ambiguous; s.Ambiguous {
			l.Why += ", the earliest of the editions that it may be"
		}
		l.AssetIDs = f.in.assetID(i)
		f.add(&l)
	}
}

func (f *forecaster) ofAsset(a *inventory.Asset, kind LineKind, day inventory.Day, why string) Line {
	return Line{Day: day, ClientID: a.ClientID, SiteID: a.SiteID, Class: a.Class, Kind: kind, What: Name(*a), Why: why}
}

// assetID gives the asset's id as a list.
func (in *Input) assetID(i int) []string { return []string{in.Assets[i].ID} }

// refresh adds replacements of the assets [low, high): those overdue on the day
// itself, as backlog.
func (f *forecaster) refresh(p *planner, low, high int) {
	ids := make([]string, high-low) // one piece of memory for all
	for i := low; i < high; i++ {
		r, ok := p.replacement(i)
		if !ok {
			continue
		}
		l := Line{Day: r.Day, ClientID: r.ClientID, SiteID: r.SiteID, Class: r.Class, Kind: LineRefresh, What: r.Name, Why: r.Why}
		if r.Overdue {
			l.Day, l.Kind = f.in.Day, LineBacklog
			l.Why = "due on " + string(r.Day) + ": " + r.Why
		}
		if !f.within(l.Day) {
			continue
		}
		r.Cost = p.quote(r.Class, r.Model, r.Year)
		ids[i-low] = r.AssetID
		l.AssetIDs = ids[i-low : i-low+1 : i-low+1]
		if r.Cost.Known {
			l.amount(r.Cost.Amount, VAT(r.Cost.Amount, f.policy.VATPermille))
		}
		f.add(&l)
	}
}
