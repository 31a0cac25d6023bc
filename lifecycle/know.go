package lifecycle

import (
	"strings"

	"parc/inventory"
)

// KnowledgeOf gives what a catalogue and the assets themselves tell a refresh
// plan, as known on a day: an estimated purchase, the maker's end, whether
// Windows 11 runs, and the end of life that a person has set.
func KnowledgeOf(products Products, day inventory.Day) Knowledge {
	return Knowledge{
		Catalogue: products,
		Hardware:  products.Hardware,
		Bought: func(a inventory.Asset) (Age, bool) {
			s := StartOf(a, nil, nil, products, day)
			if s.Day.IsZero() {
				return Age{}, false
			}
			why := "bought on " + string(s.Day)
			if s.Estimate {
				why = "bought about " + string(s.Day) + " (" + string(s.Reason) + ")"
			}
			return Age{s.Day, why, s.Confidence}, true
		},
		Upgrade: func(a inventory.Asset) (Upgrade, bool) {
			w, ok := Windows11Of(a, products)
			switch {
			case !ok || w.Verdict == EligibleUnknown:
				return Upgrade{}, false
			case w.Verdict == EligibleNo:
				return Upgrade{Why: "Windows 11 does not run on it (" + strings.Join(w.Missing, ", ") + ")"}, true
			}
			return Upgrade{Possible: true}, true
		},
		Decided: func(a inventory.Asset) (inventory.Day, bool) {
			d := firstDay(a.Values[inventory.FieldEndOfLife].Value)
			return d, !d.IsZero()
		},
	}
}
