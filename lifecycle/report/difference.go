package report

import (
	"cmp"
	"slices"

	"parc/inventory"
)

// Difference is what changed from one audit to another.
type Difference struct {
	Head
	Before   Moment    `json:"before"`
	After    Moment    `json:"after"`
	Appeared []Asset   `json:"appeared"`
	Gone     []Asset   `json:"gone"`
	Changed  []Change  `json:"changed"`
	Better   []Shift   `json:"better"` // topics with fewer assets, or gone
	Worse    []Shift   `json:"worse"`  // topics with more, or new
	Solved   []Finding `json:"solved"`
	New      []Finding `json:"new"`
}

// Moment is one of the two audits.
type Moment struct {
	Day      inventory.Day `json:"day"`
	Digest   string        `json:"digest"` // of its content
	Score    float64       `json:"score"`
	Grade    string        `json:"grade"`
	Assets   int           `json:"assets"`
	Critical int           `json:"critical"`
	High     int           `json:"high"`
	Findings int           `json:"findings"`
}

// Change is one field of one asset that has another value.
type Change struct {
	AssetID string `json:"asset_id"`
	Asset   string `json:"asset"`
	Field   string `json:"field"`
	Old     string `json:"old"`
	New     string `json:"new"`
}

// Shift is a topic that concerns more or fewer assets than before.
type Shift struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Title    Both     `json:"title"`
	Before   int      `json:"before"`
	After    int      `json:"after"`
}

// compare tells what changed between two audits of one client.
func compare(before, after Audit) Difference {
	h := after.Head
	h.Kind, h.From, h.To = KindDifference, before.Day, after.Day
	d := Difference{
		Head: h, Before: momentOf(before), After: momentOf(after), Appeared: []Asset{}, Gone: []Asset{}, Changed: []Change{},
		Better: []Shift{}, Worse: []Shift{}, Solved: []Finding{}, New: []Finding{},
	}
	d.assets(before.Assets, after.Assets)
	d.topics(before.Topics, after.Topics)
	d.New, d.Solved = missingFrom(after.Findings, before.Findings), missingFrom(before.Findings, after.Findings)
	return d
}

func momentOf(a Audit) Moment {
	digest, err := Digest(a)
	if err != nil {
		digest = "" // an audit that has been read back always has one
	}
	return Moment{a.Day, digest, round(a.Score.Total), a.Score.Grade, a.Totals.Assets, a.Totals.Critical, a.Totals.High, len(a.Findings)}
}

func (d *Difference) assets(before, after []Asset) {
	old := map[string]*Asset{}
	for i := range before {
		old[before[i].ID] = &before[i]
	}
	for i := range after {
		x := &after[i]
		was, known := old[x.ID]
		delete(old, x.ID)
		if !known {
			d.Appeared = append(d.Appeared, brief(*x))
			continue
		}
		for _, f := range fieldsOf(was, x) {
			if f[1] != f[2] {
				d.Changed = append(d.Changed, Change{x.ID, x.Name, f[0], f[1], f[2]})
			}
		}
	}
	for i := range before {
		if _, gone := old[before[i].ID]; gone {
			d.Gone = append(d.Gone, brief(before[i]))
		}
	}
}

// brief is an asset without its lists.
func brief(a Asset) Asset {
	a.Services, a.Software, a.Findings = nil, nil, nil
	return a
}

// fieldsOf gives what is compared of two looks at one asset: name, old, new.
func fieldsOf(a, b *Asset) [][3]string {
	return [][3]string{
		{"name", a.Name, b.Name}, {"class", string(a.Class), string(b.Class)}, {"vendor", a.Vendor, b.Vendor}, {"model", a.Model, b.Model},
		{"serial", a.Serial, b.Serial}, {"system", a.System, b.System}, {"version", a.Version, b.Version}, {"address", a.Address, b.Address},
		{"site", a.Site, b.Site}, {"asset-state", string(a.State), string(b.State)}, {"support", string(a.Support), string(b.Support)},
		{"warranty", string(a.Warranty), string(b.Warranty)},
	}
}

func (d *Difference) topics(before, after []Topic) {
	counts := map[string]*Shift{}
	var order []string
	at := func(t Topic) *Shift {
		if counts[t.Rule] == nil {
			counts[t.Rule] = &Shift{Rule: t.Rule}
			order = append(order, t.Rule)
		}
		counts[t.Rule].Severity, counts[t.Rule].Title = t.Severity, t.Title
		return counts[t.Rule]
	}
	for _, t := range before {
		at(t).Before = len(t.Assets)
	}
	for _, t := range after {
		at(t).After = len(t.Assets)
	}
	for _, rule := range order {
		switch s := *counts[rule]; {
		case s.After < s.Before:
			d.Better = append(d.Better, s)
		case s.After > s.Before:
			d.Worse = append(d.Worse, s)
		}
	}
	for _, list := range [][]Shift{d.Better, d.Worse} {
		slices.SortStableFunc(list, func(a, b Shift) int {
			return cmp.Or(a.Severity.rank()-b.Severity.rank(), cmp.Compare(a.Rule, b.Rule))
		})
	}
}

// missingFrom gives the findings of one list that the other has not.
func missingFrom(list, other []Finding) []Finding {
	key := func(f Finding) string { return f.Rule + "|" + f.AssetID }
	there := map[string]bool{}
	for _, f := range other {
		there[key(f)] = true
	}
	missing := []Finding{}
	for _, f := range list {
		if !there[key(f)] {
			missing = append(missing, f)
		}
	}
	return missing
}
