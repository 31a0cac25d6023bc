package inventory

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Reconcile decides what the observations say about what is known. It is a pure
// function: the same input gives the same plan whatever the order of the
// observations, and applying a plan and reconciling the same observations again
// moves nothing but last-seen.
//
// It climbs the ladder of matchers (see matcher.go) from the strongest rung to
// the weakest. Two things whose identifiers contradict never become one; what
// could be one of several waits for a person. Observations are of one client;
// should they be of several, each client's are decided alone.
func Reconcile(now time.Time, observations []Observation, known Known) Plan {
	byClient := map[string][]int{}
	for i := range observations {
		byClient[observations[i].ClientID] = append(byClient[observations[i].ClientID], i)
	}
	plan := Plan{Placed: make([]string, len(observations))}
	for _, client := range slices.Sorted(maps.Keys(byClient)) {
		own := make([]Observation, 0, len(byClient[client]))
		for _, i := range byClient[client] {
			own = append(own, observations[i])
		}
		r := newReconciler(now, client, own, known)
		p := r.decide()
		for n, i := range byClient[client] {
			plan.Placed[i] = p.Placed[n]
		}
		plan.Create = append(plan.Create, p.Create...)
		plan.Update = append(plan.Update, p.Update...)
		plan.Join = append(plan.Join, p.Join...)
		plan.Review = append(plan.Review, p.Review...)
		plan.Changes = append(plan.Changes, p.Changes...)
	}
	return plan
}

func (r *reconciler) decide() Plan {
	r.listNames()
	r.climb()
	r.settleAll()
	r.linkBoards()
	r.linkParts()
	r.linkMembers()
	r.doubt()
	return r.finish()
}

// reconciler holds one run.
type reconciler struct {
	clusters
	now     time.Time
	obs     []Observation // in canonical order
	ids     []*identity   // of each observation, as it says itself
	place   []int         // canonical → as given
	asset   map[*node]*Asset
	made    []*Asset
	moved   []*Update
	doubts  map[string]*Asset // those in doubt, by id
	waiting map[*node]bool    // what waits for a person
	told    map[string]bool   // reviews that exist already
	seeds   map[string]int
	plan    Plan
}

func newReconciler(now time.Time, client string, observations []Observation, known Known) *reconciler {
	r := &reconciler{
		now: now.UTC(), asset: map[*node]*Asset{}, told: map[string]bool{}, seeds: map[string]int{},
		doubts: map[string]*Asset{}, waiting: map[*node]bool{},
	}
	known.Assets = slices.DeleteFunc(slices.Clone(known.Assets), func(a Asset) bool { return a.ClientID != client })
	slices.SortFunc(known.Assets, func(a, b Asset) int { return strings.Compare(a.ID, b.ID) })
	r.clusters = clusters{known: &known, apart: map[[2]string]bool{}, answers: map[string]string{}, because: map[int]string{}}
	r.client = client
	for _, p := range known.Apart {
		r.apart[p] = true
	}
	for _, v := range known.Reviews {
		r.told[v.ID] = true
		if v.DecidedAt != nil {
			r.answers[v.ID] = v.Resolution
		}
	}
	ids := make([]identity, len(known.Assets))
	inParallel(len(ids), func(i int) { ids[i] = identifyAsset(&known.Assets[i]) })
	for i := range known.Assets {
		r.nodes = append(r.nodes, &node{order: len(r.nodes), id: &ids[i], known: &ids[i], assets: []int{i}})
	}
	if len(known.Sought.ids) != len(observations) { // those of several clients, or not sought before
		known.Sought = Seek(observations)
	}
	r.place = canonical(observations)
	for i, p := range r.place {
		r.obs = append(r.obs, observations[p])
		id := &known.Sought.ids[p]
		r.ids = append(r.ids, id)
		r.nodes = append(r.nodes, &node{order: len(r.nodes), id: id, fresh: id, obs: []int{i}})
	}
	return r
}

