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

// estate reads what a client's forecasts, plans and values are made of.
func (s *Server) estate(ctx context.Context, clientID string, day inventory.Day) (lifecycle.Input, error) {
	scope, in := scopeOf(ctx), lifecycle.Input{Day: day}
	if err := s.seesClient(ctx, clientID); err != nil {
		return in, err
	}
	err := s.Store.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
		in.Assets = append(in.Assets, a)
		return nil
	})
	if err != nil {
		return in, err
	}
	if in.Coverages, err = s.Store.Coverages(ctx, scope, clientID); err != nil {
		return in, err
	}
	if in.Financings, err = s.Store.Financings(ctx, scope, clientID); err != nil {
		return in, err
	}
	if in.Licences, err = s.Store.Licences(ctx, scope, clientID); err != nil {
		return in, err
	}
	if in.Contracts, err = s.Store.Contracts(ctx, scope, clientID); err != nil {
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
