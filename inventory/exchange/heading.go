package exchange

import (
	_ "embed" // the words of headings and classes
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parc/inventory"
)

//go:embed data/headings.tsv
var headingData string

//go:embed data/classes.tsv
var classData string

//go:embed data/states.tsv
var stateData string

// The columns that are no field of an asset.
const (
	ColumnID          = "id"           // the file's own id of the row
	ColumnWarrantyEnd = "warranty-end" // the day that the warranty ends
	ColumnWarranty    = "warranty"     // for how many months it runs from the purchase on; a day is read as its end
	ColumnPrice       = "price"        // paid for the thing, net of VAT
	ColumnSupplier    = "supplier"     // who sold it
	ColumnInvoice     = "invoice"      // number of the invoice or the order
	ColumnState       = "state"        // in stock, in service, retired …
	ColumnSite        = "site"         // the name of the site where the thing stands
	ColumnIgnore      = "-"            // said by a person: not read
)

// Mapping says which column, by its heading, goes where: to a field, or to one
// of the columns above. Headings compare without case, accents and signs.
type Mapping map[string]string

// Check refuses a target that there is not.
func (m Mapping) Check() error {
	for heading, target := range m {
		switch inventory.Field(target) {
		case ColumnID, ColumnWarrantyEnd, ColumnWarranty, ColumnPrice, ColumnSupplier, ColumnInvoice, ColumnState, ColumnSite, ColumnIgnore, inventory.FieldMAC, inventory.FieldIP:
			continue
		}
		if _, err := inventory.ParseField(target); err != nil {
			return inventory.Errorf(inventory.Invalid, "mapping of %q: %w", inventory.CleanTo(heading, 60), err)
		}
	}
	return nil
}

// words reads "target, then words" into word → target.
func words(data string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(data) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range cells[1:] {
			m[word] = cells[0]
		}
	}
	return m
}

// fold gives lower case without accents; whatever is neither letter nor digit
// is one space.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// propose gives each column's target, "" for one that is not understood. What
// the person's mapping says counts first; a field is taken by one column only,
// the leftmost.
func propose(headings []string, given Mapping) []string {
	said := map[string]string{}
	for heading, target := range given {
		said[fold(heading)] = target
	}
	known := words(headingData)
	targets := make([]string, len(headings))
	taken := map[string]bool{}
	for _, source := range []map[string]string{said, known} {
		for i, heading := range headings {
			target := source[fold(heading)]
			if target == "" || targets[i] != "" || taken[target] && target != ColumnIgnore {
				continue
			}
			targets[i], taken[target] = target, true
		}
	}
	return targets
}
