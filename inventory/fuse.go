package inventory

import (
	"slices"
	"strings"
)

// Fuse makes one observation of several of one device, of one scan: every fact
// and list of each, ordered so that Best and Get give what Reconcile would keep
// of them. A weaker source's confidence is lowered to the stronger's where it
// was higher. Source names all sources, joined by "+"; the rest is the first's.
// The result is for printing: what is stored keeps each source's word apart.
func Fuse(observations ...Observation) Observation {
	if len(observations) == 0 {
		return Observation{}
	}
	sorted := slices.Clone(observations)
	slices.SortStableFunc(sorted, func(a, b Observation) int {
		return detailTrust[b.Source] - detailTrust[a.Source]
	})
	all := observations[0]
	all.Facts, all.Details = nil, Details{}
	var sources []string
	best := map[Field]Value{}
	for i := range sorted {
		for f, v := range valuesOf(&sorted[i]) {
			if cur, ok := best[f]; !ok || strength(f, v) > strength(f, cur) {
				best[f] = v
			}
		}
	}
	for i := range sorted {
		o := &sorted[i]
		for _, f := range o.Facts {
			if b, ok := best[f.Field]; ok && !f.Field.Multiple() {
				if f.Value == b.Value && o.Source == b.Source && f.Confidence == b.Confidence {
					all.Facts = slices.Insert(all.Facts, 0, f)
					continue
				}
				f.Confidence = min(f.Confidence, b.Confidence)
			}
			all.Facts = append(all.Facts, f)
		}
		mergeDetails(&all.Details, o, (&Asset{}).heard())
		if all.At.IsZero() || o.At.Before(all.At) {
			all.At = o.At
		}
	}
	for _, s := range []Source{FromNmap, FromSNMP, FromAgent, FromCSV, FromHand} {
		if slices.ContainsFunc(observations, func(o Observation) bool { return o.Source == s }) {
			sources = append(sources, string(s))
		}
	}
	all.Source = Source(strings.Join(sources, "+"))
	return all
}
