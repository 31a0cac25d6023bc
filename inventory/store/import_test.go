package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func importRows(observations []inventory.Observation) []inventory.ImportRow {
	rows := make([]inventory.ImportRow, len(observations))
	for i, o := range observations {
		rows[i].Observation = o
	}
	return rows
}

var importedAt = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

// imported is a row of a spreadsheet.
func imported(ref string, facts ...string) inventory.ImportRow {
	o := inventory.Observation{At: importedAt, Source: inventory.FromCSV, Ref: ref}
	for i := 0; i+1 < len(facts); i += 2 {
		o.Add(inventory.Field(facts[i]), facts[i+1], "csv:"+facts[i], inventory.High)
	}
	return inventory.ImportRow{Observation: o}
}

// fileOf is a file with these rows.
func fileOf(clientID, siteID string, rows []inventory.ImportRow) inventory.ImportFile {
	return inventory.ImportFile{
		ClientID: clientID, SiteID: siteID, Name: "parc.csv", Digest: strings.Repeat("0", 64),
		Len: len(rows), Row: func(i int) inventory.ImportRow { row := rows[i]; row.Number = i + 2; return row },
	}
}

// placedOf gives the asset of each row.
func placedOf(result inventory.ImportResult) []string {
	placed := make([]string, len(result.Rows))
	for i, v := range result.Rows {
		placed[i] = v.AssetID
	}
	return placed
}

// An import tried dry keeps nothing; imported twice it changes nothing; a client
// out of scope gets nothing.
func TestImport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		row := imported("T-77", "serial", "5CG1234XYZ", "vendor", "HP", "hostname", "pc-import", "state", "in-stock")
		row.Coverage = inventory.Coverage{Kind: "manufacturer", End: "2028-12-31", Source: "csv"}
		row.Purchase = inventory.Financing{Kind: inventory.Purchase, Start: "2026-01-15", Supplier: "LDLC Pro", Price: inventory.EUR(89900), VATPermille: 200}
		run := func(scope inventory.Scope, dry bool) (inventory.ImportResult, error) {
			file := fileOf(w.a.client.ID, w.a.site.ID, []inventory.ImportRow{row})
			file.Dry, file.Mapping = dry, map[string]string{"N° d’inventaire": "asset-tag", "Divers": "-"}
			return s.Import(t.Context(), scope, file)
		}
		had, paid := len(must(s.Coverages(t.Context(), w.a.scope, w.a.client.ID))(t)), len(must(s.Financings(t.Context(), w.a.scope, w.a.client.ID))(t))
		check := func(when string, got inventory.ImportResult, what, purchase string, more int) {
			t.Helper()
			if v := got.Rows[0]; v.What != what || v.Purchase != purchase || v.Row != 2 || v.Name != "T-77" {
				t.Errorf("%s: %+v, want %s and the purchase %s", when, v, what, purchase)
			}
			if got := len(must(s.Coverages(t.Context(), w.a.scope, w.a.client.ID))(t)); got != had+more {
				t.Errorf("%s: %d coverages, want %d", when, got, had+more)
			}
			if got := len(must(s.Financings(t.Context(), w.a.scope, w.a.client.ID))(t)); got != paid+more {
				t.Errorf("%s: %d purchases, want %d", when, got, paid+more)
			}
		}
		check("dry", must(run(w.a.scope, true))(t), inventory.ImportCreate, inventory.PurchaseMade, 0)
		if got := must(s.Imports(t.Context(), w.a.scope, w.a.client.ID))(t); len(got) != 0 {
			t.Errorf("a dry run is kept: %+v", got)
		}
		first := must(run(w.a.scope, false))(t)
		check("first", first, inventory.ImportCreate, inventory.PurchaseMade, 1)
		if a := must(s.Asset(t.Context(), w.a.scope, first.Rows[0].AssetID))(t); a.State != inventory.InStock {
			t.Errorf("its state is %s", a.State)
		}
		check("again", must(run(w.a.scope, false))(t), inventory.ImportUnchanged, inventory.PurchaseKnown, 1)
		row.Purchase.Price = inventory.EUR(100)
		check("at another price", must(run(w.a.scope, false))(t), inventory.ImportUnchanged, inventory.PurchaseExists, 1)
		row.Purchase.Start = ""
		check("without its day", must(run(w.a.scope, true))(t), inventory.ImportUnchanged, inventory.PurchaseNoDay, 1)
		if _, err := run(w.b.scope, false); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("another client's scope: %v", err)
		}
		if got := must(s.Imports(t.Context(), w.a.scope, w.a.client.ID))(t); len(got) != 3 || got[2].Created != 1 || got[2].Coverages != 1 || got[2].Purchases != 1 ||
			got[0].Created != 0 || got[0].Seen != 1 || got[0].Name != "parc.csv" || len(got[0].Digest) != 64 || got[0].Mapping["N° d’inventaire"] != "asset-tag" || len(got[2].Mapping) != 2 {
			t.Errorf("imports %+v", got)
		}
		if got := must(s.Imports(t.Context(), w.b.scope, w.b.client.ID))(t); len(got) != 0 {
			t.Errorf("another client's imports %+v", got)
		}
	})
}

