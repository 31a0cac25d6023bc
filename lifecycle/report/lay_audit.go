package report

import (
	"strings"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// lay makes the audit: what matters on one page, then what it rests on, then
// everything.
func (d Audit) lay(s *scribe) layout {
	l := layout{title: s.t("title"), subtitle: s.t("subtitle", s.locale.Day(d.Day)), contents: true}
	l.cover = d.cover(s)
	a := &auditLay{scribe: s, d: &d, rules: map[string]*Topic{}}
	for i := range d.Topics {
		a.rules[d.Topics[i].Rule] = &d.Topics[i]
	}
	l.parts = []paper.Part{
		a.summary(), a.perimeter(), a.inventory(), a.ages(), a.support(), a.coverage(), a.licences(), a.network(), a.power(),
		a.security(), a.plan(), a.budget(), a.events(), a.quality(), a.annex(), a.evidence(),
	}
	return l
}

// auditLay lays one audit.
type auditLay struct {
	*scribe
	d     *Audit
	rules map[string]*Topic
}

func (d Audit) cover(s *scribe) []paper.Pair {
	pairs := []paper.Pair{{Name: s.t("cover.day"), Text: s.locale.Day(d.Day)}}
	if d.Provider != "" {
		pairs = append(pairs, paper.Pair{Name: s.t("cover.by"), Text: d.Provider})
	}
	var sites []string
	for _, site := range d.Sites {
		sites = append(sites, site.Name)
	}
	if len(sites) > 0 {
		pairs = append(pairs, paper.Pair{Name: s.count("cover.sites", len(sites)), Text: some(sites, 4)})
	}
	if d.Scan != nil {
		pairs = append(pairs, paper.Pair{Name: s.t("cover.scan"), Text: s.locale.Day(inventory.DayOf(d.Scan.At))})
	}
	return append(pairs,
		paper.Pair{Name: s.t("assets"), Text: s.locale.Int(d.Totals.Assets)},
		paper.Pair{Name: s.t("cover.confidential"), Text: s.t("cover.confidential.text", d.Client)})
}

// summary is the page for who reads only one.
func (a *auditLay) summary() paper.Part {
	d := a.d
	grade := paper.Figure{Value: "–", Label: a.t("score.none"), Tone: paper.Muted}
	if d.Score.Grade != "" {
		grade = paper.Figure{Value: d.Score.Grade, Label: a.t("score.of", a.locale.Number(d.Score.Total, 0)), Tone: gradeTone(d.Score.Grade)}
	}
	urgent := d.Totals.Critical + d.Totals.High
	figures := paper.Figures{
		grade,
		{Value: a.locale.Int(d.Totals.Assets), Label: a.t("assets")},
		{Value: a.locale.Int(urgent), Label: a.t("urgent")},
		{Value: a.locale.Int(a.unsupported()), Label: a.t("unsupported")},
		{Value: dash(a.locale.Whole(d.Budget.Total)), Label: a.t("budget.three")},
	}
	blocks := []paper.Block{figures, paper.Text{Text: a.verdict()}, paper.Heading(a.t("top")), a.top()}
	blocks = append(blocks, paper.Beside{Left: []paper.Block{a.supportRing()}, Right: []paper.Block{a.budgetChart(86, 44)}})
	if asks := a.decisions(); len(asks) > 0 {
		blocks = append(blocks, paper.Heading(a.t("decisions")), paper.List(asks))
	}
	return paper.Part{Title: a.t("summary"), NewPage: true, Blocks: blocks}
}

func (a *auditLay) unsupported() int {
	for _, c := range a.d.Supports {
		if supportTone(c.State) == paper.Bad {
			return c.Count
		}
	}
	return 0
}

// verdict says in two sentences where the company stands.
func (a *auditLay) verdict() string {
	d := a.d
	switch {
	case d.Totals.Assets == 0:
		return a.t("verdict.empty")
	case d.Totals.Critical > 0:
		return a.t("verdict.critical", a.concerned(d.Totals.Assets), a.count("findings.critical", d.Totals.Critical))
	case d.Totals.High > 0:
		return a.t("verdict.high", a.concerned(d.Totals.Assets), a.count("findings.high", d.Totals.High))
	case len(d.Findings) > 0:
		return a.t("verdict.some", a.concerned(d.Totals.Assets))
	}
	return a.t("verdict.none", a.concerned(d.Totals.Assets))
}

// top is the five things that matter most.
func (a *auditLay) top() paper.Block {
	t := paper.Table{Columns: a.columns("severity", 1.1, "what", 6.0, "concerns>", 1.2), Empty: a.t("top.none")}
	for _, topic := range a.d.Top {
		t.Rows = append(t.Rows, []paper.Cell{
			a.severity(topic.Severity), paper.Rich{Head: topic.Title.in(a.lang), Body: topic.Advice.in(a.lang)}, len(topic.Assets),
		})
	}
	return t
}

// decisions are what the client is asked to decide.
func (a *auditLay) decisions() []string {
	var asks []string
	soon := 0
	for _, step := range a.d.Plan {
		if step.Months == 3 {
			soon++
		}
	}
	if soon > 0 {
		asks = append(asks, a.count("decide.soon", soon))
	}
	if len(a.d.Budget.Years) > 0 && !a.d.Budget.Years[0].Replace.IsZero() {
		y := a.d.Budget.Years[0]
		asks = append(asks, a.t("decide.budget", a.locale.Whole(y.Replace), y.Year))
	}
	for _, e := range a.d.Events {
		if strings.HasSuffix(string(e.Kind), "-notice") {
			asks = append(asks, a.t("decide.notice", e.What, a.locale.Day(e.Day)))
			break
		}
	}
	return asks
}

func (a *auditLay) perimeter() paper.Part {
	d := a.d
	sites := paper.Table{
		Sheet: a.t("sheet.sites"), Columns: a.columns("site", 2.0, "address", 3.0, "networks", 2.6, "assets>", 1.0), Empty: a.t("sites.none"),
	}
	for _, site := range d.Sites {
		sites.Rows = append(sites.Rows, []paper.Cell{site.Name, site.Address, strings.Join(site.Networks, ", "), site.Assets})
	}
	blocks := []paper.Block{paper.Text{Text: a.t("method")}, sites}
	if n := d.Scan; n != nil {
		blocks = append(blocks, paper.Text{Text: a.t("scan.text", a.locale.Day(inventory.DayOf(n.At)), a.locale.Int(n.Asked), a.locale.Int(n.Found), a.locale.Int(max(0, n.Asked-n.Found)), a.locale.Int(n.Minutes))})
	} else {
		blocks = append(blocks, paper.Text{Text: a.t("scan.none")})
	}
	limits := paper.List{}
	for _, w := range d.Warnings {
		limits = append(limits, inventory.WarningIn(a.lang, w))
	}
	limits = append(limits, a.t("limit.off"), a.t("limit.agent"), a.t("limit.people"))
	blocks = append(blocks, paper.Heading(a.t("limits")), limits)
	if d.Scan != nil && len(d.Scan.Silent) > 0 {
		silent := paper.Table{Title: a.t("silent"), Sheet: a.t("sheet.silent"), Columns: a.columns("address", 1.0)}
		for _, address := range d.Scan.Silent {
			silent.Rows = append(silent.Rows, []paper.Cell{address})
		}
		blocks = append(blocks, paper.Text{Text: a.t("silent.text")}, silent)
	}
	if d.Catalogue != "" {
		blocks = append(blocks, paper.Text{Text: a.t("support.source", d.Catalogue, a.locale.Day(d.AsOf)), Small: true})
	}
	blocks = append(blocks, paper.Text{Text: a.t("personal.text"), Small: true})
	return paper.Part{Title: a.t("perimeter"), NewPage: true, Blocks: blocks}
}

// inventory shows what was found, by class and by site.
func (a *auditLay) inventory() paper.Part {
	var bars []paper.Bar
	for _, c := range a.d.Classes {
		bars = append(bars, paper.Bar{Label: a.class(c.Class), Value: float64(c.Count), Text: a.locale.Int(c.Count)})
	}
	blocks := []paper.Block{paper.Text{Text: a.t("inventory.text", a.concerned(a.d.Totals.Assets))}}
	if len(bars) > 0 {
		blocks = append(blocks, paper.Bars(bars, 150))
	}
	blocks = append(blocks, a.bySite())
	return paper.Part{Title: a.t("inventory"), Blocks: blocks}
}

// bySite counts classes at each site, and names the commonest models.
func (a *auditLay) bySite() paper.Block {
	type key struct {
		site  string
		class inventory.Class
	}
	counts, models := map[key]int{}, map[key]map[string]int{}
	var order []key
	for i := range a.d.Assets {
		x := &a.d.Assets[i]
		k := key{x.Site, x.Class}
		if counts[k] == 0 {
			order = append(order, k)
			models[k] = map[string]int{}
		}
		counts[k]++
		if model := joined(x.Vendor, x.Model); model != "" {
			models[k][model]++
		}
	}
	t := paper.Table{Title: a.t("by-site"), Sheet: a.t("sheet.classes"), Columns: a.columns("site", 2.0, "class", 2.0, "count>", 0.8, "models", 5.0)}
	for _, site := range a.d.Sites {
		for _, k := range order {
			if k.site == site.Name {
				t.Rows = append(t.Rows, []paper.Cell{k.site, a.class(k.class), counts[k], some(ranked(models[k]), 4)})
			}
		}
	}
	return t
}
