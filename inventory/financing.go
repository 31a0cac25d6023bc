package inventory

import "time"

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

// Depreciation is how an asset's book value falls.
type Depreciation string

// The methods of depreciation.
const (
	Linear    Depreciation = "linear"
	Declining Depreciation = "declining" // dégressif
	Expensed  Depreciation = "expensed"  // a charge at once
)

// Financing is how one or several assets are paid for. Amounts are net of VAT.
type Financing struct {
	ID           string        `json:"id" gorm:"primaryKey"`
	ClientID     string        `json:"client_id"`
	Kind         FinancingKind `json:"kind"`
	Supplier     string        `json:"supplier,omitempty"`
	Lessor       string        `json:"lessor,omitempty"`
	Reference    string        `json:"reference,omitempty"` // invoice or lease contract number
	SignedOn     Day           `json:"signed_on,omitempty"`
	Start        Day           `json:"start"` // invoice date, or first day of the lease
	Months       int           `json:"months,omitempty"`
	PeriodMonths int           `json:"period_months,omitempty"` // 1 monthly, 3 quarterly …
	Arrears      bool          `json:"arrears,omitempty"`       // terme échu; false is terme à échoir
	Price        Money         `json:"price" gorm:"embedded;embeddedPrefix:price_"`
	Instalment   Money         `json:"instalment" gorm:"embedded;embeddedPrefix:instalment_"`
	Residual     Money         `json:"residual" gorm:"embedded;embeddedPrefix:residual_"` // purchase option or buy-out asked at the end
	RateBPS      int           `json:"rate_bps,omitempty"`                                // nominal yearly rate of a loan; 480 is 4.8 %
	TacitMonths  int           `json:"tacit_months,omitempty"`                            // a lease nobody ends goes on for so long; 0 is not at all
	NoticeMonths int           `json:"notice_months,omitempty"`
	NoticeDays   int           `json:"notice_days,omitempty"` // when notice counts in days instead
	ReturnTerms  string        `json:"return_terms,omitempty"`
	ReturnCost   Money         `json:"return_cost" gorm:"embedded;embeddedPrefix:return_cost_"`
	InService    Day           `json:"in_service,omitempty"`  // first day of use, where depreciation starts; Start when unknown
	Method       Depreciation  `json:"method,omitempty"`      // "" is the policy's
	LifeMonths   int           `json:"life_months,omitempty"` // depreciated over; 0 is the policy's
	VATPermille  int           `json:"vat_permille"`          // 200 is 20 %

	FirstInstalment Money `json:"first_instalment,omitzero" gorm:"embedded;embeddedPrefix:first_instalment_"` // premier loyer majoré, in the place of the first rent; none when zero
	Deposit         Money `json:"deposit,omitzero" gorm:"embedded;embeddedPrefix:deposit_"`                   // paid at the start, given back at the end; bears no VAT
	Premium         Money `json:"premium,omitzero" gorm:"embedded;embeddedPrefix:premium_"`                   // of the lessor's insurance, with each rent; bears no VAT
	IndexBPS        int   `json:"index_bps,omitempty"`                                                        // yearly rise of the rent on each anniversary of the start
	ExitPermille    int   `json:"exit_permille,omitempty"`                                                    // of the rents left, what leaving early costs: 1100 is all of them and 10 %; 0 is not agreed
	MustInsure      bool  `json:"must_insure,omitempty"`                                                      // the lessee has to insure the things
	InsuredUntil    Day   `json:"insured_until,omitempty"`                                                    // end of the lessee's own insurance of them
	OptionFrom      Day   `json:"option_from,omitempty"`                                                      // the purchase option is declared between these days
	OptionUntil     Day   `json:"option_until,omitempty"`

	AssetIDs   []string    `json:"asset_ids" gorm:"-"`            // since the start
	Amendments []Amendment `json:"amendments,omitempty" gorm:"-"` // avenants of a lease, in the order of their days
	Notes      string      `json:"notes,omitempty"`
	CreatedAt  time.Time   `json:"created_at"`
}
