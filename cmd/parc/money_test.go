package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

const estateFile = `{"client":"Dupont","sites":[{"id":"s1","name":"Nantes"}],
"assets":[{"id":"a1","site_id":"s1","class":"laptop","hostname":"pc1"},{"id":"a2","site_id":"s1","class":"laptop","hostname":"pc2"}],
"financings":[
 {"kind":"lease","reference":"LOC1","start":"2025-03-01","months":36,"period_months":3,"instalment":{"minor":13500,"currency":"EUR"},"notice_months":3,"vat_permille":200,"asset_ids":["a1"]},
 {"kind":"purchase","reference":"F1","start":"2025-04-15","price":{"minor":360000,"currency":"EUR"},"vat_permille":200,"asset_ids":["a2"]}],
"contracts":[{"title":"Infogérance","start":"2024-03-01","months":36,"tacit_months":12,"notice_months":3,"price":{"minor":68000,"currency":"EUR"},"price_months":1,"vat_permille":200}],
"scenarios":[{"name":"tight","from":2027,"years":3,"caps":{"0":{"minor":100000,"currency":"EUR"}}},{"name":"wide","from":2027,"years":3}]}`

const installedFile = `{"client":"Dupont","assets":[
 {"id":"a1","class":"laptop","hostname":"pc1","values":{"user":{"value":"DUPONT\\\\marie"}},"details":{"software":[{"name":"AutoCAD 2024 - Français (French)","publisher":"Autodesk"},{"name":"7-Zip 23.01 (x64)"},{"name":"KB5049624"}]}},
 {"id":"a2","class":"laptop","hostname":"pc2","details":{"software":[{"name":"AutoCAD 2025 - English","publisher":"Autodesk"}]}}],
"licences":[{"publisher":"Autodesk","product":"AutoCAD","metric":"user","quantity":1},{"publisher":"Autodesk","product":"AutoCAD","metric":"device","quantity":1}]}`

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMoneyWithoutADatabase: what scripts check figures with.
func TestMoneyWithoutADatabase(t *testing.T) {
	t.Parallel()
	estate := written(t, "estate.json", estateFile)
	installed := written(t, "installed.json", installedFile)
	items := written(t, "items.json", `[{"id":"A","cost":["1000"],"risk":["400","600","800"]},{"id":"B","cost":[1000],"risk":[300,500,700]},{"id":"C","cost":["1000.00"],"risk":["100","200","900"]}]`)
	demand := written(t, "demand.json", `[{"product":"AutoCAD","users":2}]`)
	for _, c := range []struct {
		args string
		want []string
	}{
		{"value --price 1800 --in-service 2025-03-15 --years 3 --method linear --year-end 12-31 --format csv", []string{"2025,2025-03-15,2025-12-31,286,476.67,1323.33", ",123.33,0.00"}},
		{"value --price 12000 --in-service 2025-04-20 --years 5 --method declining", []string{"3097.50", "2013.38", "1869.56"}},
		{"value --price 500 --in-service 2025-04-20 --format json", []string{`"method": "expensed"`}},
		{"value --price 500.01 --in-service 2025-04-20 --format json", []string{`"method": "linear"`}},
		{"value --file " + estate + " --day 2026-11-23", []string{"1670.00", "leased: belongs to the lessor", "Total EUR: cost 3600.00, book value 1670.00"}},
		{"schedule --kind loan --price 10000 --rate 4.8 --months 36 --start 2026-01-01", []string{"298.81", "298.88", "10757.23 EUR in all"}},
		{"schedule --kind lease --rent 45 --months 36 --start 2025-03-01 --price 1500 --day 2026-11-23", []string{"Present value: 1510.08", "less price: 10.08", "(1+r)^(1/12) − 1"}},
		{"schedule --kind contract --rent 680 --start 2024-03-01 --months 36 --tacit 12 --notice-months 3 --day 2026-11-23", []string{"ends 2027-02-28; last safe notice 2026-11-28, act by 2026-11-27 (Saturday), 4 days left; send by 2026-11-23; without notice until 2028-02-29"}},
		{"forecast --file " + estate + " --day 2026-11-23 --from 2026-11-23 --to 2026-12-31", []string{"815.00 net, 163.00 VAT, 978.00 gross", "Nantes"}},
		{"forecast --file " + estate + " --day 2026-11-23 --from 2026-11-23 --to 2027-03-31 --by month --format csv", []string{"2026-12,2,EUR,815.00,163.00,978.00,815.00,0.00", "2027-03,2,EUR,815.00"}},
		{"calendar --file " + estate + " --lang en --day 2026-11-23", []string{"BEGIN:VCALENDAR", "SUMMARY:Last day of notice (contract): Infogérance", "DTSTART;VALUE=DATE:20261127", "DTSTART;VALUE=DATE:20280229"}},
		{"budget --items " + items + " --from 2027 --years 3 --cap 1000 --format csv", []string{"plan,2027,A", "plan,2028,B", "plan,2029,C"}},
		{"budget --items " + items + " --from 2027 --years 3 --cap 1000", []string{"total 3600.00 EUR (3000.00 bought, 600.00 risk), the least there is"}},
		{"budget --file " + estate + " --scenario tight,wide --day 2026-11-23", []string{"tight: total", "The cap of", "wide: total"}},
		{"licences --product windows-server --processors 12,12 --format csv", []string{"windows-server,24,2,12"}},
		{"software --file " + installed, []string{"device / user", "1 / 1", "-1 / 0", "Set aside: 1 updates. --all", "7-Zip"}},
		{"software --file " + installed + " --paid --format jsonl", []string{`"product":"AutoCAD"`, `"devices":2`, `"gap":-1`}},
		{"software --file " + installed + " --missing --format csv", []string{"AutoCAD,Autodesk,paid"}},
		{"licences --file " + installed + " --day 2026-11-23 --format csv", []string{"AutoCAD,user,1,1,0", "at least: of 1 device no user is known"}},
		{"licences --file " + estate + " --demand " + demand + " --format jsonl", []string{`"product":"AutoCAD"`, `"gap":-2`}},
	} {
		got := run(t.Context(), strings.Fields(c.args)...)
		if got.code != 0 {
			t.Errorf("%s: exit %d: %s", c.args, got.code, got.err)
		}
		for _, want := range c.want {
			if !strings.Contains(got.out, want) {
				t.Errorf("%s: no %q in\n%s", c.args, want, got.out)
			}
		}
	}
}

