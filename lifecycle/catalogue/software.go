package catalogue

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
	"parc/lifecycle"
)

// software is what is known of installed titles: the files of data/products. Rules
// look at a title in lower case, from its beginning, and the first that fits decides:
// what is set aside, then what is free, then what is paid for.
type software struct {
	aside, free, paid []titleRule
	publishers        map[string]string // spelling → maker
	suites            []string
}

// titleRule leads from installed titles to what they are.
type titleRule struct {
	Kind      lifecycle.InstalledKind `yaml:"kind"` // of what is set aside
	Publisher string                  `yaml:"publisher"`
	Product   string                  `yaml:"product"`
	Each      bool                    `yaml:"each"`
	Metric    string                  `yaml:"metric"`
	Title     patterns                `yaml:"title"`
	Not       string                  `yaml:"not"`
	By        string                  `yaml:"by"`
	Edition   editions                `yaml:"edition"`
	Suites    []string                `yaml:"suites"`
	Licences  patterns                `yaml:"licences"`
	Nor       string                  `yaml:"nor"`
	Why       lifecycle.Phrase        `yaml:"why"`
	Is        []string                `yaml:"is"`
	Isnt      []string                `yaml:"isnt"`

	title, not, by, licences, nor *regexp.Regexp
}

// editions are the editions of a product by what tells them, in the file's order.
type editions []edition

type edition struct {
	name  string
	match *regexp.Regexp
}

// UnmarshalYAML reads names with their patterns.
func (e *editions) UnmarshalYAML(node *yaml.Node) error {
	for i := 0; i+1 < len(node.Content); i += 2 {
		match, err := lowerPattern(node.Content[i+1].Value, "")
		if err != nil {
			return err
		}
		*e = append(*e, edition{node.Content[i].Value, match})
	}
	return nil
}

// metrics are those that a rule may name; ask: the title does not tell.
var metrics = []string{
	lifecycle.MetricDevice, lifecycle.MetricUser, lifecycle.MetricConcurrent, lifecycle.MetricCore, lifecycle.MetricCAL, lifecycle.MetricServer, metricAsk,
}

const metricAsk = "ask"

