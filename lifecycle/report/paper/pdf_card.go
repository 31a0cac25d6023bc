package paper

// cardText is a card broken for a width.
type cardText struct {
	title, text []string
	pairs       [][2][]string
}

func breakCard(c Card, w float64) cardText {
	inner := w - 2*cardPad - 2
	badge := 0.0
	if c.Badge.Text != "" {
		badge = TextWidth(c.Badge.Text, 6.8, true) + 6
	}
	t := cardText{title: wrapped(c.Title, sizeBody+0.6, inner-badge, true, 3)}
	if c.Text != "" {
		t.text = wrapped(c.Text, sizeBody-0.4, inner, false, maxLines)
	}
	for _, pair := range c.Pairs {
		if pair.Text == "" {
			continue
		}
		t.pairs = append(t.pairs, [2][]string{
			wrapped(pair.Name, sizeSmall, nameWidth, false, 1), wrapped(pair.Text, sizeSmall, inner-nameWidth-2, false, 8),
		})
	}
	return t
}

// nameWidth is the width of the names of a card's pairs.
const nameWidth = 35.0

func (t cardText) height() float64 {
	height := 2*cardPad + float64(len(t.title))*leading(sizeBody+0.6)
	if len(t.text) > 0 {
		height += float64(len(t.text))*leading(sizeBody-0.4) + 0.8
	}
	for _, pair := range t.pairs {
		height += float64(len(pair[1]))*leading(sizeSmall) + 0.5
	}
	return height
}

func (p *pdf) cardHeight(c Card, w float64) float64 { return breakCard(c, w).height() + 2.4 }

func (p *pdf) card(c Card, x, w float64) {
	t := breakCard(c, w)
	height := t.height()
	p.need(height)
	p.box(Box{X: x, Y: p.y, W: w, H: height, Round: 1.6, Paint: Paint{Fill: &white, Stroke: &line}}, 0, 0)
	tint := palette(p.doc.Brand, tone(c.Badge.Tone))
	p.box(Box{X: x, Y: p.y + 1.6, W: 1.1, H: height - 3.2, Paint: Paint{Fill: &tint}}, 0, 0)
	left, y := x+cardPad+1, p.y+cardPad
	if c.Badge.Text != "" {
		text := fontOf(true).show(plain(c.Badge.Text))
		p.badge(piece{lines: []string{text}, size: 6.8, color: tint}, x+w-cardPad-TextWidth(text, 6.8, true)-3, y)
	}
	y = p.lines(t.title, left, y, sizeBody+0.6, true, ink)
	if len(t.text) > 0 {
		y = p.lines(t.text, left, y+0.8, sizeBody-0.4, false, ink)
	}
	for _, pair := range t.pairs {
		p.lines(pair[0], left, y+0.5, sizeSmall, false, muted)
		y = p.lines(pair[1], left+nameWidth, y+0.5, sizeSmall, false, ink)
	}
	p.y += height + 2.4
}
