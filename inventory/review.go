package inventory

import (
	"slices"
	"strings"
	"time"
)

// reviewID gives the id of a doubt from what it is about.
func reviewID(client, kind string, about ...string) string {
	return DerivedID(time.Unix(0, 0), strings.Join(append([]string{"review", client, kind}, about...), "|"))
}

// review tells a doubt, once for what it is about.
func (r *reconciler) review(kind, reason string, assets []string, o *Observation, about ...string) {
	id := reviewID(r.client, kind, about...)
	if r.told[id] {
		return
	}
	r.told[id] = true
	if assets == nil {
		assets = []string{}
	}
	r.plan.Review = append(r.plan.Review, Review{
		ID: id, ClientID: r.client, At: r.now, Kind: kind, Reason: reason, AssetIDs: assets, Evidence: *o,
	})
}

// object tells the doubts that were raised about one asset.
func (r *reconciler) object(list []objection) {
	for i := range list {
		x := &list[i]
		r.review(x.kind, x.reason, []string{x.asset}, x.o, x.about...)
	}
}

// doubt tells what climbing the ladder left open.
func (r *reconciler) doubt() {
	for i := range r.tears {
		r.doubtTear(&r.tears[i])
	}
	told := r.doubtBoards()
	for i := range ladder {
		if ladder[i].doubt {
			r.doubtRung(&ladder[i], told)
		}
	}
	for _, c := range r.crowds {
		if c.rung.doubt {
			r.review(ReviewShared, itoa(len(c.nodes))+" things carry "+c.rung.name+" "+c.key+": it identifies none of them",
				r.assetIDs(c.nodes...), r.witness(c.nodes...), c.rung.name, c.key)
		}
	}
}

// doubtRung looks at what agrees on a rung and was not united. It does so when
// all is settled, so that the same observations give the same doubts again.
func (r *reconciler) doubtRung(m *matcher, told map[[2]*node]bool) {
	keys, buckets := r.buckets(m)
	for _, k := range keys {
		if len(buckets[k]) > maxCrowd {
			continue
		}
		for i, x := range buckets[k] {
			for _, y := range buckets[k][i+1:] {
				if len(x.obs)+len(y.obs) == 0 || r.waits(x) || r.waits(y) || told[[2]*node{x, y}] || told[[2]*node{y, x}] {
					continue
				}
				p := r.weigh(x, y)
				if p.ev[m.kind] != agrees || p.boardAndServer() != "" {
					continue
				}
				why := r.against(m, x, y)
				if why == "" || why == keptBefore || m.kind == evSerial && ofStack(k, x, y) {
					continue
				}
				told[[2]*node{x, y}] = true
				if !routine(m, &p, x, y) {
					r.review(ReviewContradiction, "both have "+m.name+" "+k+", and "+why+": kept as two",
						r.assetIDs(x, y), r.witness(x, y), m.name, k)
				}
			}
		}
	}
}

// waits tells that a thing was held.
func (r *reconciler) waits(n *node) bool {
	return r.waiting[n] || len(n.assets) == 0 && r.asset[n] == nil
}

// routine tells that two things share a hardware address in a way that needs
// no person: a dock, a print server, a cluster.
func routine(m *matcher, p *pair, x, y *node) bool {
	return m.kind == evMAC && (p.against(evSerial, evUUID) != "" || len(x.assets) > 0 && len(y.assets) > 0)
}

// ofStack tells that a serial is of a member of one of two stacks.
func ofStack(key string, nodes ...*node) bool {
	return slices.ContainsFunc(nodes, func(n *node) bool {
		return len(n.id.members) > 1 && slices.Contains(n.id.members, key)
	})
}

// doubtTear tells that a thing could be one of several. One with something of
// its own was kept as an asset of its own, which needs no person when only a
// name was shared.
func (r *reconciler) doubtTear(t *tear) {
	n := t.node.root()
	if len(n.assets) > 0 || r.asset[n] != nil && !r.waiting[n] && !t.rung.doubt {
		return
	}
	reason := "it could be any of " + itoa(len(t.rivals)) + " by " + t.rung.name
	if r.asset[n] != nil && !r.waiting[n] {
		reason += ": kept as a new one"
	} else {
		reason += ": kept apart until a person decides"
	}
	nodes := t.rivals
	if !r.waiting[n] {
		nodes = append([]*node{n}, t.rivals...)
	}
	id := t.reviewID(r.client)
	if r.told[id] {
		return
	}
	r.review(ReviewTwoCandidates, reason, r.assetIDs(nodes...), r.witness(n), t.about()...)
}

