package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

func (s *Server) listLicences(ctx context.Context, in *ByID) (*listOutput[inventory.Licence], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.Store.Licences(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) showLicence(ctx context.Context, in *ByID) (*oneOutput[inventory.Licence], error) {
	return one(s.Store.Licence(ctx, scopeOf(ctx), in.ID))
}

// LicenceFields are what may be said of a licence beside what it must have.
type LicenceFields struct {
	Edition        *string     `json:"edition,omitempty" maxLength:"200"`
	Start          *Date       `json:"start,omitempty"`
	End            *Date       `json:"end,omitempty"`
	Renews         *bool       `json:"renews,omitempty"`
	UnitPrice      *moneyInput `json:"unit_price,omitempty"`
	PerMonths      *int        `json:"per_months,omitempty" minimum:"0" maximum:"120" doc:"The price's period; 0 is once."`
	VATPermille    *int        `json:"vat_permille,omitempty" minimum:"0" maximum:"1000"`
	PackSize       *int        `json:"pack_size,omitempty" minimum:"0" maximum:"100000" doc:"Quantity counts packs of so many rights."`
	TacitMonths    *int        `json:"tacit_months,omitempty" minimum:"0" maximum:"120"`
	NoticeMonths   *int        `json:"notice_months,omitempty" minimum:"0" maximum:"36"`
	MaintenanceEnd *Date       `json:"maintenance_end,omitempty"`
	Assigned       *int        `json:"assigned,omitempty" minimum:"0" maximum:"1000000" doc:"Rights given to somebody, where no scan can tell."`
	Active         *int        `json:"active,omitempty" minimum:"0" maximum:"1000000" doc:"Of those, used in the last 90 days."`
	Supplier       *string     `json:"supplier,omitempty" maxLength:"200"`
	Reference      *string     `json:"reference,omitempty" maxLength:"200"`
	AssetIDs       *[]string   `json:"asset_ids,omitempty" maxItems:"10000"`
}

func (b *LicenceFields) apply(l *inventory.Licence) {
	giveText(&l.Edition, b.Edition)
	giveDay(&l.Start, b.Start)
	giveDay(&l.End, b.End)
	give(&l.Renews, b.Renews)
	giveMoney(&l.UnitPrice, b.UnitPrice)
	give(&l.PerMonths, b.PerMonths)
	give(&l.VATPermille, b.VATPermille)
	give(&l.PackSize, b.PackSize)
	give(&l.TacitMonths, b.TacitMonths)
	give(&l.NoticeMonths, b.NoticeMonths)
	giveDay(&l.MaintenanceEnd, b.MaintenanceEnd)
	give(&l.Assigned, b.Assigned)
	give(&l.Active, b.Active)
	giveText(&l.Supplier, b.Supplier)
	giveText(&l.Reference, b.Reference)
	give(&l.AssetIDs, b.AssetIDs)
}

type addLicenceInput struct {
	ByID
	Body struct {
		Publisher string `json:"publisher" minLength:"1" maxLength:"200"`
		Product   string `json:"product" minLength:"1" maxLength:"200"`
		Metric    string `json:"metric" enum:"device,user,concurrent,core,cal,server"`
		Quantity  int    `json:"quantity" minimum:"1" maximum:"1000000"`
		Kind      string `json:"kind" enum:"subscription,perpetual,oem"`
		LicenceFields
	}
}

func (s *Server) addLicence(ctx context.Context, in *addLicenceInput) (*oneOutput[inventory.Licence], error) {
	b := &in.Body
	l := inventory.Licence{
		ClientID: in.ID, Publisher: inventory.Clean(b.Publisher), Product: inventory.Clean(b.Product),
		Metric: b.Metric, Quantity: b.Quantity, Kind: b.Kind, VATPermille: normalVAT,
	}
	b.apply(&l)
	if err := lifecycle.CheckLicence(l); err != nil {
		return nil, err
	}
	return one(s.Store.AddLicence(ctx, scopeOf(ctx), l))
}

type patchLicenceInput struct {
	ByID
	Body struct {
		Publisher *string `json:"publisher,omitempty" minLength:"1" maxLength:"200"`
		Product   *string `json:"product,omitempty" minLength:"1" maxLength:"200"`
		Metric    *string `json:"metric,omitempty" enum:"device,user,concurrent,core,cal,server"`
		Quantity  *int    `json:"quantity,omitempty" minimum:"1" maximum:"1000000"`
		Kind      *string `json:"kind,omitempty" enum:"subscription,perpetual,oem"`
		LicenceFields
	}
}

func (s *Server) patchLicence(ctx context.Context, in *patchLicenceInput) (*oneOutput[inventory.Licence], error) {
	l, err := s.Store.Licence(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	giveText(&l.Publisher, b.Publisher)
	giveText(&l.Product, b.Product)
	give(&l.Metric, b.Metric)
	give(&l.Quantity, b.Quantity)
	give(&l.Kind, b.Kind)
	b.apply(&l)
	if err := lifecycle.CheckLicence(l); err != nil {
		return nil, err
	}
	return one(s.Store.UpdateLicence(ctx, scopeOf(ctx), l))
}

func (s *Server) deleteLicence(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteLicence(ctx, scopeOf(ctx), in.ID))
}
