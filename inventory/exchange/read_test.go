package exchange

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
)

const full = `{"at":"2026-11-23T14:05:00+01:00","source":"agent","ref":"pc12-2025-01-01-10-00-00","address":"10.0.0.12","hostname":"PC12","domain":"DUPONT","user":"anne","class":"laptop","vendor":"Dell Inc.","model":"Latitude 5440","version":"1.18.0","serial":1234567,"uuid":"4c4c4544-0044-4d10-8052-b4c04f463432","macs":["00-1B-21-11-11-01","N/A"],"os":{"name":"Windows 11 Pro","version":"24H2","build":"26100"},"engine_id":"80001f8880aa55aa55","first_installed":"2025-01-02","software":[{"name":"7-Zip","version":"24.08","publisher":"Igor Pavlov","installed_on":"2025-02-03"}],"facts":[{"field":"memory","value":"16384","from":"agent:hardware","confidence":90},{"field":"Not A Field","value":"x"}],"unknown":{"a":[1]}}`

func read(t *testing.T, text string) ([]inventory.Observation, error) {
	t.Helper()
	var all []inventory.Observation
	err := ReadObservations(strings.NewReader(text), "c1", "s1", func(o inventory.Observation) error {
		all = append(all, o)
		return nil
	})
	return all, err
}

func TestReadObservations(t *testing.T) {
	t.Parallel()
	all, err := read(t, "\ufeff"+full+"\r\n\n"+`{"at":"2026-11-23T13:05:00Z","source":"nmap","macs":null,"software":[]}`)
	if err != nil || len(all) != 2 {
		t.Fatalf("got %d observations, %v", len(all), err)
	}
	want := inventory.Observation{
		ClientID: "c1", SiteID: "s1", At: time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC), Source: inventory.FromAgent,
		Ref: "pc12-2025-01-01-10-00-00", Address: "10.0.0.12",
		Details: inventory.Details{Software: []inventory.Software{{Name: "7-Zip", Version: "24.08", Publisher: "Igor Pavlov", InstalledOn: "2025-02-03"}}},
	}
	want.Add(inventory.FieldMemory, "16384", "agent:hardware", inventory.High)
	for _, f := range [][2]string{{"hostname", "PC12"}, {"domain", "DUPONT"}, {"user", "anne"}, {"class", "laptop"}, {"vendor", "Dell Inc."},
		{"model", "Latitude 5440"}, {"version", "1.18.0"}, {"serial", "1234567"}, {"uuid", "4c4c4544-0044-4d10-8052-b4c04f463432"},
		{"engine-id", "80001f8880aa55aa55"}, {"first-installed", "2025-01-02"}, {"os.name", "Windows 11 Pro"}, {"os.version", "24H2"},
		{"os.build", "26100"}, {"mac", "00:1b:21:11:11:01"}} {
		want.Add(inventory.Field(f[0]), f[1], "", 0)
	}
	if diff := cmp.Diff(want, all[0]); diff != "" {
		t.Errorf("the full line (-want +got):\n%s", diff)
	}
	if all[1].Details.Software == nil || all[0].Details.Services != nil {
		t.Errorf("an empty list says that there is none, a missing one says nothing: %+v", all)
	}
}

