package lifecycle

import (
	"testing"

	"parc/inventory"
)

// TestAlertsDayByDay walks through the days before a notice: when is it written of?
func TestAlertsDayByDay(t *testing.T) {
	t.Parallel()
	contract := inventory.Contract{ID: "c", Title: "Fibre", Start: "2025-01-01", Months: 24, NoticeMonths: 3, TacitMonths: 12} // notice by 2026-09-30
	walk := func(said map[string]inventory.Deadline, from, to inventory.Day) (sent []inventory.Day) {
		for day := from; day <= to; day = day.AddDays(1) {
			for _, a := range Alerts(Estate{Contracts: []inventory.Contract{contract}}, nil, said, day) {
				if a.Kind != EventNotice || !a.Due {
					continue
				}
				sent = append(sent, day)
				d := a.Deadline
				d.Event, d.Day, d.SentOn = a.Key, a.Day, day
				said[a.Key] = d
			}
		}
		return sent
	}
	days := func(list ...inventory.Day) []inventory.Day { return list }
	key := "contract-notice/c/0"
	for name, c := range map[string]struct {
		said     inventory.Deadline
		from, to inventory.Day
		want     []inventory.Day
	}{
		"90, 30 and 7 days before, then daily": {inventory.Deadline{}, "2026-06-01", "2026-09-30", days("2026-07-02", "2026-08-31", "2026-09-23", "2026-09-24", "2026-09-25", "2026-09-26", "2026-09-27", "2026-09-28", "2026-09-29", "2026-09-30")},
		"a day missed is made good":            {inventory.Deadline{SentOn: "2026-07-02"}, "2026-09-02", "2026-09-20", days("2026-09-02")},
		"acknowledged":                         {inventory.Deadline{Acknowledged: true}, "2026-06-01", "2026-09-30", nil},
		"snoozed":                              {inventory.Deadline{SnoozedUntil: "2026-09-10", SentOn: "2026-07-02"}, "2026-07-03", "2026-09-22", days("2026-09-10")},
		"said of another day":                  {inventory.Deadline{Acknowledged: true, Day: "2025-09-30"}, "2026-07-02", "2026-07-03", days("2026-07-02")},
	} {
		if c.said.Day == "" {
			c.said.Day = "2026-09-30"
		}
		got := walk(map[string]inventory.Deadline{key: c.said}, c.from, c.to)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
				break
			}
		}
	}
}

func TestAlertsTellWhatIsNext(t *testing.T) {
	t.Parallel()
	e := Estate{
		Assets:    []inventory.Asset{{ID: "a", Hostname: "pc-a", State: inventory.InService}, {ID: "b", Hostname: "pc-b", State: inventory.InService}, {ID: "x", State: inventory.Retired}},
		Coverages: []inventory.Coverage{{AssetID: "a", End: "2027-02-01"}, {AssetID: "b", End: "2027-02-01"}, {AssetID: "x", End: "2027-02-01"}},
		Contracts: []inventory.Contract{{ID: "c", Title: "Far", Start: "2026-01-01", Months: 60, NoticeMonths: 3}},
	}
	all := Alerts(e, nil, nil, "2026-11-24")
	if len(all) != 1 || len(all[0].AssetIDs) != 2 || !all[0].Due || all[0].Next != "2026-11-24" || all[0].DaysLeft != 69 {
		t.Fatalf("%+v", all)
	}
	sent := map[string]inventory.Deadline{all[0].Key: {Day: "2027-02-01", SentOn: "2026-11-24"}}
	if again := Alerts(e, nil, sent, "2026-11-25"); len(again) != 1 || again[0].Due || again[0].Next != "2027-01-02" {
		t.Errorf("after it was sent: %+v", again)
	}
	if last := Alerts(e, nil, map[string]inventory.Deadline{all[0].Key: {Day: "2027-02-01", SentOn: "2027-01-02"}}, "2027-01-20"); len(last) != 1 || last[0].Next != "" {
		t.Errorf("after the last: %+v", last)
	}
	for kind, before := range leads {
		for i, n := range before {
			if n > farthest || i > 0 && n >= before[i-1] {
				t.Errorf("%s: leads %v", kind, before)
			}
		}
	}
}
