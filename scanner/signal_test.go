package scanner

import (
	"strings"
	"testing"
	"testing/fstest"

	"parc/inventory"
)

func tables(t *testing.T) *knowledge {
	t.Helper()
	k, err := known()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Every row carries texts that it must match, and says what it says on them.
func TestSignalsMatchTheirExamples(t *testing.T) {
	t.Parallel()
	k := tables(t)
	rows := 0
	seen := map[*signal]bool{}
	for kind, list := range k.signals {
		for _, s := range list {
			if kind == "" || seen[s] {
				continue
			}
			seen[s] = true
			rows++
			if len(s.Like) == 0 {
				t.Errorf("%s: %q has no example", s.file, s.Match)
			}
			for _, text := range s.Like {
				caught := s.expression.FindStringSubmatchIndex(text)
				if caught == nil {
					t.Errorf("%s: %q does not match %q", s.file, s.Match, text)
					continue
				}
				for _, one := range s.says {
					if value := string(s.expression.ExpandString(nil, one.value, text, caught)); value == "" || strings.Contains(value, "$") {
						t.Errorf("%s: %q says %q of %s on %q", s.file, s.Match, value, one.field, text)
					}
				}
			}
			for _, text := range s.Unlike {
				if s.expression.MatchString(text) {
					t.Errorf("%s: %q matches %q", s.file, s.Match, text)
				}
			}
		}
	}
	if rows < 200 {
		t.Errorf("%d rows: where are the others?", rows)
	}
}

// Texts that many machines show, and that tell nothing.
func TestSignalsAreSilentOnPlainTexts(t *testing.T) {
	t.Parallel()
	k := tables(t)
	for kind, texts := range map[string][]string{
		onTitle:   {"Welcome to nginx!", "Apache2 Debian Default Page: It works", "Index of /", "Login", "404 Not Found", "Silo manager", "Groups and upsells", "Web admin"},
		onName:    {"marie", "compta", "localhost", "apollo", "swan", "camille", "dcm", "fsociety", "applepie"},
		onMAC:     {"Intel Corporate", "Realtek Semiconductor", "Hon Hai Precision Ind.", "Micro-Star Intl", "Liteon Technology", "AzureWave Technology", "Unknown"},
		onSubject: {"CN=www.example.net", "CN=localhost, O=Example", "CN=server.lan"},
		onServer:  {"nginx", "Apache", "lighttpd/1.4.59"},
	} {
		for _, text := range texts {
			e := &evidence{}
			e.add(kind, text, "80/tcp", "test")
			for _, c := range k.hear(e) {
				if c.field == inventory.FieldVendor || c.field == inventory.FieldClass && c.weight > 12 {
					t.Errorf("%s %q says %s %s (%d)", kind, text, c.field, c.value, c.weight)
				}
			}
		}
	}
}

func TestSignalsAreReadStrictly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"- {on: nothing, match: x, says: {class: nas 50}}":               "no kind of clue",
		"- {on: banner, match: '(', says: {class: nas 50}}":              "missing closing",
		"- {on: banner, match: x, says: {class: toaster 50}}":            "no asset class",
		"- {on: banner, match: x, says: {class: nas}}":                   "no weight",
		"- {on: banner, match: x, says: {class: nas 100}}":               "no weight from 1 to 95",
		"- {on: banner, match: x, says: {colour: red 50}}":               "no such field",
		"- {on: banner, match: x}":                                       "says nothing",
		"- {on: banner, says: {class: nas 50}}":                          "match, on open ports",
		"- {match: x, says: {class: nas 50}}":                            "match, on open ports",
		"- {on: banner, match: x, says: {class: nas 50}, weigth: 3}":     "weigth",
		"- {on: banner, match: x, says: {class: nas 50}, open: [a lot]}": "cannot unmarshal",
	} {
		_, err := readKnowledge(fstest.MapFS{"data/x.yaml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestWeigh(t *testing.T) {
	t.Parallel()
	relations := map[string][]string{"nas": {"server"}, "*": {"Linux"}}
	c := func(value string, weight int, group string) claim {
		return claim{inventory.FieldClass, value, weight, group, group}
	}
	for name, tc := range map[string]struct {
		claims []claim
		want   string
		sure   [2]int // at least, at most
	}{
		"nothing":                     {nil, "", [2]int{}},
		"one weak signal":             {[]claim{c("printer", 30, "a")}, "", [2]int{}},
		"one good signal":             {[]claim{c("printer", 80, "a")}, "printer", [2]int{80, 80}},
		"two that lean on each other": {[]claim{c("printer", 60, "a"), c("printer", 50, "a")}, "printer", [2]int{60, 60}},
		"two weak ones that do not":   {[]claim{c("printer", 50, "a"), c("printer", 50, "b")}, "printer", [2]int{75, 75}},
		"never certain":               {[]claim{c("printer", 95, "a"), c("printer", 95, "b"), c("printer", 95, "c")}, "printer", [2]int{95, 95}},
		"a rival takes away":          {[]claim{c("printer", 80, "a"), c("camera", 30, "b")}, "printer", [2]int{60, 65}},
		"two equals: nobody knows":    {[]claim{c("printer", 60, "a"), c("camera", 60, "b")}, "", [2]int{}},
		"a narrower word is no rival": {[]claim{c("server", 80, "a"), c("nas", 60, "b")}, "nas", [2]int{60, 60}},
		"unless it is unlikely":       {[]claim{c("server", 80, "a"), c("nas", 20, "b")}, "server", [2]int{65, 72}},
		"any system is narrower":      {[]claim{c("Linux", 80, "a"), c("Debian", 55, "b")}, "Debian", [2]int{55, 55}},
		"case does not matter":        {[]claim{c("Debian", 50, "a"), c("debian", 40, "b")}, "Debian", [2]int{70, 70}},
	} {
		got, ok := weigh(tc.claims, relations)
		if ok != (tc.want != "") || got.value != tc.want || int(got.confidence) < tc.sure[0] || int(got.confidence) > tc.sure[1] {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
