package lifecycle

import (
	"fmt"

	"parc/inventory"
)

// KnowledgeOf gives what a catalogue and the assets themselves tell a forecast
// and a refresh plan: estimated purchases where none is recorded, support of
// equipment, machines that cannot take the next system, and dates set by a
// person.
func KnowledgeOf(products Products, coverages []inventory.Coverage, day inventory.Day) Knowledge {
	began := map[string][]inventory.Coverage{}
	for _, c := range coverages {
		began[c.AssetID] = append(began[c.AssetID], c)
	}
	return Knowledge{
		Catalogue: products,
		Software:  products,
		Hardware:  products.Hardware,
		Bought: func(a inventory.Asset) (Age, bool) {
			s := StartOf(a, nil, began[a.ID], products, day)
			return Age{Bought: s.Day, Why: s.why(), Confidence: s.Confidence}, !s.Day.IsZero()
		},
		Upgrade: func(a inventory.Asset) (Upgrade, bool) {
			w, ok := Windows11Of(a, products)
			if !ok || w.Verdict != EligibleNo && w.Verdict != EligibleYes && w.Verdict != EligibleFixable {
				return Upgrade{}, false
			}
			return Upgrade{Possible: w.Verdict != EligibleNo, Why: "its processor (" + w.Family + ") is too old for Windows 11"}, true
		},
		Decided: func(a inventory.Asset) (inventory.Day, bool) {
			d := firstDay(a.Values[inventory.FieldEndOfLife].Value)
			return d, !d.IsZero()
		},
	}
}

// why says in a few words what a start rests on.
func (s Start) why() string {
	if !s.Estimate {
		return "since " + string(s.Day) + " (" + string(s.Reason) + ")"
	}
	return fmt.Sprintf("bought about %s, estimated (%s)", s.Day, s.Reason)
}
