package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
)

// importArchive brings back a client from the folder or the zip file that parc
// export wrote; the keys of its licences with the passphrase in a file.
func importArchive(app *App, path, passphraseFile string) (err error) {
	a, err := exchange.OpenArchive(path, store.ArchiveTables())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	keys, err := readKeys(a, path, passphraseFile)
	if err != nil {
		return err
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	rows := 0
	next := func(table string) (row map[string]any, err error) {
		if table == store.KeysTable {
			row, err = nextKey(keys)
		} else {
			row, err = a.Next(table)
		}
		if row != nil {
			rows++
		}
		return row, err
	}
	if err := s.Restore(app.ctx, inventory.ScopeAll("cli"), a.Manifest.ClientID, store.ArchiveFrom{Next: next, Open: a.Open}); err != nil {
		return inventory.Errorf(inventory.CodeOf(err), "%s: %w", path, err)
	}
	app.say("%s: client %s is back, %s", path, inventory.CleanTo(a.Manifest.Client, 200), count(rows, "row"))
	if passphraseFile == "" && a.Manifest.HasKeys() {
		app.say("The keys of its licences stay in %s: to have them too, import into an empty database with --with-keys FILE", exchange.KeysFile)
	}
	return nil
}

// mostKeys bounds the file of keys, in bytes: it is opened in memory.
const mostKeys = 64 << 20

// readKeys opens the keys of an archive's licences; nothing without a passphrase.
func readKeys(a *exchange.Archive, path, passphraseFile string) (*json.Decoder, error) {
	if passphraseFile == "" {
		return nil, nil
	}
	passphrase, err := readPassphrase(passphraseFile)
	if err != nil {
		return nil, err
	}
	if !a.Manifest.HasKeys() {
		return nil, inventory.Errorf(inventory.Invalid, "%s was exported without keys: leave --with-keys out", path)
	}
	locked, err := a.Read(exchange.KeysFile, mostKeys)
	if err != nil {
		return nil, inventory.Errorf(inventory.CodeOf(err), "%s: %w", path, err)
	}
	text, err := unlock(passphrase, locked)
	if err != nil {
		return nil, inventory.Errorf(inventory.CodeOf(err), "%s of %s: %w; nothing stored", exchange.KeysFile, path, err)
	}
	return json.NewDecoder(bytes.NewReader(text)), nil
}

func nextKey(keys *json.Decoder) (row map[string]any, err error) {
	if keys == nil {
		return nil, nil
	}
	if err := keys.Decode(&row); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil || row == nil {
		return nil, inventory.Errorf(inventory.Invalid, "%s holds no JSON objects", exchange.KeysFile)
	}
	return row, nil
}
