package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func (x side) record(t *testing.T, s *store.Store, observations ...inventory.Observation) inventory.Outcome {
	t.Helper()
	return must(s.Record(t.Context(), admin, x.client.ID, x.site.ID, observations))(t)
}

func count(t *testing.T, s *store.Store, query string, args ...any) (n int) {
	t.Helper()
	if err := s.DB().QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRecord(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.b
		out := x.record(t, w.Store, machines(10, 3)...)
		if out.Created != 3 || out.Updated+out.Seen+out.Reviewed != 0 || len(out.AssetIDs) != 3 {
			t.Fatalf("new: %+v", out)
		}
		again := x.record(t, w.Store, machines(10, 3)...)
		if again.Seen != 3 || again.Created+again.Updated+again.Reviewed != 0 || !reflect.DeepEqual(again.AssetIDs, out.AssetIDs) {
			t.Fatalf("again: %+v", again)
		}
		changed := machine(11)
		changed.At = day.Add(time.Hour)
		changed.Add(inventory.FieldVersion, "1.2.3", "snmp:x", inventory.High)
		if got := x.record(t, w.Store, changed); got.Updated != 1 || got.Seen+got.Created != 0 {
			t.Fatalf("changed: %+v", got)
		}
		if n := count(t, w.Store, "SELECT count(*) FROM assets WHERE client_id = $1", w.a.client.ID); n != 1 {
			t.Errorf("the other client has %d assets", n)
		}
		if n := count(t, w.Store, "SELECT count(*) FROM observations WHERE client_id = $1 AND asset_id IS NOT NULL AND site_id = $2", x.client.ID, x.site.ID); n != 2+3+3+1 {
			t.Errorf("%d observations kept", n)
		}
		if got := x.record(t, w.Store); !reflect.DeepEqual(got, inventory.Outcome{AssetIDs: []string{}}) {
			t.Errorf("nothing: %+v", got)
		}
	})
}

// TestRecordIsAPlanApplied: what is stored is what Reconcile decided, whole.
func TestRecordIsAPlanApplied(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		now := day.Add(48 * time.Hour)
		s := storetest.OpenWith(t, store.Options{DSN: dsn, Key: storetest.Key, Now: func() time.Time { return now }})
		x := newSide(t, s, "Dupont")
		observations := machines(50, 3)
		observations[1].Details = inventory.Details{Software: []inventory.Software{}, Components: []inventory.Component{{Kind: inventory.ComponentDisk, Serial: "D1SK0001", SizeMB: 512000}}}
		for i := range observations {
			observations[i].ClientID, observations[i].SiteID = x.client.ID, x.site.ID
		}
		plan := inventory.Reconcile(now, observations, inventory.Known{})
		out := x.record(t, s, observations...)
		if out.Created != 3 || len(plan.Create) != 3 {
			t.Fatalf("%+v", out)
		}
		for _, want := range plan.Create {
			got := must(s.Asset(t.Context(), x.scope, want.ID))(t)
			for _, a := range []*inventory.Asset{&got, &want} {
				for i := range a.Identifiers {
					a.Identifiers[i].AssetID, a.Identifiers[i].ClientID = "", ""
				}
				for i := range a.Sightings {
					a.Sightings[i].AssetID, a.Sightings[i].ClientID = "", ""
				}
			}
			if a, b := asJSON(t, got), asJSON(t, want); a != b {
				t.Errorf("stored %s\nplanned %s", a, b)
			}
			if !reflect.DeepEqual(got.Sightings, want.Sightings) {
				t.Errorf("sightings %+v, want %+v", got.Sightings, want.Sightings)
			}
			if got.Details.Software == nil != (want.Details.Software == nil) {
				t.Errorf("a list that was looked at and is empty: stored %v, planned %v", got.Details.Software, want.Details.Software)
			}
		}
	})
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	return string(must(json.Marshal(v))(t))
}

// TestManyObservations needs every batch more than once.
func TestManyObservations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newSide(t, s, "Dupont")
		const n = 1203
		if out := x.record(t, s, machines(1000, n)...); out.Created != n {
			t.Fatalf("created %d", out.Created)
		}
		later := machines(1000, n)
		for i := range later {
			later[i].At = later[i].At.Add(24 * time.Hour)
			later[i].Add(inventory.FieldVersion, fmt.Sprint("v", i), "snmp:x", inventory.High)
		}
		if out := x.record(t, s, later...); out.Updated != n || out.Created != 0 {
			t.Fatalf("%+v", out.Updated)
		}
		versions := map[string]bool{}
		for _, a := range must(full(t.Context(), s, x.scope, inventory.AssetFilter{Text: "7xk"}))(t) {
			versions[a.Version] = true
			if !a.LastSeen.Equal(day.Add(24*time.Hour)) && a.Hostname != "pc-1" {
				t.Fatalf("%s last seen %s", a.Hostname, a.LastSeen)
			}
		}
		if len(versions) != n+1 {
			t.Errorf("%d versions", len(versions))
		}
	})
}

