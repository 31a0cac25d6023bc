package catalogue

import (
	"bufio"
	"bytes"
	"embed"
	"fmt"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

//go:embed data
var data embed.FS

// Catalogue is the loaded data. It is read by many goroutines.
type Catalogue struct {
	products map[string]product // by the source's name
	rules    []rule
	source   string
	seen     inventory.Day
}

type product struct {
	label  string
	cycles []lifecycle.Cycle
}

// Load reads the embedded data; an error is a mistake in them.
func Load() (*Catalogue, error) {
	c := &Catalogue{products: map[string]product{}}
	for _, name := range []string{"data/endoflife.tsv", "data/overlay.tsv"} {
		if err := c.loadCycles(name); err != nil {
			return nil, err
		}
	}
	return c, c.loadRules("data/systems.yaml")
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
	cycle := lifecycle.Cycle{Product: at("product"), Name: at("cycle"), Latest: at("latest")}
	if cycle.Product == "" || cycle.Name == "" {
		return fmt.Errorf("a release needs a product and a name")
	}
	var err error
	if cycle.Released, err = inventory.ParseDay(at("released")); err != nil {
		return err
	}
	if active, err := lifecycle.ParseUntil(at("end_of_active_support")); err == nil {
		cycle.ActiveEnd = active.Day
	}
	if cycle.End, err = lifecycle.ParseUntil(at("end_of_life")); err != nil {
		return err
	}
	if cycle.Extended, err = lifecycle.ParseUntil(at("end_of_extended_support")); err != nil {
		return err
	}
	p := c.products[cycle.Product]
	p.label = at("label")
	cycle.Label = cycleLabel(p.label, at("cycle_label"), cycle.Name)
	for i := range p.cycles {
		if p.cycles[i].Name == cycle.Name {
			p.cycles[i] = cycle
			return nil
		}
	}
	p.cycles = append(p.cycles, cycle)
	c.products[cycle.Product] = p
	return nil
}

// cycleLabel gives a release's name for people, with its product's name in it.
func cycleLabel(product, label, name string) string {
	if label == "" {
		label = name
	}
	last := product[strings.LastIndexByte(product, ' ')+1:]
	if strings.Contains(strings.ToLower(label), strings.ToLower(last)) {
		return label
	}
	return product + " " + label
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
	text := describe(a)
	if m, ok := c.windows(a, text); ok {
		return m, true
	}
	for i := range c.rules {
		r := &c.rules[i]
		if !r.system.MatchString(text) {
			continue
		}
		p := c.products[r.Product]
		m := lifecycle.Match{Label: r.Label, FreeExtension: r.Extended == "free", Source: c.source, AsOf: c.seen}
		if found := r.release.FindStringSubmatch(text); found != nil {
			if cycle, ok := p.release(found[1]); ok {
				m.Cycles = []lifecycle.Cycle{cycle}
			}
		}
		return m, true
	}
	return lifecycle.Match{}, false
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

// describe gives the text that rules look at.
func describe(a inventory.Asset) string {
	system := strings.TrimSpace(strings.Join([]string{a.OSName, a.OSVersion, a.OSBuild}, " "))
	return strings.Join([]string{a.Vendor, a.Model, system, a.Version}, " | ")
}
