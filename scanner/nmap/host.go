package nmap

import (
	"net/netip"
	"time"

	"parc/inventory"
)

// Host is what nmap found of one address that answered. An answer alone means
// little: every address of 127.0.0.0/8 answers, and so do those that a router
// answers for.
type Host struct {
	Address   netip.Addr
	Reason    string // why nmap takes it for up: "arp-response", "echo-reply", "localhost-response"
	MAC       string // only on this machine's own network, with raw sockets
	MACVendor string
	Names     []string  // from the name server
	Services  []Service // that are open, by port
	Scripts   []Script  // about the host as a whole
	Systems   []System  // guesses, best first
	Uptime    time.Duration
	TimedOut  bool // nmap gave up on it before everything was asked
}

// Solid tells that there is a thing behind the address, with an open service
// or a hardware address.
func (h *Host) Solid() bool { return len(h.Services) > 0 || h.MAC != "" }

// Service is an open port with what nmap concludes from it.
type Service struct {
	inventory.Service
	Extra   string   // what nmap adds: "protocol 2.0", "Ubuntu"
	System  string   // of the machine: "Linux", "Windows"
	Device  string   // kind of device: "printer", "webcam", in nmap's words
	Host    string   // name of the host, as the service tells it
	CPEs    []string // cpe:/o:…, cpe:/h:…, cpe:/a:…
	Guessed bool     // the name comes from the port number alone
	Results []Script
}

// Script is what one NSE script found.
type Script struct {
	ID     string
	Output string
	Values []Value // in the order told
}

// Value is one structured result of a script; Path names it from the outside
// in: "subject/commonName". Elements without a key have the path of their table.
type Value struct{ Path, Text string }

// Get gives the first value at the path, "" when there is none.
func (s Script) Get(path string) string {
	for _, v := range s.Values {
		if v.Path == path {
			return v.Text
		}
	}
	return ""
}

// All gives every value at the path.
func (s Script) All(path string) []string {
	var all []string
	for _, v := range s.Values {
		if v.Path == path {
			all = append(all, v.Text)
		}
	}
	return all
}

// Find gives the result of the script, and whether it ran with one.
func Find(scripts []Script, id string) (Script, bool) {
	for _, s := range scripts {
		if s.ID == id {
			return s, true
		}
	}
	return Script{}, false
}

// System is a guess at what runs on the host, from how its network stack behaves.
type System struct {
	Name       string // "Linux 4.15 - 5.8"
	Accuracy   int    // percent
	Vendor     string // "Microsoft"
	Family     string // "Windows"
	Generation string // "10"
	Kind       string // "general purpose", "printer", "WAP" …
	CPEs       []string
}
