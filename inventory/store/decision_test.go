package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// allRows gives every row of every table, as text, but for the decisions themselves.
func allRows(t *testing.T, s *store.Store) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, table := range tables(t, s) {
		if table == "joins" || strings.HasPrefix(table, "river") || strings.HasPrefix(table, "goose") {
			continue
		}
		all[table] = rowsOf(t, s, "SELECT * FROM "+table)
	}
	return all
}

func tables(t *testing.T, s *store.Store) []string {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
	if s.Dialect() == store.Postgres {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	}
	return rowsOf(t, s, query)
}

// rowsOf gives the rows of a query, each as one text, sorted.
func rowsOf(t *testing.T, s *store.Store, query string) []string {
	t.Helper()
	rows, err := s.DB().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var cells []string
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				v = string(b)
			}
			if at, ok := v.(time.Time); ok {
				v = at.UTC().Format(time.RFC3339Nano)
			}
			if len(columns) == 1 {
				cells = append(cells, fmt.Sprint(v))
			} else {
				cells = append(cells, columns[i]+"="+fmt.Sprint(v))
			}
		}
		all = append(all, strings.Join(cells, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// withoutNew leaves out the lines of history that were not there before: a
// decision and its undoing are told.
func withoutNew(after, before map[string][]string) map[string][]string {
	kept := slices.Clone(after["changes"])
	after["changes"] = slices.DeleteFunc(kept, func(row string) bool { return !slices.Contains(before["changes"], row) })
	return after
}

// TestTablesOfAssets: whoever adds a table that refers to assets must say what
// becomes of its rows when two assets are merged: see belonging in join.go.
func TestTablesOfAssets(t *testing.T) {
	t.Parallel()
	known := []string{
		"identifiers", "sightings", // follow the asset's own
		"changes", "observations", "coverages", "interventions", "assets", "attachments", // belonging
		"financing_assets", "licence_assets", "contract_assets", "review_assets", "amendment_assets", "amendment_returns", // sharedThings
		"warranty_lookups", // go with the asset that is merged away: the maker is asked again
	}
	s := storetest.Open(t, storetest.SQLite(t))
	for _, table := range tables(t, s) {
		for _, column := range rowsOf(t, s, "SELECT name FROM pragma_table_info('"+table+"')") {
			if (column == "asset_id" || column == "parent_id") && !slices.Contains(known, table) {
				t.Errorf("%s.%s refers to an asset: add it to belonging or sharedThings in join.go, and here", table, column)
			}
		}
	}
}

// messy fills a client with assets that share much and things that hang on them.
func messy(t *testing.T, s *store.Store, r *rand.Rand, name string) (inventory.Client, []string) {
	t.Helper()
	ctx := t.Context()
	c := must(s.CreateClient(ctx, admin, inventory.Client{Name: name}))(t)
	site := must(s.CreateSite(ctx, admin, inventory.Site{ClientID: c.ID, Name: "Siège"}))(t)
	for batch := range 3 {
		var list []inventory.Observation
		for i := range 6 {
			o := machine(1 + r.IntN(6))
			o.At = o.At.Add(time.Duration(batch*24+i) * time.Hour)
			o.ScanID = fmt.Sprint("run", batch)
			if r.IntN(3) == 0 {
				o.Source, o.Ref = inventory.FromNmap, fmt.Sprint("n", batch, i)
			}
			if r.IntN(3) == 0 {
				o.Add(inventory.FieldVersion, fmt.Sprint("1.", r.IntN(9)), "x", inventory.High)
			}
			list = append(list, o)
		}
		must(s.Record(ctx, admin, c.ID, site.ID, list))(t)
	}
	var ids []string
	for _, a := range must(full(ctx, s, admin, inventory.AssetFilter{ClientID: c.ID}))(t) {
		ids = append(ids, a.ID)
	}
	some := func() []string {
		return slices.DeleteFunc(slices.Clone(ids), func(string) bool { return r.IntN(2) == 0 })
	}
	for i := range 4 {
		// Now and then the same file hangs on several.
		must(s.AddAttachment(ctx, admin, inventory.Attachment{AssetID: ids[i%len(ids)], Name: "photo.txt", Kind: "photo"}, strings.NewReader(fmt.Sprint("photo ", r.IntN(3)))))(t)
		must(s.AddCoverage(ctx, admin, inventory.Coverage{ClientID: c.ID, AssetID: ids[r.IntN(len(ids))], Kind: "manufacturer", Source: "hand", End: "2029-01-01"}))(t)
		must(s.AddFinancing(ctx, admin, inventory.Financing{ClientID: c.ID, Kind: inventory.Purchase, Start: "2026-01-15", Price: inventory.EUR(1000), AssetIDs: some()}))(t)
		swap := inventory.Amendment{Day: "2027-01-15", Term: inventory.CoTerminous, AssetsIn: ids[:1], AssetsOut: ids[1:2]}
		must(s.AddFinancing(ctx, admin, inventory.Financing{ClientID: c.ID, Kind: inventory.Lease, Start: "2026-01-15", Months: 36, AssetIDs: ids[1:], Amendments: []inventory.Amendment{swap}}))(t)
		must(s.AddLicence(ctx, admin, inventory.Licence{ClientID: c.ID, Publisher: "P", Product: "X", Metric: "device", Quantity: 5, Kind: "subscription", AssetIDs: some()}))(t)
		must(s.AddContract(ctx, admin, inventory.Contract{ClientID: c.ID, Kind: "telecom", Party: "X", Title: "T", Start: "2026-01-01", Months: 36, AssetIDs: some()}))(t)
	}
	must(s.PatchAsset(ctx, admin, ids[r.IntN(len(ids))], inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldModel: "pinned"}}))(t)
	return c, ids
}

