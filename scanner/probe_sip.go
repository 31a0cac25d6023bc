package scanner

import (
	"bytes"
	"context"
	"fmt"
	"net/textproto"
	"strings"

	"bufio"
)

// askSIP asks a telephone what it can do; it says what it is, and does not
// ring (RFC 3261, 11).
func askSIP(ctx context.Context, a *asking) {
	const port = 5060
	packet := fmt.Appendf(nil, "OPTIONS sip:parc@%[1]s SIP/2.0\r\nVia: SIP/2.0/UDP 0.0.0.0:5060;branch=z9hG4bKparc;rport\r\n"+
		"Max-Forwards: 70\r\nTo: <sip:parc@%[1]s>\r\nFrom: <sip:parc@%[1]s>;tag=parc\r\nCall-ID: parc-%[1]s\r\nCSeq: 1 OPTIONS\r\n"+
		"Contact: <sip:parc@0.0.0.0>\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n", a.host.Address)
	for _, answer := range a.exchange(ctx, port, packet, 1) {
		if who := parseSIP(answer); who != "" {
			a.learn(func(e *evidence) { e.add(onSIP, who, "", "5060/udp:sip") })
		}
	}
}

// parseSIP gives what the one who answers calls itself.
func parseSIP(answer []byte) string {
	if !bytes.HasPrefix(answer, []byte("SIP/2.0 ")) {
		return ""
	}
	_, rest, _ := bytes.Cut(answer, []byte("\n"))
	header, _ := textproto.NewReader(bufio.NewReader(bytes.NewReader(rest))).ReadMIMEHeader() // as far as it goes
	if who := header.Get("User-Agent"); who != "" {
		return strings.TrimSpace(who)
	}
	return strings.TrimSpace(header.Get("Server"))
}