// TestAmendedSchedule: an evolving lease of flags.
func TestAmendedSchedule(t *testing.T) {
	t.Parallel()
	lease := []string{"schedule", "--kind", "evolving", "--start", "2026-03-01", "--months", "36", "--rent", "355", "--day", "2026-11-23"}
	for _, c := range []struct {
		flags []string
		code  int
		want  []string
	}{
		{[]string{"--amend", "2026-09-16 co-terminous rent=400"}, 0, []string{"2026-09-16  adjustment  22.50", "2026-10-01  rent        400.00", "14107.50 EUR in all", "ends 2029-02-28"}},
		{[]string{"--amend", "2027-06-16 restart months=24 rent=420", "--format", "csv"}, 0, []string{"2027-06-16,adjustment,-177.50", "2029-05-16,rent,420.00"}},
		{[]string{"--amend", "2027-03-15 own months=3 rent=50", "--format", "json"}, 0, []string{`"schedule": 1`, `"count": 39`}},
		{[]string{"--deposit", "500", "--first-rent", "1000", "--early-exit", "110", "--premium", "12.50"}, 0, []string{"rent     1000.00", "premium  12.50", "Leaving on the day costs: 10914.75 EUR", "The deposit comes back at the end: 500.00 EUR"}},
		{[]string{"--amend", "2027-06-16 restart"}, 2, []string{"amendments[0].months: how long"}},
		{[]string{"--amend", "2027-06-31 restart months=3"}, 2, []string{"--amend", "2027-06-31"}},
		{[]string{"--amend", "2027-06-16"}, 2, []string{"write it as"}},
		{[]string{"--amend", "2027-06-16 restart months=3 gift=1"}, 2, []string{"gift=1"}},
		{[]string{"--amend", "2027-06-16 restart months=3 rent=-1"}, 2, []string{"negative"}},
		{[]string{"--early-exit", "lots"}, 2, []string{"--early-exit"}},
	} {
		got := run(t.Context(), slices.Concat(lease, c.flags)...)
		for _, want := range c.want {
			if got.code != c.code || !strings.Contains(got.out+got.err, want) {
				t.Errorf("%v: exit %d, no %q in\n%s%s", c.flags, got.code, want, got.out, got.err)
			}
		}
	}
}

