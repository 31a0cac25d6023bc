package profile

import (
	"strconv"
	"strings"

	"parc/inventory"
)

// objectNames are the names of standard objects, so that a trace reads well.
// The names are those of RFC 1213, 2790, 3418, 3805, 4133, 1628 and IEEE 802.1AB.
var objectNames = map[string]string{
	"1.3.6.1.2.1.1.1": "sysDescr", "1.3.6.1.2.1.1.2": "sysObjectID", "1.3.6.1.2.1.1.3": "sysUpTime",
	"1.3.6.1.2.1.1.4": "sysContact", "1.3.6.1.2.1.1.5": "sysName", "1.3.6.1.2.1.1.6": "sysLocation",
	"1.3.6.1.2.1.47.1.1.1.1.2": "entPhysicalDescr", "1.3.6.1.2.1.47.1.1.1.1.4": "entPhysicalContainedIn",
	"1.3.6.1.2.1.47.1.1.1.1.5": "entPhysicalClass", "1.3.6.1.2.1.47.1.1.1.1.7": "entPhysicalName",
	"1.3.6.1.2.1.47.1.1.1.1.8": "entPhysicalHardwareRev", "1.3.6.1.2.1.47.1.1.1.1.9": "entPhysicalFirmwareRev",
	"1.3.6.1.2.1.47.1.1.1.1.10": "entPhysicalSoftwareRev", "1.3.6.1.2.1.47.1.1.1.1.11": "entPhysicalSerialNum",
	"1.3.6.1.2.1.47.1.1.1.1.12": "entPhysicalMfgName", "1.3.6.1.2.1.47.1.1.1.1.13": "entPhysicalModelName",
	"1.3.6.1.2.1.47.1.1.1.1.3": "entPhysicalVendorType", "1.3.6.1.2.1.47.1.1.1.1.15": "entPhysicalAssetID",
	"1.3.6.1.2.1.25.3.2.1.3": "hrDeviceDescr", "1.3.6.1.2.1.25.3.2.1.2": "hrDeviceType",
	"1.3.6.1.2.1.43.5.1.1.16": "prtGeneralPrinterName", "1.3.6.1.2.1.43.5.1.1.17": "prtGeneralSerialNumber",
	"1.3.6.1.2.1.33.1.1.1": "upsIdentManufacturer", "1.3.6.1.2.1.33.1.1.2": "upsIdentModel",
	"1.3.6.1.2.1.33.1.1.3": "upsIdentUPSSoftwareVersion", "1.3.6.1.2.1.33.1.1.4": "upsIdentAgentSoftwareVersion",
	"1.0.8802.1.1.2.1.3.2": "lldpLocChassisId", "1.0.8802.1.1.2.1.3.4": "lldpLocSysDesc",
	"1.3.6.1.2.1.17.1.1": "dot1dBaseBridgeAddress", "1.3.6.1.6.3.10.2.1.1": "snmpEngineID",
	"1.3.6.1.2.1.43.10.2.1.4": "prtMarkerLifeCount", "1.3.6.1.2.1.25.1.1": "hrSystemUptime",
	"1.3.6.1.2.1.25.2.2": "hrMemorySize", "1.3.6.1.2.1.25.6.3.1.2": "hrSWInstalledName",
}

// objectName gives the standard name of an object with its index, or the OID.
func objectName(oid string) string {
	for at := len(oid); at > 0; at = strings.LastIndexByte(oid[:at], '.') {
		if name, ok := objectNames[oid[:at]]; ok {
			return name + oid[at:]
		}
	}
	return oid
}

func portText(s inventory.Service) string {
	return strconv.Itoa(s.Port) + "/" + s.Protocol
}
