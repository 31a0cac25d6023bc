package lifecycle

import (
	"testing"

	"parc/inventory"
)

func TestDemands(t *testing.T) {
	t.Parallel()
	pc := func(id, user string, state inventory.State, titles ...string) inventory.Asset {
		a := inventory.Asset{ID: id, Class: inventory.Desktop, State: state, OSName: "Windows 11 Pro", Values: map[inventory.Field]inventory.Value{inventory.FieldUser: {Value: user}}}
		for _, name := range titles {
			a.Details.Software = append(a.Details.Software, inventory.Software{Name: name})
		}
		return a
	}
	assets := []inventory.Asset{
		pc("a", "Léa", inventory.InService, "AutoCAD LT 2026 - Français", "AutoCAD LT 2025"), pc("b", "léa", inventory.InService, "Autodesk AutoCAD LT 2024"),
		pc("c", "Max", inventory.Retired, "AutoCAD LT 2026"), pc("d", "Max", inventory.InService, "LibreOffice"),
	}
	got := Demands(assets, []inventory.Licence{
		{Publisher: "Autodesk", Product: "AutoCAD  LT"}, {Product: "autocad lt"}, {Product: "Sage 50"}, {Product: "Windows 11"}, {},
	}, noSoftware{})
	if len(got) != 2 || got[0].Installs != 2 || got[0].Users != 1 || got[1].Product != "Windows 11" || got[1].Installs != 3 || got[1].Users != 2 {
		t.Fatalf("%+v", got)
	}
	positions, err := Compliance([]inventory.Licence{{Publisher: "Autodesk", Product: "AutoCAD LT", Metric: "device", Quantity: 1, UnitPrice: inventory.EUR(57600), PerMonths: 12}}, got[:1], assets, "2026-11-24")
	if err != nil || len(positions) != 1 || positions[0].Missing != 1 || positions[0].Buy != 1 || positions[0].Cost != inventory.EUR(57600) {
		t.Errorf("%+v, %v", positions, err)
	}
}
