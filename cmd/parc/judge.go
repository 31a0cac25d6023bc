package main

import (
	"context"
	"io"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
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

// auditDocument makes a client's audit as of a day from what is stored.
func auditDocument(ctx context.Context, s *store.Store, judge *report.Judge, scope inventory.Scope, clientID string, day inventory.Day) (report.Document, error) {
	in := report.Input{Day: day}
	var err error
	if in.Client, err = s.Client(ctx, scope, clientID); err != nil {
		return report.Document{}, err
	}
	if in.Sites, err = s.Sites(ctx, scope, clientID); err != nil {
		return report.Document{}, err
	}
	err = s.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
		in.Assets = append(in.Assets, a)
		return nil
	})
	if err != nil {
		return report.Document{}, err
	}
	if in.Coverages, err = s.Coverages(ctx, scope, clientID); err != nil {
		return report.Document{}, err
	}
	if in.Financings, err = s.Financings(ctx, scope, clientID); err != nil {
		return report.Document{}, err
	}
	if in.Licences, err = s.Licences(ctx, scope, clientID); err != nil {
		return report.Document{}, err
	}
	if in.Contracts, err = s.Contracts(ctx, scope, clientID); err != nil {
		return report.Document{}, err
	}
	if in.Scans, _, err = s.Scans(ctx, scope, clientID, inventory.Page{Limit: 1}); err != nil {
		return report.Document{}, err
	}
	for _, scan := range in.Scans {
		in.Warnings = scan.Progress.Warnings
	}
	return judge.Audit(in), nil
}

// reporter writes audits for the API.
func reporter(s *store.Store, judge *report.Judge, today func() inventory.Day) api.Reporter {
	return func(ctx context.Context, scope inventory.Scope, clientID, format, lang string, w io.Writer) error {
		document, err := auditDocument(ctx, s, judge, scope, clientID, today())
		if err != nil {
			return err
		}
		return report.Write(w, document, format, lang)
	}
}
