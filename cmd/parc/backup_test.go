package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parc/inventory/store/storetest"
)

// A backup goes from one kind of database into the other and back; what the
// client's export holds is the same; what is no backup, and where there is data
// already, changes nothing.
func TestBackupRestore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	key := []string{"--key-file", in("key")}
	parc := func(code int, says, database string, args ...string) ran {
		t.Helper()
		got := run(t.Context(), append(append(args, "--database", database), key...)...)
		if got.code != code || !strings.Contains(got.err, says) {
			t.Fatalf("%v: %+v, want %d and %q", args, got, code, says)
		}
		return got
	}
	first, second, third := in("a.db"), storetest.BarePostgres(t), in("b.db")
	parc(1, "there is no database", first, "backup", in("none.zip"))
	if _, err := os.Stat(first); err == nil {
		t.Error("backup made a database")
	}
	if err := os.WriteFile(in("pc.json"), []byte(`{"action":"inventory","deviceid":"pc-1-2026-01-01-08-00-00","itemtype":"Computer","content":{
		"bios":{"ssn":"5CG1234ABC","smanufacturer":"Dell Inc."},"hardware":{"name":"pc-1"},"licenseinfos":[{"name":"Office","key":"`+officeKey+`"}]}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	parc(0, "1 new", first, "ingest", in("pc.json"), "--client", "Acme")
	made := parc(0, "key file is not in it", first, "backup", in("one.zip"))
	if !strings.Contains(made.err, in("key")) {
		t.Errorf("it does not say where the key is: %s", made.err)
	}
	if info, err := os.Stat(in("one.zip")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	parc(1, "there already", first, "backup", in("one.zip"))
	parc(0, "whole; ", third, "restore", "--check", in("one.zip"))
	parc(0, "Everybody signs in again", second, "restore", in("one.zip"))
	parc(1, "holds data already", second, "restore", in("one.zip"))
	parc(0, "", second, "backup", in("two.zip"))
	parc(0, "", third, "restore", in("two.zip"))
	for database, out := range map[string]string{first: "e1", second: "e2", third: "e3"} {
		parc(0, "", database, "export", "--client", "Acme", "--out", in(out))
	}
	files, err := os.ReadDir(in("e1"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		for _, other := range []string{"e2", "e3"} {
			one, err1 := os.ReadFile(filepath.Join(in("e1"), f.Name()))
			two, err2 := os.ReadFile(filepath.Join(in(other), f.Name()))
			if f.Name() != "manifest.json" && (err1 != nil || err2 != nil || !bytes.Equal(one, two)) {
				t.Errorf("%s of %s differs (%v, %v)", f.Name(), other, err1, err2)
			}
		}
	}
	id := strings.Fields(strings.Split(parc(0, "", third, "licences", "keys", "--client", "Acme").out, "\n")[1])[0]
	if got := parc(0, "", third, "licences", "key", id, "--client", "Acme"); got.out != officeKey+"\n" {
		t.Errorf("licence key %q", got.out)
	}

	text, err := os.ReadFile(in("one.zip"))
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"cut.zip": text[:len(text)/2], "other.zip": []byte("no backup")} {
		if err := os.WriteFile(in(name), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		parc(2, "nothing is restored", in("new.db"), "restore", in(name))
		if _, err := os.Stat(in("new.db")); err == nil {
			t.Errorf("%s made a database", name)
		}
	}
	parc(2, "no such file", in("new.db"), "restore", in("missing.zip"))
	key = []string{"--key-file", in("other-key")}
	parc(0, "Its secrets need their key file", in("d.db"), "restore", in("one.zip"))
	if _, err := os.Stat(in("other-key")); err == nil {
		t.Error("restoring made a key file")
	}
	parc(0, "", in("x.db"), "ingest", in("pc.json"), "--client", "Acme")
	parc(0, "do not open with", in("f.db"), "restore", in("one.zip"))
	left, err := filepath.Glob(in(".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind %v, %v", left, err)
	}
}
