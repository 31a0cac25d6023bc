package api_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store/storetest"
)

// cp1252 is a text as Excel in French saves it.
func cp1252(s string) string {
	return strings.NewReplacer("é", "\xe9", "à", "\xe0", "€", "\x80", "’", "\x92").Replace(s)
}

func TestImports(t *testing.T) {
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	client, other := "/api/v1/clients/"+w.a.client.ID, "/api/v1/clients/"+w.b.client.ID
	table := cp1252("Numéro de série;Nom;Affecté à;Prix d’achat HT;Date d’achat;Garantie\r\nSN-0001-A;pc-1;Marie;1 234,50 €;15/03/2025;36\r\nSN-0002-B;pc-2;;;;\r\n")
	bad := "Numéro de série;Nom;Date d'achat\nSN-0003-C;pc-3;30/02/2026\nSN-0004-D;pc-4;\n"
	odd := "Colonne un;Colonne deux\nSN-0005-E;pc-5\n"
	mapping := `{"Colonne un":"serial","Colonne deux":"hostname"}`
	for _, c := range []struct {
		name, who, method, path, body string
		status                        int
		has, hasNot                   string
	}{
		{"list", "guest", "GET", client + "/imports", "", 200, "of Alpha.csv", "Beta"},
		{"another's list", "tech", "GET", other + "/imports", "", 404, "not-found", "Beta"},
		{"a guest takes nothing in", "guest", "POST", client + "/imports", form("a.csv", table), 403, "forbidden", ""},
		{"nor looks", "guest", "POST", client + "/imports/preview", form("a.csv", table), 403, "forbidden", ""},
		{"into another client", "tech", "POST", other + "/imports", form("a.csv", table), 404, "not-found", "Beta"},
		{"into another client's site", "tech", "POST", client + "/imports", form("a.csv", table, "site_id", w.b.site.ID), 404, "site", "Beta"},
		{"what it would do", "tech", "POST", client + "/imports/preview", form("parc 2026.csv", table), 200, `"heading":"Affecté à","target":"user","examples":["Marie"]`, ""},
		{"and what each row would", "tech", "POST", client + "/imports/preview", form("a.csv", table), 200, `"row":2,"name":"SN-0001-A","what":"create"`, ""},
		{"nothing of it is kept", "guest", "GET", client + "/assets?q=SN-0001-A", "", 200, `"items":[]`, ""},
		{"in", "tech", "POST", client + "/imports", form("parc 2026.csv", table), 201, `"created":2`, ""},
		{"a price too", "guest", "GET", client + "/financings", "", 200, `"minor":123450`, ""},
		{"again", "tech", "POST", client + "/imports", form("parc 2026.csv", table), 201, `"created":0,"updated":0,"seen":2`, ""},
		{"an impossible day", "tech", "POST", client + "/imports/preview", form("b.csv", bad), 200, `"what":"refused","column":"Date d'achat","value":"30/02/2026","problem":"day"`, ""},
		{"refuses the file", "tech", "POST", client + "/imports", form("b.csv", bad), 422, "1 of 2 rows are refused", ""},
		{"or is left out", "tech", "POST", client + "/imports", form("b.csv", bad, "skip_bad", "true"), 201, `"created":1`, ""},
		{"headings that say nothing", "tech", "POST", client + "/imports/preview", form("c.csv", odd), 200, `"heading":"Colonne un","target":"","examples":["SN-0005-E"]`, `"problem":""`},
		{"tell so", "tech", "POST", client + "/imports/preview", form("c.csv", odd), 200, `"problem":"no-headings"`, ""},
		{"and are not taken in", "tech", "POST", client + "/imports", form("c.csv", odd), 422, "headings", ""},
		{"unless they are named", "tech", "POST", client + "/imports", form("c.csv", odd, "mapping", mapping), 201, `"created":1`, ""},
		{"which is remembered", "tech", "POST", client + "/imports/preview", form("d.csv", odd), 200, `"heading":"Colonne un","target":"serial"`, "no-headings"},
		{"taken in once more under another", "tech", "POST", client + "/imports", form("c.csv", odd, "mapping", `{"Colonne un":"hostname","Colonne deux":"location"}`), 201, `"id"`, ""},
		{"for the same headings only", "tech", "POST", client + "/imports/preview", form("d.csv", "Colonne un;Autre\nSN-0009-X;y\n"), 200, "no-headings", ""},
		{"a mapping to what there is not", "tech", "POST", client + "/imports", form("c.csv", odd, "mapping", `{"Colonne un":"colour"}`), 422, "colour", ""},
		{"a mapping that is none", "tech", "POST", client + "/imports", form("c.csv", odd, "mapping", `[1]`), 422, "mapping", ""},
		{"no table", "tech", "POST", client + "/imports/preview", form("a.csv", "\n\n"), 422, "headings", ""},
		{"a broken XLSX", "tech", "POST", client + "/imports/preview", form("a.xlsx", "PK\x03\x04 nothing"), 422, "XLSX", ""},
		{"no file", "tech", "POST", client + "/imports", "--B\r\nContent-Disposition: form-data; name=\"site_id\"\r\n\r\nx\r\n--B--\r\n", 422, "file", ""},
		{"too large", "tech", "POST", client + "/imports", form("a.csv", strings.Repeat("x", inventory.MostAttachment+1)), 413, "larger than 50 MiB", ""},
		{"a guest takes nothing back", "guest", "POST", "/api/v1/imports/" + w.a.imported + "/undo", "", 403, "forbidden", ""},
		{"another's stays", "tech", "POST", "/api/v1/imports/" + w.b.imported + "/undo", "", 404, "not-found", "Beta"},
		{"taken back", "tech", "POST", "/api/v1/imports/" + w.a.imported + "/undo", "", 200, `"undone":{"removed":1`, ""},
		{"and once only", "tech", "POST", "/api/v1/imports/" + w.a.imported + "/undo", "", 200, `"undone":{"removed":1`, ""},
	} {
		got := w.call(c.who, c.method, c.path, c.body)
		body := got.Body.String()
		if got.Code != c.status || !strings.Contains(body, c.has) || c.hasNot != "" && strings.Contains(body, c.hasNot) {
			t.Errorf("%s: %d %.600s, want %d with %q without %q", c.name, got.Code, body, c.status, c.has, c.hasNot)
		}
	}
	// What was taken back proposes nothing any more.
	imports, err := w.store.Imports(t.Context(), storetest.Admin, w.a.client.ID)
	if err != nil || imports[0].Mapping["Colonne un"] != "hostname" {
		t.Fatalf("%+v, %v", imports[0], err)
	}
	w.call("tech", "POST", "/api/v1/imports/"+imports[0].ID+"/undo", "")
	if body := w.call("tech", "POST", client+"/imports/preview", form("d.csv", odd)).Body.String(); !strings.Contains(body, `"heading":"Colonne un","target":"serial"`) {
		t.Errorf("after the mapping was taken back: %.300s", body)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("uploads left %v, %v", left, err)
	}
}

