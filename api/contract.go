package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

// ListedContract is a contract with where its term stands and what it costs now.
type ListedContract struct {
	inventory.Contract
	Term       *Term           `json:"term,omitempty"`
	PriceToday inventory.Money `json:"price_today" doc:"The price in force today, indexed on each anniversary."`
}

func (s *Server) contract(c inventory.Contract) ListedContract {
	day := s.today()
	return ListedContract{c, termOf(lifecycle.ContractTerm(c, day), day), lifecycle.IndexedPrice(c, day)}
}

func (s *Server) listContracts(ctx context.Context, in *ByID) (*listOutput[ListedContract], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	all, err := s.Store.Contracts(ctx, scopeOf(ctx), in.ID)
	return whole(each(all, s.contract), err)
}

func (s *Server) showContract(ctx context.Context, in *ByID) (*oneOutput[ListedContract], error) {
	c, err := s.Store.Contract(ctx, scopeOf(ctx), in.ID)
	return one(s.contract(c), err)
}

// ContractFields are what may be said of a contract beside what it must have.
type ContractFields struct {
	Reference    *string                   `json:"reference,omitempty" maxLength:"200"`
	TacitMonths  *int                      `json:"tacit_months,omitempty" minimum:"0" maximum:"120"`
	NoticeMonths *int                      `json:"notice_months,omitempty" minimum:"0" maximum:"36"`
	NoticeDays   *int                      `json:"notice_days,omitempty" minimum:"0" maximum:"1000"`
	NoticeForm   *string                   `json:"notice_form,omitempty" maxLength:"200"`
	Price        *moneyInput               `json:"price,omitempty"`
	PriceMonths  *int                      `json:"price_months,omitempty" minimum:"0" maximum:"120"`
	VATPermille  *int                      `json:"vat_permille,omitempty" minimum:"0" maximum:"1000"`
	IndexName    *string                   `json:"index_name,omitempty" maxLength:"200" doc:"What the price follows: Syntec …"`
	IndexBPS     *int                      `json:"index_bps,omitempty" minimum:"-5000" maximum:"10000" doc:"Expected yearly rise; 250 is 2.5 %."`
	Services     *[]string                 `json:"services,omitempty" maxItems:"100"`
	SiteIDs      *[]string                 `json:"site_ids,omitempty" maxItems:"1000"`
	Levels       *[]inventory.ServiceLevel `json:"levels,omitempty" maxItems:"3"`
	Insurer      *string                   `json:"insurer,omitempty" maxLength:"200"`
	Policy       *string                   `json:"policy,omitempty" maxLength:"200" doc:"The insurance's number."`
	InsuredUntil *Date                     `json:"insured_until,omitempty"`
	InsuredUpTo  *moneyInput               `json:"insured_up_to,omitempty"`
	AssetIDs     *[]string                 `json:"asset_ids,omitempty" maxItems:"10000"`
	Notes        *string                   `json:"notes,omitempty" maxLength:"4000"`
}

func (b *ContractFields) apply(c *inventory.Contract) {
	giveText(&c.Reference, b.Reference)
	give(&c.TacitMonths, b.TacitMonths)
	give(&c.NoticeMonths, b.NoticeMonths)
	give(&c.NoticeDays, b.NoticeDays)
	giveText(&c.NoticeForm, b.NoticeForm)
	giveMoney(&c.Price, b.Price)
	give(&c.PriceMonths, b.PriceMonths)
	give(&c.VATPermille, b.VATPermille)
	giveText(&c.IndexName, b.IndexName)
	give(&c.IndexBPS, b.IndexBPS)
	if b.Services != nil {
		c.Services = keep(each(*b.Services, inventory.Clean), func(s string) bool { return s != "" })
	}
	give(&c.SiteIDs, b.SiteIDs)
	give(&c.Levels, b.Levels)
	giveText(&c.Insurer, b.Insurer)
	giveText(&c.Policy, b.Policy)
	giveDay(&c.InsuredUntil, b.InsuredUntil)
	giveMoney(&c.InsuredUpTo, b.InsuredUpTo)
	give(&c.AssetIDs, b.AssetIDs)
	giveText(&c.Notes, b.Notes)
}

type addContractInput struct {
	ByID
	Body struct {
		Kind   string `json:"kind" enum:"managed-service,maintenance,leasing,telecom,insurance"`
		Party  string `json:"party" minLength:"1" maxLength:"200"`
		Title  string `json:"title" minLength:"1" maxLength:"300"`
		Start  Date   `json:"start" minLength:"1"`
		Months int    `json:"months" minimum:"1" maximum:"240"`
		ContractFields
	}
}

