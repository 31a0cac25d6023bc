package store

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	modernc "modernc.org/sqlite"

	"parc/inventory"
	"parc/migrations"
)

// dialect is what differs between the two databases. Statements themselves are
// the same on both.
type dialect struct {
	name  string
	where string // the file, or host:port/name: never a password

	// oneWriter: one transaction writes at a time, so writers queue up.
	oneWriter bool

	// open makes the pool; it need not reach the database yet.
	open func(wait time.Duration) (*sql.DB, error)

	// ping checks that the database answers and is one.
	ping func(ctx context.Context, db *sql.DB) error

	// gorm wraps the pool.
	gorm func(db *sql.DB) gorm.Dialector

	// values writes the rows of an INSERT; nil is gorm's own way.
	values clause.ClauseBuilder

	// checkOwner refuses a database that is somebody else's.
	checkOwner func(ctx context.Context, db *sql.DB) error

	// analyse refreshes the statistics of the tables that scans fill; "" where the
	// migrations have given them once and for all.
	analyse string

	// tables lists the names of all tables.
	tables string

	// mark is the place of the nth value in a statement. SQLite takes $1 and ?1 for
	// names, and looks every name up among all of them: with thousands that takes
	// seconds.
	mark func(n int) string

	// findIdentifiers gives the assets of a client ($1) that are known by any of the
	// values ($3, of texts) of a kind ($2); addIdentifiers adds the rows of a client ($1)
	// that are not there. A machine has many identifiers, so these two decide how fast a
	// scan is stored, and each database has its own best way to be given a list.
	findIdentifiers string
	addIdentifiers  func(n int) string
	list            func(columns ...[]string) []any  // the arguments after the first ones
	texts           func(list []string) (any, error) // many texts as one value

	// trouble says what kind of error the database gave, by its code.
	trouble func(err error) trouble

	// config reaches the same Postgres beside the pool; nil on SQLite.
	config *pgx.ConnConfig
}

// The dialects' own words for locking rows: SQLite's one writer needs none.
const (
	lockClient  = "NO KEY UPDATE" // waits for others that write the same client; lets rows be added that refer to it
	lockDue     = "UPDATE"        // with lockSkip: rows that another server holds are not there
	lockSkip    = "SKIP LOCKED"
	mostSQLite  = 32766 // parameters in one statement
	mostOnePage = 500   // rows in one statement, well below both limits for rows of up to 60 columns
	mostLong    = 100   // of rows with long documents: a larger statement is copied more often than it is worth
)

// dialectOf tells from the DSN which database it is.
func dialectOf(dsn string) (*dialect, error) {
	switch {
	case dsn == "":
		return nil, inventory.Errorf(inventory.Invalid, "no database: name a file, or postgres://user:password@host:port/name")
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		return postgresDialect(dsn)
	case strings.Contains(dsn, "://"):
		scheme, _, _ := strings.Cut(dsn, "://")
		return nil, inventory.Errorf(inventory.Invalid, "parc has no database of the kind %q: name a file, or postgres://user:password@host:port/name", inventory.CleanTo(scheme, 20))
	case strings.Contains(dsn, ":memory:"):
		return nil, inventory.Errorf(inventory.Invalid, "parc keeps its data in a file: name one instead of %s", inventory.CleanTo(dsn, 40))
	case strings.IndexByte(dsn, 0) >= 0:
		return nil, inventory.Errorf(inventory.Invalid, "the name of the database's file holds a zero byte")
	}
	return sqliteDialect(dsn), nil
}

// sqlitePragmas is for every connection. The time flags are not taste: without
// them times are kept as text with mixed offsets, and compare wrongly.
var sqlitePragmas = url.Values{
	"_journal_mode": {"WAL"},
	"_synchronous":  {"NORMAL"}, // with WAL: a power cut may lose the last transactions, never the file; a killed parc loses nothing
	"_foreign_keys": {"1"},
	"_txlock":       {"immediate"}, // a transaction that reads and then writes cannot find the file locked halfway
	"_time_format":  {"sqlite"},
	"_timezone":     {"UTC"},
	"_texttotime":   {"1"},
	"_pragma": {
		"cache_size(-32000)",       // KiB for each connection: the default of 2 MB is too small for the indexes of an estate
		"wal_autocheckpoint(4000)", // pages
		"temp_store(MEMORY)",
	},
}

