package queue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// world is a database with two clients, a site each.
type world struct {
	dsn   string
	store *store.Store
	sites [2]inventory.Site
}

func newWorld(t *testing.T, dsn string) *world {
	t.Helper()
	w := &world{dsn: dsn, store: storetest.Open(t, dsn)}
	for i, name := range []string{"Dupont", "Martin"} {
		c, err := w.store.CreateClient(t.Context(), storetest.Admin, inventory.Client{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		if w.sites[i], err = w.store.CreateSite(t.Context(), storetest.Admin, inventory.Site{ClientID: c.ID, Name: "Siège"}); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func eachWorld(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, newWorld(t, dsn)) })
}

// server is a started queue on a store of its own, as another process would have.
func (w *world) server(t *testing.T, run func(context.Context, inventory.Scan) error, change ...func(*Options)) *Queue {
	t.Helper()
	q := w.prepare(t, run, change...)
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := q.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return q
}

func (w *world) prepare(t *testing.T, run func(context.Context, inventory.Scan) error, change ...func(*Options)) *Queue {
	t.Helper()
	o := Options{RunScan: run, Every: time.Hour, Beat: 50 * time.Millisecond, Lost: 2 * time.Second}
	for _, c := range change {
		c(&o)
	}
	q, err := New(storetest.Open(t, w.dsn), o)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func (w *world) scan(i int) inventory.Scan {
	return inventory.Scan{ClientID: w.sites[i].ClientID, SiteID: w.sites[i].ID, Targets: []string{"127.0.0.1"}, Depth: inventory.DepthFull}
}

func start(t *testing.T, q *Queue, scan inventory.Scan) inventory.Scan {
	t.Helper()
	started, err := q.StartScan(t.Context(), storetest.Admin, scan)
	if err != nil {
		t.Fatal(err)
	}
	if started.State != inventory.ScanQueued || started.ID == "" {
		t.Fatalf("started %+v", started)
	}
	return started
}

// becomes waits until a scan is in the state.
func (w *world) becomes(t *testing.T, id string, state inventory.ScanState) inventory.Scan {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(40 * time.Second)
	for {
		scan, err := w.store.Scan(t.Context(), storetest.Admin, id)
		if err != nil {
			t.Fatal(err)
		}
		if scan.State == state {
			return scan
		}
		if scan.State.Ended() {
			t.Fatalf("scan is %s (%s), want %s", scan.State, scan.Error, state)
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("scan stays %s, want %s", scan.State, state)
		}
	}
}

// held is a scan that runs until it is released or stopped, and says when.
type held struct {
	begun   chan inventory.Scan
	release chan struct{}
	ended   chan error
}

func newHeld() *held {
	return &held{make(chan inventory.Scan, 10), make(chan struct{}), make(chan error, 10)}
}

func (h *held) run(ctx context.Context, scan inventory.Scan) error {
	h.begun <- scan
	select {
	case <-h.release:
		return nil
	case <-ctx.Done():
		h.ended <- context.Cause(ctx)
		return ctx.Err()
	}
}

func receive[T any](t *testing.T, from chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(40 * time.Second):
		t.Fatal("nothing happens")
		panic("unreachable")
	}
}

func TestScanEnds(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		q := w.server(t, func(ctx context.Context, scan inventory.Scan) error {
			if scan.State != inventory.ScanRunning || scan.StartedAt == nil {
				return fmt.Errorf("scan begins as %+v", scan)
			}
			scan.Progress.Found = 7
			if err := w.store.UpdateScan(ctx, storetest.Admin, scan); err != nil {
				return err
			}
			switch scan.Targets[0] {
			case "fails":
				return errors.New("nmap is\x00 missing")
			case "panics":
				panic("oops")
			case "says itself":
				scan.State, scan.Error = inventory.ScanFailed, "said by the scan"
				return w.store.UpdateScan(ctx, storetest.Admin, scan)
			}
			return nil
		})
		for target, want := range map[string]struct {
			state inventory.ScanState
			says  string
		}{
			"127.0.0.1":   {inventory.ScanDone, ""},
			"fails":       {inventory.ScanFailed, "nmap is missing"},
			"panics":      {inventory.ScanFailed, "parc met a mistake of its own in this scan; the server's log tells where"},
			"says itself": {inventory.ScanFailed, "said by the scan"},
		} {
			scan := w.scan(0)
			scan.Targets = []string{target}
			got := w.becomes(t, start(t, q, scan).ID, want.state)
			if got.Error != want.says || got.Progress.Found != 7 || got.StartedAt == nil {
				t.Errorf("%s: %+v", target, got)
			}
			if got.EndedAt == nil && target != "says itself" {
				t.Errorf("%s: no end", target)
			}
		}
	})
}

