package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"parc/inventory"
)

// aloneKey is the number of the advisory lock of [Store.Alone]: "parc" in ASCII.
const aloneKey = 0x70617263

// Alone runs do while no other server on the same Postgres runs its own. On
// SQLite it waits for this program's writers only: programs that share a file
// must bear each other in do.
func (s *Store) Alone(ctx context.Context, do func(ctx context.Context) error) (err error) {
	if s.dialect.oneWriter {
		release, err := s.turn(ctx)
		if err != nil {
			return err
		}
		defer release()
		return do(ctx)
	}
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return s.explain(err, "wait for the other servers")
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", aloneKey); err != nil {
		return s.explain(err, "wait for the other servers")
	}
	defer func() {
		_, unlock := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", aloneKey)
		err = errors.Join(err, s.explain(unlock, "let the other servers go on"))
	}()
	return do(ctx)
}

// Listener opens one connection of its own to Postgres, on which the queue hears
// of new and cancelled jobs. The caller closes it.
func (s *Store) Listener(ctx context.Context) (*pgxpool.Pool, error) {
	if s.dialect.config == nil {
		return nil, inventory.Errorf(inventory.Invalid, "%s is no Postgres: there is nothing to listen to", s.dialect.where)
	}
	config, err := pgxpool.ParseConfig(s.dialect.config.ConnString())
	if err != nil {
		return nil, fmt.Errorf("listen to %s: %w", s.dialect.where, err)
	}
	config.MaxConns, config.MinConns = 1, 0
	pool, err := pgxpool.NewWithConfig(ctx, config)
	return pool, s.explain(err, "listen to "+s.dialect.where)
}
