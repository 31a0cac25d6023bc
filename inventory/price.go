package inventory

import "time"

// Price is what one thing of a class or model costs, as known on a day. The
// price book without a client is the provider's.
type Price struct {
	ID        string    `json:"id" gorm:"primaryKey"`
	ClientID  string    `json:"client_id,omitempty"`
	Class     Class     `json:"class"`
	Vendor    string    `json:"vendor,omitempty"`
	Model     string    `json:"model,omitempty"` // "" is any of the class
	Amount    Money     `json:"amount" gorm:"embedded;embeddedPrefix:amount_"`
	Day       Day       `json:"day"`
	Source    string    `json:"source"` // invoice, hand, list
	Reference string    `json:"reference,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}
