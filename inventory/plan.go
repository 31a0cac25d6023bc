package inventory

import (
	"slices"
	"time"
)

// Known is what Reconcile may know: the assets of one client that share an
// identifier with the observations (see Observation.Identifiers), each with its
// Identifiers and Sightings.
type Known struct {
	Assets []Asset

	// Apart holds pairs of asset ids that a person has told apart: they never
	// join again by themselves.
	Apart [][2]string

	// Reviews are the client's reviews, open and decided; their Evidence is not
	// needed. A doubt that is among them is not told again, and a decided
	// two-candidates review places what it is about: see Review.Resolution.
	Reviews []Review

	// Sought is what Seek gives of the very observations that Reconcile is given, in
	// their order, where the caller has it from looking for the assets; without it
	// Reconcile works it out again.
	Sought Sought
}

// Plan is what Reconcile decided, for the store to carry out in one
// transaction: first Join, then Create and Update, then Review.
type Plan struct {
	Create []Asset
	Update []Update
	Join   []Join
	Review []Review

	// Changes is the history of what is created and joined; what is updated has
	// its own.
	Changes []Change

	// Placed tells, for each observation in the order given, the id of the asset
	// it is of; "" when a person has to decide first.
	Placed []string
}

// Update is what changes on one known asset.
type Update struct {
	Asset   Asset    // as it is after the update, whole, with Identifiers and Sightings
	Changes []Change // what goes to history; empty when only last-seen moved
}

// Join says that two remembered assets turned out to be one: all that belongs
// to From (identifiers, sightings, history, coverages, shares of financings,
// licences and contracts, children) moves to Into, and From goes. Into has an
// Update in the same plan that holds its identifiers, sightings and values
// after the join.
type Join struct {
	ClientID string
	Into     string
	From     Asset  // as it was, whole: what an undo needs
	Because  string // the matcher's name
	At       time.Time
}

// The kinds of Review.
const (
	ReviewTwoCandidates = "two-candidates"    // it could be any of several assets: held until a person decides
	ReviewContradiction = "contradiction"     // an identifier says the same, others say different: kept as two assets
	ReviewPinned        = "pinned-value"      // a source disagrees with what a person has pinned
	ReviewRetired       = "retired-seen"      // a retired or disposed asset was seen again
	ReviewShared        = "shared-identifier" // too many things carry one identifier: it identifies none of them
	ReviewNameless      = "no-identity"       // a record with nothing that identifies, not even an address
)

// Review is a doubt that a person decides. Its ID is derived from what the
// doubt is about, not from when: the same doubt has the same ID at every scan,
// so the store keeps the first and ignores the rest, decided or not.
type Review struct {
	ID         string      `json:"id" gorm:"primaryKey"`
	ClientID   string      `json:"client_id"`
	At         time.Time   `json:"at"`
	Kind       string      `json:"kind"` // one of the kinds above
	Reason     string      `json:"reason"`
	AssetIDs   []string    `json:"asset_ids" gorm:"-"`
	Evidence   Observation `json:"evidence" gorm:"serializer:json"`
	DecidedAt  *time.Time  `json:"decided_at,omitempty"`
	DecidedBy  string      `json:"decided_by,omitempty"`
	Resolution string      `json:"resolution,omitempty"` // of two-candidates: the id of the asset it is, or ResolvedNew; else what the person wrote
}

// ResolvedNew answers a two-candidates review with "none of them".
const ResolvedNew = "new"

// Outcome counts what became of observations.
type Outcome struct {
	Created  int      `json:"created"`
	Updated  int      `json:"updated"`  // something but last-seen changed
	Seen     int      `json:"seen"`     // seen again as they were known
	Reviewed int      `json:"reviewed"` // doubts for a person
	AssetIDs []string `json:"asset_ids"`
}

// Outcome counts what the plan does. The ids are of the assets created,
// updated or seen, sorted.
func (p Plan) Outcome() Outcome {
	out := Outcome{Created: len(p.Create), Reviewed: len(p.Review), AssetIDs: []string{}}
	for _, a := range p.Create {
		out.AssetIDs = append(out.AssetIDs, a.ID)
	}
	for _, u := range p.Update {
		if len(u.Changes) > 0 {
			out.Updated++
		} else {
			out.Seen++
		}
		out.AssetIDs = append(out.AssetIDs, u.Asset.ID)
	}
	slices.Sort(out.AssetIDs)
	return out
}
