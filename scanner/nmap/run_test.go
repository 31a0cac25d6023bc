package nmap

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

// greet opens a port on a loopback address that says a line to whoever connects.
func greet(t *testing.T, address, line string) netip.AddrPort {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", address+":0")
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

func only(addrs ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, a := range addrs {
		out = append(out, netip.MustParsePrefix(a))
	}
	return out
}

func TestRunFindsAServiceForReal(t *testing.T) {
	t.Parallel()
	port := greet(t, "127.31.0.1", "SSH-2.0-OpenSSH_8.4p1 Debian-5+deb11u1\r\n")
	for _, connect := range []bool{false, true} {
		var hosts []Host
		summary, err := Run(t.Context(), Options{Ports: Ports(fmt.Sprint(port.Port())), Connect: connect}, only("127.31.0.1/32", "127.31.0.2/32"),
			func(h Host) error { hosts = append(hosts, h); return nil })
		if err != nil {
			t.Fatal(err)
		}
		if len(hosts) != 2 || summary.Hosts != 2 || !hosts[0].Solid() || hosts[1].Solid() {
			t.Fatalf("connect %v: hosts %+v, summary %+v", connect, hosts, summary)
		}
		if s := hosts[0].Services[0]; s.Name != "ssh" || s.Product != "OpenSSH" || s.Version != "8.4p1 Debian 5+deb11u1" || s.System != "Linux" || s.Guessed {
			t.Errorf("service = %+v", s)
		}
		if connect && summary.Raw {
			t.Error("raw sockets were used where connections were asked for")
		}
	}
}

// A device may say anything in its banner: nmap passes most of it on.
func TestRunSurvivesHostileBanners(t *testing.T) {
	t.Parallel()
	port := greet(t, "127.31.0.3", "220 \x00\x01\x1b[31m<host>&#x0;]]>\xc3\xa9\xff\"'\u202e ESMTP Postfix (Debian/GNU)\r\n")
	var hosts []Host
	summary, err := Run(t.Context(), Options{Preset: Deep, Ports: Ports(fmt.Sprint(port.Port())), Connect: true}, only("127.31.0.3/32"),
		func(h Host) error { hosts = append(hosts, h); return nil })
	if err != nil || len(hosts) != 1 || len(hosts[0].Services) != 1 || len(summary.Warnings) != 0 {
		t.Fatalf("hosts %+v, summary %+v, err %v", hosts, summary, err)
	}
	if s := hosts[0].Services[0]; s.Banner != inventory.Clean(s.Banner) || !strings.Contains(s.Banner, "<host>") {
		t.Errorf("service = %+v", s)
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var at time.Time
	_, err := Run(ctx, Options{Preset: Deep, Rate: 500, Progress: func(Progress) {
		if at.IsZero() {
			at = time.Now()
			cancel()
		}
	}}, only("127.64.0.0/16"), func(Host) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("err = %v, want cancelled", err)
	}
	if took := time.Since(at); took > 2*time.Second {
		t.Errorf("took %v from cancel to return", took)
	}
}

// fake makes a script the only nmap in the PATH, or none.
func fake(t *testing.T, script string) {
	t.Helper()
	folder := t.TempDir()
	if script != "" {
		if err := os.WriteFile(filepath.Join(folder, "nmap"), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder)
}

// Not parallel: it changes the PATH.
func TestRunKillsAllThatNmapStarted(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	fake(t, `/bin/sleep 600 & echo "$$ $!" >`+pids+`; echo '<nmaprun><hosthint></hosthint>'; /bin/sleep 600`)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := Run(ctx, Options{}, only("127.0.0.1/32"), func(Host) error { return nil })
		done <- err
	}()
	var started [2]int
	for started[1] == 0 {
		text, _ := os.ReadFile(pids)
		_, _ = fmt.Sscan(string(text), &started[0], &started[1])
	}
	at := time.Now()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) || time.Since(at) > 2*time.Second {
		t.Fatalf("err %v after %v", err, time.Since(at))
	}
	for _, pid := range started {
		if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil && !bytes.Contains(status, []byte(") Z ")) {
			t.Errorf("process %d is still there: %s", pid, status)
		}
	}
}

// Not parallel: it changes the PATH.
func TestCheck(t *testing.T) {
	if v, err := Check(t.Context()); err != nil || !strings.HasPrefix(v, "7.") {
		t.Fatalf("the installed nmap: %v, %v", v, err)
	}
	for _, c := range []struct{ name, script, want string }{
		{"missing", "", "nmap is not installed: install it with apt install nmap, or use --no-nmap"},
		{"old", "echo 'Nmap version 7.60 ( https://nmap.org )'", "nmap 7.60"},
		{"ancient", "echo 'Nmap version 6.99BETA1 ( https://nmap.org )'", "nmap 6.99BETA1"},
		{"failing", "exit 3", "does not run"},
		{"other", "echo something else", "does not say which nmap it is"},
	} {
		fake(t, c.script)
		_, err := Check(t.Context())
		if inventory.CodeOf(err) != inventory.Unavailable || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "--no-nmap") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	fake(t, "echo 'Nmap version 7.94SVN ( https://nmap.org )'")
	if v, err := Check(t.Context()); v != "7.94SVN" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
}

const oneHost = `<nmaprun><host><status state="up" reason="conn-refused"/><address addr="127.0.0.1" addrtype="ipv4"/></host>` +
	`<runstats><finished exit="success"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>`

// Not parallel: it changes the PATH.
func TestRunGoesOnWithoutRawSockets(t *testing.T) {
	fake(t, `case "$*" in *--unprivileged*-sT*|*-sT*--unprivileged*) echo '`+oneHost+`';; *) echo "Couldn't open a raw socket. Error: Operation not permitted (1)" >&2; exit 1;; esac`)
	o, err := Options{Preset: Deep}.checked()
	if err != nil {
		t.Fatal(err)
	}
	program, err := find()
	if err != nil {
		t.Fatal(err)
	}
	r := &run{Options: o, program: program, raw: true, total: 1, tell: func(Host) error { return nil }}
	if err := r.all(t.Context(), only("127.0.0.1/32")); err != nil || r.raw || r.hosts != 1 || !slices.Contains(r.warnings, inventory.WarnNoRaw.Say()) {
		t.Errorf("run %+v, err %v", r, err)
	}
}

// Not parallel: it changes the PATH.
func TestRunSaysWhatWentWrong(t *testing.T) {
	stop := errors.New("enough")
	for _, c := range []struct {
		name, script string
		host         error
		want         string
	}{
		{"quits", "echo 'Failed to open the thing.' >&2; echo 'QUITTING!' >&2; exit 1", nil, "nmap gave up: Failed to open the thing."},
		{"says so", `echo '<nmaprun><runstats><finished exit="error" errormsg="no room"/></runstats></nmaprun>'; exit 1`, nil, "nmap gave up: no room"},
		{"breaks off", "echo '<nmaprun><host>'; exit 0", nil, "broke off"},
		{"is killed", "kill -9 $$", nil, "broke off"},
		{"no XML", "echo hello", nil, "broke off"},
		{"other XML", "echo '<html/>'", nil, "starts with <html>"},
		{"taker stops", "echo '" + oneHost + "'; /bin/sleep 600", stop, "enough"},
	} {
		fake(t, c.script)
		_, err := Run(t.Context(), Options{Connect: true}, only("127.0.0.1/32"), func(Host) error { return c.host })
		if err == nil || !strings.Contains(err.Error(), c.want) || c.host != nil && !errors.Is(err, c.host) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Not parallel: it changes the PATH.
func TestRunGivesTargetsAndProgressInChunks(t *testing.T) {
	record := filepath.Join(t.TempDir(), "record")
	fake(t, `/bin/cat >>`+record+`; echo "$*" >>`+record+`; echo '<nmaprun><taskprogress task="Connect Scan" percent="50"/><taskprogress task="Connect Scan" percent="50"/></nmaprun>'`)
	var seen []Progress
	_, err := Run(t.Context(), Options{
		Connect: true, Chunk: 256, Ports: "22,80",
		Progress: func(p Progress) { seen = append(seen, p) },
	}, only("127.8.0.0/23", "127.9.0.1/32", "::1/128"), func(Host) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	forward := slices.IsSortedFunc(seen, func(a, b Progress) int { return cmp.Compare(a.Percent, b.Percent) })
	if !forward || len(seen) != len(slices.Compact(slices.Clone(seen))) || seen[len(seen)-1].Percent != 100 {
		t.Errorf("progress %v", seen)
	}
	text, _ := os.ReadFile(record)
	got := string(text)
	if !strings.Contains(got, "\n127.8.1.0/24\n") || !strings.HasPrefix(got, "127.8.0.0/24\n-T4 --stats-every") ||
		!strings.Contains(got, "\n127.9.0.1\n") || !strings.Contains(got, "\n::1\n") || strings.Count(got, " -6 ") != 1 || strings.Count(got, "-p 22,80 ") != 4 {
		t.Errorf("record:\n%s", got)
	}
}

// BenchmarkAgainstBare tells how much longer nmap takes through parc.
func BenchmarkAgainstBare(b *testing.B) {
	targets := only("127.32.0.0/23")
	o := Options{Preset: Quick, Connect: true}
	args, err := o.arguments(targets, false)
	if err != nil {
		b.Fatal(err)
	}
	var bare, through time.Duration
	for b.Loop() {
		at := time.Now()
		cmd := exec.CommandContext(b.Context(), "nmap", args...)
		cmd.Stdin = strings.NewReader(list(targets))
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		bare += time.Since(at)
		at = time.Now()
		if _, err := Run(b.Context(), o, targets, func(Host) error { return nil }); err != nil {
			b.Fatal(err)
		}
		through += time.Since(at)
	}
	b.ReportMetric(float64(through)/float64(bare), "through/bare")
}
