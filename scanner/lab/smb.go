package lab

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
)

// smbServer is a file server: which dialects it speaks, and what it says of
// itself to whoever starts a session. No session gets further than that.
type smbServer struct {
	windows  windows
	smb1     bool   // still answers SMB 1 (CIFS)
	os       string // SMB 1's native OS and LAN manager
	manager  string
	dialects []uint16 // of SMB 2 and 3, ascending; none: SMB 1 only
	signing  bool     // required, as on domain controllers
}

// The dialects of SMB 2 and 3 by generation.
var (
	dialects302 = []uint16{0x0202, 0x0210, 0x0300, 0x0302}
	dialects311 = []uint16{0x0202, 0x0210, 0x0300, 0x0302, 0x0311}
)

const (
	smbWildcard       = 0x02ff     // "some SMB 2": the client must ask again
	statusMore        = 0xc0000016 // more processing required
	statusNoSupport   = 0xc00000bb
	statusNoCommand   = 0xc0000002
	statusLogonFailed = 0xc000006d
)

var (
	oidSPNEGO = newOID("1.3.6.1.5.5.2")
	oidNTLM   = newOID("1.3.6.1.4.1.311.2.2.10")
)

// smb serves SMB straight over TCP (MS-SMB2, MS-CIFS), on port 445.
func smb(s smbServer) service {
	return service{445, func(c *conversation) {
		for {
			message, ok := readNetBIOS(c)
			if !ok || len(message) < 8 {
				return
			}
			var reply []byte
			switch {
			case bytes.HasPrefix(message, []byte("\xffSMB")):
				reply = s.answer1(c, message)
			case bytes.HasPrefix(message, []byte("\xfeSMB")) && len(s.dialects) > 0:
				reply = s.answer2(c, message)
			}
			if reply == nil {
				return
			}
			c.send(append(binary.BigEndian.AppendUint32(nil, uint32(len(reply))), reply...))
		}
	}}
}

// readNetBIOS reads one message with its length in front.
func readNetBIOS(c *conversation) ([]byte, bool) {
	header := make([]byte, 4)
	if _, err := io.ReadFull(c, header); err != nil || header[0] != 0 {
		return nil, false
	}
	size := binary.BigEndian.Uint32(header)
	if size > maxMessage {
		return nil, false
	}
	message := make([]byte, size)
	if _, err := io.ReadFull(c, message); err != nil {
		return nil, false
	}
	return message, true
}

// guid gives the server's GUID: made of its MAC, the same at every start.
func (s smbServer) guid(d *device) []byte {
	return append([]byte("parc-lab-\x00"), macBytes(d.mac)...)
}

// answer2 answers SMB 2's NEGOTIATE and SESSION_SETUP.
func (s smbServer) answer2(c *conversation, q []byte) []byte {
	if len(q) < 64+36 {
		return nil
	}
	switch command := binary.LittleEndian.Uint16(q[12:]); command {
	case 0:
		dialect, ok := s.choose(q[64:])
		if !ok {
			return smb2Header(q, 0, statusNoSupport, 0, []byte{9, 0, 0, 0, 0, 0, 0, 0, 0})
		}
		return smb2Header(q, 0, 0, 0, s.negotiated(c.device, dialect))
	case 1:
		token := s.token(c, q)
		if token == nil {
			return smb2Header(q, 1, statusLogonFailed, 0, []byte{9, 0, 0, 0, 0, 0, 0, 0, 0})
		}
		body := []byte{9, 0, 0, 0, 72, 0}
		body = binary.LittleEndian.AppendUint16(body, uint16(len(token)))
		return smb2Header(q, 1, statusMore, 1, append(body, token...))
	default:
		return smb2Header(q, command, statusNoCommand, 0, []byte{9, 0, 0, 0, 0, 0, 0, 0, 0})
	}
}

// choose gives the highest dialect that both sides speak.
func (s smbServer) choose(body []byte) (uint16, bool) {
	count := int(binary.LittleEndian.Uint16(body[2:]))
	best := uint16(0)
	for i := range count {
		at := 36 + 2*i
		if at+2 > len(body) {
			break
		}
		if d := binary.LittleEndian.Uint16(body[at:]); slices.Contains(s.dialects, d) {
			best = max(best, d)
		}
	}
	return best, best != 0
}

