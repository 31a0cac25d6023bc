package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

// PolicyAnswer is what was decided, and what that comes to with everything that
// it leaves out filled in.
type PolicyAnswer struct {
	Own       inventory.Policy `json:"own" doc:"What this client, or the provider, has decided."`
	Effective inventory.Policy `json:"effective" doc:"With the provider's policy and parc's own figures where nothing was decided."`
}

func (s *Server) policy(ctx context.Context, clientID string) (PolicyAnswer, error) {
	var out PolicyAnswer
	house, err := s.Store.Policy(ctx, scopeOf(ctx), "")
	if err != nil {
		return out, err
	}
	out.Own = house
	if clientID != "" {
		if out.Own, err = s.Store.Policy(ctx, scopeOf(ctx), clientID); err != nil {
			return out, err
		}
	}
	out.Effective = lifecycle.WithDefaults(lifecycle.MergePolicy(out.Own, house))
	out.Effective.ClientID = clientID
	return out, nil
}

func (s *Server) showPolicy(ctx context.Context, in *ByID) (*oneOutput[PolicyAnswer], error) {
	return one(s.policy(ctx, in.ID))
}

func (s *Server) showHousePolicy(ctx context.Context, _ *struct{}) (*oneOutput[PolicyAnswer], error) {
	return one(s.policy(ctx, ""))
}

// PolicyBody is a whole policy: what it leaves out is not decided.
type PolicyBody struct {
	LifeMonths     map[string]int             `json:"life_months,omitempty" doc:"Age at which a class is replaced; the class \"\" is any other."`
	Inflation      map[string]int             `json:"inflation_bps,omitempty" doc:"Yearly rise of a class's prices; 250 is 2.5 %."`
	RiskCost       map[string]inventory.Money `json:"risk_cost,omitempty" doc:"A year's cost of keeping one past its time."`
	Method         string                     `json:"method,omitempty" enum:"linear,declining,expensed,"`
	DepreciateOver int                        `json:"depreciate_over,omitempty" minimum:"0" maximum:"600" doc:"Months."`
	Threshold      *moneyInput                `json:"threshold,omitempty" doc:"Up to this net price a thing is expensed."`
	YearEndMonth   int                        `json:"year_end_month,omitempty" minimum:"0" maximum:"12"`
	VATPermille    int                        `json:"vat_permille,omitempty" minimum:"0" maximum:"1000"`
	DiscountBPS    int                        `json:"discount_bps,omitempty" minimum:"0" maximum:"10000"`
	NoticeWarnDays int                        `json:"notice_warn_days,omitempty" minimum:"0" maximum:"3650"`
}

func (b *PolicyBody) policy(clientID string) inventory.Policy {
	return inventory.Policy{
		ClientID: clientID, LifeMonths: byClass(b.LifeMonths), Inflation: byClass(b.Inflation), RiskCost: byClass(b.RiskCost),
		Method: inventory.Depreciation(b.Method), DepreciateOver: b.DepreciateOver, Threshold: b.Threshold.money(),
		YearEndMonth: b.YearEndMonth, VATPermille: b.VATPermille, DiscountBPS: b.DiscountBPS, NoticeWarnDays: b.NoticeWarnDays,
	}
}

func byClass[V any](given map[string]V) map[inventory.Class]V {
	if len(given) == 0 {
		return nil
	}
	all := make(map[inventory.Class]V, len(given))
	for class, v := range given {
		all[inventory.Class(class)] = v
	}
	return all
}

type putPolicyInput struct {
	ByID
	Body PolicyBody
}

func (s *Server) putPolicy(ctx context.Context, in *putPolicyInput) (*oneOutput[PolicyAnswer], error) {
	if _, err := s.Store.SetPolicy(ctx, scopeOf(ctx), in.Body.policy(in.ID)); err != nil {
		return nil, err
	}
	return one(s.policy(ctx, in.ID))
}

type putHousePolicyInput struct{ Body PolicyBody }