// TestUndoRestores: whatever hangs on two assets, merging or splitting them and
// undoing it leaves every row of every table as it was.
func TestUndoRestores(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for seed := range uint64(8) {
			r := rand.New(rand.NewPCG(seed, 7))
			_, ids := messy(t, s, r, fmt.Sprint("client ", seed))
			one := ids[r.IntN(len(ids))]
			other := ids[r.IntN(len(ids))]
			if one == other {
				continue
			}
			before := allRows(t, s)
			merged := must(s.MergeAssets(ctx, admin, one, other))(t)
			if _, err := s.Asset(ctx, admin, other); inventory.CodeOf(err) != inventory.NotFound {
				t.Fatalf("seed %d: the other is still there: %v", seed, err)
			}
			decisions, _, err := s.Decisions(ctx, admin, merged.ClientID, inventory.Page{})
			if err != nil || len(decisions) != 1 || decisions[0].Because != inventory.ByHand {
				t.Fatalf("decisions %+v, %v", decisions, err)
			}
			must(s.UndoDecision(ctx, admin, decisions[0].ID))(t)
			if diff := cmp.Diff(before, withoutNew(allRows(t, s), before)); diff != "" {
				t.Fatalf("seed %d: merge and undo:\n%s", seed, diff)
			}
			_, err = s.UndoDecision(ctx, admin, decisions[0].ID)
			code(t, err, inventory.Conflict, "undo twice")
			for _, id := range ids {
				a := must(s.Asset(ctx, admin, id))(t)
				if len(a.Sightings) < 2 {
					continue
				}
				part := must(s.SplitAsset(ctx, admin, id, a.Sightings[:1]))(t)
				if rest := must(s.Asset(ctx, admin, id))(t); len(part.Sightings) != 1 || len(rest.Sightings) != len(a.Sightings)-1 {
					t.Fatalf("split into %d and %d of %d", len(part.Sightings), len(rest.Sightings), len(a.Sightings))
				}
				decisions, _, _ := s.Decisions(ctx, admin, a.ClientID, inventory.Page{Limit: 1})
				must(s.UndoDecision(ctx, admin, decisions[0].ID))(t)
				if diff := cmp.Diff(before, withoutNew(allRows(t, s), before)); diff != "" {
					t.Fatalf("seed %d: split and undo:\n%s", seed, diff)
				}
			}
		}
	})
}

// TestMergeStays: what a person merged stays one at the next scan, and after an
// undo what was scanned meanwhile is where it belongs.
func TestMergeStays(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), &w.a
		out := must(w.Record(ctx, admin, x.client.ID, x.site.ID, []inventory.Observation{machine(2)}))(t)
		other := out.AssetIDs[0]
		must(w.MergeAssets(ctx, x.scope, x.asset.ID, other))(t)
		later := []inventory.Observation{machine(1), machine(2)}
		for i := range later {
			later[i].At = later[i].At.Add(24 * time.Hour)
			later[i].ScanID = "later"
			later[i].Add(inventory.FieldVersion, fmt.Sprint("9.", i), "x", inventory.High)
		}
		out = must(w.Record(ctx, admin, x.client.ID, x.site.ID, later))(t)
		if out.Created != 0 || len(out.AssetIDs) != 1 {
			t.Fatalf("merged by hand, then scanned: %+v", out)
		}
		must(w.PatchAsset(ctx, admin, x.asset.ID, inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldLocation: "attic"}}))(t)
		decisions, _, _ := w.Decisions(ctx, x.scope, x.client.ID, inventory.Page{})
		_, err := w.UndoDecision(ctx, w.b.scope, decisions[0].ID)
		code(t, err, inventory.NotFound, "another client's decision")
		must(w.UndoDecision(ctx, x.scope, decisions[0].ID))(t)
		one, two := must(w.Asset(ctx, admin, x.asset.ID))(t), must(w.Asset(ctx, admin, other))(t)
		if one.Version != "9.0" || two.Version != "9.1" || one.Serial == two.Serial || one.Values[inventory.FieldLocation].Value != "attic" {
			t.Errorf("after the undo: %s %s, %s %s", one.Serial, one.Version, two.Serial, two.Version)
		}
	})
}

