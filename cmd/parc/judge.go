package main

import (
	"cmp"
	"context"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle"
	"parc/lifecycle/catalogue"
	"parc/lifecycle/report"
)

// loadCatalogue gives what is known of products: what is embedded, and on top
// of it what an operator has loaded.
func loadCatalogue(ctx context.Context, s *store.Store) (*catalogue.Catalogue, error) {
	embedded, err := catalogue.Load()
	if err != nil {
		return nil, err
	}
	loaded, err := s.Products(ctx, inventory.ScopeAll("catalogue"))
	if err != nil {
		return nil, err
	}
	return embedded.With(loaded)
}

// newJudge loads what is known of products and the rules of findings.
func newJudge(ctx context.Context, s *store.Store) (*report.Judge, error) {
	c, err := loadCatalogue(ctx, s)
	if err != nil {
		return nil, err
	}
	return report.NewJudge(c)
}

// apiJudge speaks the API's words for what report finds.
type apiJudge struct {
	*report.Judge
	products lifecycle.Products
}

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

// Life gives the course of an asset's life.
func (j apiJudge) Life(asset inventory.Asset, financings []inventory.Financing, coverages []inventory.Coverage, policies [2]inventory.Policy, day inventory.Day) api.Life {
	policy := lifecycle.WithDefaults(lifecycle.MergePolicy(policies[0], policies[1]))
	start := lifecycle.StartOf(asset, financings, coverages, j.products, day)
	ends := lifecycle.EndOfLife(asset, j.products, policy, start, day)
	life := api.Life{EndOfLife: api.EndsOfLife{
		Vendor: []api.End{}, Policy: apiEnd(ends.Policy, day), Override: apiEnd(ends.Override, day), Effective: apiEnd(ends.Effective, day),
	}, Software: []api.TitleSupport{}}
	for i := range ends.Vendor {
		life.EndOfLife.Vendor = append(life.EndOfLife.Vendor, *apiEnd(&ends.Vendor[i], day))
	}
	if !start.Day.IsZero() {
		life.Purchase = &api.Purchase{
			Day: start.Day, From: cmp.Or(start.From, start.Day), To: start.To, Estimate: start.Estimate, Reason: string(start.Reason),
			Detail: start.Detail, Confidence: int(start.Confidence),
		}
	}
	if u := lifecycle.UpdateOf(asset, j.products, day); u.Product != "" || !u.Patched.IsZero() {
		life.Updates = &api.Updates{
			Product: u.Product, Branch: u.Branch, State: string(u.State), Observed: u.Observed, Latest: u.Latest, LatestOn: u.LatestOn,
			Behind: string(u.Behind), SeenOn: u.SeenAt, PatchedOn: u.Patched,
		}
		if !u.Patched.IsZero() {
			life.Updates.PatchAge = &u.PatchAge
		}
	}
	if w, ok := lifecycle.Windows11Of(asset, j.products); ok {
		life.Windows11 = &api.Windows11{Verdict: string(w.Verdict), Missing: w.Missing, Family: w.Family, Source: w.Source}
	}
	for _, t := range lifecycle.SoftwareSupport(asset, j.products, day) {
		life.Software = append(life.Software, api.TitleSupport{
			Kind: string(t.Kind), Name: t.Name, Version: t.Version, Port: t.Port, Product: t.Product, End: t.End, State: string(t.State),
			Kept: t.Kept, Source: t.Source, SeenOn: t.AsOf,
		})
	}
	return life
}

func apiEnd(e *lifecycle.End, day inventory.Day) *api.End {
	if e == nil {
		return nil
	}
	// What has ended stays so; only what is to come may have moved.
	moves := (e.Kind == lifecycle.EndSystem || e.Kind == lifecycle.EndHardware) && (e.Day.IsZero() || e.Day >= day)
	return &api.End{
		Kind: string(e.Kind), Day: e.Day, State: string(e.State), What: e.What, Reason: e.Reason, Source: e.Source, SeenOn: e.SeenAt,
		Stale: moves && catalogue.Stale(e.SeenAt, day, catalogue.StaleDays), Estimate: e.Estimate,
	}
}
