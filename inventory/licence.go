package inventory

import "time"

// Licence is a right to use a product.
type Licence struct {
	ID             string    `json:"id" gorm:"primaryKey"`
	ClientID       string    `json:"client_id"`
	Publisher      string    `json:"publisher"`
	Product        string    `json:"product"`
	Edition        string    `json:"edition,omitempty"`
	Metric         string    `json:"metric"` // device, user, concurrent, core, cal, server
	Quantity       int       `json:"quantity"`
	Kind           string    `json:"kind"` // subscription, perpetual, oem
	Start          Day       `json:"start,omitempty"`
	End            Day       `json:"end,omitempty"`
	Renews         bool      `json:"renews"`
	UnitPrice      Money     `json:"unit_price" gorm:"embedded;embeddedPrefix:unit_price_"`
	PerMonths      int       `json:"per_months,omitempty"` // the price's period; 0 is once
	VATPermille    int       `json:"vat_permille"`
	PackSize       int       `json:"pack_size,omitempty"`    // Quantity counts packs of so many rights; 0 is one
	TacitMonths    int       `json:"tacit_months,omitempty"` // length of a renewal
	NoticeMonths   int       `json:"notice_months,omitempty"`
	MaintenanceEnd Day       `json:"maintenance_end,omitempty"` // of a perpetual licence: updates until then
	Assigned       int       `json:"assigned,omitempty"`        // rights given to somebody, where no scan can tell
	Active         int       `json:"active,omitempty"`          // of those, used in the last 90 days
	Supplier       string    `json:"supplier,omitempty"`
	Reference      string    `json:"reference,omitempty"`
	AssetIDs       []string  `json:"asset_ids" gorm:"-"`
	CreatedAt      time.Time `json:"created_at"`
}
