package lifecycle

import "parc/inventory"

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
	Why       string   // of InstalledAsk: what has to be asked
}

// Counted tells that the title is a product and not a part of one or of the system.
func (i Installed) Counted() bool {
	switch i.Kind {
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
