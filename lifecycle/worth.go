package lifecycle

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// Worth is what one asset cost and what it still counts for in the books.
type Worth struct {
	AssetID     string // "" for a financing that names no asset
	FinancingID string
	Kind        inventory.FinancingKind
	Reference   string
	Cost        inventory.Money // the asset's share of the price, net
	Method      inventory.Depreciation
	Why         string // how the method was chosen
	Start       inventory.Day
	Months      int
	Book        inventory.Money
	Over        inventory.Day // the day at whose end nothing is left
}

// Why a method was chosen, and why there is no book value.
const (
	ByFinancing = "the financing's own"
	ByPolicy    = "the policy's"
	ByThreshold = "at or below the threshold"
	ByLease     = "leased: belongs to the lessor"
)

// Worths gives the value of every asset of the financings at the end of a day.
// The shares of a financing add up to its price. What is bought after the day
// is not listed. Errors name the financing.
func Worths(financings []inventory.Financing, policy inventory.Policy, day inventory.Day) ([]Worth, error) {
	var all []Worth
	policy = WithDefaults(policy)
	for _, f := range financings {
		if f.Start.IsZero() || f.Start > day {
			continue
		}
		worths, err := worthsOf(f, policy, day)
		if err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "financing %s: %w", cmp.Or(f.Reference, f.ID), err)
		}
		all = append(all, worths...)
	}
	slices.SortStableFunc(all, func(a, b Worth) int {
		return cmp.Or(cmp.Compare(a.AssetID, b.AssetID), cmp.Compare(a.Start, b.Start))
	})
	return all, nil
}

func worthsOf(f inventory.Financing, policy inventory.Policy, day inventory.Day) ([]Worth, error) {
	ids := f.AssetsOn(day)
	if len(ids) == 0 {
		ids = []string{""}
	}
	shares := f.Price.Allocate(make([]int64, len(ids))...)
	worths := make([]Worth, 0, len(ids))
	for i, id := range ids {
		w := Worth{AssetID: id, FinancingID: f.ID, Kind: f.Kind, Reference: f.Reference, Cost: shares[i], Start: f.Start}
		if !Owned(f.Kind) {
			w.Cost, w.Why = inventory.Money{}, ByLease
			worths = append(worths, w)
			continue
		}
		d := depreciationOf(f, shares[i], policy)
		table, err := d.Table()
		if err != nil {
			return nil, err
		}
		if w.Book, err = d.BookValue(day); err != nil {
			return nil, err
		}
		w.Method, w.Start, w.Months, w.Why = d.Method, d.Start, d.Months, whyMethod(f, d, policy)
		w.Over = overOn(d, table)
		worths = append(worths, w)
	}
	return worths, nil
}

// Owned tells that what is financed so stands in the client's own books.
func Owned(k inventory.FinancingKind) bool { return k == inventory.Purchase || k == inventory.Loan }

// DepreciationOf gives how one unit of a financing is written off: as the
// financing says, else at once when the unit's price is at or below the policy's
// threshold, else as the policy says. A zero policy is the built-in one.
func DepreciationOf(f inventory.Financing, unit inventory.Money, policy inventory.Policy) Depreciable {
	return depreciationOf(f, unit, WithDefaults(policy))
}

func depreciationOf(f inventory.Financing, unit inventory.Money, policy inventory.Policy) Depreciable {
	d := Depreciable{
		Cost: unit, Start: cmp.Or(f.InService, f.Start), Months: cmp.Or(f.LifeMonths, policy.DepreciateOver),
		Method: cmp.Or(f.Method, policy.Method), YearEndMonth: policy.YearEndMonth,
	}
	if f.Method == "" && belowThreshold(unit, policy.Threshold) {
		d.Method = inventory.Expensed
	}
	if d.Method != inventory.Linear {
		d.Start = f.Start
	}
	if d.Method == inventory.Declining && f.Method == "" && (d.Months < 36 || d.Months%12 != 0) {
		d.Method = inventory.Linear // too short for the policy's declining method
		d.Start = cmp.Or(f.InService, f.Start)
	}
	return d
}

func belowThreshold(unit, threshold inventory.Money) bool {
	return unit.Currency == threshold.Currency && unit.Minor <= threshold.Minor
}

func whyMethod(f inventory.Financing, d Depreciable, policy inventory.Policy) string {
	switch {
	case f.Method != "":
		return ByFinancing
	case d.Method == inventory.Expensed && policy.Method != inventory.Expensed:
		return ByThreshold
	}
	return ByPolicy
}

// overOn gives the day at whose end nothing is left.
func overOn(d Depreciable, table []ValueYear) inventory.Day {
	switch d.Method {
	case inventory.Expensed:
		return d.Start
	case inventory.Declining:
		return table[len(table)-1].To
	}
	return d.Start.AddMonths(d.Months).AddDays(-1)
}
