package profile

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
)

// profileSpec is one YAML document as written. ARCHITECTURE.md tells what each
// key means; an unknown key is an error.
type profileSpec struct {
	ID       string                  `yaml:"id"`
	About    string                  `yaml:"about"`
	Source   texts                   `yaml:"source"`
	Extends  texts                   `yaml:"extends"`
	Match    []matchSpec             `yaml:"match"`
	Identify map[string][]sourceSpec `yaml:"identify"`
	Final    texts                   `yaml:"final"`
	Models   map[string]string       `yaml:"models"`
	Tables   []tableSpec             `yaml:"tables"`
	Collect  texts                   `yaml:"collect"`
	Examples []exampleSpec           `yaml:"examples"`
}

// matchSpec is one way to recognise: every key given must hold, within a key
// any of its values.
type matchSpec struct {
	SysObjectID texts     `yaml:"sysobjectid"`
	SysDescr    texts     `yaml:"sysdescr"`
	NotSysDescr texts     `yaml:"not-sysdescr"`
	SysName     texts     `yaml:"sysname"`
	Has         []hasSpec `yaml:"has"`
	Service     texts     `yaml:"service"`
	CPE         texts     `yaml:"cpe"`
	MACVendor   texts     `yaml:"mac-vendor"`
	Hostname    texts     `yaml:"hostname"`
	Banner      texts     `yaml:"banner"`
	OS          texts     `yaml:"os"`
}

type hasSpec struct {
	OID   string `yaml:"oid"`
	Regex string `yaml:"regex"`
}

// sourceSpec is one place a value may come from, and how it is read there.
type sourceSpec struct {
	Const      string            `yaml:"const"`
	OID        string            `yaml:"oid"`
	Column     string            `yaml:"column"`
	Row        string            `yaml:"row"`
	Where      *whereSpec        `yaml:"where"`
	Rows       int               `yaml:"rows"`
	From       string            `yaml:"from"`
	Own        string            `yaml:"own"`
	Parts      []sourceSpec      `yaml:"parts"`
	Optional   bool              `yaml:"optional"`
	Join       *string           `yaml:"join"`
	When       []whenSpec        `yaml:"when"`
	Format     string            `yaml:"format"`
	Regex      string            `yaml:"regex"`
	As         string            `yaml:"as"`
	Models     bool              `yaml:"models"`
	Map        map[string]string `yaml:"map"`
	Else       string            `yaml:"else"`
	Reject     texts             `yaml:"reject"`
	Confidence confidenceSpec    `yaml:"confidence"`
	Depth      string            `yaml:"depth"`
}

type whereSpec struct {
	Column string `yaml:"column"`
	Regex  string `yaml:"regex"`
}

type whenSpec struct {
	From  string `yaml:"from"`
	OID   string `yaml:"oid"`
	Regex string `yaml:"regex"`
	Not   bool   `yaml:"not"`
}

// tableSpec turns the rows of a maker's own table into a list of Details.
type tableSpec struct {
	Into    string                `yaml:"into"`
	Kind    string                `yaml:"kind"`
	Rows    int                   `yaml:"rows"`
	Columns map[string]columnSpec `yaml:"columns"`
	When    []whenSpec            `yaml:"when"`
}

type columnSpec struct {
	Column string            `yaml:"column"`
	Const  string            `yaml:"const"`
	Format string            `yaml:"format"`
	Regex  string            `yaml:"regex"`
	As     string            `yaml:"as"`
	Map    map[string]string `yaml:"map"`
	Scale  float64           `yaml:"scale"`
}

// exampleSpec is a device in a few objects, and what must come of it.
type exampleSpec struct {
	Given map[string]given  `yaml:"given"`
	Want  map[string]string `yaml:"want"`
}

// given is a value in an example: a number is an INTEGER, "hex:0a1b" are
// octets, "oid:1.3.6" is an OBJECT IDENTIFIER, "ip:192.0.2.1" an IpAddress, anything else octets.
type given struct {
	text   string
	number bool
}

func (g *given) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: a given value is text or a number", n.Line)
	}
	g.text, g.number = n.Value, n.Tag == "!!int"
	return nil
}

// texts is one text or a list of them.
type texts []string

func (t *texts) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		*t = texts{n.Value}
		return nil
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return fmt.Errorf("line %d: a list of texts is wanted", item.Line)
			}
			*t = append(*t, item.Value)
		}
		return nil
	}
	return fmt.Errorf("line %d: a text or a list of texts is wanted", n.Line)
}

// confidenceSpec is low, medium, high, certain or a number from 1 to 100.
type confidenceSpec inventory.Confidence

func (c *confidenceSpec) UnmarshalYAML(n *yaml.Node) error {
	words := map[string]inventory.Confidence{
		"low": inventory.Low, "medium": inventory.Medium, "high": inventory.High, "certain": inventory.Certain,
	}
	if w, ok := words[n.Value]; ok {
		*c = confidenceSpec(w)
		return nil
	}
	var number int
	if err := n.Decode(&number); err != nil || number < 1 || number > 100 {
		return fmt.Errorf("line %d: confidence %q is none of low, medium, high, certain, 1 to 100", n.Line, n.Value)
	}
	*c = confidenceSpec(number)
	return nil
}

// The limits of what a file of profiles may hold.
const (
	maxFile     = 1 << 20
	maxProfiles = 200 // in one file
)

// parseSpecs reads every document of a file, strictly.
func parseSpecs(r io.Reader) ([]profileSpec, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if len(data) > maxFile {
		return nil, inventory.Errorf(inventory.LimitReached, "longer than %d bytes: split it", maxFile)
	}
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	dec.KnownFields(true)
	var specs []profileSpec
	for {
		var spec profileSpec
		err := dec.Decode(&spec)
		if errors.Is(err, io.EOF) {
			return specs, nil
		}
		if err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "%s", strings.TrimPrefix(err.Error(), "yaml: "))
		}
		if specs = append(specs, spec); len(specs) > maxProfiles {
			return nil, inventory.Errorf(inventory.LimitReached, "more than %d profiles: split it", maxProfiles)
		}
	}
}
