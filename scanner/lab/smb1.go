package lab

import (
	"bytes"
	"encoding/binary"
)

// SMB 1 as far as telling who one is: NEGOTIATE and SESSION_SETUP_ANDX
// (MS-CIFS 2.2.4.52, 2.2.4.53; MS-SMB 2.2.4.5, 2.2.4.6).

const (
	smb1Negotiate = 0x72
	smb1Setup     = 0x73

	flags2Unicode  = 0x8000
	flags2Extended = 0x0800
)

// answer1 answers an SMB 1 message; nil closes the connection, as servers do
// that have SMB 1 switched off.
func (s smbServer) answer1(c *conversation, q []byte) []byte {
	if len(q) < 35 {
		return nil
	}
	flags2 := binary.LittleEndian.Uint16(q[10:])
	switch command := q[4]; {
	case command == smb1Negotiate:
		dialects := bytes.Split(q[35:], []byte{0})
		if !s.smb1 || len(s.dialects) > 0 && offers(dialects, "SMB 2.???") {
			if len(s.dialects) == 0 || !offers(dialects, "SMB 2.???") && !offers(dialects, "SMB 2.002") {
				return nil
			}
			return smb2Header(q, 0, 0, 0, s.negotiated(c.device, smbWildcard))
		}
		index := -1
		for i, name := range dialects {
			if bytes.Equal(bytes.TrimPrefix(name, []byte{2}), []byte("NT LM 0.12")) {
				index = i
			}
		}
		if index < 0 {
			return smb1Header(q, 0, []byte{1, 0xff, 0xff, 0, 0})
		}
		return smb1Header(q, 0, s.negotiated1(c.device, uint16(index), flags2&flags2Extended != 0))
	case !s.smb1:
		return nil
	case command == smb1Setup:
		return s.setup1(c, q, flags2)
	}
	return smb1Header(q, statusNoCommand, []byte{0, 0, 0})
}

func offers(dialects [][]byte, name string) bool {
	for _, d := range dialects {
		if string(bytes.TrimPrefix(d, []byte{2})) == name {
			return true
		}
	}
	return false
}

// negotiated1 is the parameters and data of SMB 1's NEGOTIATE response.
func (s smbServer) negotiated1(d *device, index uint16, extended bool) []byte {
	capabilities := uint32(0x0001f3fc)
	data := append([]byte{0x4c, 0x61, 0x62, 0x21, 0x4c, 0x61, 0x62, 0x21}, terminated(s.windows.group())...)
	data = append(data, terminated(s.windows.names(d)[1])...)
	keyLength := byte(8)
	if extended {
		capabilities |= 0x80000000
		data, keyLength = s.guid(d), 0
	}
	mode := byte(3) // user level, encrypted passwords
	if s.signing {
		mode = 15
	}
	b := []byte{17}
	b = binary.LittleEndian.AppendUint16(b, index)
	b = append(b, mode, 50, 0, 1, 0)
	b = binary.LittleEndian.AppendUint32(b, 16644)
	b = binary.LittleEndian.AppendUint32(b, 65536)
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint32(b, capabilities)
	b = binary.LittleEndian.AppendUint64(b, fileTime(d.site.now()))
	b = binary.LittleEndian.AppendUint16(b, 0xffc4) // one hour before UTC comes ours, in minutes west
	b = append(b, keyLength)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(data)))
	return append(b, data...)
}

// setup1 answers a session set-up: anybody may open an anonymous session, and
// learns the system's name from it, as Windows does until it is hardened.
func (s smbServer) setup1(c *conversation, q []byte, flags2 uint16) []byte {
	words := q[32]
	if words == 12 { // extended security
		token, status := s.token(c, q), uint32(statusMore)
		if token == nil {
			status = 0
		}
		b := []byte{4, 0xff, 0, 0, 0, 0, 0}
		b = binary.LittleEndian.AppendUint16(b, uint16(len(token)))
		return smb1Header(q, status, withCount(b, token, s.natives(flags2, len(token)+1, false)))
	}
	return smb1Header(q, 0, withCount([]byte{3, 0xff, 0, 0, 0, 0, 0}, nil, s.natives(flags2, 0, true)))
}

func withCount(parameters, first, second []byte) []byte {
	b := binary.LittleEndian.AppendUint16(parameters, uint16(len(first)+len(second)))
	return append(append(b, first...), second...)
}

// natives gives the names of the system, of the LAN manager and of the domain,
// in the client's characters; Unicode starts on an even byte.
func (s smbServer) natives(flags2 uint16, before int, domain bool) []byte {
	names := []string{s.os, s.manager}
	if domain {
		names = append(names, s.windows.group())
	}
	var b []byte
	if flags2&flags2Unicode == 0 {
		for _, name := range names {
			b = append(append(b, name...), 0)
		}
		return b
	}
	b = make([]byte, (before+1)%2)
	for _, name := range names {
		b = append(b, terminated(name)...)
	}
	return b
}

func terminated(s string) []byte { return append(utf16le(s), 0, 0) }

// smb1Header puts SMB 1's header before the body: the client's own ids come back.
func smb1Header(q []byte, status uint32, body []byte) []byte {
	flags2 := binary.LittleEndian.Uint16(q[10:])&(flags2Unicode|flags2Extended) | 0x4001
	b := append([]byte("\xffSMB"), q[4])
	b = binary.LittleEndian.AppendUint32(b, status)
	b = append(b, 0x88)
	b = binary.LittleEndian.AppendUint16(b, flags2)
	b = append(b, make([]byte, 12)...)
	b = append(b, q[24:32]...) // tree, process, user, multiplex
	return append(b, body...)
}
