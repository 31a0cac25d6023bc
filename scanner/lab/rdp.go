package lab

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"sync"
)

// The security protocols of MS-RDPBCGR 2.2.1.1.1.
const (
	rdpTLS    = 1
	rdpHybrid = 2 // CredSSP: network level authentication

	tlsHandshake = 0x16
)

// rdp is a Windows machine's remote desktop with network level
// authentication: the X.224 connection, TLS with the machine's own
// certificate, then CredSSP as far as NTLM's challenge, which tells the
// machine's names and build.
func rdp(number uint16, w windows) service {
	var once sync.Once
	var config *tls.Config
	var err error
	secure := func(c *conversation) (*conversation, bool) {
		once.Do(func() {
			face := tlsFace{common: w.names(c.device)[3], days: 97, life: 183, most: tls.VersionTLS12} // what Windows 10 has for RDP
			config, err = face.config(c.device)
		})
		if err != nil {
			return nil, false
		}
		return c.upgrade(config)
	}
	return service{number, func(c *conversation) {
		reader := bufio.NewReader(c)
		first, err := reader.Peek(1)
		if err != nil {
			return
		}
		selected := uint32(rdpHybrid)
		if first[0] != tlsHandshake { // some clients start with TLS at once
			requested, ok := readConnectionRequest(reader)
			if !ok {
				return
			}
			switch {
			case requested&rdpHybrid != 0:
			case requested&rdpTLS != 0:
				selected = rdpTLS
			default:
				c.send(negotiation(3, 5)) // failure: hybrid is required
				return
			}
			c.send(negotiation(2, selected))
		}
		inner, ok := secure(c.after(reader))
		if !ok {
			return
		}
		if selected == rdpHybrid {
			credSSP(inner, w)
		}
		inner.finish()
	}}
}

// after gives the conversation with what a reader has taken off it and not
// used yet still to come.
func (c *conversation) after(r io.Reader) *conversation {
	return &conversation{Conn: readFrom{c, r}, device: c.device, ends: c.ends}
}

type readFrom struct {
	net.Conn
	from io.Reader
}

func (r readFrom) Read(b []byte) (int, error) { return r.from.Read(b) }

// readConnectionRequest reads the X.224 Connection Request in its TPKT and
// gives the protocols it asks for.
func readConnectionRequest(c io.Reader) (requested uint32, ok bool) {
	header := make([]byte, 4)
	if _, err := io.ReadFull(c, header); err != nil || header[0] != 3 {
		return 0, false
	}
	size := int(binary.BigEndian.Uint16(header[2:])) - len(header)
	if size < 7 || size > maxLine {
		return 0, false
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(c, body); err != nil || body[1] != 0xe0 {
		return 0, false
	}
	if i := bytes.LastIndex(body, []byte{1, 0, 8, 0}); i >= 0 && len(body) >= i+8 {
		requested = binary.LittleEndian.Uint32(body[i+4:])
	}
	return requested, true
}

// negotiation is the X.224 Connection Confirm with RDP's negotiation answer:
// kind 2 confirms a protocol, kind 3 gives a failure code.
func negotiation(kind byte, value uint32) []byte {
	b := []byte{3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, kind, 0x1f, 8, 0}
	if kind == 3 {
		b[12] = 0
	}
	return binary.LittleEndian.AppendUint32(b, value)
}

// credSSP answers a TSRequest that carries NTLM's NEGOTIATE with one that
// carries its CHALLENGE (MS-CSSP 2.2.1), and refuses whatever comes after.
func credSSP(c *conversation, w windows) {
	buffer := make([]byte, maxLine)
	n, err := c.Read(buffer)
	if err != nil || !bytes.Contains(buffer[:n], ntlmMagic) {
		return
	}
	token := tlv(tagOctets, w.challenge(c.device, c.device.site.now()))
	c.send(tlv(tagSequence,
		tlv(0xa0, berInt(tagInteger, 6)),
		tlv(0xa1, tlv(tagSequence, tlv(tagSequence, tlv(0xa0, token))))))
	_, _ = c.Read(buffer) // the credentials, if any, are not looked at
}
