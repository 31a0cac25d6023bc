package report

import (
	"cmp"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// Entitlement is what there is a right to of one product, by one metric, beside
// what discovery has seen of it.
type Entitlement struct {
	Publisher string           `json:"publisher"`
	Product   string           `json:"product"`
	Metric    string           `json:"metric"`
	Kind      string           `json:"kind"`
	Rights    int              `json:"rights"` // valid on the day
	Lapsed    int              `json:"lapsed,omitempty"`
	Installed int              `json:"installed"`
	Used      int              `json:"used,omitempty"` // by the metric
	Gap       *int             `json:"gap,omitempty"`  // rights less use; absent where no scan can tell the use
	Buy       int              `json:"buy,omitempty"`  // packs that close the gap
	Cost      inventory.Money  `json:"cost,omitzero"`  // of these
	Shelf     int              `json:"shelf,omitempty"`
	Idle      int              `json:"idle,omitempty"`
	Saving    inventory.Money  `json:"saving,omitzero"` // of what nobody uses, for the price's period
	End       inventory.Day    `json:"end,omitempty"`   // the first of its terms to end
	Renews    bool             `json:"renews,omitempty"`
	Yearly    inventory.Money  `json:"yearly,omitzero"`
	Notes     []lifecycle.Note `json:"notes,omitempty"`
	Assets    []string         `json:"assets,omitempty"` // where it is installed
}

// entitlementsOf sets what was bought beside what discovery has seen installed.
// A licence that makes no sense leaves gaps untold; the store takes none.
func (j *Judge) entitlementsOf(in Input) []Entitlement {
	list := []Entitlement{}
	positions, err := lifecycle.Standing(in.Assets, in.Licences, j.catalogue, in.Day)
	if err != nil {
		return list
	}
	for i := range positions {
		list = append(list, in.entitlement(&positions[i]))
	}
	slices.SortStableFunc(list, func(a, b Entitlement) int {
		return cmp.Or(cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Metric, b.Metric))
	})
	return list
}

func (in *Input) entitlement(p *lifecycle.Position) Entitlement {
	e := Entitlement{
		Publisher: p.Publisher, Product: p.Product, Metric: p.Metric, Rights: p.Entitled, Lapsed: p.Lapsed, Used: p.Used, Buy: p.Buy, Cost: p.Cost,
		Shelf: p.Shelf, Idle: p.Idle, Saving: p.Saving, Notes: p.Notes,
	}
	if p.Counted {
		gap := p.Gap
		e.Gap = &gap
	}
	for i := range in.Licences {
		l := &in.Licences[i]
		if !slices.Contains(p.Licences, l.ID) {
			continue
		}
		e.Kind = cmp.Or(e.Kind, l.Kind)
		e.Renews = e.Renews || l.Renews
		if l.End >= in.Day && (e.End.IsZero() || l.End < e.End) {
			e.End = l.End
		}
		if price := yearly(times(l.UnitPrice, l.Quantity), l.PerMonths); l.End.IsZero() || l.End >= in.Day || l.Renews {
			if sum, err := e.Yearly.Add(price); err == nil {
				e.Yearly = sum
			}
		}
	}
	e.Assets = in.namesOf(slices.Concat(p.DeviceIDs, p.AskIDs))
	e.Installed = len(e.Assets)
	return e
}

// titlesOf counts on how many assets each product is installed, whatever its
// language, bits and version; updates, drivers and parts of others are none.
func (j *Judge) titlesOf(assets []inventory.Asset) []Title {
	titles := []Title{}
	for _, u := range lifecycle.ProductsOn(assets, j.catalogue, false) {
		titles = append(titles, Title{u.Product, u.Publisher, len(u.DeviceIDs)})
	}
	return titles
}
