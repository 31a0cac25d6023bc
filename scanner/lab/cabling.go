package lab

// link is one cable: a switch's port, and what is at its other end. The far
// port matters only where the far end tells its ports too.
type link struct {
	owner, port string
	far, farAt  string
}

// cabling is how the company is wired. Everything that agents tell of
// neighbours, forwarding and ARP follows from it.
var cabling = []link{
	{"SW-BUREAU", "Gi1/0/48", "FW-LEFEVRE", "internal1"},
	{"SW-BUREAU", "Gi1/0/1", "SRV-GED", "ens192"},
	{"SW-BUREAU", "Gi1/0/5", "NAS-01", "eth0"},
	{"SW-BUREAU", "Gi1/0/20", "IMP-BUREAU", "eth0"},
}

// connected tells whether the port of the device has something at its other
// end that is running. What is no switch has a cable in its only port.
func (s *site) connected(d *device, port string) bool {
	wired := false
	for _, l := range cabling {
		if l.owner == d.name {
			wired = true
			if l.port == port && s.byName[l.far] != nil {
				return true
			}
		}
		if l.far == d.name && l.farAt == port && s.byName[l.owner] != nil {
			return true
		}
	}
	return !wired
}
