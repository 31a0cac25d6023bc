package calendar

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"parc/inventory"
	"parc/lifecycle"
)

const today inventory.Day = "2026-11-24"

// unknown is a catalogue that knows one system.
type unknown struct{}

func (unknown) System(a inventory.Asset) (lifecycle.Match, bool) {
	return lifecycle.Match{Label: a.OSName, Cycles: []lifecycle.Cycle{{Label: a.OSName, End: lifecycle.Until{Day: "2027-10-12"}}}}, a.OSName != ""
}

const hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:mine;\\n, \"q\" :\u202e\u0000 "

func client(name string) Client {
	c := Client{ID: "id of " + name, Name: name, Catalogue: unknown{}}
	for i := range 30 {
		id := fmt.Sprint("asset-", i)
		c.Estate.Assets = append(c.Estate.Assets, inventory.Asset{ID: id, Hostname: fmt.Sprint("pc-é", i), OSName: "Windows 11; \\ 25H2, Pro", State: inventory.InService})
		c.Estate.Coverages = append(c.Estate.Coverages, inventory.Coverage{AssetID: id, End: inventory.Day("2027-03-01").AddDays(i % 2)})
	}
	c.Estate.Financings = []inventory.Financing{{
		ID: "f", Kind: inventory.Lease, Reference: hostile, Start: "2024-03-01", Months: 36, TacitMonths: 12, NoticeMonths: 3,
		Instalment: inventory.EUR(35550), AssetIDs: []string{"asset-1"},
	}}
	c.Estate.Contracts = []inventory.Contract{{ID: "c", Title: strings.Repeat("é", 200), Start: "2026-01-01", Months: 24, NoticeDays: 90}}
	c.Estate.Licences = []inventory.Licence{{ID: "l", Product: "ESET", Start: "2026-01-11", End: "2027-01-10", Renews: true, NoticeMonths: 1, Quantity: 3, UnitPrice: inventory.EUR(1000), PerMonths: 12}}
	return c
}

func written(t *testing.T, lang, single string, clients ...Client) (string, *ics.Calendar) {
	t.Helper()
	c, err := New(single, lang, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, client := range clients {
		c.Add(client)
	}
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	parsed, err := ics.ParseCalendar(strings.NewReader(b.String()))
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	return b.String(), parsed
}

func value(e *ics.VEvent, p ics.ComponentProperty) string {
	if got := e.GetProperty(p); got != nil {
		return got.Value
	}
	return ""
}

func TestCalendarOfOneClient(t *testing.T) {
	t.Parallel()
	text, cal := written(t, "fr", "Dupont", client("Dupont"))
	found := map[string]string{}
	for _, e := range cal.Events() {
		found[value(e, ics.ComponentPropertyDtStart)+" "+value(e, ics.ComponentPropertySummary)] = value(e, ics.ComponentPropertyDescription)
		if n := len(e.Alarms()); n != 3 {
			t.Errorf("%d alarms", n)
		}
	}
	lease := inventory.CleanTo(hostile, longestTitle)
	for summary, says := range map[string]string{
		"20261127 Dernier jour de préavis (location) : " + lease:                   "Se reconduit jusqu’au 29/02/2028 si personne ne donne congé.\nEn jeu : 4266,00 EUR HT.\npc-é1",
		"20270228 Fin de location : " + lease:                                      "Se reconduit si personne",
		"20270301 Fin de garantie : 15 équipements":                                "pc-é0, pc-é10, pc-é12",
		"20270302 Fin de garantie : 15 équipements":                                "pc-é1, pc-é11",
		"20271012 Fin de support : Windows 11; \\ 25H2, Pro (30 équipements)":      "et 10 de plus",
		"20261210 Dernier jour de préavis (licence) : ESET":                        "En jeu : 30,00 EUR HT.",
		"20270110 Fin de licence : ESET":                                           "Client : Dupont",
		"20271001 Dernier jour de préavis (contrat) : " + strings.Repeat("é", 100): "",
		"20271231 Fin de contrat : " + strings.Repeat("é", 100):                    "",
	} {
		if got, ok := found[summary]; !ok || !strings.Contains(got, says) {
			t.Errorf("%s\nsays %q, want %q", summary, got, says)
		}
		delete(found, summary)
	}
	if len(found) > 0 {
		t.Errorf("more: %v", found)
	}
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//parc//parc//EN\r\n", "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n", "DTSTART;VALUE=DATE:20261127\r\nDTEND;VALUE=DATE:20261128\r\n", "TRIGGER:-P90D\r\n", "X-WR-CALNAME:Échéances de Dupont\r\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%.2000s", want, text)
		}
	}
}

