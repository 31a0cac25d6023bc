package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle/budget"
)

func (s *Server) listScenarios(ctx context.Context, in *ByID) (*listOutput[inventory.Scenario], error) {
	return whole(s.Store.Scenarios(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) showScenario(ctx context.Context, in *ByID) (*oneOutput[inventory.Scenario], error) {
	return one(s.Store.Scenario(ctx, scopeOf(ctx), in.ID))
}

// ScenarioFields are what may be said of a scenario beside what it must have.
type ScenarioFields struct {
	Caps        *map[string]inventory.Money `json:"caps,omitempty" doc:"Most money of a year, by year; the year 0 is every other one."`
	LifeMonths  *map[string]int             `json:"life_months,omitempty" doc:"In place of the policy's, by class."`
	First       *[]string                   `json:"first,omitempty" maxItems:"50" doc:"Classes that are replaced before others."`
	Lease       *[]string                   `json:"lease,omitempty" maxItems:"50" doc:"Classes that are leased instead of bought."`
	LeaseMonths *int                        `json:"lease_months,omitempty" minimum:"0" maximum:"120"`
	LeaseBPS    *int                        `json:"lease_bps,omitempty" minimum:"0" maximum:"10000" doc:"A month's rent in basis points of the price."`
	Pinned      *map[string]int             `json:"pinned,omitempty" doc:"Year decided for an asset, by its id; 0 is not at all."`
	Lots        *map[string]int             `json:"lots,omitempty" doc:"Fewest bought at once, by model."`
	Notes       *string                     `json:"notes,omitempty" maxLength:"4000"`
}

func (b *ScenarioFields) apply(sc *inventory.Scenario) error {
	if b.Caps != nil {
		sc.Caps = map[int]inventory.Money{}
		for text, limit := range *b.Caps {
			year, ok := yearOf(text)
			if !ok {
				return inventory.Errorf(inventory.Invalid, "caps: %q is no year", inventory.CleanTo(text, 20))
			}
			sc.Caps[year] = limit
		}
	}
	if b.LifeMonths != nil {
		sc.LifeMonths = byClass(*b.LifeMonths)
	}
	if b.First != nil {
		sc.First = each(*b.First, func(c string) inventory.Class { return inventory.Class(c) })
	}
	if b.Lease != nil {
		sc.Lease = each(*b.Lease, func(c string) inventory.Class { return inventory.Class(c) })
	}
	give(&sc.LeaseMonths, b.LeaseMonths)
	give(&sc.LeaseBPS, b.LeaseBPS)
	give(&sc.Pinned, b.Pinned)
	give(&sc.Lots, b.Lots)
	giveText(&sc.Notes, b.Notes)
	if err := sc.Check(); err != nil {
		return err
	}
	return budget.CheckScenario(*sc)
}

// yearOf reads a year of at most four digits.
func yearOf(text string) (year int, ok bool) {
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		year = year*10 + int(digit-'0')
	}
	return year, text != "" && len(text) <= 4
}

type addScenarioInput struct {
	ByID
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"200"`
		From  int    `json:"from" minimum:"2000" maximum:"2200" doc:"The first year."`
		Years int    `json:"years" minimum:"1" maximum:"30"`
		ScenarioFields
	}
}

func (s *Server) addScenario(ctx context.Context, in *addScenarioInput) (*oneOutput[inventory.Scenario], error) {
	sc := inventory.Scenario{ClientID: in.ID, Name: inventory.Clean(in.Body.Name), From: in.Body.From, Years: in.Body.Years}
	if err := in.Body.apply(&sc); err != nil {
		return nil, err
	}
	return one(s.Store.AddScenario(ctx, scopeOf(ctx), sc))
}

type patchScenarioInput struct {
	ByID
	Body struct {
		Name  *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
		From  *int    `json:"from,omitempty" minimum:"2000" maximum:"2200"`
		Years *int    `json:"years,omitempty" minimum:"1" maximum:"30"`
		ScenarioFields
	}
}

func (s *Server) patchScenario(ctx context.Context, in *patchScenarioInput) (*oneOutput[inventory.Scenario], error) {
	sc, err := s.Store.Scenario(ctx, scopeOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	giveText(&sc.Name, in.Body.Name)
	give(&sc.From, in.Body.From)
	give(&sc.Years, in.Body.Years)
	if err := in.Body.apply(&sc); err != nil {
		return nil, err
	}
	return one(s.Store.UpdateScenario(ctx, scopeOf(ctx), sc))
}

func (s *Server) deleteScenario(ctx context.Context, in *ByID) (*struct{}, error) {
	return none(s.Store.DeleteScenario(ctx, scopeOf(ctx), in.ID))
}
