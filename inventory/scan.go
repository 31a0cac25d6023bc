package inventory

import (
	"net/netip"
	"time"
)

// Depth says how much a scan asks.
type Depth string

// The depths.
const (
	DepthIdentity Depth = "identity" // class, vendor, model, serial, version, names
	DepthFull     Depth = "full"     // everything worth knowing
)

// ScanState is where a scan stands.
type ScanState string

// The states of a scan.
const (
	ScanQueued    ScanState = "queued"
	ScanRunning   ScanState = "running"
	ScanDone      ScanState = "done"
	ScanFailed    ScanState = "failed"
	ScanCancelled ScanState = "cancelled"
)

// Ended tells that the scan will not change any more.
func (s ScanState) Ended() bool { return s == ScanDone || s == ScanFailed || s == ScanCancelled }

// Scan is one run over targets of a site.
type Scan struct {
	ID         string     `json:"id" gorm:"primaryKey"`
	ClientID   string     `json:"client_id"`
	SiteID     string     `json:"site_id"`
	ScheduleID string     `json:"schedule_id,omitempty"`
	Targets    []string   `json:"targets" gorm:"serializer:json"`
	Depth      Depth      `json:"depth"`
	State      ScanState  `json:"state"`
	Progress   Progress   `json:"progress" gorm:"serializer:json"`
	Error      string     `json:"error,omitempty"`
	CreatedBy  string     `json:"created_by"`
	CreatedAt  time.Time  `json:"created_at"`
	StartedAt  *time.Time `json:"started_at,omitempty"`
	EndedAt    *time.Time `json:"ended_at,omitempty"`
}

// Progress is how far a scan is.
type Progress struct {
	Phase     string   `json:"phase"` // discover, probe, identify, store
	Targets   int      `json:"targets"`
	Done      int      `json:"done"`
	Found     int      `json:"found"`            // hosts that answered
	Assets    int      `json:"assets"`           // assets created or seen again
	Created   int      `json:"created"`          // of these, new ones
	Warnings  []string `json:"warnings"`         // what was lost, in plain words
	Silent    []string `json:"silent,omitempty"` // addresses that answer and tell nothing, once the scan is over; the first 500
	Current   string   `json:"current"`          // what is being looked at
	Percent   int      `json:"percent"`          // 0 to 100
	Reviewing int      `json:"reviewing"`        // doubts sent to Review
}

// Schedule runs a scan of a site again and again.
type Schedule struct {
	ID        string     `json:"id" gorm:"primaryKey"`
	ClientID  string     `json:"client_id"`
	SiteID    string     `json:"site_id"`
	Name      string     `json:"name"`
	Targets   []string   `json:"targets" gorm:"serializer:json"` // empty: the site's declared networks
	Depth     Depth      `json:"depth"`
	Spec      string     `json:"spec"`      // five cron fields, or @daily and such
	TimeZone  string     `json:"time_zone"` // IANA name
	Enabled   bool       `json:"enabled"`
	NextAt    *time.Time `json:"next_at,omitempty"`
	LastAt    *time.Time `json:"last_at,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
}

// Credential lets scans ask by SNMP. It is only ever sent to addresses inside
// its ranges.
type Credential struct {
	ID       string         `json:"id" gorm:"primaryKey"`
	ClientID string         `json:"client_id"`
	SiteID   string         `json:"site_id,omitempty"` // "": every site of the client
	Name     string         `json:"name"`
	Version  string         `json:"version"`              // 1, 2c or 3
	Secret   Secret         `json:"community" gorm:"-"`   // v1, v2c: the community
	User     string         `json:"user,omitempty"`       // v3
	Auth     string         `json:"auth,omitempty"`       // MD5, SHA, SHA224, SHA256, SHA384, SHA512
	AuthKey  Secret         `json:"auth_key" gorm:"-"`    // v3
	Privacy  string         `json:"privacy,omitempty"`    // DES, AES, AES192, AES256, AES192C, AES256C
	PrivKey  Secret         `json:"privacy_key" gorm:"-"` // v3
	Ranges   []netip.Prefix `json:"ranges" gorm:"serializer:json"`

	// Unreadable: the stored secrets do not open with the key in use, so the
	// credential cannot be used; it has to be given again.
	Unreadable bool `json:"unreadable,omitempty" gorm:"-"`
}

// Allows tells whether the credential may be sent to the address: it must be
// inside one of the ranges. No ranges, no address.
func (c Credential) Allows(a netip.Addr) bool {
	for _, r := range c.Ranges {
		if r.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}
