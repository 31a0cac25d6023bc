package inventory

import "time"

// Details are the lists known of a thing. In an observation a nil list says
// nothing and erases nothing; an empty one says that the source looked and
// found none.
type Details struct {
	// Looked are the TCP ports that a scan looked at ("22,80,8000-8100") where it
	// was told to look at some only: of the others it says nothing. Empty when it
	// looked at all that it usually does. Of observations only.
	Looked string `json:"looked,omitempty"`

	Services   []Service   `json:"services,omitzero"`
	Weaknesses []Weakness  `json:"weaknesses,omitzero"`
	Interfaces []Interface `json:"interfaces,omitzero"`
	Components []Component `json:"components,omitzero"`
	Volumes    []Volume    `json:"volumes,omitzero"`
	Software   []Software  `json:"software,omitzero"`
	Supplies   []Supply    `json:"supplies,omitzero"`
	Neighbours []Neighbour `json:"neighbours,omitzero"`
	VLANs      []VLAN      `json:"vlans,omitzero"`
	Stations   []Station   `json:"stations,omitzero"`

	Hotfixes  []Hotfix       `json:"hotfixes,omitzero"`
	Antivirus []Antivirus    `json:"antivirus,omitzero"`
	Logins    []Login        `json:"logins,omitzero"`
	Guests    []Guest        `json:"guests,omitzero"`
	Printers  []PrintQueue   `json:"printers,omitzero"`
	Databases []Database     `json:"databases,omitzero"`
	Licences  []FoundLicence `json:"licences,omitzero"`

	// ComponentKinds tells, where it is not nil, that Components speaks of these
	// kinds only: a partial inventory that brings the batteries says nothing of the
	// disks. An asset's own Details never have it.
	ComponentKinds []ComponentKind `json:"component_kinds,omitempty"`
}

// Service is something listening on the thing.
type Service struct {
	Port     int               `json:"port"`
	Protocol string            `json:"protocol"` // tcp or udp
	Name     string            `json:"name,omitempty"`
	Product  string            `json:"product,omitempty"`
	Version  string            `json:"version,omitempty"`
	Banner   string            `json:"banner,omitempty"`
	TLS      *Certificate      `json:"tls,omitempty"`
	Scripts  map[string]string `json:"scripts,omitempty"` // nmap script id → its output
	Source   Source            `json:"source,omitempty"`  // who told it; set by Reconcile
}

// Certificate is what a TLS service showed.
type Certificate struct {
	Subject    string    `json:"subject,omitempty"`
	Issuer     string    `json:"issuer,omitempty"`
	Names      []string  `json:"names,omitempty"`
	NotAfter   time.Time `json:"not_after,omitzero"`
	SelfSigned bool      `json:"self_signed,omitempty"`
}

// WeaknessKind names a weakness that a scan has seen for itself.
type WeaknessKind string

// The weaknesses scans look for. What follows from open services alone (telnet,
// RDP …) is not listed here: the report's finding rules derive it.
const (
	WeakSNMPCommunity WeaknessKind = "snmp-default-community" // a well-known community was accepted
	WeakSNMPVersion   WeaknessKind = "snmp-v1-v2c"            // answers without SNMPv3
	WeakSMB1          WeaknessKind = "smb1"
	WeakTLSVersion    WeaknessKind = "tls-old-version"
	WeakTLSExpired    WeaknessKind = "tls-expired"
	WeakAnonymousFTP  WeaknessKind = "ftp-anonymous"
)

// Weakness is one weakness with what was seen.
type Weakness struct {
	Kind     WeaknessKind `json:"kind"`
	Port     int          `json:"port,omitempty"`
	Evidence string       `json:"evidence,omitempty"`
	Source   Source       `json:"source,omitempty"` // who told it; set by Reconcile
}

