package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
)

// MergeByAddress makes one observation of those that were made of one address,
// so that a scan prints one line a device: see inventory.Fuse. The result is
// sorted by address; observations without one stay as they are, at the end.
func MergeByAddress(observations []inventory.Observation) []inventory.Observation {
	groups := map[string][]inventory.Observation{}
	var order []string
	var rest []inventory.Observation
	for _, o := range observations {
		if o.Address == "" {
			rest = append(rest, o)
			continue
		}
		if groups[o.Address] == nil {
			order = append(order, o.Address)
		}
		groups[o.Address] = append(groups[o.Address], o)
	}
	slices.SortFunc(order, byAddress)
	merged := make([]inventory.Observation, 0, len(order)+len(rest))
	for _, a := range order {
		merged = append(merged, inventory.Fuse(groups[a]...))
	}
	return append(merged, rest...)
}

// WriteObservation writes one line of a scan's output. One that Fuse made names
// all its sources.
func WriteObservation(w io.Writer, o inventory.Observation) error {
	l := line{Address: text(o.Address), Ref: text(o.Ref)}
	if !o.At.IsZero() {
		at := o.At.UTC()
		l.At = &at
	}
	for s := range strings.SplitSeq(string(o.Source), "+") {
		if s != "" {
			l.Sources = append(l.Sources, text(s))
		}
	}
	for _, p := range plainFields {
		if v := o.Get(p.field); v != "" {
			*p.of(&l) = text(v)
		}
	}
	l.dropEmptySystem()
	for _, v := range o.All(inventory.FieldMAC) {
		if m := inventory.MAC(v); m != "" && !slices.Contains(l.MACs, text(m)) {
			l.MACs = append(l.MACs, text(m))
		}
	}
	for _, f := range o.Facts {
		l.Facts = append(l.Facts, fact{text(f.Field), text(f.Value), text(f.From), int(f.Confidence)})
	}
	for _, s := range o.Details.Software {
		l.Software = append(l.Software, title{text(s.Name), text(s.Version), text(s.Publisher), text(s.InstalledOn)})
	}
	rest := o.Details
	rest.Software = nil
	if !reflect.ValueOf(rest).IsZero() {
		details, err := json.Marshal(rest)
		if err != nil {
			return fmt.Errorf("write the details of %s: %w", o.Address, err)
		}
		l.Details = details
	}
	return writeLine(w, l)
}

func (l *line) dropEmptySystem() {
	if l.OS != nil && *l.OS == (system{}) {
		l.OS = nil
	}
}

// assetLine is one line of `parc assets --format jsonl`.
type assetLine struct {
	ID        string    `json:"id"`
	SiteID    string    `json:"site_id,omitempty"`
	ParentID  string    `json:"parent_id,omitempty"`
	State     string    `json:"state"`
	Doubt     string    `json:"doubt,omitempty"` // the review that must say which asset it is
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`

	Address        string   `json:"address,omitempty"`
	Hostname       string   `json:"hostname,omitempty"`
	Domain         string   `json:"domain,omitempty"`
	User           string   `json:"user,omitempty"`
	Class          string   `json:"class"`
	Vendor         string   `json:"vendor,omitempty"`
	Model          string   `json:"model,omitempty"`
	Version        string   `json:"version,omitempty"`
	Serial         string   `json:"serial,omitempty"`
	UUID           string   `json:"uuid,omitempty"`
	EngineID       string   `json:"engine_id,omitempty"`
	MACs           []string `json:"macs,omitempty"`
	OS             *system  `json:"os,omitempty"`
	FirstInstalled string   `json:"first_installed,omitempty"`

	Fields      map[inventory.Field]inventory.Value `json:"fields,omitempty"` // every field, with where it comes from
	Details     inventory.Details                   `json:"details,omitzero"`
	Identifiers []inventory.Identifier              `json:"identifiers"`
	Sightings   []sightingLine                      `json:"sightings"`
}

type sightingLine struct {
	Source  inventory.Source `json:"source"`
	Ref     string           `json:"ref"`
	At      time.Time        `json:"at"`
	Address string           `json:"address,omitempty"`
}

// WriteAsset writes one line of `parc assets --format jsonl`: the id, every
// field, the identifiers, and which record of which source it stands for.
func WriteAsset(w io.Writer, a inventory.Asset) error {
	value := func(f inventory.Field) string { return a.Values[f].Value }
	l := assetLine{
		ID: a.ID, SiteID: a.SiteID, ParentID: a.ParentID, Doubt: a.Doubt, State: string(a.State), FirstSeen: a.FirstSeen.UTC(), LastSeen: a.LastSeen.UTC(),
		Address: a.Address, Hostname: a.Hostname, Domain: value(inventory.FieldDomain), User: value(inventory.FieldUser),
		Class: string(a.Class), Vendor: a.Vendor, Model: a.Model, Version: a.Version, Serial: a.Serial, UUID: a.UUID,
		EngineID: value(inventory.FieldEngineID), MACs: strings.Fields(value(inventory.FieldMAC)),
		FirstInstalled: value(inventory.FieldFirstInstalled), Fields: a.Values, Details: a.Details,
		Identifiers: a.Identifiers, Sightings: make([]sightingLine, 0, len(a.Sightings)),
	}
	if s := (system{text(a.OSName), text(a.OSVersion), text(a.OSBuild)}); s != (system{}) {
		l.OS = &s
	}
	if l.Identifiers == nil {
		l.Identifiers = []inventory.Identifier{}
	}
	for _, s := range a.Sightings {
		l.Sightings = append(l.Sightings, sightingLine{s.Source, s.Ref, s.At.UTC(), s.Address})
	}
	return writeLine(w, l)
}

// writeLine writes a value as one line of JSON.
func writeLine(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func quote(s string) string { return strconv.Quote(inventory.CleanTo(s, 60)) }

func itoa(n int) string { return strconv.Itoa(n) }

func asError[T error](err error, target *T) bool { return errors.As(err, target) }
