package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// The roles of the test server. Password is the one whose password is asked
// for; the other gets in without.
const (
	superuser    = "parc"
	PasswordUser = "guarded"
	Password     = "let me in"
	template     = "parc_template"
)

// shared is the one server of the test binary.
var shared server

// Postgres gives the address of a new Postgres database with the tables in
// place, dropped after the test.
func Postgres(t testing.TB) string {
	t.Helper()
	return shared.database(t, template)
}

// BarePostgres is Postgres without any table.
func BarePostgres(t testing.TB) string {
	t.Helper()
	return shared.database(t, "template0")
}

// PostgresAddress gives host:port of the test server.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	if err := shared.started(); err != nil {
		t.Fatal(err)
	}
	return shared.address
}

type server struct {
	usable  bool // Main was called, so somebody stops it
	once    sync.Once
	failed  error
	folder  string
	address string
	process *process
	admin   *sql.DB
	names   atomic.Int64
}

func (s *server) database(t testing.TB, from string) string {
	t.Helper()
	if err := s.started(); err != nil {
		t.Fatal(err)
	}
	name := "test_" + strconv.FormatInt(s.names.Add(1), 10)
	if _, err := s.admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := s.admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop a test database: %v", err)
		}
	})
	return s.dsn(superuser, name)
}

func (s *server) dsn(role, database string) string {
	return "postgres://" + role + "@" + s.address + "/" + database + "?sslmode=disable"
}

// started starts the server at the first call.
func (s *server) started() error {
	if !s.usable {
		return errors.New("the package needs: func TestMain(m *testing.M) { storetest.Main(m) }")
	}
	s.once.Do(func() { s.failed = s.start() })
	return s.failed
}

func (s *server) start() error {
	bin, err := programs()
	if err != nil {
		return err
	}
	removeStale()
	if s.folder, err = os.MkdirTemp("", "parc-postgres-"); err != nil {
		return err
	}
	owner, err := serverUser(s.folder)
	if err != nil {
		return err
	}
	data := filepath.Join(s.folder, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions")
	initdb.Dir, initdb.SysProcAttr = s.folder, &syscall.SysProcAttr{Credential: owner}
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	access := "host all " + PasswordUser + " 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(access), 0o600); err != nil {
		return err
	}
	for try := 0; ; try++ {
		if err = s.run(bin, data, owner); err == nil {
			break
		} else if try == 2 {
			return err
		}
	}
	if _, err := s.admin.ExecContext(context.Background(), "CREATE ROLE "+PasswordUser+" LOGIN PASSWORD '"+Password+"'"); err != nil {
		return err
	}
	if _, err := s.admin.ExecContext(context.Background(), "CREATE DATABASE "+template); err != nil {
		return err
	}
	return migrate(s.dsn(superuser, template))
}

// run starts the server on a free port and waits until it answers. Another
// program may take the port meanwhile: the caller tries again.
func (s *server) run(bin, data string, owner *syscall.Credential) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	s.address = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	log, err := os.Create(filepath.Join(s.folder, "log"))
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // the server has its own copy
	args := []string{"-D", data, "-p", strconv.Itoa(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="}
	for _, setting := range []string{
		"fsync=off", "synchronous_commit=off", "full_page_writes=off", // nobody needs these data after a power cut
		"max_connections=300", "shared_buffers=64MB", "autovacuum=off", "max_wal_size=1GB", "checkpoint_timeout=1h",
	} {
		args = append(args, "-c", setting)
	}
	command := exec.Command(filepath.Join(bin, "postgres"), args...)
	command.Dir, command.Stdout, command.Stderr = s.folder, log, log
	command.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Pdeathsig: syscall.SIGQUIT}
	if s.process, err = start(command); err != nil {
		return fmt.Errorf("start Postgres: %w", err)
	}
	if s.admin, err = sql.Open("pgx", s.dsn(superuser, "postgres")); err != nil {
		return err
	}
	return s.wait()
}

func (s *server) wait() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if s.admin.PingContext(ctx) == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-s.process.done:
			said, _ := os.ReadFile(filepath.Join(s.folder, "log"))
			return errors.Join(fmt.Errorf("Postgres ended at its start: %s", bytes.TrimSpace(said)), s.admin.Close())
		case <-ctx.Done():
			return errors.New("Postgres did not answer within a minute")
		}
	}
}

func (s *server) stop() error {
	if s.folder == "" {
		return nil
	}
	var err error
	if s.process != nil {
		err = errors.Join(s.admin.Close(), s.process.stop())
	}
	return errors.Join(err, os.RemoveAll(s.folder))
}

// process is a child that does not outlive the test binary.
type process struct {
	command *exec.Cmd
	done    chan struct{}
}

// start runs the command from a thread of its own: the kernel sends the
// parent-death signal when the thread that forked ends, not the process.
func start(command *exec.Cmd) (*process, error) {
	p := &process{command: command, done: make(chan struct{})}
	begun := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		begun <- err
		if err == nil {
			_ = command.Wait() // how it ended stands in its log
			close(p.done)
		}
	}()
	return p, <-begun
}

// stop ends the server at once: its data are thrown away.
func (p *process) stop() error {
	select {
	case <-p.done:
		return nil
	default:
	}
	if err := p.command.Process.Signal(syscall.SIGQUIT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-p.done
	return nil
}

// programs finds the folder of the newest installed Postgres.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		if path, err := exec.LookPath("initdb"); err == nil {
			return filepath.Dir(path), nil
		}
		return "", errors.New("the tests need the Postgres server's programs (initdb, postgres): install the package postgresql (Debian: apt-get install postgresql)")
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(strings.Split(path, "/")[4]) // not a number: the oldest
		return n
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(newest), nil
}

// serverUser says as whom the server runs: Postgres refuses root, so for root it
// is the user of the Postgres package, who then owns the folder.
func serverUser(folder string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("root may not run Postgres, and there is no user postgres: install the package postgresql: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(folder, int(uid), int(gid))
}

// freePort asks the kernel for a port that nobody has.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }() // a listener that took nothing
	return l.Addr().(*net.TCPAddr).Port, nil
}

// removeStale removes what killed test binaries have left: folders whose server
// is gone with them.
func removeStale() {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), "parc-postgres-*")) // the pattern is well formed
	for _, folder := range old {
		info, err := os.Stat(folder)
		if err != nil || time.Since(info.ModTime()) < time.Hour {
			continue
		}
		if text, err := os.ReadFile(filepath.Join(folder, "data", "postmaster.pid")); err == nil {
			first, _, _ := strings.Cut(string(text), "\n")
			if pid, err := strconv.Atoi(first); err == nil && syscall.Kill(pid, 0) == nil {
				continue
			}
		}
		_ = os.RemoveAll(folder) // somebody else may be doing the same
	}
}
