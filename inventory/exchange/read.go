package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"strings"
	"time"

	"parc/inventory"
)

// The bounds of an observation file.
const (
	MaxLine     = 8 << 20 // bytes of one line
	maxDepth    = 12      // nested objects and lists
	maxList     = 4096    // entries of one list
	maxTitles   = 20_000  // entries of software
	maxField    = 40      // bytes of a fact's field name
	minYear     = 1990    // of "at": earlier is a clock that was never set
	maxYear     = 2200
	maxRefBytes = 512
)

// ReadObservations reads JSON lines, one observation each, and gives them to
// yield in the order of the file as observations of the client's site. Blank
// lines are skipped and unknown keys are ignored. The first line that cannot be
// used ends the reading: the error is Invalid (LimitReached for a line that is
// too long or too deep) and tells the line's number and what is wrong with it.
// An error of yield is returned as it is.
func ReadObservations(r io.Reader, clientID, siteID string, yield func(inventory.Observation) error) error {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, 64<<10), MaxLine)
	number := 0
	for scanner.Scan() {
		number++
		raw := scanner.Bytes()
		if number == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
		}
		if raw = bytes.TrimSpace(raw); len(raw) == 0 {
			continue
		}
		o, err := readLine(number, raw)
		if err != nil {
			return err
		}
		o.ClientID, o.SiteID = clientID, siteID
		if err := yield(o); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return inventory.Errorf(inventory.LimitReached, "line %d is longer than %d MiB", number+1, MaxLine>>20)
		}
		return inventory.Errorf(inventory.Invalid, "read after line %d: %w", number, err)
	}
	return nil
}

func readLine(number int, raw []byte) (inventory.Observation, error) {
	var none inventory.Observation
	if inventory.Nested(raw, maxDepth) {
		return none, inventory.Errorf(inventory.LimitReached, "line %d is nested more than %d deep", number, maxDepth)
	}
	if raw[0] != '{' {
		return none, wrap(number, "no JSON object: a line starts with { and tells one observation")
	}
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		return none, wrap(number, "%s", jsonProblem(err))
	}
	for _, list := range []struct {
		key    string
		length int
		most   int
	}{{"macs", len(l.MACs), maxList}, {"software", len(l.Software), maxTitles}, {"facts", len(l.Facts), maxList}, {"sources", len(l.Sources), maxList}} {
		if list.length > list.most {
			return none, inventory.Errorf(inventory.LimitReached, "line %d: %q has %d entries, at most %d are read", number, list.key, list.length, list.most)
		}
	}
	o, problem := l.observation()
	if problem != "" {
		return none, wrap(number, "%s", problem)
	}
	return o, nil
}

// observation gives what the line says; problem is what is wrong with it.
func (l *line) observation() (o inventory.Observation, problem string) {
	if l.At == nil {
		return o, `"at" is missing: tell when it was seen, as 2026-11-23T14:05:00Z`
	}
	if y := l.At.UTC().Year(); y < minYear || y > maxYear {
		return o, `"at" is ` + l.At.UTC().Format(time.RFC3339) + ": no such time is possible"
	}
	o.At = l.At.UTC()
	if o.Source, problem = l.source(); problem != "" {
		return o, problem
	}
	o.Ref = inventory.CleanTo(string(l.Ref), maxRefBytes)
	if a := l.Address.clean(); a != "" {
		addr, err := netip.ParseAddr(a)
		if err != nil {
			return o, `"address" ` + quote(a) + " is no IP address"
		}
		o.Address = addr.Unmap().String()
	}
	if c := l.Class.clean(); c != "" {
		if _, err := inventory.ParseClass(c); err != nil {
			return o, `"class": ` + err.Error()
		}
	}
	if problem = l.addFacts(&o); problem != "" {
		return o, problem
	}
	for _, p := range plainFields {
		if v := p.of(l).clean(); v != "" && !has(&o, p.field, v) {
			o.Add(p.field, v, "", 0)
		}
	}
	for _, m := range l.MACs {
		if mac := inventory.MAC(m.clean()); mac != "" && !has(&o, inventory.FieldMAC, mac) {
			o.Add(inventory.FieldMAC, mac, "", 0) // what is no address is left out: devices do tell "N/A"
		}
	}
	return o, l.addSoftware(&o)
}

// source gives who tells the line. A line of a scan names several: the
// strongest counts.
func (l *line) source() (inventory.Source, string) {
	said := l.Source.clean()
	if said == "" {
		for _, s := range []inventory.Source{inventory.FromHand, inventory.FromAgent, inventory.FromSNMP, inventory.FromNmap, inventory.FromCSV} {
			for _, t := range l.Sources {
				if t.clean() == string(s) {
					return s, ""
				}
			}
		}
		return "", `"source" is missing: one of nmap, snmp, agent, csv, hand`
	}
	switch s := inventory.Source(said); s {
	case inventory.FromNmap, inventory.FromSNMP, inventory.FromAgent, inventory.FromCSV, inventory.FromHand:
		return s, ""
	}
	return "", `"source" ` + quote(said) + " is none of nmap, snmp, agent, csv, hand"
}

// addFacts takes in the facts; a field whose name no field could have is
// ignored like an unknown key.
func (l *line) addFacts(o *inventory.Observation) string {
	for i, f := range l.Facts {
		name := f.Field.clean()
		if f.Confidence < 0 || f.Confidence > 100 {
			return "facts[" + itoa(i) + "]: confidence " + itoa(f.Confidence) + " is not between 0 and 100"
		}
		if name == "" || len(name) > maxField || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
			continue
		}
		if name == string(inventory.FieldClass) {
			if _, err := inventory.ParseClass(f.Value.clean()); err != nil {
				return "facts[" + itoa(i) + "]: " + err.Error()
			}
		}
		o.Add(inventory.Field(name), f.Value.clean(), f.From.clean(), inventory.Confidence(f.Confidence))
	}
	return ""
}

func (l *line) addSoftware(o *inventory.Observation) string {
	if l.Software == nil {
		return ""
	}
	o.Details.Software = make([]inventory.Software, 0, len(l.Software))
	for i, s := range l.Software {
		name := s.Name.clean()
		if name == "" {
			continue
		}
		day, err := inventory.ParseDay(s.InstalledOn.clean())
		if err != nil {
			return "software[" + itoa(i) + "]: installed_on: " + err.Error()
		}
		o.Details.Software = append(o.Details.Software, inventory.Software{
			Name: name, Version: s.Version.clean(), Publisher: s.Publisher.clean(), InstalledOn: day,
		})
	}
	return ""
}

func has(o *inventory.Observation, field inventory.Field, value string) bool {
	for _, f := range o.Facts {
		if f.Field == field && f.Value == value {
			return true
		}
	}
	return false
}
