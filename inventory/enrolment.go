package inventory

import (
	"slices"
	"time"
)

// Enrolment lets the inventory agents of one client's site report in: who has
// its token may send inventories, and do nothing else. Only a hash of the token
// is stored.
type Enrolment struct {
	ID         string     `json:"id" gorm:"primaryKey"`
	ClientID   string     `json:"client_id"`
	SiteID     string     `json:"site_id"`
	Name       string     `json:"name"`
	TokenHash  string     `json:"-"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty"`
	RevokedAt  *time.Time `json:"revoked_at,omitempty"`

	// Network lets its agents be asked to look at the site's networks, for which
	// they are given the site's SNMP credentials; once on each day (UTC).
	Network   bool       `json:"network"`
	AskedAt   *time.Time `json:"asked_at,omitempty"`       // when one of them was last asked to
	AskedWith []string   `json:"-" gorm:"serializer:json"` // the ids of the credentials it was given, in the order of their numbers
}

// NetworkFind is a device that an agent of an enrolment has found to answer by
// SNMP, for it to be asked more the next time.
type NetworkFind struct {
	ClientID     string
	EnrolmentID  string `gorm:"primaryKey"`
	Address      string `gorm:"primaryKey"`
	Port         int    // 0: the usual one
	CredentialID string // to which it answered
	FoundAt      time.Time
}

// MayAsk tells that one of its agents may be asked now to look at the networks.
func (e Enrolment) MayAsk(now time.Time) bool {
	return e.Network && e.RevokedAt == nil && (e.AskedAt == nil || e.AskedAt.Before(now.UTC().Truncate(24*time.Hour)))
}

// Scope gives what the agents of the enrolment may touch: one client.
func (e Enrolment) Scope() Scope { return ScopeClients("agent:"+e.ID, e.ClientID) }

// Agent is one inventory agent that reports in. An agent does not tell its
// administrator that a server refused it, so the server keeps when it was last
// heard of.
type Agent struct {
	ClientID    string     `json:"client_id"`
	Device      string     `json:"device"` // the agent's own id of the machine
	SiteID      string     `json:"site_id"`
	EnrolmentID string     `json:"enrolment_id"`
	Program     string     `json:"program"`                  // its name and version
	Tag         string     `json:"tag,omitempty"`            // what its administrator has set; proves nothing
	Zone        *int       `json:"-"`                        // minutes east of UTC, as its last whole inventory told
	Taken       []string   `json:"-" gorm:"serializer:json"` // digests of the last messages taken in
	LastContact time.Time  `json:"last_contact"`
	LastFull    *time.Time `json:"last_full,omitempty"`    // the last whole inventory taken in
	LastPartial *time.Time `json:"last_partial,omitempty"` // the last that told only what has changed
	LastError   string     `json:"last_error,omitempty"`   // why its last message was refused
}

// takenKept is how many messages of an agent are remembered: what is sent again
// comes soon after.
const takenKept = 16

// Took tells whether the message of that digest has been taken in already.
func (a *Agent) Took(digest string) bool { return slices.Contains(a.Taken, digest) }

// Take notes that the message of that digest has been taken in.
func (a *Agent) Take(digest string) {
	a.Taken = append(a.Taken, digest)
	a.Taken = a.Taken[max(0, len(a.Taken)-takenKept):]
}
