package agent

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"parc/inventory"
)

// row is one entry of a section: lower-case field → text. Fields of nested
// objects have dotted names; lists are joined with newlines.
type row map[string]string

// sections is what a message tells, by the section's lower-case name. A section
// that is there without entries was looked at, and nothing was found.
type sections map[string][]row

// one gives the only entry of a section, or an empty one.
func (s sections) one(name string) row {
	if rows := s[name]; len(rows) > 0 {
		return rows[0]
	}
	return row{}
}

// has tells that the message speaks of the section.
func (s sections) has(name string) bool { _, ok := s[name]; return ok }

// get gives the first of the fields that says something.
func (r row) get(fields ...string) string {
	for _, f := range fields {
		if v := r[f]; v != "" && !says(v) {
			return v
		}
	}
	return ""
}

// says tells that a text only says that there is nothing to say.
func says(v string) bool {
	switch strings.ToLower(v) {
	case "n/a", "na", "none", "unknown", "not specified", "not available", "undefined", "(null)", "default string", "no asset tag",
		"no asset information", "asset tag", "asset-1234567890", "to be filled by o.e.m.", "system serial number", "not applicable":
		return true
	}
	return false
}

// number gives a field as a whole number, 0 when it is none: "3200 MHz" is 3200,
// "274877.906944" is 274877.
func (r row) number(fields ...string) int64 {
	text := r.get(fields...)
	end := strings.IndexFunc(text, func(c rune) bool { return c < '0' || c > '9' })
	if end >= 0 {
		text = text[:end]
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// yes tells that a field says yes.
func (r row) yes(field string) bool {
	switch strings.ToLower(r[field]) {
	case "1", "true", "yes", "on":
		return true
	}
	return false
}

// answer gives a field as yes or no, "" when it is not told.
func (r row) answer(field string) inventory.Answer {
	if r[field] == "" {
		return ""
	}
	if r.yes(field) {
		return inventory.Yes
	}
	return inventory.No
}

// list gives the entries of a joined list.
func (r row) list(field string) []string {
	if r[field] == "" {
		return nil
	}
	return strings.Split(r[field], "\n")
}

// clean makes a text from an agent fit to keep: double-encoded UTF-8 is undone,
// then it is cleaned like every text from outside.
func clean(s string) string { return inventory.Clean(repair(s)) }

// repair undoes UTF-8 that was taken for Latin-1 and encoded once more ("Ã©"), as
// agents do with environment and configuration. A text in which any character is
// not Latin-1, or whose bytes are then no UTF-8, is what it is.
func repair(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	raw := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return s
		}
		raw = append(raw, byte(r))
	}
	if !utf8.Valid(raw) {
		return s
	}
	return string(raw)
}

// The forms in which agents write dates, the day first where it matters: XML of
// Windows machines does so, but for the date of the BIOS.
var dayForms = []string{"2006-01-02", "2006/01/02", "02/01/2006", "20060102", "2006-1-2", "2/1/2006"}

// day reads a date in any of the forms; what is none, or stands for "unknown",
// is "".
func day(text string) inventory.Day { return dayIn(text, dayForms) }

// biosDay reads the date of a BIOS, whose month comes first.
func biosDay(text string) inventory.Day {
	return dayIn(text, []string{"2006-01-02", "01/02/2006", "1/2/2006", "2006/01/02", "01/02/06"})
}

func dayIn(text string, forms []string) inventory.Day {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "T")
	text, _, _ = strings.Cut(text, " ")
	for _, form := range forms {
		if t, err := time.Parse(form, text); err == nil {
			if t.Year() < 1981 || t.Year() > 2200 {
				return "" // 1970-01-01 and 1601-01-01 are clocks that were never set
			}
			return inventory.DayOf(t)
		}
	}
	return ""
}

// moment reads an instant that an agent writes in its machine's own time.
func moment(text string, zone *time.Location) time.Time {
	for _, form := range []string{"2006-01-02 15:04:05", "2006/01/02 15:04:05", time.RFC3339, "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(form, strings.TrimSpace(text), zone); err == nil && t.Year() >= 1990 && t.Year() <= 2200 {
			return t.UTC()
		}
	}
	return time.Time{}
}

// zoneOf reads an offset: "+0100", "-04:00".
func zoneOf(text string) (*time.Location, bool) {
	for _, form := range []string{"-0700", "-07:00"} {
		if t, err := time.Parse(form, strings.TrimSpace(text)); err == nil {
			_, offset := t.Zone()
			return time.FixedZone("", offset), true
		}
	}
	return time.UTC, false
}
