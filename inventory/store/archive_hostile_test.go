package store_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/inventory/store"
	"parc/inventory/store/storetest"
)

// export is an export taken apart, to be changed and put together again.
type export struct {
	m     exchange.Manifest
	files map[string][]byte
	raw   []zip.FileHeader // further entries, as they are
}

func takenApart(t *testing.T, text []byte) *export {
	t.Helper()
	z := must(zip.NewReader(bytes.NewReader(text), int64(len(text))))(t)
	e := &export{files: map[string][]byte{}}
	for _, f := range z.File {
		in := must(f.Open())(t)
		e.files[f.Name] = must(io.ReadAll(in))(t)
	}
	if err := json.Unmarshal(e.files["manifest.json"], &e.m); err != nil {
		t.Fatal(err)
	}
	delete(e.files, "manifest.json")
	return e
}

// retell makes the manifest tell the files as they are now.
func (e *export) retell() {
	e.m.Files = nil
	for _, name := range slices.Sorted(maps.Keys(e.files)) {
		sum := sha256.Sum256(e.files[name])
		f := exchange.ArchiveFile{Name: name, Bytes: int64(len(e.files[name])), SHA256: hex.EncodeToString(sum[:])}
		if strings.HasSuffix(name, ".jsonl") {
			f.Rows = bytes.Count(e.files[name], []byte("\n"))
		}
		e.m.Files = append(e.m.Files, f)
	}
}

// change replaces text in a file, of which it must be there.
func (e *export) change(t *testing.T, name, old, new string) {
	t.Helper()
	if !bytes.Contains(e.files[name], []byte(old)) {
		t.Fatalf("%s does not hold %s: %s", name, old, e.files[name])
	}
	e.files[name] = bytes.Replace(e.files[name], []byte(old), []byte(new), 1)
	e.retell()
}

func (e *export) put(name, text string) {
	e.files[name] = []byte(text)
	e.retell()
}

