package scanner

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
)

//go:embed data/*.yaml
var dataFiles embed.FS

// signal is a row of the tables in data/: what a clue that looks so tells.
type signal struct {
	On     list              `yaml:"on"`    // kinds of clue
	Match  string            `yaml:"match"` // RE2, upper and lower case alike
	Open   []int             `yaml:"open"`  // ports that must all be open; instead of on and match, or beside them
	Closed []int             `yaml:"closed"`
	Says   map[string]string `yaml:"says"` // field → "value weight"; $1 stands for what the expression caught
	Like   list              `yaml:"like"` // texts that it must match
	Unlike list              `yaml:"unlike"`

	expression *regexp.Regexp
	says       []saying
	file       string
}

type saying struct {
	field  inventory.Field
	value  string
	weight int
}

// list is one text or several.
type list []string

// UnmarshalYAML reads a text or a list of texts.
func (l *list) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*l = list{n.Value}
		return nil
	}
	var many []string
	if err := n.Decode(&many); err != nil {
		return err
	}
	*l = many
	return nil
}

// knowledge is what data/ says.
type knowledge struct {
	signals   map[string][]*signal // by kind of clue; "" for those on open ports alone
	relations map[inventory.Field]map[string][]string
	windows   map[string]windowsBuild
}

// known gives the embedded tables. They are part of the program: that they are
// sound is a test's business.
var known = sync.OnceValues(func() (*knowledge, error) { return readKnowledge(dataFiles) })

const (
	relationsFile = "data/relations.yaml"
	windowsFile   = "data/windows.yaml"
)

func readKnowledge(files fs.FS) (*knowledge, error) {
	k := &knowledge{signals: map[string][]*signal{}}
	names, err := fs.Glob(files, "data/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		switch name {
		case relationsFile:
			err = readYAML(files, name, &k.relations)
		case windowsFile:
			err = readYAML(files, name, &k.windows)
		default:
			err = k.readSignals(files, name)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return k, nil
}

// readYAML reads a whole file; a key that nobody knows is an error.
func readYAML(files fs.FS, name string, into any) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func (k *knowledge) readSignals(files fs.FS, name string) error {
	var rows []*signal
	if err := readYAML(files, name, &rows); err != nil {
		return err
	}
	for i, s := range rows {
		s.file = name
		if err := s.compile(); err != nil {
			return fmt.Errorf("row %d (%s): %w", i+1, s.Match, err)
		}
		if len(s.On) == 0 {
			k.signals[""] = append(k.signals[""], s)
		}
		for _, kind := range s.On {
			k.signals[kind] = append(k.signals[kind], s)
		}
	}
	return nil
}

func (s *signal) compile() error {
	for _, kind := range s.On {
		if !slices.Contains(clueKinds, kind) {
			return fmt.Errorf("on: %q is no kind of clue", kind)
		}
	}
	if (len(s.On) == 0) != (s.Match == "") || len(s.On) == 0 && len(s.Open) == 0 {
		return errors.New("a signal is on clues that match, on open ports, or both")
	}
	var err error
	if s.expression, err = regexp.Compile("(?i)" + s.Match); err != nil {
		return err
	}
	for field, text := range s.Says {
		at := strings.LastIndexByte(text, ' ')
		if at < 0 {
			return fmt.Errorf("says %s: %q has no weight", field, text)
		}
		weight, err := strconv.Atoi(text[at+1:])
		if err != nil || weight < 1 || weight > mostSure {
			return fmt.Errorf("says %s: %q is no weight from 1 to %d", field, text[at+1:], mostSure)
		}
		one := saying{inventory.Field(field), text[:at], weight}
		if one.field == inventory.FieldClass {
			if _, err := inventory.ParseClass(one.value); err != nil {
				return err
			}
		}
		if !slices.Contains(weighed, one.field) {
			return fmt.Errorf("says %s: no such field here", field)
		}
		s.says = append(s.says, one)
	}
	if len(s.says) == 0 {
		return errors.New("it says nothing")
	}
	slices.SortFunc(s.says, func(a, b saying) int { return strings.Compare(string(a.field), string(b.field)) })
	return nil
}

// weighed are the fields that signals speak of, in the order in which they are
// settled.
var weighed = []inventory.Field{
	inventory.FieldVendor, inventory.FieldClass, inventory.FieldModel, inventory.FieldVersion, inventory.FieldSerial, inventory.FieldUUID,
	inventory.FieldOSName, inventory.FieldOSVersion, inventory.FieldOSBuild, inventory.FieldHostname, inventory.FieldDomain,
}

// hear has the signals speak on the evidence.
func (k *knowledge) hear(e *evidence) []claim {
	claims := slices.Clone(e.claims)
	for _, c := range e.clues {
		for _, s := range k.signals[c.kind] {
			caught := s.expression.FindStringSubmatchIndex(c.text)
			if caught == nil || !s.portsFit(e.ports) {
				continue
			}
			scale := cmp.Or(c.scale, 100)
			for _, one := range s.says {
				value := string(s.expression.ExpandString(nil, one.value, c.text, caught))
				if value = inventory.Clean(value); value != "" {
					claims = append(claims, claim{one.field, value, one.weight * scale / 100, c.group, c.from})
				}
			}
		}
	}
	for _, s := range k.signals[""] {
		if !s.portsFit(e.ports) {
			continue
		}
		for _, one := range s.says {
			claims = append(claims, claim{one.field, one.value, one.weight, onPorts, "ports " + numbers(s.Open)})
		}
	}
	return claims
}

func (s *signal) portsFit(open []int) bool {
	for _, p := range s.Open {
		if !slices.Contains(open, p) {
			return false
		}
	}
	return !slices.ContainsFunc(s.Closed, func(p int) bool { return slices.Contains(open, p) })
}

func numbers(ports []int) string {
	parts := make([]string, len(ports))
	for i, p := range ports {
		parts[i] = strconv.Itoa(p)
	}
	return strings.Join(parts, ",")
}