// TestImportTellsOfManyRows: what changes is told first where not all is.
func TestImportTellsOfManyRows(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	path := "/api/v1/clients/" + w.a.client.ID + "/imports"
	rows := func(n int) string {
		var b strings.Builder
		b.WriteString("Serial;Name\n")
		for i := range n {
			fmt.Fprintf(&b, "SN-MANY-%05d;pc-many-%05d\n", i, i)
		}
		return b.String()
	}
	var first, again api.ImportAnswer
	for _, c := range []struct {
		rows int
		into *api.ImportAnswer
	}{{1500, &first}, {1510, &again}} {
		got := w.call("tech", "POST", path, form("many.csv", rows(c.rows)))
		if err := json.Unmarshal(got.Body.Bytes(), c.into); err != nil || got.Code != 201 {
			t.Fatalf("%d %.300s %v", got.Code, got.Body, err)
		}
	}
	if first.Import.Created != 1500 || len(first.Rows) != 1000 || first.Left != 500 {
		t.Errorf("new: %+v, %d told, %d left", first.Import, len(first.Rows), first.Left)
	}
	if again.Import.Created != 10 || again.Import.Seen != 1500 || len(again.Rows) != 10 || again.Left != 1500 || again.Rows[0].Row != 1502 {
		t.Errorf("ten more: %+v, %d told, %d left", again.Import, len(again.Rows), again.Left)
	}
}
