package lifecycle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"parc/inventory"
)

// Made is when a thing was made, by its serial number: between two days.
type Made struct {
	Maker      string
	From, To   inventory.Day
	Doubtful   bool // the number tells only the last digit of the year
	Confidence inventory.Confidence
	Source     string
}

// Start is when an asset's life with its owner began.
type Start struct {
	Day        inventory.Day
	From, To   inventory.Day // where it may lie; both are Day for a fact
	Estimate   bool
	Reason     StartReason
	Detail     string // what the reason was read from
	Confidence inventory.Confidence
}

// StartReason says what a start was taken from.
type StartReason string

// The reasons, from the surest on. The first three are facts.
const (
	StartSaid      StartReason = "said"       // a person's or an import's word
	StartFinancing StartReason = "financing"  // the day of purchase, or of a lease
	StartCoverage  StartReason = "coverage"   // the maker's warranty began
	StartSerial    StartReason = "serial"     // its serial number
	StartBIOS      StartReason = "bios-date"  // the date of its firmware
	StartProcessor StartReason = "processor"  // its processor was not sold before
	StartModel     StartReason = "model"      // its model was not sold before
	StartInstalled StartReason = "installed"  // its system was installed
	StartFirstSeen StartReason = "first-seen" // parc saw it
)

// The time that a thing spends on its way from its maker to its buyer, and how
// long after its launch a model is usually still bought.
const (
	tradeDays  = 90
	launchDays = 2 * 365
	// launchSlack is how long before its processor's launch a machine may have been
	// made: makers have them earlier than anybody else.
	launchSlack = 180
	// staleFirmware is how much older than its machine a firmware is at most taken
	// to be, when it decides between two decades.
	staleFirmware = 5 * 365
)

// StartOf gives when an asset's life began: a fact where there is one, else
// EstimatePurchase. The zero Start means that nothing tells.
func StartOf(a inventory.Asset, financings []inventory.Financing, coverages []inventory.Coverage, products Products, day inventory.Day) Start {
	if said := firstDay(a.Values[inventory.FieldPurchased].Value); !said.IsZero() {
		return fact(said, StartSaid, string(a.Values[inventory.FieldPurchased].Source))
	}
	var bought Start
	for i := range financings {
		f := &financings[i]
		if since, ok := f.Since(a.ID); ok && !since.IsZero() && (bought.Day.IsZero() || since < bought.Day) {
			bought = fact(since, StartFinancing, cmp.Or(f.Reference, f.Supplier, f.Lessor))
		}
	}
	if !bought.Day.IsZero() {
		return bought
	}
	for _, c := range coverages {
		if c.AssetID == a.ID && strings.EqualFold(c.Kind, "manufacturer") && !c.Start.IsZero() && (bought.Day.IsZero() || c.Start < bought.Day) {
			bought = fact(c.Start, StartCoverage, c.Source)
		}
	}
	if !bought.Day.IsZero() {
		return bought
	}
	return EstimatePurchase(a, products, day)
}

func fact(day inventory.Day, reason StartReason, detail string) Start {
	return Start{Day: day, From: day, To: day, Reason: reason, Detail: detail, Confidence: inventory.Certain}
}

// EstimatePurchase estimates when an asset was bought, from the surest thing
// that tells: its serial number, its firmware's date, the launch of its
// processor or its model, the installation of its system, the day it was first
// seen. It is never after the day it was first seen or its system installed. The
// zero Start means that nothing tells.
func EstimatePurchase(a inventory.Asset, products Products, day inventory.Day) Start {
	latest := known(a, day)
	for _, estimate := range []func(inventory.Asset, Products, inventory.Day) Start{bySerial, byFirmware, byProcessor, byModel} {
		if s := estimate(a, products, latest); !s.Day.IsZero() && s.Day <= latest {
			s.Estimate = true
			s.To = min(s.To, latest)
			return s
		}
	}
	s := Start{Estimate: true, Confidence: inventory.Low}
	if installed := firstDay(a.Values[inventory.FieldFirstInstalled].Value); !installed.IsZero() && installed <= day {
		s.Day, s.Reason = installed, StartInstalled
	} else if seen := inventory.DayOf(a.FirstSeen); !seen.IsZero() && seen <= day {
		s.Day, s.Reason = seen, StartFirstSeen
	} else {
		return Start{}
	}
	s.To, s.Detail = s.Day, string(s.Day)
	return s
}

