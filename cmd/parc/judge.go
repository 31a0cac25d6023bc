package main

import (
	"parc/api"
	"parc/inventory"
	"parc/lifecycle"
	"parc/lifecycle/catalogue"
	"parc/lifecycle/report"
)

// newJudge loads what is known of products and the rules of findings.
func newJudge() (*report.Judge, error) {
	c, err := catalogue.Load()
	if err != nil {
		return nil, err
	}
	return report.NewJudge(c)
}

// apiJudge speaks the API's words for what report finds.
type apiJudge struct{ *report.Judge }

// Findings gives what is wrong, worst first, in a language.
func (j apiJudge) Findings(assets []inventory.Asset, coverages []inventory.Coverage, day inventory.Day, lang string) []api.Finding {
	findings := j.Judge.Findings(assets, coverages, day)
	out := make([]api.Finding, len(findings))
	for i, f := range findings {
		out[i] = api.Finding{
			Rule: f.Rule, Severity: string(f.Severity), Title: j.Title(f.Rule, lang), Detail: f.Evidence, AssetID: f.AssetID,
		}
	}
	return out
}

// Support gives the support state of an asset's system; nil when nothing is known of it.
func (j apiJudge) Support(asset inventory.Asset, day inventory.Day, _ string) *api.SystemSupport {
	s := j.Judge.Support(asset, day)
	if s.Product == "" && s.State == lifecycle.NoAnswer {
		return nil
	}
	return &api.SystemSupport{Product: s.Product, End: s.End, State: string(s.State)}
}
