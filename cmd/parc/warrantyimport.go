package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
)

// WarrantyImportCmd takes in a table of warranties, for manufacturers that parc
// cannot ask itself.
type WarrantyImportCmd struct {
	File   string `arg:"" help:"CSV or XLSX: a serial number and the day on which the warranty ends, and the maker, the kind, the level and the first day where there are any." placeholder:"FILE"`
	Client string `required:"" help:"Whose machines they are." placeholder:"NAME"`
	DryRun bool   `help:"Say row by row what would happen; store nothing."`
}

// Run adds the coverages that are not known yet. A row whose serial is no known
// asset's is told, and left out.
func (c *WarrantyImportCmd) Run(app *App) error {
	f, err := os.Open(c.File)
	if err != nil {
		return unreadable(c.File, err)
	}
	defer f.Close()
	rows, err := exchange.ReadCoverages(f)
	if err != nil {
		return inventory.Errorf(inventory.CodeOf(err), "%s: %w", c.File, err)
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	client, err := s.ClientByName(app.ctx, everything, c.Client)
	if err != nil {
		return err
	}
	return c.add(app, s, client, rows)
}

func (c *WarrantyImportCmd) add(app *App, s *store.Store, client inventory.Client, rows []exchange.CoverageRow) error {
	find, err := serialsOf(app, s, client.ID)
	if err != nil {
		return err
	}
	had, err := s.Coverages(app.ctx, everything, client.ID)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ROW\tSERIAL\tASSET\tWHAT")
	known := map[inventory.Coverage]bool{}
	for _, h := range had {
		known[bareCoverage(h)] = true
	}
	var added, same, lost, refused int
	for _, row := range rows {
		asset, what := find.asset(row.Serial, row.Vendor), ""
		coverage := row.Coverage
		coverage.ClientID, coverage.AssetID = client.ID, asset.ID
		switch {
		case row.Refused != "":
			refused++
			what = "refused: " + row.Refused
		case asset.ID == "":
			lost++
			what = "no asset has this serial"
		case known[bareCoverage(coverage)]:
			same++
			what = "known already"
		default:
			added++
			what = fmt.Sprintf("%s until %s", coverage.Kind, coverage.End)
			known[bareCoverage(coverage)] = true
			if c.DryRun {
				break
			}
			if _, err := s.AddCoverage(app.ctx, everything, coverage); err != nil {
				return err
			}
		}
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\n", row.Number, row.Serial, asset.Hostname, what)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	stored := ""
	if c.DryRun {
		stored = "; nothing stored"
	}
	app.say("%s: %d added, %d known already, %d without an asset, %d refused%s", c.File, added, same, lost, refused, stored)
	return nil
}

// bareCoverage is what makes two coverages one.
func bareCoverage(c inventory.Coverage) inventory.Coverage {
	return inventory.Coverage{AssetID: c.AssetID, Kind: c.Kind, Level: c.Level, Start: c.Start, End: c.End, Source: c.Source}
}

// bySerial finds a client's assets by their serials.
type bySerial map[string][]inventory.Asset

func serialsOf(app *App, s *store.Store, clientID string) (bySerial, error) {
	find := bySerial{}
	err := s.AssetsFull(app.ctx, everything, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
		if key := inventory.SerialKey(a.Serial); key != "" && a.Class != inventory.BMC { // a board tells its server's
			find[key] = append(find[key], inventory.Asset{ID: a.ID, Hostname: a.Hostname, Vendor: a.Vendor})
		}
		return nil
	})
	return find, err
}

// asset gives the asset of a serial, by its maker where several have it; the zero
// asset when none does, or nothing tells which.
func (f bySerial) asset(serial, vendor string) inventory.Asset {
	list := f[inventory.SerialKey(serial)]
	if len(list) == 1 && (vendor == "" || list[0].Vendor == "" || inventory.SameVendor(list[0].Vendor, vendor)) {
		return list[0]
	}
	for _, a := range list {
		if vendor != "" && inventory.SameVendor(a.Vendor, vendor) {
			return a
		}
	}
	return inventory.Asset{}
}
