package lab

import (
	"bufio"
	"fmt"
	"io"
	"net/textproto"
	"strings"
)

// readHeads reads the first line and the header of requests in the manner of
// RFC 822, one after the other, and answers each, until the client stops.
func readHeads(c *conversation, answer func(line string, header textproto.MIMEHeader) string) {
	reader := textproto.NewReader(bufio.NewReader(io.LimitReader(c, maxMessage)))
	for {
		line, err := reader.ReadLine()
		if err != nil {
			return
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		header, err := reader.ReadMIMEHeader()
		if err != nil && len(header) == 0 {
			header = textproto.MIMEHeader{}
		}
		reply := answer(line, header)
		if reply == "" {
			return
		}
		c.say(reply)
		if err != nil {
			return
		}
	}
}

// sip is a telephone or an exchange that answers SIP over TCP (RFC 3261).
// Agent is told under the given header, "User-Agent" or "Server".
func sip(number uint16, header, agent string) service {
	return service{number, func(c *conversation) {
		readHeads(c, func(line string, q textproto.MIMEHeader) string {
			if !strings.HasSuffix(line, "SIP/2.0") {
				return ""
			}
			return fmt.Sprintf("SIP/2.0 200 OK\r\nVia: %s\r\nFrom: %s\r\nTo: %s;tag=77af31\r\nCall-ID: %s\r\nCSeq: %s\r\n%s: %s\r\n"+
				"Allow: INVITE, ACK, OPTIONS, CANCEL, BYE, SUBSCRIBE, NOTIFY, REFER, INFO, UPDATE, MESSAGE\r\nContent-Length: 0\r\n\r\n",
				q.Get("Via"), q.Get("From"), q.Get("To"), q.Get("Call-ID"), q.Get("CSeq"), header, agent)
		})
	}}
}

// rtsp is a camera's stream server (RFC 2326), which tells what it can do and
// asks for a password for the rest.
func rtsp(number uint16, server, realm string) service {
	return service{number, func(c *conversation) {
		readHeads(c, func(line string, q textproto.MIMEHeader) string {
			sequence := ""
			if n := q.Get("CSeq"); n != "" {
				sequence = "CSeq: " + n + "\r\n"
			}
			if server != "" {
				sequence += "Server: " + server + "\r\n"
			}
			switch method, _, _ := strings.Cut(line, " "); {
			case !strings.HasSuffix(line, "RTSP/1.0"):
				return "RTSP/1.0 400 Bad Request\r\n" + sequence + "\r\n"
			case method == "OPTIONS":
				return "RTSP/1.0 200 OK\r\n" + sequence + "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, PAUSE\r\n\r\n"
			}
			return "RTSP/1.0 401 Unauthorized\r\n" + sequence + "WWW-Authenticate: Digest realm=\"" + realm + "\", nonce=\"5d8a1c20f3b94e67\", stale=\"FALSE\"\r\n\r\n"
		})
	}}
}
