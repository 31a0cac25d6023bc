package inventory

import "time"

// Report is a document as it was once made: frozen, so that it can be handed
// over again, identical, and compared with a later one.
type Report struct {
	ID        string    `json:"id" gorm:"primaryKey"`
	ClientID  string    `json:"client_id"`
	Kind      string    `json:"kind"` // audit, renewals …
	Day       Day       `json:"day"`  // on which it speaks
	From      Day       `json:"from,omitempty"`
	To        Day       `json:"to,omitempty"`
	Digest    string    `json:"digest"` // SHA-256 of its content, in hexadecimal
	Size      int       `json:"size"`   // bytes that keeping it takes
	Frozen    []byte    `json:"-"`      // package report reads it; left out of lists
	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
}

// SavedReport is a report that is made again and again and sent by mail.
type SavedReport struct {
	ID           string     `json:"id" gorm:"primaryKey"`
	ClientID     string     `json:"client_id"`
	Name         string     `json:"name"`
	Kind         string     `json:"kind"`
	Lang         string     `json:"lang"`   // fr, en
	Format       string     `json:"format"` // pdf, html, xlsx, json
	Recipients   []string   `json:"recipients" gorm:"serializer:json"`
	Spec         string     `json:"spec"`      // five cron fields, or @monthly and such
	TimeZone     string     `json:"time_zone"` // IANA name
	Enabled      bool       `json:"enabled"`
	Attempts     int        `json:"attempts,omitempty"` // failed ones of the run that is under way
	NextAt       *time.Time `json:"next_at,omitempty"`
	LastAt       *time.Time `json:"last_at,omitempty"` // when it was last sent
	LastReportID string     `json:"last_report_id,omitempty"`
	LastError    string     `json:"last_error,omitempty"` // why it was not sent the last time
	CreatedAt    time.Time  `json:"created_at"`
}

// Provider is how who runs this installation shows itself on documents.
type Provider struct {
	Name      string    `json:"name"`
	Legal     string    `json:"legal,omitempty"`  // small print at the foot of every page
	Accent    string    `json:"accent,omitempty"` // #rrggbb
	Link      string    `json:"link,omitempty"`   // where people reach this installation: https://parc.example
	Logo      []byte    `json:"logo,omitempty"`   // PNG, checked by package paper
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}

// The ways to speak to a mail server.
const (
	MailStartTLS = "starttls" // port 587, encrypted after a greeting; refused without
	MailTLS      = "tls"      // port 465, encrypted from the beginning
	MailPlain    = "plain"    // not encrypted: a relay on the same machine only
)

// MailServer is where documents and alerts are handed in to be sent.
type MailServer struct {
	Host      string    `json:"host"`
	Port      int       `json:"port,omitempty"` // 0: the usual one of Security
	Security  string    `json:"security"`
	User      string    `json:"user,omitempty"`
	Password  Secret    `json:"password,omitzero"`
	From      string    `json:"from"` // the sender's address
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}
