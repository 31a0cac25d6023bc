package lab

// link is one cable: a switch's port, and what is at its other end. The far
// port matters only where the far end tells its ports too.
type link struct {
	owner, port string
	far, farAt  string
	vlan        uint32 // 0 is 1
}

// cabling is how the company is wired. Everything that agents tell of
// neighbours, forwarding and ARP follows from it.
var cabling = []link{
	{owner: "SW-BUREAU", port: "Gi1/0/48", far: "FW-LEFEVRE", farAt: "internal1"},
	{owner: "SW-BUREAU", port: "Gi1/0/47", far: "SW-ATELIER", farAt: "25"},
	{owner: "SW-BUREAU", port: "Gi2/0/48", far: "SW-EXPO", farAt: "g24"},
	{owner: "SW-BUREAU", port: "Gi1/0/1", far: "SRV-ESX", farAt: "vmnic0"},
	{owner: "SW-BUREAU", port: "Gi1/0/2", far: "SRV-AD", farAt: "NIC1"},
	{owner: "SW-BUREAU", port: "Gi1/0/3", far: "SRV-SAGE", farAt: "NIC1"},
	{owner: "SW-BUREAU", port: "Gi1/0/4", far: "ILO-SRV-SAGE", farAt: "eth0"},
	{owner: "SW-BUREAU", port: "Gi1/0/5", far: "NAS-01", farAt: "eth0"},
	{owner: "SW-BUREAU", port: "Gi1/0/6", far: "NAS-SAUVE", farAt: "eth0"},
	{owner: "SW-BUREAU", port: "Gi1/0/7", far: "ONDULEUR", farAt: "eth0"},
	{owner: "SW-BUREAU", port: "Gi1/0/8", far: "IPBX", farAt: "eth0", vlan: 10},
	{owner: "SW-BUREAU", port: "Gi1/0/20", far: "IMP-BUREAU", farAt: "eth0"},
	{owner: "SW-BUREAU", port: "Gi1/0/21", far: "COPIEUR", farAt: "ncmac0"},
	{owner: "SW-BUREAU", port: "Gi1/0/22", far: "WIFI-BUREAU", farAt: "eth0"},
	{owner: "SW-BUREAU", port: "Gi1/0/30", far: "TEL-ACCUEIL", farAt: "WAN PORT", vlan: 10},
	{owner: "SW-BUREAU", port: "Gi1/0/31", far: "PC-COMPTA"},
	{owner: "SW-BUREAU", port: "Gi1/0/32", far: "PC-DEVIS"},
	{owner: "SW-BUREAU", port: "Gi2/0/1", far: "PC-BE1"},
	{owner: "SW-BUREAU", port: "Gi2/0/2", far: "PC-BE2"},
	{owner: "TEL-ACCUEIL", port: "PC PORT", far: "PC-ACCUEIL"},
	{owner: "SRV-ESX", port: "vSwitch0", far: "SRV-GED", farAt: "ens192"},
	{owner: "WIFI-BUREAU", port: "ath0", far: "PORT-GERANT"},
	{owner: "WIFI-BUREAU", port: "ath1", far: "PORT-CHANTIER"},
	{owner: "SW-ATELIER", port: "1", far: "PC-CNC", farAt: "enp3s0"},
	{owner: "SW-ATELIER", port: "2", far: "IMP-ATELIER", farAt: "eth0"},
	{owner: "SW-ATELIER", port: "3", far: "CAM-ATELIER", farAt: "eth0"},
	{owner: "SW-ATELIER", port: "4", far: "WIFI-ATELIER", farAt: "eth0"},
	{owner: "SW-EXPO", port: "g1", far: "MAC-EXPO"},
	{owner: "SW-EXPO", port: "g2", far: "CAM-ENTREE", farAt: "eth0"},
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

// end is what a device has at one of its ports.
type end struct {
	port  string // ours
	far   *device
	farAt string
	vlan  uint32
}

// ends lists what the device has at its ports, of what is running.
func (s *site) ends(d *device) []end {
	var list []end
	for _, l := range cabling {
		vlan := max(l.vlan, 1)
		switch {
		case l.owner == d.name && s.byName[l.far] != nil:
			list = append(list, end{l.port, s.byName[l.far], l.farAt, vlan})
		case l.far == d.name && s.byName[l.owner] != nil:
			list = append(list, end{l.farAt, s.byName[l.owner], l.port, vlan})
		}
	}
	return list
}

// behind lists every device that is reached over an end: what a switch learns
// on that port.
func (s *site) behind(d *device, e end) []*device {
	list := []*device{e.far}
	for _, next := range s.ends(e.far) {
		if next.far != d {
			list = append(list, s.behind(e.far, next)...)
		}
	}
	return list
}
