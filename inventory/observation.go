package inventory

import (
	"slices"
	"strings"
	"time"
)

// Source says how something was learnt.
type Source string

// The sources.
const (
	FromNmap  Source = "nmap"
	FromSNMP  Source = "snmp"
	FromAgent Source = "agent"
	FromCSV   Source = "csv"
	FromHand  Source = "hand"
)

// Confidence says how far a value can be trusted, in percent. Profiles and
// people use the words; combinations of weak signals fall in between.
type Confidence int

// The named confidences.
const (
	Low     Confidence = 30
	Medium  Confidence = 60
	High    Confidence = 90
	Certain Confidence = 100
)

// Fact is one value of one field, with where exactly it comes from: an OID
// with its profile ("snmp:cisco-ios:entPhysicalSerialNum.1"), a port and script
// ("nmap:443/tcp:ssl-cert"), a column of a file.
type Fact struct {
	Field      Field      `json:"field"`
	Value      string     `json:"value"`
	From       string     `json:"from,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
}

// Observation is what one source said of one thing at one moment. All its
// strings have passed Clean. Address says where it answered; an address alone
// never identifies. A scanner that asks one device in several ways (nmap, then
// SNMP) gives each observation the same ScanID and Address.
type Observation struct {
	ClientID string
	SiteID   string
	At       time.Time
	Source   Source
	Ref      string // the source's own id of the record, stable over time where the source has one
	PartOf   string // the Ref of the record, told together with this one, of the thing that this hangs on: a screen's machine
	ScanID   string // the run that made it: within one run, one address is one thing unless something contradicts
	Address  string
	Facts    []Fact
	Details  Details
}

// AskedPrefix starts the Ref of what an agent tells of another device, which it
// has asked over the network. No agent runs there: the Ref is a record's name, and
// never an agent's.
const AskedPrefix = "asked/"

// asking is, among sources, an agent that tells of another device.
const asking Source = "agent asking"

// voice tells apart, within a source, who speaks of himself and who asked.
func voice(s Source, ref string) Source {
	if s == FromAgent && strings.HasPrefix(ref, AskedPrefix) {
		return asking
	}
	return s
}

// Add appends a fact when the cleaned value is not empty and not there yet.
func (o *Observation) Add(field Field, value, from string, confidence Confidence) {
	value = Clean(value)
	if value == "" {
		return
	}
	f := Fact{field, value, from, confidence}
	if !slices.Contains(o.Facts, f) {
		o.Facts = append(o.Facts, f)
	}
}

// Best gives the fact of the field with the highest confidence, the earliest
// among equals; the zero Fact when there is none.
func (o *Observation) Best(field Field) Fact {
	var best Fact
	for _, f := range o.Facts {
		if f.Field == field && (best.Field == "" || f.Confidence > best.Confidence) {
			best = f
		}
	}
	return best
}

// Get gives the value of Best.
func (o *Observation) Get(field Field) string { return o.Best(field).Value }

// All gives every distinct value of the field, in order of appearance.
func (o *Observation) All(field Field) []string {
	var all []string
	for _, f := range o.Facts {
		if f.Field == field && !slices.Contains(all, f.Value) {
			all = append(all, f.Value)
		}
	}
	return all
}
