package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parc/inventory/exchange"
)

const officeKey = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"

// A key that an agent found is listed without being shown, read by its id with a
// line in history, and taken out and brought back with a passphrase only.
func TestLicenceKeyCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	parc := func(code int, database string, args ...string) ran {
		t.Helper()
		got := run(t.Context(), append(args, "--database", in(database))...)
		if got.code != code {
			t.Fatalf("%v: %+v, want %d", args, got, code)
		}
		return got
	}
	for name, text := range map[string]string{
		"pc.json": `{"action":"inventory","deviceid":"pc-1-2026-01-01-08-00-00","itemtype":"Computer","content":{"versionclient":"GLPI-Agent_v1.12",
			"bios":{"ssn":"5CG1234ABC","smanufacturer":"Dell Inc."},"hardware":{"name":"pc-1"},"licenseinfos":[{"name":"Office","key":"` + officeKey + `"}]}}`,
		"pass": "correct horse battery\n", "other": "wrong horse battery\n", "short": "short\n",
	} {
		if err := os.WriteFile(in(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parc(0, "a.db", "ingest", in("pc.json"), "--client", "Acme")
	list := parc(0, "a.db", "licences", "keys", "--client", "Acme").out
	lines := strings.Split(strings.TrimSpace(list), "\n")
	if len(lines) != 2 || strings.Contains(list, officeKey) || !strings.Contains(lines[1], "3V66T") || !strings.Contains(lines[1], "pc-1") {
		t.Fatalf("keys:\n%s", list)
	}
	id := strings.Fields(lines[1])[0]
	if got := parc(0, "a.db", "licences", "key", id, "--client", "Acme"); got.out != officeKey+"\n" || strings.Contains(got.err, officeKey) || !strings.Contains(got.err, "cli:") {
		t.Errorf("key: %+v", got)
	}
	parc(1, "a.db", "licences", "key", "nonsense", "--client", "Acme")
	parc(1, "a.db", "licences", "key", id, "--client", "Nobody")
	parc(0, "a.db", "licences", "--client", "Acme") // what it did before it had commands
	parc(0, "a.db", "licences", "--product", "windows-server", "--processors", "12,12")

	parc(0, "a.db", "export", "--client", "Acme", "--out", in("bare"))
	parc(2, "a.db", "export", "--client", "Acme", "--out", in("none"), "--with-keys", in("short"))
	if got := parc(0, "a.db", "export", "--client", "Acme", "--out", in("full"), "--with-keys", in("pass")); strings.Contains(got.err, "keys of licences") {
		t.Errorf("export: %s", got.err)
	}
	for _, folder := range []string{"bare", "full"} {
		noKeyIn(t, in(folder))
	}
	opened, err := exec.CommandContext(t.Context(), "openssl", "enc", "-d", "-aes-256-cbc", "-pbkdf2", "-iter", fmt.Sprint(lockedRounds),
		"-in", filepath.Join(in("full"), exchange.KeysFile), "-pass", "file:"+in("pass")).CombinedOutput()
	if err != nil || !bytes.Contains(opened, []byte(officeKey)) {
		t.Errorf("openssl: %v %s", err, opened)
	}
	parc(2, "b.db", "import", in("full"), "--with-keys", in("other"))
	parc(2, "b.db", "import", in("bare"), "--with-keys", in("pass"))
	parc(0, "b.db", "import", in("full"), "--with-keys", in("pass"))
	if got := parc(0, "b.db", "licences", "key", id, "--client", "Acme"); got.out != officeKey+"\n" {
		t.Errorf("brought back: %+v", got)
	}
	parc(0, "c.db", "import", in("bare"))
	if got := parc(0, "c.db", "assets", "--client", "Acme", "--format", "jsonl"); !strings.Contains(got.out, `"tail":"3V66T"`) {
		t.Errorf("the end of the key is gone: %s", got.out)
	}
	parc(1, "c.db", "licences", "key", id, "--client", "Acme")
}

// noKeyIn looks for the key in all files of a folder.
func noKeyIn(t *testing.T, folder string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil || bytes.Contains(text, []byte(officeKey)) {
			t.Errorf("%s holds the key (%v)", f.Name(), err)
		}
	}
}

// TestPassphrase: what is locked opens with its passphrase, whatever its length,
// and neither with another nor when it was cut.
func TestPassphrase(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "pass")
	if err := os.WriteFile(file, []byte("correct horse battery\nsecond line"), 0o600); err != nil {
		t.Fatal(err)
	}
	passphrase, err := readPassphrase(file)
	if err != nil || passphrase.Reveal() != "correct horse battery" {
		t.Fatal(passphrase.Reveal(), err)
	}
	for _, n := range []int{0, 1, 15, 16, 17, 1000} {
		text := bytes.Repeat([]byte("k"), n)
		locked, err := lock(passphrase, text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unlock(passphrase, locked); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%d bytes: %v", n, err)
		}
		if _, err := unlock(passphrase, locked[:len(locked)-1]); err == nil {
			t.Errorf("%d bytes, cut: opened", n)
		}
	}
	if _, err := unlock(passphrase, []byte("{}")); err == nil {
		t.Error("plain text opened")
	}
}
