package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"parc/inventory"
	"parc/inventory/exchange"
)

// IngestCmd stores observations that files hold.
type IngestCmd struct {
	Files  []string `arg:"" name:"file" help:"JSON lines of observations; - reads the standard input."`
	Client string   `required:"" help:"Whose they are; made when it does not exist yet." placeholder:"NAME"`
	Site   string   `help:"Where; made when it does not exist yet." placeholder:"NAME"`
}

// Run stores each file's observations. A file is read to its end before any of
// it is stored: one with a bad line leaves nothing half-stored.
func (c *IngestCmd) Run(app *App) error {
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	scope := inventory.ScopeAll("cli")
	where, err := findOrCreate(app.ctx, s, scope, c.Client, c.Site)
	if err != nil {
		return err
	}
	for _, name := range c.Files {
		observations, err := c.read(app, name, where)
		if err != nil {
			return err
		}
		record := newRecorder(s, scope, where.client.ID, where.site.ID, app.now)
		for _, o := range observations {
			if app.ctx.Err() != nil {
				return errors.Join(app.ctx.Err(), record.flush(app.ctx))
			}
			if err := record.add(app.ctx, o); err != nil {
				return err
			}
		}
		if err := record.flush(app.ctx); err != nil {
			return err
		}
		app.say("%s: %s, %s (%d new), %d to review", name, count(len(observations), "observation"), count(len(record.assets), "asset"), record.created, record.reviewed)
	}
	return nil
}

func (c *IngestCmd) read(app *App, name string, where place) ([]inventory.Observation, error) {
	in := io.NopCloser(app.In)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, unreadable(name, err)
		}
		in = f
	}
	defer in.Close()
	var observations []inventory.Observation
	err := exchange.ReadObservations(in, where.client.ID, where.site.ID, func(o inventory.Observation) error {
		observations = append(observations, o)
		return nil
	})
	if err != nil {
		return nil, inventory.Errorf(inventory.CodeOf(err), "%s: %w", name, err)
	}
	return observations, nil
}

// unreadable says in one line why a file cannot be read.
func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return inventory.Errorf(inventory.Invalid, "%s: there is no such file", name)
	case errors.Is(err, fs.ErrPermission):
		return inventory.Errorf(inventory.Invalid, "%s: no right to read it", name)
	}
	return inventory.Errorf(inventory.Invalid, "read %s: %w", name, err)
}
