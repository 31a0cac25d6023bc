package api

import (
	"context"

	"parc/inventory"
)

// moneyInput is an amount in the minor units of its currency, net of tax.
type moneyInput struct {
	Minor    int64  `json:"minor" minimum:"0" maximum:"100000000000"`
	Currency string `json:"currency" pattern:"^[A-Z]{3}$"`
}

func (m *moneyInput) money() inventory.Money {
	if m == nil {
		return inventory.Money{}
	}
	return inventory.Money(*m)
}

// days checks the days of a request in place.
func days(list ...*inventory.Day) error {
	for _, d := range list {
		if _, err := inventory.ParseDay(string(*d)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) listCoverages(ctx context.Context, in *ByID) (*listOutput[inventory.Coverage], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Coverages(ctx, scopeOf(ctx), in.ID))
}

type addCoverageInput struct {
	ByID
	Body struct {
		AssetID string        `json:"asset_id" minLength:"1" maxLength:"64"`
		Kind    string        `json:"kind" enum:"manufacturer,extension,care-pack,on-site,support"`
		Level   string        `json:"level,omitempty" maxLength:"200"`
		Start   inventory.Day `json:"start,omitempty"`
		End     inventory.Day `json:"end"`
	}
}

func (s *Server) addCoverage(ctx context.Context, in *addCoverageInput) (*oneOutput[inventory.Coverage], error) {
	b := &in.Body
	if err := days(&b.Start, &b.End); err != nil {
		return nil, err
	}
	if b.End.IsZero() || !b.Start.IsZero() && b.End < b.Start {
		return nil, inventory.Errorf(inventory.Invalid, "a warranty needs an end that is not before its start")
	}
	return one(s.Store.AddCoverage(ctx, scopeOf(ctx), inventory.Coverage{
		ClientID: in.ID, AssetID: b.AssetID, Kind: b.Kind, Level: inventory.Clean(b.Level),
		Start: b.Start, End: b.End, Source: string(inventory.FromHand), FetchedAt: s.Now(),
	}))
}

func (s *Server) deleteCoverage(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteCoverage(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) listFinancings(ctx context.Context, in *ByID) (*listOutput[inventory.Financing], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Financings(ctx, scopeOf(ctx), in.ID))
}

type addFinancingInput struct {
	ByID
	Body struct {
		Kind         string        `json:"kind" enum:"purchase,loan,credit-bail,lease,evolving,subscription"`
		Supplier     string        `json:"supplier,omitempty" maxLength:"200"`
		Lessor       string        `json:"lessor,omitempty" maxLength:"200"`
		Reference    string        `json:"reference,omitempty" maxLength:"200"`
		Start        inventory.Day `json:"start"`
		Months       int           `json:"months,omitempty" minimum:"0" maximum:"240"`
		PeriodMonths int           `json:"period_months,omitempty" minimum:"0" maximum:"12"`
		Arrears      bool          `json:"arrears,omitempty"`
		Price        *moneyInput   `json:"price,omitempty"`
		Instalment   *moneyInput   `json:"instalment,omitempty"`
		Residual     *moneyInput   `json:"residual,omitempty"`
		NoticeMonths int           `json:"notice_months,omitempty" minimum:"0" maximum:"36"`
		VATPermille  int           `json:"vat_permille,omitempty" minimum:"0" maximum:"1000" default:"200"`
		AssetIDs     []string      `json:"asset_ids,omitempty" maxItems:"10000"`
		Notes        string        `json:"notes,omitempty" maxLength:"4000"`
	}
}

func (s *Server) addFinancing(ctx context.Context, in *addFinancingInput) (*oneOutput[inventory.Financing], error) {
	b := &in.Body
	if err := days(&b.Start); err != nil {
		return nil, err
	}
	return one(s.Store.AddFinancing(ctx, scopeOf(ctx), inventory.Financing{
		ClientID: in.ID, Kind: inventory.FinancingKind(b.Kind), Supplier: inventory.Clean(b.Supplier), Lessor: inventory.Clean(b.Lessor),
		Reference: inventory.Clean(b.Reference), Start: b.Start, Months: b.Months, PeriodMonths: b.PeriodMonths, Arrears: b.Arrears,
		Price: b.Price.money(), Instalment: b.Instalment.money(), Residual: b.Residual.money(),
		NoticeMonths: b.NoticeMonths, VATPermille: b.VATPermille, AssetIDs: b.AssetIDs, Notes: inventory.Clean(b.Notes),
	}))
}

func (s *Server) deleteFinancing(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteFinancing(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) listLicences(ctx context.Context, in *ByID) (*listOutput[inventory.Licence], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Licences(ctx, scopeOf(ctx), in.ID))
}

type addLicenceInput struct {
	ByID
	Body struct {
		Publisher string        `json:"publisher" minLength:"1" maxLength:"200"`
		Product   string        `json:"product" minLength:"1" maxLength:"200"`
		Edition   string        `json:"edition,omitempty" maxLength:"200"`
		Metric    string        `json:"metric" enum:"device,user,concurrent,core,cal,server"`
		Quantity  int           `json:"quantity" minimum:"1" maximum:"1000000"`
		Kind      string        `json:"kind" enum:"subscription,perpetual,oem"`
		Start     inventory.Day `json:"start,omitempty"`
		End       inventory.Day `json:"end,omitempty"`
		Renews    bool          `json:"renews,omitempty"`
		UnitPrice *moneyInput   `json:"unit_price,omitempty"`
		PerMonths int           `json:"per_months,omitempty" minimum:"0" maximum:"120"`
		Supplier  string        `json:"supplier,omitempty" maxLength:"200"`
		Reference string        `json:"reference,omitempty" maxLength:"200"`
		AssetIDs  []string      `json:"asset_ids,omitempty" maxItems:"10000"`
	}
}

func (s *Server) addLicence(ctx context.Context, in *addLicenceInput) (*oneOutput[inventory.Licence], error) {
	b := &in.Body
	if err := days(&b.Start, &b.End); err != nil {
		return nil, err
	}
	return one(s.Store.AddLicence(ctx, scopeOf(ctx), inventory.Licence{
		ClientID: in.ID, Publisher: inventory.Clean(b.Publisher), Product: inventory.Clean(b.Product), Edition: inventory.Clean(b.Edition),
		Metric: b.Metric, Quantity: b.Quantity, Kind: b.Kind, Start: b.Start, End: b.End, Renews: b.Renews,
		UnitPrice: b.UnitPrice.money(), PerMonths: b.PerMonths, Supplier: inventory.Clean(b.Supplier),
		Reference: inventory.Clean(b.Reference), AssetIDs: b.AssetIDs,
	}))
}

func (s *Server) deleteLicence(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteLicence(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) listContracts(ctx context.Context, in *ByID) (*listOutput[inventory.Contract], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Contracts(ctx, scopeOf(ctx), in.ID))
}

type addContractInput struct {
	ByID
	Body struct {
		Kind         string                   `json:"kind" enum:"managed-service,maintenance,telecom,insurance"`
		Party        string                   `json:"party" minLength:"1" maxLength:"200"`
		Reference    string                   `json:"reference,omitempty" maxLength:"200"`
		Title        string                   `json:"title" minLength:"1" maxLength:"300"`
		Start        inventory.Day            `json:"start"`
		Months       int                      `json:"months" minimum:"1" maximum:"240"`
		TacitMonths  int                      `json:"tacit_months,omitempty" minimum:"0" maximum:"120"`
		NoticeMonths int                      `json:"notice_months,omitempty" minimum:"0" maximum:"36"`
		Price        *moneyInput              `json:"price,omitempty"`
		PriceMonths  int                      `json:"price_months,omitempty" minimum:"0" maximum:"120"`
		Levels       []inventory.ServiceLevel `json:"levels,omitempty" maxItems:"10"`
		AssetIDs     []string                 `json:"asset_ids,omitempty" maxItems:"10000"`
		Notes        string                   `json:"notes,omitempty" maxLength:"4000"`
	}
}

func (s *Server) addContract(ctx context.Context, in *addContractInput) (*oneOutput[inventory.Contract], error) {
	b := &in.Body
	if err := days(&b.Start); err != nil {
		return nil, err
	}
	return one(s.Store.AddContract(ctx, scopeOf(ctx), inventory.Contract{
		ClientID: in.ID, Kind: b.Kind, Party: inventory.Clean(b.Party), Reference: inventory.Clean(b.Reference),
		Title: inventory.Clean(b.Title), Start: b.Start, Months: b.Months, TacitMonths: b.TacitMonths, NoticeMonths: b.NoticeMonths,
		Price: b.Price.money(), PriceMonths: b.PriceMonths, Levels: b.Levels, AssetIDs: b.AssetIDs,
		Notes: inventory.Clean(b.Notes),
	}))
}

func (s *Server) deleteContract(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteContract(ctx, scopeOf(ctx), in.ID))
}
