package snmp

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parc/inventory"
)

const snmpdConfig = `agentaddress udp:127.0.0.1:%d
rocommunity public 127.0.0.1
sysLocation a test
sysName snmpd.example.com
createUser plain
createUser signer SHA "auth-key-1234"
createUser sealer SHA "auth-key-1234" AES "priv-key-1234"
createUser sealer256 SHA-256 "auth-key-1234" AES "priv-key-1234"
createUser old MD5 "auth-key-1234" DES "priv-key-1234"
rouser plain noauth
rouser signer auth
rouser sealer priv
rouser sealer256 priv
rouser old auth
`

var sys = []string{sysDescr, "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"}

// startSnmpd starts the real agent of the system on a free port.
func startSnmpd(t *testing.T) uint16 {
	t.Helper()
	binary, err := exec.LookPath("snmpd")
	if err != nil {
		binary = "/usr/sbin/snmpd"
	}
	if _, err := os.Stat(binary); err != nil {
		t.Fatalf("snmpd is missing: on Debian, apt-get install snmpd (%v)", err)
	}
	probe, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	port := probe.LocalAddr().(*net.UDPAddr).Port
	_ = probe.Close()
	dir := t.TempDir()
	config := filepath.Join(dir, "snmpd.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, snmpdConfig, port), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, binary, "-f", "-Lo", "-C", "-c", config, "-p", filepath.Join(dir, "pid"))
	cmd.Env = append(os.Environ(), "SNMP_PERSISTENT_DIR="+dir, "SNMPCONFPATH="+dir)
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatalf("start snmpd: %v", err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("snmpd said: %s", log.String())
		}
	})
	// It is ready when it answers: each question waits for that a little longer.
	s, err := DialTarget(t.Context(), Target{
		Addr: netip.MustParseAddr("127.0.0.1"), Port: uint16(port), Credential: community("2c", "public"), Timeout: 200 * time.Millisecond, Retries: 100,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for deadline := time.Now().Add(20 * time.Second); ; {
		if got, err := s.Get(t.Context(), sys); err == nil && len(got) == len(sys) {
			return uint16(port)
		}
		s.silences = 0
		if time.Now().After(deadline) {
			t.Fatalf("snmpd does not answer: %s", log.String())
		}
	}
}

func user(name, auth, authKey, privacy, privKey string) inventory.Credential {
	return inventory.Credential{
		Name: name, Version: "3", User: name, Auth: auth, AuthKey: inventory.NewSecret(authKey),
		Privacy: privacy, PrivKey: inventory.NewSecret(privKey), Ranges: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
}

func TestSnmpd(t *testing.T) {
	t.Parallel()
	port := startSnmpd(t)
	addr := netip.MustParseAddr("127.0.0.1")
	for _, c := range []struct {
		name string
		cred inventory.Credential
		want string // in the error; "" when it must work
	}{
		{"v1", community("1", "public"), ""},
		{"v2c", community("2c", "public"), ""},
		{"v3 without keys", user("plain", "", "", "", ""), ""},
		{"v3 signed", user("signer", "SHA", "auth-key-1234", "", ""), ""},
		{"v3 sealed", user("sealer", "SHA", "auth-key-1234", "AES", "priv-key-1234"), ""},
		{"v3 SHA-256", user("sealer256", "SHA256", "auth-key-1234", "AES", "priv-key-1234"), ""},
		{"v3 MD5 and DES", user("old", "MD5", "auth-key-1234", "DES", "priv-key-1234"), ""},
		{"unknown user", user("nobody", "SHA", "auth-key-1234", "AES", "priv-key-1234"), "does not know the SNMPv3 user"},
		{"wrong key", user("signer", "SHA", "another-key", "", ""), "refuses the authentication key"},
		{"wrong protocol", user("signer", "MD5", "auth-key-1234", "", ""), "refuses the authentication key"},
		{"wrong community", community("2c", "nothing"), "stopped answering"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, err := DialTarget(t.Context(), Target{Addr: addr, Port: port, Credential: c.cred, Timeout: 500 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			got, err := s.Get(t.Context(), append(slices.Clone(sys), "1.3.6.1.2.1.1.99.0"))
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "auth-key") {
					t.Fatalf("got %v, want %q", err, c.want)
				}
				return
			}
			if err != nil || len(got) != 3 || got[1].Text != "snmpd.example.com" {
				t.Fatalf("get: %v, %v", got, err)
			}
			rows, err := s.Walk(t.Context(), []Column{{"1.3.6.1.2.1.1.9.1.3", 100}, {"1.3.6.1.2.1.2.2.1.2", 100}, {"1.3.6.1.2.1.99", 5}})
			if err != nil || len(rows[0]) < 2 || len(rows[1]) < 1 || len(rows[2]) != 0 {
				t.Errorf("walk: %d, %d, %d rows, %v", len(rows[0]), len(rows[1]), len(rows[2]), err)
			}
		})
	}
}

func TestSweepTriesUsersBeforeCommunities(t *testing.T) {
	t.Parallel()
	port := startSnmpd(t)
	wrong := user("nobody", "SHA", "auth-key-1234", "", "")
	sweep := func(creds ...inventory.Credential) ([]Hit, []error) {
		var mu sync.Mutex
		var hits []Hit
		var faults []error
		err := Sweep(t.Context(), SweepOptions{
			Port: port, Credentials: creds, OIDs: sys, Timeout: 500 * time.Millisecond,
			Fault: func(_ netip.Addr, err error) { faults = append(faults, err) },
		}, slices.Values([]netip.Addr{netip.MustParseAddr("127.0.0.1")}), func(h Hit) {
			mu.Lock()
			defer mu.Unlock()
			hits = append(hits, h)
		})
		if err != nil {
			t.Fatal(err)
		}
		return hits, faults
	}
	hits, faults := sweep(community("2c", "public"), wrong, user("sealer", "SHA", "auth-key-1234", "AES", "priv-key-1234"))
	if len(hits) != 1 || hits[0].Credential.User != "sealer" || hits[0].EngineID == "" || len(hits[0].Varbinds) != 3 || len(faults) != 1 {
		t.Errorf("with a user that fits: %v, %v", hits, faults)
	}
	hits, faults = sweep(community("2c", "public"), wrong)
	if len(hits) != 1 || hits[0].Credential.Version != "2c" || len(faults) != 1 || inventory.CodeOf(faults[0]) != inventory.Unauthorised {
		t.Errorf("with no user that fits: %v, %v", hits, faults)
	}
}
