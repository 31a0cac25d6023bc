package exchange

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"parc/inventory"
)

// The limits of archives.
const (
	longestManifest  = 64 << 20
	longestDirectory = 64 << 20 // of a zip file: half a million entries
	longestRow       = 128 << 20
	mostUnpacked     = 300     // times the zip file's own size …
	alwaysUnpacked   = 1 << 30 // … or this many bytes, whichever is more
)

// Archive is an archive that was opened and checked: every file is there and as
// the manifest tells.
type Archive struct {
	Manifest Manifest
	source   archiveSource
	path     string
	sizes    map[string]int64
	table    string
	file     io.Closer
	lines    *bufio.Scanner
	number   int // of the line last read
	longest  int // row, in bytes
}

// archiveSource opens the files of an archive, and tells how long each is.
type archiveSource interface {
	open(name string) (io.ReadCloser, int64, error)
	Close() error
}

// IsArchive tells whether a path may be an archive: a folder, or a zip file with a
// manifest.
func IsArchive(path string) bool {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return err == nil
	}
	z, err := openZip(path)
	if err != nil {
		return false
	}
	_ = z.Close() // only read
	return z.entries[manifestName] != nil
}

// OpenArchive opens a folder or a zip file that an ArchiveWriter has written, of
// which tables are known, and reads it through once. What is not as it was written
// is Invalid, what no real archive would hold LimitReached.
func OpenArchive(path string, tables []string) (*Archive, error) {
	source, err := openSource(path)
	if err != nil {
		return nil, err
	}
	a := &Archive{source: source, path: path, sizes: map[string]int64{}, longest: longestRow}
	if err := a.check(tables); err != nil {
		return nil, errors.Join(inventory.Errorf(inventory.CodeOf(err), "%s: %w", path, err), a.Close())
	}
	return a, nil
}

func openSource(path string) (archiveSource, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, inventory.Errorf(inventory.Invalid, "cannot read %s: %w", path, err)
	case info.IsDir():
		root, err := os.OpenRoot(path) // no name and no link leads out of it
		if err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "cannot read %s: %w", path, err)
		}
		return folderSource{root}, nil
	}
	return openZip(path)
}

func (a *Archive) check(tables []string) error {
	text, err := a.Read(manifestName, longestManifest)
	if err != nil {
		return err
	}
	if a.Manifest, err = readManifest(text); err != nil {
		return err
	}
	if err := a.Manifest.checkFiles(tables); err != nil {
		return err
	}
	if err := a.measure(); err != nil {
		return err
	}
	for _, f := range a.Manifest.Files {
		if err := a.sumUp(f); err != nil {
			return err
		}
	}
	return nil
}

// measure refuses what would unpack to more than any real archive, before anything
// is unpacked.
func (a *Archive) measure() error {
	total := int64(0)
	for _, f := range a.Manifest.Files {
		in, size, err := a.source.open(f.Name)
		if err != nil {
			return err
		}
		_ = in.Close() // only read
		if f.Bytes != 0 && f.Bytes != size || size < 0 || size > 1<<50 {
			return changed(f.Name, "its size")
		}
		a.sizes[f.Name] = size
		total += size
	}
	if z, packed := a.source.(*zipSource); packed && total > max(alwaysUnpacked, mostUnpacked*z.size) {
		return inventory.Errorf(inventory.LimitReached, "it would unpack to %d MB, more than any real export of its size", total>>20)
	}
	return nil
}

func changed(name, what string) error {
	return inventory.Errorf(inventory.Invalid, "%s is not as it was exported (%s differs): nothing stored", name, what)
}

func (a *Archive) sumUp(f ArchiveFile) error {
	in, size, err := a.source.open(f.Name)
	if err != nil {
		return err
	}
	defer in.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(in, size+1))
	switch {
	case err != nil:
		return inventory.Errorf(inventory.Invalid, "%s cannot be read: %w", f.Name, err)
	case n != size:
		return changed(f.Name, "its size")
	case hex.EncodeToString(sum.Sum(nil)) != f.SHA256:
		return changed(f.Name, "its SHA-256")
	}
	return nil
}

// Read gives a file whole, of so many bytes at most.
func (a *Archive) Read(name string, most int64) ([]byte, error) {
	in, size, err := a.source.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if size > most {
		return nil, inventory.Errorf(inventory.LimitReached, "%s is larger than %d MB", name, most>>20)
	}
	text, err := io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "%s cannot be read: %w", name, err)
	}
	return text, nil
}

// Open gives the content of an attachment; one that the archive lacks is Invalid.
func (a *Archive) Open(digest string) (io.ReadCloser, error) {
	name := documents + digest
	if _, known := a.sizes[name]; !known {
		return nil, inventory.Errorf(inventory.Invalid, "it lacks %s, which %s%s names", inventory.CleanTo(name, 80), "attachment_files", rowsSuffix)
	}
	in, _, err := a.source.open(name)
	return in, err
}

