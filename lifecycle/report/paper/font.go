package paper

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Inter, by the Inter Project Authors, under the SIL Open Font License: see
// data/LICENSE.Inter.
var (
	//go:embed data/Inter-Regular.ttf
	interRegular []byte
	//go:embed data/Inter-SemiBold.ttf
	interSemiBold []byte
)

// face measures one weight of the font. It is read by many goroutines.
type face struct {
	mu     sync.Mutex
	font   *sfnt.Font
	buffer sfnt.Buffer
	widths map[rune]float64 // of an em; −1 where the font has no such glyph
}

var faces = sync.OnceValues(func() (map[bool]*face, error) {
	all := map[bool]*face{}
	for bold, file := range map[bool][]byte{false: interRegular, true: interSemiBold} {
		font, err := sfnt.Parse(file)
		if err != nil {
			return nil, err
		}
		all[bold] = &face{font: font, widths: map[rune]float64{}}
	}
	return all, nil
})

// fontOf gives a weight; the embedded files are read once.
func fontOf(bold bool) *face {
	all, err := faces()
	if err != nil {
		return &face{} // cannot be: a test reads the embedded files
	}
	return all[bold]
}

// missing stands for a character that the font cannot show.
const missing = '\u25a1'

// width gives a rune's width in ems, and whether the font has it.
func (f *face) width(r rune) (float64, bool) {
	if r > 0xffff { // a PDF's font knows the basic plane only
		return 0, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	w, ok := f.widths[r]
	if !ok {
		w = f.measure(r)
		f.widths[r] = w
	}
	return max(w, 0), w >= 0
}

func (f *face) measure(r rune) float64 {
	if f.font == nil || r < ' ' {
		return -1
	}
	glyph, err := f.font.GlyphIndex(&f.buffer, r)
	if err != nil || glyph == 0 {
		return -1
	}
	units := f.font.UnitsPerEm()
	advance, err := f.font.GlyphAdvance(&f.buffer, glyph, fixed.I(int(units)), 0)
	if err != nil {
		return -1
	}
	return float64(advance) / 64 / float64(units)
}

// show gives a text with what the font cannot show replaced.
func (f *face) show(s string) string {
	clean := true
	for _, r := range s {
		if _, ok := f.width(r); !ok {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch _, ok := f.width(r); {
		case ok:
			return r
		case r < ' ' || r == 0x7f:
			return ' '
		}
		return missing
	}, s)
}

// of gives the width of a text in ems.
func (f *face) of(s string) float64 {
	total := 0.0
	for _, r := range s {
		w, _ := f.width(r)
		total += w
	}
	return total
}

// wrap breaks a text into lines of at most so many ems: between words, and
// inside a word that is longer than a line. Line breaks in the text stay.
func (f *face) wrap(s string, ems float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines = append(lines, f.wrapLine(f.show(paragraph), ems)...)
	}
	return lines
}

func (f *face) wrapLine(s string, ems float64) []string {
	if f.of(s) <= ems {
		return []string{s}
	}
	var lines []string
	var current strings.Builder
	used, space := 0.0, f.of(" ")
	flush := func() {
		lines = append(lines, current.String())
		current.Reset()
		used = 0
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }) {
		w := f.of(word)
		if used > 0 && used+space+w > ems {
			flush()
		}
		if used > 0 {
			current.WriteByte(' ')
			used += space
		}
		if w <= ems {
			current.WriteString(word)
			used += w
			continue
		}
		for _, part := range f.split(word, ems) { // longer than a line
			if w = f.of(part); used > 0 && used+w > ems {
				flush()
			}
			current.WriteString(part)
			used += w
		}
	}
	if used > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// split cuts a word that is longer than a line: after a mark where there is one,
// else where the line is full.
func (f *face) split(word string, ems float64) []string {
	var parts []string
	start, used := 0, 0.0
	for i, r := range word {
		w, _ := f.width(r)
		if used > 0 && used+w > ems {
			parts = append(parts, word[start:i])
			start, used = i, 0
		}
		used += w
		if next := i + len(string(r)); used > 0 && next-start > 2 && next < len(word) && strings.ContainsRune("-._/\\:;,@=|", r) {
			parts = append(parts, word[start:next])
			start, used = next, 0
		}
	}
	return append(parts, word[start:])
}

// cut gives as much of a text as fits into so many ems, with an ellipsis where
// it is shortened.
func (f *face) cut(s string, ems float64) string {
	s = f.show(s)
	if f.of(s) <= ems {
		return s
	}
	const dots = "…"
	room := ems - f.of(dots)
	end := 0
	for i, r := range s {
		w, _ := f.width(r)
		if room -= w; room < 0 {
			break
		}
		end = i + len(string(r))
	}
	return strings.TrimRight(s[:end], " ") + dots
}