// known gives the day on which the asset is known to have been there: the
// earliest of its first sighting, its system's installation, and the day asked about.
func known(a inventory.Asset, day inventory.Day) inventory.Day {
	for _, d := range []inventory.Day{inventory.DayOf(a.FirstSeen), firstDay(a.Values[inventory.FieldFirstInstalled].Value)} {
		if !d.IsZero() && d < day {
			day = d
		}
	}
	return day
}

// bySerial takes the serial number's word. Where only the last digit of the year
// is told, the latest year is taken that is not before the processor's launch,
// and not long after the date of the firmware.
func bySerial(a inventory.Asset, products Products, latest inventory.Day) Start {
	launched := byProcessor(a, products, latest).Day
	firmware := firstDay(a.Values[inventory.FieldBIOSDate].Value)
	all := products.Made(a, latest)
	fits := slices.DeleteFunc(slices.Clone(all), func(m Made) bool {
		return m.Doubtful && (!launched.IsZero() && m.To.AddDays(launchSlack) < launched || !firmware.IsZero() && firmware.Until(m.From) > staleFirmware)
	})
	if len(fits) == 0 {
		return Start{}
	}
	m := fits[0]
	s := Start{
		Day: m.From, From: m.From, To: m.To.AddDays(tradeDays), Reason: StartSerial, Confidence: m.Confidence,
		Detail: fmt.Sprintf("%s %s: %s to %s", m.Maker, a.Serial, m.From, m.To),
	}
	if m.Doubtful && len(fits) > 1 {
		s.Confidence = inventory.Low
		s.Detail += fmt.Sprintf(", or %s", fits[1].From)
	} else if m.Doubtful && len(all) > 1 {
		s.Confidence = inventory.High // the decade is borne out
	}
	return s
}

func byFirmware(a inventory.Asset, _ Products, latest inventory.Day) Start {
	d := firstDay(a.Values[inventory.FieldBIOSDate].Value)
	if d.IsZero() || d < "1995-01-01" || d > latest {
		return Start{} // an update since: it tells nothing of the purchase
	}
	return Start{Day: d, From: d, To: d.AddMonths(18), Reason: StartBIOS, Detail: string(d), Confidence: inventory.Low}
}

func byProcessor(a inventory.Asset, products Products, latest inventory.Day) Start {
	p, ok := products.Processor(a.Values[inventory.FieldProcessor].Value)
	if !ok || p.Since.IsZero() || p.Since > latest {
		return Start{}
	}
	return Start{Day: p.Since, From: p.Since, To: p.Since.AddDays(launchDays), Reason: StartProcessor, Detail: p.Family, Confidence: inventory.Low}
}

func byModel(a inventory.Asset, products Products, latest inventory.Day) Start {
	m, ok := products.Hardware(a)
	if !ok || len(m.Cycles) != 1 || m.Cycles[0].Released.IsZero() || m.Cycles[0].Released > latest {
		return Start{}
	}
	d := m.Cycles[0].Released
	return Start{Day: d, From: d, To: d.AddDays(launchDays), Reason: StartModel, Detail: m.Cycles[0].Label, Confidence: inventory.Low}
}

// firstDay reads a day as devices and agents write it: ISO, with or without a
// time; month/day/year as SMBIOS has it; digits as WMI has them.
func firstDay(text string) inventory.Day {
	text = strings.TrimSpace(text)
	if len(text) > len(time.RFC3339Nano) {
		return ""
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, time.DateTime, "01/02/2006", "20060102"} {
		if t, err := time.Parse(layout, text); err == nil {
			return inventory.DayOf(t)
		}
	}
	if len(text) > 8 {
		if t, err := time.Parse("20060102", text[:8]); err == nil {
			return inventory.DayOf(t)
		}
	}
	return ""
}
