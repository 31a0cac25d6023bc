package main

import (
	"io"
	"strings"

	"parc/inventory"
	"parc/lifecycle/report"
	"parc/lifecycle/report/paper"
)

// ReportCmd writes one report of a client.
type ReportCmd struct {
	Kind   string `arg:"" help:"audit, difference, renewals, refresh, licences, register, returns, labels or service."`
	Client string `required:"" help:"Whose report." placeholder:"NAME"`
	Lang   string `help:"Language: ${enum}." enum:"fr,en" default:"fr"`
	Format string `help:"pdf, html, xlsx or json (default: what the file's name ends in, else pdf)." placeholder:"FORMAT"`
	Out    string `help:"File to write; - is the output." required:"" placeholder:"FILE"`
	Day    string `help:"Day that the report speaks of (default: today)." placeholder:"YYYY-MM-DD"`
	From   string `help:"First day of the period." placeholder:"YYYY-MM-DD"`
	To     string `help:"Last day of the period." placeholder:"YYYY-MM-DD"`
}

// Run makes the report and writes it.
func (c *ReportCmd) Run(app *App) error {
	kind, err := report.ParseKind(c.Kind)
	if err != nil {
		return err
	}
	format := c.format()
	var days [3]inventory.Day
	for i, text := range []string{c.Day, c.From, c.To} {
		if days[i], err = inventory.ParseDay(text); err != nil {
			return err
		}
	}
	if days[0].IsZero() {
		days[0] = inventory.DayOf(app.now())
	}
	judge, err := newJudge()
	if err != nil {
		return err
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	scope := inventory.ScopeAll("cli")
	client, err := s.ClientByName(app.ctx, scope, c.Client)
	if err != nil {
		return err
	}
	d := documents{s, judge}
	in, err := d.input(app.ctx, scope, client.ID, days[0])
	if err != nil {
		return err
	}
	in.From, in.To = days[1], days[2]
	content, err := judge.Make(kind, in)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return report.Write(w, content, format, c.Lang, paper.Brand{}) }
	if c.Out == "-" {
		return write(app.Out)
	}
	if err := writeFile(c.Out, write); err != nil {
		return err
	}
	app.say("wrote %s", c.Out)
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