func TestReadObservationsRefuses(t *testing.T) {
	t.Parallel()
	ok := `{"at":"2026-11-23T13:05:00Z","source":"nmap"}` + "\n"
	for name, tc := range map[string]struct {
		line string
		code inventory.Code
		says string
	}{
		"no JSON":          {`hello`, inventory.Invalid, "line 3: no JSON object"},
		"a list":           {`[1]`, inventory.Invalid, "line 3: no JSON object"},
		"cut off":          {`{"at":"2026-11-23T13:05:00Z","source":"nm`, inventory.Invalid, "line 3: no valid JSON at byte"},
		"two on one line":  {`{} {}`, inventory.Invalid, "line 3: no valid JSON"},
		"no time":          {`{"source":"nmap"}`, inventory.Invalid, `line 3: "at" is missing`},
		"bad time":         {`{"at":"23/11/2026","source":"nmap"}`, inventory.Invalid, "line 3:"},
		"clock never set":  {`{"at":"1970-01-01T00:00:00Z","source":"nmap"}`, inventory.Invalid, "no such time"},
		"no source":        {`{"at":"2026-11-23T13:05:00Z"}`, inventory.Invalid, `"source" is missing`},
		"unknown source":   {`{"at":"2026-11-23T13:05:00Z","source":"gossip"}`, inventory.Invalid, `"source" "gossip" is none of`},
		"bad address":      {`{"at":"2026-11-23T13:05:00Z","source":"nmap","address":"10.0.0.300"}`, inventory.Invalid, `"address" "10.0.0.300" is no IP`},
		"bad class":        {`{"at":"2026-11-23T13:05:00Z","source":"nmap","class":"toaster"}`, inventory.Invalid, `"toaster" is no asset class`},
		"bad day":          {`{"at":"2026-11-23T13:05:00Z","source":"agent","software":[{"name":"x","installed_on":"yesterday"}]}`, inventory.Invalid, "software[0]: installed_on"},
		"a list as a text": {`{"at":"2026-11-23T13:05:00Z","source":"agent","serial":["x"]}`, inventory.Invalid, "line 3:"},
		"a text as a list": {`{"at":"2026-11-23T13:05:00Z","source":"agent","macs":"x"}`, inventory.Invalid, `"macs" is a string`},
		"bad confidence":   {`{"at":"2026-11-23T13:05:00Z","source":"agent","facts":[{"field":"serial","value":"x","confidence":900}]}`, inventory.Invalid, "facts[0]: confidence 900"},
		"too deep":         {`{"x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, inventory.LimitReached, "line 3 is nested"},
		"too long":         {`{"x":"` + strings.Repeat("x", MaxLine) + `"}`, inventory.LimitReached, "line 3 is longer than 8 MiB"},
		"too many":         {`{"at":"2026-11-23T13:05:00Z","source":"agent","macs":[` + strings.Repeat("1,", maxList) + `1]}`, inventory.LimitReached, `"macs" has 4097 entries`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, err := read(t, ok+ok+tc.line+"\n"+ok)
			if inventory.CodeOf(err) != tc.code || !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got code %q, %v; want %q, %q", inventory.CodeOf(err), err, tc.code, tc.says)
			}
			if len(all) != 2 {
				t.Errorf("%d lines were read before the bad one, want 2", len(all))
			}
		})
	}
}

func TestReadObservationsCleans(t *testing.T) {
	t.Parallel()
	all, err := read(t, "{\"at\":\"2026-11-23T13:05:00Z\",\"source\":\"snmp\",\"hostname\":\"sw\\u0000\\u202e1\xff\",\"model\":\"a\\n  b\"}")
	if err != nil {
		t.Fatal(err)
	}
	if got := all[0].Get(inventory.FieldHostname) + "|" + all[0].Get(inventory.FieldModel); got != "sw1|a b" {
		t.Errorf("got %q", got)
	}
}

func TestScanLineReadsBack(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC)
	nmap := inventory.Observation{At: at, Source: inventory.FromNmap, Address: "10.0.0.9",
		Details: inventory.Details{Services: []inventory.Service{{Port: 22, Protocol: "tcp", Name: "ssh"}}}}
	nmap.Add(inventory.FieldMAC, "00:1B:21:11:11:01", "nmap:arp", inventory.High)
	nmap.Add(inventory.FieldOSName, "Linux 4.X", "nmap:os", inventory.Certain)
	nmap.Add(inventory.FieldClass, "router", "nmap:os", 95)
	snmp := inventory.Observation{At: at.Add(time.Second), Source: inventory.FromSNMP, Address: "10.0.0.9"}
	snmp.Add(inventory.FieldSerial, "FOC1234X0AB", "snmp:entPhysicalSerialNum.1", inventory.High)
	snmp.Add(inventory.FieldClass, "switch", "snmp:cisco-ios", inventory.High)
	snmp.Add(inventory.FieldOSName, "IOS-XE", "snmp:cisco-ios", inventory.High)
	other := inventory.Observation{At: at, Source: inventory.FromNmap, Address: "10.0.0.10"}
	merged := MergeByAddress([]inventory.Observation{other, nmap, snmp})
	if len(merged) != 2 || merged[0].Address != "10.0.0.9" {
		t.Fatalf("one device an address, in order: got %+v", merged)
	}
	var out bytes.Buffer
	if err := WriteObservation(&out, merged[0]); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || strings.Count(out.String(), "\n") != 1 {
		t.Fatalf("one line of JSON: %v %q", err, out.String())
	}
	for key, want := range map[string]any{
		"address": "10.0.0.9", "class": "switch", "serial": "FOC1234X0AB", "sources": []any{"nmap", "snmp"},
		"macs": []any{"00:1b:21:11:11:01"}, "os": map[string]any{"name": "IOS-XE"},
	} {
		if diff := cmp.Diff(want, got[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if facts, _ := got["facts"].([]any); len(facts) != 6 {
		t.Errorf("every fact is kept: %v", got["facts"])
	}
	if _, ok := got["vendor"]; ok {
		t.Error("an unknown key is absent")
	}
	back, err := read(t, out.String())
	if err != nil || len(back) != 1 || back[0].Source != inventory.FromSNMP || back[0].Get(inventory.FieldClass) != "switch" {
		t.Errorf("a scan's line can be ingested: %+v %v", back, err)
	}
}

func FuzzReadObservations(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte(`{"at":"2026-11-23T13:05:00Z","sources":["nmap","snmp"],"os":"Debian","serial":null,"facts":[{"field":"ip","value":1.5}]}`))
	f.Add([]byte("{\"at\":\"2026-11-23T13:05:00Z\",\"source\":\"csv\",\"ref\":\"\\ud800\",\"model\":\"\xff=1+1\"}\n{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		err := ReadObservations(bytes.NewReader(data), "c1", "s1", func(o inventory.Observation) error {
			if o.ClientID != "c1" || o.SiteID != "s1" || o.At.IsZero() || o.Source == "" {
				t.Errorf("incomplete: %+v", o)
			}
			for _, f := range o.Facts {
				if f.Value == "" || f.Value != inventory.Clean(f.Value) || !utf8.ValidString(f.Value) {
					t.Errorf("unclean fact %+v", f)
				}
			}
			var out bytes.Buffer
			if err := WriteObservation(&out, o); err != nil {
				t.Errorf("write what was read: %v", err)
			}
			var again inventory.Observation
			err := ReadObservations(&out, "c1", "s1", func(o inventory.Observation) error { again = o; return nil })
			if err != nil {
				t.Errorf("read what was written: %v\n%s", err, out.String())
			}
			for _, f := range []inventory.Field{inventory.FieldSerial, inventory.FieldHostname, inventory.FieldClass, inventory.FieldOSName} {
				if again.Get(f) != o.Get(f) {
					t.Errorf("%s: wrote %q, read %q", f, o.Get(f), again.Get(f))
				}
			}
			return nil
		})
		if code := inventory.CodeOf(err); err != nil && code != inventory.Invalid && code != inventory.LimitReached {
			t.Errorf("code %q: %v", code, err)
		}
	})
}
