package inventory

import (
	"slices"
	"time"
)

// DecisionKind says what became of what.
type DecisionKind string

// The kinds of decisions.
const (
	Merged DecisionKind = "merge" // two assets became one
	Halved DecisionKind = "split" // records of one asset became another's
)

// Decision is one merge or split, by a person or by the rules, that can be
// undone.
type Decision struct {
	ID       string       `json:"id"`
	ClientID string       `json:"client_id"`
	Kind     DecisionKind `json:"kind"`
	IntoID   string       `json:"asset_id"`        // the asset that stayed
	OtherID  string       `json:"other_id"`        // the asset that went into it, or that was made of a part of it
	Other    string       `json:"other,omitempty"` // what that asset was called
	Because  string       `json:"because"`         // "hand", or the matcher's name
	Actor    string       `json:"actor"`
	At       time.Time    `json:"at"`
	UndoneAt *time.Time   `json:"undone_at,omitempty"`
	UndoneBy string       `json:"undone_by,omitempty"`
}

// The answers to a review.
const (
	AnswerSame      = "same"      // it is the asset named; of a contradiction: the two are one
	AnswerDifferent = "different" // of a contradiction: they are two, and stay two
	AnswerNew       = "new"       // none of the candidates
	AnswerNoted     = "noted"     // seen; nothing to do
)

// ReviewAnswer is what a person says to a review.
type ReviewAnswer struct {
	Answer  string `json:"answer"`
	AssetID string `json:"asset_id,omitempty"` // of "same": which candidate it is
	Remark  string `json:"remark,omitempty"`
}

// ByHand is the reason kept for what a person decided.
const ByHand = "hand"

// Merge gives the plan that makes one asset of two because a person says so,
// whatever their identifiers say.
func Merge(now time.Time, into, from Asset) Plan {
	r := newReconciler(now, into.ClientID, nil, Known{})
	a := into.clone()
	r.joinAssets(&a, &from, ByHand, r.now)
	a.Doubt = into.Doubt
	if a.ParentID == from.ID || a.ParentID == a.ID {
		a.ParentID = from.ParentID
		if a.ParentID == a.ID {
			a.ParentID = ""
		}
	}
	a.mirror()
	a.UpdatedAt = r.now
	for i := range r.plan.Changes {
		r.plan.Changes[i].Actor = "" // who merges, not parc
	}
	r.plan.Update = []Update{{Asset: a}}
	return r.plan
}

// Split takes the records for which away holds from an asset: it gives the asset
// without them and a new one made of them. The observations are all that the
// asset was ever told by. Neither part may be empty: Invalid.
func Split(now time.Time, asset Asset, observations []Observation, away func(Source, string) bool) (rest, part Asset, err error) {
	var stay, went []Observation
	for _, o := range observations {
		if away(o.Source, o.Ref) {
			went = append(went, o)
		} else {
			stay = append(stay, o)
		}
	}
	var kept, gone []Sighting
	for _, s := range asset.Sightings {
		if away(s.Source, s.Ref) {
			gone = append(gone, s)
		} else {
			kept = append(kept, s)
		}
	}
	switch {
	case len(gone) == 0:
		return rest, part, Errorf(Invalid, "asset %s has none of these sightings", asset.ID)
	case len(kept) == 0:
		return rest, part, Errorf(Invalid, "asset %s would be left without a sighting: leave at least one", asset.ID)
	case len(went) == 0:
		return rest, part, Errorf(Conflict, "what those sightings told of asset %s is not kept any more", asset.ID)
	}
	now = now.UTC()
	rest = Rebuild(now, asset, stay)
	if len(stay) == 0 {
		rest = asset.clone()
	}
	part = Rebuild(now, Asset{ID: NewID(now), ClientID: asset.ClientID, SiteID: went[0].SiteID, State: InService, Class: Unknown}, went)
	rest.resight(kept)
	part.resight(gone)
	rest.ParentID, rest.UpdatedAt, part.UpdatedAt = asset.ParentID, now, now
	return rest, part, nil
}

// resight sets the sightings as they were told.
func (a *Asset) resight(sightings []Sighting) {
	a.Sightings = slices.Clone(sightings)
	for i := range a.Sightings {
		a.Sightings[i].AssetID, a.Sightings[i].ClientID = a.ID, a.ClientID
	}
}
