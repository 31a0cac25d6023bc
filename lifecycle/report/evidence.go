package report

import (
	"bytes"
	"fmt"
	"regexp"
	"sync"

	"go.yaml.in/yaml/v3"
)

// phrase is a sentence of evidence as scans write it, and the same in French.
type phrase struct {
	EN string `yaml:"en"`
	FR string `yaml:"fr"` // $1 … are what the brackets of EN match

	pattern *regexp.Regexp
}

// phrases reads data/evidence.yaml; an error is a mistake in it.
var phrases = sync.OnceValues(func() ([]phrase, error) {
	text, err := files.ReadFile("data/evidence.yaml")
	if err != nil {
		return nil, err
	}
	var list []phrase
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&list); err != nil {
		return nil, fmt.Errorf("evidence.yaml: %w", err)
	}
	for i := range list {
		if list[i].pattern, err = regexp.Compile(list[i].EN); err != nil {
			return nil, fmt.Errorf("evidence.yaml: %w", err)
		}
	}
	return list, nil
})

// isoDay is a day in evidence, which is written as the language writes days.
var isoDay = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// evidence puts what a scan has seen into the document's language.
func (s *scribe) evidence(text string) string {
	if s.lang != "en" {
		list, err := phrases()
		if err != nil {
			list = nil // cannot be: a test reads the embedded file
		}
		for i := range list {
			text = list[i].pattern.ReplaceAllString(text, list[i].FR)
		}
	}
	return isoDay.ReplaceAllStringFunc(text, func(day string) string { return s.locale.Day(dayIn(day)) })
}
