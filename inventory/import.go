package inventory

import "time"

// Import is a file that was taken in, as it is remembered: who took it in and when,
// which file it was, and what it did.
type Import struct {
	ID        string            `json:"id" gorm:"primaryKey"`
	ClientID  string            `json:"client_id"`
	SiteID    string            `json:"site_id"`                                  // where the rows stand that name no site
	Name      string            `json:"name"`                                     // of the file
	Digest    string            `json:"digest"`                                   // SHA-256 of the file, in hexadecimal
	Mapping   map[string]string `json:"mapping,omitempty" gorm:"serializer:json"` // heading → where the column went
	RowCount  int               `json:"row_count"`
	Created   int               `json:"created"`   // assets that were not known before
	Updated   int               `json:"updated"`   // assets on which something changed
	Seen      int               `json:"seen"`      // assets that were known so
	Reviewed  int               `json:"reviewed"`  // doubts for a person
	Refused   int               `json:"refused"`   // rows left out because they cannot be
	Coverages int               `json:"coverages"` // made by it
	Purchases int               `json:"purchases"` // made by it
	By        string            `json:"by"`
	At        time.Time         `json:"at"`
	UndoneAt  *time.Time        `json:"undone_at,omitempty"`
	UndoneBy  string            `json:"undone_by,omitempty"`
	Undone    *ImportUndone     `json:"undone,omitempty" gorm:"serializer:json"`
}

// ImportFile is a file to take in.
type ImportFile struct {
	ClientID string // whose it is; "" is the client named so, made when there is none
	Client   string
	SiteID   string // where rows stand that name no site; "" is the site named so, made when there is none
	Site     string // "" too: the client's only site, or a first one
	Name     string
	Digest   string
	Mapping  map[string]string // heading → where the column goes, as it was read
	Refused  int               // rows that are not among these
	Dry      bool              // all is worked out as it would be, and nothing is kept

	// Row makes row i of Len, as often as it is asked for: a large file is never held
	// worked out whole.
	Len int
	Row func(i int) ImportRow
}

// ImportRow is one row of a spreadsheet: what it says of a thing, and the coverage
// and the purchase that it tells of. Without an End and without a Kind they are none.
type ImportRow struct {
	Number      int    // as a person counts
	Site        string // the name of where it stands; "" is the file's
	Observation Observation
	Coverage    Coverage
	Purchase    Financing
}

// ImportResult tells what became of a file.
type ImportResult struct {
	Import Import          `json:"import"`
	Sites  []string        `json:"sites"` // the names of those made
	Rows   []ImportVerdict `json:"rows"`  // in the order of the file
}

// What becomes of a row.
const (
	ImportCreate    = "create"
	ImportUpdate    = "update"
	ImportUnchanged = "unchanged"
	ImportJoin      = "join"   // two known assets are one
	ImportReview    = "review" // a person has to decide
	ImportRefused   = "refused"
)

// What becomes of what a row tells of how its thing was paid for.
const (
	PurchaseMade   = "made"
	PurchaseKnown  = "known"  // so already
	PurchaseNoDay  = "no-day" // nothing is made: the row does not tell when
	PurchaseExists = "exists" // something else says how the asset is paid for: that stays
)

// ImportVerdict tells what became of one row, and why.
type ImportVerdict struct {
	Row      int    `json:"row"`
	Name     string `json:"name"` // what the row is called by
	What     string `json:"what"`
	AssetID  string `json:"asset_id,omitempty"`
	Changes  int    `json:"changes,omitempty"` // how many values change; the first of them:
	Field    string `json:"field,omitempty"`
	Old      string `json:"old,omitempty"`
	New      string `json:"new,omitempty"`
	Because  string `json:"because,omitempty"`  // the name of the rule
	Coverage bool   `json:"coverage,omitempty"` // one is made
	Purchase string `json:"purchase,omitempty"`

	// Of a row that is refused: which column holds what impossible value; without a
	// column the row itself is.
	Column  string `json:"column,omitempty"`
	Value   string `json:"value,omitempty"`
	Problem string `json:"problem,omitempty"` // its code
	Reason  string `json:"reason,omitempty"`  // in English
}

// Verdicts tells of each observation of a plan what became of it.
func (p *Plan) Verdicts() []ImportVerdict {
	of := map[string]ImportVerdict{}
	for i := range p.Update {
		u := &p.Update[i]
		v := ImportVerdict{What: ImportUnchanged}
		if len(u.Changes) > 0 {
			c := &u.Changes[0]
			v = ImportVerdict{What: ImportUpdate, Changes: len(u.Changes), Field: c.Field, Old: c.Old, New: c.New, Because: c.Because}
		}
		of[u.Asset.ID] = v
	}
	for _, j := range p.Join {
		of[j.Into] = ImportVerdict{What: ImportJoin, Because: j.Because}
	}
	for i := range p.Create {
		of[p.Create[i].ID] = ImportVerdict{What: ImportCreate}
		if p.Create[i].Doubt != "" {
			of[p.Create[i].ID] = ImportVerdict{What: ImportReview}
		}
	}
	verdicts := make([]ImportVerdict, len(p.Placed))
	for i, id := range p.Placed {
		if verdicts[i] = of[id]; id == "" {
			verdicts[i] = ImportVerdict{What: ImportReview}
		}
		verdicts[i].AssetID = id
	}
	return verdicts
}

// ImportUndone tells what became of an import that was taken back.
type ImportUndone struct {
	Removed   int `json:"removed"`   // assets that only it had told of
	Restored  int `json:"restored"`  // assets of which its record was taken off
	Coverages int `json:"coverages"` // taken back
	Purchases int `json:"purchases"` // taken back
	Sites     int `json:"sites"`     // taken back
	Decisions int `json:"decisions"` // assets that it had joined, which are two again
	Reviews   int `json:"reviews"`   // doubts that it had raised

	Left     []ImportLeft `json:"left"` // what stays that it had made, and why; the first of them
	LeftMore int          `json:"left_more,omitempty"`
}

// MostLeft is how many things an undo names that it has left.
const MostLeft = 200

// Leave notes something that an undo leaves.
func (u *ImportUndone) Leave(l ImportLeft) {
	if len(u.Left) < MostLeft {
		u.Left = append(u.Left, l)
		return
	}
	u.LeftMore++
}

// Why an undo leaves something.
const (
	LeftPinned  = "pinned"   // a person has set a value of the asset
	LeftHangs   = "hangs"    // something that the import did not make hangs on it
	LeftSeen    = "seen"     // others have told of the asset too: only the import's record is taken off
	LeftChanged = "changed"  // a person has changed it since, or removed it
	LeftDecided = "decided"  // a later decision rests on it
	LeftInUse   = "in-use"   // a site where something else stands
	LeftDoubted = "answered" // a doubt that a person has answered
)

// ImportLeft is one thing that an import had made and its undo leaves.
type ImportLeft struct {
	Kind  string `json:"kind"` // asset, coverage, purchase, site, decision, review
	ID    string `json:"id,omitempty"`
	Name  string `json:"name,omitempty"`
	Count int    `json:"count,omitempty"` // of several that are not named
	Why   string `json:"why"`
}
