package report

import (
	"cmp"
	"slices"
	"strings"

	"parc/inventory"
)

// Entitlement is a right to use a product beside what is installed of it.
type Entitlement struct {
	Publisher string          `json:"publisher"`
	Product   string          `json:"product"`
	Metric    string          `json:"metric"`
	Kind      string          `json:"kind"`
	Rights    int             `json:"rights"` // valid on the day
	Installed int             `json:"installed"`
	Gap       *int            `json:"gap,omitempty"` // rights less need; absent where no scan can tell the need
	End       inventory.Day   `json:"end,omitempty"`
	Renews    bool            `json:"renews,omitempty"`
	Yearly    inventory.Money `json:"yearly,omitzero"`
	Assets    []string        `json:"assets,omitempty"` // where it is installed
}

// entitlementsOf sets what was bought beside what discovery has seen installed.
func entitlementsOf(in Input) []Entitlement {
	list := []Entitlement{}
	for i := range in.Licences {
		l := &in.Licences[i]
		e := Entitlement{
			Publisher: l.Publisher, Product: strings.TrimSpace(l.Product + " " + l.Edition), Metric: l.Metric, Kind: l.Kind, Rights: rightsOn(l, in.Day),
			End: l.End, Renews: l.Renews, Yearly: yearly(times(l.UnitPrice, l.Quantity), l.PerMonths),
		}
		e.Assets = in.installed(l)
		e.Installed = len(e.Assets)
		if l.Metric == "device" && e.Installed > 0 {
			gap := e.Rights - e.Installed
			e.Gap = &gap
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b Entitlement) int {
		return cmp.Or(cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Product, b.Product), cmp.Compare(a.End, b.End))
	})
	return list
}

// rightsOn counts the rights that a licence gives on a day.
func rightsOn(l *inventory.Licence, day inventory.Day) int {
	if !l.Start.IsZero() && l.Start > day || !l.End.IsZero() && l.End < day && !l.Renews {
		return 0
	}
	return l.Quantity * max(1, l.PackSize)
}

// installed names the assets that have a title whose name holds every word of
// the licence's product.
func (in *Input) installed(l *inventory.Licence) []string {
	words := strings.Fields(strings.ToLower(l.Product))
	if len(words) == 0 {
		return nil
	}
	var names []string
	for i := range in.Assets {
		for _, s := range in.Assets[i].Details.Software {
			title := strings.ToLower(s.Name)
			if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(title, w) }) {
				names = append(names, nameOf(&in.Assets[i]))
				break
			}
		}
	}
	return names
}

// titlesOf counts on how many assets each title is installed.
func titlesOf(assets []inventory.Asset) []Title {
	type key struct{ name, publisher string }
	counts := map[key]int{}
	for i := range assets {
		seen := map[key]bool{}
		for _, s := range assets[i].Details.Software {
			if k := (key{s.Name, s.Publisher}); !seen[k] {
				seen[k] = true
				counts[k]++
			}
		}
	}
	titles := []Title{}
	for k, n := range counts {
		titles = append(titles, Title{k.name, k.publisher, n})
	}
	slices.SortFunc(titles, func(a, b Title) int {
		return cmp.Or(b.Assets-a.Assets, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Publisher, b.Publisher))
	})
	return titles
}
