package inventory

import (
	"fmt"
	"slices"
)

// AmendmentTerm says what an amendment does to the term of a lease.
type AmendmentTerm string

// The terms of amendments.
const (
	CoTerminous AmendmentTerm = "co-terminous" // all ends when the lease does
	Restart     AmendmentTerm = "restart"      // the whole lease runs anew from the day
	OwnTerm     AmendmentTerm = "own"          // what comes in has a schedule of its own, with its own rent and end
)

// Amendment is a change of a lease during its term: things swapped or added,
// another rent, another end (location évolutive, avenant). Amounts are net of VAT.
type Amendment struct {
	ID       string        `json:"id" gorm:"primaryKey"`
	Day      Day           `json:"day"` // since when it holds; a swap is done on it
	SignedOn Day           `json:"signed_on,omitempty"`
	Term     AmendmentTerm `json:"term"`
	Months   int           `json:"months,omitempty"` // of the new or the own term, from Day; 0 when co-terminous
	// Instalment is the whole rent of a period of the lease from Day on, or that of
	// the own schedule. Without a currency the rent stays as it is.
	Instalment Money    `json:"instalment" gorm:"embedded;embeddedPrefix:instalment_"`
	AssetsIn   []string `json:"assets_in" gorm:"-"`
	AssetsOut  []string `json:"assets_out" gorm:"-"` // they go back to the lessor
	Notes      string   `json:"notes,omitempty"`
}

// mostAmendments bounds how often a lease changes.
const mostAmendments = 200

// Evolves tells that financings of the kind can be amended: leases with a term.
func (k FinancingKind) Evolves() bool {
	return k == Lease || k == EvolvingLease || k == CreditBail
}

// AssetsOn gives the assets that the financing is about at the end of a day,
// sorted; before the start those it starts with.
func (f *Financing) AssetsOn(day Day) []string {
	if len(f.Amendments) == 0 {
		return f.AssetIDs
	}
	ids := slices.Clone(f.AssetIDs)
	for i := range f.Amendments {
		a := &f.Amendments[i]
		if a.Day > day {
			break
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(a.AssetsOut, id) })
		ids = append(ids, a.AssetsIn...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Since gives the day since which the financing is about the asset, the last
// where it left and came back; false when it never was.
func (f *Financing) Since(assetID string) (Day, bool) {
	since, found := f.Start, slices.Contains(f.AssetIDs, assetID)
	for i := range f.Amendments {
		if slices.Contains(f.Amendments[i].AssetsIn, assetID) {
			since, found = f.Amendments[i].Day, true
		}
	}
	if !found {
		return "", false
	}
	return since, true
}

// CheckAmendments says what is impossible in the amendments of a financing; the
// error is Invalid and names the amendment and its field.
func (f *Financing) CheckAmendments() error {
	if len(f.Amendments) == 0 {
		return nil
	}
	switch {
	case !f.Kind.Evolves():
		return Errorf(Invalid, "amendments: only a lease is amended, not a %s", f.Kind)
	case f.Start.IsZero() || f.Months <= 0:
		return Errorf(Invalid, "amendments: a lease without a start and a length in months cannot be amended")
	case len(f.Amendments) > mostAmendments:
		return Errorf(Invalid, "amendments: %d are too many: %d at most", len(f.Amendments), mostAmendments)
	}
	covered := slices.Clone(f.AssetIDs) // by the lease's own schedule
	all := slices.Clone(f.AssetIDs)     // by any
	anchor, months := f.Start, f.Months
	var last Day // of those that change the lease's own schedule
	for i := range f.Amendments {
		a := &f.Amendments[i]
		wrong := func(field, text string, args ...any) error {
			return Errorf(Invalid, "amendments[%d].%s: %s", i, field, fmt.Sprintf(text, args...))
		}
		if err := a.check(i, f); err != nil {
			return err
		}
		end := anchor.AddMonths(months)
		switch {
		case i > 0 && a.Day < f.Amendments[i-1].Day:
			return wrong("day", "%s is before that of the amendment before it, %s", a.Day, f.Amendments[i-1].Day)
		case a.Term != OwnTerm && a.Day == last:
			return wrong("day", "a second amendment of the lease on %s: make one of the two", a.Day)
		case f.TacitMonths == 0 && (a.Day > end || a.Day == end && a.Term == CoTerminous):
			return wrong("day", "%s is after the end of the lease, %s", a.Day, end.AddDays(-1))
		}
		for _, id := range a.AssetsOut {
			if !slices.Contains(covered, id) {
				return wrong("assets_out", "asset %s is not in the lease on %s", CleanTo(id, 60), a.Day)
			}
		}
		for _, id := range a.AssetsIn {
			if slices.Contains(all, id) {
				return wrong("assets_in", "asset %s is in the lease already on %s", CleanTo(id, 60), a.Day)
			}
		}
		gone := func(id string) bool { return slices.Contains(a.AssetsOut, id) }
		covered, all = slices.DeleteFunc(covered, gone), append(slices.DeleteFunc(all, gone), a.AssetsIn...)
		if a.Term == OwnTerm {
			continue
		}
		last, covered = a.Day, append(covered, a.AssetsIn...)
		if a.Term == Restart {
			anchor, months = a.Day, a.Months
		}
	}
	return nil
}

// check is of what an amendment says by itself.
func (a *Amendment) check(i int, f *Financing) error {
	at := fmt.Sprintf("amendments[%d].", i)
	switch {
	case a.Day.IsZero():
		return Errorf(Invalid, "%sday: since when does it hold?", at)
	case a.Term != CoTerminous && a.Term != Restart && a.Term != OwnTerm:
		return Errorf(Invalid, "%sterm: %q is none of co-terminous, restart, own", at, CleanTo(string(a.Term), 40))
	case a.Term == CoTerminous && a.Months != 0:
		return Errorf(Invalid, "%smonths: what is co-terminous ends with the lease: leave them out, or say restart or own", at)
	case a.Term != CoTerminous && a.Months <= 0:
		return Errorf(Invalid, "%smonths: how long is the term from %s on?", at, a.Day)
	case a.Day <= f.Start:
		return Errorf(Invalid, "%sday: %s is not after the start of the lease, %s", at, a.Day, f.Start)
	case a.Instalment.Currency != "" && f.Instalment.Currency != "" && a.Instalment.Currency != f.Instalment.Currency:
		return Errorf(Invalid, "%sinstalment: %s beside an instalment in %s: parc does not convert currencies", at, CleanTo(a.Instalment.Currency, 10), f.Instalment.Currency)
	case a.Term == OwnTerm && (len(a.AssetsIn) == 0 || a.Instalment.Minor == 0):
		return Errorf(Invalid, "%sinstalment: a schedule of its own needs a rent and the assets that come in", at)
	case a.Term == OwnTerm && len(a.AssetsOut) > 0:
		return Errorf(Invalid, "%sassets_out: a schedule of its own only adds: let things go in a co-terminous amendment", at)
	case a.Term == CoTerminous && a.Instalment.Currency == "" && len(a.AssetsIn)+len(a.AssetsOut) == 0:
		return Errorf(Invalid, "%sinstalment: it changes nothing: neither rent nor term nor assets", at)
	}
	return checks(
		checkDay(at+"day", a.Day), checkDay(at+"signed_on", a.SignedOn), checkAmount(at+"instalment", a.Instalment),
		checkCount(at+"months", a.Months, mostMonths), checkText(at+"notes", a.Notes, longestNotes),
	)
}
