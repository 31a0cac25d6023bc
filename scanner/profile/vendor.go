package profile

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
)

// The tables that profiles share, beside the profiles.
const (
	vendorFile     = "vendors.yaml"
	junkFile       = "junk.yaml"
	enterpriseFile = "enterprises.tsv"
)

func tableFile(name string) bool {
	return slices.Contains([]string{vendorFile, junkFile}, path.Base(name))
}

// enterprise is what a private enterprise number tells.
type enterprise struct {
	vendor string
	class  string // "" when the vendor makes many kinds of things
	guess  string // what its name makes likely
}

// vendors gives each vendor one spelling.
type vendors struct {
	names map[string]string // bare alias → canonical name
}

func (s *Set) loadTables() []Problem {
	var problems []Problem
	s.vendors.names = map[string]string{}
	var names map[string]texts
	if err := readYAML(vendorFile, &names); err != nil {
		problems = append(problems, Problem{File: vendorFile, Message: err.Error()})
	}
	for name, aliases := range names {
		for _, alias := range append(texts{name}, aliases...) {
			key := bareVendor(alias)
			if other, taken := s.vendors.names[key]; taken && other != name {
				problems = append(problems, Problem{File: vendorFile, Message: fmt.Sprintf("%q stands for %s and for %s", alias, other, name)})
			}
			s.vendors.names[key] = name
		}
	}
	var spec junkSpec
	if err := readYAML(junkFile, &spec); err != nil {
		problems = append(problems, Problem{File: junkFile, Message: err.Error()})
	}
	s.junk = &junk{words: map[string]bool{}}
	for _, w := range spec.Words {
		s.junk.words[strings.ToLower(w)] = true
	}
	c := &compiler{}
	s.junk.compile(spec, c)
	for _, fault := range c.problems {
		problems = append(problems, Problem{File: junkFile, Message: fault})
	}
	return append(problems, s.loadEnterprises()...)
}

func readYAML(name string, into any) error {
	data, err := embedded.ReadFile("data/" + name)
	if err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	return dec.Decode(into)
}

// loadEnterprises reads "number <tab> vendor [<tab> class]" lines; a class with
// ~ before it is guessed from the name.
func (s *Set) loadEnterprises() []Problem {
	data, err := fs.ReadFile(embedded, "data/"+enterpriseFile)
	if err != nil {
		return []Problem{{File: enterpriseFile, Message: err.Error()}}
	}
	var problems []Problem
	s.enterprises = map[string]enterprise{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		_, err := strconv.ParseUint(fields[0], 10, 32)
		if err != nil || len(fields) < 2 || len(fields) > 3 || fields[1] == "" {
			problems = append(problems, Problem{File: enterpriseFile, Message: fmt.Sprintf("line %d: number, tab, vendor, and perhaps tab, class", n)})
			continue
		}
		e := enterprise{vendor: s.canonical(fields[1])}
		if len(fields) == 3 {
			class, guessed := strings.CutPrefix(fields[2], "~")
			if _, err := inventory.ParseClass(class); err != nil {
				problems = append(problems, Problem{File: enterpriseFile, Message: fmt.Sprintf("line %d: %v", n, err)})
			}
			if guessed {
				e.guess = class
			} else {
				e.class = class
			}
		}
		if _, twice := s.enterprises[fields[0]]; twice {
			problems = append(problems, Problem{File: enterpriseFile, Message: fmt.Sprintf("line %d: %s stands there already", n, fields[0])})
		}
		s.enterprises[fields[0]] = e
	}
	return problems
}

func (s *Set) enterprise(number string) enterprise { return s.enterprises[number] }

// Vendor gives the one spelling of a vendor's name; a name that no table knows
// comes back without its legal form ("Acme Networks, Inc." → "Acme Networks").
func (s *Set) Vendor(name string) string { return s.canonical(inventory.Clean(name)) }

func (s *Set) canonical(name string) string {
	if known, ok := s.vendors.names[bareVendor(name)]; ok {
		return known
	}
	return shortVendor(name)
}

// bareVendor is what spellings of one vendor have in common: letters and
// digits, without the legal form.
func bareVendor(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 0x7f:
			return r
		}
		return -1
	}, shortVendor(name))
}

var legalForms = []string{
	"inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "gmbh", "ag", "sa", "sas",
	"sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps", "plc", "pty", "kg", "se", "sl", "kk", "pte", "sro", "lp", "doo", "zrt", "kft", "s.a", "s.r.o", "s.p.a", "b.v", "k.k", "s.r.l", "a.s", "a/s",
}

// shortVendor takes the legal form off a name.
func shortVendor(name string) string {
	short := strings.TrimSpace(name)
	if at := strings.IndexAny(short, "(["); at > 2 {
		short = strings.TrimSpace(short[:at])
	}
	for {
		at := strings.LastIndexAny(short, " ,")
		if at <= 0 {
			return short
		}
		last := strings.ToLower(strings.Trim(short[at+1:], "., "))
		if last != "" && last != "&" && !slices.Contains(legalForms, last) {
			return short
		}
		short = strings.TrimRight(short[:at], " ,&")
	}
}

// compile checks the patterns of the junk table.
func (j *junk) compile(spec junkSpec, c *compiler) {
	j.fields = map[inventory.Field][]*regexp.Regexp{}
	for name, patterns := range spec.Fields {
		field, ok := knownField(name)
		if !ok {
			c.fault("no field %q", name)
		}
		j.fields[field] = c.regexes(name, patterns)
	}
}
