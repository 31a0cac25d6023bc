package profile

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
)

// unknownMaker is a device of a maker that nobody has written a profile for.
func unknownMaker(t *testing.T, sysDescr string, objects map[string]string) map[string]string {
	t.Helper()
	e := exampleSpec{Given: map[string]given{"sysObjectID": {text: "1.3.6.1.4.1.99999.7"}, "sysDescr": {text: sysDescr}}}
	for oid, value := range objects {
		e.Given["1.3.6.1.4.1.99999."+oid] = given{text: value}
	}
	g, capture, err := e.device()
	if err != nil {
		t.Fatal(err)
	}
	q := loaded(t).Inquire(g, inventory.DepthIdentity)
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		q.Add(ask, capture.Answer(ask))
	}
	got := map[string]string{}
	for _, f := range q.Result(time.Time{}).Facts {
		switch f.Field {
		case inventory.FieldModel, inventory.FieldSerial, inventory.FieldVersion:
			got[string(f.Field)] = f.Value
		}
	}
	return got
}

func TestOwnTreeIsReadByItsShape(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		descr   string
		objects map[string]string
		want    map[string]string
	}{
		{"an identity card", "Rack controller",
			map[string]string{"1.1.1.0": "RC-4200", "1.1.2.0": "2.14.3", "1.1.3.0": "RC42170093355", "1.2.1.0": "23.5"},
			map[string]string{"model": "RC-4200", "version": "2.14.3", "serial": "RC42170093355"}},
		{"a card in a table of one row", "Rack controller",
			map[string]string{"3.1.1.2.1": "RC-4200", "3.1.1.3.1": "v2.14b", "3.1.1.4.1": "4217009335"},
			map[string]string{"model": "RC-4200", "version": "v2.14b", "serial": "4217009335"}},
		{"the parts of a device are not the device", "Rack controller",
			map[string]string{"3.1.1.2.1": "FAN-20", "3.1.1.3.1": "1.0.2", "3.1.1.4.1": "4217009335", "3.1.1.2.2": "FAN-30", "3.1.1.3.2": "1.0.3"},
			map[string]string{}},
		{"addresses, dates and names are no versions and no serials", "Rack controller",
			map[string]string{"1.1.0": "192.168.100.20", "1.2.0": "2021-05-06", "1.3.0": "00:11:22:33:44:55", "1.4.0": "001122334455", "1.5.0": "Main office 3"},
			map[string]string{}},
		{"two numbers that could be the serial are none", "Rack controller RC-4200",
			map[string]string{"1.1.1.0": "RC-4200", "1.1.2.0": "2.14.3", "1.1.3.0": "42170093355", "1.1.4.0": "99170093311"},
			map[string]string{"model": "RC-4200", "version": "2.14.3"}},
		{"a modem's IMEI is not the device's serial", "Rack controller",
			map[string]string{"1.1.1.0": "RC-4200", "1.1.2.0": "2.14.3", "1.1.3.0": "356853051257295"},
			map[string]string{"model": "RC-4200", "version": "2.14.3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, unknownMaker(t, c.descr, c.objects)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestWordsOfADescription(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ descr, vendor, model, version string }{
		{"Acme Networks, Inc. GX124-24P Rev 06.03.08.0012", "Acme Networks", "GX124-24P", "06.03.08.0012"},
		{"; ACME Q1656; Box Camera; 10.12.240; Jun 03 2024 14:13; 900; 1", "", "Q1656", "10.12.240"},
		{"Foseidon 4002 Supervisor v2.0.15", "", "Foseidon 4002", "v2.0.15"},
		{"Acme 7750 SRX-12 router", "Acme Networks", "7750 SRX-12", ""},
		{"Acme 360 Platform", "Acme Networks", "", ""},
		{"Linux host 4.19.0-16-amd64 #1 SMP Debian 4.19.181-1 x86_64", "", "", ""},
		{"Hardware: Intel64 Family 6 Model 85 - Software: Windows Version 6.3", "", "", ""},
		{"Bootloader 1.2.3, started 2021-05-06", "", "", ""},
		{"Gateway at 192.168.1.20, kernel 4.9.241", "", "", ""},
		{"Installed in rack 4200 since 2019", "", "", ""},
		{"IPv6 ready SNMPv2c agent on MPC8313 with RS485", "", "", ""},
	} {
		if got := wordOfModel(c.descr, c.vendor); got != c.model {
			t.Errorf("model of %q: %q, want %q", c.descr, got, c.model)
		}
		if got := wordOfVersion(c.descr); got != c.version {
			t.Errorf("version of %q: %q, want %q", c.descr, got, c.version)
		}
	}
}

// A maker that puts a common agent into its device adds its own tree to it.
func TestMakerBehindACommonAgent(t *testing.T) {
	t.Parallel()
	e := exampleSpec{Given: map[string]given{
		"sysObjectID": {text: "1.3.6.1.4.1.8072.3.2.10"}, "sysDescr": {text: "Linux box 4.4.9 #6 SMP armv7l"},
		"1.3.6.1.4.1.2021.4.5.0":           {text: "1000", number: true},
		"1.3.6.1.4.1.8072.1.3.1.0":         {text: "1", number: true},
		"1.3.6.1.4.1.28316.1.1.0":          {text: "RC-4200"}, // nobody's number in the table
		"1.3.6.1.4.1.28316.1.2.0":          {text: "2.14.3"},
		"1.3.6.1.4.1.28316.1.3.0":          {text: "42170093355"},
		"1.3.6.1.4.1.4294967295.1.1.1.1.0": {text: "elsewhere"},
	}}
	g, capture, err := e.device()
	if err != nil {
		t.Fatal(err)
	}
	q := loaded(t).Inquire(g, inventory.DepthIdentity)
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		q.Add(ask, capture.Answer(ask))
	}
	r := q.Result(time.Time{})
	if got := values(r); r.Profile != "linux" || got[inventory.FieldModel] != "RC-4200" || got[inventory.FieldSerial] != "42170093355" || got[inventory.FieldVersion] != "2.14.3" {
		t.Errorf("%s: %v", r.Profile, got)
	}
}