// canonical gives the observations' indexes in an order that does not depend on
// the order in which they came.
func canonical(observations []Observation) []int {
	order := make([]int, len(observations))
	prints := make([]string, len(observations))
	for i := range observations {
		order[i] = i
	}
	fingerprint := func(i int) string {
		if prints[i] == "" {
			prints[i] = fingerprint(&observations[i])
		}
		return prints[i]
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &observations[i], &observations[j]
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		for _, c := range [...]int{
			strings.Compare(string(a.Source), string(b.Source)), strings.Compare(a.Ref, b.Ref),
			strings.Compare(a.SiteID, b.SiteID), strings.Compare(a.Address, b.Address),
		} {
			if c != 0 {
				return c
			}
		}
		return strings.Compare(fingerprint(i), fingerprint(j))
	})
	return order
}

// fingerprint sums up all that an observation says.
func fingerprint(o *Observation) string {
	text, err := json.Marshal(o)
	if err != nil { // an instant outside the years that JSON knows
		text = fmt.Appendf(nil, "%#v", o)
	}
	sum := sha256.Sum256(text)
	return string(sum[:])
}

// updated is one thing as its observations leave it.
type updated struct {
	Update
	objections []objection
}

// settleAll turns all things into assets. What observations make of known assets
// depends on nothing that is made meanwhile, and is worked out on all processors.
func (r *reconciler) settleAll() {
	var things []*node
	for _, n := range r.nodes {
		n.root() // shortens the way: from here on, nobody writes to nodes
		if n.into == nil && len(n.obs) > 0 {
			things = append(things, n)
		}
	}
	known := make([]*updated, len(things))
	inParallel(len(things), func(i int) {
		if n := things[i]; len(n.assets) == 1 {
			u := r.renew(n, r.known.Assets[n.assets[0]].clone())
			known[i] = &u
		}
	})
	var waiting []*node
	for i, n := range things {
		switch {
		case known[i] != nil:
			r.moved = append(r.moved, r.keep(n, known[i]))
		case len(n.assets) == 0 && (n.id.bare() && len(n.id.addrs) == 0 || r.held(n) != nil):
			waiting = append(waiting, n)
		default:
			r.settle(n)
		}
	}
	for _, n := range waiting {
		r.settle(n)
	}
}

// renew works out what its observations make of a thing that is an asset.
func (r *reconciler) renew(n *node, a Asset) updated {
	var u updated
	u.Changes, _, u.objections = r.absorbAll(n, &a)
	if len(u.Changes) > 0 || len(n.assets) > 1 {
		a.UpdatedAt = r.now
	}
	u.Asset = a
	return u
}

func (r *reconciler) keep(n *node, u *updated) *Update {
	r.object(u.objections)
	r.asset[n] = &u.Asset
	return &u.Update
}

// settle turns one thing into an asset to create or to update.
func (r *reconciler) settle(n *node) {
	if len(n.assets) > 0 {
		r.update(n)
		return
	}
	switch {
	case r.held(n) != nil:
		r.wait(n, r.held(n).reviewID(r.client))
	case n.id.bare() && len(n.id.addrs) == 0:
		o := &r.obs[n.obs[0]]
		print := fingerprint(o)
		if o.Ref != "" { // the source knows it again: it is listed until somebody says what it is
			r.wait(n, reviewID(r.client, ReviewNameless, print))
		}
		r.review(ReviewNameless, "nothing in the record identifies it: no serial, UUID, hardware address, name or address",
			nil, o, print)
	default:
		r.create(n)
	}
}

// held tells that the thing waits for a person: it could be one of several, and
// has nothing of its own by which to remember it meanwhile. It gives the doubt.
func (r *reconciler) held(n *node) *tear {
	for i := range r.tears {
		t := &r.tears[i]
		if t.node.root() != n {
			continue
		}
		for _, rival := range t.rivals {
			if p := compare(n.id, rival.root().id); !own(n.id, &p) {
				return t
			}
		}
	}
	return nil
}

// own tells that the identity has a strong identifier on which the two do not
// agree.
func own(id *identity, p *pair) bool {
	return len(id.serials) > 0 && p.ev[evSerial] != agrees || len(id.uuids) > 0 && p.ev[evUUID] != agrees ||
		len(id.engines) > 0 && p.ev[evEngine] != agrees || len(id.agents) > 0 && p.ev[evAgent] != agrees ||
		len(id.refs) > 0 && p.ev[evRef] != agrees || len(id.macs) > 0 && p.ev[evMAC] != agrees
}

