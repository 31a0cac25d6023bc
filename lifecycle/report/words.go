package report

import (
	"bytes"
	"fmt"
	"io/fs"
	"sync"

	"go.yaml.in/yaml/v3"

	"parc/inventory"
)

// words are the texts of one language, by key.
type words map[string]string

var loadWords = sync.OnceValues(func() (map[string]words, error) {
	all := map[string]words{}
	for _, lang := range []string{"fr", "en"} {
		names, err := fs.Glob(files, "data/words/*."+lang+".yaml")
		if err != nil {
			return nil, err
		}
		all[lang] = words{}
		for _, name := range names {
			if err := all[lang].load(name); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
})

// load adds the texts of a file; a key that another file has is a mistake.
func (w words) load(name string) error {
	text, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	var more words
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&more); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for key, text := range more {
		if _, twice := w[key]; twice {
			return fmt.Errorf("%s: %s stands in another file too", name, key)
		}
		w[key] = text
	}
	return nil
}

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
