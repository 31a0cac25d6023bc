package lifecycle

import (
	"testing"

	"parc/inventory"
)

// fixed is a catalogue that always says the same.
type fixed struct{ m Match }

func (f fixed) System(inventory.Asset) (Match, bool) { return f.m, f.m.Label != "" }

func TestSupportOf(t *testing.T) {
	t.Parallel()
	until := func(s string) Until {
		u, err := ParseUntil(s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	win10 := Cycle{Label: "Windows 10 22H2", End: until("2025-10-14"), Extended: until("2028-10-10")}
	debian12 := Cycle{Label: "Debian 12", End: until("2026-07-11"), Extended: until("2028-06-30")}
	for _, c := range []struct {
		name  string
		match Match
		day   inventory.Day
		want  SupportState
	}{
		{"the last day is supported", Match{Label: "w", Cycles: []Cycle{win10}}, "2025-10-14", Ending},
		{"the day after is not", Match{Label: "w", Cycles: []Cycle{win10}}, "2025-10-15", Ended},
		{"a paid extension does not count", Match{Label: "w", Cycles: []Cycle{win10}}, "2026-11-23", Ended},
		{"a free one does", Match{Label: "d", Cycles: []Cycle{debian12}, FreeExtension: true}, "2026-11-23", Extended},
		{"until it is over", Match{Label: "d", Cycles: []Cycle{debian12}, FreeExtension: true}, "2028-07-01", Ended},
		{"more than a year ahead", Match{Label: "w", Cycles: []Cycle{win10}}, "2024-10-13", Supported},
		{"a year ahead", Match{Label: "w", Cycles: []Cycle{win10}}, "2024-10-14", Ending},
		{"no end announced", Match{Label: "m", Cycles: []Cycle{{End: until("no")}}}, "2026-11-23", Supported},
		{"over since nobody knows when", Match{Label: "m", Cycles: []Cycle{{End: until("yes")}}}, "2026-11-23", Ended},
		{"a release newer than the catalogue", Match{Label: "Windows"}, "2026-11-23", NoAnswer},
		{"a release without a date", Match{Label: "x", Cycles: []Cycle{{}}}, "2026-11-23", NoAnswer},
		{"nothing known", Match{}, "2026-11-23", NoAnswer},
		{"the earliest of several editions", Match{Label: "w", Cycles: []Cycle{{End: until("2027-10-12")}, {End: until("2026-10-13")}, {End: until("no")}}}, "2026-11-23", Ended},
	} {
		if got := SupportOf(inventory.Asset{}, fixed{c.match}, c.day); got.State != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.State, c.want)
		}
	}
}

func TestTermEndsAreCountedFromTheStart(t *testing.T) {
	t.Parallel()
	for k, want := range []inventory.Day{"2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"} {
		if got := TermEnd("2023-03-01", 36, 12, k); got != want {
			t.Errorf("term %d ends %s, want %s", k, got, want)
		}
	}
}

func TestLastNotice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		end    inventory.Day
		months int
		want   inventory.Day
	}{
		{"2026-12-31", 3, "2026-09-30"}, {"2028-02-29", 12, "2027-02-26"}, {"2027-05-31", 3, "2027-02-26"},
		{"2027-03-31", 1, "2027-02-26"}, {"2028-05-31", 3, "2028-02-29"}, {"2026-11-30", 6, "2026-05-29"},
		{"2027-04-30", 2, "2027-02-26"}, {"2027-01-31", 3, "2026-10-30"}, {"2027-02-28", 3, "2026-11-27"},
		{"2027-02-28", 0, ""},
	} {
		if got := LastNotice(c.end, c.months); got != c.want {
			t.Errorf("end %s, %d months: %s, want %s", c.end, c.months, got, c.want)
		}
	}
}

func TestContractOnADay(t *testing.T) {
	t.Parallel()
	c := inventory.Contract{Start: "2023-03-01", Months: 36, TacitMonths: 12, NoticeMonths: 3}
	got := ContractTerm(c, "2026-11-23")
	if got.End != "2027-02-28" || got.Notice != "2026-11-27" || !got.Renews || got.Over {
		t.Errorf("term %+v", got)
	}
	c.TacitMonths = 0
	if got := ContractTerm(c, "2026-11-23"); !got.Over || got.End != "2026-02-28" {
		t.Errorf("without renewal %+v", got)
	}
}

func TestInstalments(t *testing.T) {
	t.Parallel()
	lease := inventory.Financing{Kind: inventory.Lease, Start: "2026-03-01", Months: 36, PeriodMonths: 3, Instalment: inventory.EUR(35500)}
	advance := Instalments(lease)
	if len(advance) != 12 || advance[0].Day != "2026-03-01" || advance[11].Day != "2028-12-01" {
		t.Errorf("in advance: %d, %+v", len(advance), advance)
	}
	lease.Arrears = true
	if arrears := Instalments(lease); arrears[0].Day != "2026-05-31" || arrears[11].Day != "2029-02-28" {
		t.Errorf("in arrears: %+v", arrears)
	}
	monthly := inventory.Financing{Kind: inventory.Lease, Start: "2026-03-01", Months: 36, PeriodMonths: 1, Instalment: inventory.EUR(35500)}
	if n, sum := Remaining(monthly, "2026-11-23"); n != 27 || sum != inventory.EUR(958500) {
		t.Errorf("remaining %d, %+v", n, sum)
	}
	monthly.Start = "2026-01-31"
	for k, want := range []inventory.Day{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"} {
		if got := Instalments(monthly)[k].Day; got != want {
			t.Errorf("instalment %d on %s, want %s", k, got, want)
		}
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	e := Estate{
		Assets: []inventory.Asset{
			{ID: "1", Hostname: "pc-1", State: inventory.InService}, {ID: "2", State: inventory.Retired},
		},
		Coverages:  []inventory.Coverage{{AssetID: "1", End: "2026-12-24"}, {AssetID: "1", End: "2025-01-01"}, {AssetID: "2", End: "2026-12-25"}},
		Financings: []inventory.Financing{{Kind: inventory.Lease, Reference: "L-1", Start: "2024-01-01", Months: 36, NoticeMonths: 1}},
		Licences:   []inventory.Licence{{Product: "Office", End: "2027-01-15", Renews: true}, {Product: "Old", End: "2020-01-01"}},
		Contracts:  []inventory.Contract{{Title: "Fibre", Start: "2023-03-01", Months: 36, TacitMonths: 12, NoticeMonths: 3}},
	}
	var got []string
	for _, ev := range Events(e, fixed{}, "2026-11-23", "2027-01-31") {
		got = append(got, string(ev.Day)+" "+string(ev.Kind)+" "+ev.What)
	}
	want := []string{
		"2026-11-27 contract-notice Fibre", "2026-11-30 lease-notice L-1", "2026-12-24 coverage-end pc-1",
		"2026-12-31 lease-end L-1", "2027-01-15 licence-end Office",
	}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %s, want %s", i, got[i], want[i])
		}
	}
}
