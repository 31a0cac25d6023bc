package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
)

// ImportCmd takes in a spreadsheet of assets.
type ImportCmd struct {
	File     string `arg:"" help:"CSV or XLSX, one asset a row, below a row of headings; or a folder or zip file that parc export wrote." placeholder:"FILE"`
	Client   string `help:"Whose they are; made when it does not exist yet." placeholder:"NAME"`
	Site     string `help:"Where; made when it does not exist yet." placeholder:"NAME"`
	Map      string `help:"YAML file that says which column goes where: a line 'Heading: field' each, - to leave one out." placeholder:"FILE"`
	SaveMap  string `help:"Write the columns as they were understood to this file, to change it and give it as --map." placeholder:"FILE"`
	DryRun   bool   `help:"Say row by row what would happen, and why; store nothing."`
	WithKeys string `help:"Of an export made with --with-keys: bring the keys of licences back, with the passphrase in the first line of this file." placeholder:"FILE"`
	SkipBad  bool   `help:"Leave out rows that are refused; without it one refused row refuses the file."`
}

// Run reads the whole file before anything is stored: all of it goes in, or
// nothing.
func (c *ImportCmd) Run(app *App) error {
	if exchange.IsArchive(c.File) {
		if *c != (ImportCmd{File: c.File, WithKeys: c.WithKeys}) {
			return inventory.Errorf(inventory.Invalid, "%s is what parc export wrote: it comes back as it was, without further flags but --with-keys", c.File)
		}
		return importArchive(app, c.File, c.WithKeys)
	}
	if c.WithKeys != "" {
		return inventory.Errorf(inventory.Invalid, "--with-keys is for what parc export wrote; %s is none", c.File)
	}
	if c.Client == "" {
		return inventory.Errorf(inventory.Invalid, "say whose assets they are: --client NAME")
	}
	sheet, err := c.read(app)
	if err != nil {
		return err
	}
	for i, heading := range sheet.Headings {
		if sheet.Targets[i] == "" && heading != "" {
			app.say("column %q is not understood and left out (name it with --map)", heading)
		}
	}
	if c.SaveMap != "" {
		text, err := yaml.Marshal(sheet.Mapping())
		if err != nil {
			return err
		}
		if err := os.WriteFile(c.SaveMap, text, 0o644); err != nil {
			return fmt.Errorf("write the mapping: %w", err)
		}
	}
	refused := 0
	for _, row := range sheet.Rows {
		if row.Refused != "" {
			refused++
			app.say("row %d refused: %s", row.Number, row.Refused)
		}
	}
	if refused > 0 && !c.SkipBad && !c.DryRun {
		return inventory.Errorf(inventory.Invalid, "%s: %s refused, nothing stored: mend the file, or leave them out with --skip-bad", c.File, count(refused, "row"))
	}
	return c.store(app, sheet, refused)
}

func (c *ImportCmd) read(app *App) (exchange.Sheet, error) {
	var mapping exchange.Mapping
	if c.Map != "" {
		text, err := os.ReadFile(c.Map)
		if err != nil {
			return exchange.Sheet{}, unreadable(c.Map, err)
		}
		if err := yaml.Unmarshal(text, &mapping); err != nil {
			return exchange.Sheet{}, inventory.Errorf(inventory.Invalid, "%s: not a line 'Heading: field' each", c.Map)
		}
	}
	f, err := os.Open(c.File)
	if err != nil {
		return exchange.Sheet{}, unreadable(c.File, err)
	}
	defer f.Close()
	sheet, err := exchange.ReadAssets(f, app.now(), mapping)
	if err != nil {
		return sheet, inventory.Errorf(inventory.CodeOf(err), "%s: %w", c.File, err)
	}
	return sheet, nil
}

// store stores the rows that are not refused, or says what would happen.
func (c *ImportCmd) store(app *App, sheet exchange.Sheet, refused int) (err error) {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var numbers []exchange.Row // of the rows that go in, for the dry run
	var rows []inventory.ImportRow
	for i := range sheet.Rows {
		row := &sheet.Rows[i]
		if row.Refused != "" {
			continue
		}
		rows = append(rows, inventory.ImportRow{
			Observation: row.Observation, Purchase: row.Purchase,
			Coverage: inventory.Coverage{Kind: "manufacturer", End: row.WarrantyEnd, Source: string(inventory.FromCSV)},
		})
		if c.DryRun {
			numbers = append(numbers, exchange.Row{Number: row.Number, Observation: inventory.Observation{Ref: row.Observation.Ref}})
		}
	}
	sheet.Rows = nil
	imp, outcome, err := c.plan(app, s, rows, numbers)
	if err != nil {
		return err
	}
	if c.DryRun {
		app.say("dry run of %s: %d would be new, %d changed, %d unchanged, %d refused; nothing stored", c.File, outcome.Created, outcome.Updated, outcome.Seen, refused)
		return nil
	}
	app.say("%s: %s, %d new, %d changed, %d unchanged, %d to review, %d refused; parc imports undo %s takes it back",
		c.File, count(len(rows), "row"), outcome.Created, outcome.Updated, outcome.Seen, outcome.Reviewed, refused, imp.ID)
	return nil
}

