package store_test

import (
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func TestCalendars(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, w := t.Context(), newWorld(t, s)
		at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
		user := func(login string, clients ...string) inventory.User {
			return must(s.CreateUser(ctx, inventory.User{Login: login, Role: inventory.RoleTechnician, Clients: clients}))(t)
		}
		tech, other := user("tech", w.a.client.ID, w.b.client.ID), user("other", w.b.client.ID)
		one := must(s.CreateCalendar(ctx, tech.Scope(), inventory.Calendar{UserID: tech.ID, ClientID: w.a.client.ID, Name: "A", Lang: "fr", TokenHash: "h1"}))(t)
		all := must(s.CreateCalendar(ctx, tech.Scope(), inventory.Calendar{UserID: tech.ID, Lang: "en", TokenHash: "h2"}))(t)
		_, err := s.CreateCalendar(ctx, other.Scope(), inventory.Calendar{UserID: other.ID, ClientID: w.a.client.ID, Lang: "fr", TokenHash: "h3"})
		code(t, err, inventory.NotFound, "of a client that the user does not see")
		_, err = s.CreateCalendar(ctx, tech.Scope(), inventory.Calendar{UserID: tech.ID, Lang: "de", TokenHash: "h4"})
		code(t, err, inventory.Invalid, "in a language that is none")
		if got := must(s.Calendars(ctx, tech.ID))(t); len(got) != 2 || got[0].ID != one.ID || got[1].ID != all.ID || got[0].ClientID != w.a.client.ID || got[1].ClientID != "" {
			t.Errorf("calendars %+v", got)
		}
		if got := must(s.Calendars(ctx, other.ID))(t); len(got) != 0 {
			t.Errorf("another user sees %+v", got)
		}

		c, u, err := s.CalendarByToken(ctx, "h1", at)
		if err != nil || c.ID != one.ID || u.ID != tech.ID || c.LastUsedAt == nil || !c.LastUsedAt.Equal(at) {
			t.Fatalf("%+v, %+v, %v", c, u, err)
		}
		if scope := c.Scope(u); !scope.Sees(w.a.client.ID) || scope.Sees(w.b.client.ID) {
			t.Errorf("of one client: %v", scope.Clients())
		}
		c, u, err = s.CalendarByToken(ctx, "h2", at)
		if scope := c.Scope(u); err != nil || !scope.Sees(w.a.client.ID) || !scope.Sees(w.b.client.ID) {
			t.Errorf("of all clients: %v, %v", scope.Clients(), err)
		}
		gone := func(hash, what string) {
			t.Helper()
			_, _, err := s.CalendarByToken(ctx, hash, at)
			code(t, err, inventory.NotFound, what)
		}
		gone("h9", "no such token")
		gone("", "no token")
		gone("h\x00", "an impossible token")

		code(t, s.DeleteCalendar(ctx, other.ID, one.ID), inventory.NotFound, "another user's")
		if err := s.DeleteCalendar(ctx, tech.ID, one.ID); err != nil {
			t.Fatal(err)
		}
		code(t, s.DeleteCalendar(ctx, tech.ID, one.ID), inventory.NotFound, "twice")
		gone("h1", "revoked")

		tech.Clients = []string{w.b.client.ID}
		must(s.UpdateUser(ctx, tech))(t)
		c, u, err = s.CalendarByToken(ctx, "h2", at)
		if scope := c.Scope(u); err != nil || scope.Sees(w.a.client.ID) {
			t.Errorf("after the client was taken away: %v, %v", scope.Clients(), err)
		}
		tech.MustChange = true
		must(s.UpdateUser(ctx, tech))(t)
		gone("h2", "a one-time password")
		tech.MustChange, tech.Disabled = false, true
		must(s.UpdateUser(ctx, tech))(t)
		gone("h2", "of a user who is disabled")
	})
}
