package store_test

import (
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// TestMissingAndBack: what is not seen for long is missing, and in service again
// once it is seen; what is retired stays retired and raises an alert.
func TestMissingAndBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), &w.a
		now := time.Now()
		tell := func(at time.Time) inventory.Asset {
			t.Helper()
			o := machine(5)
			o.At, o.ScanID = at, at.String()
			return must(w.Asset(ctx, admin, must(w.Record(ctx, admin, x.client.ID, x.site.ID, []inventory.Observation{o}))(t).AssetIDs[0]))(t)
		}
		a := tell(now.AddDate(0, 0, -70))
		must(w.UpdateSettings(ctx, x.scope, inventory.Settings{ClientID: x.client.ID, MissingDays: map[inventory.Class]int{inventory.Laptop: 80}}))(t)
		if n := must(w.MarkMissing(ctx, admin, x.client.ID))(t); n != 0 {
			t.Errorf("a patient client: %d missing", n)
		}
		must(w.UpdateSettings(ctx, x.scope, inventory.Settings{ClientID: x.client.ID}))(t)
		if err := w.Housekeeping(ctx, admin); err != nil {
			t.Fatal(err)
		}
		if got := must(w.Asset(ctx, admin, a.ID))(t); got.State != inventory.Missing {
			t.Fatalf("not seen for 70 days: %s", got.State)
		}
		changes, _, _ := w.History(ctx, admin, a.ID, inventory.Page{Limit: 1})
		if c := changes[0]; c.Field != "state" || c.New != "missing" || c.Actor != "parc" || c.Because != "not-seen" {
			t.Errorf("history: %+v", c)
		}
		if n := must(w.MarkMissing(ctx, admin, x.client.ID))(t); n != 0 {
			t.Errorf("marked twice: %d", n)
		}
		if got := tell(now.Add(-2 * time.Hour)); got.State != inventory.InService {
			t.Errorf("seen again: %s", got.State)
		}
		retired := inventory.Retired
		must(w.PatchAsset(ctx, admin, a.ID, inventory.AssetPatch{State: &retired}))(t)
		if got := tell(now.Add(time.Hour)); got.State != inventory.Retired {
			t.Errorf("retired, and seen again: %s", got.State)
		}
		alerts, _, err := w.Alerts(ctx, x.scope, x.client.ID, inventory.Page{})
		if err != nil || len(alerts) != 1 || alerts[0].AssetIDs[0] != a.ID {
			t.Fatalf("alerts %+v, %v", alerts, err)
		}
		must(w.AnswerReview(ctx, x.scope, alerts[0].ID, inventory.ReviewAnswer{Answer: inventory.AnswerNoted, Remark: "back from repair"}))(t)
		if alerts, _, _ = w.Alerts(ctx, x.scope, x.client.ID, inventory.Page{}); len(alerts) != 0 {
			t.Errorf("noted: %+v", alerts)
		}
	})
}

// told is what an agent says of a machine and who uses it.
func told(n int, user string, at time.Time) inventory.Observation {
	o := machine(n)
	o.Source, o.Ref, o.At, o.ScanID = inventory.FromAgent, "agent-"+o.Ref, at, ""
	o.Add(inventory.FieldUser, user, "agent", inventory.High)
	o.Details.Logins = []inventory.Login{{User: user, Domain: "DUPONT"}}
	return o
}

