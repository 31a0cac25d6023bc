package inventory

import (
	"testing"
	"time"
)

// TestDaysAreThoseOfTime: days are read and written by hand for speed; they are
// those that package time reads and writes.
func TestDaysAreThoseOfTime(t *testing.T) {
	t.Parallel()
	for at := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 10000; at = at.AddDate(0, 0, 1) {
		d := Day(at.Format(time.DateOnly))
		if at.IsZero() { // no instant, and no day
			continue
		}
		if DayOf(at) != d || !d.Time().Equal(at) {
			t.Fatalf("%s: %s, %s", at, DayOf(at), d.Time())
		}
	}
	for _, none := range []Day{"", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-01", "2026/01/01", "20260101", "2026-01-1x", "+026-01-01", "2026-01-01T"} {
		want, _ := time.Parse(time.DateOnly, string(none))
		if got := none.Time(); !got.Equal(want) {
			t.Errorf("%q is %s, want %s", none, got, want)
		}
	}
	if got := DayOf(time.Date(12345, 6, 7, 0, 0, 0, 0, time.UTC)); got != "12345-06-07" {
		t.Errorf("a year of five digits: %s", got)
	}
}
