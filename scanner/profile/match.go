package profile

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// rank is where a match stands in the total order in which profiles are
// chosen: the longest sysObjectID prefix, then the most keys, then the id.
type rank struct {
	arcs int
	keys int
	id   string
}

func (a rank) compare(b rank) int {
	return cmp.Or(cmp.Compare(b.arcs, a.arcs), cmp.Compare(b.keys, a.keys), cmp.Compare(a.id, b.id))
}

// candidate is a profile of which one way holds as far as is known; it needs
// still be seen whether the device has one of needs.
type candidate struct {
	profile *Profile
	rank    rank
	needs   []has
}

// facts are what matching looks at.
type facts struct {
	given       Given
	sysDescr    string
	sysObjectID string
	sysName     string
}

// candidates gives every profile that may fit, best first.
func (s *Set) candidates(f facts) []candidate {
	var out []candidate
	seen := map[*Profile]bool{}
	try := func(p *Profile) {
		if seen[p] {
			return
		}
		seen[p] = true
		for _, w := range p.ways {
			if arcs, ok := w.holds(f); ok {
				out = append(out, candidate{p, rank{arcs, w.keys, p.ID}, w.has})
			}
		}
	}
	for prefix := f.sysObjectID; prefix != ""; prefix = parent(prefix) {
		for _, p := range s.byArc[prefix] {
			try(p)
		}
	}
	for _, p := range s.arcless {
		try(p)
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return a.rank.compare(b.rank) })
	return out
}

func parent(oid string) string {
	at := strings.LastIndexByte(oid, '.')
	if at < 0 {
		return ""
	}
	return oid[:at]
}

// holds tells whether every key but has holds, and how many arcs matched.
func (w way) holds(f facts) (arcs int, ok bool) {
	if len(w.arcs) > 0 {
		for _, prefix := range w.arcs {
			if within(f.sysObjectID, prefix) {
				arcs = max(arcs, strings.Count(prefix, ".")+1)
			}
		}
		if arcs == 0 {
			return 0, false
		}
	}
	if len(w.sysDescr) > 0 && !anyMatch(w.sysDescr, f.sysDescr) ||
		len(w.notDescr) > 0 && anyMatch(w.notDescr, f.sysDescr) ||
		len(w.sysName) > 0 && !anyMatch(w.sysName, f.sysName) {
		return 0, false
	}
	for _, h := range w.hints {
		if !slices.ContainsFunc(f.given.hintText(h.input), func(s string) bool { return s != "" && anyMatch(h.any, s) }) {
			return 0, false
		}
	}
	if len(w.has) > 0 && !f.given.SNMP {
		return 0, false
	}
	return arcs, true
}

func anyMatch(list []*regexp.Regexp, s string) bool {
	return slices.ContainsFunc(list, func(r *regexp.Regexp) bool { return r.MatchString(s) })
}

// satisfied tells whether the device has one of what a candidate needs;
// unknown lists what has to be asked first.
func satisfied(needs []has, a *Answers) (ok bool, unknown []string) {
	if len(needs) == 0 {
		return true, nil
	}
	for _, h := range needs {
		v, known := a.nexts[h.oid]
		if strings.HasSuffix(h.oid, ".0") {
			v, known = a.scalars[h.oid]
		}
		if !known {
			unknown = append(unknown, h.oid)
			continue
		}
		if !v.Absent() && (h.regex == nil || h.regex.MatchString(text(v, ""))) {
			return true, nil
		}
	}
	return false, unknown
}
