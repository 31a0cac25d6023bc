package main

import (
	"fmt"
	"strconv"
	"strings"

	"parc/lifecycle"
)

// SoftwareCmd lists what is installed, as products, and how its licences stand.
type SoftwareCmd struct {
	From
	All     bool   `help:"Updates, drivers, runtimes, language packs and parts of suites too."`
	Paid    bool   `help:"Only what wants a licence, or may want one."`
	Missing bool   `help:"Only products of which rights are missing."`
	Text    string `help:"Only products whose name or publisher holds this." placeholder:"TEXT"`
	Format  string `help:"${enum}." enum:"table,jsonl,csv" default:"table"`
}

type softwareLine struct {
	Product   string             `json:"product"`
	Publisher string             `json:"publisher"`
	Kind      string             `json:"kind"`
	Metric    string             `json:"metric,omitempty"`
	Why       string             `json:"why,omitempty"`
	Editions  []string           `json:"editions,omitempty"`
	Versions  []string           `json:"versions,omitempty"`
	Devices   int                `json:"devices"`
	DeviceIDs []string           `json:"device_ids"`
	Positions []softwareStanding `json:"positions,omitempty"`
}

type softwareStanding struct {
	Metric   string `json:"metric"`
	Entitled int    `json:"entitled"`
	Used     *int   `json:"used"` // null: not known
	Gap      *int   `json:"gap"`
}

// Run prints the products, the commonest first.
func (c *SoftwareCmd) Run(app *App) error {
	day := app.dayOr("")
	o, err := c.load(app, day)
	if err != nil {
		return err
	}
	all, err := lifecycle.PortfolioOf(o.input.Assets, o.input.Licences, o.input.Knowledge.Software, day)
	if err != nil {
		return err
	}
	products := all.Select(c.filter())
	if c.Format == "jsonl" {
		lines := make([]softwareLine, len(products))
		for i, h := range products {
			lines[i] = softwareLine{h.Product, h.Publisher, string(h.Kind), h.Metric, h.Why.EN, h.Editions, h.Versions, len(h.DeviceIDs), h.DeviceIDs, standings(h)}
		}
		return writeLines(app.Out, lines)
	}
	if err := c.sheet(products).write(app.Out, c.Format); err != nil || c.Format != "table" {
		return err
	}
	if text := asideText(all.Aside); text != "" && !c.All {
		fmt.Fprintf(app.Out, "\nSet aside: %s. --all lists them too.\n", text)
	}
	return nil
}

func (c *SoftwareCmd) filter() lifecycle.PortfolioFilter {
	f := lifecycle.PortfolioFilter{Text: c.Text, Missing: c.Missing}
	switch {
	case c.Paid:
		f.Kinds = []lifecycle.InstalledKind{lifecycle.InstalledPaid, lifecycle.InstalledAsk}
	case c.All:
		f.Kinds = lifecycle.InstalledKinds
	}
	return f
}

func (c *SoftwareCmd) sheet(products []lifecycle.HeldProduct) *sheet {
	t := &sheet{head: strings.Fields("product publisher kind metric devices entitled gap versions")}
	for _, h := range products {
		versions := strings.Join(h.Versions[:min(3, len(h.Versions))], ", ")
		if more := len(h.Versions) - 3; more > 0 {
			versions += fmt.Sprintf(" and %d more", more)
		}
		metrics, entitled, gaps := []string{}, []string{}, []string{}
		for _, s := range standings(h) {
			gap := "?"
			if s.Gap != nil {
				gap = strconv.Itoa(*s.Gap)
			}
			metrics, entitled, gaps = append(metrics, s.Metric), append(entitled, strconv.Itoa(s.Entitled)), append(gaps, gap)
		}
		if len(metrics) == 0 {
			metrics = append(metrics, h.Metric)
		}
		t.add(h.Product, h.Publisher, string(h.Kind), strings.Join(metrics, " / "), strconv.Itoa(len(h.DeviceIDs)), strings.Join(entitled, " / "), strings.Join(gaps, " / "), versions)
	}
	return t
}

func standings(h lifecycle.HeldProduct) []softwareStanding {
	list := make([]softwareStanding, len(h.Positions))
	for i := range h.Positions {
		p := &h.Positions[i]
		list[i] = softwareStanding{Metric: p.Metric, Entitled: p.Entitled}
		if p.Counted {
			list[i].Used, list[i].Gap = &p.Used, &p.Gap
		}
	}
	return list
}

// asideNames are the kinds of titles that are no products, of several.
var asideNames = map[lifecycle.InstalledKind]string{
	lifecycle.InstalledUpdate: "updates", lifecycle.InstalledDriver: "drivers", lifecycle.InstalledRuntime: "runtimes",
	lifecycle.InstalledLanguage: "language packs", lifecycle.InstalledPart: "parts of suites and systems",
}

func asideText(aside map[lifecycle.InstalledKind]int) string {
	var parts []string
	for _, kind := range lifecycle.InstalledKinds {
		if n := aside[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, asideNames[kind]))
		}
	}
	return strings.Join(parts, ", ")
}
