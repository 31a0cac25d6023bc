package inventory

import "time"

// State is where an asset stands in its life.
type State string

// The states.
const (
	InStock   State = "in-stock"
	InService State = "in-service"
	InRepair  State = "in-repair"
	Missing   State = "missing" // in service, and not seen for longer than its class allows
	Retired   State = "retired"
	Disposed  State = "disposed"
)

// Valid tells that the state is one of the above.
func (s State) Valid() bool {
	switch s {
	case InStock, InService, InRepair, Missing, Retired, Disposed:
		return true
	}
	return false
}

// Asset is one thing a client owns, rents or runs, as remembered. The flat
// fields mirror the current Values, for filters and lists; Values say where
// each comes from.
type Asset struct {
	ID       string `json:"id" gorm:"primaryKey"`
	ClientID string `json:"client_id"`
	SiteID   string `json:"site_id"`
	State    State  `json:"state"`
	ParentID string `json:"parent_id,omitempty"` // the asset it is part of: the server of a management board, the stack of a member

	// Doubt is the review that must tell which asset this is; until then it is one
	// apart that nothing is recognised by: see Asset.Release.
	Doubt string `json:"doubt,omitempty"`

	Class     Class  `json:"class"`
	Vendor    string `json:"vendor,omitempty"`
	Model     string `json:"model,omitempty"`
	Version   string `json:"version,omitempty"`
	Serial    string `json:"serial,omitempty"`
	UUID      string `json:"uuid,omitempty"`
	Hostname  string `json:"hostname,omitempty"`
	Address   string `json:"address,omitempty"` // where it was last seen
	OSName    string `json:"os_name,omitempty"`
	OSVersion string `json:"os_version,omitempty"`
	OSBuild   string `json:"os_build,omitempty"`

	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	UpdatedAt time.Time `json:"updated_at"`

	Values      map[Field]Value `json:"values,omitempty" gorm:"serializer:json"`
	Details     Details         `json:"details,omitzero" gorm:"serializer:json"`
	Identifiers []Identifier    `json:"identifiers,omitempty" gorm:"-"`
	Sightings   []Sighting      `json:"sightings,omitempty" gorm:"-"`
}

// Value is the current value of one field with its provenance.
type Value struct {
	Value      string     `json:"value"`
	Source     Source     `json:"source"`
	From       string     `json:"from,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	At         time.Time  `json:"at"`
	Pinned     bool       `json:"pinned,omitempty"` // said by a person: scans may disagree, never overwrite
}

// IdentifierKind names what kind of identifier something is.
type IdentifierKind string

// The kinds of identifiers.
const (
	IdentSerial   IdentifierKind = "serial" // both bare ("ABC1234", to look it up) and qualified by vendor ("dell/ABC1234")
	IdentUUID     IdentifierKind = "uuid"
	IdentEngineID IdentifierKind = "engine-id"
	IdentMAC      IdentifierKind = "mac"
	IdentAgentID  IdentifierKind = "agent-id"
	IdentHostname IdentifierKind = "hostname"  // first label, as the thing or a person tells it; unique within a site only
	IdentDNSName  IdentifierKind = "dns-name"  // first label, as a scan read it from the network: follows leases, not machines
	IdentEcho     IdentifierKind = "echo-name" // first label that a scan read while another thing had that name: proves nothing
	IdentAddress  IdentifierKind = "address"   // "site-id/address": finds records that have nothing better, proves nothing
	IdentAssetTag IdentifierKind = "asset-tag"
	IdentRecord   IdentifierKind = "record" // the very record of an asset in doubt: finds it when the record is told again
	IdentMember   IdentifierKind = "member" // serial that a record listed beside its own: of a member of a stack, a module of a chassis
	IdentRef      IdentifierKind = "ref"    // a source's own id of the record ("csv:42")
)

// Identifier is something by which an asset has been recognised.
type Identifier struct {
	AssetID   string         `json:"-"`
	ClientID  string         `json:"-"`
	Kind      IdentifierKind `json:"kind"`
	Value     string         `json:"value"` // normalised: see Normalise
	FirstSeen time.Time      `json:"first_seen"`
	LastSeen  time.Time      `json:"last_seen"`
}

// Sighting tells which record of which source an asset stands for.
type Sighting struct {
	AssetID  string    `json:"-"`
	ClientID string    `json:"-"`
	Source   Source    `json:"source"`
	Ref      string    `json:"ref"`
	Address  string    `json:"address,omitempty"`
	ScanID   string    `json:"-"` // the last run that saw it so
	FirstAt  time.Time `json:"first_at"`
	At       time.Time `json:"at"` // the last time
}

// Change is one line of history: who or what changed which field of which
// asset, when, from what to what, and why.
type Change struct {
	ID       string    `json:"id" gorm:"primaryKey"`
	ClientID string    `json:"client_id"`
	AssetID  string    `json:"asset_id"`
	At       time.Time `json:"at"`
	Actor    string    `json:"actor"` // a user, or a source: "snmp", "nmap"
	Field    string    `json:"field"` // a Field, or "created", "state", "site", "services" …
	Old      string    `json:"old,omitempty"`
	New      string    `json:"new,omitempty"`
	Because  string    `json:"because,omitempty"` // the matcher's or the rule's name
}

// AssetFilter selects assets. Empty fields select all.
type AssetFilter struct {
	ClientID string
	SiteID   string
	Classes  []Class
	States   []State
	Text     string // part of hostname, vendor, model, serial or address, whatever the case
	Page     Page
}

// AssetPatch changes what a person may change; a nil pointer leaves as is. Each
// value given is pinned.
type AssetPatch struct {
	SiteID *string
	State  *State
	Values map[Field]string // "" takes the pin away
}
