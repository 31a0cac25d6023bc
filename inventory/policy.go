package inventory

import "time"

// Policy is what a client has decided about its equipment; the one without a
// client is the provider's own and fills what a client's leaves out.
type Policy struct {
	ClientID       string          `json:"client_id,omitempty" gorm:"primaryKey"`
	LifeMonths     map[Class]int   `json:"life_months,omitempty" gorm:"serializer:json"`   // age at which a class is replaced
	Inflation      map[Class]int   `json:"inflation_bps,omitempty" gorm:"serializer:json"` // yearly rise of prices, basis points; "" is any other class
	RiskCost       map[Class]Money `json:"risk_cost,omitempty" gorm:"serializer:json"`     // a year's cost of keeping one past its time
	Method         Depreciation    `json:"method,omitempty"`
	DepreciateOver int             `json:"depreciate_over,omitempty"`                           // months
	Threshold      Money           `json:"threshold" gorm:"embedded;embeddedPrefix:threshold_"` // up to this net price a thing is expensed
	YearEndMonth   int             `json:"year_end_month,omitempty"`                            // last month of the fiscal year; 0 is December
	VATPermille    int             `json:"vat_permille,omitempty"`
	DiscountBPS    int             `json:"discount_bps,omitempty"`     // yearly rate of present values
	NoticeWarnDays int             `json:"notice_warn_days,omitempty"` // ahead of a last day to give notice
	UpdatedAt      time.Time       `json:"updated_at"`
}
