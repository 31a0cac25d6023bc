package report

import (
	"strconv"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/report/paper"
)

// lay shows how promises were kept, then each intervention.
func (r Service) lay(s *scribe) layout {
	l := layout{title: s.t("service.title"), subtitle: s.t("period", s.locale.Day(r.From), s.locale.Day(r.To))}
	l.parts = []paper.Part{{Title: s.t("summary"), Blocks: r.summary(s)}}
	if len(r.Jobs) == 0 {
		return l
	}
	l.parts = append(l.parts,
		paper.Part{Title: s.t("service.levels"), Blocks: []paper.Block{paper.Text{Text: s.t("service.levels.text")}, r.levels(s)}},
		paper.Part{Title: s.t("service.assets"), Blocks: []paper.Block{r.assets(s)}},
		paper.Part{Title: s.t("service.jobs"), NewPage: len(r.Jobs) > 20, Blocks: []paper.Block{r.jobs(s)}},
	)
	return l
}

func (r Service) summary(s *scribe) []paper.Block {
	if len(r.Jobs) == 0 {
		return []paper.Block{paper.Text{Text: s.t("service.none")}}
	}
	response, solve := [2]int{}, [2]int{}
	for _, l := range r.Levels {
		response[0], response[1] = response[0]+l.ResponseKept, response[1]+l.ResponseBroken
		solve[0], solve[1] = solve[0]+l.ResolveKept, solve[1]+l.ResolveBroken
	}
	figures := paper.Figures{
		{Value: s.locale.Int(len(r.Jobs)), Label: s.t("service.count")},
		r.rate(s, response, "service.response.kept"), r.rate(s, solve, "service.resolution.kept"),
		{Value: s.duration(r.Work), Label: s.t("service.work")},
		{Value: s.locale.Int(r.Unsettled), Label: s.t("service.open"), Tone: filled(r.Unsettled, paper.Warn)},
	}
	var bars []paper.Bar
	for _, m := range r.Months {
		bars = append(bars, paper.Bar{Label: s.locale.Month(m.Month), Value: float64(m.Count), Text: blank(m.Count)})
	}
	chart := paper.Columns(bars, 178, 40)
	chart.Title = s.t("service.chart")
	blocks := []paper.Block{figures, chart}
	for _, m := range r.Cost {
		blocks = append(blocks, paper.Text{Text: s.t("service.cost", s.locale.Money(m))})
	}
	return blocks
}

// rate is a share of kept promises; without any promise there is none.
func (r Service) rate(s *scribe, counts [2]int, key string) paper.Figure {
	all := counts[0] + counts[1]
	if all == 0 {
		return paper.Figure{Value: "–", Label: s.t(key)}
	}
	share := 100 * float64(counts[0]) / float64(all)
	tone := paper.Bad
	switch {
	case share >= 95:
		tone = paper.Good
	case share >= 80:
		tone = paper.Warn
	}
	return paper.Figure{Value: s.locale.Percent(share), Label: s.t(key), Tone: tone}
}

// duration writes minutes as hours and minutes.
func (s *scribe) duration(minutes int) string {
	if minutes < 60 {
		return strconv.Itoa(minutes) + "\u00a0min"
	}
	text := s.locale.Int(minutes/60) + "\u00a0h"
	if rest := minutes % 60; rest > 0 {
		text += "\u00a0" + strconv.Itoa(rest)
	}
	return text
}

func (s *scribe) target(minutes int) string {
	if minutes == 0 {
		return "–"
	}
	return s.duration(minutes)
}

func (r Service) levels(s *scribe) paper.Block {
	t := paper.Table{
		Sheet: s.t("sheet.levels"), Empty: s.t("service.levels.none"),
		Columns: s.columns("service.contract", 3.4, "service.level", 1.5, "service.jobs.count>", 0.9, "service.gti", 1.2, "service.kept>", 1.0, "service.median", 1.2, "service.gtr", 1.2, "service.kept>", 1.0, "service.median", 1.2),
	}
	for _, l := range r.Levels {
		t.Rows = append(t.Rows, []paper.Cell{
			paper.Rich{Head: l.Contract, Body: l.Hours}, s.name("level-of", strconv.Itoa(int(l.Level))), l.Jobs,
			s.target(l.ResponseTarget), share(l.ResponseKept, l.ResponseBroken), s.target(l.ResponseMedian),
			s.target(l.ResolveTarget), share(l.ResolveKept, l.ResolveBroken), s.target(l.ResolveMedian),
		})
	}
	return t
}

// share is kept of all, nil when there are none.
func share(kept, broken int) paper.Cell {
	if kept+broken == 0 {
		return nil
	}
	return paper.Percent(100 * float64(kept) / float64(kept+broken))
}

func (r Service) assets(s *scribe) paper.Block {
	t := paper.Table{Sheet: s.t("sheet.demanding"), Empty: s.t("nothing"), Columns: s.columns("name", 4.0, "service.jobs.count>", 1.2, "service.failures>", 1.2, "service.work>", 1.4)}
	for _, a := range r.Assets {
		t.Rows = append(t.Rows, []paper.Cell{a.Asset, a.Jobs, a.Failures, s.duration(a.Work)})
	}
	return t
}

func (r Service) jobs(s *scribe) paper.Block {
	t := paper.Table{
		Sheet: s.t("service.jobs"), Dense: true,
		Columns: s.columns("service.opened", 1.4, "service.what", 4.4, "name", 2.0, "service.level", 1.4, "service.response", 1.6, "service.resolution", 1.6, "service.work>", 1.1, "cost>", 1.2),
	}
	for i := range r.Jobs {
		j := &r.Jobs[i]
		about := []string{s.name("job", j.Kind)}
		for _, text := range []string{j.By, j.Contract} {
			if text != "" {
				about = append(about, text)
			}
		}
		t.Rows = append(t.Rows, []paper.Cell{
			inventory.DayOf(j.Opened), paper.Rich{Head: j.Summary, Body: strings.Join(about, " · ")}, j.Asset, s.name("level-of", strconv.Itoa(int(j.Level))),
			s.promise(j.Response, j.Responded), s.promise(j.Resolution, j.Resolved), s.duration(j.Work), j.Cost,
		})
	}
	return t
}

// promise is a time with whether it was in time.
func (s *scribe) promise(minutes int, p lifecycle.Promise) paper.Cell {
	switch p {
	case lifecycle.Kept:
		return paper.Badge{Text: s.duration(minutes), Tone: paper.Good}
	case lifecycle.Broken:
		return paper.Badge{Text: s.duration(minutes), Tone: paper.Bad}
	case lifecycle.Pending:
		return paper.Badge{Text: s.t("service.pending"), Tone: paper.Warn}
	case lifecycle.NoPromise:
	}
	return "–"
}
