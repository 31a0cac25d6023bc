package scanner

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"regexp"

	"parc/inventory"
)

// askUbiquiti asks as Ubiquiti's own discovery tool does.
func askUbiquiti(ctx context.Context, a *asking) {
	const port = 10001
	for _, answer := range a.exchange(ctx, port, []byte{1, 0, 0, 0}, 1) {
		u, ok := parseUbiquiti(answer)
		if !ok {
			continue
		}
		const from, group = "10001/udp:ubiquiti", "ubiquiti"
		a.learn(func(e *evidence) {
			e.say(inventory.FieldVendor, "Ubiquiti", 93, group, from)
			e.say(inventory.FieldModel, u.model, 88, group, from)
			e.say(inventory.FieldVersion, u.version, 88, group, from)
			e.say(inventory.FieldMAC, u.mac, 92, group, from)
			e.name(u.name, 90, group, from)
		})
	}
}

type ubiquiti struct{ model, version, name, mac string }

var ubiquitiVersion = regexp.MustCompile(`\.v?(\d+\.\d+\.\d+)`)

// parseUbiquiti reads a discovery answer: a version, a command, a length, and
// fields of a type, a length and a value.
func parseUbiquiti(b []byte) (u ubiquiti, ok bool) {
	if len(b) < 4 || b[0] != 1 && b[0] != 2 {
		return u, false
	}
	short := ""
	for b = b[4:]; len(b) >= 3; {
		kind, size := b[0], int(binary.BigEndian.Uint16(b[1:]))
		if len(b) < 3+size {
			break
		}
		value := b[3 : 3+size]
		b = b[3+size:]
		switch {
		case kind == 0x01 && size == 6:
			u.mac = inventory.MAC(hex.EncodeToString(value))
		case kind == 0x02 && size == 10 && u.mac == "":
			u.mac = inventory.MAC(hex.EncodeToString(value[:6]))
		case kind == 0x03:
			if m := ubiquitiVersion.FindSubmatch(value); m != nil {
				u.version = string(m[1])
			}
		case kind == 0x0b:
			u.name = inventory.Clean(string(value))
		case kind == 0x0c:
			short = inventory.Clean(string(value))
		case kind == 0x14:
			u.model = inventory.Clean(string(value))
		}
	}
	if u.model == "" {
		u.model = short
	}
	return u, u.mac != "" || u.model != ""
}
