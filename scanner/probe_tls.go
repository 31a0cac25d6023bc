package scanner

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"parc/inventory"
)

// tlsPorts are where TLS starts with the first octet.
var tlsPorts = []int{443, 636, 989, 990, 993, 995, 5001, 5061, 8006, 8443, 9443}

// askTLS looks whether TLS services still take the versions that RFC 8996
// forbids, and at the certificates that nobody has looked at yet.
func askTLS(ctx context.Context, a *asking) {
	services := a.named(tlsPorts, "https", "ssl", "imaps", "pop3s", "ldaps", "ftps", "smtps")
	for i := range a.host.Services {
		if s := &a.host.Services[i]; s.TLS != nil && s.Protocol == "tcp" && !strings.HasPrefix(s.Name, "ms-wbt") && !contains(services, s) {
			services = append(services, s)
		}
	}
	for _, s := range services[:min(len(services), maxTLSPorts)] {
		where := fmt.Sprintf("%d/tcp", s.Port)
		a.mu.Lock()
		known := s.TLS != nil
		a.mu.Unlock()
		if !known {
			if state, err := a.handshake(ctx, s.Port, weakTLS()); err == nil && len(state.PeerCertificates) > 0 {
				a.learn(func(e *evidence) {
					s.TLS = certificateOf(state.PeerCertificates[0])
					e.certificate(s.TLS, where)
				})
			}
		}
		old := weakTLS()
		old.MaxVersion = tls.VersionTLS11
		if state, err := a.handshake(ctx, s.Port, old); err == nil {
			a.weak(inventory.WeakTLSVersion, s.Port, "takes "+tls.VersionName(state.Version))
		}
	}
}

func contains[T any](list []*T, one *T) bool {
	for _, p := range list {
		if p == one {
			return true
		}
	}
	return false
}

// handshake begins TLS and ends the connection.
func (a *asking) handshake(ctx context.Context, port int, c *tls.Config) (tls.ConnectionState, error) {
	conn, err := a.net.dial(ctx, "tcp", a.at(port), webTime)
	if err != nil {
		return tls.ConnectionState{}, err
	}
	defer conn.Close()
	inner, cancel := context.WithTimeout(ctx, webTime)
	defer cancel()
	secure := tls.Client(conn, c)
	if err := secure.HandshakeContext(inner); err != nil {
		return tls.ConnectionState{}, err
	}
	return secure.ConnectionState(), nil
}

// certificateOf shows a certificate as nmap's would be shown.
func certificateOf(c *x509.Certificate) *inventory.Certificate {
	out := &inventory.Certificate{
		Subject: inventory.CleanTo(distinguished(c, true), 500), Issuer: inventory.CleanTo(distinguished(c, false), 500), NotAfter: c.NotAfter.UTC().Truncate(time.Second),
	}
	out.SelfSigned = string(c.RawSubject) == string(c.RawIssuer)
	for _, n := range c.DNSNames[:min(len(c.DNSNames), 32)] {
		out.Names = append(out.Names, inventory.CleanTo(n, 253))
	}
	for _, a := range c.IPAddresses[:min(len(c.IPAddresses), 8)] {
		out.Names = append(out.Names, a.String())
	}
	return out
}

func distinguished(c *x509.Certificate, subject bool) string {
	n := c.Issuer
	if subject {
		n = c.Subject
	}
	var parts []string
	add := func(key string, values ...string) {
		for _, v := range values {
			if v != "" {
				parts = append(parts, key+"="+v)
			}
		}
	}
	add("CN", n.CommonName)
	add("OU", n.OrganizationalUnit...)
	add("O", n.Organization...)
	add("L", n.Locality...)
	add("C", n.Country...)
	return strings.Join(parts, ", ")
}