// Rows stand where they say. Sites and the client are made with the import, or not
// at all.
func TestImportSites(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		ctx, client := t.Context(), w.a.client.ID
		rows := []inventory.ImportRow{
			imported("1", "serial", "5CG0000001", "vendor", "HP"), imported("2", "serial", "5CG0000002", "vendor", "HP"),
			imported("3", "serial", "5CG0000003", "vendor", "HP"), imported("4", "serial", "5CG0000004", "vendor", "HP"),
		}
		rows[0].Site, rows[1].Site, rows[2].Site = "Lyon", strings.ToUpper(w.a.site.Name), "lyon"
		before := len(must(s.Sites(ctx, w.a.scope, client))(t))
		dry := fileOf(client, w.a.site.ID, rows)
		dry.Dry = true
		if got := must(s.Import(ctx, w.a.scope, dry))(t); !slices.Equal(got.Sites, []string{"Lyon"}) || len(must(s.Sites(ctx, w.a.scope, client))(t)) != before {
			t.Errorf("dry: %v", got.Sites)
		}
		got := must(s.Import(ctx, w.a.scope, fileOf(client, w.a.site.ID, rows)))(t)
		lyon := must(s.Asset(ctx, w.a.scope, got.Rows[0].AssetID))(t).SiteID
		for i, want := range []string{lyon, w.a.site.ID, lyon, w.a.site.ID} {
			if a := must(s.Asset(ctx, w.a.scope, got.Rows[i].AssetID))(t); a.SiteID != want || want == "" || i == 0 && want == w.a.site.ID {
				t.Errorf("row %d stands at %s, want %s", i, a.SiteID, want)
			}
		}
		// A table moves what nobody has met; its undo moves it back, and takes Lille away.
		rows[3].Site = "Lille"
		moved := must(s.Import(ctx, w.a.scope, fileOf(client, w.a.site.ID, rows[3:])))(t)
		if v := moved.Rows[0]; v.What != inventory.ImportUpdate || v.Field != "site" || !slices.Equal(moved.Sites, []string{"Lille"}) {
			t.Errorf("moved: %+v %v", v, moved.Sites)
		}
		undone := must(s.UndoImport(ctx, w.a.scope, moved.Import.ID))(t).Undone
		if a := must(s.Asset(ctx, w.a.scope, moved.Rows[0].AssetID))(t); a.SiteID != w.a.site.ID || undone.Sites != 1 || len(undone.Left) != 0 {
			t.Errorf("undone: at %s, %+v", a.SiteID, undone)
		}
		if undone := must(s.UndoImport(ctx, w.a.scope, got.Import.ID))(t).Undone; undone.Removed != 4 || undone.Sites != 1 || len(must(s.Sites(ctx, w.a.scope, client))(t)) != before {
			t.Errorf("undone: %+v", undone)
		}
		fresh := fileOf("", "", rows)
		fresh.Client = "Nouveau"
		if _, err := s.Import(ctx, w.a.scope, fresh); inventory.CodeOf(err) != inventory.Forbidden {
			t.Errorf("a client is made by who sees one: %v", err)
		}
		fresh.Dry = true
		if got := must(s.Import(ctx, admin, fresh))(t); got.Import.Created != 4 || len(got.Sites) != 3 {
			t.Errorf("dry, of a new client: %+v %v", got.Import, got.Sites)
		}
		if _, err := s.ClientByName(ctx, admin, "Nouveau"); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("a dry run made the client: %v", err)
		}
	})
}

