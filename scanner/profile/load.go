package profile

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"parc/inventory"
)

//go:embed all:data
var embedded embed.FS

// genericID names the profile that stands in where none fits.
const genericID = "_generic"

// Set is a checked set of profiles with the tables they share. It does not
// change after Load and may be used by many goroutines.
type Set struct {
	profiles    map[string]*Profile
	byArc       map[string][]*Profile // by sysObjectID prefix
	arcless     []*Profile            // profiles with a way that names no prefix
	generic     *Profile
	junk        *junk
	vendors     vendors
	enterprises map[string]enterprise
}

// Load reads the embedded profiles, then every folder of an operator in turn:
// a profile there replaces the one with its id. Anything wrong is one error
// that lists every problem.
func Load(extra ...fs.FS) (*Set, error) {
	set, problems := load(extra...)
	if len(problems) > 0 {
		lines := make([]string, 0, len(problems))
		for _, p := range problems {
			lines = append(lines, p.String())
		}
		return nil, inventory.Errorf(inventory.Invalid, "device profiles: %s", strings.Join(lines, "; "))
	}
	return set, nil
}

func load(extra ...fs.FS) (*Set, []Problem) {
	set := &Set{profiles: map[string]*Profile{}, byArc: map[string][]*Profile{}}
	problems := set.loadTables()
	parts, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, []Problem{{File: "data", Message: err.Error()}}
	}
	specs := map[string]profileSpec{}
	for i, folder := range append([]fs.FS{parts}, extra...) {
		problems = append(problems, set.loadFolder(folder, specs, i > 0)...)
	}
	problems = append(problems, set.link(specs)...)
	set.index()
	if set.generic = set.profiles[genericID]; set.generic == nil {
		problems = append(problems, Problem{File: "data", Message: "the profile " + genericID + " is missing"})
	}
	return set, problems
}

// loadFolder reads every YAML file of a folder but the tables.
func (s *Set) loadFolder(folder fs.FS, specs map[string]profileSpec, added bool) []Problem {
	var problems []Problem
	here := map[string]*Profile{}
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || path.Ext(name) != ".yaml" && path.Ext(name) != ".yml" || tableFile(name) {
			return nil
		}
		problems = append(problems, s.loadFile(folder, name, specs, here)...)
		return nil
	})
	if err != nil {
		problems = append(problems, Problem{File: ".", Message: err.Error()})
	}
	for _, p := range here {
		p.added = added
	}
	return problems
}

func (s *Set) loadFile(folder fs.FS, name string, specs map[string]profileSpec, here map[string]*Profile) []Problem {
	f, err := folder.Open(name)
	if err != nil {
		return []Problem{{File: name, Message: err.Error()}}
	}
	defer f.Close()
	documents, err := parseSpecs(f)
	if err != nil {
		return []Problem{{File: name, Message: err.Error()}}
	}
	var problems []Problem
	for _, spec := range documents {
		p, faults := compile(name, spec)
		for _, fault := range faults {
			problems = append(problems, Problem{name, spec.ID, fault})
		}
		if other, twice := here[p.ID]; twice {
			problems = append(problems, Problem{name, p.ID, "the id is taken by " + other.File})
			continue
		}
		here[p.ID] = p
		s.profiles[p.ID], specs[p.ID] = p, spec
	}
	return problems
}

// link resolves extends: a profile's own sources come first, those of its
// parts follow, in the order named; models, tables and collectors add up.
func (s *Set) link(specs map[string]profileSpec) []Problem {
	var problems []Problem
	linked := map[string]bool{}
	var visit func(id string, path []string) bool
	visit = func(id string, path []string) bool {
		if linked[id] {
			return true
		}
		p := s.profiles[id]
		if slices.Contains(path, id) {
			problems = append(problems, Problem{p.File, id, "extends in a circle: " + strings.Join(append(path, id), " → ")})
			return false
		}
		for _, name := range specs[id].Extends {
			base := s.profiles[name]
			if base == nil || !base.Part {
				problems = append(problems, Problem{p.File, id, fmt.Sprintf("extends %q: no such part (parts start with _)", name)})
				continue
			}
			if visit(name, append(path, id)) {
				p.inherit(base, specs[id].Final)
			}
		}
		if last := s.profiles["_last"]; last != nil && !p.Part {
			p.inherit(last, specs[id].Final)
		}
		linked[id] = true
		return true
	}
	for _, id := range slices.Sorted(maps.Keys(s.profiles)) {
		visit(id, nil)
	}
	for _, id := range slices.Sorted(maps.Keys(s.profiles)) {
		if loop := s.profiles[id].circle(); loop != "" {
			problems = append(problems, Problem{s.profiles[id].File, id, loop})
		}
	}
	return problems
}

func (p *Profile) inherit(base *Profile, final texts) {
	for field, list := range base.fields {
		if slices.Contains(final, string(field)) {
			continue
		}
		for _, src := range list {
			lower := *src
			lower.level++
			p.fields[field] = append(p.fields[field], &lower)
		}
	}
	if len(base.models) > 0 {
		models := maps.Clone(base.models)
		maps.Copy(models, p.models)
		p.models = models
	}
	p.tables = append(slices.Clone(p.tables), base.tables...)
	for _, name := range base.collect {
		if !slices.Contains(p.collect, name) {
			p.collect = append(slices.Clone(p.collect), name)
		}
	}
}

// circle tells of fields that are read from each other.
func (p *Profile) circle() string {
	var visit func(f inventory.Field, path []inventory.Field) string
	visit = func(f inventory.Field, path []inventory.Field) string {
		if slices.Contains(path, f) {
			return fmt.Sprintf("%s is read from itself", f)
		}
		for _, src := range p.fields[f] {
			for _, name := range src.reads() {
				next, ok := knownField(name)
				if !ok || slices.Contains(inputs, name) {
					continue
				}
				if loop := visit(next, append(path, f)); loop != "" {
					return loop
				}
			}
		}
		return ""
	}
	for _, f := range identityFields {
		if loop := visit(f, nil); loop != "" {
			return loop
		}
	}
	return ""
}

// reads lists the inputs and fields that a source depends on.
func (s *source) reads() []string {
	var names []string
	if s.from != "" {
		names = append(names, s.from)
	}
	for _, w := range s.when {
		if w.from != "" {
			names = append(names, w.from)
		}
	}
	for _, part := range s.parts {
		names = append(names, part.reads()...)
	}
	return names
}

func (s *Set) index() {
	for _, id := range slices.Sorted(maps.Keys(s.profiles)) {
		p := s.profiles[id]
		if p.Part {
			continue
		}
		free := false
		for _, w := range p.ways {
			free = free || len(w.arcs) == 0
			for _, arc := range w.arcs {
				if !slices.Contains(s.byArc[arc], p) {
					s.byArc[arc] = append(s.byArc[arc], p)
				}
			}
		}
		if free {
			s.arcless = append(s.arcless, p)
		}
	}
}

// Profiles lists every profile that can match, by id.
func (s *Set) Profiles() []*Profile {
	var out []*Profile
	for _, id := range slices.Sorted(maps.Keys(s.profiles)) {
		if p := s.profiles[id]; !p.Part {
			out = append(out, p)
		}
	}
	return out
}
