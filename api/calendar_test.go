package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parc/inventory"
	"parc/inventory/store/storetest"
)

// subscribe makes a calendar as a user, and gives its address and id.
func (w *world) subscribe(who, body string) (path, id string) {
	w.t.Helper()
	answer := w.call(who, "POST", "/api/v1/calendars", body)
	var made struct{ ID, Path string }
	if err := json.Unmarshal(answer.Body.Bytes(), &made); err != nil || answer.Code != http.StatusCreated {
		w.t.Fatalf("%d %s", answer.Code, answer.Body)
	}
	return made.Path, made.ID
}

// fetch reads an address as a calendar program does: without a cookie.
func (w *world) fetch(path, tag string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), "GET", path, nil)
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	return answer
}

func TestCalendarFeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	for _, p := range []place{w.a, w.b} {
		w.must(w.store.AddFinancing(t.Context(), storetest.Admin, inventory.Financing{
			ClientID: p.client.ID, Kind: inventory.Lease, Reference: "Lease of " + p.client.Name, Start: inventory.DayOf(w.server.Now()), Months: 24, NoticeMonths: 3,
		}))
	}
	one, id := w.subscribe("tech", `{"client_id":"`+w.a.client.ID+`","lang":"en"}`)
	all, _ := w.subscribe("tech", `{}`)
	everything, _ := w.subscribe("admin", `{"lang":"en"}`)

	got := w.fetch(one, "")
	text := strings.ReplaceAll(got.Body.String(), "\r\n ", "")
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.Contains(text, "SUMMARY:Lease ends: Lease of Alpha") || strings.Contains(text, "Beta") {
		t.Fatalf("%d %v\n%s", got.Code, got.Header(), text)
	}
	if text := w.fetch(all, "").Body.String(); !strings.Contains(text, "SUMMARY:Alpha – Fin de location : Lease of Alpha") || strings.Contains(text, "Beta") {
		t.Errorf("all of a technician's clients:\n%s", text)
	}
	if text := w.fetch(everything, "").Body.String(); !strings.Contains(text, "Lease of Beta") {
		t.Errorf("all clients:\n%s", text)
	}
	if text := w.fetch(one+"?lang=fr", "").Body.String(); !strings.Contains(text, "Fin de location") {
		t.Errorf("in French:\n%s", text)
	}
	if code := w.fetch(one+"?lang=de", "").Code; code != http.StatusUnprocessableEntity {
		t.Errorf("in German: %d", code)
	}

	tag := got.Header().Get("ETag")
	if again := w.fetch(one, `"other", `+tag); tag == "" || again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("again with %s: %d %s", tag, again.Code, again.Body)
	}
	w.must(w.store.AddFinancing(t.Context(), storetest.Admin, inventory.Financing{ClientID: w.a.client.ID, Kind: inventory.Lease, Start: inventory.DayOf(w.server.Now()), Months: 6}))
	if changed := w.fetch(one, tag); changed.Code != http.StatusOK || changed.Header().Get("ETag") == tag {
		t.Errorf("after a change: %d, %s", changed.Code, changed.Header().Get("ETag"))
	}

	if code := w.call("tech", "DELETE", "/api/v1/calendars/"+id, "").Code; code != http.StatusNoContent {
		t.Fatalf("remove: %d", code)
	}
	if code := w.fetch(one, tag).Code; code != http.StatusNotFound {
		t.Errorf("after it was removed: %d", code)
	}
	tech, err := w.store.UserByLogin(t.Context(), "tech")
	w.must(tech, err)
	tech.Disabled = true
	w.must(w.store.UpdateUser(t.Context(), tech))
	if code := w.fetch(all, "").Code; code != http.StatusNotFound {
		t.Errorf("of a user who is disabled: %d", code)
	}
	if code := w.fetch(strings.TrimSuffix(everything, ".ics"), "").Code; code != http.StatusNotFound {
		t.Errorf("without its ending: %d", code)
	}
	for range 200 {
		w.fetch("/api/v1/calendar/GUESS.ics", "")
	}
	if code := w.fetch("/api/v1/calendar/GUESS.ics", "").Code; code != http.StatusTooManyRequests {
		t.Errorf("many guesses: %d", code)
	}
	if code := w.fetch(everything, "").Code; code != http.StatusOK {
		t.Errorf("a good one from the same address: %d", code)
	}
}
