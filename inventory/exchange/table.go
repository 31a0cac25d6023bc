package exchange

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"parc/inventory"
)

// column is one column of an asset table.
type column struct {
	fr, en string
	width  float64 // of a spreadsheet's column, in characters
	value  func(*inventory.Asset) any
}

// columns are the columns of an asset table, in order. A value is a text, a day
// (time.Time) or nil for an empty cell.
var columns = []column{
	{"Nom", "Name", 24, func(a *inventory.Asset) any { return a.Hostname }},
	{"Classe", "Class", 16, func(a *inventory.Asset) any { return string(a.Class) }},
	{"Constructeur", "Vendor", 22, func(a *inventory.Asset) any { return a.Vendor }},
	{"Modèle", "Model", 28, func(a *inventory.Asset) any { return a.Model }},
	{"N° de série", "Serial", 22, func(a *inventory.Asset) any { return a.Serial }},
	{"État", "State", 12, func(a *inventory.Asset) any { return string(a.State) }},
	{"Adresse IP", "Address", 16, func(a *inventory.Asset) any { return a.Address }},
	{"Adresses MAC", "MAC addresses", 20, fieldColumn(inventory.FieldMAC)},
	{"Système", "System", 26, func(a *inventory.Asset) any { return a.OSName }},
	{"Version du système", "System version", 18, func(a *inventory.Asset) any { return a.OSVersion }},
	{"Build", "Build", 12, func(a *inventory.Asset) any { return a.OSBuild }},
	{"Version", "Version", 18, func(a *inventory.Asset) any { return a.Version }},
	{"Utilisateur", "User", 18, fieldColumn(inventory.FieldUser)},
	{"Domaine", "Domain", 18, fieldColumn(inventory.FieldDomain)},
	{"Emplacement", "Location", 20, fieldColumn(inventory.FieldLocation)},
	{"Étiquette", "Asset tag", 14, fieldColumn(inventory.FieldAssetTag)},
	{"UUID", "UUID", 38, func(a *inventory.Asset) any { return a.UUID }},
	{"Vu la première fois", "First seen", 18, func(a *inventory.Asset) any { return dayOf(a.FirstSeen) }},
	{"Vu la dernière fois", "Last seen", 18, func(a *inventory.Asset) any { return dayOf(a.LastSeen) }},
	{"Identifiant", "ID", 38, func(a *inventory.Asset) any { return a.ID }},
}

func fieldColumn(f inventory.Field) func(*inventory.Asset) any {
	return func(a *inventory.Asset) any { return a.Values[f].Value }
}

func dayOf(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return inventory.DayOf(t).Time()
}

func (c *column) heading(lang string) string {
	if lang == "en" {
		return c.en
	}
	return c.fr
}

// WriteAssets writes a table of the assets that each gives, as "csv" or "xlsx",
// with headings in "fr" or "en". CSV is UTF-8 with a byte-order mark, lines end
// in CR LF, and days are ISO; French tables are separated by semicolons, as
// Excel expects in France, English ones by commas. XLSX has typed days, a frozen
// heading and a filter. In both, text that would be a formula is neutralised.
// Another format or language is Invalid.
func WriteAssets(w io.Writer, format, lang string, each func(yield func(inventory.Asset) error) error) error {
	if lang != "fr" && lang != "en" {
		return inventory.Errorf(inventory.Invalid, "no tables in language %q: fr or en", inventory.CleanTo(lang, 20))
	}
	switch format {
	case "csv":
		return writeCSV(w, lang, each)
	case "xlsx":
		return writeXLSX(w, lang, each)
	}
	return inventory.Errorf(inventory.Invalid, "no tables in format %q: csv or xlsx", inventory.CleanTo(format, 20))
}

func writeCSV(w io.Writer, lang string, each func(func(inventory.Asset) error) error) error {
	buffered := bufio.NewWriter(w)
	if _, err := buffered.WriteString("\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(buffered)
	c.UseCRLF = true
	if lang == "fr" {
		c.Comma = ';'
	}
	row := make([]string, len(columns))
	for i := range columns {
		row[i] = columns[i].heading(lang)
	}
	if err := c.Write(row); err != nil {
		return err
	}
	err := each(func(a inventory.Asset) error {
		for i := range columns {
			switch v := columns[i].value(&a).(type) {
			case string:
				row[i] = inventory.Cell(v)
			case time.Time:
				row[i] = v.Format(time.DateOnly)
			default:
				row[i] = ""
			}
		}
		return c.Write(row)
	})
	if err != nil {
		return err
	}
	if c.Flush(); c.Error() != nil {
		return c.Error()
	}
	return buffered.Flush()
}

func writeXLSX(w io.Writer, lang string, each func(func(inventory.Asset) error) error) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	sheet := map[string]string{"fr": "Parc", "en": "Assets"}[lang]
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	t, err := newSheet(f, sheet, lang)
	if err != nil {
		return fmt.Errorf("start the sheet %s: %w", sheet, err)
	}
	if err := each(t.add); err != nil {
		return err
	}
	if err := t.end(); err != nil {
		return fmt.Errorf("end the sheet %s: %w", sheet, err)
	}
	return f.Write(w)
}

// sheet streams assets into a worksheet row by row.
type sheet struct {
	*excelize.StreamWriter
	day int // the style of days
	row int // the last row written
}

func newSheet(f *excelize.File, name, lang string) (*sheet, error) {
	s, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	iso := "yyyy-mm-dd"
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: &iso})
	if err != nil {
		return nil, err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	heading := make([]any, len(columns))
	for i := range columns {
		if err := s.SetColWidth(i+1, i+1, columns[i].width); err != nil {
			return nil, err
		}
		heading[i] = excelize.Cell{StyleID: bold, Value: columns[i].heading(lang)}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	return &sheet{s, day, 1}, s.SetRow("A1", heading)
}

// maxRows is what a worksheet holds.
const maxRows = 1_048_576

func (s *sheet) add(a inventory.Asset) error {
	if s.row++; s.row > maxRows {
		return inventory.Errorf(inventory.LimitReached, "a worksheet holds %d rows: write csv instead", maxRows)
	}
	cells := make([]any, len(columns))
	for i := range columns {
		switch v := columns[i].value(&a).(type) {
		case string:
			if v != "" {
				cells[i] = inventory.Cell(v)
			}
		case time.Time:
			cells[i] = excelize.Cell{StyleID: s.day, Value: v}
		}
	}
	at, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	return s.SetRow(at, cells)
}

// end makes the rows a table that can be filtered, when there are any.
func (s *sheet) end() error {
	if s.row > 1 {
		last, err := excelize.CoordinatesToCellName(len(columns), s.row)
		if err != nil {
			return err
		}
		if err := s.AddTable(&excelize.Table{Range: "A1:" + last, Name: "Assets", StyleName: "TableStyleLight1"}); err != nil {
			return err
		}
	}
	return s.Flush()
}

// byAddress orders addresses as numbers, what is none after them.
func byAddress(a, b string) int {
	x, xerr := netip.ParseAddr(a)
	y, yerr := netip.ParseAddr(b)
	switch {
	case xerr == nil && yerr == nil:
		return x.Compare(y)
	case xerr == nil:
		return -1
	case yerr == nil:
		return 1
	}
	return strings.Compare(a, b)
}
