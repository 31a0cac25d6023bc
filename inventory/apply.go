package inventory

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// ledger gathers what changes on one asset: for each field the first old and
// the last new value, so that a change taken back in the same breath is none.
type ledger struct {
	order []string
	by    map[string]*entry
	lists entry     // who last told a list
	at    time.Time // when what is being told was so

	objections []objection
}

// objection is a doubt about one asset that what is told of it raises.
type objection struct {
	kind, reason string
	asset        string
	o            *Observation
	about        []string
}

func (l *ledger) object(kind, reason string, a *Asset, o *Observation, about ...string) {
	l.objections = append(l.objections, objection{kind, reason, a.ID, o, append([]string{a.ID}, about...)})
}

type entry struct {
	actor, before, after, because string
	at                            time.Time
}

func (l *ledger) note(actor, field, before, after, because string) {
	if l.by == nil {
		l.by = map[string]*entry{}
	}
	e := l.by[field]
	if e == nil {
		e = &entry{before: before}
		l.by[field] = e
		l.order = append(l.order, field)
	}
	e.actor, e.after, e.because, e.at = actor, after, because, l.at
}

// sameBreath is how close in time what is told counts as one moment: one round
// of a scan, or an agent and a scan of the same hour.
const sameBreath = time.Hour

// absorbAll takes all of a thing's observations into its asset and gives what
// goes to history, moment by moment: what changed and changed back between two
// moments of one file is told twice, as it would have been told live. first is
// how many lines are of the first moment. It changes nothing but the asset.
func (r *reconciler) absorbAll(n *node, a *Asset) (all []Change, first int, objections []objection) {
	var l ledger
	lists := a.Details
	flush := func() {
		all = append(all, r.changes(&l, &lists, a, len(all))...)
		objections = append(objections, l.objections...)
		l, lists = ledger{}, a.Details
	}
	moments := 0
	for k, i := range n.obs {
		if k == 0 || r.obs[i].At.Sub(r.obs[n.obs[k-1]].At) > sameBreath {
			if moments == 1 {
				flush()
				first = len(all)
			} else if moments > 1 {
				flush()
			}
			moments++
		}
		r.absorb(n, a, i, &l)
	}
	flush()
	if moments <= 1 {
		first = len(all)
	}
	a.mirror()
	return all, first, objections
}

// changes writes the ledger as history of the asset; from is how many lines this
// run has written of it before.
func (r *reconciler) changes(l *ledger, before *Details, a *Asset, from int) []Change {
	for _, c := range detailChanges(before, &a.Details) {
		l.note(l.lists.actor, c.name, c.gone, c.come, l.lists.because)
	}
	var all []Change
	for _, field := range l.order {
		if e := l.by[field]; e.before != e.after {
			c := r.change(a, e.actor, field, e.before, e.after, e.because, from+len(all))
			if !e.at.IsZero() {
				c.At = e.at
			}
			all = append(all, c)
		}
	}
	return all
}

// absorb takes one observation into an asset and notes what changes.
func (r *reconciler) absorb(n *node, a *Asset, i int, l *ledger) {
	o, because := &r.obs[i], r.because[i]
	l.at = r.when(o)
	absorbPresence(a, o, l)
	absorbSite(a, o, because, l)
	id := *r.ids[i]
	said := valuesOf(o)
	if own := len(id.serials); own > 0 {
		id.serials = slices.DeleteFunc(slices.Clone(id.serials), func(s serialID) bool {
			return !slices.ContainsFunc(n.id.serials, func(k serialID) bool { return k.key == s.key })
		})
		if len(id.serials) < own {
			delete(said, FieldSerial) // another member leads: the stack keeps the serial it is known by
		}
	}
	if o.Source == FromNmap && r.borrowedName(n, &id, o.At) {
		for _, name := range id.dns {
			id.echoes = append(id.echoes, stay{name, o.At, o.At})
		}
		id.dns = nil
		delete(said, FieldHostname)
	}
	absorbValues(a, o, said, because, l)
	mergeDetails(&a.Details, o, a.heard())
	l.lists.actor, l.lists.because = string(o.Source), because
	if a.Doubt != "" {
		id = identity{}
		a.identify(Identifier{Kind: IdentRecord, Value: recordKey(o), FirstSeen: o.At.UTC(), LastSeen: o.At.UTC()})
	}
	for _, i := range id.identifiers(o.At.UTC()) {
		a.identify(i)
	}
	a.forgetAddresses()
	a.sight(Sighting{Source: o.Source, Ref: o.Ref, Address: o.Address, ScanID: o.ScanID, FirstAt: o.At.UTC(), At: o.At.UTC()})
}

