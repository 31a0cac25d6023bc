package report

import (
	"strconv"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/report/paper"
)

// scribe puts contents into words of one language.
type scribe struct {
	words
	lang   string
	locale paper.Locale
}

func newScribe(lang string) (*scribe, error) {
	w, err := language(lang)
	if err != nil {
		return nil, err
	}
	locale := paper.French
	if lang == "en" {
		locale = paper.English
	}
	return &scribe{words: w, lang: lang, locale: locale}, nil
}

// layout is what a content makes of itself.
type layout struct {
	title, subtitle string
	cover           []paper.Pair
	contents        bool
	parts           []paper.Part
	labels          *paper.Sheet
}

func (s *scribe) class(c inventory.Class) string { return s.name("class", string(c)) }
func (s *scribe) severity(v Severity) paper.Badge {
	return paper.Badge{Text: s.name("severity", string(v)), Tone: toneOf(v)}
}
func (s *scribe) support(v lifecycle.SupportState) paper.Badge {
	return paper.Badge{Text: s.name("support", string(v)), Tone: supportTone(v)}
}

func toneOf(v Severity) paper.Tone {
	switch v {
	case Critical:
		return paper.Worst
	case High:
		return paper.Bad
	case Medium:
		return paper.Warn
	case Low:
		return paper.Muted
	}
	return paper.Plain
}

func supportTone(v lifecycle.SupportState) paper.Tone {
	switch v {
	case lifecycle.Supported:
		return paper.Good
	case lifecycle.Ending, lifecycle.Extended:
		return paper.Warn
	case lifecycle.Ended:
		return paper.Bad
	case lifecycle.NoAnswer:
		return paper.Muted
	}
	return paper.Muted
}

func gradeTone(grade string) paper.Tone {
	switch grade {
	case "A", "B":
		return paper.Good
	case "C":
		return paper.Warn
	case "D", "E":
		return paper.Bad
	}
	return paper.Muted
}

// concerned says how many assets something is about.
func (s *scribe) concerned(n int) string { return s.count("concerned", n) }

// count says how many there are of something, with its word in the singular or
// the plural.
func (s *scribe) count(key string, n int) string {
	if n == 1 {
		return s.t(key + ".one")
	}
	return s.t(key+".many", s.locale.Int(n))
}

// some names a few of a list and says how many more there are.
func some(names []string, few int) string {
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:few], ", ") + " … +" + strconv.Itoa(len(names)-few)
}

// references names the measures and safeguards that a finding touches.
func (s *scribe) references(measures []int, cis []string) string {
	var parts []string
	if len(measures) > 0 {
		numbers := make([]string, len(measures))
		for i, n := range measures {
			numbers[i] = strconv.Itoa(n)
		}
		parts = append(parts, s.t("anssi", strings.Join(numbers, ", ")))
	}
	if len(cis) > 0 {
		parts = append(parts, s.t("cis", strings.Join(cis, ", ")))
	}
	return strings.Join(parts, " · ")
}

// columns makes a table's columns of pairs of a key and a width; a key that ends
// in > stands at the right.
func (s *scribe) columns(pairs ...any) []paper.Column {
	list := make([]paper.Column, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		width, _ := pairs[i+1].(float64)
		key, right := strings.CutSuffix(key, ">")
		list = append(list, paper.Column{Title: s.t(key), Width: width, Right: right})
	}
	return list
}

// dash gives a text, or a dash where there is none.
func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
