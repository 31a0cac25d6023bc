package inventory

import (
	"slices"
	"strings"
	"time"
)

// torn tells whether pivot could as well go to a rival that cannot be the same
// thing as other. A person's answer settles it.
func (c *clusters) torn(m *matcher, l link, pivot, other *node, partners map[*node][]link, torn map[*node]bool) bool {
	remembered := len(pivot.root().assets) > 0
	if remembered && len(other.root().assets) == 0 {
		return false // a remembered asset may well gather several observations
	}
	var rivals []*node
	for _, r := range partners[pivot] {
		rival := r.a
		if rival == pivot {
			rival = r.b
		}
		if remembered && len(rival.root().assets) == 0 {
			continue
		}
		if r.score != l.score || rival.root() == other.root() || rival.root() == pivot.root() {
			continue
		}
		if r.gap-l.gap > nameHandover && len(rival.root().id.met) > 0 {
			continue // the name has been passed on; what only a table tells of may be met at any time
		}
		if c.together(m, pivot.root(), other.root(), rival.root()) {
			continue
		}
		rivals = append(rivals, rival)
	}
	if len(rivals) == 0 {
		return false
	}
	if remembered {
		return true // it has a place already, and joins neither
	}
	torn[pivot] = true
	rivals = append(rivals, other)
	slices.SortFunc(rivals, func(x, y *node) int { return x.order - y.order })
	t := tear{pivot, slices.Compact(rivals), m, l.key}
	if c.answered(&t) {
		return true
	}
	c.tears = append(c.tears, t)
	return true
}

// nameHandover is how much further away in time one of two namesakes must have
// had the name for the other to be meant.
const nameHandover = 8 * 24 * time.Hour

// answered places a torn node where a person has said that it belongs.
func (c *clusters) answered(t *tear) bool {
	answer, ok := c.answers[t.reviewID(c.client)]
	if !ok || answer == "" {
		return false
	}
	for _, r := range t.rivals {
		root := r.root()
		for _, i := range root.assets {
			if c.known.Assets[i].ID == answer {
				p := c.weigh(t.node.root(), root)
				if p.against(evSerial, evUUID) == "" {
					c.join(&matcher{name: "review"}, t.node.root(), root)
				}
				return true
			}
		}
	}
	return answer == ResolvedNew
}

// together tells whether three may be one thing: the pivot with one of two, and
// the other with both.
func (c *clusters) together(m *matcher, pivot, a, b *node) bool {
	three := both(pivot.id, a.id)
	p, q := compare(three, b.id), compare(a.id, b.id)
	if p.against(evSerial, evUUID) != "" {
		return false
	}
	if q.ev[evMAC] == differs && shared(pivot.id.macs, a.id.macs) == len(a.id.macs) && shared(pivot.id.macs, b.id.macs) == len(b.id.macs) {
		q.ev[evMAC] = silent // the pivot has the addresses of both: they are its own
	}
	alike := q.count(agrees, evSerial, evUUID, evEngine, evMAC, evAgent)
	switch {
	case q.ev[m.kind] == agrees:
		if m.blocked(&q) != "" {
			return false
		}
	case alike > 0:
	case q.unlikeClass(), q.count(differs, evEngine, evMAC, evAgent, evHost, evRef) > 0:
		return false
	}
	if len(a.assets) == 0 || len(b.assets) == 0 {
		return true
	}
	if m.kind == evHost && alike == 0 {
		return false // two remembered things of one name: the name is proven to be shared
	}
	return c.keptApart(m, &node{id: three, known: a.known, fresh: both(a.fresh, pivot.fresh), assets: a.assets}, b, &p) == ""
}

// about tells what the doubt is about; it is the same at every scan as long as
// the doubt is the same.
func (t *tear) about() []string {
	return []string{t.rung.name, strings.Join(t.rung.keys(t.node.id), " "), strings.Join(t.node.id.sites, " ")}
}

func (t *tear) reviewID(client string) string {
	return reviewID(client, ReviewTwoCandidates, t.about()...)
}
