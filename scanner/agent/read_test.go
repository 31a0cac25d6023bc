package agent

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

// Messages of our own, in the shape of the protocols.
const (
	glpiInventory = `{"action":"inventory","deviceid":"PC12-2026-01-05-08-00-00","itemtype":"Computer","content":{
 "versionclient":"GLPI-Agent_v1.12","accesslog":{"logdate":"2026-03-02 09:00:00"},
 "hardware":{"name":"PC12","uuid":"4c4c4544-0044-4d10-8052-b4c04f463432","memory":16384,"chassis_type":"Laptop"},
 "bios":{"smanufacturer":"Dell Inc.","smodel":"Latitude 5440","ssn":"7XKQ2T3","bversion":"1.18.0","bdate":"2024-05-01"},
 "operatingsystem":{"name":"Windows","full_name":"Microsoft Windows 11 Professionnel","kernel_version":"10.0.26100","version":"24H2","install_date":"2025-01-02 10:00:00","timezone":{"name":"CET","offset":"+0100"}},
 "networks":[{"description":"Intel","mac":"d4:be:d9:11:22:33","ipaddress":"10.0.0.12","status":"up","virtualdev":false}],
 "softwares":[{"name":"7-Zip 24.08 (x64)","version":"24.08","publisher":"Igor Pavlov","install_date":"2025-02-03"},{"name":"<script>x</script>\u0007","version":"1"}],
 "monitors":[{"manufacturer":"Dell","caption":"U2422H","serial":"CN0AAAA111"}]}}`
	ocsInventory = `<?xml version="1.0" encoding="UTF-8"?><REQUEST><QUERY>INVENTORY</QUERY><DEVICEID>PC12-2026-01-05-08-00-00</DEVICEID><CONTENT>
 <VERSIONCLIENT>OCS-NG_unified_unix_agent_v2.10</VERSIONCLIENT>
 <HARDWARE><NAME>PC12</NAME><UUID>4c4c4544-0044-4d10-8052-b4c04f463432</UUID><OSNAME>Debian GNU/Linux</OSNAME><OSVERSION>12</OSVERSION></HARDWARE>
 <BIOS><SMANUFACTURER>Dell Inc.</SMANUFACTURER><SMODEL>Latitude 5440</SMODEL><SSN>7XKQ2T3</SSN></BIOS>
 <NETWORKS><DESCRIPTION>eth0</DESCRIPTION><MACADDR>d4:be:d9:11:22:33</MACADDR><IPADDRESS>10.0.0.12</IPADDRESS><STATUS>Up</STATUS></NETWORKS>
 <SOFTWARES><NAME>bash</NAME><VERSION>5.2</VERSION></SOFTWARES></CONTENT></REQUEST>`
	prolog = `<?xml version="1.0" encoding="UTF-8"?><REQUEST><DEVICEID>PC12-2026-01-05-08-00-00</DEVICEID><QUERY>PROLOG</QUERY><TOKEN>12345678</TOKEN></REQUEST>`
)

var received = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

func observe(t *testing.T, body io.Reader) (*Message, []inventory.Observation) {
	t.Helper()
	m, err := Read(body)
	if err != nil {
		t.Fatal(err)
	}
	return m, m.Observations(Whose{ClientID: "c", SiteID: "s", Received: received})
}

