package lifecycle

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parc/inventory"
)

func at(t interface{ Fatal(...any) }, text string) time.Time {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	when, err := time.ParseInLocation("2006-01-02 15:04", text, paris)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestDueTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		hours, from string
		minutes     int
		want        string
	}{
		{"Mo-Fr 09:00-18:00", "2026-11-20 17:30", 120, "2026-11-23 10:30"}, // a Friday
		{"Mo-Fr 09:00-18:00", "2026-11-23 10:00", 180, "2026-11-23 13:00"},
		{"Mo-Fr 09:00-18:00", "2026-11-21 10:00", 60, "2026-11-23 10:00"},  // a Saturday
		{"Mo-Fr 09:00-18:00", "2026-11-10 17:00", 120, "2026-11-12 10:00"}, // the 11th is a holiday
		{"Mo-Th 08:30-12:00,14:00-18:00; Fr 08:30-12:00", "2026-11-19 17:00", 240, "2026-11-20 11:30"},
		{"24x7", "2026-03-28 23:00", 240, "2026-03-29 04:00"},              // summer time begins: five hours on the wall clock
		{"Su-Mo 00:00-24:00", "2026-03-29 01:00", 120, "2026-03-29 04:00"}, // the hour from two to three is not there
		{"Su 00:00-24:00", "2026-10-25 00:00", 24 * 60, "2026-10-25 23:00"},
		{"Mo-Fr 09:00-18:00", "2026-11-23 09:00", 540, "2026-11-23 18:00"},
	} {
		h, err := ParseHours(c.hours, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := h.After(at(t, c.from), c.minutes); !got.Equal(at(t, c.want)) {
			t.Errorf("%s from %s, %d minutes: %s, want %s", c.hours, c.from, c.minutes, got, c.want)
		}
	}
	for _, bad := range []string{"", "Mo-Fr", "Mo-Fr 18:00-09:00", "Xx 09:00-18:00", "Mo 9-18", "Mo 09:00-25:00", "Mo 09:00-12:00,11:00-13:00", "PH 09:00-18:00"} {
		if _, err := ParseHours(bad, ""); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), "hours:") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := ParseHours("24x7", "Mars/Base"); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("zone: %v", err)
	}
}

// TestElapsedUndoesDue: as much of the clock has run when a promise is due as was promised.
func TestElapsedUndoesDue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, err := ParseHours(rapid.SampledFrom([]string{"Mo-Fr 09:00-18:00", "24x7", "Mo-Sa 08:00-12:00,13:30-19:00", "Sa-Su 00:00-24:00"}).Draw(t, "hours"),
			rapid.SampledFrom([]string{"", "America/New_York", "UTC"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		from := time.Unix(1767225600+rapid.Int64Range(0, 400*24*3600).Draw(t, "from"), 0).UTC()
		promise := rapid.IntRange(1, 5000).Draw(t, "minutes")
		if got := h.Minutes(from, h.After(from, promise)); got != promise {
			t.Fatalf("from %s: %d, want %d", from, got, promise)
		}
	})
}

func TestImpossibleInterventionNamesItsField(t *testing.T) {
	t.Parallel()
	v := inventory.Intervention{Level: inventory.Remote, OpenedAt: at(t, "2026-11-20 17:30")}
	if err := CheckIntervention(v); err != nil {
		t.Error(err)
	}
	early := at(t, "2026-11-01 10:00")
	v.RespondedAt = &early
	if err := CheckIntervention(v); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), "responded_at:") {
		t.Errorf("%v", err)
	}
}

func TestLemons(t *testing.T) {
	t.Parallel()
	failure := func(asset, day string, euros int64) inventory.Intervention {
		return inventory.Intervention{AssetID: asset, Kind: inventory.InterventionFailure, OpenedAt: at(t, day+" 09:00"), Cost: inventory.EUR(euros * 100)}
	}
	list := []inventory.Intervention{
		failure("often", "2026-01-10", 0), failure("often", "2026-05-10", 0), failure("often", "2026-11-01", 0),
		failure("long ago", "2025-01-10", 0), failure("long ago", "2025-05-10", 0), failure("long ago", "2026-11-01", 0),
		failure("dear", "2026-06-01", 600), failure("cheap", "2026-06-01", 500),
		{AssetID: "busy", Kind: "request", OpenedAt: at(t, "2026-06-01 09:00")},
	}
	price := func(string) (inventory.Money, bool) { return inventory.EUR(100000), true }
	got := Lemons(list, LemonRule{}, price, today)
	if len(got) != 2 || got[0].AssetID != "dear" || got[1].AssetID != "often" || got[1].Why != "3 failures in 12 months" ||
		got[0].Why != "repairs of 600.00 EUR in 12 months are more than 50 % of a new one at 1000.00" {
		t.Errorf("%+v", got)
	}
}
