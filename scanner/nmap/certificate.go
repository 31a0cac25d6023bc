package nmap

import (
	"strings"
	"time"

	"parc/inventory"
)

const maxCertificateNames = 32

// certificate reads what the script ssl-cert tells.
func certificate(s Script) *inventory.Certificate {
	c := &inventory.Certificate{
		Subject: distinguished(s, "subject"),
		Issuer:  distinguished(s, "issuer"),
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05-07:00", time.RFC3339} {
		if t, err := time.Parse(layout, s.Get("validity/notAfter")); err == nil {
			c.NotAfter = t.UTC()
			break
		}
	}
	c.SelfSigned = c.Subject != "" && c.Subject == c.Issuer
	for i, v := range s.Values {
		if v.Path != "extensions/value" || i == 0 || !strings.Contains(s.Values[i-1].Text, "Subject Alternative Name") {
			continue
		}
		for name := range strings.SplitSeq(v.Text, ",") {
			kind, value, ok := strings.Cut(strings.TrimSpace(name), ":")
			if ok && (kind == "DNS" || kind == "IP Address") && len(c.Names) < maxCertificateNames {
				c.Names = append(c.Names, value)
			}
		}
	}
	if c.Subject == "" && c.Issuer == "" && c.NotAfter.IsZero() {
		return nil
	}
	return c
}

// attributes are the parts of a distinguished name worth showing, in the order
// in which they are written.
var attributes = []struct{ long, short string }{
	{"commonName", "CN"}, {"organizationalUnitName", "OU"}, {"organizationName", "O"},
	{"localityName", "L"}, {"countryName", "C"}, {"emailAddress", "emailAddress"},
}

// distinguished writes a name of the certificate: "CN=nas, O=Synology Inc.".
func distinguished(s Script, whose string) string {
	var parts []string
	for _, a := range attributes {
		if v := s.Get(whose + "/" + a.long); v != "" {
			parts = append(parts, a.short+"="+v)
		}
	}
	return strings.Join(parts, ", ")
}
