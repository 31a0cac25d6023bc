package profile

import (
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"parc/inventory"
)

// Lint checks the embedded profiles and runs their examples; with an
// operator's folder it checks that together with them, and runs the folder's
// examples. No problem, no line.
func Lint(folder fs.FS) []Problem {
	var extra []fs.FS
	if folder != nil {
		extra = append(extra, folder)
	}
	set, problems := load(extra...)
	if len(problems) > 0 {
		return problems
	}
	for _, id := range slices.Sorted(maps.Keys(set.profiles)) {
		p := set.profiles[id]
		if folder != nil && !p.added {
			continue
		}
		for i, e := range p.examples {
			for _, fault := range set.runExample(p, e) {
				problems = append(problems, Problem{p.File, p.ID, fmt.Sprintf("example %d: %s", i+1, fault)})
			}
		}
	}
	return problems
}

// runExample asks the device of an example and compares what comes of it.
func (s *Set) runExample(p *Profile, e exampleSpec) []string {
	if len(e.Given) == 0 || len(e.Want) == 0 {
		return []string{"given and want are needed"}
	}
	g, capture, err := e.device()
	if err != nil {
		return []string{err.Error()}
	}
	q := s.Inquire(g, inventory.DepthFull)
	if p.Part {
		q.profile = p // a part is looked at by itself
	}
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		q.Add(ask, capture.Answer(ask))
	}
	r := q.Result(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	var faults []string
	if r.Profile != p.ID {
		faults = append(faults, "is taken by "+r.Profile)
	}
	o := inventory.Observation{Facts: r.Facts}
	for _, name := range slices.Sorted(maps.Keys(e.Want)) {
		want, got := e.Want[name], strings.Join(o.All(inventory.Field(name)), ", ")
		if got != want {
			faults = append(faults, fmt.Sprintf("%s: want %q, got %q", name, want, got))
		}
	}
	if !p.Part {
		faults = append(faults, s.tie(q)...)
	}
	return faults
}

// tie tells of another profile with which the chosen one ranks equal: the
// choice would hang on the id alone.
func (s *Set) tie(q *Inquiry) []string {
	all := s.candidates(q.facts())
	for _, c := range all {
		if c.profile != q.profile {
			continue
		}
		for _, other := range all {
			ok, _ := satisfied(other.needs, q.answers)
			if other.profile != c.profile && ok && other.rank.arcs == c.rank.arcs && other.rank.keys == c.rank.keys {
				return []string{"ties with " + other.profile.ID + ": one of them needs a longer sysobjectid or one more key"}
			}
		}
		return nil
	}
	return nil
}

// device turns an example's objects into a capture and what else is given.
func (e exampleSpec) device() (Given, *Capture, error) {
	var g Given
	c := &Capture{}
	for _, name := range slices.Sorted(maps.Keys(e.Given)) {
		value := e.Given[name]
		switch name {
		case "hostname":
			g.Hostname = value.text
			continue
		case "mac-vendor":
			g.MACVendor = value.text
			continue
		case "os":
			g.OS = value.text
			continue
		case "cpe":
			g.CPEs = append(g.CPEs, value.text)
			continue
		case "service", "banner":
			svc, err := exampleService(name, value.text)
			if err != nil {
				return g, nil, err
			}
			g.Services = append(g.Services, svc)
			continue
		}
		v, err := value.varbind(name)
		if err != nil {
			return g, nil, err
		}
		g.SNMP = true
		c.objects = append(c.objects, v)
	}
	sortVarbinds(c.objects)
	return g, c, nil
}

// exampleService reads "443/tcp https nginx" as service, "443/tcp text" as banner.
func exampleService(kind, s string) (inventory.Service, error) {
	port, rest, _ := strings.Cut(s, " ")
	number, protocol, _ := strings.Cut(port, "/")
	n, err := strconv.Atoi(number)
	if err != nil || protocol == "" {
		return inventory.Service{}, fmt.Errorf("%s %q: starts with port/protocol", kind, s)
	}
	out := inventory.Service{Port: n, Protocol: protocol}
	if kind == "banner" {
		out.Banner = rest
		return out, nil
	}
	out.Name, out.Product, _ = strings.Cut(rest, " ")
	return out, nil
}

func (g given) varbind(name string) (Varbind, error) {
	short := map[string]string{
		"sysDescr": oidSysDescr, "sysObjectID": oidSysObjectID, "sysName": oidSysName,
		"sysUpTime": oidSysUpTime, "sysContact": oidSysContact, "sysLocation": oidSysLocation,
	}
	v := Varbind{OID: name, Tag: TagOctets, Text: g.text}
	if oid, ok := short[name]; ok {
		v.OID = oid
	}
	if !validOID(v.OID) {
		return v, fmt.Errorf("given: %q is no OID and none of the short names", name)
	}
	var err error
	switch {
	case v.OID == oidSysObjectID:
		v.Tag = TagOID
	case g.number:
		v.Tag, v.Text = TagInteger, ""
		v.Number, err = strconv.ParseInt(g.text, 10, 64)
	case strings.HasPrefix(g.text, "hex:"):
		var raw []byte
		raw, err = hex.DecodeString(strings.ReplaceAll(g.text[4:], " ", ""))
		v.Text = string(raw)
	case strings.HasPrefix(g.text, "oid:"):
		v.Tag, v.Text = TagOID, g.text[4:]
	case strings.HasPrefix(g.text, "ip:"):
		v.Tag, v.Text = TagAddress, g.text[3:]
	}
	return v, err
}
