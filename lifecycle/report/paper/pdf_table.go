package paper

import (
	"strings"

	"parc/inventory"
)

const (
	cellPadX = 1.4
	cellPadY = 1.5
	cellMost = 14 // lines of one cell: more is no text that somebody wrote for a reader
)

// silent tells that nothing of the table is on paper.
func (t Table) silent() bool { return t.BookOnly || len(t.Rows) == 0 && t.Empty == "" }

// grid is a table as it stands on paper.
type grid struct {
	t      Table
	widths []float64
	size   float64
	locale Locale
}

func (p *pdf) newGrid(t Table, w float64) grid {
	g := grid{t: t, locale: p.doc.Locale, widths: make([]float64, len(t.Columns)), size: 8.2}
	if t.Dense {
		g.size = 7
	}
	least, sum := g.least(), 0.0
	for _, c := range t.Columns {
		sum += max(0.1, c.Width)
	}
	for i, c := range t.Columns {
		g.widths[i] = w * max(0.1, c.Width) / sum
	}
	g.widen(least)
	return g
}

// least gives how wide each column has to be: no word of its heading, and no
// day, amount or badge, is cut.
func (g *grid) least() []float64 {
	const most, longest = 42.0, 24.0
	least := make([]float64, len(g.t.Columns))
	for i, c := range g.t.Columns {
		for word := range strings.FieldsSeq(c.Title) {
			least[i] = max(least[i], TextWidth(word, 7, true)+2*cellPadX+0.2)
		}
	}
	for _, row := range g.t.Rows {
		for i := range min(len(row), len(least)) {
			switch c := row[i].(type) {
			case Badge:
				least[i] = max(least[i], min(most, TextWidth(c.Text, 6.8, true)+3.2+2*cellPadX))
			case string:
				for word := range strings.FieldsSeq(cutTo(c, 200)) {
					if width := TextWidth(word, g.size, false) + 2*cellPadX + 0.2; width <= longest {
						least[i] = max(least[i], width)
					}
				}
			case inventory.Day, inventory.Money, Whole, int, float64, Percent:
				least[i] = max(least[i], min(most, TextWidth(g.locale.Text(row[i]), g.size, false)+2*cellPadX+0.2))
			}
		}
	}
	for i := range min(len(g.t.Total), len(least)) {
		least[i] = max(least[i], min(most, TextWidth(g.locale.Text(g.t.Total[i]), g.size, true)+2*cellPadX+0.2))
	}
	return least
}

// widen gives columns that are too narrow what they need, from those that have
// more than they need, as long as there are any.
func (g *grid) widen(least []float64) {
	lack, spare := 0.0, 0.0
	for i := range g.widths {
		lack += max(0, least[i]-g.widths[i])
		spare += max(0, g.widths[i]-least[i])
	}
	if lack == 0 {
		return
	}
	taken := min(lack, spare)
	for i := range g.widths {
		if need := least[i] - g.widths[i]; need > 0 {
			g.widths[i] += need * taken / lack
		} else if spare > 0 {
			g.widths[i] += need * taken / spare
		}
	}
}

// piece is a run of lines in a cell.
type piece struct {
	lines []string
	bold  bool
	color Color
	size  float64
}

// pieces breaks a cell for the width of its column.
func (p *pdf) pieces(g *grid, column int, c Cell, strong bool) []piece {
	width := g.widths[column] - 2*cellPadX
	switch x := c.(type) {
	case nil:
		return nil
	case Badge:
		if x.Text == "" {
			return nil
		}
		return []piece{{lines: []string{fontOf(true).cut(plain(x.Text), (width-3)/(6.8*pointMM))}, bold: true, size: 6.8, color: palette(p.doc.Brand, tone(x.Tone))}}
	case Rich:
		list := []piece{{lines: wrapped(x.Head, g.size, width, true, 4), bold: true, size: g.size, color: ink}}
		if x.Body != "" {
			list = append(list, piece{lines: wrapped(x.Body, g.size-0.4, width, false, cellMost-4), size: g.size - 0.4, color: muted})
		}
		return list
	}
	text := p.doc.Locale.Text(c)
	if text == "" {
		return nil
	}
	return []piece{{lines: wrapped(text, g.size, width, strong, cellMost), bold: strong, size: g.size, color: ink}}
}

func (p *pdf) rowHeight(g *grid, row []Cell, strong bool) float64 {
	most := leading(g.size)
	for i := range min(len(row), len(g.widths)) {
		height := 0.0
		for _, piece := range p.pieces(g, i, row[i], strong) {
			height += float64(len(piece.lines)) * leading(piece.size)
		}
		most = max(most, height)
	}
	return most + 2*cellPadY
}

