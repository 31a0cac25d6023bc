package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"parc/inventory"
)

// The limits of a spreadsheet that is read.
const (
	MaxSheet    = 128 << 20 // bytes of the file
	MaxRows     = 500_000
	maxColumns  = 300
	maxUnzipped = 512 << 20 // bytes of an XLSX when unpacked
	sniffed     = 64 << 10  // bytes that the delimiter is guessed from
)

// ReadSheet gives the rows of a CSV or of the first sheet of an XLSX, each
// with its number as a person counts them (the first is 1; quoted line breaks
// do not count). Encoding and delimiter are found out: UTF-8 and UTF-16 with or
// without a mark, else cp1252; tab, semicolon, comma or bar. Days in an XLSX
// come as Excel's serial numbers. What is too large is LimitReached.
func ReadSheet(r io.Reader, yield func(number int, cells []string) error) error {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSheet+1))
	if err != nil {
		return err
	}
	if len(raw) > MaxSheet {
		return inventory.Errorf(inventory.LimitReached, "the file is larger than %d MiB: split it", MaxSheet>>20)
	}
	bounded := func(number int, cells []string) error {
		if number > MaxRows {
			return inventory.Errorf(inventory.LimitReached, "more than %d rows: split the file", MaxRows)
		}
		if len(cells) > maxColumns {
			return inventory.Errorf(inventory.LimitReached, "row %d has %d columns, at most %d are read", number, len(cells), maxColumns)
		}
		for i := range cells {
			cells[i] = inventory.Clean(cells[i])
		}
		return yield(number, cells)
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		return readXLSX(raw, bounded)
	}
	return readCSV(raw, bounded)
}

func readXLSX(raw []byte, yield func(int, []string) error) (err error) {
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: 16 << 20})
	if err != nil {
		return inventory.Errorf(inventory.Invalid, "no readable XLSX: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return inventory.Errorf(inventory.Invalid, "no readable sheet: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return inventory.Errorf(inventory.Invalid, "row %d: %w", number, err)
		}
		if err := yield(number, cells); err != nil {
			return err
		}
	}
	return rows.Error()
}

func readCSV(raw []byte, yield func(int, []string) error) error {
	text, err := decode(raw)
	if err != nil {
		return inventory.Errorf(inventory.Invalid, "the file's encoding is not readable: %w", err)
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.Comma = delimiter(text)
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	for number := 1; ; number++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return inventory.Errorf(inventory.Invalid, "row %d: %w", number, err)
		}
		if err := yield(number, cells); err != nil {
			return err
		}
	}
}

// decode gives the file as UTF-8 without a mark.
func decode(raw []byte) ([]byte, error) {
	head := raw[:min(len(raw), 4096)]
	order, marked := unicode.LittleEndian, bytes.HasPrefix(raw, []byte{0xff, 0xfe})
	if bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		order, marked = unicode.BigEndian, true
	}
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case marked, zeros[1] > len(head)/4:
		return unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(withMark(raw, order, marked))
	case zeros[0] > len(head)/4:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(withMark(raw, unicode.BigEndian, false))
	case utf8.Valid(raw):
		return bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), nil
	}
	return charmap.Windows1252.NewDecoder().Bytes(raw)
}

func withMark(raw []byte, order unicode.Endianness, marked bool) []byte {
	switch {
	case marked:
		return raw
	case order == unicode.BigEndian:
		return append([]byte{0xfe, 0xff}, raw...)
	}
	return append([]byte{0xff, 0xfe}, raw...)
}

// delimiter guesses by which sign the first rows fall into the same number,
// the largest, of columns.
func delimiter(text []byte) rune {
	best, most := ';', 0
	for _, comma := range []rune{';', '\t', ',', '|'} {
		in := csv.NewReader(strings.NewReader(string(text[:min(len(text), sniffed)])))
		in.Comma, in.LazyQuotes, in.FieldsPerRecord = comma, true, -1
		widths := map[int]int{}
		for range 20 {
			cells, err := in.Read()
			if err != nil {
				break
			}
			if len(cells) > 1 {
				widths[len(cells)]++
			}
		}
		for width, rows := range widths {
			if score := rows*1000 + width; score > most {
				best, most = comma, score
			}
		}
	}
	return best
}
