package store_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// backUp gives a backup of the store.
func backUp(t *testing.T, s *store.Store) []byte {
	t.Helper()
	var out bytes.Buffer
	m := must(s.Backup(t.Context(), admin, "test", &out))(t)
	if m.Rows() == 0 || m.Key == "" || m.Key != s.Fingerprint() {
		t.Fatalf("manifest %+v", m)
	}
	return out.Bytes()
}

func opened(t *testing.T, backup []byte) *store.BackupFile {
	t.Helper()
	return must(store.OpenBackup(bytes.NewReader(backup), int64(len(backup))))(t)
}

// empty opens a database without tables, of either kind.
func empty(t *testing.T, dsn func(*testing.T) string) *store.Store {
	t.Helper()
	return storetest.OpenWith(t, store.Options{DSN: dsn(t), Key: storetest.Key})
}

// eachBare runs test for a database without tables of each kind.
func eachBare(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	for name, dsn := range bare {
		t.Run("into "+name, func(t *testing.T) {
			t.Parallel()
			test(t, empty(t, dsn))
		})
	}
}

// A backup of either database restored into either: every client's archive is the
// same, and so are users, secrets and settings.
func TestBackup(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		must(w.CreateUser(ctx, inventory.User{Login: "boss", Name: "Boss", Role: inventory.RoleAdmin, PasswordHash: "h"}))(t)
		if err := w.SetMakerKey(ctx, admin, inventory.MakerKey{Maker: "dell", Login: "id", Secret: inventory.NewSecret("maker-s3cret")}); err != nil {
			t.Fatal(err)
		}
		backup := backUp(t, w.Store)
		if bytes.Contains(unzipped(t, backup), []byte("s3cret")) {
			t.Error("a secret is in it in clear")
		}
		eachBare(t, func(t *testing.T, s *store.Store) {
			if err := s.RestoreBackup(t.Context(), admin, opened(t, backup)); err != nil {
				t.Fatal(err)
			}
			for _, x := range []side{w.a, w.b} {
				before, after := takeOut(t, w.Store, x.client.ID), takeOut(t, s, x.client.ID)
				// The world's one scan waits in a queue that is not there any more: it is told to
				// have failed, and only what has ended is in an archive.
				scans := after.Rows["scans"]
				if len(before.Rows["scans"]) != 0 || len(scans) != 1 || !strings.Contains(scans[0], `"state":"failed"`) {
					t.Errorf("scans %v became %v", before.Rows["scans"], scans)
				}
				delete(after.Rows, "scans")
				if diff := cmp.Diff(before, after); diff != "" {
					t.Errorf("%s restored (-want +got):\n%s", x.client.Name, diff)
				}
				if got := must(s.Credentials(t.Context(), admin, x.client.ID))(t); len(got) != 1 || got[0].Secret.Reveal() != "s3cret of "+x.client.Name {
					t.Errorf("credentials %+v", got)
				}
				if got := must(s.ReadLicenceKey(t.Context(), admin, x.client.ID, x.licenceKey))(t); got.Reveal() != "key-s3cret of "+x.client.Name {
					t.Errorf("licence key %s", got.Reveal())
				}
				if e := must(s.EnrolmentByToken(t.Context(), "hash of "+x.client.Name))(t); e.ID != x.enrolment.ID || !e.Network {
					t.Errorf("enrolment %+v", e)
				}
			}
			if got := must(s.MakerKeys(t.Context(), admin))(t); len(got) != 1 || got[0].Secret.Reveal() != "maker-s3cret" {
				t.Errorf("maker keys %+v", got)
			}
			if got := must(s.UserByLogin(t.Context(), "boss"))(t); got.PasswordHash != "h" {
				t.Errorf("user %+v", got)
			}
			code(t, s.RestoreBackup(t.Context(), admin, opened(t, backup)), inventory.Conflict, "restored twice")
			must(s.Record(t.Context(), admin, w.a.client.ID, w.a.site.ID, machines(1, 3)))(t) // it goes on
		})
	})
}

// TestBackupIsWhole: whoever adds a table says whether it is backed up; here, every
// table that is not passing must be in a backup.
func TestBackupIsWhole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		newSide(t, s, "Dupont")
		var names []string
		for _, table := range opened(t, backUp(t, s)).Manifest.Tables {
			names = append(names, table.Name)
		}
		for _, table := range tables(t, s) {
			if table != "sessions" && !strings.HasPrefix(table, "river") && !strings.HasPrefix(table, "goose") && !slices.Contains(names, table) {
				t.Errorf("table %s is not backed up: add it to backedUp", table)
			}
		}
	})
}

