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
	for _, heading := range sheet.Unknown() {
		app.say("column %q is not understood and left out (name it with --map)", heading)
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
	good := sheet.Good()
	refused := len(sheet.Rows) - len(good)
	for _, row := range sheet.Rows {
		if row.Refused != nil {
			app.say("row %d refused: %s", row.Number, row.Refused)
		}
	}
	if refused > 0 && !c.SkipBad && !c.DryRun {
		return inventory.Errorf(inventory.Invalid, "%s: %s refused, nothing stored: mend the file, or leave them out with --skip-bad", c.File, count(refused, "row"))
	}
	return c.store(app, &sheet, good)
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
func (c *ImportCmd) store(app *App, sheet *exchange.Sheet, good []int) (err error) {
	digest, err := fileDigest(c.File)
	if err != nil {
		return err
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	refused := len(sheet.Rows) - len(good)
	result, err := s.Import(app.ctx, everything, inventory.ImportFile{
		Client: c.Client, Site: c.Site, Name: filepath.Base(c.File), Digest: digest, Mapping: sheet.Mapping(), Refused: refused, Dry: c.DryRun,
		Len: len(good), Row: func(i int) inventory.ImportRow { return sheet.Read(&sheet.Rows[good[i]]) },
	})
	if err != nil {
		return err
	}
	imp := &result.Import
	if c.DryRun {
		if err := explainRows(app, result.Rows); err != nil {
			return err
		}
		for _, site := range result.Sites {
			app.say("site %q would be made", site)
		}
		app.say("dry run of %s: %d would be new, %d changed, %d unchanged, %d refused, %s, %s; nothing stored",
			c.File, imp.Created, imp.Updated, imp.Seen, refused, count(imp.Coverages, "coverage"), count(imp.Purchases, "purchase"))
		return nil
	}
	for _, site := range result.Sites {
		app.say("site %q is new", site)
	}
	app.say("%s: %s, %d new, %d changed, %d unchanged, %d to review, %d refused, %s, %s; parc imports undo %s takes it back",
		c.File, count(len(good), "row"), imp.Created, imp.Updated, imp.Seen, imp.Reviewed, refused, count(imp.Coverages, "coverage"), count(imp.Purchases, "purchase"), imp.ID)
	return nil
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

// explainRows prints what would become of each row, and why.
func explainRows(app *App, rows []inventory.ImportVerdict) error {
	t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ROW\tNAME\tWHAT\tWHY")
	for i := range rows {
		v := &rows[i]
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\n", v.Row, v.Name, v.What, whyRow(v))
	}
	return t.Flush()
}

// whyRow says why that becomes of a row, and what else does.
func whyRow(v *inventory.ImportVerdict) string {
	why := map[string]string{
		inventory.ImportCreate:    "nothing known matches it",
		inventory.ImportUnchanged: "already known so",
		inventory.ImportReview:    "a person has to decide first",
		inventory.ImportJoin:      "two known assets are one by " + v.Because,
		inventory.ImportUpdate:    fmt.Sprintf("%s: %q becomes %q (%s), %s in all", v.Field, v.Old, v.New, v.Because, count(v.Changes, "change")),
	}[v.What]
	if v.Coverage {
		why += "; a coverage"
	}
	return why + map[string]string{
		inventory.PurchaseMade:   "; a purchase",
		inventory.PurchaseExists: "; its purchase is left out: the asset is paid for otherwise already",
		inventory.PurchaseNoDay:  "; its purchase is left out: it tells no day",
	}[v.Purchase]
}
