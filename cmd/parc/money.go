package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle"
	"parc/lifecycle/catalogue"
)

// amount is money as scripts read it: a decimal text, its currency, and the
// whole number of minor units.
type amount struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Minor    int64  `json:"minor"`
}

func amountOf(m inventory.Money) amount { return amount{m.Decimal(), m.Currency, m.Minor} }

// amountOrNone leaves out what is not known.
func amountOrNone(m inventory.Money) *amount {
	if m == (inventory.Money{}) {
		return nil
	}
	a := amountOf(m)
	return &a
}

// From says whose money a command speaks of: a client's in the database, or a
// file's, which needs no database.
type From struct {
	Client string `help:"Whose." placeholder:"NAME" xor:"from"`
	File   string `help:"An estate as JSON instead of a client: assets, coverages, financings, licences, contracts, interventions, prices, policy, scenarios." placeholder:"FILE" xor:"from"`
}

// given tells that one of the two is.
func (f From) given() bool { return f.Client != "" || f.File != "" }

// owned is a client's estate with all that forecasts are made of.
type owned struct {
	input     lifecycle.Input
	id        string // of the client; "" of a file
	client    string
	sites     map[string]string // names by id
	scenarios []inventory.Scenario
}

// load reads the estate as of a day.
func (f From) load(app *App, day inventory.Day) (owned, error) {
	switch {
	case f.Client != "":
		return loadClient(app, f.Client, day)
	case f.File != "":
		return loadEstate(app, f.File, day)
	}
	return owned{}, inventory.Errorf(inventory.Invalid, "say whose: --client NAME, or --file FILE")
}

func loadClient(app *App, name string, day inventory.Day) (owned, error) {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return owned{}, err
	}
	defer s.Close()
	scope := inventory.ScopeAll("cli")
	client, err := s.ClientByName(app.ctx, scope, name)
	if err != nil {
		return owned{}, err
	}
	known, err := loadCatalogue(app.ctx, s)
	if err != nil {
		return owned{}, err
	}
	o, err := estateOf(app.ctx, s, scope, client, day)
	if err != nil {
		return owned{}, err
	}
	o.input.Knowledge = lifecycle.KnowledgeOf(known, o.input.Coverages, day)
	return o, nil
}

// estateOf reads all that a forecast of a client is made of.
func estateOf(ctx context.Context, s *store.Store, scope inventory.Scope, client inventory.Client, day inventory.Day) (owned, error) {
	o := owned{id: client.ID, client: client.Name, sites: map[string]string{}}
	in := &o.input
	in.Day = day
	err := s.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: client.ID}, func(a inventory.Asset) error {
		in.Assets = append(in.Assets, a)
		return nil
	})
	sites, err2 := s.Sites(ctx, scope, client.ID)
	for _, site := range sites {
		o.sites[site.ID] = site.Name
	}
	var errs [6]error
	in.Coverages, errs[0] = s.Coverages(ctx, scope, client.ID)
	in.Financings, errs[1] = s.Financings(ctx, scope, client.ID)
	in.Licences, errs[2] = s.Licences(ctx, scope, client.ID)
	in.Contracts, errs[3] = s.Contracts(ctx, scope, client.ID)
	o.scenarios, errs[4] = s.Scenarios(ctx, scope, client.ID)
	errs[5] = decided(ctx, s, scope, client.ID, in)
	return o, errors.Join(append(errs[:], err, err2)...)
}

// decided adds what the client and the provider have decided, what things cost,
// and what failed in the year before the day.
func decided(ctx context.Context, s *store.Store, scope inventory.Scope, clientID string, in *lifecycle.Input) error {
	for _, whose := range []string{clientID, ""} { // the client's word first
		policy, err := s.Policy(ctx, scope, whose)
		if err != nil {
			return err
		}
		prices, err := s.Prices(ctx, scope, whose)
		if err != nil {
			return err
		}
		in.Policy, in.Prices = lifecycle.MergePolicy(in.Policy, policy), append(in.Prices, prices...)
	}
	f := inventory.InterventionFilter{ClientID: clientID, From: in.Day.AddMonths(-12), To: in.Day, Page: inventory.Page{Limit: 1000}}
	for {
		list, next, err := s.Interventions(ctx, scope, f)
		if err != nil {
			return err
		}
		in.Interventions = append(in.Interventions, list...)
		if next == "" {
			return nil
		}
		f.Page.After = next
	}
}

