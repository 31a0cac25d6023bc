package inventory

import (
	"strings"
	"testing"
)

func TestIdentityTable(t *testing.T) {
	t.Parallel()
	j, err := parseJunk(identityData)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(j.serials) + len(j.uuids) + len(j.macs); n < 200 || len(j.serials) < 100 || len(j.uuids) < 20 || len(j.macs) < 50 {
		t.Errorf("%d placeholders: %d serials, %d UUIDs, %d addresses", n, len(j.serials), len(j.uuids), len(j.macs))
	}
	if j.vendorKeys < 60 || len(j.hostnames) < 100 {
		t.Errorf("%d makers, %d names", j.vendorKeys, len(j.hostnames))
	}
	for _, bad := range []string{"serial\tX", "serial\t\tx", "nonsense\tX\tx", "uuid\tX\tx", "mac\t00:11\tx"} {
		if _, err := parseJunk("# a comment\n\n" + bad + "\n"); err == nil || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// table runs a function over inputs and what it must give.
func table(t *testing.T, name string, f func(string) string, want map[string]string) {
	t.Helper()
	for in, out := range want {
		if got := f(in); got != out {
			t.Errorf("%s(%q) = %q, want %q", name, in, got, out)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	table(t, "serialKey", serialKey, map[string]string{
		"CZC1234ABC": "CZC1234ABC", " czc-123 4abc ": "CZC1234ABC", "7XK2J13": "7XK2J13", "S/N": "", "123": "",
		"To Be Filled By O.E.M.": "", " To be filled by O.E.M. ": "", "Default string": "", "default_string": "", "System Serial Number": "",
		"0000000": "", "XXXXXXXX": "", "0A0A0A0A0A0A": "", "123456789": "", "0123456789": "", "1234567890": "", "987654321": "", "None": "",
		"N/A": "", "Not Specified": "", "........": "", "INVALID": "", "1122334455": "1122334455", strings.Repeat("AB12", 20): "",
	})
	table(t, "macKey", macKey, map[string]string{
		"00:1B:21:11:22:33": "001b21112233", "00-1b-21-11-22-33": "001b21112233", "001b.2111.2233": "001b21112233", "001B21112233": "001b21112233",
		"0:1b:21:1:2:3": "001b21010203", "00:1b:21:11:22": "", "hello": "", "": "", "00:00:00:00:00:00": "", "ff:ff:ff:ff:ff:ff": "",
		"da:a1:19:00:00:01": "", "02:42:ac:11:00:02": "", "01:00:5e:00:00:01": "", "00:00:5e:00:01:0a": "", "00:00:0c:07:ac:01": "", "00:09:0f:09:00:01": "",
		"00:50:56:c0:00:08": "", "00:50:56:c0:e7:01": "005056c0e701", "52:54:00:12:34:56": "525400123456", "00:e0:4c:68:00:99": "", "9c:eb:e8:11:22:33": "",
		"00:1b:21:11:22:33:44:55": "", "10.0.0.1": "",
	})
	table(t, "MAC", MAC, map[string]string{"DA-A1-19-00-00-01": "da:a1:19:00:00:01", "x": ""})
	table(t, "uuidKey", uuidKey, map[string]string{
		"564D2A1B-7C8D-9E0F-1122-334455667788": uuidKey("1b2a4d56-8d7c-0f9e-1122-334455667788"), "{564d2a1b-7c8d-9e0f-1122-334455667788}": uuidKey("564d2a1b7c8d9e0f1122334455667788"),
		"03000200-0400-0500-0006-000700080009": "", "00020003-0004-0005-0006-000700080009": "", "00000000-0000-0000-0000-000000000000": "",
		"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF": "", "fefefefe-fefe-fefe-fefe-fefefefefefe": "", "12ab34cd-56ef-0000-0000-000000000000": "", "2": "", "": "", "not-a-uuid": "",
	})
	if uuidKey("564d2a1b-7c8d-9e0f-1122-334455667788") == "" || uuidKey("564d2a1b-7c8d-9e0f-1122-334455667788") == uuidKey("564d2a1b-7c8d-9e0f-1122-334455667789") {
		t.Error("UUIDs identify")
	}
	table(t, "engineKey", engineKey, map[string]string{
		"80:00:1f:88:80:aa:55:aa:55:12:34:56:78": "80001f8880aa55aa5512345678", "0x80001F8880AA55AA5512345678": "80001f8880aa55aa5512345678",
		"800000090300001122334455": "", "8000000903001e14ccddee": "8000000903001e14ccddee", "80001f8801c0a80101": "", "80001f8804666f6f626172": "",
		"8000000903000000000000": "", "8000": "", "80001f888000000000": "", "hello": "", "": "", "000000090200000000000000": "", "80000009fe80000000000000": "80000009fe80000000000000",
	})
	table(t, "hostKey", hostKey, map[string]string{
		"PC-12.corp.example": "pc-12", "pc12$": "pc12", `DUPONT\PC12`: "pc12", "localhost": "", "localhost.localdomain": "", "192.168.1.5": "", "ip-10-0-0-5": "",
		"dhcp-192-168-1-5.lan": "", "Switch": "", "iPhone": "", "my name": "", "a": "", "12345": "", "srv1.": "srv1", "fe80::1": "",
	})
	table(t, "vendorKey", vendorKey, map[string]string{
		"Hewlett-Packard": "hp", "HPE": "hp", "HP Inc.": "hp", "Hewlett Packard Enterprise Company": "hp", "Dell Inc.": "dell", "DELL EMC": "dell", "LENOVO": "lenovo",
		"Cisco Systems, Inc.": "cisco", "ASUSTeK COMPUTER INC.": "asus", "Acme Widgets GmbH": "acmewidgets", "To be filled by O.E.M.": "", "": "", "VMware, Inc.": "vmware",
	})
	if addressKey("s1", "10.0.0.1") == addressKey("s2", "10.0.0.1") || addressKey("s1", "::ffff:10.0.0.1") != addressKey("s1", "10.0.0.1") || addressKey("s1", "x") != "" {
		t.Error("an address is of its site")
	}
}

func TestObservationIdentifiers(t *testing.T) {
	t.Parallel()
	o := obs(FromSNMP, 0, "serial=czc 123 4abc", "vendor=HPE", "mac=00:1B:21:11:22:33", "mac=02:42:ac:11:00:02", "host=SRV1.corp", "addr=10.0.0.5", "uuid=N/A")
	got := map[string]bool{}
	for _, i := range o.Identifiers() {
		if i.ClientID != "c1" || !i.LastSeen.Equal(o.At) {
			t.Errorf("%+v", i)
		}
		got[string(i.Kind)+" "+i.Value] = true
	}
	for _, want := range []string{"serial CZC1234ABC", "serial hp/CZC1234ABC", "serial bmc:CZC1234ABC", "mac 00:1b:21:11:22:33", "hostname srv1", "dns-name srv1", "record snmp|paris/10.0.0.5|2026-01-05T08:00:00Z", "address paris/10.0.0.5"} {
		if !got[want] {
			t.Errorf("%q is missing of %v", want, got)
		}
	}
	if len(got) != 8 {
		t.Errorf("placeholders are left out: %v", got)
	}
	docked := obs(FromAgent, 0, "mac=00:26:b9:00:00:07", "mac=00:1b:21:11:22:33")
	docked.Details.Interfaces = []Interface{{Name: "Ethernet 3", Description: "Realtek USB GbE Family Controller", MAC: "00:26:b9:00:00:07"}, {Name: "Wi-Fi", MAC: "3c:6a:a7:00:00:01"},
		{Name: "vEthernet", MAC: "00:15:5d:00:00:01", Virtual: true}}
	if id := identifyObservation(&docked); strings.Join(id.macs, " ") != "001b21112233 3c6aa7000001" {
		t.Errorf("what can be unplugged or is virtual is not the machine: %v", id.macs)
	}
	echo := obs(FromSNMP, 0, "serial=001B21112233", "mac=00:1b:21:11:22:33", "model=AS-24")
	if id := identifyObservation(&echo); len(id.serials) != 0 {
		t.Errorf("a hardware address in the place of a serial: %v", id.serials)
	}
}