func (p *pdf) headHeight(g *grid) float64 {
	lines := 1
	for i, c := range g.t.Columns {
		lines = max(lines, len(wrapped(c.Title, 7, g.widths[i]-2*cellPadX, true, 3)))
	}
	return float64(lines)*leading(7) + 2*cellPadY
}

func (p *pdf) tableHeight(t Table, w float64) float64 {
	if t.silent() {
		return 0
	}
	height := 0.0
	if t.Title != "" {
		height += leading(sizeBody) + 1.5
	}
	if len(t.Rows) == 0 {
		return height + p.height(Text{Text: t.Empty}, w)
	}
	g := p.newGrid(t, w)
	height += p.headHeight(&g)
	for _, row := range t.Rows {
		height += p.rowHeight(&g, row, false)
	}
	if t.Total != nil {
		height += p.rowHeight(&g, t.Total, true)
	}
	return height
}

// table draws a table, over as many pages as it takes.
func (p *pdf) table(t Table, x, w float64) {
	if t.silent() {
		return
	}
	if t.Title != "" {
		p.need(leading(sizeBody) + 24)
		p.y = p.lines([]string{fontOf(true).cut(plain(t.Title), w/(sizeBody*pointMM))}, x, p.y, sizeBody, true, ink) + 1.5
	}
	if len(t.Rows) == 0 {
		if t.Empty != "" {
			p.paragraph(Text{Text: t.Empty}, x, w)
		}
		return
	}
	g := p.newGrid(t, w)
	head := p.headHeight(&g)
	p.need(head + p.rowHeight(&g, t.Rows[0], false))
	p.tableHead(&g, x, head)
	row := func(cells []Cell, strong bool) {
		height := p.rowHeight(&g, cells, strong)
		if !p.held && p.y+height > bottom {
			p.newPage()
			p.tableHead(&g, x, head)
		}
		p.row(&g, cells, x, height, strong)
	}
	for _, cells := range t.Rows {
		row(cells, false)
	}
	if t.Total != nil {
		row(t.Total, true)
	}
}

func (p *pdf) tableHead(g *grid, x, height float64) {
	left, width := x, 0.0
	for _, w := range g.widths {
		width += w
	}
	accent := p.doc.Brand.accent()
	for i, c := range g.t.Columns {
		lines := wrapped(c.Title, 7, g.widths[i]-2*cellPadX, true, 3)
		for k, text := range lines {
			at := left + cellPadX
			if c.Right {
				at = left + g.widths[i] - cellPadX - TextWidth(text, 7, true)
			}
			p.lines([]string{text}, at, p.y+height-cellPadY-leading(7)*float64(len(lines)-k), 7, true, muted)
		}
		left += g.widths[i]
	}
	p.y += height
	p.line(Line{X1: x, Y1: p.y, X2: x + width, Y2: p.y, Paint: Paint{Stroke: &accent, Width: 0.4}}, 0, 0)
}

func (p *pdf) row(g *grid, cells []Cell, x, height float64, strong bool) {
	left, width := x, 0.0
	for _, w := range g.widths {
		width += w
	}
	if strong {
		p.box(Box{X: x, Y: p.y, W: width, H: height, Paint: Paint{Fill: &wash}}, 0, 0)
	}
	for i := range min(len(cells), len(g.widths)) {
		y := p.y + cellPadY
		for _, piece := range p.pieces(g, i, cells[i], strong) {
			if _, ok := cells[i].(Badge); ok {
				p.badge(piece, left+cellPadX, y)
				break
			}
			for _, text := range piece.lines {
				at := left + cellPadX
				if g.t.Columns[i].Right || right(cells[i]) {
					at = left + g.widths[i] - cellPadX - TextWidth(text, piece.size, piece.bold)
				}
				y = p.lines([]string{text}, at, y, piece.size, piece.bold, piece.color)
			}
		}
		left += g.widths[i]
	}
	p.y += height
	p.line(Line{X1: x, Y1: p.y, X2: x + width, Y2: p.y, Paint: Paint{Stroke: &line}}, 0, 0)
}

func (p *pdf) badge(b piece, x, y float64) {
	text := b.lines[0]
	p.box(Box{X: x, Y: y - 0.2, W: TextWidth(text, b.size, true) + 3, H: 3.8, Round: 1.9, Paint: Paint{Fill: &b.color}}, 0, 0)
	p.text(x+1.5, y+2.5, text, b.size, true, on(b.color))
}

// right tells that a cell's value stands at the right whatever its column says.
func right(c Cell) bool {
	switch c.(type) {
	case int, float64, inventory.Money, Whole, Percent:
		return true
	}
	return false
}
