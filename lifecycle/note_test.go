package lifecycle

import (
	"strings"
	"testing"
)

func TestNotesInBothLanguages(t *testing.T) {
	t.Parallel()
	why := Phrase{"pourquoi", "why"}
	for _, tt := range []struct {
		note   Note
		fr, en string
	}{
		{Note{Code: NoteUnrecorded}, "aucune licence enregistrée", "no licence is recorded"},
		{Note{Code: NoteNotYet, Count: 2, Day: "2027-01-31"}, "2 droits ne valent qu’à partir du 31/01/2027", "2 rights are not valid before 2027-01-31"},
		{Note{Code: NoteLapsed, Count: 1, Day: "2026-01-31"}, "1 droit échu le 31/01/2026", "1 right ended on 2026-01-31"},
		{Note{Code: NoteMetric, Count: 3, Metric: MetricConcurrent}, "vu sur 3 appareils, ce qui ne dit pas combien de licences simultanées il faut", "found on 3 devices, which does not tell how many concurrent licences that makes"},
		{Note{Code: NoteAsk, Count: 1, Question: why}, "à vérifier sur 1 appareil : pourquoi", "to check on 1 device: why"},
		{Note{Code: NoteAsk, Count: 1, Question: Phrase{"# et @", "# and @"}}, "à vérifier sur 1 appareil : # et @", "to check on 1 device: # and @"},
		{Note{Code: NoteNothing, Day: "2026-12-01"}, "rien de découvert au 01/12/2026 : les droits ne sont comparés à rien", "nothing discovered as of 2026-12-01: the rights are not compared"},
	} {
		if fr, en := tt.note.In("fr"), tt.note.In("en"); fr != tt.fr || en != tt.en {
			t.Errorf("%+v: %q, %q", tt.note, fr, en)
		}
	}
	for code, text := range noteTexts {
		for _, p := range []Phrase{text.one, text.many} {
			if p.FR == "" || p.EN == "" || p.FR == p.EN || strings.Count(p.FR, "@") != strings.Count(p.EN, "@") || strings.Count(p.FR, "#") != strings.Count(p.EN, "#") {
				t.Errorf("%s: %+v", code, p)
			}
		}
	}
	for _, metric := range []string{MetricDevice, MetricUser, MetricConcurrent, MetricCore, MetricCAL, MetricServer} {
		if metricTexts[metric].FR == "" || metricTexts[metric].EN == "" {
			t.Errorf("%s has no words", metric)
		}
	}
}
