package store_test

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

const windowsKey = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"

// licensed is what an agent tells of the nth machine, with the keys of licences.
func licensed(n int, at time.Time, keys ...string) inventory.Observation {
	o := machine(n)
	o.Source, o.Ref, o.At = inventory.FromAgent, "agent-"+o.Ref, at
	o.Details.Licences = []inventory.FoundLicence{}
	for _, key := range keys {
		o.Details.Licences = append(o.Details.Licences, inventory.FoundLicence{Name: "Windows", Tail: key[len(key)-5:], Key: inventory.NewSecret(key)})
	}
	return o
}

// keyIDs gives the ids of the keys of an asset's licences.
func keyIDs(t *testing.T, s *store.Store, assetID string) (ids []string) {
	t.Helper()
	for _, l := range must(s.Asset(t.Context(), admin, assetID))(t).Details.Licences {
		ids = append(ids, l.KeyID)
	}
	return ids
}

// One key is one row for a client, however often and on however many machines it
// is found; the text of it stands nowhere, and comes out for who asks by its id.
func TestLicenceKeys(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx, s := t.Context(), storetest.Open(t, dsn)
		w := newWorld(t, s)
		a, b := w.a, w.b
		told := []inventory.Observation{licensed(1, day, windowsKey, "other-maker-77"), licensed(2, day, windowsKey)}
		out := must(s.Record(ctx, a.scope, a.client.ID, a.site.ID, told))(t)
		if told[0].Details.Licences[0].Key.Reveal() != windowsKey {
			t.Error("the caller's own observations were changed")
		}
		must(s.Record(ctx, b.scope, b.client.ID, b.site.ID, []inventory.Observation{licensed(1, day, windowsKey)}))(t)
		must(s.Record(ctx, a.scope, a.client.ID, a.site.ID, []inventory.Observation{licensed(1, day.Add(48*time.Hour), windowsKey, "other-maker-77")}))(t)
		one, two := keyIDs(t, s, out.AssetIDs[0]), keyIDs(t, s, out.AssetIDs[1])
		if len(one) != 2 || len(two) != 1 || one[0] != two[0] || one[0] == one[1] || one[0] == "" || one[1] == "" {
			t.Fatalf("keys %v and %v", one, two)
		}
		if kept := must(s.LicenceKeys(ctx, a.scope, a.client.ID))(t); len(kept) != 3 { // and the world's own
			t.Errorf("%d keys kept: %+v", len(kept), kept)
		}
		marks := rowsOf(t, s, "SELECT DISTINCT mark FROM licence_keys")
		if len(marks) != 5 {
			t.Errorf("two clients with one key have marks in common: %v", marks)
		}
		for table, rows := range allRows(t, s) {
			for _, row := range rows {
				if strings.Contains(row, windowsKey) || strings.Contains(row, "maker-77") || strings.Contains(row, "key-s3cret") {
					t.Errorf("a key stands in %s: %s", table, row)
				}
			}
		}
		noKeyInFile(t, s, dsn)
		key := must(s.ReadLicenceKey(ctx, a.scope, a.client.ID, one[0]))(t)
		if key.Reveal() != windowsKey {
			t.Errorf("read %q", key.Reveal())
		}
		for _, id := range out.AssetIDs {
			history, _, err := s.History(ctx, a.scope, id, inventory.Page{Limit: 1})
			if err != nil || len(history) != 1 || history[0].Field != inventory.FieldKeyRead || history[0].Actor != a.scope.Actor() || !strings.Contains(history[0].New, one[0]) {
				t.Errorf("history %+v, %v", history, err)
			}
		}
		_, err := s.ReadLicenceKey(ctx, admin, b.client.ID, one[0])
		code(t, err, inventory.NotFound, "another client's key")
		if then := must(s.AssetAsOf(ctx, admin, out.AssetIDs[0], "2026-11-23"))(t); then.Serial != "7XK0001Q" {
			t.Errorf("as of an earlier day: %+v", then)
		}
		foreign := storetest.OpenWith(t, store.Options{DSN: dsn, Key: bytes.Repeat([]byte{9}, 32)})
		_, err = foreign.ReadLicenceKey(ctx, admin, a.client.ID, one[0])
		code(t, err, inventory.Unavailable, "with another key file")
		for who, want := range map[*store.Store]int{s: 3, foreign: 0} {
			var texts []string
			err := who.ArchiveKeys(ctx, admin, a.client.ID, func(row map[string]any) error {
				texts = append(texts, row["key"].(string))
				return nil
			})
			if err != nil || len(texts) != want || want > 0 && !slices.Contains(texts, windowsKey) {
				t.Errorf("taken out %q, %v; want %d", texts, err, want)
			}
		}
		if _, err := s.DB().ExecContext(ctx, "UPDATE licence_keys SET sealed = (SELECT sealed FROM licence_keys WHERE id = $1) WHERE id = $2", one[1], one[0]); err != nil {
			t.Fatal(err)
		}
		_, err = s.ReadLicenceKey(ctx, admin, a.client.ID, one[0])
		code(t, err, inventory.Unavailable, "moved to another row")
	})
}

func noKeyInFile(t *testing.T, s *store.Store, dsn string) {
	t.Helper()
	if s.Dialect() != store.SQLite {
		return // all its columns have been read
	}
	for _, suffix := range []string{"", "-wal"} {
		text := must(os.ReadFile(dsn + suffix))(t)
		if bytes.Contains(text, []byte(windowsKey)) || bytes.Contains(text, []byte("maker-77")) {
			t.Errorf("a key stands in %s", dsn+suffix)
		}
	}
}

