package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parc/inventory"
)

var someTables = []string{"clients", "assets", "notes"}

// written makes an archive in a sink.
func written(t testing.TB, sink Sink) {
	t.Helper()
	w := NewArchive(sink, Manifest{Parc: "test", ClientID: "c"}, someTables)
	for _, row := range []struct {
		table string
		row   map[string]any
	}{
		{"clients", map[string]any{"id": "c", "name": "Dupont"}},
		{"notes", map[string]any{"id": "n1", "text": "<b>&"}},
		{"notes", map[string]any{"id": "n2", "text": strings.Repeat("long ", 200)}},
	} {
		if err := w.Row(row.table, row.row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.File(helloDigest, strings.NewReader("hello")); err != nil {
		t.Fatal(err)
	}
	if err := w.Assets(func(func(inventory.Asset) error) error { return nil }); err != nil {
		t.Fatal(err)
	}
	m, err := w.Close()
	if err != nil || m.Rows() != 3 || len(m.Files) != len(someTables)+3 {
		t.Fatalf("%+v, %v", m, err)
	}
}

const helloDigest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

func zipOf(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	sink := NewZip(&out)
	written(t, sink)
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readAll gives the rows of an archive and its one content.
func readAll(a *Archive) (text string, err error) {
	for _, table := range append(someTables, "one that an older parc did not have") {
		for {
			row, err := a.Next(table)
			if err != nil {
				return text, err
			}
			if row == nil {
				break
			}
			text += fmt.Sprintln(table, row)
		}
	}
	in, err := a.Open(helloDigest)
	if err != nil {
		return text, err
	}
	content, err := io.ReadAll(in)
	return text + string(content), errors.Join(err, in.Close())
}

// TestArchiveReadsBack: a folder and a zip file hold the same, and give it back.
func TestArchiveReadsBack(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "a.zip")
	written(t, Folder(dir))
	if err := os.WriteFile(file, zipOf(t), 0o600); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for name, path := range map[string]string{"folder": dir, "zip": file} {
		if !IsArchive(path) {
			t.Errorf("the %s is not taken for one", name)
		}
		a, err := OpenArchive(path, someTables)
		if err != nil {
			t.Fatal(err)
		}
		if texts[name], err = readAll(a); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		// This parc knows less than the one that wrote it.
		if _, err := OpenArchive(path, someTables[:1]); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%s with unknown tables: %v", name, err)
		}
	}
	if texts["folder"] != texts["zip"] || strings.Count(texts["zip"], "\n") != 3 || !strings.HasSuffix(texts["zip"], "hello") {
		t.Errorf("folder %q, zip %q", texts["folder"], texts["zip"])
	}
	if IsArchive(filepath.Join(dir, "README.txt")) || IsArchive(filepath.Join(dir, "none")) {
		t.Error("a text, or nothing, is taken for an archive")
	}
	written := NewArchive(Folder(dir), Manifest{}, someTables)
	if err := written.Row("clients", nil); err == nil {
		t.Error("a file was written over")
	}
}

// TestLongRows: one that is too long is refused, and the ones before it are not.
func TestLongRows(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	written(t, Folder(dir))
	a, err := OpenArchive(dir, someTables)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.longest = 500
	if row, err := a.Next("notes"); err != nil || row["id"] != "n1" {
		t.Errorf("%v, %v", row, err)
	}
	if _, err := a.Next("notes"); inventory.CodeOf(err) != inventory.LimitReached {
		t.Errorf("a long row: %v", err)
	}
}

// TestDamagedContent: what comes out of the database with another digest is told,
// and not written as if it were good.
func TestDamagedContent(t *testing.T) {
	t.Parallel()
	w := NewArchive(Folder(t.TempDir()), Manifest{}, someTables)
	if err := w.File(helloDigest, strings.NewReader("hallo")); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("got %v", err)
	}
	w = NewArchive(Folder(t.TempDir()), Manifest{}, someTables)
	if err := w.Row("unheard", nil); err == nil {
		t.Error("a table that is none was written")
	}
	w.Abandon()
}

// FuzzOpenArchive: whatever a zip file holds, it is opened or refused with a code,
// and what is opened reads to its end.
func FuzzOpenArchive(f *testing.F) {
	good := zipOf(f)
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\xff", 18)))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "a.zip")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := OpenArchive(path, someTables)
		if err != nil {
			if inventory.CodeOf(err) == inventory.Internal {
				t.Errorf("no code: %v", err)
			}
			return
		}
		if _, err := readAll(a); err != nil && inventory.CodeOf(err) == inventory.Internal {
			t.Errorf("no code: %v", err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
}
