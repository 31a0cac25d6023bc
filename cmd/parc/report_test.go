package main

import (
	"bytes"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle/mail/mailtest"
)

// parc runs a command and gives what it printed.
func parc(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = Run(t.Context(), args, Streams{In: strings.NewReader(""), Out: &o, Err: &e})
	return o.String(), e.String(), code
}

// seeded gives a database with a client that owns a machine.
func seeded(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	line := filepath.Join(dir, "o.jsonl")
	text := `{"at":"2026-11-20T08:00:00Z","source":"agent","ref":"1","hostname":"pc-1","serial":"ABC1234","vendor":"Dell","model":"OptiPlex 7010","class":"desktop","os":{"name":"Windows 10 Pro","build":"19045"}}` + "\n"
	if err := os.WriteFile(line, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	database := filepath.Join(dir, "parc.db")
	if _, errs, code := parc(t, "ingest", line, "--client", "Dupont SARL", "--database", database); code != exitFine {
		t.Fatalf("ingest: %s", errs)
	}
	return database
}

func TestReportCommand(t *testing.T) {
	t.Parallel()
	database, dir := seeded(t), t.TempDir()
	base := []string{"--client", "Dupont SARL", "--database", database, "--day", "2026-11-24"}
	for _, kind := range []string{"audit", "renewals", "licences", "register", "returns", "labels", "lease-return", "licence-compliance"} {
		for format, begins := range map[string]string{"pdf": "%PDF-", "html": "<!doctype html>", "xlsx": "PK", "json": "{"} {
			path := filepath.Join(dir, kind+"."+format)
			if _, errs, code := parc(t, append([]string{"report", kind, "--out", path}, base...)...); code != exitFine {
				t.Errorf("%s as %s: %s", kind, format, errs)
				continue
			}
			got, err := os.ReadFile(path)
			if err != nil || !strings.HasPrefix(strings.TrimSpace(string(got)), begins) {
				t.Errorf("%s as %s begins with %.20q, %v", kind, format, got, err)
			}
		}
	}
	for name, args := range map[string][]string{
		"a kind that is none":   {"report", "horoscope"},
		"a format that is none": {"report", "audit", "--format", "docx"},
		"a day that is none":    {"report", "audit", "--day", "2026-02-30"},
		"a period backwards":    {"report", "renewals", "--from", "2027-01-01", "--to", "2026-01-01"},
		"a stock that is none":  {"report", "labels", "--stock", "post-it"},
		"a logo that is none":   {"report", "audit", "--logo", database},
		"a color that is none":  {"report", "audit", "--accent", "red"},
	} {
		out, errs, code := parc(t, append(append([]string{}, args...), "--client", "Dupont SARL", "--database", database, "--out", filepath.Join(dir, "bad"))...)
		if code == exitFine || strings.Count(strings.TrimSpace(errs), "\n") > 0 || out != "" {
			t.Errorf("%s: code %d, %q", name, code, errs)
		}
		if _, err := os.Stat(filepath.Join(dir, "bad")); err == nil {
			t.Errorf("%s: something was written", name)
		}
	}
}

// A kept report is handed over again with the same bytes, and compared.
func TestKeptReportsAndTheirDifference(t *testing.T) {
	t.Parallel()
	database, dir := seeded(t), t.TempDir()
	common := []string{"--client", "Dupont SARL", "--database", database}
	first, again := filepath.Join(dir, "first.pdf"), filepath.Join(dir, "again.pdf")
	with := func(args ...string) []string { return append(args, common...) }
	if _, errs, code := parc(t, with("report", "difference", "--out", filepath.Join(dir, "d.pdf"))...); code != exitFailed || !strings.Contains(errs, "no earlier audit") {
		t.Errorf("a difference with nothing: %d %s", code, errs)
	}
	for range 2 { // the same audit twice is kept once
		if _, errs, code := parc(t, with("report", "audit", "--out", first, "--day", "2026-11-20", "--provider", "Infogérance SARL")...); code != exitFine {
			t.Fatal(errs)
		}
	}
	list, _, _ := parc(t, with("report", "kept")...)
	lines := strings.Split(strings.TrimSpace(list), "\n")
	if len(lines) != 2 {
		t.Fatalf("kept:\n%s", list)
	}
	id := strings.Fields(lines[1])[0]
	if _, errs, code := parc(t, with("report", "kept", "--kept", id, "--out", again)...); code != exitFine {
		t.Fatal(errs)
	}
	a, errA := os.ReadFile(first)
	b, errB := os.ReadFile(again)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Errorf("other bytes the second time: %v %v", errA, errB)
	}
	out, errs, code := parc(t, with("report", "difference", "--day", "2026-11-24", "--format", "json", "--out", "-")...)
	if code != exitFine || !strings.Contains(out, `"from": "2026-11-20"`) || !strings.Contains(out, `"to": "2026-11-24"`) {
		t.Errorf("difference: %d %s %s", code, out, errs)
	}
}

func TestProviderCommand(t *testing.T) {
	t.Parallel()
	database, dir := seeded(t), t.TempDir()
	logo := filepath.Join(dir, "logo.png")
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 120, 40))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(logo, picture.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := parc(t, "provider", "--name", "Infogérance SARL", "--accent", "#0a5a3c", "--logo", logo, "--link", "https://parc.example/", "--database", database)
	if code != exitFine || !strings.Contains(out, "120 × 40 pixels") || !strings.Contains(out, "https://parc.example\n") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	page, errs, _ := parc(t, "report", "audit", "--client", "Dupont SARL", "--format", "html", "--out", "-", "--database", database)
	if !strings.Contains(page, "Infogérance SARL") || !strings.Contains(page, "#0a5a3c") || !strings.Contains(page, "data:image/png;base64,") {
		t.Errorf("the page does not bear the provider: %s %.300s", errs, page)
	}
	if _, _, code := parc(t, "provider", "--link", "javascript:alert(1)", "--database", database); code != exitUsage {
		t.Errorf("a link that is none: %d", code)
	}
}

