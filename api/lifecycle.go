package api

import (
	"context"
	"slices"

	"parc/inventory"
	"parc/lifecycle"
)

// Lifecycle is what is known of an asset's life: who stands in for it, how it is
// paid for, how long its system is looked after, what is wrong with it.
type Lifecycle struct {
	Coverages  []inventory.Coverage  `json:"coverages" nullable:"false"`
	Financings []inventory.Financing `json:"financings" nullable:"false"`
	Licences   []inventory.Licence   `json:"licences" nullable:"false"`
	Contracts  []inventory.Contract  `json:"contracts" nullable:"false"`
	Support    *SystemSupport        `json:"support,omitempty"`
	Findings   []Finding             `json:"findings" nullable:"false"`
	Day        inventory.Day         `json:"day" doc:"The day that the answer speaks of."`
	Ends       []AssetEnd            `json:"ends" nullable:"false" doc:"Ends of life, kept apart: the makers', our policy's, the one set for this asset."`
	Values     []AssetWorth          `json:"values" nullable:"false" doc:"What it cost and still counts for in the books."`
	Life
}

// AssetEnd is one date of an asset's end of life with what it rests on.
type AssetEnd struct {
	Kind      string        `json:"kind" enum:"system,hardware,policy,override"`
	Day       inventory.Day `json:"day,omitempty" doc:"Absent where none is announced or known."`
	State     string        `json:"state,omitempty"`
	What      string        `json:"what,omitempty"`
	Reason    string        `json:"reason,omitempty"`
	Source    string        `json:"source,omitempty"`
	SeenOn    inventory.Day `json:"seen_on,omitempty" doc:"When the source was looked at."`
	Estimate  bool          `json:"estimate" doc:"Counted from an estimated purchase."`
	Effective bool          `json:"effective" doc:"The one that counts."`
}

// life adds the ends of life and the book values of an asset.
func (s *Server) life(ctx context.Context, out *Lifecycle, asset inventory.Asset) error {
	out.Day, out.Ends, out.Values = s.today(), []AssetEnd{}, []AssetWorth{}
	decided, err := s.policy(ctx, asset.ClientID)
	if err != nil {
		return err
	}
	worths, err := lifecycle.Worths(out.Financings, decided.Effective, out.Day)
	if err != nil {
		return err
	}
	out.Values = each(keep(worths, func(w lifecycle.Worth) bool { return w.AssetID == asset.ID }), worthOf)
	if s.Products == nil {
		return nil
	}
	start := lifecycle.StartOf(asset, out.Financings, out.Coverages, s.Products, out.Day)
	e := lifecycle.EndOfLife(asset, s.Products, decided.Effective, start, out.Day)
	all := e.Vendor
	for _, end := range []*lifecycle.End{e.Policy, e.Override} {
		if end != nil {
			all = append(all, *end)
		}
	}
	out.Ends = each(all, func(end lifecycle.End) AssetEnd {
		return AssetEnd{
			string(end.Kind), end.Day, string(end.State), end.What, end.Reason, end.Source, end.SeenAt, end.Estimate,
			e.Effective != nil && *e.Effective == end,
		}
	})
	return nil
}

// Spoken is embedded by inputs whose answer has sentences.
type Spoken struct {
	Lang string `query:"lang" enum:"fr,en" default:"fr"`
}

type lifecycleInput struct {
	ByID
	Spoken
}

func (s *Server) showLifecycle(ctx context.Context, in *lifecycleInput) (*oneOutput[Lifecycle], error) {
	scope := scopeOf(ctx)
	asset, err := s.Store.Asset(ctx, scope, in.ID)
	if err != nil {
		return nil, err
	}
	out := Lifecycle{Support: s.Judge.Support(asset, s.today(), in.Lang)}
	coverages, err := s.Store.Coverages(ctx, scope, asset.ClientID)
	if err != nil {
		return nil, err
	}
	out.Coverages = keep(coverages, func(c inventory.Coverage) bool { return c.AssetID == asset.ID })
	financings, err := s.Store.Financings(ctx, scope, asset.ClientID)
	if err != nil {
		return nil, err
	}
	out.Financings = keep(financings, func(f inventory.Financing) bool { _, about := f.Since(asset.ID); return about })
	licences, err := s.Store.Licences(ctx, scope, asset.ClientID)
	if err != nil {
		return nil, err
	}
	out.Licences = keep(licences, func(l inventory.Licence) bool { return slices.Contains(l.AssetIDs, asset.ID) })
	contracts, err := s.Store.Contracts(ctx, scope, asset.ClientID)
	if err != nil {
		return nil, err
	}
	out.Contracts = keep(contracts, func(c inventory.Contract) bool { return slices.Contains(c.AssetIDs, asset.ID) })
	var policies [2]inventory.Policy
	for i, whose := range []string{asset.ClientID, ""} {
		if policies[i], err = s.Store.Policy(ctx, scope, whose); err != nil {
			return nil, err
		}
	}
	out.Life = s.Judge.Life(asset, out.Financings, out.Coverages, policies, s.today())
	out.Findings = s.Judge.Findings([]inventory.Asset{asset}, out.Coverages, s.today(), in.Lang)
	if out.Findings == nil {
		out.Findings = []Finding{}
	}
	return one(out, s.life(ctx, &out, asset))
}

func keep[T any](all []T, wanted func(T) bool) []T {
	kept := []T{}
	for _, item := range all {
		if wanted(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

func (s *Server) listFindings(ctx context.Context, in *lifecycleInput) (*listOutput[Finding], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	return whole(s.findings(ctx, scopeOf(ctx), in.ID, in.Lang))
}

// findings judges all assets of a client.
func (s *Server) findings(ctx context.Context, scope inventory.Scope, clientID, lang string) ([]Finding, error) {
	var assets []inventory.Asset
	err := s.Store.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
		assets = append(assets, a)
		return nil
	})
	if err != nil {
		return nil, err
	}
	coverages, err := s.Store.Coverages(ctx, scope, clientID)
	if err != nil {
		return nil, err
	}
	return s.Judge.Findings(assets, coverages, s.today(), lang), nil
}
