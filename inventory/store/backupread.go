package store

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"

	"gorm.io/gorm"

	"parc/inventory"
	"parc/migrations"
)

// The bounds of a backup that is read.
const (
	longestManifest = 1 << 20
	longestRow      = 128 << 20 // a report is kept in one
	mostUnpacked    = 300       // times the file's own size …
	alwaysUnpacked  = 1 << 30   // … or this many bytes, whichever is more
)

// BackupFile is a backup that has been opened and checked.
type BackupFile struct {
	Manifest BackupManifest
	entries  map[string]*zip.File
}

// OpenBackup opens a backup and reads it to its end: only what is whole, unchanged
// and of a form that this program knows comes back. Invalid says what is not.
func OpenBackup(r io.ReaderAt, size int64) (*BackupFile, error) {
	in, err := zip.NewReader(r, size)
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "no backup of parc, or one that was cut off: %w", err)
	}
	b := &BackupFile{entries: map[string]*zip.File{}}
	for _, f := range in.File {
		if b.entries[f.Name] != nil {
			return nil, inventory.Errorf(inventory.Invalid, "the backup holds %q twice", inventory.CleanTo(f.Name, 60))
		}
		b.entries[f.Name] = f
	}
	if err := b.readManifest(); err != nil {
		return nil, err
	}
	if err := b.checkNames(size); err != nil {
		return nil, err
	}
	for _, t := range b.Manifest.Tables {
		if err := b.eachRow(t, func([]byte) error { return nil }); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *BackupFile) readManifest() error {
	entry := b.entries[backupManifest]
	if entry == nil {
		return inventory.Errorf(inventory.Invalid, "no backup of parc: it has no %s", backupManifest)
	}
	text, err := readEntry(entry, longestManifest)
	if err != nil {
		return inventory.Errorf(inventory.Invalid, "%s: %w", backupManifest, err)
	}
	var format struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(text, &format); err != nil || format.Format < 1 {
		return inventory.Errorf(inventory.Invalid, "%s is no manifest of a backup", backupManifest)
	}
	if format.Format > backupFormat {
		return inventory.Errorf(inventory.Invalid, "the backup is in format %d, this parc reads %d: a newer parc made it", format.Format, backupFormat)
	}
	if err := json.Unmarshal(text, &b.Manifest); err != nil {
		return inventory.Errorf(inventory.Invalid, "%s is no manifest of a backup", backupManifest)
	}
	return nil
}

func readEntry(f *zip.File, most int64) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, most+1))
	if err == nil && int64(len(text)) > most {
		return nil, errors.New("too long")
	}
	return text, err
}

// checkNames refuses files that the manifest does not name and tables that there
// are not: no name of the file's own is ever used for anything.
func (b *BackupFile) checkNames(size int64) error {
	unpacked := int64(0)
	named := map[string]bool{backupManifest: true}
	for _, t := range b.Manifest.Tables {
		name := t.Name + backupSuffix
		switch {
		case !slices.Contains(backedUp(), t.Name):
			return inventory.Errorf(inventory.Invalid, "the backup has a table %q, which this parc does not know: a newer parc made it, or nobody did", inventory.CleanTo(t.Name, 60))
		case named[name]:
			return inventory.Errorf(inventory.Invalid, "the backup names the table %s twice", t.Name)
		case b.entries[name] == nil:
			return inventory.Errorf(inventory.Invalid, "the backup lacks its table %s", t.Name)
		case t.Rows < 0 || t.Bytes < 0 || t.Bytes > 1<<50:
			return inventory.Errorf(inventory.Invalid, "the backup says nonsense of its table %s", t.Name)
		}
		named[name] = true
		unpacked += t.Bytes
	}
	for name := range b.entries {
		if !named[name] {
			return inventory.Errorf(inventory.Invalid, "the backup holds %q, of which its manifest says nothing", inventory.CleanTo(name, 60))
		}
	}
	if unpacked > max(alwaysUnpacked, mostUnpacked*size) {
		return inventory.Errorf(inventory.LimitReached, "the backup would unpack to %d MB, more than any real one of its size", unpacked>>20)
	}
	return nil
}

// eachRow gives the lines of a table, one by one, and refuses one that is not as
// the manifest says. A line is valid until the next.
func (b *BackupFile) eachRow(t BackupTable, each func(line []byte) error) error {
	changed := func(why string) error {
		return inventory.Errorf(inventory.Invalid, "the backup is damaged: table %s is not as it was written (%s)", t.Name, why)
	}
	in, err := b.entries[t.Name+backupSuffix].Open()
	if err != nil {
		return changed(err.Error())
	}
	defer in.Close()
	sum := &summed{in: io.LimitReader(in, t.Bytes+1), sum: sha256.New()}
	lines := bufio.NewScanner(sum)
	lines.Buffer(make([]byte, 64<<10), longestRow)
	rows := int64(0)
	for lines.Scan() {
		if rows++; rows > t.Rows {
			return changed("more rows")
		}
		if err := each(lines.Bytes()); err != nil {
			return err
		}
	}
	switch {
	case errors.Is(lines.Err(), bufio.ErrTooLong):
		return inventory.Errorf(inventory.LimitReached, "a row of table %s is longer than %d MB", t.Name, longestRow>>20)
	case lines.Err() != nil:
		return changed(lines.Err().Error())
	case rows != t.Rows || sum.bytes != t.Bytes:
		return changed(fmt.Sprintf("%d rows of %d, %d bytes of %d", rows, t.Rows, sum.bytes, t.Bytes))
	case hex.EncodeToString(sum.sum.Sum(nil)) != t.SHA256:
		return changed("its SHA-256 differs")
	}
	return nil
}

