package scanner

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
	"unicode/utf16"

	"parc/inventory"
)

// askSMB starts to sign in at a file server, as anybody may, and reads what it
// says of itself before it asks for a name: computer, domain, build of Windows
// (MS-SMB2 2.2, MS-NLMP 2.2.1.2). Nothing is tried, no name is sent.
func askSMB(ctx context.Context, a *asking) {
	for _, s := range a.named([]int{445}, "microsoft-ds", "netbios-ssn") {
		if s.Port == 139 || s.Port == 20139 {
			continue
		}
		from := fmt.Sprintf("%d/tcp:ntlm", s.Port)
		if host, err := a.smb2(ctx, s.Port); err == nil {
			a.learn(func(e *evidence) { e.ntlm(host.netbios, host.dns, host.domain, host.build, from) })
		}
		if old, err := a.smb1(ctx, s.Port); err == nil && old {
			a.weak(inventory.WeakSMB1, s.Port, "speaks SMBv1 (NT LM 0.12)")
		}
	}
}

const (
	smbTime   = 4 * time.Second
	maxFrame  = 64 << 10
	smb2Head  = 64
	moreToDo  = 0xc0000016 // STATUS_MORE_PROCESSING_REQUIRED
	negotiate = 0
	setup     = 1
)

var errSMB = errors.New("no SMB answer")

// smb connects and lets f talk.
func (a *asking) smb(ctx context.Context, port int, f func(net.Conn) error) error {
	conn, err := a.net.dial(ctx, "tcp", a.at(port), smbTime)
	if err != nil {
		return err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := conn.SetDeadline(time.Now().Add(smbTime)); err != nil || ctx.Err() != nil {
		return errSMB
	}
	return f(conn)
}

// frame sends one message and gives its answer (MS-SMB2 2.1).
func frame(conn net.Conn, message []byte) ([]byte, error) {
	head := binary.BigEndian.AppendUint32(nil, uint32(len(message)))
	if _, err := conn.Write(append(head, message...)); err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(conn, head); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(head) & 0xffffff
	if size > maxFrame {
		return nil, errSMB
	}
	answer := make([]byte, size)
	_, err := io.ReadFull(conn, answer)
	return answer, err
}

// smb1 tells whether the server still speaks the first version.
func (a *asking) smb1(ctx context.Context, port int) (old bool, err error) {
	message := append([]byte("\xffSMB\x72\x00\x00\x00\x00\x18\x01\x28"), make([]byte, 20)...)
	dialect := "\x02NT LM 0.12\x00"
	message = append(message, 0, byte(len(dialect)), 0)
	message = append(message, dialect...)
	err = a.smb(ctx, port, func(conn net.Conn) error {
		answer, err := frame(conn, message)
		if err != nil {
			return err
		}
		// word count, then the index of the dialect taken: 0 is ours, 0xffff none
		old = len(answer) >= 35 && bytes.HasPrefix(answer, []byte("\xffSMB\x72")) && binary.LittleEndian.Uint32(answer[5:]) == 0 &&
			answer[32] > 0 && binary.LittleEndian.Uint16(answer[33:]) == 0
		return nil
	})
	return old, err
}

// smb2 reads what the server's challenge tells.
func (a *asking) smb2(ctx context.Context, port int) (host challenge, err error) {
	err = a.smb(ctx, port, func(conn net.Conn) error {
		body := binary.LittleEndian.AppendUint16(nil, 36)
		body = append(body, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0) // three dialects, signing possible
		body = append(body, "parcparcparcparc"...)        // client's id
		body = append(body, 0, 0, 0, 0, 0, 0, 0, 0)
		body = append(body, 0x02, 0x02, 0x10, 0x02, 0x00, 0x03) // 2.0.2, 2.1, 3.0
		if _, err := frame(conn, smb2Message(negotiate, 0, body)); err != nil {
			return err
		}
		token := spnego(ntlmNegotiate())
		body = binary.LittleEndian.AppendUint16(nil, 25)
		body = append(body, 0, 1) // flags, signing possible
		body = append(body, make([]byte, 8)...)
		body = binary.LittleEndian.AppendUint16(body, smb2Head+24)
		body = binary.LittleEndian.AppendUint16(body, uint16(len(token)))
		body = append(append(body, make([]byte, 8)...), token...)
		answer, err := frame(conn, smb2Message(setup, 1, body))
		if err != nil {
			return err
		}
		if len(answer) < smb2Head || binary.LittleEndian.Uint32(answer[8:]) != moreToDo {
			return errSMB
		}
		var ok bool
		if host, ok = parseChallenge(answer); !ok {
			return errSMB
		}
		return nil
	})
	return host, err
}

func smb2Message(command uint16, id uint64, body []byte) []byte {
	b := append([]byte("\xfeSMB"), smb2Head, 0, 1, 0, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, command)
	b = append(b, 31, 0, 0, 0, 0, 0, 0, 0, 0, 0) // credits, flags, no next
	b = binary.LittleEndian.AppendUint64(b, id)
	return append(append(b, make([]byte, 32)...), body...)
}

// ntlmNegotiate begins NTLM: Unicode, the target's name, its version.
func ntlmNegotiate() []byte {
	b := []byte("NTLMSSP\x00\x01\x00\x00\x00")
	b = binary.LittleEndian.AppendUint32(b, 0xe2088297)
	b = append(b, make([]byte, 16)...)
	return append(b, 10, 0, 0x61, 0x4a, 0, 0, 0, 15)
}

// spnego wraps a token of NTLM (RFC 4178, 4.2.1).
func spnego(token []byte) []byte {
	der := func(tag byte, inner ...[]byte) []byte {
		body := bytes.Join(inner, nil)
		return append([]byte{tag, byte(len(body))}, body...) // all of it is shorter than 128
	}
	ntlm := []byte{0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a}
	return der(0x60, []byte{0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02},
		der(0xa0, der(0x30, der(0xa0, der(0x30, ntlm)), der(0xa2, der(0x04, token)))))
}

// challenge is what NTLM's second message tells.
type challenge struct{ netbios, dns, domain, build string }

// parseChallenge finds NTLM's second message in an answer and reads it.
func parseChallenge(b []byte) (c challenge, ok bool) {
	at := bytes.Index(b, []byte("NTLMSSP\x00\x02\x00\x00\x00"))
	if at < 0 {
		return c, false
	}
	if b = b[at:]; len(b) < 48 {
		return c, false
	}
	flags := binary.LittleEndian.Uint32(b[20:])
	const tellsVersion = 0x02000000
	if flags&tellsVersion != 0 && len(b) >= 56 {
		if build := binary.LittleEndian.Uint16(b[50:]); build != 0 { // Samba's is 0
			c.build = fmt.Sprintf("%d.%d.%d", b[48], b[49], build)
		}
	}
	size, offset := int(binary.LittleEndian.Uint16(b[40:])), int(binary.LittleEndian.Uint32(b[44:]))
	if offset < 0 || offset > len(b) || size > len(b)-offset {
		return c, true
	}
	for info := b[offset : offset+size]; len(info) >= 4; {
		kind, n := binary.LittleEndian.Uint16(info), int(binary.LittleEndian.Uint16(info[2:]))
		if len(info) < 4+n || kind == 0 {
			break
		}
		switch text := utf16Text(info[4 : 4+n]); kind {
		case 1:
			c.netbios = text
		case 3:
			c.dns = text
		case 4:
			c.domain = text
		}
		info = info[4+n:]
	}
	return c, true
}

func utf16Text(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return inventory.Clean(string(utf16.Decode(units)))
}
