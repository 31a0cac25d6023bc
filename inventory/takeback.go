package inventory

import (
	"maps"
	"slices"
	"time"
)

// ImportUndoneField is the line of history, and the reason of others, that says that
// an import was taken back; its Old is the file's name.
const ImportUndoneField = "import-undone"

// TakeBack gives the asset without what some of its observations told, where rest
// are its others: a value that they had won is again what the others say, and what
// they alone told goes, with the identifiers and sightings that rest on nothing
// else. All else stays as it is now, whatever the others would make of it anew.
// Changes are what goes to history.
func (a Asset) TakeBack(now time.Time, rest, taken []Observation) (Asset, []Change) {
	was := Rebuild(now, a, rest)
	after := a.clone()
	var changes []Change
	tell := func(f Field, old, new string) {
		if old != new {
			changes = append(changes, Change{ClientID: a.ClientID, AssetID: a.ID, At: now, Field: string(f), Old: old, New: new, Because: ImportUndoneField})
		}
	}
	for _, f := range slices.Sorted(maps.Keys(a.Values)) {
		v := a.Values[f]
		if v.Pinned || !slices.ContainsFunc(taken, func(o Observation) bool { return o.Source == v.Source && o.At.Equal(v.At) }) {
			continue
		}
		if back, known := was.Values[f]; known {
			after.Values[f] = back
		} else {
			delete(after.Values, f)
		}
		if !f.Volatile() {
			tell(f, v.Value, after.Values[f].Value)
		}
	}
	for i := range taken {
		after.lose(&taken[i], &was)
	}
	for i := range taken {
		if len(rest) > 0 && a.FirstSeen.Equal(taken[i].At) {
			after.FirstSeen = was.FirstSeen
		}
		if len(rest) > 0 && a.LastSeen.Equal(taken[i].At) {
			after.LastSeen, after.Address = was.LastSeen, was.Address
		}
		if state := State(taken[i].Get(FieldState)); state == a.State && state != InService && !a.Values[FieldState].Pinned && a.FirstSeen.Equal(taken[i].At) {
			after.State = InService // only the record of which the asset was made said so
			tell(FieldState, string(a.State), string(InService))
		}
	}
	after.UpdatedAt = now
	after.mirror()
	return after, changes
}

// lose drops the identifiers and the sighting that an observation gave, or puts them
// back to what they were.
func (a *Asset) lose(o *Observation, was *Asset) {
	id := identifyObservation(o)
	for _, told := range id.identifiers(o.At.UTC()) {
		a.Identifiers = putBack(a.Identifiers, was.Identifiers, func(i Identifier) bool { return i.Kind == told.Kind && i.Value == told.Value })
	}
	a.Sightings = putBack(a.Sightings, was.Sightings, func(s Sighting) bool { return s.Source == o.Source && s.Ref == o.Ref })
}

// putBack makes the one of a list that is meant what it was, or nothing.
func putBack[T any](now, was []T, meant func(T) bool) []T {
	at := slices.IndexFunc(now, meant)
	if at < 0 {
		return now
	}
	if back := slices.IndexFunc(was, meant); back >= 0 {
		now[at] = was[back]
		return now
	}
	return slices.Delete(now, at, at+1)
}
