package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// InstalledKind says what an installed title is.
type InstalledKind string

// The kinds of installed titles.
const (
	InstalledPaid     InstalledKind = "paid"     // a product that wants a licence
	InstalledAsk      InstalledKind = "ask"      // it may want one: the title alone does not tell
	InstalledFree     InstalledKind = "free"     // costs nothing in this form
	InstalledUpdate   InstalledKind = "update"   // of a product or of the system
	InstalledDriver   InstalledKind = "driver"   // or what a maker of equipment adds to one
	InstalledRuntime  InstalledKind = "runtime"  // what other programs need
	InstalledLanguage InstalledKind = "language" // language packs and proofing tools
	InstalledPart     InstalledKind = "part"     // of a suite that is there by itself
	InstalledUnknown  InstalledKind = "unknown"  // no rule knows it
)

// InstalledKinds are all kinds, products first.
var InstalledKinds = []InstalledKind{
	InstalledPaid, InstalledAsk, InstalledFree, InstalledUnknown, InstalledUpdate, InstalledDriver, InstalledRuntime, InstalledLanguage, InstalledPart,
}

// Installed is what an installed title is: a product under one name, whatever the
// language, the bits and the spelling that its installer told.
type Installed struct {
	Kind      InstalledKind
	Publisher string
	Product   string
	Edition   string
	Version   string
	Metric    string   // by what its licences count; "" where nothing is counted
	Suites    []string // licences that hold it among others
	Why       Phrase   // of InstalledAsk: what has to be asked
}

// Counted tells that the title is a product and not a part of one or of the system.
func (i Installed) Counted() bool { return counted(i.Kind) }

func counted(k InstalledKind) bool {
	switch k {
	case InstalledPaid, InstalledAsk, InstalledFree, InstalledUnknown:
		return true
	}
	return false
}

// Software is what is known of installed titles and of what licences are called.
type Software interface {
	// Installed tells what a title is; one that no rule knows keeps its name, without
	// its version, bits and language.
	Installed(title inventory.Software) Installed
	// Licensed gives the product or the suite that a licence of this name is for; ""
	// where it names none that is known.
	Licensed(name string) string
}

// noSoftware knows nothing: only the words of licences tell what they are for.
type noSoftware struct{}

func (noSoftware) Installed(title inventory.Software) Installed {
	return Installed{Kind: InstalledUnknown, Publisher: title.Publisher, Product: title.Name}
}

func (noSoftware) Licensed(string) string { return "" }

// ProductUse is one product with where it is installed.
type ProductUse struct {
	Kind      InstalledKind
	Publisher string
	Product   string
	Metric    string
	Why       Phrase   // of InstalledAsk: what has to be asked
	Editions  []string // seen, sorted
	Versions  []string // seen, sorted
	DeviceIDs []string // distinct devices in use, in the order of the assets
}

// ProductsOn counts on which devices in use each product is installed, the commonest
// first; updates, drivers, runtimes, language packs and parts of others are left out
// unless all is set.
func ProductsOn(assets []inventory.Asset, known Software, all bool) []ProductUse {
	if known == nil {
		known = noSoftware{}
	}
	type key struct {
		kind               InstalledKind
		product, publisher string
	}
	at := map[key]int{}
	uses := []ProductUse{}
	for i := range assets {
		a := &assets[i]
		if !InUse(a.State) {
			continue
		}
		for _, s := range a.Details.Software {
			in := known.Installed(s)
			if !all && !in.Counted() {
				continue
			}
			k := key{in.Kind, foldProduct(in.Product), in.Publisher}
			n, ok := at[k]
			if !ok {
				n = len(uses)
				at[k] = n
				uses = append(uses, ProductUse{Kind: in.Kind, Publisher: in.Publisher, Product: in.Product, Metric: in.Metric, Why: in.Why})
			}
			u := &uses[n]
			if len(u.DeviceIDs) == 0 || u.DeviceIDs[len(u.DeviceIDs)-1] != a.ID {
				u.DeviceIDs = append(u.DeviceIDs, a.ID)
			}
			u.Editions, u.Versions = noted(u.Editions, in.Edition), noted(u.Versions, in.Version)
		}
	}
	slices.SortFunc(uses, func(a, b ProductUse) int {
		return cmp.Or(len(b.DeviceIDs)-len(a.DeviceIDs), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Publisher, b.Publisher), cmp.Compare(a.Kind, b.Kind))
	})
	return uses
}

// mostNoted bounds how many versions are listed of one product.
const mostNoted = 50

// noted adds a text to a sorted list that does not have it.
func noted(list []string, text string) []string {
	at, there := slices.BinarySearch(list, text)
	if there || text == "" || len(list) >= mostNoted {
		return list
	}
	return slices.Insert(list, at, text)
}
