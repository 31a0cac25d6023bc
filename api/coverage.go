package api

import (
	"context"

	"parc/inventory"
)

// Date is a day in a body, YYYY-MM-DD; "" takes it away. What is none is told
// with the field's name, by the noun's own check.
type Date string

func giveDay(to *inventory.Day, given *Date) {
	if given != nil {
		*to = inventory.Day(*given)
	}
}

func giveText(to *string, given *string) {
	if given != nil {
		*to = inventory.Clean(*given)
	}
}

func giveMoney(to *inventory.Money, given *moneyInput) {
	if given != nil {
		*to = given.money()
		if to.Minor == 0 {
			*to = inventory.Money{} // no amount
		}
	}
}

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

func (s *Server) showCoverage(ctx context.Context, in *ByID) (*oneOutput[inventory.Coverage], error) {
	return one(s.Store.Coverage(ctx, scopeOf(ctx), in.ID))
}

type addCoverageInput struct {
	ByID
	Body struct {
		AssetID string `json:"asset_id" minLength:"1" maxLength:"64"`
		Kind    string `json:"kind" enum:"manufacturer,extension,care-pack,on-site,support"`
		Level   string `json:"level,omitempty" maxLength:"200"`
		Start   Date   `json:"start,omitempty"`
		End     Date   `json:"end" minLength:"1"`
	}
}

func (s *Server) addCoverage(ctx context.Context, in *addCoverageInput) (*oneOutput[inventory.Coverage], error) {
	b := &in.Body
	return one(s.Store.AddCoverage(ctx, scopeOf(ctx), inventory.Coverage{
		ClientID: in.ID, AssetID: b.AssetID, Kind: b.Kind, Level: inventory.Clean(b.Level),
		Start: inventory.Day(b.Start), End: inventory.Day(b.End), Source: string(inventory.FromHand), FetchedAt: s.Now(),
	}))
}

type patchCoverageInput struct {
	ByID
	Body struct {
		AssetID *string `json:"asset_id,omitempty" minLength:"1" maxLength:"64"`
		Kind    *string `json:"kind,omitempty" enum:"manufacturer,extension,care-pack,on-site,support"`
		Level   *string `json:"level,omitempty" maxLength:"200"`
		Start   *Date   `json:"start,omitempty"`
		End     *Date   `json:"end,omitempty" minLength:"1"`
	}
}

func (s *Server) patchCoverage(ctx context.Context, in *patchCoverageInput) (*oneOutput[inventory.Coverage], error) {
	c, err := s.Store.Coverage(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	give(&c.AssetID, b.AssetID)
	give(&c.Kind, b.Kind)
	giveText(&c.Level, b.Level)
	giveDay(&c.Start, b.Start)
	giveDay(&c.End, b.End)
	c.Source, c.FetchedAt = string(inventory.FromHand), s.Now()
	return one(s.Store.UpdateCoverage(ctx, scopeOf(ctx), c))
}

func (s *Server) deleteCoverage(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteCoverage(ctx, scopeOf(ctx), in.ID))
}
