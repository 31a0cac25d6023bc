package report

import (
	"slices"
	"time"

	"parc/inventory"
)

// Ages tells how old the assets are whose age can be told.
type Ages struct {
	Years   []AgeCount `json:"years"` // by whole years, the last is "and more"
	Classes []ClassAge `json:"classes"`
	Unknown int        `json:"unknown"` // assets whose age nothing tells
}

// AgeCount counts the assets of an age in whole years.
type AgeCount struct {
	Years int `json:"years"`
	Count int `json:"count"`
}

// ClassAge is how old the assets of a class are.
type ClassAge struct {
	Class  inventory.Class `json:"class"`
	Count  int             `json:"count"`
	Known  int             `json:"known"`  // whose age can be told
	Mean   float64         `json:"mean"`   // years
	Oldest float64         `json:"oldest"` // years
	Name   string          `json:"name"`   // of the oldest
}

// oldestYears is the last bracket of the pyramid: so many years and more.
const oldestYears = 8

// since gives the day from which an asset's age counts, "" when nothing tells it: the
// day of its purchase or lease, the beginning of its warranty, the day its
// system was first installed.
func (in *Input) since(a *inventory.Asset) inventory.Day {
	if f := in.financingOf(a.ID); f != nil {
		if !f.InService.IsZero() {
			return f.InService
		}
		if !f.Start.IsZero() {
			return f.Start
		}
	}
	var first inventory.Day
	for i := range in.Coverages {
		if c := &in.Coverages[i]; c.AssetID == a.ID && !c.Start.IsZero() && (first.IsZero() || c.Start < first) {
			first = c.Start
		}
	}
	if !first.IsZero() {
		return first
	}
	for _, field := range []inventory.Field{inventory.FieldFirstInstalled, inventory.FieldBIOSDate} {
		if day := dayIn(a.Values[field].Value); !day.IsZero() && day <= in.Day {
			return day
		}
	}
	return ""
}

// dayIn reads the day at the beginning of a text, "" when there is none.
func dayIn(text string) inventory.Day {
	if len(text) < len(time.DateOnly) {
		return ""
	}
	day, err := inventory.ParseDay(text[:len(time.DateOnly)])
	if err != nil {
		return ""
	}
	return day
}

// yearsBetween gives the years from one day to another.
func yearsBetween(from, to inventory.Day) float64 { return float64(from.Until(to)) / 365.25 }

func agesOf(in Input) Ages {
	ages := Ages{Years: make([]AgeCount, oldestYears+1), Classes: []ClassAge{}}
	for i := range ages.Years {
		ages.Years[i].Years = i
	}
	at := map[inventory.Class]int{}
	for i := range in.Assets {
		a := &in.Assets[i]
		k, ok := at[a.Class]
		if !ok {
			k = len(ages.Classes)
			at[a.Class] = k
			ages.Classes = append(ages.Classes, ClassAge{Class: a.Class})
		}
		class := &ages.Classes[k]
		class.Count++
		since := in.since(a)
		if since.IsZero() {
			ages.Unknown++
			continue
		}
		years := max(0, yearsBetween(since, in.Day))
		ages.Years[min(oldestYears, int(years))].Count++
		class.Known++
		class.Mean += years
		if years > class.Oldest {
			class.Oldest, class.Name = round(years), nameOf(a)
		}
	}
	for i := range ages.Classes {
		if c := &ages.Classes[i]; c.Known > 0 {
			c.Mean = round(c.Mean / float64(c.Known))
		}
	}
	slices.SortStableFunc(ages.Classes, func(a, b ClassAge) int {
		return slices.Index(inventory.Classes(), a.Class) - slices.Index(inventory.Classes(), b.Class)
	})
	return ages
}