// A backup made while others write is of one moment: what an asset's row tells and
// what its history tells belong together.
func TestBackupWhileOthersWrite(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s)
		ctx, stop := context.WithCancel(t.Context())
		written, done := make(chan int, 1000), make(chan struct{})
		go func() {
			defer close(done)
			for n := 10; ctx.Err() == nil; n++ {
				_, err := s.Record(ctx, admin, w.a.client.ID, w.a.site.ID, machines(n*10, 5))
				if err != nil && ctx.Err() == nil {
					t.Error(err)
				}
				select {
				case written <- n:
				default:
				}
			}
		}()
		for range 3 {
			<-written
			b := opened(t, backUp(t, s))
			rows := map[string]int64{}
			for _, table := range b.Manifest.Tables {
				rows[table.Name] = table.Rows
			}
			// Every asset but the first of each client was created with one observation.
			if rows["assets"] != rows["observations"]-2 || rows["assets"] != rows["sightings"] {
				t.Errorf("of two moments: %v", rows)
			}
			<-written // it was not held up
		}
		stop()
		<-done
	})
}

func unzipped(t *testing.T, backup []byte) []byte {
	t.Helper()
	in := must(zip.NewReader(bytes.NewReader(backup), int64(len(backup))))(t)
	var all []byte
	for _, f := range in.File {
		r := must(f.Open())(t)
		all = append(all, must(io.ReadAll(r))(t)...)
		_ = r.Close()
	}
	return all
}

