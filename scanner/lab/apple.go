package lab

import (
	"encoding/binary"
	"io"
)

// afp is a Mac's file sharing as far as FPGetSrvrInfo, which tells name and
// model (Apple Filing Protocol Reference, DSIGetStatus).
func afp(number uint16, model string) service {
	return service{number, func(c *conversation) {
		header := make([]byte, 16)
		if _, err := io.ReadFull(c, header); err != nil || header[1] != 3 { // Macs look at the command only
			return
		}
		body := serverInfo(c.device, model)
		reply := []byte{1, 3, header[2], header[3], 0, 0, 0, 0}
		reply = binary.BigEndian.AppendUint32(reply, uint32(len(body)))
		c.send(append(append(reply, 0, 0, 0, 0), body...))
	}}
}

// serverInfo is the answer's block: offsets, then what they point to.
func serverInfo(d *device, model string) []byte {
	const flags = 0x9ff3
	block := make([]byte, 10)
	binary.BigEndian.PutUint16(block[8:], flags)
	block = appendPascal(block, d.name)
	if len(block)%2 != 0 {
		block = append(block, 0)
	}
	more := len(block)
	block = append(block, make([]byte, 8)...)
	point := func(at int) { binary.BigEndian.PutUint16(block[at:], uint16(len(block))) }

	point(0)
	block = appendPascal(block, model)
	point(2)
	block = appendPascal(block, "AFP3.4", "AFP3.3", "AFP3.2", "AFP3.1", "AFPX03")
	block = insertCount(block, 2, 5)
	point(4)
	block = appendPascal(block, "DHCAST128", "DHX2", "Recon1", "GSS")
	block = insertCount(block, 4, 4)
	point(more)
	block = append(append(block, macBytes(d.mac)...), make([]byte, 10)...)
	point(more + 2)
	four := d.addr.As4()
	block = append(block, 1, 8, 2, four[0], four[1], four[2], four[3], 2, 36) // one address, with port 548
	point(more + 4)
	block = append(block, 0)
	point(more + 6)
	block = binary.BigEndian.AppendUint16(block, uint16(len(d.name)))
	return append(block, d.name...)
}

// appendPascal appends strings with their length in front.
func appendPascal(b []byte, list ...string) []byte {
	for _, s := range list {
		b = append(append(b, byte(len(s))), s...)
	}
	return b
}

// insertCount puts the number of strings before the list that the offset at
// the given place points to.
func insertCount(b []byte, at int, count byte) []byte {
	i := binary.BigEndian.Uint16(b[at:])
	b = append(b, 0)
	copy(b[i+1:], b[i:])
	b[i] = count
	return b
}
