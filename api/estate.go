package api

import (
	"context"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// Dated is embedded by inputs whose answer speaks of a day.
type Dated struct {
	Day inventory.Day `query:"day" maxLength:"10" doc:"The day that the answer speaks of; today."`
}

func (d *Dated) day(today inventory.Day) (inventory.Day, error) {
	if d.Day.IsZero() {
		return today, nil
	}
	if _, err := inventory.ParseDay(string(d.Day)); err != nil {
		return "", inventory.Errorf(inventory.Invalid, "day: %w", err)
	}
	return d.Day, nil
}

// holdings reads what a client owns and has signed.
func (s *Server) holdings(ctx context.Context, scope inventory.Scope, clientID string) (e lifecycle.Estate, err error) {
	err = s.Store.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
		e.Assets = append(e.Assets, a)
		return nil
	})
	if err != nil {
		return e, err
	}
	if e.Coverages, err = s.Store.Coverages(ctx, scope, clientID); err != nil {
		return e, err
	}
	if e.Financings, err = s.Store.Financings(ctx, scope, clientID); err != nil {
		return e, err
	}
	if e.Licences, err = s.Store.Licences(ctx, scope, clientID); err != nil {
		return e, err
	}
	e.Contracts, err = s.Store.Contracts(ctx, scope, clientID)
	return e, err
}

// estate reads what a client's forecasts, plans and values are made of.
func (s *Server) estate(ctx context.Context, clientID string, day inventory.Day) (lifecycle.Input, error) {
	scope, in := scopeOf(ctx), lifecycle.Input{Day: day}
	if err := s.seesClient(ctx, clientID); err != nil {
		return in, err
	}
	var err error
	if in.Estate, err = s.holdings(ctx, scope, clientID); err != nil {
		return in, err
	}
	if in.Interventions, err = s.allInterventions(ctx, inventory.InterventionFilter{ClientID: clientID}); err != nil {
		return in, err
	}
	decided, err := s.policy(ctx, clientID)
	if err != nil {
		return in, err
	}
	in.Policy = decided.Effective
	own, err := s.Store.Prices(ctx, scope, clientID)
	if err != nil {
		return in, err
	}
	house, err := s.Store.Prices(ctx, scope, "")
	if err != nil {
		return in, err
	}
	in.Prices = slices.Concat(own, house)
	if s.Products != nil {
		in.Knowledge = lifecycle.KnowledgeOf(s.Products, in.Coverages, day)
	}
	return in, nil
}
