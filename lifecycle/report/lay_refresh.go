package report

import (
	"strconv"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// lay shows the years first, then who and why, then the choices.
func (r Refresh) lay(s *scribe) layout {
	last := r.Years[len(r.Years)-1].Year
	l := layout{title: s.t("refresh.title"), subtitle: s.t("refresh.period", r.Years[0].Year, last)}
	l.parts = []paper.Part{
		r.summary(s), r.byClass(s), r.choices(s), r.cash(s),
		{Title: s.t("refresh.items"), NewPage: true, Blocks: []paper.Block{r.items(s)}},
		{Title: s.t("refresh.rules"), Blocks: []paper.Block{paper.Text{Text: s.t("refresh.rules.text"), Small: true}}},
	}
	return l
}

func (r Refresh) summary(s *scribe) paper.Part {
	total := inventory.Money{Currency: r.Years[0].Cost.Currency}
	count, overdue := 0, 0
	var bars []paper.Bar
	t := paper.Table{
		Sheet:   s.t("sheet.years"),
		Columns: s.columns("year", 1.0, "assets>", 1.0, "refresh.overdue>", 1.2, "refresh.cost>", 1.6, "refresh.low>", 1.6, "refresh.high>", 1.6),
	}
	for _, y := range r.Years {
		total.Minor += y.Cost.Minor
		count, overdue = count+y.Count, overdue+y.Overdue
		bars = append(bars, paper.Bar{Label: strconv.Itoa(y.Year), Value: float64(y.Cost.Minor), Text: s.locale.Whole(y.Cost)})
		t.Rows = append(t.Rows, []paper.Cell{strconv.Itoa(y.Year), y.Count, y.Overdue, paper.Whole(y.Cost), paper.Whole(y.Low), paper.Whole(y.High)})
	}
	t.Total = []paper.Cell{s.t("total"), count, overdue, paper.Whole(total), nil, nil}
	blocks := []paper.Block{
		paper.Figures{
			{Value: s.locale.Whole(total), Label: s.t("refresh.total", len(r.Years)), Tone: paper.Accent},
			{Value: s.locale.Int(count), Label: s.t("refresh.count")},
			{Value: s.locale.Int(overdue), Label: s.t("refresh.overdue.label"), Tone: filled(overdue, paper.Bad)},
			{Value: s.locale.Int(r.Unpriced), Label: s.t("refresh.unpriced"), Tone: filled(r.Unpriced, paper.Warn)},
		},
		paper.Text{Text: s.t("refresh.text")}, paper.Columns(bars, 178, 50), t,
	}
	return paper.Part{Title: s.t("summary"), Blocks: blocks}
}

func (r Refresh) byClass(s *scribe) paper.Part {
	t := paper.Table{Sheet: s.t("sheet.classes"), Columns: []paper.Column{{Title: s.t("class"), Width: 2.4}}, Empty: s.t("refresh.none")}
	for _, y := range r.Years {
		t.Columns = append(t.Columns, paper.Column{Title: strconv.Itoa(y.Year), Width: 1.5, Right: true})
	}
	t.Columns = append(t.Columns, paper.Column{Title: s.t("total"), Width: 1.5, Right: true})
	for _, c := range r.Classes {
		row := []paper.Cell{s.class(c.Class)}
		sum := inventory.Money{Currency: r.Years[0].Cost.Currency}
		for i, cost := range c.Cost {
			if c.Count[i] == 0 {
				row = append(row, nil)
				continue
			}
			sum.Minor += cost.Minor
			row = append(row, paper.Whole(cost))
		}
		t.Rows = append(t.Rows, append(row, paper.Whole(sum)))
	}
	sites := paper.Table{Title: s.t("by-site"), Sheet: s.t("sheet.sites"), Columns: s.columns("site", 4.0, "assets>", 1.0, "refresh.cost>", 1.6)}
	for _, x := range r.Sites {
		sites.Rows = append(sites.Rows, []paper.Cell{dash(x.Site), x.Count, paper.Whole(x.Cost)})
	}
	return paper.Part{Title: s.t("refresh.classes"), Blocks: []paper.Block{t, sites}}
}

// choices compares scenarios, and buying with leasing.
func (r Refresh) choices(s *scribe) paper.Part {
	t := paper.Table{Sheet: s.t("sheet.scenarios"), Columns: []paper.Column{{Title: s.t("refresh.scenario"), Width: 3}}}
	for _, y := range r.Years {
		t.Columns = append(t.Columns, paper.Column{Title: strconv.Itoa(y.Year), Width: 1.4, Right: true})
	}
	t.Columns = append(t.Columns, s.columns("total>", 1.5, "refresh.peak>", 1.5, "refresh.risk>", 1.5)...)
	for _, a := range r.Scenarios {
		name := a.Name
		if name == "" {
			name = s.t("scenario." + a.Key)
		}
		row := []paper.Cell{name}
		if a.Unmet {
			row[0] = paper.Rich{Head: name, Body: s.t("refresh.unmet")}
		}
		for _, y := range a.Years {
			row = append(row, paper.Whole(y))
		}
		t.Rows = append(t.Rows, append(row, paper.Whole(a.Total), paper.Whole(a.Peak), riskCell(a.Risk)))
	}
	blocks := []paper.Block{paper.Text{Text: s.t("refresh.scenarios.text")}, t}
	if b := r.Lease; b != nil {
		verdict := s.t("lease.lease")
		if b.BuyIsBetter {
			verdict = s.t("lease.buy")
		}
		blocks = append(blocks, paper.Heading(s.t("lease.title")), paper.Figures{
			{Value: s.locale.Whole(b.Buy), Label: s.t("lease.cost.buy"), Tone: chosen(b.BuyIsBetter)},
			{Value: s.locale.Whole(b.Lease), Label: s.t("lease.cost.lease"), Tone: chosen(!b.BuyIsBetter)},
			{Value: s.locale.Money(b.BreakEven), Label: s.t("lease.even")},
		}, paper.Text{Text: s.t("lease.text", verdict, s.locale.Whole(b.Price), b.Months, s.locale.Money(b.Rent), s.locale.Whole(b.Resale), s.locale.Number(float64(b.DiscountBPS)/100, 1)), Small: true})
	}
	return paper.Part{Title: s.t("refresh.choices"), Blocks: blocks}
}

// riskCell is empty where no risk was reckoned.
func riskCell(m inventory.Money) paper.Cell {
	if m == (inventory.Money{}) {
		return nil
	}
	return paper.Whole(m)
}

func chosen(better bool) paper.Tone {
	if better {
		return paper.Good
	}
	return paper.Plain
}

func (r Refresh) cash(s *scribe) paper.Part {
	var bars []paper.Bar
	t := paper.Table{Sheet: s.t("sheet.months"), BookOnly: true, Columns: s.columns("month", 2.0, "refresh.cost>", 2.0)}
	for _, m := range r.Months {
		bars = append(bars, paper.Bar{Label: s.locale.Month(m.Month), Value: float64(max(0, m.Cost.Minor)), Text: s.locale.Whole(m.Cost)})
		t.Rows = append(t.Rows, []paper.Cell{m.Month, m.Cost})
	}
	return paper.Part{Title: s.t("refresh.cash"), Blocks: []paper.Block{paper.Text{Text: s.t("refresh.cash.text")}, paper.Columns(bars, 178, 48), t}}
}

func (r Refresh) items(s *scribe) paper.Block {
	t := paper.Table{
		Sheet: s.t("refresh.items"), Dense: true, Empty: s.t("refresh.none"),
		Columns: s.columns("year", 0.8, "name", 2.4, "class", 1.7, "model", 2.8, "site", 1.8, "refresh.reason", 2.6, "refresh.by", 1.4, "refresh.cost>", 1.4),
	}
	for _, x := range r.Items {
		reason := paper.Cell(s.name("reason", string(x.Reason)))
		if x.Overdue {
			reason = paper.Rich{Head: s.name("reason", string(x.Reason)), Body: s.t("refresh.late")}
		}
		cost := paper.Cell(s.t("refresh.price.unknown"))
		if x.Cost.Minor > 0 {
			cost = paper.Whole(x.Cost)
		}
		t.Rows = append(t.Rows, []paper.Cell{strconv.Itoa(x.Year), x.Name, s.class(x.Class), x.Model, x.Site, reason, x.Day, cost})
	}
	return t
}
