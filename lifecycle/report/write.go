package report

import (
	"encoding/json"
	"io"

	"parc/inventory"
)

// Formats lists the formats that Write knows.
func Formats() []string { return []string{"html", "json", "xlsx"} }

// Write writes the document in a format and a language, fr or en.
func Write(w io.Writer, d Document, format, lang string) error {
	switch format {
	case "html":
		return WriteHTML(w, d, lang)
	case "json":
		return WriteJSON(w, d)
	case "xlsx":
		return WriteXLSX(w, d, lang)
	case "pdf":
		return inventory.Errorf(inventory.Invalid, "parc writes no PDF yet: print the HTML report from a browser")
	}
	return inventory.Errorf(inventory.Invalid, "%q is no format of a report: html, json or xlsx", inventory.CleanTo(format, 20))
}

// WriteJSON writes the document's content, the same in every language.
func WriteJSON(w io.Writer, d Document) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d)
}
