package api

import (
	"context"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// ForecastLine is one thing that ends or must be paid.
type ForecastLine struct {
	Day      inventory.Day   `json:"day"`
	ClientID string          `json:"client_id"`
	SiteID   string          `json:"site_id,omitempty"`
	Class    inventory.Class `json:"class,omitempty"`
	Kind     string          `json:"kind"`
	What     string          `json:"what"`
	AssetIDs []string        `json:"asset_ids,omitempty"`
	Net      inventory.Money `json:"net"`
	VAT      inventory.Money `json:"vat"`
	Gross    inventory.Money `json:"gross"`
	CashOut  bool            `json:"cash_out" doc:"Money that leaves, and not only an end."`
	Certain  bool            `json:"certain" doc:"Signed or bound; otherwise an estimate."`
	Why      string          `json:"why,omitempty"`
	Notice   inventory.Day   `json:"notice,omitempty" doc:"The last working day to give notice."`
}

// ForecastTotal is what lines of one currency add up to.
type ForecastTotal struct {
	Net     inventory.Money `json:"net"`
	VAT     inventory.Money `json:"vat"`
	Gross   inventory.Money `json:"gross"`
	Certain inventory.Money `json:"certain" doc:"The part of net that is signed or bound."`
	Lines   int             `json:"lines"`
}

// ForecastGroup is the lines of one month, client, site, class or kind.
type ForecastGroup struct {
	Key    string          `json:"key"`
	Lines  int             `json:"lines"`
	Totals []ForecastTotal `json:"totals" nullable:"false"`
}

// ForecastAnswer is everything that ends or must be paid in a period.
type ForecastAnswer struct {
	Day         inventory.Day   `json:"day" doc:"As of which it is made."`
	From        inventory.Day   `json:"from"`
	To          inventory.Day   `json:"to"`
	By          string          `json:"by"`
	Conventions []string        `json:"conventions" nullable:"false"`
	Totals      []ForecastTotal `json:"totals" nullable:"false" doc:"One for each currency: parc never converts."`
	Groups      []ForecastGroup `json:"groups" nullable:"false"`
	Lines       []ForecastLine  `json:"lines" nullable:"false"`
}

// ForecastQuery is embedded by inputs of forecasts.
type ForecastQuery struct {
	Dated
	From    inventory.Day `query:"from" maxLength:"10" doc:"The first day; the answer's day."`
	To      inventory.Day `query:"to" maxLength:"10" doc:"The last day; a year after the first."`
	By      string        `query:"by" enum:"month,client,site,class,kind" default:"month"`
	Site    string        `query:"site" maxLength:"64"`
	Class   []string      `query:"class,explode" maxItems:"50"`
	Kind    []string      `query:"kind,explode" maxItems:"20"`
	CashOut bool          `query:"cash_out" doc:"Only money that leaves."`
	Lines   bool          `query:"lines" default:"true" doc:"false: sums only."`
}

// period checks the days of a forecast and fills those that are not given.
func (q *ForecastQuery) period(today inventory.Day) (day, from, to inventory.Day, err error) {
	if day, err = q.day(today); err != nil {
		return
	}
	from, to = q.From, q.To
	for field, d := range map[string]inventory.Day{"from": from, "to": to} {
		if _, err = inventory.ParseDay(string(d)); err != nil {
			err = inventory.Errorf(inventory.Invalid, "%s: %w", field, err)
			return
		}
	}
	if from.IsZero() {
		from = day
	}
	if to.IsZero() {
		to = from.AddMonths(12).AddDays(-1)
	}
	return
}

func (q *ForecastQuery) wants(l lifecycle.Line) bool {
	return (q.Site == "" || l.SiteID == q.Site) && (len(q.Class) == 0 || slices.Contains(q.Class, string(l.Class))) &&
		(len(q.Kind) == 0 || slices.Contains(q.Kind, string(l.Kind))) && (!q.CashOut || l.CashOut())
}

type forecastInput struct {
	ByID
	ForecastQuery
}

func (s *Server) showForecast(ctx context.Context, in *forecastInput) (*oneOutput[ForecastAnswer], error) {
	return s.forecast(ctx, &in.ForecastQuery, []string{in.ID})
}

type allForecastInput struct {
	ForecastQuery
	Client []string `query:"client,explode" maxItems:"200" doc:"Only these clients."`
}

func (s *Server) showAllForecast(ctx context.Context, in *allForecastInput) (*oneOutput[ForecastAnswer], error) {
	ids := in.Client
	if len(ids) == 0 {
		clients, err := s.allClients(ctx, scopeOf(ctx))
		if err != nil {
			return nil, err
		}
		for _, c := range clients {
			ids = append(ids, c.ID)
		}
	}
	return s.forecast(ctx, &in.ForecastQuery, ids)
}

func (s *Server) allClients(ctx context.Context, scope inventory.Scope) ([]inventory.Client, error) {
	var all []inventory.Client
	f := inventory.ClientFilter{Page: inventory.Page{Limit: 500}}
	for {
		list, next, err := s.Store.Clients(ctx, scope, f)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if next == "" {
			return all, nil
		}
		f.Page.After = next
	}
}

func (s *Server) forecast(ctx context.Context, q *ForecastQuery, clientIDs []string) (*oneOutput[ForecastAnswer], error) {
	day, from, to, err := q.period(s.today())
	if err != nil {
		return nil, err
	}
	by, err := lifecycle.ParseBy(q.By)
	if err != nil {
		return nil, err
	}
	var lines []lifecycle.Line
	for _, id := range clientIDs {
		estate, err := s.estate(ctx, id, day)
		if err != nil {
			return nil, err
		}
		of, err := lifecycle.Forecast(estate, from, to)
		if err != nil {
			return nil, err
		}
		for _, l := range of {
			if l.ClientID = id; q.wants(l) {
				lines = append(lines, l)
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b lifecycle.Line) int {
		switch {
		case a.Day < b.Day:
			return -1
		case a.Day > b.Day:
			return 1
		}
		return 0
	})
	out := ForecastAnswer{Day: day, From: from, To: to, By: q.By, Conventions: lifecycle.Conventions(), Lines: []ForecastLine{}}
	totals, err := lifecycle.Sum(lines)
	if err != nil {
		return nil, err
	}
	groups, err := lifecycle.GroupLines(lines, by)
	if err != nil {
		return nil, err
	}
	out.Totals = each(totals, totalOf)
	out.Groups = each(groups, func(g lifecycle.Group) ForecastGroup {
		return ForecastGroup{g.Key, g.Lines, each(g.Totals, totalOf)}
	})
	if q.Lines {
		out.Lines = each(lines, lineOf)
	}
	return one(out, nil)
}

func totalOf(t lifecycle.Total) ForecastTotal {
	return ForecastTotal{t.Net, t.VAT, t.Gross, t.Certain, t.Lines}
}

func lineOf(l lifecycle.Line) ForecastLine {
	return ForecastLine{
		l.Day, l.ClientID, l.SiteID, l.Class, string(l.Kind), l.What, l.AssetIDs, l.Net, l.VAT, l.Gross, l.CashOut(), l.Certain, l.Why, l.Notice,
	}
}
