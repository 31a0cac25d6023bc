package lab

import "parc/inventory"

// What the simulated company is called where nobody says otherwise.
const (
	CompanyName = "Menuiserie Lefèvre"
	SiteName    = "Siège et atelier"
	SiteAddress = "ZA des Charmilles, 44850 Ligné"
)

// Books is the business side of the company's equipment: how it was paid for,
// what covers it, which licences and contracts go with it. The values have no
// ids; Devices name the devices they are about, whose assets' ids are to be
// filled in (see [Match]).
type Books struct {
	Financings []Financing
	Coverages  []Coverage
	Licences   []Licence
	Contracts  []Contract
}

// Financing is one purchase or lease with its devices.
type Financing struct {
	inventory.Financing
	Devices []string
}

// Coverage is a warranty with the one device it covers.
type Coverage struct {
	inventory.Coverage
	Device string
}

// Licence is a licence with the devices it is bound to, if it is bound to any.
type Licence struct {
	inventory.Licence
	Devices []string
}

// Contract is a contract with the devices in its scope.
type Contract struct {
	inventory.Contract
	Devices []string
}

// Business gives the company's books as they stand on a day. Dates are counted
// from that day, so that something always ends soon, has just ended, or is due.
func Business(day inventory.Day) Books {
	return Books{
		Financings: financings(day),
		Coverages:  coverages(day),
		Licences:   licences(day),
		Contracts:  contracts(day),
	}
}

// Match gives the device that a scanned asset stands for: by address, which
// nothing else has in the lab, then by serial, then by name.
func Match(devices []Device, a inventory.Asset) (Device, bool) {
	for _, same := range []func(Device) bool{
		func(d Device) bool { return a.Address == d.Address.String() },
		func(d Device) bool { return a.Serial != "" && a.Serial == d.Expect.Serial },
		func(d Device) bool {
			return a.Hostname != "" && (a.Hostname == d.Expect.Hostname || a.Hostname == d.Name)
		},
	} {
		for _, d := range devices {
			if same(d) {
				return d, true
			}
		}
	}
	return Device{}, false
}

// monthOf gives the first day of the month so many months from the day's.
func monthOf(day inventory.Day, months int) inventory.Day {
	t := day.Time()
	return inventory.NewDay(t.Year(), t.Month(), 1).AddMonths(months)
}

const normalVAT = 200 // permille
