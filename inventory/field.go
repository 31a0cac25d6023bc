package inventory

import "slices"

// Field names one thing that can be known of an asset.
type Field string

// The fields that facts carry. MAC and IP may have several values on one
// asset; every other field has one.
const (
	FieldClass     Field = "class"
	FieldVendor    Field = "vendor"
	FieldModel     Field = "model"
	FieldVersion   Field = "version" // firmware or system version as the device tells it
	FieldSerial    Field = "serial"
	FieldUUID      Field = "uuid"
	FieldMAC       Field = "mac"
	FieldIP        Field = "ip"
	FieldHostname  Field = "hostname"
	FieldDomain    Field = "domain"
	FieldUser      Field = "user"
	FieldOSName    Field = "os.name"
	FieldOSVersion Field = "os.version"
	FieldOSBuild   Field = "os.build"
	FieldEngineID  Field = "engine-id"
	FieldAgentID   Field = "agent-id"

	FieldPartNumber     Field = "part-number"
	FieldAssetTag       Field = "asset-tag"
	FieldDescription    Field = "description" // sysDescr, or what else the thing says of itself
	FieldObjectID       Field = "object-id"   // sysObjectID
	FieldLocation       Field = "location"
	FieldContact        Field = "contact"
	FieldFirstInstalled Field = "first-installed"
	FieldLastBoot       Field = "last-boot"
	FieldBIOSDate       Field = "bios-date"
	FieldBIOSVersion    Field = "bios-version"
	FieldOSInstalled    Field = "os.installed" // the day the system was installed, which may be long after the machine
	FieldProcessor      Field = "processor"
	FieldMemory         Field = "memory" // MiB
	FieldPageCount      Field = "page-count"
	FieldBattery        Field = "battery"         // of a UPS: normal, low, depleted, replace
	FieldBatteryDate    Field = "battery-date"    // last replaced
	FieldBatteryReplace Field = "battery-replace" // due
	FieldProfile        Field = "profile"         // the device profile that matched
	FieldManagementURL  Field = "management-url"
	FieldPurchased      Field = "purchased"   // the day of purchase, where somebody knows it
	FieldEndOfLife      Field = "end-of-life" // the last day, set by a person for this one thing
)

// The two things a person may pin that no fact carries: Values holds their pins.
const (
	FieldSite  Field = "site"
	FieldState Field = "state"
)

// ParseField gives the single-valued field of that name, which a person may
// set; any other name is Invalid.
func ParseField(s string) (Field, error) {
	settable := []Field{
		FieldClass, FieldVendor, FieldModel, FieldVersion, FieldSerial, FieldUUID, FieldHostname, FieldDomain, FieldUser,
		FieldOSName, FieldOSVersion, FieldOSBuild, FieldPartNumber, FieldAssetTag, FieldDescription, FieldLocation,
		FieldContact, FieldFirstInstalled, FieldBIOSDate, FieldProcessor, FieldMemory, FieldBattery, FieldBatteryDate,
		FieldBatteryReplace, FieldManagementURL, FieldPurchased, FieldEndOfLife,
	}
	if f := Field(s); slices.Contains(settable, f) {
		return f, nil
	}
	return "", Errorf(Invalid, "%q is no field that can be set", CleanTo(s, 40))
}

// Check refuses a value that the field cannot have: a day that is none. The
// empty value is allowed everywhere. What a person or a file says is checked;
// what devices tell is not.
func (f Field) Check(value string) error {
	if f != FieldPurchased && f != FieldEndOfLife {
		return nil
	}
	if _, err := ParseDay(value); err != nil {
		return Errorf(Invalid, "%s: %w", f, err)
	}
	return nil
}

// Multiple tells that an asset may have several values of the field at once.
func (f Field) Multiple() bool { return f == FieldMAC || f == FieldIP }

// Personal tells that the field may hold personal data in the sense of the
// GDPR, so that a client can have it left out of collection.
func (f Field) Personal() bool { return f == FieldUser || f == FieldContact }

// Volatile tells that the field changes by itself between two looks; its
// changes are kept as the latest value and not written to history. Addresses
// come and go with leases, docks and adapters: sightings tell where a thing was.
func (f Field) Volatile() bool {
	switch f {
	case FieldLastBoot, FieldPageCount, FieldIP, FieldMAC:
		return true
	}
	return false
}
