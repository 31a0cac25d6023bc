package scanner

import (
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
	"sync"
	"testing"
	"time"

	"parc/inventory"
	"parc/scanner/snmp"
)

// day is when tests scan.
var day = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func config(t *testing.T, targets ...string) Config {
	t.Helper()
	parsed := parse(t, targets...)
	return Config{
		Targets: parsed, Allowed: parsed.Prefixes(), Now: func() time.Time { return day },
		Credentials: []inventory.Credential{community("public", parsed.Prefixes()...)},
	}
}

func community(name string, ranges ...netip.Prefix) inventory.Credential {
	return inventory.Credential{Name: "test", Version: "2c", Secret: inventory.NewSecret(name), Ranges: ranges}
}

// record keeps what a scan says.
type record struct {
	mu           sync.Mutex
	observations []inventory.Observation
	progress     []inventory.Progress
}

func (r *record) emit(o inventory.Observation) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.observations = append(r.observations, o)
	return nil
}

func (r *record) show(p inventory.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress = append(r.progress, p)
}

func (r *record) from(source inventory.Source, address string) *inventory.Observation {
	for i := range r.observations {
		if o := &r.observations[i]; o.Source == source && o.Address == address {
			return o
		}
	}
	return nil
}

// listen opens a port that says a line to whoever connects.
func listen(t *testing.T, address, line string) uint16 {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", address+":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte(line))
			_ = conn.Close()
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String()).Port()
}

// freePort gives a UDP port that nobody has on the address.
func freePort(t *testing.T, address string) uint16 {
	t.Helper()
	c, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp4", address+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return netip.MustParseAddrPort(c.LocalAddr().String()).Port()
}

// snmpd starts the real one on a port of a loopback address.
func snmpd(t *testing.T, address string) uint16 {
	t.Helper()
	program, err := exec.LookPath("snmpd")
	if err != nil {
		program = "/usr/sbin/snmpd"
	}
	folder, port := t.TempDir(), freePort(t, address)
	conf := filepath.Join(folder, "snmpd.conf")
	text := "rocommunity public\nsysName srv-test\nsysDescr Linux srv-test 5.10.0-8-amd64 #1 SMP Debian 5.10.46-4 x86_64\n" +
		"syslocation Rack 1\ncreateUser parc SHA authauthauth AES privprivpriv\nrouser parc priv\n"
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-f", "-Lf", filepath.Join(folder, "log"), "-C", "-c", conf, "-p", filepath.Join(folder, "pid"), fmt.Sprintf("udp:%s:%d", address, port))
	cmd.Env = append(os.Environ(), "SNMP_PERSISTENT_DIR="+folder, "MIBS=", "SNMPCONFPATH="+folder)
	if err := cmd.Start(); err != nil {
		t.Fatalf("snmpd: %v (install it with apt install snmpd)", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	waitUDP(t, address, port)
	return port
}

// waitUDP waits until the agent answers.
func waitUDP(t *testing.T, address string, port uint16) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !answers(ctx, t, netip.MustParseAddr(address), port) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("snmpd does not answer")
		}
	}
}

