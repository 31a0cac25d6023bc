package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parc/inventory"
)

// A spreadsheet with sites and prices is tried, taken in, listed and taken back by
// command; another client's list does not show it.
func TestImportsByCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sheet, db := filepath.Join(dir, "parc.csv"), filepath.Join(dir, "a.db")
	text := "Nom;N° de série;Site;Date d'achat;Prix;Garantie;État\n" +
		"PC-1;5CG7731KLM;Lyon;30/12/2025;1 234,56 €;36 mois;En stock\nPC-2;5CG7731KLN;;31/12/2025;;;\n"
	if err := os.WriteFile(sheet, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	step := func(out, says string, args ...string) ran {
		t.Helper()
		got := run(t.Context(), append(args, "--database", db)...)
		if got.code != 0 || !strings.Contains(got.err, says) || !strings.Contains(got.out, out) {
			t.Fatalf("%v: %+v, want %q and %q", args, got, out, says)
		}
		return got
	}
	step("nothing known matches it; a coverage; a purchase", `site "Lyon" would be made`, "import", sheet, "--client", "Dupont", "--dry-run")
	if got := run(t.Context(), "imports", "list", "--client", "Dupont", "--database", db); got.code == 0 {
		t.Errorf("a dry run made the client: %+v", got)
	}
	step("", "2 new, 0 changed, 0 unchanged, 0 to review, 0 refused, 1 coverage, 1 purchase", "import", sheet, "--client", "Dupont")
	step("", "1 new", "import", sheet, "--client", "Martin", "--map", keepOne(t, dir), "--skip-bad")
	var imp inventory.Import
	list := step("parc.csv", "", "imports", "list", "--client", "Dupont", "--format", "jsonl")
	if err := json.Unmarshal([]byte(list.out), &imp); err != nil || imp.Created != 2 || imp.Purchases != 1 || len(imp.Digest) != 64 {
		t.Fatalf("%+v, %v", imp, err)
	}
	step("", "2 assets removed, its record taken off 0 others; 1 coverage, 1 purchase, 1 site", "imports", "undo", imp.ID)
	step("", "2 assets removed", "imports", "undo", imp.ID)
	if got := step("", "", "assets", "--client", "Dupont", "--format", "jsonl"); got.out != "" {
		t.Errorf("left: %s", got.out)
	}
	if got := step("PC-2", "", "assets", "--client", "Martin", "--format", "jsonl"); !strings.Contains(got.out, "5CG7731KLN") {
		t.Errorf("the other client's: %s", got.out)
	}
	step("cli", "", "imports", "list", "--client", "Dupont")
}

// keepOne writes a mapping by which the first row is refused: what is a site is read
// as a day.
func keepOne(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(dir, "map.yaml")
	if err := os.WriteFile(file, []byte("Site: end-of-life\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
