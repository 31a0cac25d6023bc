package paper

// shape draws one shape of a drawing whose top left is at x, y.
func (p *pdf) shape(s Shape, x, y float64) {
	switch v := s.(type) {
	case Box:
		p.box(v, x, y)
	case Line:
		p.line(v, x, y)
	case Disc:
		if mode := p.paint(v.Paint); mode != "" {
			p.f.Circle(x+v.X, y+v.Y, v.R, mode)
		}
	case Slice:
		p.slice(v, x, y)
	case Word:
		p.word(v, x, y)
	}
}

// paint sets the colors and gives how to draw: "F" fills, "D" outlines.
func (p *pdf) paint(v Paint) string {
	mode := ""
	if c := v.fill(p.doc.Brand); c != nil {
		p.f.SetFillColor(int(c.R), int(c.G), int(c.B))
		mode = "F"
	}
	if v.Stroke != nil {
		p.f.SetDrawColor(int(v.Stroke.R), int(v.Stroke.G), int(v.Stroke.B))
		p.f.SetLineWidth(v.stroke())
		if v.Dashed {
			p.f.SetDashPattern([]float64{1.2, 1}, 0)
		} else {
			p.f.SetDashPattern(nil, 0)
		}
		mode += "D"
	}
	return mode
}

func (p *pdf) box(v Box, x, y float64) {
	mode := p.paint(v.Paint)
	switch {
	case mode == "":
	case v.Round > 0:
		p.f.RoundedRect(x+v.X, y+v.Y, v.W, v.H, min(v.Round, v.W/2, v.H/2), "1234", mode)
	default:
		p.f.Rect(x+v.X, y+v.Y, v.W, v.H, mode)
	}
}

func (p *pdf) line(v Line, x, y float64) {
	if p.paint(v.Paint) != "" {
		p.f.Line(x+v.X1, y+v.Y1, x+v.X2, y+v.Y2)
	}
}

func (p *pdf) slice(v Slice, x, y float64) {
	mode := p.paint(v.Paint)
	if mode == "" {
		return
	}
	outer, inner := arc(x+v.X, y+v.Y, v.Outer, v.From, v.To), arc(x+v.X, y+v.Y, v.Inner, v.To, v.From)
	p.f.MoveTo(outer[0][0], outer[0][1])
	for i, ring := range [][][2]float64{outer, inner} {
		if i > 0 {
			p.f.LineTo(ring[0][0], ring[0][1])
		}
		for k := 1; k+2 < len(ring); k += 3 {
			p.f.CurveBezierCubicTo(ring[k][0], ring[k][1], ring[k+1][0], ring[k+1][1], ring[k+2][0], ring[k+2][1])
		}
	}
	p.f.ClosePath()
	p.f.DrawPath(mode)
}

func (p *pdf) word(v Word, x, y float64) {
	text := plain(v.Text)
	if v.Max > 0 {
		text = fontOf(v.Bold).cut(text, v.Max/(v.Size*pointMM))
	} else {
		text = fontOf(v.Bold).show(text)
	}
	c := ink
	if v.Color != nil {
		c = *v.Color
	}
	left := x + v.X
	switch width := TextWidth(text, v.Size, v.Bold); {
	case v.Middle:
		left -= width / 2
	case v.Right:
		left -= width
	}
	p.text(left, y+v.Y, text, v.Size, v.Bold, c)
}
