package scanner

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parc/inventory"
)

// relay passes datagrams on to an agent and its answers back, until it has
// passed so many; answers leave from another address when one is given.
func relay(t *testing.T, address string, agent netip.AddrPort, most int64, from string) uint16 {
	t.Helper()
	front, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp4", address+":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = front.Close() })
	back := front
	if from != "" {
		if back, err = new(net.ListenConfig).ListenPacket(t.Context(), "udp4", from+":0"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = back.Close() })
	}
	var passed atomic.Int64
	go func() {
		buffer := make([]byte, 4096)
		for {
			n, client, err := front.ReadFrom(buffer)
			if err != nil {
				return
			}
			if passed.Add(1) > most {
				continue
			}
			question := append([]byte(nil), buffer[:n]...)
			go func() {
				conn, err := new(net.Dialer).DialContext(t.Context(), "udp4", agent.String())
				if err != nil {
					return
				}
				defer conn.Close()
				answer := make([]byte, 8192)
				_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
				if _, err := conn.Write(question); err != nil {
					return
				}
				if n, err := conn.Read(answer); err == nil {
					_, _ = back.WriteTo(answer[:n], client)
				}
			}()
		}
	}()
	return netip.MustParseAddrPort(front.LocalAddr().String()).Port()
}

func agentAt(t *testing.T, address string) netip.AddrPort {
	t.Helper()
	return netip.AddrPortFrom(netip.MustParseAddr(address), snmpd(t, address))
}

// An agent that answers the first question and then dies is told of as far as
// it is known.
func TestRunKeepsWhatADyingAgentSaid(t *testing.T) {
	t.Parallel()
	c := config(t, "127.47.0.2")
	c.SNMPPort, c.NoNmap, c.Depth = relay(t, "127.47.0.2", agentAt(t, "127.47.0.1"), 1, ""), true, inventory.DepthFull
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil {
		t.Fatal(err)
	}
	if len(got.observations) != 1 || got.observations[0].Get(inventory.FieldHostname) != "srv-test" {
		t.Errorf("observations %+v", got.observations)
	}
}

// A device with several addresses may answer from another one than was asked.
func TestRunHearsAnAnswerFromElsewhere(t *testing.T) {
	t.Parallel()
	c := config(t, "127.47.1.2")
	c.SNMPPort, c.NoNmap = relay(t, "127.47.1.2", agentAt(t, "127.47.1.1"), 1000, "127.47.1.9"), true
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil {
		t.Fatal(err)
	}
	if len(got.observations) != 1 || got.observations[0].Address != "127.47.1.2" || got.observations[0].Get(inventory.FieldHostname) != "srv-test" {
		t.Errorf("observations %+v", got.observations)
	}
}

// fakeNmap puts a script in nmap's place: it notes what it is asked, and
// answers with the XML of that name.
func fakeNmap(t *testing.T, script string) (notes string) {
	t.Helper()
	folder := t.TempDir()
	notes = filepath.Join(folder, "notes")
	text := "#!/bin/sh\ncase $1 in --version) echo 'Nmap version 7.93 ( https://nmap.org )'; exit;; esac\n" +
		"echo \"$*\" >>" + notes + "; /bin/cat >>" + notes + "\n" + script + "\n"
	if err := os.WriteFile(filepath.Join(folder, "nmap"), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	return notes
}

// What answers SNMP and no ping is looked at once more, without a ping.
//
// Not parallel: it changes the PATH.
func TestRunLooksAgainAtWhatAnswersSNMPOnly(t *testing.T) {
	agent := agentAt(t, "127.47.2.2")
	notes := fakeNmap(t, "echo '<nmaprun></nmaprun>'")
	c := config(t, "127.47.2.0/29")
	c.SNMPPort, c.Preset = agent.Port(), "quick"
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(notes)
	calls := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(calls) != 4 || calls[1] != "127.47.2.0/29" || strings.Contains(calls[0], "-Pn") || !strings.Contains(calls[2], "-Pn") || calls[3] != "127.47.2.2" {
		t.Errorf("nmap was asked %q", calls)
	}
	if len(got.observations) != 1 {
		t.Errorf("observations %+v", got.observations)
	}
}

// nmap that gives up half way takes nothing with it.
//
// Not parallel: it changes the PATH.
func TestRunGoesOnWhenNmapGivesUp(t *testing.T) {
	port := listen(t, "127.47.3.1", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")
	fakeNmap(t, "echo 'Segmentation fault' >&2; exit 139")
	c := config(t, "127.47.3.0/30")
	c.Credentials, c.Ports = nil, fmt.Sprint(port)
	var got record
	summary, err := Run(t.Context(), c, got.emit, nil)
	if err != nil || len(got.observations) != 1 || got.observations[0].Get(inventory.FieldOSVersion) != "12" {
		t.Errorf("observations %+v, err %v", got.observations, err)
	}
	if !strings.Contains(strings.Join(summary.Warnings, "\n"), "nmap gave up: Segmentation fault") {
		t.Errorf("warnings %q", summary.Warnings)
	}
}
