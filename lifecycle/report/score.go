package report

import (
	"parc/inventory"
	"parc/lifecycle"
)

// Score grades an estate from 0 to 100. Each part weighs as its Weight says; a
// part about which nothing is known is left out and the others weigh more.
type Score struct {
	Total float64     `json:"total"`
	Grade string      `json:"grade"` // A to E
	Parts []ScorePart `json:"parts"`
}

// ScorePart is one part of the score.
type ScorePart struct {
	Key    string  `json:"key"` // inventory, support, coverage, security
	Weight float64 `json:"weight"`
	Value  float64 `json:"value"` // 0 to 100
	Known  bool    `json:"known"`
}

// The weights of the parts, in percent of the whole.
const (
	weightInventory = 15
	weightSupport   = 30
	weightCoverage  = 20
	weightSecurity  = 35
)

// The points that one kind of finding takes off the security part, by severity.
var penalty = map[Severity]float64{Critical: 25, High: 10, Medium: 4, Low: 1}

// grade cuts the total into letters. An open critical finding allows C at best.
func grade(total float64, critical bool) string {
	switch {
	case total >= 85 && !critical:
		return "A"
	case total >= 70 && !critical:
		return "B"
	case total >= 55:
		return "C"
	case total >= 40:
		return "D"
	}
	return "E"
}

func scoreOf(in Input, supports map[string]lifecycle.Support, findings []Finding) Score {
	identified, judged, supported, covered, known := 0.0, 0.0, 0.0, 0.0, 0.0
	assets := inUse(in.Assets)
	for i := range assets {
		a := &assets[i]
		if a.Class != inventory.Unknown && a.Vendor != "" && (a.Model != "" || a.OSName != "") {
			identified++
		}
		switch supports[a.ID].State {
		case lifecycle.Supported:
			judged++
			supported++
		case lifecycle.Ending, lifecycle.Extended:
			judged++
			supported += 0.5
		case lifecycle.Ended:
			judged++
		case lifecycle.NoAnswer:
		}
		if end := lifecycle.CoverageEnd(a.ID, in.Coverages); !end.IsZero() {
			known++
			if end >= in.Day {
				covered++
			}
		}
	}
	security, critical := 100.0, false
	for _, severity := range worstByRule(findings) {
		security -= penalty[severity]
		critical = critical || severity == Critical
	}
	s := Score{Parts: []ScorePart{
		part("inventory", weightInventory, identified, float64(len(assets))),
		part("support", weightSupport, supported, judged),
		part("coverage", weightCoverage, covered, known),
		{Key: "security", Weight: weightSecurity, Value: max(0, security), Known: len(assets) > 0},
	}}
	var sum, weights float64
	for _, p := range s.Parts {
		if p.Known {
			sum += p.Value * p.Weight
			weights += p.Weight
		}
	}
	if weights > 0 {
		s.Total = sum / weights
		s.Grade = grade(s.Total, critical)
	}
	return s
}

func part(key string, weight, good, all float64) ScorePart {
	if all == 0 {
		return ScorePart{Key: key, Weight: weight}
	}
	return ScorePart{Key: key, Weight: weight, Value: 100 * good / all, Known: true}
}

// worstByRule gives each rule that has a finding with its worst severity: ten
// printers with the same weakness are one thing to mend.
func worstByRule(findings []Finding) map[string]Severity {
	worst := map[string]Severity{}
	for _, f := range findings {
		if w, ok := worst[f.Rule]; !ok || f.Severity.rank() < w.rank() {
			worst[f.Rule] = f.Severity
		}
	}
	return worst
}

func inUse(assets []inventory.Asset) []inventory.Asset {
	var used []inventory.Asset
	for _, a := range assets {
		if lifecycle.InUse(a.State) {
			used = append(used, a)
		}
	}
	return used
}
