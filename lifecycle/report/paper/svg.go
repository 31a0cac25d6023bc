package paper

import (
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
)

// svg gives a drawing as the element of a page.
func svg(d *Drawing, b Brand) template.HTML {
	var out strings.Builder
	fmt.Fprintf(&out, `<svg viewBox="0 0 %s %s" role="img" aria-label="%s" style="width:%smm">`, mm(d.Width), mm(d.Height), safe(d.Alt), mm(d.Width))
	for _, s := range d.Shapes {
		svgShape(&out, s, b)
	}
	out.WriteString("</svg>")
	return template.HTML(out.String()) //nolint:gosec // every text in it went through safe
}

func svgShape(out *strings.Builder, s Shape, b Brand) {
	switch x := s.(type) {
	case Box:
		fmt.Fprintf(out, `<rect x="%s" y="%s" width="%s" height="%s" rx="%s"%s/>`, mm(x.X), mm(x.Y), mm(x.W), mm(x.H), mm(x.Round), svgPaint(x.Paint, b))
	case Line:
		fmt.Fprintf(out, `<line x1="%s" y1="%s" x2="%s" y2="%s"%s/>`, mm(x.X1), mm(x.Y1), mm(x.X2), mm(x.Y2), svgPaint(x.Paint, b))
	case Disc:
		fmt.Fprintf(out, `<circle cx="%s" cy="%s" r="%s"%s/>`, mm(x.X), mm(x.Y), mm(x.R), svgPaint(x.Paint, b))
	case Slice:
		fmt.Fprintf(out, `<path d="%s"%s/>`, slicePath(x), svgPaint(x.Paint, b))
	case Word:
		svgWord(out, x)
	}
}

func svgWord(out *strings.Builder, w Word) {
	text := w.Text
	if w.Max > 0 {
		text = fontOf(w.Bold).cut(text, w.Max/(w.Size*pointMM))
	}
	color, anchor, weight := ink, "", ""
	if w.Color != nil {
		color = *w.Color
	}
	switch {
	case w.Middle:
		anchor = ` text-anchor="middle"`
	case w.Right:
		anchor = ` text-anchor="end"`
	}
	if w.Bold {
		weight = ` font-weight="600"`
	}
	fmt.Fprintf(out, `<text x="%s" y="%s" font-size="%s" fill="%s"%s%s>%s</text>`,
		mm(w.X), mm(w.Y), mm(w.Size*pointMM), color.Hex(), anchor, weight, safe(text))
}

func slicePath(s Slice) string {
	var out strings.Builder
	point := func(p [2]float64) { out.WriteString(mm(p[0]) + " " + mm(p[1]) + " ") }
	outer, inner := arc(s.X, s.Y, s.Outer, s.From, s.To), arc(s.X, s.Y, s.Inner, s.To, s.From)
	for i, ring := range [][][2]float64{outer, inner} {
		out.WriteString([]string{"M", "L"}[i])
		point(ring[0])
		for k := 1; k+2 < len(ring); k += 3 {
			out.WriteByte('C')
			point(ring[k])
			point(ring[k+1])
			point(ring[k+2])
		}
	}
	return out.String() + "Z"
}

func svgPaint(p Paint, b Brand) string {
	fill, stroke := "none", ""
	if c := p.fill(b); c != nil {
		fill = c.Hex()
	}
	if p.Stroke != nil {
		stroke = fmt.Sprintf(` stroke="%s" stroke-width="%s"`, p.Stroke.Hex(), mm(p.stroke()))
		if p.Dashed {
			stroke += ` stroke-dasharray="1.2 1"`
		}
	}
	return ` fill="` + fill + `"` + stroke
}

// mm writes a length: two decimals, no more than needed.
func mm(f float64) string {
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
}

// safe makes a text harmless inside an element or a quoted attribute.
func safe(s string) string { return html.EscapeString(plain(s)) }
