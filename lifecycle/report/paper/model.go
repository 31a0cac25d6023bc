package paper

import "parc/inventory"

// Document is a whole document in one language.
type Document struct {
	Title    string // "Audit du parc informatique"
	Subtitle string // a period, a day
	Client   string // whom it is about
	Day      inventory.Day
	Locale   Locale
	Brand    Brand
	Cover    []Pair // lines of the title page; none: no title page, only a head
	Contents bool   // a table of contents follows the title page
	Parts    []Part
	Labels   *Sheet // labels instead of parts
	Terms    Terms
}

// Terms are the few words that the renderers themselves write.
type Terms struct {
	Page      string // "Page %d / %d"
	Contents  string // "Sommaire"
	Summary   string // the name of a workbook's first sheet
	Continued string // after the heading of a table that goes on: "suite"
	Digest    string // "Empreinte %s"
}

// Pair is a name and what it stands for.
type Pair struct{ Name, Text string }

// Part is a chapter.
type Part struct {
	Title   string
	NewPage bool // begins on a page of its own
	Blocks  []Block
}

// Block is a piece of a part: Text, Heading, List, Figures, Table, Drawing,
// Cards, Note or Beside.
type Block interface{ block() }

// Heading is a title inside a part.
type Heading string

// Text is a paragraph.
type Text struct {
	Text  string
	Small bool // small print
}

// List is a list of points.
type List []string

// Tone says what a thing means, for its colour.
type Tone string

// The tones.
const (
	Plain  Tone = ""
	Accent Tone = "accent"
	Good   Tone = "good"
	Warn   Tone = "warn"
	Bad    Tone = "bad"
	Worst  Tone = "worst"
	Muted  Tone = "muted"
)

// Figures are the few numbers that matter, each in a box.
type Figures []Figure

// Figure is one number with what it counts.
type Figure struct {
	Value string
	Label string
	Tone  Tone // Plain: a light box; any other fills it
}

// Table is a table with typed cells. It breaks between rows, never in a line,
// and its head comes again on each page.
type Table struct {
	Title    string // above the table; "" for none
	Sheet    string // the name of its sheet in a workbook; "" leaves it out there
	Columns  []Column
	Rows     [][]Cell
	Total    []Cell // a last row that stands out; nil for none
	Empty    string // said in its place when there are no rows
	BookOnly bool   // only in a workbook: too long for paper
	Dense    bool   // small print
}

// Column is a column's heading and its share of the width.
type Column struct {
	Title string
	Width float64 // relative to the other columns of the table
	Right bool    // numbers stand at the right
}

// Cell is a value in a table: string, int, float64, inventory.Day,
// inventory.Money, Whole, Percent, Badge, Rich or nil.
type Cell any

// Whole is an amount shown without its cents.
type Whole inventory.Money

// Percent is a share, 0 to 100.
type Percent float64

// Badge is a word with a colour.
type Badge struct {
	Text string
	Tone Tone
}

// Rich is a cell of two texts: one that stands out and one below it.
type Rich struct{ Head, Body string }

// Cards are a list of things that each need a few lines.
type Cards []Card

// Card is one of them; it is never cut by the end of a page.
type Card struct {
	Badge Badge
	Title string
	Text  string
	Pairs []Pair
}

// Note is a paragraph that stands out.
type Note struct {
	Tone  Tone
	Title string
	Text  string
}

// Beside puts two lists of blocks side by side; both stay on one page.
type Beside struct {
	Left, Right []Block
	Share       float64 // of the width that the left one takes; 0: half
}

func (Heading) block()  {}
func (Text) block()     {}
func (List) block()     {}
func (Figures) block()  {}
func (Table) block()    {}
func (*Drawing) block() {}
func (Cards) block()    {}
func (Note) block()     {}
func (Beside) block()   {}
