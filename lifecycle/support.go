package lifecycle

import (
	"fmt"
	"strings"

	"parc/inventory"
)

// SupportState says how a maker looks after a system on a day.
type SupportState string

// The states of support.
const (
	Supported SupportState = "supported"
	Ending    SupportState = "ending"   // ends within EndingDays
	Extended  SupportState = "extended" // past its end, in an extended phase that costs nothing
	Ended     SupportState = "ended"
	NoAnswer  SupportState = "unknown" // not in the catalogue, or newer than it
)

// EndingDays is how near an end of support has to be to be called ending.
const EndingDays = 365

// Cycle is one release of a product with the dates of its support. A date is
// the last day of a phase: that day itself is still supported.
type Cycle struct {
	Product   string // the catalogue's name: "windows-server"
	Name      string // "2012-r2"
	Label     string // for people: "Windows Server 2012 R2"
	Released  inventory.Day
	ActiveEnd inventory.Day
	End       Until
	Extended  Until
	Latest    string
	LatestOn  inventory.Day // the day Latest came out
	Source    string        // where the dates come from
	Seen      inventory.Day // when they were taken
}

// Until is the end of a phase: a day, or what is known where there is none.
type Until struct {
	Day  inventory.Day
	Past bool // over, nobody says since when
	Open bool // not over, and no end announced
}

// Match is what a catalogue makes of an observed system.
type Match struct {
	Label  string  // the product, for people
	Cycles []Cycle // that it may be: several when the edition does not show, none when the release is not in the catalogue
	// FreeExtension: the extended phase costs nothing (Debian LTS); a paid one
	// does not count as supported unless its purchase is recorded.
	FreeExtension bool
	// Kept: a distribution builds and mends it; its maker's dates do not count.
	Kept    bool
	Mended  bool          // distributions build and mend it themselves
	Version string        // as observed: "17.9.4a"
	Source  string        // where the dates come from
	AsOf    inventory.Day // when they were taken
}

// Catalogue knows products.
type Catalogue interface {
	// System gives what the asset's system or firmware is, and false when the
	// catalogue has no product for it.
	System(a inventory.Asset) (Match, bool)
}

// Support is how long the maker looks after an asset's system.
type Support struct {
	State     SupportState
	Product   string // for people: "Windows Server 2012 R2"; "" when State is unknown and nothing is known
	End       inventory.Day
	Extended  inventory.Day
	ActiveEnd inventory.Day
	Ambiguous bool // several releases fit; the dates are the earliest of theirs
	Source    string
	AsOf      inventory.Day
}

// SupportOf gives the support state of the asset's system on a day. Where
// several releases fit it is the one that ends first: whoever plans by it is
// never late.
func SupportOf(a inventory.Asset, catalogue Catalogue, day inventory.Day) Support {
	m, ok := catalogue.System(a)
	if !ok {
		return Support{State: NoAnswer}
	}
	return supportOf(m, day)
}

func supportOf(m Match, day inventory.Day) Support {
	s := Support{State: NoAnswer, Product: m.Label, Source: m.Source, AsOf: m.AsOf}
	if len(m.Cycles) == 0 {
		return s
	}
	c := earliest(m.Cycles)
	s.Ambiguous = len(m.Cycles) > 1
	s.Product, s.End, s.Extended, s.ActiveEnd = c.Label, c.End.Day, c.Extended.Day, c.ActiveEnd
	if s.Product == "" {
		s.Product = m.Label + " " + c.Name
	}
	s.State = stateOf(c, m.FreeExtension, day)
	return s
}

func stateOf(c Cycle, freeExtension bool, day inventory.Day) SupportState {
	switch {
	case c.End.Open:
		return Supported
	case c.End.Past, !c.End.Day.IsZero() && day > c.End.Day:
		if freeExtension && (c.Extended.Open || c.Extended.Day >= day && !c.Extended.Day.IsZero()) {
			return Extended
		}
		return Ended
	case c.End.Day.IsZero():
		return NoAnswer
	case day.Until(c.End.Day) <= EndingDays:
		return Ending
	}
	return Supported
}

// earliest gives the cycle whose support ends first; one without an end comes last.
func earliest(cycles []Cycle) Cycle {
	first := cycles[0]
	for _, c := range cycles[1:] {
		if c.End.before(first.End) {
			first = c
		}
	}
	return first
}

func (u Until) before(v Until) bool {
	switch {
	case u.Past != v.Past:
		return u.Past
	case u.Day.IsZero() || v.Day.IsZero():
		return !u.Day.IsZero() && v.Day.IsZero()
	}
	return u.Day < v.Day
}

// ParseUntil reads a date of a catalogue: a day, "yes" for over, "no" for open,
// "" for unknown.
func ParseUntil(s string) (Until, error) {
	switch strings.TrimSpace(s) {
	case "":
		return Until{}, nil
	case "yes", "true":
		return Until{Past: true}, nil
	case "no", "false":
		return Until{Open: true}, nil
	}
	d, err := inventory.ParseDay(s)
	if err != nil {
		return Until{}, fmt.Errorf("end of support: %w", err)
	}
	return Until{Day: d}, nil
}

// StateOf gives the state of a release on a day. Whether an extended phase costs
// nothing is not the release's to say: it does not count.
func StateOf(c Cycle, day inventory.Day) SupportState { return stateOf(c, false, day) }
