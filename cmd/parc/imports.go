package main

import (
	"fmt"
	"strings"
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
	client, err := s.ClientByName(app.ctx, everything, c.Client)
	if err != nil {
		return err
	}
	imports, err := s.Imports(app.ctx, everything, client.ID)
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
	imp, err := s.UndoImport(app.ctx, everything, c.ID)
	if err != nil {
		return err
	}
	u := imp.Undone
	if u == nil { // by an earlier parc, which did not keep what it did
		app.say("%s was taken back by %s", imp.Name, imp.UndoneBy)
		return nil
	}
	app.say("%s is taken back (%s, %s): %s removed, its record taken off %d others; %s, %s, %s, %s and %s taken back",
		imp.Name, imp.UndoneAt.Local().Format("2006-01-02 15:04"), imp.UndoneBy, count(u.Removed, "asset"), u.Restored, count(u.Coverages, "coverage"),
		count(u.Purchases, "purchase"), count(u.Sites, "site"), count(u.Decisions, "join"), count(u.Reviews, "doubt"))
	for _, l := range u.Left {
		app.say("left: %s", leftText(l))
	}
	if u.LeftMore > 0 {
		app.say("left: %d more", u.LeftMore)
	}
	return nil
}

// leftText says what an undo has left, and why.
func leftText(l inventory.ImportLeft) string {
	why := map[string]string{
		inventory.LeftPinned:  "a person has set a value since",
		inventory.LeftHangs:   "something that the file did not bring hangs on it",
		inventory.LeftSeen:    "others have told of it too; only the file's record is off",
		inventory.LeftChanged: "a person has changed or removed it since",
		inventory.LeftDecided: "a later decision rests on it",
		inventory.LeftInUse:   "something else stands there",
		inventory.LeftDoubted: "a person has answered it",
	}[l.Why]
	if l.Count > 0 {
		return count(l.Count, l.Kind) + ": " + why
	}
	return strings.TrimSpace(l.Kind+" "+l.Name) + ": " + why
}