// TestForgetPerson: nothing in the whole database names the person any more;
// another client's person of the same name is still there.
func TestForgetPerson(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		ctx := t.Context()
		for _, x := range []*side{&w.a, &w.b} {
			record := func(o ...inventory.Observation) {
				t.Helper()
				must(w.Record(ctx, admin, x.client.ID, x.site.ID, o))(t)
			}
			record(told(1, `DUPONT\marie.durand`, day.Add(time.Hour)), told(2, "marie.durand", day.Add(time.Hour)))
			record(told(1, "jean.petit", day.Add(2*time.Hour)))
			must(w.PatchAsset(ctx, admin, x.asset.ID, inventory.AssetPatch{Values: map[inventory.Field]string{inventory.FieldContact: "marie.durand"}}))(t)
			o := told(1, "jean.petit", day.Add(3*time.Hour))
			o.Add(inventory.FieldContact, "Marie.Durand@dupont.local", "agent", inventory.High)
			record(o)
			assets := must(full(ctx, s, admin, inventory.AssetFilter{ClientID: x.client.ID}))(t)
			must(w.MergeAssets(ctx, admin, assets[0].ID, assets[1].ID))(t)
		}
		naming := func(client string) (lines []string) {
			for table, rows := range allRows(t, s) {
				for _, row := range rows {
					if strings.Contains(row, client) && strings.Contains(strings.ToLower(row), "marie.durand") {
						lines = append(lines, table+": "+row)
					}
				}
			}
			for _, row := range rowsOf(t, s, "SELECT * FROM joins") {
				if strings.Contains(row, client) && strings.Contains(strings.ToLower(row), "marie.durand") {
					lines = append(lines, "joins: "+row)
				}
			}
			return lines
		}
		if len(naming(w.a.client.ID)) < 5 {
			t.Fatalf("the test names nobody: %v", naming(w.a.client.ID))
		}
		before := len(naming(w.b.client.ID))
		forgotten := must(w.ForgetPerson(ctx, w.a.scope, w.a.client.ID, "Marie.Durand"))(t)
		if left := naming(w.a.client.ID); len(left) != 0 || forgotten.Total() == 0 {
			t.Errorf("forgotten %+v, and left: %s", forgotten, strings.Join(left, "\n"))
		}
		if got := len(naming(w.b.client.ID)); got != before {
			t.Errorf("the other client's: %d rows, %d before", got, before)
		}
		if again := must(w.ForgetPerson(ctx, w.a.scope, w.a.client.ID, "marie.durand"))(t); again.Total() != 0 {
			t.Errorf("forgotten twice: %+v", again)
		}
		_, err := w.ForgetPerson(ctx, w.a.scope, w.a.client.ID, " ")
		code(t, err, inventory.Invalid, "nobody")
	})
}

// TestPersonalSettings: personal data is left out where the client wants it, and
// dropped when it is old.
func TestPersonalSettings(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), &w.a
		record := func(o inventory.Observation) inventory.Asset {
			t.Helper()
			return must(w.Asset(ctx, admin, must(w.Record(ctx, admin, x.client.ID, x.site.ID, []inventory.Observation{o}))(t).AssetIDs[0]))(t)
		}
		now := time.Now()
		old := record(told(7, "marie", now.AddDate(0, 0, -40)))
		fresh := record(told(8, "marie", now.AddDate(0, 0, -2)))
		must(w.UpdateSettings(ctx, x.scope, inventory.Settings{ClientID: x.client.ID, PersonalDays: 30, LeavePersonal: true}))(t)
		if f := must(w.ExpirePersonal(ctx, admin, x.client.ID))(t); f.Assets != 1 || f.Observations != 1 {
			t.Errorf("dropped %+v", f)
		}
		if a := must(w.Asset(ctx, admin, old.ID))(t); a.Values[inventory.FieldUser].Value != "" || len(a.Details.Logins) != 0 {
			t.Errorf("old and kept: %+v", a.Values[inventory.FieldUser])
		}
		if a := must(w.Asset(ctx, admin, fresh.ID))(t); a.Values[inventory.FieldUser].Value != "marie" {
			t.Error("not old, and dropped")
		}
		if a := record(told(9, "paul", now)); a.Values[inventory.FieldUser].Value != "" || len(a.Details.Logins) != 0 {
			t.Errorf("left out of collection: %+v", a.Values[inventory.FieldUser])
		}
		_, err := w.UpdateSettings(ctx, x.scope, inventory.Settings{ClientID: x.client.ID, PersonalDays: -1})
		code(t, err, inventory.Invalid, "days below zero")
	})
}
