package lifecycle

import (
	"slices"
	"strings"

	"parc/inventory"
)

// Demands gives what was discovered of the products that licences name: the
// devices in use whose system or one of whose programs bears every word of the
// product's name, and the people who use those devices. What no inventory tells,
// such as the cores of a server's processors, stays unknown.
func Demands(assets []inventory.Asset, licences []inventory.Licence) []Demand {
	var demands []Demand
	at := map[string]int{} // product → its place
	for i := range licences {
		l := &licences[i]
		key := foldProduct(l.Product)
		if _, seen := at[key]; seen || key == "" {
			continue
		}
		at[key] = len(demands)
		demands = append(demands, Demand{Publisher: l.Publisher, Product: l.Product})
	}
	words := make([][]string, len(demands))
	people := make([]map[string]bool, len(demands))
	for i := range demands {
		words[i], people[i] = strings.Fields(foldProduct(demands[i].Product)), map[string]bool{}
	}
	for i := range assets {
		a := &assets[i]
		if !InUse(a.State) {
			continue
		}
		titles := titleNames(a)
		for k := range demands {
			if !slices.ContainsFunc(titles, func(title string) bool { return holdsAll(title, words[k]) }) {
				continue
			}
			d := &demands[k]
			d.Installs++
			d.DeviceIDs = append(d.DeviceIDs, a.ID)
			if a.Class == inventory.Server || a.Class == inventory.Hypervisor || a.Class == inventory.VirtualMachine {
				d.Servers++
			}
			if user := strings.ToLower(a.Values[inventory.FieldUser].Value); user != "" {
				people[k][user] = true
			}
		}
	}
	for i := range demands {
		demands[i].Users = len(people[i])
	}
	return slices.DeleteFunc(demands, func(d Demand) bool { return d.Installs == 0 })
}

// titleNames gives the names of an asset's system and programs, in small letters.
func titleNames(a *inventory.Asset) []string {
	names := make([]string, 0, len(a.Details.Software)+1)
	if a.OSName != "" {
		names = append(names, strings.ToLower(a.OSName))
	}
	for _, s := range a.Details.Software {
		names = append(names, strings.ToLower(s.Name))
	}
	return names
}

func holdsAll(title string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(title, w) })
}
