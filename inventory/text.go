package inventory

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is the longest value, in bytes, kept of any single string that a
// device, an agent or a file sends.
const MaxText = 4096

// Clean makes a string from outside safe to keep and to show: invalid UTF-8,
// control and formatting characters (bidirectional overrides, zero-width
// marks) are removed, runs of white space become one space, the ends are
// trimmed, and what is longer than MaxText bytes is cut on a rune's border.
// It does not escape: each output format escapes for itself.
func Clean(s string) string { return CleanTo(s, MaxText) }

// CleanTo is Clean with a limit of its own, in bytes.
func CleanTo(s string, limit int) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == utf8.RuneError, unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs):
			continue
		}
		width := utf8.RuneLen(r)
		if space {
			width++
		}
		if b.Len()+width > limit {
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Cell makes a text safe as a spreadsheet's cell: one that a spreadsheet would
// take for a formula gets a leading apostrophe. Writers of CSV and XLSX pass
// every text through it.
func Cell(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return "'" + s
	}
	return s
}

// Nested tells that the brackets of a JSON text are nested more than most deep,
// without decoding it. Of what is no JSON it may tell either.
func Nested(text []byte, most int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > most {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
