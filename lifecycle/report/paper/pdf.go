package paper

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// The page, in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	marginSide = 16.0
	top        = 23.0  // of what flows
	bottom     = 277.0 // of what flows
	textWidth  = pageWidth - 2*marginSide
)

// The sizes of text, in points.
const (
	sizeBody  = 9.2
	sizeSmall = 7.6
	sizeHead  = 11.0
	sizePart  = 16.0
)

// WritePDF writes the document on A4: real text in an embedded font, bookmarks,
// page numbers, vectors. The same document gives the same bytes.
func WritePDF(w io.Writer, d Document) error {
	p, err := newPDF(&d)
	if err != nil {
		return err
	}
	if d.Labels != nil {
		p.labels(d.Labels)
		return p.f.Output(w)
	}
	p.begin()
	for i := range d.Parts {
		p.part(&d.Parts[i])
	}
	p.finish()
	return p.f.Output(w)
}

// pdf draws a document: y runs down the page, and what does not fit goes on
// the next one.
type pdf struct {
	f      *fpdf.Fpdf
	doc    *Document
	y      float64
	held   bool    // inside something that must stay on its page
	marks  []entry // of the contents
	tocTop float64 // where the contents begin on the first page; 0: none
}

// entry is a line of the contents.
type entry struct {
	title string
	page  int
	y     float64
}

func newPDF(d *Document) (*pdf, error) {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true) // the same order of resources every time
	f.SetCreationDate(d.Day.Time())
	f.SetModificationDate(d.Day.Time())
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(marginSide, top, marginSide)
	f.AddUTF8FontFromBytes("inter", "", bytes.Clone(interRegular))
	f.AddUTF8FontFromBytes("inter", "B", bytes.Clone(interSemiBold))
	f.SetTitle(plain(d.Title+" – "+d.Client), true)
	f.SetAuthor(plain(d.Brand.Name), true)
	f.SetSubject(plain(d.Subtitle), true)
	f.SetCreator("parc", true)
	f.SetLang(map[string]string{"fr": "fr-FR", "en": "en-GB"}[d.Locale.Lang])
	f.SetDisplayMode("fullwidth", "continuous")
	if l := d.Brand.Logo; l != nil {
		f.RegisterImageOptionsReader("logo", fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(l.PNG))
	}
	return &pdf{f: f, doc: d}, f.Error()
}

func (p *pdf) newPage() {
	p.f.AddPage()
	p.y = top
}

// need begins a new page when so much does not fit on this one.
func (p *pdf) need(height float64) {
	if !p.held && p.y+height > bottom && p.y > top {
		p.newPage()
	}
}

// part draws a chapter with its heading.
func (p *pdf) part(part *Part) {
	switch {
	case part.NewPage && p.y > top:
		p.newPage()
	case p.y > top:
		p.y += 7
	}
	first := 24.0
	if len(part.Blocks) > 0 {
		first = min(60, p.height(part.Blocks[0], textWidth))
	}
	if part.Title == "" {
		p.need(first)
	} else {
		p.need(13 + first)
		title := fontOf(true).wrap(plain(part.Title), textWidth/(sizePart*pointMM))[0]
		p.mark(title, 0)
		p.text(marginSide, p.y+5.6, title, sizePart, true, ink)
		accent := p.doc.Brand.accent()
		p.box(Box{X: marginSide, Y: p.y + 8.2, W: 14, H: 0.9, Paint: Paint{Fill: &accent}}, 0, 0)
		p.y += 12.5
	}
	for i, b := range part.Blocks {
		if i > 0 {
			p.y += gap(part.Blocks[i-1], b)
		}
		p.draw(b, marginSide, textWidth)
	}
}

// mark puts a title into the bookmarks, and a chapter's into the contents.
func (p *pdf) mark(title string, level int) {
	p.f.Bookmark(title, level, p.y)
	if level == 0 {
		p.marks = append(p.marks, entry{title, p.f.PageNo(), p.y})
	}
}

// gap is the space between two blocks.
func gap(before, after Block) float64 {
	if _, ok := after.(Heading); ok {
		return 6
	}
	if _, ok := before.(Heading); ok {
		return 2
	}
	return 4
}

