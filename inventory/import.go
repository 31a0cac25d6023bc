package inventory

import "time"

// Import is a spreadsheet that was taken in.
type Import struct {
	ID       string     `json:"id" gorm:"primaryKey"`
	ClientID string     `json:"client_id"`
	SiteID   string     `json:"site_id"`
	Name     string     `json:"name"`   // of the file
	Digest   string     `json:"digest"` // SHA-256 of the file, in hexadecimal
	RowCount int        `json:"row_count"`
	Created  int        `json:"created"` // assets that were not known before
	Updated  int        `json:"updated"` // assets on which something changed
	By       string     `json:"by"`
	At       time.Time  `json:"at"`
	UndoneAt *time.Time `json:"undone_at,omitempty"`
	UndoneBy string     `json:"undone_by,omitempty"`
}

// ImportRow is one row of a spreadsheet: what it says of a thing, and the coverage
// and the purchase that it tells of; without an End and without a Price they are none.
type ImportRow struct {
	Observation Observation
	Coverage    Coverage
	Purchase    Financing
}

// ImportUndone tells what became of an import that was taken back.
type ImportUndone struct {
	Import    Import `json:"import"`
	Removed   int    `json:"removed"`   // assets that only it had told of
	Restored  int    `json:"restored"`  // assets that are again as the others tell them
	Kept      int    `json:"kept"`      // assets that only it had told of, on which people have worked since
	Coverages int    `json:"coverages"` // taken back
	Purchases int    `json:"purchases"` // taken back
}