// What an import brought goes, and nothing else: what scans and people told stays.
func TestUndoImport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		ctx, scope, client, site := t.Context(), w.a.scope, w.a.client.ID, w.a.site.ID
		scan := inventory.Observation{At: importedAt.Add(-time.Hour), Source: inventory.FromNmap, Ref: "10.0.0.9", Address: "10.0.0.9"}
		scan.Add(inventory.FieldMAC, "00:1b:21:77:77:77", "nmap", inventory.High)
		scan.Add(inventory.FieldHostname, "pc-scan", "nmap", inventory.High)
		if _, err := s.Record(ctx, scope, client, site, []inventory.Observation{scan}); err != nil {
			t.Fatal(err)
		}
		before := byID(t, s, scope, client)
		rows := []inventory.ImportRow{
			imported("1", "serial", "5CG0000001", "vendor", "HP", "hostname", "pc-new", "class", "laptop"),
			imported("2", "mac", "00:1b:21:77:77:77", "location", "Bureau 12", "asset-tag", "T-2", "hostname", "pc-scan"),
			imported("3", "serial", "5CG0000003", "vendor", "HP", "hostname", "pc-worked-on", "class", "laptop"),
			imported("4", "serial", "5CG0000004", "vendor", "HP", "hostname", "pc-met", "location", "Bureau 4", "state", "in-stock"),
		}
		for i := range rows[:3] {
			rows[i].Coverage = inventory.Coverage{Kind: "manufacturer", End: "2028-12-31", Source: "csv"}
		}
		rows[0].Purchase = inventory.Financing{Kind: inventory.Purchase, Start: "2026-01-15", Price: inventory.EUR(89900), VATPermille: 200}
		result := must(s.Import(ctx, scope, fileOf(client, site, rows)))(t)
		imp, placed := result.Import, placedOf(result)
		if imp.Created != 3 || imp.Updated != 1 {
			t.Fatalf("%+v", imp)
		}
		if _, err := s.PatchAsset(ctx, scope, placed[2], inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldLocation: "Réserve"}}); err != nil {
			t.Fatal(err)
		}
		met := inventory.Observation{At: importedAt.Add(time.Hour), Source: inventory.FromSNMP, Ref: "10.0.0.4", Address: "10.0.0.4"}
		met.Add(inventory.FieldSerial, "5CG0000004", "snmp", inventory.Certain)
		met.Add(inventory.FieldVendor, "HP", "snmp", inventory.Certain)
		if _, err := s.Record(ctx, scope, client, site, []inventory.Observation{met}); err != nil {
			t.Fatal(err)
		}
		for _, c := range must(s.Coverages(ctx, scope, client))(t) {
			if c.AssetID == placed[1] && c.End == "2028-12-31" { // a person corrects it: it is the person's now
				c.End = "2029-06-30"
				must(s.UpdateCoverage(ctx, scope, c))(t)
			}
		}
		if _, err := s.UndoImport(ctx, w.b.scope, imp.ID); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("another client's scope: %v", err)
		}
		first := must(s.UndoImport(ctx, scope, imp.ID))(t)
		u := first.Undone
		if u.Removed != 1 || u.Restored != 2 || u.Coverages != 2 || u.Purchases != 1 || first.UndoneAt == nil || first.UndoneBy == "" {
			t.Errorf("undone: %+v", u)
		}
		var left []string
		for _, l := range u.Left {
			left = append(left, l.Kind+" "+l.Why)
		}
		slices.Sort(left)
		if want := []string{"asset pinned", "asset seen", "coverage changed"}; !slices.Equal(left, want) {
			t.Errorf("left %v, want %v", left, want)
		}
		if again := must(s.UndoImport(ctx, scope, imp.ID))(t); !again.UndoneAt.Equal(*first.UndoneAt) || fmt.Sprint(*again.Undone) != fmt.Sprint(*u) {
			t.Errorf("undone twice: %+v, first %+v", again, first)
		}
		if got := must(s.Imports(ctx, scope, client))(t); len(got) != 1 || got[0].Undone == nil || len(got[0].Undone.Left) != 3 {
			t.Errorf("listed: %+v", got)
		}
		now := byID(t, s, scope, client)
		if _, there := now[placed[0]]; there {
			t.Error("what only the import told of is still there")
		}
		if a := now[placed[2]]; a.Values[inventory.FieldLocation].Value != "Réserve" || a.Serial != "5CG0000003" {
			t.Errorf("what a person has worked on: %+v", a)
		}
		if a := now[placed[3]]; a.Serial != "5CG0000004" || a.Hostname != "" || a.State != inventory.InService || len(a.Sightings) != 1 {
			t.Errorf("what a scan has met since: %+v", a)
		}
		history, _, err := s.History(ctx, scope, placed[3], inventory.Page{})
		if err != nil || !slices.ContainsFunc(history, func(c inventory.Change) bool {
			return c.Field == "hostname" && c.Old == "pc-met" && c.New == "" && c.Because == inventory.ImportUndoneField
		}) || !slices.ContainsFunc(history, func(c inventory.Change) bool { return c.Field == inventory.ImportUndoneField && c.Old == "parc.csv" }) {
			t.Errorf("history %+v, %v", history, err)
		}
		delete(now, placed[2])
		delete(now, placed[3])
		if len(now) != len(before) {
			t.Errorf("%d assets, want %d", len(now), len(before))
		}
		for id, was := range before {
			is := now[id]
			if fmt.Sprint(is.Values) != fmt.Sprint(was.Values) || fmt.Sprint(is.Identifiers) != fmt.Sprint(was.Identifiers) || fmt.Sprint(is.Sightings) != fmt.Sprint(was.Sightings) ||
				!is.LastSeen.Equal(was.LastSeen) || is.State != was.State {
				t.Errorf("was %+v, is %+v", was, is)
			}
		}
		// Imported again it is as it was.
		if again := must(s.Import(ctx, scope, fileOf(client, site, rows)))(t); again.Import.Created != 1 {
			t.Errorf("again: %+v", again.Import)
		}
	})
}

