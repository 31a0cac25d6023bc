package inventory

import "time"

// Coverage is a warranty or support entitlement of one asset. An asset has any
// number of them; its effective end is computed.
type Coverage struct {
	ID        string    `json:"id" gorm:"primaryKey"`
	ClientID  string    `json:"client_id"`
	AssetID   string    `json:"asset_id"`
	Kind      string    `json:"kind"`            // manufacturer, extension, care-pack, on-site, support
	Level     string    `json:"level,omitempty"` // next business day, 24x7 …
	Start     Day       `json:"start,omitempty"`
	End       Day       `json:"end,omitempty"`
	Source    string    `json:"source"` // dell, lenovo, csv, hand …
	FetchedAt time.Time `json:"fetched_at"`
}
