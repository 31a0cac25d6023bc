package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
	"parc/migrations"
)

// bare gives the address of an empty database of each kind.
var bare = map[string]func(t *testing.T) string{
	"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "parc.db") },
	"postgres": func(t *testing.T) string { return storetest.BarePostgres(t) },
}

func TestMigrateFromZero(t *testing.T) {
	t.Parallel()
	for name, dsn := range bare {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, dsn(t))
			before := must(s.Migrations(t.Context()))(t)
			if len(before) < 5 || !before[0].AppliedAt.IsZero() {
				t.Fatalf("before: %+v", before)
			}
			for range 2 { // the second time there is nothing to do
				if err := s.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			for _, m := range must(s.Migrations(t.Context()))(t) {
				if m.AppliedAt.IsZero() {
					t.Errorf("%s is not applied", m.Name)
				}
			}
			newWorld(t, s)
		})
	}
}

func TestMigrateTogether(t *testing.T) {
	t.Parallel()
	for name, dsn := range bare {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := dsn(t)
			var servers sync.WaitGroup
			for range 4 {
				s := storetest.Open(t, address)
				servers.Go(func() {
					if err := s.Migrate(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			servers.Wait()
			newWorld(t, storetest.Open(t, address))
		})
	}
}

// TestNewerDatabase: an old program leaves the database of a newer one alone.
func TestNewerDatabase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if _, err := s.DB().ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)"); err != nil {
			t.Fatal(err)
		}
		err := s.Migrate(t.Context())
		code(t, err, inventory.Unavailable, "migrate")
		if !errors.Is(err, migrations.ErrNewer) || !strings.Contains(err.Error(), "update this parc") {
			t.Errorf("error %v", err)
		}
	})
}

// column is what both databases must agree on.
type column struct {
	Table, Name string
	Type        string // text, int, bool, instant
	NotNull     bool
	Key         int // place in the primary key, from 1; 0: not part of it
}

// TestSameTables: the two databases have the same tables, columns, keys, indexes
// and references.
func TestSameTables(t *testing.T) {
	t.Parallel()
	lite, pg := storetest.Open(t, storetest.SQLite(t)), storetest.Open(t, storetest.Postgres(t))
	compare := func(what string, a, b []string) {
		t.Helper()
		slices.Sort(a)
		slices.Sort(b)
		if len(a) < 10 {
			t.Fatalf("only %d %s", len(a), what)
		}
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s differ:\nonly sqlite   %v\nonly postgres %v", what, missing(a, b), missing(b, a))
		}
	}
	compare("columns", columns(t, lite.DB(), `
		SELECT m.name, p.name, CASE upper(p.type) WHEN 'TIMESTAMP' THEN 'instant' WHEN 'BOOLEAN' THEN 'bool' WHEN 'TEXT' THEN 'text' ELSE lower(p.type) END, p."notnull", p.pk
		FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'goose_%' ORDER BY 1, 2`),
		columns(t, pg.DB(), `
		SELECT c.table_name, c.column_name,
			CASE c.data_type WHEN 'timestamp with time zone' THEN 'instant' WHEN 'boolean' THEN 'bool' WHEN 'bytea' THEN 'blob' ELSE c.data_type END,
			CASE c.is_nullable WHEN 'NO' THEN 1 ELSE 0 END,
			COALESCE((SELECT k.ordinal_position FROM information_schema.key_column_usage k JOIN information_schema.table_constraints x
				USING (constraint_schema, constraint_name) WHERE x.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name AND k.column_name = c.column_name), 0)
		FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'goose_%' ORDER BY 1, 2`))
	compare("indexes", texts(t, lite.DB(), `
		SELECT m.name || ' ' || i."unique" || ' ' || (SELECT group_concat(name) FROM (SELECT c.name FROM pragma_index_info(i.name) c ORDER BY c.seqno))
		FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name NOT LIKE 'goose_%' ORDER BY 1`),
		texts(t, pg.DB(), `
		SELECT t.relname || ' ' || (i.indisunique::int) || ' ' || (SELECT string_agg(a.attname, ',' ORDER BY k.n)
			FROM unnest(i.indkey) WITH ORDINALITY k(col, n) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.col)
		FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace s ON s.oid = t.relnamespace
		WHERE s.nspname = 'public' AND t.relname NOT LIKE 'goose_%'`))
	compare("references", texts(t, lite.DB(), `
		SELECT m.name || ' ' || f."table" || ' ' || group_concat(f."from" || '=' || COALESCE(f."to", 'id')) || ' ' || f.on_delete
		FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id ORDER BY 1`),
		texts(t, pg.DB(), `
		SELECT t.relname || ' ' || r.relname || ' ' ||
			(SELECT string_agg(a.attname || '=' || b.attname, ',' ORDER BY k.n) FROM unnest(c.conkey, c.confkey) WITH ORDINALITY k(x, y, n)
				JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.x JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.y)
			|| ' ' || CASE c.confdeltype WHEN 'c' THEN 'CASCADE' ELSE 'NO ACTION' END
		FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid WHERE c.contype = 'f'`))
}

func missing(from, in []string) (only []string) {
	have := map[string]bool{}
	for _, s := range in {
		have[s] = true
	}
	for _, s := range from {
		if !have[s] {
			only = append(only, s)
		}
	}
	return only
}

func columns(t *testing.T, db *sql.DB, query string) (list []string) {
	t.Helper()
	rows := must(db.QueryContext(t.Context(), query))(t)
	defer rows.Close()
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.Table, &c.Name, &c.Type, &c.NotNull, &c.Key); err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%+v", c))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func texts(t *testing.T, db *sql.DB, query string) (list []string) {
	t.Helper()
	rows := must(db.QueryContext(t.Context(), query))(t)
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestClientOnEveryTable: rows of a client say whose they are, and references
// between them contain the client.
func TestClientOnEveryTable(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite(t))
	for _, table := range texts(t, s.DB(), `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'`) {
		switch table {
		case "clients", "users", "sessions", "calendars", "settings", "catalogue", "maker_keys": // people's, or of the whole server
			continue
		}
		if got := texts(t, s.DB(), `SELECT name FROM pragma_table_info('`+table+`') WHERE name = 'client_id' AND "notnull" = 1`); len(got) != 1 {
			t.Errorf("%s: no client_id NOT NULL", table)
		}
		for _, reference := range texts(t, s.DB(), `SELECT "table" || ' ' || group_concat("from") FROM pragma_foreign_key_list('`+table+`') GROUP BY id`) {
			if !strings.Contains(reference, "client_id") {
				t.Errorf("%s refers to %s without the client", table, reference)
			}
		}
	}
}
