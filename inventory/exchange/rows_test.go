package exchange

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"parc/inventory"
)

var imported = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

const frenchSheet = "Liste du parc;;;\nNom;N° de série;Fabricant;Type;Date d'achat;Fin de garantie;Commentaires\n" +
	"PC-Hélène;ABC123;Dell;Portable;31/12/2025;31 déc. 2028;\"sur\ndeux lignes\"\n" +
	"SRV-1;XYZ9;HPE;Serveur;45000;1er janvier 2027;\n"

// The same sheet in every encoding gives the same rows.
func TestReadAssetsEncodings(t *testing.T) {
	t.Parallel()
	sheets := map[string][]byte{"utf-8": []byte(frenchSheet), "utf-8 with a mark": []byte("\xef\xbb\xbf" + frenchSheet)}
	for name, encode := range map[string]func(string) (string, error){
		"cp1252":           charmap.Windows1252.NewEncoder().String,
		"utf-16 marked":    unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String,
		"utf-16be marked":  unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String,
		"utf-16 no mark":   unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String,
		"utf-16be no mark": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String,
	} {
		text, err := encode(frenchSheet)
		if err != nil {
			t.Fatal(err)
		}
		sheets[name] = []byte(text)
	}
	for name, raw := range sheets {
		s, err := ReadAssets(bytes.NewReader(raw), imported, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkFrench(t, name, s)
	}
}

func checkFrench(t *testing.T, name string, s Sheet) {
	t.Helper()
	if len(s.Rows) != 2 {
		t.Fatalf("%s: %d rows, want 2", name, len(s.Rows))
	}
	one, two := s.Read(&s.Rows[0]), s.Read(&s.Rows[1])
	if len(s.Good()) != 2 || one.Number != 3 || one.Observation.Ref != "ABC123" || s.Rows[0].Ref != "ABC123" {
		t.Errorf("%s: rows %+v, ref %q", name, s.Rows, one.Observation.Ref)
	}
	for field, want := range map[inventory.Field]string{
		inventory.FieldHostname: "PC-Hélène", inventory.FieldSerial: "ABC123", inventory.FieldVendor: "Dell",
		inventory.FieldClass: "laptop", inventory.FieldPurchased: "2025-12-31",
	} {
		if got := one.Observation.Get(field); got != want {
			t.Errorf("%s: %s %q, want %q", name, field, got, want)
		}
	}
	if one.Coverage.End != "2028-12-31" || two.Coverage.End != "2027-01-01" || two.Observation.Get(inventory.FieldPurchased) != "2023-03-15" {
		t.Errorf("%s: days %s %s %s", name, one.Coverage.End, two.Coverage.End, two.Observation.Get(inventory.FieldPurchased))
	}
}

// Exports of other tools are known by their headings.
func TestReadAssetsOtherTools(t *testing.T) {
	t.Parallel()
	for name, sheet := range map[string]string{
		"Snipe-IT":   "ID,Company,Asset Name,Asset Tag,Model,Model No.,Category,Manufacturer,Serial,Purchase Date,Cost,Warranty Expires,Notes\n7,Dupont,PC-1,T-1,Latitude,L5540,Laptop,Dell,ABC123,2025-01-02,\"1,200.00\",2028-01-02,ok\n",
		"GLPI fr":    "Nom;Statut;Fabricant;Numéro de série;Type;Modèle;Système d'exploitation - Nom;Lieu;\nPC-1;En service;Dell;ABC123;Portable;Latitude;Windows 11;Paris;\n",
		"GLPI en":    "Name|Status|Manufacturer|Serial number|Type|Model|Operating System - Name|Location\nPC-1|Used|Dell|ABC123|Laptop|Latitude|Windows 11|Paris\n",
		"Lansweeper": "AssetID\tAssetName\tAssetType\tIPAddress\tMac\tManufacturer\tModel\tSerialnumber\tPurchaseDate\tWarrantydate\n5\tPC-1\tLaptop\t192.168.1.4\t00:1B:21:AA:BB:CC\tDell\tLatitude\tABC123\t2025-01-02 00:00:00\t2028-01-02 00:00:00\n",
	} {
		s, err := ReadAssets(strings.NewReader(sheet), imported, nil)
		if err != nil || len(s.Good()) != 1 {
			t.Errorf("%s: %+v %v", name, s, err)
			continue
		}
		o := s.Read(&s.Rows[0]).Observation
		if o.Get(inventory.FieldHostname) != "PC-1" || o.Get(inventory.FieldSerial) != "ABC123" || o.Get(inventory.FieldVendor) != "Dell" ||
			o.Get(inventory.FieldModel) != "Latitude" || o.Get(inventory.FieldClass) != "laptop" {
			t.Errorf("%s: %+v", name, o.Facts)
		}
	}
}

// purchasedOf gives the day of purchase in the first row.
func purchasedOf(s *Sheet) string {
	in := s.Read(&s.Rows[0])
	return in.Observation.Get(inventory.FieldPurchased)
}

func TestReadAssetsXLSX(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "Serial", "B1": "Name", "C1": "Purchase date", "A2": "S1", "B2": "PC-1", "C2": time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	s, err := ReadAssets(&out, imported, nil)
	if err != nil || len(s.Rows) != 1 {
		t.Fatalf("%+v %v", s, err)
	}
	if got := purchasedOf(&s); got != "2025-12-31" {
		t.Errorf("purchased %q", got)
	}
}

func TestReadAssetsRefusals(t *testing.T) {
	t.Parallel()
	s, err := ReadAssets(strings.NewReader("Serial,Name,Purchase date\nS1,a,31/02/2025\nS2,b,\nS2,c,\n,,2025-01-01\n"), imported, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ problem, says string }{
		{ProblemDay, `column "Purchase date": "31/02/2025" is no day`}, {}, {ProblemTwice, `"S2" stands in row 3 already`}, {ProblemNothing, "nothing tells what it is"},
	} {
		got := s.Rows[i].Refused
		if (got != nil) != (want.problem != "") || got != nil && (got.Problem != want.problem || !strings.Contains(got.Error(), want.says)) {
			t.Errorf("row %d: %v, want %v", s.Rows[i].Number, got, want)
		}
	}
	if _, err := ReadAssets(strings.NewReader("hello\nworld\n"), imported, nil); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("no headings: %v", err)
	}
	if _, err := ReadAssets(strings.NewReader("x"), imported, Mapping{"a": "nonsense"}); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("a mapping to nowhere: %v", err)
	}
	mapped, err := ReadAssets(strings.NewReader("Machin;Bidule\nS1;PC\n"), imported, Mapping{"machin": "serial", "Bidule": "hostname"})
	if err != nil || mapped.Rows[0].Ref != "S1" {
		t.Errorf("mapped: %+v %v", mapped, err)
	}
}
