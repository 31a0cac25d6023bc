package catalogue

import (
	"fmt"
	"regexp"

	"parc/inventory"
	"parc/lifecycle"
)

// processorRule knows a family of processors by their names.
type processorRule struct {
	Family    string            `yaml:"family"`
	Name      string            `yaml:"name"`
	Since     inventory.Day     `yaml:"since"`      // sold from
	Windows11 string            `yaml:"windows_11"` // "yes", "no"; "" where the maker's lists differ within the family
	Examples  map[string]string `yaml:"examples"`   // name → windows_11

	name *regexp.Regexp
}

func (c *Catalogue) loadProcessors(name string) error {
	var file struct {
		Source   string          `yaml:"source"`
		Families []processorRule `yaml:"families"`
	}
	if err := readYAML(name, &file); err != nil {
		return err
	}
	for i := range file.Families {
		r := &file.Families[i]
		var err error
		if r.name, err = regexp.Compile(r.Name); err != nil {
			return fmt.Errorf("%s: %s: %w", name, r.Family, err)
		}
		if r.Family == "" || r.Windows11 != "yes" && r.Windows11 != "no" && r.Windows11 != "" {
			return fmt.Errorf("%s: %q: windows_11 is yes, no or nothing", name, r.Family)
		}
	}
	c.processors, c.processorSource = file.Families, file.Source
	return nil
}

// Processor gives what is known of a processor by the name that systems tell;
// false when no family fits.
func (c *Catalogue) Processor(name string) (lifecycle.Processor, bool) {
	if name == "" {
		return lifecycle.Processor{}, false
	}
	f := c.memos.processors.of(name, func() processorFound {
		for i := range c.processors {
			if r := &c.processors[i]; r.name.MatchString(name) {
				return processorFound{lifecycle.Processor{
					Family: r.Family, Since: r.Since, Windows11: inventory.Answer(r.Windows11), Source: c.processorSource,
				}, true}
			}
		}
		return processorFound{}
	})
	return f.processor, f.ok
}