func sqliteDialect(path string) *dialect {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	return &dialect{
		name: migrations.SQLite, where: path, oneWriter: true,
		open: func(wait time.Duration) (*sql.DB, error) {
			if err := checkPath(path); err != nil {
				return nil, err
			}
			query := url.Values{"_busy_timeout": {strconv.FormatInt(wait.Milliseconds(), 10)}}
			for key, value := range sqlitePragmas {
				query[key] = value
			}
			file := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: query.Encode()}
			db, err := sql.Open("sqlite", file.String())
			if err != nil {
				return nil, err
			}
			db.SetMaxOpenConns(8)
			db.SetMaxIdleConns(8)
			return db, nil
		},
		ping: func(ctx context.Context, db *sql.DB) error {
			var n int
			return db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n)
		},
		gorm: func(db *sql.DB) gorm.Dialector { return sqlite.New(sqlite.Config{Conn: db}) },
		checkOwner: func(ctx context.Context, db *sql.DB) error {
			var tables, ours int
			err := db.QueryRowContext(ctx, `SELECT count(*), count(CASE WHEN name = 'goose_db_version' THEN 1 END)
				FROM sqlite_master WHERE type = 'table'`).Scan(&tables, &ours)
			if err == nil && tables > 0 && ours == 0 {
				return inventory.Errorf(inventory.Invalid, "%s is the database of another program: name another file", path)
			}
			return err
		},
		tables:          "SELECT name FROM sqlite_master WHERE type = 'table'",
		mark:            func(int) string { return "?" },
		findIdentifiers: "SELECT DISTINCT asset_id FROM identifiers WHERE client_id = ? AND kind = ? AND value IN (SELECT value FROM json_each(?))",
		texts:           func(list []string) (any, error) { text, err := encode(list); return string(text), err },
		addIdentifiers: func(n int) string {
			return "INSERT INTO identifiers (client_id, kind, value, asset_id) SELECT ?, column1, column2, column3 FROM (VALUES (?,?,?)" +
				strings.Repeat(",(?,?,?)", n-1) + ") WHERE true ON CONFLICT DO NOTHING"
		},
		list: func(columns ...[]string) (args []any) {
			for row := range columns[0] {
				for _, column := range columns {
					args = append(args, column[row])
				}
			}
			return args
		},
		trouble: sqliteTrouble,
	}
}

// checkPath gives the clear words for what SQLite only calls "unable to open".
func checkPath(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, os.ErrPermission):
		return inventory.Errorf(inventory.Unavailable, "the folder %s of the database is closed to this user: give it the right to, or name another file", folder)
	case err != nil || !info.IsDir():
		return inventory.Errorf(inventory.Unavailable, "the folder %s of the database is not there: make it, or name another file", folder)
	}
	info, err = os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		// Made here, for this user alone: it holds what clients own.
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return inventory.Errorf(inventory.Unavailable, "cannot make the database %s: give this user the right to, or name another file (%w)", path, err)
		}
		return f.Close()
	case err != nil:
		return inventory.Errorf(inventory.Unavailable, "cannot look at the database %s: %w", path, err)
	case !info.Mode().IsRegular():
		return inventory.Errorf(inventory.Invalid, "%s is no file: name the file of the database", path)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return inventory.Errorf(inventory.Unavailable, "cannot read and write the database %s: give this user the right to, or name another file (%w)", path, err)
	}
	return f.Close()
}

