package paper

import (
	"embed"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"parc/inventory"
)

//go:embed data/paper.html data/paper.css
var page embed.FS

var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	// Only the names are needed to parse; the functions come with each document.
	return template.New("paper.html").Funcs((&leaf{}).functions()).ParseFS(page, "data/paper.html")
})

// leaf is a document as the template reads it.
type leaf struct {
	*Document
	Style template.CSS
}

// WriteHTML writes the document as one file without scripts or references to
// others, made to be read and to be printed on A4. Everything that devices and
// people have said is escaped.
func WriteHTML(w io.Writer, d Document) error {
	parsed, err := pageTemplate()
	if err != nil {
		return err
	}
	t, err := parsed.Clone()
	if err != nil {
		return err
	}
	style, err := page.ReadFile("data/paper.css")
	if err != nil {
		return err
	}
	l := &leaf{Document: &d, Style: template.CSS(dressed(string(style), &d))} //nolint:gosec // our own file and two colors
	return t.Funcs(l.functions()).Execute(w, l)
}

// dressed puts the document's colors and measures into the style sheet.
func dressed(style string, d *Document) string {
	accent := d.Brand.accent()
	wide, high, margin := pageWidth, pageHeight, "14mm 13mm 16mm"
	if d.Labels != nil {
		wide, high, margin = d.Labels.Stock.Width, d.Labels.Stock.Height, "0"
	}
	return strings.NewReplacer(
		"@ACCENT", accent.Hex(), "@ON", on(accent).Hex(), "@PAGE", mm(wide)+"mm "+mm(high)+"mm",
		"@WIDTH", mm(wide)+"mm", "@HEIGHT", mm(high)+"mm", "@MARGIN", margin,
	).Replace(style)
}

func (l *leaf) functions() template.FuncMap {
	return template.FuncMap{
		"kind":   kind,
		"plain":  plain,
		"silent": Table.silent,
		"svg":    func(d *Drawing) template.HTML { return svg(d, l.Brand) },
		"cell":   func(c Cell) template.HTML { return l.cell(c) },
		"right":  func(t Table, i int, c Cell) bool { return i < len(t.Columns) && t.Columns[i].Right || right(c) },
		"logo":   func() template.URL { return template.URL(l.Brand.Logo.dataURL()) }, //nolint:gosec // our own PNG in base64
		"number": func(i int) string { return strconv.Itoa(i + 1) },
		"share":  share,
		"sheets": l.sheets,
		"label":  func(x Label) template.HTML { return svg(l.Labels.Stock.Picture(x), l.Brand) },
		"spot":   func(i int) template.CSS { return l.spot(i) },
	}
}

// kind names a block for the template.
func kind(b Block) string {
	switch b.(type) {
	case Heading:
		return "heading"
	case Text:
		return "text"
	case List:
		return "list"
	case Figures:
		return "figures"
	case Table:
		return "table"
	case *Drawing:
		return "drawing"
	case Cards:
		return "cards"
	case Note:
		return "note"
	case Beside:
		return "beside"
	}
	return ""
}

func (l *leaf) cell(c Cell) template.HTML {
	text := ""
	switch x := c.(type) {
	case Badge:
		if x.Text != "" {
			text = `<span class="badge ` + safe(string(tone(x.Tone))) + `">` + safe(x.Text) + `</span>`
		}
	case Rich:
		text = "<b>" + safe(x.Head) + "</b>"
		if x.Body != "" {
			text += `<br><span class="muted">` + safe(x.Body) + "</span>"
		}
	default:
		text = safe(l.Locale.Text(c))
	}
	return template.HTML(text) //nolint:gosec // every text in it went through safe
}

// share gives the widths of two columns side by side.
func share(b Beside) template.CSS {
	s := b.Share
	if s <= 0 || s >= 1 {
		s = 0.5
	}
	return template.CSS("grid-template-columns:" + mm(s*100) + "fr " + mm((1-s)*100) + "fr") //nolint:gosec // two numbers
}

// sheets deals labels to sheets; an empty place is nil.
func (l *leaf) sheets() [][]*Label {
	s := l.Labels
	per := max(1, s.Stock.PerSheet())
	all := [][]*Label{{}}
	add := func(x *Label) {
		if last := len(all) - 1; len(all[last]) < per {
			all[last] = append(all[last], x)
			return
		}
		all = append(all, []*Label{x})
	}
	for range s.Skip % per {
		add(nil)
	}
	for i := range s.Labels {
		add(&s.Labels[i])
	}
	return all
}

func (l *leaf) spot(i int) template.CSS {
	x, y := l.Labels.Stock.place(i)
	return template.CSS("left:" + mm(x) + "mm;top:" + mm(y) + "mm") //nolint:gosec // two numbers
}

// amount gives an amount as a number for a workbook.
func amount(m inventory.Money) float64 { return float64(m.Minor) / 100 }
