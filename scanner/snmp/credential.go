package snmp

import (
	"errors"
	"net"
	"net/netip"
	"strings"

	"github.com/gosnmp/gosnmp"

	"parc/inventory"
)

var authProtocols = map[string]gosnmp.SnmpV3AuthProtocol{
	"": gosnmp.NoAuth, "MD5": gosnmp.MD5, "SHA": gosnmp.SHA, "SHA1": gosnmp.SHA, "SHA224": gosnmp.SHA224,
	"SHA256": gosnmp.SHA256, "SHA384": gosnmp.SHA384, "SHA512": gosnmp.SHA512,
}

var privacyProtocols = map[string]gosnmp.SnmpV3PrivProtocol{
	"": gosnmp.NoPriv, "DES": gosnmp.DES, "AES": gosnmp.AES, "AES128": gosnmp.AES, "AES192": gosnmp.AES192,
	"AES256": gosnmp.AES256, "AES192C": gosnmp.AES192C, "AES256C": gosnmp.AES256C,
}

// version gives gosnmp's number of a credential's version; "" stands for 2c.
func version(c inventory.Credential) (gosnmp.SnmpVersion, error) {
	switch c.Version {
	case "1":
		return gosnmp.Version1, nil
	case "", "2", "2c":
		return gosnmp.Version2c, nil
	case "3":
		return gosnmp.Version3, nil
	}
	return 0, inventory.Errorf(inventory.Invalid, "credential %s: SNMP version %q is none of 1, 2c, 3", c.Name, inventory.CleanTo(c.Version, 10))
}

// security puts the user of a v3 credential into a handle.
func security(g *gosnmp.GoSNMP, c inventory.Credential) error {
	auth, known := authProtocols[strings.ToUpper(c.Auth)]
	if !known {
		return inventory.Errorf(inventory.Invalid, "credential %s: authentication %q is none of MD5, SHA, SHA224, SHA256, SHA384, SHA512", c.Name, inventory.CleanTo(c.Auth, 20))
	}
	privacy, known := privacyProtocols[strings.ToUpper(c.Privacy)]
	if !known {
		return inventory.Errorf(inventory.Invalid, "credential %s: privacy %q is none of DES, AES, AES192, AES256, AES192C, AES256C", c.Name, inventory.CleanTo(c.Privacy, 20))
	}
	g.SecurityModel = gosnmp.UserSecurityModel
	g.MsgFlags = gosnmp.NoAuthNoPriv
	switch {
	case privacy != gosnmp.NoPriv && auth == gosnmp.NoAuth:
		return inventory.Errorf(inventory.Invalid, "credential %s: privacy needs authentication too", c.Name)
	case privacy != gosnmp.NoPriv:
		g.MsgFlags = gosnmp.AuthPriv
	case auth != gosnmp.NoAuth:
		g.MsgFlags = gosnmp.AuthNoPriv
	}
	for _, k := range []struct {
		used bool
		name string
		key  inventory.Secret
	}{{auth != gosnmp.NoAuth, "authentication", c.AuthKey}, {privacy != gosnmp.NoPriv, "privacy", c.PrivKey}} {
		if k.used && len(k.key.Reveal()) < 8 {
			return inventory.Errorf(inventory.Invalid, "credential %s: the %s key is shorter than 8 characters", c.Name, k.name)
		}
	}
	g.SecurityParameters = &gosnmp.UsmSecurityParameters{
		UserName: c.User, AuthenticationProtocol: auth, AuthenticationPassphrase: c.AuthKey.Reveal(),
		PrivacyProtocol: privacy, PrivacyPassphrase: c.PrivKey.Reveal(),
	}
	return nil
}

// tap keeps the last packet that came, so that a refusal can be explained: the
// reports by which agents refuse a user are not signed, and gosnmp discards them.
type tap struct {
	*net.UDPConn
	last []byte
}

// ReadFrom reads a packet and remembers it.
func (t *tap) ReadFrom(b []byte) (int, net.Addr, error) {
	n, from, err := t.UDPConn.ReadFrom(b)
	if err == nil {
		t.last = append(t.last[:0], b[:n]...)
	}
	return n, from, err
}

// reports are the objects that a refusal names (RFC 3414, RFC 3412).
var reports = map[string]error{
	"1.3.6.1.6.3.15.1.1.1.0": gosnmp.ErrUnknownSecurityLevel,
	"1.3.6.1.6.3.15.1.1.2.0": gosnmp.ErrNotInTimeWindow,
	"1.3.6.1.6.3.15.1.1.3.0": gosnmp.ErrUnknownUsername,
	"1.3.6.1.6.3.15.1.1.5.0": gosnmp.ErrWrongDigest,
	"1.3.6.1.6.3.15.1.1.6.0": gosnmp.ErrDecryption,
	"1.3.6.1.6.3.11.2.1.1.0": gosnmp.ErrUnknownSecurityModels,
}

// reason gives what the last packet says of why a question was refused, nil
// when it says nothing. Nobody signed it: it explains, it decides nothing.
func (t *tap) reason() error {
	m, err := parse(t.last)
	if err != nil || !m.report || len(m.vars) == 0 {
		return nil
	}
	return reports[m.vars[0].OID]
}

// refusal turns what gosnmp says of a v3 credential into a sentence that tells
// what to do; any other error comes back as it is.
func refusal(err error, addr netip.Addr, c inventory.Credential) error {
	user := inventory.CleanTo(c.User, 64)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gosnmp.ErrUnknownUsername):
		return inventory.Errorf(inventory.Unauthorised, "%s does not know the SNMPv3 user %q: check the user's name on the device", addr, user)
	case errors.Is(err, gosnmp.ErrWrongDigest):
		return inventory.Errorf(inventory.Unauthorised, "%s refuses the authentication key of SNMPv3 user %q: check the key, and that the device uses %s", addr, user, c.Auth)
	case errors.Is(err, gosnmp.ErrDecryption):
		return inventory.Errorf(inventory.Unauthorised, "%s cannot decrypt what SNMPv3 user %q sends: check the privacy key, and that the device uses %s", addr, user, c.Privacy)
	case errors.Is(err, gosnmp.ErrUnknownSecurityLevel):
		return inventory.Errorf(inventory.Unauthorised, "%s does not allow SNMPv3 user %q this security level: add or remove authentication or privacy", addr, user)
	case errors.Is(err, gosnmp.ErrNotInTimeWindow):
		return inventory.Errorf(inventory.Unavailable, "%s answers SNMPv3 outside its own time window: its clock or boot counter is wrong", addr)
	case errors.Is(err, gosnmp.ErrUnknownSecurityModels):
		return inventory.Errorf(inventory.Unauthorised, "%s does not speak SNMPv3 with users: use another version", addr)
	}
	return err
}
