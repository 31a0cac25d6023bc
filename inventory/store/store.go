package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
	"parc/migrations"
)

// Options say which database to open and how.
type Options struct {
	DSN  string           // a file's path (SQLite), or postgres://user:password@host:port/name
	Key  []byte           // 32 bytes that encrypt secrets; none: secrets can be neither kept nor read
	Log  *slog.Logger     // nil: no log
	Now  func() time.Time // nil: time.Now
	Wait time.Duration    // how long to wait for a locked SQLite file; 0: ten seconds
}

// Store is an open database. Its methods may be used by many goroutines.
type Store struct {
	db      *gorm.DB
	pool    *sql.DB
	dialect *dialect
	sealer  *sealer
	log     *slog.Logger
	clock   func() time.Time
	writer  chan struct{} // SQLite: whose turn it is to write; nil on Postgres
	growth  growth
}

// Open opens the database and checks that it answers; the tables are brought up
// to date by Migrate. A DSN that is none is Invalid, a file that is no database
// too; Unavailable says why a file or a server cannot be reached, and Busy that
// another program holds the file.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wait <= 0 {
		o.Wait = 10 * time.Second
	}
	sealer, err := newSealer(o.Key)
	if err != nil {
		return nil, err
	}
	dialect, err := dialectOf(o.DSN)
	if err != nil {
		return nil, err
	}
	pool, err := dialect.open(o.Wait)
	if err != nil {
		return nil, err
	}
	s := &Store{pool: pool, dialect: dialect, sealer: sealer, log: o.Log, clock: o.Now}
	if dialect.oneWriter {
		s.writer = make(chan struct{}, 1)
	}
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	s.db, err = gorm.Open(dialect.gorm(pool), &gorm.Config{
		SkipDefaultTransaction: true,
		NowFunc:                s.now,
		Logger:                 slowLog{o.Log},
	})
	if err == nil {
		err = registerGuard(s.db)
	}
	if err == nil && dialect.values != nil {
		s.db.ClauseBuilders["VALUES"] = dialect.values
	}
	if err != nil {
		return nil, errors.Join(s.explain(err, "open the database"), pool.Close())
	}
	return s, nil
}

// Migrate brings the tables up to date. Several servers may do so at once.
func (s *Store) Migrate(ctx context.Context) error {
	if err := s.dialect.checkOwner(ctx, s.pool); err != nil {
		return s.explain(err, "look at the tables")
	}
	err := migrations.Apply(ctx, s.pool, s.dialect.name)
	for try := 0; err != nil && s.dialect.oneWriter && try < 3 && !errors.Is(err, migrations.ErrNewer) && ctx.Err() == nil; try++ {
		// Two programs that make one SQLite file at the same moment: the slower
		// one finds the tables there already, and up to date at its next look.
		err = migrations.Apply(ctx, s.pool, s.dialect.name)
	}
	if errors.Is(err, migrations.ErrNewer) {
		return inventory.Errorf(inventory.Unavailable, "%s: %w: update this parc", s.dialect.where, err)
	}
	return s.explain(err, "migrate")
}

// Migrations lists the migrations this program knows, and when each was applied.
func (s *Store) Migrations(ctx context.Context) ([]migrations.Migration, error) {
	list, err := migrations.Status(ctx, s.pool, s.dialect.name)
	return list, s.explain(err, "list the migrations")
}

// Ping checks that the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.explain(s.dialect.ping(ctx, s.pool), "ping")
}

// Close closes the database; calls under way end with an error.
func (s *Store) Close() error {
	return s.explain(s.pool.Close(), "close the database")
}

// The names that Dialect gives.
const (
	SQLite   = migrations.SQLite
	Postgres = migrations.Postgres
)

// Dialect gives the name of the database's kind: SQLite or Postgres.
func (s *Store) Dialect() string { return s.dialect.name }

// Where tells a person where the database is: the file, or host:port/name.
func (s *Store) Where() string { return s.dialect.where }

// DB gives the pool of connections, for the queue, whose jobs live in the same
// database. Nobody else needs it.
func (s *Store) DB() *sql.DB { return s.pool }

// now is the moment that goes into rows: in UTC and to the microsecond, which
// both databases keep.
func (s *Store) now() time.Time { return moment(s.clock()) }

// moment cuts a time to what both databases keep.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// as gives the database as the scope sees it, outside a transaction.
func (s *Store) as(ctx context.Context, scope inventory.Scope) *gorm.DB {
	return s.db.WithContext(ctx).Set(scopeKey, scope).Session(&gorm.Session{})
}

// within gives a transaction that somebody else has begun, as the scope sees it.
func (s *Store) within(ctx context.Context, tx *sql.Tx, scope inventory.Scope) *gorm.DB {
	db := s.db.WithContext(ctx).Set(scopeKey, scope)
	db.Statement.ConnPool = tx
	return db.Session(&gorm.Session{})
}

// write runs do in a transaction that sees what the scope sees. The
// transaction is rolled back when do gives an error.
func (s *Store) write(ctx context.Context, scope inventory.Scope, do func(tx *gorm.DB) error) error {
	release, err := s.turn(ctx)
	if err != nil {
		return err
	}
	defer release()
	return s.as(ctx, scope).Transaction(do)
}

// turn waits for the turn to write: SQLite has one writer at a time, and its own
// way of waiting is to try again and again, which starves the unlucky.
func (s *Store) turn(ctx context.Context) (release func(), err error) {
	if s.writer == nil {
		return func() {}, nil
	}
	select {
	case s.writer <- struct{}{}:
		return func() { <-s.writer }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// sqlTx gives the transaction under gorm's.
func sqlTx(tx *gorm.DB) (*sql.Tx, error) {
	t, ok := tx.Statement.ConnPool.(*sql.Tx)
	if !ok {
		return nil, fmt.Errorf("no transaction but %T", tx.Statement.ConnPool)
	}
	return t, nil
}