// loadSoftware reads the embedded files; an error is a mistake in them.
func loadSoftware() (*software, error) {
	s := &software{publishers: map[string]string{}}
	names, err := fs.Glob(data, "data/products/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := s.loadFile(name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return s, nil
}

func (s *software) loadFile(name string) error {
	text, err := data.ReadFile(name)
	if err != nil {
		return err
	}
	var file struct {
		Aside      []titleRule         `yaml:"aside"`
		Free       []titleRule         `yaml:"free"`
		Products   []titleRule         `yaml:"products"`
		Publishers map[string][]string `yaml:"publishers"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return err
	}
	for maker, spellings := range file.Publishers {
		for _, spelling := range spellings {
			s.publishers[publisherKey(spelling)] = maker
		}
	}
	for _, part := range []struct {
		rules []titleRule
		into  *[]titleRule
	}{{file.Aside, &s.aside}, {file.Free, &s.free}, {file.Products, &s.paid}} {
		for i := range part.rules {
			r := &part.rules[i]
			if err := r.compile(); err != nil {
				return fmt.Errorf("%s%s: %w", r.Kind, r.Product, err)
			}
			for _, suite := range r.Suites {
				if !slices.Contains(s.suites, suite) {
					s.suites = append(s.suites, suite)
				}
			}
		}
		*part.into = append(*part.into, part.rules...)
	}
	return nil
}

func (r *titleRule) compile() (err error) {
	if len(r.Title) == 0 || len(r.Is) == 0 || len(r.Isnt) == 0 {
		return fmt.Errorf("it needs a title, titles that it knows (is), and one that it must not know (isnt)")
	}
	if r.Metric != "" && (!slices.Contains(metrics, r.Metric) || r.Product == "" || r.Publisher == "" && !r.Each || r.Metric == metricAsk && (r.Why.EN == "" || r.Why.FR == "")) {
		return fmt.Errorf("it needs a publisher, a product and a metric, and why, in fr and en, where one has to ask")
	}
	if r.title, err = lowerPattern(strings.Join(r.Title, "|"), "^"); err != nil {
		return err
	}
	for _, p := range []struct {
		text  string
		begin string
		into  **regexp.Regexp
	}{{r.Not, "", &r.not}, {r.By, "", &r.by}, {strings.Join(r.Licences, "|"), "^", &r.licences}, {r.Nor, "", &r.nor}} {
		if p.text == "" {
			continue
		}
		if *p.into, err = lowerPattern(p.text, p.begin); err != nil {
			return err
		}
	}
	return nil
}

// lowerPattern compiles a pattern that looks at texts in lower case.
func lowerPattern(text, begin string) (*regexp.Regexp, error) {
	if text != strings.ToLower(text) {
		return nil, fmt.Errorf("pattern %q is not in lower case", text)
	}
	return regexp.Compile(begin + "(?:" + text + ")")
}

// seenTitle is a title as rules look at it.
type seenTitle struct{ name, publisher string }

func (r *titleRule) applies(t seenTitle) bool {
	return r.title.MatchString(t.name) && (r.not == nil || !r.not.MatchString(t.name)) && (r.by == nil || r.by.MatchString(t.publisher))
}

// find gives the rule that decides about a title; nil when none knows it.
func (s *software) find(t seenTitle) *titleRule {
	for _, rules := range [][]titleRule{s.aside, s.free, s.paid} {
		for i := range rules {
			if rules[i].applies(t) {
				return &rules[i]
			}
		}
	}
	return nil
}

// Installed tells what a title is.
func (c *Catalogue) Installed(title inventory.Software) lifecycle.Installed {
	key := title.Name + "\x00" + title.Publisher + "\x00" + title.Origin
	i := c.memos.installed.of(key, func() lifecycle.Installed { return c.software.installed(title) })
	i.Version = title.Version
	return i
}

func (s *software) installed(title inventory.Software) lifecycle.Installed {
	t := seenTitle{plainTitle(title.Name), strings.ToLower(title.Publisher)}
	r := s.find(t)
	if (r == nil || r.Metric == "") && packaged.MatchString(title.Origin) { // of a distribution, which is licensed as a whole or not at all
		return lifecycle.Installed{Kind: lifecycle.InstalledPart, Publisher: s.publisher(title.Publisher), Product: tidyTitle(title.Name)}
	}
	if r == nil {
		return lifecycle.Installed{Kind: lifecycle.InstalledUnknown, Publisher: s.publisher(title.Publisher), Product: bareTitle(title.Name)}
	}
	i := lifecycle.Installed{Kind: cmp.Or(r.Kind, lifecycle.InstalledFree), Publisher: r.Publisher, Product: r.Product, Suites: r.Suites}
	switch r.Metric {
	case "":
	case metricAsk:
		i.Kind, i.Why = lifecycle.InstalledAsk, r.Why
	default:
		i.Kind, i.Metric = lifecycle.InstalledPaid, r.Metric
	}
	if r.Kind != "" { // set aside: it keeps its own name
		i.Publisher, i.Product = s.publisher(title.Publisher), bareTitle(title.Name)
		return i
	}
	if r.Each {
		i.Product = matched(r.title, title.Name)
		i.Publisher = s.publisher(title.Publisher)
	}
	for _, e := range r.Edition {
		if e.match.MatchString(t.name) {
			i.Edition = e.name
			break
		}
	}
	return i
}

// matched gives the part of a name that a pattern knows it by, as it is written.
func matched(pattern *regexp.Regexp, name string) string {
	name = tidyTitle(name)
	at := pattern.FindStringIndex(strings.ToLower(name))
	if at == nil || at[1] > len(name) {
		return bareTitle(name)
	}
	return strings.TrimRight(strings.TrimSpace(strings.ToValidUTF8(name[:at[1]], "")), "-– (")
}

// Licensed gives the product or the suite that a licence of this name is for.
func (c *Catalogue) Licensed(name string) string {
	return c.memos.licensed.of(name, func() string { return c.software.licensed(name) })
}

func (s *software) licensed(name string) string {
	t := seenTitle{plainTitle(name), ""}
	if t.name == "" {
		return ""
	}
	for _, suite := range s.suites {
		if strings.HasPrefix(t.name, strings.ToLower(suite)) || strings.HasPrefix("adobe "+t.name, strings.ToLower(suite)) || strings.HasPrefix("autodesk "+strings.ToLower(suite), t.name) {
			return suite
		}
	}
	for i := range s.paid {
		r := &s.paid[i]
		if r.licences != nil && r.licences.MatchString(t.name) && r.Metric != metricAsk && (r.nor == nil || !r.nor.MatchString(t.name)) {
			return r.Product
		}
	}
	for i := range s.paid {
		r := &s.paid[i]
		switch {
		case r.Metric == metricAsk || r.nor != nil && r.nor.MatchString(t.name):
		case !r.Each && t.name == strings.ToLower(r.Product):
			return r.Product
		case r.title.MatchString(t.name) && (r.not == nil || !r.not.MatchString(t.name)):
			if r.Each {
				return matched(r.title, name)
			}
			return r.Product
		}
	}
	return ""
}

// publisher gives a maker's name as it is usually written.
func (s *software) publisher(spelling string) string {
	if maker := s.publishers[publisherKey(spelling)]; maker != "" {
		return maker
	}
	return strings.Join(strings.Fields(spelling), " ")
}

var legalForm = regexp.MustCompile(`\b(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|gmbh|ag|sa|sas|sarl|s\.a\.s|s\.a|bv|b\.v|srl|s\.r\.l|spol\. s r\.o|s\.r\.o|oy|ab|plc|pty|kg)\b\.?`)

func publisherKey(s string) string {
	s = legalForm.ReplaceAllString(strings.ToLower(s), " ")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == '(' || r == ')' }), " ")
}
