package inventory

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"time"
)

// Day is a civil date without a time or a zone, kept as ISO text
// ("2026-11-23"): it sorts and compares as text on every database. The zero
// Day means unknown.
type Day string

// ParseDay reads YYYY-MM-DD; "" is the unknown day. Anything else is Invalid.
func ParseDay(s string) (Day, error) {
	if s == "" {
		return "", nil
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", Errorf(Invalid, "%q is no day: write it as YYYY-MM-DD", CleanTo(s, 40))
	}
	return Day(s), nil
}

// DayOf gives the civil date of an instant, in UTC.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return ""
	}
	return Day(t.UTC().Format(time.DateOnly))
}

// NewDay gives the civil date; months and days past their end roll over as in
// time.Date.
func NewDay(year int, month time.Month, day int) Day {
	return DayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// IsZero tells that the day is unknown.
func (d Day) IsZero() bool { return d == "" }

// Time gives midnight UTC of the day, the zero time when it is unknown.
func (d Day) Time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d)) // a Day holds a valid date or ""
	return t
}

// AddDays gives the day n days later.
func (d Day) AddDays(n int) Day {
	if d.IsZero() {
		return ""
	}
	return DayOf(d.Time().AddDate(0, 0, n))
}

// AddMonths gives the same day of the month n months later, or that month's
// last day when it is shorter: 31 January plus one month is 28 February.
func (d Day) AddMonths(n int) Day {
	if d.IsZero() {
		return ""
	}
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return NewDay(first.Year(), first.Month(), min(t.Day(), last))
}

// Until gives the number of days from d to e, negative when e is before d; 0
// when either is unknown.
func (d Day) Until(e Day) int {
	if d.IsZero() || e.IsZero() {
		return 0
	}
	return int((e.Time().Unix() - d.Time().Unix()) / (24 * 60 * 60))
}

// UnmarshalText reads what ParseDay reads, so that no request, file or setting
// brings in a day that is none.
func (d *Day) UnmarshalText(b []byte) error {
	day, err := ParseDay(string(b))
	if err == nil {
		*d = day
	}
	return err
}

// Value stores the day as text, or NULL when it is unknown.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return string(d), nil
}

// Scan reads what Value stored, also where a driver makes a time of it.
func (d *Day) Scan(v any) error {
	var text string
	switch x := v.(type) {
	case nil:
	case string:
		text = x
	case []byte:
		text = string(x)
	case time.Time:
		text = string(DayOf(x))
	default:
		return fmt.Errorf("scan %T into a day", v)
	}
	text, _, _ = strings.Cut(text, "T")
	return d.UnmarshalText([]byte(text))
}
