package store_test

import (
	"fmt"
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

// An import tried dry keeps nothing; imported twice it changes nothing; a client
// out of scope gets nothing.
func TestImport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		row := imported("T-77", "serial", "5CG1234XYZ", "vendor", "HP", "hostname", "pc-import", "state", "in-stock")
		row.Coverage = inventory.Coverage{Kind: "manufacturer", End: "2028-12-31", Source: "csv"}
		row.Purchase = inventory.Financing{Kind: inventory.Purchase, Start: "2026-01-15", Supplier: "LDLC Pro", Price: inventory.EUR(89900), VATPermille: 200}
		run := func(scope inventory.Scope, dry bool) (inventory.Plan, error) {
			var plan inventory.Plan
			_, _, err := s.Import(t.Context(), scope, inventory.Import{ClientID: w.a.client.ID, SiteID: w.a.site.ID, Name: "parc.csv"}, []inventory.ImportRow{row}, dry,
				func(_ int, p inventory.Plan) { plan = p })
			return plan, err
		}
		had, paid := len(must(s.Coverages(t.Context(), w.a.scope, w.a.client.ID))(t)), len(must(s.Financings(t.Context(), w.a.scope, w.a.client.ID))(t))
		check := func(when string, plan inventory.Plan, created, more int) {
			t.Helper()
			if len(plan.Create) != created {
				t.Errorf("%s: %d created, want %d", when, len(plan.Create), created)
			}
			for _, u := range plan.Update {
				if len(u.Changes) > 0 {
					t.Errorf("%s: changes %+v", when, u.Changes)
				}
			}
			if got := len(must(s.Coverages(t.Context(), w.a.scope, w.a.client.ID))(t)); got != had+more {
				t.Errorf("%s: %d coverages, want %d", when, got, had+more)
			}
			if got := len(must(s.Financings(t.Context(), w.a.scope, w.a.client.ID))(t)); got != paid+more {
				t.Errorf("%s: %d purchases, want %d", when, got, paid+more)
			}
		}
		check("dry", must(run(w.a.scope, true))(t), 1, 0)
		if got := must(s.Imports(t.Context(), w.a.scope, w.a.client.ID))(t); len(got) != 0 {
			t.Errorf("a dry run is kept: %+v", got)
		}
		first := must(run(w.a.scope, false))(t)
		check("first", first, 1, 1)
		if a := must(s.Asset(t.Context(), w.a.scope, first.Placed[0]))(t); a.State != inventory.InStock {
			t.Errorf("its state is %s", a.State)
		}
		check("again", must(run(w.a.scope, false))(t), 0, 1)
		if _, err := run(w.b.scope, false); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("another client's scope: %v", err)
		}
		if got := must(s.Imports(t.Context(), w.a.scope, w.a.client.ID))(t); len(got) != 2 || got[1].Created != 1 || got[0].Created != 0 || got[0].Name != "parc.csv" {
			t.Errorf("imports %+v", got)
		}
		if got := must(s.Imports(t.Context(), w.b.scope, w.b.client.ID))(t); len(got) != 0 {
			t.Errorf("another client's imports %+v", got)
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
		before := map[string]inventory.Asset{}
		for _, a := range must(allAssets(t, s, scope, client))(t) {
			before[a.ID] = a
		}
		rows := []inventory.ImportRow{
			imported("1", "serial", "5CG0000001", "vendor", "HP", "hostname", "pc-new", "class", "laptop"),
			imported("2", "mac", "00:1b:21:77:77:77", "location", "Bureau 12", "asset-tag", "T-2", "hostname", "pc-scan"),
			imported("3", "serial", "5CG0000003", "vendor", "HP", "hostname", "pc-worked-on", "class", "laptop"),
		}
		rows[0].Coverage = inventory.Coverage{Kind: "manufacturer", End: "2028-12-31", Source: "csv"}
		rows[0].Purchase = inventory.Financing{Kind: inventory.Purchase, Start: "2026-01-15", Price: inventory.EUR(89900), VATPermille: 200}
		var placed []string
		imp, out, err := s.Import(ctx, scope, inventory.Import{ClientID: client, SiteID: site, Name: "parc.csv"}, rows, false, func(_ int, p inventory.Plan) { placed = p.Placed })
		if err != nil || out.Created != 2 {
			t.Fatalf("%+v, %v", out, err)
		}
		if _, err := s.PatchAsset(ctx, scope, placed[2], inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldLocation: "Réserve"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.UndoImport(ctx, w.b.scope, imp.ID); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("another client's scope: %v", err)
		}
		u := must(s.UndoImport(ctx, scope, imp.ID))(t)
		if u.Removed != 1 || u.Restored != 1 || u.Kept != 1 || u.Coverages != 1 || u.Purchases != 1 || u.Import.UndoneAt == nil {
			t.Errorf("undone: %+v", u)
		}
		if _, err := s.UndoImport(ctx, scope, imp.ID); inventory.CodeOf(err) != inventory.Conflict {
			t.Errorf("undone twice: %v", err)
		}
		now := map[string]inventory.Asset{}
		for _, a := range must(allAssets(t, s, scope, client))(t) {
			now[a.ID] = a
		}
		if _, there := now[placed[0]]; there {
			t.Error("what only the import told of is still there")
		}
		if a := now[placed[2]]; a.Values[inventory.FieldLocation].Value != "Réserve" {
			t.Errorf("what a person has worked on: %+v", a)
		}
		delete(now, placed[2])
		for id, was := range before {
			is := now[id]
			if len(now) != len(before) || fmt.Sprint(values(is)) != fmt.Sprint(values(was)) || len(is.Identifiers) != len(was.Identifiers) || len(is.Sightings) != len(was.Sightings) {
				t.Errorf("%s was %v, is %v", id, values(was), values(is))
			}
		}
		// Imported again it is as it was.
		if _, out, err = s.Import(ctx, scope, inventory.Import{ClientID: client, SiteID: site, Name: "parc.csv"}, rows, false, nil); err != nil || out.Created != 1 {
			t.Errorf("again: %+v, %v", out, err)
		}
	})
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

// Which rows are worked out together is no matter: what is in one batch with
// another, and what is not, becomes the same assets.
func TestImportInBatches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		var rows []inventory.ImportRow
		for i := range 1500 { // more than a batch; every machine by its serial and, far below, by its address
			rows = append(rows, imported(fmt.Sprintf("a%d", i), "serial", fmt.Sprintf("5CG%07dX", i), "vendor", "HP", "mac", fmt.Sprintf("3c:52:82:00:%02x:%02x", (i+1)>>8, (i+1)&255)))
		}
		for i := range 700 {
			rows = append(rows, imported(fmt.Sprintf("b%d", i), "mac", fmt.Sprintf("3c:52:82:00:%02x:%02x", (i+1)>>8, (i+1)&255), "location", "Lyon"))
		}
		placed := make([]string, len(rows))
		_, out, err := s.Import(t.Context(), w.a.scope, inventory.Import{ClientID: w.a.client.ID, SiteID: w.a.site.ID, Name: "big.csv"}, rows, false, func(first int, p inventory.Plan) {
			copy(placed[first:], p.Placed)
		})
		if err != nil || out.Created != 1500 {
			t.Fatalf("%+v, %v", out, err)
		}
		for i := range 700 {
			if placed[i] != placed[1500+i] {
				t.Fatalf("row b%d is %s, a%d is %s", i, placed[1500+i], i, placed[i])
			}
		}
	})
}
