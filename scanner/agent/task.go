package agent

import (
	"cmp"
	"encoding/xml"
	"net/netip"
	"slices"
	"strings"

	"parc/inventory"
)

// The bounds of what an agent is asked to do in one go.
const (
	MaxAddresses = 1 << 16 // looked at: some hours' work
	MaxDevices   = 4096    // asked by SNMP

	discoveryThreads, discoveryTimeout = 10, 2 // seconds
	queryThreads, queryTimeout         = 5, 15
)

// Tasks is what an agent may do on the networks of its site. It looks for devices
// within the site's ranges where a credential may be sent, and asks those that it
// has found. A credential is given to it for its own ranges only.
type Tasks struct {
	Ranges      []netip.Prefix
	Credentials []inventory.Credential // in the order in which they are tried; their numbers count from one
	Found       []inventory.NetworkFind
	Port        uint16 // of SNMP; 0 is 161
}

// Option is one task in the answer to a PROLOG. It holds secrets in clear, and
// nothing but an answer over a channel that nobody reads may carry it.
type Option struct {
	XMLName xml.Name         `xml:"OPTION"`
	Name    string           `xml:"NAME"`
	Param   param            `xml:"PARAM"`
	Ranges  []rangeIP        `xml:"RANGEIP"`
	Devices []queried        `xml:"DEVICE"`
	Auth    []authentication `xml:"AUTHENTICATION"`
}

type param struct {
	PID              int `xml:"PID,attr"` // comes back as PROCESSNUMBER
	ThreadsDiscovery int `xml:"THREADS_DISCOVERY,attr,omitempty"`
	ThreadsQuery     int `xml:"THREADS_QUERY,attr,omitempty"`
	Timeout          int `xml:"TIMEOUT,attr"`
}

type rangeIP struct {
	ID     int    `xml:"ID,attr"`
	Entity int    `xml:"ENTITY,attr"`
	First  string `xml:"IPSTART,attr"`
	Last   string `xml:"IPEND,attr"`
	Port   uint16 `xml:"PORT,attr"`
}

type queried struct {
	ID   int    `xml:"ID,attr"`
	IP   string `xml:"IP,attr"`
	Port int    `xml:"PORT,attr"`
	Auth int    `xml:"AUTHSNMP_ID,attr"`
}

type authentication struct {
	ID        int    `xml:"ID,attr"`
	Version   string `xml:"VERSION,attr"`
	Community string `xml:"COMMUNITY,attr,omitempty"`
	User      string `xml:"USERNAME,attr,omitempty"`
	Auth      string `xml:"AUTHPROTOCOL,attr,omitempty"`
	AuthKey   string `xml:"AUTHPASSPHRASE,attr,omitempty"`
	Privacy   string `xml:"PRIVPROTOCOL,attr,omitempty"`
	PrivKey   string `xml:"PRIVPASSPHRASE,attr,omitempty"`
}

// Usable gives the credentials that agents can use, the safest first. Their
// library knows MD5, SHA, DES and 128-bit AES only.
func Usable(all []inventory.Credential) []inventory.Credential {
	usable := slices.DeleteFunc(slices.Clone(all), func(c inventory.Credential) bool {
		if c.Version == "3" {
			return c.Unreadable || c.User == "" || !slices.Contains([]string{"", "MD5", "SHA"}, c.Auth) || !slices.Contains([]string{"", "DES", "AES"}, c.Privacy)
		}
		return c.Unreadable || c.Secret.IsZero()
	})
	slices.SortStableFunc(usable, func(a, b inventory.Credential) int { return strings.Compare(b.Version, a.Version) })
	return usable
}

// Options gives the tasks as an agent reads them: one for each set of credentials
// that may be sent together, and one for the devices found before. There is none
// where no credential may be sent. left counts the addresses that were too many.
func (t Tasks) Options() (options []Option, left int) {
	port := cmp.Or(t.Port, 161)
	byAuth := map[string]*Option{}
	var order []string
	room := MaxAddresses
	for _, declared := range t.Ranges {
		if !declared.Addr().Is4() {
			continue // agents look at IPv4 only
		}
		for _, s := range t.segments(declared.Masked()) {
			first, last, size := s.bounds(declared.Masked())
			if len(s.auth) == 0 || size == 0 {
				continue
			}
			if size > room {
				left += size
				continue
			}
			room -= size
			key := numbers(s.auth)
			o := byAuth[key]
			if o == nil {
				o = &Option{Name: "NETDISCOVERY", Auth: t.authentications(s.auth), Param: param{ThreadsDiscovery: discoveryThreads, Timeout: discoveryTimeout}}
				byAuth[key] = o
				order = append(order, key)
			}
			o.Ranges = append(o.Ranges, rangeIP{ID: len(o.Ranges) + 1, First: first.String(), Last: last.String(), Port: port})
		}
	}
	for _, key := range order {
		options = append(options, *byAuth[key])
	}
	if o, ok := t.query(); ok {
		options = append(options, o)
	}
	for i := range options {
		options[i].Param.PID = i + 1
	}
	return options, left
}

