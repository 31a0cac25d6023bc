package nmap

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	lib "github.com/Ullaakut/nmap/v3"

	"parc/inventory"
)

// Host is one address as nmap saw it. All its strings are clean.
type Host struct {
	Addr      netip.Addr
	MAC       string // as seen on the wire; "" across a router or without raw sockets
	MACVendor string
	Names     []string // from the reverse lookup
	Services  []inventory.Service
	Systems   []System          // guesses by the network stack, best first
	Scripts   map[string]string // of the host, as nbstat and smb-os-discovery
	TimedOut  bool              // given up before everything was asked
}

// System is a guess of nmap at the operating system.
type System struct {
	Name     string
	Vendor   string
	Family   string
	Gen      string
	Type     string // general purpose, printer, firewall …
	Accuracy int    // percent
}

// The limits of what one host may say.
const (
	maxServices = 2000
	maxScripts  = 40
	maxOutput   = 4096
	maxSystems  = 5
)

// adapt gives the host as parc speaks of it, and whether it has an address.
func adapt(h *lib.Host) (Host, bool) {
	var out Host
	for _, a := range h.Addresses {
		switch a.AddrType {
		case "mac":
			out.MAC, out.MACVendor = inventory.CleanTo(a.Addr, 40), inventory.CleanTo(a.Vendor, 100)
		default:
			if addr, err := netip.ParseAddr(a.Addr); err == nil {
				out.Addr = addr.Unmap()
			}
		}
	}
	for _, n := range h.Hostnames {
		if name := inventory.CleanTo(n.Name, 253); name != "" && n.Type != "user" && !slices.Contains(out.Names, name) {
			out.Names = append(out.Names, name)
		}
	}
	for i := range h.Ports[:min(len(h.Ports), maxServices)] {
		if s, open := service(&h.Ports[i]); open {
			out.Services = append(out.Services, s)
		}
	}
	for i := range h.OS.Matches[:min(len(h.OS.Matches), maxSystems)] {
		out.Systems = append(out.Systems, system(&h.OS.Matches[i]))
	}
	out.Scripts = scripts(h.HostScripts)
	out.TimedOut = h.TimedOut
	return out, out.Addr.IsValid() && h.Status.State == "up"
}

func service(p *lib.Port) (inventory.Service, bool) {
	if p.State.State != "open" {
		return inventory.Service{}, false
	}
	s := inventory.Service{
		Port: int(p.ID), Protocol: inventory.CleanTo(p.Protocol, 10),
		Name:    inventory.CleanTo(p.Service.Name, 60),
		Product: inventory.CleanTo(p.Service.Product, 200),
		Version: inventory.CleanTo(p.Service.Version, 100),
		Scripts: scripts(p.Scripts),
	}
	if p.Service.Tunnel == "ssl" && s.Name != "" && s.Name != "https" {
		if s.Name == "http" {
			s.Name = "https"
		} else {
			s.Name = "ssl/" + s.Name
		}
	}
	for _, extra := range []string{p.Service.ExtraInfo, p.Service.OSType, p.Service.DeviceType, p.Service.Hostname} {
		if extra = inventory.CleanTo(extra, 200); extra != "" {
			s.Banner = strings.TrimSpace(s.Banner + " " + extra)
		}
	}
	s.TLS = certificate(p.Scripts)
	return s, true
}

func system(m *lib.OSMatch) System {
	s := System{Name: inventory.CleanTo(m.Name, 200), Accuracy: m.Accuracy}
	if len(m.Classes) > 0 {
		c := m.Classes[0]
		s.Vendor, s.Family = inventory.CleanTo(c.Vendor, 100), inventory.CleanTo(c.Family, 100)
		s.Gen, s.Type = inventory.CleanTo(c.OSGeneration, 60), inventory.CleanTo(c.Type, 60)
	}
	return s
}

func scripts(list []lib.Script) map[string]string {
	if len(list) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, s := range list[:min(len(list), maxScripts)] {
		id, text := inventory.CleanTo(s.ID, 60), strings.TrimSpace(s.Output)
		// Lines carry the meaning of most outputs: each is cleaned for itself.
		var lines []string
		for line := range strings.Lines(text[:min(len(text), maxOutput)]) {
			if line = inventory.CleanTo(line, 400); line != "" {
				lines = append(lines, line)
			}
		}
		if id != "" && len(lines) > 0 {
			out[id] = strings.Join(lines, "\n")
		}
	}
	return out
}

// certificate reads the script ssl-cert.
func certificate(list []lib.Script) *inventory.Certificate {
	for _, s := range list {
		if s.ID != "ssl-cert" {
			continue
		}
		c := &inventory.Certificate{}
		for _, t := range s.Tables {
			switch t.Key {
			case "subject":
				c.Subject = element(t.Elements, "commonName")
			case "issuer":
				c.Issuer = element(t.Elements, "commonName")
			case "validity":
				c.NotAfter, _ = time.Parse("2006-01-02T15:04:05", element(t.Elements, "notAfter")) // unreadable stays unknown
			}
		}
		c.SelfSigned = c.Subject != "" && sameParty(s.Tables)
		for line := range strings.Lines(s.Output[:min(len(s.Output), maxOutput)]) {
			if names, ok := strings.CutPrefix(line, "Subject Alternative Name: "); ok {
				for name := range strings.SplitSeq(names, ",") {
					name = strings.TrimSpace(name)
					if _, bare, ok := strings.Cut(name, ":"); ok && len(c.Names) < 50 {
						c.Names = append(c.Names, inventory.CleanTo(bare, 253))
					}
				}
			}
		}
		return c
	}
	return nil
}

func element(list []lib.Element, key string) string {
	for _, e := range list {
		if e.Key == key {
			return inventory.CleanTo(e.Value, 253)
		}
	}
	return ""
}

// sameParty tells that subject and issuer are the same in every part.
func sameParty(tables []lib.Table) bool {
	var subject, issuer []lib.Element
	for _, t := range tables {
		switch t.Key {
		case "subject":
			subject = t.Elements
		case "issuer":
			issuer = t.Elements
		}
	}
	return len(subject) > 0 && slices.Equal(subject, issuer)
}
