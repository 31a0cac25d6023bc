package inventory

import (
	"strings"
	"testing"
)

func TestWarningsInFrench(t *testing.T) {
	t.Parallel()
	seen := map[Warning]bool{}
	for _, w := range warnings {
		if seen[w.is] || strings.Count(w.en, "%s") != strings.Count(w.fr, "%s") {
			t.Errorf("%s is there twice, or its languages differ in places", w.is)
		}
		seen[w.is] = true
		args := make([]any, strings.Count(w.en, "%s"))
		for i := range args {
			args[i] = "x(1), é…"
		}
		said := w.is.Say(args...)
		if strings.Contains(said, "%!") {
			t.Errorf("%s: %s", w.is, said)
		}
		if got := WarningIn("en", said); got != said {
			t.Errorf("in English %q", got)
		}
		french := WarningIn("fr", said)
		if french == said || strings.Count(french, "x(1), é…") != len(args) || strings.Contains(french, "%!") {
			t.Errorf("%s in French: %q", w.is, french)
		}
	}
	nested := WarnNoVersions.Say(WarnNmapGaveUp.Say("QUITTING!"))
	if got := WarningIn("fr", nested); got != "les versions des services manquent : nmap a renoncé : QUITTING!" {
		t.Errorf("a warning in a warning: %q", got)
	}
	if got := WarningIn("fr", "something else %s"); got != "something else %s" {
		t.Errorf("what is none of ours: %q", got)
	}
}
