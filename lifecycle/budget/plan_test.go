package budget

import (
	"fmt"
	"strings"
	"testing"

	"parc/inventory"
	"parc/lifecycle"
)

func TestLevelling(t *testing.T) {
	t.Parallel()
	p := Problem{From: 2027, Years: 3}
	for i := range 12 {
		it := Item{ID: fmt.Sprint(i), Cost: eur(900), Earliest: 2027, Deadline: 2028}
		if i >= 4 {
			it.Earliest, it.Deadline = 2028, 2029
		}
		p.Items = append(p.Items, it)
	}
	level, naive, err := Level(p)
	if err != nil {
		t.Fatal(err)
	}
	curve := func(s Solution) string {
		var all []string
		for _, y := range s.Years {
			all = append(all, y.Spend.Decimal())
		}
		return strings.Join(all, " ")
	}
	if curve(level) != "3600.00 3600.00 3600.00" || curve(naive) != "3600.00 7200.00 0.00" {
		t.Errorf("level %s, naive %s", curve(level), curve(naive))
	}
}

// smallCompany: a server whose support ends, old and young laptops, a leased printer.
func smallCompany() lifecycle.Input {
	in := lifecycle.Input{Day: "2026-11-23"}
	add := func(id string, class inventory.Class, bought inventory.Day, euros int64, kind inventory.FinancingKind) {
		in.Assets = append(in.Assets, inventory.Asset{ID: id, Class: class, Hostname: id, State: inventory.InService})
		in.Financings = append(in.Financings, inventory.Financing{Kind: kind, Start: bought, Months: 36, Price: inventory.EUR(euros * 100), AssetIDs: []string{id}})
	}
	add("srv", inventory.Server, "2021-03-01", 5000, inventory.Purchase)
	for i := range 4 {
		add(fmt.Sprint("old", i), inventory.Laptop, "2022-06-01", 1000, inventory.Purchase)
	}
	add("new", inventory.Laptop, "2026-06-01", 1000, inventory.Purchase)
	add("printer", inventory.Printer, "2025-01-01", 0, inventory.Lease)
	in.Policy.VATPermille = 200
	return in
}

func TestScenariosAreCompared(t *testing.T) {
	t.Parallel()
	base := inventory.Scenario{Name: "base", From: 2027, Years: 3, Caps: map[int]inventory.Money{0: inventory.EUR(600000)}}
	longer := base
	longer.Name, longer.LifeMonths = "laptops seven years", map[inventory.Class]int{inventory.Laptop: 84}
	servers := base
	servers.Name, servers.First, servers.Caps = "servers first", []inventory.Class{inventory.Server}, map[int]inventory.Money{0: inventory.EUR(580000)}
	lease := base
	lease.Name, lease.Lease, lease.LeaseMonths, lease.LeaseBPS = "lease", []inventory.Class{inventory.Laptop}, 36, 300
	pinned := base
	pinned.Name, pinned.Pinned = "pinned", map[string]int{"old0": 2029, "old1": 0}
	results, err := Compare(smallCompany(), []inventory.Scenario{base, longer, servers, lease, pinned})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range results {
		text := r.Scenario.Name
		for _, y := range r.Solution.Years {
			text += fmt.Sprintf(" %d:%s", y.Items, y.Spend.Decimal())
		}
		got = append(got, text)
	}
	want := []string{
		"base 2:5800.00 4:4000.00 0:0.00", "laptops seven years 2:5800.00 0:0.00 4:4000.00",
		"servers first 2:5800.00 4:4000.00 0:0.00", "lease 2:5800.00 4:4000.00 0:0.00", "pinned 2:5800.00 2:2000.00 1:1000.00",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if rents := results[3].Cash; rents[0].Purchases.Decimal() != "5800.00" || rents[1].Rents.Decimal() != "720.00" || rents[2].Rents.Decimal() != "1440.00" {
		t.Errorf("rents %+v", rents)
	}
	if kept := results[4].Planned; len(kept.Kept) != 1 || kept.KeptRisk.Minor == 0 || kept.Later != 1 {
		t.Errorf("kept %+v", kept)
	}
	for _, c := range results[0].Solution.Choices {
		if it := results[0].Planned.Items[c.Item]; it.ID == "printer" && c.Year > 2027 && it.Deadline != 2027 {
			t.Errorf("a lease's end is a deadline: %+v %+v", it, c)
		}
	}
	if backlog := results[0].Solution.Years[0].Backlog; backlog.Decimal() != "5000.00" {
		t.Errorf("backlog %s", backlog.Decimal())
	}
}

func TestImpossibleScenarioNamesItsField(t *testing.T) {
	t.Parallel()
	good := inventory.Scenario{From: 2027, Years: 3}
	for field, change := range map[string]func(*inventory.Scenario){
		"years:": func(s *inventory.Scenario) { s.Years = 0 }, "cap:": func(s *inventory.Scenario) { s.Caps = map[int]inventory.Money{2050: inventory.EUR(1)} },
		"pinned:": func(s *inventory.Scenario) { s.Pinned = map[string]int{"a": 2020} }, "lease_months:": func(s *inventory.Scenario) { s.Lease = []inventory.Class{inventory.Laptop} },
		"life_months:": func(s *inventory.Scenario) { s.LifeMonths = map[inventory.Class]int{inventory.Laptop: -1} },
	} {
		sc := good
		change(&sc)
		if _, err := Plan(smallCompany(), sc); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%s %v", field, err)
		}
	}
}
