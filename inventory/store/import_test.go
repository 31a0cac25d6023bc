package store_test

import (
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// An import tried dry keeps nothing; imported twice it changes nothing; a client
// out of scope gets nothing.
func TestImport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		o := inventory.Observation{At: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), Source: inventory.FromCSV, Ref: "T-77"}
		o.Add(inventory.FieldSerial, "5CG1234XYZ", "csv:Serial", inventory.High)
		o.Add(inventory.FieldVendor, "HP", "csv:Vendor", inventory.High)
		o.Add(inventory.FieldHostname, "pc-import", "csv:Name", inventory.High)
		cover := inventory.Coverage{Kind: "manufacturer", End: "2028-12-31", Source: "csv"}
		run := func(scope inventory.Scope, dry bool) (inventory.Plan, error) {
			return s.Import(t.Context(), scope, w.a.client.ID, w.a.site.ID, []inventory.Observation{o}, []inventory.Coverage{cover}, dry)
		}
		had := len(must(s.Coverages(t.Context(), w.a.scope, w.a.client.ID))(t))
		check := func(when string, plan inventory.Plan, created, coverages int) {
			t.Helper()
			if len(plan.Create) != created {
				t.Errorf("%s: %d created, want %d", when, len(plan.Create), created)
			}
			for _, u := range plan.Update {
				if len(u.Changes) > 0 {
					t.Errorf("%s: changes %+v", when, u.Changes)
				}
			}
			if got := len(must(s.Coverages(t.Context(), w.a.scope, w.a.client.ID))(t)); got != had+coverages {
				t.Errorf("%s: %d coverages, want %d", when, got, had+coverages)
			}
		}
		check("dry", must(run(w.a.scope, true))(t), 1, 0)
		check("first", must(run(w.a.scope, false))(t), 1, 1)
		check("again", must(run(w.a.scope, false))(t), 0, 1)
		if _, err := run(w.b.scope, false); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("another client's scope: %v", err)
		}
	})
}
