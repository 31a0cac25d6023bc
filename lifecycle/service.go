package lifecycle

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // time zones on machines that have none installed

	"parc/inventory"
)

// Hours are the hours in which a service is given: the clock of a promise runs
// during them only.
type Hours struct {
	always bool // day and night, holidays too
	spans  [7][]span
	zone   *time.Location
}

// span is a part of a day, in minutes from midnight on the clock on the wall.
type span struct{ from, to int }

// weekdays are the names of days in Hours, from time.Sunday on.
var weekdays = []string{"su", "mo", "tu", "we", "th", "fr", "sa"}

// ParseHours reads "24x7", or days with hours as "Mo-Fr 09:00-18:00", several
// apart by semicolons ("Mo-Fr 08:00-12:00,14:00-18:00; Sa 09:00-12:00"), in a
// time zone by its IANA name; "" is Europe/Paris. Public holidays of France do
// not count but in "24x7". Anything else is Invalid.
func ParseHours(text, timeZone string) (Hours, error) {
	if timeZone == "" {
		timeZone = "Europe/Paris"
	}
	zone, err := time.LoadLocation(timeZone)
	if err != nil || timeZone == "Local" {
		return Hours{}, inventory.Errorf(inventory.Invalid, "time_zone: %q is no time zone: name one as Europe/Paris", inventory.CleanTo(timeZone, 60))
	}
	h := Hours{zone: zone}
	wrong := inventory.Errorf(inventory.Invalid, "hours: %q are no hours of service: write them as Mo-Fr 09:00-18:00, or 24x7", inventory.CleanTo(text, 80))
	lowered := strings.ToLower(strings.TrimSpace(text))
	if lowered == "24x7" || lowered == "24/7" {
		h.always = true
		return h, nil
	}
	for part := range strings.SplitSeq(lowered, ";") {
		days, hours, ok := strings.Cut(strings.TrimSpace(part), " ")
		if !ok || !h.add(days, hours) {
			return Hours{}, wrong
		}
	}
	for _, spans := range h.spans {
		slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
		for i := range len(spans) - 1 {
			if spans[i].to > spans[i+1].from { // would count twice
				return Hours{}, wrong
			}
		}
	}
	return h, nil
}

// add reads one rule.
func (h *Hours) add(days, hours string) bool {
	first, last, several := strings.Cut(days, "-")
	from := slices.Index(weekdays, first)
	to := from
	if several {
		to = slices.Index(weekdays, last)
	}
	if from < 0 || to < 0 {
		return false
	}
	for text := range strings.SplitSeq(hours, ",") {
		begin, end, ok := strings.Cut(strings.TrimSpace(text), "-")
		s := span{clock(begin), clock(end)}
		if !ok || s.from < 0 || s.to <= s.from {
			return false
		}
		for day := from; ; day = (day + 1) % 7 {
			h.spans[day] = append(h.spans[day], s)
			if day == to {
				break
			}
		}
	}
	return true
}

// clock reads "09:30" as minutes from midnight; −1 when it is no time. 24:00 is
// the end of the day.
func clock(text string) int {
	if text == "24:00" {
		return 24 * 60
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// longestCount bounds how many days are counted through.
const longestCount = 3700

// Minutes gives the whole minutes of service between two moments; 0 when the
// second is not after the first.
func (h Hours) Minutes(from, to time.Time) int {
	if !to.After(from) || h.zone == nil {
		return 0
	}
	if h.always {
		return int(to.Sub(from) / time.Minute)
	}
	var total time.Duration
	y, m, d := from.In(h.zone).Date()
	for i := range longestCount {
		if time.Date(y, m, d+i, 0, 0, 0, 0, h.zone).After(to) {
			break
		}
		for _, s := range h.on(y, m, d+i) {
			if start, end := later(s[0], from), earlier(s[1], to); end.After(start) {
				total += end.Sub(start)
			}
		}
	}
	return int(total / time.Minute)
}

// After gives the moment at which so many minutes of service have passed since
// another; the zero time when that never comes.
func (h Hours) After(from time.Time, minutes int) time.Time {
	left := time.Duration(minutes) * time.Minute
	if h.always {
		return from.Add(left)
	}
	if h.zone == nil {
		return time.Time{}
	}
	y, m, d := from.In(h.zone).Date()
	for i := range longestCount {
		for _, s := range h.on(y, m, d+i) {
			start := later(s[0], from)
			if !s[1].After(start) {
				continue
			}
			room := s[1].Sub(start)
			if left <= room {
				return start.Add(left).UTC()
			}
			left -= room
		}
	}
	return time.Time{}
}

// on gives the spans of a day as moments, none on a public holiday.
func (h Hours) on(y int, m time.Month, d int) [][2]time.Time {
	noon := time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	if PublicHoliday(inventory.DayOf(noon)) != "" {
		return nil
	}
	spans := h.spans[noon.Weekday()]
	moments := make([][2]time.Time, len(spans))
	for i, s := range spans {
		moments[i] = [2]time.Time{time.Date(y, m, d, 0, s.from, 0, 0, h.zone), time.Date(y, m, d, 0, s.to, 0, 0, h.zone)}
	}
	return moments
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Promise says how a promise was kept.
type Promise string

// The answers.
const (
	NoPromise Promise = ""        // none was made, or no contract is named
	Kept      Promise = "kept"    // in time
	Broken    Promise = "broken"  // late, or not done and late already
	Pending   Promise = "pending" // not done, and not late yet
)

// Service is one intervention beside what its contract promises.
type Service struct {
	Intervention  inventory.Intervention
	Level         inventory.ServiceLevel
	Response      int       // minutes of service until somebody worked on it, or until now
	ResponseDue   time.Time // zero without a promise
	Responded     Promise
	Resolution    int // minutes of service until it worked again, or until now; pauses left out
	ResolutionDue time.Time
	Resolved      Promise
}

// ServiceOf checks an intervention against the contract it is under, as of a
// moment. The response is measured to RespondedAt (GTI), the resolution to
// ResolvedAt less the minutes in which it waited for the client or a third party
// (GTR). Hours that cannot be read are Invalid.
func ServiceOf(i inventory.Intervention, contract *inventory.Contract, now time.Time) (Service, error) {
	s := Service{Intervention: i}
	if contract == nil {
		return s, nil
	}
	at := slices.IndexFunc(contract.Levels, func(l inventory.ServiceLevel) bool { return l.Level == i.Level })
	if at < 0 {
		return s, nil
	}
	s.Level = contract.Levels[at]
	hours, err := ParseHours(s.Level.Hours, s.Level.TimeZone)
	if err != nil {
		return s, err
	}
	s.Response, s.ResponseDue, s.Responded = measure(hours, i.OpenedAt, i.RespondedAt, now, 0, s.Level.ResponseMinutes)
	s.Resolution, s.ResolutionDue, s.Resolved = measure(hours, i.OpenedAt, i.ResolvedAt, now, i.PausedMinutes, s.Level.ResolutionMinutes)
	return s, nil
}

func measure(h Hours, opened time.Time, done *time.Time, now time.Time, paused, promised int) (took int, due time.Time, kept Promise) {
	until := now
	if done != nil {
		until = *done
	}
	took = max(0, h.Minutes(opened, until)-paused)
	if promised <= 0 {
		return took, due, NoPromise
	}
	due = h.After(opened, promised+paused)
	switch {
	case took > promised:
		return took, due, Broken
	case done == nil:
		return took, due, Pending
	}
	return took, due, Kept
}
