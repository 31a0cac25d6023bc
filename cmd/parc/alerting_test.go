package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store/storetest"
	"parc/lifecycle/mail"
)

// TestAlerting: one message a day to each person, of all clients; what was sent,
// noted or said of another client is not sent again.
func TestAlerting(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite(t))
	day := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
	var sent []string
	away := "gone@example.com"
	a := &alerting{app: &App{now: func() time.Time { return day }, log: slog.New(slog.DiscardHandler)}, store: s, send: func(_ context.Context, m mail.Message) error {
		if m.To[0] == away {
			return errors.New("no such box")
		}
		sent = append(sent, m.To[0]+": "+m.Subject+"\n"+m.Text)
		return nil
	}}
	scope := storetest.Admin
	ids := map[string]string{}
	for name, recipients := range map[string][]string{"Dupont": {"boss@example.com", away}, "Martin": {"boss@example.com", "tech@example.com"}, "Quiet": nil} {
		c, err := s.CreateClient(t.Context(), scope, inventory.Client{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = c.ID
		if _, err := s.SetAlertPlan(t.Context(), scope, inventory.AlertPlan{ClientID: c.ID, Recipients: recipients, Lang: "en"}); err != nil {
			t.Fatal(err)
		}
		k := inventory.Contract{ClientID: c.ID, Kind: "telecom", Title: "Fibre of " + name, Start: "2024-03-01", Months: 36, TacitMonths: 12, NoticeMonths: 3, Price: inventory.EUR(10000), PriceMonths: 1}
		if _, err := s.AddContract(t.Context(), scope, k); err != nil {
			t.Fatal(err)
		}
	}
	turn := func() []string {
		t.Helper()
		sent = nil
		if err := a.run(t.Context()); err != nil && !strings.Contains(err.Error(), "no such box") {
			t.Fatal(err)
		}
		slices.Sort(sent)
		return sent
	}
	got := turn()
	if len(got) != 2 || !strings.HasPrefix(got[0], "boss@example.com: parc, 2026-11-24: 2 deadlines\nDupont\n- 2026-11-27 (in 3 days) Last day of notice (contract): Fibre of Dupont\n") ||
		!strings.Contains(got[0], "At stake: 1200.00 EUR net.") || strings.Contains(got[1], "Dupont") || !strings.Contains(got[1], "Fibre of Martin") {
		t.Errorf("first %q", got)
	}
	if got := turn(); len(got) != 0 {
		t.Errorf("again on the same day: %q", got)
	}
	said, err := s.Deadlines(t.Context(), scope, ids["Martin"])
	if err != nil || len(said) != 1 {
		t.Fatalf("%+v, %v", said, err)
	}
	for _, d := range said {
		d.Acknowledged = true
		if err := s.SayDeadlines(t.Context(), scope, ids["Martin"], []inventory.Deadline{d}); err != nil {
			t.Fatal(err)
		}
	}
	day = day.Add(24 * time.Hour)
	if got := turn(); len(got) != 1 || !strings.Contains(got[0], "Fibre of Dupont") || strings.Contains(got[0], "Martin") {
		t.Errorf("the next day: %q", got)
	}
}
