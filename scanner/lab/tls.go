package lab

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"sync"
	"time"
)

// tlsFace is what a TLS service shows: a certificate, and how old its protocol is.
type tlsFace struct {
	common       string // subject common name; "" is the device's name
	organisation string
	issuer       string // common name of the issuer; "" is self-signed
	names        []string
	days         int    // until it ends, counted from the start of the lab; negative: it has expired
	life         int    // days from its start to its end; 0 is 3650
	old          bool   // still speaks TLS 1.0
	most         uint16 // the newest version of TLS it speaks; 0 is today's newest
}

// webTLS serves the site on a port over TLS.
func webTLS(number uint16, face tlsFace, w website) service {
	return overTLS(number, face, w.serve)
}

// overTLS wraps a service in TLS. The certificate is made when it is first
// asked for, once for each start of the lab.
func overTLS(number uint16, face tlsFace, serve func(c *conversation)) service {
	var once sync.Once
	var config *tls.Config
	var err error
	return service{number, func(c *conversation) {
		once.Do(func() { config, err = face.config(c.device) })
		if err != nil {
			return
		}
		if inner, ok := c.upgrade(config); ok {
			serve(inner)
			inner.finish()
		}
	}}
}

// upgrade turns the rest of the conversation into TLS; false when the client
// does not speak it.
func (c *conversation) upgrade(config *tls.Config) (*conversation, bool) {
	conn := tls.Server(c, config)
	if err := conn.SetDeadline(time.Now().Add(idleTime)); err != nil {
		return nil, false
	}
	if err := conn.Handshake(); err != nil { //nolint:noctx // the deadline above and Close bound it
		return nil, false
	}
	return &conversation{Conn: conn, device: c.device, ends: c.ends}, true
}

// finish tells the client that nothing more comes. Without it clients take the
// end for an error, and OpenSSL keeps that error for their next connection.
func (c *conversation) finish() { _ = c.Close() } // a client that is gone needs no farewell

// config makes the certificate and how TLS is spoken with it.
func (f tlsFace) config(d *device) (*tls.Config, error) {
	certificate, err := f.certificate(d)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{
		Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12,
		MaxVersion: f.most, Time: time.Now, SessionTicketsDisabled: true,
	}
	if f.old {
		config.MinVersion, config.MaxVersion = tls.VersionTLS10, tls.VersionTLS12
	}
	return config, nil
}

func (f tlsFace) certificate(d *device) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the TLS key of %s: %w", d.name, err)
	}
	common, life := f.common, f.life
	if common == "" {
		common = d.name
	}
	if life == 0 {
		life = 3650
	}
	ends := d.site.started.AddDate(0, 0, f.days)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(ends.Unix() + int64(d.host)),
		Subject:      pkix.Name{CommonName: common}, DNSNames: f.names,
		NotBefore: ends.AddDate(0, 0, -life), NotAfter: ends,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if f.organisation != "" {
		template.Subject.Organization = []string{f.organisation}
	}
	parent, signer := template, key
	if f.issuer != "" {
		parent = &x509.Certificate{Subject: pkix.Name{CommonName: f.issuer, Organization: template.Subject.Organization}}
		if signer, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return tls.Certificate{}, fmt.Errorf("make the issuer's key for %s: %w", d.name, err)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the certificate of %s: %w", d.name, err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}
