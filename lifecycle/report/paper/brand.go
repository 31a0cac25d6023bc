package paper

import (
	"bytes"
	"encoding/base64"
	"image"
	_ "image/jpeg" // a logo may be a JPEG
	"image/png"
	"regexp"
	"strconv"

	"golang.org/x/image/draw"

	"parc/inventory"
)

// Brand is whose name a document bears.
type Brand struct {
	Name   string
	Legal  string // small print at the foot of every page
	Accent Color  // headings and boxes
	Logo   *Logo  // nil: the name alone
}

// Color is red, green and blue.
type Color struct{ R, G, B uint8 }

// DefaultAccent is used where a provider has chosen none.
var DefaultAccent = Color{0x1d, 0x4e, 0x89}

var hexColor = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// ParseColor reads #rrggbb; "" is the default accent. Anything else is Invalid.
func ParseColor(s string) (Color, error) {
	if s == "" {
		return DefaultAccent, nil
	}
	if !hexColor.MatchString(s) {
		return Color{}, inventory.Errorf(inventory.Invalid, "%q is no color: write it as #1d4e89", inventory.CleanTo(s, 20))
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	return Color{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err //nolint:gosec // three bytes of 24 bits
}

// Hex writes the color as #rrggbb.
func (c Color) Hex() string {
	const digits = "0123456789abcdef"
	b := []byte{'#'}
	for _, v := range []uint8{c.R, c.G, c.B} {
		b = append(b, digits[v>>4], digits[v&15])
	}
	return string(b)
}

// light tells that dark text reads better on the color.
func (c Color) light() bool { return 299*int(c.R)+587*int(c.G)+114*int(c.B) > 160_000 }

// Logo is a checked image, as PNG.
type Logo struct {
	PNG           []byte
	Width, Height int // pixels
}

// Bounds of a logo.
const (
	MaxLogoBytes  = 512 << 10
	maxLogoPixels = 4 << 20
	minLogoSide   = 8
	maxLogoSide   = 4000
	printedSide   = 900
)

// ReadLogo reads a PNG or JPEG of up to 512 kB and 4 million pixels. The image
// is drawn anew, so that nothing but pixels of what somebody sent gets into a
// document. Anything else is Invalid; too much of it is LimitReached.
func ReadLogo(file []byte) (*Logo, error) {
	if len(file) > MaxLogoBytes {
		return nil, inventory.Errorf(inventory.LimitReached, "the logo has %d kB: at most %d kB are taken", len(file)>>10, MaxLogoBytes>>10)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || format != "png" && format != "jpeg" {
		return nil, inventory.Errorf(inventory.Invalid, "the logo is no image that can be read: give a PNG or a JPEG")
	}
	w, h := config.Width, config.Height
	if w < minLogoSide || h < minLogoSide || w > maxLogoSide || h > maxLogoSide || w*h > maxLogoPixels {
		return nil, inventory.Errorf(inventory.LimitReached, "the logo has %d × %d pixels: between %d and %d a side, and 4 million in all, are taken", w, h, minLogoSide, maxLogoSide)
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "the logo is no image that can be read: give a PNG or a JPEG")
	}
	// Eight bits a channel, whatever the file had: every renderer reads that. No
	// larger than print needs it.
	if most := max(w, h); most > printedSide {
		w, h = max(1, w*printedSide/most), max(1, h*printedSide/most)
	}
	plain := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(plain, plain.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	if err := png.Encode(&out, plain); err != nil {
		return nil, err
	}
	return &Logo{PNG: out.Bytes(), Width: w, Height: h}, nil
}

// dataURL gives the logo as a page can carry it.
func (l *Logo) dataURL() string {
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(l.PNG)
}
