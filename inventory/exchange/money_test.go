package exchange

import (
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

func TestSheetMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]inventory.Money{
		"1 234,56 €": inventory.EUR(123456), "1\u202f234,56\u00a0€": inventory.EUR(123456), "1234.56": inventory.EUR(123456), "1.234,56": inventory.EUR(123456), "1,234.56": inventory.EUR(123456),
		"899": inventory.EUR(89900), "899 € HT": inventory.EUR(89900), "899,5": inventory.EUR(89950), "1.234": inventory.EUR(123400), "1,234,567": inventory.EUR(123456700),
		"$99": {Minor: 9900, Currency: "USD"}, "99 CHF": {Minor: 9900, Currency: "CHF"}, "0": inventory.EUR(0), "12.3456": inventory.EUR(1234),
	} {
		if got, problem := sheetMoney(text); got != want || problem != nil {
			t.Errorf("%q: %+v %v, want %+v", text, got, problem, want)
		}
	}
	for _, text := range []string{"-5", "douze", "12 zł", "", "1e9", "99999999999999", "€"} {
		if got, problem := sheetMoney(text); problem == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestSheetMonths(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"36": 36, "36 months": 36, "36 mois": 36, "3 ans": 36, "1 an": 12, "2 years": 24, "0": 0} {
		if got, ok := sheetMonths(text); !ok || got != want {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-3", "long", "3 weeks", "999", "31/12/2027"} {
		if got, ok := sheetMonths(text); ok {
			t.Errorf("%q is read as %d", text, got)
		}
	}
}

// The headings of an export of Snipe-IT, GLPI and Lansweeper, with invented rows.
func TestMoneyStatesAndWarrantiesOfOtherPrograms(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		name, text string
		end, start inventory.Day
		price      inventory.Money
		state      string
	}{
		{
			"Snipe-IT", "Asset Name,Asset Tag,Serial Number,Model,Model No.,Category,Manufacturer,Status,Checked Out To,Location,Purchase Date,Purchase Cost,Order Number,Supplier,Warranty,Warranty Expires\n" +
				"LAP-7,A0007,5CG1234ABC,EliteBook 840,6XD46EA,Laptop,HP,Ready to Deploy,,Siège,2024-03-01,1234.50,CMD-9,LDLC Pro,36 months,\n",
			"2027-02-28", "2024-03-01", inventory.EUR(123450), "in-stock",
		},
		{
			"GLPI", "Nom;Statut;Fabricant;Numéro de série;Type;Modèle;Lieu;Date d'achat;Valeur;Fournisseur;Numéro de commande;Durée de garantie\n" +
				"POSTE-12;En production;Dell Inc.;7XK2J13;Portable;Latitude 5420;Lyon;01/03/2024;1 234,50 €;LDLC Pro;CMD-9;36 mois\n",
			"2027-02-28", "2024-03-01", inventory.EUR(123450), "in-service",
		},
		{
			"Lansweeper", "AssetName,AssetTypename,Manufacturer,Model,SerialNumber,State,PurchaseDate,Warrantydate,OrderNumber\n" +
				"PC-3,Windows,LENOVO,T14,PF3ABC12,Old,03/01/2024,28/02/2027,CMD-9\n",
			"2027-02-28", "", inventory.Money{}, "retired",
		},
	} {
		sheet, err := ReadAssets(strings.NewReader(tc.text), at, nil)
		if err != nil || len(sheet.Good()) != 1 {
			t.Errorf("%s: %+v, %v", tc.name, sheet.Rows, err)
			continue
		}
		row := sheet.Read(&sheet.Rows[0])
		if row.Coverage.End != tc.end || row.Purchase.Start != tc.start || row.Purchase.Price != tc.price || row.Observation.Get(inventory.FieldState) != tc.state {
			t.Errorf("%s: ends %s, bought %s for %+v, %s", tc.name, row.Coverage.End, row.Purchase.Start, row.Purchase.Price, row.Observation.Get(inventory.FieldState))
		}
		if tc.start != "" && (row.Purchase.Supplier != "LDLC Pro" || row.Purchase.Reference != "CMD-9") {
			t.Errorf("%s: %+v", tc.name, row.Purchase)
		}
	}
	bad, err := ReadAssets(strings.NewReader("Nom;Numéro de série;Date d'achat;Fin de garantie;Prix\nA;S1234567;01/03/2024;01/03/2020;\nB;S1234568;30/02/2024;;\nC;S1234569;;;-3\n"), at, nil)
	if err != nil || len(bad.Rows) != 3 {
		t.Fatalf("%+v, %v", bad, err)
	}
	for i, want := range []string{"before the purchase", "is no day", "negative"} {
		if refused := bad.Rows[i].Refused; refused == nil || !strings.Contains(refused.Error(), want) || refused.Column == "" || refused.Value == "" {
			t.Errorf("row %d: %v", bad.Rows[i].Number, refused)
		}
	}
}

// A site is read by its name; an invoice without a price is a purchase, who sold it
// alone is none; a warranty in months begins with the purchase.
func TestRowsWithSitesAndInvoices(t *testing.T) {
	t.Parallel()
	sheet, err := ReadAssets(strings.NewReader("Nom;N° de série;Site;Date d'achat;Prix;N° de facture;Fournisseur;Garantie\n"+
		"A;S1234567;Agence Lyon;01/03/2024;;FA-12;LDLC;3 ans\nB;S1234568;;01/03/2024;;;LDLC;\nC;S1234569;;;250;;;\n"), imported, nil)
	if err != nil || len(sheet.Good()) != 3 {
		t.Fatalf("%+v, %v", sheet.Rows, err)
	}
	a, b, c := sheet.Read(&sheet.Rows[0]), sheet.Read(&sheet.Rows[1]), sheet.Read(&sheet.Rows[2])
	if a.Site != "Agence Lyon" || a.Purchase.Kind != inventory.Purchase || a.Purchase.Reference != "FA-12" || a.Purchase.Start != "2024-03-01" || a.Purchase.Check() != nil ||
		a.Coverage.Start != "2024-03-01" || a.Coverage.End != "2027-02-28" {
		t.Errorf("%+v", a)
	}
	if b.Site != "" || b.Purchase.Kind != "" || !b.Coverage.End.IsZero() {
		t.Errorf("%+v", b)
	}
	if c.Purchase.Kind != inventory.Purchase || !c.Purchase.Start.IsZero() || c.Purchase.Price != inventory.EUR(25000) {
		t.Errorf("%+v", c)
	}
}
