package scanner

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"parc/inventory"
)

// askNetBIOS asks for the host's NetBIOS names (RFC 1002, 4.2.17).
func askNetBIOS(ctx context.Context, a *asking) {
	const port = 137
	packet := []byte{0x70, 0x61, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 32}
	packet = append(packet, "CK"+strings.Repeat("A", 30)...) // "*", in the protocol's own half-bytes
	packet = append(packet, 0, 0, 0x21, 0, 1)
	for _, answer := range a.exchange(ctx, port, packet, 1) {
		n, ok := parseNetBIOS(answer)
		if !ok {
			continue
		}
		a.learn(func(e *evidence) {
			e.netbios(n.name, n.domain, n.mac, "137/udp:netbios")
			if n.controller {
				e.say(inventory.FieldClass, string(inventory.Server), 82, "netbios", "137/udp:netbios")
			}
		})
	}
}

// netBIOS is what a node status tells.
type netBIOS struct {
	name, domain, mac string
	controller        bool // of a domain
}

// parseNetBIOS reads a node status response.
func parseNetBIOS(b []byte) (n netBIOS, ok bool) {
	const header, question = 12, 34
	if len(b) < header+question+11 || b[2]&0x80 == 0 || binary.BigEndian.Uint16(b[header+question:]) != 0x21 {
		return n, false
	}
	b = b[header+question+10:]
	count := int(b[0])
	if b = b[1:]; len(b) < count*18 {
		return n, false
	}
	for range count {
		name, suffix, group := strings.TrimRight(string(b[:15]), " \x00"), b[15], b[16]&0x80 != 0
		switch {
		case suffix == 0x00 && !group, suffix == 0x20 && n.name == "":
			n.name = name
		case suffix == 0x00 && group:
			n.domain = name
		case suffix == 0x1c && group:
			n.controller = true
		}
		b = b[18:]
	}
	if len(b) >= 6 {
		n.mac = hex.EncodeToString(b[:6])
		if n.mac == "000000000000" { // Samba's
			n.mac = ""
		}
	}
	return n, n.name != "" || n.mac != ""
}