func postgresDialect(dsn string) (*dialect, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil { // pgx repeats the DSN in its error; ours does not
		return nil, inventory.Errorf(inventory.Invalid, "the address of the Postgres database cannot be read: write it as postgres://user:password@host:port/name, with special characters of the password in percent-encoding")
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "parc"
	}
	host := net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	if strings.HasPrefix(config.Host, "/") {
		host = config.Host
	}
	d := &dialect{
		name: migrations.Postgres, where: host + "/" + config.Database, config: config,
		open: func(time.Duration) (*sql.DB, error) {
			db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(timesInUTC))
			db.SetMaxOpenConns(16)
			db.SetMaxIdleConns(8)
			db.SetConnMaxIdleTime(5 * time.Minute)
			db.SetConnMaxLifetime(time.Hour)
			return db, nil
		},
		ping:            func(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) },
		gorm:            func(db *sql.DB) gorm.Dialector { return postgres.New(postgres.Config{Conn: db}) },
		values:          buildValues,
		checkOwner:      func(context.Context, *sql.DB) error { return nil },
		tables:          "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
		mark:            func(n int) string { return "$" + strconv.Itoa(n) },
		findIdentifiers: "SELECT DISTINCT asset_id FROM identifiers WHERE client_id = $1 AND kind = $2 AND value = ANY ($3)",
		texts:           func(list []string) (any, error) { return list, nil },
		addIdentifiers: func(int) string {
			return "INSERT INTO identifiers (client_id, kind, value, asset_id) SELECT $1, kind, value, asset_id " +
				"FROM unnest($2::text[], $3::text[], $4::text[]) AS added (kind, value, asset_id) ON CONFLICT DO NOTHING"
		},
		list: func(columns ...[]string) (args []any) {
			for _, column := range columns {
				args = append(args, column)
			}
			return args
		},
		trouble: postgresTrouble,
		analyse: "ANALYZE assets, identifiers, sightings, changes, observations",
	}
	return d, nil
}

// timesInUTC makes the driver give instants in UTC instead of the machine's zone.
func timesInUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// trouble is what kind of error a database gave.
type trouble int

const (
	unknownTrouble trouble = iota
	duplicate              // a unique key is there already
	dangling               // a reference to what is not there, or what is still referred to
	refusedValue           // a check of the table, or a text the database does not take
	locked                 // somebody else holds what is needed
	away                   // the database does not answer
	denied                 // it does not let us in, or not write
	full                   // no room left
	damaged                // the file is broken
	notDatabase            // the file is none
	noDatabase             // the server has no database of that name
)

func sqliteTrouble(err error) trouble {
	var e *modernc.Error
	if !errors.As(err, &e) {
		return unknownTrouble
	}
	switch e.Code() {
	case 1555, 2067: // primary key, unique
		return duplicate
	case 787: // foreign key
		return dangling
	case 275, 1299: // check, not null
		return refusedValue
	}
	switch e.Code() & 0xff {
	case 5, 6: // busy, locked
		return locked
	case 3, 8, 23: // perm, readonly, auth
		return denied
	case 10, 14: // I/O error, cannot open
		return away
	case 11: // corrupt
		return damaged
	case 13:
		return full
	case 26:
		return notDatabase
	}
	return unknownTrouble
}

func postgresTrouble(err error) trouble {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		var connect *pgconn.ConnectError
		var network net.Error
		if errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, net.ErrClosed) {
			return away
		}
		return unknownTrouble
	}
	switch e.Code {
	case "23505":
		return duplicate
	case "23503":
		return dangling
	case "23514", "23502", "22021", "22P05", "22003": // the last: a number too large for its column
		return refusedValue
	case "55P03", "40P01", "40001", "53300": // lock, deadlock, serialisation, too many connections
		return locked
	case "28P01", "28000", "42501", "25006": // password, authorisation, privilege, read-only
		return denied
	case "3D000":
		return noDatabase
	case "53100", "53200": // disk, memory
		return full
	case "57P01", "57P02", "57P03": // shutting down, crashed, starting
		return away
	}
	return unknownTrouble
}
