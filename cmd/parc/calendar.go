package main

import (
	"cmp"
	"io"

	"parc/inventory"
	"parc/lifecycle/calendar"
)

// CalendarCmd writes what ends as a calendar.
type CalendarCmd struct {
	From
	Out  string        `help:"Where to write it; - is standard output." default:"-" placeholder:"FILE"`
	Lang string        `help:"Language: ${enum}." enum:"fr,en" default:"fr"`
	Day  inventory.Day `help:"From this day on (default: today)." placeholder:"YYYY-MM-DD"`
}

// Run writes the calendar.
func (c *CalendarCmd) Run(app *App) error {
	day := app.dayOr(c.Day)
	o, err := c.load(app, day)
	if err != nil {
		return err
	}
	cal, err := calendar.New(cmp.Or(o.client, c.File), c.Lang, day)
	if err != nil {
		return err
	}
	in := o.input
	cal.Add(calendar.Client{ID: o.id, Name: o.client, Estate: in.Estate, Catalogue: in.Knowledge.Catalogue})
	if c.Out == "-" {
		return cal.Write(app.Out)
	}
	return writeFile(c.Out, func(w io.Writer) error { return cal.Write(w) })
}
