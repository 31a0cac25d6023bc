package nmap

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

// greet opens a port on loopback that says a line to whoever connects.
func greet(t *testing.T, line string) netip.AddrPort {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte(line))
			_ = conn.Close()
		}
	}()
	return netip.MustParseAddrPort(listener.Addr().String())
}

func TestRunFindsAServiceForReal(t *testing.T) {
	t.Parallel()
	port := greet(t, "SSH-2.0-OpenSSH_8.4p1 Debian-5+deb11u1\r\n")
	for _, unprivileged := range []bool{false, true} {
		var hosts []Host
		report, err := Run(t.Context(), Options{Preset: Quick, Ports: portText(port), NoNames: true, Unprivileged: unprivileged},
			[]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
			func(h Host) error { hosts = append(hosts, h); return nil })
		if err != nil {
			t.Fatal(err)
		}
		if len(hosts) != 1 || report.Hosts != 1 || len(hosts[0].Services) != 1 {
			t.Fatalf("unprivileged %v: hosts %+v, report %+v", unprivileged, hosts, report)
		}
		if s := hosts[0].Services[0]; s.Name != "ssh" || s.Product != "OpenSSH" || !strings.HasPrefix(s.Version, "8.4p1 Debian") {
			t.Errorf("service = %+v", s)
		}
	}
}

func portText(a netip.AddrPort) string {
	_, port, _ := strings.Cut(a.String(), ":")
	return port
}

func TestRunStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	started := time.Now()
	_, err := Run(ctx, Options{Preset: Deep, NoNames: true, Rate: 50, Progress: func(Progress) { cancel() }},
		[]netip.Prefix{netip.MustParsePrefix("127.5.0.0/20")}, func(Host) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("err = %v, want cancelled", err)
	}
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("took %v from start to end", took)
	}
}

func TestRunGivesTheCallersErrorBack(t *testing.T) {
	t.Parallel()
	port := greet(t, "hello\r\n")
	stop := errors.New("enough")
	_, err := Run(t.Context(), Options{Preset: Quick, Ports: portText(port), NoNames: true},
		[]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, func(Host) error { return stop })
	if !errors.Is(err, stop) {
		t.Fatalf("err = %v", err)
	}
}

func TestPortsAreChecked(t *testing.T) {
	t.Parallel()
	for ports, fine := range map[string]bool{
		"22": true, "22,80,8000-8100": true, "65535": true,
		"65536": false, "0": false, "90-80": false, "22;rm": false, "-p": false, "http*": false, "22,": false,
	} {
		_, err := Options{Ports: ports}.options()
		if (err == nil) != fine || err != nil && inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("ports %q: %v", ports, err)
		}
	}
	if _, err := (Options{Preset: "brutal"}).options(); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("preset: %v", err)
	}
}

func TestSplitKeepsEveryAddressOnce(t *testing.T) {
	t.Parallel()
	targets := []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/18"), netip.MustParsePrefix("10.9.0.1/32"), netip.MustParsePrefix("10.8.0.0/24"),
	}
	total := 0
	for _, chunk := range split(targets) {
		size := 0
		for _, p := range chunk {
			size += 1 << (32 - p.Bits())
		}
		if size > 1<<chunkBits {
			t.Errorf("chunk of %d addresses", size)
		}
		total += size
	}
	if want := 1<<14 + 1 + 256; total != want {
		t.Errorf("%d addresses, want %d", total, want)
	}
}

// Not parallel: it changes the PATH.
func TestCheck(t *testing.T) {
	if v, err := Check(t.Context()); err != nil || v.Before(Oldest) {
		t.Fatalf("the installed nmap: %v, %v", v, err)
	}
	for _, c := range []struct{ name, script, want string }{
		{"missing", "", "not installed"},
		{"old", "#!/bin/sh\necho Nmap version 7.60 '( https://nmap.org )'\n", "7.60"},
		{"mute", "#!/bin/sh\nexit 3\n", "does not tell its version"},
		{"other", "#!/bin/sh\necho something else\n", "does not tell its version"},
	} {
		folder := t.TempDir()
		if c.script != "" {
			if err := os.WriteFile(filepath.Join(folder, "nmap"), []byte(c.script), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		t.Setenv("PATH", folder)
		_, err := Check(t.Context())
		if inventory.CodeOf(err) != inventory.Unavailable || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "--no-nmap") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
