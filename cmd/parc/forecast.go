package main

import (
	"fmt"
	"strconv"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

// ForecastCmd lists what ends and what must be paid.
type ForecastCmd struct {
	From
	Start   inventory.Day `name:"from" help:"First day (default: today)." placeholder:"YYYY-MM-DD"`
	To      inventory.Day `help:"Last day (default: a year later)." placeholder:"YYYY-MM-DD"`
	Day     inventory.Day `help:"Day as of which it is made: what is bound, what is overdue (default: today)." placeholder:"YYYY-MM-DD"`
	By      string        `help:"Sum by ${enum} instead of listing lines." enum:",month,client,site,class,kind" default:""`
	CashOut bool          `help:"Only money that leaves: purchases, instalments, subscriptions, contracts, replacements."`
	Actual  bool          `help:"Compare the replacements that were forecast on the first day with what was bought since, by class or --by."`
	Format  string        `help:"${enum}." enum:"table,json,jsonl,csv" default:"table"`
}

type forecastLine struct {
	Day      inventory.Day      `json:"day"`
	Month    string             `json:"month"`
	Client   string             `json:"client"`
	Site     string             `json:"site"`
	Class    inventory.Class    `json:"class"`
	Kind     lifecycle.LineKind `json:"kind"`
	What     string             `json:"what"`
	Assets   []string           `json:"assets"`
	Net      *amount            `json:"net"` // null where no amount is known
	VAT      *amount            `json:"vat"`
	Gross    *amount            `json:"gross"`
	Currency string             `json:"currency"`
	Certain  bool               `json:"certain"`
	CashOut  bool               `json:"cash_out"`
	Why      string             `json:"why"`
	Notice   inventory.Day      `json:"notice_day"`
}

type forecastTotal struct {
	Currency string `json:"currency"`
	Net      amount `json:"net"`
	VAT      amount `json:"vat"`
	Gross    amount `json:"gross"`
	Certain  amount `json:"certain"` // the part of net that is signed or bound
	Estimate amount `json:"estimate"`
	Lines    int    `json:"lines"`
}

type forecastGroup struct {
	By     string          `json:"by"`
	Key    string          `json:"key"`
	Lines  int             `json:"lines"`
	Totals []forecastTotal `json:"totals"`
}

// Run prints the forecast.
func (c *ForecastCmd) Run(app *App) error {
	day := app.dayOr(c.Day)
	from := app.dayOr(c.Start)
	to := c.To
	if to.IsZero() {
		to = from.AddMonths(12).AddDays(-1)
	}
	if to < from {
		return inventory.Errorf(inventory.Invalid, "--to: %s is before --from, %s", to, from)
	}
	o, err := c.load(app, day)
	if err != nil {
		return err
	}
	if c.Actual {
		return c.versus(app, o, from, to)
	}
	lines, err := lifecycle.Forecast(o.input, from, to)
	if err != nil {
		return err
	}
	if c.CashOut {
		lines = lifecycle.CashOut(lines)
	}
	totals, err := lifecycle.Sum(lines)
	if err != nil {
		return err
	}
	var groups []lifecycle.Group
	if c.By != "" {
		if groups, err = lifecycle.GroupLines(lines, lifecycle.By(c.By)); err != nil {
			return err
		}
	}
	if c.Format == "table" {
		fmt.Fprintf(app.Out, "Forecast of %s from %s to %s, as of %s\n\n", o.name(), from, to, day)
	}
	return c.print(app, o, lines, groups, totals, forecastHead{o.client, day, from, to, lifecycle.Conventions()})
}

type forecastHead struct {
	Client      string        `json:"client"`
	Day         inventory.Day `json:"day"`
	From        inventory.Day `json:"from"`
	To          inventory.Day `json:"to"`
	Conventions []string      `json:"conventions"`
}

func (o owned) name() string {
	if o.client == "" {
		return "the file"
	}
	return o.client
}

func (c *ForecastCmd) print(app *App, o owned, lines []lifecycle.Line, groups []lifecycle.Group, totals []lifecycle.Total, head forecastHead) error {
	shown := make([]forecastGroup, len(groups))
	for i, g := range groups {
		shown[i] = forecastGroup{c.By, o.label(lifecycle.By(c.By), g.Key), g.Lines, totalsOf(g.Totals)}
	}
	switch c.Format {
	case "json":
		return writeJSON(app.Out, struct {
			forecastHead
			Lines  []forecastLine  `json:"lines"`
			Groups []forecastGroup `json:"groups,omitempty"`
			Totals []forecastTotal `json:"totals"`
		}{head, o.lines(lines), shown, totalsOf(totals)})
	case "jsonl":
		if c.By != "" {
			return writeLines(app.Out, shown)
		}
		return writeLines(app.Out, o.lines(lines))
	}
	if c.By != "" {
		if err := groupSheet(c.By, shown).write(app.Out, c.Format); err != nil {
			return err
		}
	} else if err := lineSheet(o.lines(lines)).write(app.Out, c.Format); err != nil {
		return err
	}
	if c.Format == "table" {
		printTotals(app, totals, head.Conventions)
	}
	return nil
}

func printTotals(app *App, totals []lifecycle.Total, conventions []string) {
	for _, t := range totalsOf(totals) {
		fmt.Fprintf(app.Out, "\nTotal %s: %s net, %s VAT, %s gross; %s certain, %s estimated\n",
			t.Currency, t.Net.Amount, t.VAT.Amount, t.Gross.Amount, t.Certain.Amount, t.Estimate.Amount)
	}
	fmt.Fprintln(app.Out)
	for _, text := range conventions {
		fmt.Fprintln(app.Out, "- "+text)
	}
}

func (o owned) lines(lines []lifecycle.Line) []forecastLine {
	out := make([]forecastLine, len(lines))
	for i, l := range lines {
		out[i] = forecastLine{
			Day: l.Day, Month: l.Month(), Client: o.client, Site: o.label(lifecycle.BySite, l.SiteID), Class: l.Class, Kind: l.Kind, What: l.What,
			Assets: append([]string{}, l.AssetIDs...), Net: amountOrNone(l.Net), VAT: amountOrNone(l.VAT), Gross: amountOrNone(l.Gross),
			Currency: l.Net.Currency, Certain: l.Certain, CashOut: l.CashOut(), Why: l.Why, Notice: l.Notice,
		}
	}
	return out
}

// label gives the name of a group's key: of sites and of the client.
func (o owned) label(by lifecycle.By, key string) string {
	switch {
	case by == lifecycle.BySite && o.sites[key] != "":
		return o.sites[key]
	case by == lifecycle.ByClient && o.client != "":
		return o.client
	}
	return key
}

func totalsOf(totals []lifecycle.Total) []forecastTotal {
	out := make([]forecastTotal, len(totals))
	for i, t := range totals {
		estimate := inventory.Money{Minor: t.Net.Minor - t.Certain.Minor, Currency: t.Net.Currency}
		out[i] = forecastTotal{t.Net.Currency, amountOf(t.Net), amountOf(t.VAT), amountOf(t.Gross), amountOf(t.Certain), amountOf(estimate), t.Lines}
	}
	return out
}

func lineSheet(lines []forecastLine) *sheet {
	s := &sheet{head: strings.Fields("day kind class site what net vat gross currency certain notice why")}
	text := func(a *amount) string {
		if a == nil {
			return ""
		}
		return a.Amount
	}
	for _, l := range lines {
		s.add(string(l.Day), string(l.Kind), string(l.Class), l.Site, l.What, text(l.Net), text(l.VAT), text(l.Gross), l.Currency, yesNo(l.Certain), string(l.Notice), l.Why)
	}
	return s
}

func groupSheet(by string, groups []forecastGroup) *sheet {
	s := &sheet{head: []string{by, "lines", "currency", "net", "vat", "gross", "certain", "estimate"}}
	for _, g := range groups {
		if len(g.Totals) == 0 {
			s.add(g.Key, strconv.Itoa(g.Lines), "", "", "", "", "", "")
		}
		for _, t := range g.Totals {
			s.add(g.Key, strconv.Itoa(g.Lines), t.Currency, t.Net.Amount, t.VAT.Amount, t.Gross.Amount, t.Certain.Amount, t.Estimate.Amount)
		}
	}
	return s
}

type forecastVariance struct {
	By         string `json:"by"`
	Key        string `json:"key"`
	Forecast   amount `json:"forecast"`
	Actual     amount `json:"actual"`
	Difference amount `json:"difference"`
	Planned    int    `json:"planned"`
	Bought     int    `json:"bought"`
}

// versus compares what was forecast with what was paid.
func (c *ForecastCmd) versus(app *App, o owned, from, to inventory.Day) error {
	by := lifecycle.By(c.By)
	if by == "" {
		by = lifecycle.ByClass
	}
	variances, err := lifecycle.Hindsight(o.input, from, to, by)
	if err != nil {
		return err
	}
	shown := make([]forecastVariance, len(variances))
	s := &sheet{head: []string{string(by), "currency", "forecast", "actual", "difference", "planned", "bought"}}
	for i, v := range variances {
		f := forecastVariance{string(by), o.label(by, v.Key), amountOf(v.Forecast), amountOf(v.Actual), amountOf(v.Difference), v.ForecastN, v.ActualN}
		shown[i] = f
		s.add(f.Key, f.Actual.Currency, f.Forecast.Amount, f.Actual.Amount, f.Difference.Amount, strconv.Itoa(f.Planned), strconv.Itoa(f.Bought))
	}
	switch c.Format {
	case "json":
		return writeJSON(app.Out, struct {
			Client    string             `json:"client"`
			From      inventory.Day      `json:"from"`
			To        inventory.Day      `json:"to"`
			Variances []forecastVariance `json:"variances"`
		}{o.client, from, to, shown})
	case "jsonl":
		return writeLines(app.Out, shown)
	case "table":
		fmt.Fprintf(app.Out, "%s from %s to %s: replacements as forecast on %s, and purchases\n\n", o.name(), from, to, from)
	}
	return s.write(app.Out, c.Format)
}
