package agent

import (
	"net/netip"
	"strings"
	"time"

	"parc/inventory"
)

// machine turns the sections of one inventory into an observation.
type machine struct {
	sections
	o     *inventory.Observation
	from  string
	zone  *time.Location
	whole bool // not partial
	item  string
}

func (m *machine) observe() {
	m.identity()
	m.class()
	m.system()
	m.hardware()
	m.interfaces()
	m.parts()
	m.titles()
	m.licences()
	m.lists()
}

func (m *machine) add(field inventory.Field, value string, confidence inventory.Confidence) {
	m.o.Add(field, value, m.from, confidence)
}

// identity tells the machine from others. A serial of the enclosure stands in
// where the system has none; one that is the processor's id, which OCS puts
// there, is nobody's.
func (m *machine) identity() {
	bios, hardware := m.one("bios"), m.one("hardware")
	vendor := bios.get("smanufacturer", "mmanufacturer")
	m.add(inventory.FieldVendor, vendor, inventory.High)
	for _, field := range []string{"ssn", "enclosureserial"} {
		if serial := bios.get(field); serial != "" && !m.processorID(serial) {
			m.add(inventory.FieldSerial, serial, inventory.High)
			break
		}
	}
	m.add(inventory.FieldUUID, hardware.get("uuid"), inventory.High)
	m.add(inventory.FieldHostname, hardware.get("name"), inventory.High)
	model := bios.get("smodel", "mmodel")
	if known := familyOf(vendor, bios.get("skunumber")); known != "" {
		m.add(inventory.FieldPartNumber, model, inventory.High)
		model = known
	}
	m.add(inventory.FieldModel, model, inventory.High)
	m.add(inventory.FieldAssetTag, bios.get("assettag"), inventory.Medium)
}

// processorID tells that a serial only repeats the processor's id, which every
// machine with the same processor has.
func (m *machine) processorID(serial string) bool {
	for _, cpu := range m.sections["cpus"] {
		for _, id := range []string{cpu.get("id"), cpu.get("serial"), cpu.get("serialnumber")} {
			if id != "" && strings.EqualFold(strings.ReplaceAll(id, " ", ""), strings.ReplaceAll(serial, " ", "")) {
				return true
			}
		}
	}
	return false
}

// familyOf reads the name that Lenovo hides behind its machine type:
// "LENOVO_MT_21BT_BU_Think_FM_ThinkPad T14s Gen 3".
func familyOf(vendor, sku string) string {
	if !strings.EqualFold(vendor, "lenovo") {
		return ""
	}
	_, family, _ := strings.Cut(sku, "_FM_")
	return family
}

// chassisClasses are the types of enclosure that SMBIOS knows (DSP0134, 7.4.1).
var chassisClasses = map[string]inventory.Class{
	"desktop": inventory.Desktop, "low profile desktop": inventory.Desktop, "pizza box": inventory.Desktop, "mini tower": inventory.Desktop,
	"tower": inventory.Desktop, "all in one": inventory.Desktop, "all-in-one": inventory.Desktop, "space-saving": inventory.Desktop,
	"lunch box": inventory.Desktop, "mini pc": inventory.Desktop, "stick pc": inventory.Desktop, "sealed-case pc": inventory.Desktop,
	"portable": inventory.Laptop, "laptop": inventory.Laptop, "notebook": inventory.Laptop, "sub notebook": inventory.Laptop,
	"sub-notebook": inventory.Laptop, "convertible": inventory.Laptop, "detachable": inventory.Laptop, "tablet": inventory.Laptop,
	"hand held": inventory.Mobile, "docking station": "", "main server chassis": inventory.Server, "rack mount chassis": inventory.Server,
	"blade": inventory.Server, "blade enclosure": inventory.Server, "multi-system": inventory.Server, "multi-system chassis": inventory.Server,
}

