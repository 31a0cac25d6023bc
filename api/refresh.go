package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

// RefreshReason is one reason to replace an asset, and by when.
type RefreshReason struct {
	Kind       string        `json:"kind" enum:"decided,failing,lease-end,not-upgradable,support-end,coverage-end,age"`
	Day        inventory.Day `json:"day"`
	Why        string        `json:"why"`
	Confidence int           `json:"confidence" doc:"How sure the data are, 0 to 100."`
	Hard       bool          `json:"hard" doc:"A deadline: it goes back or is unsafe after it."`
}

// PlannedRefresh is when and why one asset is to be replaced.
type PlannedRefresh struct {
	AssetID string          `json:"asset_id"`
	SiteID  string          `json:"site_id,omitempty"`
	Class   inventory.Class `json:"class"`
	Vendor  string          `json:"vendor,omitempty"`
	Model   string          `json:"model,omitempty"`
	Name    string          `json:"name"`
	RefreshReason
	Others  []RefreshReason `json:"others" nullable:"false"`
	Overdue bool            `json:"overdue"`
	Year    int             `json:"year"`
	Cost    RefreshCost     `json:"cost"`
}

// RefreshCost is what a replacement is expected to cost, net, and how that is known.
type RefreshCost struct {
	Known  bool            `json:"known"`
	Amount inventory.Money `json:"amount"`
	Low    inventory.Money `json:"low"`
	High   inventory.Money `json:"high"`
	Source string          `json:"source,omitempty"`
	Why    string          `json:"why,omitempty"`
}

// RefreshPlan is the earliest reason to replace each asset.
type RefreshPlan struct {
	Day         inventory.Day    `json:"day"`
	Conventions []string         `json:"conventions" nullable:"false"`
	Items       []PlannedRefresh `json:"items" nullable:"false"`
	Unplanned   int              `json:"unplanned" doc:"Assets in use without any reason that is known."`
}

type datedInput struct {
	ByID
	Dated
}

func reasonOf(r lifecycle.Reason) RefreshReason {
	return RefreshReason{string(r.Kind), r.Day, r.Why, int(r.Confidence), r.Hard}
}

func (s *Server) showRefreshPlan(ctx context.Context, in *datedInput) (*oneOutput[RefreshPlan], error) {
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	estate, err := s.estate(ctx, in.ID, day)
	if err != nil {
		return nil, err
	}
	out := RefreshPlan{Day: day, Items: []PlannedRefresh{}, Conventions: []string{
		"the earliest reason counts; a date set by a person beats all others",
		"what is overdue is planned in the day's own year",
		"costs are net of VAT, from the client's own invoices, else a price list, else planning figures, raised by inflation",
	}}
	for _, a := range estate.Assets {
		if lifecycle.InUse(a.State) {
			out.Unplanned++
		}
	}
	for _, r := range lifecycle.RefreshPlan(estate) {
		out.Unplanned--
		out.Items = append(out.Items, PlannedRefresh{
			AssetID: r.AssetID, SiteID: r.SiteID, Class: r.Class, Vendor: r.Vendor, Model: r.Model, Name: r.Name,
			RefreshReason: reasonOf(r.Reason), Others: each(r.Others, reasonOf), Overdue: r.Overdue, Year: r.Year,
			Cost: RefreshCost{r.Cost.Known, r.Cost.Amount, r.Cost.Low, r.Cost.High, r.Cost.Source, r.Cost.Why},
		})
	}
	return one(out, nil)
}

// AssetWorth is what one asset cost and still counts for in the books.
type AssetWorth struct {
	AssetID     string          `json:"asset_id,omitempty"`
	FinancingID string          `json:"financing_id"`
	Kind        string          `json:"kind"`
	Reference   string          `json:"reference,omitempty"`
	Cost        inventory.Money `json:"cost"`
	Method      string          `json:"method,omitempty"`
	Why         string          `json:"why,omitempty"`
	Start       inventory.Day   `json:"start"`
	Months      int             `json:"months"`
	Book        inventory.Money `json:"book"`
	Over        inventory.Day   `json:"over,omitempty" doc:"The day at whose end nothing is left."`
}

// ValueAnswer is what everything bought is worth on a day.
type ValueAnswer struct {
	Day         inventory.Day     `json:"day"`
	Conventions []string          `json:"conventions" nullable:"false"`
	Cost        []inventory.Money `json:"cost" nullable:"false" doc:"Of each currency."`
	Book        []inventory.Money `json:"book" nullable:"false"`
	Items       []AssetWorth      `json:"items" nullable:"false"`
}

func worthOf(w lifecycle.Worth) AssetWorth {
	return AssetWorth{
		w.AssetID, w.FinancingID, string(w.Kind), w.Reference, w.Cost, string(w.Method), w.Why, w.Start, w.Months, w.Book, w.Over,
	}
}

func (s *Server) showValue(ctx context.Context, in *datedInput) (*oneOutput[ValueAnswer], error) {
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	financings, err := s.Store.Financings(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	decided, err := s.policy(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	worths, err := lifecycle.Worths(financings, decided.Effective, day)
	if err != nil {
		return nil, err
	}
	out := ValueAnswer{Day: day, Items: each(worths, worthOf), Conventions: []string{
		"linear: by days of a 360-day year from the day in service; declining: French coefficients, by months, linear when that is more",
		"at or below the threshold a thing is expensed; what is leased belongs to the lessor",
		"values are those at the end of the day, net of VAT",
	}}
	if out.Cost, err = sumsOf(worths, func(w lifecycle.Worth) inventory.Money { return w.Cost }); err != nil {
		return nil, err
	}
	out.Book, err = sumsOf(worths, func(w lifecycle.Worth) inventory.Money { return w.Book })
	return one(out, err)
}

// sumsOf adds up amounts, one sum for each currency in the order of appearance.
func sumsOf[T any](all []T, amount func(T) inventory.Money) ([]inventory.Money, error) {
	sums := []inventory.Money{}
next:
	for _, item := range all {
		m := amount(item)
		if m.Currency == "" {
			continue
		}
		for i := range sums {
			if sums[i].Currency == m.Currency {
				sum, err := sums[i].Add(m)
				if err != nil {
					return nil, err
				}
				sums[i] = sum
				continue next
			}
		}
		sums = append(sums, m)
	}
	return sums, nil
}