// TestLines: lines end as the standard has it, are folded on the border of a
// letter, and what a device sends makes no line of its own.
func TestLines(t *testing.T) {
	t.Parallel()
	text, cal := written(t, "en", "", client("Dupont"), client(hostile))
	entries := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n\x00\u202e") || !isText(line) {
			t.Errorf("line %q", line)
		}
		if line == "BEGIN:VEVENT" {
			entries++
		}
	}
	if entries != 18 || len(cal.Events()) != 18 {
		t.Errorf("%d entries, %d parsed", entries, len(cal.Events()))
	}
	if !strings.Contains(strings.ReplaceAll(text, "\r\n ", ""), `SUMMARY:Dupont – Support ends: Windows 11\; \\ 25H2\, Pro (30 assets)`) {
		t.Error("a name is not escaped")
	}
}

func isText(s string) bool { return strings.ToValidUTF8(s, "?") == s }

// TestUIDs: each entry has its own, in any language, the same each time; it stays
// when the entry's day moves.
func TestUIDs(t *testing.T) {
	t.Parallel()
	byTitle := func(lang string, clients ...Client) map[string]string {
		_, cal := written(t, lang, "", clients...)
		uids, seen := map[string]string{}, map[string]bool{}
		for _, e := range cal.Events() {
			if seen[e.Id()] || !strings.HasSuffix(e.Id(), "@parc") {
				t.Errorf("uid %s twice, or not of ours", e.Id())
			}
			seen[e.Id()] = true
			uids[value(e, ics.ComponentPropertyDtStart)+value(e, ics.ComponentPropertySummary)] = e.Id()
		}
		return uids
	}
	a, b := byTitle("en", client("A"), client("B")), byTitle("en", client("B"), client("A"))
	if len(a) != 18 || fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("%v\n%v", a, b)
	}
	moved := client("A")
	moved.Estate.Licences[0].Start, moved.Estate.Licences[0].End = "2026-01-21", "2027-01-20"
	if one, other := a["20270110A – Licence ends: ESET"], byTitle("en", moved)["20270120A – Licence ends: ESET"]; one == "" || one != other {
		t.Errorf("uid %q, then %q", one, other)
	}
	if one, other := byTitle("fr", client("A"))["20270110A – Fin de licence : ESET"], a["20270110A – Licence ends: ESET"]; one != other {
		t.Errorf("in French %q, in English %q", one, other)
	}
}

func TestEveryKindHasWords(t *testing.T) {
	t.Parallel()
	for lang, w := range languages {
		for kind := range languages["en"].titles {
			if w.titles[kind] == "" {
				t.Errorf("%s has no word for %s", lang, kind)
			}
		}
		if len(w.titles) != len(languages["en"].titles) {
			t.Errorf("%s: %d titles", lang, len(w.titles))
		}
	}
	if _, err := New("", "de", today); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("German: %v", err)
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	near := []Near{
		{"Martin", []lifecycle.Alert{{Event: lifecycle.Event{Day: "2027-03-01", Kind: lifecycle.EventCoverageEnd, AssetIDs: []string{"1", "2"}}, DaysLeft: 90}}},
		{hostile, []lifecycle.Alert{{
			Event:    lifecycle.Event{Day: "2026-11-27", Kind: lifecycle.EventNotice, What: "Fibre\r\nBcc: all", Renews: true, Bound: "2028-02-29", AtStake: inventory.EUR(816000)},
			DaysLeft: 3,
		}}},
	}
	subject, text, err := Digest("fr", today, near)
	if err != nil || subject != "parc, 24/11/2026 : 2 échéances" {
		t.Errorf("%q, %v", subject, err)
	}
	for _, want := range []string{
		"- 27/11/2026 (dans 3 jours) Dernier jour de préavis (contrat) : Fibre Bcc: all\n  Se reconduit jusqu’au 29/02/2028", "En jeu : 8160,00 EUR HT.\n",
		"Martin\n- 01/03/2027 (dans 90 jours) Fin de garantie : 2 équipements\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.ContainsAny(text, "\r\u202e\x00") {
		t.Errorf("what a device sends stands in %q", text)
	}
	if _, text, _ := Digest("en", today, near); !strings.Contains(text, "2026-11-27 (in 3 days) Last day of notice (contract): Fibre") {
		t.Errorf("in English\n%s", text)
	}
	for days, want := range map[int][2]string{0: {"(aujourd’hui)", "(today)"}, 1: {"(demain)", "(tomorrow)"}} {
		one := []Near{{"Martin", []lifecycle.Alert{{Event: lifecycle.Event{Day: today, Kind: lifecycle.EventNotice, What: "Fibre"}, DaysLeft: days}}}}
		if subject, text, err := Digest("fr", today, one); err != nil || subject != "parc, 24/11/2026 : 1 échéance" || !strings.Contains(text, want[0]) {
			t.Errorf("%q, %q, %v", subject, text, err)
		}
		if subject, text, err := Digest("en", today, one); err != nil || !strings.HasSuffix(subject, ": 1 deadline") || !strings.Contains(text, want[1]) {
			t.Errorf("%q, %q, %v", subject, text, err)
		}
	}
	if _, _, err := Digest("de", today, near); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("in German: %v", err)
	}
}