// Interface is a network interface.
type Interface struct {
	Index       int      `json:"index,omitempty"`
	Name        string   `json:"name,omitempty"`
	Description string   `json:"description,omitempty"`
	Alias       string   `json:"alias,omitempty"`
	Type        int      `json:"type,omitempty"` // IANAifType
	MAC         string   `json:"mac,omitempty"`
	Addresses   []string `json:"addresses,omitempty"`
	SpeedMbps   int64    `json:"speed_mbps,omitempty"`
	Up          bool     `json:"up,omitempty"`
	Virtual     bool     `json:"virtual,omitempty"`
	Source      Source   `json:"source,omitempty"` // who told it; set by Reconcile
}

// ComponentKind says what a component is.
type ComponentKind string

// The kinds of components.
const (
	ComponentChassis     ComponentKind = "chassis"
	ComponentStackMember ComponentKind = "stack-member"
	ComponentModule      ComponentKind = "module"
	ComponentPower       ComponentKind = "power-supply"
	ComponentFan         ComponentKind = "fan"
	ComponentTransceiver ComponentKind = "transceiver"
	ComponentProcessor   ComponentKind = "processor"
	ComponentMemory      ComponentKind = "memory"
	ComponentDisk        ComponentKind = "disk"
	ComponentBattery     ComponentKind = "battery"
	ComponentMonitor     ComponentKind = "monitor"
)

// Component is a part of the thing, with an identity of its own where it has one.
type Component struct {
	Kind     ComponentKind `json:"kind"`
	Name     string        `json:"name,omitempty"`
	Vendor   string        `json:"vendor,omitempty"`
	Model    string        `json:"model,omitempty"`
	Serial   string        `json:"serial,omitempty"`
	Version  string        `json:"version,omitempty"`
	SizeMB   int64         `json:"size_mb,omitempty"`
	Cores    int           `json:"cores,omitempty"` // of a processor: physical ones
	Position string        `json:"position,omitempty"`
	State    string        `json:"state,omitempty"`
	Source   Source        `json:"source,omitempty"` // who told it; set by Reconcile
}

// Volume is a file system or a logical storage.
type Volume struct {
	Name      string `json:"name,omitempty"`
	Kind      string `json:"kind,omitempty"`
	SizeMB    int64  `json:"size_mb,omitempty"`
	UsedMB    int64  `json:"used_mb,omitempty"`
	Encrypted Answer `json:"encrypted,omitempty"`
	Source    Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// Software is an installed title.
type Software struct {
	Name        string `json:"name"`
	Version     string `json:"version,omitempty"`
	Publisher   string `json:"publisher,omitempty"`
	InstalledOn Day    `json:"installed_on,omitempty"`
	Origin      string `json:"origin,omitempty"` // what keeps it: deb, rpm, registry, uwp …
	Source      Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// Supply is a printer's toner, drum, tray or such.
type Supply struct {
	Name    string `json:"name"`
	Kind    string `json:"kind,omitempty"`
	Percent int    `json:"percent"`          // 0 to 100; -1 when the device does not know
	Source  Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// Neighbour is a device seen at the other end of a link.
type Neighbour struct {
	Protocol   string `json:"protocol"` // lldp or cdp
	LocalPort  string `json:"local_port,omitempty"`
	ChassisID  string `json:"chassis_id,omitempty"`
	RemotePort string `json:"remote_port,omitempty"`
	Name       string `json:"name,omitempty"`
	Platform   string `json:"platform,omitempty"`
	Address    string `json:"address,omitempty"`
	Source     Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// VLAN is a virtual network that a device knows.
type VLAN struct {
	ID     int    `json:"id"`
	Name   string `json:"name,omitempty"`
	Source Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// Station is a MAC address learnt on a port, or its address from the ARP table.
type Station struct {
	MAC     string `json:"mac"`
	Address string `json:"address,omitempty"`
	Port    string `json:"port,omitempty"`
	VLAN    int    `json:"vlan,omitempty"`
	Source  Source `json:"source,omitempty"` // who told it; set by Reconcile
}
