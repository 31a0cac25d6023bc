package paper

// palette gives the colors of a document: its accent and the tones.
func palette(b Brand, t Tone) Color {
	switch t {
	case Accent:
		return b.accent()
	case Good:
		return Color{0x1b, 0x7f, 0x4b}
	case Warn:
		return Color{0xb7, 0x79, 0x1f}
	case Bad:
		return Color{0xc8, 0x37, 0x2d}
	case Worst:
		return Color{0x8e, 0x1b, 0x16}
	case Muted:
		return Color{0x5f, 0x6b, 0x7a}
	case Plain:
	}
	return ink
}

// The colors that do not change with the brand.
var (
	ink   = Color{0x1b, 0x24, 0x30}
	muted = Color{0x5f, 0x6b, 0x7a}
	line  = Color{0xdf, 0xe4, 0xea}
	wash  = Color{0xf5, 0xf7, 0xfa}
	white = Color{0xff, 0xff, 0xff}
)

func (b Brand) accent() Color {
	if b.Accent == (Color{}) {
		return DefaultAccent
	}
	return b.Accent
}

// on gives the color of text that reads well on another.
func on(c Color) Color {
	if c.light() {
		return ink
	}
	return white
}
