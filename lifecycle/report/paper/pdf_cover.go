package paper

// begin draws the title page, or the head of a document that has none.
func (p *pdf) begin() {
	p.f.AddPage()
	if len(p.doc.Cover) == 0 {
		p.letterhead()
		return
	}
	d, accent := p.doc, p.doc.Brand.accent()
	const deep = 132.0
	text := on(accent)
	p.box(Box{X: 0, Y: 0, W: pageWidth, H: deep, Paint: Paint{Fill: &accent}}, 0, 0)
	p.signature(marginSide, 20, 60, 20, text)
	y := 72.0
	y = p.lines(wrapped(d.Title, 30, textWidth, true, 3), marginSide, y, 30, true, text)
	y = p.lines(wrapped(d.Client, 17, textWidth, false, 2), marginSide, y+2, 17, false, text)
	p.lines(wrapped(d.Subtitle, 11, textWidth, false, 1), marginSide, y+2, 11, false, text)
	y = deep + 14
	if d.Contents {
		p.tocTop = y + 3
	}
	for _, pair := range d.Cover {
		if y > bottom-12 {
			break
		}
		y = p.lines(wrapped(pair.Name, sizeSmall, 80, false, 1), marginSide, y, sizeSmall, false, muted)
		y = p.lines(wrapped(pair.Text, sizeBody+0.8, 80, true, 3), marginSide, y, sizeBody+0.8, true, ink) + 4
	}
	p.newPage()
}

// letterhead is the head of a short document's first page.
func (p *pdf) letterhead() {
	d, accent := p.doc, p.doc.Brand.accent()
	p.box(Box{X: 0, Y: 0, W: pageWidth, H: 3, Paint: Paint{Fill: &accent}}, 0, 0)
	p.signature(marginSide, 11, 55, 14, ink)
	right := func(y float64, text string, size float64, bold bool, c Color) {
		text = fontOf(bold).cut(plain(text), 100/(size*pointMM))
		p.text(pageWidth-marginSide-TextWidth(text, size, bold), y, text, size, bold, c)
	}
	right(16, d.Client, sizeHead, true, ink)
	right(21.5, d.Subtitle, sizeBody, false, muted)
	p.y = 36
	p.y = p.lines(wrapped(d.Title, 21, textWidth, true, 2), marginSide, p.y, 21, true, ink) + 5
}

// signature puts the provider's logo into a frame, or its name where there is none.
func (p *pdf) signature(x, y, width, height float64, c Color) {
	b := p.doc.Brand
	if b.Logo == nil {
		p.lines(wrapped(b.Name, 14, width+40, true, 1), x, y, 14, true, c)
		return
	}
	scale := min(width/float64(b.Logo.Width), height/float64(b.Logo.Height))
	w, h := float64(b.Logo.Width)*scale, float64(b.Logo.Height)*scale
	if c == white { // on the colored title page a logo stands on white
		p.box(Box{X: x, Y: y, W: w + 8, H: h + 8, Round: 2, Paint: Paint{Fill: &white}}, 0, 0)
		x, y = x+4, y+4
	}
	p.f.Image("logo", x, y, w, h, false, "", 0, "")
}