// query asks the devices found before, each with the credential it answered to.
func (t Tasks) query() (Option, bool) {
	o := Option{Name: "SNMPQUERY", Param: param{ThreadsQuery: queryThreads, Timeout: queryTimeout}}
	var used []int
	for _, f := range t.Found {
		at := slices.IndexFunc(t.Credentials, func(c inventory.Credential) bool { return c.ID == f.CredentialID })
		addr, err := netip.ParseAddr(f.Address)
		if err != nil || at < 0 || len(o.Devices) >= MaxDevices || !within(t.Ranges, addr) || !within(t.Credentials[at].Ranges, addr) {
			continue
		}
		o.Devices = append(o.Devices, queried{ID: len(o.Devices) + 1, IP: addr.String(), Port: cmp.Or(f.Port, int(cmp.Or(t.Port, 161))), Auth: at + 1})
		used = append(used, at)
	}
	slices.Sort(used)
	o.Auth = t.authentications(slices.Compact(used))
	return o, len(o.Devices) > 0
}

func (t Tasks) authentications(of []int) []authentication {
	var all []authentication
	for _, i := range of {
		c := t.Credentials[i]
		a := authentication{ID: i + 1, Version: c.Version}
		if c.Version == "3" {
			a.User, a.Auth, a.AuthKey, a.Privacy, a.PrivKey = c.User, strings.ToLower(c.Auth), c.AuthKey.Reveal(), strings.ToLower(c.Privacy), c.PrivKey.Reveal()
		} else {
			a.Community = c.Secret.Reveal()
		}
		all = append(all, a)
	}
	return all
}

// segment is a part of a range throughout which the same credentials may be sent.
type segment struct {
	netip.Prefix
	auth []int // their places in Tasks.Credentials
}

// segments cuts a range where the range of a credential begins or ends.
func (t Tasks) segments(p netip.Prefix) []segment {
	s := segment{Prefix: p}
	for i, c := range t.Credentials {
		whole := false
		for _, r := range c.Ranges {
			whole = whole || r.Bits() <= p.Bits() && r.Contains(p.Addr())
		}
		if whole {
			s.auth = append(s.auth, i)
			continue
		}
		if slices.ContainsFunc(c.Ranges, p.Overlaps) {
			low, high := halves(p)
			return append(t.segments(low), t.segments(high)...)
		}
	}
	return []segment{s}
}

func halves(p netip.Prefix) (low, high netip.Prefix) {
	bytes := p.Addr().As4()
	bytes[p.Bits()/8] |= 1 << (7 - p.Bits()%8)
	return netip.PrefixFrom(p.Addr(), p.Bits()+1), netip.PrefixFrom(netip.AddrFrom4(bytes), p.Bits()+1)
}

// bounds gives the first and the last address to look at, without those that the
// declared network has for itself and for everybody.
func (s segment) bounds(declared netip.Prefix) (first, last netip.Addr, size int) {
	first = s.Addr()
	bytes := first.As4()
	for i := s.Bits(); i < 32; i++ {
		bytes[i/8] |= 1 << (7 - i%8)
	}
	last = netip.AddrFrom4(bytes)
	size = 1 << (32 - s.Bits())
	if declared.Bits() > 30 {
		return first, last, size
	}
	if first == declared.Addr() {
		first, size = first.Next(), size-1
	}
	if !declared.Contains(last.Next()) && size > 0 {
		last, size = last.Prev(), size-1
	}
	return first, last, max(size, 0)
}

func within(ranges []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(ranges, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
}

func numbers(list []int) string {
	var b strings.Builder
	for _, n := range list {
		b.WriteString(itoa(int64(n)) + " ")
	}
	return b.String()
}

// Find is a device that a discovery says answers by SNMP.
type Find struct {
	Address    string
	Credential int // the number of the credential that it answered to, from one
	Port       int // 0: not told
}

// Finds gives the devices that a discovery says answer by SNMP.
func (m *Message) Finds() []Find {
	if m.Kind != NetDiscovery {
		return nil
	}
	var all []Find
	for _, d := range m.devices {
		n, port := d.info.number("authsnmp"), d.info.number("authport")
		a, err := netip.ParseAddr(d.info.get("ip"))
		if a = a.Unmap(); err != nil || !a.Is4() || n < 1 || n > maxRows {
			continue
		}
		if port < 0 || port > 65535 {
			port = 0
		}
		all = append(all, Find{a.String(), int(n), int(port)})
	}
	return all
}
