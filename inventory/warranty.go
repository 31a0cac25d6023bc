package inventory

import "time"

// WarrantyLookup is the last time a maker was asked about an asset.
type WarrantyLookup struct {
	ClientID string    `json:"client_id"`
	AssetID  string    `json:"asset_id" gorm:"primaryKey"`
	Maker    string    `json:"maker" gorm:"primaryKey"` // dell, lenovo
	Serial   string    `json:"serial"`                  // as it was asked
	AskedAt  time.Time `json:"asked_at"`
	Unknown  bool      `json:"unknown"`           // the maker does not know the serial
	Shipped  Day       `json:"shipped,omitempty"` // when it left the maker
}

// MakerKey opens a manufacturer's warranty service for the whole installation.
type MakerKey struct {
	Maker     string    `json:"maker" gorm:"primaryKey"`
	Login     string    `json:"login,omitempty"` // client id, where the maker has one beside the secret
	Secret    Secret    `json:"secret" gorm:"-"`
	UpdatedAt time.Time `json:"updated_at"`

	// Unreadable: the stored secret does not open with the key in use; it has to
	// be given again.
	Unreadable bool `json:"unreadable,omitempty" gorm:"-"`
}
