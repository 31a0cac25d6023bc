package store_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

func TestClaimDue(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		var seen []string
		claim := func(now time.Time, do func(tx *sql.Tx, sch inventory.Schedule) (time.Time, error)) error {
			seen = nil
			return w.ClaimDue(ctx, now, func(tx *sql.Tx, sch inventory.Schedule) (time.Time, error) {
				seen = append(seen, sch.ID)
				return do(tx, sch)
			})
		}
		at := func(next time.Time) func(*sql.Tx, inventory.Schedule) (time.Time, error) {
			return func(*sql.Tx, inventory.Schedule) (time.Time, error) { return next, nil }
		}
		if err := claim(day, at(day.Add(time.Hour))); err != nil || len(seen) != 2 {
			t.Fatalf("new schedules: %v, %v", seen, err)
		}
		if sch := must(w.Schedule(ctx, admin, w.a.schedule.ID))(t); sch.NextAt == nil || !sch.NextAt.Equal(day.Add(time.Hour)) || sch.LastAt != nil {
			t.Errorf("worked out: %+v", sch)
		}
		if err := claim(day.Add(59*time.Minute), at(day)); err != nil || len(seen) != 0 {
			t.Fatalf("not due: %v, %v", seen, err)
		}
		// One of the two fails: what it wrote is gone, it stays due, the other goes on.
		broken := errors.New("broken")
		now := day.Add(time.Hour)
		err := claim(now, func(tx *sql.Tx, sch inventory.Schedule) (time.Time, error) {
			if _, err := tx.ExecContext(ctx, "UPDATE schedules SET name = 'touched' WHERE id = $1", sch.ID); err != nil {
				return time.Time{}, err
			}
			if sch.ID == w.a.schedule.ID {
				return time.Time{}, broken
			}
			return day.Add(2 * time.Hour), nil
		})
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), w.a.schedule.ID) || len(seen) != 2 {
			t.Fatalf("one fails: %v, %v", seen, err)
		}
		a, b := must(w.Schedule(ctx, admin, w.a.schedule.ID))(t), must(w.Schedule(ctx, admin, w.b.schedule.ID))(t)
		if a.Name == "touched" || !a.NextAt.Equal(now) || b.Name != "touched" || b.LastAt == nil || !b.LastAt.Equal(now) {
			t.Errorf("the one that fails %+v, the other %+v", a, b)
		}
		// The zero time switches off.
		if err := claim(now, at(time.Time{})); err != nil || len(seen) != 1 || seen[0] != a.ID {
			t.Fatalf("due again: %v, %v", seen, err)
		}
		if off := must(w.Schedule(ctx, admin, a.ID))(t); off.Enabled || off.NextAt != nil {
			t.Errorf("never: %+v", off)
		}
	})
}