func (s *Server) addContract(ctx context.Context, in *addContractInput) (*oneOutput[ListedContract], error) {
	b := &in.Body
	c := inventory.Contract{
		ClientID: in.ID, Kind: b.Kind, Party: inventory.Clean(b.Party), Title: inventory.Clean(b.Title),
		Start: inventory.Day(b.Start), Months: b.Months, VATPermille: normalVAT,
	}
	b.apply(&c)
	if err := checkContract(c); err != nil {
		return nil, err
	}
	c, err := s.Store.AddContract(ctx, scopeOf(ctx), c)
	return one(s.contract(c), err)
}

// checkContract adds to the noun's own check what only lifecycle can tell: that
// its terms and the hours of its levels can be counted with.
func checkContract(c inventory.Contract) error {
	if err := c.Check(); err != nil {
		return err
	}
	return lifecycle.CheckContract(c)
}

type patchContractInput struct {
	ByID
	Body struct {
		Kind   *string `json:"kind,omitempty" enum:"managed-service,maintenance,leasing,telecom,insurance"`
		Party  *string `json:"party,omitempty" minLength:"1" maxLength:"200"`
		Title  *string `json:"title,omitempty" minLength:"1" maxLength:"300"`
		Start  *Date   `json:"start,omitempty" minLength:"1"`
		Months *int    `json:"months,omitempty" minimum:"1" maximum:"240"`
		ContractFields
	}
}

func (s *Server) patchContract(ctx context.Context, in *patchContractInput) (*oneOutput[ListedContract], error) {
	c, err := s.Store.Contract(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	give(&c.Kind, b.Kind)
	giveText(&c.Party, b.Party)
	giveText(&c.Title, b.Title)
	giveDay(&c.Start, b.Start)
	give(&c.Months, b.Months)
	b.apply(&c)
	if err := checkContract(c); err != nil {
		return nil, err
	}
	c, err = s.Store.UpdateContract(ctx, scopeOf(ctx), c)
	return one(s.contract(c), err)
}

func (s *Server) deleteContract(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteContract(ctx, scopeOf(ctx), in.ID))
}

// ServiceReport is what was done under a contract beside what it promises.
type ServiceReport struct {
	ContractID  string          `json:"contract_id"`
	Day         inventory.Day   `json:"day"`
	From        inventory.Day   `json:"from,omitempty"`
	To          inventory.Day   `json:"to,omitempty"`
	Conventions []string        `json:"conventions" nullable:"false"`
	Response    PromiseCount    `json:"response"`
	Resolution  PromiseCount    `json:"resolution"`
	Cost        inventory.Money `json:"cost"`
	Items       []HeldService   `json:"items" nullable:"false"`
}

// PromiseCount counts how promises were kept.
type PromiseCount struct {
	Kept    int `json:"kept"`
	Broken  int `json:"broken"`
	Pending int `json:"pending"`
}

func (n *PromiseCount) add(p lifecycle.Promise) {
	switch p {
	case lifecycle.Kept:
		n.Kept++
	case lifecycle.Broken:
		n.Broken++
	case lifecycle.Pending:
		n.Pending++
	case lifecycle.NoPromise:
	}
}

type serviceInput struct {
	ByID
	From inventory.Day `query:"from" maxLength:"10"`
	To   inventory.Day `query:"to" maxLength:"10"`
}

func (s *Server) showService(ctx context.Context, in *serviceInput) (*oneOutput[ServiceReport], error) {
	c, err := s.Store.Contract(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	if err := days(&in.From, &in.To); err != nil {
		return nil, err
	}
	now := s.Now()
	out := ServiceReport{
		ContractID: c.ID, Day: inventory.DayOf(now), From: in.From, To: in.To, Items: []HeldService{},
		Conventions: []string{
			"minutes run in the contract's hours only, not on French public holidays unless it says PH",
			"resolution leaves out the minutes that waited for the client or a third party",
		},
	}
	all, err := s.allInterventions(ctx, inventory.InterventionFilter{ClientID: c.ClientID, ContractID: c.ID, From: in.From, To: in.To})
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		one, err := lifecycle.ServiceOf(v, &c, now)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, serviceOf(one))
		out.Response.add(one.Responded)
		out.Resolution.add(one.Resolved)
		if out.Cost, err = out.Cost.Add(v.Cost); err != nil {
			return nil, err
		}
	}
	return one(out, nil)
}
