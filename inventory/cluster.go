package inventory

import (
	"cmp"
	"slices"
	"time"
)

// node is one thing in the making: at most one remembered asset to begin with,
// and the observations found to be of it.
type node struct {
	order  int // canonical: assets by id, then observations in canonical order
	id     *identity
	known  *identity // what its assets had before
	fresh  *identity // what its observations say
	assets []int     // indexes into Known.Assets
	obs    []int     // indexes into the canonical observations
	into   *node     // set once another has taken it in
}

func (n *node) root() *node {
	for n.into != nil {
		if n.into.into != nil {
			n.into = n.into.into
		}
		n = n.into
	}
	return n
}

// tear is one that could be any of several.
type tear struct {
	node   *node
	rivals []*node
	rung   *matcher
	key    string
}

// crowd is an identifier that too many carry.
type crowd struct {
	rung  *matcher
	key   string
	nodes []*node
}

// clusters sorts observations and remembered assets into things.
type clusters struct {
	known   *Known
	nodes   []*node
	hosts   map[string][]*node // by name
	heard   map[string][]*node // by a name that another had
	apart   map[[2]string]bool
	answers map[string]string // review id → resolution
	client  string
	because map[int]string // observation → the rung that placed it
	tears   []tear
	crowds  []crowd
}

// maxCrowd is how many things may carry one identifier before it identifies
// none of them.
const maxCrowd = 32

// climb goes up the ladder, from the strongest rung to the weakest, and unites
// what each rung says is one thing.
func (c *clusters) climb() {
	for i := range ladder {
		c.rung(&ladder[i])
	}
}

// link is two nodes that a rung would unite.
type link struct {
	a, b  *node
	key   string
	score int
	gap   time.Duration // between the times when both had the name
	lost  bool          // a table's name that is old, or that a third has since: enough for a doubt, too little to unite
}

// apartInTime gives how far apart in time two were called by a name that they
// share: names are passed on.
func apartInTime(a, b *identity) time.Duration {
	least := time.Duration(1<<63 - 1)
	for _, x := range a.called {
		for _, y := range b.called {
			if x.address == y.address {
				least = min(least, max(0, x.from.Sub(y.to), y.from.Sub(x.to)))
			}
		}
	}
	return least
}

func (c *clusters) rung(m *matcher) {
	keys, buckets := c.buckets(m)
	var links []link
	seen := map[[2]*node]bool{}
	for _, k := range keys {
		if len(buckets[k]) > maxCrowd {
			c.crowds = append(c.crowds, crowd{m, k, buckets[k]})
			continue
		}
		links = c.pairs(links, seen, m, k, buckets[k])
	}
	slices.SortStableFunc(links, func(x, y link) int {
		if x.score != y.score {
			return y.score - x.score
		}
		if c := cmp.Compare(x.gap, y.gap); c != 0 {
			return c
		}
		if x.a.order != y.a.order {
			return x.a.order - y.a.order
		}
		return x.b.order - y.b.order
	})
	c.unite(m, links)
}

