package nmap

import (
	"html"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	bindings "github.com/Ullaakut/nmap/v3"

	"parc/inventory"
)

// The limits of what is kept of one host.
const (
	maxServices = 4096
	maxScripts  = 64
	maxValues   = 512 // of one script
	maxPath     = 8   // tables inside tables
	maxNames    = 8
	maxSystems  = 5
	maxCPEs     = 16
)

// adapt turns nmap's host into ours; ok is false for one that is not up or
// has no address.
func adapt(w *bindings.Host) (h Host, ok bool) {
	if w.Status.State != "up" {
		return Host{}, false
	}
	h.Reason = text(w.Status.Reason)
	for _, a := range w.Addresses {
		switch a.AddrType {
		case "ipv4", "ipv6":
			if addr, err := netip.ParseAddr(a.Addr); err == nil && !h.Address.IsValid() {
				h.Address = addr.Unmap().WithZone("")
			}
		case "mac":
			h.MAC, h.MACVendor = strings.ToLower(text(a.Addr)), text(a.Vendor)
		}
	}
	if !h.Address.IsValid() {
		return Host{}, false
	}
	for _, n := range w.Hostnames {
		if name := text(n.Name); name != "" && n.Type != "user" && len(h.Names) < maxNames && !slices.Contains(h.Names, name) {
			h.Names = append(h.Names, name)
		}
	}
	for i := range w.Ports {
		if p := &w.Ports[i]; p.State.State == "open" && len(h.Services) < maxServices {
			h.Services = append(h.Services, service(p))
		}
	}
	h.Scripts = scripts(w.HostScripts)
	h.Systems, h.TimedOut = systems(w.OS.Matches), w.TimedOut
	if w.Uptime.Seconds > 0 {
		h.Uptime = time.Duration(w.Uptime.Seconds) * time.Second
	}
	return h, true
}

func service(p *bindings.Port) Service {
	s := Service{
		Service: inventory.Service{
			Port: int(p.ID), Protocol: text(p.Protocol), Name: text(p.Service.Name),
			Product: text(p.Service.Product), Version: text(p.Service.Version), Source: inventory.FromNmap,
		},
		Extra: text(p.Service.ExtraInfo), System: text(p.Service.OSType), Device: text(p.Service.DeviceType),
		Host: text(p.Service.Hostname), CPEs: cpes(p.Service.CPEs), Guessed: p.Service.Method != "probed",
		Results: scripts(p.Scripts),
	}
	if p.Service.Tunnel == "ssl" {
		s.Name = tunnelled(s.Name)
	}
	for _, r := range s.Results {
		if s.Scripts == nil {
			s.Scripts = map[string]string{}
		}
		switch r.ID {
		case "ssl-cert":
			s.TLS = certificate(r)
			continue // its output is the certificate once more
		case "banner":
			s.Banner = r.Output
		}
		s.Scripts[r.ID] = r.Output
	}
	if len(s.Scripts) == 0 {
		s.Scripts = nil
	}
	return s
}

// tunnelled names a service inside TLS as its own port's entry would be.
func tunnelled(name string) string {
	switch name {
	case "http", "http-proxy", "http-alt":
		return "https"
	case "imap", "pop3", "ldap", "ftp", "smtp", "sip", "irc", "telnet":
		return name + "s"
	}
	return name
}

func scripts(list []bindings.Script) []Script {
	var out []Script
	for _, w := range list {
		if len(out) == maxScripts {
			break
		}
		s := Script{ID: inventory.CleanTo(w.ID, 100), Output: text(w.Output)}
		s.Values = values(nil, "", 0, w.Elements, w.Tables)
		if failed(s.Output) && len(s.Values) == 0 {
			continue
		}
		out = append(out, s)
	}
	return out
}

// failed tells that a script found nothing but its own trouble.
func failed(output string) bool {
	return output == "" || output == "false" || strings.HasPrefix(output, "ERROR:")
}

// values flattens tables and elements, in their order within each.
func values(out []Value, path string, depth int, elements []bindings.Element, tables []bindings.Table) []Value {
	for _, e := range elements {
		if len(out) == maxValues {
			return out
		}
		if v := text(html.UnescapeString(e.Value)); v != "" {
			out = append(out, Value{join2(path, text(e.Key)), v})
		}
	}
	if depth == maxPath {
		return out
	}
	for _, t := range tables {
		out = values(out, join2(path, text(t.Key)), depth+1, t.Elements, t.Tables)
	}
	return out
}

func join2(path, key string) string {
	switch {
	case path == "":
		return key
	case key == "":
		return path
	}
	return path + "/" + key
}

func systems(matches []bindings.OSMatch) []System {
	var out []System
	for _, m := range matches {
		if len(out) == maxSystems {
			break
		}
		s := System{Name: text(m.Name), Accuracy: min(max(m.Accuracy, 0), 100)}
		if len(m.Classes) > 0 {
			c := m.Classes[0]
			s.Vendor, s.Family, s.Generation, s.Kind = text(c.Vendor), text(c.Family), text(c.OSGeneration), text(c.Type)
			s.CPEs = cpes(c.CPEs)
		}
		out = append(out, s)
	}
	return out
}

func cpes(list []bindings.CPE) []string {
	var out []string
	for _, c := range list {
		if v := text(string(c)); strings.HasPrefix(v, "cpe:/") && len(out) < maxCPEs {
			out = append(out, v)
		}
	}
	return out
}

// text cleans a string. nmap writes each byte beyond ASCII as a character of
// its own; where the bytes together are UTF-8, they are read as that.
func text(s string) string {
	octets := make([]byte, 0, len(s))
	beyond := false
	for _, r := range s {
		if r > 0xff {
			return inventory.Clean(s)
		}
		beyond = beyond || r > 0x7f
		octets = append(octets, byte(r))
	}
	if beyond && utf8.Valid(octets) {
		return inventory.Clean(string(octets))
	}
	return inventory.Clean(s)
}
