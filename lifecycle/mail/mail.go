// Package mail hands messages in to the provider's mail server: documents with
// their attachments, and short notices. It keeps nothing and decides nothing:
// who is written to, and when, is its callers' to say.
package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"parc/inventory"
)

// Message is one message. Every recipient sees the others.
type Message struct {
	To      []string
	Subject string
	Text    string
	Files   []File
}

// File is an attachment.
type File struct {
	Name  string
	Type  string // application/pdf
	Bytes []byte
}

// Bounds of a message and of how long it takes.
const (
	maxRecipients = 50
	maxFiles      = 24 << 20 // what most servers take, once encoded
	timeout       = 60 * time.Second
)

// Address reads one address, as boss@example.com; Invalid when it is none.
func Address(s string) (string, error) {
	a, err := netmail.ParseAddress(s)
	if err != nil || strings.ContainsAny(s, "\r\n") || !strings.Contains(a.Address, ".") && !strings.HasSuffix(a.Address, "@localhost") {
		return "", inventory.Errorf(inventory.Invalid, "%q is no mail address", inventory.CleanTo(s, 80))
	}
	return a.Address, nil
}

// Check tells whether the settings of a mail server can be used: Invalid says
// what is wrong with them. A password is never sent unencrypted, but to the same
// machine.
func Check(s inventory.MailServer) error {
	switch {
	case s.Host == "":
		return inventory.Errorf(inventory.Invalid, "no mail server is set: say which with parc mail-server --host, or in the settings")
	case strings.ContainsAny(s.Host, " \t\r\n/") || len(s.Host) > 253:
		return inventory.Errorf(inventory.Invalid, "%q is no mail server's name", inventory.CleanTo(s.Host, 80))
	case s.Port < 0 || s.Port > 65535:
		return inventory.Errorf(inventory.Invalid, "%d is no port of a mail server", s.Port)
	}
	switch s.Security {
	case inventory.MailStartTLS, inventory.MailTLS:
	case inventory.MailPlain:
		if s.User != "" && !local(s.Host) {
			return inventory.Errorf(inventory.Invalid, "a password would cross the network in clear: use starttls or tls for %s", s.Host)
		}
	default:
		return inventory.Errorf(inventory.Invalid, "%q is no way to speak to a mail server: starttls, tls or plain", inventory.CleanTo(s.Security, 20))
	}
	_, err := Address(s.From)
	return err
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands a message in. Invalid is a mistake in the message or the settings,
// Unavailable what the server or the network says.
func Send(ctx context.Context, s inventory.MailServer, m Message) error {
	if err := Check(s); err != nil {
		return err
	}
	message, err := compose(s, m)
	if err != nil {
		return err
	}
	client, err := connect(s, nil)
	if err != nil {
		return err
	}
	return deliver(ctx, client, s.Host, message)
}

func deliver(ctx context.Context, client *mail.Client, host string, message *mail.Msg) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, message); err != nil {
		return inventory.Errorf(inventory.Unavailable, "the mail server %s did not take the message: %w", host, err)
	}
	return nil
}

func compose(s inventory.MailServer, m Message) (*mail.Msg, error) {
	if len(m.To) == 0 || len(m.To) > maxRecipients {
		return nil, inventory.Errorf(inventory.Invalid, "a message goes to 1 to %d recipients, not %d", maxRecipients, len(m.To))
	}
	message := mail.NewMsg()
	if err := message.From(s.From); err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "%q is no mail address", inventory.CleanTo(s.From, 80))
	}
	for _, to := range m.To {
		address, err := Address(to)
		if err != nil {
			return nil, err
		}
		if err := message.AddTo(address); err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "%q is no mail address", inventory.CleanTo(to, 80))
		}
	}
	message.Subject(inventory.CleanTo(m.Subject, 200))
	message.SetDate()
	message.SetMessageID()
	message.SetBodyString(mail.TypeTextPlain, m.Text)
	total := 0
	for _, f := range m.Files {
		if total += len(f.Bytes); total > maxFiles {
			return nil, inventory.Errorf(inventory.LimitReached, "the files of the message are too large to be mailed: %d MB at most", maxFiles>>20)
		}
		err := message.AttachReader(inventory.CleanTo(f.Name, 120), bytes.NewReader(f.Bytes), mail.WithFileContentType(mail.ContentType(f.Type)))
		if err != nil {
			return nil, fmt.Errorf("attach %s: %w", f.Name, err)
		}
	}
	return message, nil
}

// connect prepares a client; config says how to check the server's certificate,
// nil: by the machine's own roots.
func connect(s inventory.MailServer, config *tls.Config) (*mail.Client, error) {
	options := []mail.Option{mail.WithTimeout(timeout / 2)}
	port := s.Port
	switch s.Security {
	case inventory.MailTLS:
		options = append(options, mail.WithSSL())
		if port == 0 {
			port = 465
		}
	case inventory.MailStartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
		if port == 0 {
			port = 587
		}
	default:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
		if port == 0 {
			port = 25
		}
	}
	options = append(options, mail.WithPort(port))
	if config != nil {
		options = append(options, mail.WithTLSConfig(config))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password.Reveal()))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("prepare to speak to the mail server %s: %w", s.Host, err)
	}
	return client, nil
}
