package main

import (
	"errors"
	"net/netip"
	"strconv"

	"parc/inventory"
	"parc/scanner"
)

// ScanFlags say how to scan; scan, audit and demo share them.
type ScanFlags struct {
	Community []string `help:"SNMP v1 and v2c communities to try." placeholder:"C" default:"public" sep:","`
	Port      port     `help:"UDP port of SNMP." default:"161"`
	NoNmap    bool     `name:"no-nmap" help:"Use only the built-in SNMP sweep."`
	Preset    string   `help:"What nmap looks at: ${enum}." enum:"quick,standard,deep" default:"standard"`
	Ports     string   `help:"Ports for nmap instead of the preset's (22,80,443 or 1-1024)." placeholder:"LIST"`
	Rate      int      `help:"Packets a second at the most (0: what a small office's network carries)." placeholder:"N"`

	SNMPUser       string           `help:"SNMPv3 user." placeholder:"USER"`
	SNMPAuth       string           `help:"SNMPv3 authentication: ${enum}." enum:",MD5,SHA,SHA224,SHA256,SHA384,SHA512" default:""`
	SNMPAuthKey    inventory.Secret `help:"SNMPv3 authentication key; better given as PARC_SNMP_AUTH_KEY." placeholder:"KEY" env:"PARC_SNMP_AUTH_KEY"`
	SNMPPrivacy    string           `help:"SNMPv3 privacy: ${enum}." enum:",DES,AES,AES192,AES256,AES192C,AES256C" default:""`
	SNMPPrivacyKey inventory.Secret `help:"SNMPv3 privacy key; better given as PARC_SNMP_PRIVACY_KEY." placeholder:"KEY" env:"PARC_SNMP_PRIVACY_KEY"`
}

// port is a number of a UDP port.
type port uint16

// UnmarshalText reads what stands on the command line.
func (p *port) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 10, 16)
	if err != nil || n == 0 {
		return inventory.Errorf(inventory.Invalid, "%q is no port: write a number from 1 to 65535", text)
	}
	*p = port(n)
	return nil
}

// credentials gives what the flags name, to be sent inside the ranges only:
// SNMPv3 first.
func (f ScanFlags) credentials(ranges []netip.Prefix) ([]inventory.Credential, error) {
	var all []inventory.Credential
	if f.SNMPUser != "" {
		c := inventory.Credential{
			Name: "command line", Version: "3", User: f.SNMPUser, Auth: f.SNMPAuth, AuthKey: f.SNMPAuthKey,
			Privacy: f.SNMPPrivacy, PrivKey: f.SNMPPrivacyKey, Ranges: ranges,
		}
		if err := errors.Join(
			keyGoesWith("--snmp-auth", c.Auth, c.AuthKey),
			keyGoesWith("--snmp-privacy", c.Privacy, c.PrivKey),
		); err != nil {
			return nil, err
		}
		if c.Privacy != "" && c.Auth == "" {
			return nil, inventory.Errorf(inventory.Invalid, "--snmp-privacy needs --snmp-auth: SNMPv3 has no privacy without authentication")
		}
		all = append(all, c)
	}
	for _, community := range f.Community {
		if community == "" {
			continue
		}
		all = append(all, inventory.Credential{
			Name: "command line", Version: "2c", Secret: inventory.NewSecret(community), Ranges: ranges,
		})
	}
	return all, nil
}

func keyGoesWith(flag, protocol string, key inventory.Secret) error {
	if (protocol == "") != key.IsZero() {
		return inventory.Errorf(inventory.Invalid, "%s and %s-key go together: give both or neither", flag, flag)
	}
	return nil
}

// config gives the scanner's configuration for the targets; allowed is the
// scope guard.
func (f ScanFlags) config(app *App, targets scanner.Targets, allowed []netip.Prefix, depth inventory.Depth) (scanner.Config, error) {
	profiles, err := app.loadProfiles()
	if err != nil {
		return scanner.Config{}, err
	}
	credentials, err := f.credentials(allowed)
	if err != nil {
		return scanner.Config{}, err
	}
	return scanner.Config{
		Targets: targets, Allowed: allowed, Depth: depth, Credentials: credentials, SNMPPort: uint16(f.Port),
		NoNmap: f.NoNmap, Preset: f.Preset, Ports: f.Ports, Rate: f.Rate,
		Profiles: profiles, Now: app.now, Log: app.log,
	}, nil
}
