package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

const writerDSN = "PARC_TEST_WRITER_DSN"

// writeUntilKilled adds clients and records assets, and says so after each, until
// the process is killed.
func writeUntilKilled(dsn string) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DSN: dsn})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for n := 0; ; n++ {
		c, err := s.CreateClient(ctx, admin, inventory.Client{Name: fmt.Sprint("client ", n)})
		if err == nil {
			var site inventory.Site
			if site, err = s.CreateSite(ctx, admin, inventory.Site{ClientID: c.ID, Name: "Siège"}); err == nil {
				_, err = s.Record(ctx, admin, c.ID, site.ID, machines(0, 20))
			}
		}
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("stored", c.ID)
	}
}

// TestKilledWriterLosesNothing kills a writer -9 in the middle of its work: all
// that it was told is stored is there, and nothing is there by half.
func TestKilledWriterLosesNothing(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		command := exec.CommandContext(t.Context(), os.Args[0])
		command.Env = append(os.Environ(), writerDSN+"="+dsn)
		out := must(command.StdoutPipe())(t)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		var stored []string
		for lines := bufio.NewScanner(out); lines.Scan(); {
			word, id, _ := strings.Cut(lines.Text(), " ")
			if word != "stored" {
				t.Fatalf("the writer says %q", lines.Text())
			}
			stored = append(stored, id)
			if len(stored) == 12 {
				if err := command.Process.Kill(); err != nil { // SIGKILL; what it has said already is still read
					t.Fatal(err)
				}
			}
		}
		_ = command.Wait() // killed, as wanted
		s := storetest.Open(t, dsn)
		for _, id := range stored {
			if n := count(t, s, "SELECT count(*) FROM assets WHERE client_id = $1", id); n != 20 {
				t.Errorf("client %s has %d assets, and was stored with 20", id, n)
			}
		}
		for query, what := range map[string]string{
			"SELECT count(*) FROM (SELECT client_id FROM assets GROUP BY client_id HAVING count(*) <> 20) AS x":                                   "clients have some of their assets",
			"SELECT count(*) FROM assets a WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.asset_id = a.id AND c.field = 'created')":            "assets have no history",
			"SELECT count(*) FROM assets a WHERE NOT EXISTS (SELECT 1 FROM identifiers i WHERE i.client_id = a.client_id AND i.asset_id = a.id)":  "assets cannot be found",
			"SELECT count(*) FROM assets a WHERE NOT EXISTS (SELECT 1 FROM observations o WHERE o.client_id = a.client_id AND o.asset_id = a.id)": "assets were never observed",
			"SELECT count(*) FROM identifiers i WHERE NOT EXISTS (SELECT 1 FROM assets a WHERE a.client_id = i.client_id AND a.id = i.asset_id)":  "identifiers are of nothing",
		} {
			if n := count(t, s, query); n != 0 {
				t.Errorf("%d %s", n, what)
			}
		}
		must(s.CreateClient(t.Context(), admin, inventory.Client{Name: "after"}))(t)
	})
}

// TestWritersAndReaders: many at once, on two stores of one database, and nobody
// is turned away.
func TestWritersAndReaders(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		stores := []*store.Store{storetest.Open(t, dsn), storetest.Open(t, dsn)}
		w := newWorld(t, stores[0])
		stop := make(chan struct{})
		var writers, readers sync.WaitGroup
		for i := range 8 {
			s, x := stores[i%2], []side{w.a, w.b}[i/4]
			writers.Go(func() {
				for n := range 6 {
					if _, err := s.Record(t.Context(), x.scope, x.client.ID, x.site.ID, machines(1000+100*i+10*n, 10)); err != nil {
						t.Error(err)
					}
					if _, err := s.PatchAsset(t.Context(), x.scope, x.asset.ID, inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldLocation: fmt.Sprint(i, n)}}); err != nil {
						t.Error(err)
					}
					if _, err := s.AddCoverage(t.Context(), x.scope, inventory.Coverage{ClientID: x.client.ID, AssetID: x.asset.ID}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for i := range 4 {
			s := stores[i%2]
			readers.Go(func() {
				for {
					if assets, err := full(t.Context(), s, w.a.scope, inventory.AssetFilter{}); err != nil || len(assets)%10 != 1 {
						t.Errorf("%d assets, %v: a batch is seen by half", len(assets), err)
						return
					}
					select {
					case <-stop:
						return
					default:
					}
				}
			})
		}
		writers.Wait()
		close(stop)
		readers.Wait()
		for _, x := range []side{w.a, w.b} {
			if n := len(must(full(t.Context(), stores[0], x.scope, inventory.AssetFilter{}))(t)); n != 1+4*60 {
				t.Errorf("%d assets, want %d", n, 1+4*60)
			}
			if n := len(must(stores[1].Coverages(t.Context(), x.scope, x.client.ID))(t)); n != 1+24 {
				t.Errorf("%d coverages, want 25", n)
			}
		}
	})
}

// TestDeadlineEndsAQuery: a query that takes long ends when its caller's time is over.
func TestDeadlineEndsAQuery(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		dsn   func(testing.TB) string
		query string
	}{
		"sqlite":   {storetest.SQLite, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n"},
		"postgres": {storetest.Postgres, "SELECT count(*) FROM generate_series(1, 100000000000)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, c.dsn(t))
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			began := time.Now()
			var n int
			if err := s.DB().QueryRowContext(ctx, c.query).Scan(&n); err == nil || time.Since(began) > 10*time.Second {
				t.Errorf("after %s: %v", time.Since(began), err)
			}
		})
	}
}
