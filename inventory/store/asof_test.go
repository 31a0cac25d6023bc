package store_test

import (
	"context"
	"slices"
	"testing"

	"parc/inventory"
	"parc/inventory/store"
)

func asOf(ctx context.Context, t *testing.T, s *store.Store, clientID string, day inventory.Day) map[string]inventory.Asset {
	t.Helper()
	assets := map[string]inventory.Asset{}
	err := s.AssetsAsOf(ctx, admin, inventory.AssetFilter{ClientID: clientID}, day, func(a inventory.Asset) error {
		assets[a.Serial] = a
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return assets
}

// TestAsOf: any past day is shown as it was, and so is what differs between two.
func TestAsOf(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), &w.a
		c := must(w.CreateClient(ctx, admin, inventory.Client{Name: "Past"}))(t)
		paris := must(w.CreateSite(ctx, admin, inventory.Site{ClientID: c.ID, Name: "Paris"}))(t)
		lyon := must(w.CreateSite(ctx, admin, inventory.Site{ClientID: c.ID, Name: "Lyon"}))(t)
		tell := func(site inventory.Site, n, days int, version string) string {
			t.Helper()
			o := machine(n)
			o.At, o.ScanID = day.AddDate(0, 0, days), "run"+version
			o.Add(inventory.FieldVersion, version, "snmp:x", inventory.High)
			return must(w.Record(ctx, admin, c.ID, site.ID, []inventory.Observation{o}))(t).AssetIDs[0]
		}
		tell(paris, 1, -100, "1.0")
		one := tell(paris, 1, -50, "2.0")
		tell(paris, 2, -80, "1.0")
		two := tell(lyon, 2, -10, "1.0")
		tell(paris, 3, -5, "1.0")
		date := func(days int) inventory.Day { return inventory.DayOf(day.AddDate(0, 0, days)) }

		if got := asOf(ctx, t, w.Store, c.ID, date(-101)); len(got) != 0 {
			t.Errorf("before anything was known: %v", got)
		}
		then := asOf(ctx, t, w.Store, c.ID, date(-60))
		a := then["7XK0001Q"]
		if len(then) != 2 || a.Version != "1.0" || a.Values[inventory.FieldVersion].Source != inventory.FromSNMP || then["7XK0002Q"].SiteID != paris.ID {
			t.Errorf("sixty days ago: %d, %+v", len(then), a)
		}
		if want := day.AddDate(0, 0, -100); !a.LastSeen.Equal(want) {
			t.Errorf("last seen %s, want %s", a.LastSeen, want)
		}
		if got := asOf(ctx, t, w.Store, c.ID, date(-50)); got["7XK0001Q"].Version != "2.0" {
			t.Errorf("on the very day: %+v", got["7XK0001Q"])
		}
		retired := inventory.Retired
		must(w.PatchAsset(ctx, admin, one, inventory.AssetPatch{State: &retired}))(t)
		must(w.MergeAssets(ctx, admin, one, two))(t)
		if got := asOf(ctx, t, w.Store, c.ID, date(-60)); len(got) != 2 || got["7XK0002Q"].Serial == "" || got["7XK0001Q"].State != inventory.InService {
			t.Errorf("before they were merged and retired: %d, %+v", len(got), got)
		}
		decisions, _, _ := w.Decisions(ctx, admin, c.ID, inventory.Page{})
		must(w.UndoDecision(ctx, admin, decisions[0].ID))(t)

		today := inventory.DayOf(must(w.Asset(ctx, admin, one))(t).UpdatedAt)
		differences := must(w.Differences(ctx, admin, c.ID, date(-60), today))(t)
		kinds := map[string]inventory.DifferenceKind{}
		for _, d := range differences {
			kinds[d.AssetID] = d.Kind
			if d.AssetID == one && !slices.Contains(d.Changes, inventory.FieldChange{Field: "version", Old: "1.0", New: "2.0"}) {
				t.Errorf("changes of the retired one: %+v", d.Changes)
			}
		}
		if len(differences) != 3 || kinds[one] != inventory.Gone || kinds[two] != inventory.Moved {
			t.Errorf("differences %+v", differences)
		}
		if got := must(w.Differences(ctx, admin, c.ID, date(-30), date(-20)))(t); len(got) != 0 {
			t.Errorf("nothing happened then: %+v", got)
		}
		_, err := w.Differences(ctx, admin, x.client.ID, date(0), date(-1))
		code(t, err, inventory.Invalid, "days the wrong way round")
		_, err = w.Differences(ctx, admin, x.client.ID, "2026-13-01", date(-1))
		code(t, err, inventory.Invalid, "no day")
	})
}
