package paper

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"
	"time"
)

// repack writes the archive that a workbook is with its files in order and of
// one date: the library's own order changes from one time to the next.
func repack(w io.Writer, archive []byte, at time.Time) error {
	from, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	to := zip.NewWriter(w)
	for _, f := range from.File {
		if err := copyFile(to, f, at); err != nil {
			return err
		}
	}
	return to.Close()
}

func copyFile(to *zip.Writer, f *zip.File, at time.Time) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := to.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in) //nolint:gosec // what this program has packed itself a moment ago
	return err
}
