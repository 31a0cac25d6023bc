package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parc/lifecycle/report/paper"
)

// ranked gives names with how often each stands there, the commonest first.
func ranked(counts map[string]int) []string {
	names := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(counts[y]-counts[x], cmp.Compare(x, y))
	})
	for i, name := range names {
		if counts[name] > 1 {
			names[i] = name + " ×" + strconv.Itoa(counts[name])
		}
	}
	return names
}

// ages is the pyramid, and how old each class is.
func (a *auditLay) ages() paper.Part {
	ages := a.d.Ages
	known := a.d.Totals.Assets - ages.Unknown
	blocks := []paper.Block{paper.Text{Text: a.t("ages.text", a.locale.Int(known), a.locale.Int(a.d.Totals.Assets))}}
	if known > 0 {
		var bars []paper.Bar
		for _, y := range ages.Years {
			label := a.count("ages.year", y.Years)
			if y.Years == oldestYears {
				label = a.t("ages.more", a.locale.Int(y.Years))
			}
			bars = append(bars, paper.Bar{Label: label, Value: float64(y.Count), Text: blank(y.Count), Tone: ageTone(y.Years)})
		}
		blocks = append(blocks, paper.Columns(bars, 178, 52))
	}
	t := paper.Table{
		Title: a.t("ages.class"), Sheet: a.t("sheet.ages"),
		Columns: a.columns("class", 2.4, "assets>", 1.0, "ages.known>", 1.2, "ages.mean>", 1.2, "ages.oldest>", 1.2, "ages.which", 3.0),
	}
	for _, c := range ages.Classes {
		row := []paper.Cell{a.class(c.Class), c.Count, c.Known, nil, nil, c.Name}
		if c.Known > 0 {
			row[3], row[4] = c.Mean, c.Oldest
		}
		t.Rows = append(t.Rows, row)
	}
	return paper.Part{Title: a.t("ages"), Blocks: append(blocks, t)}
}

