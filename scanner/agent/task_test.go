package agent

import (
	"encoding/xml"
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

func prefixes(list ...string) (all []netip.Prefix) {
	for _, p := range list {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}

func community(id string, ranges ...string) inventory.Credential {
	return inventory.Credential{ID: id, Version: "2c", Secret: inventory.NewSecret("of " + id), Ranges: prefixes(ranges...)}
}

// asked writes options shortly: the ranges of each, and the credentials with them.
func asked(t Tasks) (all []string) {
	options, _ := t.Options()
	for _, o := range options {
		text := o.Name + fmt.Sprint(o.Param.PID) + ":"
		for _, r := range o.Ranges {
			text += fmt.Sprintf(" %s-%s", r.First, r.Last)
		}
		for _, d := range o.Devices {
			text += fmt.Sprintf(" %s:%d=%d", d.IP, d.Port, d.Auth)
		}
		for _, a := range o.Auth {
			text += fmt.Sprintf(" %d/%s%s", a.ID, a.Community, a.User)
		}
		all = append(all, text)
	}
	return all
}

// Every address asked is declared, and every credential goes to its own ranges.
func TestTasks(t *testing.T) {
	t.Parallel()
	one, other := community("one", "192.168.1.0/24"), community("other", "192.168.0.0/16")
	for name, tc := range map[string]struct {
		tasks Tasks
		want  []string
	}{
		"one network":                   {Tasks{Ranges: prefixes("192.168.1.0/24"), Credentials: []inventory.Credential{one}}, []string{"NETDISCOVERY1: 192.168.1.1-192.168.1.254 1/of one"}},
		"one address":                   {Tasks{Ranges: prefixes("192.168.1.9/32"), Credentials: []inventory.Credential{one}}, []string{"NETDISCOVERY1: 192.168.1.9-192.168.1.9 1/of one"}},
		"nothing declared":              {Tasks{Credentials: []inventory.Credential{one}}, nil},
		"no credential":                 {Tasks{Ranges: prefixes("192.168.1.0/24")}, nil},
		"a credential elsewhere":        {Tasks{Ranges: prefixes("10.0.0.0/24"), Credentials: []inventory.Credential{one}}, nil},
		"IPv6":                          {Tasks{Ranges: prefixes("fd00::/64"), Credentials: []inventory.Credential{community("six", "fd00::/8", "0.0.0.0/0")}}, nil},
		"a credential for a part":       {Tasks{Ranges: prefixes("192.168.1.0/24"), Credentials: []inventory.Credential{community("part", "192.168.1.64/26")}}, []string{"NETDISCOVERY1: 192.168.1.64-192.168.1.127 1/of part"}},
		"for the first and last a part": {Tasks{Ranges: prefixes("192.168.1.0/30"), Credentials: []inventory.Credential{community("part", "192.168.1.0/32", "192.168.1.3/32")}}, nil},
		"both, one goes farther":        {Tasks{Ranges: prefixes("192.168.0.0/23"), Credentials: []inventory.Credential{one, other}}, []string{"NETDISCOVERY1: 192.168.0.1-192.168.0.255 2/of other", "NETDISCOVERY2: 192.168.1.0-192.168.1.254 1/of one 2/of other"}},
		"found": {Tasks{Ranges: prefixes("192.168.1.0/24"), Credentials: []inventory.Credential{one, other}, Port: 1161, Found: []inventory.NetworkFind{
			{Address: "192.168.1.7", CredentialID: "other"}, {Address: "192.168.1.8", CredentialID: "one", Port: 2161},
			{Address: "192.168.2.7", CredentialID: "other"}, {Address: "192.168.1.9", CredentialID: "gone"}, {Address: "nonsense", CredentialID: "one"},
		}}, []string{"NETDISCOVERY1: 192.168.1.1-192.168.1.254 1/of one 2/of other", "SNMPQUERY2: 192.168.1.7:1161=2 192.168.1.8:2161=1 1/of one 2/of other"}},
	} {
		if got := asked(tc.tasks); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, tc.want)
		}
	}
	options, left := Tasks{Ranges: prefixes("10.0.0.0/8", "192.168.1.0/24"), Credentials: []inventory.Credential{community("all", "0.0.0.0/0")}}.Options()
	if len(options) != 1 || left != 1<<24-2 || options[0].Ranges[0].First != "192.168.1.1" {
		t.Errorf("too large a network: %v, %d left out", options, left)
	}
}

