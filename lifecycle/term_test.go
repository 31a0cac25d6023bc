package lifecycle

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parc/inventory"
)

func TestLastSafeNotice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		end          inventory.Day
		months, days int
		safe, act    inventory.Day
		moved        string
	}{
		{"2026-12-31", 3, 0, "2026-09-30", "2026-09-30", ""}, {"2028-02-29", 12, 0, "2027-02-28", "2027-02-26", "Sunday"},
		{"2027-05-31", 3, 0, "2027-02-28", "2027-02-26", "Sunday"}, {"2027-03-31", 1, 0, "2027-02-28", "2027-02-26", "Sunday"},
		{"2028-05-31", 3, 0, "2028-02-29", "2028-02-29", ""}, {"2026-11-30", 6, 0, "2026-05-30", "2026-05-29", "Saturday"},
		{"2027-04-30", 2, 0, "2027-02-28", "2027-02-26", "Sunday"}, {"2027-02-28", 3, 0, "2026-11-28", "2026-11-27", "Saturday"},
		{"2027-01-31", 3, 0, "2026-10-31", "2026-10-30", "Saturday"}, {"2026-12-31", 0, 90, "2026-10-02", "2026-10-02", ""},
		{"2026-05-31", 3, 0, "2026-02-28", "2026-02-27", "Saturday"},
		{"2027-08-14", 1, 0, "2027-07-14", "2027-07-13", "fête nationale"},
		{"2026-07-06", 3, 0, "2026-04-06", "2026-04-03", "lundi de Pâques"}, // and the week-end before it
		{"2027-01-01", 12, 0, "2026-01-01", "2025-12-31", "jour de l'An"},
	} {
		safe := LastSafeNotice(c.end, c.months, c.days)
		act, moved := WorkingDay(safe)
		if safe != c.safe || act != c.act || moved != c.moved {
			t.Errorf("end %s, %d months %d days: safe %s, act %s (%s)", c.end, c.months, c.days, safe, act, moved)
		}
	}
}

func TestPublicHolidays(t *testing.T) {
	t.Parallel()
	for day, want := range map[inventory.Day]string{
		"2026-04-06": "lundi de Pâques", "2026-05-14": "Ascension", "2026-05-25": "lundi de Pentecôte", "2024-04-01": "lundi de Pâques",
		"2027-03-29": "lundi de Pâques", "2038-04-26": "lundi de Pâques", "2008-05-01": "fête du Travail", "2026-11-11": "armistice de 1918",
		"2026-11-23": "", "2026-04-05": "", "": "",
	} {
		if got := PublicHoliday(day); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestTermsOfAContract(t *testing.T) {
	t.Parallel()
	a := Agreement{Start: "2024-03-01", Months: 36, TacitMonths: 12, NoticeMonths: 3}
	got := a.On("2026-11-23")
	want := Term{0, "2024-03-01", "2027-02-28", "2026-11-28", "2026-11-27", "Saturday", "2026-11-23", true, "2028-02-29", false, false}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if late := a.On("2026-11-29"); !late.Missed || late.Bound != "2028-02-29" {
		t.Errorf("after the notice: %+v", late)
	}
	if next := a.On("2027-03-01"); next.Start != "2027-03-01" || next.End != "2028-02-29" || next.Number != 1 {
		t.Errorf("renewed: %+v", next)
	}
	if before := a.On("2020-01-01"); before.Number != 0 || before.Over {
		t.Errorf("before it starts: %+v", before)
	}
	once := Agreement{Start: "2024-03-01", Months: 12}
	if over := once.On("2026-01-01"); !over.Over || over.End != "2025-02-28" || over.Renews {
		t.Errorf("ended: %+v", over)
	}
}

// TestSafeNoticeIsSafe: notice given on the safe day, counted forward by months,
// never reaches past the end; and terms follow each other without a gap.
func TestSafeNoticeIsSafe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := Agreement{
			Start: inventory.Day("2015-01-01").AddDays(rapid.IntRange(0, 6000).Draw(t, "start")), Months: rapid.IntRange(1, 84).Draw(t, "months"),
			TacitMonths: rapid.IntRange(1, 24).Draw(t, "tacit"), NoticeMonths: rapid.IntRange(1, 12).Draw(t, "notice"),
		}
		k := rapid.IntRange(0, 20).Draw(t, "k")
		this, next := a.Term(k), a.Term(k+1)
		if next.Start != this.End.AddDays(1) || this.Bound != next.End {
			t.Fatalf("%+v is followed by %+v", this, next)
		}
		if this.Safe.AddMonths(a.NoticeMonths) > this.End || this.Notice > this.Safe || NotWorking(this.Notice) != "" {
			t.Fatalf("notice on %s (%s) for %s", this.Notice, this.Safe, this.End)
		}
		if day := this.Start.AddDays(rapid.IntRange(0, this.Start.Until(this.End)).Draw(t, "day")); a.On(day).Number != k {
			t.Fatalf("on %s term %d runs, want %d", day, a.On(day).Number, k)
		}
	})
}

func TestIndexedPrice(t *testing.T) {
	t.Parallel()
	c := inventory.Contract{Start: "2024-03-01", Price: inventory.EUR(68000), IndexBPS: 250}
	for day, want := range map[inventory.Day]string{
		"2024-01-01": "680.00", "2025-02-28": "680.00", "2025-03-01": "697.00", "2026-03-01": "714.43", "2027-03-01": "732.29",
	} {
		if got := IndexedPrice(c, day); got.Decimal() != want {
			t.Errorf("on %s %s, want %s", day, got.Decimal(), want)
		}
	}
}

func TestImpossibleAgreementNamesItsField(t *testing.T) {
	t.Parallel()
	for field, a := range map[string]Agreement{
		"start:": {Months: 12}, "start: \"2026": {Start: "2026-02-30", Months: 12}, "months:": {Start: "2026-01-01", Months: -1},
		"tacit_months:": {Start: "2026-01-01", Months: 12, TacitMonths: 99999}, "notice_days:": {Start: "2026-01-01", NoticeDays: 90, NoticeMonths: 3},
	} {
		if err := a.Check(); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%s %v", field, err)
		}
	}
}
