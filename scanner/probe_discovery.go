package scanner

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"net/url"
	"strings"

	"parc/inventory"
)

const discoveryFrom = "3702/udp:ws-discovery"

// askDiscovery asks by WS-Discovery, in unicast: cameras (ONVIF), printers and
// Windows answer it.
func askDiscovery(ctx context.Context, a *asking) {
	const port = 3702
	packet := []byte(`<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">` +
		`<e:Header><w:MessageID>uuid:70617263-0000-4000-8000-000000000001</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>` +
		`<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header><e:Body><d:Probe/></e:Body></e:Envelope>`)
	for _, answer := range a.exchange(ctx, port, packet, 2) {
		if m, ok := parseDiscovery(answer); ok {
			a.learn(func(e *evidence) { e.discovery(m) })
		}
	}
}

// probeMatch is what one answer tells.
type probeMatch struct {
	Types  string `xml:"Body>ProbeMatches>ProbeMatch>Types"`
	Scopes string `xml:"Body>ProbeMatches>ProbeMatch>Scopes"`
}

func parseDiscovery(b []byte) (probeMatch, bool) {
	var m probeMatch
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.CharsetReader = asIs
	if err := d.Decode(&m); err != nil {
		return m, false
	}
	return m, m.Types != "" || m.Scopes != ""
}

// asIs reads a document in whatever it says it is written in as it stands:
// what matters of it is ASCII, and the rest is cleaned.
func asIs(_ string, in io.Reader) (io.Reader, error) { return in, nil }

func (e *evidence) discovery(m probeMatch) {
	say := func(f inventory.Field, value string, weight int) { e.say(f, value, weight, "discovery", discoveryFrom) }
	switch {
	case strings.Contains(m.Types, "PrintDeviceType"), strings.Contains(m.Types, "PrinterServiceType"):
		say(inventory.FieldClass, string(inventory.Printer), 78)
	case strings.Contains(m.Types, "NetworkVideoTransmitter"):
		say(inventory.FieldClass, string(inventory.Camera), 80)
	case strings.Contains(m.Types, "Computer"):
		say(inventory.FieldOSName, "Windows", 60)
		return
	}
	for scope := range strings.FieldsSeq(m.Scopes) {
		rest, ok := strings.CutPrefix(scope, "onvif://www.onvif.org/")
		if !ok {
			continue
		}
		key, value, _ := strings.Cut(rest, "/")
		if text, err := url.PathUnescape(value); err == nil {
			value = text
		}
		switch {
		case strings.EqualFold(key, "hardware"):
			say(inventory.FieldModel, value, 82)
		case strings.EqualFold(key, "name"):
			maker, _, _ := strings.Cut(strings.ReplaceAll(value, "_", " "), " ")
			if knownCameraMakers[strings.ToLower(maker)] {
				say(inventory.FieldVendor, maker, 80)
			}
		case strings.EqualFold(key, "type") && strings.Contains(strings.ToLower(value), "recorder"):
			say(inventory.FieldClass, string(inventory.NVR), 82)
		}
	}
}

// knownCameraMakers are names that ONVIF devices carry before their model;
// others carry what somebody called the camera.
var knownCameraMakers = map[string]bool{
	"hikvision": true, "dahua": true, "axis": true, "hanwha": true, "vivotek": true, "bosch": true, "uniview": true, "tiandy": true,
	"mobotix": true, "reolink": true, "foscam": true, "avigilon": true, "pelco": true, "panasonic": true, "sony": true, "samsung": true,
}
