package lifecycle

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parc/inventory"
)

func euros(t *testing.T, s string) inventory.Money {
	t.Helper()
	m, err := inventory.ParseMoney(s, "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTablesOfDepreciation: worked by hand or published, to the cent.
func TestTablesOfDepreciation(t *testing.T) {
	t.Parallel()
	linear, declining := inventory.Linear, inventory.Declining
	for _, c := range []struct {
		name, cost string
		start      inventory.Day
		years      int
		method     inventory.Depreciation
		yearEnd    int
		skip       bool
		want       string
	}{
		{"in service in March", "1800", "2025-03-15", 3, linear, 0, false, "476.67 600.00 600.00 123.33"},
		{"year end in June", "2400", "2025-11-20", 4, linear, 6, false, "368.33 600.00 600.00 600.00 231.67"},
		{"256 days", "3600", "2025-04-15", 3, linear, 0, false, "853.33 1200.00 1200.00 346.67"},
		{"first day left out", "3600", "2025-04-15", 3, linear, 0, true, "850.00 1200.00 1200.00 350.00"},
		{"half a year", "2499", "2026-07-01", 5, linear, 0, false, "249.90 499.80 499.80 499.80 499.80 249.90"},
		{"the 31st", "1499", "2025-10-31", 3, linear, 0, false, "84.67 499.67 499.67 414.99"},
		{"end of February", "1000", "2025-02-28", 3, linear, 0, false, "280.56 333.33 333.33 52.78"},
		{"261 days to June", "3000", "2025-10-10", 3, linear, 6, false, "725.00 1000.00 1000.00 275.00"},
		{"a whole year", "900", "2025-01-01", 3, linear, 12, false, "300.00 300.00 300.00"},
		{"year end in February counts 30", "360", "2026-01-01", 1, linear, 2, false, "60.00 300.00"},
		{"declining, five years", "12000", "2025-04-20", 5, declining, 0, false, "3150.00 3097.50 2013.38 1869.56 1869.56"},
		{"declining, April", "10000", "2025-04-15", 5, declining, 0, false, "2625.00 2581.25 1677.81 1557.97 1557.97"},
		{"declining, three years", "3600", "2025-04-03", 3, declining, 0, false, "1125.00 1237.50 1237.50"},
		{"declining, four years", "12000", "2025-07-14", 4, declining, 0, false, "1875.00 3375.00 3375.00 3375.00"},
		{"declining, ten years", "200000", "2025-05-05", 10, declining, 0, false, "30000.00 38250.00 29643.75 22973.91 17804.78 13798.70 11882.22 11882.21 11882.22 11882.21"},
		{"at once", "500", "2025-05-05", 3, inventory.Expensed, 0, false, "500.00"},
	} {
		d := Depreciable{euros(t, c.cost), c.start, c.years * 12, c.method, c.yearEnd, c.skip}
		table, err := d.Table()
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, y := range table {
			got = append(got, y.Amount.Decimal())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func TestBookValueOnADay(t *testing.T) {
	t.Parallel()
	laptop := Depreciable{Cost: inventory.EUR(360000), Start: "2025-04-15", Months: 36, Method: inventory.Linear}
	server := Depreciable{Cost: inventory.EUR(1200000), Start: "2025-04-20", Months: 60, Method: inventory.Declining}
	for _, c := range []struct {
		d    Depreciable
		day  inventory.Day
		want string
	}{
		{laptop, "2026-11-23", "1670.00"}, {laptop, "2025-04-14", "3600.00"}, {laptop, "2025-12-31", "2746.67"},
		{laptop, "2028-04-13", "3.33"}, {laptop, "2028-04-14", "0.00"}, {laptop, "2040-01-01", "0.00"},
		{server, "2025-03-31", "12000.00"}, {server, "2025-12-31", "8850.00"}, {server, "2026-06-30", "7301.25"}, {server, "2029-12-31", "0.00"},
	} {
		got, err := c.d.BookValue(c.day)
		if err != nil || got.Decimal() != c.want {
			t.Errorf("%s %s on %s: %s, %v; want %s", c.d.Method, c.d.Cost.Decimal(), c.day, got.Decimal(), err, c.want)
		}
	}
}

// TestDepreciationAddsUp: whatever the thing, its years add up to its cost, its
// value never rises and the table's ends are the value's.
func TestDepreciationAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Depreciable{
			Cost:  inventory.EUR(rapid.Int64Range(0, 100_000_000).Draw(t, "cost")),
			Start: inventory.Day("2020-01-01").AddDays(rapid.IntRange(0, 3000).Draw(t, "start")), Method: inventory.Linear,
			Months: rapid.IntRange(1, 130).Draw(t, "months"), YearEndMonth: rapid.IntRange(0, 12).Draw(t, "year end"),
			SkipFirstDay: rapid.Bool().Draw(t, "skip"),
		}
		if rapid.Bool().Draw(t, "declining") {
			d.Method, d.Months = inventory.Declining, 12*rapid.IntRange(3, 12).Draw(t, "years")
		}
		table, err := d.Table()
		if err != nil {
			t.Fatal(err)
		}
		sum, before := inventory.EUR(0), d.Cost
		for _, y := range table {
			sum.Minor += y.Amount.Minor
			if y.Amount.Minor < 0 {
				t.Fatalf("negative year %+v", y)
			}
			if book, _ := d.BookValue(y.To); book != y.Book {
				t.Fatalf("book value %v on %s, the table says %v", book, y.To, y.Book)
			}
			middle := y.From.AddDays(rapid.IntRange(0, y.From.Until(y.To)).Draw(t, "day"))
			if book, _ := d.BookValue(middle); book.Minor > before.Minor || book.Minor < y.Book.Minor {
				t.Fatalf("on %s %v is not between %v and %v", middle, book, before, y.Book)
			}
			before = y.Book
		}
		if sum != d.Cost {
			t.Fatalf("the years add up to %v, not %v: %+v", sum, d.Cost, table)
		}
	})
}

func TestImpossibleDepreciationNamesItsField(t *testing.T) {
	t.Parallel()
	good := Depreciable{Cost: inventory.EUR(100000), Start: "2025-01-01", Months: 36, Method: inventory.Linear}
	for field, change := range map[string]func(*Depreciable){
		"price:":          func(d *Depreciable) { d.Cost.Minor = -1 },
		"in_service:":     func(d *Depreciable) { d.Start = "2025-02-30" },
		"life_months:":    func(d *Depreciable) { d.Months = 0 },
		"life_months: d":  func(d *Depreciable) { d.Method, d.Months = inventory.Declining, 24 },
		"method:":         func(d *Depreciable) { d.Method = "magic" },
		"year_end_month:": func(d *Depreciable) { d.YearEndMonth = 13 },
	} {
		d := good
		change(&d)
		if _, err := d.Table(); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%s %v", field, err)
		}
	}
}

func TestWorthOfSharedFinancings(t *testing.T) {
	t.Parallel()
	financings := []inventory.Financing{
		{ID: "f1", Kind: inventory.Purchase, Start: "2025-04-15", Price: inventory.EUR(100000), AssetIDs: []string{"a", "b", "c"}},
		{ID: "f2", Kind: inventory.Purchase, Start: "2025-04-10", InService: "2025-04-15", Price: inventory.EUR(360000), AssetIDs: []string{"d"}},
		{ID: "f3", Kind: inventory.Purchase, Start: "2025-04-15", Price: inventory.EUR(50001), AssetIDs: []string{"e"}},
		{ID: "f4", Kind: inventory.Purchase, Start: "2025-04-15", Price: inventory.EUR(50000), Method: inventory.Linear, AssetIDs: []string{"f"}},
		{ID: "f5", Kind: inventory.Lease, Start: "2025-04-15", Months: 36, Instalment: inventory.EUR(4500), AssetIDs: []string{"g"}},
		{ID: "f6", Kind: inventory.Purchase, Start: "2027-01-01", Price: inventory.EUR(50000), AssetIDs: []string{"h"}},
	}
	worths, err := Worths(financings, inventory.Policy{}, "2026-11-23")
	if err != nil || len(worths) != 7 {
		t.Fatalf("%d worths, %v", len(worths), err)
	}
	for i, want := range []struct{ id, cost, method, book, why string }{
		{"a", "333.34", "expensed", "0.00", ByThreshold}, {"b", "333.33", "expensed", "0.00", ByThreshold}, {"c", "333.33", "expensed", "0.00", ByThreshold},
		{"d", "3600.00", "linear", "1670.00", ByPolicy}, {"e", "500.01", "linear", "231.95", ByPolicy},
		{"f", "500.00", "linear", "231.94", ByFinancing}, {"g", "0.00", "", "0.00", ByLease},
	} {
		w := worths[i]
		if w.AssetID != want.id || w.Cost.Decimal() != want.cost || string(w.Method) != want.method || w.Book.Decimal() != want.book || w.Why != want.why {
			t.Errorf("%s: %+v, want %+v", want.id, w, want)
		}
	}
}
