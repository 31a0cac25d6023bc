package main

import (
	"fmt"
	"text/tabwriter"

	"parc/inventory"
)

// ImportsCmd shows the spreadsheets that were taken in, and takes one back.
type ImportsCmd struct {
	List ImportsListCmd `cmd:"" help:"List a client's imports, the latest first."`
	Undo ImportsUndoCmd `cmd:"" help:"Take an import back: what it brought, and nothing else."`
}

// ImportsListCmd lists imports.
type ImportsListCmd struct {
	Client string `required:"" help:"Whose." placeholder:"NAME"`
	Format string `help:"${enum}." enum:"table,jsonl" default:"table"`
}

// Run prints them.
func (c *ImportsListCmd) Run(app *App) error {
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
	imports, err := s.Imports(app.ctx, scope, client.ID)
	if err != nil {
		return err
	}
	if c.Format == "jsonl" {
		return writeLines(app.Out, imports)
	}
	w := tabwriter.NewWriter(app.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "IMPORT\tWHEN\tFILE\tROWS\tNEW\tCHANGED\tBY\tUNDONE")
	for _, i := range imports {
		undone := ""
		if i.UndoneAt != nil {
			undone = i.UndoneAt.Local().Format("2006-01-02 15:04") + " " + i.UndoneBy
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%d\t%s\t%s\n", i.ID, i.At.Local().Format("2006-01-02 15:04"), i.Name, i.RowCount, i.Created, i.Updated, i.By, undone)
	}
	return w.Flush()
}

// ImportsUndoCmd takes one back.
type ImportsUndoCmd struct {
	ID string `arg:"" help:"The import's id, as parc imports list tells it."`
}

// Run takes it back and says what it did.
func (c *ImportsUndoCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	u, err := s.UndoImport(app.ctx, inventory.ScopeAll("cli"), c.ID)
	if err != nil {
		return err
	}
	app.say("%s is taken back: %s removed, %d as the other sources tell them, %s and %s taken back",
		u.Import.Name, count(u.Removed, "asset"), u.Restored, count(u.Coverages, "coverage"), count(u.Purchases, "purchase"))
	if u.Kept > 0 {
		app.say("%s kept that only this file told of: people have worked on them since", count(u.Kept, "asset"))
	}
	return nil
}
