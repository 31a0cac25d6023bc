package lifecycle

import (
	"slices"
	"strings"

	"parc/inventory"
)

// DemandOf counts, for the products that licences name, the devices in use on
// which a program of that name is installed. It is the plain count, for where
// no normaliser of software has made demands: names are compared by their words,
// so that "Sage 50 Ciel Gestion" is found in "Sage 50 Ciel Gestion 12.1". Users
// of a named-user product are those that the devices name; where a device names
// nobody, it counts as one.
func DemandOf(licences []inventory.Licence, assets []inventory.Asset) []Demand {
	var demands []Demand
	seen := map[string]bool{}
	for i := range licences {
		l := &licences[i]
		product := foldProduct(l.Product)
		if product == "" || seen[product] {
			continue
		}
		seen[product] = true
		if d, found := installed(l, strings.Fields(product), assets); found {
			demands = append(demands, d)
		}
	}
	return demands
}

func installed(l *inventory.Licence, words []string, assets []inventory.Asset) (Demand, bool) {
	d := Demand{Publisher: l.Publisher, Product: l.Product}
	people := map[string]bool{}
	for i := range assets {
		a := &assets[i]
		if !InUse(a.State) || !slices.ContainsFunc(a.Details.Software, func(s inventory.Software) bool { return hasWords(s.Name, words) }) {
			continue
		}
		d.Installs++
		d.DeviceIDs = append(d.DeviceIDs, a.ID)
		user := strings.ToLower(a.Values[inventory.FieldUser].Value)
		if user == "" {
			user = "device " + a.ID
		}
		people[user] = true
		if a.Class == inventory.Server || a.Class == inventory.VirtualMachine {
			d.Servers++
		}
	}
	d.Users = len(people)
	return d, d.Installs > 0
}

// hasWords tells that a program's name has all words of a product, in order and
// without others before the first.
func hasWords(name string, words []string) bool {
	have := strings.Fields(strings.ToLower(name))
	if len(have) == 0 || have[0] != words[0] {
		return false
	}
	for _, w := range words {
		i := slices.Index(have, w)
		if i < 0 {
			return false
		}
		have = have[i+1:]
	}
	return true
}
