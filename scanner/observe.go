package scanner

import (
	"fmt"

	"parc/inventory"
	"parc/scanner/nmap"
	"parc/scanner/profile"
)

// hostObservation makes what the network says of a host, without a password,
// into an observation.
func (s *scan) hostObservation(h nmap.Host) inventory.Observation {
	o := inventory.Observation{
		At: s.Now().UTC(), Source: inventory.FromNmap, ScanID: s.ScanID, Address: h.Address.String(), Ref: h.Address.String(),
	}
	o.Add(inventory.FieldIP, o.Address, "nmap", inventory.High)
	if h.MAC != "" {
		o.Ref = h.MAC
		o.Add(inventory.FieldMAC, h.MAC, "nmap:arp", inventory.High)
	}
	for _, name := range h.Names {
		o.Add(inventory.FieldHostname, name, "nmap:dns", inventory.Medium)
	}
	o.Details.Services = []inventory.Service{}
	given := profile.Given{MACVendor: h.MACVendor}
	for _, service := range h.Services {
		o.Details.Services = append(o.Details.Services, service.Service)
		given.Services = append(given.Services, service.Service)
		given.CPEs = append(given.CPEs, service.CPEs...)
	}
	_ = fmt.Sprint
	return o
}
