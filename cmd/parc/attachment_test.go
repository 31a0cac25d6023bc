package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
)

// TestAttachCommands: a file goes in, is listed, comes out as it was, goes along
// with an export as a zip file, and can be removed.
func TestAttachCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	parc := func(code int, says string, args ...string) ran {
		t.Helper()
		if !slices.Contains(args, "--database") {
			args = append(args, "--database", in("a.db"))
		}
		got := run(t.Context(), args...)
		if got.code != code || !strings.Contains(got.out+got.err, says) {
			t.Fatalf("%v: %+v, want %d and %q", args, got, code, says)
		}
		return got
	}
	for name, text := range map[string]string{
		"list.csv": "Name,Serial\nPC-1,5CG7731KLM\n", "other.csv": "Name,Serial\nPC-2,5CG7731KLN\n", "facture.pdf": "%PDF-1.7\nun", "photo.txt": "a photo", "empty": "",
	} {
		if err := os.WriteFile(in(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parc(0, "1 new", "import", in("list.csv"), "--client", "Dupont")
	parc(0, "1 new", "import", in("other.csv"), "--client", "Martin")
	asset := func(client string) string {
		var a inventory.Asset
		if err := json.Unmarshal([]byte(parc(0, "serial", "assets", "--client", client, "--format", "jsonl").out), &a); err != nil {
			t.Fatal(err)
		}
		return a.ID
	}
	mine, theirs := asset("Dupont"), asset("Martin")

	id := strings.TrimSpace(parc(0, "application/pdf", "attach", in("facture.pdf"), "--client", "Dupont", "--asset", mine, "--kind", "invoice", "--title", "Facture 7").out)
	parc(0, "is attached to client", "attach", in("photo.txt"), "--client", "Dupont")
	parc(1, "attached already", "attach", in("facture.pdf"), "--client", "Dupont", "--asset", mine)
	parc(2, "empty", "attach", in("empty"), "--client", "Dupont")
	parc(2, "no plain file", "attach", dir, "--client", "Dupont")
	parc(2, "no such file", "attach", in("none"), "--client", "Dupont")
	parc(1, "no asset", "attach", in("photo.txt"), "--client", "Dupont", "--asset", theirs)
	parc(2, "asset", "attach", in("photo.txt"), "--client", "Dupont", "--asset", mine, "--contract", "x")
	parc(2, "kind", "attach", in("photo.txt"), "--client", "Dupont", "--kind", "poem")

	if got := parc(0, "Facture 7", "attachments", "--client", "Dupont"); strings.Count(got.out, "\n") != 3 || !strings.Contains(got.out, "asset "+mine) {
		t.Errorf("list: %s", got.out)
	}
	if got := parc(0, id, "attachments", "--client", "Dupont", "--asset", mine, "--format", "jsonl"); strings.Count(got.out, "\n") != 1 {
		t.Errorf("list of the asset: %s", got.out)
	}
	if got := parc(0, "FILE", "attachments", "--client", "Martin"); strings.Count(got.out, "\n") != 1 {
		t.Errorf("list of another: %s", got.out)
	}
	parc(1, "client Martin has no asset", "attachments", "--client", "Martin", "--asset", mine)
	parc(0, "11 bytes", "attachments", "get", id, "--out", in("out.pdf"))
	if text, err := os.ReadFile(in("out.pdf")); err != nil || string(text) != "%PDF-1.7\nun" {
		t.Errorf("came out as %q, %v", text, err)
	}
	parc(2, "there already", "attachments", "get", id, "--out", in("out.pdf"))
	parc(0, "%PDF-1.7\nun", "attachments", "get", id, "--out", "-")
	parc(1, "no attachment", "attachments", "get", "none", "--out", in("none.pdf"))

	parc(0, "left out", "export", "--client", "Dupont", "--out", in("dupont.zip"))
	parc(2, "there already", "export", "--client", "Dupont", "--out", in("dupont.zip"))
	parc(2, "without further flags", "import", in("dupont.zip"), "--client", "Dupont", "--database", in("b.db"))
	parc(0, "client Dupont is back", "import", in("dupont.zip"), "--database", in("b.db"))
	parc(0, "%PDF-1.7\nun", "attachments", "get", id, "--out", "-", "--database", in("b.db"))

	parc(0, "", "attachments", "remove", id)
	parc(1, "no attachment", "attachments", "get", id, "--out", "-")
}
