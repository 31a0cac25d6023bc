package report

import (
	"strings"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// security is every topic with what was seen of it.
func (a *auditLay) security() paper.Part {
	d := a.d
	blocks := []paper.Block{paper.Figures{
		{Value: a.locale.Int(d.Totals.Critical), Label: a.t("severity.critical"), Tone: filled(d.Totals.Critical, paper.Worst)},
		{Value: a.locale.Int(d.Totals.High), Label: a.t("severity.high"), Tone: filled(d.Totals.High, paper.Bad)},
		{Value: a.locale.Int(d.Totals.Medium), Label: a.t("severity.medium"), Tone: filled(d.Totals.Medium, paper.Warn)},
		{Value: a.locale.Int(d.Totals.Low), Label: a.t("severity.low"), Tone: filled(d.Totals.Low, paper.Muted)},
	}}
	if len(d.Topics) == 0 {
		return paper.Part{Title: a.t("security"), NewPage: true, Blocks: append(blocks, paper.Text{Text: a.t("top.none")})}
	}
	var cards paper.Cards
	for i := range d.Topics {
		cards = append(cards, a.card(&d.Topics[i]))
	}
	return paper.Part{Title: a.t("security"), NewPage: true, Blocks: append(blocks, paper.Text{Text: a.t("security.text")}, cards)}
}

func filled(n int, t paper.Tone) paper.Tone {
	if n == 0 {
		return paper.Plain
	}
	return t
}

func (a *auditLay) card(t *Topic) paper.Card {
	const shown = 4
	var seen []string
	for i := range min(shown, len(t.Assets)) {
		seen = append(seen, t.Assets[i]+": "+dash(a.scribe.evidence(t.Evidence[i])))
	}
	if more := len(t.Assets) - shown; more > 0 {
		seen = append(seen, a.count("more", more))
	}
	return paper.Card{
		Badge: a.severity(t.Severity), Title: t.Title.in(a.lang), Text: t.Advice.in(a.lang),
		Pairs: []paper.Pair{
			{Name: a.t("concerned"), Text: a.concerned(len(t.Assets))},
			{Name: a.t("evidence"), Text: strings.Join(seen, "\n")},
			{Name: a.t("effort.cost"), Text: a.t("effort.cost.text", a.name("level", t.Effort), a.name("level", t.Cost))},
			{Name: a.t("references"), Text: a.references(t.ANSSI, t.CIS)},
		},
	}
}

// plan is what to do, in order, over three years.
func (a *auditLay) plan() paper.Part {
	t := paper.Table{
		Sheet: a.t("sheet.plan"), Empty: a.t("plan.none"),
		Columns: a.columns("number>", 0.5, "horizon", 1.2, "advice.what", 5.4, "severity", 1.2, "effort", 1.0, "cost", 1.0, "concerns>", 0.9),
	}
	for i, step := range a.d.Plan {
		topic := a.rules[step.Rule]
		if topic == nil {
			continue
		}
		t.Rows = append(t.Rows, []paper.Cell{
			i + 1, a.t("months", step.Months), paper.Rich{Head: topic.Title.in(a.lang), Body: topic.Advice.in(a.lang)},
			a.severity(step.Severity), a.name("level", step.Effort), a.name("level", step.Cost), step.Assets,
		})
	}
	return paper.Part{Title: a.t("advice"), Blocks: []paper.Block{paper.Text{Text: a.t("plan.text")}, t}}
}

func (a *auditLay) events() paper.Part {
	t := paper.Table{
		Sheet: a.t("sheet.events"), Empty: a.t("events.none"),
		Columns: a.columns("day", 1.3, "kind", 2.6, "subject", 5.0, "assets>", 1.0),
	}
	for _, e := range a.d.Events {
		what := e.What
		if e.Renews {
			what += " (" + a.t("renews") + ")"
		}
		assets := paper.Cell(nil)
		if e.Assets > 0 {
			assets = e.Assets
		}
		t.Rows = append(t.Rows, []paper.Cell{e.Day, a.name("event", string(e.Kind)), what, assets})
	}
	return paper.Part{Title: a.t("events"), Blocks: []paper.Block{t}}
}

// quality says what is not known, and how the score is worked out.
func (a *auditLay) quality() paper.Part {
	d := a.d
	t := paper.Table{Sheet: a.t("sheet.quality"), Columns: a.columns("quality.missing", 4.0, "assets>", 1.0, "share>", 1.0)}
	for _, row := range []struct {
		key string
		n   int
	}{
		{"quality.class", d.Unknown.Class}, {"quality.model", d.Unknown.Model}, {"quality.serial", d.Unknown.Serial},
		{"quality.system", d.Unknown.System}, {"quality.warranty", d.Unknown.Warranty}, {"quality.age", d.Ages.Unknown},
	} {
		share := paper.Percent(0)
		if d.Totals.Assets > 0 {
			share = paper.Percent(100 * float64(row.n) / float64(d.Totals.Assets))
		}
		t.Rows = append(t.Rows, []paper.Cell{a.t(row.key), row.n, share})
	}
	score := paper.Table{Title: a.t("scoring.parts"), Sheet: a.t("sheet.score"), Columns: a.columns("scoring.part", 4.0, "scoring.weight>", 1.0, "score>", 1.0)}
	for _, part := range d.Score.Parts {
		row := []paper.Cell{a.t("part." + part.Key), paper.Percent(part.Weight), a.t("part.unknown")}
		if part.Known {
			row[2] = round(part.Value)
		}
		score.Rows = append(score.Rows, row)
	}
	return paper.Part{Title: a.t("quality"), Blocks: []paper.Block{
		paper.Text{Text: a.t("quality.text")}, t, paper.Heading(a.t("scoring")), paper.Text{Text: a.t("scoring.text")}, score,
	}}
}

// annex is every asset.
func (a *auditLay) annex() paper.Part {
	t := paper.Table{
		Sheet: a.t("sheet.assets"), Dense: true, Empty: a.t("detail.none"),
		Columns: a.columns("name", 2.5, "class", 1.7, "model", 2.7, "serial", 2.1, "system", 2.7, "address", 1.9, "support", 1.9, "warranty", 1.4),
	}
	full := paper.Table{
		Sheet: a.t("sheet.detail"), BookOnly: true,
		Columns: a.columns("name", 3.0, "class", 2.0, "vendor", 2.4, "model", 3.0, "serial", 2.4, "system", 3.4, "version", 3.0, "address", 2.0,
			"site", 2.0, "asset-state", 1.6, "support", 2.2, "support-end", 1.6, "warranty", 1.6, "since", 1.6, "last-seen", 1.6, "findings>", 1.0),
	}
	for i := range a.d.Assets {
		x := &a.d.Assets[i]
		system := x.System
		if system == "" {
			system = x.Version
		}
		t.Rows = append(t.Rows, []paper.Cell{
			x.Name, a.class(x.Class), joined(x.Vendor, x.Model), x.Serial, system, x.Address, a.scribe.support(x.Support), x.Warranty,
		})
		full.Rows = append(full.Rows, []paper.Cell{
			x.Name, a.class(x.Class), x.Vendor, x.Model, x.Serial, x.System, x.Version, x.Address, x.Site, a.name("asset-state", string(x.State)),
			a.name("support", string(x.Support)), x.SupportEnd, x.Warranty, x.Since, inventory.DayOf(x.LastSeen), len(x.Findings),
		})
	}
	return paper.Part{Title: a.t("annex.assets"), NewPage: true, Blocks: []paper.Block{t, full}}
}

// evidence is every finding, with services and software for who wants to check.
func (a *auditLay) evidence() paper.Part {
	t := paper.Table{
		Sheet: a.t("sheet.findings"), Dense: true, Empty: a.t("top.none"),
		Columns: a.columns("severity", 1.3, "what", 3.0, "name", 2.6, "evidence", 5.0),
	}
	for _, f := range a.d.Findings {
		title := f.Rule
		if topic := a.rules[f.Rule]; topic != nil {
			title = topic.Title.in(a.lang)
		}
		t.Rows = append(t.Rows, []paper.Cell{a.severity(f.Severity), title, f.Asset, a.scribe.evidence(f.Evidence)})
	}
	services := paper.Table{
		Sheet: a.t("sheet.services"), BookOnly: true,
		Columns: a.columns("name", 3.0, "address", 2.0, "port>", 1.0, "protocol", 1.2, "service", 2.4, "product", 4.0, "version", 3.0),
	}
	software := paper.Table{
		Sheet: a.t("sheet.software"), BookOnly: true,
		Columns: a.columns("name", 3.0, "software", 5.0, "version", 2.4, "publisher", 3.0, "installed", 1.6),
	}
	for i := range a.d.Assets {
		x := &a.d.Assets[i]
		for _, v := range x.Services {
			services.Rows = append(services.Rows, []paper.Cell{x.Name, x.Address, v.Port, v.Protocol, v.Name, v.Product, v.Version})
		}
		for _, v := range x.Software {
			software.Rows = append(software.Rows, []paper.Cell{x.Name, v.Name, v.Version, v.Publisher, v.InstalledOn})
		}
	}
	return paper.Part{Title: a.t("annex.findings"), Blocks: []paper.Block{t, services, software}}
}
