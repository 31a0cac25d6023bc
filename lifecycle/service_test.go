package lifecycle

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parc/inventory"
)

func paris(t testing.TB, text string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestServiceHours(t *testing.T) {
	t.Parallel()
	office := "Mo-Fr 09:00-18:00"
	for _, c := range []struct {
		hours, from string
		minutes     int
		due         string
	}{
		{office, "2026-11-20 17:30", 120, "2026-11-23 10:30"}, // a Friday: the weekend does not count
		{office, "2026-11-23 07:00", 60, "2026-11-23 10:00"},
		{office, "2026-11-10 17:00", 120, "2026-11-12 10:00"}, // 11 November
		{office, "2026-11-23 09:00", 540, "2026-11-23 18:00"},
		{"Mo-Fr 08:00-12:00,14:00-18:00; Sa 09:00-12:00", "2026-11-20 11:00", 360, "2026-11-21 10:00"},
		{"Sa-Mo 10:00-11:00", "2026-11-20 09:00", 150, "2026-11-23 10:30"},
		{"24x7", "2026-11-20 23:30", 60, "2026-11-21 00:30"},
		{"Mo-Su 00:00-24:00", "2026-03-28 23:00", 240, "2026-03-29 04:00"}, // clocks go forward that night
	} {
		h, err := ParseHours(c.hours, "")
		if err != nil {
			t.Fatal(err)
		}
		from, want := paris(t, c.from), paris(t, c.due)
		if got := h.After(from, c.minutes); !got.Equal(want) {
			t.Errorf("%s from %s, %d minutes: %s, want %s", c.hours, c.from, c.minutes, got, want)
		}
		if got := h.Minutes(from, want); got != c.minutes {
			t.Errorf("%s from %s to %s: %d minutes, want %d", c.hours, c.from, c.due, got, c.minutes)
		}
	}
	for _, bad := range []string{"", "always", "Mo-Fr", "Mo-Fr 18:00-09:00", "Mo-Xx 09:00-10:00", "Mo 25:00-26:00", "Mo 9-18", "Mo-Fr 09:00-18:00; Mo 10:00-11:00"} {
		if _, err := ParseHours(bad, ""); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := ParseHours(office, "Mars/Olympus"); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("a zone that is none: %v", err)
	}
}

// What After gives is as many minutes away as it was asked for.
func TestAfterIsMinutesAway(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, err := ParseHours(rapid.SampledFrom([]string{"24x7", "Mo-Fr 09:00-18:00", "Mo-Sa 08:00-12:00,13:30-19:00"}).Draw(t, "hours"), "Europe/Paris")
		if err != nil {
			t.Fatal(err)
		}
		from := time.Date(2026, 1, 1, 0, rapid.IntRange(0, 600_000).Draw(t, "from"), 0, 0, time.UTC)
		minutes := rapid.IntRange(1, 20_000).Draw(t, "minutes")
		if got := h.Minutes(from, h.After(from, minutes)); got != minutes {
			t.Errorf("from %s: %d minutes away, want %d", from, got, minutes)
		}
	})
}

func TestServiceAgainstItsContract(t *testing.T) {
	t.Parallel()
	contract := &inventory.Contract{Levels: []inventory.ServiceLevel{{Level: inventory.Remote, Hours: "Mo-Fr 09:00-18:00", ResponseMinutes: 120, ResolutionMinutes: 480}}}
	at := func(text string) *time.Time {
		moment := paris(t, text)
		return &moment
	}
	opened, now := paris(t, "2026-11-20 17:30"), paris(t, "2026-11-24 12:00")
	for name, c := range map[string]struct {
		i                   inventory.Intervention
		contract            *inventory.Contract
		responded, resolved Promise
	}{
		"in time":             {inventory.Intervention{Level: inventory.Remote, RespondedAt: at("2026-11-23 10:30"), ResolvedAt: at("2026-11-23 16:30")}, contract, Kept, Kept},
		"a minute late":       {inventory.Intervention{Level: inventory.Remote, RespondedAt: at("2026-11-23 10:31"), ResolvedAt: at("2026-11-23 16:31")}, contract, Broken, Broken},
		"late, but it waited": {inventory.Intervention{Level: inventory.Remote, RespondedAt: at("2026-11-23 09:10"), ResolvedAt: at("2026-11-24 09:30"), PausedMinutes: 120}, contract, Kept, Kept},
		"open and late":       {inventory.Intervention{Level: inventory.Remote}, contract, Broken, Broken},
		"open":                {inventory.Intervention{Level: inventory.Remote, RespondedAt: at("2026-11-23 09:10"), PausedMinutes: 300}, contract, Kept, Pending},
		"no such level":       {inventory.Intervention{Level: inventory.OnSite}, contract, NoPromise, NoPromise},
		"no contract":         {inventory.Intervention{Level: inventory.Remote}, nil, NoPromise, NoPromise},
	} {
		c.i.OpenedAt = opened
		got, err := ServiceOf(c.i, c.contract, now)
		if err != nil || got.Responded != c.responded || got.Resolved != c.resolved {
			t.Errorf("%s: response %q (%d min), resolution %q (%d min), %v", name, got.Responded, got.Response, got.Resolved, got.Resolution, err)
		}
	}
}