// doubtBoards looks for machines that kept their disks and their name and have
// another serial or UUID: the main board was replaced, or the disks were moved.
// It gives the pairs that it has told.
func (r *reconciler) doubtBoards() map[[2]*node]bool {
	told := map[[2]*node]bool{}
	byDisk := map[string][]*node{}
	for _, n := range r.nodes {
		if n.into == nil {
			for _, d := range n.id.disks {
				byDisk[d] = append(byDisk[d], n)
			}
		}
	}
	for _, n := range r.nodes {
		if n.into != nil || len(n.obs) == 0 {
			continue
		}
		for _, d := range n.id.disks {
			for _, other := range byDisk[d] {
				p := compare(n.id, other.id)
				if other == n || p.ev[evHost] != agrees || p.against(evSerial, evUUID) == "" {
					continue
				}
				told[[2]*node{n, other}] = true
				ids := r.assetIDs(n, other)
				about := slices.Clone(ids)
				slices.Sort(about)
				r.review(ReviewContradiction, "same name and same disk "+d+", and "+p.against(evSerial, evUUID)+
					": was the main board replaced?", ids, r.witness(n, other), append([]string{"main-board"}, about...)...)
			}
		}
	}
	return told
}

// assetIDs gives the ids of the assets that the nodes are or became.
func (r *reconciler) assetIDs(nodes ...*node) []string {
	var ids []string
	add := func(id string) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, n := range nodes {
		n = n.root()
		if a := r.asset[n]; a != nil {
			add(a.ID)
			continue
		}
		for _, i := range n.assets {
			add(r.known.Assets[i].ID)
		}
	}
	return ids
}

// witness gives the first observation among the nodes.
func (r *reconciler) witness(nodes ...*node) *Observation {
	for _, n := range nodes {
		if n = n.root(); len(n.obs) > 0 {
			return &r.obs[n.obs[0]]
		}
	}
	return &Observation{ClientID: r.client}
}

// linkBoards hangs each management board under the server whose chassis serial
// or UUID it tells.
func (r *reconciler) linkBoards() {
	servers := map[string]*node{}
	for _, n := range r.nodes {
		if n.into == nil && !n.id.bmc {
			for _, k := range chassisKeys(n.id) {
				if servers[k] == nil {
					servers[k] = n
				}
			}
		}
	}
	for _, n := range r.nodes {
		if n.into != nil || !n.id.bmc {
			continue
		}
		for _, k := range chassisKeys(n.id) {
			if s := servers[strings.TrimPrefix(k, boardPrefix)]; s != nil && strings.HasPrefix(k, boardPrefix) {
				r.link(n, s)
				break
			}
		}
	}
}

func chassisKeys(id *identity) []string {
	var keys []string
	for _, s := range id.serials {
		if tellsAlone(s.key) {
			keys = append(keys, s.key)
		}
	}
	return append(keys, id.uuids...)
}

// linkMembers hangs each asset that is a member of a stack or a chassis under
// the stack: a table's rows and warranties are of the members.
func (r *reconciler) linkMembers() {
	stacks := map[string]*node{}
	for _, n := range r.nodes {
		if n.into == nil && len(n.id.members) > 1 {
			for _, k := range n.id.members {
				if tellsAlone(k) && stacks[k] == nil {
					stacks[k] = n
				}
			}
		}
	}
	if len(stacks) == 0 {
		return
	}
	for _, n := range r.nodes {
		if n.into != nil || n.id.bmc || len(n.id.members) > 1 || len(n.id.alone) != 1 {
			continue
		}
		if s := stacks[n.id.alone[0]]; s != nil && s != n {
			r.linkTo(n, s, "stack-member")
		}
	}
}

// link sets the parent of a board, unless it has one.
func (r *reconciler) link(board, server *node) { r.linkTo(board, server, "chassis-serial") }

// linkTo sets the parent of a part, unless it has one.
func (r *reconciler) linkTo(board, server *node, because string) {
	ids := r.assetIDs(server)
	if len(ids) == 0 || len(board.obs)+len(server.obs) == 0 {
		return
	}
	a := r.asset[board]
	if a == nil { // known, and not seen this time: the server is new
		if len(board.assets) == 0 {
			return
		}
		u := &Update{Asset: r.known.Assets[board.assets[0]].clone()}
		if u.Asset.ParentID != "" {
			return
		}
		r.moved = append(r.moved, u)
		r.asset[board] = &u.Asset
		a = &u.Asset
	}
	if a.ParentID != "" {
		return
	}
	a.ParentID = ids[0]
	for _, u := range r.moved {
		if &u.Asset == a {
			u.Changes = append(u.Changes, r.change(a, "parc", "parent", "", ids[0], because, len(u.Changes)))
			a.UpdatedAt = r.now
		}
	}
}
