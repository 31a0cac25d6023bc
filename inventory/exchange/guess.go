package exchange

import (
	"errors"
	"io"
	"slices"
	"strings"

	"parc/inventory"
)

// Column is one column of a spreadsheet, for a person to say what it is.
type Column struct {
	Heading  string
	Target   string   // a field, a column of this package, or "" when not understood
	Examples []string // the first different values, a few
}

// mostExamples is how many values of a column are shown.
const mostExamples = 3

// Columns gives the columns with what they hold.
func (s *Sheet) Columns() []Column {
	columns := make([]Column, len(s.Headings))
	for i, heading := range s.Headings {
		columns[i] = Column{Heading: heading, Target: s.Targets[i], Examples: []string{}}
	}
	for n := range s.Rows {
		addExamples(columns, s.Rows[n].cells)
	}
	return columns
}

func addExamples(columns []Column, cells []string) {
	for i, cell := range cells[:min(len(cells), len(columns))] {
		c := &columns[i]
		if cell = inventory.CleanTo(cell, 60); cell != "" && len(c.Examples) < mostExamples && !slices.Contains(c.Examples, cell) {
			c.Examples = append(c.Examples, cell)
		}
	}
}

var errSeen = errors.New("seen enough")

// Guess gives the columns of a spreadsheet of which ReadAssets finds no row of
// headings: those of the first row that has as many cells as any, for a person to say
// what they are. A file without any row is Invalid.
func Guess(r io.Reader) ([]Column, error) {
	var rows [][]string
	err := ReadSheet(r, func(number int, cells []string) error {
		if number > 2*headingRows {
			return errSeen
		}
		rows = append(rows, append([]string(nil), cells...))
		return nil
	})
	if err != nil && !errors.Is(err, errSeen) {
		return nil, err
	}
	filled := func(cells []string) (n int) {
		for _, cell := range cells {
			if cell != "" {
				n++
			}
		}
		return n
	}
	head, most := -1, 0
	for i, cells := range rows[:min(len(rows), headingRows)] {
		if n := filled(cells); n > most {
			head, most = i, n
		}
	}
	if head < 0 {
		return nil, noHeadings()
	}
	targets := propose(rows[head], nil)
	columns := make([]Column, len(rows[head]))
	for i, heading := range rows[head] {
		columns[i] = Column{Heading: heading, Target: targets[i], Examples: []string{}}
	}
	for _, cells := range rows[head+1:] {
		addExamples(columns, cells)
	}
	return columns, nil
}

// Targets are what a column may be said to be, in the order in which a form offers them.
func Targets() []string {
	var targets []string
	for line := range strings.Lines(headingData) {
		target, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if !strings.HasPrefix(target, "#") && target != "" && !slices.Contains(targets, target) {
			targets = append(targets, target)
		}
	}
	return append(targets, ColumnIgnore)
}