func TestImpossibleMoneyIsRefused(t *testing.T) {
	t.Parallel()
	estate := written(t, "estate.json", estateFile)
	bad := written(t, "bad.json", `{"financings":[{"kind":"lease","start":"2026-01-01","months":36,"instalment":{"minor":-1,"currency":"EUR"}}]}`)
	mixed := written(t, "mixed.json", `{"financings":[{"kind":"lease","start":"2026-01-01","months":36,"instalment":{"minor":1,"currency":"EUR"},"residual":{"minor":1,"currency":"USD"}}]}`)
	february := written(t, "february.json", `{"contracts":[{"title":"x","start":"2026-02-30","months":12}]}`)
	reversed := written(t, "reversed.json", `{"licences":[{"product":"x","start":"2026-03-01","end":"2026-02-01"}]}`)
	for args, want := range map[string]string{
		"value --price=-5 --in-service 2025-01-01":                   "price: -5.00 EUR is negative",
		"value --price 900 --in-service 2025-02-30":                  "--in-service",
		"value --price 900 --in-service 2025-01-01 --year-end 06-15": "--year-end",
		"value": "--client NAME",
		"forecast --file " + estate + " --from 2027-01-01 --to 2026-01-01":           "--to: 2026-01-01 is before",
		"forecast --file " + bad + " --from 2027-01-01":                              "instalment: -0.01 EUR is negative",
		"forecast --file " + mixed + " --from 2027-01-01":                            "residual: USD differs from instalment in EUR",
		"forecast --file " + february + " --from 2027-01-01":                         "2026-02-30",
		"forecast --file " + reversed + " --from 2027-01-01":                         "end: 2026-02-01 is before start",
		"budget --file " + estate + " --cap lots":                                    "--cap",
		"budget --file " + estate + " --cap 2099=5":                                  "cap: 2099 is outside",
		"budget --file " + estate + " --life lap=60":                                 "no asset class",
		"schedule --kind loan --price 100 --rate nine --months 3 --start 2026-01-01": "--rate",
		"schedule --kind loan --months 3 --start 2026-01-01":                         "price: a loan needs",
		"licences --product sql-server":                                              "--processors",
	} {
		got := run(t.Context(), strings.Fields(args)...)
		if got.code != 2 || !strings.Contains(got.err, want) || got.out != "" {
			t.Errorf("%s: exit %d, %q; want %q; printed %q", args, got.code, got.err, want, got.out)
		}
	}
}

// TestMoneyOfAClient: from the database, one client's only.
func TestMoneyOfAClient(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "parc.db")
	s, err := store.Open(t.Context(), store.Options{DSN: db})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"Dupont SARL", "Martin SA"} {
		client, err := s.CreateClient(t.Context(), storetest.Admin, inventory.Client{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.AddFinancing(t.Context(), storetest.Admin, inventory.Financing{
			ClientID: client.ID, Kind: inventory.Purchase, Reference: "F-" + name, Start: "2025-04-15", Price: inventory.EUR(int64(i+1) * 360000), VATPermille: 200,
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.SetPolicy(t.Context(), storetest.Admin, inventory.Policy{ClientID: client.ID, DepreciateOver: 36 + 24*i})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.AddScenario(t.Context(), storetest.Admin, inventory.Scenario{ClientID: client.ID, Name: "of " + name, From: 2027, Years: 3})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	got := run(t.Context(), "forecast", "--client", "Dupont SARL", "--from", "2025-01-01", "--to", "2025-12-31", "--format", "json", "--database", db)
	var answer struct {
		Totals []forecastTotal `json:"totals"`
	}
	if err := json.Unmarshal([]byte(got.out), &answer); err != nil || len(answer.Totals) != 1 || answer.Totals[0].Gross != (amount{"4320.00", "EUR", 432000}) {
		t.Errorf("%v %s %s", err, got.out, got.err)
	}
	value := run(t.Context(), "value", "--client", "Dupont SARL", "--day", "2026-11-23", "--format", "jsonl", "--database", db)
	if value.code != 0 || strings.Contains(value.out, "Martin") || !strings.Contains(value.out, `"book_value":{"amount":"1670.00","currency":"EUR","minor":167000}`) {
		t.Errorf("%+v", value)
	}
	martin := run(t.Context(), "value", "--client", "Martin SA", "--day", "2026-11-23", "--format", "csv", "--database", db)
	if martin.code != 0 || !strings.Contains(martin.out, ",60,4884.00,") {
		t.Errorf("over five years by its own policy: %+v", martin)
	}
	own := run(t.Context(), "budget", "--client", "Martin SA", "--scenario", "of martin sa", "--database", db)
	if own.code != 0 || !strings.Contains(own.out, "of Martin SA: total") {
		t.Errorf("its scenario: %+v", own)
	}
	if other := run(t.Context(), "budget", "--client", "Martin SA", "--scenario", "of Dupont SARL", "--database", db); other.code != 1 || other.out != "" {
		t.Errorf("another client's scenario: %+v", other)
	}
	ics := filepath.Join(t.TempDir(), "ends.ics")
	if got := run(t.Context(), "calendar", "--client", "Dupont SARL", "--out", ics, "--database", db); got.code != 0 || got.out != "" {
		t.Errorf("calendar: %+v", got)
	}
	if text, err := os.ReadFile(ics); err != nil || !strings.Contains(string(text), "X-WR-CALNAME:Échéances de Dupont SARL\r\n") {
		t.Errorf("calendar %s, %v", text, err)
	}
	for _, command := range []string{"budget", "licences", "calendar"} {
		if got := run(t.Context(), command, "--client", "Dupont SARL", "--database", db); got.code != 0 {
			t.Errorf("%s: %+v", command, got)
		}
		if got := run(t.Context(), command, "--client", "Nobody", "--database", db); got.code != 1 || got.out != "" {
			t.Errorf("%s of nobody: %+v", command, got)
		}
	}
}
