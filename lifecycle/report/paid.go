package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// paidTitle is a product that is paid for, by how it calls itself when installed;
// see data/titles.yaml.
type paidTitle struct {
	Publisher string `yaml:"publisher"`
	Product   string `yaml:"product"`
	Title     string `yaml:"title"`
	Licence   string `yaml:"licence"` // what licences that cover it are called

	pattern, licence *regexp.Regexp
}

// paidTitles tells what is paid for among installed titles.
type paidTitles struct {
	Free   string      `yaml:"free"`
	Titles []paidTitle `yaml:"titles"`

	free *regexp.Regexp
}

// loadPaid reads the embedded list; an error is a mistake in it.
var loadPaid = sync.OnceValues(func() (*paidTitles, error) {
	text, err := files.ReadFile("data/titles.yaml")
	if err != nil {
		return nil, err
	}
	var p paidTitles
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&p); err != nil {
		return nil, fmt.Errorf("titles.yaml: %w", err)
	}
	if p.free, err = regexp.Compile(p.Free); err != nil {
		return nil, fmt.Errorf("titles.yaml: free: %w", err)
	}
	for i := range p.Titles {
		t := &p.Titles[i]
		if t.Publisher == "" || t.Product == "" || t.Title == "" {
			return nil, fmt.Errorf("titles.yaml: title %d lacks its publisher, product or pattern", i+1)
		}
		if t.pattern, err = regexp.Compile("(?i)^(?:" + t.Title + ")"); err != nil {
			return nil, fmt.Errorf("titles.yaml: %s: %w", t.Product, err)
		}
		if t.Licence == "" {
			continue
		}
		if t.licence, err = regexp.Compile(`(?i)\b` + t.Licence + `\b`); err != nil {
			return nil, fmt.Errorf("titles.yaml: %s: %w", t.Product, err)
		}
	}
	return &p, nil
})

// find gives the product that an installed title is, nil when it is none that is
// paid for.
func (p *paidTitles) find(title string) *paidTitle {
	if p == nil || p.free.MatchString(title) {
		return nil
	}
	for i := range p.Titles {
		if p.Titles[i].pattern.MatchString(title) {
			return &p.Titles[i]
		}
	}
	return nil
}

// titleBook answers about titles, of which an estate has many of few kinds: each
// is looked at once.
type titleBook struct {
	paid   *paidTitles
	found  map[string]*paidTitle
	covers map[string]map[string]bool // product → title
}

func newTitleBook() (*titleBook, error) {
	paid, err := loadPaid()
	return &titleBook{paid, map[string]*paidTitle{}, map[string]map[string]bool{}}, err
}

func (b *titleBook) find(title string) *paidTitle {
	t, known := b.found[title]
	if !known {
		t = b.paid.find(title)
		b.found[title] = t
	}
	return t
}

// covered tells that licences of a product cover an installed title.
func (b *titleBook) covered(product, title string) bool {
	of := b.covers[product]
	if of == nil {
		of = map[string]bool{}
		b.covers[product] = of
	}
	yes, known := of[title]
	if !known {
		yes = holds(strings.ToLower(title), significant(product))
		if t := b.find(title); !yes && t != nil && t.licence != nil {
			yes = t.licence.MatchString(product)
		}
		of[title] = yes
	}
	return yes
}
