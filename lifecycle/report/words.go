package report

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
)

// words are the texts of one language, by key.
type words map[string]string

var loadWords = sync.OnceValues(func() (map[string]words, error) {
	all := map[string]words{}
	for _, lang := range []string{"fr", "en"} {
		text, err := files.ReadFile("data/words." + lang + ".yaml")
		if err != nil {
			return nil, err
		}
		var w words
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		if err := decoder.Decode(&w); err != nil {
			return nil, fmt.Errorf("words.%s.yaml: %w", lang, err)
		}
		all[lang] = w
	}
	return all, nil
})

// language gives the texts of a language; Invalid when there is none.
func language(lang string) (words, error) {
	all, err := loadWords()
	if err != nil {
		return nil, err
	}
	w, ok := all[lang]
	if !ok {
		return nil, inventory.Errorf(inventory.Invalid, "%q is no language of a report: fr or en", inventory.CleanTo(lang, 20))
	}
	return w, nil
}

// t gives a text with its places filled in; a missing one shows its key, which
// the tests forbid.
func (w words) t(key string, args ...any) string {
	text, ok := w[key]
	if !ok {
		return "[" + key + "]"
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// name gives the text of a class, a state or another word of the program, and
// the word itself where there is none.
func (w words) name(kind, word string) string {
	if text, ok := w[kind+"."+word]; ok {
		return text
	}
	return word
}

// day writes a day as people of the language do.
func (w words) day(d inventory.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(w["format.day"])
}

// number writes a figure with one decimal as people of the language do.
func (w words) number(f float64) string {
	return strings.ReplaceAll(strconv.FormatFloat(f, 'f', 1, 64), ".", w["format.decimal"])
}
