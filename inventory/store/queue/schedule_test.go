package queue

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parc/inventory"
)

func mustParse(t interface {
	Helper()
	Fatal(...any)
}, spec, zone string) func(time.Time) time.Time {
	t.Helper()
	next, err := ParseSchedule(spec, zone)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestParseScheduleRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ spec, zone, says string }{
		{"", "", "is no schedule"},
		{"TZ=", "", "time zone has a field of its own"},
		{"TZ= * * * * *", "", "time zone has a field of its own"},
		{"CRON_TZ=Europe/Paris 0 5 * * *", "", "time zone has a field of its own"},
		{"0 0 30 2 *", "", "no such date"},
		{"0 0 31 4,6,9,11 *", "", "no such date"},
		{"@every 0s", "", "too often"},
		{"@every -5m", "", "too often"},
		{"@every 299s", "", "too often"},
		{"@every", "", "is no schedule"},
		{"* * * * *", "", "too often"},
		{"0,2 3 * * *", "", "too often"},
		{"0,58 * * * *", "", "too often"},
		{"59 23 31 12 *", "Europe/Nowhere", "no time zone"},
		{"0 5 * * *", "../../etc/passwd", "no time zone"},
		{"0 5 * * *", "Local", "no time zone"},
		{"60 5 * * *", "", "is no schedule"},
		{"0 24 * * *", "", "is no schedule"},
		{"0 0 5 * * *", "", "is no schedule"}, // seconds
		{"0 5 * *", "", "is no schedule"},
		{"0 5 * * mon\n", "", ""},
		{"0 5 *\n* *", "", "is no schedule"},
		{strings.Repeat("1,", 200) + "1 * * * *", "", "is no schedule"},
		{"@reboot", "", "is no schedule"},
	} {
		next, err := ParseSchedule(c.spec, c.zone)
		if c.says == "" {
			if err != nil {
				t.Errorf("%q: %v", c.spec, err)
			}
			continue
		}
		if inventory.CodeOf(err) != inventory.Invalid || !strings.Contains(err.Error(), c.says) || next != nil {
			t.Errorf("%q in %q: got %v, want Invalid with %q", c.spec, c.zone, err, c.says)
		}
	}
}

func TestNextRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ spec, zone, after, want string }{
		{"0 5 * * *", "", "2026-11-23T04:59:59Z", "2026-11-23T05:00:00Z"},
		{"0 5 * * *", "", "2026-11-23T05:00:00Z", "2026-11-24T05:00:00Z"},
		{"0 5 * * *", "Europe/Paris", "2026-11-23T00:00:00Z", "2026-11-23T04:00:00Z"},
		{"0 5 * * *", "Europe/Paris", "2026-07-23T00:00:00Z", "2026-07-23T03:00:00Z"},
		{"@daily", "Europe/Paris", "2026-11-23T00:00:00Z", "2026-11-23T23:00:00Z"},
		{"@every 6h", "Europe/Paris", "2026-11-23T01:30:00Z", "2026-11-23T07:30:00Z"},
		{"0 0 29 2 *", "", "2026-11-23T00:00:00Z", "2028-02-29T00:00:00Z"},
		{"15 3 * * mon", "Asia/Kolkata", "2026-11-23T00:00:00Z", "2026-11-29T21:45:00Z"},
		// Spring: Paris goes from 02:00 to 03:00 on 2027-03-28.
		{"30 2 * * *", "Europe/Paris", "2027-03-27T02:00:00Z", "2027-03-28T01:30:00Z"}, // 03:30 by the new clock
		{"30 2 * * *", "Europe/Paris", "2027-03-28T01:00:00Z", "2027-03-28T01:30:00Z"}, // asked in the middle of the change
		{"30 2 * * *", "Europe/Paris", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z"},
		{"0,30 2,3 * * *", "Europe/Paris", "2027-03-28T00:59:00Z", "2027-03-28T01:00:00Z"},
		{"0,30 2,3 * * *", "Europe/Paris", "2027-03-28T01:00:00Z", "2027-03-28T01:30:00Z"},
		{"0,30 2,3 * * *", "Europe/Paris", "2027-03-28T01:30:00Z", "2027-03-29T00:00:00Z"},
		// Autumn: 02:30 comes twice on 2026-10-25; the first time counts.
		{"30 2 * * *", "Europe/Paris", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		{"30 2 * * *", "Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		{"30 2 * * *", "Europe/Paris", "2026-10-25T01:00:00Z", "2026-10-26T01:30:00Z"},
		// Every hour keeps its distance.
		{"0 * * * *", "Europe/Paris", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"},
		{"0 * * * *", "Europe/Paris", "2027-03-28T00:30:00Z", "2027-03-28T01:00:00Z"},
		// Samoa left out 2011-12-30 as a whole.
		{"0 12 * * *", "Pacific/Apia", "2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z"},
	} {
		got := mustParse(t, c.spec, c.zone)(at(c.after))
		if !got.Equal(at(c.want)) {
			t.Errorf("%q in %q after %s: got %s, want %s", c.spec, c.zone, c.after, got.Format(time.RFC3339), c.want)
		}
	}
}

var (
	someZone = rapid.SampledFrom([]string{
		"", "Europe/Paris", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
		"Africa/Casablanca", "Indian/Reunion", "America/St_Johns",
	})
	someSpec = rapid.SampledFrom([]string{
		"30 2 * * *", "0 0 * * *", "15 1,2,3 * * mon-fri", "*/30 2-4 * * *", "0 3 1 * *", "0 2 29 2 *", "45 23 * * sun",
		"0 * * * *", "*/20 * * * *", "@every 7h", "@hourly", "@weekly", "0 */6 * * *", "5 1 10-20 3,10 *",
	})
	someMoment = rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(1262304000, 2208988800).Draw(t, "second"), 0).UTC() // 2010 to 2040
	})
)

