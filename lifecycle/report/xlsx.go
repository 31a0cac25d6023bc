package report

import (
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"parc/inventory"
)

// WriteXLSX writes the document as a workbook: typed cells, filters, frozen
// headings. What devices say never becomes a formula.
func WriteXLSX(w io.Writer, d Document, lang string) error {
	texts, err := language(lang)
	if err != nil {
		return err
	}
	book := &workbook{file: excelize.NewFile(), words: texts, doc: &d, lang: lang}
	defer book.file.Close()
	if err := book.styles(); err != nil {
		return err
	}
	for _, write := range []func() error{book.summary, book.assets, book.findings, book.services, book.software, book.events} {
		if err := write(); err != nil {
			return err
		}
	}
	if err := book.file.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	return book.file.Write(w)
}

type workbook struct {
	file         *excelize.File
	words        words
	doc          *Document
	lang         string
	heading, day int
}

func (b *workbook) styles() (err error) {
	if b.heading, err = b.file.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1D4E89"}},
	}); err != nil {
		return err
	}
	format := "dd/mm/yyyy"
	b.day, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	return err
}

// cell makes a value safe and typed: texts are neutralised, days become dates.
func (b *workbook) cell(v any) any {
	switch x := v.(type) {
	case string:
		return inventory.Cell(x)
	case inventory.Day:
		if x.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: b.day, Value: x.Time()}
	}
	return v
}

// sheet writes a table with headings; widths are in characters.
func (b *workbook) sheet(key string, headings []string, widths []float64, rows [][]any) error {
	name := b.words.t("sheet." + key)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, width := range widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	top := make([]any, len(headings))
	for i, h := range headings {
		top[i] = excelize.Cell{StyleID: b.heading, Value: b.words.t(h)}
	}
	if err := stream.SetRow("A1", top); err != nil {
		return err
	}
	for i, row := range rows {
		for k := range row {
			row[k] = b.cell(row[k])
		}
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := stream.SetRow(at, row); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	end, err := excelize.CoordinatesToCellName(len(headings), max(2, len(rows)+1))
	if err != nil {
		return err
	}
	return b.file.AutoFilter(name, "A1:"+end, nil)
}

func (b *workbook) summary() error {
	d, w := b.doc, b.words
	rows := [][]any{
		{w.t("title"), d.Client}, {w.t("day"), d.Day}, {w.t("score"), round(d.Score.Total)}, {w.t("score") + " (A–E)", d.Score.Grade},
		{w.t("assets"), d.Totals.Assets}, {w.t("contracts"), d.Totals.Contracts}, {w.t("licences"), d.Totals.Licences},
		{w.t("severity.critical"), d.Totals.Critical}, {w.t("severity.high"), d.Totals.High},
		{w.t("severity.medium"), d.Totals.Medium}, {w.t("severity.low"), d.Totals.Low},
	}
	for _, c := range d.Classes {
		rows = append(rows, []any{w.name("class", string(c.Class)), c.Count})
	}
	return b.sheet("summary", []string{"what", "count"}, []float64{40, 30}, rows)
}

func round(f float64) float64 { return float64(int(f*10+0.5)) / 10 }

func (b *workbook) assets() error {
	var rows [][]any
	for i := range b.doc.Assets {
		a := &b.doc.Assets[i]
		rows = append(rows, []any{
			a.Name, b.words.name("class", string(a.Class)), a.Vendor, a.Model, a.Serial, a.System, a.Version, a.Address, a.Site,
			b.words.name("asset-state", string(a.State)), b.words.name("support", string(a.Support)), a.SupportEnd, a.Warranty,
			inventory.DayOf(a.LastSeen), len(a.Findings),
		})
	}
	return b.sheet("assets", []string{
		"name", "class", "vendor", "model", "serial", "system", "version", "address", "site", "state", "support", "support-end", "warranty", "last-seen", "findings",
	}, []float64{26, 18, 22, 26, 20, 32, 26, 18, 18, 14, 20, 14, 14, 14, 10}, rows)
}

func (b *workbook) findings() error {
	var rows [][]any
	for _, f := range b.doc.Findings {
		topic := Topic{ANSSI: f.ANSSI, CIS: f.CIS}
		rows = append(rows, []any{
			b.words.name("severity", string(f.Severity)), b.doc.judge.Title(f.Rule, b.lang), f.Asset, f.Evidence,
			b.doc.judge.Advice(f.Rule, b.lang), b.words.name("level", f.Effort), b.words.name("level", f.Cost),
			(&page{words: b.words}).references(topic),
		})
	}
	return b.sheet("findings", []string{"severity", "what", "name", "evidence", "advice.what", "effort", "cost", "references"},
		[]float64{12, 38, 26, 48, 60, 10, 10, 40}, rows)
}

func (b *workbook) services() error {
	var rows [][]any
	for i := range b.doc.Assets {
		a := &b.doc.Assets[i]
		services := slices.Clone(a.Services)
		slices.SortFunc(services, func(x, y inventory.Service) int { return x.Port - y.Port })
		for _, s := range services {
			rows = append(rows, []any{a.Name, a.Address, s.Port, s.Protocol, s.Name, s.Product, s.Version})
		}
	}
	return b.sheet("services", []string{"name", "address", "port", "protocol", "service", "product", "version"},
		[]float64{26, 18, 8, 10, 18, 32, 24}, rows)
}

func (b *workbook) software() error {
	var rows [][]any
	for i := range b.doc.Assets {
		a := &b.doc.Assets[i]
		for _, s := range a.Software {
			rows = append(rows, []any{a.Name, s.Name, s.Version, s.Publisher, s.InstalledOn})
		}
	}
	return b.sheet("software", []string{"name", "software", "version", "publisher", "installed"}, []float64{26, 44, 20, 26, 14}, rows)
}

func (b *workbook) events() error {
	var rows [][]any
	for _, e := range b.doc.Events {
		rows = append(rows, []any{e.Day, b.words.name("event", string(e.Kind)), e.What, e.Assets})
	}
	return b.sheet("events", []string{"day", "kind", "subject", "assets"}, []float64{14, 34, 50, 12}, rows)
}