// negotiated is the body of SMB 2's NEGOTIATE response (MS-SMB2 2.2.4).
func (s smbServer) negotiated(d *device, dialect uint16) []byte {
	mode, contexts := uint16(1), uint16(0)
	if s.signing {
		mode = 3
	}
	capabilities, size := uint32(0x07), uint32(0x100000)
	switch {
	case dialect == 0x0202:
		capabilities, size = 0x01, 0x10000
	case dialect >= 0x0300 && dialect != smbWildcard:
		capabilities, size = 0x2f, 0x800000
	}
	blob := spnegoInit()
	const fixed = 64
	offset := uint32(0)
	if dialect == 0x0311 {
		contexts = 1
		offset = uint32(64 + fixed + (len(blob)+7)/8*8)
	}
	b := binary.LittleEndian.AppendUint16(nil, 65)
	b = binary.LittleEndian.AppendUint16(b, mode)
	b = binary.LittleEndian.AppendUint16(b, dialect)
	b = binary.LittleEndian.AppendUint16(b, contexts)
	b = append(b, s.guid(d)...)
	b = binary.LittleEndian.AppendUint32(b, capabilities)
	for range 3 {
		b = binary.LittleEndian.AppendUint32(b, size)
	}
	b = binary.LittleEndian.AppendUint64(b, fileTime(d.site.now()))
	b = binary.LittleEndian.AppendUint64(b, 0) // when it was started is not told, as Windows 10 does
	b = binary.LittleEndian.AppendUint16(b, 64+fixed)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(blob)))
	b = binary.LittleEndian.AppendUint32(b, offset)
	b = append(b, blob...)
	if dialect == 0x0311 { // pre-authentication integrity: SHA-512 with a salt
		b = append(b, make([]byte, int(offset)-64-len(b))...)
		b = append(b, 1, 0, 38, 0, 0, 0, 0, 0, 1, 0, 32, 0, 1, 0)
		b = append(b, bytes.Repeat([]byte{0x5a}, 32)...)
	}
	return b
}

// smb2Header puts SMB 2's header before the body.
func smb2Header(q []byte, command uint16, status uint32, session uint64, body []byte) []byte {
	b := append([]byte("\xfeSMB"), 64, 0, 0, 0)
	b = binary.LittleEndian.AppendUint32(b, status)
	b = binary.LittleEndian.AppendUint16(b, command)
	b = append(b, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0) // credits, flags: a response, no next command
	id := make([]byte, 8)
	if len(q) >= 32 && q[0] == 0xfe {
		copy(id, q[24:32])
	}
	b = append(b, id...)
	b = append(b, make([]byte, 8)...)
	b = binary.LittleEndian.AppendUint64(b, session)
	b = append(b, make([]byte, 16)...)
	return append(b, body...)
}

// token answers the NTLM message in a session set-up: its NEGOTIATE with a
// CHALLENGE, wrapped as the client wraps; anything else is nil.
func (s smbServer) token(c *conversation, q []byte) []byte {
	at := bytes.Index(q, ntlmMagic)
	if at < 0 || at+12 > len(q) || binary.LittleEndian.Uint32(q[at+8:]) != 1 {
		return nil
	}
	challenge := s.windows.challenge(c.device, c.device.site.now())
	if !bytes.Contains(q[:at], berOID(oidNTLM)) {
		return challenge
	}
	return tlv(0xa1, tlv(tagSequence,
		tlv(0xa0, []byte{0x0a, 1, 1}), // accept-incomplete
		tlv(0xa1, berOID(oidNTLM)),
		tlv(0xa2, tlv(tagOctets, challenge))))
}

// spnegoInit offers NTLM (RFC 4178, NegTokenInit).
func spnegoInit() []byte {
	return tlv(0x60, berOID(oidSPNEGO),
		tlv(0xa0, tlv(tagSequence, tlv(0xa0, tlv(tagSequence, berOID(oidNTLM))))))
}
