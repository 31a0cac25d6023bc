package store

import (
	"context"
	"sync"
)

// growth counts the assets added since Postgres last looked at its tables.
type growth struct {
	mu    sync.Mutex
	added int
	next  int // how many more make another look worth while
}

// firstLook is how many new assets make the first look worth while.
const firstLook = 300

// grow keeps Postgres' statistics in step with tables that grow fast. It looks at
// them by itself about once a minute; a first scan or an import fills empty tables
// in less, and on what it takes for small tables Postgres reads all of a client's
// rows where it could look one up. After each look the tables may double.
func (s *Store) grow(ctx context.Context, created int) {
	if created == 0 || s.dialect.analyse == "" {
		return
	}
	s.growth.mu.Lock()
	s.growth.added += created
	due := s.growth.added >= max(s.growth.next, firstLook)
	if due {
		s.growth.next, s.growth.added = 2*max(s.growth.next, firstLook), 0
	}
	s.growth.mu.Unlock()
	if !due {
		return
	}
	if _, err := s.pool.ExecContext(ctx, s.dialect.analyse); err != nil && ctx.Err() == nil {
		s.log.Warn("cannot refresh the statistics of the database", "error", err)
	}
}
