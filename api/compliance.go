package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

// Position is how one product stands: what there is a right to against what was
// discovered.
type Position struct {
	Publisher string           `json:"publisher"`
	Product   string           `json:"product"`
	Metric    string           `json:"metric"`
	Entitled  int              `json:"entitled" doc:"Rights valid on the day."`
	Lapsed    int              `json:"lapsed" doc:"Rights that ended, or whose device is gone."`
	Used      int              `json:"used"`
	Counted   bool             `json:"counted" doc:"false: nothing was discovered, so used is not known."`
	Gap       int              `json:"gap" doc:"Entitled less used: negative is missing."`
	Missing   int              `json:"missing"`
	PackSize  int              `json:"pack_size"`
	Buy       int              `json:"buy" doc:"Packs that close the gap."`
	Cost      inventory.Money  `json:"cost"`
	Shelf     int              `json:"shelf" doc:"Bought and given to nobody."`
	Idle      int              `json:"idle" doc:"Given and not used in 90 days."`
	Reclaim   int              `json:"reclaim"`
	Saving    inventory.Money  `json:"saving"`
	PerMonths int              `json:"per_months" doc:"What cost and saving are for; 0 is once."`
	Why       []string         `json:"why" nullable:"false" doc:"The notes in words."`
	Notes     []lifecycle.Note `json:"notes" nullable:"false"`
	Licences  []string         `json:"licences" nullable:"false"`
}

// ComplianceAnswer is how every licence stands on a day.
type ComplianceAnswer struct {
	Day         inventory.Day     `json:"day"`
	Conventions []string          `json:"conventions" nullable:"false"`
	Items       []Position        `json:"items" nullable:"false"`
	Cost        []inventory.Money `json:"cost" nullable:"false" doc:"Of all that is missing, one for each currency."`
	Saving      []inventory.Money `json:"saving" nullable:"false"`
}

type complianceInput struct {
	ByID
	Dated
	InLanguage
}

func (s *Server) showCompliance(ctx context.Context, in *complianceInput) (*oneOutput[ComplianceAnswer], error) {
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	estate, err := s.estate(ctx, in.ID, day)
	if err != nil {
		return nil, err
	}
	positions, err := lifecycle.Standing(estate.Assets, estate.Licences, estate.Knowledge.Software, day)
	if err != nil {
		return nil, err
	}
	out := ComplianceAnswer{Day: day, Items: each(positions, func(p lifecycle.Position) Position { return positionOf(p, in.Lang) }), Conventions: []string{
		"a product is counted by its licences' own metric; what no scan can count is told as not counted",
		"licences that ended and OEM rights whose device is gone do not count",
		"cost and saving are at the newest price known, for the months named, net of VAT",
	}}
	if out.Cost, err = sumsOf(positions, func(p lifecycle.Position) inventory.Money { return p.Cost }); err != nil {
		return nil, err
	}
	out.Saving, err = sumsOf(positions, func(p lifecycle.Position) inventory.Money { return p.Saving })
	return one(out, err)
}

func positionOf(p lifecycle.Position, lang string) Position {
	return Position{
		p.Publisher, p.Product, p.Metric, p.Entitled, p.Lapsed, p.Used, p.Counted, p.Gap, p.Missing, p.PackSize, p.Buy, p.Cost,
		p.Shelf, p.Idle, p.Reclaim, p.Saving, p.Per, lifecycle.NotesIn(lang, p.Notes), append([]lifecycle.Note{}, p.Notes...), append([]string{}, p.Licences...),
	}
}
