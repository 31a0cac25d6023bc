package inventory

import "time"

// Known is what Reconcile may know: the assets of one client that share an
// identifier with the observations. Store.Known loads it.
type Known struct {
	Assets []Asset
}

// Plan is what Reconcile decided, for store.Apply to carry out in one transaction.
type Plan struct {
	Create []Asset
	Update []Update
	Review []Review
}

// Update is what changes on one known asset.
type Update struct {
	Asset   Asset    // as it is after the update, whole
	Changes []Change // what goes to history; empty when only last-seen moved
}

// Review is a doubt that a person decides.
type Review struct {
	ID         string      `json:"id" gorm:"primaryKey"`
	ClientID   string      `json:"client_id"`
	At         time.Time   `json:"at"`
	Kind       string      `json:"kind"` // two-candidates, contradiction, pinned-value, retired-seen
	Reason     string      `json:"reason"`
	AssetIDs   []string    `json:"asset_ids" gorm:"serializer:json"`
	Evidence   Observation `json:"evidence" gorm:"serializer:json"`
	DecidedAt  *time.Time  `json:"decided_at,omitempty"`
	DecidedBy  string      `json:"decided_by,omitempty"`
	Resolution string      `json:"resolution,omitempty"`
}
