package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
)

// AssetsCmd lists a client's assets.
type AssetsCmd struct {
	Client string `required:"" help:"Whose assets." placeholder:"NAME"`
	Format string `help:"${enum}." enum:"table,jsonl,csv,xlsx" default:"table"`
	Lang   string `help:"Language of the headings in csv and xlsx: ${enum}." enum:"fr,en" default:"fr"`

	AsOf         string `help:"The assets as they were at the end of a past day (UTC)." placeholder:"YYYY-MM-DD"`
	ChangesSince string `help:"What differs since the end of a day: appeared, gone, moved, changed; up to --as-of or today." placeholder:"YYYY-MM-DD"`
}

// Run prints the list; xlsx goes to the output as a file's bytes.
func (c *AssetsCmd) Run(app *App) error {
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
	if c.ChangesSince != "" {
		return c.differences(app, s, scope, client)
	}
	each := func(yield func(inventory.Asset) error) error {
		if c.AsOf != "" {
			return s.AssetsAsOf(app.ctx, scope, inventory.AssetFilter{ClientID: client.ID}, inventory.Day(c.AsOf), yield)
		}
		return s.AssetsFull(app.ctx, scope, inventory.AssetFilter{ClientID: client.ID}, yield)
	}
	switch c.Format {
	case "jsonl":
		return each(func(a inventory.Asset) error { return exchange.WriteAsset(app.Out, a) })
	case "csv", "xlsx":
		return exchange.WriteAssets(app.Out, c.Format, c.Lang, each)
	}
	return printAssets(app.Out, each)
}

// differences prints what differs between two days.
func (c *AssetsCmd) differences(app *App, s *store.Store, scope inventory.Scope, client inventory.Client) error {
	to := inventory.Day(c.AsOf)
	if to == "" {
		to = inventory.DayOf(app.now())
	}
	if c.Format != "table" && c.Format != "jsonl" {
		return inventory.Errorf(inventory.Invalid, "--changes-since gives a table or jsonl, not %s", c.Format)
	}
	differences, err := s.Differences(app.ctx, scope, client.ID, inventory.Day(c.ChangesSince), to)
	if err != nil {
		return err
	}
	out := json.NewEncoder(app.Out)
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	if c.Format == "table" {
		fmt.Fprintln(t, "WHAT\tASSET\tCLASS\tFIELD\tOLD\tNEW")
	}
	for _, d := range differences {
		if c.Format == "jsonl" {
			if err := out.Encode(d); err != nil {
				return err
			}
			continue
		}
		for _, change := range d.Changes {
			fmt.Fprintln(t, strings.Join([]string{string(d.Kind), d.Asset, string(d.Class), change.Field, change.Old, change.New}, "\t"))
		}
	}
	return t.Flush()
}

func printAssets(w io.Writer, each func(func(inventory.Asset) error) error) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tCLASS\tVENDOR\tMODEL\tSERIAL\tSYSTEM\tADDRESS\tSTATE\tLAST SEEN")
	err := each(func(a inventory.Asset) error {
		_, err := fmt.Fprintln(t, strings.Join([]string{
			a.Hostname, string(a.Class), a.Vendor, a.Model, a.Serial,
			strings.TrimSpace(a.OSName + " " + a.OSVersion), a.Address, string(a.State), string(inventory.DayOf(a.LastSeen)),
		}, "\t"))
		return err
	})
	if err != nil {
		return err
	}
	return t.Flush()
}
