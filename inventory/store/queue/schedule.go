package queue

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // time zones on machines that have none installed

	"github.com/robfig/cron/v3"

	"parc/inventory"
)

// Bounds of what people may ask for.
const (
	longestSpec = 100
	shortestGap = 5 * time.Minute
	checkedRuns = 300 // how many runs in a row are looked at for their gaps
)

// checkedFrom is where the check of a spec begins: the first day of a leap year,
// so that 29 February is found.
var checkedFrom = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// ParseSchedule reads when a schedule runs: five cron fields (minute, hour, day
// of month, month, day of week), or @hourly, @daily, @weekly, @monthly, @yearly or
// "@every 6h", in a time zone by its IANA name ("" is UTC). It gives a function
// that tells the first run after a moment, in UTC; the zero time says never.
//
// When clocks change, a run at an hour of its own ("30 2 * * *") happens once:
// where its hour is left out it runs as much later as the clocks are put forward
// (at 03:30), where its hour comes twice it runs the first time. A run in every
// hour ("0 * * * *") and "@every" keep their distance in real time.
//
// Invalid are: what cannot be read, a time zone inside the spec, a date that never
// comes (30 February), and runs less than five minutes apart.
func ParseSchedule(spec, timeZone string) (next func(after time.Time) time.Time, err error) {
	spec = strings.TrimSpace(spec)
	shown := inventory.CleanTo(spec, longestSpec)
	loc, err := location(timeZone)
	if err != nil {
		return nil, err
	}
	if len(spec) > longestSpec || strings.ContainsAny(spec, "=\n\r") {
		// The parser takes TZ=… at the beginning, and panics where it is empty.
		return nil, inventory.Errorf(inventory.Invalid, "%q is no schedule: write five cron fields, as 30 2 * * *, or @daily; the time zone has a field of its own", shown)
	}
	schedule, err := parse(spec)
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "%q is no schedule: write five cron fields, as 30 2 * * *, or @daily (%w)", shown, err)
	}
	if err := check(schedule, shown); err != nil {
		return nil, err
	}
	if fields, ok := schedule.(*cron.SpecSchedule); ok && !everyHour(fields) {
		fields.Location = time.UTC
		return func(after time.Time) time.Time { return nextOnClock(fields, after, loc) }, nil
	}
	return func(after time.Time) time.Time {
		t := schedule.Next(after.In(loc))
		if t.IsZero() {
			return time.Time{}
		}
		return t.UTC()
	}, nil
}

func location(name string) (*time.Location, error) {
	if name == "" {
		return time.UTC, nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, inventory.Errorf(inventory.Invalid, "%q is no time zone: name one as Europe/Paris", inventory.CleanTo(name, 60))
	}
	return loc, nil
}

// parse is the parser of cron, whose panics are errors.
func parse(spec string) (schedule cron.Schedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	return parser.Parse(spec)
}

// check refuses what never runs and what runs too often.
func check(schedule cron.Schedule, shown string) error {
	if every, ok := schedule.(cron.ConstantDelaySchedule); ok {
		if every.Delay < shortestGap {
			return inventory.Errorf(inventory.Invalid, "%q runs too often: at most every %d minutes", shown, int(shortestGap.Minutes()))
		}
		return nil
	}
	at := schedule.Next(checkedFrom)
	if at.IsZero() {
		return inventory.Errorf(inventory.Invalid, "%q never runs: there is no such date", shown)
	}
	for range checkedRuns {
		following := schedule.Next(at)
		if following.IsZero() {
			return nil
		}
		if following.Sub(at) < shortestGap {
			return inventory.Errorf(inventory.Invalid, "%q runs too often: at most every %d minutes", shown, int(shortestGap.Minutes()))
		}
		at = following
	}
	return nil
}

// everyHour tells that a spec has no hour of its own.
func everyHour(s *cron.SpecSchedule) bool {
	const all = 1<<24 - 1
	return s.Hour&all == all
}

// clockSlack is more than any clock change shifts the wall clock in one step,
// days that a country has skipped when it changed sides of the date line included.
const clockSlack = 25 * time.Hour

// nextOnClock gives the first run after a moment of a schedule that means the
// clock on the wall. Wall times are computed with as if they were UTC, where every
// minute comes once, and each is then looked up in the zone.
func nextOnClock(s *cron.SpecSchedule, after time.Time, loc *time.Location) time.Time {
	var best time.Time
	wall := asWall(after.In(loc)).Add(-clockSlack)
	for {
		wall = s.Next(wall)
		if wall.IsZero() {
			return best
		}
		if !best.IsZero() && wall.Sub(asWall(best.In(loc))) > clockSlack {
			return best // no later wall time can come earlier
		}
		at := instant(wall, loc)
		if at.After(after) && (best.IsZero() || at.Before(best)) {
			best = at
		}
	}
}

// asWall gives what the clock shows as if it were UTC.
func asWall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// instant gives the moment at which the clock of the zone shows the wall time: the
// first when it does so twice; when it never does, the moment by the clock as it
// was before the change.
func instant(wall time.Time, loc *time.Location) time.Time {
	y, m, d := wall.Date()
	at := time.Date(y, m, d, wall.Hour(), wall.Minute(), 0, 0, loc)
	begin, _ := at.ZoneBounds()
	if begin.IsZero() {
		return at.UTC()
	}
	_, before := begin.Add(-time.Second).Zone()
	if earlier := wall.Add(-time.Duration(before) * time.Second); asWall(earlier.In(loc)).Equal(wall) && earlier.Before(at) {
		return earlier.UTC() // shown twice
	}
	if asWall(at.In(loc)).Equal(wall) {
		return at.UTC()
	}
	// Left out: at was reckoned by the clock of one side of the change.
	if at.Sub(begin) >= clockSlack { // at is before the change, so its own clock is the old one
		_, before = at.Zone()
	}
	return wall.Add(-time.Duration(before) * time.Second).UTC()
}
