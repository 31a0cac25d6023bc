package report

import (
	"cmp"
	"slices"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// Entitlement is what there is a right to of one product, by one metric, beside
// what discovery has seen of it.
type Entitlement struct {
	Publisher string          `json:"publisher"`
	Product   string          `json:"product"`
	Metric    string          `json:"metric"`
	Kind      string          `json:"kind"`
	Rights    int             `json:"rights"` // valid on the day
	Lapsed    int             `json:"lapsed,omitempty"`
	Installed int             `json:"installed"`
	Used      int             `json:"used,omitempty"` // by the metric
	Gap       *int            `json:"gap,omitempty"`  // rights less use; absent where no scan can tell the use
	Buy       int             `json:"buy,omitempty"`  // packs that close the gap
	Cost      inventory.Money `json:"cost,omitzero"`  // of these
	Shelf     int             `json:"shelf,omitempty"`
	Idle      int             `json:"idle,omitempty"`
	Saving    inventory.Money `json:"saving,omitzero"` // of what nobody uses, for the price's period
	End       inventory.Day   `json:"end,omitempty"`   // the first of its terms to end
	Renews    bool            `json:"renews,omitempty"`
	Yearly    inventory.Money `json:"yearly,omitzero"`
	Assets    []string        `json:"assets,omitempty"` // where it is installed
}

// entitlementsOf sets what was bought beside what discovery has seen installed.
// A licence that makes no sense leaves gaps untold; the store takes none.
func entitlementsOf(in Input) []Entitlement {
	list := []Entitlement{}
	book, err := newTitleBook()
	if err != nil {
		return list // NewJudge has told
	}
	demands := in.demands(book)
	positions, err := lifecycle.Compliance(in.Licences, demands, in.Assets, in.Day)
	if err != nil {
		return list
	}
	demanded := map[string][]string{}
	for _, d := range demands {
		demanded[strings.ToLower(d.Product)] = d.DeviceIDs
	}
	for i := range positions {
		list = append(list, in.entitlement(&positions[i], demanded))
	}
	slices.SortStableFunc(list, func(a, b Entitlement) int {
		return cmp.Or(cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Metric, b.Metric))
	})
	return list
}

func (in *Input) entitlement(p *lifecycle.Position, demanded map[string][]string) Entitlement {
	e := Entitlement{
		Publisher: p.Publisher, Product: p.Product, Metric: p.Metric, Rights: p.Entitled, Lapsed: p.Lapsed, Used: p.Used, Buy: p.Buy, Cost: p.Cost,
		Shelf: p.Shelf, Idle: p.Idle, Saving: p.Saving,
	}
	if p.Counted {
		gap := p.Gap
		e.Gap = &gap
	}
	for i := range in.Licences {
		l := &in.Licences[i]
		if !slices.Contains(p.Licences, l.ID) || !sameProduct(l.Product, p.Product) {
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
	e.Assets = in.namesOf(demanded[strings.ToLower(p.Product)])
	e.Installed = len(e.Assets)
	return e
}

func sameProduct(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// demands counts where products are installed: those that there are licences
// for, and those that are known to be paid for.
func (in *Input) demands(book *titleBook) []lifecycle.Demand {
	var list []lifecycle.Demand
	var licensed []string
	seen := map[string]bool{}
	for i := range in.Licences {
		l := &in.Licences[i]
		key := strings.ToLower(strings.Join(strings.Fields(l.Product), " "))
		if seen[key] {
			continue
		}
		seen[key] = true
		licensed = append(licensed, l.Product)
		if ids := in.installed(book, l.Product); len(ids) > 0 {
			list = append(list, in.demand(l.Publisher, l.Product, ids))
		}
	}
	return append(list, in.unlicensed(book, licensed)...)
}

// unlicensed counts what is known to be paid for and matches no licence.
func (in *Input) unlicensed(book *titleBook, licensed []string) []lifecycle.Demand {
	ids := map[*paidTitle][]string{}
	for i := range in.Assets {
		a := &in.Assets[i]
		if !lifecycle.InUse(a.State) {
			continue
		}
		for _, s := range a.Details.Software {
			if slices.ContainsFunc(licensed, func(product string) bool { return book.covered(product, s.Name) }) {
				continue
			}
			if p := book.find(s.Name); p != nil && (len(ids[p]) == 0 || ids[p][len(ids[p])-1] != a.ID) {
				ids[p] = append(ids[p], a.ID)
			}
		}
	}
	var list []lifecycle.Demand
	for i := range book.paid.Titles {
		if p := &book.paid.Titles[i]; len(ids[p]) > 0 {
			list = append(list, in.demand(p.Publisher, p.Product, ids[p]))
		}
	}
	return list
}

func (in *Input) demand(publisher, product string, ids []string) lifecycle.Demand {
	d := lifecycle.Demand{Publisher: publisher, Product: product, Installs: len(ids), DeviceIDs: ids}
	users := map[string]bool{}
	next := 0 // ids are in the order of the assets
	for k := range in.Assets {
		if a := &in.Assets[k]; next < len(ids) && ids[next] == a.ID {
			next++
			if user := a.Values[inventory.FieldUser].Value; user != "" {
				users[strings.ToLower(user)] = true
			}
		}
	}
	d.Users = len(users)
	return d
}

// significant gives the words by which a product is known among titles.
func significant(product string) []string {
	all := strings.Fields(strings.ToLower(product))
	words := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(general, w) })
	if len(words) == 0 || len(words) == 1 && len(words[0]) < 4 {
		return all
	}
	return words
}

// holds tells that a title, in lower case, has every word.
func holds(title string, words []string) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(title, w) })
}

// general are the words of products that titles as installed do not carry.
var general = []string{
	"standard", "premium", "basic", "entry", "essentials", "business", "entreprise", "enterprise", "pro", "professional", "edition", "for", "pour",
	"licence", "license", "subscription", "abonnement", "user", "device",
}

// installed gives the assets that have a title which licences of a product cover.
func (in *Input) installed(book *titleBook, product string) []string {
	var ids []string
	for i := range in.Assets {
		a := &in.Assets[i]
		if lifecycle.InUse(a.State) && slices.ContainsFunc(a.Details.Software, func(s inventory.Software) bool { return book.covered(product, s.Name) }) {
			ids = append(ids, a.ID)
		}
	}
	return ids
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
