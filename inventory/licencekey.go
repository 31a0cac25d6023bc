package inventory

import "time"

// LicenceKey is the key of a licence that a machine has told of itself. The key
// itself is sealed and comes out by Store.ReadLicenceKey only.
type LicenceKey struct {
	ID        string    `json:"id" gorm:"primaryKey"`
	ClientID  string    `json:"client_id"`
	Tail      string    `json:"tail,omitempty"` // its last characters, where its form is Microsoft's
	CreatedAt time.Time `json:"created_at"`
	ToldAt    time.Time `json:"told_at"` // when a machine last told it, to the day
}

// FieldKeyRead is what history says where somebody has read the key of a licence
// of the asset.
const FieldKeyRead = "licence-key-read"