// An import that joins two known assets, and its undo; an older import's values come
// back, and a doubt that it raised goes.
func TestUndoImportJoins(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		ctx, scope, client, site := t.Context(), w.a.scope, w.a.client.ID, w.a.site.ID
		first := must(s.Import(ctx, scope, fileOf(client, site, []inventory.ImportRow{
			imported("1", "serial", "5CG0000001", "vendor", "HP", "location", "Bureau 1"),
			imported("2", "mac", "00:1b:21:77:77:78", "hostname", "pc-2"),
		})))(t)
		before := byID(t, s, scope, client)
		row := imported("3", "serial", "5CG0000001", "vendor", "HP", "mac", "00:1b:21:77:77:78", "location", "Bureau 3")
		row.Observation.At = importedAt.Add(time.Hour)
		second := must(s.Import(ctx, scope, fileOf(client, site, []inventory.ImportRow{row})))(t)
		if v := second.Rows[0]; v.What != inventory.ImportJoin || len(byID(t, s, scope, client)) != len(before)-1 {
			t.Fatalf("%+v", v)
		}
		u := must(s.UndoImport(ctx, scope, second.Import.ID))(t).Undone
		if u.Decisions != 1 || u.Removed != 0 || len(u.Left) != 0 {
			t.Errorf("undone: %+v", u)
		}
		now := byID(t, s, scope, client)
		for _, id := range placedOf(first) {
			if fmt.Sprint(now[id].Values) != fmt.Sprint(before[id].Values) || fmt.Sprint(now[id].Identifiers) != fmt.Sprint(before[id].Identifiers) {
				t.Errorf("was %+v, is %+v", before[id], now[id])
			}
		}
		// They are not told apart: the same file joins them again.
		if again := must(s.Import(ctx, scope, fileOf(client, site, []inventory.ImportRow{row})))(t); again.Rows[0].What != inventory.ImportJoin {
			t.Errorf("again: %+v", again.Rows[0])
		}
	})
}

