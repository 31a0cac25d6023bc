package profile

import (
	"slices"
	"strings"

	"parc/inventory"
)

// The objects of the system group, and what else every device is asked first.
const (
	oidSysDescr    = "1.3.6.1.2.1.1.1.0"
	oidSysObjectID = "1.3.6.1.2.1.1.2.0"
	oidSysUpTime   = "1.3.6.1.2.1.1.3.0"
	oidSysContact  = "1.3.6.1.2.1.1.4.0"
	oidSysName     = "1.3.6.1.2.1.1.5.0"
	oidSysLocation = "1.3.6.1.2.1.1.6.0"
	oidEngineID    = "1.3.6.1.6.3.10.2.1.1.0"
)

// FirstOIDs lists the objects that a sweep asks of every device: what a
// profile is chosen by, and what every device has to say of itself.
func FirstOIDs() []string {
	return []string{oidSysDescr, oidSysObjectID, oidSysUpTime, oidSysContact, oidSysName, oidSysLocation, oidEngineID}
}

// Given is what is known of a device before it is asked anything by profile.
// All of it is optional; what SNMP says of the system group comes as answers.
type Given struct {
	SNMP      bool // it answers SNMP: asking is worth while
	Hostname  string
	MACVendor string // as nmap or the OUI tells it
	OS        string // nmap's guess
	CPEs      []string
	Services  []inventory.Service
}

// inputs are the names a source or a condition may read from, besides fields.
var inputs = []string{
	"sysdescr", "model-word", "version-word", "sysobjectid", "sysname", "syslocation", "syscontact", "enterprise", "maker-vendor", "maker-class", "enterprise-vendor", "enterprise-class", "enterprise-guess",
	"hostname", "mac-vendor", "os", "cpe", "service", "banner",
}

func knownInput(name string) bool {
	if slices.Contains(inputs, name) {
		return true
	}
	_, ok := knownField(name)
	return ok
}

// identityFields are the fields that a profile may tell, in the order in which
// a person reads them.
var identityFields = []inventory.Field{
	inventory.FieldVendor, inventory.FieldClass, inventory.FieldModel, inventory.FieldVersion, inventory.FieldSerial,
	inventory.FieldPartNumber, inventory.FieldUUID, inventory.FieldMAC, inventory.FieldIP, inventory.FieldHostname,
	inventory.FieldDomain, inventory.FieldUser, inventory.FieldOSName, inventory.FieldOSVersion, inventory.FieldOSBuild,
	inventory.FieldAssetTag, inventory.FieldLocation, inventory.FieldContact, inventory.FieldFirstInstalled,
	inventory.FieldLastBoot, inventory.FieldBIOSDate, inventory.FieldProcessor, inventory.FieldMemory,
	inventory.FieldPageCount, inventory.FieldBattery, inventory.FieldBatteryDate, inventory.FieldBatteryReplace,
	inventory.FieldManagementURL, inventory.FieldDescription,
}

func knownField(name string) (inventory.Field, bool) {
	f := inventory.Field(name)
	return f, slices.Contains(identityFields, f)
}

// hintText gives what is known of the device under the name of a hint.
func (g Given) hintText(input string) []string {
	switch input {
	case "hostname":
		return []string{g.Hostname}
	case "mac-vendor":
		return []string{g.MACVendor}
	case "os":
		return []string{g.OS}
	case "cpe":
		return g.CPEs
	case "service", "banner":
		return g.serviceTexts(input)
	}
	return nil
}

// serviceTexts tells each service in one line: "443/tcp https nginx 1.2" as
// service, and what it showed of itself (banner, certificate, scripts) as banner.
func (g Given) serviceTexts(input string) []string {
	var out []string
	for _, s := range g.Services {
		if input == "service" {
			out = append(out, strings.Join([]string{portText(s), s.Name, s.Product, s.Version}, " "))
			continue
		}
		if s.Banner != "" {
			out = append(out, portText(s)+" "+s.Banner)
		}
		if s.TLS != nil {
			out = append(out, portText(s)+" certificate "+s.TLS.Subject+" issuer "+s.TLS.Issuer+" "+strings.Join(s.TLS.Names, " "))
		}
		for name, text := range s.Scripts {
			out = append(out, portText(s)+" "+name+" "+text)
		}
	}
	slices.Sort(out)
	return out
}

// enterpriseOf gives the enterprise number of a sysObjectID, "" when it has none.
func enterpriseOf(oid string) string {
	rest, ok := strings.CutPrefix(oid, "1.3.6.1.4.1.")
	if !ok {
		return ""
	}
	number, _, _ := strings.Cut(rest, ".")
	return number
}
