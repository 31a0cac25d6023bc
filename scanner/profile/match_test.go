package profile

import (
	"fmt"
	"strings"
	"testing"

	"parc/inventory"
)

// variants builds a set of profiles that only differ in how they match.
func variants(t *testing.T, matches map[string]string) *Set {
	t.Helper()
	var text []string
	for id, match := range matches {
		text = append(text, fmt.Sprintf("id: %s\nmatch:\n  - %s\nidentify:\n  vendor: [{const: x}]\nexamples:\n  - given: {sysDescr: x}\n    want: {vendor: x}\n", id, match))
	}
	set, err := Load(folder(strings.Join(text, "---\n")))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestSelectionIsATotalOrder(t *testing.T) {
	t.Parallel()
	set := variants(t, map[string]string{
		"a-short":   "{sysobjectid: 1.3.6.1.4.1.99999}",
		"b-long":    "{sysobjectid: 1.3.6.1.4.1.99999.7}",
		"c-keys":    "{sysobjectid: 1.3.6.1.4.1.99999.7, sysdescr: special}",
		"d-has":     "{sysobjectid: 1.3.6.1.4.1.99999.7, sysdescr: special, has: [{oid: 1.3.6.1.4.1.88888.1}]}",
		"e-twin":    "{sysobjectid: 1.3.6.1.4.1.99998}",
		"f-twin":    "{sysobjectid: 1.3.6.1.4.1.99998}",
		"g-not":     "{sysobjectid: 1.3.6.1.4.1.99997, not-sysdescr: old}",
		"h-name":    "{sysname: '^cam-'}",
		"i-exactly": "{has: [{oid: 1.3.6.1.4.1.77777.1.0, regex: '^yes$'}]}",
	})
	for _, c := range []struct {
		given map[string]string
		want  string
	}{
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99999.1"}, "a-short"},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99999.7.1"}, "b-long"},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99999.77"}, "a-short"},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99999.7", "sysDescr": "a special one"}, "c-keys"},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99999.7", "sysDescr": "a special one", "1.3.6.1.4.1.88888.1.5": "x"}, "d-has"},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99998.1"}, "e-twin"},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99997", "sysDescr": "new"}, "g-not"},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.99997", "sysDescr": "old"}, genericID},
		{map[string]string{"sysObjectID": "1.3.6.1.4.1.999971"}, genericID},
		{map[string]string{"sysName": "cam-3"}, "h-name"},
		{map[string]string{"1.3.6.1.4.1.77777.1.0": "yes"}, "i-exactly"},
		{map[string]string{"1.3.6.1.4.1.77777.1.0": "no"}, genericID},
	} {
		e := exampleSpec{Given: map[string]given{}}
		for name, text := range c.given {
			e.Given[name] = given{text: text}
		}
		_, device, err := e.device()
		if err != nil {
			t.Fatal(err)
		}
		if got := set.InquireCapture(device, inventory.DepthIdentity).Result(noon).Profile; got != c.want {
			t.Errorf("%v: got %s, want %s", c.given, got, c.want)
		}
	}
}

func TestHintsWithoutSNMP(t *testing.T) {
	t.Parallel()
	set := variants(t, map[string]string{
		"by-maker":   "{mac-vendor: '^Acme'}",
		"by-service": "{mac-vendor: '^Acme', service: '80/tcp http AcmeWeb'}",
		"by-cert":    "{banner: 'certificate CN=acme-nvr'}",
	})
	web := inventory.Service{Port: 80, Protocol: "tcp", Name: "http", Product: "AcmeWeb", Version: "1.2"}
	tls := inventory.Service{Port: 443, Protocol: "tcp", TLS: &inventory.Certificate{Subject: "CN=acme-nvr"}}
	for _, c := range []struct {
		given Given
		want  string
	}{
		{Given{MACVendor: "Acme Ltd"}, "by-maker"},
		{Given{MACVendor: "Acme Ltd", Services: []inventory.Service{web}}, "by-service"},
		{Given{Services: []inventory.Service{web}}, genericID},
		{Given{Services: []inventory.Service{tls}}, "by-cert"},
	} {
		if got := set.Inquire(c.given, inventory.DepthFull).Result(noon).Profile; got != c.want {
			t.Errorf("%+v: got %s, want %s", c.given, got, c.want)
		}
	}
}
