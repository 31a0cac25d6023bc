package exchange

import (
	"strings"
	"testing"

	"parc/inventory"
)

func TestReadCoverages(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a maker's tool": "Serial Number,Product Number,Service Level,Start Date,End Date\n5CG1234ABC,6XD46EA,HP Hardware Maintenance Onsite,2024-03-01,2027-02-28\n",
		"in French":      "\ufeffMarque;N° de série;Niveau de service;Date de début;Fin de garantie\nHP;5CG1234ABC;HP Hardware Maintenance Onsite;01/03/2024;28/02/2027\n",
	} {
		rows, err := ReadCoverages(strings.NewReader(text))
		want := inventory.Coverage{Kind: "manufacturer", Level: "HP Hardware Maintenance Onsite", Start: "2024-03-01", End: "2027-02-28", Source: "csv"}
		if err != nil || len(rows) != 1 || rows[0].Serial != "5CG1234ABC" || rows[0].Coverage != want || rows[0].Refused != "" {
			t.Errorf("%s: %+v, %v", name, rows, err)
		}
	}
	rows, err := ReadCoverages(strings.NewReader("Serial;Type;Début;Fin\nA1234567;Care Pack;01/01/2026;01/01/2025\n;;;01/01/2025\nB1234567;;;\nC1234567;AppleCare+;;31/02/2026\nD1234567;Extension;;31/12/2026\n"))
	if err != nil || len(rows) != 5 {
		t.Fatalf("%+v, %v", rows, err)
	}
	for i, want := range []string{"end", "serial", "no day", "is no day", ""} {
		if !strings.Contains(rows[i].Refused, want) || want == "" && rows[i].Refused != "" {
			t.Errorf("row %d: %q", rows[i].Number, rows[i].Refused)
		}
	}
	if rows[4].Coverage.Kind != "extension" || rows[0].Coverage.Kind != "care-pack" {
		t.Errorf("kinds %s, %s", rows[4].Coverage.Kind, rows[0].Coverage.Kind)
	}
	if _, err := ReadCoverages(strings.NewReader("a;b\n1;2\n")); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("without headings: %v", err)
	}
}