func (r *reconciler) create(n *node) {
	o := &r.obs[n.obs[0]]
	seed := r.client + "|" + fingerprint(o)
	r.seeds[seed]++
	a := &Asset{
		ID:       DerivedID(r.now, fmt.Sprintf("asset|%s|%d", seed, r.seeds[seed])),
		ClientID: r.client, SiteID: o.SiteID, State: InService, Class: Unknown,
		UpdatedAt: r.now, Values: map[Field]Value{},
	}
	if state := State(o.Get(FieldState)); o.Source == FromCSV && state.Valid() { // what a table says of a thing that nobody knew
		a.State = state
	}
	changes, first, objections := r.absorbAll(n, a) // of the first moment, history tells that it was created
	r.object(objections)
	r.asset[n] = a
	r.made = append(r.made, a)
	c := r.change(a, string(o.Source), "created", "", a.label(), "first-seen", 0)
	c.At = r.when(o)
	r.plan.Changes = append(append(r.plan.Changes, c), changes[first:]...)
}

// update applies a thing's observations to the assets that turned out to be one.
func (r *reconciler) update(n *node) {
	kept := r.survivor(n.assets)
	a := r.known.Assets[kept].clone()
	for _, i := range n.assets {
		if i != kept {
			r.joinAssets(&a, &r.known.Assets[i], r.because[n.obs[0]], r.when(&r.obs[n.obs[len(n.obs)-1]]))
		}
	}
	u := r.renew(n, a)
	r.moved = append(r.moved, r.keep(n, &u))
}

// survivor chooses which of several assets stays: the one a person has worked
// on, then the one known for longest.
func (r *reconciler) survivor(assets []int) int {
	pins := func(i int) int {
		n := 0
		for _, v := range r.known.Assets[i].Values {
			if v.Pinned {
				n++
			}
		}
		return n
	}
	return slices.MinFunc(assets, func(i, j int) int {
		if x, y := r.known.Assets[i].Doubt == "", r.known.Assets[j].Doubt == ""; x != y {
			if x {
				return -1
			}
			return 1
		}
		if c := pins(j) - pins(i); c != 0 {
			return c
		}
		a, b := &r.known.Assets[i], &r.known.Assets[j]
		if c := a.FirstSeen.Compare(b.FirstSeen); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// joinAssets takes from into a. Values of the absorbed asset count as if its
// sources spoke again.
func (r *reconciler) joinAssets(a, from *Asset, because string, at time.Time) {
	r.plan.Join = append(r.plan.Join, Join{ClientID: r.client, Into: a.ID, From: from.clone(), Because: because, At: at})
	c := r.change(a, "parc", "joined", from.ID, from.label(), because, len(r.plan.Join))
	c.At = at
	r.plan.Changes = append(r.plan.Changes, c)
	for f, v := range from.Values {
		cur, ok := a.Values[f]
		if !ok || !cur.Pinned && (v.Pinned || overrules(f, v, cur)) {
			a.Values[f] = v
		}
	}
	for _, i := range from.Identifiers {
		if i.Kind != IdentRecord || a.Doubt != "" {
			a.identify(i)
		}
	}
	for _, s := range from.Sightings {
		a.sight(s)
	}
	if from.FirstSeen.Before(a.FirstSeen) {
		a.FirstSeen = from.FirstSeen
	}
	if from.LastSeen.After(a.LastSeen) {
		a.LastSeen, a.Address = from.LastSeen, first(from.Address, a.Address)
	}
	if a.State == Missing && from.State == InService {
		a.State = InService
	}
	a.Details = a.Details.fill(&from.Details)
	a.ParentID = first(a.ParentID, from.ParentID)
}

// finish puts the plan together.
func (r *reconciler) finish() Plan {
	r.plan.Placed = make([]string, len(r.obs))
	for n, a := range r.asset {
		for _, i := range n.obs {
			r.plan.Placed[r.place[i]] = a.ID
		}
	}
	for _, a := range r.made {
		r.plan.Create = append(r.plan.Create, *a)
	}
	for _, u := range r.moved {
		r.plan.Update = append(r.plan.Update, *u)
	}
	return r.plan
}
