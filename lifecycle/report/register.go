package report

import (
	"cmp"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
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
	worths, err := in.worths()
	if err != nil {
		return r, err
	}
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
		case !lifecycle.Owned(f.Kind):
			r.Leased++
			line.Owner, line.Invoice, line.InService = cmp.Or(f.Lessor, f.Supplier), f.Reference, cmp.Or(f.InService, f.Start)
		default:
			line.bought(f, worths[a.ID])
		}
		r.Lines = append(r.Lines, line)
	}
	r.Cost = sums(r.Lines, func(l RegisterLine) inventory.Money { return l.Cost })
	r.Value = sums(r.Lines, func(l RegisterLine) inventory.Money { return l.Value })
	r.Totals = r.byClass()
	return r, nil
}

// worths gives what each asset is worth on the day, by the latest financing that
// names it.
func (in *Input) worths() (map[string]lifecycle.Worth, error) {
	all, err := lifecycle.Worths(in.Financings, in.Policy, in.Day)
	if err != nil {
		return nil, err
	}
	byAsset := map[string]lifecycle.Worth{}
	for _, w := range all { // in order of their beginning
		byAsset[w.AssetID] = w
	}
	return byAsset, nil
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

// bought fills in what an invoice says, and what of it is left in the books.
func (l *RegisterLine) bought(f *inventory.Financing, w lifecycle.Worth) {
	l.Supplier, l.Invoice, l.InService = f.Supplier, f.Reference, cmp.Or(f.InService, f.Start)
	l.Cost, l.Value, l.Method, l.Months = w.Cost, w.Book, string(w.Method), w.Months
	if w.Method == inventory.Expensed {
		l.Months = 0
	}
}
