package catalogue

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parc/inventory"
)

// split reads an example: "title" or "title | publisher".
func split(example string) seenTitle {
	name, publisher, _ := strings.Cut(example, " | ")
	return seenTitle{plainTitle(name), strings.ToLower(publisher)}
}

// label names a rule in a message.
func (r *titleRule) label() string {
	if r == nil {
		return "unknown"
	}
	return cmp.Or(r.Product, string(r.Kind))
}

// check holds the rules to their examples: each title must be known by its own rule
// and by no other that is paid for, so that the order of the files is no matter.
func (s *software) check() error {
	var errs []error
	for _, rules := range [][]titleRule{s.aside, s.free, s.paid} {
		for i := range rules {
			r := &rules[i]
			for _, example := range r.Is {
				if by := s.find(split(example)); by != r {
					errs = append(errs, fmt.Errorf("%s%s: its title %q is told as %s", r.Kind, r.Product, example, by.label()))
				}
			}
			for _, example := range r.Isnt {
				if by := s.find(split(example)); by == r {
					errs = append(errs, fmt.Errorf("%s%s: it knows %q, which it must not", r.Kind, r.Product, example))
				}
			}
		}
	}
	for i := range s.paid {
		for _, example := range s.paid[i].Is {
			t := split(example)
			for k := range s.paid {
				if k != i && s.paid[k].applies(t) {
					errs = append(errs, fmt.Errorf("%q is told as %s and as %s", example, s.paid[i].Product, s.paid[k].Product))
				}
			}
		}
	}
	return errors.Join(errs...)
}

func TestSoftwareRulesKnowTheirTitles(t *testing.T) {
	t.Parallel()
	s, err := loadSoftware()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.check(); err != nil {
		t.Error(err)
	}
	known := map[string]bool{}
	for i := range s.paid {
		for _, example := range s.paid[i].Is {
			name, publisher, _ := strings.Cut(example, " | ")
			known[s.installed(inventory.Software{Name: name, Publisher: publisher}).Product] = true
		}
	}
	if len(known) < 150 {
		t.Errorf("%d products that are paid for, want 150 and more", len(known))
	}
	t.Logf("%d products by their examples, of %d rules", len(known), len(s.paid))
}