// buckets gives, by the rung's keys in order, the things that share one.
func (c *clusters) buckets(m *matcher) ([]string, map[string][]*node) {
	buckets := map[string][]*node{}
	for _, n := range c.nodes {
		if n.into != nil {
			continue
		}
		for _, k := range m.keys(n.id) {
			if list := buckets[k]; len(list) == 0 || list[len(list)-1] != n {
				buckets[k] = append(list, n)
			}
		}
	}
	var keys []string
	for k, list := range buckets {
		if len(list) > 1 {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys, buckets
}

// pairs adds a link for each two of a bucket that the rung would unite. Two
// remembered assets are left alone: only something new can bring them together.
func (c *clusters) pairs(links []link, seen map[[2]*node]bool, m *matcher, key string, bucket []*node) []link {
	for i, a := range bucket {
		for _, b := range bucket[i+1:] {
			if len(a.obs) == 0 && len(b.obs) == 0 || seen[[2]*node{a, b}] {
				continue
			}
			seen[[2]*node{a, b}] = true
			p := c.weigh(a, b)
			if p.ev[m.kind] != agrees {
				continue
			}
			why := m.blocked(&p)
			unmet := len(a.id.met) == 0 || len(b.id.met) == 0
			if why == "" || why == namePassedOn && unmet {
				l := link{a: a, b: b, key: key, score: p.score(m.kind)}
				if m.kind == evHost {
					l.gap, l.lost = apartInTime(a.id, b.id), why != "" || unmet && c.handedOn(a, b, key)
				}
				links = append(links, l)
			} else if m.kind == evMAC && p.ev[evHost] == differs {
				c.nameAgainstMAC(m, key, a, b)
			}
		}
	}
	return links
}

// handedOn tells that a table's row and a machine had a name one after the
// other, and that a scan has read it on a third since the earlier had it: the
// name may have gone with the machine's successor, and proves nothing.
func (c *clusters) handedOn(a, b *node, name string) bool {
	had := func(id *identity) (from, to time.Time) {
		for _, s := range id.called {
			if s.address == name {
				return s.from, s.to
			}
		}
		return from, to
	}
	af, at := had(a.id)
	bf, bt := had(b.id)
	if !at.Before(bf) && !bt.Before(af) {
		return false
	}
	lost := at
	if bt.Before(at) {
		lost = bt
	}
	for _, n := range c.heard[name] {
		r := n.root()
		if r == a.root() || r == b.root() {
			continue
		}
		for _, s := range r.id.echoes {
			if s.address == name && s.to.After(lost) {
				return true
			}
		}
	}
	return false
}

// nameAgainstMAC tears what has only a hardware address of one thing and the
// name of another: a laptop on a borrowed dock, or a name left behind.
func (c *clusters) nameAgainstMAC(m *matcher, key string, a, b *node) {
	if len(a.assets) > 0 {
		a, b = b, a
	}
	id := a.id
	if len(a.assets) > 0 || len(b.assets) == 0 || len(id.hosts) > 0 ||
		len(id.serials)+len(id.uuids)+len(id.engines)+len(id.agents)+len(id.refs) > 0 {
		return
	}
	rivals := []*node{b}
	for _, n := range c.namesakes(id) {
		if n != a && n != b {
			rivals = append(rivals, n)
		}
	}
	slices.SortFunc(rivals, func(x, y *node) int { return x.order - y.order })
	t := tear{a, rivals, m, key}
	if !c.answered(&t) {
		c.tears = append(c.tears, t)
	}
}

// weigh compares two nodes, with what only the whole picture tells.
func (c *clusters) weigh(a, b *node) pair {
	p := compare(a.id, b.id)
	if p.ev[evMAC] == agrees && p.ev[evHost] == differs {
		for _, side := range []*node{a, b} {
			for _, n := range c.namesakes(side.id) {
				if n == a || n == b {
					continue
				}
				p.laptopNamed = p.laptopNamed || n.id.class == Laptop
				p.staleName = p.staleName || shared(n.id.addrs, side.id.addrs) > 0 ||
					len(side.id.hosts) == 0 && (n.id.stationary() || stayedAt(n.id, side.id.addrs))
			}
		}
	}
	return p
}

// listNames notes who has which name, before anything is united.
func (c *clusters) listNames() {
	c.hosts, c.heard = map[string][]*node{}, map[string][]*node{}
	for _, n := range c.nodes {
		for _, h := range n.id.names() {
			c.hosts[h] = append(c.hosts[h], n)
		}
		for _, s := range n.id.echoes {
			c.heard[s.address] = append(c.heard[s.address], n)
		}
	}
}

// namesakes gives the things that have one of the identity's names.
func (c *clusters) namesakes(id *identity) []*node {
	var all []*node
	for _, h := range id.names() {
		for _, n := range c.hosts[h] {
			if r := n.root(); !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// score orders links of one rung: what agrees on stronger kinds comes first,
// and what differs counts against. The address counts only where nothing better
// than a name agrees: it changes hands.
func (p *pair) score(rung int) int {
	s := 0
	for k := evRecord; k <= evRef; k++ {
		s *= 3
		switch {
		case p.ev[k] == agrees:
			s += 2
		case p.ev[k] == silent || k == evScan:
			s++
		}
	}
	s *= 2
	if rung >= evHost && p.ev[evAddress] == agrees {
		s++
	}
	return s
}

// unite goes through the links, best first. A node that two equally good links
// would pull to two different things is torn, and stays where it is.
func (c *clusters) unite(m *matcher, links []link) {
	partners := map[*node][]link{}
	for _, l := range links {
		partners[l.a] = append(partners[l.a], l)
		partners[l.b] = append(partners[l.b], l)
	}
	torn := map[*node]bool{}
	for _, l := range links {
		a, b := l.a.root(), l.b.root()
		if a == b || l.lost || torn[l.a] || torn[l.b] {
			continue
		}
		if c.torn(m, l, l.a, l.b, partners, torn) || c.torn(m, l, l.b, l.a, partners, torn) {
			continue
		}
		if c.against(m, a, b) == "" {
			c.join(m, a, b)
		}
	}
}

// against tells why two things that agree on a rung are not one; "" when
// nothing stands against it.
func (c *clusters) against(m *matcher, a, b *node) string {
	if m.kind != evBoard && moreSerials(a.id, b.id) {
		return "different serials" // whatever else says: a matcher's mistake must not cost more than a duplicate
	}
	p := c.weigh(a, b)
	if p.ev[m.kind] != agrees { // what they have become by now does not agree any more
		return keptBefore
	}
	why := m.blocked(&p)
	if why == "" && len(a.assets) > 0 && len(b.assets) > 0 {
		why = c.keptApart(m, a, b, &p)
	}
	return why
}

// moreSerials tells that the two as one would have a serial more than either
// has. One that had its board replaced has two of its own.
func moreSerials(a, b *identity) bool {
	x, y := slices.Compact(boardKeys(a.alone)), slices.Compact(boardKeys(b.alone))
	all := slices.Concat(x, y)
	slices.Sort(all)
	return len(slices.Compact(all)) > max(1, len(x), len(y))
}

// keptBefore is why two that agreed already when they were last looked at stay
// two: what decided then has not changed.
const keptBefore = "kept as two"

// keptApart tells why two remembered assets must not join by themselves. They
// may when one is explained: each identifier that it had is told by the new
// observations or is the other's too, and nothing differs.
func (c *clusters) keptApart(m *matcher, a, b *node, p *pair) string {
	for _, i := range a.assets {
		for _, j := range b.assets {
			x, y := &c.known.Assets[i], &c.known.Assets[j]
			switch {
			case c.apart[[2]string{x.ID, y.ID}] || c.apart[[2]string{y.ID, x.ID}]:
				return "told apart by a person"
			case x.State.gone() || y.State.gone():
				return "one of them is retired"
			}
		}
	}
	before := compare(a.known, b.known)
	if before.ev[m.kind] == agrees && m.blocked(&before) == "" {
		return keptBefore
	}
	if m.kind == evBoard || m.kind == evTurns {
		return ""
	}
	if why := p.against(evSerial, evUUID, evEngine, evMAC, evAgent); why != "" {
		return why
	}
	if m.kind == evHost && p.count(agrees, evSerial, evUUID, evEngine, evMAC, evAgent) == 0 && !meanwhile(a.id, b.id) {
		return "the one had the name after the other"
	}
	if p.ev[evHost] == differs && p.count(agrees, evSerial, evUUID) == 0 {
		return p.against(evHost)
	}
	if m.kind == evHost && c.onlyTwo(a, b) {
		return ""
	}
	fuller := a.fresh != nil && a.fresh.strong() || b.fresh != nil && b.fresh.strong()
	if m.kind == evHost && !fuller {
		return "a name alone does not join what is remembered as two"
	}
	if p.count(agrees, evSerial, evUUID, evEngine, evMAC, evAgent, evHost) < 2 && !explained(a, b) && !explained(b, a) {
		return "each has identifiers that the other lacks"
	}
	return ""
}

// meanwhile tells that two had a name that they share at the same time: what
// comes after is as well another machine that was given the name. A table tells
// names beforehand.
func meanwhile(a, b *identity) bool {
	gap := apartInTime(a, b)
	return gap == 0 || gap <= addressLife && (len(a.met) == 0 || len(b.met) == 0)
}

// onlyTwo tells that nothing else has the name that one tells and the other has
// been read with more than once.
func (c *clusters) onlyTwo(a, b *node) bool {
	if shared(a.id.proven, b.id.hosts)+shared(b.id.proven, a.id.hosts) == 0 {
		return false
	}
	for _, n := range slices.Concat(c.namesakes(a.id), c.namesakes(b.id)) {
		if r := n.root(); r != a && r != b {
			return false
		}
	}
	for _, h := range slices.Concat(a.id.names(), b.id.names()) {
		for _, n := range c.heard[h] {
			if r := n.root(); r != a && r != b {
				return false
			}
		}
	}
	return true
}

// explained tells that each strong kind that the assets of a had is one on
// which they agree with the new observations of a, or with b.
func explained(a, b *node) bool {
	id := a.known
	p := compare(id, both(a.fresh, b.id))
	return (len(id.serials) == 0 || p.ev[evSerial] == agrees) &&
		(len(id.uuids) == 0 || p.ev[evUUID] == agrees) &&
		(len(id.engines) == 0 || p.ev[evEngine] == agrees) &&
		(len(id.macs) == 0 || p.ev[evMAC] == agrees)
}

// gone tells that the asset has left service for good.
func (s State) gone() bool { return s == Retired || s == Disposed }

// join makes two nodes one; the earlier in canonical order stays.
func (c *clusters) join(m *matcher, a, b *node) {
	if b.order < a.order {
		a, b = b, a
	}
	// The reason kept is the rung that brought the observation to its asset; for
	// observations among themselves, the first that brought it to another.
	for _, side := range [2][2]*node{{a, b}, {b, a}} {
		for _, i := range side[0].obs {
			if c.because[i] == "" || len(side[0].assets) == 0 && len(side[1].assets) > 0 {
				c.because[i] = m.name
			}
		}
	}
	if m.kind >= evSerial && m.kind <= evAgent {
		a.id, b.id = unborrowed(a, b), unborrowed(b, a)
	}
	a.id, a.known, a.fresh = both(a.id, b.id), both(a.known, b.known), both(a.fresh, b.fresh)
	a.assets = append(a.assets, b.assets...)
	a.obs = append(a.obs, b.obs...)
	slices.Sort(a.obs)
	b.into = a
}

// unborrowed gives the identity of a without the names that a scan read and b
// does not have: what placed it was something better, and they may be left from
// the last holder of its address.
func unborrowed(a, b *node) *identity {
	if len(a.assets) > 0 || len(a.id.dns) == 0 {
		return a.id
	}
	id := *a.id
	names := b.id.names()
	id.dns = slices.DeleteFunc(slices.Clone(id.dns), func(n string) bool { return !slices.Contains(names, n) })
	return &id
}

// both merges two identities, either of which may be missing.
func both(a, b *identity) *identity {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	m := merge(a, b)
	return &m
}
