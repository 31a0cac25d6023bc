package paper

import (
	"bytes"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"parc/inventory"
)

// WriteXLSX writes the document's tables as a workbook: a sheet for each, typed
// cells, filters, frozen headings. What devices say never becomes a formula. The
// same document gives the same bytes.
func WriteXLSX(w io.Writer, d Document) error {
	b := &book{file: excelize.NewFile(), doc: &d, styles: map[string]int{}, names: map[string]bool{}}
	defer b.file.Close()
	at := d.Day.Time().UTC().Format(time.RFC3339)
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: plain(d.Title), Subject: plain(d.Client), Creator: plain(d.Brand.Name), Created: at, Modified: at,
		Language: map[string]string{"fr": "fr-FR", "en": "en-GB"}[d.Locale.Lang],
	}); err != nil {
		return err
	}
	if err := b.summary(); err != nil {
		return err
	}
	for i := range d.Parts {
		if err := b.blocks(d.Parts[i].Blocks); err != nil {
			return err
		}
	}
	if d.Labels != nil {
		if err := b.labels(); err != nil {
			return err
		}
	}
	if err := b.file.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	var packed bytes.Buffer
	if err := b.file.Write(&packed); err != nil {
		return err
	}
	return repack(w, packed.Bytes(), d.Day.Time())
}

type book struct {
	file   *excelize.File
	doc    *Document
	styles map[string]int
	names  map[string]bool
}

func (b *book) blocks(blocks []Block) error {
	for _, block := range blocks {
		var err error
		switch v := block.(type) {
		case Table:
			if v.Sheet != "" {
				err = b.sheet(v)
			}
		case Beside:
			if err = b.blocks(v.Left); err == nil {
				err = b.blocks(v.Right)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// summary is the first sheet: what the document is, and its figures.
func (b *book) summary() error {
	d := b.doc
	rows := [][]Cell{{d.Title, d.Client}, {d.Subtitle, d.Day}}
	for _, pair := range d.Cover {
		rows = append(rows, []Cell{pair.Name, pair.Text})
	}
	for _, part := range d.Parts {
		for _, block := range part.Blocks {
			if figures, ok := block.(Figures); ok {
				for _, f := range figures {
					rows = append(rows, []Cell{f.Label, f.Value})
				}
			}
		}
	}
	return b.sheet(Table{Sheet: d.Terms.Summary, Columns: []Column{{Title: d.Terms.Summary, Width: 5}, {Title: d.Client, Width: 6}}, Rows: rows})
}

func (b *book) labels() error {
	t := Table{Sheet: b.doc.Title, Columns: []Column{{Title: "QR", Width: 5}, {Title: b.doc.Title, Width: 4}}}
	lines := 0
	for _, l := range b.doc.Labels.Labels {
		lines = max(lines, len(l.Lines))
	}
	for range lines {
		t.Columns = append(t.Columns, Column{Width: 4})
	}
	for _, l := range b.doc.Labels.Labels {
		row := []Cell{l.Code, l.Title}
		for _, text := range l.Lines {
			row = append(row, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return b.sheet(t)
}

// sheetName makes a name that a workbook takes: short, of allowed characters,
// not there yet.
func (b *book) sheetName(name string) string {
	const longest = 31
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, plain(name))
	cut := func(s string, n int) string {
		for utf8.RuneCountInString(s) > n {
			_, size := utf8.DecodeLastRuneInString(s)
			s = s[:len(s)-size]
		}
		return strings.TrimSpace(s)
	}
	base := cut(name, longest)
	if base == "" {
		base = "-"
	}
	for n, try := 2, base; ; n++ {
		if !b.names[strings.ToLower(try)] {
			b.names[strings.ToLower(try)] = true
			return try
		}
		suffix := " " + b.doc.Locale.Int(n)
		try = cut(base, longest-len(suffix)) + suffix
	}
}

func (b *book) sheet(t Table) error {
	name := b.sheetName(t.Sheet)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, c := range t.Columns {
		if err := stream.SetColWidth(i+1, i+1, min(80, 6+7*max(0.8, c.Width))); err != nil {
			return err
		}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head, err := b.style("head")
	if err != nil {
		return err
	}
	top := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		top[i] = excelize.Cell{StyleID: head, Value: inventory.Cell(plain(c.Title))}
	}
	if err := stream.SetRow("A1", top); err != nil {
		return err
	}
	if err := b.rows(stream, t); err != nil {
		return err
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	end, err := excelize.CoordinatesToCellName(len(t.Columns), max(2, len(t.Rows)+1))
	if err != nil {
		return err
	}
	return b.file.AutoFilter(name, "A1:"+end, nil)
}

func (b *book) rows(stream *excelize.StreamWriter, t Table) error {
	all := t.Rows
	if t.Total != nil {
		all = append(all[:len(all):len(all)], t.Total)
	}
	for i, row := range all {
		cells := make([]any, len(row))
		for k, c := range row {
			value, err := b.cell(c, i >= len(t.Rows))
			if err != nil {
				return err
			}
			cells[k] = value
		}
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := stream.SetRow(at, cells); err != nil {
			return err
		}
	}
	return nil
}

// cell makes a value safe and typed: texts are neutralised, days are dates,
// amounts are numbers with their currency.
func (b *book) cell(c Cell, strong bool) (any, error) {
	format, value := "", any(nil)
	switch x := c.(type) {
	case nil:
	case int:
		format, value = "int", x
	case float64:
		format, value = "float", x
	case inventory.Day:
		if !x.IsZero() {
			format, value = "day", x.Time()
		}
	case inventory.Money:
		if x != (inventory.Money{}) {
			format, value = "money:"+x.Currency, amount(x)
		}
	case Whole:
		if x != (Whole{}) {
			format, value = "money:"+x.Currency, amount(inventory.Money(x))
		}
	case Percent:
		format, value = "percent", float64(x)/100
	default:
		if text := plain(b.doc.Locale.Text(c)); text != "" {
			format, value = "text", inventory.Cell(cutTo(text, excelize.TotalCellChars-1))
		}
	}
	if value == nil {
		return nil, nil
	}
	if strong {
		format += "!"
	}
	style, err := b.style(format)
	return excelize.Cell{StyleID: style, Value: value}, err
}

// cutTo cuts a text that is longer than a cell holds.
func cutTo(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

// style gives the style of a format, made once.
func (b *book) style(format string) (int, error) {
	if id, ok := b.styles[format]; ok {
		return id, nil
	}
	s := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}
	name, strong := strings.CutSuffix(format, "!")
	number := map[string]string{
		"int": "#,##0", "float": "#,##0.0", "percent": "0%", "day": "dd/mm/yyyy", "text": "@",
	}[name]
	if code, ok := strings.CutPrefix(name, "money:"); ok {
		number = `#,##0.00\ "` + symbol(code) + `"`
	}
	if number != "" {
		s.CustomNumFmt = &number
	}
	if strong {
		s.Font = &excelize.Font{Bold: true}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F5F7FA"}}
	}
	if name == "head" {
		accent := b.doc.Brand.accent()
		s.Font = &excelize.Font{Bold: true, Color: strings.ToUpper(on(accent).Hex()[1:])}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{strings.ToUpper(accent.Hex()[1:])}}
	}
	id, err := b.file.NewStyle(s)
	if err == nil {
		b.styles[format] = id
	}
	return id, err
}

// symbol writes a currency in a number's format: only its letters, or its sign.
func symbol(code string) string {
	if code == "EUR" {
		return "€"
	}
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, code)
}
