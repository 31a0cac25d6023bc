package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"parc/inventory"
	"parc/inventory/store"
)

// importArchive brings back a client from the folder that parc export wrote; the
// keys of its licences with the passphrase in a file.
func importArchive(app *App, dir, passphraseFile string) (err error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return unreadable(filepath.Join(dir, manifestName), err)
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return inventory.Errorf(inventory.Invalid, "%s of %s is no manifest of an export", manifestName, dir)
	}
	if m.Format != archiveFormat {
		return inventory.Errorf(inventory.Invalid, "%s is in format %d, this parc reads %d", dir, m.Format, archiveFormat)
	}
	for _, f := range m.Files {
		if err := checkSum(dir, f); err != nil {
			return err
		}
	}
	r := archiveReader{dir: dir, files: m.Files}
	if r.keys, err = readKeys(dir, m, passphraseFile); err != nil {
		return err
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	defer r.close()
	if err := s.Restore(app.ctx, inventory.ScopeAll("cli"), m.ClientID, r.next); err != nil {
		return inventory.Errorf(inventory.CodeOf(err), "%s: %w", dir, err)
	}
	app.say("%s: client %s is back, %s", dir, m.Client, count(r.rows, "row"))
	if passphraseFile == "" && m.hasKeys() {
		app.say("The keys of its licences stay in %s: to have them too, import into an empty database with --with-keys FILE", keysName)
	}
	return nil
}

func (m *manifest) hasKeys() bool {
	return slices.ContainsFunc(m.Files, func(f archiveFile) bool { return f.Name == keysName })
}

// mostKeys bounds the file of keys, in bytes: it is opened in memory.
const mostKeys = 64 << 20

// readKeys opens the keys of an archive's licences; nothing without a passphrase.
func readKeys(dir string, m manifest, passphraseFile string) (*json.Decoder, error) {
	if passphraseFile == "" {
		return nil, nil
	}
	passphrase, err := readPassphrase(passphraseFile)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, keysName)
	if !m.hasKeys() {
		return nil, inventory.Errorf(inventory.Invalid, "%s was exported without keys: leave --with-keys out", dir)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > mostKeys {
		return nil, inventory.Errorf(inventory.Invalid, "%s is not there, or too large", path)
	}
	locked, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	text, err := unlock(passphrase, locked)
	if err != nil {
		return nil, inventory.Errorf(inventory.CodeOf(err), "%s: %w; nothing stored", path, err)
	}
	return json.NewDecoder(bytes.NewReader(text)), nil
}

func checkSum(dir string, f archiveFile) error {
	if !filepath.IsLocal(f.Name) || filepath.Base(f.Name) != f.Name {
		return inventory.Errorf(inventory.Invalid, "%s names a file outside the folder: %q", manifestName, inventory.CleanTo(f.Name, 80))
	}
	in, err := os.Open(filepath.Join(dir, f.Name))
	if err != nil {
		return unreadable(filepath.Join(dir, f.Name), err)
	}
	defer in.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err != nil {
		return unreadable(filepath.Join(dir, f.Name), err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return inventory.Errorf(inventory.Invalid, "%s is not as it was exported (its SHA-256 differs): nothing stored", filepath.Join(dir, f.Name))
	}
	return nil
}

// archiveReader gives the rows of an archive's files, a table after the other.
type archiveReader struct {
	dir   string
	files []archiveFile
	table string
	file  *os.File
	in    *json.Decoder
	keys  *json.Decoder // the keys of licences, opened
	rows  int
}

func (r *archiveReader) next(table string) (map[string]any, error) {
	if r.table != table {
		r.close()
		r.table = table
		if table == store.KeysTable {
			r.in = r.keys
		}
		for _, f := range r.files { // only what the manifest sums up is read
			if f.Name != table+".jsonl" || table == store.KeysTable {
				continue
			}
			file, err := os.Open(filepath.Join(r.dir, f.Name))
			if err != nil {
				return nil, unreadable(f.Name, err)
			}
			r.file, r.in = file, json.NewDecoder(bufio.NewReader(file))
			r.in.UseNumber()
		}
	}
	if r.in == nil {
		return nil, nil // an older parc had no such table
	}
	var row map[string]any
	if err := r.in.Decode(&row); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil || row == nil {
		return nil, inventory.Errorf(inventory.Invalid, "%s.jsonl holds no JSON objects", table)
	}
	r.rows++
	return row, nil
}

func (r *archiveReader) close() {
	if r.file != nil {
		_ = r.file.Close() // only read
	}
	r.file, r.in = nil, nil
}
