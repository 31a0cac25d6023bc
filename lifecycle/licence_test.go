package lifecycle

import (
	"fmt"
	"strings"
	"testing"

	"parc/inventory"
)

func TestCoreLicences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		got  int
		want int
	}{
		{"1 × 8", WindowsServerCores([]int{8}), 16}, {"2 × 6", WindowsServerCores([]int{6, 6}), 16}, {"1 × 10", WindowsServerCores([]int{10}), 16},
		{"2 × 12", WindowsServerCores([]int{12, 12}), 24}, {"2 × 12 in packs of 2", Packs(WindowsServerCores([]int{12, 12}), 2), 12},
		{"2 × 16", WindowsServerCores([]int{16, 16}), 32}, {"2 × 4 and its minimum a processor", WindowsServerCores([]int{4, 4, 4}), 24},
		{"5 × 1 × 24", 5 * WindowsServerCores([]int{24}), 120}, {"the same in packs", Packs(5*WindowsServerCores([]int{24}), 2), 60},
		{"1 × 24 with 5 VMs", WindowsStandardCores(Host{[]int{24}, 5}), 72}, {"2 × 10 with 6 VMs", WindowsStandardCores(Host{[]int{10, 10}, 6}), 60},
		{"2 × 10 without VMs", WindowsStandardCores(Host{[]int{10, 10}, 0}), 20}, {"VMs of 4, 8 and 12", WindowsVMCores([]int{4, 8, 12}), 28},
		{"one VM of 4", WindowsVMCores([]int{4}), 16}, {"no VM", WindowsVMCores(nil), 0}, {"no server", WindowsServerCores(nil), 0},
		{"SQL on 2 virtual cores", SQLServerCores([]int{2}), 4}, {"SQL on 6", SQLServerCores([]int{6}), 6}, {"SQL on 7", SQLServerCores([]int{7}), 8},
		{"SQL on 7 in packs", Packs(SQLServerCores([]int{7}), 2), 4}, {"37 in packs of 5", Packs(37, 5), 8}, {"singles", Packs(7, 0), 7},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", c.name, c.got, c.want)
		}
	}
}

func TestStandardOrDatacenter(t *testing.T) {
	t.Parallel()
	dollars := func(n int64) inventory.Money { return inventory.Money{Minor: n * 100, Currency: "USD"} }
	for vms, want := range map[int]string{10: "Standard 5350.00 6200.00", 11: "Datacenter 6420.00 6200.00"} {
		edition, standard, datacenter := CheaperEdition(Host{[]int{8, 8}, vms}, dollars(1070), dollars(6200))
		if got := fmt.Sprint(edition, " ", standard.Decimal(), " ", datacenter.Decimal()); got != want {
			t.Errorf("%d VMs: %s, want %s", vms, got, want)
		}
	}
}

// position gives the only position of a licence and a demand.
func position(t *testing.T, day inventory.Day, assets []inventory.Asset, d *Demand, licences ...inventory.Licence) Position {
	t.Helper()
	var demands []Demand
	if d != nil {
		demands = append(demands, *d)
	}
	all, err := Compliance(licences, demands, assets, day)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d positions, %v", len(all), err)
	}
	return all[0]
}

func TestShelfAndIdleAreMoney(t *testing.T) {
	t.Parallel()
	p := position(t, today, nil, nil, inventory.Licence{Product: "M365", Metric: "user", Quantity: 40, Assigned: 37, Active: 33, UnitPrice: inventory.EUR(2000), PerMonths: 1})
	if p.Shelf != 3 || p.Idle != 4 || p.Reclaim != 7 || p.Saving.Decimal() != "1680.00" || p.Gap != 3 {
		t.Errorf("%+v", p)
	}
}

