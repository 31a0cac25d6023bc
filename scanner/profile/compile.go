package profile

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parc/inventory"
)

// Problem is something wrong with a profile.
type Problem struct {
	File    string
	Profile string
	Message string
}

func (p Problem) String() string {
	at := p.File
	if p.Profile != "" {
		at += ": " + p.Profile
	}
	return at + ": " + p.Message
}

// compiler checks one profile and collects what is wrong with it.
type compiler struct {
	spec     profileSpec
	problems []string
}

func (c *compiler) fault(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

var idPattern = regexp.MustCompile(`^_?[a-z0-9]+(-[a-z0-9]+)*$`)

// compile checks what a document says by itself; extends is resolved later.
func compile(file string, spec profileSpec) (*Profile, []string) {
	c := &compiler{spec: spec}
	p := &Profile{
		ID: spec.ID, File: file, Part: strings.HasPrefix(spec.ID, "_"),
		fields: map[inventory.Field][]*source{}, models: spec.Models,
		collect: spec.Collect, examples: spec.Examples,
	}
	if !idPattern.MatchString(spec.ID) {
		c.fault("id %q: lower-case words joined by hyphens, a leading _ for a part", spec.ID)
	}
	for i, m := range spec.Match {
		p.ways = append(p.ways, c.way(fmt.Sprintf("match %d", i+1), m))
	}
	for _, name := range slices.Sorted(maps.Keys(spec.Identify)) {
		field, ok := knownField(name)
		if !ok {
			c.fault("identify: no field %q", name)
		}
		for i, s := range spec.Identify[name] {
			p.fields[field] = append(p.fields[field], c.source(fmt.Sprintf("%s %d", name, i+1), field, s))
		}
		if len(spec.Identify[name]) == 0 {
			c.fault("identify: %s has no source", name)
		}
	}
	for i, t := range spec.Tables {
		p.tables = append(p.tables, c.table(fmt.Sprintf("table %d", i+1), t))
	}
	c.whole(p)
	return p, c.problems
}

// whole checks what concerns the profile as a whole.
func (c *compiler) whole(p *Profile) {
	switch {
	case p.Part && len(p.ways) > 0:
		c.fault("a part (leading _) is used through extends and matches nothing by itself")
	case !p.Part && len(p.ways) == 0:
		c.fault("match is missing")
	case !p.Part && len(p.examples) == 0:
		c.fault("examples are missing: at least one")
	}
	for oid := range c.spec.Models {
		if !validOID(oid) {
			c.fault("models: %q is no OID", oid)
		}
	}
	for _, name := range c.spec.Final {
		if _, ok := knownField(name); !ok {
			c.fault("final: no field %q", name)
		}
	}
	for _, name := range c.spec.Collect {
		if _, ok := collectors[name]; !ok {
			c.fault("collect: no collector %q, there are %s", name, strings.Join(slices.Sorted(maps.Keys(collectors)), " "))
		}
	}
	for i, e := range c.spec.Examples {
		for name := range e.Want {
			if _, ok := knownField(name); !ok {
				c.fault("example %d: no field %q", i+1, name)
			}
		}
	}
}

func (c *compiler) way(at string, m matchSpec) way {
	w := way{arcs: m.SysObjectID}
	for _, oid := range m.SysObjectID {
		if !validOID(oid) {
			c.fault("%s: sysobjectid %q is no OID: digits and dots, no wildcard", at, oid)
		}
	}
	w.sysDescr = c.regexes(at+" sysdescr", m.SysDescr)
	w.notDescr = c.regexes(at+" not-sysdescr", m.NotSysDescr)
	w.sysName = c.regexes(at+" sysname", m.SysName)
	for _, h := range m.Has {
		if !validOID(h.OID) {
			c.fault("%s: has %q is no OID", at, h.OID)
		}
		w.has = append(w.has, has{h.OID, c.regex(at+" has", h.Regex)})
	}
	for _, k := range []struct {
		input string
		any   texts
	}{
		{"service", m.Service}, {"cpe", m.CPE}, {"mac-vendor", m.MACVendor},
		{"hostname", m.Hostname}, {"banner", m.Banner}, {"os", m.OS},
	} {
		if len(k.any) > 0 {
			w.hints = append(w.hints, hint{k.input, c.regexes(at+" "+k.input, k.any)})
		}
	}
	w.keys = len(w.hints)
	for _, n := range []int{len(w.arcs), len(w.sysDescr), len(w.notDescr), len(w.sysName), len(w.has)} {
		if n > 0 {
			w.keys++
		}
	}
	if w.keys == 0 {
		c.fault("%s: matches everything", at)
	}
	return w
}

var formats = []string{"", "text", "hex", "mac", "address", "integer", "date", "epoch", "tenths", "hundredths", "dotted", "high-byte"}

func (c *compiler) source(at string, field inventory.Field, s sourceSpec) *source {
	out := &source{
		text: sourceText(s), constant: s.Const, oid: s.OID, column: s.Column, row: s.Row, rows: s.Rows, from: s.From, own: s.Own,
		optional: s.Optional, join: " ", format: s.Format, regex: c.regex(at, s.Regex), as: s.As,
		models: s.Models, values: s.Map, otherwise: s.Else, reject: c.regexes(at+" reject", s.Reject),
		confidence: inventory.Confidence(s.Confidence), fullOnly: s.Depth == string(inventory.DepthFull),
	}
	if s.Join != nil {
		out.join = *s.Join
	}
	if out.confidence == 0 {
		out.confidence = inventory.High
	}
	for _, oid := range []*string{&out.oid, &out.column} {
		if m := relative.FindStringSubmatch(*oid); m != nil {
			out.base, _ = strconv.Atoi(m[1])
			*oid = m[2]
		}
	}
	c.origin(at, s)
	c.row(at, field, s, out)
	if s.As != "" && s.Regex == "" {
		c.fault("%s: as needs a regex", at)
	}
	if s.Else != "" && len(s.Map) == 0 {
		c.fault("%s: else needs a map", at)
	}
	if !slices.Contains(formats, s.Format) {
		c.fault("%s: no format %q, there are %s", at, s.Format, strings.Join(formats[1:], " "))
	}
	if s.Depth != "" && s.Depth != string(inventory.DepthFull) && s.Depth != string(inventory.DepthIdentity) {
		c.fault("%s: depth %q is neither identity nor full", at, s.Depth)
	}
	if field == inventory.FieldClass {
		c.classes(at, s)
	}
	for i, part := range s.Parts {
		if len(part.Parts) > 0 {
			c.fault("%s: parts of parts", at)
		}
		out.parts = append(out.parts, c.source(fmt.Sprintf("%s part %d", at, i+1), "", part))
	}
	out.when = c.when(at, s.When)
	return out
}

// relative is an OID that starts with the first arcs of the device's own
// sysObjectID: sysobjectid[9].1.4.0.
var relative = regexp.MustCompile(`^sysobjectid\[([6789]|1\d|20)\]\.(\d{1,10}(?:\.\d{1,10})*)$`)

// origin checks that a source has exactly one place where its value comes from.
func (c *compiler) origin(at string, s sourceSpec) {
	origins := 0
	for _, has := range []bool{s.Const != "", s.OID != "", s.Column != "", s.From != "", s.Own != "", len(s.Parts) > 0} {
		if has {
			origins++
		}
	}
	if origins != 1 {
		c.fault("%s: exactly one of const, oid, column, from, own, parts is wanted", at)
	}
	for _, oid := range []string{s.OID, s.Column} {
		if oid != "" && !validOID(oid) && !relative.MatchString(oid) {
			c.fault("%s: %q is no OID", at, oid)
		}
	}
	if s.From != "" && !knownInput(s.From) {
		c.fault("%s: from %q is no input and no field", at, s.From)
	}
	if s.Own != "" && !slices.Contains(ownFields, s.Own) {
		c.fault("%s: own %q: one of %s", at, s.Own, strings.Join(ownFields, " "))
	}
}

func (c *compiler) row(at string, field inventory.Field, s sourceSpec, out *source) {
	if s.Column == "" {
		if s.Row != "" || s.Where != nil || s.Rows != 0 {
			c.fault("%s: row, rows and where need a column", at)
		}
		return
	}
	switch s.Row {
	case "", "first":
		out.row = "first"
	case "last", "chassis", "root":
	case "all":
		if !field.Multiple() {
			c.fault("%s: row all is for fields with several values", at)
		}
	default:
		c.fault("%s: no row rule %q: first, last, chassis, root or all", at, s.Row)
	}
	if s.Rows < 0 || s.Rows > 1000 {
		c.fault("%s: rows %d is not within 1 and 1000", at, s.Rows)
	}
	if out.rows == 0 {
		out.rows = 24
	}
	if s.Where != nil {
		if !validOID(s.Where.Column) || s.Where.Regex == "" {
			c.fault("%s: where needs a column and a regex", at)
		}
		out.where = &where{s.Where.Column, c.regex(at+" where", s.Where.Regex)}
	}
}

func (c *compiler) classes(at string, s sourceSpec) {
	named := slices.Collect(maps.Values(s.Map))
	named = append(named, s.Const, s.Else)
	if !strings.Contains(s.As, "$") {
		named = append(named, s.As)
	}
	for _, name := range named {
		if _, err := inventory.ParseClass(name); name != "" && err != nil {
			c.fault("%s: %v", at, err)
		}
	}
}

func (c *compiler) when(at string, specs []whenSpec) []when {
	var out []when
	for _, w := range specs {
		if (w.From == "") == (w.OID == "") || w.Regex == "" {
			c.fault("%s: when needs a regex and one of from and oid", at)
		}
		if w.From != "" && !knownInput(w.From) {
			c.fault("%s: when: from %q is no input and no field", at, w.From)
		}
		if w.OID != "" && !validOID(w.OID) {
			c.fault("%s: when: %q is no OID", at, w.OID)
		}
		out = append(out, when{w.From, w.OID, c.regex(at+" when", w.Regex), w.Not})
	}
	return out
}

func (c *compiler) regexes(at string, list texts) []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, s := range list {
		if s == "" {
			c.fault("%s: empty regex", at)
			continue
		}
		out = append(out, c.regex(at, s))
	}
	return out
}

// nothing stands in for a regex that does not compile, so that checks go on.
var nothing = regexp.MustCompile(`^\b$`)

func (c *compiler) regex(at, s string) *regexp.Regexp {
	if s == "" {
		return nil
	}
	r, err := regexp.Compile(s)
	if err != nil {
		c.fault("%s: %v", at, err)
		return nothing
	}
	return r
}

func sourceText(s sourceSpec) string {
	switch {
	case s.Const != "":
		return "const"
	case s.OID != "":
		return objectName(s.OID)
	case s.Column != "" && s.Row != "":
		return objectName(s.Column) + "[" + s.Row + "]"
	case s.Column != "":
		return objectName(s.Column) + "[first]"
	case s.From != "":
		return s.From
	case s.Own != "":
		return "own tree"
	}
	names := make([]string, 0, len(s.Parts))
	for _, part := range s.Parts {
		names = append(names, sourceText(part))
	}
	return strings.Join(names, "+")
}
