package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/store"
)

// AssetCmd decides by hand what is one asset and what is two.
type AssetCmd struct {
	Merge     AssetMergeCmd     `cmd:"" help:"Make one asset of two: the second becomes part of the first."`
	Split     AssetSplitCmd     `cmd:"" help:"Make a new asset of some records of one."`
	Decisions AssetDecisionsCmd `cmd:"" help:"List a client's merges and splits, by people and by the rules."`
	Undo      AssetUndoCmd      `cmd:"" help:"Take a merge or a split back, exactly."`
}

// AssetMergeCmd merges two assets.
type AssetMergeCmd struct {
	ID   string `arg:"" help:"The asset that stays."`
	With string `arg:"" help:"The asset that goes into it."`
}

// Run merges, and says how to take it back.
func (c *AssetMergeCmd) Run(app *App) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		a, err := s.MergeAssets(app.ctx, scope, c.ID, c.With)
		if err != nil {
			return err
		}
		app.say("%s is part of %s now%s", c.With, a.ID, app.howToUndo(s, scope, a.ClientID))
		return nil
	})
}

// howToUndo names the decision just made.
func (app *App) howToUndo(s *store.Store, scope inventory.Scope, clientID string) string {
	decisions, _, err := s.Decisions(app.ctx, scope, clientID, inventory.Page{Limit: 1})
	if err != nil || len(decisions) == 0 {
		return ""
	}
	return "; parc asset undo " + decisions[0].ID + " takes it back"
}

// AssetSplitCmd splits an asset.
type AssetSplitCmd struct {
	ID        string   `arg:"" help:"The asset."`
	Sightings []string `arg:"" help:"Records that are another asset's, as SOURCE:REF (csv:42); parc assets --format jsonl shows them."`
}

// Run splits, and prints the new asset's id.
func (c *AssetSplitCmd) Run(app *App) error {
	var sightings []inventory.Sighting
	for _, text := range c.Sightings {
		source, ref, found := strings.Cut(text, ":")
		if !found {
			return inventory.Errorf(inventory.Invalid, "%q is no sighting: write it as SOURCE:REF, as in csv:42", inventory.CleanTo(text, 60))
		}
		sightings = append(sightings, inventory.Sighting{Source: inventory.Source(source), Ref: ref})
	}
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		a, err := s.SplitAsset(app.ctx, scope, c.ID, sightings)
		if err != nil {
			return err
		}
		fmt.Fprintln(app.Out, a.ID)
		app.say("%s of %s are asset %s now%s", count(len(a.Sightings), "record"), c.ID, a.ID, app.howToUndo(s, scope, a.ClientID))
		return nil
	})
}

// AssetDecisionsCmd lists decisions.
type AssetDecisionsCmd struct {
	Client string `required:"" help:"Whose decisions." placeholder:"NAME"`
	Format string `help:"${enum}." enum:"table,jsonl" default:"table"`
}

// Run prints the list, the newest first.
func (c *AssetDecisionsCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		t := tabwriter.NewWriter(app.Out, 0, 4, 2, ' ', 0)
		out := json.NewEncoder(app.Out)
		if c.Format == "table" {
			fmt.Fprintln(t, "DECISION\tWHEN\tWHAT\tASSET\tOTHER\tBECAUSE\tBY\tUNDONE")
		}
		err := eachPage(func(p inventory.Page) (string, error) {
			decisions, next, err := s.Decisions(app.ctx, scope, client.ID, p)
			for _, d := range decisions {
				if c.Format == "jsonl" {
					if err := out.Encode(d); err != nil {
						return "", err
					}
					continue
				}
				undone := ""
				if d.UndoneAt != nil {
					undone = d.UndoneAt.Format("2006-01-02 15:04")
				}
				fmt.Fprintln(t, strings.Join([]string{d.ID, d.At.Format("2006-01-02 15:04"), string(d.Kind), d.IntoID, d.OtherID + " " + d.Other, d.Because, d.Actor, undone}, "\t"))
			}
			return next, err
		})
		if err != nil {
			return err
		}
		return t.Flush()
	})
}

// AssetUndoCmd undoes a decision.
type AssetUndoCmd struct {
	Decision string `arg:"" help:"The decision; parc asset decisions lists them."`
}

// Run undoes it.
func (c *AssetUndoCmd) Run(app *App) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		d, err := s.UndoDecision(app.ctx, scope, c.Decision)
		if err != nil {
			return err
		}
		app.say("the %s of %s and %s is undone", d.Kind, d.IntoID, d.OtherID)
		return nil
	})
}

// withStore opens the store for a command, with the command line's scope.
func (app *App) withStore(do func(*store.Store, inventory.Scope) error) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return do(s, inventory.ScopeAll("cli"))
}

// withClient is withStore, with a client that must be there.
func (app *App) withClient(name string, do func(*store.Store, inventory.Scope, inventory.Client) error) error {
	return app.withStore(func(s *store.Store, scope inventory.Scope) error {
		client, err := s.ClientByName(app.ctx, scope, name)
		if err != nil {
			return err
		}
		return do(s, scope, client)
	})
}

// eachPage reads a list to its end.
func eachPage(read func(inventory.Page) (next string, err error)) error {
	p := inventory.Page{Limit: inventory.MaxPage}
	for {
		next, err := read(p)
		if err != nil || next == "" {
			return err
		}
		p.After = next
	}
}

// ForgetCmd erases a person.
type ForgetCmd struct {
	Client string `required:"" help:"At which client." placeholder:"NAME"`
	Person string `required:"" help:"The user's name, with or without its domain, whatever the case." placeholder:"NAME"`
}

// Run erases, and says how much.
func (c *ForgetCmd) Run(app *App) error {
	return app.withClient(c.Client, func(s *store.Store, scope inventory.Scope, client inventory.Client) error {
		f, err := s.ForgetPerson(app.ctx, scope, client.ID, c.Person)
		if err != nil {
			return err
		}
		app.say("erased from %s, %s of history, %s, %s and %s", count(f.Assets, "asset"), count(f.Changes, "line"),
			count(f.Observations, "observation"), count(f.Reviews, "review"), count(f.Decisions, "decision"))
		return nil
	})
}