// TestNextRunProperties holds whatever the spec, the zone and the moment.
func TestNextRunProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spec, zone, after := someSpec.Draw(t, "spec"), someZone.Draw(t, "zone"), someMoment.Draw(t, "after")
		next := mustParse(t, spec, zone)
		n := next(after)
		if !n.After(after) || n.Location() != time.UTC {
			t.Fatalf("next run %s is not after %s", n, after)
		}
		if strings.HasPrefix(spec, "@every") {
			return
		}
		// Nothing lies between: asked at any moment before, the answer is the same.
		between := after.Add(time.Duration(rapid.Int64Range(0, int64(n.Sub(after))-1).Draw(t, "between")))
		if m := next(between); !m.Equal(n) {
			t.Fatalf("after %s comes %s, after %s comes %s", after, n, between, m)
		}
		if m := next(n); !m.After(n) {
			t.Fatalf("after %s comes %s", n, m)
		}
	})
}

// TestOnceADay: a run at an hour of its own happens once on every day that the
// zone has, at that hour unless the clocks leave it out.
func TestOnceADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom([]string{"Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca"}).Draw(t, "zone")
		hour, minute := rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		next := mustParse(t, itoa(minute)+" "+itoa(hour)+" * * *", zone)
		year := rapid.IntRange(2012, 2035).Draw(t, "year")
		now := time.Date(year, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), 1, 12, 0, 0, 0, loc)
		days := map[string]int{}
		for range 40 {
			now = next(now)
			local := now.In(loc)
			if local.Hour() != hour || local.Minute() != minute {
				before := zoneOffset(local.Add(-2 * time.Hour))
				if before == zoneOffset(local) {
					t.Fatalf("runs at %s, and no clock has changed", local)
				}
				local = now.In(time.FixedZone("before", before)) // the day by the clock as it was
			}
			days[local.Format(time.DateOnly)]++
		}
		if len(days) != 40 {
			t.Fatalf("40 runs on %d days", len(days))
		}
	})
}

func zoneOffset(t time.Time) int { _, offset := t.Zone(); return offset }

func itoa(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

func FuzzParseSchedule(f *testing.F) {
	for _, seed := range []string{"TZ=", "0 0 30 2 *", "@every 0s", "*/5 * * * *", "0 5 * * mon-fri", "@every 1e9h", "? ? ? ? ?", "0-59/61 * * * *"} {
		f.Add(seed, "Europe/Paris")
	}
	f.Fuzz(func(t *testing.T, spec, zone string) {
		next, err := ParseSchedule(spec, zone)
		if (next == nil) == (err == nil) {
			t.Fatal("neither a schedule nor an error")
		}
		if err != nil {
			if inventory.CodeOf(err) != inventory.Invalid {
				t.Fatalf("%v is not Invalid", err)
			}
			return
		}
		from := at("2026-11-23T00:00:00Z")
		if n := next(from); !n.IsZero() && !n.After(from) {
			t.Fatalf("%q: next run %s", spec, n)
		}
	})
}
