package inventory

import (
	"maps"
	"slices"
	"time"
)

// recordKey names the record that an observation is, for an asset in doubt: by
// the source's own id, or by where and when it was made; "" when it has neither.
func recordKey(o *Observation) string {
	if o.Ref != "" && o.Ref != o.Address {
		return string(o.Source) + "|" + o.SiteID + "|" + o.Ref
	}
	for _, k := range recordKeys(o.Source, o.SiteID, o.Ref, o.Address, o.At) {
		return k
	}
	return ""
}

// wait keeps apart what could be one of several until a person has decided: as
// an asset of its own, in doubt, that holds the sightings and is recognised by
// nothing but the very same record. Records of one id wait together.
func (r *reconciler) wait(n *node, review string) {
	r.waiting[n] = true
	o := &r.obs[n.obs[0]]
	key := recordKey(o)
	common := r.commonInterface(n)
	if common != "" {
		key = common
	}
	if key == "" {
		key = fingerprint(o)
	}
	id := DerivedID(time.Unix(0, 0), "doubt|"+r.client+"|"+key)
	a := r.doubts[id]
	if a == nil {
		a = r.inDoubt(id, review, o)
		r.doubts[id] = a
	}
	var l ledger
	for _, i := range n.obs {
		r.absorb(n, a, i, &l)
	}
	r.object(l.objections)
	if common != "" {
		a.identify(Identifier{Kind: IdentRecord, Value: common, FirstSeen: o.At.UTC(), LastSeen: o.At.UTC()})
	}
	a.mirror()
	r.asset[n] = a
}

// interfaceKey names what a scan meets that shows an address and one hardware
// address and nothing else; "" when it shows more, or less.
func interfaceKey(o *Observation) string {
	where := addressKey(o.SiteID, o.Address)
	if o.Source != FromNmap || where == "" {
		return ""
	}
	mac := ""
	for _, f := range o.Facts {
		switch f.Field {
		case FieldMAC:
			if mac != "" {
				return ""
			}
			mac = macKey(f.Value)
		case FieldHostname, FieldSerial, FieldUUID, FieldEngineID:
			return ""
		}
	}
	if mac == "" {
		return ""
	}
	return "interface|" + where + "|" + mac
}

// commonInterface names the interface that several fixed things share, such as
// two printers behind one print server, when it is all that the records show:
// they wait as one. The two halves of a cluster answer in turn, and so do laptops
// on one dock: their records wait each by itself. "" when it is none.
func (r *reconciler) commonInterface(n *node) string {
	key := ""
	for _, i := range n.obs {
		k := interfaceKey(&r.obs[i])
		if k == "" || key != "" && k != key {
			return ""
		}
		key = k
	}
	t := r.held(n)
	if t == nil || len(t.rivals) < 2 {
		return ""
	}
	for _, rival := range t.rivals {
		switch kindred[rival.root().id.class] {
		case "printer", "power", "storage", "video":
		default:
			return ""
		}
	}
	return key
}

// inDoubt gives the asset in doubt of that id: the known one, or a new one. What
// waits is settled after all else, so that what became of the known one is settled.
func (r *reconciler) inDoubt(id, review string, o *Observation) *Asset {
	if i := slices.IndexFunc(r.known.Assets, func(a Asset) bool { return a.ID == id }); i >= 0 {
		a := r.settledAs(i)
		switch {
		case a == nil: // nothing else is told of it
			u := &Update{Asset: r.known.Assets[i].clone()}
			r.moved = append(r.moved, u)
			return &u.Asset
		case a.Doubt != "":
			return a
		}
		id = DerivedID(time.Unix(0, 0), "doubt again|"+id+"|"+a.ID) // somebody's by now: this one waits anew
	}
	a := &Asset{
		ID: id, ClientID: r.client, SiteID: o.SiteID, State: InService, Class: Unknown, Doubt: review,
		UpdatedAt: r.now, Values: map[Field]Value{},
	}
	r.made = append(r.made, a)
	c := r.change(a, string(o.Source), "created", "", first(o.Get(FieldHostname), o.Address), "held", 0)
	c.At = r.when(o)
	r.plan.Changes = append(r.plan.Changes, c)
	return a
}

// settledAs gives what became of a known asset in this run; nil when nothing did.
func (r *reconciler) settledAs(known int) *Asset {
	for _, n := range r.nodes {
		if n.into == nil && slices.Contains(n.assets, known) {
			return r.asset[n]
		}
	}
	return nil
}

// Release makes an asset in doubt one like any other, because a person said so:
// it is recognised from now on by what its observations tell.
func (a *Asset) Release(observations []Observation) {
	a.Doubt = ""
	a.Identifiers = slices.DeleteFunc(slices.Clone(a.Identifiers), func(i Identifier) bool { return i.Kind == IdentRecord })
	a.learn(observations)
}

// learn adds the identifiers that observations tell.
func (a *Asset) learn(observations []Observation) {
	for i := range observations {
		o := &observations[i]
		id := identifyObservation(o)
		for _, k := range id.identifiers(o.At.UTC()) {
			a.identify(k)
		}
	}
	a.forgetAddresses()
}

// Rebuild gives the asset as its observations alone tell it, in the order of
// time: what merging and splitting by hand need. What a person has pinned, the
// state and what hangs on the asset stay as they are in base. The observations
// are of one thing, whatever they say.
func Rebuild(now time.Time, base Asset, observations []Observation) Asset {
	r := newReconciler(now, base.ClientID, observations, Known{})
	a := base.clone()
	a.Values = map[Field]Value{}
	a.Identifiers, a.Sightings, a.Details = nil, nil, Details{}
	a.FirstSeen, a.LastSeen, a.Address, a.Doubt = time.Time{}, time.Time{}, "", ""
	for f, v := range base.Values {
		if v.Pinned {
			a.Values[f] = v
		}
	}
	var l ledger
	n := &node{id: &identity{}}
	for i := range r.obs {
		n.id, n.obs = both(n.id, r.ids[i]), append(n.obs, i)
	}
	r.hosts = map[string][]*node{}
	for i := range r.obs {
		r.absorb(n, &a, i, &l)
	}
	a.State = base.State
	if base.Values[FieldSite].Pinned {
		a.SiteID = base.SiteID
	}
	a.mirror()
	a.Values = maps.Clone(a.Values)
	return a
}
