package inventory

import "time"

// Intervention is work done on an asset or for a client under a contract.
type Intervention struct {
	ID            string       `json:"id" gorm:"primaryKey"`
	ClientID      string       `json:"client_id"`
	AssetID       string       `json:"asset_id,omitempty"`
	ContractID    string       `json:"contract_id,omitempty"`
	Level         SupportLevel `json:"level"`
	Kind          string       `json:"kind"` // failure, request, maintenance, installation
	Summary       string       `json:"summary"`
	OpenedAt      time.Time    `json:"opened_at"`
	RespondedAt   *time.Time   `json:"responded_at,omitempty"`
	ResolvedAt    *time.Time   `json:"resolved_at,omitempty"`
	PausedMinutes int          `json:"paused_minutes,omitempty"` // waiting for the client or a third party
	WorkMinutes   int          `json:"work_minutes,omitempty"`
	Cost          Money        `json:"cost" gorm:"embedded;embeddedPrefix:cost_"`
	By            string       `json:"by,omitempty"`
	CreatedAt     time.Time    `json:"created_at"`
}

// InterventionFailure is the kind of intervention that counts against an asset.
const InterventionFailure = "failure"

// InterventionFilter says which interventions of a client to list, the latest first.
type InterventionFilter struct {
	ClientID   string
	AssetID    string // "" for all
	ContractID string // "" for all
	From, To   Day    // opened in these days, both included; "" is without a bound
	Page       Page
}
