package exchange

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parc/inventory"
)

// Sink makes the files of an archive, one after the other.
type Sink interface {
	Create(name string) (io.WriteCloser, error)
}

// Folder is a sink that writes into a folder, which is there and empty.
type Folder string

// Create makes a file; one that is there is not written over.
func (dir Folder) Create(name string) (io.WriteCloser, error) {
	path := filepath.Join(string(dir), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}

// Zip is a sink that writes a zip file, without ever going back in it.
type Zip struct{ *zip.Writer }

// NewZip begins a zip file; its Close ends it.
func NewZip(w io.Writer) Zip {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	return Zip{z}
}

// Create makes an entry. What people attach is mostly packed already.
func (z Zip) Create(name string) (io.WriteCloser, error) {
	method := zip.Deflate
	if strings.HasPrefix(name, documents) {
		method = zip.Store
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	return entry{w}, err
}

// entry ends with the next one.
type entry struct{ io.Writer }

func (entry) Close() error { return nil }

// ArchiveWriter writes a client's archive as the store gives it. Its methods are
// called one after the other; after an error what was written is no archive.
type ArchiveWriter struct {
	sink     Sink
	manifest Manifest
	tables   []string // still to come
	table    *writtenFile
	rows     *json.Encoder
}

// NewArchive begins an archive of a client. tables are all the tables that it has,
// in the order in which their rows come.
func NewArchive(sink Sink, m Manifest, tables []string) *ArchiveWriter {
	m.Format = archiveFormat
	return &ArchiveWriter{sink: sink, manifest: m, tables: slices.Clone(tables)}
}

// Row writes a row of a table. Tables without a row get an empty file.
func (w *ArchiveWriter) Row(table string, row map[string]any) error {
	for w.table == nil || w.table.name != table+rowsSuffix {
		if len(w.tables) == 0 {
			return fmt.Errorf("a row of %s, which is none of the archive's tables or came too late", table)
		}
		if err := w.nextTable(); err != nil {
			return err
		}
	}
	w.table.rows++
	return w.rows.Encode(row)
}

func (w *ArchiveWriter) nextTable() error {
	if err := w.endTable(); err != nil {
		return err
	}
	f, err := w.create(w.tables[0] + rowsSuffix)
	if err != nil {
		return err
	}
	w.table, w.rows, w.tables = f, json.NewEncoder(f), w.tables[1:]
	return nil
}

func (w *ArchiveWriter) endTable() error {
	if w.table == nil {
		return nil
	}
	f := w.table
	w.table = nil
	return w.finish(f)
}

// endTables ends the last table, and makes files of those that had no rows.
func (w *ArchiveWriter) endTables() error {
	for len(w.tables) > 0 {
		if err := w.nextTable(); err != nil {
			return err
		}
	}
	return w.endTable()
}

// File writes the content of attachments.
func (w *ArchiveWriter) File(digest string, content io.Reader) error {
	if err := w.endTables(); err != nil {
		return err
	}
	f, err := w.create(documents + digest)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, content); err != nil {
		return errors.Join(err, f.out.Close())
	}
	if err := w.finish(f); err != nil {
		return err
	}
	if last := w.manifest.Files[len(w.manifest.Files)-1]; last.SHA256 != digest {
		return inventory.Errorf(inventory.Internal, "the content of attachment %s is damaged in the database: restore a backup", digest)
	}
	return nil
}

// Assets writes the list of assets that people read.
func (w *ArchiveWriter) Assets(each func(yield func(inventory.Asset) error) error) error {
	if err := w.endTables(); err != nil {
		return err
	}
	return w.Add(assetsName, 0, func(out io.Writer) error { return WriteAssets(out, "csv", "fr", each) })
}

// Add writes a file of another kind, which holds so many rows.
func (w *ArchiveWriter) Add(name string, rows int, write func(io.Writer) error) error {
	f, err := w.create(name)
	if err != nil {
		return err
	}
	f.rows = rows
	if err := write(f); err != nil {
		return errors.Join(err, f.out.Close())
	}
	return w.finish(f)
}

// Close writes what explains the archive, and the manifest last: without one it is
// no archive. It gives what was written.
func (w *ArchiveWriter) Close() (Manifest, error) {
	if err := w.endTables(); err != nil {
		return w.manifest, err
	}
	err := w.Add(readmeName, 0, func(out io.Writer) error {
		_, err := io.WriteString(out, archiveReadme)
		return err
	})
	if err != nil {
		return w.manifest, err
	}
	out, err := w.sink.Create(manifestName)
	if err != nil {
		return w.manifest, fmt.Errorf("write the manifest: %w", err)
	}
	text := json.NewEncoder(out)
	text.SetIndent("", "  ")
	return w.manifest, errors.Join(text.Encode(w.manifest), out.Close())
}

// Abandon closes what an error has left open.
func (w *ArchiveWriter) Abandon() {
	if w.table != nil {
		_ = w.table.out.Close() // it is no archive anyway
		w.table = nil
	}
}

// writtenFile is a file that is summed up while it is written.
type writtenFile struct {
	name  string
	out   io.WriteCloser
	wide  *bufio.Writer
	sum   hash.Hash
	rows  int
	bytes int64
}

func (w *ArchiveWriter) create(name string) (*writtenFile, error) {
	out, err := w.sink.Create(name)
	if err != nil {
		return nil, fmt.Errorf("write %s of the archive: %w", name, err)
	}
	return &writtenFile{name: name, out: out, wide: bufio.NewWriterSize(out, 64<<10), sum: sha256.New()}, nil
}

// Write writes and sums up.
func (f *writtenFile) Write(b []byte) (int, error) {
	_, _ = f.sum.Write(b) // a hash never fails
	f.bytes += int64(len(b))
	return f.wide.Write(b)
}

func (w *ArchiveWriter) finish(f *writtenFile) error {
	if err := errors.Join(f.wide.Flush(), f.out.Close()); err != nil {
		return fmt.Errorf("write %s of the archive: %w", f.name, err)
	}
	w.manifest.Files = append(w.manifest.Files, ArchiveFile{f.name, f.rows, f.bytes, hex.EncodeToString(f.sum.Sum(nil))})
	return nil
}
