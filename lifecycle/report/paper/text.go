package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain takes out of a text what no document may carry: control characters,
// marks that turn the direction of writing, and what is no UTF-8. Line breaks
// stay.
func plain(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, unwanted) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

func unwanted(r rune) bool {
	return r != '\n' && unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs) || r == utf8.RuneError
}
