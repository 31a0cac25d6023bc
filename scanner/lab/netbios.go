package lab

import (
	"encoding/binary"
	"strings"
)

// nbns answers NetBIOS node status requests (RFC 1002, section 4.2.17): the
// names a Windows machine has, and its MAC.
func nbns(w windows, more ...byte) responder {
	return responder{137, func(d *device, q []byte) []byte {
		const header, question = 12, 34 + 4
		if len(q) < header+question || q[2]&0x80 != 0 || binary.BigEndian.Uint16(q[4:]) != 1 ||
			binary.BigEndian.Uint16(q[header+34:]) != 0x21 {
			return nil
		}
		var names []byte
		count := byte(0)
		add := func(name string, suffix byte, group bool) {
			flags := uint16(0x0400)
			if group {
				flags = 0x8400
			}
			padded := (strings.ToUpper(name) + strings.Repeat(" ", 15))[:15]
			names = binary.BigEndian.AppendUint16(append(append(names, padded...), suffix), flags)
			count++
		}
		add(d.name, 0x00, false)
		add(w.group(), 0x00, true)
		add(d.name, 0x20, false)
		for _, suffix := range more { // 0x1c domain controllers, 0x1b master browser …
			add(w.group(), suffix, suffix == 0x1c || suffix == 0x1e)
		}
		statistics := append(macBytes(d.mac), make([]byte, 40)...)
		data := append(append([]byte{count}, names...), statistics...)

		reply := []byte{q[0], q[1], 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0}
		reply = append(reply, q[header:header+34]...)
		reply = append(reply, 0, 0x21, 0, 1, 0, 0, 0, 0)
		reply = binary.BigEndian.AppendUint16(reply, uint16(len(data)))
		return append(reply, data...)
	}}
}

// netbiosSession is port 139: a client that does not call the machine by its
// name is refused (RFC 1002, section 4.3.4; 0x8f: unspecified error, as
// Windows has it).
func netbiosSession() service {
	return service{139, func(c *conversation) {
		buffer := make([]byte, 512)
		if n, err := c.Read(buffer); err == nil && n >= 4 {
			c.send([]byte{0x83, 0, 0, 1, 0x8f})
		}
	}}
}
