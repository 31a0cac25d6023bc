package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/budget"
)

// BudgetYear is what one year of a budget costs.
type BudgetYear struct {
	Year      int              `json:"year"`
	Cap       *inventory.Money `json:"cap,omitempty" doc:"Absent: without bound."`
	Spend     inventory.Money  `json:"spend" doc:"At purchase prices, what is leased too."`
	Backlog   inventory.Money  `json:"backlog" doc:"The part of spend for what was overdue."`
	Risk      inventory.Money  `json:"risk" doc:"Of all that is still old in the year."`
	Items     int              `json:"items"`
	Purchases inventory.Money  `json:"purchases" doc:"Money that leaves for what is bought."`
	Rents     inventory.Money  `json:"rents" doc:"Money that leaves for what is leased instead."`
}

// BudgetChoice is the year in which an asset is replaced.
type BudgetChoice struct {
	AssetID string          `json:"asset_id"`
	Name    string          `json:"name"`
	Class   inventory.Class `json:"class"`
	Model   string          `json:"model,omitempty"`
	Reason  string          `json:"reason"`
	Due     int             `json:"due"`
	Year    int             `json:"year"`
	Cost    inventory.Money `json:"cost"`
	Risk    inventory.Money `json:"risk"`
	Backlog bool            `json:"backlog"`
	Pinned  bool            `json:"pinned" doc:"A person decided the year."`
}

// BudgetShortage is a year whose cap is too small.
type BudgetShortage struct {
	Year     int             `json:"year"`
	Raise    inventory.Money `json:"raise" doc:"By so much at least."`
	AssetIDs []string        `json:"asset_ids" nullable:"false"`
}

// BudgetResult is the best year for each asset under one scenario.
type BudgetResult struct {
	Scenario   inventory.Scenario `json:"scenario"`
	Feasible   bool               `json:"feasible"`
	Exact      bool               `json:"exact" doc:"Every choice was searched."`
	GapPercent float64            `json:"gap_percent" doc:"How far above the lower bound at most."`
	Spend      inventory.Money    `json:"spend"`
	Risk       inventory.Money    `json:"risk"`
	Total      inventory.Money    `json:"total"`
	Bound      inventory.Money    `json:"bound" doc:"No choice within the caps can cost less."`
	Years      []BudgetYear       `json:"years" nullable:"false"`
	Choices    []BudgetChoice     `json:"choices" nullable:"false"`
	Short      []BudgetShortage   `json:"short" nullable:"false"`
	Unpriced   []string           `json:"unpriced" nullable:"false" doc:"Due, at no known price."`
	Foreign    []string           `json:"foreign" nullable:"false" doc:"Priced in another currency, so left out."`
	Kept       []string           `json:"kept" nullable:"false" doc:"Kept by a person's decision."`
	Later      int                `json:"later" doc:"Due after the horizon."`
	Notes      []string           `json:"notes" nullable:"false"`
}

// BudgetAnswer compares scenarios.
type BudgetAnswer struct {
	Day         inventory.Day  `json:"day"`
	Conventions []string       `json:"conventions" nullable:"false"`
	Results     []BudgetResult `json:"results" nullable:"false"`
}

type budgetInput struct {
	ByID
	Dated
	Scenario []string `query:"scenario,explode" maxItems:"10" doc:"Saved scenarios to compare, by id; none: one made of the rest of the query."`
	From     int      `query:"from" minimum:"0" maximum:"2200" doc:"First year; the year after the day's."`
	Years    int      `query:"years" minimum:"1" maximum:"30" default:"5"`
	Cap      int64    `query:"cap" minimum:"0" maximum:"100000000000" doc:"Most money of a year, in cents; 0 is without bound."`
	Currency string   `query:"currency" pattern:"^[A-Z]{3}$" default:"EUR"`
	First    []string `query:"first,explode" maxItems:"50" doc:"Classes replaced before others."`
}

// scenarios gives those asked for; the query's own where none is.
func (s *Server) scenarios(ctx context.Context, in *budgetInput, day inventory.Day) ([]inventory.Scenario, error) {
	var all []inventory.Scenario
	for _, id := range in.Scenario {
		sc, err := s.Store.Scenario(ctx, scopeOf(ctx), id)
		if err != nil {
			return nil, err
		}
		if sc.ClientID != in.ID {
			return nil, inventory.Errorf(inventory.NotFound, "no scenario %s of this client", inventory.CleanTo(id, 64))
		}
		all = append(all, sc)
	}
	if len(all) > 0 {
		return all, nil
	}
	sc := inventory.Scenario{ClientID: in.ID, Name: "query", From: in.From, Years: in.Years}
	if sc.From == 0 {
		sc.From = day.Time().Year() + 1
	}
	if in.Cap > 0 {
		sc.Caps = map[int]inventory.Money{0: {Minor: in.Cap, Currency: in.Currency}}
	}
	sc.First = each(in.First, func(c string) inventory.Class { return inventory.Class(c) })
	return []inventory.Scenario{sc}, sc.Check()
}

func (s *Server) showBudget(ctx context.Context, in *budgetInput) (*oneOutput[BudgetAnswer], error) {
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	scenarios, err := s.scenarios(ctx, in, day)
	if err != nil {
		return nil, err
	}
	estate, err := s.estate(ctx, in.ID, day)
	if err != nil {
		return nil, err
	}
	results, err := budget.Compare(estate, scenarios)
	if err != nil {
		return nil, err
	}
	return one(BudgetAnswer{Day: day, Results: each(results, budgetOf), Conventions: []string{
		"each asset's year is chosen so that replacements and the risk of keeping what is due cost least together",
		"costs are net of VAT and rise by the class's inflation",
		"leases, systems that cannot be upgraded and makers' ends are deadlines; a person's pin beats them",
	}}, nil)
}

func budgetOf(r budget.Result) BudgetResult {
	sol := r.Solution
	out := BudgetResult{
		Scenario: r.Scenario, Feasible: sol.Feasible, Exact: sol.Exact, GapPercent: sol.Gap * 100, Spend: sol.Spend, Risk: sol.Risk,
		Total: sol.Total, Bound: sol.Bound, Years: []BudgetYear{}, Choices: []BudgetChoice{}, Short: []BudgetShortage{},
		Unpriced: names(r.Planned.Unpriced), Foreign: names(r.Planned.Foreign), Kept: names(r.Planned.Kept), Later: r.Planned.Later,
		Notes: append([]string{}, sol.Notes...),
	}
	for i, y := range sol.Years {
		year := BudgetYear{Year: y.Year, Spend: y.Spend, Backlog: y.Backlog, Risk: y.Risk, Items: y.Items}
		if y.Capped {
			year.Cap = &y.Cap
		}
		if i < len(r.Cash) {
			year.Purchases, year.Rents = r.Cash[i].Purchases, r.Cash[i].Rents
		}
		out.Years = append(out.Years, year)
	}
	items := r.Planned.Items
	for _, c := range sol.Choices {
		it := items[c.Item]
		pin, pinned := r.Scenario.Pinned[it.ID]
		out.Choices = append(out.Choices, BudgetChoice{
			it.ID, it.Name, it.Class, it.Model, it.Reason, it.Due, c.Year, c.Cost, c.Risk, it.Backlog, pinned && pin != 0,
		})
	}
	for _, short := range sol.Short {
		out.Short = append(out.Short, BudgetShortage{short.Year, short.Raise, each(short.Items, func(i int) string { return items[i].ID })})
	}
	return out
}

func names(all []lifecycle.Replacement) []string {
	return each(all, func(r lifecycle.Replacement) string { return r.Name })
}
