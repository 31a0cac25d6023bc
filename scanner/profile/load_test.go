package profile

import (
	"strings"
	"testing"
	"testing/fstest"

	"parc/inventory"
)

// TestData loads and runs everything that is embedded: unknown keys, bad
// patterns, ties and examples that do not hold are failures here.
func TestData(t *testing.T) {
	t.Parallel()
	for _, p := range Lint(nil) {
		t.Error(p)
	}
	if n := len(loaded(t).Profiles()); n < 200 {
		t.Errorf("only %d profiles", n)
	}
}

const good = `
id: acme-switch
match:
  - sysobjectid: 1.3.6.1.4.1.99999.1
identify:
  vendor: [{const: Acme}]
  class: [{const: switch}]
  model: [{oid: 1.3.6.1.4.1.99999.1.1.0}]
examples:
  - given: {sysObjectID: 1.3.6.1.4.1.99999.1.7, 1.3.6.1.4.1.99999.1.1.0: AS-24}
    want: {vendor: Acme, class: switch, model: AS-24}
`

func folder(text string) fstest.MapFS { return fstest.MapFS{"x.yaml": {Data: []byte(text)}} }

func TestLintTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	replace := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in the good one", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, c := range []struct{ name, text, want string }{
		{"nothing", good, ""},
		{"unknown key", replace("{const: switch}", "{constant: switch}"), "constant"},
		{"unknown key at the top", good + "extra: 1\n", "extra"},
		{"no YAML", "id: [", "line"},
		{"class", replace("const: switch", "const: swicth"), "no asset class"},
		{"field", replace("  model:", "  modle:"), `no field "modle"`},
		{"wildcard", replace("1.3.6.1.4.1.99999.1\n", "1.3.6.1.4.1.99999.*\n"), "is no OID"},
		{"regex", replace("{oid: 1.3.6.1.4.1.99999.1.1.0}", "{oid: 1.3.6.1.4.1.99999.1.1.0, regex: '('}"), "missing closing"},
		{"two origins", replace("{const: Acme}", "{const: Acme, from: sysdescr}"), "exactly one of"},
		{"row without column", replace("{const: Acme}", "{const: Acme, row: first}"), "need a column"},
		{"confidence", replace("{const: Acme}", "{const: Acme, confidence: 101}"), "confidence"},
		{"circle of fields", replace("{const: Acme}", "{from: model}, {from: vendor}"), "read from itself"},
		{"circle of parts", good + "---\nid: _a\nextends: [_b]\n---\nid: _b\nextends: [_a]\n", "circle"},
		{"missing part", replace("identify:", "extends: [_nowhere]\nidentify:"), "no such part"},
		{"id twice", good + "---" + good, "taken by"},
		{"id", replace("id: acme-switch", "id: Acme Switch"), "lower-case"},
		{"no example", strings.Split(good, "examples:")[0], "examples are missing"},
		{"example that does not hold", replace("model: AS-24}", "model: AS-48}"), `want "AS-48"`},
		{"example of another", replace("1.3.6.1.4.1.99999.1.7", "1.3.6.1.4.1.9.1.1"), "is taken by"},
		{"matches everything", replace("  - sysobjectid: 1.3.6.1.4.1.99999.1", "  - {}"), "matches everything"},
		{"collector", good + "collect: [everything]\n", "no collector"},
		{"tie", good + "---" + replace("acme-switch", "acme-twin"), "ties with"},
		{"table", good + "tables: [{into: components, kind: disk, columns: {colour: {column: 1.3.6.1.4.1.99999.2}}}]\n", "no column"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			problems := Lint(folder(c.text))
			if c.want == "" {
				for _, p := range problems {
					t.Error(p)
				}
				return
			}
			if len(problems) == 0 {
				t.Fatal("nothing was found")
			}
			for _, p := range problems {
				if strings.Contains(p.String(), c.want) && strings.HasPrefix(p.String(), "x.yaml") {
					return
				}
			}
			t.Errorf("got %v, want %q", problems, c.want)
		})
	}
}

func TestLoadRefusesWhatLintFinds(t *testing.T) {
	t.Parallel()
	_, err := Load(folder(strings.Replace(good, "const: switch", "const: swicth", 1)))
	if inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestOperatorsFolderReplacesById(t *testing.T) {
	t.Parallel()
	own := strings.NewReplacer("acme-switch", "synology-dsm", "const: Acme", "const: Ours", "vendor: Acme", "vendor: Ours").Replace(good)
	set, err := Load(folder(own))
	if err != nil {
		t.Fatal(err)
	}
	if got := set.profiles["synology-dsm"].File; got != "x.yaml" {
		t.Errorf("the profile comes from %s", got)
	}
}

// FuzzProfile feeds any text to what reads profiles: nothing but problems may come of it.
func FuzzProfile(f *testing.F) {
	f.Add(good)
	f.Add("id: _a\nextends: [_a]\n")
	f.Add("tables: [{into: vlans}]\nmatch: [{has: [{oid: 1.3}]}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		specs, err := parseSpecs(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, spec := range specs {
			compile("x.yaml", spec)
		}
	})
}

// BenchmarkLoad is what every start of the program pays.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