func answers(ctx context.Context, t *testing.T, addr netip.Addr, port uint16) bool {
	t.Helper()
	session, err := snmp.DialTarget(ctx, snmp.Target{
		Addr: addr, Port: port, Credential: community("public", netip.PrefixFrom(addr, 32)), Timeout: 200 * time.Millisecond, Retries: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	got, err := session.Get(ctx, []string{"1.3.6.1.2.1.1.5.0"})
	return err == nil && len(got) == 1
}

func TestRunAsksTheRealSNMPD(t *testing.T) {
	t.Parallel()
	c := config(t, "127.41.0.1-3")
	c.SNMPPort, c.NoNmap = snmpd(t, "127.41.0.2"), true
	var got record
	summary, err := Run(t.Context(), c, got.emit, got.show)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.observations) != 1 || summary.Found != 1 || summary.Observations != 1 || summary.Targets != 3 {
		t.Fatalf("summary %+v, observations %+v", summary, got.observations)
	}
	o := got.observations[0]
	if o.Source != inventory.FromSNMP || o.Address != "127.41.0.2" || o.ScanID != summary.ScanID || !o.At.Equal(day) || o.Get(inventory.FieldHostname) != "srv-test" {
		t.Errorf("observation %+v", o)
	}
	if len(o.Details.Weaknesses) != 2 {
		t.Errorf("weaknesses %+v", o.Details.Weaknesses)
	}
	last := got.progress[len(got.progress)-1]
	if last.Percent != 100 || last.Found != 1 || last.Done != 3 || last.Targets != 3 || !slices.IsSortedFunc(got.progress, func(a, b inventory.Progress) int { return a.Percent - b.Percent }) {
		t.Errorf("progress %+v", got.progress)
	}
}

func TestRunAsksBySNMPv3(t *testing.T) {
	t.Parallel()
	c := config(t, "127.41.1.2")
	c.SNMPPort, c.NoNmap = snmpd(t, "127.41.1.2"), true
	c.Credentials = []inventory.Credential{community("public", c.Allowed...), {
		Name: "v3", Version: "3", User: "parc", Auth: "SHA", AuthKey: inventory.NewSecret("authauthauth"),
		Privacy: "AES", PrivKey: inventory.NewSecret("privprivpriv"), Ranges: c.Allowed,
	}}
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil {
		t.Fatal(err)
	}
	if len(got.observations) != 1 || got.observations[0].Get(inventory.FieldHostname) != "srv-test" ||
		got.observations[0].Get(inventory.FieldEngineID) == "" || len(got.observations[0].Details.Weaknesses) != 0 {
		t.Fatalf("observations %+v", got.observations)
	}
}

// nmap and SNMP each tell of the same device, and of nothing else: loopback
// addresses all answer, and are no assets for that.
func TestRunJoinsNmapAndSNMP(t *testing.T) {
	t.Parallel()
	ssh := listen(t, "127.41.2.7", "SSH-2.0-OpenSSH_8.4p1 Debian-5+deb11u1\r\n")
	c := config(t, "127.41.2.0/28")
	c.SNMPPort, c.Ports = snmpd(t, "127.41.2.7"), fmt.Sprint(ssh)
	var got record
	summary, err := Run(t.Context(), c, got.emit, got.show)
	if err != nil {
		t.Fatal(err)
	}
	a, b := got.from(inventory.FromNmap, "127.41.2.7"), got.from(inventory.FromSNMP, "127.41.2.7")
	if len(got.observations) != 2 || a == nil || b == nil || a.ScanID != b.ScanID || summary.Found != 1 || summary.Nmap == "" {
		t.Fatalf("summary %+v, observations %+v", summary, got.observations)
	}
	if len(a.Details.Services) != 1 || a.Details.Services[0].Product != "OpenSSH" {
		t.Errorf("services %+v", a.Details.Services)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for _, noNmap := range []bool{false, true} {
		c := config(t, "127.42.0.0/16")
		c.NoNmap, c.Rate, c.Preset = noNmap, 50, "deep"
		ctx, cancel := context.WithCancel(t.Context())
		var at time.Time
		_, err := Run(ctx, c, func(inventory.Observation) error { return nil }, func(p inventory.Progress) {
			if at.IsZero() && (p.Current != "" || noNmap) {
				at = time.Now()
				cancel()
			}
		})
		if took := time.Since(at); !errors.Is(err, context.Canceled) || took > 2*time.Second {
			t.Errorf("without nmap %v: %v after %v", noNmap, err, took)
		}
	}
}

func TestRunRefusesBeforeAPacketLeaves(t *testing.T) {
	t.Parallel()
	silent, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp4", "127.43.0.9:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	c := config(t, "127.43.0.9")
	c.SNMPPort = netip.MustParseAddrPort(silent.LocalAddr().String()).Port()
	for name, change := range map[string]func(*Config){
		"outside":  func(c *Config) { c.Allowed = []netip.Prefix{netip.MustParsePrefix("127.43.1.0/24")} },
		"none":     func(c *Config) { c.Allowed = nil },
		"public":   func(c *Config) { c.Targets = parse(t, "198.51.100.1"); c.Allowed = c.Targets.Prefixes() },
		"blackout": func(c *Config) { c.Blackout = func(time.Time) (time.Time, bool) { return day.Add(time.Hour), true } },
		"excluded": func(c *Config) { c.Exclude = c.Targets },
		"depth":    func(c *Config) { c.Depth = "abyss" },
		"preset":   func(c *Config) { c.Preset = "brutal" },
		"ports":    func(c *Config) { c.Ports = "70000" },
		"rate":     func(c *Config) { c.Rate = -1 },
	} {
		changed := c
		change(&changed)
		_, err := Run(t.Context(), changed, func(inventory.Observation) error { return nil }, nil)
		want := map[string]inventory.Code{"outside": inventory.OutOfRange, "none": inventory.OutOfRange, "public": inventory.OutOfRange, "blackout": inventory.Busy}[name]
		if want == "" {
			want = inventory.Invalid
		}
		if inventory.CodeOf(err) != want || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := silent.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if n, _, err := silent.ReadFrom(make([]byte, 100)); err == nil {
		t.Errorf("%d bytes were sent", n)
	}
}

// A community is only sent inside its own ranges, whatever may be scanned.
func TestRunKeepsCredentialsInTheirRanges(t *testing.T) {
	t.Parallel()
	c := config(t, "127.43.2.0/30")
	c.SNMPPort, c.NoNmap = snmpd(t, "127.43.2.1"), true
	c.Credentials = []inventory.Credential{community("public", netip.MustParsePrefix("127.43.2.2/32"))}
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil || len(got.observations) != 0 {
		t.Errorf("observations %+v, err %v", got.observations, err)
	}
}

func TestRunGivesTheTakersErrorBack(t *testing.T) {
	t.Parallel()
	port := listen(t, "127.43.3.1", "hello\r\n")
	c := config(t, "127.43.3.1")
	c.Ports = fmt.Sprint(port)
	full := errors.New("disk full")
	if _, err := Run(t.Context(), c, func(inventory.Observation) error { return full }, nil); !errors.Is(err, full) {
		t.Errorf("err = %v", err)
	}
}

func TestRunStopsWhenABlackoutBegins(t *testing.T) {
	t.Parallel()
	c := config(t, "127.44.0.0/16")
	c.Preset, c.Rate = "deep", 50
	var mu sync.Mutex
	asked := 0
	c.Blackout = func(time.Time) (time.Time, bool) {
		mu.Lock()
		defer mu.Unlock()
		asked++
		return day.Add(2 * time.Hour), asked > 2
	}
	_, err := Run(t.Context(), c, func(inventory.Observation) error { return nil }, nil)
	if inventory.CodeOf(err) != inventory.Busy || !strings.Contains(err.Error(), "2026-03-02 11:00 UTC") {
		t.Errorf("err = %v", err)
	}
}

// Not parallel: it changes the PATH.
func TestRunDoesWithoutNmap(t *testing.T) {
	port := listen(t, "127.45.0.3", "SSH-2.0-OpenSSH_8.4p1 Debian-5+deb11u1\r\n")
	c := config(t, "127.45.0.0/29")
	c.SNMPPort, c.Ports = snmpd(t, "127.45.0.3"), fmt.Sprint(port)
	t.Setenv("PATH", t.TempDir())
	var got record
	summary, err := Run(t.Context(), c, got.emit, got.show)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.observations) != 2 || summary.Nmap != "" || len(summary.Warnings) != 2 || !strings.Contains(summary.Warnings[0], "apt install nmap") || summary.Warnings[1] != inventory.WarnOurselves.Say() {
		t.Errorf("summary %+v, observations %+v", summary, got.observations)
	}
}

// Not parallel: it changes the PATH.
func TestRunTakesUpWhereItWasCutShort(t *testing.T) {
	folder, list := t.TempDir(), filepath.Join(t.TempDir(), "list")
	script := "#!/bin/sh\ncase $1 in --version) echo 'Nmap version 7.93 ( https://nmap.org )';; *) /bin/cat >>" + list + "; echo '<nmaprun></nmaprun>';; esac\n"
	if err := os.WriteFile(filepath.Join(folder, "nmap"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	c := config(t, "127.46.0.0/18")
	c.Credentials = nil
	c.Scanned = []netip.Prefix{netip.MustParsePrefix("127.46.0.0/20"), netip.MustParsePrefix("127.46.32.0/20")}
	var through []netip.Prefix
	c.Through = func(p []netip.Prefix) { through = append(through, p...) }
	if _, err := Run(t.Context(), c, func(inventory.Observation) error { return nil }, nil); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(list)
	if string(text) != "127.46.16.0/20\n127.46.48.0/20\n" || len(through) != 2 {
		t.Errorf("nmap was given %q, through %v", text, through)
	}
}
