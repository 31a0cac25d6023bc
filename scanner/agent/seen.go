package agent

import (
	"cmp"
	"net/netip"
	"strings"

	"parc/inventory"
)

// device is what an agent's network tasks tell of one network device, in the
// words of SNMPQUERY whichever task told it.
type device struct {
	info       row
	addresses  []string
	ports      []row
	components []row
	cartridges row
	failed     bool
}

// kindClasses are the types of the network tasks. A type names what most of its
// devices are: it is a guess.
var kindClasses = map[string]inventory.Class{
	"NETWORKING": inventory.Switch, "PRINTER": inventory.Printer, "STORAGE": inventory.NAS, "POWER": inventory.UPS, "PHONE": inventory.Phone,
	"VIDEO": inventory.Camera, "KVM": inventory.KVM,
}

// xmlDevices reads the DEVICE elements of a network task; messages that only
// tell that it goes on have none.
func xmlDevices(content *element) []*device {
	var all []*device
	for _, e := range content.kids {
		if e.name != "device" || len(all) >= maxRows {
			continue
		}
		info := e.kid("info")
		if len(info.kids) == 0 {
			info = e // a discovery tells its fields without INFO
		}
		d := &device{info: info.row(), failed: len(e.kid("error").kids) > 0}
		for _, ip := range info.kid("ips").kids {
			d.addresses = append(d.addresses, ip.text)
		}
		for _, port := range e.kid("ports").kids {
			if len(d.ports) < maxRows {
				d.ports = append(d.ports, port.row())
			}
		}
		for _, c := range e.kid("components").kids {
			if len(d.components) < maxRows {
				d.components = append(d.components, c.row())
			}
		}
		d.cartridges = e.kid("cartridges").row()
		all = append(all, d)
	}
	return all
}

// networkDevice gives the device of a network task in JSON; nil when the message
// is of a machine.
func (s sections) networkDevice() *device {
	info := s.one("network_device")
	if len(info) == 0 {
		info = s.one("device")
	}
	if len(info) == 0 {
		return nil
	}
	for to, from := range map[string]string{"comments": "description", "fwversion": "firmware"} {
		if info[to] == "" {
			info[to] = info[from]
		}
	}
	return &device{info: info, addresses: info.list("ips"), ports: s["network_ports"], components: s["network_components"], cartridges: s.one("cartridges")}
}

const fromTask = "agent:snmp"

// observe fills an observation of what the agent asked by SNMP; false when it
// did not answer, or told nothing.
func (d *device) observe(o *inventory.Observation) bool {
	if d.failed || len(d.info) == 0 {
		return false
	}
	asked := d.info.get("ip")
	if asked == "" && len(d.addresses) == 1 {
		asked = d.addresses[0] // of several, nobody says which one answered
	}
	o.Address = reachable(asked)
	for _, a := range append([]string{asked}, d.addresses...) {
		o.Add(inventory.FieldIP, reachable(a), fromTask, inventory.Medium)
	}
	if class, ok := kindClasses[strings.ToUpper(d.info.get("type"))]; ok {
		o.Add(inventory.FieldClass, string(class), fromTask, 40)
	}
	for _, f := range []struct {
		field  inventory.Field
		fields []string
	}{
		{inventory.FieldVendor, []string{"manufacturer"}}, {inventory.FieldModel, []string{"model"}}, {inventory.FieldSerial, []string{"serial"}},
		{inventory.FieldVersion, []string{"firmware", "fwversion"}}, {inventory.FieldHostname, []string{"snmphostname", "name", "netbiosname"}},
		{inventory.FieldDescription, []string{"comments", "description"}}, {inventory.FieldLocation, []string{"location"}},
		{inventory.FieldContact, []string{"contact"}}, {inventory.FieldAssetTag, []string{"assettag"}},
	} {
		if value := d.info.get(f.fields...); value != "" {
			o.Add(f.field, value, fromTask, inventory.Medium)
		}
	}
	for _, mac := range d.info.list("mac") {
		o.Add(inventory.FieldMAC, inventory.MAC(mac), fromTask, inventory.Medium)
	}
	d.readPorts(o)
	d.readComponents(o)
	d.readCartridges(o)
	o.Ref = inventory.AskedPrefix + cmp.Or(o.Address, o.Get(inventory.FieldMAC), o.Get(inventory.FieldSerial), o.Get(inventory.FieldHostname))
	return len(o.Facts) > 1 || o.Address != ""
}

// reachable gives an address at which others reach a device; "" for one that is
// none, or that means another machine to everybody.
func reachable(text string) string {
	ip, err := netip.ParseAddr(text)
	if err != nil || ip.Zone() != "" || !usable(ip.Unmap()) {
		return ""
	}
	return ip.Unmap().String()
}

func (d *device) readPorts(o *inventory.Observation) {
	for _, r := range d.ports {
		n := inventory.Interface{
			Index: int(min(r.number("ifnumber"), 1<<30)), Name: r.get("ifname"), Description: r.get("ifdescr"), Alias: r.get("ifalias"),
			Type: int(min(r.number("iftype"), 1<<16)), MAC: inventory.MAC(firstLine(r.get("mac"))), SpeedMbps: r.number("ifspeed") / 1e6,
			Up: r.get("ifstatus") == "1" || strings.EqualFold(r.get("ifstatus"), "up"),
		}
		n.Virtual = n.Type == 24 || virtualCard(n.Name)
		for _, a := range append(r.list("ips.ip"), r.list("ips")...) {
			if ip, err := netip.ParseAddr(a); err == nil && usable(ip) {
				n.Addresses = append(n.Addresses, ip.Unmap().String())
			}
		}
		if n.Name+n.Description != "" || n.Index > 0 {
			o.Details.Interfaces = append(o.Details.Interfaces, n)
		}
	}
}

var componentKinds = map[string]inventory.ComponentKind{
	"chassis": inventory.ComponentChassis, "module": inventory.ComponentModule, "powersupply": inventory.ComponentPower, "fan": inventory.ComponentFan,
}

func (d *device) readComponents(o *inventory.Observation) {
	for _, r := range d.components {
		kind, ok := componentKinds[strings.ToLower(r.get("type"))]
		if !ok || r.get("serial") == "" && kind != inventory.ComponentChassis {
			continue
		}
		o.Details.Components = append(o.Details.Components, inventory.Component{
			Kind: kind, Name: r.get("name"), Model: r.get("model"), Serial: r.get("serial"), Version: r.get("firmware", "revision"), Position: r.get("index"),
		})
	}
}

// readCartridges reads "TONERBLACK": a percentage, or a state in words.
func (d *device) readCartridges(o *inventory.Observation) {
	for name, text := range d.cartridges {
		s := inventory.Supply{Name: name, Percent: -1}
		switch {
		case strings.HasPrefix(name, "toner"):
			s.Kind = "toner"
		case strings.HasPrefix(name, "drum"):
			s.Kind = "drum"
		case strings.HasPrefix(name, "cartridge"), strings.HasPrefix(name, "ink"):
			s.Kind = "ink"
		case strings.HasPrefix(name, "waste"):
			s.Kind = "waste"
		}
		if text != "" && strings.Trim(text, "0123456789") == "" {
			s.Percent = int(min(d.cartridges.number(name), 100))
		}
		o.Details.Supplies = append(o.Details.Supplies, s)
	}
	sortSupplies(o.Details.Supplies)
}
