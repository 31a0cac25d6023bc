package lifecycle

import (
	"slices"
	"strings"

	"parc/inventory"
)

// HeldProduct is a product with where it is installed and how its licences stand.
type HeldProduct struct {
	ProductUse
	Positions []Position // one for each metric; none where no licence is wanted or known
}

// Portfolio is what is installed on devices in use, the commonest product first.
type Portfolio struct {
	Products []HeldProduct
	Aside    map[InstalledKind]int // how many titles are set aside, by kind
}

// PortfolioFilter says which products are wanted.
type PortfolioFilter struct {
	Kinds   []InstalledKind // none: all that are products; what is set aside is by its kinds
	Text    string          // part of the product's or the publisher's name, whatever the case
	Missing bool            // only those of which rights are missing
}

// PortfolioOf gives what is installed as of a day, against the licences.
func PortfolioOf(assets []inventory.Asset, licences []inventory.Licence, known Software, day inventory.Day) (Portfolio, error) {
	positions, err := Standing(assets, licences, known, day)
	if err != nil {
		return Portfolio{}, err
	}
	of := map[string][]Position{}
	for i := range positions {
		key := foldProduct(positions[i].Product)
		of[key] = append(of[key], positions[i])
	}
	p := Portfolio{Products: []HeldProduct{}, Aside: map[InstalledKind]int{}}
	for _, use := range ProductsOn(assets, known, true) {
		held := HeldProduct{ProductUse: use}
		if counted(use.Kind) {
			held.Positions = of[foldProduct(use.Product)]
		} else {
			p.Aside[use.Kind]++
		}
		p.Products = append(p.Products, held)
	}
	return p, nil
}

// Select gives the products that a filter wants.
func (p Portfolio) Select(f PortfolioFilter) []HeldProduct {
	text := foldProduct(f.Text)
	return slices.DeleteFunc(slices.Clone(p.Products), func(h HeldProduct) bool {
		switch {
		case len(f.Kinds) == 0 && !counted(h.Kind), len(f.Kinds) > 0 && !slices.Contains(f.Kinds, h.Kind):
			return true
		case f.Missing && !slices.ContainsFunc(h.Positions, func(p Position) bool { return p.Missing > 0 }):
			return true
		}
		return !strings.Contains(foldProduct(h.Product), text) && !strings.Contains(foldProduct(h.Publisher), text)
	})
}
