package paper

// Sizes of blocks, in millimetres.
const (
	figureHeight = 19.0
	figureGap    = 3.0
	perRow       = 5
	cardPad      = 3.2
	notePad      = 3.0
)

// draw draws a block across a width and moves y below it.
func (p *pdf) draw(b Block, x, w float64) {
	switch v := b.(type) {
	case Heading:
		p.heading(v, x, w)
	case Text:
		p.paragraph(v, x, w)
	case List:
		p.list(v, x, w)
	case Figures:
		p.figures(v, x, w)
	case Table:
		p.table(v, x, w)
	case *Drawing:
		p.drawing(v, x, w)
	case Cards:
		for _, c := range v {
			p.card(c, x, w)
		}
	case Note:
		p.note(v, x, w)
	case Beside:
		p.beside(v, x, w)
	}
}

// height tells how much of the page a block takes across a width.
func (p *pdf) height(b Block, w float64) float64 {
	switch v := b.(type) {
	case Heading:
		return leading(sizeHead)
	case Text:
		return float64(len(wrapped(v.Text, textSize(v), w, false, maxLines))) * leading(textSize(v))
	case List:
		total := 0.0
		for _, item := range v {
			total += float64(len(wrapped(item, sizeBody, w-5, false, maxLines)))*leading(sizeBody) + 0.8
		}
		return total
	case Figures:
		rows := (len(v) + perRow - 1) / perRow
		return float64(rows)*(figureHeight+figureGap) - figureGap
	case Table:
		return p.tableHeight(v, w)
	case *Drawing:
		return v.Height + drawingTitle(v)
	case Cards:
		total := 0.0
		for _, c := range v {
			total += p.cardHeight(c, w)
		}
		return total
	case Note:
		return p.noteHeight(v, w)
	case Beside:
		left, right := v.widths(w)
		return max(p.stack(v.Left, left), p.stack(v.Right, right))
	}
	return 0
}

// stack is the height of blocks one below the other.
func (p *pdf) stack(blocks []Block, w float64) float64 {
	total := 0.0
	for i, b := range blocks {
		if i > 0 {
			total += gap(blocks[i-1], b)
		}
		total += p.height(b, w)
	}
	return total
}

func (p *pdf) heading(h Heading, x, w float64) {
	p.need(leading(sizeHead) + 22)
	title := fontOf(true).cut(plain(string(h)), w/(sizeHead*pointMM))
	if !p.held {
		p.mark(title, 1)
	}
	p.y = p.lines([]string{title}, x, p.y, sizeHead, true, ink)
}

func textSize(t Text) float64 {
	if t.Small {
		return sizeSmall
	}
	return sizeBody
}

func (p *pdf) paragraph(t Text, x, w float64) {
	size, c := textSize(t), ink
	if t.Small {
		c = muted
	}
	lines := wrapped(t.Text, size, w, false, maxLines)
	p.need(min(float64(len(lines)), 3) * leading(size))
	for _, text := range lines {
		p.need(leading(size))
		p.y = p.lines([]string{text}, x, p.y, size, false, c)
	}
}

func (p *pdf) list(l List, x, w float64) {
	for _, item := range l {
		lines := wrapped(item, sizeBody, w-5, false, maxLines)
		p.need(float64(len(lines)) * leading(sizeBody))
		accent := p.doc.Brand.accent()
		p.shape(Disc{X: x + 1.4, Y: p.y + 2.3, R: 0.7, Paint: Paint{Fill: &accent}}, 0, 0)
		p.y = p.lines(lines, x+5, p.y, sizeBody, false, ink) + 0.8
	}
}

func (p *pdf) figures(list Figures, x, w float64) {
	for len(list) > 0 {
		n := min(perRow, len(list))
		p.need(figureHeight)
		width := (w - figureGap*float64(n-1)) / float64(n)
		for i, f := range list[:n] {
			p.figure(f, x+float64(i)*(width+figureGap), width)
		}
		p.y += figureHeight
		if list = list[n:]; len(list) > 0 {
			p.y += figureGap
		}
	}
}

func (p *pdf) figure(f Figure, x, w float64) {
	value, label := ink, muted
	paint := Paint{Fill: &wash, Stroke: &line}
	if f.Tone != Plain {
		c := palette(p.doc.Brand, f.Tone)
		paint = Paint{Fill: &c}
		value, label = on(c), on(c)
	}
	p.box(Box{X: x, Y: p.y, W: w, H: figureHeight, Round: 2, Paint: paint}, 0, 0)
	size := 17.0
	for size > 8 && TextWidth(fontOf(true).show(f.Value), size, true) > w-6 {
		size--
	}
	p.text(x+3, p.y+8.4, fontOf(true).cut(plain(f.Value), (w-6)/(size*pointMM)), size, true, value)
	p.lines(wrapped(f.Label, 7.2, w-6, false, 2), x+3, p.y+10.6, 7.2, false, label)
}

func drawingTitle(d *Drawing) float64 {
	if d.Title == "" {
		return 0
	}
	return leading(sizeBody) + 2
}

func (p *pdf) drawing(d *Drawing, x, w float64) {
	p.need(d.Height + drawingTitle(d))
	if d.Title != "" {
		p.lines([]string{fontOf(true).cut(plain(d.Title), w/(sizeBody*pointMM))}, x, p.y, sizeBody, true, ink)
		p.y += drawingTitle(d)
	}
	for _, s := range d.Shapes {
		p.shape(s, x, p.y)
	}
	p.y += d.Height
}

func (p *pdf) noteHeight(n Note, w float64) float64 {
	height := 2*notePad + float64(len(wrapped(n.Text, sizeBody, w-2*notePad-2, false, maxLines)))*leading(sizeBody)
	if n.Title != "" {
		height += leading(sizeBody) + 0.6
	}
	return height
}

func (p *pdf) note(n Note, x, w float64) {
	height := p.noteHeight(n, w)
	p.need(height)
	c := palette(p.doc.Brand, tone(n.Tone))
	p.box(Box{X: x, Y: p.y, W: w, H: height, Paint: Paint{Fill: &wash}}, 0, 0)
	p.box(Box{X: x, Y: p.y, W: 1.2, H: height, Paint: Paint{Fill: &c}}, 0, 0)
	y := p.y + notePad
	if n.Title != "" {
		y = p.lines(wrapped(n.Title, sizeBody, w-2*notePad-2, true, 1), x+notePad+1.5, y, sizeBody, true, ink) + 0.6
	}
	p.lines(wrapped(n.Text, sizeBody, w-2*notePad-2, false, maxLines), x+notePad+1.5, y, sizeBody, false, ink)
	p.y += height
}

func (v Beside) widths(w float64) (left, right float64) {
	const between = 8.0
	share := v.Share
	if share <= 0 || share >= 1 {
		share = 0.5
	}
	left = (w - between) * share
	return left, w - between - left
}

func (p *pdf) beside(v Beside, x, w float64) {
	left, right := v.widths(w)
	height := p.height(v, w)
	p.need(height)
	start, held := p.y, p.held
	p.held = true
	p.column(v.Left, x, left)
	p.y = start
	p.column(v.Right, x+w-right, right)
	p.held = held
	p.y = start + height
}

func (p *pdf) column(blocks []Block, x, w float64) {
	for i, b := range blocks {
		if i > 0 {
			p.y += gap(blocks[i-1], b)
		}
		p.draw(b, x, w)
	}
}
