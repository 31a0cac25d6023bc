package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/exchange"
)

// AssetsCmd lists a client's assets.
type AssetsCmd struct {
	Client string `required:"" help:"Whose assets." placeholder:"NAME"`
	Format string `help:"${enum}." enum:"table,jsonl,csv,xlsx" default:"table"`
	Lang   string `help:"Language of the headings in csv and xlsx: ${enum}." enum:"fr,en" default:"fr"`
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
	each := func(yield func(inventory.Asset) error) error {
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