func (e *export) zip(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	text := must(json.Marshal(e.m))(t)
	for _, name := range append(slices.Sorted(maps.Keys(e.files)), "manifest.json") {
		w := must(z.Create(name))(t)
		content := e.files[name]
		if name == "manifest.json" {
			content = text
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	for i := range e.raw {
		w := must(z.CreateHeader(&e.raw[i]))(t)
		if _, err := io.WriteString(w, "assets.csv"); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// document gives the name of the one attached file of the world's client.
func (e *export) document() string {
	for name := range e.files {
		if strings.HasPrefix(name, "documents/") {
			return name
		}
	}
	return ""
}

// TestHostileExports: whatever somebody has made of an export, all of it is
// refused and nothing is stored.
func TestHostileExports(t *testing.T) {
	t.Parallel()
	world := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	good, other := zipped(t, world.Store, world.a.client), world.b
	id := world.a.client.ID
	cases := map[string]struct {
		change func(t *testing.T, e *export)
		want   inventory.Code
		says   string
	}{
		"a changed file":     {func(_ *testing.T, e *export) { e.files["assets.jsonl"][10] ^= 1 }, inventory.Invalid, "SHA-256"},
		"a changed content":  {func(_ *testing.T, e *export) { e.files[e.document()][0] ^= 1 }, inventory.Invalid, "SHA-256"},
		"a shorter file":     {func(_ *testing.T, e *export) { e.files["assets.csv"] = nil }, inventory.Invalid, "size"},
		"a missing file":     {func(_ *testing.T, e *export) { delete(e.files, "sites.jsonl") }, inventory.Invalid, "lacks"},
		"a missing content":  {func(_ *testing.T, e *export) { delete(e.files, e.document()); e.retell() }, inventory.Invalid, "lacks documents"},
		"another content":    {func(_ *testing.T, e *export) { e.put(e.document(), "forged") }, inventory.Invalid, "in its name"},
		"a path that climbs": {func(_ *testing.T, e *export) { e.put("../evil.jsonl", "") }, inventory.Invalid, "does not know"},
		"an absolute path":   {func(_ *testing.T, e *export) { e.put("/etc/passwd", "") }, inventory.Invalid, "does not know"},
		"a document's path":  {func(_ *testing.T, e *export) { e.put("documents/../../"+strings.Repeat("a", 64), "") }, inventory.Invalid, "does not know"},
		"an unknown table":   {func(_ *testing.T, e *export) { e.put("users.jsonl", "") }, inventory.Invalid, "does not know"},
		"secrets' table":     {func(_ *testing.T, e *export) { e.put("credentials.jsonl", "") }, inventory.Invalid, "does not know"},
		"a file named twice": {func(_ *testing.T, e *export) { e.m.Files = append(e.m.Files, e.m.Files[0]) }, inventory.Invalid, "twice"},
		"negative size":      {func(_ *testing.T, e *export) { e.m.Files[0].Bytes = -1 }, inventory.Invalid, "nonsense"},
		"a later format":     {func(_ *testing.T, e *export) { e.m.Format = 99 }, inventory.Invalid, "newer"},
		"no format":          {func(_ *testing.T, e *export) { e.m.Format = 0 }, inventory.Invalid, "no manifest"},
		"an entry twice":     {func(_ *testing.T, e *export) { e.raw = []zip.FileHeader{{Name: "assets.csv"}} }, inventory.Invalid, "twice"},
		"no client":          {func(_ *testing.T, e *export) { e.m.ClientID = "" }, inventory.Invalid, "no id"},
		"no client's id":     {func(_ *testing.T, e *export) { e.m.ClientID = "' OR 1=1 --" }, inventory.Invalid, "no id"},
		"the client's row":   {func(_ *testing.T, e *export) { e.files = map[string][]byte{"README.txt": nil}; e.retell() }, inventory.Invalid, "lacks the client"},
		"another's manifest": {func(_ *testing.T, e *export) { e.m.ClientID = other.site.ID }, inventory.Invalid, "another client"},
		"another's row":      {func(t *testing.T, e *export) { e.change(t, "contracts.jsonl", id, other.client.ID) }, inventory.Invalid, "another client"},
		"the provider's row": {func(t *testing.T, e *export) { e.change(t, "prices.jsonl", id, "") }, inventory.Invalid, "another client"},
		"another's asset":    {func(t *testing.T, e *export) { e.change(t, "coverages.jsonl", world.a.asset.ID, other.asset.ID) }, inventory.Invalid, "refers to"},
		"an unknown column":  {func(t *testing.T, e *export) { e.change(t, "sites.jsonl", `"name":`, `"evil":1,"name":`) }, inventory.Invalid, `no column "evil"`},
		"SQL in a column": {func(t *testing.T, e *export) {
			e.change(t, "sites.jsonl", `"name":`, `"a\") VALUES (1); --":1,"name":`)
		}, inventory.Invalid, "no column"},
		"a nested value":      {func(t *testing.T, e *export) { e.change(t, "sites.jsonl", `"name":`, `"notes":{"a":1},"name":`) }, inventory.Invalid, "no JSON object of"},
		"deep nesting":        {func(_ *testing.T, e *export) { e.put("sites.jsonl", strings.Repeat("[", 1<<20)+"\n") }, inventory.Invalid, "no JSON object of"},
		"no JSON":             {func(_ *testing.T, e *export) { e.put("sites.jsonl", "name;address\n") }, inventory.Invalid, "no JSON"},
		"two in a line":       {func(_ *testing.T, e *export) { e.put("sites.jsonl", "{}{}\n") }, inventory.Invalid, "no JSON"},
		"an empty line":       {func(_ *testing.T, e *export) { e.put("sites.jsonl", "\n") }, inventory.Invalid, "no JSON"},
		"null":                {func(_ *testing.T, e *export) { e.put("sites.jsonl", "null\n") }, inventory.Invalid, "no JSON"},
		"a text for a number": {func(t *testing.T, e *export) { e.change(t, "contracts.jsonl", `"months":36`, `"months":"36"`) }, inventory.Invalid, "months"},
		"a number for a text": {func(t *testing.T, e *export) { e.change(t, "sites.jsonl", `"address":""`, `"address":7`) }, inventory.Invalid, "address"},
		"a fraction":          {func(t *testing.T, e *export) { e.change(t, "contracts.jsonl", `"months":36`, `"months":3.6`) }, inventory.Invalid, "months"},
		"no instant":          {func(_ *testing.T, e *export) { e.files["sites.jsonl"] = instant(e.files["sites.jsonl"]); e.retell() }, inventory.Invalid, "created_at"},
		"a zero byte":         {func(t *testing.T, e *export) { e.change(t, "sites.jsonl", `"address":""`, `"address":"\u0000"`) }, inventory.Invalid, "zero byte"},
		"a name to hide": {func(t *testing.T, e *export) {
			e.change(t, "clients.jsonl", `"name":"Dupont SARL"`, `"name":"Dupont\u202e SARL"`)
		}, inventory.Invalid, "no name"},
		"a name's other key":  {func(t *testing.T, e *export) { e.change(t, "clients.jsonl", `"dupont sarl"`, `"someone else"`) }, inventory.Invalid, "no name"},
		"an unreadable asset": {func(t *testing.T, e *export) { e.change(t, "assets.jsonl", `"values":"{`, `"values":"{{`) }, inventory.Invalid, "asset is not"},
		"a wrong size": {func(t *testing.T, e *export) {
			e.change(t, "attachment_files.jsonl", `"size":21`, `"size":20`)
		}, inventory.Invalid, "its size"},
		"a huge content": {func(t *testing.T, e *export) {
			e.change(t, "attachment_files.jsonl", `"size":21`, `"size":99999999999`)
		}, inventory.Invalid, "none may be"},
		"a digest that climbs": {func(t *testing.T, e *export) {
			e.change(t, "attachment_files.jsonl", `"sha256":"`, `"sha256":"../../../etc/passwd`)
		}, inventory.Invalid, "lacks documents"},
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		// Another client is there, with ids that the archive may point to.
		if err := bringBack(t, s, zipped(t, world.Store, other.client)); err != nil {
			t.Fatal(err)
		}
		before := fmt.Sprint(allRows(t, s))
		for name, tc := range cases {
			e := takenApart(t, good)
			tc.change(t, e)
			err := bringBack(t, s, e.zip(t))
			if inventory.CodeOf(err) != tc.want || !strings.Contains(fmt.Sprint(err), tc.says) {
				t.Errorf("%s: %q %v, want %q and %q", name, inventory.CodeOf(err), err, tc.want, tc.says)
			}
		}
		if fmt.Sprint(allRows(t, s)) != before {
			t.Error("something was stored")
		}
		if err := bringBack(t, s, takenApart(t, good).zip(t)); err != nil {
			t.Errorf("the unchanged export: %v", err)
		}
	})
}

// instant breaks the first moment in a text.
func instant(text []byte) []byte {
	i := bytes.Index(text, []byte(`"created_at":"`)) + len(`"created_at":"`)
	return append(append(slices.Clone(text[:i]), "yesterday"...), text[i+4:]...)
}

// TestBombs: what would unpack to more than a real export is refused before it does,
// as is a zip file whose directory is a bomb of its own.
func TestBombs(t *testing.T) {
	t.Parallel()
	world := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	good := zipped(t, world.Store, world.a.client)
	const unpacked = 64<<20 + 0x123457 // bytes that stand nowhere else in the file
	e := takenApart(t, good)
	e.put("README.txt", strings.Repeat("0", unpacked))
	small := e.zip(t)
	if err := bringBack(t, storetest.Open(t, storetest.SQLite(t)), small); err != nil {
		t.Errorf("64 MB that pack well: %v", err) // a real export may have that
	}
	// The same, and it tells of itself that it is 2 GB.
	for i := range e.m.Files {
		if e.m.Files[i].Name == "README.txt" {
			e.m.Files[i].Bytes = 2 << 30
		}
	}
	lying := relabelled(t, e.zip(t), unpacked, 2<<30)
	code(t, bringBack(t, world.Store, lying), inventory.LimitReached, "a bomb")
	// It tells less than it holds: no more than that is read.
	for i := range e.m.Files {
		if e.m.Files[i].Name == "README.txt" {
			e.m.Files[i].Bytes = 7
		}
	}
	code(t, bringBack(t, world.Store, relabelled(t, e.zip(t), unpacked, 7)), inventory.Invalid, "longer than it tells")
	code(t, bringBack(t, world.Store, good[:len(good)/2]), inventory.Invalid, "half a file")
	code(t, bringBack(t, world.Store, []byte("PK")), inventory.Invalid, "no zip file")
	code(t, bringBack(t, world.Store, nil), inventory.Invalid, "nothing")
}

// relabelled replaces a size in the directory of a zip file.
func relabelled(t *testing.T, text []byte, old, new uint32) []byte {
	t.Helper()
	was, is := binary.LittleEndian.AppendUint32(nil, old), binary.LittleEndian.AppendUint32(nil, new)
	i := bytes.LastIndex(text, was)
	if i < 0 {
		t.Fatal("the size is not in the file")
	}
	return slices.Concat(text[:i], is, text[i+4:])
}

// TestHostileFolders: links and other things that are no files are not followed.
func TestHostileFolders(t *testing.T) {
	t.Parallel()
	world := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	good := takenApart(t, zipped(t, world.Store, world.a.client))
	for name, spoil := range map[string]func(dir string) error{
		"nothing":         func(string) error { return nil },
		"a link out":      func(dir string) error { return relink(dir, "sites.jsonl", "/etc/hostname") },
		"a link within":   func(dir string) error { return relink(dir, "sites.jsonl", "clients.jsonl") },
		"a linked folder": func(dir string) error { return relink(dir, "documents", "/etc") },
		"a folder":        func(dir string) error { return refolder(dir, "sites.jsonl") },
		"no manifest":     func(dir string) error { return os.Remove(filepath.Join(dir, "manifest.json")) },
	} {
		dir := t.TempDir()
		for file, text := range good.files {
			put(t, filepath.Join(dir, file), text)
		}
		put(t, filepath.Join(dir, "manifest.json"), must(json.Marshal(good.m))(t))
		if err := spoil(dir); err != nil {
			t.Fatal(err)
		}
		a, err := exchange.OpenArchive(dir, store.ArchiveTables())
		if name == "nothing" {
			if err != nil {
				t.Errorf("as it was: %v", err)
				continue
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
			continue
		}
		code(t, err, inventory.Invalid, name)
	}
}

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, fs.FileMode(0o600)); err != nil {
		t.Fatal(err)
	}
}

func relink(dir, name, to string) error {
	if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
		return err
	}
	return os.Symlink(to, filepath.Join(dir, name))
}

func refolder(dir, name string) error {
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		return err
	}
	return os.Mkdir(filepath.Join(dir, name), 0o700)
}

// TestOlderExports: one of format 1, which had no attachments and told no sizes,
// comes back.
func TestOlderExports(t *testing.T) {
	t.Parallel()
	world := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	e := takenApart(t, zipped(t, world.Store, world.a.client))
	delete(e.files, e.document())
	delete(e.files, "attachments.jsonl")
	delete(e.files, "attachment_files.jsonl")
	e.retell()
	e.m.Format = 1
	for i := range e.m.Files {
		e.m.Files[i].Bytes = 0
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := bringBack(t, s, e.zip(t)); err != nil {
			t.Fatal(err)
		}
		if c := must(s.Contract(t.Context(), admin, world.a.contract.ID))(t); c.ClientID != world.a.client.ID {
			t.Errorf("contract %+v", c)
		}
	})
}
