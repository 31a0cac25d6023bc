package exchange

import (
	"reflect"
	"strings"
	"testing"

	"parc/inventory"
)

func TestGuess(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file string
		want       []Column
	}{
		{"headings that say nothing", "a;b\n1;x\n2;x\n3;\n4;y\n5;\n", []Column{{"a", "", []string{"1", "2", "3"}}, {"b", "", []string{"x", "y"}}}},
		{"below a title", "Parc de Dupont\n\nColonne;Nom\nSN1;pc-1\n", []Column{{"Colonne", "", []string{"SN1"}}, {"Nom", "hostname", []string{"pc-1"}}}},
		{"no rows", "Colonne;Autre\n", []Column{{"Colonne", "", []string{}}, {"Autre", "", []string{}}}},
		{"long and strange cells", "un;deux\n" + strings.Repeat("é", 200) + ";=cmd()\n", []Column{{"un", "", []string{strings.Repeat("é", 30)}}, {"deux", "", []string{"=cmd()"}}}},
	} {
		if got, err := Guess(strings.NewReader(c.file)); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	if _, err := Guess(strings.NewReader("\n\n")); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("nothing: %v", err)
	}
	long := "un;deux\n" + strings.Repeat("1;2\n", MaxRows+10)
	if got, err := Guess(strings.NewReader(long)); err != nil || len(got) != 2 {
		t.Errorf("only the first rows are looked at: %v, %v", got, err)
	}
}

func TestTargetsAreTaken(t *testing.T) {
	t.Parallel()
	targets := Targets()
	if len(targets) < 25 || targets[len(targets)-1] != ColumnIgnore {
		t.Errorf("%q", targets)
	}
	for _, target := range targets {
		if err := (Mapping{"x": target}).Check(); err != nil {
			t.Errorf("%s: %v", target, err)
		}
	}
}
