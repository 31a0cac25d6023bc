package lifecycle

import (
	"fmt"

	"parc/inventory"
)

// EndKind says whose word a date of end of life is.
type EndKind string

// The kinds of ends.
const (
	EndSystem   EndKind = "system"   // the maker stops mending the system or the firmware
	EndHardware EndKind = "hardware" // the maker stops looking after the equipment
	EndPolicy   EndKind = "policy"   // our own useful life is over
	EndOverride EndKind = "override" // a person set it
)

// End is one date of end of life with what it rests on.
type End struct {
	Kind     EndKind
	Day      inventory.Day // the last day; "" where none is announced or known
	State    SupportState  // of a maker's support
	What     string        // the product, or the class
	Reason   string
	Source   string
	SeenAt   inventory.Day // when the source was looked at
	Estimate bool          // counted from an estimated purchase
}

// EndsOfLife are the three dates of an asset's end of life, kept apart: what
// its makers say, what our policy says, what a person set for this asset.
type EndsOfLife struct {
	Vendor   []End // system and hardware, as far as known
	Policy   *End
	Override *End
	// Effective is the override where there is one, else the earliest date; nil
	// when there is no date at all.
	Effective *End
}

// EndOfLife gives an asset's ends of life as they look on a day. The policy is
// the client's with the provider's defaults merged in; the start says from when
// its age counts.
func EndOfLife(a inventory.Asset, products Products, policy inventory.Policy, start Start, day inventory.Day) EndsOfLife {
	var e EndsOfLife
	if m, ok := products.System(a); ok {
		e.Vendor = append(e.Vendor, vendorEnd(EndSystem, m, day))
	}
	if m, ok := products.Hardware(a); ok {
		e.Vendor = append(e.Vendor, vendorEnd(EndHardware, m, day))
	}
	e.Policy = policyEnd(a, policy, start)
	if v := a.Values[inventory.FieldEndOfLife]; v.Value != "" {
		if d := firstDay(v.Value); !d.IsZero() {
			e.Override = &End{Kind: EndOverride, Day: d, What: string(a.Class), Reason: "set for this asset", Source: string(v.Source), SeenAt: inventory.DayOf(v.At)}
		}
	}
	e.Effective = e.Override
	if e.Effective == nil {
		e.Effective = e.earliest()
	}
	return e
}

func vendorEnd(kind EndKind, m Match, day inventory.Day) End {
	s := supportOf(m, day)
	end := End{Kind: kind, Day: s.End, State: s.State, What: s.Product, Source: s.Source, SeenAt: s.AsOf}
	if m.FreeExtension && !s.Extended.IsZero() {
		end.Day = s.Extended
	}
	switch {
	case len(m.Cycles) == 0:
		end.Reason = "release not in the catalogue"
	case s.Ambiguous:
		end.Reason = "several releases fit; the earliest end counts"
	case m.FreeExtension && !s.Extended.IsZero():
		end.Reason = fmt.Sprintf("support ends %s, its free extension on that day", s.End)
	case end.Day.IsZero() && s.State == Supported:
		end.Reason = "no end announced"
	case end.Day.IsZero() && s.State == Ended:
		end.Reason = "ended, day unknown"
	default:
		end.Reason = "end of support"
	}
	return end
}

func policyEnd(a inventory.Asset, policy inventory.Policy, start Start) *End {
	months, ok := of(policy.LifeMonths, a.Class)
	if !ok || months <= 0 || start.Day.IsZero() {
		return nil
	}
	return &End{
		Kind: EndPolicy, Day: start.Day.AddMonths(months), What: string(a.Class), Estimate: start.Estimate, Source: "policy",
		Reason: fmt.Sprintf("%s after %s (%s)", monthsText(months), start.Day, start.Reason),
	}
}

func (e *EndsOfLife) earliest() *End {
	var first *End
	for i := range e.Vendor {
		if end := &e.Vendor[i]; !end.Day.IsZero() && (first == nil || end.Day < first.Day) {
			first = end
		}
	}
	if e.Policy != nil && (first == nil || e.Policy.Day < first.Day) {
		first = e.Policy
	}
	return first
}
