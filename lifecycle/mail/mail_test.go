package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"

	"parc/inventory"
	"parc/lifecycle/mail/mailtest"
)

func message() Message {
	return Message{
		To: []string{"boss@example.com", "accounts@example.com"}, Subject: "Échéances\r\nBcc: evil@example.com", Text: "Bonjour,\nvoici le rapport.",
		Files: []File{{Name: "échéances.pdf", Type: "application/pdf", Bytes: []byte("%PDF-1.7 \x00\xff")}},
	}
}

func TestAMessageArrivesWithItsFile(t *testing.T) {
	t.Parallel()
	r := mailtest.New(t, nil, "")
	s := inventory.MailServer{Host: "127.0.0.1", Port: r.Port(t), Security: inventory.MailPlain, From: "parc@example.com"}
	if err := Send(t.Context(), s, message()); err != nil {
		t.Fatal(err)
	}
	if to := r.Seen().To; len(to) != 2 || !strings.Contains(to[0], "boss@example.com") {
		t.Errorf("handed in for %q", to)
	}
	got, err := netmail.ReadMessage(strings.NewReader(r.Seen().Text))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != "Échéances Bcc: evil@example.com" || got.Header.Get("Bcc") != "" {
		t.Errorf("subject %q, Bcc %q, %v", subject, got.Header.Get("Bcc"), err)
	}
	_, parameters, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(got.Body, parameters["boundary"])
	var file []byte
	for {
		part, err := parts.NextPart()
		if err == io.EOF { //nolint:errorlint // multipart gives it bare
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if part.FileName() == "" {
			continue
		}
		coded, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		file, err = base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(string(coded)))
		if err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(file, message().Files[0].Bytes) {
		t.Errorf("the file arrives as %q", file)
	}
}

func TestAPasswordGoesEncryptedOnly(t *testing.T) {
	t.Parallel()
	server, client := mailtest.Certificate(t)
	r := mailtest.New(t, server, "s3cret")
	s := inventory.MailServer{
		Host: "127.0.0.1", Port: r.Port(t), Security: inventory.MailStartTLS, From: "parc@example.com", User: "parc", Password: inventory.NewSecret("s3cret"),
	}
	if err := Send(t.Context(), s, message()); inventory.CodeOf(err) != inventory.Unavailable || r.Seen().Auth != "" {
		t.Errorf("a certificate that nobody knows: %v, said %q", err, r.Seen().Auth)
	}
	m, err := compose(s, message())
	if err != nil {
		t.Fatal(err)
	}
	c, err := connect(s, client)
	if err != nil {
		t.Fatal(err)
	}
	if err := deliver(t.Context(), c, s.Host, m); err != nil {
		t.Fatal(err)
	}
	if seen := r.Seen(); !seen.TLS || seen.Auth != "\x00parc\x00s3cret" || seen.Text == "" {
		t.Errorf("tls %v, said %q, %d bytes", seen.TLS, seen.Auth, len(seen.Text))
	}
	bare := mailtest.New(t, nil, "")
	s.Port = bare.Port(t)
	if err := Send(t.Context(), s, message()); inventory.CodeOf(err) != inventory.Unavailable || bare.Seen().Auth != "" {
		t.Errorf("a server without encryption: %v, said %q", err, bare.Seen().Auth)
	}
}

func TestWhatCannotBeSent(t *testing.T) {
	t.Parallel()
	good := inventory.MailServer{Host: "smtp.example.com", Security: inventory.MailTLS, From: "parc@example.com"}
	for name, change := range map[string]func(*inventory.MailServer, *Message){
		"no host":           func(s *inventory.MailServer, _ *Message) { s.Host = "" },
		"a host that is no": func(s *inventory.MailServer, _ *Message) { s.Host = "a b\r\n" },
		"no such security":  func(s *inventory.MailServer, _ *Message) { s.Security = "rot13" },
		"in clear":          func(s *inventory.MailServer, _ *Message) { s.Security, s.User = inventory.MailPlain, "u" },
		"no sender":         func(s *inventory.MailServer, _ *Message) { s.From = "nobody" },
		"no recipient":      func(_ *inventory.MailServer, m *Message) { m.To = nil },
		"a recipient with a line break": func(_ *inventory.MailServer, m *Message) {
			m.To = []string{"a@example.com\r\nRCPT TO:<b@example.com>"}
		},
		"too many recipients": func(_ *inventory.MailServer, m *Message) { m.To = make([]string, maxRecipients+1) },
	} {
		s, m := good, message()
		change(&s, &m)
		if err := Send(t.Context(), s, m); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	m := message()
	m.Files[0].Bytes = make([]byte, maxFiles+1)
	if err := Send(t.Context(), good, m); inventory.CodeOf(err) != inventory.LimitReached {
		t.Errorf("a file that is too large: %v", err)
	}
}
