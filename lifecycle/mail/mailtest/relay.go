// Package mailtest is a mail server for tests: it takes messages on loopback and
// keeps them.
package mailtest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Relay is a mail server that keeps what it is handed.
type Relay struct {
	address  string
	config   *tls.Config // nil: it knows no encryption
	password string      // asked of everybody, when not empty

	mu   sync.Mutex
	seen Seen
	open []net.Conn
}

// Seen is what the server was told.
type Seen struct {
	To   []string // RCPT commands
	Text string   // the last message
	Auth string   // the last sign-in, decoded
	TLS  bool     // the last connection was encrypted
}

// Seen gives what the server was told so far.
func (r *Relay) Seen() Seen {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen
}

// New starts a server on loopback that the test ends. A config lets it speak TLS;
// a password, when not empty, is asked of everybody.
func New(t *testing.T, config *tls.Config, password string) *Relay {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &Relay{address: listener.Addr().String(), config: config, password: password}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			r.note(func() { r.open = append(r.open, conn) })
			open.Go(func() { r.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		r.note(func() {
			for _, conn := range r.open { // a client that gave up may have left its end open
				_ = conn.Close()
			}
		})
		open.Wait()
	})
	return r
}

// Port gives the port it listens on.
func (r *Relay) Port(t *testing.T) int {
	t.Helper()
	_, port, err := net.SplitHostPort(r.address)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := new(big.Int).SetString(port, 10)
	return int(n.Int64())
}

// serve speaks as much SMTP as a client needs to hand in a message.
func (r *Relay) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	in := bufio.NewReader(conn)
	say := func(lines ...string) { _, _ = conn.Write([]byte(strings.Join(lines, "\r\n") + "\r\n")) }
	secure := false
	say("220 relay.test ESMTP")
	for {
		text, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			lines := []string{"250-relay.test", "250-8BITMIME"}
			if r.config != nil && !secure {
				lines = append(lines, "250-STARTTLS")
			}
			say(append(lines, "250 AUTH PLAIN")...)
		case "STARTTLS":
			say("220 go ahead")
			secured := tls.Server(conn, r.config)
			conn, in, secure = secured, bufio.NewReader(secured), true
			r.note(func() { r.seen.TLS = true })
		case "AUTH":
			_, code, _ := strings.Cut(rest, " ")
			said, _ := base64.StdEncoding.DecodeString(code)
			r.note(func() { r.seen.Auth = string(said) })
			if r.password != "" && !strings.HasSuffix(string(said), "\x00"+r.password) {
				say("535 5.7.8 no")
				continue
			}
			say("235 2.7.0 ok")
		case "RCPT":
			r.note(func() { r.seen.To = append(r.seen.To, rest) })
			say("250 ok")
		case "DATA":
			say("354 go on")
			var body strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil || line == ".\r\n" {
					break
				}
				body.WriteString(line)
			}
			r.note(func() { r.seen.Text = body.String() })
			say("250 kept")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (r *Relay) note(do func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	do()
}

// Certificate makes a certificate for 127.0.0.1 and the roots that know it.
func Certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "relay.test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12},
		&tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}
