package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle/report"
)

// ReportCmd writes one report of a client.
type ReportCmd struct {
	Kind   string `arg:"" help:"audit, difference, renewals, refresh, licences, register, returns, labels or service; kept lists those that are kept."`
	Client string `required:"" help:"Whose report." placeholder:"NAME"`
	Lang   string `help:"Language: ${enum}." enum:"fr,en" default:"fr"`
	Format string `help:"pdf, html, xlsx or json (default: what the file's name ends in, else pdf)." placeholder:"FORMAT"`
	Out    string `help:"File to write; - is the output (default: KIND.FORMAT here)." placeholder:"FILE"`
	Day    string `help:"Day that the report speaks of (default: today)." placeholder:"YYYY-MM-DD"`
	From   string `help:"First day of the period; of a difference: the day of the earlier audit." placeholder:"YYYY-MM-DD"`
	To     string `help:"Last day of the period; of a difference: the day of the later audit." placeholder:"YYYY-MM-DD"`
	Kept   string `help:"Write a kept report again, by its id, instead of making a new one." placeholder:"ID"`
	NoKeep bool   `help:"Do not keep the report."`
	Stock  string `help:"What labels are printed on: avery-l7160, avery-l7159, avery-l7651, 62x29 or 54x25." placeholder:"NAME"`
	Skip   int    `help:"Labels of the first sheet that are used up already." placeholder:"N"`
	BrandFlags
}

// Run makes the report and writes it; what is no label is kept, too.
func (c *ReportCmd) Run(app *App) error {
	r, err := c.request(app)
	if err != nil {
		return err
	}
	brand, err := c.brand()
	if err != nil {
		return err
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	judge, err := newJudge(app.ctx, s)
	if err != nil {
		return err
	}
	scope := inventory.ScopeAll("cli")
	client, err := s.ClientByName(app.ctx, scope, c.Client)
	if err != nil {
		return err
	}
	r.ClientID = client.ID
	d := &documents{store: s, judge: judge, now: app.now, log: app.log}
	if d.brand, err = c.over(app, s, brand); err != nil {
		return err
	}
	if c.Kind == "kept" && c.Kept == "" {
		return listKept(app, s, scope, client.ID)
	}
	return c.write(app, d, scope, r)
}

// request checks everything that can be wrong before the database is opened.
func (c *ReportCmd) request(app *App) (api.ReportRequest, error) {
	r := api.ReportRequest{Kind: c.Kind, Format: c.format(), Lang: c.Lang, Stock: c.Stock, Skip: c.Skip}
	if c.Kind != "kept" {
		kind, err := report.ParseKind(c.Kind)
		if err != nil {
			return r, err
		}
		r.Kind = string(kind)
	}
	if !slices.Contains(report.Formats(), r.Format) {
		return r, inventory.Errorf(inventory.Invalid, "%q is no format of a report: pdf, html, xlsx or json", inventory.CleanTo(r.Format, 20))
	}
	for _, day := range []struct {
		to   *inventory.Day
		text string
	}{{&r.Day, c.Day}, {&r.From, c.From}, {&r.To, c.To}} {
		var err error
		if *day.to, err = inventory.ParseDay(day.text); err != nil {
			return r, err
		}
	}
	if r.Day.IsZero() {
		r.Day = inventory.DayOf(app.now())
	}
	return r, nil
}

func (c *ReportCmd) write(app *App, d *documents, scope inventory.Scope, r api.ReportRequest) error {
	write := func(w io.Writer) error { return d.WriteKept(app.ctx, scope, c.Kept, r.Format, r.Lang, w) }
	if c.Kept == "" {
		content, err := d.content(app.ctx, scope, r)
		if err != nil {
			return err
		}
		if !c.NoKeep && r.Kind != string(report.KindLabels) {
			if _, err := d.keep(app.ctx, scope, r.ClientID, content); err != nil {
				return err
			}
		}
		brand, err := d.brandNow(app.ctx)
		if err != nil {
			return err
		}
		write = func(w io.Writer) error { return report.Write(w, content, r.Format, r.Lang, brand) }
	}
	out := c.Out
	if out == "" {
		out = r.Kind + "." + r.Format
	}
	if out == "-" {
		return write(app.Out)
	}
	if err := writeFile(out, write); err != nil {
		return err
	}
	app.say("wrote %s", out)
	return nil
}

// format is the one asked for, or what the file's name says.
func (c *ReportCmd) format() string {
	if c.Format != "" {
		return c.Format
	}
	for _, format := range report.Formats() {
		if strings.HasSuffix(strings.ToLower(c.Out), "."+format) {
			return format
		}
	}
	return "pdf"
}

func listKept(app *App, s *store.Store, scope inventory.Scope, clientID string) error {
	kept, err := s.Reports(app.ctx, scope, clientID, "")
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tKIND\tDAY\tPERIOD\tMADE\tBY\tDIGEST")
	for _, r := range kept {
		period := ""
		if !r.From.IsZero() {
			period = string(r.From) + "/" + string(r.To)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.ID, r.Kind, r.Day, period, r.CreatedAt.Format("2006-01-02 15:04"), r.CreatedBy, r.Digest)
	}
	return t.Flush()
}
