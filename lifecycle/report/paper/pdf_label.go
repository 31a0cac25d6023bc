package paper

import "codeberg.org/go-pdf/fpdf"

// labels draws sheets of labels at their exact measures.
func (p *pdf) labels(sheet *Sheet) {
	s := sheet.Stock
	orientation := "P"
	if s.Width > s.Height {
		orientation = "L" // fpdf turns the sides for it
	}
	size := fpdf.SizeType{Wd: min(s.Width, s.Height), Ht: max(s.Width, s.Height)}
	at := sheet.Skip % max(1, s.PerSheet())
	p.f.AddPageFormat(orientation, size)
	for i, l := range sheet.Labels {
		if at == s.PerSheet() {
			p.f.AddPageFormat(orientation, size)
			at = 0
		}
		if i == 0 {
			p.f.Bookmark(fontOf(false).show(plain(p.doc.Title)), 0, 0)
		}
		x, y := s.place(at)
		for _, shape := range s.Picture(l).Shapes {
			p.shape(shape, x, y)
		}
		at++
	}
}
