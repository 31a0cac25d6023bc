package profile

import (
	"slices"
	"strings"

	"parc/inventory"
)

// Inquiry is one device being asked: first what tells which profile fits, then
// what that profile wants. It is used by one goroutine.
type Inquiry struct {
	set       *Set
	given     Given
	depth     inventory.Depth
	answers   *Answers
	profile   *Profile // nil until chosen
	rejected  []string // profiles that would have ranked higher, had the device what they need
	rounds    int
	started   bool
	collected bool
	card      map[string]string // what the maker's tree looks like it says; nil until read
}

// maxRounds bounds how often a device is asked for its identity: a profile
// whose sources lead on and on is cut here.
const maxRounds = 8

// maxGets is how many objects one Ask holds at most.
const maxGets = 400

// Inquire starts asking one device.
func (s *Set) Inquire(g Given, depth inventory.Depth) *Inquiry {
	return &Inquiry{set: s, given: g, depth: depth, answers: newAnswers()}
}

// Add takes what the device answered. Answers that come by themselves, as
// those of a sweep, are given with an Ask of their own: Ask{Get: FirstOIDs()}.
// A sweep's answer without a value says only that the device is there: v1
// refuses a whole question for one object that it does not have.
func (q *Inquiry) Add(ask Ask, reply Reply) {
	if !q.started && len(reply.Get) == 0 {
		return
	}
	q.answers.add(ask, reply)
}

// Next gives what to ask; an empty Ask when nothing is left.
func (q *Inquiry) Next() Ask {
	q.started = true
	if !q.given.SNMP {
		if q.profile == nil {
			q.choose()
		}
		return Ask{}
	}
	if ask := q.first(); !ask.Empty() {
		return ask
	}
	if q.rounds++; q.rounds > maxRounds {
		return q.collect()
	}
	if q.profile == nil {
		if ask := q.choose(); !ask.Empty() {
			return ask
		}
	}
	if ask := q.identify(); !ask.Empty() {
		return ask
	}
	return q.collect()
}

// first asks for the system group, as far as it was not given.
func (q *Inquiry) first() Ask {
	var ask Ask
	for _, oid := range FirstOIDs() {
		if _, known := q.answers.scalars[oid]; !known {
			ask.Get = append(ask.Get, oid)
		}
	}
	return ask
}

func (q *Inquiry) facts() facts {
	return facts{
		given: q.given, sysDescr: q.input("sysdescr"), sysObjectID: q.input("sysobjectid"), sysName: q.input("sysname"),
	}
}

// choose settles which profile fits, or asks for what that depends on.
func (q *Inquiry) choose() Ask {
	var ask Ask
	q.rejected = q.rejected[:0]
	for _, c := range q.set.candidates(q.facts()) {
		ok, unknown := satisfied(c.needs, q.answers)
		if ok && ask.Empty() {
			q.profile = c.profile
			return Ask{}
		}
		if ok {
			break
		}
		if len(unknown) == 0 && !slices.Contains(q.rejected, c.profile.ID) {
			q.rejected = append(q.rejected, c.profile.ID)
		}
		for _, oid := range unknown {
			ask.need(oid)
		}
	}
	if ask.Empty() {
		q.profile = q.set.generic
		return ask
	}
	if q.byAgent() {
		for _, place := range beyond {
			ask.need(place)
		}
	}
	return ask
}

// need adds an object whose presence matters.
func (a *Ask) need(oid string) {
	if strings.HasSuffix(oid, ".0") {
		if !slices.Contains(a.Get, oid) {
			a.Get = append(a.Get, oid)
		}
	} else if !slices.Contains(a.Next, oid) {
		a.Next = append(a.Next, oid)
	}
}

// identify asks for what the fields still need: of each field the first
// sources that were not asked yet, as far as they are of one level.
func (q *Inquiry) identify() Ask {
	var ask Ask
	e := q.evaluator()
	e.wants = &ask
	for _, field := range identityFields {
		e.resolve(field)
	}
	if len(ask.Get) > maxGets {
		ask.Get = ask.Get[:maxGets]
	}
	return ask
}

// collect asks once for the tables, at full depth.
func (q *Inquiry) collect() Ask {
	if q.collected || q.depth != inventory.DepthFull || q.profile == nil {
		return Ask{}
	}
	q.collected = true
	var ask Ask
	add := func(c Column) {
		if known, ok := q.answers.columns[c.Root]; ok && (known.whole || known.limit >= c.Rows) {
			return
		}
		if !slices.ContainsFunc(ask.Walk, func(have Column) bool { return have.Root == c.Root }) {
			ask.Walk = append(ask.Walk, c)
		}
	}
	for _, name := range q.profile.collect {
		for _, root := range collectors[name].columns {
			add(Column{root, collectors[name].rows})
		}
		for _, oid := range collectors[name].scalars {
			if _, known := q.answers.scalars[oid]; !known {
				ask.need(oid)
			}
		}
	}
	e := q.evaluator()
	for _, t := range q.profile.tables {
		if !e.conditions(t.when) {
			continue
		}
		for _, c := range t.columns {
			if c.column != "" {
				add(Column{c.column, t.rows})
			}
		}
	}
	return ask
}

// input gives the value of a named input, "" when it is unknown.
func (q *Inquiry) input(name string) string {
	scalar := func(oid string) string { return text(q.answers.scalars[oid], "") }
	switch name {
	case "sysdescr":
		return scalar(oidSysDescr)
	case "version-word":
		return wordOfVersion(scalar(oidSysDescr))
	case "model-word":
		return wordOfModel(scalar(oidSysDescr), q.input("enterprise-vendor"))
	case "sysobjectid":
		if v := q.answers.scalars[oidSysObjectID]; v.Tag == TagOID {
			return v.Text
		}
		return strings.TrimPrefix(scalar(oidSysObjectID), ".")
	case "sysname":
		return scalar(oidSysName)
	case "syslocation":
		return scalar(oidSysLocation)
	case "syscontact":
		return scalar(oidSysContact)
	case "enterprise":
		return enterpriseOf(q.input("sysobjectid"))
	case "maker-vendor":
		return q.set.enterprise(q.maker()).vendor
	case "maker-class":
		return q.set.enterprise(q.maker()).class
	case "enterprise-vendor":
		return q.set.enterprise(q.input("enterprise")).vendor
	case "enterprise-class":
		return q.set.enterprise(q.input("enterprise")).class
	case "enterprise-guess":
		return q.set.enterprise(q.input("enterprise")).guess
	}
	return strings.Join(q.given.hintText(name), "\n")
}
