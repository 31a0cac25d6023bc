package paper

import (
	qr "github.com/piglig/go-qr"

	"parc/inventory"
)

// Sheet is labels: on sheets of many, or one to a page for a label printer.
type Sheet struct {
	Stock  Stock
	Skip   int // places of the first sheet that are used up already
	Labels []Label
}

// Label is one label: a code for a camera and a few lines for people.
type Label struct {
	Code  string // what the QR code says
	Title string
	Lines []string
}

// Stock is what labels are printed on, in millimetres.
type Stock struct {
	Name          string
	Width, Height float64 // of the page
	Columns, Rows int
	Left, Top     float64 // of the first label
	StepX, StepY  float64 // from one label to the next
	LabelW        float64
	LabelH        float64
}

// Stocks lists the label stocks that are known. The measures are those printed
// in the makers' own templates.
func Stocks() []Stock {
	return []Stock{
		{"avery-l7160", 210, 297, 3, 7, 7.25, 15.15, 66.04, 38.1, 63.5, 38.1},
		{"avery-l7159", 210, 297, 3, 8, 7.25, 13.05, 66.04, 33.9, 63.5, 33.9},
		{"avery-l7651", 210, 297, 5, 13, 4.7, 10.7, 40.6, 21.2, 38.1, 21.2},
		{"62x29", 62, 29, 1, 1, 0, 0, 62, 29, 62, 29},
		{"54x25", 54, 25, 1, 1, 0, 0, 54, 25, 54, 25},
	}
}

// FindStock gives a stock by its name; "" is the first. Invalid when there is none.
func FindStock(name string) (Stock, error) {
	stocks := Stocks()
	if name == "" {
		return stocks[0], nil
	}
	var names string
	for i, s := range stocks {
		if s.Name == name {
			return s, nil
		}
		if i > 0 {
			names += ", "
		}
		names += s.Name
	}
	return Stock{}, inventory.Errorf(inventory.Invalid, "%q is no label stock: %s", inventory.CleanTo(name, 40), names)
}

// PerSheet is how many labels a sheet of the stock holds.
func (s Stock) PerSheet() int { return s.Columns * s.Rows }

// maxCode bounds what a code says: more makes it too fine for a small label.
const maxCode = 200

// Picture draws one label as shapes.
func (s Stock) Picture(l Label) *Drawing {
	d := &Drawing{Width: s.LabelW, Height: s.LabelH, Alt: l.Title}
	pad := min(2.6, s.LabelH*0.1)
	side := min(s.LabelH-2*pad, s.LabelW*0.42)
	black, paper := Color{}, white
	code, err := qr.EncodeText(inventory.CleanTo(l.Code, maxCode), qr.Medium)
	if err == nil {
		module := side / float64(code.Size())
		y0 := (s.LabelH - side) / 2
		d.Add(Box{X: pad, Y: y0, W: side, H: side, Paint: Paint{Fill: &paper}})
		for y := range code.Size() {
			for x := 0; x < code.Size(); x++ {
				run := 0
				for x+run < code.Size() && code.Module(x+run, y) {
					run++
				}
				if run > 0 { // a row of dark modules is one box: no hair lines between them
					d.Add(Box{X: pad + float64(x)*module, Y: y0 + float64(y)*module, W: float64(run) * module, H: module + 0.01, Paint: Paint{Fill: &black}})
					x += run
				}
			}
		}
	}
	left := pad + side + 2
	room := s.LabelW - left - pad
	size := min(9.5, s.LabelH/3)
	y := pad + size*pointMM
	lines := wrapped(l.Title, size, room, true, 2)
	for _, text := range lines {
		d.Add(Word{X: left, Y: y, Size: size, Text: text, Bold: true})
		y += leading(size)
	}
	small := min(7, size*0.78)
	for _, text := range l.Lines {
		if y > s.LabelH-pad*0.6 {
			break
		}
		d.Add(Word{X: left, Y: y, Size: small, Text: text, Max: room, Color: &muted})
		y += leading(small)
	}
	return d
}

// place gives where the n-th label of a sheet stands.
func (s Stock) place(n int) (x, y float64) {
	return s.Left + float64(n%s.Columns)*s.StepX, s.Top + float64(n/s.Columns)*s.StepY
}
