package scanner

import (
	"bytes"
	"context"
	"encoding/binary"
	"net/http"
	"strings"

	"parc/inventory"
)

const ippFrom = "631/tcp:ipp"

// askIPP asks a printer for what it is (RFC 8011, 4.2.5).
func askIPP(ctx context.Context, a *asking) {
	for _, s := range a.named([]int{631}, "ipp") {
		for _, path := range []string{"/ipp/print", "/ipp", "/ipp/printer"} {
			body := ippRequest("ipp://" + a.at(s.Port).String() + path)
			request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+a.at(s.Port).String()+path, bytes.NewReader(body))
			if err != nil {
				return
			}
			request.Header.Set("Content-Type", "application/ipp")
			p, err := a.send(request, s.Port)
			if err != nil {
				return
			}
			if said := parseIPP(p.body); p.status == http.StatusOK && said["printer-make-and-model"] != "" {
				a.learn(func(e *evidence) { e.ipp(said) })
				return
			}
		}
	}
}

func ippRequest(uri string) []byte {
	b := []byte{1, 1, 0, 0x0b, 0, 0, 0, 1, 1} // version 1.1, Get-Printer-Attributes, operation attributes
	add := func(tag byte, name, value string) {
		b = append(b, tag)
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(name))), name...)
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(value))), value...)
	}
	add(0x47, "attributes-charset", "utf-8")
	add(0x48, "attributes-natural-language", "en")
	add(0x45, "printer-uri", uri)
	name := "requested-attributes"
	for _, want := range []string{"printer-make-and-model", "printer-device-id", "printer-firmware-string-version", "printer-dns-sd-name", "printer-uuid"} {
		add(0x44, name, want)
		name = ""
	}
	return append(b, 3)
}

const maxAttributes = 256

// parseIPP reads the text attributes of a response, each by its first value.
func parseIPP(b []byte) map[string]string {
	out := map[string]string{}
	if len(b) < 9 || binary.BigEndian.Uint16(b[2:]) >= 0x0400 { // an error status
		return out
	}
	b = b[8:]
	for range maxAttributes {
		if len(b) < 1 || b[0] == 3 {
			break
		}
		tag := b[0]
		b = b[1:]
		if tag < 0x10 { // the start of a group
			continue
		}
		name, rest, ok := ippText(b)
		if !ok {
			break
		}
		value, rest, ok := ippText(rest)
		if !ok {
			break
		}
		b = rest
		if tag >= 0x41 && name != "" && out[name] == "" {
			out[name] = value
		}
	}
	return out
}

func ippText(b []byte) (text string, rest []byte, ok bool) {
	if len(b) < 2 {
		return "", nil, false
	}
	n := int(binary.BigEndian.Uint16(b))
	if len(b) < 2+n {
		return "", nil, false
	}
	return string(b[2 : 2+n]), b[2+n:], true
}

// ipp keeps what a printer tells of itself.
func (e *evidence) ipp(said map[string]string) {
	id := deviceID(said["printer-device-id"])
	maker := cmpText(id["MFG"], id["MANUFACTURER"])
	e.say(inventory.FieldVendor, maker, 90, "ipp", ippFrom)
	e.printerModel(cmpText(id["MDL"], id["MODEL"]), said["printer-make-and-model"], maker, "ipp", ippFrom)
	e.say(inventory.FieldSerial, cmpText(id["SN"], id["SERN"], id["SERIALNUMBER"]), 88, "ipp", ippFrom)
	version, _, _ := strings.Cut(said["printer-firmware-string-version"], "\n")
	e.say(inventory.FieldVersion, version, 85, "ipp", ippFrom)
	e.say(inventory.FieldClass, string(inventory.Printer), 92, "ipp", ippFrom)
}

// deviceID reads an IEEE 1284 device id: "MFG:HP;MDL:LaserJet 400;SN:…;".
func deviceID(text string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(text, ";") {
		if key, value, ok := strings.Cut(part, ":"); ok {
			out[strings.ToUpper(strings.TrimSpace(key))] = strings.TrimSpace(value)
		}
	}
	return out
}
