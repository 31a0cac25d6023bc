package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A spreadsheet in, the client out, back into another database, out again: the
// same files. What is refused stores nothing and says where.
func TestImportExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(in(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("bad.csv", "Nom;N° de série;Date d'achat\nPC-1;5CG7731KLM;hier\nPC-2;5CG7731KLN;31/12/2025\n")
	write("good.csv", "Nom;N° de série;Date d'achat\nPC-1;5CG7731KLM;30/12/2025\nPC-2;5CG7731KLN;31/12/2025\n")
	for _, c := range []struct {
		name string
		code int
		says string
		args []string
	}{
		{"refused", 2, `row 2 refused: column "Date d'achat": "hier"`, []string{"import", in("bad.csv"), "--client", "Dupont", "--database", in("a.db")}},
		{"nothing stored", 2, "Dupont", []string{"assets", "--client", "Dupont", "--database", in("a.db")}},
		{"dry", 0, "2 would be new", []string{"import", in("good.csv"), "--client", "Dupont", "--dry-run", "--database", in("a.db")}},
		{"in", 0, "2 new", []string{"import", in("good.csv"), "--client", "Dupont", "--database", in("a.db")}},
		{"in again", 0, "0 new, 0 changed, 2 unchanged", []string{"import", in("good.csv"), "--client", "Dupont", "--database", in("a.db")}},
		{"out", 0, "left out", []string{"export", "--client", "Dupont", "--out", in("one"), "--database", in("a.db")}},
		{"out over it", 2, "not an empty folder", []string{"export", "--client", "Dupont", "--out", in("one"), "--database", in("a.db")}},
		{"back over it", 1, "already", []string{"import", in("one"), "--database", in("a.db")}},
		{"back", 0, "client Dupont is back", []string{"import", in("one"), "--database", in("b.db")}},
		{"out again", 0, "left out", []string{"export", "--client", "Dupont", "--out", in("two"), "--database", in("b.db")}},
	} {
		got := run(t.Context(), c.args...)
		if c.name == "nothing stored" {
			if got.code == 0 {
				t.Errorf("%s: %+v", c.name, got)
			}
			continue
		}
		if got.code != c.code || !strings.Contains(got.err, c.says) {
			t.Fatalf("%s: %+v, want %d and %q", c.name, got, c.code, c.says)
		}
	}
	files, err := os.ReadDir(in("one"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		one, err1 := os.ReadFile(filepath.Join(in("one"), f.Name()))
		two, err2 := os.ReadFile(filepath.Join(in("two"), f.Name()))
		if f.Name() != "manifest.json" && (err1 != nil || err2 != nil || string(one) != string(two)) {
			t.Errorf("%s differs (%v, %v)", f.Name(), err1, err2)
		}
	}
	write("two/assets.jsonl", "{}\n")
	if got := run(t.Context(), "import", in("two"), "--database", in("c.db")); got.code != 2 || !strings.Contains(got.err, "assets.jsonl is not as it was exported") {
		t.Errorf("a changed file: %+v", got)
	}
}

// BenchmarkImport100k is parc import of 100,000 new rows into an empty SQLite
// file, reading included.
func BenchmarkImport100k(b *testing.B) {
	dir := b.TempDir()
	var text strings.Builder
	text.WriteString("Name,Serial,Manufacturer,Category,Asset tag,Purchase date\n")
	for i := range 100_000 {
		fmt.Fprintf(&text, "PC-%d,SN%07dX,Dell,Laptop,T%06d,31/12/2025\n", i, i, i)
	}
	sheet := filepath.Join(dir, "big.csv")
	if err := os.WriteFile(sheet, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		got := run(b.Context(), "import", sheet, "--client", "Dupont", "--database", filepath.Join(dir, fmt.Sprintf("%d.db", n)))
		if got.code != 0 || !strings.Contains(got.err, "100000 new") {
			b.Fatalf("%+v", got)
		}
	}
}
