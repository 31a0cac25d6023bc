package report

import (
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
	"parc/lifecycle"
)

//go:embed data
var files embed.FS

// Severity says how much a finding matters.
type Severity string

// The severities, worst first.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
	Low      Severity = "low"
)

// Severities lists them, worst first.
func Severities() []Severity { return []Severity{Critical, High, Medium, Low} }

func (s Severity) rank() int { return slices.Index(Severities(), s) }

// rule is one thing that audits look for; see data/findings.yaml.
type rule struct {
	ID       string   `yaml:"id"`
	Severity Severity `yaml:"severity"`
	Exposed  Severity `yaml:"exposed"` // when the asset is reachable from outside
	Effort   string   `yaml:"effort"`
	Cost     string   `yaml:"cost"`
	ANSSI    []int    `yaml:"anssi"`
	CIS      []string `yaml:"cis"`
	When     when     `yaml:"when"`
	FR       wording  `yaml:"fr"`
	EN       wording  `yaml:"en"`
}

type wording struct {
	Title  string `yaml:"title"`
	Advice string `yaml:"advice"`
}

// when is what a rule asks of an asset; all that is given must hold.
type when struct {
	Support     lifecycle.SupportState `yaml:"support"`
	Service     string                 `yaml:"service"`
	Port        int                    `yaml:"port"` // of a service that nobody could name
	Weakness    inventory.WeaknessKind `yaml:"weakness"`
	Certificate string                 `yaml:"certificate"` // expired, expiring
	Coverage    string                 `yaml:"coverage"`    // ended
	Titles      lifecycle.SupportState `yaml:"titles"`      // of a program, a database or a service
	Hardware    lifecycle.SupportState `yaml:"hardware"`    // of the equipment itself
	Field       inventory.Field        `yaml:"field"`
	Value       string                 `yaml:"value"`
	Class       []inventory.Class      `yaml:"class"`
	NotClass    []inventory.Class      `yaml:"not-class"`

	service, value *regexp.Regexp
}

// loadRules reads and checks the rules; an error is a mistake in them.
func loadRules() ([]rule, error) {
	text, err := files.ReadFile("data/findings.yaml")
	if err != nil {
		return nil, err
	}
	var file struct {
		Rules []rule `yaml:"rules"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("findings.yaml: %w", err)
	}
	seen := map[string]bool{}
	for i := range file.Rules {
		r := &file.Rules[i]
		if seen[r.ID] {
			return nil, fmt.Errorf("findings.yaml: %s stands there twice", r.ID)
		}
		seen[r.ID] = true
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("findings.yaml: %s: %w", r.ID, err)
		}
	}
	return file.Rules, nil
}

func (r *rule) check() error {
	if r.ID == "" || r.Severity.rank() < 0 || r.Exposed != "" && r.Exposed.rank() < 0 {
		return fmt.Errorf("an id and a severity of critical, high, medium or low are needed")
	}
	if !slices.Contains([]string{"low", "medium", "high"}, r.Effort) || !slices.Contains([]string{"none", "low", "medium", "high"}, r.Cost) {
		return fmt.Errorf("effort %q or cost %q is none", r.Effort, r.Cost)
	}
	if r.FR.Title == "" || r.FR.Advice == "" || r.EN.Title == "" || r.EN.Advice == "" {
		return fmt.Errorf("both languages need a title and an advice")
	}
	for _, class := range slices.Concat(r.When.Class, r.When.NotClass) {
		if _, err := inventory.ParseClass(string(class)); err != nil {
			return err
		}
	}
	var err error
	if r.When.Service != "" {
		if r.When.service, err = regexp.Compile(r.When.Service); err != nil {
			return err
		}
	}
	if r.When.Value != "" {
		if r.When.value, err = regexp.Compile(r.When.Value); err != nil {
			return err
		}
	}
	return nil
}
