package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
	"parc/lifecycle/warranty"
)

// TestWarrantiesAreLookedUp: from a machine that a scan found to a coverage in
// the store, through a server that answers as Lenovo's does.
func TestWarrantiesAreLookedUp(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Query().Get("Serial")
		fmt.Fprint(w, `{"Serial":"PF2ABCDE","Shipped":"2022-04-28T00:00:00Z","Warranty":[{"Type":"BASE","Name":"3Y Onsite","Start":"2022-05-10T00:00:00Z","End":"2025-05-09T00:00:00Z"}]}`)
	}))
	t.Cleanup(server.Close)
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		file := filepath.Join(t.TempDir(), "found.jsonl")
		lines := `{"at":"2026-03-01T10:00:00Z","source":"agent","ref":"a","hostname":"PC1","class":"laptop","vendor":"LENOVO","model":"L14","serial":"PF2ABCDE"}
{"at":"2026-03-01T10:00:00Z","source":"agent","ref":"b","hostname":"PC2","class":"laptop","vendor":"HP","model":"840","serial":"5CD0000001"}
`
		if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := run(t.Context(), "ingest", file, "--client", "Dupont", "--database", dsn); got.code != 0 {
			t.Fatal(got)
		}
		s, err := store.Open(t.Context(), store.Options{DSN: dsn})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		maker, err := warranty.New(warranty.Key{Maker: "lenovo", Secret: inventory.NewSecret("key")}, warranty.Options{BaseURL: server.URL, Rate: rate.Inf})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{1, 0} { // the second time nothing is due
			result, err := warranty.Refresh(t.Context(), &warrantyBooks{store: s}, []warranty.Maker{maker}, time.Now, slog.New(slog.DiscardHandler))
			if err != nil || result.Asked != want {
				t.Errorf("%+v, %v", result, err)
			}
		}
		if serial := first(asked); serial != "PF2ABCDE" {
			t.Errorf("asked about %q", serial)
		}
		client, err := s.ClientByName(t.Context(), everything, "Dupont")
		if err != nil {
			t.Fatal(err)
		}
		coverages, err := s.Coverages(t.Context(), everything, client.ID)
		if err != nil || len(coverages) != 1 || coverages[0].End != "2025-05-09" || coverages[0].Source != "lenovo" || coverages[0].FetchedAt.IsZero() {
			text, _ := json.Marshal(coverages)
			t.Errorf("%s, %v", text, err)
		}
	})
}

// TestWarrantyKeys: a secret goes in, and does not come out.
func TestWarrantyKeys(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "parc.db")
	if got := run(t.Context(), "warranty", "fetch", "--database", db); got.code != exitUsage || !strings.Contains(got.err, "parc warranty set") {
		t.Errorf("without a key: %+v", got)
	}
	if got := run(t.Context(), "warranty", "set", "dell", "--id", "l7xx", "--secret", "s3cret", "--database", db); got.code != 0 {
		t.Errorf("%+v", got)
	}
	if got := run(t.Context(), "warranty", "set", "lenovo", "--database", db); got.code != exitUsage {
		t.Errorf("without a secret: %+v", got)
	}
	if got := run(t.Context(), "warranty", "keys", "--database", db); !strings.Contains(got.out, "l7xx") || strings.Contains(got.out, "s3cret") {
		t.Errorf("%+v", got)
	}
	if got := run(t.Context(), "warranty", "unset", "dell", "--database", db); got.code != 0 {
		t.Errorf("%+v", got)
	}
}

// first gives what was sent first; "" when nothing was.
func first(from chan string) string {
	select {
	case s := <-from:
		return s
	default:
		return ""
	}
}

func TestWarrantyImport(t *testing.T) {
	t.Parallel()
	database := seeded(t)
	machine := filepath.Join(t.TempDir(), "o.jsonl")
	if err := os.WriteFile(machine, []byte(`{"at":"2026-11-20T08:00:00Z","source":"agent","ref":"pc-77-2026-01-01","hostname":"pc-77","serial":"7XK2J13","vendor":"Dell"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := parc(t, "ingest", machine, "--client", "Dupont SARL", "--database", database); code != exitFine {
		t.Fatal(errs)
	}
	file := filepath.Join(t.TempDir(), "w.csv")
	text := "Serial Number,Manufacturer,Service Level,Start Date,End Date\n7xk2j13,Dell Inc.,ProSupport,2024-03-01,2027-02-28\n7XK2J13,HP,Care,2024-03-01,2027-02-28\nNONE999,,x,,2027-01-01\n7XK2J13,Dell,x,,31/02/2027\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ flag, want string }{
		{"--dry-run", "1 added, 0 known already, 2 without an asset, 1 refused; nothing stored"},
		{"", "1 added, 0 known already, 2 without an asset, 1 refused"}, {"", "0 added, 1 known already"},
	} {
		args := []string{"warranty", "import", file, "--client", "Dupont SARL", "--database", database}
		if tc.flag != "" {
			args = append(args, tc.flag)
		}
		if out, errs, code := parc(t, args...); code != exitFine || !strings.Contains(errs, tc.want) {
			t.Errorf("%q: %d, %s%s", tc.flag, code, out, errs)
		}
	}
}
