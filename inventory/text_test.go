package inventory

import (
	"strings"
	"testing"
)

func TestNested(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"a":[{}]}`: false, `{"a":[{"b":[]}]}`: true, `{"a":"[[[[[["}`: false,
		`{"a":"\"[[[[[["}`:       false, // a quote inside the text
		`{"a":"\\"[[[[[["}`:      true,  // a backslash at its end
		strings.Repeat("[]", 50): false, "": false,
	} {
		if Nested([]byte(text), 3) != want {
			t.Errorf("%s: nested is %v", text, !want)
		}
	}
}
