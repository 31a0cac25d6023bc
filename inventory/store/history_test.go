package store_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// TestHistoryIsComplete: what an asset was on any past day follows from what it is
// now and from the changes since.
func TestHistoryIsComplete(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		now := day
		s := storetest.OpenWith(t, store.Options{DSN: dsn, Now: func() time.Time { return now }})
		c := must(s.CreateClient(t.Context(), admin, inventory.Client{Name: "Dupont"}))(t)
		site := must(s.CreateSite(t.Context(), admin, inventory.Site{ClientID: c.ID, Name: "Siège"}))(t)
		annexe := must(s.CreateSite(t.Context(), admin, inventory.Site{ClientID: c.ID, Name: "Annexe"}))(t)
		var id string
		wasThen := map[int]map[string]string{} // day → field → value
		for n := range 12 {
			now = day.AddDate(0, 0, n)
			o := machine(1)
			o.At = now
			o.Add(inventory.FieldVersion, fmt.Sprintf("1.%d", n/3), "snmp:x", inventory.High)
			o.Add(inventory.FieldOSName, fmt.Sprintf("OS %d", n/5), "snmp:x", inventory.High)
			out := must(s.Record(t.Context(), admin, c.ID, site.ID, []inventory.Observation{o}))(t)
			id = out.AssetIDs[0]
			switch n {
			case 4:
				must(s.PatchAsset(t.Context(), admin, id, inventory.AssetPatch{State: ptr(inventory.InRepair), Values: map[inventory.Field]string{inventory.FieldModel: "by hand"}}))(t)
			case 7:
				must(s.PatchAsset(t.Context(), admin, id, inventory.AssetPatch{State: ptr(inventory.InService)}))(t)
			case 9:
				must(s.PatchAsset(t.Context(), admin, id, inventory.AssetPatch{SiteID: &annexe.ID}))(t)
			}
			wasThen[n] = snapshot(must(s.Asset(t.Context(), admin, id))(t))
		}
		changes := all(t, 3, func(p inventory.Page) ([]inventory.Change, string, error) {
			return s.History(t.Context(), admin, id, p)
		})
		if !slices.IsSortedFunc(changes, func(a, b inventory.Change) int { return b.At.Compare(a.At) }) {
			t.Error("history is not the newest first")
		}
		if last := changes[len(changes)-1]; last.Field != "created" || last.Actor != "snmp" {
			t.Errorf("it begins with %+v", last)
		}
		for n := 11; n >= 0; n-- {
			was := snapshot(must(s.Asset(t.Context(), admin, id))(t))
			for _, c := range changes { // the newest first: the oldest change after the day counts
				if c.At.After(day.AddDate(0, 0, n)) {
					if _, shown := was[c.Field]; shown {
						was[c.Field] = c.Old
					}
				}
			}
			if !reflect.DeepEqual(was, wasThen[n]) {
				t.Errorf("day %d: from history %v, was %v", n, was, wasThen[n])
			}
		}
	})
}

func ptr[T any](v T) *T { return &v }

// snapshot is what history must be able to give back.
func snapshot(a inventory.Asset) map[string]string {
	shown := map[string]string{"state": string(a.State), "site": a.SiteID}
	for _, f := range []inventory.Field{inventory.FieldModel, inventory.FieldVersion, inventory.FieldOSName, inventory.FieldHostname, inventory.FieldSerial} {
		shown[string(f)] = a.Values[f].Value
	}
	return shown
}

func TestPatchAsset(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.b
		a := must(w.PatchAsset(ctx, x.scope, x.asset.ID, inventory.AssetPatch{Values: map[inventory.Field]string{
			inventory.FieldAssetTag: " HAND\x00 0001 ", inventory.FieldClass: "server", inventory.FieldHostname: "srv-é",
		}}))(t)
		if a.Class != inventory.Server || a.Hostname != "srv-é" {
			t.Errorf("%+v", a)
		}
		v := a.Values[inventory.FieldAssetTag]
		if !v.Pinned || v.Value != "HAND 0001" || v.Source != inventory.FromHand || v.Confidence != inventory.Certain || v.At.IsZero() {
			t.Errorf("value %+v", v)
		}
		if found, _, err := w.Assets(ctx, x.scope, inventory.AssetFilter{Text: "SRV-É dell"}); err != nil || len(found) != 1 {
			t.Errorf("found %v, %v", found, err)
		}
		// Scans disagree in Review, and never overwrite.
		for range 2 {
			x.record(t, w.Store, machine(1))
			got := must(w.Asset(ctx, x.scope, a.ID))(t)
			if got.Values[inventory.FieldAssetTag].Value != "HAND 0001" || got.Class != inventory.Server || got.Hostname != "srv-é" {
				t.Fatalf("a scan overwrites: %+v", got)
			}
		}
		// Without the pin the scan's word counts again.
		must(w.PatchAsset(ctx, x.scope, a.ID, inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldHostname: ""}}))(t)
		got := must(w.Asset(ctx, x.scope, a.ID))(t)
		if got.Hostname != "srv-é" || got.Values[inventory.FieldHostname].Pinned {
			t.Errorf("unpinned: %+v", got.Values[inventory.FieldHostname])
		}
		other := must(w.Asset(ctx, admin, w.a.asset.ID))(t)
		if other.Serial != w.a.asset.Serial || other.Class != inventory.Laptop {
			t.Errorf("the other client's asset changes: %+v", other)
		}
	})
}

