package agent

import (
	"net/netip"
	"strconv"
	"strings"

	"parc/inventory"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// interfaces puts together the rows of "networks", one for each address, and
// finds where the machine answers: on the card that has the way out.
func (m *machine) interfaces() {
	rows, ok := m.sections["networks"]
	if !ok {
		return
	}
	list := []inventory.Interface{}
	at := map[string]int{}
	best, bestRank := netip.Addr{}, 0
	for _, r := range rows {
		mac := inventory.MAC(r.get("mac"))
		name := r.get("description")
		if strings.EqualFold(r.get("type"), "loopback") || name == "lo" || mac == "" && r.get("ipaddress", "ipaddress6") == "" {
			continue
		}
		key := name + "|" + mac
		n, seen := at[key]
		if !seen {
			n = len(list)
			at[key] = n
			list = append(list, interfaceOf(r, name, mac))
		}
		for _, address := range addressesOf(r) {
			list[n].Addresses = append(list[n].Addresses, address.String())
			if rank := m.rank(address, r, &list[n]); rank > bestRank {
				best, bestRank = address, rank
			}
		}
	}
	for _, n := range list {
		if n.Virtual {
			continue
		}
		m.add(inventory.FieldMAC, n.MAC, inventory.High)
		for _, a := range n.Addresses {
			m.add(inventory.FieldIP, a, inventory.High)
		}
	}
	if bestRank > 0 {
		m.o.Address = best.String()
	}
	m.o.Details.Interfaces = list
}

// fastest is more than any card does, in Mb/s.
const fastest = 1_000_000

func interfaceOf(r row, name, mac string) inventory.Interface {
	n := inventory.Interface{
		Name: name, MAC: mac, SpeedMbps: r.number("speed"), Up: strings.EqualFold(r.get("status"), "up"),
		Virtual: r.yes("virtualdev") || virtualCard(name),
	}
	if n.SpeedMbps < 0 || n.SpeedMbps > fastest {
		n.SpeedMbps = 0 // -1 of a card without a link, read as 32 bits without a sign
	}
	if strings.HasPrefix(strings.ToUpper(r.get("pnpdeviceid")), `USB\`) && !strings.Contains(strings.ToLower(name), "usb") {
		n.Description = "USB" // it can be unplugged: it is not the machine
	}
	return n
}

// virtualCard tells from its name that a card is made by software.
func virtualCard(name string) bool {
	lower := strings.ToLower(name)
	for _, prefix := range []string{"docker", "veth", "br-", "virbr", "vmnet", "vnet", "tun", "tap", "wg", "ifb", "dummy", "sit0", "zt", "tailscale", "cni", "flannel", "lxc", "lxd", "bond", "vethernet"} {
		if strings.HasPrefix(lower, prefix) {
			return true
		}
	}
	for _, part := range []string{
		"hyper-v virtual ethernet", "vmware virtual ethernet adapter for", "virtualbox host-only", "tap-windows", "wireguard", "openvpn",
		"wan miniport", "wi-fi direct virtual", "anyconnect", "fortinet virtual", "fortinet ssl vpn", "pangp virtual", "sonicwall", "vpn adapter", "vpn client", "npcap",
		"microsoft kernel debug", "teredo", "isatap", "6to4",
	} {
		if strings.Contains(lower, part) {
			return true
		}
	}
	return false
}

func addressesOf(r row) []netip.Addr {
	var all []netip.Addr
	for _, field := range []string{"ipaddress", "ipaddress6"} {
		for _, text := range r.list(field) {
			if a, err := netip.ParseAddr(text); err == nil && usable(a) {
				all = append(all, a.Unmap().WithZone(""))
			}
		}
	}
	return all
}

// rank orders addresses: on a real card before a virtual one, with a way out
// before without, IPv4 before IPv6.
func (m *machine) rank(a netip.Addr, r row, n *inventory.Interface) int {
	rank := 1
	if a.Is4() {
		rank += 2
	}
	if n.Up {
		rank++
	}
	if !n.Virtual {
		rank += 4
	}
	if gateway := r.get("ipgateway"); gateway != "" && (gateway == m.one("hardware").get("defaultgateway") || m.one("hardware").get("defaultgateway") == "") {
		rank += 8
	}
	return rank
}
