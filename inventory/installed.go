package inventory

// Hotfix is an update of the system that is installed.
type Hotfix struct {
	ID          string `json:"id"`                     // "KB5049624"
	Kind        string `json:"kind,omitempty"`         // security-update, update, hotfix
	InstalledOn Day    `json:"installed_on,omitempty"` // "" where the system does not tell
	Source      Source `json:"source,omitempty"`       // who told it; set by Reconcile
}

// Antivirus is a protection that is installed.
type Antivirus struct {
	Name       string `json:"name"`
	Publisher  string `json:"publisher,omitempty"`
	Version    string `json:"version,omitempty"`
	Signatures string `json:"signatures,omitempty"`
	Expires    Day    `json:"expires,omitempty"`
	Enabled    Answer `json:"enabled,omitempty"`
	UpToDate   Answer `json:"up_to_date,omitempty"`
	Source     Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// Answer is yes, no, or "" where nobody said.
type Answer string

// The answers.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// Login is somebody who is signed in on a machine: personal data.
type Login struct {
	User   string `json:"user"`
	Domain string `json:"domain,omitempty"`
	Source Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// Guest is a virtual machine that a machine runs, as its host tells it.
type Guest struct {
	Name       string `json:"name"`
	UUID       string `json:"uuid,omitempty"`
	MAC        string `json:"mac,omitempty"`
	Kind       string `json:"kind,omitempty"` // hyperv, vmware, libvirt, docker …
	State      string `json:"state,omitempty"`
	Processors int    `json:"processors,omitempty"`
	MemoryMB   int64  `json:"memory_mb,omitempty"`
	Source     Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// PrintQueue is a printer that a machine prints on.
type PrintQueue struct {
	Name    string `json:"name"`
	Driver  string `json:"driver,omitempty"`
	Port    string `json:"port,omitempty"`
	Serial  string `json:"serial,omitempty"`
	Network bool   `json:"network,omitempty"`
	Shared  bool   `json:"shared,omitempty"`
	Source  Source `json:"source,omitempty"` // who told it; set by Reconcile
}

// Database is a database service that runs on a machine.
type Database struct {
	Name    string   `json:"name"`
	Kind    string   `json:"kind,omitempty"` // mssql, mysql, postgresql, oracle …
	Version string   `json:"version,omitempty"`
	Port    int      `json:"port,omitempty"`
	SizeMB  int64    `json:"size_mb,omitempty"`
	Schemas []string `json:"schemas,omitempty"`
	Running Answer   `json:"running,omitempty"`
	Source  Source   `json:"source,omitempty"` // who told it; set by Reconcile
}

// FoundLicence is a licence that a machine tells of itself. Key is on its way
// to the store only, which keeps it encrypted and leaves KeyID in its place;
// Tail are the last five characters, by which people tell keys apart.
type FoundLicence struct {
	Name      string `json:"name"`
	FullName  string `json:"full_name,omitempty"`
	ProductID string `json:"product_id,omitempty"`
	Tail      string `json:"tail,omitempty"`
	KeyID     string `json:"key_id,omitempty"`
	Key       Secret `json:"-"`
	Trial     bool   `json:"trial,omitempty"`
	Source    Source `json:"source,omitempty"` // who told it; set by Reconcile
}
