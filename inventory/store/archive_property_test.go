package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// anything gives a text as people and devices write them.
func anything(r *rand.Rand) string {
	parts := []string{"Dépôt", "«Ω»", "日本", "a'b\"c", "<b>&amp;</b>", "=1+1", "\\n", "line\nline", "😀", "{\"a\":[1]}", "null", "", "  ", "0001", "2026-02-30", "%_", "$1", "?"}
	var b strings.Builder
	for range r.IntN(4) {
		b.WriteString(parts[r.IntN(len(parts))])
	}
	return b.String()
}

func amount(r *rand.Rand) inventory.Money { return inventory.EUR(r.Int64N(1 << 40)) }

// anyClient makes a client with a bit of everything, in a random state: of merges
// and splits some are undone, of doubts some are answered.
func anyClient(t *testing.T, s *store.Store, r *rand.Rand, name string) inventory.Client {
	t.Helper()
	ctx := t.Context()
	c, ids := messy(t, s, r, name)
	some := func() string { return ids[r.IntN(len(ids))] }
	site := must(s.CreateSite(ctx, admin, inventory.Site{ClientID: c.ID, Name: name + anything(r) + "x", Networks: []inventory.Network{{Prefix: netip.MustParsePrefix("10.0.0.0/8"), Label: anything(r)}}}))(t)
	must(s.UpdateSettings(ctx, admin, inventory.Settings{ClientID: c.ID, MissingDays: map[inventory.Class]int{inventory.Laptop: r.IntN(90)}, PersonalDays: r.IntN(2) * 400}))(t)
	must(s.SetPolicy(ctx, admin, inventory.Policy{ClientID: c.ID, RiskCost: map[inventory.Class]inventory.Money{inventory.Server: amount(r)}, YearEndMonth: r.IntN(13)}))(t)
	for i := range 1 + r.IntN(4) {
		must(s.AddPrice(ctx, admin, inventory.Price{ClientID: c.ID, Class: inventory.Laptop, Amount: amount(r), Day: "2026-01-01", Source: "list", Reference: anything(r)}))(t)
		must(s.SetAlertPlan(ctx, admin, inventory.AlertPlan{ClientID: c.ID, Lang: "fr", Recipients: []string{anything(r)}}))(t)
		said := inventory.Deadline{Event: fmt.Sprint("contract-notice/", i), Day: "2027-03-01", SnoozedUntil: "2027-02-01", SentOn: "2026-12-01", SaidBy: anything(r), SaidAt: &day}
		if err := s.SayDeadlines(ctx, admin, c.ID, []inventory.Deadline{said}); err != nil {
			t.Fatal(err)
		}
		must(s.AddScenario(ctx, admin, inventory.Scenario{ClientID: c.ID, Name: fmt.Sprint(anything(r), i), From: 2027, Years: 3, Caps: map[int]inventory.Money{2028: amount(r)}, Pinned: map[string]int{some(): 2029}, Notes: anything(r)}))(t)
		v := must(s.AddIntervention(ctx, admin, inventory.Intervention{ClientID: c.ID, AssetID: some(), Level: inventory.Remote, Kind: "failure", Summary: anything(r), OpenedAt: day.Add(time.Duration(r.IntN(1e9)) * time.Millisecond), Cost: amount(r)}))(t)
		frozen := make([]byte, r.IntN(3000))
		for i := range frozen {
			frozen[i] = byte(r.Uint32())
		}
		must(s.KeepReport(ctx, admin, inventory.Report{ClientID: c.ID, Kind: "audit", Day: "2026-11-23", Digest: fmt.Sprint("d", i), Frozen: append(frozen, byte(i))}))(t)
		must(s.CreateSavedReport(ctx, admin, inventory.SavedReport{ClientID: c.ID, Name: anything(r), Kind: "renewals", Lang: "fr", Format: "pdf", Recipients: []string{"boss@example.com"}, Spec: "@monthly", Enabled: r.IntN(2) == 0}))(t)
		schedule := must(s.CreateSchedule(ctx, admin, inventory.Schedule{ClientID: c.ID, SiteID: site.ID, Name: anything(r), Spec: "0 2 * * *", TimeZone: "Europe/Paris", Depth: inventory.DepthFull}))(t)
		scan := must(s.CreateScan(ctx, admin, inventory.Scan{ClientID: c.ID, SiteID: site.ID, ScheduleID: schedule.ID, Targets: []string{"10.0.0.0/24"}, Depth: inventory.DepthFull}, nil))(t)
		if r.IntN(3) > 0 {
			must(s.BeginScan(ctx, admin, scan.ID, "runner"))(t)
			if err := s.EndScan(ctx, admin, scan.ID, "runner", inventory.ScanDone, anything(r)); err != nil {
				t.Fatal(err)
			}
		}
		for _, a := range []inventory.Attachment{{ClientID: c.ID}, {InterventionID: v.ID}, {AssetID: some()}} {
			a.Name, a.Title, a.Kind = anything(r)+".bin", inventory.Clean(anything(r)), inventory.AttachmentKinds[r.IntN(len(inventory.AttachmentKinds))]
			content := noise(1 + r.IntN(3<<19))
			if r.IntN(3) == 0 {
				content = []byte("the same for several")
			}
			if _, err := s.AddAttachment(ctx, admin, a, bytes.NewReader(content)); err != nil && inventory.CodeOf(err) != inventory.Conflict {
				t.Fatal(err)
			}
		}
		file := fileOf(c.ID, site.ID, importRows(machines(1+r.IntN(9), 2)))
		file.Name = anything(r) + ".csv"
		imp, err := s.Import(ctx, admin, file)
		if err != nil {
			t.Fatal(err)
		}
		if r.IntN(2) == 0 {
			must(s.UndoImport(ctx, admin, imp.Import.ID))(t)
		}
		if err := s.KeepWarranty(ctx, admin, inventory.WarrantyLookup{ClientID: c.ID, AssetID: some(), Maker: "dell", Serial: "S", AskedAt: day, Unknown: r.IntN(2) == 0}, nil); err != nil {
			t.Fatal(err)
		}
	}
	decideAtRandom(t, s, r, c.ID, site.ID, ids)
	return c
}