func blank(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func ageTone(years int) paper.Tone {
	switch {
	case years < 3:
		return paper.Good
	case years < 5:
		return paper.Accent
	case years < 7:
		return paper.Warn
	}
	return paper.Bad
}

func (a *auditLay) supportRing() *paper.Drawing {
	var bars []paper.Bar
	total := 0
	for _, c := range a.d.Supports {
		bars = append(bars, paper.Bar{Label: a.name("support", string(c.State)), Value: float64(c.Count), Text: a.locale.Int(c.Count), Tone: supportTone(c.State)})
		total += c.Count
	}
	ring := paper.Ring(bars, a.locale.Int(total), a.t("assets.lower"), 82)
	ring.Title = a.t("support")
	return ring
}

func (a *auditLay) support() paper.Part {
	t := paper.Table{
		Sheet: a.t("sheet.systems"), Empty: a.t("systems.none"),
		Columns: a.columns("system", 3.0, "state", 1.7, "support-end", 1.4, "assets>", 0.9, "concerned", 4.0),
	}
	for _, x := range a.d.Systems {
		t.Rows = append(t.Rows, []paper.Cell{x.Product, a.support1(x), x.End, x.Count, some(x.Assets, 5)})
	}
	blocks := []paper.Block{paper.Text{Text: a.t("support.text")}, t}
	if n := a.d.Unknown.System; n > 0 {
		blocks = append(blocks, paper.Note{Tone: paper.Warn, Title: a.t("support.unknown.title"), Text: a.count("support.unknown", n)})
	}
	return paper.Part{Title: a.t("support"), Blocks: blocks}
}

func (a *auditLay) support1(x System) paper.Badge { return a.scribe.support(x.State) }

// coverage is warranties and contracts.
func (a *auditLay) coverage() paper.Part {
	c := a.d.Coverage
	bars := []paper.Bar{
		{Label: a.t("covered"), Value: float64(c.Covered), Text: a.locale.Int(c.Covered), Tone: paper.Good},
		{Label: a.t("covered.ending"), Value: float64(c.Ending), Text: a.locale.Int(c.Ending), Tone: paper.Warn},
		{Label: a.t("covered.ended"), Value: float64(c.Ended), Text: a.locale.Int(c.Ended), Tone: paper.Bad},
		{Label: a.t("covered.unknown"), Value: float64(c.Unknown), Text: a.locale.Int(c.Unknown), Tone: paper.Muted},
	}
	blocks := []paper.Block{paper.Ring(bars, a.locale.Int(a.d.Totals.Assets), a.t("assets.lower"), 110)}
	t := paper.Table{
		Title: a.t("contracts.leases"), Sheet: a.t("sheet.contracts"), Empty: a.t("contracts.none"),
		Columns: a.columns("subject", 4.0, "party", 2.4, "ends", 1.4, "notice", 1.5, "yearly>", 1.5),
	}
	for _, x := range a.d.Contracts {
		t.Rows = append(t.Rows, []paper.Cell{a.agreement(x), x.Party, x.End, x.Notice, paper.Whole(x.Yearly)})
	}
	return paper.Part{Title: a.t("coverage"), Blocks: append(blocks, t)}
}

// agreement names a contract and says what it is.
func (s *scribe) agreement(x Agreement) paper.Rich {
	about := []string{s.name("agreement", x.Kind)}
	if x.Reference != "" && x.Reference != x.Title {
		about = append(about, x.Reference)
	}
	if x.Renews {
		about = append(about, s.t("renews"))
	}
	if x.Over {
		about = append(about, s.t("over"))
	}
	return paper.Rich{Head: x.Title, Body: strings.Join(about, " · ")}
}

func (a *auditLay) licences() paper.Part {
	return paper.Part{Title: a.t("licences"), Blocks: a.entitlements(a.d.Licences)}
}

// power is what keeps the company running when something stops.
func (a *auditLay) power() paper.Part {
	units := paper.Table{
		Title: a.t("power.units"), Sheet: a.t("sheet.power"), Empty: a.t("power.none"),
		Columns: a.columns("name", 2.2, "model", 2.6, "battery", 1.4, "battery.replaced", 1.6, "battery.due", 1.6, "since", 1.5),
	}
	for _, u := range a.d.Power {
		tone := paper.Good
		if u.Battery != "normal" {
			tone = paper.Bad
		}
		battery := paper.Badge{Text: a.t("battery.unknown"), Tone: paper.Muted}
		if u.Battery != "" {
			battery = paper.Badge{Text: a.name("battery", u.Battery), Tone: tone}
		}
		units.Rows = append(units.Rows, []paper.Cell{u.Name, u.Model, battery, u.Replaced, u.Due, u.Since})
	}
	stores := paper.Table{
		Title: a.t("backup.stores"), Sheet: a.t("sheet.stores"), Empty: a.t("backup.stores.none"),
		Columns: a.columns("name", 2.2, "model", 2.6, "size>", 1.2, "used>", 1.2, "disks>", 1.0, "disks.bad", 2.6),
	}
	for _, x := range a.d.Backup.Stores {
		row := []paper.Cell{x.Name, x.Model, nil, nil, x.Disks, strings.Join(x.Bad, ", ")}
		if x.SizeMB > 0 {
			row[2], row[3] = a.size(x.SizeMB), paper.Percent(100*float64(x.UsedMB)/float64(x.SizeMB))
		}
		stores.Rows = append(stores.Rows, row)
	}
	blocks := []paper.Block{units, stores}
	if found := slices.Concat(a.d.Backup.Software, a.d.Backup.Licensed); len(found) > 0 {
		blocks = append(blocks, paper.Text{Text: a.t("backup.software", some(found, 8))})
	} else {
		blocks = append(blocks, paper.Text{Text: a.t("backup.software.none")})
	}
	blocks = append(blocks, paper.Note{Tone: paper.Warn, Title: a.t("backup.note.title"), Text: a.t("backup.note")})
	return paper.Part{Title: a.t("power"), Blocks: blocks}
}

// size writes mebibytes in the unit that people use for them.
func (s *scribe) size(mb int64) string {
	if mb >= 1<<20 {
		return s.locale.Number(float64(mb)/(1<<20), 1) + " " + s.t("unit.tb")
	}
	return s.locale.Number(float64(mb)/(1<<10), 0) + " " + s.t("unit.gb")
}
