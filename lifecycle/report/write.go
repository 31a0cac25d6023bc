package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// Formats lists the formats that Write knows.
func Formats() []string { return []string{"html", "json", "pdf", "xlsx"} }

// Write writes a report in a format and a language, fr or en, under a
// provider's name. The same report gives the same bytes every time.
func Write(w io.Writer, c Content, format, lang string, brand paper.Brand) error {
	if format == "json" {
		return WriteJSON(w, c)
	}
	write := map[string]func(io.Writer, paper.Document) error{
		"html": paper.WriteHTML, "pdf": paper.WritePDF, "xlsx": paper.WriteXLSX,
	}[format]
	if write == nil {
		return inventory.Errorf(inventory.Invalid, "%q is no format of a report: pdf, html, xlsx or json", inventory.CleanTo(format, 20))
	}
	d, err := Lay(c, lang, brand)
	if err != nil {
		return err
	}
	return write(w, d)
}

// Lay puts a report into words, for paper's renderers.
func Lay(c Content, lang string, brand paper.Brand) (paper.Document, error) {
	s, err := newScribe(lang)
	if err != nil {
		return paper.Document{}, err
	}
	h, l := c.head(), c.lay(s)
	if brand.Name == "" {
		brand.Name = h.Provider
	}
	digest, err := Digest(c)
	if err != nil {
		return paper.Document{}, err
	}
	if l.labels == nil {
		l.parts = append(l.parts, paper.Part{Blocks: []paper.Block{paper.Text{Text: s.t("digest", digest), Small: true}}})
	}
	return paper.Document{
		Title: l.title, Subtitle: l.subtitle, Client: h.Client, Day: h.Day, Locale: s.locale, Brand: brand,
		Cover: l.cover, Contents: l.contents, Parts: l.parts, Labels: l.labels,
		Terms: paper.Terms{Page: s.t("page"), Contents: s.t("contents"), Summary: s.t("sheet.summary")},
	}, nil
}

// WriteJSON writes the report's content, the same in every language.
func WriteJSON(w io.Writer, c Content) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(c)
}

// Digest gives the SHA-256 of a report's content, in hexadecimal: two reports
// with one digest say the same.
func Digest(c Content) (string, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	return digestOf(text), nil
}

func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