func (m *machine) class() {
	hardware, system := m.one("hardware"), strings.ToLower(m.systemName())
	virtual := hardware.get("vmsystem")
	switch {
	case m.item == "Phone":
		m.add(inventory.FieldClass, string(inventory.Mobile), inventory.High)
	case strings.Contains(system, "esxi") || strings.Contains(system, "xenserver") || strings.Contains(system, "proxmox"):
		m.add(inventory.FieldClass, string(inventory.Hypervisor), inventory.High)
	case virtual != "" && !strings.EqualFold(virtual, "physical"):
		m.add(inventory.FieldClass, string(inventory.VirtualMachine), inventory.High)
	case strings.Contains(system, "windows server"), strings.Contains(system, "windows") && strings.Contains(system, "serveur"):
		m.add(inventory.FieldClass, string(inventory.Server), inventory.High)
	default:
		chassis := strings.ToLower(hardware.get("chassis_type"))
		if chassis == "" {
			chassis = strings.ToLower(m.one("bios").get("type")) // where OCS tells it
		}
		if class := chassisClasses[chassis]; class != "" {
			m.add(inventory.FieldClass, string(class), 80)
		} else if len(m.sections["batteries"]) > 0 {
			m.add(inventory.FieldClass, string(inventory.Laptop), inventory.Medium)
		}
	}
}

func (m *machine) systemName() string {
	if name := m.one("operatingsystem").get("full_name", "name"); name != "" {
		return name
	}
	return m.one("hardware").get("osname")
}

// system tells the operating system. OCS tells it among the hardware, and there
// FusionInventory gives the kernel for its version.
func (m *machine) system() {
	system, hardware := m.one("operatingsystem"), m.one("hardware")
	m.add(inventory.FieldOSName, m.systemName(), inventory.High)
	if m.has("operatingsystem") {
		m.add(inventory.FieldOSVersion, system.get("version"), inventory.High)
		build := system.get("kernel_version")
		if patch := system.get("service_pack"); patch != "" && strings.HasPrefix(build, "10.0.") && strings.Contains(patch, ".") {
			build = "10.0." + patch // 22631.4711: the build with its last update
		}
		m.add(inventory.FieldOSBuild, build, inventory.High)
	} else if version := hardware.get("osversion"); strings.HasPrefix(version, "10.0.") {
		m.add(inventory.FieldOSBuild, version, inventory.High)
	} else {
		m.add(inventory.FieldOSVersion, version, inventory.High)
	}
	installed := day(system.get("install_date"))
	if installed == "" && !m.has("operatingsystem") {
		installed = day(hardware.get("install_date"))
	}
	m.add(inventory.FieldOSInstalled, string(installed), inventory.High)
	if boot := moment(system.get("boot_time"), m.zone); !boot.IsZero() {
		m.add(inventory.FieldLastBoot, boot.Format(time.RFC3339), inventory.High)
	}
	domain := system.get("dns_domain")
	if group := hardware.get("workgroup"); domain == "" && !strings.EqualFold(group, "WORKGROUP") {
		domain = group
	}
	m.add(inventory.FieldDomain, domain, inventory.High)
	m.add(inventory.FieldUser, m.lastUser(), inventory.High)
}

// lastUser gives who worked on the machine last. FusionInventory takes the last
// line of "last", which without logins is the name of its file.
func (m *machine) lastUser() string {
	user := m.one("hardware").get("lastloggeduser")
	if user == "" || user == "wtmp" || user == "reboot" {
		user = m.one("users").get("login")
	}
	if i := strings.LastIndexByte(user, '\\'); i >= 0 {
		user = user[i+1:]
	}
	user, _, _ = strings.Cut(user, "\n")
	return user
}

func (m *machine) hardware() {
	hardware, bios := m.one("hardware"), m.one("bios")
	if memory := hardware.number("memory"); memory > 0 && m.has("hardware") {
		m.add(inventory.FieldMemory, itoa(memory), inventory.High)
	}
	m.add(inventory.FieldProcessor, m.one("cpus").get("name"), inventory.High)
	if _, ok := m.sections["cpus"]; !ok {
		m.add(inventory.FieldProcessor, hardware.get("processort"), inventory.Medium)
	}
	m.add(inventory.FieldBIOSDate, string(biosDay(bios.get("bdate"))), inventory.High)
	m.add(inventory.FieldBIOSVersion, bios.get("bversion"), inventory.High)
}

// usable tells that an address may be where the machine answers.
func usable(a netip.Addr) bool {
	return a.IsValid() && !a.IsLoopback() && !a.IsLinkLocalUnicast() && !a.IsMulticast() && !a.IsUnspecified()
}
