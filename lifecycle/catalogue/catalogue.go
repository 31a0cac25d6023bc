package catalogue

import (
	"bufio"
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

//go:embed data
var data embed.FS

// Catalogue is the loaded data. It is read by many goroutines.
type Catalogue struct {
	products        map[string]product // by the source's name
	systems         []rule
	titles          []rule
	hardware        []rule
	serials         []serialRule
	processors      []processorRule
	processorSource string
	software        *software
	source          string        // of most releases
	seen            inventory.Day // when they were taken
	memos           *memos
}

type product struct {
	label  string
	cycles []lifecycle.Cycle
}

// The embedded copy of endoflife.date's data: it came without a date of its
// own; this is the newest one in it.
const (
	embeddedSource = "endoflife.date"
	embeddedSeen   = inventory.Day("2026-08-20")
)

// Load reads the embedded data; an error is a mistake in them.
func Load() (*Catalogue, error) {
	c := &Catalogue{products: map[string]product{}, source: embeddedSource, seen: embeddedSeen, memos: newMemos()}
	for _, name := range []string{"data/endoflife.tsv", "data/overlay.tsv"} {
		if err := c.loadCycles(name); err != nil {
			return nil, err
		}
	}
	var err error
	for _, part := range []struct {
		name  string
		rules *[]rule
	}{{"data/systems.yaml", &c.systems}, {"data/titles.yaml", &c.titles}, {"data/hardware.yaml", &c.hardware}} {
		if *part.rules, err = c.loadRules(part.name); err != nil {
			return nil, err
		}
	}
	if err := c.loadSerials("data/serials.yaml"); err != nil {
		return nil, err
	}
	if c.software, err = loadSoftware(); err != nil {
		return nil, err
	}
	return c, c.loadProcessors("data/processors.yaml")
}

// loadCycles reads a table of releases; a later table replaces the releases of
// an earlier one by product and name.
func (c *Catalogue) loadCycles(name string) error {
	text, err := data.ReadFile(name)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	var columns map[string]int
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(lines.Text(), "\t")
		if columns == nil {
			columns = map[string]int{}
			for i, heading := range cells {
				columns[heading] = i
			}
			continue
		}
		at := func(heading string) string {
			if i, ok := columns[heading]; ok && i < len(cells) {
				return cells[i]
			}
			return ""
		}
		if err := c.addCycle(at); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, n, err)
		}
	}
	return lines.Err()
}

func (c *Catalogue) addCycle(at func(heading string) string) error {
	cycle := lifecycle.Cycle{Product: at("product"), Name: at("cycle"), Latest: at("latest"), Source: c.source, Seen: c.seen}
	if cycle.Product == "" || cycle.Name == "" {
		return fmt.Errorf("a release needs a product and a name")
	}
	if source := at("source"); source != "" {
		cycle.Source = source
	}
	var err error
	if cycle.Released, err = inventory.ParseDay(at("released")); err != nil {
		return err
	}
	if seen := at("seen"); seen != "" {
		if cycle.Seen, err = inventory.ParseDay(seen); err != nil {
			return err
		}
	}
	if active, err := lifecycle.ParseUntil(at("end_of_active_support")); err == nil {
		cycle.ActiveEnd = active.Day
	}
	if latest, err := inventory.ParseDay(at("latest_released")); err == nil {
		cycle.LatestOn = latest
	}
	if cycle.End, err = lifecycle.ParseUntil(at("end_of_life")); err != nil {
		return err
	}
	if cycle.Extended, err = lifecycle.ParseUntil(at("end_of_extended_support")); err != nil {
		return err
	}
	c.put(cycle, at("label"), at("cycle_label"))
	return nil
}

