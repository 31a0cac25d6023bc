package lifecycle

import "parc/inventory"

// TitleKind says where a title was found.
type TitleKind string

// The kinds of titles.
const (
	KindSoftware TitleKind = "software" // installed
	KindDatabase TitleKind = "database"
	KindService  TitleKind = "service" // listening
)

// Title is one program on an asset, with what a catalogue makes of it.
type Title struct {
	Kind    TitleKind
	Name    string
	Version string
	Port    int // of a service
	Match   Match
}

// Products is all that a catalogue can tell of an asset.
type Products interface {
	Catalogue
	Software
	// Titles gives the known programs among what is installed and what listens.
	Titles(a inventory.Asset) []Title
	// Hardware gives the asset's line of equipment; false when nothing is known of it.
	Hardware(a inventory.Asset) (Match, bool)
	// Made gives when the asset's serial number says that it was made, as known on
	// a day; nothing when its maker's numbers do not tell.
	Made(a inventory.Asset, day inventory.Day) []Made
	// Processor gives what is known of a processor by its name; false when nothing.
	Processor(name string) (Processor, bool)
}

// TitleSupport is how long a program's maker looks after it. A program that a
// distribution builds and mends has Kept and no state of its own.
type TitleSupport struct {
	Title
	Support
	Kept bool
}

// SoftwareSupport gives the support of the programs on an asset on a day, in
// the order in which the asset lists them.
func SoftwareSupport(a inventory.Asset, products Products, day inventory.Day) []TitleSupport {
	titles := products.Titles(a)
	all := make([]TitleSupport, 0, len(titles))
	for _, t := range titles {
		all = append(all, TitleSupport{Title: t, Support: supportOf(t.Match, day), Kept: t.Match.Kept})
	}
	return all
}

// HardwareSupport gives the support state of an asset's equipment on a day.
func HardwareSupport(a inventory.Asset, products Products, day inventory.Day) Support {
	m, ok := products.Hardware(a)
	if !ok {
		return Support{State: NoAnswer}
	}
	return supportOf(m, day)
}