// when gives the moment at which what an observation tells was so: history says
// when a thing changed, not when a file about it was read.
func (r *reconciler) when(o *Observation) time.Time {
	if o.At.IsZero() || o.At.After(r.now) {
		return r.now
	}
	return o.At.UTC()
}

// borrowedName tells that a name which a scan read from DNS is another thing's,
// which was seen not long ago: addresses are leased anew before names are.
func (r *reconciler) borrowedName(n *node, id *identity, at time.Time) bool {
	if len(id.macs) == 0 {
		return false // the name is all that placed it
	}
	for _, other := range r.namesakes(id) {
		if other != n && len(other.id.met) > 0 && shared(other.id.sites, id.sites) > 0 && at.Sub(other.id.looks.last).Abs() < listLife {
			return true
		}
	}
	return false
}

// absorbPresence moves first and last seen, and wakes what was missing. A table
// that names a thing has not seen it.
func absorbPresence(a *Asset, o *Observation, l *ledger) {
	at := o.At.UTC()
	if a.FirstSeen.IsZero() || at.Before(a.FirstSeen) {
		a.FirstSeen = at
	}
	met := slices.ContainsFunc(a.Sightings, func(s Sighting) bool { return s.Source.live() })
	newer := a.LastSeen.IsZero() || at.After(a.LastSeen) || o.Source.live() && !met
	switch {
	case o.Source.live():
		if a.State == Missing && newer {
			l.note(string(o.Source), string(FieldState), string(Missing), string(InService), "seen-again")
			a.State = InService
		}
		if a.State.gone() && newer {
			alarm(a, o, l)
		}
		if o.Address != "" && (newer || at.Equal(a.LastSeen)) {
			a.Address = o.Address
		}
		if newer {
			a.LastSeen = at
		}
	case !met && newer:
		a.LastSeen = at
		a.Address = first(o.Address, a.Address)
	}
}

// alarm tells once that something that has left was seen again.
func alarm(a *Asset, o *Observation, l *ledger) {
	since := a.Values[FieldState].At
	if !o.At.After(since) {
		return // seen before it left, told late
	}
	l.object(ReviewRetired, a.label()+" is "+string(a.State)+" and was seen again", a, o, string(a.State), since.Format(time.RFC3339))
}

// absorbSite moves an asset that was met at another site.
func absorbSite(a *Asset, o *Observation, because string, l *ledger) {
	switch {
	case o.SiteID == "" || o.SiteID == a.SiteID:
	case a.SiteID == "":
		a.SiteID = o.SiteID
	case o.Source == FromCSV && o.Get(FieldSite) != "" && !a.Values[FieldSite].Pinned && !slices.ContainsFunc(a.Sightings, func(s Sighting) bool { return s.Source.live() }):
		// A table that says where a thing is moves what nobody has met.
		l.note(string(o.Source), string(FieldSite), a.SiteID, o.SiteID, because)
		a.SiteID = o.SiteID
	case !o.Source.live() || o.At.Before(a.LastSeen):
	case a.Values[FieldSite].Pinned:
		l.object(ReviewPinned, a.label()+" was seen at another site than the one it is pinned to", a, o, string(FieldSite), o.SiteID)
	default:
		l.note(string(o.Source), string(FieldSite), a.SiteID, o.SiteID, because)
		a.SiteID = o.SiteID
	}
}

// absorbValues takes in what the observation says, field by field.
func absorbValues(a *Asset, o *Observation, said map[Field]Value, because string, l *ledger) {
	for _, f := range slices.Sorted(maps.Keys(said)) {
		next := said[f]
		next.At = next.At.UTC()
		cur, known := a.Values[f]
		switch {
		case !known:
			a.Values[f] = next
			if !f.Volatile() {
				l.note(string(o.Source), string(f), "", next.Value, because)
			}
		case sameValue(f, cur.Value, next.Value):
			a.Values[f] = confirmed(f, cur, next)
		case cur.Pinned:
			if !f.Volatile() && next.Confidence != 0 && next.Confidence <= Low {
				continue // a guess is no objection
			}
			if !f.Volatile() {
				l.object(ReviewPinned, a.label()+": "+string(f)+" is pinned to "+cur.Value+", "+string(o.Source)+" says "+next.Value,
					a, o, string(f), strings.ToLower(next.Value))
			}
		case overrules(f, next, cur):
			a.Values[f] = next
			if !f.Volatile() {
				l.note(string(o.Source), string(f), cur.Value, next.Value, because)
			}
		}
	}
}

