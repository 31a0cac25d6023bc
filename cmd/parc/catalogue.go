package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/catalogue"
)

// CatalogueCmd shows and updates what is known of products.
type CatalogueCmd struct {
	Update CatalogueUpdateCmd `cmd:"" help:"Load the dates of endoflife.date, or of a file in the form of its API v1."`
	List   CatalogueListCmd   `cmd:"" help:"List the products."`
	Show   CatalogueShowCmd   `cmd:"" help:"Show a product's releases and their ends of support."`
}

// CatalogueUpdateCmd loads a catalogue.
type CatalogueUpdateCmd struct {
	From  string `help:"Address or file, in the form of endoflife.date's /api/v1/products/full." default:"https://endoflife.date/api/v1/products/full" placeholder:"URL|FILE"`
	Force bool   `help:"Load it although it has fewer than half of the products loaded before."`
}

// Run fetches, checks and stores; a catalogue with any mistake changes nothing.
func (c *CatalogueUpdateCmd) Run(app *App) error {
	from, err := catalogue.Fetch(app.ctx, c.From)
	if err != nil {
		return err
	}
	defer from.Close()
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := storeCatalogue(app.ctx, s, inventory.ScopeAll("cli"), from, inventory.DayOf(app.now()), c.Force)
	if err != nil {
		return err
	}
	app.say("the catalogue is up to date: %s from %s", count(n, "product"), inventory.CleanTo(c.From, 200))
	return nil
}

// CatalogueListCmd lists the products.
type CatalogueListCmd struct {
	StaleDays int    `help:"Days after which dates are shown as old." default:"45"`
	Format    string `help:"${enum}." enum:"table,jsonl" default:"table"`
}

// Run prints the list.
func (c *CatalogueListCmd) Run(app *App) error {
	known, err := app.catalogue()
	if err != nil {
		return err
	}
	day := inventory.DayOf(app.now())
	stale := 0
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	if c.Format == "table" {
		fmt.Fprintln(t, "PRODUCT\tNAME\tRELEASES\tSOURCE\tSEEN")
	}
	for _, p := range known.List() {
		old := catalogue.Stale(p.Seen, day, c.StaleDays)
		mark := string(p.Seen)
		if old {
			stale++
			mark += " (old)"
		}
		if c.Format == "table" {
			fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\n", p.ID, p.Label, len(p.Cycles), p.Source, mark)
			continue
		}
		line := struct {
			ID       string        `json:"id"`
			Label    string        `json:"label"`
			Releases int           `json:"releases"`
			Source   string        `json:"source"`
			SeenOn   inventory.Day `json:"seen_on"`
			Stale    bool          `json:"stale"`
		}{p.ID, p.Label, len(p.Cycles), p.Source, p.Seen, old}
		if err := json.NewEncoder(app.Out).Encode(line); err != nil {
			return err
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if stale > 0 {
		app.say("%s with dates older than %d days: parc catalogue update", count(stale, "product"), c.StaleDays)
	}
	return nil
}

// CatalogueShowCmd shows a product.
type CatalogueShowCmd struct {
	Product string `arg:"" help:"Its name in the list, or its label."`
	Day     string `help:"Day on which to tell the state (default: today)." placeholder:"YYYY-MM-DD"`
	Format  string `help:"${enum}." enum:"table,json" default:"table"`
}

// Run prints the releases.
func (c *CatalogueShowCmd) Run(app *App) error {
	day, err := inventory.ParseDay(c.Day)
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = inventory.DayOf(app.now())
	}
	known, err := app.catalogue()
	if err != nil {
		return err
	}
	p, ok := known.Product(c.Product)
	if !ok {
		return inventory.Errorf(inventory.NotFound, "the catalogue has no product %q: parc catalogue list shows those it has", inventory.CleanTo(c.Product, 80))
	}
	desk := &catalogueDesk{live: catalogue.NewLive(known), now: app.now}
	if c.Format == "json" {
		detail, err := desk.Product(p.ID, day)
		if err != nil {
			return err
		}
		return json.NewEncoder(app.Out).Encode(detail)
	}
	fmt.Fprintf(app.Out, "%s (%s)\n", p.Label, p.ID)
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "RELEASE\tRELEASED\tACTIVE UNTIL\tSUPPORT UNTIL\tEXTENDED UNTIL\tLATEST\tSTATE\tSOURCE\tSEEN")
	for _, cycle := range p.Cycles {
		seen := string(cycle.Seen)
		if catalogue.Stale(cycle.Seen, inventory.DayOf(app.now()), catalogue.StaleDays) {
			seen += " (old)"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cycle.Name, cycle.Released, cycle.ActiveEnd, until(cycle.End), until(cycle.Extended),
			cycle.Latest, lifecycle.StateOf(cycle, day), cycle.Source, seen)
	}
	return t.Flush()
}

// until writes the end of a phase for people.
func until(u lifecycle.Until) string {
	switch {
	case u.Open:
		return "not announced"
	case u.Past:
		return "over"
	}
	return string(u.Day)
}

// catalogue gives what is known of products, from the database in use.
func (a *App) catalogue() (*catalogue.Catalogue, error) {
	s, err := a.openStore(a.ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return loadCatalogue(a.ctx, s)
}
