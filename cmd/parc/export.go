package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"time"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
)

const (
	archiveFormat = 1
	manifestName  = "manifest.json"
)

// manifest says what an archive holds.
type manifest struct {
	Format   int               `json:"format"`
	Parc     string            `json:"parc"`
	At       time.Time         `json:"at"`
	ClientID string            `json:"client_id"`
	Client   string            `json:"client"`
	Files    []archiveFile     `json:"files"`
	LeftOut  map[string]string `json:"left_out"`
}

type archiveFile struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows,omitempty"`
	SHA256 string `json:"sha256"`
}

const archiveReadme = `Ce dossier contient tout ce que parc sait d'un client, en formats ouverts :
un fichier JSON Lines par sorte d'objet (une ligne, un objet), la liste des
équipements en assets.csv, et manifest.json : version du format, nombre de lignes
et empreinte SHA-256 de chaque fichier. Les secrets de connexion n'y sont pas.
Les clés de licence n'y sont que sur demande (--with-keys), dans
licence_keys.jsonl.enc, chiffré par une phrase secrète. Pour l'ouvrir sans parc :
openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -in licence_keys.jsonl.enc -pass file:FICHIER
Retour dans un parc : parc import DOSSIER

This folder holds all that parc knows of one client, in open formats: a JSON
Lines file for each kind of thing (one line, one thing), the list of assets as
assets.csv, and manifest.json: the format's version, the number of lines and the
SHA-256 of each file. Sign-in secrets are not in it. Licence keys are in it only
on demand (--with-keys), in licence_keys.jsonl.enc, encrypted with a passphrase.
To open it without parc:
openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -in licence_keys.jsonl.enc -pass file:FILE
Back into a parc: parc import FOLDER
`

// ExportCmd writes a whole client in open formats.
type ExportCmd struct {
	Client string `required:"" help:"Whose data." placeholder:"NAME"`
	Out    string `required:"" help:"Folder to write to; made when it is not there, refused when it is not empty." placeholder:"DIR"`

	WithKeys string `help:"Take the keys of licences along, encrypted with the passphrase in the first line of this file." placeholder:"FILE"`
}

// Run writes the archive; the manifest comes last, so that a folder without one
// is no archive.
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
	if err := os.MkdirAll(c.Out, 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	if entries, err := os.ReadDir(c.Out); err != nil || len(entries) > 0 {
		return inventory.Errorf(inventory.Invalid, "%s is not an empty folder: name another with --out", c.Out)
	}
	m := manifest{Format: archiveFormat, Parc: versionLine(), At: app.now().UTC(), ClientID: client.ID, Client: client.Name, LeftOut: maps.Clone(store.NotArchived)}
	left := "sign-in secrets, keys of licences"
	if c.WithKeys != "" { // first, so that the history taken along tells of it
		if err := writeKeys(app, s, c.Out, passphrase, &m); err != nil {
			return err
		}
		left = "sign-in secrets"
		delete(m.LeftOut, store.KeysTable)
	}
	if err := writeArchive(app, s, scope, c.Out, &m); err != nil {
		return err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Out, manifestName), append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	rows := 0
	for _, f := range m.Files {
		rows += f.Rows
	}
	app.say("%s: %s in %s; left out: %s", c.Out, count(rows, "row"), count(len(m.Files), "file"), left)
	return nil
}

// keysName is the file of an archive that holds the keys of licences.
const keysName = store.KeysTable + ".jsonl.enc"

// writeKeys writes the keys of the client's licences, locked with the passphrase.
func writeKeys(app *App, s *store.Store, dir string, passphrase inventory.Secret, m *manifest) error {
	var text bytes.Buffer
	rows := 0
	err := s.ArchiveKeys(app.ctx, app.reader(), m.ClientID, func(row map[string]any) error {
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
	f, err := createSummed(dir, keysName)
	if err != nil {
		return err
	}
	f.rows = rows
	_, err = f.Write(locked)
	return errors.Join(err, f.finish(m))
}

func writeArchive(app *App, s *store.Store, scope inventory.Scope, dir string, m *manifest) error {
	files := map[string]*summed{}
	for _, table := range store.ArchiveTables() {
		f, err := createSummed(dir, table+".jsonl")
		if err != nil {
			return err
		}
		defer f.file.Close() // closed below too; this one is for the ways out in between
		files[table] = f
	}
	err := s.Archive(app.ctx, scope, m.ClientID, func(table string, row map[string]any) error {
		files[table].rows++
		return json.NewEncoder(files[table]).Encode(row)
	})
	if err != nil {
		return err
	}
	for _, table := range store.ArchiveTables() {
		if err := files[table].finish(m); err != nil {
			return err
		}
	}
	list, err := createSummed(dir, "assets.csv")
	if err != nil {
		return err
	}
	defer list.file.Close()
	err = exchange.WriteAssets(list, "csv", "fr", func(yield func(inventory.Asset) error) error {
		return s.AssetsFull(app.ctx, scope, inventory.AssetFilter{ClientID: m.ClientID}, yield)
	})
	if err := errors.Join(err, list.finish(m)); err != nil {
		return err
	}
	readme, err := createSummed(dir, "README.txt")
	if err != nil {
		return err
	}
	_, err = io.WriteString(readme, archiveReadme)
	return errors.Join(err, readme.finish(m))
}

// summed is a file that is summed up while it is written.
type summed struct {
	name string
	file *os.File
	out  *bufio.Writer
	sum  hash.Hash
	rows int
}

func createSummed(dir, name string) (*summed, error) {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write the archive: %w", err)
	}
	return &summed{name: name, file: f, out: bufio.NewWriter(f), sum: sha256.New()}, nil
}

// Write writes and sums up.
func (f *summed) Write(b []byte) (int, error) {
	_, _ = f.sum.Write(b) // a hash never fails
	return f.out.Write(b)
}

func (f *summed) finish(m *manifest) error {
	m.Files = append(m.Files, archiveFile{f.name, f.rows, hex.EncodeToString(f.sum.Sum(nil))})
	if err := errors.Join(f.out.Flush(), f.file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", f.name, err)
	}
	return nil
}
