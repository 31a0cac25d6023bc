// Package storetest is for tests that need a store: empty databases of both
// kinds, with the tables in place. Postgres is a real server that the tests
// start by themselves; where its programs are missing the test fails and names
// the package to install.
//
// A package that uses it has
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
//
// so that the server is started once and stopped at the end.
package storetest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"parc/inventory"
	"parc/inventory/store"
)

// Key encrypts the secrets of test stores.
var Key = bytes.Repeat([]byte{7}, 32)

// Admin sees every client.
var Admin = inventory.ScopeAll("test")

// Main runs the tests of a package and cleans up after them.
func Main(m *testing.M) {
	shared.usable = true
	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the Postgres of the tests:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// Each runs test on a new store of each kind, in parallel.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachDSN(t, func(t *testing.T, dsn string) { test(t, Open(t, dsn)) })
}

// EachDSN runs test with the address of a new database of each kind, in parallel.
func EachDSN(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	for _, kind := range []struct {
		name string
		dsn  func(testing.TB) string
	}{{"sqlite", SQLite}, {"postgres", Postgres}} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			test(t, kind.dsn(t))
		})
	}
}

// Open opens a database until the end of the test.
func Open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	return OpenWith(t, store.Options{DSN: dsn, Key: Key})
}

// OpenWith is Open with all options.
func OpenWith(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// SQLite gives the path of a new SQLite database with the tables in place, gone
// after the test.
func SQLite(t testing.TB) string {
	t.Helper()
	image, err := emptyFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "parc.db")
	if err := os.WriteFile(path, image, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// emptyFile is a migrated SQLite database, made once: a copy takes no time.
var emptyFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "parc-sqlite-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // what stays of a temporary folder hurts nobody
	path := filepath.Join(folder, "empty.db")
	if err := migrate(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migrate makes the tables of a database.
func migrate(dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DSN: dsn})
	if err != nil {
		return err
	}
	if err := s.Migrate(ctx); err != nil {
		_ = s.Close() // the error of Migrate says more
		return err
	}
	return s.Close() // empties the write-ahead log into the file
}
