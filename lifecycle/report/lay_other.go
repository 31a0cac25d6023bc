package report

import (
	"cmp"
	"strings"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// lay shows what got better and worse first, then each asset.
func (d Difference) lay(s *scribe) layout {
	l := layout{title: s.t("difference.title"), subtitle: s.t("period", s.locale.Day(d.Before.Day), s.locale.Day(d.After.Day))}
	moment := paper.Table{Columns: s.columns("difference.what", 3.0, "difference.before>", 2.0, "difference.after>", 2.0), Sheet: s.t("sheet.moments")}
	row := func(key string, before, after paper.Cell) {
		moment.Rows = append(moment.Rows, []paper.Cell{s.t(key), before, after})
	}
	row("day", d.Before.Day, d.After.Day)
	row("score", d.grade(s, d.Before), d.grade(s, d.After))
	row("assets", d.Before.Assets, d.After.Assets)
	row("difference.critical", d.Before.Critical, d.After.Critical)
	row("difference.high", d.Before.High, d.After.High)
	row("findings", d.Before.Findings, d.After.Findings)
	l.parts = []paper.Part{
		{Title: s.t("summary"), Blocks: []paper.Block{
			paper.Figures{
				{Value: s.locale.Int(len(d.Appeared)), Label: s.t("difference.appeared")},
				{Value: s.locale.Int(len(d.Gone)), Label: s.t("difference.gone")},
				{Value: s.locale.Int(len(d.Changed)), Label: s.t("difference.changed")},
				{Value: s.locale.Int(len(d.Solved)), Label: s.t("difference.solved"), Tone: filled(len(d.Solved), paper.Good)},
				{Value: s.locale.Int(len(d.New)), Label: s.t("difference.new"), Tone: filled(len(d.New), paper.Bad)},
			},
			moment,
		}},
		{Title: s.t("difference.better"), Blocks: []paper.Block{d.shifts(s, d.Better, "sheet.better")}},
		{Title: s.t("difference.worse"), Blocks: []paper.Block{d.shifts(s, d.Worse, "sheet.worse")}},
		{Title: s.t("difference.appeared"), Blocks: []paper.Block{briefs(s, d.Appeared, "sheet.appeared")}},
		{Title: s.t("difference.gone"), Blocks: []paper.Block{briefs(s, d.Gone, "sheet.gone")}},
		{Title: s.t("difference.changed"), Blocks: []paper.Block{d.changes(s)}},
	}
	l.parts[0].Blocks = append(l.parts[0].Blocks, paper.Text{Text: s.t("difference.digests", d.Before.Digest, d.After.Digest), Small: true})
	return l
}

func (d Difference) grade(s *scribe, m Moment) string {
	return strings.TrimSpace(m.Grade + " " + s.locale.Number(m.Score, 1))
}

func (d Difference) shifts(s *scribe, list []Shift, sheet string) paper.Block {
	t := paper.Table{
		Sheet: s.t(sheet), Empty: s.t("nothing"),
		Columns: s.columns("severity", 1.2, "what", 5.0, "difference.before>", 1.2, "difference.after>", 1.2),
	}
	for _, x := range list {
		t.Rows = append(t.Rows, []paper.Cell{s.severity(x.Severity), x.Title.in(s.lang), x.Before, x.After})
	}
	return t
}

func briefs(s *scribe, list []Asset, sheet string) paper.Block {
	t := paper.Table{
		Sheet: s.t(sheet), Empty: s.t("nothing"),
		Columns: s.columns("name", 2.4, "class", 1.7, "model", 3.0, "serial", 2.0, "address", 1.8, "site", 1.8),
	}
	for i := range list {
		x := &list[i]
		t.Rows = append(t.Rows, []paper.Cell{x.Name, s.class(x.Class), joined(x.Vendor, x.Model), x.Serial, x.Address, x.Site})
	}
	return t
}

func (d Difference) changes(s *scribe) paper.Block {
	t := paper.Table{
		Sheet: s.t("sheet.changed"), Empty: s.t("nothing"),
		Columns: s.columns("name", 2.4, "difference.field", 1.8, "difference.before", 3.0, "difference.after", 3.0),
	}
	for _, c := range d.Changed {
		t.Rows = append(t.Rows, []paper.Cell{c.Asset, s.t(c.Field), s.value(c.Field, c.Old), s.value(c.Field, c.New)})
	}
	return t
}

// value puts a field's value into words where it is one of the program's.
func (s *scribe) value(field, value string) string {
	switch field {
	case "warranty":
		return dash(s.locale.Day(inventory.Day(value)))
	case "class", "support", "asset-state":
		return s.name(field, value)
	}
	return dash(value)
}

// lay puts what ends in order of the days by which something has to be done.
func (r Renewals) lay(s *scribe) layout {
	l := layout{title: s.t("renewals.title"), subtitle: s.t("period", s.locale.Day(r.From), s.locale.Day(r.To))}
	notices, stake := 0, []Renewal{}
	for _, i := range r.Items {
		if i.acts() == i.Notice {
			notices++
			stake = append(stake, i)
		}
	}
	figures := paper.Figures{{Value: s.locale.Int(len(r.Items)), Label: s.t("renewals.items")}, {Value: s.locale.Int(notices), Label: s.t("renewals.notices"), Tone: filled(notices, paper.Warn)}}
	for _, m := range r.Yearly {
		figures = append(figures, paper.Figure{Value: s.locale.Whole(m), Label: s.t("renewals.yearly")})
	}
	for _, m := range sums(stake, func(i Renewal) inventory.Money { return i.AtStake }) {
		figures = append(figures, paper.Figure{Value: s.locale.Whole(m), Label: s.t("renewals.stake"), Tone: paper.Bad})
	}
	blocks := []paper.Block{figures}
	if len(r.Items) > 0 {
		var bars []paper.Bar
		for _, m := range r.Months {
			bars = append(bars, paper.Bar{Label: s.locale.Month(m.Month), Value: float64(m.Count), Text: blank(m.Count)})
		}
		chart := paper.Columns(bars, 178, 40)
		chart.Title = s.t("renewals.chart")
		blocks = append(blocks, chart)
	}
	l.parts = []paper.Part{{Title: s.t("summary"), Blocks: blocks}}
	l.parts = append(l.parts, r.months(s)...)
	l.parts = append(l.parts, paper.Part{Blocks: []paper.Block{r.book(s), paper.Text{Text: s.t("renewals.note"), Small: true}}})
	return l
}

// months is a table for each month in which something is to be done.
func (r Renewals) months(s *scribe) []paper.Part {
	var parts []paper.Part
	var month inventory.Day
	for _, i := range r.Items {
		if m := monthOf(max(i.acts(), r.From)); m != month || len(parts) == 0 {
			month = m
			parts = append(parts, paper.Part{Title: s.locale.Month(m), Blocks: []paper.Block{paper.Table{
				Columns: s.columns("renewals.by", 1.3, "subject", 4.6, "ends", 1.3, "yearly>", 1.5, "decision", 3.4),
			}}})
		}
		last := &parts[len(parts)-1]
		t, _ := last.Blocks[0].(paper.Table)
		t.Rows = append(t.Rows, []paper.Cell{i.acts(), r.subject(s, i), i.End, paper.Whole(i.Yearly), s.decision(i)})
		last.Blocks[0] = t
	}
	if len(parts) == 0 {
		parts = append(parts, paper.Part{Blocks: []paper.Block{paper.Text{Text: s.t("renewals.none")}}})
	}
	return parts
}

func (r Renewals) subject(s *scribe, i Renewal) paper.Rich {
	about := []string{s.name("renewal", i.Kind)}
	for _, text := range []string{i.Party, i.Reference} {
		if text != "" && text != i.What {
			about = append(about, text)
		}
	}
	if len(i.Assets) > 0 {
		about = append(about, s.concerned(len(i.Assets))+": "+some(i.Assets, 5))
	}
	return paper.Rich{Head: cmp.Or(i.What, s.name("renewal", i.Kind)), Body: strings.Join(about, " · ")}
}

// decision says what is asked, and what a missed notice binds to.
func (s *scribe) decision(i Renewal) string {
	text := s.t("decision." + i.Decision)
	if i.Decision == "bound" {
		return s.t("decision.late", s.locale.Day(i.Notice))
	}
	if i.AtStake.Minor > 0 {
		text += ". " + s.t("decision.stake", s.locale.Whole(i.AtStake))
	}
	return text
}

func (r Renewals) book(s *scribe) paper.Block {
	t := paper.Table{
		Sheet: s.t("renewals.title"), BookOnly: true,
		Columns: s.columns("renewals.by", 1.5, "kind", 1.8, "subject", 4.0, "party", 3.0, "reference", 2.0, "ends", 1.5, "notice", 1.5, "yearly>", 1.6, "stake>", 1.6, "decision", 4.0, "concerned", 4.0),
	}
	for _, i := range r.Items {
		t.Rows = append(t.Rows, []paper.Cell{
			i.acts(), s.name("renewal", i.Kind), i.What, i.Party, i.Reference, i.End, i.Notice, i.Yearly, i.AtStake, s.t("decision." + i.Decision), strings.Join(i.Assets, ", "),
		})
	}
	return t
}

// lay lists what goes back, lease by lease, with room to tick.
func (r Returns) lay(s *scribe) layout {
	l := layout{title: s.t("returns.title"), subtitle: s.t("period", s.locale.Day(r.From), s.locale.Day(r.To))}
	for _, lease := range r.Leases {
		t := paper.Table{
			Sheet: lease.Reference, Empty: s.t("returns.empty"),
			Columns: s.columns("returned", 0.9, "name", 2.2, "class", 1.6, "model", 2.8, "serial", 2.2, "site", 1.7, "state", 1.3),
		}
		nameless := 0
		for _, a := range lease.Assets {
			serial := paper.Cell(a.Serial)
			if a.Serial == "" {
				nameless++
				serial = paper.Badge{Text: s.t("returns.serial"), Tone: paper.Bad}
			}
			t.Rows = append(t.Rows, []paper.Cell{"☐", a.Name, s.class(a.Class), a.Model, serial, a.Site, s.name("asset-state", string(a.State))})
		}
		about := []string{s.t("returns.ends", s.locale.Day(lease.End))}
		if !lease.Notice.IsZero() {
			about = append(about, s.t("returns.notice", s.locale.Day(lease.Notice)))
		}
		if lease.Cost.Minor > 0 {
			about = append(about, s.t("returns.cost", s.locale.Money(lease.Cost)))
		}
		if lease.Residual.Minor > 0 {
			about = append(about, s.t("returns.residual", s.locale.Money(lease.Residual)))
		}
		blocks := []paper.Block{paper.Text{Text: strings.Join(about, " · ")}}
		if lease.Terms != "" {
			blocks = append(blocks, paper.Note{Title: s.t("returns.terms"), Text: lease.Terms})
		}
		blocks = append(blocks, t)
		if nameless > 0 {
			blocks = append(blocks, paper.Note{Tone: paper.Bad, Title: s.t("returns.serial"), Text: s.count("returns.nameless", nameless)})
		}
		if lease.Unlinked > 0 {
			blocks = append(blocks, paper.Note{Tone: paper.Bad, Text: s.count("returns.unlinked", lease.Unlinked)})
		}
		blocks = append(blocks, paper.Text{Text: s.t("returns.sign"), Small: true})
		l.parts = append(l.parts, paper.Part{Title: strings.TrimSpace(lease.Lessor + " " + lease.Reference), Blocks: blocks})
	}
	if len(l.parts) == 0 {
		l.parts = []paper.Part{{Blocks: []paper.Block{paper.Text{Text: s.t("returns.none")}}}}
	}
	return l
}

// lay lists what is owned with its value.
func (r Register) lay(s *scribe) layout {
	l := layout{title: s.t("register.title"), subtitle: s.t("subtitle", s.locale.Day(r.Day))}
	figures := paper.Figures{{Value: s.locale.Int(len(r.Lines)), Label: s.t("assets")}}
	for _, m := range r.Cost {
		figures = append(figures, paper.Figure{Value: s.locale.Whole(m), Label: s.t("register.cost")})
	}
	for _, m := range r.Value {
		figures = append(figures, paper.Figure{Value: s.locale.Whole(m), Label: s.t("register.value"), Tone: paper.Accent})
	}
	figures = append(figures, paper.Figure{Value: s.locale.Int(r.Leased), Label: s.t("register.leased")}, paper.Figure{Value: s.locale.Int(r.Bare), Label: s.t("register.bare"), Tone: filled(r.Bare, paper.Warn)})
	totals := paper.Table{Sheet: s.t("sheet.classes"), Columns: s.columns("class", 3.0, "assets>", 1.0, "register.cost>", 2.0, "register.value>", 2.0), Empty: s.t("register.none")}
	for _, c := range r.Totals {
		totals.Rows = append(totals.Rows, []paper.Cell{s.class(c.Class), c.Count, c.Cost, c.Value})
	}
	lines := paper.Table{
		Sheet: s.t("register.title"), Dense: true, Empty: s.t("detail.none"),
		Columns: s.columns("name", 2.2, "register.thing", 3.0, "serial", 1.9, "register.invoice", 2.4, "register.since", 1.4, "register.method", 1.6, "register.cost>", 1.7, "register.value>", 1.7),
	}
	for i := range r.Lines {
		x := &r.Lines[i]
		invoice := strings.TrimSpace(x.Supplier + " " + x.Invoice)
		if x.Owner != "" {
			invoice = s.t("register.owner", x.Owner, x.Invoice)
		}
		method := ""
		if x.Method != "" {
			method = s.name("method", x.Method)
			if x.Months > 0 {
				method += " " + s.t("months", x.Months)
			}
		}
		lines.Rows = append(lines.Rows, []paper.Cell{
			x.Name, paper.Rich{Head: s.class(x.Class), Body: x.Model}, x.Serial, invoice, x.InService, method, x.Cost, x.Value,
		})
	}
	l.parts = []paper.Part{
		{Title: s.t("summary"), Blocks: []paper.Block{figures, totals, paper.Text{Text: s.t("register.text"), Small: true}}},
		{Title: s.t("register.lines"), NewPage: true, Blocks: []paper.Block{lines}},
	}
	return l
}
