package inventory

import "time"

// Product is a system, a program or a line of equipment whose releases have
// dates, as a source of such dates gives it.
type Product struct {
	ID        string    `json:"id" gorm:"primaryKey"` // the catalogue's name: "windows-server"
	Label     string    `json:"label"`
	Category  string    `json:"category,omitempty"`
	Source    string    `json:"source"`
	SeenOn    Day       `json:"seen_on"` // the day the source gave it
	Releases  []Release `json:"releases" gorm:"serializer:json"`
	UpdatedAt time.Time `json:"updated_at"` // when it was stored
}

// TableName says where the catalogue that an operator has loaded is kept.
func (Product) TableName() string { return "catalogue" }

// Release is one release of a product. An end is a day, the last one that is
// still supported; "yes" for over since nobody knows when; "no" for not over and
// no day announced; "" where it is not known or the product has no such phase.
type Release struct {
	Name      string `json:"name"`
	Label     string `json:"label,omitempty"`
	Released  Day    `json:"released,omitempty"`
	ActiveEnd string `json:"active_end,omitempty"`
	End       string `json:"end,omitempty"`
	Extended  string `json:"extended,omitempty"` // an extended phase, mostly paid
	Latest    string `json:"latest,omitempty"`
	LatestOn  Day    `json:"latest_on,omitempty"`
}
