package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parc/inventory/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// ran is what a command printed, and its exit code.
type ran struct {
	code     int
	out, err string
}

func run(ctx context.Context, args ...string) ran {
	var out, errs bytes.Buffer
	code := Run(ctx, args, Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	return ran{code, out.String(), errs.String()}
}

func TestVersionTellsTheCommit(t *testing.T) {
	t.Parallel()
	for _, arg := range []string{"version", "--version"} {
		if got := run(t.Context(), arg); got.code != 0 || !strings.Contains(got.out, "commit "+commit) {
			t.Errorf("%s: %+v", arg, got)
		}
	}
}

// TestBadInput: each mistake gets one clear line that says what and what to do,
// and the exit code of the contract; nothing is stored.
func TestBadInput(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	db := filepath.Join(folder, "parc.db")
	notDatabase := filepath.Join(folder, "notes.txt")
	badLine := filepath.Join(folder, "bad.jsonl")
	for name, text := range map[string]string{notDatabase: strings.Repeat("no database\n", 100), badLine: `{"serial":` + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	audit := func(args ...string) []string {
		return append([]string{"audit", "--client", "X", "--no-nmap", "--out", folder, "--database", db}, args...)
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no command", nil, exitUsage, "scan"},
		{"an unknown command", []string{"frobnicate"}, exitUsage, "frobnicate"},
		{"a target that is no address", audit("not an address!"), exitUsage, "not an address!"},
		{"a CIDR too long", audit("10.0.0.0/99"), exitUsage, "10.0.0.0/99"},
		{"an option as a target", audit("--", "-oG"), exitUsage, "-oG"},
		{"an unreadable file of targets", audit("@" + filepath.Join(folder, "none")), exitUsage, "none"},
		{"a public address", audit("8.8.8.8"), exitUsage, "8.8.8.8"},
		{"an SNMP port out of range", audit("--port", "70000", "127.0.0.1"), exitUsage, "\"70000\" is no port: write a number from 1 to 65535"},
		{"a TCP port out of range", audit("--ports", "70000", "127.0.0.1"), exitUsage, "70000"},
		{"a day that is none", audit("--day", "2026-02-30", "127.0.0.1"), exitUsage, "YYYY-MM-DD"},
		{"a privacy key without authentication", audit("--snmp-user", "u", "--snmp-privacy", "AES", "--snmp-privacy-key", "12345678", "127.0.0.1"), exitUsage, "--snmp-auth"},
		{"a key that goes with nothing", audit("--snmp-user", "u", "--snmp-auth", "SHA", "127.0.0.1"), exitUsage, "--snmp-auth-key"},
		{"a folder that cannot be written", audit("--out", notDatabase, "127.0.0.1"), exitUsage, notDatabase},
		{"a file that is no database", []string{"assets", "--client", "X", "--database", notDatabase}, exitUsage, "notes.txt"},
		{"a folder that is not there", []string{"assets", "--client", "X", "--database", "/no/such/folder/parc.db"}, exitFailed, "/no/such/folder"},
		{"Postgres away", []string{"assets", "--client", "X", "--database", "postgres://u:hush@127.0.0.1:1/p", "--key-file", filepath.Join(folder, "k")}, exitFailed, "127.0.0.1:1"},
		{"an unknown client", []string{"assets", "--client", "Nobody", "--database", filepath.Join(folder, "new.db")}, exitFailed, "Nobody"},
		{"a file that is not there", []string{"ingest", filepath.Join(folder, "gone"), "--client", "X", "--database", db}, exitUsage, "no such file"},
		{"a line that is no observation", []string{"ingest", badLine, "--client", "X", "--database", db}, exitUsage, "bad.jsonl"},
		{"a settings file that is not there", []string{"assets", "--client", "X", "--config", filepath.Join(folder, "none.yaml")}, exitUsage, "none.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := run(t.Context(), c.args...)
			if got.code != c.code || !strings.Contains(got.err+got.out, c.says) {
				t.Errorf("exit %d, want %d with %q: %s", got.code, c.code, c.says, got.err)
			}
			if strings.Contains(got.err, "hush") || strings.Contains(got.err, "12345678") {
				t.Errorf("a secret is printed: %s", got.err)
			}
			if lines := strings.Count(strings.TrimSpace(got.err), "\n"); len(c.args) > 0 && got.code == exitFailed && lines > 0 {
				t.Errorf("%d lines: %s", lines+1, got.err)
			}
		})
	}
}

// TestATargetOutsideIsRefused: the second audit of a site keeps to what the
// first declared, and the error names what would allow it.
func TestATargetOutsideIsRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	args := func(target string) []string {
		return []string{"audit", target, "--client", "X", "--no-nmap", "--port", closedPort(t), "--out", folder, "--database", filepath.Join(folder, "p.db")}
	}
	if got := run(t.Context(), args("127.9.9.0/30")...); got.code != exitFine {
		t.Fatalf("%+v", got)
	}
	got := run(t.Context(), args("127.9.8.7")...)
	if got.code != exitUsage || !strings.Contains(got.err, "127.9.8.7") || !strings.Contains(got.err, "127.9.9.0/30") {
		t.Errorf("%+v", got)
	}
}

