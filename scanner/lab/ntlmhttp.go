package lab

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strings"
)

// ntlmPage asks for NTLM, and answers its first message with the challenge
// (RFC 4559), from which names and build are read.
func ntlmPage(w windows) page {
	return page{make: func(c *conversation, r *http.Request, _ []byte) page {
		p := page{status: http.StatusUnauthorized, header: []string{"WWW-Authenticate: Negotiate", "WWW-Authenticate: NTLM"}}
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		message, err := base64.StdEncoding.DecodeString(token)
		if err != nil || !bytes.HasPrefix(message, ntlmMagic) || len(message) < 9 || message[8] != 1 ||
			scheme != "NTLM" && scheme != "Negotiate" {
			return p
		}
		challenge := base64.StdEncoding.EncodeToString(w.challenge(c.device, c.device.site.now()))
		p.header = []string{"WWW-Authenticate: " + scheme + " " + challenge}
		return p
	}}
}
