package lifecycle

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
)

// Hours are the hours in which a service level's clock runs.
type Hours struct {
	always bool
	days   [7][]span // by time.Weekday
	zone   *time.Location
	// Holidays keeps the clock running on French public holidays.
	Holidays bool
}

// span is a part of a day, in minutes from midnight on the wall clock.
type span struct{ from, to int }

// defaultZone is where hours are meant when nothing else is said.
const defaultZone = "Europe/Paris"

// maxWait bounds how far ahead a due time is looked for.
const maxWait = 5 * 366

// ParseHours reads opening hours as OpenStreetMap writes them, the common part:
// "24x7" (or "24/7"), "Mo-Fr 09:00-18:00", "Mo-Th 08:30-12:00,14:00-18:00; Fr
// 08:30-16:00", "PH" among the days to work on public holidays too. The zone is
// an IANA name, "" for Europe/Paris. Anything else is Invalid.
func ParseHours(text, zone string) (Hours, error) {
	if zone == "" {
		zone = defaultZone
	}
	location, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" {
		return Hours{}, inventory.Errorf(inventory.Invalid, "time_zone: %q is no time zone: write it as Europe/Paris", inventory.CleanTo(zone, 60))
	}
	h := Hours{zone: location}
	text = strings.TrimSpace(text)
	if strings.EqualFold(text, "24x7") || text == "24/7" {
		h.always = true
		return h, nil
	}
	if len(text) > 500 {
		return Hours{}, badHours(text)
	}
	for rule := range strings.SplitSeq(text, ";") {
		if err := h.rule(strings.TrimSpace(rule)); err != nil {
			return Hours{}, err
		}
	}
	for _, spans := range h.days {
		if len(spans) > 0 {
			return h, nil
		}
	}
	return Hours{}, badHours(text)
}

func badHours(text string) error {
	return inventory.Errorf(inventory.Invalid, "hours: %q are no hours: write them as Mo-Fr 09:00-18:00, or 24x7", inventory.CleanTo(text, 60))
}

var dayNames = []string{"su", "mo", "tu", "we", "th", "fr", "sa"}

func (h *Hours) rule(text string) error {
	days, times, ok := strings.Cut(text, " ")
	if !ok {
		return badHours(text)
	}
	var spans []span
	for part := range strings.SplitSeq(strings.ReplaceAll(times, " ", ""), ",") {
		from, to, _ := strings.Cut(part, "-")
		s := span{clock(from), clock(to)}
		if s.from < 0 || s.to <= s.from {
			return badHours(text)
		}
		spans = append(spans, s)
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return badHours(text)
		}
	}
	for part := range strings.SplitSeq(strings.ToLower(days), ",") {
		if part == "ph" {
			h.Holidays = true
			continue
		}
		first, last, ranged := strings.Cut(part, "-")
		from := slices.Index(dayNames, first)
		to := from
		if ranged {
			to = slices.Index(dayNames, last)
		}
		if from < 0 || to < 0 {
			return badHours(text)
		}
		for d := from; ; d = (d + 1) % 7 {
			h.days[d] = spans
			if d == to {
				break
			}
		}
	}
	return nil
}

// clock reads "09:30" as minutes, −1 when it is no time of day.
func clock(text string) int {
	hour, minute, ok := strings.Cut(text, ":")
	hh, err := strconv.Atoi(hour)
	mm, err2 := strconv.Atoi(minute)
	if !ok || err != nil || err2 != nil || hh < 0 || mm < 0 || mm > 59 || hh*60+mm > 24*60 || len(minute) != 2 {
		return -1
	}
	return hh*60 + mm
}

// openOn gives the instants between which the clock runs on a day of the wall
// clock. A time that the change to summer time skips is taken as time.Date does.
func (h Hours) openOn(year int, month time.Month, day int) [][2]time.Time {
	noon := time.Date(year, month, day, 12, 0, 0, 0, h.zone)
	if !h.Holidays && PublicHoliday(inventory.NewDay(noon.Year(), noon.Month(), noon.Day())) != "" {
		return nil
	}
	var open [][2]time.Time
	for _, s := range h.days[noon.Weekday()] {
		open = append(open, [2]time.Time{
			time.Date(year, month, day, 0, s.from, 0, 0, h.zone), time.Date(year, month, day, 0, s.to, 0, 0, h.zone),
		})
	}
	return open
}

// Due gives when a promise of so long is due that starts at an instant: as much
// time of the clock later. The zero time means not within five years.
func (h Hours) Due(from time.Time, promise time.Duration) time.Time {
	if h.always {
		return from.Add(promise)
	}
	local := from.In(h.zone)
	year, month, day := local.Date()
	for k := range maxWait {
		for _, open := range h.openOn(year, month, day+k) {
			start := open[0]
			if from.After(start) {
				start = from
			}
			if !start.Before(open[1]) {
				continue
			}
			if run := open[1].Sub(start); promise > run {
				promise -= run
				continue
			}
			return start.Add(promise).In(from.Location())
		}
	}
	return time.Time{}
}

