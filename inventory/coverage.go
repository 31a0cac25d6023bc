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

// FinancingKind says how an asset was paid for.
type FinancingKind string

// The kinds of financing.
const (
	Purchase      FinancingKind = "purchase"
	Loan          FinancingKind = "loan"
	CreditBail    FinancingKind = "credit-bail"  // lease with a purchase option
	Lease         FinancingKind = "lease"        // location financière, LLD: goes back at the end
	EvolvingLease FinancingKind = "evolving"     // location évolutive, device as a service
	Subscription  FinancingKind = "subscription" // paid as long as it runs
)

// Financing is how one or several assets are paid for. Amounts are net of VAT.
type Financing struct {
	ID           string        `json:"id" gorm:"primaryKey"`
	ClientID     string        `json:"client_id"`
	Kind         FinancingKind `json:"kind"`
	Supplier     string        `json:"supplier,omitempty"`
	Lessor       string        `json:"lessor,omitempty"`
	Reference    string        `json:"reference,omitempty"` // invoice or lease contract number
	Start        Day           `json:"start"`               // invoice date, or first day of the lease
	Months       int           `json:"months,omitempty"`
	PeriodMonths int           `json:"period_months,omitempty"` // 1 monthly, 3 quarterly …
	Arrears      bool          `json:"arrears,omitempty"`       // terme échu; false is terme à échoir
	Price        Money         `json:"price" gorm:"embedded;embeddedPrefix:price_"`
	Instalment   Money         `json:"instalment" gorm:"embedded;embeddedPrefix:instalment_"`
	Residual     Money         `json:"residual" gorm:"embedded;embeddedPrefix:residual_"`
	NoticeMonths int           `json:"notice_months,omitempty"`
	VATPermille  int           `json:"vat_permille"` // 200 is 20 %
	AssetIDs     []string      `json:"asset_ids" gorm:"-"`
	Notes        string        `json:"notes,omitempty"`
	CreatedAt    time.Time     `json:"created_at"`
}

// Licence is a right to use a product.
type Licence struct {
	ID        string    `json:"id" gorm:"primaryKey"`
	ClientID  string    `json:"client_id"`
	Publisher string    `json:"publisher"`
	Product   string    `json:"product"`
	Edition   string    `json:"edition,omitempty"`
	Metric    string    `json:"metric"` // device, user, concurrent, core, cal, server
	Quantity  int       `json:"quantity"`
	Kind      string    `json:"kind"` // subscription, perpetual, oem
	Start     Day       `json:"start,omitempty"`
	End       Day       `json:"end,omitempty"`
	Renews    bool      `json:"renews"`
	UnitPrice Money     `json:"unit_price" gorm:"embedded;embeddedPrefix:unit_price_"`
	PerMonths int       `json:"per_months,omitempty"` // the price's period; 0 is once
	Supplier  string    `json:"supplier,omitempty"`
	Reference string    `json:"reference,omitempty"`
	AssetIDs  []string  `json:"asset_ids" gorm:"-"`
	CreatedAt time.Time `json:"created_at"`
}

// Contract is an agreement with a term: infogérance, maintenance, telecom, insurance.
type Contract struct {
	ID            string    `json:"id" gorm:"primaryKey"`
	ClientID      string    `json:"client_id"`
	Kind          string    `json:"kind"` // managed-service, maintenance, telecom, insurance
	Party         string    `json:"party"`
	Reference     string    `json:"reference,omitempty"`
	Title         string    `json:"title"`
	Start         Day       `json:"start"`
	Months        int       `json:"months"`
	TacitMonths   int       `json:"tacit_months,omitempty"` // length of a tacit renewal; 0 is none
	NoticeMonths  int       `json:"notice_months,omitempty"`
	Price         Money     `json:"price" gorm:"embedded;embeddedPrefix:price_"`
	PriceMonths   int       `json:"price_months,omitempty"` // the price's period
	SupportLevels []string  `json:"support_levels,omitempty" gorm:"serializer:json"`
	AssetIDs      []string  `json:"asset_ids" gorm:"-"`
	Notes         string    `json:"notes,omitempty"`
	CreatedAt     time.Time `json:"created_at"`
}