// summed sums up what is read.
type summed struct {
	in    io.Reader
	sum   hash.Hash
	bytes int64
}

// Read reads and sums up.
func (r *summed) Read(b []byte) (int, error) {
	n, err := r.in.Read(b)
	_, _ = r.sum.Write(b[:n]) // a hash never fails
	r.bytes += int64(n)
	return n, err
}

// RestoreBackup puts a backup into a database in which there is nothing, all of it
// or none, and brings its tables up to date. Into one that holds anything it is a
// Conflict. Of scans that were under way it says that they failed.
func (s *Store) RestoreBackup(ctx context.Context, scope inventory.Scope, b *BackupFile) error {
	if err := installation(scope, "backups"); err != nil {
		return err
	}
	if err := s.likeBackup(ctx, b.Manifest.Migrations); err != nil {
		return err
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		if err := s.nothingIn(ctx, under); err != nil {
			return err
		}
		for _, name := range backedUp() { // in the order in which rows can be put back, whatever the manifest's
			at := slices.IndexFunc(b.Manifest.Tables, func(t BackupTable) bool { return t.Name == name })
			if at < 0 {
				continue
			}
			if err := s.fillTable(ctx, under, b, b.Manifest.Tables[at]); err != nil {
				return inventory.Errorf(inventory.CodeOf(err), "restore %s: %w", name, err)
			}
		}
		_, err = under.ExecContext(ctx, "UPDATE scans SET state = $1, ended_at = $2, error = $3 WHERE state IN ($4, $5)", string(inventory.ScanFailed), s.now(),
			"it was under way when the backup was made that this database comes from: start the scan again", string(inventory.ScanQueued), string(inventory.ScanRunning))
		return err
	})
	if err != nil {
		return s.explain(err, "restore")
	}
	if s.dialect.analyse != "" {
		if _, err := s.pool.ExecContext(ctx, s.dialect.analyse); err != nil {
			return s.explain(err, "restore")
		}
	}
	return s.Migrate(ctx)
}

// likeBackup makes the tables as they were when the backup was made; those that
// are there must be so.
func (s *Store) likeBackup(ctx context.Context, versions []int64) error {
	if err := s.dialect.checkOwner(ctx, s.pool); err != nil {
		return s.explain(err, "look at the tables")
	}
	all, err := s.Migrations(ctx)
	if err != nil {
		return err
	}
	last, fresh := int64(0), true
	for _, v := range versions {
		if !slices.ContainsFunc(all, func(m migrations.Migration) bool { return m.Version == v }) {
			return inventory.Errorf(inventory.Invalid, "a newer parc made the backup (tables at %d): update this parc", v)
		}
		last = max(last, v)
	}
	for _, m := range all {
		fresh = fresh && m.AppliedAt.IsZero()
	}
	if fresh {
		if err := migrations.ApplyTo(ctx, s.pool, s.dialect.name, last); err != nil {
			return s.explain(err, "make the tables")
		}
	}
	now, err := s.applied(ctx)
	if err != nil {
		return err
	}
	if !slices.Equal(now, versions) {
		return inventory.Errorf(inventory.Conflict, "the tables of %s are of another version of parc than the backup's: restore into a database without tables", s.dialect.where)
	}
	return nil
}

// nothingIn keeps others from writing and refuses a database that holds anything.
func (s *Store) nothingIn(ctx context.Context, tx *sql.Tx) error {
	tables, err := s.ownTables(ctx, tx)
	if err != nil {
		return err
	}
	if !s.dialect.oneWriter {
		if _, err := tx.ExecContext(ctx, "LOCK TABLE "+strings.Join(tables, ", ")+" IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return err
		}
	}
	for _, table := range tables {
		var there bool
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+table+")").Scan(&there); err != nil {
			return err
		}
		if there {
			return inventory.Errorf(inventory.Conflict, "%s holds data already (in %s), and nothing is written over it: restore into a new database", s.dialect.where, table)
		}
	}
	return nil
}

// fillTable puts back the rows of a table, and counts them.
func (s *Store) fillTable(ctx context.Context, tx *sql.Tx, b *BackupFile, t BackupTable) error {
	in, err := s.newInserter(ctx, tx, t.Name)
	if err != nil {
		return err
	}
	err = b.eachRow(t, func(line []byte) error {
		var row map[string]any
		coder := json.NewDecoder(bytes.NewReader(line))
		coder.UseNumber()
		if err := coder.Decode(&row); err != nil || row == nil {
			return inventory.Errorf(inventory.Invalid, "row %d is no JSON object", in.number+1)
		}
		return in.add(ctx, row, len(line))
	})
	if err != nil {
		return err
	}
	if err := in.flush(ctx); err != nil {
		return err
	}
	var n int64
	if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+t.Name).Scan(&n); err != nil {
		return err
	}
	if n != t.Rows {
		return fmt.Errorf("%d of %d rows are there", n, t.Rows)
	}
	return nil
}