// Elapsed gives how long the clock ran between two instants; 0 when the second
// is not after the first.
func (h Hours) Elapsed(from, to time.Time) time.Duration {
	if !to.After(from) {
		return 0
	}
	if h.always {
		return to.Sub(from)
	}
	var sum time.Duration
	year, month, day := from.In(h.zone).Date()
	for k := range maxWait {
		opens := h.openOn(year, month, day+k)
		for _, open := range opens {
			start, end := open[0], open[1]
			if from.After(start) {
				start = from
			}
			if to.Before(end) {
				end = to
			}
			sum += max(end.Sub(start), 0)
		}
		if time.Date(year, month, day+k+1, 0, 0, 0, 0, h.zone).After(to) {
			break
		}
	}
	return sum
}

// CheckLevel says what is impossible in a service level.
func CheckLevel(l inventory.ServiceLevel) error {
	if l.Level < inventory.KnowledgeBase || l.Level > inventory.OnSite {
		return inventory.Errorf(inventory.Invalid, "level: %d is no level of support: 1, 2 or 3", l.Level)
	}
	if l.ResponseMinutes < 0 || l.ResolutionMinutes < 0 {
		return inventory.Errorf(inventory.Invalid, "response_minutes: a promise may not be negative")
	}
	_, err := ParseHours(l.Hours, l.TimeZone)
	return err
}

// Promise is one promise of a service level, held against what happened.
type Promise struct {
	Due    time.Time     // zero: nothing is promised
	Taken  time.Duration // of the clock, pauses left out
	Met    bool
	Open   bool          // not done yet; Met then tells that it is not yet late
	Margin time.Duration // of the clock: left when positive, late when negative
}

// Service is how an intervention stands against its contract.
type Service struct {
	Promised   bool // the contract has a service level for it
	Response   Promise
	Resolution Promise
}

// ServiceOf holds an intervention against the levels of its contract, as seen at
// an instant. The clock starts when it was opened and stands still while it
// waited for the client or a third party: pauses count towards the resolution
// only. Impossible hours or times are Invalid.
func ServiceOf(v inventory.Intervention, levels []inventory.ServiceLevel, now time.Time) (Service, error) {
	i := slices.IndexFunc(levels, func(l inventory.ServiceLevel) bool { return l.Level == v.Level })
	if i < 0 {
		return Service{}, nil
	}
	level := levels[i]
	hours, err := ParseHours(level.Hours, level.TimeZone)
	if err != nil {
		return Service{}, err
	}
	if err := CheckIntervention(v); err != nil {
		return Service{}, err
	}
	pause := time.Duration(v.PausedMinutes) * time.Minute
	return Service{
		Promised:   true,
		Response:   hours.promise(v.OpenedAt, v.RespondedAt, level.ResponseMinutes, 0, now),
		Resolution: hours.promise(v.OpenedAt, v.ResolvedAt, level.ResolutionMinutes, pause, now),
	}, nil
}

func (h Hours) promise(from time.Time, done *time.Time, minutes int, pause time.Duration, now time.Time) Promise {
	end := now
	if done != nil {
		end = *done
	}
	p := Promise{Open: done == nil, Taken: max(h.Elapsed(from, end)-pause, 0)}
	if minutes <= 0 {
		p.Met = true
		return p
	}
	promised := time.Duration(minutes) * time.Minute
	p.Due = h.Due(from, promised+pause)
	p.Margin = promised - p.Taken
	p.Met = p.Margin >= 0
	return p
}

// CheckIntervention says what is impossible in an intervention; each error is
// Invalid and names the field.
func CheckIntervention(v inventory.Intervention) error {
	switch {
	case v.OpenedAt.IsZero():
		return inventory.Errorf(inventory.Invalid, "opened_at: when was it asked for?")
	case v.RespondedAt != nil && v.RespondedAt.Before(v.OpenedAt):
		return inventory.Errorf(inventory.Invalid, "responded_at: before it was opened")
	case v.ResolvedAt != nil && v.ResolvedAt.Before(v.OpenedAt):
		return inventory.Errorf(inventory.Invalid, "resolved_at: before it was opened")
	case v.RespondedAt != nil && v.ResolvedAt != nil && v.ResolvedAt.Before(*v.RespondedAt):
		return inventory.Errorf(inventory.Invalid, "resolved_at: before anybody responded")
	case v.Level < inventory.KnowledgeBase || v.Level > inventory.OnSite:
		return inventory.Errorf(inventory.Invalid, "level: %d is no level of support: 1, 2 or 3", v.Level)
	case v.PausedMinutes < 0 || v.WorkMinutes < 0:
		return inventory.Errorf(inventory.Invalid, "paused_minutes: minutes may not be negative")
	}
	return checkMoney("cost", v.Cost)
}