// TestSplitStays: what a person split stays two, and a wrong list of sightings
// changes nothing.
func TestSplitStays(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), &w.a
		row := inventory.Observation{At: day, Source: inventory.FromCSV, Ref: "77"}
		row.Add(inventory.FieldSerial, "7XK0001Q", "", 0)
		row.Add(inventory.FieldVendor, "Dell", "", 0)
		must(w.Record(ctx, admin, x.client.ID, x.site.ID, []inventory.Observation{row}))(t)
		part := must(w.SplitAsset(ctx, x.scope, x.asset.ID, []inventory.Sighting{{Source: inventory.FromCSV, Ref: "77"}}))(t)
		out := must(w.Record(ctx, admin, x.client.ID, x.site.ID, []inventory.Observation{row, machine(1)}))(t)
		if out.Created != 0 || len(out.AssetIDs) != 2 || !slices.Contains(out.AssetIDs, part.ID) {
			t.Errorf("split, then told again: %+v", out)
		}
		_, err := w.SplitAsset(ctx, x.scope, x.asset.ID, []inventory.Sighting{{Source: inventory.FromCSV, Ref: "none"}})
		code(t, err, inventory.Invalid, "no such sighting")
		_, err = w.SplitAsset(ctx, x.scope, x.asset.ID, must(w.Asset(ctx, admin, x.asset.ID))(t).Sightings)
		code(t, err, inventory.Invalid, "every sighting")
		_, err = w.MergeAssets(ctx, x.scope, x.asset.ID, x.asset.ID)
		code(t, err, inventory.Invalid, "with itself")
		_, err = w.MergeAssets(ctx, admin, x.asset.ID, w.b.asset.ID)
		code(t, err, inventory.NotFound, "across clients")
	})
}

