package paper

// Drawing is a picture of shapes, drawn as vectors in every format. Lengths are
// millimetres, from the top left.
type Drawing struct {
	Title         string // above it; "" for none
	Width, Height float64
	Shapes        []Shape
	Alt           string // what it shows, for those who cannot see it
}

// Shape is one thing in a drawing: Box, Line, Word, Disc or Slice.
type Shape interface{ shape() }

// Paint is how a shape is colored. A nil color is not painted.
type Paint struct {
	Fill, Stroke *Color
	Tone         Tone    // the fill, where Fill is nil and the tone is not Plain
	Width        float64 // of the stroke; 0: 0.25
	Dashed       bool
}

// Box is a rectangle, its corners rounded by Round.
type Box struct {
	X, Y, W, H, Round float64
	Paint
}

// Line joins two points.
type Line struct {
	X1, Y1, X2, Y2 float64
	Paint
}

// Word is a line of text; X, Y is the left end (or the middle, or the right
// end) of its base line. It is shortened where Max is passed.
type Word struct {
	X, Y, Size float64 // size in points
	Text       string
	Bold       bool
	Middle     bool
	Right      bool
	Color      *Color // nil: ink
	Max        float64
}

// Disc is a filled circle.
type Disc struct {
	X, Y, R float64
	Paint
}

// Slice is a piece of a ring, from one share of the whole turn to another,
// clockwise from the top.
type Slice struct {
	X, Y, Outer, Inner float64
	From, To           float64 // 0 to 1
	Paint
}

func (Box) shape()   {}
func (Line) shape()  {}
func (Word) shape()  {}
func (Disc) shape()  {}
func (Slice) shape() {}

// Add puts shapes on top of those that are there.
func (d *Drawing) Add(shapes ...Shape) { d.Shapes = append(d.Shapes, shapes...) }

// fill gives the color a shape is filled with, nil for none.
func (p Paint) fill(b Brand) *Color {
	if p.Fill != nil {
		return p.Fill
	}
	if p.Tone == Plain {
		return nil
	}
	c := palette(b, p.Tone)
	return &c
}

func (p Paint) stroke() (width float64) {
	if p.Width > 0 {
		return p.Width
	}
	return 0.25
}

// TextWidth gives how wide a text of a size in points is, in millimetres.
func TextWidth(text string, points float64, bold bool) float64 {
	return fontOf(bold).of(text) * points * pointMM
}

// pointMM is a point in millimetres.
const pointMM = 25.4 / 72