// rewritten gives the backup with its files changed: nil leaves one out. The
// manifest is given first.
func rewritten(t *testing.T, backup []byte, change func(m *store.BackupManifest, files map[string][]byte)) []byte {
	t.Helper()
	in := must(zip.NewReader(bytes.NewReader(backup), int64(len(backup))))(t)
	files := map[string][]byte{}
	for _, f := range in.File {
		r := must(f.Open())(t)
		files[f.Name] = must(io.ReadAll(r))(t)
		_ = r.Close()
	}
	var m store.BackupManifest
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	delete(files, "manifest.json")
	change(&m, files)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	if files["manifest.json"] == nil {
		files["manifest.json"] = must(json.Marshal(m))(t)
	}
	for name, text := range files {
		f := must(z.Create(name))(t)
		must(f.Write(text))(t)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// retold makes the manifest say what a table's file is now.
func retold(m *store.BackupManifest, table string, text []byte) {
	for i := range m.Tables {
		if m.Tables[i].Name == table {
			sum := sha256.Sum256(text)
			m.Tables[i].Rows, m.Tables[i].Bytes, m.Tables[i].SHA256 = int64(bytes.Count(text, []byte("\n"))), int64(len(text)), hex.EncodeToString(sum[:])
		}
	}
}

// What is not a whole, unchanged backup of a form that is known is refused before
// the database is looked at.
func TestBadBackups(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	good := backUp(t, w.Store)
	for name, tc := range map[string]struct {
		backup []byte
		code   inventory.Code
	}{
		"nothing":    {nil, inventory.Invalid},
		"other text": {bytes.Repeat([]byte("no backup\n"), 500), inventory.Invalid},
		"cut off":    {good[:len(good)/2], inventory.Invalid},
		"one byte":   {flipped(t, good), inventory.Invalid},
		"a changed row": {rewritten(t, good, func(_ *store.BackupManifest, files map[string][]byte) {
			files["clients.jsonl"] = bytes.ReplaceAll(files["clients.jsonl"], []byte("Dupont"), []byte("Durand"))
		}), inventory.Invalid},
		"a row less": {rewritten(t, good, func(m *store.BackupManifest, files map[string][]byte) {
			text := files["clients.jsonl"]
			files["clients.jsonl"] = text[:bytes.IndexByte(text, '\n')+1]
		}), inventory.Invalid},
		"a table less": {rewritten(t, good, func(_ *store.BackupManifest, files map[string][]byte) { delete(files, "assets.jsonl") }), inventory.Invalid},
		"a file more":  {rewritten(t, good, func(_ *store.BackupManifest, files map[string][]byte) { files["../../etc/cron.d/x"] = []byte("x") }), inventory.Invalid},
		"another table": {rewritten(t, good, func(m *store.BackupManifest, files map[string][]byte) {
			m.Tables = append(m.Tables, store.BackupTable{Name: "sessions"})
			files["sessions.jsonl"] = nil
		}), inventory.Invalid},
		"a table named by a path": {rewritten(t, good, func(m *store.BackupManifest, files map[string][]byte) {
			m.Tables = append(m.Tables, store.BackupTable{Name: "../clients"})
			files["../clients.jsonl"] = nil
		}), inventory.Invalid},
		"no manifest":    {rewritten(t, good, func(_ *store.BackupManifest, files map[string][]byte) { files["manifest.json"] = []byte("[]") }), inventory.Invalid},
		"a newer format": {rewritten(t, good, func(m *store.BackupManifest, _ map[string][]byte) { m.Format = 2 }), inventory.Invalid},
		"negative":       {rewritten(t, good, func(m *store.BackupManifest, _ map[string][]byte) { m.Tables[0].Bytes = -1 }), inventory.Invalid},
		"a bomb":         {rewritten(t, good, func(m *store.BackupManifest, _ map[string][]byte) { m.Tables[0].Bytes = 1 << 40 }), inventory.LimitReached},
		"an endless row": {rewritten(t, good, func(m *store.BackupManifest, files map[string][]byte) {
			files["settings.jsonl"] = make([]byte, 130<<20)
			retold(m, "settings", files["settings.jsonl"])
		}), inventory.LimitReached},
		"a long manifest":  {rewritten(t, good, func(_ *store.BackupManifest, files map[string][]byte) { files["manifest.json"] = make([]byte, 2<<20) }), inventory.Invalid},
		"a table told two": {rewritten(t, good, func(m *store.BackupManifest, _ map[string][]byte) { m.Tables = append(m.Tables, m.Tables[0]) }), inventory.Invalid},
	} {
		_, err := store.OpenBackup(bytes.NewReader(tc.backup), int64(len(tc.backup)))
		code(t, err, tc.code, name)
		if err != nil && (strings.Contains(err.Error(), "\n") || len(err.Error()) > 400) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// flipped changes one byte in the middle of the first table.
func flipped(t *testing.T, backup []byte) []byte {
	t.Helper()
	bad := bytes.Clone(backup)
	in := must(zip.NewReader(bytes.NewReader(backup), int64(len(backup))))(t)
	at := must(in.File[0].DataOffset())(t)
	bad[at+int64(in.File[0].CompressedSize64)/2] ^= 0xff
	return bad
}

// A backup that is whole and still cannot be stored leaves the database as it was:
// in one transaction, all or nothing.
func TestRestoreAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	good := backUp(t, w.Store)
	change := func(table, text, with string) []byte {
		return rewritten(t, good, func(m *store.BackupManifest, files map[string][]byte) {
			name := table + ".jsonl"
			changed := bytes.ReplaceAll(files[name], []byte(text), []byte(with))
			if bytes.Equal(changed, files[name]) {
				t.Fatalf("%s has no %s", table, text)
			}
			files[name] = changed
			retold(m, table, changed)
		})
	}
	for name, backup := range map[string][]byte{
		"a column that there is not": change("reports", `"digest"`, `"digest2"`),
		"a quote in a column":        change("reports", `"digest"`, `"digest\" , \"x"`),
		"no object":                  change("saved_reports", `{`, `[`),
		"no instant":                 change("saved_reports", `"created_at":"`, `"created_at":"x`),
		"a client that is not there": change("licence_keys", w.a.client.ID, w.a.site.ID),
		"the same row twice": rewritten(t, good, func(m *store.BackupManifest, files map[string][]byte) {
			files["reports.jsonl"] = append(files["reports.jsonl"], files["reports.jsonl"]...)
			retold(m, "reports", files["reports.jsonl"])
		}),
	} {
		eachBare(t, func(t *testing.T, s *store.Store) {
			if err := s.RestoreBackup(t.Context(), admin, opened(t, backup)); err == nil {
				t.Errorf("%s: restored", name)
			}
			for table, rows := range allRows(t, s) {
				if len(rows) > 0 {
					t.Errorf("%s: %d rows in %s", name, len(rows), table)
				}
			}
			if err := s.RestoreBackup(t.Context(), admin, opened(t, good)); err != nil {
				t.Errorf("%s, then a good one: %v", name, err)
			}
		})
	}
}

// A database that holds anything, or whose tables are of another version, is left
// as it is.
func TestRestoreIntoData(t *testing.T) {
	t.Parallel()
	good := backUp(t, newWorld(t, storetest.Open(t, storetest.SQLite(t))).Store)
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		must(s.CreateUser(t.Context(), inventory.User{Login: "only", Name: "One", Role: inventory.RoleAdmin, PasswordHash: "h"}))(t)
		before := allRows(t, s)
		code(t, s.RestoreBackup(t.Context(), admin, opened(t, good)), inventory.Conflict, "into a database with a user")
		if diff := cmp.Diff(before, allRows(t, s)); diff != "" {
			t.Errorf("changed:\n%s", diff)
		}
	})
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := opened(t, good)
		b.Manifest.Migrations = b.Manifest.Migrations[:5]
		code(t, s.RestoreBackup(t.Context(), admin, b), inventory.Conflict, "of an older parc, into newer tables")
		b.Manifest.Migrations = append(b.Manifest.Migrations, 99999)
		code(t, s.RestoreBackup(t.Context(), admin, b), inventory.Invalid, "of a newer parc")
	})
}

