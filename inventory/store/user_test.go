package store_test

import (
	"reflect"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

func TestUsers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		if n := must(s.CountUsers(ctx))(t); n != 0 {
			t.Fatalf("%d users", n)
		}
		root := must(s.CreateUser(ctx, inventory.User{Login: " Admin ", Name: "A", Role: inventory.RoleAdmin, PasswordHash: "h", MustChange: true}))(t)
		tech := must(s.CreateUser(ctx, inventory.User{Login: "éric@msp.fr", Role: inventory.RoleTechnician, Clients: []string{"c1", "c2"}, PasswordHash: "h2"}))(t)
		if root.Login != "Admin" || root.Clients == nil || root.ID == "" {
			t.Errorf("made %+v", root)
		}
		for _, u := range []inventory.User{root, tech} {
			if got := must(s.User(ctx, u.ID))(t); !reflect.DeepEqual(got, u) {
				t.Errorf("read %+v, made %+v", got, u)
			}
		}
		if got := must(s.UserByLogin(ctx, "ÉRIC@msp.fr"))(t); !reflect.DeepEqual(got, tech) {
			t.Errorf("by login %+v", got)
		}
		if users := must(s.Users(ctx))(t); len(users) != 2 || users[0].ID != root.ID {
			t.Errorf("%+v", users)
		}
		_, err := s.CreateUser(ctx, inventory.User{Login: "ADMIN", Role: inventory.RoleClient})
		code(t, err, inventory.Conflict, "a login that is taken")
		_, err = s.CreateUser(ctx, inventory.User{Login: "x", Role: "root"})
		code(t, err, inventory.Invalid, "no such role")
		_, err = s.CreateUser(ctx, inventory.User{Login: " ", Role: inventory.RoleClient})
		code(t, err, inventory.Invalid, "no login")
		for _, login := range []string{"", "nobody", "admin' --", "adm\x00in"} {
			_, err = s.UserByLogin(ctx, login)
			code(t, err, inventory.NotFound, login)
		}
		for name, change := range map[string]func(*inventory.User){
			"disabled": func(u *inventory.User) { u.Disabled = true },
			"demoted":  func(u *inventory.User) { u.Role = inventory.RoleManager },
		} {
			u := root
			change(&u)
			_, err := s.UpdateUser(ctx, u)
			code(t, err, inventory.Conflict, "the last administrator "+name)
		}
		tech.Role, tech.Clients, tech.Name = inventory.RoleAdmin, nil, "E"
		if got := must(s.UpdateUser(ctx, tech))(t); got.Role != inventory.RoleAdmin || got.Clients == nil || got.Name != "E" || !got.CreatedAt.Equal(tech.CreatedAt) {
			t.Errorf("updated %+v", got)
		}
		root.Disabled = true
		must(s.UpdateUser(ctx, root))(t)
		tech.Login = "admin"
		_, err = s.UpdateUser(ctx, tech)
		code(t, err, inventory.Conflict, "renamed to a login that is taken")
		_, err = s.UpdateUser(ctx, inventory.User{ID: "nobody", Login: "n", Role: inventory.RoleClient})
		code(t, err, inventory.NotFound, "no such user")
	})
}

func TestSessions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, now := t.Context(), time.Now()
		one := must(s.CreateUser(ctx, inventory.User{Login: "one", Role: inventory.RoleAdmin}))(t)
		two := must(s.CreateUser(ctx, inventory.User{Login: "two", Role: inventory.RoleTechnician}))(t)
		sign := func(u inventory.User, hash string, life time.Duration) {
			t.Helper()
			if err := s.CreateSession(ctx, inventory.Session{TokenHash: hash, UserID: u.ID, CreatedAt: now, ExpiresAt: now.Add(life)}); err != nil {
				t.Fatal(err)
			}
		}
		whose := func(hash string, at time.Time) string {
			t.Helper()
			u, err := s.SessionUser(ctx, hash, at)
			if err != nil {
				code(t, err, inventory.Unauthorised, hash)
			}
			return u.Login
		}
		check := func(step, hash string, at time.Time, want string) {
			t.Helper()
			if got := whose(hash, at); got != want {
				t.Errorf("%s: session %q is of %q, want %q", step, hash, got, want)
			}
		}
		sign(one, "h1", time.Hour)
		sign(two, "h2", time.Hour)
		sign(two, "h3", 2*time.Hour)
		check("signed in", "h1", now, "one")
		check("another", "h2", now, "two")
		check("unknown", "h9", now, "")
		check("empty", "", now, "")
		check("zero byte", "h\x001", now, "")
		check("just before the end", "h1", now.Add(time.Hour-time.Millisecond), "one")
		check("at the end", "h1", now.Add(time.Hour), "")
		two.Disabled = true
		must(s.UpdateUser(ctx, two))(t)
		check("disabled", "h2", now, "")
		two.Disabled = false
		must(s.UpdateUser(ctx, two))(t)
		check("enabled again: signed out all the same", "h2", now, "")
		sign(two, "h4", time.Hour)
		sign(two, "h5", time.Hour)
		if err := s.DeleteSession(ctx, "h4"); err != nil {
			t.Error(err)
		}
		check("signed out", "h4", now, "")
		check("the other browser stays", "h5", now, "two")
		if err := s.DeleteUserSessions(ctx, two.ID); err != nil {
			t.Error(err)
		}
		check("everywhere", "h5", now, "")
		check("somebody else stays", "h1", now, "one")
		if err := s.DeleteSession(ctx, "h4"); err != nil {
			t.Errorf("signed out twice: %v", err)
		}
		sign(one, "old", -time.Minute)
		sign(one, "new", time.Hour)
		if n := count(t, s, "SELECT count(*) FROM sessions WHERE token_hash = 'old'"); n != 0 {
			t.Error("sessions that are over stay")
		}
		if err := s.CreateSession(ctx, inventory.Session{TokenHash: "x", UserID: "nobody", CreatedAt: now, ExpiresAt: now}); err == nil {
			t.Error("a session of nobody")
		}
	})
}
