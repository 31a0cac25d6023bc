// Package migrations owns the tables of parc's database: numbered SQL files,
// embedded, one list for SQLite and Postgres.
//
// The files keep to the SQL that both engines understand. What must differ is a
// word that starts with @, and the only place that knows both readings is the
// table in this file:
//
//	@instant  a moment in UTC, to the microsecond
//	@key      an id or another text that is compared byte by byte, never by
//	          the rules of a language, so that both engines sort it alike
//	@bytes    bytes as they are
//	@roomy    after a table whose rows change with every scan: leaves room in its
//	          pages, so that a changed row stays where its indexes point
//
// Text ids are UUIDs made by parc, days are ISO text, money is a BIGINT of minor
// units beside its currency, lists are JSON in TEXT. Every row of a client
// carries client_id, and the foreign keys between such rows contain it: the
// database itself refuses a row that would join two clients.
//
// A file is never edited after a release; a change is the next number. There
// is no way down: who wants the old version back restores a backup.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// The dialects.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

//go:embed *.sql
var files embed.FS

// words gives, for each dialect, what the @ words of the files stand for.
var words = map[string]*strings.Replacer{
	SQLite: strings.NewReplacer(
		"@instant", "TIMESTAMP", // the declared type by which the driver reads the text as a time
		"@key", "TEXT",
		"@bytes", "BLOB",
		"@roomy", "",
	),
	Postgres: strings.NewReplacer(
		"@instant", "TIMESTAMPTZ",
		"@key", `TEXT COLLATE "C"`,
		"@bytes", "BYTEA",
		"@roomy", "WITH (fillfactor = 70)",
	),
}

// ErrNewer tells that the database has migrations that this program does not know.
var ErrNewer = errors.New("the database was made by a newer version of parc")

// Migration is one numbered file and when it was applied to a database.
type Migration struct {
	Version   int64
	Name      string
	AppliedAt time.Time // zero: still to be applied
}

// Apply brings the tables of the database up to date. Several servers may call
// it at once on one Postgres: one applies, the others wait. It gives ErrNewer,
// and changes nothing, when the database is ahead of this program.
func Apply(ctx context.Context, db *sql.DB, dialect string) error {
	p, err := provider(db, dialect)
	if err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the tables: %w", err)
	}
	if current > target {
		return fmt.Errorf("%w: tables at %d, this program knows %d", ErrNewer, current, target)
	}
	if current == target {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the tables up to date: %w", err)
	}
	return guess(ctx, db, dialect)
}

// ApplyTo makes the tables of an empty database as they were at a version, for
// what was saved then; Apply brings them on from there.
func ApplyTo(ctx context.Context, db *sql.DB, dialect string, version int64) error {
	p, err := provider(db, dialect)
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return fmt.Errorf("make the tables of version %d: %w", version, err)
	}
	return guess(ctx, db, dialect)
}

func guess(ctx context.Context, db *sql.DB, dialect string) error {
	if dialect == SQLite {
		return giveProportions(ctx, db)
	}
	return nil // Postgres gathers its own statistics
}

// Status lists the migrations this program knows, in order.
func Status(ctx context.Context, db *sql.DB, dialect string) ([]Migration, error) {
	p, err := provider(db, dialect)
	if err != nil {
		return nil, err
	}
	status, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the state of the tables: %w", err)
	}
	list := make([]Migration, len(status))
	for i, s := range status {
		list[i] = Migration{Version: s.Source.Version, Name: s.Source.Path, AppliedAt: s.AppliedAt}
	}
	return list, nil
}

func provider(db *sql.DB, dialect string) (*goose.Provider, error) {
	replacer, ok := words[dialect]
	if !ok {
		return nil, fmt.Errorf("no migrations for dialect %q", dialect)
	}
	sources := rendered{files, replacer}
	if dialect == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, db, sources)
	}
	// The default of trying again every 5 s makes each further server wait that
	// long at its start.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, sources, goose.WithSessionLocker(locker))
}

// rendered is the embedded files as one dialect reads them.
type rendered struct {
	fs.FS
	words *strings.Replacer
}

// Open gives a file with its @ words replaced.
func (r rendered) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil || name == "." {
		return f, err
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return page{f, strings.NewReader(r.words.Replace(string(text)))}, nil
}

type page struct {
	fs.File
	text *strings.Reader
}

func (p page) Read(b []byte) (int, error) { return p.text.Read(b) }
