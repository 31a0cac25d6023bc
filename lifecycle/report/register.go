package report

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// Register is what a client owns with its value on the day, for the accountant.
type Register struct {
	Head
	Lines  []RegisterLine `json:"lines"`
	Totals []ClassValue   `json:"totals"`
	Cost   []Sum          `json:"cost"`
	Value  []Sum          `json:"value"`
	Leased int            `json:"leased"` // assets that belong to a lessor: listed, without a value
	Bare   int            `json:"bare"`   // assets of which no purchase is known: listed, without a value
}

// RegisterLine is one asset.
type RegisterLine struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Class     inventory.Class `json:"class"`
	Model     string          `json:"model,omitempty"`
	Serial    string          `json:"serial,omitempty"`
	Tag       string          `json:"tag,omitempty"`
	Site      string          `json:"site,omitempty"`
	Owner     string          `json:"owner,omitempty"` // the lessor, of what is leased
	Supplier  string          `json:"supplier,omitempty"`
	Invoice   string          `json:"invoice,omitempty"`
	InService inventory.Day   `json:"in_service,omitempty"`
	Cost      inventory.Money `json:"cost,omitzero"` // its share of the invoice
	Method    string          `json:"method,omitempty"`
	Months    int             `json:"months,omitempty"` // depreciated over
	Value     inventory.Money `json:"value,omitzero"`   // on the day
}

// ClassValue sums a class up.
type ClassValue struct {
	Class inventory.Class `json:"class"`
	Count int             `json:"count"`
	Cost  inventory.Money `json:"cost"`
	Value inventory.Money `json:"value"`
}

func register(in Input) (Register, error) {
	r := Register{Head: headOf(KindRegister, in), Lines: []RegisterLine{}, Totals: []ClassValue{}}
	slices.SortStableFunc(in.Assets, compareAssets)
	for i := range in.Assets {
		a := &in.Assets[i]
		if a.State == inventory.Disposed || a.Class == inventory.VirtualMachine {
			continue
		}
		line := RegisterLine{
			ID: a.ID, Name: nameOf(a), Class: a.Class, Model: modelOf(a), Serial: a.Serial, Tag: a.Values[inventory.FieldAssetTag].Value, Site: in.siteName(a.SiteID),
		}
		switch f := in.financingOf(a.ID); {
		case f == nil:
			r.Bare++
		case f.Kind != inventory.Purchase && f.Kind != inventory.Loan:
			r.Leased++
			line.Owner, line.Invoice, line.InService = cmp.Or(f.Lessor, f.Supplier), f.Reference, cmp.Or(f.InService, f.Start)
		default:
			if err := line.bought(a.ID, f, in); err != nil {
				return r, err
			}
		}
		r.Lines = append(r.Lines, line)
	}
	r.Cost = sums(r.Lines, func(l RegisterLine) inventory.Money { return l.Cost })
	r.Value = sums(r.Lines, func(l RegisterLine) inventory.Money { return l.Value })
	r.Totals = r.byClass()
	return r, nil
}

func (r *Register) byClass() []ClassValue {
	list := []ClassValue{}
	for _, l := range r.Lines {
		if l.Cost.Minor == 0 {
			continue
		}
		i := slices.IndexFunc(list, func(c ClassValue) bool { return c.Class == l.Class && c.Cost.Currency == l.Cost.Currency })
		if i < 0 {
			i = len(list)
			zero := inventory.Money{Currency: l.Cost.Currency}
			list = append(list, ClassValue{Class: l.Class, Cost: zero, Value: zero})
		}
		list[i].Count++
		list[i].Cost.Minor += l.Cost.Minor
		list[i].Value.Minor += l.Value.Minor
	}
	return list
}

// shareOf gives an asset's part of what a financing cost: the parts of all its
// assets add up to the whole.
func shareOf(assetID string, f *inventory.Financing) inventory.Money {
	ids := slices.Sorted(slices.Values(f.AssetIDs))
	i := slices.Index(ids, assetID)
	if i < 0 {
		return inventory.Money{}
	}
	return f.Price.Allocate(make([]int64, len(ids))...)[i]
}

// bought fills in what an invoice says.
func (l *RegisterLine) bought(assetID string, f *inventory.Financing, _ Input) error {
	l.Supplier, l.Invoice, l.InService = f.Supplier, f.Reference, cmp.Or(f.InService, f.Start)
	l.Cost = shareOf(assetID, f)
	return nil
}
