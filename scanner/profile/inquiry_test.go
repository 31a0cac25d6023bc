package profile

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// embeddedSet is loaded once: a Set does not change.
var embeddedSet = sync.OnceValues(func() (*Set, error) { return Load() })

func loaded(t *testing.T) *Set {
	t.Helper()
	set, err := embeddedSet()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func capture(t *testing.T, name string) *Capture {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name+".snmprec"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := ReadCapture(f)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// values gives the facts of a result, one value a field.
func values(r Result) map[inventory.Field]string {
	out := map[inventory.Field]string{}
	for _, f := range r.Facts {
		if _, known := out[f.Field]; !known {
			out[f.Field] = f.Value
		}
	}
	return out
}

func TestStackAtFullDepth(t *testing.T) {
	t.Parallel()
	r := loaded(t).InquireCapture(capture(t, "stack"), inventory.DepthFull).Result(noon)
	want := map[inventory.Field]string{
		inventory.FieldClass: "switch", inventory.FieldVendor: "Cisco", inventory.FieldModel: "WS-C3850-48P-S",
		inventory.FieldSerial: "FOC0000X001", inventory.FieldVersion: "16.3.5b", inventory.FieldMAC: "02:00:5e:10:00:47",
		inventory.FieldHostname: "access-3.example.com", inventory.FieldLocation: "Rack 3", inventory.FieldProfile: "cisco-ios",
		inventory.FieldOSName: "IOS", inventory.FieldOSVersion: "16.3.5b", inventory.FieldObjectID: "1.3.6.1.4.1.9.1.1745",
		inventory.FieldEngineID: "800000090302005e100047", inventory.FieldLastBoot: "2026-05-03T12:00:00Z",
		inventory.FieldDescription: "Cisco IOS Software, C3850 Software (CAT3K_CAA-UNIVERSALK9-M), Version 16.3.5b, RELEASE SOFTWARE (fc1)",
	}
	if diff := cmp.Diff(want, values(r)); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	details := inventory.Details{
		Interfaces: []inventory.Interface{
			{Index: 1, Name: "Vl1", Description: "Vlan1", Type: 53, MAC: "02:00:5e:10:00:47", Addresses: []string{"192.0.2.3", "2001:db8::3"}, Up: true, Virtual: true},
			{Index: 2, Name: "Te1/1/1", Description: "TenGigabitEthernet1/1/1", Alias: "uplink", Type: 6, MAC: "02:00:5e:10:00:48", SpeedMbps: 10000, Up: true},
		},
		Components: []inventory.Component{
			{Kind: inventory.ComponentStackMember, Name: "Switch 1", Vendor: "Cisco", Model: "WS-C3850-48P-S", Serial: "FOC0000X001", Version: "16.3.5b", Position: "1000"},
			{Kind: inventory.ComponentPower, Name: "Switch 1 - Power Supply A", Model: "PWR-C1-715WAC", Serial: "LIT0000001", Position: "1010"},
			{Kind: inventory.ComponentTransceiver, Name: "Te1/1/1", Model: "SFP-10G-SR", Serial: "AGD0000001", Position: "1020"},
			{Kind: inventory.ComponentStackMember, Name: "Switch 2", Model: "WS-C3850-24T-S", Serial: "FOC0000X002", Position: "2000"},
		},
		Neighbours: []inventory.Neighbour{
			{Protocol: "lldp", LocalPort: "Te1/1/1", ChassisID: "02:00:5e:10:00:01", RemotePort: "Eth1", Name: "core-1", Platform: "Core switch", Address: "192.0.2.9"},
			{Protocol: "cdp", LocalPort: "Te1/1/1", Name: "core-1.example.com", RemotePort: "Ethernet1", Platform: "cisco N9K", Address: "192.0.2.9"},
		},
		VLANs: []inventory.VLAN{{ID: 10, Name: "clients"}, {ID: 1, Name: "default"}},
		Stations: []inventory.Station{
			{MAC: "02:00:5e:10:00:bb", Port: "Te1/1/1", VLAN: 10},
			{MAC: "02:00:5e:10:00:aa", Port: "Te1/1/1", Address: "192.0.2.77"},
		},
	}
	if diff := cmp.Diff(details, r.Details); diff != "" {
		t.Errorf("details (-want +got):\n%s", diff)
	}
}

func TestPrinterWithoutAProfile(t *testing.T) {
	t.Parallel()
	r := loaded(t).InquireCapture(capture(t, "printer"), inventory.DepthFull).Result(noon)
	want := map[inventory.Field]string{
		inventory.FieldClass: "printer", inventory.FieldVendor: "Acme", inventory.FieldModel: "Colour 300",
		inventory.FieldSerial: "AC300-0001", inventory.FieldPageCount: "12345", inventory.FieldProfile: "generic-printer",
		inventory.FieldDescription: "Acme Print Engine", inventory.FieldObjectID: "1.3.6.1.4.1.99999.43",
	}
	if diff := cmp.Diff(want, values(r)); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	supplies := []inventory.Supply{{Name: "Black Toner", Kind: "toner", Percent: 25}, {Name: "Tray 1", Kind: "tray", Percent: -1}}
	if diff := cmp.Diff(supplies, r.Details.Supplies); diff != "" {
		t.Errorf("supplies (-want +got):\n%s", diff)
	}
}

func TestHostTables(t *testing.T) {
	t.Parallel()
	r := loaded(t).InquireCapture(capture(t, "host"), inventory.DepthFull).Result(noon)
	want := inventory.Details{
		Components: []inventory.Component{
			{Kind: inventory.ComponentMemory, Name: "Physical memory", SizeMB: 8192},
			{Kind: inventory.ComponentProcessor, Name: "GenuineIntel: Test CPU"},
		},
		// The size is above what an INTEGER holds: net-snmp lets it run over.
		Volumes: []inventory.Volume{{Name: "/", Kind: "disk", SizeMB: 10485760, UsedMB: 1024}},
		Software: []inventory.Software{
			{Name: "bash", Version: "5.2.15-2+b2", InstalledOn: "2024-02-11"},
			{Name: "kernel-core", Version: "5.14.0-70.el9.x86_64"},
			{Name: "Some Office Suite"},
		},
	}
	if diff := cmp.Diff(want, r.Details); diff != "" {
		t.Errorf("details (-want +got):\n%s", diff)
	}
}

// TestIdentityIsAHandfulOfQuestions keeps the promise that only what the
// profile wants is asked.
func TestIdentityIsAHandfulOfQuestions(t *testing.T) {
	t.Parallel()
	set := loaded(t)
	for _, name := range []string{"stack", "printer", "host"} {
		c := capture(t, name)
		q := set.Inquire(Given{SNMP: true}, inventory.DepthIdentity)
		rounds, gets, walked := 0, 0, 0
		for ask := q.Next(); !ask.Empty(); ask = q.Next() {
			rounds++
			gets += len(ask.Get)
			for _, column := range ask.Walk {
				walked += column.Rows
			}
			q.Add(ask, c.Answer(ask))
		}
		if rounds > 4 || gets > 80 || walked > 300 {
			t.Errorf("%s: %d rounds, %d objects, %d rows", name, rounds, gets, walked)
		}
		if d := q.Result(noon).Details; d.Interfaces != nil || d.Components != nil {
			t.Errorf("%s: identity collected tables", name)
		}
	}
}

func TestTraceTellsWhatWonAndWhatLost(t *testing.T) {
	t.Parallel()
	r := loaded(t).InquireCapture(capture(t, "printer"), inventory.DepthIdentity).Result(noon)
	outcomes := map[string]string{}
	for _, s := range r.Trace.Steps {
		if s.Field == inventory.FieldModel {
			outcomes[s.Source] = s.Outcome
		}
	}
	if outcomes["1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1"] != outcomeWon || outcomes["hrDeviceDescr[first]"] != outcomeLater {
		t.Errorf("got %v", outcomes)
	}
}

func TestDeviceWithoutSNMP(t *testing.T) {
	t.Parallel()
	set := loaded(t)
	q := set.Inquire(Given{Hostname: "x", MACVendor: "Unheard Of Industries"}, inventory.DepthFull)
	if ask := q.Next(); !ask.Empty() {
		t.Errorf("a device without SNMP is asked %v", ask)
	}
	if r := q.Result(noon); r.Profile != genericID {
		t.Errorf("got %s", r.Profile)
	}
}

// TestSweptWithoutAValue is a device that refused the sweep's question and
// answers when asked again.
func TestSweptWithoutAValue(t *testing.T) {
	t.Parallel()
	c := capture(t, "stack")
	q := loaded(t).Inquire(Given{SNMP: true}, inventory.DepthIdentity)
	q.Add(Ask{Get: FirstOIDs()}, Reply{})
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		q.Add(ask, c.Answer(ask))
	}
	if r := q.Result(noon); r.Profile != "cisco-ios" {
		t.Errorf("got %s", r.Profile)
	}
}

// TestSilentDevice gives the agent no chance to answer anything.
func TestSilentDevice(t *testing.T) {
	t.Parallel()
	q := loaded(t).Inquire(Given{SNMP: true}, inventory.DepthFull)
	rounds := 0
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		if rounds++; rounds > 20 {
			t.Fatal("a silent device is asked for ever")
		}
		q.Add(ask, Reply{})
	}
	if r := q.Result(noon); len(r.Details.Interfaces) != 0 {
		t.Errorf("got %+v", r)
	}
}
