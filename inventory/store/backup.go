package store

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

// A backup is a zip file: one file of JSON Lines for each table, and a manifest
// that comes last and says what every one of them must be. Values are written as
// Archive writes them, so that either database takes in what the other gave.
const (
	backupFormat   = 1
	backupManifest = "manifest.json"
	backupSuffix   = ".jsonl"
)

// BackupManifest says what a backup holds.
type BackupManifest struct {
	Format     int               `json:"format"`
	Parc       string            `json:"parc"` // the program's version
	At         time.Time         `json:"at"`
	Database   string            `json:"database"`   // which kind it was taken of
	Migrations []int64           `json:"migrations"` // those that its tables have been through
	Key        string            `json:"key"`        // tells the key file of its secrets from others; "" when it was not known
	Tables     []BackupTable     `json:"tables"`
	LeftOut    map[string]string `json:"left_out"`
}

// BackupTable is one table of a backup.
type BackupTable struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Rows counts the rows of all tables.
func (m BackupManifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// backedUp names the tables of a backup, in an order in which rows can be put
// back: those of clients' archives, and what an archive leaves to its installation.
func backedUp() []string {
	return append(ArchiveTables(), partsTable, "credentials", KeysTable, "enrolments", "agents", "network_finds", "users", "calendars", "settings", "catalogue", "maker_keys")
}

// notBackedUp names the tables that a backup leaves out, and why.
var notBackedUp = map[string]string{
	"sessions": "who is signed in: everybody signs in again",
	"jobs":     "what the queue was doing: schedules go on from their next time",
	"key file": "what opens the stored secrets: keep a copy of it elsewhere",
}

// passing tells tables that hold nothing of parc's own: the queue's, and those in
// which migrations and SQLite keep account.
func passing(table string) bool {
	return table == "sessions" || strings.HasPrefix(table, "river_") || strings.HasPrefix(table, "goose_") || strings.HasPrefix(table, "sqlite_")
}

// Backup writes the whole database as of one moment, while others go on writing.
// Secrets stay encrypted as they are. The caller keeps what was written only when
// there is no error. A table that this program does not know is Unavailable: a
// newer one made the database.
func (s *Store) Backup(ctx context.Context, scope inventory.Scope, parc string, w io.Writer) (BackupManifest, error) {
	m := BackupManifest{Format: backupFormat, Parc: parc, At: s.now(), Database: s.dialect.name, Key: s.sealer.fingerprint(), LeftOut: notBackedUp}
	if err := installation(scope, "backups"); err != nil {
		return m, err
	}
	var err error
	if m.Migrations, err = s.applied(ctx); err != nil {
		return m, err
	}
	out := zip.NewWriter(w)
	options := &sql.TxOptions{ReadOnly: true}
	if !s.dialect.oneWriter {
		options.Isolation = sql.LevelRepeatableRead // on SQLite every transaction sees one moment
	}
	err = s.as(ctx, scope).Transaction(func(tx *gorm.DB) error {
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		tables, err := s.ownTables(ctx, under)
		if err != nil {
			return err
		}
		for _, table := range tables {
			t, err := backUpTable(ctx, under, table, out)
			if err != nil {
				return fmt.Errorf("back up %s: %w", table, err)
			}
			m.Tables = append(m.Tables, t)
		}
		return nil
	}, options)
	if err != nil {
		return m, s.explain(err, "back up")
	}
	entry, err := out.Create(backupManifest)
	if err != nil {
		return m, err
	}
	coder := json.NewEncoder(entry)
	coder.SetIndent("", "  ")
	if err := coder.Encode(m); err != nil {
		return m, err
	}
	return m, out.Close()
}

// applied gives the migrations that the tables have been through.
func (s *Store) applied(ctx context.Context) ([]int64, error) {
	if err := s.dialect.checkOwner(ctx, s.pool); err != nil { // looking at another program's would leave tables in it
		return nil, s.explain(err, "look at the tables")
	}
	all, err := s.Migrations(ctx)
	if err != nil {
		return nil, err
	}
	var versions []int64
	for _, m := range all {
		if !m.AppliedAt.IsZero() {
			versions = append(versions, m.Version)
		}
	}
	if len(versions) == 0 {
		return nil, inventory.Errorf(inventory.NotFound, "%s has no tables of parc", s.dialect.where)
	}
	return versions, nil
}

// ownTables gives the tables to back up that the database has.
func (s *Store) ownTables(ctx context.Context, tx *sql.Tx) ([]string, error) {
	rows, err := tx.QueryContext(ctx, s.dialect.tables)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if !passing(name) && !slices.Contains(backedUp(), name) {
			return nil, inventory.Errorf(inventory.Unavailable, "this parc does not know the table %s: a newer one must back it up", name)
		}
		have[name] = true
	}
	return slices.DeleteFunc(backedUp(), func(name string) bool { return !have[name] }), rows.Err()
}

func backUpTable(ctx context.Context, tx *sql.Tx, table string, out *zip.Writer) (BackupTable, error) {
	entry, err := out.Create(table + backupSuffix)
	if err != nil {
		return BackupTable{}, err
	}
	w := &summing{out: bufio.NewWriterSize(entry, 64<<10), sum: sha256.New()}
	coder := json.NewEncoder(w)
	t := BackupTable{Name: table}
	// The names of tables are those of the list above, never from outside.
	err = archiveTable(ctx, tx, table, "SELECT * FROM "+table, nil, func(_ string, row map[string]any) error {
		t.Rows++
		return coder.Encode(row)
	})
	if err != nil {
		return t, err
	}
	t.Bytes, t.SHA256 = w.bytes, hex.EncodeToString(w.sum.Sum(nil))
	return t, w.out.Flush()
}

// summing sums up what it passes on.
type summing struct {
	out   *bufio.Writer
	sum   hash.Hash
	bytes int64
}

// Write writes and sums up.
func (w *summing) Write(b []byte) (int, error) {
	_, _ = w.sum.Write(b) // a hash never fails
	w.bytes += int64(len(b))
	return w.out.Write(b)
}

// Fingerprint tells the key in use from others, and nothing else of it; "" without
// a key. A backup bears that of the key with which its secrets open.
func (s *Store) Fingerprint() string { return s.sealer.fingerprint() }

func (s *sealer) fingerprint() string {
	if s.aead == nil {
		return ""
	}
	return s.mark("", "fingerprint of the key")[:16]
}
