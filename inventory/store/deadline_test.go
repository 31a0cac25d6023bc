package store_test

import (
	"slices"
	"testing"

	"parc/inventory"
)

func TestDeadlines(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, x := t.Context(), w.a
		if p := must(w.AlertPlan(ctx, x.scope, x.client.ID))(t); p.Lang != "fr" || len(p.Recipients) != 0 {
			t.Errorf("before anybody said anything: %+v", p)
		}
		must(w.SetAlertPlan(ctx, x.scope, inventory.AlertPlan{ClientID: x.client.ID, Lang: "en", Recipients: []string{"boss@example.com"}}))(t)
		if p := must(w.AlertPlan(ctx, x.scope, x.client.ID))(t); p.Lang != "en" || !slices.Equal(p.Recipients, []string{"boss@example.com"}) {
			t.Errorf("plan %+v", p)
		}
		if p := must(w.AlertPlan(ctx, w.b.scope, w.b.client.ID))(t); len(p.Recipients) != 0 {
			t.Errorf("another client's plan %+v", p)
		}
		_, err := w.SetAlertPlan(ctx, x.scope, inventory.AlertPlan{ClientID: x.client.ID, Lang: "de"})
		code(t, err, inventory.Invalid, "in German")
		say := func(d inventory.Deadline) error {
			return w.SayDeadlines(ctx, x.scope, x.client.ID, []inventory.Deadline{d})
		}
		for _, d := range []inventory.Deadline{
			{Event: "e", Day: "2027-01-31", Acknowledged: true, SaidBy: "tech"}, {Event: "e", Day: "2027-02-28", SnoozedUntil: "2027-02-01", SentOn: "2026-12-01"}, {Event: "f", Day: "2001-01-01"},
		} {
			if err := say(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := say(inventory.Deadline{Event: "g", Day: "2027-01-01"}); err != nil {
			t.Fatal(err)
		}
		got := must(w.Deadlines(ctx, x.scope, x.client.ID))(t)
		want := inventory.Deadline{ClientID: x.client.ID, Event: "e", Day: "2027-02-28", SnoozedUntil: "2027-02-01", SentOn: "2026-12-01"}
		if len(got) != 2 || got["e"] != want {
			t.Errorf("deadlines %+v", got)
		}
		if got := must(w.Deadlines(ctx, w.b.scope, w.b.client.ID))(t); len(got) != 0 {
			t.Errorf("another client's %+v", got)
		}
		code(t, say(inventory.Deadline{Event: "e", Day: "2027-02-30"}), inventory.Invalid, "a day that is none")
		code(t, say(inventory.Deadline{Event: "e", Day: "2027-02-01", SnoozedUntil: "2027-02-02"}), inventory.Invalid, "a pause beyond the day")
		code(t, say(inventory.Deadline{Day: "2027-02-01"}), inventory.Invalid, "of nothing")
	})
}