func byID(t *testing.T, s *store.Store, scope inventory.Scope, client string) map[string]inventory.Asset {
	t.Helper()
	all := map[string]inventory.Asset{}
	for _, a := range must(allAssets(t, s, scope, client))(t) {
		all[a.ID] = a
	}
	return all
}

func values(a inventory.Asset) map[inventory.Field]string {
	m := map[inventory.Field]string{}
	for f, v := range a.Values {
		m[f] = v.Value
	}
	return m
}

func allAssets(t *testing.T, s *store.Store, scope inventory.Scope, client string) ([]inventory.Asset, error) {
	t.Helper()
	var all []inventory.Asset
	err := s.AssetsFull(t.Context(), scope, inventory.AssetFilter{ClientID: client}, func(a inventory.Asset) error {
		all = append(all, a)
		return nil
	})
	return all, err
}

// Which rows are worked out together is no matter: rows that share an identifier,
// however far apart they stand, become the same assets.
func TestImportInBatches(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.OpenWith(t, store.Options{DSN: dsn, Key: storetest.Key, Now: func() time.Time { return importedAt }})
		r := rand.New(rand.NewPCG(7, 7))
		var rows []inventory.ImportRow
		for i := range 300 {
			n := r.IntN(120)
			row := imported(fmt.Sprintf("r%d", i))
			for _, f := range []inventory.Fact{
				{Field: "serial", Value: fmt.Sprintf("5CG%07d", n)}, {Field: "mac", Value: fmt.Sprintf("3c:52:82:00:00:%02x", n)},
				{Field: "hostname", Value: fmt.Sprintf("pc-%d", n%60)}, {Field: "asset-tag", Value: fmt.Sprintf("T-%d", n)},
				{Field: "location", Value: fmt.Sprintf("Bureau %d", r.IntN(9))}, {Field: "vendor", Value: "HP"},
			} {
				if r.IntN(2) == 0 {
					row.Observation.Add(f.Field, f.Value, "csv", inventory.High)
				}
			}
			rows = append(rows, row)
		}
		var want []string
		for _, size := range []int{300, 1, 7, 100} {
			client := must(s.CreateClient(t.Context(), admin, inventory.Client{Name: fmt.Sprint("Client ", size)}))(t)
			site := must(s.CreateSite(t.Context(), admin, inventory.Site{ClientID: client.ID, Name: "Siège"}))(t)
			must(store.ImportIn(s, t.Context(), admin, fileOf(client.ID, site.ID, rows), size))(t)
			var got []string
			for _, a := range must(allAssets(t, s, admin, client.ID))(t) {
				refs := make([]string, 0, len(a.Sightings))
				for _, x := range a.Sightings {
					refs = append(refs, x.Ref)
				}
				slices.Sort(refs)
				got = append(got, fmt.Sprint(values(a), refs, a.Doubt != ""))
			}
			slices.Sort(got)
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) || len(got) < 20 {
				t.Errorf("in batches of %d: %d assets\n%s\nwant %d\n%s", size, len(got), strings.Join(got, "\n"), len(want), strings.Join(want, "\n"))
			}
		}
	})
}