// plan stores; a dry run works on what is there, tells what would become of each
// row, and does not make a client or a site that is not.
func (c *ImportCmd) plan(app *App, s *store.Store, rows []inventory.ImportRow, numbers []exchange.Row) (inventory.Import, inventory.Outcome, error) {
	scope := inventory.ScopeAll("cli")
	if !c.DryRun {
		where, err := findOrCreate(app.ctx, s, scope, c.Client, c.Site)
		if err != nil {
			return inventory.Import{}, inventory.Outcome{}, err
		}
		digest, err := fileDigest(c.File)
		if err != nil {
			return inventory.Import{}, inventory.Outcome{}, err
		}
		return s.Import(app.ctx, scope, inventory.Import{
			ClientID: where.client.ID, SiteID: where.site.ID, Name: inventory.CleanTo(filepath.Base(c.File), 200), Digest: digest,
		}, rows, false, nil)
	}
	explain := newExplainer(app, numbers)
	imp, outcome, err := c.try(app, s, scope, rows, explain)
	return imp, outcome, errors.Join(err, explain.table.Flush())
}

func (c *ImportCmd) try(app *App, s *store.Store, scope inventory.Scope, rows []inventory.ImportRow, explain *explainer) (inventory.Import, inventory.Outcome, error) {
	nothing := func() (inventory.Import, inventory.Outcome, error) {
		observations := make([]inventory.Observation, len(rows))
		for i := range rows {
			observations[i] = rows[i].Observation
		}
		plan := inventory.Reconcile(app.now(), observations, inventory.Known{})
		explain.batch(0, plan)
		return inventory.Import{}, plan.Outcome(), nil
	}
	client, err := s.ClientByName(app.ctx, scope, inventory.CleanTo(c.Client, 200))
	if inventory.CodeOf(err) == inventory.NotFound {
		return nothing()
	}
	if err != nil {
		return inventory.Import{}, inventory.Outcome{}, err
	}
	sites, err := s.Sites(app.ctx, scope, client.ID)
	if err != nil {
		return inventory.Import{}, inventory.Outcome{}, err
	}
	if len(sites) == 0 {
		return nothing()
	}
	site := sites[0] // where there is no such site yet, any tells what is known: identity is the client's
	for _, known := range sites {
		if known.Name == c.Site {
			site = known
		}
	}
	return s.Import(app.ctx, scope, inventory.Import{ClientID: client.ID, SiteID: site.ID, Name: "dry run"}, rows, true, explain.batch)
}

// fileDigest gives a file's SHA-256 in hexadecimal.
func fileDigest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", unreadable(name, err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", unreadable(name, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// explainer prints what would become of each row, and why.
type explainer struct {
	rows  []exchange.Row
	table *tabwriter.Writer
}

func newExplainer(app *App, rows []exchange.Row) *explainer {
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ROW\tNAME\tWHAT\tWHY")
	return &explainer{rows, t}
}

// batch prints the rows of one batch, of which first is the first.
func (e *explainer) batch(first int, plan inventory.Plan) {
	what := map[string]string{}
	for _, u := range plan.Update {
		what[u.Asset.ID] = "unchanged\talready known so"
		if len(u.Changes) > 0 {
			first := u.Changes[0]
			what[u.Asset.ID] = fmt.Sprintf("update\t%s: %q becomes %q (%s), %s in all", first.Field, first.Old, first.New, first.Because, count(len(u.Changes), "change"))
		}
	}
	for _, j := range plan.Join {
		what[j.Into] = "join\ttwo known assets are one by " + j.Because
	}
	for _, a := range plan.Create {
		what[a.ID] = "create\tnothing known matches it"
	}
	for i, placed := range plan.Placed {
		why := "review\ta person has to decide first"
		if placed != "" {
			why = what[placed]
		}
		row := &e.rows[first+i]
		fmt.Fprintf(e.table, "%d\t%s\t%s\n", row.Number, row.Observation.Ref, why)
	}
}