// decideAtRandom merges, splits, undoes, disagrees and answers.
func decideAtRandom(t *testing.T, s *store.Store, r *rand.Rand, clientID, siteID string, ids []string) {
	t.Helper()
	ctx := t.Context()
	for range 4 {
		a, err := s.Asset(ctx, admin, ids[r.IntN(len(ids))])
		if err != nil { // merged away meanwhile
			continue
		}
		if len(a.Sightings) > 1 && r.IntN(2) == 0 {
			must(s.SplitAsset(ctx, admin, a.ID, a.Sightings[:1]))(t)
		} else if other := ids[r.IntN(len(ids))]; other != a.ID {
			if _, err := s.MergeAssets(ctx, admin, a.ID, other); err != nil && inventory.CodeOf(err) != inventory.NotFound {
				t.Fatal(err)
			}
		}
		decisions, _, err := s.Decisions(ctx, admin, clientID, inventory.Page{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(decisions) > 0 && decisions[0].UndoneAt == nil && r.IntN(2) == 0 {
			must(s.UndoDecision(ctx, admin, decisions[0].ID))(t)
		}
		must(s.PatchAsset(ctx, admin, a.ID, inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldModel: "by hand " + anything(r), inventory.FieldUser: anything(r)}}))(t)
		o := machine(1 + r.IntN(6))
		o.At = o.At.Add(time.Duration(100+r.IntN(900)) * time.Hour)
		must(s.Record(ctx, admin, clientID, siteID, []inventory.Observation{o}))(t)
	}
	reviews, _, err := s.Reviews(ctx, admin, clientID, true, inventory.Page{})
	if err != nil {
		t.Fatal(err)
	}
	for _, review := range reviews {
		if r.IntN(2) == 0 {
			if _, err := s.DecideReview(ctx, admin, review.ID, anything(r)); err != nil && inventory.CodeOf(err) != inventory.Invalid { // some want an answer
				t.Fatal(err)
			}
		}
	}
}

// zipped exports a client as parc does.
func zipped(t *testing.T, s *store.Store, c inventory.Client) []byte {
	t.Helper()
	var out bytes.Buffer
	sink := exchange.NewZip(&out)
	w := exchange.NewArchive(sink, exchange.Manifest{Parc: "test", At: day, ClientID: c.ID, Client: c.Name, LeftOut: store.NotArchived}, store.ArchiveTables())
	if err := s.Archive(t.Context(), admin, c.ID, store.ArchiveTo{Row: w.Row, File: w.File, Assets: w.Assets}); err != nil {
		t.Fatal(err)
	}
	must(w.Close())(t)
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bringBack opens an export and brings its client back.
func bringBack(t *testing.T, s *store.Store, export []byte) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.zip")
	if err := os.WriteFile(path, export, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := exchange.OpenArchive(path, store.ArchiveTables())
	if err != nil {
		return err
	}
	defer a.Close()
	next := func(table string) (map[string]any, error) {
		if table == store.KeysTable {
			return nil, nil
		}
		return a.Next(table)
	}
	return s.Restore(t.Context(), admin, a.Manifest.ClientID, store.ArchiveFrom{Next: next, Open: a.Open})
}

// TestExportComesBack: whatever a client has, exporting it, bringing it into an
// empty parc on the other kind of database and exporting it from there gives the
// same bytes, and so does the way back.
func TestExportComesBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		others := []string{storetest.Postgres(t), storetest.SQLite(t)}
		if s.Dialect() == store.Postgres {
			others[0], others[1] = others[1], others[0]
		}
		there, back := storetest.Open(t, others[0]), storetest.Open(t, others[1])
		rows := map[string]int{}
		for seed := range uint64(6) {
			r := rand.New(rand.NewPCG(seed, 11))
			c := anyClient(t, s, r, fmt.Sprint("client ", seed))
			export := zipped(t, s, c)
			for table, lines := range takeOut(t, s, c.ID).Rows {
				rows[table] += len(lines)
			}
			for i, other := range []*store.Store{there, back} {
				if err := bringBack(t, other, export); err != nil {
					t.Fatalf("seed %d, into %s: %v", seed, other.Dialect(), err)
				}
				if again := zipped(t, other, c); !bytes.Equal(again, export) {
					t.Fatalf("seed %d, step %d: from %s to %s it became another: %s", seed, i, s.Dialect(), other.Dialect(), firstDifference(t, export, again))
				}
				code(t, bringBack(t, other, export), inventory.Conflict, "twice")
			}
		}
		for _, table := range store.ArchiveTables() {
			if rows[table] == 0 {
				t.Errorf("no client had rows in %s", table)
			}
		}
	})
}

func firstDifference(t *testing.T, one, other []byte) string {
	t.Helper()
	a, b := bytes.Split(unzipped(t, one), []byte("\n")), bytes.Split(unzipped(t, other), []byte("\n"))
	for i := range a {
		if i >= len(b) || !bytes.Equal(a[i], b[i]) {
			return fmt.Sprintf("\n%.600s\n%.600s", a[i], bytes.Join(b[min(i, len(b)):min(i+1, len(b))], nil))
		}
	}
	return "the end"
}
