package report

import (
	"cmp"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// Returns is what has to go back to lessors, lease by lease, by serial number.
type Returns struct {
	Head
	Leases []Return `json:"leases"` // what ends first comes first
}

// Return is one lease that ends in the period.
type Return struct {
	Lessor    string          `json:"lessor"`
	Reference string          `json:"reference"`
	End       inventory.Day   `json:"end"`
	Notice    inventory.Day   `json:"notice,omitempty"`
	Terms     string          `json:"terms,omitempty"` // of the return
	Cost      inventory.Money `json:"cost,omitzero"`   // of the return
	Residual  inventory.Money `json:"residual,omitzero"`
	Assets    []ReturnAsset   `json:"assets"`
	Unlinked  int             `json:"unlinked,omitempty"` // of its assets, those that are no longer in use
}

// ReturnAsset is one thing to give back.
type ReturnAsset struct {
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Class    inventory.Class `json:"class"`
	Model    string          `json:"model,omitempty"`
	Serial   string          `json:"serial,omitempty"`
	Tag      string          `json:"tag,omitempty"`
	Site     string          `json:"site,omitempty"`
	State    inventory.State `json:"state"`
	LastSeen inventory.Day   `json:"last_seen,omitempty"`
}

func returns(in Input) Returns {
	r := Returns{Head: headOf(KindReturns, in), Leases: []Return{}}
	for i := range in.Financings {
		f := &in.Financings[i]
		if !slices.Contains([]inventory.FinancingKind{inventory.Lease, inventory.EvolvingLease, inventory.CreditBail}, f.Kind) {
			continue
		}
		for _, part := range lifecycle.Schedules(*f) {
			lease := Return{Lessor: cmp.Or(f.Lessor, f.Supplier), Reference: f.Reference, Terms: f.ReturnTerms}
			for _, a := range part.Amendments { // what is swapped goes back before the end
				if swap := lease; len(a.AssetsOut) > 0 && a.Day >= in.From && a.Day <= in.To {
					swap.End = a.Day
					swap.gather(in, a.AssetsOut)
					r.Leases = append(r.Leases, swap)
				}
			}
			term := lifecycle.LeaseTerm(part, in.From)
			if term.Over || term.End < in.From || term.End > in.To {
				continue
			}
			lease.End, lease.Notice, lease.Cost, lease.Residual = term.End, term.Notice, part.ReturnCost, part.Residual
			lease.gather(in, part.AssetsOn(term.End))
			r.Leases = append(r.Leases, lease)
		}
	}
	slices.SortStableFunc(r.Leases, func(a, b Return) int {
		return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Reference, b.Reference))
	})
	return r
}

// gather lists the assets to give back, by site and name.
func (r *Return) gather(in Input, ids []string) {
	r.Assets = []ReturnAsset{}
	for k := range in.Assets {
		a := &in.Assets[k]
		switch {
		case !slices.Contains(ids, a.ID):
		case a.State == inventory.Disposed:
			r.Unlinked++
		default:
			r.Assets = append(r.Assets, ReturnAsset{
				ID: a.ID, Name: nameOf(a), Class: a.Class, Model: modelOf(a), Serial: a.Serial, Tag: a.Values[inventory.FieldAssetTag].Value,
				Site: in.siteName(a.SiteID), State: a.State, LastSeen: inventory.DayOf(a.LastSeen),
			})
		}
	}
	slices.SortStableFunc(r.Assets, func(a, b ReturnAsset) int {
		return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}