// TestHostileStrings: what a device may send is stored or refused, on both
// databases alike, and never half.
func TestHostileStrings(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newSide(t, s, "Dupont")
		for i, text := range []string{
			"a\x00b", "\xff\xfe", "'; DROP TABLE assets; --", strings.Repeat("9X7Q", 1024), "\u202eevil", "=cmd|' /C calc'!A0",
			"🖨️ imprimante", "%s%n", strings.Repeat("é", 2000), "\\", "\"", "null", "a\nb",
		} {
			o := machine(200 + i)
			for f := range o.Facts { // without Clean, which the store must not rely on
				if o.Facts[f].Field != inventory.FieldMAC && o.Facts[f].Field != inventory.FieldClass {
					o.Facts[f].Value = text
				}
			}
			o.Facts = append(o.Facts, inventory.Fact{Field: inventory.FieldDescription, Value: text, From: text})
			o.Ref, o.Address, o.ScanID = text, text, text
			o.Details.Services[0].Banner = text
			out, err := s.Record(t.Context(), admin, x.client.ID, x.site.ID, []inventory.Observation{o})
			if err != nil {
				t.Errorf("%.20q: %v", text, err)
				continue
			}
			if out.Created+out.Seen+out.Updated != 1 {
				t.Errorf("%.20q: %+v", text, out)
			}
			// What was stored is found and compared again.
			if out, err := s.Record(t.Context(), admin, x.client.ID, x.site.ID, []inventory.Observation{o}); err != nil || out.Created != 0 {
				t.Errorf("%.20q again: %+v, %v", text, out, err)
			}
		}
		for _, a := range must(full(t.Context(), s, x.scope, inventory.AssetFilter{}))(t) {
			if strings.ContainsAny(a.Hostname+a.Serial+a.Address, "\x00") {
				t.Errorf("a zero byte is stored: %q", a.Hostname)
			}
		}
	})
}

// TestRecordersAtOnce: several programs record the same devices at the same
// moment, and each device is one asset.
func TestRecordersAtOnce(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		x := newSide(t, s, "Dupont")
		var all sync.WaitGroup
		for i := range 6 {
			other := storetest.Open(t, dsn)
			all.Go(func() {
				for round := range 4 {
					o := machines(300+10*round, 10)
					for n := range o {
						o[n].At = o[n].At.Add(time.Duration(i) * time.Minute)
						o[n].Ref = fmt.Sprintf("from %d", i)
					}
					if _, err := other.Record(t.Context(), admin, x.client.ID, x.site.ID, o); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if n := count(t, s, "SELECT count(*) FROM assets WHERE client_id = $1", x.client.ID); n != 41 {
			t.Errorf("%d assets, want 41", n)
		}
		for _, a := range must(full(t.Context(), s, x.scope, inventory.AssetFilter{Text: "7xk03"}))(t) {
			if len(a.Sightings) != 6 {
				t.Errorf("%s has %d sightings, want 6", a.Hostname, len(a.Sightings))
			}
		}
	})
}

// TestRecordAllOrNothing: an error in the middle leaves nothing behind.
func TestRecordAllOrNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newSide(t, s, "Dupont")
		before := dump(t, s)
		observations := machines(500, 20)
		observations[19].At = time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC) // outside what JSON can say
		if _, err := s.Record(t.Context(), admin, x.client.ID, x.site.ID, observations); err == nil {
			t.Fatal("an instant in the year 20000 is stored")
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Record(ctx, admin, x.client.ID, x.site.ID, machines(500, 20)); err == nil {
			t.Fatal("a cancelled record is stored")
		}
		if after := dump(t, s); !reflect.DeepEqual(before, after) {
			t.Errorf("before %v\nafter %v", before, after)
		}
	})
}

