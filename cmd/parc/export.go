package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
)

// ExportCmd writes a whole client in open formats.
type ExportCmd struct {
	Client string `required:"" help:"Whose data." placeholder:"NAME"`
	Out    string `required:"" help:"Folder to write to; made when it is not there, refused when it is not empty. A name that ends in .zip: one zip file." placeholder:"DIR|FILE.zip"`

	WithKeys string `help:"Take the keys of licences along, encrypted with the passphrase in the first line of this file." placeholder:"FILE"`
}

// Run writes the archive.
func (c *ExportCmd) Run(app *App) (err error) {
	var passphrase inventory.Secret
	if c.WithKeys != "" {
		if passphrase, err = readPassphrase(c.WithKeys); err != nil {
			return err
		}
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	scope := inventory.ScopeAll("cli")
	client, err := s.ClientByName(app.ctx, scope, c.Client)
	if err != nil {
		return err
	}
	sink, finish, err := c.sink()
	if err != nil {
		return err
	}
	m, left, err := c.write(app, s, scope, client, sink, passphrase)
	if err := finish(err); err != nil {
		return err
	}
	app.say("%s: %s in %s; left out: %s", c.Out, count(m.Rows(), "row"), count(len(m.Files), "file"), left)
	return nil
}

// write writes the archive, and tells what secrets it leaves out.
func (c *ExportCmd) write(app *App, s *store.Store, scope inventory.Scope, client inventory.Client, sink exchange.Sink, passphrase inventory.Secret) (exchange.Manifest, string, error) {
	a, left, leftOut := archives{s, app.now}, "sign-in secrets, keys of licences", maps.Clone(store.NotArchived)
	if c.WithKeys != "" {
		left = "sign-in secrets"
		delete(leftOut, store.KeysTable)
	}
	out := a.begin(client, sink, leftOut)
	if c.WithKeys != "" { // first, so that the history taken along tells of it
		if err := writeKeys(app, s, client.ID, passphrase, out); err != nil {
			return exchange.Manifest{}, left, err
		}
	}
	m, err := a.fill(app.ctx, scope, client.ID, out)
	return m, left, err
}

// sink makes what is written to: a zip file where the name ends so, else a folder.
// finish ends it; of a zip file that did not become whole nothing is left.
func (c *ExportCmd) sink() (sink exchange.Sink, finish func(error) error, err error) {
	if !strings.EqualFold(filepath.Ext(c.Out), ".zip") {
		if err := os.MkdirAll(c.Out, 0o700); err != nil {
			return nil, nil, fmt.Errorf("make the folder: %w", err)
		}
		if entries, err := os.ReadDir(c.Out); err != nil || len(entries) > 0 {
			return nil, nil, inventory.Errorf(inventory.Invalid, "%s is not an empty folder: name another with --out", c.Out)
		}
		return exchange.Folder(c.Out), func(err error) error { return err }, nil
	}
	f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, nil, inventory.Errorf(inventory.Invalid, "%s is there already: name another with --out", c.Out)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("write the zip file: %w", err)
	}
	zip := exchange.NewZip(f)
	return zip, func(err error) error {
		if err == nil {
			err = zip.Close()
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return errors.Join(err, os.Remove(c.Out))
		}
		return nil
	}, nil
}

// writeKeys writes the keys of the client's licences, locked with the passphrase.
func writeKeys(app *App, s *store.Store, clientID string, passphrase inventory.Secret, out *exchange.ArchiveWriter) error {
	var text bytes.Buffer
	rows := 0
	err := s.ArchiveKeys(app.ctx, app.reader(), clientID, func(row map[string]any) error {
		rows++
		return json.NewEncoder(&text).Encode(row)
	})
	if err != nil {
		return err
	}
	locked, err := lock(passphrase, text.Bytes())
	if err != nil {
		return err
	}
	return out.Add(exchange.KeysFile, rows, func(w io.Writer) error {
		_, err := w.Write(locked)
		return err
	})
}

// archives takes whole clients out of the store. It is the API's Archives, and the
// command line's.
type archives struct {
	store *store.Store
	now   func() time.Time
}

// begin begins an archive.
func (a archives) begin(client inventory.Client, sink exchange.Sink, leftOut map[string]string) *exchange.ArchiveWriter {
	return exchange.NewArchive(sink, exchange.Manifest{
		Parc: versionLine(), At: a.now().UTC(), ClientID: client.ID, Client: client.Name, LeftOut: leftOut,
	}, store.ArchiveTables())
}

// fill writes all that is known of the client, and ends the archive.
func (a archives) fill(ctx context.Context, scope inventory.Scope, clientID string, out *exchange.ArchiveWriter) (exchange.Manifest, error) {
	if err := a.store.Archive(ctx, scope, clientID, store.ArchiveTo{Row: out.Row, File: out.File, Assets: out.Assets}); err != nil {
		out.Abandon()
		return exchange.Manifest{}, err
	}
	return out.Close()
}

// WriteZip writes a client's archive as a zip file.
func (a archives) WriteZip(ctx context.Context, scope inventory.Scope, client inventory.Client, w io.Writer) error {
	sink := exchange.NewZip(w)
	if _, err := a.fill(ctx, scope, client.ID, a.begin(client, sink, store.NotArchived)); err != nil {
		return err
	}
	return sink.Close()
}