// maxEstate bounds the file of an estate.
const maxEstate = 256 << 20

// loadEstate reads an estate from a file; "-" is the standard input.
func loadEstate(app *App, name string, day inventory.Day) (owned, error) {
	var file struct {
		Client        string                   `json:"client"`
		Sites         []inventory.Site         `json:"sites"`
		Assets        []inventory.Asset        `json:"assets"`
		Coverages     []inventory.Coverage     `json:"coverages"`
		Financings    []inventory.Financing    `json:"financings"`
		Licences      []inventory.Licence      `json:"licences"`
		Contracts     []inventory.Contract     `json:"contracts"`
		Interventions []inventory.Intervention `json:"interventions"`
		Prices        []inventory.Price        `json:"prices"`
		Policy        inventory.Policy         `json:"policy"`
		Scenarios     []inventory.Scenario     `json:"scenarios"`
	}
	if err := readJSON(app, name, &file); err != nil {
		return owned{}, err
	}
	o := owned{client: file.Client, sites: map[string]string{}, scenarios: file.Scenarios}
	for _, site := range file.Sites {
		o.sites[site.ID] = site.Name
	}
	for i := range file.Assets {
		if a := &file.Assets[i]; a.State == "" {
			a.State = inventory.InService
		}
	}
	o.input = lifecycle.Input{
		Estate:        lifecycle.Estate{Assets: file.Assets, Coverages: file.Coverages, Financings: file.Financings, Licences: file.Licences, Contracts: file.Contracts},
		Interventions: file.Interventions, Policy: file.Policy, Prices: file.Prices, Day: day,
	}
	known, err := catalogue.Load()
	if err != nil {
		return owned{}, err
	}
	o.input.Knowledge = lifecycle.KnowledgeOf(known, o.input.Coverages, day)
	if err := lifecycle.CheckEstate(o.input.Estate); err != nil {
		return owned{}, inventory.Errorf(inventory.Invalid, "%s: %w", name, err)
	}
	return o, nil
}

func readJSON(app *App, name string, into any) error {
	in := app.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return inventory.Errorf(inventory.Invalid, "cannot read %s: %w", name, err)
		}
		defer f.Close()
		in = f
	}
	d := json.NewDecoder(io.LimitReader(in, maxEstate))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return inventory.Errorf(inventory.Invalid, "%s: %w", name, err)
	}
	return nil
}

// dayOr gives the day asked for, else today's.
func (a *App) dayOr(day inventory.Day) inventory.Day {
	if day.IsZero() {
		return inventory.DayOf(a.now())
	}
	return day
}

// sheet is a table that goes out as text for people, or as CSV; what is written
// as JSON has a form of its own.
type sheet struct {
	head []string
	rows [][]string
}

func (s *sheet) add(cells ...string) { s.rows = append(s.rows, cells) }

func (s *sheet) write(w io.Writer, format string) error {
	if format == "csv" {
		c := csv.NewWriter(w)
		if err := c.Write(s.head); err != nil {
			return err
		}
		for _, row := range s.rows {
			safe := make([]string, len(row))
			for i, cell := range row {
				safe[i] = harmless(cell)
			}
			if err := c.Write(safe); err != nil {
				return err
			}
		}
		c.Flush()
		return c.Error()
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, strings.ToUpper(strings.Join(s.head, "\t")))
	for _, row := range s.rows {
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	return t.Flush()
}

// harmless keeps a spreadsheet from running a cell as a formula; amounts below
// zero stay numbers.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return cell
	}
	if _, err := inventory.ParseMoney(cell, "TND"); err == nil {
		return cell
	}
	return "'" + cell
}

// writeJSON writes one document, indented for people to read.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// writeLines writes one JSON document a line.
func writeLines[T any](w io.Writer, all []T) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, v := range all {
		if err := e.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