func jobs(t *testing.T, s *store.Store) (n int) {
	t.Helper()
	if err := s.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM river_job WHERE kind = 'scan'").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestScanAndJobTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		q := w.prepare(t, newHeld().run)
		if err := q.migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		mixed := w.scan(0)
		mixed.SiteID = w.sites[1].ID // the other client's
		if _, err := q.StartScan(t.Context(), storetest.Admin, mixed); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("another client's site: %v", err)
		}
		narrow := inventory.ScopeClients("u", w.sites[1].ClientID)
		if _, err := q.StartScan(t.Context(), narrow, w.scan(0)); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("out of scope: %v", err)
		}
		if n := jobs(t, w.store); n != 0 {
			t.Errorf("%d jobs without a scan", n)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := q.StartScan(ctx, storetest.Admin, w.scan(0)); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled caller: %v", err)
		}
		start(t, q, w.scan(0))
		scans, _, err := w.store.Scans(t.Context(), storetest.Admin, w.sites[0].ClientID, inventory.Page{})
		if n := jobs(t, w.store); err != nil || n != 1 || len(scans) != 1 {
			t.Errorf("%d jobs for %d scans, %v", n, len(scans), err)
		}
	})
}

func TestCancelWaitingScan(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		h := newHeld()
		q := w.server(t, h.run, func(o *Options) { o.Workers = 1 })
		first := start(t, q, w.scan(0))
		receive(t, h.begun)
		second := start(t, q, w.scan(0))
		if err := q.CancelScan(t.Context(), inventory.ScopeClients("u", w.sites[1].ClientID), second.ID); inventory.CodeOf(err) != inventory.NotFound {
			t.Fatalf("another client's scan: %v", err)
		}
		if err := q.CancelScan(t.Context(), storetest.Admin, second.ID); err != nil {
			t.Fatal(err)
		}
		w.becomes(t, second.ID, inventory.ScanCancelled)
		if err := q.CancelScan(t.Context(), storetest.Admin, second.ID); inventory.CodeOf(err) != inventory.Conflict {
			t.Fatalf("cancel twice: %v", err)
		}
		close(h.release)
		w.becomes(t, first.ID, inventory.ScanDone)
		third := start(t, q, w.scan(0))
		w.becomes(t, third.ID, inventory.ScanDone)
		if n := len(h.begun); n != 1 { // the third; the second never ran
			t.Fatalf("%d scans ran after the first, want 1", n)
		}
	})
}

// TestCancelRunningScan cancels on the server that runs the scan and on another.
func TestCancelRunningScan(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		h := newHeld()
		runs := w.server(t, h.run, func(o *Options) { o.Workers = 1 })
		other := w.prepare(t, newHeld().run) // never started: it runs nothing itself
		for name, q := range map[string]*Queue{"same server": runs, "other server": other} {
			scan := start(t, runs, w.scan(0))
			receive(t, h.begun)
			began := time.Now()
			if err := q.CancelScan(t.Context(), storetest.Admin, scan.ID); err != nil {
				t.Fatal(name, err)
			}
			cause := receive(t, h.ended)
			t.Logf("%s: the scan hears of it after %s (%v)", name, time.Since(began).Round(time.Millisecond), cause)
			got := w.becomes(t, scan.ID, inventory.ScanCancelled)
			if got.EndedAt == nil || got.Error != "" {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
}

// TestCancelWithoutNotice: the sign of life alone tells a runner to stop.
func TestCancelWithoutNotice(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		h := newHeld()
		q := w.server(t, h.run)
		scan := start(t, q, w.scan(0))
		receive(t, h.begun)
		if err := w.store.CancelScan(t.Context(), storetest.Admin, scan.ID, nil); err != nil {
			t.Fatal(err)
		}
		if cause := receive(t, h.ended); !errors.Is(cause, errCancelled) {
			t.Errorf("ended by %v", cause)
		}
		w.becomes(t, scan.ID, inventory.ScanCancelled)
	})
}

func TestScanTakesTooLong(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		q := w.server(t, newHeld().run, func(o *Options) { o.Timeout = 100 * time.Millisecond })
		got := w.becomes(t, start(t, q, w.scan(0)).ID, inventory.ScanFailed)
		if !strings.Contains(got.Error, "longer than 100ms") {
			t.Errorf("error %q", got.Error)
		}
	})
}

