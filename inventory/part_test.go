package inventory

import (
	"testing"
	"time"
)

// machine is a record of an agent, with a screen that it tells.
func machineWithScreen(device, serial, screen string, at time.Time) []Observation {
	pc := Observation{ClientID: "c", SiteID: "s", At: at, Source: FromAgent, Ref: device}
	pc.Add(FieldClass, string(Desktop), "", High)
	pc.Add(FieldVendor, "Dell", "", High)
	pc.Add(FieldSerial, serial, "", High)
	m := Observation{ClientID: "c", SiteID: "s", At: at, Source: FromAgent, Ref: device + "/monitor/" + screen, PartOf: device}
	m.Add(FieldClass, string(Monitor), "", High)
	m.Add(FieldVendor, "Eizo", "", High)
	m.Add(FieldSerial, screen, "", High)
	return []Observation{pc, m}
}

func TestScreenHangsOnItsMachineAndMoves(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var known Known
	play := func(o []Observation) map[string]Asset {
		plan := Reconcile(o[0].At, o, known)
		for _, u := range plan.Update {
			for i := range known.Assets {
				if known.Assets[i].ID == u.Asset.ID {
					known.Assets[i] = u.Asset
				}
			}
		}
		known.Assets = append(known.Assets, plan.Create...)
		bySerial := map[string]Asset{}
		for _, a := range known.Assets {
			bySerial[a.Serial] = a
		}
		return bySerial
	}
	play(machineWithScreen("pc-1-2024", "AB12CD34", "EZ998877", day))
	after := play(machineWithScreen("pc-2-2024", "EF56GH78", "EZ112233", day.Add(time.Minute)))
	if after["EZ998877"].ParentID != after["AB12CD34"].ID || after["EZ112233"].ParentID != after["EF56GH78"].ID {
		t.Fatalf("screens hang on %q and %q", after["EZ998877"].ParentID, after["EZ112233"].ParentID)
	}
	after = play(machineWithScreen("pc-2-2024", "EF56GH78", "EZ998877", day.Add(time.Hour)))
	if len(known.Assets) != 4 || after["EZ998877"].ParentID != after["EF56GH78"].ID {
		t.Errorf("a screen plugged in elsewhere: %d assets, it hangs on %q", len(known.Assets), after["EZ998877"].ParentID)
	}
	after = play(machineWithScreen("pc-1-2024", "AB12CD34", "EZ998877", day.Add(time.Second)))
	if after["EZ998877"].ParentID != after["EF56GH78"].ID {
		t.Error("a late message took the screen back")
	}
}

func TestPartialComponentsKeepTheOtherKinds(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	d := Details{Components: []Component{
		{Kind: ComponentDisk, Serial: "D1", Source: FromAgent}, {Kind: ComponentBattery, Serial: "B1", Source: FromAgent},
	}}
	o := Observation{At: at, Source: FromAgent, Details: Details{
		ComponentKinds: []ComponentKind{ComponentBattery}, Components: []Component{{Kind: ComponentBattery, Serial: "B2"}},
	}}
	mergeDetails(&d, &o, func(Source) time.Time { return time.Time{} })
	if len(d.Components) != 2 || d.Components[0].Serial != "B2" || d.Components[1].Serial != "D1" {
		t.Errorf("after a partial inventory: %+v", d.Components)
	}
	o.Details = Details{ComponentKinds: []ComponentKind{ComponentBattery}, Components: []Component{}}
	mergeDetails(&d, &o, func(Source) time.Time { return time.Time{} })
	if len(d.Components) != 1 || d.Components[0].Serial != "D1" {
		t.Errorf("after the battery is gone: %+v", d.Components)
	}
	o.Details = Details{}
	mergeDetails(&d, &o, func(Source) time.Time { return time.Time{} })
	if len(d.Components) != 1 {
		t.Errorf("a section that is not told erased: %+v", d.Components)
	}
}