func closedPort(t *testing.T) string {
	t.Helper()
	conn, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, port, err := net.SplitHostPort(conn.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// TestFlagsBeatTheEnvironmentWhichBeatsTheFile is not parallel: it sets the environment.
func TestFlagsBeatTheEnvironmentWhichBeatsTheFile(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	settings := at("parc.yaml")
	if err := os.WriteFile(settings, []byte("database: "+at("file.db")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	exists := func(name string) bool { _, err := os.Stat(at(name)); return err == nil }
	if got := run(t.Context(), "migrate", "--config", settings); got.code != 0 || !exists("file.db") {
		t.Fatalf("file: %+v", got)
	}
	t.Setenv("PARC_DATABASE", at("env.db"))
	if got := run(t.Context(), "migrate", "--config", settings); got.code != 0 || !exists("env.db") {
		t.Fatalf("environment: %+v", got)
	}
	if got := run(t.Context(), "migrate", "--config", settings, "--database", at("flag.db")); got.code != 0 || !exists("flag.db") {
		t.Fatalf("flag: %+v", got)
	}
}

// TestIngestAndAssets stores a file twice on both databases: one asset, with
// its sightings.
func TestIngestAndAssets(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		folder := t.TempDir()
		file := filepath.Join(folder, "o.jsonl")
		line := `{"at":"2026-11-20T08:00:00Z","source":"agent","ref":"a-1","serial":"5HXVTL2","vendor":"Dell","hostname":"pc-1","macs":["f4:8e:38:a1:01:02"],"os":{"name":"Windows 11 Pro","build":"26100"}}` + "\n"
		if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		common := []string{"--client", "Dupont SARL", "--database", dsn, "--key-file", filepath.Join(folder, "key")}
		for range 2 {
			if got := run(t.Context(), append([]string{"ingest", file}, common...)...); got.code != 0 {
				t.Fatalf("%+v", got)
			}
		}
		got := run(t.Context(), append([]string{"assets", "--format", "jsonl"}, common...)...)
		var asset struct {
			ID        string
			Serial    string
			Sightings []struct{ Source, Ref string }
		}
		if err := json.Unmarshal([]byte(got.out), &asset); err != nil || asset.Serial != "5HXVTL2" || len(asset.Sightings) != 1 || asset.Sightings[0].Ref != "a-1" {
			t.Errorf("%v: %s", err, got.out)
		}
		for _, format := range []string{"table", "csv", "xlsx"} {
			if got := run(t.Context(), append([]string{"assets", "--format", format}, common...)...); got.code != 0 || len(got.out) < 50 {
				t.Errorf("%s: %+v", format, got)
			}
		}
	})
}

// TestAnInterruptedAuditStopsSoon ends an audit of a large silent range as soon
// as it tells of progress.
func TestAnInterruptedAuditStopsSoon(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	errs := &cancelling{cancel: cancel}
	args := []string{
		"audit", "127.40.0.0/16", "--client", "X", "--port", "1", "--ports", "9", "--rate", "100",
		"--out", folder, "--database", filepath.Join(folder, "p.db"),
	}
	code := Run(ctx, args, Streams{In: strings.NewReader(""), Out: io.Discard, Err: errs})
	if took := time.Since(errs.cancelled); took > 10*time.Second {
		t.Errorf("%v from the interruption to the end", took)
	}
	if code != exitFailed || !strings.Contains(errs.String(), "interrupted: what was stored until then is kept") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// TestAnInterruptedScanClaimsNothing ends a scan, which stores nothing.
func TestAnInterruptedScanClaimsNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	errs := &cancelling{cancel: cancel}
	code := Run(ctx, []string{"scan", "127.40.0.0/16", "--no-nmap", "--port", "1", "--rate", "100"}, Streams{In: strings.NewReader(""), Out: io.Discard, Err: errs})
	if code != exitFailed || !strings.Contains(errs.String(), "interrupted") || strings.Contains(errs.String(), "kept") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// cancelling is an error stream that interrupts the program at its first word.
type cancelling struct {
	mu sync.Mutex
	bytes.Buffer
	cancel    context.CancelFunc
	cancelled time.Time
}

func (c *cancelling) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancelled.IsZero() {
		c.cancelled = time.Now()
		c.cancel()
	}
	return c.Buffer.Write(p)
}
