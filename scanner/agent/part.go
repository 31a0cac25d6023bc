package agent

import (
	"slices"
	"strings"

	"parc/inventory"
)

// components are the sections that tell parts, each with how an entry reads.
var components = []struct {
	section string
	kind    inventory.ComponentKind
	read    func(row) (inventory.Component, bool)
}{
	{"cpus", inventory.ComponentProcessor, processor},
	{"memories", inventory.ComponentMemory, memory},
	{"storages", inventory.ComponentDisk, disk},
	{"batteries", inventory.ComponentBattery, battery},
	{"monitors", inventory.ComponentMonitor, monitorPart},
	{"powersupplies", inventory.ComponentPower, power},
}

// parts tells the components and the volumes. A partial inventory speaks only
// of the kinds whose section it has.
func (m *machine) parts() {
	var kinds []inventory.ComponentKind
	for _, c := range components {
		rows, ok := m.sections[c.section]
		if !ok {
			continue
		}
		kinds = append(kinds, c.kind)
		if m.o.Details.Components == nil {
			m.o.Details.Components = []inventory.Component{}
		}
		for _, r := range rows {
			if part, ok := c.read(r); ok {
				part.Kind = c.kind
				m.o.Details.Components = append(m.o.Details.Components, part)
			}
		}
	}
	slices.SortStableFunc(m.o.Details.Components, func(a, b inventory.Component) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	if !m.whole && kinds != nil {
		m.o.Details.ComponentKinds = kinds
	}
	m.volumes()
}

// mostCores is more than any processor has.
const mostCores = 4096

func processor(r row) (inventory.Component, bool) {
	c := inventory.Component{Name: r.get("name"), Vendor: r.get("manufacturer")}
	if cores := r.number("core"); cores > 0 {
		c.Cores = int(min(cores, mostCores))
	}
	return c, c.Name != ""
}

// memory reads a module; an empty slot has no capacity.
func memory(r row) (inventory.Component, bool) {
	c := inventory.Component{
		Name: r.get("type"), Vendor: r.get("manufacturer"), Model: r.get("model"), Serial: realSerial(r.get("serialnumber", "serial")),
		SizeMB: r.number("capacity"), Position: r.get("numslots"),
	}
	if speed := r.number("speed"); speed > 0 {
		c.Name = strings.TrimSpace(c.Name + " " + itoa(speed) + " MHz")
	}
	return c, c.SizeMB > 0
}

// realSerial leaves out serials of zeros, which modules have that were never given one.
func realSerial(s string) string {
	if strings.Trim(s, "0-. ") == "" {
		return ""
	}
	return s
}

// disk reads a disk. What can be unplugged (sticks, discs) is not part of the machine.
func disk(r row) (inventory.Component, bool) {
	kind, bus, name := strings.ToLower(r.get("type")), strings.ToLower(r.get("interface")), r.get("name")
	for _, not := range []string{"cd", "dvd", "removable", "optical", "floppy", "media"} {
		if strings.Contains(kind, not) && !strings.Contains(kind, "fixed") {
			return inventory.Component{}, false
		}
	}
	for _, not := range []string{"zram", "loop", "sr", "ram", "fd"} {
		if rest, ok := strings.CutPrefix(name, not); ok && strings.Trim(rest, "0123456789") == "" {
			return inventory.Component{}, false
		}
	}
	c := inventory.Component{
		Name: name, Vendor: r.get("manufacturer"), Model: r.get("model"), Serial: realSerial(r.get("serial")),
		Version: r.get("firmware"), SizeMB: r.number("disksize"),
	}
	return c, bus != "usb" && (c.SizeMB > 0 || c.Serial != "")
}

func battery(r row) (inventory.Component, bool) {
	c := inventory.Component{
		Name: r.get("chemistry"), Vendor: r.get("manufacturer"), Model: r.get("name"), Serial: realSerial(r.get("serial")),
	}
	if full, now := r.number("capacity"), r.number("real_capacity"); full > 0 && now > 0 && now <= 2*full {
		c.State = itoa(100*now/full) + " % of its capacity"
	}
	return c, c.Model != "" || c.Serial != "" || c.State != ""
}

func power(r row) (inventory.Component, bool) {
	c := inventory.Component{
		Name: r.get("name"), Vendor: r.get("manufacturer"), Model: r.get("partnum"), Serial: realSerial(r.get("serialnumber", "serial")), State: r.get("status"),
	}
	return c, c.Name != "" || c.Serial != ""
}

// volumes tells the file systems of the machine's own disks.
func (m *machine) volumes() {
	rows, ok := m.sections["drives"]
	if !ok {
		return
	}
	m.o.Details.Volumes = []inventory.Volume{}
	for _, r := range rows {
		system, kind := strings.ToLower(r.get("filesystem")), strings.ToLower(r.get("type"))
		if slices.Contains([]string{"cifs", "nfs", "nfs4", "smbfs", "tmpfs", "squashfs", "overlay", "udf", "cdfs", "iso9660"}, system) ||
			strings.Contains(kind, "network") || strings.Contains(kind, "cd-rom") || strings.Contains(kind, "removable") {
			continue
		}
		v := inventory.Volume{Name: r.get("letter", "type", "volumn"), Kind: r.get("filesystem"), SizeMB: r.number("total")}
		if v.SizeMB <= 0 {
			continue
		}
		if free := r.number("free"); free <= v.SizeMB {
			v.UsedMB = v.SizeMB - free
		}
		if r.get("encrypt_status") != "" {
			v.Encrypted = r.answer("encrypt_status")
		}
		m.o.Details.Volumes = append(m.o.Details.Volumes, v)
	}
}

func sortSupplies(s []inventory.Supply) {
	slices.SortFunc(s, func(a, b inventory.Supply) int { return strings.Compare(a.Name, b.Name) })
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
