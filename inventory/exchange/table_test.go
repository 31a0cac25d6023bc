package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"parc/inventory"
)

func assets() []inventory.Asset {
	seen := time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)
	return []inventory.Asset{
		{
			ID: "a1", State: inventory.InService, Class: inventory.Switch, Hostname: "sw-1", Vendor: "Cisco", Serial: "0012345", OSName: "IOS-XE",
			FirstSeen: seen, LastSeen: seen,
			Values:      map[inventory.Field]inventory.Value{inventory.FieldMAC: {Value: "00:1b:21:11:11:01 00:1b:21:11:11:02"}},
			Identifiers: []inventory.Identifier{{Kind: inventory.IdentSerial, Value: "cisco/0012345", FirstSeen: seen, LastSeen: seen}},
			Sightings:   []inventory.Sighting{{Source: inventory.FromSNMP, Ref: "r7", At: seen, ScanID: "secret-run"}},
		},
		{
			ID: "a2", State: inventory.InService, Class: inventory.Unknown, Hostname: `=HYPERLINK("http://evil","x")`, Vendor: "+1", Model: "-2", Version: "@SUM(A1)",
			Serial: "a;b\"c,d", OSName: "<b>é</b>",
		},
	}
}

func each(list []inventory.Asset) func(func(inventory.Asset) error) error {
	return func(yield func(inventory.Asset) error) error {
		for _, a := range list {
			if err := yield(a); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestWriteAssetsCSV(t *testing.T) {
	t.Parallel()
	for lang, comma := range map[string]rune{"fr": ';', "en": ','} {
		var out bytes.Buffer
		if err := WriteAssets(&out, "csv", lang, each(assets())); err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(out.String(), "\ufeff")
		if !marked || !strings.Contains(text, "\r\n") {
			t.Errorf("%s: Excel needs the mark and CR LF: %q", lang, text[:20])
		}
		r := csv.NewReader(strings.NewReader(text))
		r.Comma = comma
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 3 {
			t.Fatalf("%s: %d rows, %v", lang, len(rows), err)
		}
		if rows[1][4] != "0012345" || rows[1][18] != "2026-11-23" || rows[2][4] != "a;b\"c,d" {
			t.Errorf("%s: row %q %q", lang, rows[1], rows[2])
		}
		checkNeutral(t, rows[2])
	}
}

func checkNeutral(t *testing.T, row []string) {
	t.Helper()
	for _, cell := range row {
		if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
			t.Errorf("a spreadsheet would run %q", cell)
		}
	}
}

func TestWriteAssetsXLSX(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := WriteAssets(&out, "xlsx", "fr", each(assets())); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Parc")
	if err != nil || len(rows) != 3 || rows[0][0] != "Nom" || rows[1][0] != "sw-1" {
		t.Fatalf("rows %q, %v", rows, err)
	}
	checkNeutral(t, rows[2])
	for _, cell := range []string{"A3", "C3", "D3", "L3"} {
		if formula, err := f.GetCellFormula("Parc", cell); formula != "" || err != nil {
			t.Errorf("%s is a formula: %q %v", cell, formula, err)
		}
	}
	if kind, err := f.GetCellType("Parc", "E2"); err != nil || kind == excelize.CellTypeNumber {
		t.Errorf("a serial stays text: %v %v", kind, err)
	}
	if raw, err := f.GetCellValue("Parc", "S2", excelize.Options{RawCellValue: true}); err != nil || raw != "46349" {
		t.Errorf("a day is a day: raw %q, %v", raw, err) // 2026-11-23 in Excel's count
	}
	if shown, _ := f.GetCellValue("Parc", "S2"); shown != "2026-11-23" {
		t.Errorf("shown as %q", shown)
	}
	panes, err := f.GetPanes("Parc")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("frozen heading: %+v %v", panes, err)
	}
	tables, err := f.GetTables("Parc")
	if err != nil || len(tables) != 1 || tables[0].Range != "A1:T3" {
		t.Errorf("the filter: %+v %v", tables, err)
	}
}

func TestWriteAssetsEmptyAndErrors(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := WriteAssets(&out, "xlsx", "en", each(nil)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := f.GetRows("Assets"); err != nil || len(rows) != 1 {
		t.Errorf("headings only: %q %v", rows, err)
	}
	broken := errors.New("the database went away")
	for _, format := range []string{"csv", "xlsx"} {
		err := WriteAssets(&out, format, "fr", func(func(inventory.Asset) error) error { return broken })
		if !errors.Is(err, broken) {
			t.Errorf("%s: got %v", format, err)
		}
	}
	if err := WriteAssets(&out, "pdf", "fr", each(nil)); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("format: %v", err)
	}
	if err := WriteAssets(&out, "csv", "de", each(nil)); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("language: %v", err)
	}
}

func TestWriteAsset(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	for _, a := range assets() {
		if err := WriteAsset(&out, a); err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || strings.Contains(out.String(), "secret-run") {
		t.Fatalf("two lines: %q", lines)
	}
	var got struct {
		ID          string
		Class       string
		MACs        []string
		OS          struct{ Name string }
		Identifiers []struct{ Kind, Value string }
		Sightings   []struct {
			Source, Ref string
			At          time.Time
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != "a1" || got.Class != "switch" || len(got.MACs) != 2 || got.OS.Name != "IOS-XE" || got.Identifiers[0].Value != "cisco/0012345" ||
		got.Sightings[0].Source != "snmp" || got.Sightings[0].Ref != "r7" || got.Sightings[0].At.IsZero() {
		t.Errorf("got %+v", got)
	}
	if !strings.Contains(lines[1], `"identifiers":[]`) || !strings.Contains(lines[1], `"sightings":[]`) {
		t.Errorf("empty lists are lists: %s", lines[1])
	}
}
