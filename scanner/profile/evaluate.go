package profile

import (
	"slices"
	"strings"

	"parc/inventory"
)

// evaluator resolves the fields of one device against what it answered. With
// wants set it notes what is missing instead of giving up on it.
type evaluator struct {
	q       *Inquiry
	wants   *Ask
	done    map[inventory.Field]finding
	working map[inventory.Field]bool
	trace   []Step
}

// finding is the value a field came to.
type finding struct {
	values     []string
	from       string
	confidence inventory.Confidence
	pending    bool // it depends on what was not asked yet
}

func (q *Inquiry) evaluator() *evaluator {
	return &evaluator{q: q, done: map[inventory.Field]finding{}, working: map[inventory.Field]bool{}}
}

// Step is one line of a trace: a source that was looked at for a field.
type Step struct {
	Field   inventory.Field
	Source  string
	Value   string
	Outcome string // "won", "lost: …" with the reason, "no answer"
}

// The outcomes that are not reasons.
const (
	outcomeWon      = "won"
	outcomeNothing  = "no answer"
	outcomeLater    = "not needed"
	outcomeShallow  = "only at full depth"
	outcomeUnmet    = "condition not met"
	outcomePending  = "not asked yet"
	outcomeRejected = "rejected: "
)

// resolve gives the first acceptable value among a field's sources.
func (e *evaluator) resolve(field inventory.Field) finding {
	if f, ok := e.done[field]; ok {
		return f
	}
	if e.working[field] || e.q.profile == nil {
		return finding{}
	}
	e.working[field] = true
	defer delete(e.working, field)
	var found finding
	level := -1
	for _, s := range e.q.profile.fields[field] {
		if found.values != nil {
			e.step(field, s, "", outcomeLater)
			continue
		}
		if level >= 0 && s.level > level {
			break
		}
		r := e.read(field, s)
		if r.outcome == outcomePending && level < 0 {
			level = s.level
			found.pending = true
		}
		e.step(field, s, strings.Join(r.values, ", "), r.outcome)
		if r.outcome == outcomeWon && !found.pending {
			found = finding{values: r.values, from: e.q.profile.ID + ":" + s.text, confidence: s.confidence}
		}
	}
	e.done[field] = found
	return found
}

func (e *evaluator) step(field inventory.Field, s *source, value, outcome string) {
	e.trace = append(e.trace, Step{field, s.text, value, outcome})
}

// reading is what one source gave.
type reading struct {
	values  []string
	outcome string
}

func none(outcome string) reading { return reading{outcome: outcome} }

// read gives what a source says for a field, cleaned and checked.
func (e *evaluator) read(field inventory.Field, s *source) reading {
	if s.fullOnly && e.q.depth != inventory.DepthFull {
		return none(outcomeShallow)
	}
	switch met, pending := e.met(s.when); {
	case pending:
		return none(outcomePending)
	case !met:
		return none(outcomeUnmet)
	}
	raw, pending := e.raw(s)
	if pending {
		return none(outcomePending)
	}
	refused := ""
	var values []string
	for _, value := range raw {
		value, reason := e.refine(field, s, value)
		if reason != "" {
			refused = reason
			continue
		}
		if value != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
		if s.row != "all" && len(values) > 0 {
			break
		}
	}
	switch {
	case len(values) > 0:
		return reading{values, outcomeWon}
	case refused != "":
		return reading{raw[:1], outcomeRejected + refused}
	}
	return none(outcomeNothing)
}

// refine applies regex, models, map and the checks of the field.
func (e *evaluator) refine(field inventory.Field, s *source, value string) (out, refused string) {
	if value == "" {
		return "", ""
	}
	value, ok := s.transform(value, e.q.profile.models)
	if !ok || value == "" {
		return "", "does not fit"
	}
	for _, r := range s.reject {
		if r.MatchString(value) {
			return "", "reject"
		}
	}
	if field == "" {
		return value, ""
	}
	if field == inventory.FieldVendor {
		value = e.q.set.canonical(value)
	}
	if reason := e.q.set.junk.unfit(field, value); reason != "" {
		return "", reason
	}
	if field == inventory.FieldClass {
		if _, err := inventory.ParseClass(value); err != nil {
			return "", "no class"
		}
	}
	return value, ""
}