func fact(o inventory.Observation, field inventory.Field) string {
	for _, f := range o.Facts {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

func TestGLPIInventory(t *testing.T) {
	t.Parallel()
	m, all := observe(t, strings.NewReader(glpiInventory))
	if m.Kind != Inventory || !m.JSON || m.Partial || m.Device != "PC12-2026-01-05-08-00-00" {
		t.Errorf("%+v", m)
	}
	if len(all) != 2 {
		t.Fatalf("%d observations, want the machine and its screen", len(all))
	}
	o := all[0]
	for field, want := range map[inventory.Field]string{
		inventory.FieldHostname: "PC12", inventory.FieldSerial: "7XKQ2T3", inventory.FieldModel: "Latitude 5440",
		inventory.FieldUUID: "4c4c4544-0044-4d10-8052-b4c04f463432", inventory.FieldClass: "laptop", inventory.FieldMAC: "d4:be:d9:11:22:33",
	} {
		if got := fact(o, field); !strings.EqualFold(got, want) {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if o.Source != inventory.FromAgent || o.Ref != m.Device || o.ClientID != "c" || o.SiteID != "s" {
		t.Errorf("%+v", o)
	}
	if !o.At.Equal(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)) { // told in the machine's own zone
		t.Errorf("seen at %v", o.At)
	}
	if len(o.Details.Software) != 2 {
		t.Fatalf("software %+v", o.Details.Software)
	}
	for _, s := range o.Details.Software {
		if strings.ContainsRune(s.Name, '\a') {
			t.Errorf("a control character comes through: %q", s.Name)
		}
	}
	screen := all[1]
	if fact(screen, inventory.FieldClass) != "monitor" || fact(screen, inventory.FieldSerial) != "CN0AAAA111" {
		t.Errorf("%+v", screen.Facts)
	}
}

// TestPacking: the same message, however it is packed.
func TestPacking(t *testing.T) {
	t.Parallel()
	for name, pack := range map[string]func(io.Writer) io.WriteCloser{
		"zlib": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	} {
		var b bytes.Buffer
		w := pack(&b)
		_, _ = io.WriteString(w, ocsInventory)
		_ = w.Close()
		if !Is(b.Bytes()) {
			t.Errorf("%s is not taken for a message", name)
		}
		m, all := observe(t, &b)
		if m.Kind != Inventory || m.JSON || len(all) != 1 || fact(all[0], inventory.FieldSerial) != "7XKQ2T3" || len(all[0].Details.Software) != 1 {
			t.Errorf("%s: %+v, %+v", name, m, all)
		}
	}
}

func TestProlog(t *testing.T) {
	t.Parallel()
	m, all := observe(t, strings.NewReader(prolog))
	if m.Kind != Prolog || len(all) != 0 {
		t.Errorf("%+v, %+v", m, all)
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		glpiInventory: true, ocsInventory: true, prolog: true, "": false, "name;serial\n": false,
		`{"at":"2026-03-02T09:00:00Z","source":"agent","serial":"X"}` + "\n": false,
	} {
		if Is([]byte(text)) != want {
			t.Errorf("%.40q: %v", text, !want)
		}
	}
}

// endless gives one byte as often as it is asked for.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func packed(t *testing.T, r io.Reader) io.Reader {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}

// TestRefused: what breaks a rule is refused whole, in one line.
func TestRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body io.Reader
		code inventory.Code
	}{
		"nothing":             {strings.NewReader(" "), inventory.Invalid},
		"no message":          {strings.NewReader("hello"), inventory.Invalid},
		"cut short":           {strings.NewReader(glpiInventory[:400]), inventory.Invalid},
		"invalid UTF-8":       {strings.NewReader(strings.Replace(glpiInventory, "PC12\",\"uuid", "PC\xff\xfe\",\"uuid", 1)), inventory.Invalid},
		"a body too large":    {io.MultiReader(strings.NewReader(`{"deviceid":"`), io.LimitReader(endless('x'), 300<<20)), inventory.LimitReached},
		"a bomb":              {packed(t, io.LimitReader(endless(' '), 400<<20)), inventory.LimitReached},
		"an XML bomb":         {strings.NewReader(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><REQUEST><QUERY>&c;</QUERY></REQUEST>`), inventory.Invalid},
		"XML without an end":  {strings.NewReader(`<REQUEST><QUERY>PROLOG</QUERY>` + strings.Repeat("<A>", 2000)), inventory.LimitReached},
		"JSON without an end": {strings.NewReader(`{"action":"inventory","deviceid":"x","content":` + strings.Repeat(`{"a":`, 2000)), inventory.LimitReached},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(c.body)
			if inventory.CodeOf(err) != c.code || strings.Contains(fmt.Sprint(err), "\n") {
				t.Errorf("%v (%s), want %s", err, inventory.CodeOf(err), c.code)
			}
		})
	}
}

// FuzzRead: whatever comes in, the answer is a message or an error.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{glpiInventory, ocsInventory, prolog, "\x1f\x8b", "\x78\x9c", "{", "<"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := Read(bytes.NewReader(body))
		if err != nil {
			if inventory.CodeOf(err) == inventory.Internal {
				t.Errorf("%v", err)
			}
			return
		}
		for _, o := range m.Observations(Whose{ClientID: "c", SiteID: "s", Received: received}) {
			for _, x := range o.Facts {
				if x.Value != inventory.Clean(x.Value) {
					t.Errorf("%s is not clean: %q", x.Field, x.Value)
				}
			}
		}
	})
}
