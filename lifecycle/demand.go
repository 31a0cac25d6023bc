package lifecycle

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"parc/inventory"
)

// Standing holds licences against what was discovered on the assets, as of a day:
// the licences and the titles that are of one product, whatever they are called,
// make one position.
func Standing(assets []inventory.Asset, licences []inventory.Licence, known Software, day inventory.Day) ([]Position, error) {
	if known == nil {
		known = noSoftware{}
	}
	licences = named(licences, known)
	return Compliance(licences, Demands(assets, licences, known), assets, day)
}

// named gives the licences under the names of the products that they are for.
func named(licences []inventory.Licence, known Software) []inventory.Licence {
	licences = slices.Clone(licences)
	for i := range licences {
		if product := known.Licensed(licences[i].Product); product != "" {
			licences[i].Product = product
		}
	}
	return licences
}

// Demands gives what was discovered of products that want licences: the distinct
// devices in use that have them and the people who use these devices; the cores of
// servers, where inventories tell them. Licences name products as known does.
// Products that no rule knows are looked for by the words of the licences.
func Demands(assets []inventory.Asset, licences []inventory.Licence, known Software) []Demand {
	c := newCensus(assets)
	for i := range assets {
		if InUse(assets[i].State) {
			c.count(&assets[i], known)
		}
	}
	c.countAccess(assets)
	return c.demands(licences, assets)
}

// census counts who uses what.
type census struct {
	uses  map[string]*use // by the product's folded name
	hosts map[string]*inventory.Asset
}

// use is one product being counted.
type use struct {
	Demand
	suites  []string
	people  map[string]bool
	unowned int            // devices of which no user is known
	asked   map[Phrase]int // what has to be asked → devices
	on      map[string]int // physical servers by id → virtual machines on them
	adrift  int            // virtual machines whose server is not known
	bound   int            // devices that carry a licence of their own
	silent  int            // devices that do not tell how they are licensed
}

func newCensus(assets []inventory.Asset) *census {
	c := &census{uses: map[string]*use{}, hosts: map[string]*inventory.Asset{}}
	for i := range assets {
		a := &assets[i]
		if !InUse(a.State) {
			continue
		}
		for _, g := range a.Details.Guests {
			for _, key := range []string{strings.ToLower(g.UUID), strings.ToLower(g.MAC), "name " + strings.ToLower(g.Name)} {
				if key != "" && key != "name " {
					c.hosts[key] = a
				}
			}
		}
	}
	return c
}

// host gives the server that runs a virtual machine, nil where none tells of it.
func (c *census) host(a *inventory.Asset) *inventory.Asset {
	for _, key := range []string{strings.ToLower(a.UUID), strings.ToLower(a.Values[inventory.FieldMAC].Value), "name " + strings.ToLower(a.Hostname)} {
		if h := c.hosts[key]; h != nil && h.ID != a.ID {
			return h
		}
	}
	return nil
}

// count takes in the system and the programs of an asset, each product once.
func (c *census) count(a *inventory.Asset, known Software) {
	seen := map[string]bool{}
	take := func(title inventory.Software, system bool) {
		in := known.Installed(title)
		if in.Kind != InstalledPaid && in.Kind != InstalledAsk || seen[in.Product+in.Why.EN] {
			return
		}
		seen[in.Product+in.Why.EN] = true
		u := c.use(in)
		switch {
		case in.Kind == InstalledAsk:
			u.asked[in.Why]++
			u.AskIDs = append(u.AskIDs, a.ID)
		case system && in.Metric == MetricDevice && !c.licensedAlone(u, a):
			return
		default:
			u.add(a)
			if in.Metric == MetricCore {
				c.addCores(u, a)
			}
		}
	}
	take(inventory.Software{Name: strings.TrimSpace(a.OSName), Publisher: "Microsoft"}, true)
	for _, s := range a.Details.Software {
		take(s, false)
	}
}