// dump counts the rows of every table that Record writes.
func dump(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	rows := map[string]int{}
	for _, table := range []string{"assets", "identifiers", "sightings", "changes", "observations", "reviews", "review_assets", "joins"} {
		rows[table] = count(t, s, "SELECT count(*) FROM "+table)
	}
	return rows
}

// TestJoin: two halves of a device turn out to be one, and all that belongs to the
// one that goes is with the one that stays.
func TestJoin(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		half := func(n int) inventory.Observation {
			o := inventory.Observation{At: day, Source: inventory.FromNmap, Address: fmt.Sprintf("192.168.1.%d", 80+n), ScanID: fmt.Sprint("half", n), Ref: fmt.Sprint("half", n)}
			o.Add(inventory.FieldMAC, fmt.Sprintf("00:1b:21:aa:bb:0%d", n), "nmap", inventory.High)
			return o
		}
		one := x.record(t, w.Store, half(1)).AssetIDs[0]
		two := x.record(t, w.Store, half(2)).AssetIDs[0]
		ids := []string{one, two}
		for _, id := range ids {
			must(w.AddCoverage(ctx, x.scope, inventory.Coverage{ClientID: x.client.ID, AssetID: id, Kind: "manufacturer"}))(t)
		}
		shared := must(w.AddFinancing(ctx, x.scope, inventory.Financing{ClientID: x.client.ID, AssetIDs: ids}))(t)
		single := must(w.AddLicence(ctx, x.scope, inventory.Licence{ClientID: x.client.ID, Metric: "device", AssetIDs: []string{two}}))(t)
		other := must(w.AddContract(ctx, x.scope, inventory.Contract{ClientID: x.client.ID, AssetIDs: []string{one}}))(t)
		whole := inventory.Observation{At: day.Add(time.Hour), Source: inventory.FromSNMP, Address: "192.168.1.81", ScanID: "whole", Ref: "fw"}
		whole.Add(inventory.FieldSerial, "FW77K0012", "snmp", inventory.High)
		whole.Add(inventory.FieldMAC, "00:1b:21:aa:bb:01", "snmp", inventory.High)
		whole.Add(inventory.FieldMAC, "00:1b:21:aa:bb:02", "snmp", inventory.High)
		out := x.record(t, w.Store, whole)
		if len(out.AssetIDs) != 1 || !slices.Contains(ids, out.AssetIDs[0]) {
			t.Fatalf("%+v, want one of %v", out, ids)
		}
		kept := out.AssetIDs[0]
		gone := ids[1-slices.Index(ids, kept)]
		_, err := w.Asset(ctx, x.scope, gone)
		code(t, err, inventory.NotFound, "the asset that went")
		a := must(w.Asset(ctx, x.scope, kept))(t)
		if len(a.Sightings) != 3 || a.Serial != "FW77K0012" {
			t.Errorf("%d sightings of %q", len(a.Sightings), a.Serial)
		}
		for table, want := range map[string]int{"coverages": 2, "observations": 3, "identifiers": len(a.Identifiers)} {
			if n := count(t, w.Store, "SELECT count(*) FROM "+table+" WHERE asset_id = $1", kept); n != want {
				t.Errorf("%d %s, want %d", n, table, want)
			}
			if n := count(t, w.Store, "SELECT count(*) FROM "+table+" WHERE asset_id = $1", gone); n != 0 && table != "identifiers" {
				t.Errorf("%d %s are left behind", n, table)
			}
		}
		for _, f := range must(w.Financings(ctx, x.scope, x.client.ID))(t) {
			if f.ID == shared.ID && !reflect.DeepEqual(f.AssetIDs, []string{kept}) {
				t.Errorf("financing of %v", f.AssetIDs)
			}
		}
		for _, l := range must(w.Licences(ctx, x.scope, x.client.ID))(t) {
			if l.ID == single.ID && !reflect.DeepEqual(l.AssetIDs, []string{kept}) {
				t.Errorf("licence of %v", l.AssetIDs)
			}
		}
		for _, c := range must(w.Contracts(ctx, x.scope, x.client.ID))(t) {
			if c.ID == other.ID && !reflect.DeepEqual(c.AssetIDs, []string{kept}) {
				t.Errorf("contract of %v", c.AssetIDs)
			}
		}
		history, _, err := w.History(ctx, x.scope, kept, inventory.Page{Limit: 500})
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]int{}
		for _, c := range history {
			told[c.Field]++
		}
		if told["created"] != 2 || told["joined"] != 1 {
			t.Errorf("history %v", told)
		}
		if n := count(t, w.Store, "SELECT count(*) FROM joins WHERE into_id = $1 AND from_id = $2 AND client_id = $3", kept, gone, x.client.ID); n != 1 {
			t.Errorf("%d joins noted", n)
		}
		if n := count(t, w.Store, "SELECT count(*) FROM changes WHERE origin_id = $1 AND asset_id = $2", gone, kept); n != 1 {
			t.Errorf("%d changes know where they come from", n)
		}
		if next := x.record(t, w.Store, half(1), half(2)); next.Created != 0 {
			t.Errorf("the halves are new again: %+v", next)
		}
	})
}