// transform applies regex with as, models and map.
func (s *source) transform(value string, models map[string]string) (string, bool) {
	if s.regex != nil {
		var ok bool
		if value, ok = expand(s.regex, s.as, value); !ok {
			return "", false
		}
	}
	if s.models {
		model, ok := models[strings.TrimPrefix(value, ".")]
		if !ok {
			return "", false
		}
		value = model
	}
	if s.values != nil {
		mapped, ok := s.values[value]
		if !ok {
			mapped = s.otherwise
		}
		value = mapped
	}
	return value, value != ""
}

// raw gives the values as they stand at the source.
func (e *evaluator) raw(s *source) (values []string, pending bool) {
	switch {
	case s.constant != "":
		return []string{s.constant}, false
	case s.oid != "":
		oid := e.q.absolute(s.base, s.oid)
		v, known := e.q.answers.scalars[oid]
		if oid == "" {
			return nil, false
		}
		if !known {
			e.want(oid)
			return nil, true
		}
		return keep(text(v, s.format)), false
	case s.column != "":
		root := e.q.absolute(s.base, s.column)
		if root == "" {
			return nil, false
		}
		return e.column(s, root)
	case s.own != "":
		return e.own(s.own)
	case s.from != "":
		value, pending := e.input(s.from)
		return keep(value), pending
	}
	return e.parts(s)
}

// absolute gives the OID of a source that is written relative to the
// sysObjectID; "" when that has too few arcs.
func (q *Inquiry) absolute(base int, oid string) string {
	if base == 0 {
		return oid
	}
	own := strings.Split(q.input("sysobjectid"), ".")
	if len(own) < base {
		return ""
	}
	return strings.Join(own[:base], ".") + "." + oid
}

func keep(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// input reads a named input or another field.
func (e *evaluator) input(name string) (value string, pending bool) {
	if slices.Contains(inputs, name) && (name != "hostname" || e.q.given.Hostname != "") {
		return e.q.input(name), false
	}
	field, ok := knownField(name)
	if !ok {
		return "", false
	}
	f := e.resolve(field)
	return strings.Join(f.values, " "), f.pending
}

// parts joins several sources to one value.
func (e *evaluator) parts(s *source) (values []string, pending bool) {
	var texts []string
	missing := false
	for _, part := range s.parts {
		r := e.read("", part)
		switch {
		case r.outcome == outcomePending:
			pending = true
		case r.outcome == outcomeWon:
			texts = append(texts, r.values[0])
		case !part.optional:
			missing = true
		}
	}
	if pending || missing || len(texts) == 0 {
		return nil, pending && !missing
	}
	return []string{strings.Join(texts, s.join)}, false
}

// met tells whether all conditions hold.
func (e *evaluator) met(conditions []when) (met, pending bool) {
	for _, w := range conditions {
		var value string
		if w.oid != "" {
			v, known := e.q.answers.scalars[w.oid]
			if !known {
				e.want(w.oid)
				pending = true
				continue
			}
			value = text(v, "")
		} else {
			var later bool
			if value, later = e.input(w.from); later {
				pending = true
				continue
			}
		}
		if w.regex.MatchString(value) == w.not {
			return false, false
		}
	}
	return true, pending
}

// want notes an object to be asked.
func (e *evaluator) want(oid string) {
	if e.wants != nil && !slices.Contains(e.wants.Get, oid) {
		e.wants.Get = append(e.wants.Get, oid)
	}
}

// wantColumn notes a column to be walked.
func (e *evaluator) wantColumn(root string, rows int) {
	if e.wants == nil {
		return
	}
	for i, c := range e.wants.Walk {
		if c.Root == root {
			e.wants.Walk[i].Rows = max(c.Rows, rows)
			return
		}
	}
	e.wants.Walk = append(e.wants.Walk, Column{root, rows})
}