// A saved report that is due is made, kept and mailed once; one that cannot be
// sent is tried again later and says why.
func TestSavedReportsAreMailed(t *testing.T) {
	t.Parallel()
	database := seeded(t)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, err := store.Open(t.Context(), store.Options{DSN: database, Key: bytes.Repeat([]byte{7}, 32), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	judge, err := newJudge(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	scope := inventory.ScopeAll("test")
	client, err := s.ClientByName(t.Context(), scope, "Dupont SARL")
	if err != nil {
		t.Fatal(err)
	}
	d := &documents{store: s, judge: judge, now: clock, log: slog.New(slog.DiscardHandler)}
	saved, err := d.CheckSaved(inventory.SavedReport{
		ClientID: client.ID, Name: "Monthly", Kind: "renewal", Lang: "fr", Format: "pdf", Recipients: []string{"Le gérant <boss@example.com>"},
		Spec: "0 8 1 * *", TimeZone: "Europe/Paris", Enabled: true,
	})
	if err != nil || saved.Kind != "renewals" || saved.Recipients[0] != "boss@example.com" || saved.NextAt.Format(time.RFC3339) != "2026-12-01T07:00:00Z" {
		t.Fatalf("%+v, %v", saved, err)
	}
	if saved, err = s.CreateSavedReport(t.Context(), scope, saved); err != nil {
		t.Fatal(err)
	}
	look := func() inventory.SavedReport {
		t.Helper()
		got, err := s.SavedReport(t.Context(), scope, saved.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	run := func(at time.Time) inventory.SavedReport {
		t.Helper()
		now = at
		if err := d.sendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		return look()
	}
	if got := run(now); got.LastAt != nil || got.LastError != "" {
		t.Errorf("sent before it was due: %+v", got)
	}
	due := time.Date(2026, 12, 1, 7, 0, 0, 0, time.UTC)
	if got := run(due); !strings.Contains(got.LastError, "no mail server") || got.Attempts != 1 || !got.NextAt.Equal(due.Add(sendAgain)) {
		t.Errorf("without a mail server: %+v", got)
	}
	relay := mailtest.New(t, nil, "")
	server := inventory.MailServer{Host: "127.0.0.1", Port: relay.Port(t), Security: inventory.MailPlain, From: "parc@example.com"}
	if _, err := s.SetMailServer(t.Context(), scope, server); err != nil {
		t.Fatal(err)
	}
	got := run(due.Add(sendAgain))
	if got.LastError != "" || got.LastAt == nil || got.LastReportID == "" || got.Attempts != 0 || got.NextAt.Format(time.DateOnly) != "2027-01-01" {
		t.Errorf("after it was sent: %+v", got)
	}
	seen := relay.Seen()
	if len(seen.To) != 1 || !strings.Contains(seen.Text, "renewals-2026-12-01.pdf") {
		t.Errorf("mailed to %q: %.300s", seen.To, seen.Text)
	}
	kept, err := s.Report(t.Context(), scope, got.LastReportID)
	if err != nil || kept.Kind != "renewals" || kept.Day != "2026-12-01" {
		t.Errorf("kept %+v, %v", kept, err)
	}
	run(due.Add(2 * sendAgain))
	if again := relay.Seen(); len(again.To) != 1 {
		t.Errorf("mailed %d times", len(again.To))
	}
	now = due.Add(48 * time.Hour)
	if _, err := d.Send(t.Context(), scope, saved.ID); err != nil || len(relay.Seen().To) != 2 || look().NextAt.Format(time.DateOnly) != "2027-01-01" {
		t.Errorf("sent on demand: %v, %+v", err, look())
	}
}

func TestSavedReportCommands(t *testing.T) {
	t.Parallel()
	database := seeded(t)
	run := func(want int, args ...string) string {
		t.Helper()
		out, errs, code := parc(t, append(args, "--database", database)...)
		if code != want {
			t.Fatalf("%v: %d, %s%s", args, code, out, errs)
		}
		return out + errs
	}
	run(2, "saved-report", "add", "renewals", "--client", "Dupont SARL", "--to", "boss@example.com", "--schedule", "61 * * * *")
	run(2, "saved-report", "add", "horoscope", "--client", "Dupont SARL", "--to", "boss@example.com", "--schedule", "@monthly")
	run(2, "saved-report", "add", "renewals", "--client", "Dupont SARL", "--to", "nobody", "--schedule", "@monthly")
	id, _, _ := strings.Cut(run(0, "saved-report", "add", "renewals", "--client", "Dupont SARL", "--to", "boss@example.com", "--schedule", "0 7 1 * *"), "\n")
	if list := run(0, "saved-report", "list", "--client", "Dupont SARL"); !strings.Contains(list, id) || !strings.Contains(list, "boss@example.com") || !strings.Contains(list, "never") {
		t.Error(list)
	}
	run(0, "saved-report", "pause", id)
	if list := run(0, "saved-report", "list", "--client", "Dupont SARL"); !strings.Contains(list, "paused") {
		t.Error(list)
	}
	run(0, "saved-report", "resume", id)
	if said := run(2, "saved-report", "send", id); !strings.Contains(said, "mail server") {
		t.Error(said)
	}
	run(0, "saved-report", "remove", id)
	if list := run(0, "saved-report", "list", "--client", "Dupont SARL"); strings.Contains(list, id) {
		t.Error(list)
	}
}
