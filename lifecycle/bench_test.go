package lifecycle

import (
	"fmt"
	"reflect"
	"runtime"
	"testing"
	"time"

	"parc/inventory"
)

// estate of n assets: each with an invoice and a coverage; of lots of a hundred of one class every tenth
// is leased; a contract and a licence for every thousand.
func estateOf(n int) Input {
	in := Input{Day: today}
	classes := inventory.Classes()
	known := Match{Label: "Windows", Cycles: []Cycle{{Label: "Windows 11 24H2", End: Until{Day: "2027-10-12"}}}}
	in.Knowledge.Catalogue = fixed{known}
	var lot []string
	for i := range n {
		id := fmt.Sprintf("asset-%07d", i)
		in.Assets = append(in.Assets, inventory.Asset{
			ID: id, ClientID: fmt.Sprint("client-", i/2000%50), SiteID: fmt.Sprint("site-", i/500%200), Class: classes[i/100%len(classes)], Model: fmt.Sprint("Model ", i%300),
			Hostname: id, State: inventory.InService, FirstSeen: time.Date(2022, 1, 1+i%1000, 0, 0, 0, 0, time.UTC),
		})
		start := inventory.Day("2021-01-01").AddDays(i % 2100)
		in.Coverages = append(in.Coverages, inventory.Coverage{AssetID: id, Level: "NBD", Start: start, End: start.AddDays(1095)})
		if i/100%10 != 0 {
			in.Financings = append(in.Financings, inventory.Financing{Kind: inventory.Purchase, Start: start, Price: inventory.EUR(int64(50000 + i%90000)), VATPermille: 200, AssetIDs: in.assetID(i)})
			continue
		}
		if lot = append(lot, id); len(lot) == 100 {
			in.Financings = append(in.Financings, inventory.Financing{
				Kind: inventory.Lease, Start: "2025-04-01", Months: 48, Instalment: inventory.EUR(350000), TacitMonths: 12, NoticeMonths: 3, VATPermille: 200, AssetIDs: lot,
			})
			lot = nil
		}
		if i%1000 == 0 {
			in.Contracts = append(in.Contracts, inventory.Contract{Title: "c", Start: "2024-03-01", Months: 36, TacitMonths: 12, Price: inventory.EUR(68000), PriceMonths: 1, IndexBPS: 200})
			in.Licences = append(in.Licences, inventory.Licence{Product: "l", Start: "2026-03-01", End: "2027-02-28", Renews: true, Quantity: 20, UnitPrice: inventory.EUR(1170), PerMonths: 1})
		}
	}
	return in
}

// BenchmarkForecast: five years; the time per asset stays the same up to a million.
func BenchmarkForecast(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		in := estateOf(n)
		b.Run(fmt.Sprint(n, " assets"), func(b *testing.B) {
			lines := 0
			for b.Loop() {
				all, err := Forecast(in, today, "2031-11-22")
				if err != nil {
					b.Fatal(err)
				}
				if _, err := GroupLines(all, ByMonth); err != nil {
					b.Fatal(err)
				}
				lines = len(all)
			}
			b.ReportMetric(float64(lines), "lines")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/asset")
		})
	}
}

// TestForecastOnAnyProcessors: the lines are the same, in the same order, however
// many processors share the work. It changes their number, so it runs by itself.
func TestForecastOnAnyProcessors(t *testing.T) {
	in := estateOf(2*pieceSize + 100)
	in.Financings = append(in.Financings, evolving())
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	one, err := Forecast(in, today, "2031-11-22")
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(one); i++ {
		if one[i].Day < one[i-1].Day {
			t.Fatalf("line %d of %s comes after one of %s", i, one[i].Day, one[i-1].Day)
		}
	}
	runtime.GOMAXPROCS(4)
	many, err := Forecast(in, today, "2031-11-22")
	if err != nil || !reflect.DeepEqual(one, many) {
		t.Fatalf("%d lines of one processor, %d of four, %v", len(one), len(many), err)
	}
}
