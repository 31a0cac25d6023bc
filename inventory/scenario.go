package inventory

import "time"

// Scenario is a saved set of choices for a refresh budget, to compare with others.
type Scenario struct {
	ID          string         `json:"id" gorm:"primaryKey"`
	ClientID    string         `json:"client_id"`
	Name        string         `json:"name"`
	From        int            `json:"from"`                                         // first year
	Years       int            `json:"years"`                                        // horizon
	Caps        map[int]Money  `json:"caps,omitempty" gorm:"serializer:json"`        // by year; 0 is every other year
	LifeMonths  map[Class]int  `json:"life_months,omitempty" gorm:"serializer:json"` // in place of the policy's
	First       []Class        `json:"first,omitempty" gorm:"serializer:json"`       // replaced before others
	Lease       []Class        `json:"lease,omitempty" gorm:"serializer:json"`       // leased instead of bought
	LeaseMonths int            `json:"lease_months,omitempty"`
	LeaseBPS    int            `json:"lease_bps,omitempty"`                     // a month's rent in basis points of the price
	Pinned      map[string]int `json:"pinned,omitempty" gorm:"serializer:json"` // asset id → year decided by a person; 0 is not at all
	Lots        map[string]int `json:"lots,omitempty" gorm:"serializer:json"`   // model → fewest bought at once
	Notes       string         `json:"notes,omitempty"`
	CreatedAt   time.Time      `json:"created_at"`
}
