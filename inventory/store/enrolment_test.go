package store_test

import (
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store/storetest"
)

// TestEnrolments makes a token, finds its enrolment by it, and revokes it.
func TestEnrolments(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, at := t.Context(), time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
		e := must(w.EnrolmentByToken(ctx, w.a.enrolment.TokenHash))(t)
		if e.ID != w.a.enrolment.ID || e.ClientID != w.a.client.ID || e.SiteID != w.a.site.ID {
			t.Fatalf("got %+v", e)
		}
		zone := 60
		a := inventory.Agent{ClientID: w.a.client.ID, SiteID: w.a.site.ID, Device: "pc-1", EnrolmentID: e.ID, Program: "GLPI", LastContact: at, LastFull: &at, Zone: &zone}
		a.Take("d1")
		for range 2 {
			if err := w.SawAgent(ctx, e.Scope(), a); err != nil {
				t.Fatal(err)
			}
		}
		got := must(w.Agent(ctx, e.Scope(), w.a.client.ID, "pc-1"))(t)
		if !got.Took("d1") || got.Took("d2") || got.Zone == nil || *got.Zone != 60 || !got.LastContact.Equal(at) {
			t.Errorf("got %+v", got)
		}
		used := must(w.EnrolmentByToken(ctx, w.a.enrolment.TokenHash))(t)
		if used.LastUsedAt == nil || !used.LastUsedAt.Equal(at) {
			t.Errorf("last used %v", used.LastUsedAt)
		}
		if _, err := w.Agent(ctx, e.Scope(), w.b.client.ID, "agent-1"); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("another client's agent: %v", err)
		}
		if err := w.RevokeEnrolment(ctx, storetest.Admin, e.ID); err != nil {
			t.Fatal(err)
		}
		for _, hash := range []string{w.a.enrolment.TokenHash, "", "nonsense", "\x00"} {
			if _, err := w.EnrolmentByToken(ctx, hash); inventory.CodeOf(err) != inventory.Unauthorised {
				t.Errorf("%q: %v", hash, err)
			}
		}
		if e := must(w.EnrolmentByToken(ctx, w.b.enrolment.TokenHash))(t); e.ClientID != w.b.client.ID {
			t.Errorf("got %+v", e)
		}
	})
}
