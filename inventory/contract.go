package inventory

import "time"

// SupportLevel is who deals with a request.
type SupportLevel int

// The levels of support.
const (
	KnowledgeBase SupportLevel = 1 // desk and known fixes
	Remote        SupportLevel = 2 // a technician, from afar
	OnSite        SupportLevel = 3 // somebody comes
)

// ServiceLevel is what a contract promises at one level of support. The clock
// runs during Hours only.
type ServiceLevel struct {
	Level             SupportLevel `json:"level"`
	Hours             string       `json:"hours"`                        // "Mo-Fr 09:00-18:00", "24x7"
	TimeZone          string       `json:"time_zone,omitempty"`          // IANA; "" is Europe/Paris
	ResponseMinutes   int          `json:"response_minutes,omitempty"`   // until a person works on it (GTI); 0 is no promise
	ResolutionMinutes int          `json:"resolution_minutes,omitempty"` // until the service works again (GTR)
}

// Contract is an agreement with a term: infogérance, maintenance, telecom, insurance.
type Contract struct {
	ID           string         `json:"id" gorm:"primaryKey"`
	ClientID     string         `json:"client_id"`
	Kind         string         `json:"kind"` // managed-service, maintenance, leasing, telecom, insurance
	Party        string         `json:"party"`
	Reference    string         `json:"reference,omitempty"`
	Title        string         `json:"title"`
	Start        Day            `json:"start"`
	Months       int            `json:"months"`
	TacitMonths  int            `json:"tacit_months,omitempty"` // length of a tacit renewal; 0 is none
	NoticeMonths int            `json:"notice_months,omitempty"`
	Price        Money          `json:"price" gorm:"embedded;embeddedPrefix:price_"`
	PriceMonths  int            `json:"price_months,omitempty"` // the price's period
	VATPermille  int            `json:"vat_permille"`
	IndexName    string         `json:"index_name,omitempty"`  // what the price follows: Syntec …
	IndexBPS     int            `json:"index_bps,omitempty"`   // expected yearly rise on each anniversary; 250 is 2.5 %
	NoticeDays   int            `json:"notice_days,omitempty"` // when notice counts in days instead of months
	NoticeForm   string         `json:"notice_form,omitempty"` // registered letter …
	Services     []string       `json:"services,omitempty" gorm:"serializer:json"`
	SiteIDs      []string       `json:"site_ids,omitempty" gorm:"serializer:json"` // whole sites in scope
	Levels       []ServiceLevel `json:"levels,omitempty" gorm:"serializer:json"`
	Insurer      string         `json:"insurer,omitempty"`
	Policy       string         `json:"policy,omitempty"` // the insurance's number
	InsuredUntil Day            `json:"insured_until,omitempty"`
	InsuredUpTo  Money          `json:"insured_up_to" gorm:"embedded;embeddedPrefix:insured_up_to_"`
	AssetIDs     []string       `json:"asset_ids" gorm:"-"`
	Notes        string         `json:"notes,omitempty"`
	CreatedAt    time.Time      `json:"created_at"`
}
