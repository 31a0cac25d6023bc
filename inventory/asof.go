package inventory

import (
	"slices"
	"strings"
	"time"
)

// AsOf gives the asset as its history tells it of an earlier moment: every
// change after it is taken back. later holds those changes, the newest first;
// ok is false when nothing had been told of the asset yet. Lists (services, software …) are
// left out: history tells them in words. Where a value came from is told by the
// change before, of which earlier gives the actor.
func (a Asset) AsOf(at time.Time, later []Change, earlier func(field string) string) (then Asset, ok bool) {
	then = a.clone()
	then.Details = Details{}
	if a.FirstSeen.After(at) {
		return then, false
	}
	for _, c := range later {
		switch f := Field(c.Field); f {
		case "created":
			if c.Old != "" { // made of a part of another by a split
				return then, false
			}
		case FieldState:
			then.State = State(c.Old)
			then.restore(f, "", earlier)
		case FieldSite:
			then.SiteID = c.Old
			then.restore(f, "", earlier)
		case "parent":
			then.ParentID = c.Old
		case "joined", "split", "services", "weaknesses", "components", "software", "doubt", "merge-undone", "split-undone", FieldKeyRead, FieldAttachment:
		default:
			if !strings.HasPrefix(c.Field, "pin:") {
				then.restore(f, c.Old, earlier)
			}
		}
	}
	then.Sightings = slices.DeleteFunc(then.Sightings, func(s Sighting) bool { return s.FirstAt.After(at) })
	then.Identifiers = slices.DeleteFunc(then.Identifiers, func(i Identifier) bool { return i.FirstSeen.After(at) })
	if then.UpdatedAt.After(at) {
		then.UpdatedAt = at
	}
	then.mirror()
	return then, true
}

// restore gives a field the value that it had.
func (a *Asset) restore(f Field, value string, earlier func(string) string) {
	if value == "" {
		delete(a.Values, f)
		return
	}
	v := Value{Value: value}
	switch actor := Source(earlier(string(f))); actor {
	case FromNmap, FromSNMP, FromAgent, FromCSV:
		v.Source = actor
	case "":
	default:
		v.Source = FromHand
	}
	a.Values[f] = v
}

// DifferenceKind says what became of an asset between two days.
type DifferenceKind string

// The kinds of differences.
const (
	Appeared DifferenceKind = "appeared" // not known, or not in service, on the first day
	Gone     DifferenceKind = "gone"     // missing, retired or disposed since
	Moved    DifferenceKind = "moved"    // at another site
	Changed  DifferenceKind = "changed"
)

// Difference is what became of one asset between two days.
type Difference struct {
	Kind    DifferenceKind `json:"kind"`
	AssetID string         `json:"asset_id"`
	Asset   string         `json:"asset"` // what it is called
	Class   Class          `json:"class"`
	Changes []FieldChange  `json:"changes"`
}

// FieldChange is one field that differs.
type FieldChange struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// present tells that the asset counts as being there.
func (s State) present() bool { return s != "" && s != Missing && !s.gone() }

// Differ compares an asset on two days; a nil asset was not known. ok is false
// when nothing differs but when it was seen, and where by address.
func Differ(before, after *Asset) (d Difference, ok bool) {
	x := after
	if x == nil {
		x = before
	}
	if x == nil {
		return d, false
	}
	d = Difference{Kind: Changed, AssetID: x.ID, Asset: x.label(), Class: x.Class}
	was, is := State(""), State("")
	if before != nil {
		was = before.State
	}
	if after != nil {
		is = after.State
	}
	if before != nil && after != nil {
		d.Changes = fieldChanges(before, after)
		if before.SiteID != after.SiteID {
			d.Kind = Moved
		}
	} else {
		d.Changes = []FieldChange{{string(FieldState), string(was), string(is)}}
	}
	switch {
	case !was.present() && is.present():
		d.Kind = Appeared
	case was.present() && !is.present():
		d.Kind = Gone
	}
	return d, len(d.Changes) > 0 && (was.present() || is.present() || before != nil && after != nil)
}

func fieldChanges(before, after *Asset) []FieldChange {
	changes := []FieldChange{}
	tell := func(field, old, new string) {
		if old != new {
			changes = append(changes, FieldChange{field, old, new})
		}
	}
	tell(string(FieldState), string(before.State), string(after.State))
	tell(string(FieldSite), before.SiteID, after.SiteID)
	tell("parent", before.ParentID, after.ParentID)
	var fields []Field
	for f := range before.Values {
		fields = append(fields, f)
	}
	for f := range after.Values {
		if _, ok := before.Values[f]; !ok {
			fields = append(fields, f)
		}
	}
	slices.Sort(fields)
	for _, f := range fields {
		if !f.Volatile() && f != FieldState && f != FieldSite {
			tell(string(f), before.Values[f].Value, after.Values[f].Value)
		}
	}
	return changes
}
