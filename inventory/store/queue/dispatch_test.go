package queue

import (
	"sync"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = at(text)
}

func (w *world) schedule(t *testing.T, spec string) inventory.Schedule {
	t.Helper()
	sch, err := w.store.CreateSchedule(t.Context(), storetest.Admin, inventory.Schedule{
		ClientID: w.sites[0].ClientID, SiteID: w.sites[0].ID, Name: "nightly", Spec: spec, TimeZone: "Europe/Paris",
		Depth: inventory.DepthFull, Enabled: true, Targets: []string{"10.0.0.0/24"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return sch
}

// dispatched runs one dispatch and gives the schedule and its scans after it.
func (w *world) dispatched(t *testing.T, q *Queue, sch inventory.Schedule) (inventory.Schedule, []inventory.Scan) {
	t.Helper()
	if err := q.startDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, err := w.store.Schedule(t.Context(), storetest.Admin, sch.ID)
	if err != nil {
		t.Fatal(err)
	}
	scans, _, err := w.store.Scans(t.Context(), storetest.Admin, sch.ClientID, inventory.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return after, scans
}

func (w *world) end(t *testing.T, scan inventory.Scan) {
	t.Helper()
	scan.State = inventory.ScanDone
	if err := w.store.UpdateScan(t.Context(), storetest.Admin, scan); err != nil {
		t.Fatal(err)
	}
}

func TestDispatch(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		c := &clock{}
		q := w.prepare(t, newHeld().run, func(o *Options) { o.Now = c.Now })
		if err := q.migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		sch := w.schedule(t, "30 2 * * *")
		check := func(step, now, next string, want int) []inventory.Scan {
			t.Helper()
			c.set(now)
			after, scans := w.dispatched(t, q, sch)
			if after.NextAt == nil || !after.NextAt.Equal(at(next)) || len(scans) != want {
				t.Fatalf("%s: next run %v, %d scans; want %s, %d", step, after.NextAt, len(scans), next, want)
			}
			return scans
		}
		check("new", "2026-11-23T12:00:00Z", "2026-11-24T01:30:00Z", 0)
		check("not due", "2026-11-24T01:29:59Z", "2026-11-24T01:30:00Z", 0)
		scans := check("due", "2026-11-24T01:30:05Z", "2026-11-25T01:30:00Z", 1)
		if s := scans[0]; s.ScheduleID != sch.ID || s.State != inventory.ScanQueued || s.CreatedBy != "schedule:"+sch.ID ||
			s.SiteID != sch.SiteID || len(s.Targets) != 1 || s.Depth != inventory.DepthFull || jobs(t, w.store) != 1 {
			t.Fatalf("scan %+v", s)
		}
		check("once", "2026-11-24T01:30:20Z", "2026-11-25T01:30:00Z", 1)
		check("previous not over", "2026-11-25T01:30:01Z", "2026-11-26T01:30:00Z", 1)
		w.end(t, scans[0])
		check("missed three", "2026-11-28T09:00:00Z", "2026-11-29T01:30:00Z", 2)
	})
}

func TestDispatchAfterEdit(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		c := &clock{}
		q := w.prepare(t, newHeld().run, func(o *Options) { o.Now = c.Now })
		if err := q.migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		sch := w.schedule(t, "30 2 * * *")
		c.set("2026-11-23T12:00:00Z")
		sch, _ = w.dispatched(t, q, sch)
		sch.Spec = "0 14 * * *"
		sch, err := w.store.UpdateSchedule(t.Context(), storetest.Admin, sch)
		if err != nil || sch.NextAt != nil {
			t.Fatalf("after the edit %+v, %v", sch, err)
		}
		if sch, _ = w.dispatched(t, q, sch); sch.NextAt == nil || !sch.NextAt.Equal(at("2026-11-23T13:00:00Z")) {
			t.Fatalf("next run %v", sch.NextAt)
		}
		sch.Enabled = false
		if _, err := w.store.UpdateSchedule(t.Context(), storetest.Admin, sch); err != nil {
			t.Fatal(err)
		}
		c.set("2026-11-24T14:00:00Z")
		if _, scans := w.dispatched(t, q, sch); len(scans) != 0 {
			t.Fatalf("a schedule that is off started %d scans", len(scans))
		}
		bad := w.schedule(t, "0 0 30 2 *") // put there by hand: the API refuses it
		if bad, _ = w.dispatched(t, q, bad); bad.Enabled || bad.NextAt != nil {
			t.Fatalf("an impossible schedule stays on: %+v", bad)
		}
	})
}

// TestDispatchersShare: however many servers dispatch at once, each due run
// starts one scan.
func TestDispatchersShare(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		c := &clock{}
		var servers []*Queue
		for range 3 {
			servers = append(servers, w.prepare(t, newHeld().run, func(o *Options) { o.Now = c.Now }))
		}
		if err := servers[0].migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		const schedules = 30
		for range schedules {
			w.schedule(t, "30 2 * * *")
		}
		for _, now := range []string{"2026-11-23T12:00:00Z", "2026-11-24T01:30:00Z"} {
			c.set(now)
			var all sync.WaitGroup
			for _, q := range servers {
				all.Go(func() {
					if err := q.startDue(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
		started := map[string]int{}
		scans, _, err := w.store.Scans(t.Context(), storetest.Admin, w.sites[0].ClientID, inventory.Page{Limit: 500})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range scans {
			started[s.ScheduleID]++
		}
		if len(scans) != schedules || len(started) != schedules || jobs(t, w.store) != schedules {
			t.Errorf("%d scans of %d schedules, %d jobs; want %d of each", len(scans), len(started), jobs(t, w.store), schedules)
		}
	})
}

// TestScheduleRuns: with a started server the whole way works by itself.
func TestScheduleRuns(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		h := newHeld()
		close(h.release)
		sch := w.schedule(t, "30 2 * * *")
		due := time.Now().Add(-time.Minute)
		sch.NextAt = &due
		if err := setNext(t, w.store, sch, due); err != nil {
			t.Fatal(err)
		}
		w.server(t, h.run, func(o *Options) { o.Every = 100 * time.Millisecond })
		scan := receive(t, h.begun)
		if scan.ScheduleID != sch.ID {
			t.Errorf("scan %+v", scan)
		}
		w.becomes(t, scan.ID, inventory.ScanDone)
	})
}

// setNext makes a schedule due at a moment.
func setNext(t *testing.T, s *store.Store, sch inventory.Schedule, next time.Time) error {
	t.Helper()
	_, err := s.DB().ExecContext(t.Context(), "UPDATE schedules SET next_at = $1 WHERE id = $2", next.UTC(), sch.ID)
	return err
}
