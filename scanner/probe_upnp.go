package scanner

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"net/textproto"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"parc/inventory"
)

const upnpFrom = "1900/udp:upnp"

// askUPnP asks a host what it is (UPnP Device Architecture 1.1, 1.3.2), and
// reads the description that it points to, on itself and nowhere else.
func askUPnP(ctx context.Context, a *asking) {
	const port = 1900
	packet := []byte("M-SEARCH * HTTP/1.1\r\nHOST: " + a.at(port).String() + "\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: upnp:rootdevice\r\n\r\n")
	for _, answer := range a.exchange(ctx, port, packet, 1) {
		location, server := parseSSDP(answer)
		a.learn(func(e *evidence) { e.add(onUPnP, server, "", upnpFrom) })
		at, err := url.Parse(location)
		if err != nil || at.Scheme != "http" || at.Hostname() != a.host.Address.String() {
			continue
		}
		number, err := strconv.Atoi(cmpText(at.Port(), "80"))
		if err != nil || number < 1 || number > 65535 {
			continue
		}
		page, err := a.fetch(ctx, number, false, at.RequestURI())
		if err != nil || page.status != 200 {
			continue
		}
		if d, ok := parseUPnP(page.body); ok {
			a.learn(func(e *evidence) { e.upnp(d) })
		}
	}
}

// parseSSDP gives where the description is, and what the server calls itself.
func parseSSDP(answer []byte) (location, server string) {
	if !bytes.HasPrefix(answer, []byte("HTTP/1.")) {
		return "", ""
	}
	_, rest, _ := bytes.Cut(answer, []byte("\n"))
	header, _ := textproto.NewReader(bufio.NewReader(bytes.NewReader(rest))).ReadMIMEHeader() // as far as it goes
	return header.Get("Location"), header.Get("Server")
}

// upnpDevice is the root device of a description.
type upnpDevice struct {
	Type         string `xml:"deviceType"`
	Friendly     string `xml:"friendlyName"`
	Manufacturer string `xml:"manufacturer"`
	Model        string `xml:"modelName"`
	Number       string `xml:"modelNumber"`
	Serial       string `xml:"serialNumber"`
	UDN          string `xml:"UDN"`
}

func parseUPnP(b []byte) (upnpDevice, bool) {
	var root struct {
		Device upnpDevice `xml:"device"`
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.CharsetReader = asIs
	if err := d.Decode(&root); err != nil || root.Device.Type == "" {
		return upnpDevice{}, false
	}
	return root.Device, true
}

// software are media servers and such, which tell of a program, not of the
// thing that it runs on.
var software = regexp.MustCompile(`(?i)windows media|media server|minidlna|readydlna|plex|kodi|xbmc|emby|jellyfin|rygel|serviio|twonky|universal media|upnp|dlna|^linux|^basic|gmrender|unknown`)

// numbered is a text that looks as models do: letters and digits.
var numbered = regexp.MustCompile(`^[A-Za-z]+[- ]?\d{2,}[\w+ -]*$`)

var hexMAC = regexp.MustCompile(`^[0-9A-Fa-f]{12}$`)

func (e *evidence) upnp(d upnpDevice) {
	e.add(onUPnP, strings.Join([]string{d.Type, d.Manufacturer, d.Model, d.Number}, " "), "", upnpFrom)
	if software.MatchString(d.Model) || strings.Contains(d.Type, ":MediaServer:") && strings.Contains(d.Manufacturer, "Microsoft") {
		return
	}
	e.say(inventory.FieldVendor, d.Manufacturer, 80, "upnp", upnpFrom)
	model := d.Model
	if numbered.MatchString(d.Number) && !numbered.MatchString(model) {
		model = d.Number // "NAS" of number "DS920+": the number is the model
	}
	e.say(inventory.FieldModel, model, 76, "upnp", upnpFrom)
	switch serial := strings.TrimSpace(d.Serial); {
	case hexMAC.MatchString(serial):
		e.say(inventory.FieldMAC, inventory.MAC(serial), 80, "upnp", upnpFrom)
	case len(serial) >= 5 && strings.Trim(serial, serial[:1]) != "" && !countsUp(serial):
		e.say(inventory.FieldSerial, serial, 74, "upnp", upnpFrom)
	}
}

// countsUp tells that a serial is only digits in their order: nobody set one.
func countsUp(serial string) bool {
	const digits = "0123456789"
	return strings.Contains(digits, serial)
}
