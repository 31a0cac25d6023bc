package catalogue

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"parc/lifecycle"
)

// rule leads from an observed text to a product and its release.
type rule struct {
	Product  string            `yaml:"product"`  // in the tables of releases
	Also     []string          `yaml:"also"`     // products that the text may as well be: their releases are added
	Unlisted bool              `yaml:"unlisted"` // a product without a table: known by name, its dates unknown
	Label    string            `yaml:"label"`
	System   string            `yaml:"system"`   // what has to match
	Not      string            `yaml:"not"`      // what must not
	Release  patterns          `yaml:"release"`  // tried in order; the first group is the release's name
	Cycles   []cycleRule       `yaml:"cycles"`   // tried before: what matches is this release
	Zeros    bool              `yaml:"zeros"`    // leading zeros of parts do not count: 17.09 is 17.9
	Hyphen   bool              `yaml:"hyphen"`   // blanks of the release's name are hyphens in the table
	Extended string            `yaml:"extended"` // free: the extended phase costs nothing
	Kept     bool              `yaml:"kept"`     // a distribution's own build of it is looked after by the distribution
	Examples map[string]string `yaml:"examples"`

	system, not *regexp.Regexp
	release     []*regexp.Regexp
}

// cycleRule names a release outright.
type cycleRule struct {
	Match string `yaml:"match"`
	Is    string `yaml:"is"`

	match *regexp.Regexp
}

// patterns is one regular expression or a list of them.
type patterns []string

// UnmarshalYAML reads one or several.
func (p *patterns) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*p = patterns{node.Value}
		return nil
	}
	return node.Decode((*[]string)(p))
}

// loadRules reads a file of rules.
func (c *Catalogue) loadRules(name string) ([]rule, error) {
	text, err := data.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var file struct {
		Rules []rule `yaml:"rules"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i := range file.Rules {
		r := &file.Rules[i]
		if err := r.compile(); err != nil {
			return nil, fmt.Errorf("%s, rule %d, %s%s: %w", name, i+1, r.Product, r.Label, err)
		}
		if _, known := c.products[r.Product]; known == r.Unlisted {
			return nil, fmt.Errorf("%s, rule %d: product %q must be in the tables, or be unlisted", name, i+1, r.Product)
		}
	}
	return file.Rules, nil
}

func (r *rule) compile() (err error) {
	switch {
	case r.Label == "" || r.System == "":
		return fmt.Errorf("a label and a system are needed")
	case r.Extended != "" && r.Extended != "free":
		return fmt.Errorf("extended: free or nothing")
	}
	if r.system, err = regexp.Compile(r.System); err != nil {
		return err
	}
	if r.Not != "" {
		if r.not, err = regexp.Compile(r.Not); err != nil {
			return err
		}
	}
	for _, p := range r.Release {
		compiled, err := regexp.Compile(p)
		if err != nil {
			return err
		}
		if compiled.NumSubexp() != 1 {
			return fmt.Errorf("release %s needs one group", p)
		}
		r.release = append(r.release, compiled)
	}
	for i := range r.Cycles {
		if r.Cycles[i].match, err = regexp.Compile(r.Cycles[i].Match); err != nil {
			return err
		}
	}
	return nil
}

// applies tells that the text is the rule's product.
func (r *rule) applies(text string) bool {
	return r.system.MatchString(text) && (r.not == nil || !r.not.MatchString(text))
}

// distributions build and mend programs of their own: an end of support of the
// program's maker does not end theirs.
var distributions = regexp.MustCompile(`(?i)\b(debian|ubuntu|red ?hat|rhel|centos|fedora|rocky|almalinux|suse|alpine|raspbian|amazon|oracle linux|el[5-9]|el10|deb\d+u\d+|freebsd)\b|ubuntu\d|deb\d+u|\.el\d|\+deb`)

// match makes of a text the rule's product and release. The release is found
// or not: a product newer than the tables has none.
func (c *Catalogue) match(r *rule, text string) lifecycle.Match {
	m := lifecycle.Match{Label: r.Label, FreeExtension: r.Extended == "free", Source: c.source, AsOf: c.seen}
	name, version := r.read(text)
	m.Version, m.Mended = version, r.Kept
	if r.Kept && distributions.MatchString(text) {
		m.Kept = true
		return m
	}
	if name == "" {
		return m
	}
	for _, product := range append([]string{r.Product}, r.Also...) {
		if cycle, ok := c.products[product].release(name); ok {
			m.Cycles = append(m.Cycles, cycle)
		}
	}
	if len(m.Cycles) > 0 {
		m.Source, m.AsOf = m.Cycles[0].Source, m.Cycles[0].Seen
	}
	return m
}

// read gives the release's name in the text, and the whole version it stands in.
func (r *rule) read(text string) (name, version string) {
	for _, p := range r.release {
		at := p.FindStringSubmatchIndex(text)
		if at == nil || at[2] < 0 {
			continue
		}
		name, version = text[at[2]:at[3]], wholeVersion(text[at[2]:])
		break
	}
	for i := range r.Cycles {
		if r.Cycles[i].match.MatchString(text) {
			return r.Cycles[i].Is, version
		}
	}
	if r.Zeros {
		name, version = withoutZeros(name), withoutZeros(version)
	}
	if r.Hyphen {
		name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "-")
	}
	return name, version
}

var (
	versionToken = regexp.MustCompile(`^\d[0-9A-Za-z.\-()]*`)
	leadingZeros = regexp.MustCompile(`(^|\.)0+(\d)`)
)

// wholeVersion gives the version that the text begins with: "17.9.4a".
func wholeVersion(text string) string {
	return strings.TrimRight(versionToken.FindString(text), ".-(")
}

func withoutZeros(version string) string { return leadingZeros.ReplaceAllString(version, "$1$2") }