// TestAnswers: what waits for a person goes where the answer says, and the next
// such observation follows.
func TestAnswers(t *testing.T) {
	t.Parallel()
	const odd = "00:26:b9:00:00:07"
	laptop := func(n int, at time.Time) inventory.Observation {
		o := inventory.Observation{At: at, Source: inventory.FromAgent, Ref: fmt.Sprint("agent-", n)}
		o.Add(inventory.FieldSerial, fmt.Sprintf("5CG%04dABC", n), "", 0)
		o.Add(inventory.FieldHostname, fmt.Sprint("lap-", n), "", 0)
		o.Add(inventory.FieldClass, "laptop", "", 0)
		o.Add(inventory.FieldMAC, fmt.Sprintf("00:1b:21:11:11:%02d", n), "", 0)
		o.Add(inventory.FieldMAC, odd, "", 0)
		return o
	}
	docked := func(ref string, at time.Time) inventory.Observation {
		o := inventory.Observation{At: at, Source: inventory.FromNmap, Ref: ref, Address: "192.168.1.99"}
		o.Add(inventory.FieldMAC, odd, "", 0)
		return o
	}
	for _, tc := range []struct {
		name   string
		answer func(r inventory.Review) inventory.ReviewAnswer
		check  func(t *testing.T, review inventory.Review, sighted []string)
	}{
		{"same", func(r inventory.Review) inventory.ReviewAnswer {
			return inventory.ReviewAnswer{Answer: inventory.AnswerSame, AssetID: r.AssetIDs[1]}
		}, func(t *testing.T, r inventory.Review, sighted []string) {
			if sighted[0] != r.AssetIDs[1] || sighted[1] != r.AssetIDs[1] {
				t.Errorf("placed on %v, want %s", sighted, r.AssetIDs[1])
			}
		}},
		{"new", func(inventory.Review) inventory.ReviewAnswer {
			return inventory.ReviewAnswer{Answer: inventory.AnswerNew}
		}, func(t *testing.T, r inventory.Review, sighted []string) {
			if slices.Contains(r.AssetIDs, sighted[0]) || sighted[0] == "" || sighted[1] == "" {
				t.Errorf("placed on %v, which are candidates", sighted)
			}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				ctx, x := t.Context(), &w.a
				record := func(list ...inventory.Observation) {
					t.Helper()
					must(w.Record(ctx, admin, x.client.ID, x.site.ID, list))(t)
				}
				record(laptop(1, day), laptop(2, day.Add(time.Hour)))
				record(docked("dock-1", day.Add(2*time.Hour)))
				reviews, _, err := w.Reviews(ctx, admin, x.client.ID, true, inventory.Page{})
				if err != nil || len(reviews) != 2 || reviews[0].Kind != inventory.ReviewTwoCandidates {
					t.Fatalf("reviews %+v, %v", reviews, err)
				}
				if ids := where(ctx, t, w, x, "dock-1"); len(ids) != 1 || slices.Contains(reviews[0].AssetIDs, ids[0]) {
					t.Fatalf("what waits is on %v", ids)
				}
				r := reviews[0]
				_, err = w.AnswerReview(ctx, x.scope, r.ID, inventory.ReviewAnswer{Answer: inventory.AnswerSame, AssetID: x.asset.ID})
				code(t, err, inventory.Invalid, "none of the candidates")
				must(w.AnswerReview(ctx, x.scope, r.ID, tc.answer(r)))(t)
				_, err = w.AnswerReview(ctx, x.scope, r.ID, tc.answer(r))
				code(t, err, inventory.Conflict, "answered twice")
				record(docked("dock-2", day.Add(26*time.Hour)))
				one, two := where(ctx, t, w, x, "dock-1"), where(ctx, t, w, x, "dock-2")
				if len(one) != 1 || len(two) != 1 {
					t.Fatalf("dock-1 is on %v, dock-2 on %v", one, two)
				}
				tc.check(t, r, []string{one[0], two[0]})
			})
		})
	}
}

// where gives the assets that have the sighting.
func where(ctx context.Context, t *testing.T, w *world, x *side, ref string) (ids []string) {
	t.Helper()
	for _, a := range must(full(ctx, w.Store, admin, inventory.AssetFilter{ClientID: x.client.ID}))(t) {
		if slices.ContainsFunc(a.Sightings, func(s inventory.Sighting) bool { return s.Ref == ref }) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// TestAnswersToContradictions: same makes one of two, different keeps them two.
func TestAnswersToContradictions(t *testing.T) {
	t.Parallel()
	clone := func(n int) inventory.Observation {
		o := inventory.Observation{At: day.Add(time.Duration(n) * time.Hour), Source: inventory.FromAgent, Ref: "tpl-2026"}
		o.Add(inventory.FieldUUID, "4c4c4544-0044-4d10-8052-b4c04f463432", "", 0)
		o.Add(inventory.FieldMAC, fmt.Sprintf("00:50:56:a1:00:%02d", n), "", 0)
		o.Add(inventory.FieldHostname, fmt.Sprint("web", n), "", 0)
		return o
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for i, x := range []*side{&w.a, &w.b} {
			must(w.Record(t.Context(), admin, x.client.ID, x.site.ID, []inventory.Observation{clone(1), clone(2)}))(t)
			reviews, _, _ := w.Reviews(t.Context(), admin, x.client.ID, true, inventory.Page{})
			if len(reviews) != 2 || reviews[0].Kind != inventory.ReviewContradiction {
				t.Fatalf("reviews %+v", reviews)
			}
			answer := []string{inventory.AnswerSame, inventory.AnswerDifferent}[i]
			must(w.AnswerReview(t.Context(), x.scope, reviews[0].ID, inventory.ReviewAnswer{Answer: answer}))(t)
			assets := must(full(t.Context(), w.Store, x.scope, inventory.AssetFilter{ClientID: x.client.ID}))(t)
			if want := []int{2, 3}[i]; len(assets) != want {
				t.Errorf("%s: %d assets, want %d", answer, len(assets), want)
			}
			_, err := w.AnswerReview(t.Context(), x.scope, reviews[1].ID, inventory.ReviewAnswer{Answer: inventory.AnswerSame})
			code(t, err, inventory.Invalid, "same, to a pinned value")
			must(w.AnswerReview(t.Context(), x.scope, reviews[1].ID, inventory.ReviewAnswer{Answer: inventory.AnswerNoted}))(t)
		}
	})
}