// TestBackupOfAnotherProgram: its database is neither backed up nor restored into,
// and stays as it was.
func TestBackupOfAnotherProgram(t *testing.T) {
	t.Parallel()
	good := backUp(t, newWorld(t, storetest.Open(t, storetest.SQLite(t))).Store)
	s := empty(t, bare["sqlite"])
	if _, err := s.DB().ExecContext(t.Context(), "CREATE TABLE accounts (id TEXT)"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Backup(t.Context(), admin, "test", io.Discard)
	code(t, err, inventory.Invalid, "backup")
	code(t, s.RestoreBackup(t.Context(), admin, opened(t, good)), inventory.Invalid, "restore")
	if got := tables(t, s); !slices.Equal(got, []string{"accounts"}) {
		t.Errorf("tables %v", got)
	}
}

// TestRestoreOfOlderTables: the tables are made as they were, filled, and brought on.
func TestRestoreOfOlderTables(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	all := must(w.Migrations(t.Context()))(t)
	// Before licence keys and network tasks came: what later migrations added is not there.
	newer := []string{"imports", "licence_keys", "network_finds", "amendments", "amendment_assets", "amendment_returns", "calendars",
		"attachment_files", "attachment_parts", "attachments", "alert_plans", "deadlines"}
	columns := map[string][]string{
		"enrolments": {"network", "asked_at", "asked_with"}, "observations": {"import_id", "made"}, "sites": {"import_id"}, "joins": {"import_id"}, "reviews": {"import_id"}, "coverages": {"import_id"},
		"financings": {
			"first_instalment_minor", "first_instalment_currency", "deposit_minor", "deposit_currency", "premium_minor", "premium_currency",
			"index_bps", "exit_permille", "must_insure", "insured_until", "option_from", "option_until", "import_id",
		},
	}
	old := rewritten(t, backUp(t, w.Store), func(m *store.BackupManifest, files map[string][]byte) {
		m.Migrations = slices.DeleteFunc(m.Migrations, func(v int64) bool { return v >= 84 })
		m.Tables = slices.DeleteFunc(m.Tables, func(b store.BackupTable) bool { return slices.Contains(newer, b.Name) })
		for _, table := range newer {
			delete(files, table+".jsonl")
		}
		for table, gone := range columns {
			var text []byte
			for line := range bytes.Lines(files[table+".jsonl"]) {
				var row map[string]any
				if err := json.Unmarshal(line, &row); err != nil {
					t.Fatal(err)
				}
				for _, column := range gone {
					delete(row, column)
				}
				text = append(text, fmt.Appendln(nil, string(must(json.Marshal(row))(t)))...)
			}
			files[table+".jsonl"] = text
			retold(m, table, text)
		}
	})
	eachBare(t, func(t *testing.T, s *store.Store) {
		if err := s.RestoreBackup(t.Context(), admin, opened(t, old)); err != nil {
			t.Fatal(err)
		}
		for _, m := range must(s.Migrations(t.Context()))(t) {
			if m.AppliedAt.IsZero() {
				t.Errorf("%s is not applied", m.Name)
			}
		}
		if e := must(s.EnrolmentByToken(t.Context(), "hash of Dupont SARL"))(t); e.Network || e.ID != w.a.enrolment.ID {
			t.Errorf("enrolment %+v", e)
		}
		if len(all) == 0 {
			t.Error("no migrations")
		}
	})
}

// TestBackupNeedsEveryClient: who sees one client takes no backup and brings none back.
func TestBackupNeedsEveryClient(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var out bytes.Buffer
		_, err := w.Backup(t.Context(), w.a.scope, "test", &out)
		code(t, err, inventory.Forbidden, "backup")
		if out.Len() > 0 {
			t.Error("something was written")
		}
		code(t, w.RestoreBackup(t.Context(), w.a.scope, &store.BackupFile{}), inventory.Forbidden, "restore")
	})
}

// FuzzOpenBackup: whatever the bytes, a backup is opened or refused in one line.
func FuzzOpenBackup(f *testing.F) {
	for _, manifest := range []string{
		`{"format":1,"tables":[]}`, `{"format":1,"tables":[{"name":"clients","rows":1,"bytes":3,"sha256":"ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"}]}`, `[]`,
	} {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for name, text := range map[string]string{"manifest.json": manifest, "clients.jsonl": "{}\n"} {
			w, err := z.Create(name)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := io.WriteString(w, text); err != nil {
				f.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(out.Bytes())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := store.OpenBackup(bytes.NewReader(text), int64(len(text)))
		if (b == nil) == (err == nil) || err != nil && inventory.CodeOf(err) == inventory.Internal {
			t.Errorf("%v, %v", b, err)
		}
	})
}