// put adds a release, or replaces the one of that name.
func (c *Catalogue) put(cycle lifecycle.Cycle, productLabel, label string) {
	p := c.products[cycle.Product]
	if productLabel != "" {
		p.label = productLabel
	}
	cycle.Label = cycleLabel(p.label, label, cycle.Name)
	for i := range p.cycles {
		if p.cycles[i].Name == cycle.Name {
			p.cycles[i] = cycle
			c.products[cycle.Product] = p
			return
		}
	}
	p.cycles = append(p.cycles, cycle)
	c.products[cycle.Product] = p
}

// cycleLabel gives a release's name for people, with its product's name in it.
// A label that is a template its source did not fill in is no label.
func cycleLabel(product, label, name string) string {
	if label == "" || strings.Contains(label, "{{") || strings.Contains(label, "{%") {
		label = name
	}
	last := product[strings.LastIndexByte(product, ' ')+1:]
	if last != "" && strings.Contains(strings.ToLower(label), strings.ToLower(last)) {
		return label
	}
	return strings.TrimSpace(product + " " + label)
}

// Products counts what the catalogue knows, for people.
func (c *Catalogue) Products() (products, releases int) {
	for _, p := range c.products {
		releases += len(p.cycles)
	}
	return len(c.products), releases
}

// Seen gives the day on which the data were taken.
func (c *Catalogue) Seen() inventory.Day { return c.seen }

// System gives what the asset's system or firmware is; false when no rule
// knows it. A known product in an unknown release has no cycles.
func (c *Catalogue) System(a inventory.Asset) (lifecycle.Match, bool) {
	f := c.memos.systems.of(looksOf(&a), func() found {
		if m, ok := c.windows(a); ok {
			return found{m, true}
		}
		f := c.first(c.systems, describe(a))
		if guessed.MatchString(system(a)) {
			f.match.Cycles, f.match.Version = nil, ""
		}
		return f
	})
	f.match.Cycles = slices.Clone(f.match.Cycles)
	return f.match, f.ok
}

// looks is all of an asset that decides what it is.
type looks struct {
	vendor, model, version, osName, osVersion, osBuild, objectID string
	class                                                        inventory.Class
	osBy                                                         inventory.Source
}

func looksOf(a *inventory.Asset) looks {
	return looks{
		a.Vendor, a.Model, a.Version, a.OSName, a.OSVersion, a.OSBuild, a.Values[inventory.FieldObjectID].Value,
		a.Class, a.Values[inventory.FieldOSVersion].Source,
	}
}

// first gives the match of the first rule that applies to a text.
func (c *Catalogue) first(rules []rule, text string) found {
	for i := range rules {
		if r := &rules[i]; r.applies(text) {
			return found{c.match(r, text), true}
		}
	}
	return found{}
}

// release finds a release by its name, or by fewer and fewer of its dotted
// parts: "9.8" is "9" where the product counts whole numbers.
func (p product) release(name string) (lifecycle.Cycle, bool) {
	for name != "" {
		for _, cycle := range p.cycles {
			if cycle.Name == name {
				return cycle, true
			}
		}
		at := strings.LastIndexByte(name, '.')
		if at < 0 {
			break
		}
		name = name[:at]
	}
	return lifecycle.Cycle{}, false
}

// describe gives the text that rules look at: "vendor: Cisco; model: C9300;
// os: IOS-XE 17.9.4; version: 17.9.4; class: switch;".
func describe(a inventory.Asset) string {
	return fmt.Sprintf("vendor: %s; model: %s; os: %s; version: %s; class: %s;",
		a.Vendor, a.Model, system(a), a.Version, a.Class)
}

// system gives the asset's system in one line. SNMP agents tell the kernel of
// macOS, Darwin, whose numbers are not those of macOS.
func system(a inventory.Asset) string {
	name := a.OSName
	if v := a.Values[inventory.FieldOSVersion]; v.Source == inventory.FromSNMP && strings.EqualFold(name, "macOS") {
		name = "Darwin"
	}
	return strings.Join(strings.Fields(strings.Join([]string{name, a.OSVersion, a.OSBuild}, " ")), " ")
}
