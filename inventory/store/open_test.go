package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// refused opens a database that cannot be opened, and checks what the error says.
func refused(t *testing.T, dsn string, want inventory.Code, says ...string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{DSN: dsn, Wait: 50 * time.Millisecond})
	if err == nil {
		err = s.Migrate(t.Context())
		defer s.Close()
	}
	code(t, err, want, dsn)
	if err == nil {
		return
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s: error %q does not say %q", dsn, err, part)
		}
	}
	if strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), storetest.Password) || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%s: error %q", dsn, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	refused(t, "", inventory.Invalid, "name a file")
	refused(t, ":memory:", inventory.Invalid, "keeps its data in a file")
	refused(t, "mysql://root:hunter2@localhost/parc", inventory.Invalid, `"mysql"`, "postgres://")
	refused(t, "postgres://u:hunter2@local host/parc", inventory.Invalid, "postgres://user:password@host:port/name")
	refused(t, "postgres://u:hunter2@127.0.0.1:99999/parc", inventory.Invalid)
	refused(t, "a\x00b", inventory.Invalid)
	refused(t, filepath.Join(folder, "nowhere", "parc.db"), inventory.Unavailable, filepath.Join(folder, "nowhere"), "make it")
	refused(t, folder, inventory.Invalid, folder, "is no file")
	refused(t, file("notes.txt", strings.Repeat("this is no database. ", 500)), inventory.Invalid, "notes.txt", "not a database of parc")
}

// TestFileOfSomebodyElse: the test's thread gives up the rights of root for good.
func TestFileOfSomebodyElse(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "parc.db")
	for _, folder := range []string{filepath.Dir(path), filepath.Dir(filepath.Dir(path))} {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, nil, 0o000); err != nil {
		t.Fatal(err)
	}
	err := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		const nobody = 65534
		if _, _, failed := syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0); os.Geteuid() == 0 && failed != 0 {
			err <- failed
			return
		}
		_, failed := store.Open(context.Background(), store.Options{DSN: path})
		err <- failed
	}()
	failed := <-err
	code(t, failed, inventory.Unavailable, "a file without rights")
	if failed != nil && (!strings.Contains(failed.Error(), path) || !strings.Contains(failed.Error(), "give this user the right")) {
		t.Errorf("error %q", failed)
	}
}

func TestOpenRefusesAnotherProgramsDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "other.db")
	db := must(sql.Open("sqlite", path))(t)
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE bookmarks (url TEXT)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, path, inventory.Invalid, path, "another program")
}

func TestOpenWithAWrongKey(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), store.Options{DSN: filepath.Join(t.TempDir(), "parc.db"), Key: []byte("short")})
	code(t, err, inventory.Invalid, "short key")
}

// TestStrangePaths: characters that mean something in an address are only a name here.
func TestStrangePaths(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"été 100%.db", "a?mode=ro&x=1.db", "a#b.db", "a%20b.db", "file:x.db", "a'b\"c.db"} {
		path := filepath.Join(t.TempDir(), name)
		s := storetest.Open(t, path)
		if err := s.Migrate(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLockedFile(t *testing.T) {
	t.Parallel()
	path := storetest.SQLite(t)
	s := storetest.OpenWith(t, store.Options{DSN: path, Wait: 100 * time.Millisecond})
	must(s.CreateClient(t.Context(), admin, inventory.Client{Name: "Before"}))(t)
	other := must(sql.Open("sqlite", path))(t)
	defer other.Close()
	conn := must(other.Conn(t.Context()))(t)
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), "BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	_, err := s.CreateClient(t.Context(), admin, inventory.Client{Name: "During"})
	code(t, err, inventory.Busy, "write to a locked file")
	if err != nil && (!strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "stop it")) {
		t.Errorf("error %q", err)
	}
	if clients, _, err := s.Clients(t.Context(), admin, inventory.ClientFilter{}); err != nil || len(clients) != 1 {
		t.Errorf("reading beside a writer: %v, %v", clients, err)
	}
	if _, err := conn.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	must(s.CreateClient(t.Context(), admin, inventory.Client{Name: "After"}))(t)
}

// TestWaitForLockHonoursContext: who is cancelled does not wait for the lock.
func TestWaitForLockHonoursContext(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		x := newSide(t, s, "Dupont")
		other := storetest.Open(t, dsn)
		inside, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() { // holds the client (on Postgres) or the file (on SQLite)
			done <- other.ClaimDue(context.Background(), time.Now().AddDate(10, 0, 0), func(tx *sql.Tx, sch inventory.Schedule) (time.Time, error) {
				_, err := tx.ExecContext(context.Background(), "UPDATE clients SET notes = 'x' WHERE id = $1", x.client.ID)
				close(inside)
				<-release
				return time.Now().AddDate(20, 0, 0), err
			})
		}()
		<-inside
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		began := time.Now()
		_, err := s.UpdateClient(ctx, admin, inventory.Client{ID: x.client.ID, Name: "Other"})
		if err == nil || time.Since(began) > 5*time.Second {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
		close(release)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestPostgresAway(t *testing.T) {
	t.Parallel()
	refused(t, "postgres://u:hunter2@127.0.0.1:1/parc", inventory.Unavailable, "127.0.0.1:1/parc", "does not answer", "connection refused")
	refused(t, "postgres://u:hunter2@127.0.0.1:1/parc?connect_timeout=1&sslmode=disable", inventory.Unavailable, "127.0.0.1:1/parc")
	address := storetest.PostgresAddress(t)
	refused(t, fmt.Sprintf("postgres://%s:wrong@%s/postgres?sslmode=disable", storetest.PasswordUser, address),
		inventory.Unavailable, address, "refuses user "+storetest.PasswordUser, "password")
	refused(t, fmt.Sprintf("postgres://parc@%s/nowhere?sslmode=disable", address), inventory.Unavailable, address+"/nowhere", "create it first")
	right := fmt.Sprintf("postgres://%s:%s@%s/postgres?sslmode=disable", storetest.PasswordUser, url.PathEscape(storetest.Password), address)
	s := storetest.Open(t, right)
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	if s.Where() != address+"/postgres" {
		t.Errorf("where: %s", s.Where())
	}
}

func TestPostgresGoesAway(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.Postgres(t))
	w := newWorld(t, s)
	tx := must(s.DB().BeginTx(t.Context(), nil))(t)
	if _, err := tx.ExecContext(t.Context(), "SELECT pg_terminate_backend(pg_backend_pid())"); err == nil {
		t.Fatal("the connection lives")
	}
	_ = tx.Rollback() // the connection is gone
	must(s.Client(t.Context(), admin, w.a.client.ID))(t)
}

func TestClosedStore(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := must(store.Open(t.Context(), store.Options{DSN: dsn}))(t)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Clients(t.Context(), admin, inventory.ClientFilter{}); err == nil {
			t.Error("a closed store answers")
		}
	})
}

func TestCancelledContext(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for method, call := range calls {
			if _, err := call(ctx, w, admin, w.a); err == nil {
				t.Errorf("%s works with a cancelled context", method)
			} else if c := inventory.CodeOf(err); c != inventory.Internal {
				t.Errorf("%s: %s: %v", method, c, err)
			}
		}
	})
}

// What clients own is nobody else's to read.
func TestFileIsForItsOwner(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "parc.db")
	s := must(store.Open(t.Context(), store.Options{DSN: path}))(t)
	defer s.Close()
	info := must(os.Stat(path))(t)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("%v is %v", path, info.Mode())
	}
}