// finish writes what is known only at the end: the contents, and the head and
// the foot of every page.
func (p *pdf) finish() {
	pages := p.f.PageCount()
	for n := 1; n <= pages; n++ {
		p.f.SetPage(n)
		// fpdf writes a text's color only where it is not the one it last filled
		// with, and that was on another page.
		p.f.SetFillColor(254, 254, 254)
		if n > 1 || len(p.doc.Cover) == 0 {
			p.head(n)
		}
		p.foot(n, pages)
	}
	if p.tocTop > 0 && len(p.marks) > 0 {
		p.f.SetPage(1)
		p.f.SetFillColor(254, 254, 254)
		p.contents()
	}
	p.f.SetPage(pages)
}

func (p *pdf) head(n int) {
	if n == 1 {
		return // the first page of a document without a title page has its own head
	}
	d := p.doc
	const y = 13.0
	half := textWidth / 2 / (sizeSmall * pointMM)
	p.text(marginSide, y, fontOf(true).cut(plain(d.Brand.Name), half-4), sizeSmall, true, muted)
	right := fontOf(false).cut(plain(d.Title+" · "+d.Client), half+4)
	p.text(pageWidth-marginSide-TextWidth(right, sizeSmall, false), y, right, sizeSmall, false, muted)
	p.rule(y + 2.4)
}

func (p *pdf) foot(n, pages int) {
	const y = 286.0
	p.rule(y - 4.5)
	number := fmt.Sprintf(p.doc.Terms.Page, n, pages)
	width := TextWidth(number, sizeSmall, false)
	p.text(pageWidth-marginSide-width, y, number, sizeSmall, false, muted)
	const size = 6.4
	legal := fontOf(false).wrap(plain(p.doc.Brand.Legal), (textWidth-width-8)/(size*pointMM))
	for i, text := range legal[:min(2, len(legal))] {
		p.text(marginSide, y+2.9*float64(i), text, size, false, muted)
	}
}

func (p *pdf) rule(y float64) {
	p.line(Line{X1: marginSide, Y1: y, X2: pageWidth - marginSide, Y2: y, Paint: Paint{Stroke: &line}}, 0, 0)
}

// contents writes the list of chapters on the title page.
func (p *pdf) contents() {
	const x, step = 112.0, 6.2
	width := pageWidth - marginSide - x
	y := p.tocTop
	p.text(x, y, p.doc.Terms.Contents, sizeHead, true, ink)
	y += 8
	room := int((bottom - y) / step)
	for _, m := range p.marks[:min(room, len(p.marks))] {
		number := p.doc.Locale.Int(m.page)
		p.text(x, y, fontOf(false).cut(m.title, (width-10)/(sizeBody*pointMM)), sizeBody, false, ink)
		p.text(x+width-TextWidth(number, sizeBody, false), y, number, sizeBody, false, muted)
		link := p.f.AddLink()
		p.f.SetLink(link, m.y, m.page)
		p.f.Link(x, y-4, width, 5.4, link)
		y += step
	}
}

// text writes one line; y is its base line. What the font cannot show is
// replaced.
func (p *pdf) text(x, y float64, text string, size float64, bold bool, c Color) {
	if text == "" {
		return
	}
	style := ""
	if bold {
		style = "B"
	}
	p.f.SetFont("inter", style, size)
	p.f.SetTextColor(int(c.R), int(c.G), int(c.B))
	p.f.Text(x, y, fontOf(bold).show(text))
}

// lines writes lines below each other from the top at y and gives where they end.
func (p *pdf) lines(lines []string, x, y, size float64, bold bool, c Color) float64 {
	step := leading(size)
	for i, text := range lines {
		p.text(x, y+step*float64(i)+size*pointMM*0.98, text, size, bold, c)
	}
	return y + step*float64(len(lines))
}

// leading is the distance of base lines for a size.
func leading(size float64) float64 { return size * pointMM * 1.38 }

// maxLines bounds how many lines one text takes: more than that is no text that
// somebody wrote for a reader.
const maxLines = 40

// wrapped breaks a text for a width; what is too long ends in an ellipsis.
func wrapped(text string, size, width float64, bold bool, most int) []string {
	lines := fontOf(bold).wrap(plain(text), width/(size*pointMM))
	if len(lines) > most {
		last := fontOf(bold).cut(lines[most-1]+" "+lines[most], width/(size*pointMM))
		if !strings.HasSuffix(last, "…") {
			last += " …"
		}
		lines = append(slices.Clone(lines[:most-1]), last)
	}
	return lines
}
