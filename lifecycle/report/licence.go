package report

import (
	"strings"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/report/paper"
)

// LicenceReport sets what was bought beside what is installed.
type LicenceReport struct {
	Head
	Licences []Entitlement `json:"licences"`
	Titles   []Title       `json:"titles"` // installed, commonest first
	Yearly   []Sum         `json:"yearly"`
}

// Title is an installed product.
type Title struct {
	Name      string `json:"name"`
	Publisher string `json:"publisher,omitempty"`
	Assets    int    `json:"assets"`
}

func (j *Judge) licenceReport(in Input) LicenceReport {
	in.Assets = inUse(in.Assets)
	r := LicenceReport{Head: headOf(KindLicences, in), Licences: j.entitlementsOf(in), Titles: j.titlesOf(in.Assets)}
	r.Yearly = sums(r.Licences, func(e Entitlement) inventory.Money { return e.Yearly })
	return r
}

func (r LicenceReport) lay(s *scribe) layout {
	l := layout{title: s.t("licences.title"), subtitle: s.t("subtitle", s.locale.Day(r.Day))}
	short := 0
	for _, e := range r.Licences {
		if e.Gap != nil && *e.Gap < 0 {
			short++
		}
	}
	figures := paper.Figures{
		{Value: s.locale.Int(len(r.Licences)), Label: s.t("licences")},
		{Value: s.locale.Int(short), Label: s.t("licences.short"), Tone: filled(short, paper.Bad)},
	}
	for _, m := range r.Yearly {
		figures = append(figures, paper.Figure{Value: s.locale.Whole(m), Label: s.t("licences.yearly")})
	}
	for _, m := range sums(r.Licences, func(e Entitlement) inventory.Money { return e.Cost }) {
		figures = append(figures, paper.Figure{Value: s.locale.Whole(m), Label: s.t("licences.exposure"), Tone: paper.Bad})
	}
	for _, m := range sums(r.Licences, func(e Entitlement) inventory.Money { return e.Saving }) {
		figures = append(figures, paper.Figure{Value: s.locale.Whole(m), Label: s.t("licences.saving"), Tone: paper.Good})
	}
	titles := paper.Table{Sheet: s.t("sheet.titles"), Empty: s.t("titles.none"), Columns: s.columns("software", 5.0, "publisher", 3.0, "assets>", 1.0)}
	for _, t := range r.Titles {
		titles.Rows = append(titles.Rows, []paper.Cell{t.Name, t.Publisher, t.Assets})
	}
	l.parts = []paper.Part{
		{Title: s.t("summary"), Blocks: append([]paper.Block{figures}, s.entitlements(r.Licences)...)},
		{Title: s.t("titles"), Blocks: []paper.Block{titles}},
	}
	return l
}

// entitlements is the table of rights, needs and gaps.
func (s *scribe) entitlements(list []Entitlement) []paper.Block {
	t := paper.Table{
		Sheet: s.t("sheet.licences"), Empty: s.t("licences.none"),
		Columns: s.columns("product", 4.0, "metric", 1.3, "rights>", 1.0, "installed.count>", 1.1, "gap", 1.4, "ends", 1.4, "yearly>", 1.4),
	}
	for _, e := range list {
		gap := paper.Cell(s.t("gap.unknown"))
		if e.Gap != nil {
			badge := paper.Badge{Text: s.t("gap.fits"), Tone: paper.Good}
			switch {
			case *e.Gap < 0:
				badge = paper.Badge{Text: s.count("gap.short", -*e.Gap), Tone: paper.Bad}
			case *e.Gap > 0:
				badge = paper.Badge{Text: s.count("gap.over", *e.Gap), Tone: paper.Warn}
			}
			gap = badge
		}
		about := append([]string{e.Publisher}, lifecycle.NotesIn(s.lang, e.Notes)...)
		if e.Shelf+e.Idle > 0 {
			about = append(about, s.t("licences.idle", e.Shelf+e.Idle))
		}
		if e.Cost.Minor > 0 {
			about = append(about, s.t("licences.cost", s.locale.Whole(e.Cost)))
		}
		t.Rows = append(t.Rows, []paper.Cell{paper.Rich{Head: e.Product, Body: strings.Join(about, " · ")}, s.name("metric", e.Metric), e.Rights, e.Installed, gap, e.End, paper.Whole(e.Yearly)})
	}
	return []paper.Block{paper.Text{Text: s.t("licences.text")}, t}
}
