package report

// Step is one thing to do, with when to have it done.
type Step struct {
	Rule     string   `json:"rule"`
	Months   int      `json:"months"` // within so many: 3, 12 or 36
	Severity Severity `json:"severity"`
	Effort   string   `json:"effort"`
	Cost     string   `json:"cost"`
	Assets   int      `json:"assets"`
}

// planOf puts what to do in order: worst first and, where two weigh the same,
// the lesser effort first.
func planOf(topics []Topic) []Step {
	steps := []Step{}
	for _, months := range []int{3, 12, 36} {
		for _, t := range topics {
			if within(t) == months {
				steps = append(steps, Step{t.Rule, months, t.Severity, t.Effort, t.Cost, len(t.Assets)})
			}
		}
	}
	return steps
}

// within gives the months in which a topic is to be dealt with: what is critical
// and what costs little now, what needs a project within the year, the rest
// with the next renewal.
func within(t Topic) int {
	switch {
	case t.Severity == Critical, t.Severity == High && t.Effort != "high", t.Severity == Medium && t.Effort == "low" && t.Cost == "none":
		return 3
	case t.Severity == High, t.Severity == Medium:
		return 12
	}
	return 36
}