func (c *census) use(in Installed) *use {
	key := foldProduct(in.Product)
	u := c.uses[key]
	if u == nil {
		u = &use{Demand: Demand{Publisher: in.Publisher, Product: in.Product}, people: map[string]bool{}, asked: map[Phrase]int{}, on: map[string]int{}}
		c.uses[key] = u
	}
	if in.Kind == InstalledPaid {
		u.Metric, u.suites = in.Metric, in.Suites
	}
	return u
}

func (u *use) add(a *inventory.Asset) {
	u.Installs++
	u.DeviceIDs = append(u.DeviceIDs, a.ID)
	if a.Class == inventory.Server || a.Class == inventory.Hypervisor || a.Class == inventory.VirtualMachine {
		u.Servers++
	}
	if user := person(a); user != "" {
		u.people[user] = true
	} else {
		u.unowned++
	}
}

// person gives who uses an asset, without the domain, in small letters.
func person(a *inventory.Asset) string {
	user := strings.ToLower(strings.TrimSpace(a.Values[inventory.FieldUser].Value))
	return user[strings.LastIndexByte(user, '\\')+1:]
}

// licensedAlone tells that a device's system wants a licence of its own: one that
// came with the device has it, and of one that tells nothing nobody can say.
func (c *census) licensedAlone(u *use, a *inventory.Asset) bool {
	switch channel(a) {
	case "oem":
		u.bound++
	case "":
		u.silent++
	default:
		return true
	}
	return false
}

// channel gives how the licence of an asset's system was sold: oem, volume or
// retail; "" where nothing tells. Microsoft's product ids of preinstalled systems
// end in OEM; agents tell the channel of activation in words.
func channel(a *inventory.Asset) string {
	for _, l := range a.Details.Licences {
		if !strings.Contains(strings.ToLower(l.Name+" "+l.FullName), "windows") {
			continue
		}
		text := strings.ToUpper(l.Name + " " + l.FullName + " " + l.ProductID)
		switch {
		case strings.Contains(text, "OEM"):
			return "oem"
		case strings.Contains(text, "VOLUME"), strings.Contains(text, "KMS"), strings.Contains(text, "MAK"):
			return "volume"
		case strings.Contains(text, "RETAIL"):
			return "retail"
		}
	}
	return ""
}

// addCores notes the server whose cores a product is licensed by: the asset, or the
// one that it runs on. SQL Server counts the cores of a virtual machine itself.
func (c *census) addCores(u *use, a *inventory.Asset) {
	if a.Class != inventory.VirtualMachine {
		u.on[a.ID] += 0
		return
	}
	if strings.Contains(foldProduct(u.Product), "sql") {
		if cores := coresOf(a); len(cores) > 0 {
			sum := 0
			for _, n := range cores {
				sum += n
			}
			u.VMCores = append(u.VMCores, sum)
		} else {
			u.adrift++
		}
		return
	}
	if h := c.host(a); h != nil {
		u.on[h.ID]++
	} else {
		u.adrift++
	}
}

// coresOf gives the physical cores of each processor; nothing where one does not
// tell them.
func coresOf(a *inventory.Asset) []int {
	var cores []int
	for _, part := range a.Details.Components {
		if part.Kind != inventory.ComponentProcessor {
			continue
		}
		if part.Cores <= 0 {
			return nil
		}
		cores = append(cores, part.Cores)
	}
	return cores
}

// countAccess counts the people and the devices that servers with Windows serve:
// each wants a client access licence.
func (c *census) countAccess(assets []inventory.Asset) {
	if c.uses["windows server standard"] == nil && c.uses["windows server datacenter"] == nil {
		return
	}
	u := c.use(Installed{Kind: InstalledPaid, Publisher: "Microsoft", Product: "Windows Server CAL", Metric: MetricCAL})
	for i := range assets {
		a := &assets[i]
		switch a.Class {
		case inventory.Desktop, inventory.Laptop, inventory.Workstation:
			if InUse(a.State) {
				u.add(a)
			}
		}
	}
}

