package report

import (
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parc/inventory"
	"parc/lifecycle"
)

var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	// Only the names are needed to parse; the functions come with each language.
	return template.New("audit.html").Funcs((&page{}).functions()).ParseFS(files, "data/audit.html")
})

// page is a document in a language, as the template reads it.
type page struct {
	Document
	words words
	lang  string
	Style template.CSS
}

// WriteHTML writes the document as one file without scripts or references to
// others, made to be read and printed on A4. html/template escapes everything
// that devices and people have said.
func WriteHTML(w io.Writer, d Document, lang string) error {
	texts, err := language(lang)
	if err != nil {
		return err
	}
	parsed, err := pageTemplate()
	if err != nil {
		return err
	}
	t, err := parsed.Clone()
	if err != nil {
		return err
	}
	style, err := files.ReadFile("data/audit.css")
	if err != nil {
		return err
	}
	p := &page{Document: d, words: texts, lang: lang, Style: template.CSS(style)}
	return t.Funcs(p.functions()).Execute(w, p)
}

func (p *page) functions() template.FuncMap {
	return template.FuncMap{
		"t":         p.text,
		"class":     func(c inventory.Class) string { return p.words.name("class", string(c)) },
		"severity":  func(s Severity) string { return p.words.name("severity", string(s)) },
		"level":     func(s string) string { return p.words.name("level", s) },
		"support":   func(s lifecycle.SupportState) string { return p.words.name("support", string(s)) },
		"event":     func(k lifecycle.EventKind) string { return p.words.name("event", string(k)) },
		"day":       func(d inventory.Day) string { return p.words.day(d) },
		"number":    func(f float64) string { return p.words.number(f) },
		"concerned": p.concerned,
		"rule":      func(id string) string { return p.judge.Title(id, p.lang) },
		"advice":    func(id string) string { return p.judge.Advice(id, p.lang) },
		"join":      func(list []string) string { return strings.Join(list, ", ") },
		"some":      p.some,
		"measures":  p.references,
		"bar":       p.bar,
		"total":     func() int { return p.Totals.Assets },
		"service":   serviceText,
		"lastday":   func(a Asset) string { return p.words.day(inventory.DayOf(a.LastSeen)) },
	}
}

func (p *page) text(key string, args ...any) string { return p.words.t(key, args...) }

func (p *page) concerned(n int) string {
	if n == 1 {
		return p.words.t("concerned.one")
	}
	return p.words.t("concerned.many", n)
}

// some names a few of a list and says how many more there are.
func (p *page) some(names []string) string {
	const few = 8
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:few], ", ") + " … +" + strconv.Itoa(len(names)-few)
}

func (p *page) references(t Topic) string {
	var parts []string
	if len(t.ANSSI) > 0 {
		numbers := make([]string, len(t.ANSSI))
		for i, n := range t.ANSSI {
			numbers[i] = strconv.Itoa(n)
		}
		parts = append(parts, p.words.t("anssi", strings.Join(numbers, ", ")))
	}
	if len(t.CIS) > 0 {
		parts = append(parts, p.words.t("cis", strings.Join(t.CIS, ", ")))
	}
	return strings.Join(parts, " · ")
}

// bar gives the width, in percent, of a count's bar beside the largest of its kind.
func (p *page) bar(count int) string {
	most := 1
	for _, c := range p.Classes {
		most = max(most, c.Count)
	}
	return strconv.Itoa(100 * count / most)
}

func serviceText(s inventory.Service) string {
	text := fmt.Sprintf("%d/%s", s.Port, s.Protocol)
	for _, part := range []string{s.Name, s.Product, s.Version} {
		if part != "" {
			text += " " + part
		}
	}
	return text
}

// Worst gives the severity of an asset's worst finding, "" when it has none.
func (a Asset) Worst() Severity {
	if len(a.Findings) == 0 {
		return ""
	}
	return slices.MinFunc(a.Findings, func(x, y Finding) int { return x.Severity.rank() - y.Severity.rank() }).Severity
}