// TestFoundByWhatAPersonSaid: a record that tells only the serial that a person has
// given is of that asset.
func TestFoundByWhatAPersonSaid(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		x := w.b
		printer := inventory.Observation{At: day, Source: inventory.FromNmap, Ref: "p", Address: "192.168.1.99", ScanID: "p"}
		printer.Add(inventory.FieldHostname, "hall-printer", "nmap", inventory.High)
		id := x.record(t, w.Store, printer).AssetIDs[0]
		must(w.PatchAsset(t.Context(), x.scope, id, inventory.AssetPatch{Values: map[inventory.Field]string{
			inventory.FieldSerial: "CNB9K11234", inventory.FieldVendor: "HP",
		}}))(t)
		row := inventory.Observation{At: day.Add(time.Hour), Source: inventory.FromCSV, Ref: "42"}
		row.Add(inventory.FieldSerial, "CNB9K11234", "column", inventory.High)
		row.Add(inventory.FieldVendor, "HP", "column", inventory.High)
		if out := x.record(t, w.Store, row); out.Created != 0 || len(out.AssetIDs) != 1 || out.AssetIDs[0] != id {
			t.Errorf("recorded %+v, want asset %s", out, id)
		}
		if out := w.a.record(t, w.Store, row); out.Created != 1 {
			t.Errorf("of the other client: %+v", out)
		}
	})
}

func TestPatchAssetHistory(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.b
		before, _, err := w.History(ctx, x.scope, x.asset.ID, inventory.Page{})
		if err != nil {
			t.Fatal(err)
		}
		patch := inventory.AssetPatch{State: ptr(inventory.Retired), Values: map[inventory.Field]string{inventory.FieldAssetTag: "T-1"}}
		for range 2 { // the second time nothing changes
			must(w.PatchAsset(ctx, x.scope, x.asset.ID, patch))(t)
		}
		after, _, err := w.History(ctx, x.scope, x.asset.ID, inventory.Page{})
		if err != nil || len(after) != len(before)+2 {
			t.Fatalf("%d changes, then %d, %v", len(before), len(after), err)
		}
		got := map[string]inventory.Change{}
		for _, c := range after[:2] {
			got[c.Field] = c
		}
		state, tag := got["state"], got["asset-tag"]
		if state.Old != "in-service" || state.New != "retired" || state.Actor != x.scope.Actor() || tag.New != "T-1" || tag.Old != "" {
			t.Errorf("history %+v", got)
		}
	})
}

func TestPatchAssetRefuses(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.b
		for name, patch := range map[string]inventory.AssetPatch{
			"state":       {State: ptr(inventory.State("lost"))},
			"class":       {Values: map[inventory.Field]string{inventory.FieldClass: "toaster"}},
			"address":     {Values: map[inventory.Field]string{inventory.FieldIP: "300.1.1.1"}},
			"field":       {Values: map[inventory.Field]string{"": "x"}},
			"long field":  {Values: map[inventory.Field]string{inventory.Field(make([]byte, 100)): "x"}},
			"one is good": {State: ptr(inventory.Retired), Values: map[inventory.Field]string{inventory.FieldClass: "toaster"}},
		} {
			_, err := w.PatchAsset(ctx, x.scope, x.asset.ID, patch)
			code(t, err, inventory.Invalid, name)
		}
		if got := must(w.Asset(ctx, x.scope, x.asset.ID))(t); !reflect.DeepEqual(got, x.asset) {
			t.Errorf("a refused patch changes %+v to %+v", x.asset, got)
		}
		_, err := w.PatchAsset(ctx, x.scope, x.asset.ID, inventory.AssetPatch{SiteID: ptr("")})
		code(t, err, inventory.NotFound, "no site")
	})
}

func TestReviews(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		if r := x.review; r.Kind != inventory.ReviewPinned || !slices.Contains(r.AssetIDs, x.asset.ID) || r.Evidence.Get(inventory.FieldModel) != "Latitude 5420" {
			t.Errorf("review %+v", r)
		}
		if out := x.record(t, w.Store, machine(1)); out.Reviewed != 0 {
			t.Errorf("the same doubt is told again: %+v", out)
		}
		got := must(w.DecideReview(ctx, x.scope, x.review.ID, "the person is right"))(t)
		if got.DecidedAt == nil || got.DecidedBy != x.scope.Actor() || got.Resolution != "the person is right" {
			t.Errorf("decided %+v", got)
		}
		_, err := w.DecideReview(ctx, x.scope, x.review.ID, "again")
		code(t, err, inventory.Conflict, "decide twice")
		if out := x.record(t, w.Store, machine(1)); out.Reviewed != 0 {
			t.Errorf("a decided doubt is told again: %+v", out)
		}
		open := all(t, 1, func(p inventory.Page) ([]inventory.Review, string, error) {
			return w.Reviews(ctx, x.scope, x.client.ID, true, p)
		})
		decided := all(t, 1, func(p inventory.Page) ([]inventory.Review, string, error) {
			return w.Reviews(ctx, x.scope, x.client.ID, false, p)
		})
		if len(open) != 0 || len(decided) != 1 || !reflect.DeepEqual(decided[0], must(w.Review(ctx, x.scope, x.review.ID))(t)) {
			t.Errorf("open %v, decided %v", open, decided)
		}
		if other, _, err := w.Reviews(ctx, admin, w.b.client.ID, true, inventory.Page{}); err != nil || len(other) != 1 || other[0].ID != w.b.review.ID {
			t.Errorf("the other client's reviews %v, %v", other, err)
		}
	})
}