// confirmed gives the value after a source has said it again: the stronger
// provenance stands, and the spelling stays.
func confirmed(f Field, cur, next Value) Value {
	switch {
	case cur.Pinned:
	case next.Source == cur.Source:
		if strength(f, next) > strength(f, cur) {
			cur.From, cur.Confidence = next.From, next.Confidence
		}
		if next.At.After(cur.At) {
			cur.At = next.At
		}
	case strength(f, next) > strength(f, cur):
		cur.Source, cur.From, cur.Confidence, cur.At = next.Source, next.From, next.Confidence, next.At
	}
	return cur
}

// heard gives when each voice last spoke of the asset.
func (a *Asset) heard() func(Source) time.Time {
	last := map[Source]time.Time{}
	for _, s := range a.Sightings {
		if v := voice(s.Source, s.Ref); s.At.After(last[v]) {
			last[v] = s.At
		}
	}
	return func(s Source) time.Time { return last[s] }
}

// identify keeps an identifier, or moves when it was seen.
func (a *Asset) identify(i Identifier) {
	i.AssetID, i.ClientID = a.ID, a.ClientID
	for n := range a.Identifiers {
		k := &a.Identifiers[n]
		if k.Kind == i.Kind && k.Value == i.Value {
			if i.LastSeen.After(k.LastSeen) {
				k.LastSeen = i.LastSeen
			}
			if i.FirstSeen.Before(k.FirstSeen) {
				k.FirstSeen = i.FirstSeen
			}
			return
		}
	}
	a.Identifiers = append(a.Identifiers, i)
}

// forgetAddresses drops the addresses that the asset has left long ago: each
// lease would add one.
func (a *Asset) forgetAddresses() {
	last := newest(a, IdentAddress)
	a.Identifiers = slices.DeleteFunc(a.Identifiers, func(i Identifier) bool {
		return i.Kind == IdentAddress && last.Sub(i.LastSeen) > addressLife
	})
}

// sight keeps a sighting, or moves when it was.
func (a *Asset) sight(s Sighting) {
	s.AssetID, s.ClientID = a.ID, a.ClientID
	for n := range a.Sightings {
		k := &a.Sightings[n]
		if k.Source == s.Source && k.Ref == s.Ref {
			if s.FirstAt.Before(k.FirstAt) {
				k.FirstAt = s.FirstAt
			}
			if !s.At.Before(k.At) {
				k.At, k.Address, k.ScanID = s.At, s.Address, s.ScanID
			}
			return
		}
	}
	a.Sightings = append(a.Sightings, s)
}

// clone copies what absorbing changes.
func (a *Asset) clone() Asset {
	c := *a
	c.Values = maps.Clone(a.Values)
	if c.Values == nil {
		c.Values = map[Field]Value{}
	}
	c.Identifiers = slices.Clone(a.Identifiers)
	c.Sightings = slices.Clone(a.Sightings)
	return c
}

// fill takes each list that d lacks from another.
func (d Details) fill(from *Details) Details {
	fill(&d.Services, from.Services)
	fill(&d.Weaknesses, from.Weaknesses)
	fill(&d.Interfaces, from.Interfaces)
	fill(&d.Components, from.Components)
	fill(&d.Volumes, from.Volumes)
	fill(&d.Software, from.Software)
	fill(&d.Supplies, from.Supplies)
	fill(&d.Neighbours, from.Neighbours)
	fill(&d.VLANs, from.VLANs)
	fill(&d.Stations, from.Stations)
	fill(&d.Hotfixes, from.Hotfixes)
	fill(&d.Antivirus, from.Antivirus)
	fill(&d.Logins, from.Logins)
	fill(&d.Guests, from.Guests)
	fill(&d.Printers, from.Printers)
	fill(&d.Databases, from.Databases)
	fill(&d.Licences, from.Licences)
	return d
}

func fill[T any](list *[]T, from []T) {
	if *list == nil {
		*list = from
	}
}

// change makes a line of history; n tells apart those of one asset and field.
func (r *reconciler) change(a *Asset, actor, field, before, after, because string, n int) Change {
	return Change{
		ID:       DerivedID(r.now, strings.Join([]string{"change", a.ID, field, before, after, itoa(n)}, "|")),
		ClientID: r.client, AssetID: a.ID, At: r.now, Actor: actor, Field: field, Old: before, New: after, Because: because,
	}
}

// label names an asset for a person.
func (a *Asset) label() string {
	name := strings.TrimSpace(a.Vendor + " " + a.Model)
	for _, s := range []string{a.Hostname, a.Serial, a.Address} {
		if s != "" {
			return strings.TrimSpace(s + " " + parenthesised(name))
		}
	}
	return first(name, string(a.Class))
}

func parenthesised(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}
