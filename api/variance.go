package api

import (
	"context"

	"parc/inventory"
	"parc/lifecycle"
)

// Variance is what was forecast of one class, site or month beside what was paid, in one currency.
type Variance struct {
	Key        string          `json:"key"`
	Forecast   inventory.Money `json:"forecast"`
	Actual     inventory.Money `json:"actual"`
	Difference inventory.Money `json:"difference" doc:"Actual less forecast: negative where less was paid."`
	Planned    int             `json:"planned" doc:"Replacements that were forecast."`
	Bought     int             `json:"bought" doc:"Purchases since."`
}

// VarianceAnswer is what replacements were forecast to cost, and what was bought since.
type VarianceAnswer struct {
	Day         inventory.Day `json:"day"`
	From        inventory.Day `json:"from"`
	To          inventory.Day `json:"to"`
	By          string        `json:"by"`
	Conventions []string      `json:"conventions" nullable:"false"`
	Items       []Variance    `json:"items" nullable:"false"`
}

type varianceInput struct {
	ByID
	Dated
	From inventory.Day `query:"from" maxLength:"10" doc:"The day as of which it was forecast; a year before the answer's day."`
	To   inventory.Day `query:"to" maxLength:"10" doc:"The last day; the answer's day."`
	By   string        `query:"by" enum:"month,site,class" default:"class"`
}

func (s *Server) showVariance(ctx context.Context, in *varianceInput) (*oneOutput[VarianceAnswer], error) {
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	if err := days(&in.From, &in.To); err != nil {
		return nil, err
	}
	from, to := in.From, in.To
	if to.IsZero() {
		to = day
	}
	if from.IsZero() {
		from = to.AddMonths(-12)
	}
	estate, err := s.estate(ctx, in.ID, day)
	if err != nil {
		return nil, err
	}
	variances, err := lifecycle.Hindsight(estate, from, to, lifecycle.By(in.By))
	if err != nil {
		return nil, err
	}
	return one(VarianceAnswer{Day: day, From: from, To: to, By: in.By, Items: each(variances, varianceOf), Conventions: []string{
		"replacements as they would have been forecast on the first day, from what was known, bought and priced before it",
		"beside them all purchases since, whatever they replace; amounts are net of VAT",
	}}, nil)
}

func varianceOf(v lifecycle.Variance) Variance {
	return Variance{v.Key, v.Forecast, v.Actual, v.Difference, v.ForecastN, v.ActualN}
}
