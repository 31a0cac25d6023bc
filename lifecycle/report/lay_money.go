package report

import (
	"strconv"

	"parc/inventory"
	"parc/lifecycle/report/paper"
)

// budgetTones are the colors of the parts of a budget.
var budgetTones = []paper.Tone{paper.Accent, paper.Good, paper.Warn, paper.Muted}

func (a *auditLay) budgetChart(width, height float64) *paper.Drawing {
	var stacks []paper.Stack
	for _, y := range a.d.Budget.Years {
		stacks = append(stacks, paper.Stack{
			Label: strconv.Itoa(y.Year), Text: a.locale.Whole(y.Total),
			Layers: []float64{float64(y.Replace.Minor), float64(y.Leases.Minor), float64(y.Contracts.Minor), float64(y.Licences.Minor)},
		})
	}
	names := []string{a.t("budget.replace.short"), a.t("budget.leases.short"), a.t("budget.contracts.short"), a.t("budget.licences.short")}
	chart := paper.Stacks(stacks, names, budgetTones, width, height)
	chart.Title = a.t("budget.chart")
	return chart
}

func (a *auditLay) budget() paper.Part {
	b := a.d.Budget
	t := paper.Table{
		Sheet:   a.t("sheet.budget"),
		Columns: a.columns("year", 1.0, "budget.replace>", 2.0, "budget.leases>", 2.0, "budget.contracts>", 2.0, "budget.licences>", 2.0, "total>", 2.0),
	}
	for _, y := range b.Years {
		t.Rows = append(t.Rows, []paper.Cell{strconv.Itoa(y.Year), paper.Whole(y.Replace), paper.Whole(y.Leases), paper.Whole(y.Contracts), paper.Whole(y.Licences), paper.Whole(y.Total)})
	}
	sum := func(of func(YearCost) inventory.Money) paper.Cell {
		total := inventory.Money{Currency: b.Total.Currency}
		for _, y := range b.Years {
			total.Minor += of(y).Minor
		}
		return paper.Whole(total)
	}
	t.Total = []paper.Cell{
		a.t("total"), sum(func(y YearCost) inventory.Money { return y.Replace }), sum(func(y YearCost) inventory.Money { return y.Leases }),
		sum(func(y YearCost) inventory.Money { return y.Contracts }), sum(func(y YearCost) inventory.Money { return y.Licences }), paper.Whole(b.Total),
	}
	blocks := []paper.Block{paper.Text{Text: a.t("budget.text")}, a.budgetChart(178, 58), t}
	if b.Unpriced > 0 {
		blocks = append(blocks, paper.Note{Tone: paper.Warn, Title: a.t("budget.unpriced.title"), Text: a.count("budget.unpriced", b.Unpriced)})
	}
	for _, m := range b.Left {
		blocks = append(blocks, paper.Text{Text: a.t("budget.left", a.locale.Whole(m)), Small: true})
	}
	return paper.Part{Title: a.t("budget"), NewPage: true, Blocks: blocks}
}
