package store_test

import (
	"bytes"
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// The rows of reports in the matrix of scopes. What deletes makes its own row
// first, so that the order does not matter.
func init() {
	for name, c := range map[string]call{
		"KeepReport": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return w.KeepReport(c, s, inventory.Report{ClientID: x.client.ID, Kind: "audit", Day: "2026-11-24", Digest: "d2", Frozen: []byte("x")})
		},
		"Reports": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return w.Reports(c, s, x.client.ID, "")
		},
		"Report": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return w.Report(c, s, x.report.ID)
		},
		"DeleteReport": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			id := x.report.ID
			if s.Sees(x.client.ID) {
				own, err := w.KeepReport(c, admin, inventory.Report{ClientID: x.client.ID, Kind: "audit", Day: "2026-11-24", Digest: "gone", Frozen: []byte("x")})
				if err != nil {
					return nil, err
				}
				id = own.ID
			}
			return nothing(w.DeleteReport(c, s, id))
		},
		"SavedReports": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return w.SavedReports(c, s, x.client.ID)
		},
		"SavedReport": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return w.SavedReport(c, s, x.saved.ID)
		},
		"CreateSavedReport": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return w.CreateSavedReport(c, s, inventory.SavedReport{ClientID: x.client.ID, Name: "n"})
		},
		"UpdateSavedReport": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return w.UpdateSavedReport(c, s, x.saved)
		},
		"EndSavedReport": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			return nothing(w.EndSavedReport(c, s, x.saved))
		},
		"DeleteSavedReport": func(c context.Context, w *world, s inventory.Scope, x side) (any, error) {
			id := x.saved.ID
			if s.Sees(x.client.ID) {
				own, err := w.CreateSavedReport(c, admin, inventory.SavedReport{ClientID: x.client.ID, Name: "gone"})
				if err != nil {
					return nil, err
				}
				id = own.ID
			}
			return nothing(w.DeleteSavedReport(c, s, id))
		},
	} {
		calls[name] = c
	}
}

func TestReportsAreKeptOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		r := inventory.Report{ClientID: x.client.ID, Kind: "renewals", Day: "2026-11-23", From: "2026-11-01", To: "2027-11-01", Digest: "same", Frozen: []byte{0, 1, 255}}
		first := must(w.KeepReport(ctx, x.scope, r))(t)
		again := must(w.KeepReport(ctx, x.scope, r))(t)
		if first.ID != again.ID || first.Size != 3 || first.CreatedBy != x.scope.Actor() {
			t.Errorf("kept twice: %+v, %+v", first, again)
		}
		if other := must(w.KeepReport(ctx, w.b.scope, inventory.Report{ClientID: w.b.client.ID, Kind: "renewals", Day: "2026-11-23", Digest: "same", Frozen: []byte{9}}))(t); other.ID == first.ID {
			t.Error("another client's report has the same id")
		}
		whole := must(w.Report(ctx, x.scope, first.ID))(t)
		if !bytes.Equal(whole.Frozen, r.Frozen) || whole.From != r.From || whole.To != r.To || whole.Day != r.Day {
			t.Errorf("read back %+v", whole)
		}
		all := must(w.Reports(ctx, x.scope, x.client.ID, ""))(t)
		if len(all) != 2 || all[0].ID != first.ID || all[0].Frozen != nil {
			t.Errorf("list %+v", all)
		}
		if audits := must(w.Reports(ctx, x.scope, x.client.ID, "audit"))(t); len(audits) != 1 || audits[0].ID != x.report.ID {
			t.Errorf("audits %+v", audits)
		}
	})
}

func TestSavedReportsAreClaimedOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		due := day.Add(-time.Minute)
		for _, x := range []side{w.a, w.b} {
			saved := x.saved
			saved.NextAt = &due
			must(w.UpdateSavedReport(ctx, x.scope, saved))(t)
		}
		following := day.Add(time.Hour)
		next := func(inventory.SavedReport) time.Time { return following }
		if got := must(w.ClaimSavedReport(ctx, inventory.Scope{}, day, next))(t); got != nil {
			t.Errorf("the zero scope claims %+v", got)
		}
		if got := must(w.ClaimSavedReport(ctx, w.b.scope, day, next))(t); got == nil || got.ClientID != w.b.client.ID || len(got.Recipients) != 1 {
			t.Errorf("one client's scope claims %+v", got)
		}
		var claimed atomic.Int32
		var both sync.WaitGroup
		for range 4 {
			both.Go(func() {
				got, err := w.ClaimSavedReport(ctx, admin, day, next)
				if err == nil && got != nil {
					claimed.Add(1)
				}
			})
		}
		both.Wait()
		if claimed.Load() != 1 {
			t.Errorf("claimed %d times", claimed.Load())
		}
		saved := must(w.SavedReport(ctx, w.a.scope, w.a.saved.ID))(t)
		if saved.NextAt == nil || !saved.NextAt.Equal(following) {
			t.Errorf("due again at %v", saved.NextAt)
		}
		sent := day
		saved.LastAt, saved.LastReportID, saved.LastError, saved.Attempts = &sent, w.a.report.ID, "", 0
		if err := w.EndSavedReport(ctx, w.a.scope, saved); err != nil {
			t.Fatal(err)
		}
		if got := must(w.SavedReport(ctx, w.a.scope, saved.ID))(t); got.LastAt == nil || !got.LastAt.Equal(sent) || got.LastReportID != w.a.report.ID {
			t.Errorf("after its run %+v", got)
		}
		if err := w.DeleteSavedReport(ctx, w.a.scope, saved.ID); err != nil {
			t.Error(err)
		}
		if list := must(w.SavedReports(ctx, w.a.scope, w.a.client.ID))(t); len(list) != 0 {
			t.Errorf("left %+v", list)
		}
	})
}

func TestSettings(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		one := inventory.ScopeClients("u", "c")
		if p := must(s.Provider(ctx))(t); p.Name != "" || !p.UpdatedAt.IsZero() {
			t.Errorf("before anybody said: %+v", p)
		}
		_, err := s.SetProvider(ctx, one, inventory.Provider{Name: "X"})
		code(t, err, inventory.Forbidden, "the provider by a client's user")
		for _, name := range []string{"Infogérance SARL", "Autre nom"} {
			must(s.SetProvider(ctx, admin, inventory.Provider{Name: name, Logo: []byte{1, 2}, Accent: "#102030"}))(t)
			if p := must(s.Provider(ctx))(t); p.Name != name || len(p.Logo) != 2 || p.UpdatedAt.IsZero() {
				t.Errorf("read back %+v", p)
			}
		}
		_, err = s.MailServer(ctx, one)
		code(t, err, inventory.Forbidden, "the mail server by a client's user")
		_, err = s.SetMailServer(ctx, one, inventory.MailServer{Host: "h"})
		code(t, err, inventory.Forbidden, "change the mail server by a client's user")
		server := inventory.MailServer{Host: "smtp.example.com", Security: inventory.MailTLS, User: "u", From: "a@example.com", Password: inventory.NewSecret("s3cret")}
		if got := must(s.SetMailServer(ctx, admin, server))(t); !got.Password.IsZero() {
			t.Error("the answer holds the password")
		}
		var kept string
		row := s.DB().QueryRowContext(ctx, "SELECT value || sealed FROM settings WHERE name = 'mail'")
		if err := row.Scan(&kept); err != nil || bytes.Contains([]byte(kept), []byte("s3cret")) {
			t.Errorf("at rest: %q, %v", kept, err)
		}
		server.Password, server.From = inventory.Secret{}, "b@example.com"
		must(s.SetMailServer(ctx, admin, server))(t)
		if got := must(s.MailServer(ctx, admin))(t); got.Password.Reveal() != "s3cret" || got.From != "b@example.com" {
			t.Errorf("changed without a password: %+v", got)
		}
		server.Host = "elsewhere.example.com"
		must(s.SetMailServer(ctx, admin, server))(t)
		if got := must(s.MailServer(ctx, admin))(t); !got.Password.IsZero() {
			t.Error("the password went to another host")
		}
	})
}