func TestGapsByMetric(t *testing.T) {
	t.Parallel()
	ids := func(n int) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprint("d", i)
		}
		return all
	}
	var assets []inventory.Asset
	for i, id := range ids(25) {
		a := inventory.Asset{ID: id, State: inventory.InService}
		if i < 2 {
			a.State = inventory.Disposed
		}
		assets = append(assets, a)
	}
	for _, c := range []struct {
		name      string
		demand    Demand
		licences  []inventory.Licence
		used, gap int
		buy       int
	}{
		{"named users, not installations", Demand{Installs: 12, Users: 10}, []inventory.Licence{{Metric: "user", Quantity: 9}}, 10, -1, 1},
		{"ten users on two machines each", Demand{Installs: 20, Users: 10}, []inventory.Licence{{Metric: "user", Quantity: 10}}, 10, 0, 0},
		{"OEM goes with its device", Demand{DeviceIDs: ids(25)}, []inventory.Licence{
			{Metric: "device", Kind: "perpetual", Quantity: 20}, {Metric: "device", Kind: "oem", Quantity: 2, AssetIDs: []string{"d0", "d1"}},
		}, 25, -5, 5},
		{"concurrent use at its peak", Demand{Installs: 15, Users: 12, Peak: 6}, []inventory.Licence{{Metric: "concurrent", Quantity: 5}}, 6, -1, 1},
		{"user CALs", Demand{Users: 34, DeviceIDs: ids(20)}, []inventory.Licence{{Metric: "cal", Quantity: 30}}, 34, -4, 4},
		{"device CALs", Demand{Users: 34, DeviceIDs: ids(20)}, []inventory.Licence{{Metric: "cal", Edition: "Device", Quantity: 20}}, 20, 0, 0},
		{"packs", Demand{DeviceIDs: ids(25)}, []inventory.Licence{{Metric: "device", Quantity: 2, PackSize: 10}}, 25, -5, 1},
		{"a term that is over", Demand{DeviceIDs: ids(5)}, []inventory.Licence{{Metric: "device", Quantity: 5, Start: "2024-01-01", End: "2024-12-31"}}, 5, -5, 5},
		{"a term that renews", Demand{DeviceIDs: ids(5)}, []inventory.Licence{{Metric: "device", Quantity: 5, Start: "2024-01-01", End: "2024-12-31", Renews: true}}, 5, 0, 0},
		{"a term to come", Demand{DeviceIDs: ids(5)}, []inventory.Licence{{Metric: "device", Quantity: 5, Start: "2027-01-01"}}, 5, -5, 5},
		{"its last day", Demand{DeviceIDs: ids(5)}, []inventory.Licence{{Metric: "device", Quantity: 5, End: today}}, 5, 0, 0},
		{"cores with virtual machines", Demand{Hosts: []Host{{[]int{10, 10}, 6}}}, []inventory.Licence{{Metric: "core", Quantity: 8, PackSize: 2}}, 60, -44, 22},
		{"Datacenter", Demand{Hosts: []Host{{[]int{10, 10}, 6}}}, []inventory.Licence{{Metric: "core", Edition: "Datacenter", Quantity: 20}}, 20, 0, 0},
	} {
		c.demand.Product = "Product"
		for i := range c.licences {
			c.licences[i].Product = " product "
		}
		p := position(t, today, assets, &c.demand, c.licences...)
		if p.Used != c.used || p.Gap != c.gap || p.Buy != c.buy || !p.Counted {
			t.Errorf("%s: used %d gap %d buy %d; %+v", c.name, p.Used, p.Gap, p.Buy, p)
		}
	}
}

func TestWhatIsNotCoveredAtAll(t *testing.T) {
	t.Parallel()
	all, err := Compliance([]inventory.Licence{{Product: "CAL", Metric: "cal", Quantity: 15}}, []Demand{{Product: "AutoCAD", Users: 2}}, nil, today)
	if err != nil || len(all) != 2 || all[0].Product != "AutoCAD" || all[0].Missing != 2 || all[1].Counted || all[1].Gap != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := Compliance([]inventory.Licence{{Product: "X", Quantity: -1}}, nil, nil, today); inventory.CodeOf(err) != inventory.Invalid || !strings.Contains(err.Error(), "quantity:") {
		t.Errorf("%v", err)
	}
}

func TestTooMuchToCount(t *testing.T) {
	t.Parallel()
	l := inventory.Licence{Product: "X", Quantity: 100_000_000, UnitPrice: inventory.EUR(1 << 50)}
	if err := CheckLicence(l); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), "quantity:") {
		t.Errorf("%v", err)
	}
	f := inventory.Financing{Kind: inventory.Purchase, Start: today, Price: inventory.EUR(1 << 60)}
	if err := CheckFinancing(f); inventory.CodeOf(err) != inventory.Invalid || !strings.HasPrefix(err.Error(), "price:") {
		t.Errorf("%v", err)
	}
}