// demands gives what was counted, by product; what a licence of a suite covers is
// the suite's, unless there is a licence of the product itself.
func (c *census) demands(licences []inventory.Licence, assets []inventory.Asset) []Demand {
	held := map[string]*inventory.Licence{}
	for i := range licences {
		if key := foldProduct(licences[i].Product); held[key] == nil {
			held[key] = &licences[i]
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.uses)) {
		u := c.uses[key]
		for _, suite := range u.suites {
			if l := held[foldProduct(suite)]; l != nil && held[key] == nil && u.Installs > 0 {
				c.use(Installed{Kind: InstalledPaid, Publisher: u.Publisher, Product: l.Product, Metric: u.Metric}).join(u)
				delete(c.uses, key)
				break
			}
		}
	}
	for key, l := range held {
		if key != "" && c.uses[key] == nil {
			c.byWords(l, assets)
		}
	}
	byID := map[string]*inventory.Asset{}
	for i := range assets {
		byID[assets[i].ID] = &assets[i]
	}
	var all []Demand
	for _, key := range slices.Sorted(maps.Keys(c.uses)) {
		u := c.uses[key]
		u.settle(byID)
		if u.Installs > 0 || len(u.AskIDs) > 0 {
			all = append(all, u.Demand)
		}
	}
	return all
}

// join takes in another product's use: distinct devices and people.
func (u *use) join(o *use) {
	for _, id := range o.DeviceIDs {
		if !slices.Contains(u.DeviceIDs, id) {
			u.DeviceIDs = append(u.DeviceIDs, id)
		}
	}
	u.Installs = len(u.DeviceIDs)
	u.Servers = max(u.Servers, o.Servers)
	u.unowned = max(u.unowned, o.unowned)
	maps.Copy(u.people, o.people)
}

// settle works out what is counted of servers, and tells what could not be.
func (u *use) settle(assets map[string]*inventory.Asset) {
	u.Users = len(u.people)
	dark := 0
	for _, id := range slices.Sorted(maps.Keys(u.on)) {
		if cores := coresOf(assets[id]); len(cores) > 0 {
			u.Hosts = append(u.Hosts, Host{Processors: cores, VMs: u.on[id]})
		} else {
			dark++
		}
	}
	note := func(code NoteCode, n int, why Phrase) {
		if n > 0 {
			u.Notes = append(u.Notes, Note{Code: code, Count: n, Question: why})
		}
	}
	note(NoteCores, dark, Phrase{})
	note(NoteHosts, u.adrift, Phrase{})
	if u.Metric == MetricUser || u.Metric == MetricCAL {
		note(NoteUsers, u.unowned, Phrase{})
	}
	note(NoteOEM, u.bound, Phrase{})
	note(NoteChannel, u.silent, Phrase{})
	for _, why := range slices.SortedFunc(maps.Keys(u.asked), func(a, b Phrase) int { return cmp.Compare(a.EN, b.EN) }) {
		note(NoteAsk, u.asked[why], why)
	}
}

// byWords looks for a licence's product by the words of its name, where no rule
// knows the product.
func (c *census) byWords(l *inventory.Licence, assets []inventory.Asset) {
	words := significant(l.Product)
	if len(words) == 0 {
		return
	}
	u := c.use(Installed{Kind: InstalledPaid, Publisher: l.Publisher, Product: l.Product, Metric: l.Metric})
	for i := range assets {
		a := &assets[i]
		if !InUse(a.State) {
			continue
		}
		if holdsAll(strings.ToLower(a.OSName), words) || slices.ContainsFunc(a.Details.Software, func(s inventory.Software) bool {
			return holdsAll(strings.ToLower(s.Name), words)
		}) {
			u.add(a)
		}
	}
}

func holdsAll(title string, words []string) bool {
	return title != "" && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(title, w) })
}

// significant gives the words of a licence by which its product is known among
// titles.
func significant(product string) []string {
	all := strings.Fields(foldProduct(product))
	words := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(generalWords, w) })
	if len(words) == 0 || len(words) == 1 && len(words[0]) < 4 {
		return all
	}
	return words
}

// generalWords are words of licences that titles as installed do not carry.
var generalWords = []string{
	"standard", "premium", "basic", "entry", "essentials", "business", "entreprise", "enterprise", "pro", "professional", "edition", "for", "pour",
	"licence", "license", "subscription", "abonnement", "user", "device",
}