// Next gives the rows of a table in turn, nil at its end: also at once, for a table
// that an older parc did not have.
func (a *Archive) Next(table string) (map[string]any, error) {
	if a.table != table {
		if err := a.begin(table); err != nil {
			return nil, err
		}
	}
	if a.lines == nil {
		return nil, nil
	}
	if !a.lines.Scan() {
		if err := a.lines.Err(); errors.Is(err, bufio.ErrTooLong) {
			return nil, inventory.Errorf(inventory.LimitReached, "row %d is longer than %d bytes", a.number+1, a.longest)
		} else if err != nil {
			return nil, inventory.Errorf(inventory.Invalid, "cannot be read: %w", err)
		}
		return nil, nil
	}
	a.number++
	line := a.lines.Bytes()
	var row map[string]any
	in := json.NewDecoder(bytes.NewReader(line))
	in.UseNumber()
	if inventory.Nested(line, 1) || in.Decode(&row) != nil || row == nil || in.InputOffset() != int64(len(line)) {
		return nil, inventory.Errorf(inventory.Invalid, "row %d is no JSON object of texts and numbers", a.number)
	}
	return row, nil
}

func (a *Archive) begin(table string) error {
	a.end()
	a.table = table
	name := table + rowsSuffix
	if _, there := a.sizes[name]; !there { // only what the manifest sums up is read
		return nil
	}
	in, size, err := a.source.open(name)
	if err != nil {
		return err
	}
	a.file, a.lines, a.number = in, bufio.NewScanner(io.LimitReader(in, size)), 0
	a.lines.Buffer(make([]byte, min(64<<10, a.longest)), a.longest)
	return nil
}

func (a *Archive) end() {
	if a.file != nil {
		_ = a.file.Close() // only read
	}
	a.file, a.lines = nil, nil
}

// Close closes the archive.
func (a *Archive) Close() error {
	a.end()
	return a.source.Close()
}

// folderSource is an archive in a folder.
type folderSource struct{ *os.Root }

func (s folderSource) open(name string) (io.ReadCloser, int64, error) {
	path := filepath.FromSlash(name)
	info, err := s.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, inventory.Errorf(inventory.Invalid, "it lacks %s", name)
	case err != nil:
		return nil, 0, inventory.Errorf(inventory.Invalid, "%s cannot be read: %w", name, err)
	case !info.Mode().IsRegular():
		return nil, 0, inventory.Errorf(inventory.Invalid, "%s is no plain file: links are not followed", name)
	}
	f, err := s.Open(path)
	if err != nil {
		return nil, 0, inventory.Errorf(inventory.Invalid, "%s cannot be read: %w", name, err)
	}
	return f, info.Size(), nil
}

// zipSource is an archive in a zip file; nothing of it is unpacked to disk.
type zipSource struct {
	file    *os.File
	size    int64
	entries map[string]*zip.File
}

func openZip(path string) (*zipSource, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "cannot read %s: %w", path, err)
	}
	s := &zipSource{file: f, entries: map[string]*zip.File{}}
	if err := s.list(); err != nil {
		return nil, errors.Join(inventory.Errorf(inventory.CodeOf(err), "%s: %w", path, err), f.Close())
	}
	return s, nil
}

func (s *zipSource) list() error {
	info, err := s.file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return inventory.Errorf(inventory.Invalid, "it is no plain file")
	}
	s.size = info.Size()
	// The directory at the end of the file is read whole, whatever it claims to hold.
	directory := &limitedAt{s.file, longestDirectory}
	all, err := zip.NewReader(directory, s.size)
	switch {
	case err != nil && directory.left < 0:
		return inventory.Errorf(inventory.LimitReached, "it holds more files than any real export")
	case err != nil:
		return inventory.Errorf(inventory.Invalid, "it is no zip file, or a damaged one: %w", err)
	}
	directory.left = math.MaxInt64 // what the files hold has limits of its own
	for _, f := range all.File {
		if s.entries[f.Name] != nil {
			return inventory.Errorf(inventory.Invalid, "it holds %q twice", inventory.CleanTo(f.Name, 80))
		}
		s.entries[f.Name] = f
	}
	return nil
}

func (s *zipSource) open(name string) (io.ReadCloser, int64, error) {
	f := s.entries[name]
	switch {
	case f == nil:
		return nil, 0, inventory.Errorf(inventory.Invalid, "it lacks %s", name)
	case !f.Mode().IsRegular():
		return nil, 0, inventory.Errorf(inventory.Invalid, "%s is no plain file: links are not followed", name)
	case f.UncompressedSize64 > 1<<50:
		return nil, 0, inventory.Errorf(inventory.LimitReached, "%s is larger than any real file", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, 0, inventory.Errorf(inventory.Invalid, "%s cannot be read: %w", name, err)
	}
	return in, int64(f.UncompressedSize64), nil
}

// Close closes the file.
func (s *zipSource) Close() error { return s.file.Close() }

// limitedAt reads so many bytes and no more.
type limitedAt struct {
	in   io.ReaderAt
	left int64
}

// ReadAt reads while something is left.
func (r *limitedAt) ReadAt(b []byte, at int64) (int, error) {
	if r.left -= int64(len(b)); r.left < 0 {
		return 0, errors.New("too much")
	}
	return r.in.ReadAt(b, at)
}
