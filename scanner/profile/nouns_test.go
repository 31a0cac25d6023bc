package profile

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parc/inventory"
)

// What each kind of device has to say beyond its identity: one small capture
// of each. Switches and stacks, printers and Linux have tests of their own.
func TestWhatIsWorthAskingByKind(t *testing.T) {
	t.Parallel()
	const booted = "2026-05-03T12:00:00Z" // a day before noon
	for _, c := range []struct {
		capture string
		facts   map[inventory.Field]string
		details inventory.Details
	}{
		{
			"ups",
			map[inventory.Field]string{
				inventory.FieldClass: "ups", inventory.FieldModel: "Eaton 5P 1150i", inventory.FieldSerial: "G000X00001", inventory.FieldVersion: "02.08.0010",
				inventory.FieldBattery: "replace", inventory.FieldBatteryDate: "2022-03-15", inventory.FieldLastBoot: booted,
			},
			inventory.Details{},
		},
		{
			"esxi",
			map[inventory.Field]string{
				inventory.FieldClass: "hypervisor", inventory.FieldVendor: "Dell", inventory.FieldModel: "PowerEdge R640", inventory.FieldSerial: "ESX0001",
				inventory.FieldOSName: "VMware ESXi", inventory.FieldOSVersion: "8.0.2", inventory.FieldOSBuild: "22380479", inventory.FieldLastBoot: booted,
			},
			inventory.Details{
				Components: []inventory.Component{
					{Kind: inventory.ComponentChassis, Name: "PowerRack R640", Vendor: "Dell Inc.", Model: "PowerEdge R640", Serial: "ESX0001", Position: "1"},
					{Kind: inventory.ComponentMemory, Name: "Real Memory", SizeMB: 131072},
					{Kind: inventory.ComponentProcessor, Name: "Test CPU @ 2.10GHz"},
				},
				Guests: []inventory.Guest{
					{Name: "dc1", Kind: "vmware", State: "running", MemoryMB: 16384, Processors: 4, UUID: "421b3f00-0000-4000-8000-000000000001"},
					{Name: "files", Kind: "vmware", State: "off", MemoryMB: 4096},
				},
				Volumes: []inventory.Volume{{Name: "/vmfs/volumes/store1", Kind: "disk", SizeMB: 2097152, UsedMB: 1048576}},
			},
		},
		{
			"synology",
			map[inventory.Field]string{
				inventory.FieldClass: "nas", inventory.FieldModel: "DS920+", inventory.FieldSerial: "2040SBR000001", inventory.FieldVersion: "7.2-64570",
				inventory.FieldOSName: "DSM", inventory.FieldLastBoot: booted,
			},
			inventory.Details{
				Components: []inventory.Component{
					{Kind: inventory.ComponentDisk, Name: "Disk 1", Model: "WD40EFRX-68N32N0", State: "normal"},
					{Kind: inventory.ComponentDisk, Name: "Disk 2", Model: "WD40EFRX-68N32N0", State: "crashed"},
				},
				Volumes: []inventory.Volume{
					{Name: "/volume1", Kind: "disk", SizeMB: 10240, UsedMB: 1024},
					{Name: "Storage Pool 1", Kind: "raid", SizeMB: 3814697},
				},
			},
		},
		{
			"qnap",
			map[inventory.Field]string{
				inventory.FieldClass: "nas", inventory.FieldModel: "TS-453Be", inventory.FieldSerial: "Q000B00001", inventory.FieldVersion: "5.1.0", inventory.FieldOSName: "QTS",
			},
			inventory.Details{
				Components: []inventory.Component{
					{Kind: inventory.ComponentDisk, Name: "HDD1", Model: "ST4000VN008-2DR166", State: "GOOD"},
					{Kind: inventory.ComponentDisk, Name: "HDD2", Model: "ST4000VN008-2DR166", State: "ABNORMAL"},
				},
				Volumes: []inventory.Volume{{Name: "[Volume DataVol1, Pool 1]", Kind: "EXT4"}},
			},
		},
		{
			"windows",
			map[inventory.Field]string{
				inventory.FieldClass: "server", inventory.FieldHostname: "SRV1.example.com", inventory.FieldOSName: "Windows Server",
				inventory.FieldOSVersion: "2022", inventory.FieldOSBuild: "20348", inventory.FieldLastBoot: booted,
			},
			inventory.Details{
				Interfaces: []inventory.Interface{{
					Index: 12, Name: "Intel(R) I210 Gigabit Network Connection", Description: "Intel(R) I210 Gigabit Network Connection", Type: 6,
					MAC: "02:00:5e:20:00:01", Addresses: []string{"192.0.2.20"}, SpeedMbps: 1000, Up: true,
				}},
				Components: []inventory.Component{
					{Kind: inventory.ComponentMemory, Name: "Physical Memory", SizeMB: 32768},
					{Kind: inventory.ComponentProcessor, Name: "Test Xeon"},
				},
				Volumes:  []inventory.Volume{{Name: `C:\ Label:System Serial Number 1234abcd`, Kind: "disk", SizeMB: 102400, UsedMB: 51200}},
				Software: []inventory.Software{{Name: "Active Directory Tools", InstalledOn: "2024-03-12"}},
			},
		},
	} {
		t.Run(c.capture, func(t *testing.T) {
			t.Parallel()
			r := loaded(t).InquireCapture(capture(t, c.capture), inventory.DepthFull).Result(noon)
			got := values(r)
			for field, want := range c.facts {
				if got[field] != want {
					t.Errorf("%s: %q, want %q", field, got[field], want)
				}
			}
			if diff := cmp.Diff(c.details, r.Details, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("details (-want +got):\n%s", diff)
			}
		})
	}
}