// TestNoKeyToSeal: without parc's key file a licence is kept, its key is not; and
// nobody gives a machine the key of another by naming its id.
func TestNoKeyToSeal(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		x := newSide(t, s, "Dupont")
		keyless := storetest.OpenWith(t, store.Options{DSN: dsn})
		forged := licensed(3, day, windowsKey)
		forged.Details.Licences = append(forged.Details.Licences, inventory.FoundLicence{Name: "Office", KeyID: x.licenceKey})
		out := must(keyless.Record(t.Context(), admin, x.client.ID, x.site.ID, []inventory.Observation{forged}))(t)
		if got := keyIDs(t, s, out.AssetIDs[0]); !reflect.DeepEqual(got, []string{"", ""}) {
			t.Errorf("keys %q", got)
		}
	})
}

// Merging and splitting carry the keys along, undoing brings them back exactly,
// and forgetting a person leaves them.
func TestLicenceKeysOfDecisions(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, a := t.Context(), w.a
		out := must(w.Record(ctx, admin, a.client.ID, a.site.ID, []inventory.Observation{licensed(5, day, windowsKey), licensed(6, day, "other-maker-77")}))(t)
		one, two := out.AssetIDs[0], out.AssetIDs[1]
		before := allRows(t, w.Store)
		must(w.MergeAssets(ctx, admin, one, two))(t)
		undoLast(t, w)
		if diff := cmp.Diff(before, withoutNew(allRows(t, w.Store), before)); diff != "" {
			t.Errorf("merged and undone (-want +got):\n%s", diff)
		}
		must(w.MergeAssets(ctx, admin, one, two))(t)
		if got := keyIDs(t, w.Store, one); len(got) != 1 {
			t.Errorf("keys of the whole: %v", got)
		}
		part := must(w.SplitAsset(ctx, admin, one, []inventory.Sighting{{Source: inventory.FromAgent, Ref: "agent-m6"}}))(t)
		for id, text := range map[string]string{one: windowsKey, part.ID: "other-maker-77"} {
			ids := keyIDs(t, w.Store, id)
			if len(ids) != 1 || must(w.ReadLicenceKey(ctx, admin, a.client.ID, ids[0]))(t).Reveal() != text {
				t.Errorf("after the split %s has %v", id, ids)
			}
		}
		keys := keyIDs(t, w.Store, one)
		must(w.ForgetPerson(ctx, admin, a.client.ID, "somebody"))(t)
		must(w.UpdateSettings(ctx, admin, inventory.Settings{ClientID: a.client.ID, PersonalDays: 1, LeavePersonal: true}))(t)
		must(w.ExpirePersonal(ctx, admin, a.client.ID))(t)
		must(w.Record(ctx, admin, a.client.ID, a.site.ID, []inventory.Observation{licensed(5, day.Add(time.Hour), windowsKey)}))(t)
		if got := keyIDs(t, w.Store, one); !reflect.DeepEqual(got, keys) {
			t.Errorf("keys after forgetting: %v, before %v", got, keys)
		}
	})
}

func undoLast(t *testing.T, w *world) {
	t.Helper()
	decisions, _, err := w.Decisions(t.Context(), admin, w.a.client.ID, inventory.Page{Limit: 1})
	if err != nil || len(decisions) != 1 {
		t.Fatalf("decisions %v, %v", decisions, err)
	}
	must(w.UndoDecision(t.Context(), admin, decisions[0].ID))(t)
}

// A key goes when no asset has it, no decision would bring it back and nobody
// has told it for a month; not before, and not another client's.
func TestDropLicenceKeys(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		now := day
		s := storetest.OpenWith(t, store.Options{DSN: dsn, Key: storetest.Key, Now: func() time.Time { return now }})
		w := newWorld(t, s)
		ctx, a := t.Context(), w.a
		record := func(o ...inventory.Observation) inventory.Outcome {
			return must(s.Record(ctx, admin, a.client.ID, a.site.ID, o))(t)
		}
		gone := record(licensed(2, now, windowsKey)).AssetIDs[0]
		record(licensed(2, now.Add(time.Hour), "other-maker-77"))
		merged := record(licensed(3, now, "key-of-three-3333")).AssetIDs[0]
		into := record(licensed(4, now.Add(time.Hour), "key-of-four-4444")).AssetIDs[0]
		must(s.MergeAssets(ctx, admin, into, merged))(t)
		if n := must(s.DropLicenceKeys(ctx, admin, a.client.ID))(t); n != 0 {
			t.Errorf("%d keys dropped at once", n)
		}
		now = now.Add(31 * 24 * time.Hour)
		others := must(s.LicenceKeys(ctx, admin, w.b.client.ID))(t)
		if err := s.Housekeeping(ctx, admin); err != nil {
			t.Fatal(err)
		}
		tails := map[string]bool{}
		for _, k := range must(s.LicenceKeys(ctx, admin, a.client.ID))(t) {
			tails[k.Tail] = true
		}
		if want := map[string]bool{"": true, "er-77": true, "-3333": true, "-4444": true}; !reflect.DeepEqual(tails, want) {
			t.Errorf("kept %v, want %v", tails, want)
		}
		if got := must(s.LicenceKeys(ctx, admin, w.b.client.ID))(t); !reflect.DeepEqual(got, others) {
			t.Errorf("another client's keys: %v, were %v", got, others)
		}
		record(licensed(2, now, windowsKey)) // told again: kept again
		if ids := keyIDs(t, s, gone); len(ids) != 1 || must(s.ReadLicenceKey(ctx, admin, a.client.ID, ids[0]))(t).Reveal() != windowsKey {
			t.Errorf("told again: %v", ids)
		}
	})
}
