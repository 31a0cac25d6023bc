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
	y, m, d := t.UTC().Date()
	if y < 0 || y > 9999 {
		return Day(t.UTC().Format(time.DateOnly))
	}
	// Forecasts of large estates make millions of days: by hand is five times quicker.
	return Day([]byte{
		byte('0' + y/1000), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-',
		byte('0' + int(m)/10), byte('0' + int(m)%10), '-', byte('0' + d/10), byte('0' + d%10),
	})
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
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return time.Time{} // "": a Day holds nothing else but a valid date
	}
	digits := [...]byte{d[0], d[1], d[2], d[3], d[5], d[6], d[8], d[9]}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			return time.Time{}
		}
		n = n*10 + int(c-'0')
	}
	month, day := time.Month(n/100%100), n%100
	t := time.Date(n/10000, month, day, 0, 0, 0, 0, time.UTC)
	if t.Month() != month || t.Day() != day {
		return time.Time{}
	}
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
