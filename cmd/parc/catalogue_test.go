package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store/storetest"
	"parc/lifecycle"
)

func TestCatalogueCommands(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	database := filepath.Join(folder, "parc.db")
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const head = `{"schema_version":"1.2.1","generated_at":"2026-11-01T00:00:00Z","result":[{"name":"debian","label":"Debian","releases":[`
	good := file("good.json", head+`{"name":"14","label":"14 (Forky)","releaseDate":"2027-06-01","isEol":false,"eolFrom":"2030-06-01","latest":{"name":"14.1","date":null}}]}]}`)
	bad := file("bad.json", head+`{"name":"14","eolFrom":"2030-02-30"}]}]}`)
	other := file("other.json", `{"schema_version":"1.2.1","result":[{"name":"php","label":"PHP","releases":[{"name":"9.0"}]}]}`)
	for _, x := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"catalogue", "show", "debian", "--day", "2026-11-23"}, exitFine, "12.15"},
		{[]string{"catalogue", "show", "nothing"}, exitFailed, "no product"},
		{[]string{"catalogue", "show", "debian", "--day", "2026-02-30"}, exitUsage, "no day"},
		{[]string{"catalogue", "list"}, exitFine, "windows-server"},
		{[]string{"catalogue", "update", "--from", bad}, exitUsage, "2030-02-30"},
		{[]string{"catalogue", "update", "--from", bad, "--force"}, exitUsage, "2030-02-30"},
		{[]string{"catalogue", "show", "debian"}, exitFine, "13.6"},
		{[]string{"catalogue", "update", "--from", good}, exitFine, "up to date"},
		{[]string{"catalogue", "update", "--from", other}, exitUsage, "--force"},
		{[]string{"catalogue", "show", "debian", "--format", "json"}, exitFine, `"end":"2030-06-01"`},
		{[]string{"catalogue", "show", "debian"}, exitFine, "12.15"},
		{[]string{"catalogue", "list", "--format", "jsonl"}, exitFine, `"id":"debian","label":"Debian","releases":19,"source":"endoflife.date","seen_on":"2026-11-01"`},
	} {
		var out, errs strings.Builder
		args := append([]string{"--database", database}, x.args...)
		code := Run(t.Context(), args, Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
		if text := out.String() + errs.String(); code != x.code || !strings.Contains(text, x.says) {
			t.Errorf("parc %s: %d, %.600s", strings.Join(x.args, " "), code, text)
		}
	}
}

// What one server or the command line loads, another takes up.
func TestServersShareTheCatalogue(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }
	s := storetest.Open(t, filepath.Join(t.TempDir(), "parc.db"))
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	first, err := newCatalogueDesk(t.Context(), s, now, log)
	if err != nil {
		t.Fatal(err)
	}
	second, err := newCatalogueDesk(t.Context(), s, now, log)
	if err != nil {
		t.Fatal(err)
	}
	const dump = `{"schema_version":"1.2.1","result":[{"name":"debian","label":"Debian","releases":[{"name":"12","eolFrom":"2031-01-01"}]}]}`
	scope := inventory.ScopeAll("test")
	if n, err := first.Load(t.Context(), scope, []byte(dump), false); err != nil || n != 1 {
		t.Fatalf("%d products, %v", n, err)
	}
	if _, err := first.Load(t.Context(), scope, []byte(strings.Replace(dump, `"debian"`, `"php"`, 1)), false); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("another product in the place of the one: %v", err)
	}
	if _, err := first.Load(t.Context(), inventory.ScopeClients("x", "c"), []byte(dump), true); inventory.CodeOf(err) != inventory.Forbidden {
		t.Errorf("who does not see every client loads: %v", err)
	}
	if err := second.reread(t.Context()); err != nil {
		t.Fatal(err)
	}
	debian := inventory.Asset{OSName: "Debian 12"}
	for name, desk := range map[string]*catalogueDesk{"first": first, "second": second} {
		if got := lifecycle.SupportOf(debian, desk.live, "2026-11-24"); got.End != "2031-01-01" {
			t.Errorf("%s: %+v", name, got)
		}
		p, err := desk.Product("Debian", "2026-11-24")
		if err != nil || p.Stale || p.Releases < 18 {
			t.Errorf("%s: %+v, %v", name, p.CatalogueProduct, err)
		}
	}
}
