package catalogue

import (
	"bytes"
	"fmt"
	"regexp"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
)

// rule leads from an observed text to a product and its release.
type rule struct {
	Product  string            `yaml:"product"`
	Label    string            `yaml:"label"`
	System   string            `yaml:"system"`
	Release  string            `yaml:"release"`
	Extended string            `yaml:"extended"`
	Examples map[string]string `yaml:"examples"`

	system  *regexp.Regexp
	release *regexp.Regexp
}

func (c *Catalogue) loadRules(name string) error {
	text, err := data.ReadFile(name)
	if err != nil {
		return err
	}
	var file struct {
		Seen   string `yaml:"seen"`
		Source string `yaml:"source"`
		Rules  []rule `yaml:"rules"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if c.seen, err = inventory.ParseDay(file.Seen); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	c.source, c.rules = file.Source, file.Rules
	for i := range c.rules {
		r := &c.rules[i]
		if r.Product == "" || r.Label == "" || r.Extended != "" && r.Extended != "free" {
			return fmt.Errorf("%s: rule %d of %q: product, label and extended: free or nothing", name, i+1, r.Product)
		}
		if r.system, err = regexp.Compile(r.System); err != nil {
			return fmt.Errorf("%s: %s: %w", name, r.Product, err)
		}
		if r.release, err = regexp.Compile(r.Release); err != nil {
			return fmt.Errorf("%s: %s: %w", name, r.Product, err)
		}
		if r.release.NumSubexp() != 1 {
			return fmt.Errorf("%s: %s: release needs one group", name, r.Product)
		}
	}
	return nil
}