// TestForeignKeysHold: the database itself refuses what would join two clients.
func TestForeignKeysHold(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for name, statement := range map[string]string{
			"asset of another client's site": "UPDATE assets SET site_id = '" + w.b.site.ID + "' WHERE id = '" + w.a.asset.ID + "'",
			"part of another client's asset": "UPDATE assets SET parent_id = '" + w.b.asset.ID + "' WHERE id = '" + w.a.asset.ID + "'",
			"sighting":                       "UPDATE sightings SET asset_id = '" + w.b.asset.ID + "' WHERE asset_id = '" + w.a.asset.ID + "'",
			"change":                         "UPDATE changes SET asset_id = '" + w.b.asset.ID + "' WHERE asset_id = '" + w.a.asset.ID + "'",
			"observation":                    "UPDATE observations SET client_id = '" + w.b.client.ID + "' WHERE asset_id = '" + w.a.asset.ID + "'",
			"coverage":                       "UPDATE coverages SET client_id = '" + w.b.client.ID + "' WHERE asset_id = '" + w.a.asset.ID + "'",
			"financing":                      "UPDATE financing_assets SET asset_id = '" + w.b.asset.ID + "' WHERE asset_id = '" + w.a.asset.ID + "'",
			"licence":                        "UPDATE licence_assets SET asset_id = '" + w.b.asset.ID + "' WHERE asset_id = '" + w.a.asset.ID + "'",
			"scan":                           "UPDATE scans SET site_id = '" + w.b.site.ID + "' WHERE id = '" + w.a.scan.ID + "'",
			"scan of a schedule":             "UPDATE scans SET schedule_id = '" + w.b.schedule.ID + "' WHERE id = '" + w.a.scan.ID + "'",
			"schedule":                       "UPDATE schedules SET client_id = '" + w.b.client.ID + "' WHERE id = '" + w.a.schedule.ID + "'",
			"credential":                     "UPDATE credentials SET site_id = '" + w.b.site.ID + "' WHERE id = '" + w.a.credential.ID + "'",
			"site of nobody":                 "UPDATE sites SET client_id = 'nobody' WHERE id = '" + w.a.site.ID + "'",
			"client is null":                 "UPDATE assets SET client_id = NULL WHERE id = '" + w.a.asset.ID + "'",
		} {
			if err := inOneTx(t, w, statement); err == nil {
				t.Errorf("%s: the database takes it", name)
			}
		}
	})
}

func inOneTx(t *testing.T, w *world, statement string) error {
	t.Helper()
	tx := must(w.DB().BeginTx(t.Context(), &sql.TxOptions{}))(t)
	if _, err := tx.ExecContext(t.Context(), statement); err != nil {
		_ = tx.Rollback() // the error before says why
		return err
	}
	return tx.Commit()
}

// TestRecordStrangeIdentifiers: texts that mean something to a database or to JSON
// find their asset again, among many in one call.
func TestRecordStrangeIdentifiers(t *testing.T) {
	t.Parallel()
	strange := []string{`a","b`, `{x,y}`, `back\slash`, "tab\there", "quote'; --", "nul", "NULL", "élan vital", "[1]", "%_", "日本", "$1", "?"}
	eachWorld(t, func(t *testing.T, w *world) {
		batch := make([]inventory.Observation, len(strange))
		for i, text := range strange {
			batch[i] = inventory.Observation{At: day, Source: inventory.FromCSV, Ref: "row " + text}
			batch[i].Add(inventory.FieldHostname, text, "csv", inventory.High)
		}
		first := w.a.record(t, w.Store, batch...)
		if first.Created != len(strange) {
			t.Fatalf("%+v", first)
		}
		if again := w.a.record(t, w.Store, batch...); again.Created+again.Reviewed > 0 || !reflect.DeepEqual(again.AssetIDs, first.AssetIDs) {
			t.Errorf("told again: %+v", again)
		}
	})
}