func (s *Server) putHousePolicy(ctx context.Context, in *putHousePolicyInput) (*oneOutput[PolicyAnswer], error) {
	if _, err := s.Store.SetPolicy(ctx, scopeOf(ctx), in.Body.policy("")); err != nil {
		return nil, err
	}
	return one(s.policy(ctx, ""))
}

func (s *Server) deletePolicy(ctx context.Context, in *ByID) (*struct{}, error) {
	_, err := s.Store.SetPolicy(ctx, scopeOf(ctx), inventory.Policy{ClientID: in.ID})
	return none(err)
}

func (s *Server) listPrices(ctx context.Context, in *ByID) (*listOutput[inventory.Price], error) {
	return whole(s.Store.Prices(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) listHousePrices(ctx context.Context, _ *struct{}) (*listOutput[inventory.Price], error) {
	return whole(s.Store.Prices(ctx, scopeOf(ctx), ""))
}

func (s *Server) showPrice(ctx context.Context, in *ByID) (*oneOutput[inventory.Price], error) {
	return one(s.Store.Price(ctx, scopeOf(ctx), in.ID))
}

// PriceBody is what one thing of a class or model costs, as known on a day.
type PriceBody struct {
	Class     string     `json:"class" minLength:"1" maxLength:"40"`
	Vendor    string     `json:"vendor,omitempty" maxLength:"200"`
	Model     string     `json:"model,omitempty" maxLength:"200" doc:"None: any of the class."`
	Amount    moneyInput `json:"amount"`
	Day       Date       `json:"day,omitempty" doc:"As of when it is known; today."`
	Source    string     `json:"source,omitempty" enum:"invoice,hand,list" default:"hand"`
	Reference string     `json:"reference,omitempty" maxLength:"200"`
}

func (s *Server) price(b *PriceBody, clientID string) inventory.Price {
	p := inventory.Price{
		ClientID: clientID, Class: inventory.Class(b.Class), Vendor: inventory.Clean(b.Vendor), Model: inventory.Clean(b.Model),
		Amount: b.Amount.money(), Day: inventory.Day(b.Day), Source: b.Source, Reference: inventory.Clean(b.Reference),
	}
	if p.Day.IsZero() {
		p.Day = s.today()
	}
	return p
}

type addPriceInput struct {
	ByID
	Body PriceBody
}

func (s *Server) addPrice(ctx context.Context, in *addPriceInput) (*oneOutput[inventory.Price], error) {
	return one(s.Store.AddPrice(ctx, scopeOf(ctx), s.price(&in.Body, in.ID)))
}

type addHousePriceInput struct{ Body PriceBody }

func (s *Server) addHousePrice(ctx context.Context, in *addHousePriceInput) (*oneOutput[inventory.Price], error) {
	return one(s.Store.AddPrice(ctx, scopeOf(ctx), s.price(&in.Body, "")))
}

type patchPriceInput struct {
	ByID
	Body struct {
		Class     *string     `json:"class,omitempty" minLength:"1" maxLength:"40"`
		Vendor    *string     `json:"vendor,omitempty" maxLength:"200"`
		Model     *string     `json:"model,omitempty" maxLength:"200"`
		Amount    *moneyInput `json:"amount,omitempty"`
		Day       *Date       `json:"day,omitempty" minLength:"1"`
		Source    *string     `json:"source,omitempty" enum:"invoice,hand,list"`
		Reference *string     `json:"reference,omitempty" maxLength:"200"`
	}
}

func (s *Server) patchPrice(ctx context.Context, in *patchPriceInput) (*oneOutput[inventory.Price], error) {
	p, err := s.Store.Price(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	give((*string)(&p.Class), b.Class)
	giveText(&p.Vendor, b.Vendor)
	giveText(&p.Model, b.Model)
	giveMoney(&p.Amount, b.Amount)
	giveDay(&p.Day, b.Day)
	give(&p.Source, b.Source)
	giveText(&p.Reference, b.Reference)
	return one(s.Store.UpdatePrice(ctx, scopeOf(ctx), p))
}

func (s *Server) deletePrice(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeletePrice(ctx, scopeOf(ctx), in.ID))
}
