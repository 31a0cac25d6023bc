package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/scanner/agent"
)

// IngestCmd stores observations that files hold.
type IngestCmd struct {
	Files  []string `arg:"" name:"file" help:"JSON lines of observations, or what an agent wrote (GLPI JSON, FusionInventory or OCS XML); - reads the standard input."`
	Client string   `required:"" help:"Whose they are; made when it does not exist yet." placeholder:"NAME"`
	Site   string   `help:"Where; made when it does not exist yet." placeholder:"NAME"`
}

// Run stores the files' observations. All files are read to their end before
// anything is stored: one with a bad line leaves nothing half-stored. Whatever
// the order of files and lines, what was observed first is stored first: who
// had a name or an address before whom is part of telling things apart.
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
	var observations []inventory.Observation
	for _, name := range c.Files {
		part, err := c.read(app, name, where)
		if err != nil {
			return err
		}
		if len(c.Files) > 1 {
			app.say("%s: %s", name, count(len(part), "observation"))
		}
		observations = append(observations, part...)
	}
	slices.SortStableFunc(observations, func(a, b inventory.Observation) int { return a.At.Compare(b.At) })
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
	what := fmt.Sprintf("%d files", len(c.Files))
	if len(c.Files) == 1 {
		what = c.Files[0]
	}
	app.say("%s: %s, %s (%d new), %d to review", what, count(len(observations), "observation"), count(len(record.assets), "asset"), record.created, record.reviewed)
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
	file := bufio.NewReaderSize(in, agentHead)
	head, _ := file.Peek(agentHead) // an error shows when the file is read
	if agent.Is(head) {
		message, err := agent.Read(file)
		if err != nil {
			return nil, inventory.Errorf(inventory.CodeOf(err), "%s: %w", name, err)
		}
		if message.Kind == agent.Prolog || message.Kind == agent.Contact {
			return nil, inventory.Errorf(inventory.Invalid, "%s: an agent's question to its server, which tells of no machine: give the inventory that it sends next", name)
		}
		return message.Observations(agent.Whose{ClientID: where.client.ID, SiteID: where.site.ID, Received: app.now()}), nil
	}
	var observations []inventory.Observation
	err := exchange.ReadObservations(file, where.client.ID, where.site.ID, func(o inventory.Observation) error {
		observations = append(observations, o)
		return nil
	})
	if err != nil {
		return nil, inventory.Errorf(inventory.CodeOf(err), "%s: %w", name, err)
	}
	return observations, nil
}

// agentHead is how much of a file tells whether an agent wrote it.
const agentHead = 16 << 10

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