// What agents cannot use they are not given; the safest comes first.
func TestUsable(t *testing.T) {
	t.Parallel()
	v3 := func(id, auth, privacy string) inventory.Credential {
		return inventory.Credential{ID: id, Version: "3", User: "u", Auth: auth, AuthKey: inventory.NewSecret("k"), Privacy: privacy, PrivKey: inventory.NewSecret("p")}
	}
	nobody := v3("nobody", "", "")
	nobody.User = ""
	lost := community("lost")
	lost.Secret, lost.Unreadable = inventory.Secret{}, true
	old := community("old")
	old.Version = "1"
	var ids []string
	for _, c := range Usable([]inventory.Credential{old, community("two"), lost, v3("new", "SHA256", "AES"), v3("strong", "SHA", "AES256"), nobody, v3("three", "SHA", "AES")}) {
		ids = append(ids, c.ID)
	}
	if want := []string{"three", "two", "old"}; !reflect.DeepEqual(ids, want) {
		t.Errorf("usable %v, want %v", ids, want)
	}
	options, _ := Tasks{Ranges: prefixes("10.0.0.0/24"), Credentials: []inventory.Credential{func() inventory.Credential {
		c := v3("three", "SHA", "AES")
		c.Ranges = prefixes("10.0.0.0/8")
		return c
	}()}}.Options()
	text, err := xml.Marshal(options)
	want := `<AUTHENTICATION ID="1" VERSION="3" USERNAME="u" AUTHPROTOCOL="sha" AUTHPASSPHRASE="k" PRIVPROTOCOL="aes" PRIVPASSPHRASE="p">`
	if err != nil || !strings.Contains(string(text), want) {
		t.Errorf("written %s, %v", text, err)
	}
}

const discovery = `<REQUEST><DEVICEID>pc-1</DEVICEID><QUERY>NETDISCOVERY</QUERY><CONTENT><DEVICE>%s</DEVICE></CONTENT></REQUEST>`

// TestAskedDevices: where a device answered, under which record it is kept, and
// whether it is one to ask more.
func TestAskedDevices(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		device       string
		ref, address string
		finds        []Find
	}{
		"answers":      {"<IP>10.0.0.9</IP><SNMPHOSTNAME>sw</SNMPHOSTNAME><AUTHSNMP>2</AUTHSNMP>", "asked/10.0.0.9", "10.0.0.9", []Find{{"10.0.0.9", 2, 0}}},
		"at a port":    {"<IP>10.0.0.9</IP><AUTHSNMP>1</AUTHSNMP><AUTHPORT>1161</AUTHPORT>", "asked/10.0.0.9", "10.0.0.9", []Find{{"10.0.0.9", 1, 1161}}},
		"pinged":       {"<IP>10.0.0.9</IP><DNSHOSTNAME>10.0.0.9</DNSHOSTNAME>", "asked/10.0.0.9", "10.0.0.9", nil},
		"loopback":     {"<IP>127.0.0.1</IP><IPS><IP>127.0.0.1</IP><IP>10.0.0.9</IP></IPS><MAC>00:1b:21:7f:00:09</MAC><AUTHSNMP>1</AUTHSNMP>", "asked/00:1b:21:7f:00:09", "", []Find{{"127.0.0.1", 1, 0}}},
		"unspecified":  {"<IP>0.0.0.0</IP><SERIAL>FCW2140L0GH</SERIAL><MANUFACTURER>Cisco</MANUFACTURER>", "asked/FCW2140L0GH", "", nil},
		"one of two":   {"<IPS><IP>10.0.0.9</IP><IP>10.0.1.9</IP></IPS><SNMPHOSTNAME>sw</SNMPHOSTNAME>", "asked/sw", "", nil},
		"the only one": {"<IPS><IP>10.0.0.9</IP></IPS><SNMPHOSTNAME>sw</SNMPHOSTNAME>", "asked/10.0.0.9", "10.0.0.9", nil},
		"with a zone":  {"<IP>fe80::1%eth0</IP><SNMPHOSTNAME>sw</SNMPHOSTNAME><MANUFACTURER>Cisco</MANUFACTURER><AUTHSNMP>1</AUTHSNMP>", "asked/sw", "", nil},
		"no number":    {"<IP>10.0.0.9</IP><AUTHSNMP>-1</AUTHSNMP>", "asked/10.0.0.9", "10.0.0.9", nil},
	} {
		m, err := Read(strings.NewReader(strings.Replace(discovery, "%s", tc.device, 1)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all := m.Observations(Whose{ClientID: "c", SiteID: "s", Received: time.Unix(1_800_000_000, 0)})
		if len(all) != 1 || all[0].Source != inventory.FromAgent || all[0].Ref != tc.ref || all[0].Address != tc.address {
			t.Errorf("%s: %+v", name, all)
		}
		if got := m.Finds(); !reflect.DeepEqual(got, tc.finds) {
			t.Errorf("%s: finds %v, want %v", name, got, tc.finds)
		}
	}
}