// TestStopGivesBack: what a stopping server was running begins anew on the next.
func TestStopGivesBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		h := newHeld()
		first := w.server(t, h.run)
		scan := start(t, first, w.scan(0))
		receive(t, h.begun)
		if err := first.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := w.store.Scan(t.Context(), storetest.Admin, scan.ID)
		if err != nil || got.State != inventory.ScanQueued || got.StartedAt != nil {
			t.Fatalf("after the stop: %+v, %v", got, err)
		}
		next := newHeld()
		close(next.release)
		w.server(t, next.run)
		w.becomes(t, scan.ID, inventory.ScanDone)
	})
}

// TestLostRunner: a runner that has lost its scan stops, and changes nothing.
func TestLostRunner(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		h := newHeld()
		q := w.server(t, h.run)
		scan := start(t, q, w.scan(0))
		receive(t, h.begun)
		lost, err := w.store.FailLostScans(t.Context(), storetest.Admin, time.Now().Add(time.Hour))
		if err != nil || len(lost) != 1 {
			t.Fatalf("lost %v, %v", lost, err)
		}
		if cause := receive(t, h.ended); !errors.Is(cause, errLost) {
			t.Errorf("ended by %v", cause)
		}
		got := w.becomes(t, scan.ID, inventory.ScanFailed)
		if !strings.Contains(got.Error, "stopped without a word") {
			t.Errorf("error %q", got.Error)
		}
	})
}

const crashDSN = "PARC_TEST_CRASH_DSN"

// crashServer runs scans that never end until it is killed.
func crashServer(dsn string) {
	fail := func(err error) {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	s, err := store.Open(context.Background(), store.Options{DSN: dsn})
	if err != nil {
		fail(err)
	}
	q, err := New(s, Options{Every: time.Hour, RunScan: func(ctx context.Context, scan inventory.Scan) error {
		fmt.Println("running", scan.ID)
		<-ctx.Done()
		return ctx.Err()
	}})
	if err != nil {
		fail(err)
	}
	if err := q.Start(context.Background()); err != nil {
		fail(err)
	}
	select {}
}

// TestCrash kills a server -9 in the middle of a scan: another server ends it.
func TestCrash(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		q := w.prepare(t, newHeld().run, func(o *Options) { o.Every = 200 * time.Millisecond })
		if err := q.migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		scan := start(t, q, w.scan(0))
		command := exec.CommandContext(t.Context(), os.Args[0])
		command.Env = append(os.Environ(), crashDSN+"="+w.dsn)
		out, err := command.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		var word, id string
		if _, err := fmt.Fscan(out, &word, &id); err != nil || word != "running" || id != scan.ID {
			t.Fatalf("the server says %q %q, %v", word, id, err)
		}
		if err := command.Process.Kill(); err != nil { // SIGKILL
			t.Fatal(err)
		}
		_ = command.Wait() // killed, as wanted
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = q.Stop(context.Background()) })
		got := w.becomes(t, scan.ID, inventory.ScanFailed)
		if !strings.Contains(got.Error, "stopped without a word") || got.EndedAt == nil {
			t.Errorf("%+v", got)
		}
	})
}

// TestServersStartTogether: two servers on an empty database at one moment.
func TestServersStartTogether(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return t.TempDir() + "/parc.db" },
		"postgres": func(t *testing.T) string { return storetest.BarePostgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := dsn(t)
			var all sync.WaitGroup
			for range 3 {
				s := storetest.Open(t, address)
				all.Go(func() {
					if err := s.Migrate(t.Context()); err != nil {
						t.Error(err)
						return
					}
					q, err := New(s, Options{RunScan: newHeld().run})
					if err != nil {
						t.Error(err)
						return
					}
					if err := q.Start(t.Context()); err != nil {
						t.Error(err)
						return
					}
					if err := q.Stop(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		})
	}
}

// TestWorkersAreBounded: no more scans at a time than asked for.
func TestWorkersAreBounded(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var now, most atomic.Int32
		q := w.server(t, func(context.Context, inventory.Scan) error {
			n := now.Add(1)
			for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
			}
			defer now.Add(-1)
			return nil
		}, func(o *Options) { o.Workers = 2 })
		var ids []string
		for range 8 {
			ids = append(ids, start(t, q, w.scan(0)).ID)
		}
		for _, id := range ids {
			w.becomes(t, id, inventory.ScanDone)
		}
		if n := most.Load(); n > 2 {
			t.Errorf("%d scans at a time", n)
		}
	})
}
