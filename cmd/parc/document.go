package main

import (
	"context"
	"io"
	"log/slog"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle"
	"parc/lifecycle/report"
	"parc/lifecycle/report/paper"
)

// documents makes, keeps and sends reports of what is stored. It is the API's
// Documents, and the command line's.
type documents struct {
	store *store.Store
	judge *report.Judge
	now   func() time.Time
	log   *slog.Logger
	brand *inventory.Provider // in the place of the stored one; nil: the stored one
}

// provider gives how the provider shows itself.
func (d *documents) provider(ctx context.Context) (inventory.Provider, error) {
	if d.brand != nil {
		return *d.brand, nil
	}
	return d.store.Provider(ctx)
}

// input gathers what reports speak of, of one client.
func (d *documents) input(ctx context.Context, scope inventory.Scope, r api.ReportRequest) (report.Input, error) {
	in := report.Input{Day: r.Day, From: r.From, To: r.To}
	s, id := d.store, r.ClientID
	provider, err := d.provider(ctx)
	if err != nil {
		return in, err
	}
	in.Provider = provider.Name
	in.Labels = report.LabelChoice{Stock: r.Stock, Skip: r.Skip, Link: report.LabelLink(provider)}
	for _, load := range []func() error{
		func() error { in.Client, err = s.Client(ctx, scope, id); return err },
		func() error { in.Sites, err = s.Sites(ctx, scope, id); return err },
		func() error {
			return s.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: id}, func(a inventory.Asset) error {
				in.Assets = append(in.Assets, a)
				return nil
			})
		},
		func() error { in.Coverages, err = s.Coverages(ctx, scope, id); return err },
		func() error { in.Financings, err = s.Financings(ctx, scope, id); return err },
		func() error { in.Licences, err = s.Licences(ctx, scope, id); return err },
		func() error { in.Contracts, err = s.Contracts(ctx, scope, id); return err },
		func() error { in.Scans, _, err = s.Scans(ctx, scope, id, inventory.Page{Limit: 10}); return err },
		func() error { in.Scenarios, err = s.Scenarios(ctx, scope, id); return err },
		func() error { return d.decisions(ctx, scope, &in) },
		func() error { return d.interventions(ctx, scope, &in) },
	} {
		if err := load(); err != nil {
			return in, err
		}
	}
	if len(in.Scans) > 0 {
		in.Warnings = in.Scans[0].Progress.Warnings
	}
	return in, nil
}

// decisions are the client's policy and price book, each before the provider's.
func (d *documents) decisions(ctx context.Context, scope inventory.Scope, in *report.Input) error {
	for _, id := range []string{in.Client.ID, ""} {
		policy, err := d.store.Policy(ctx, scope, id)
		if err != nil {
			return err
		}
		prices, err := d.store.Prices(ctx, scope, id)
		if err != nil {
			return err
		}
		in.Policy = lifecycle.MergePolicy(in.Policy, policy)
		in.Prices = append(in.Prices, prices...)
	}
	return nil
}

// mostInterventions bounds how far back a client's work is read.
const mostInterventions = 50_000

func (d *documents) interventions(ctx context.Context, scope inventory.Scope, in *report.Input) error {
	f := inventory.InterventionFilter{ClientID: in.Client.ID, Page: inventory.Page{Limit: 500}}
	for len(in.Interventions) < mostInterventions {
		list, next, err := d.store.Interventions(ctx, scope, f)
		if err != nil {
			return err
		}
		in.Interventions = append(in.Interventions, list...)
		if next == "" {
			return nil
		}
		f.Page.After = next
	}
	return nil
}

// content makes a report.
func (d *documents) content(ctx context.Context, scope inventory.Scope, r api.ReportRequest) (report.Content, error) {
	kind, err := report.ParseKind(r.Kind)
	if err != nil {
		return nil, err
	}
	in, err := d.input(ctx, scope, r)
	if err != nil {
		return nil, err
	}
	if kind == report.KindDifference {
		if in.Before, in.After, err = d.twoAudits(ctx, scope, r, in); err != nil {
			return nil, err
		}
	}
	return d.judge.Make(kind, in)
}

// twoAudits finds the audits to compare: the ones named, or the last kept ones
// of the days asked for; the later is made now when no day is given.
func (d *documents) twoAudits(ctx context.Context, scope inventory.Scope, r api.ReportRequest, in report.Input) (before, after *report.Audit, err error) {
	kept, err := d.store.Reports(ctx, scope, r.ClientID, string(report.KindAudit))
	if err != nil {
		return nil, nil, err
	}
	last := func(until inventory.Day, unlike string) string {
		for _, k := range kept {
			if (until.IsZero() || k.Day <= until) && k.Digest != unlike {
				return k.ID
			}
		}
		return ""
	}
	if r.After == "" && !r.To.IsZero() {
		r.After = last(r.To, "")
	}
	if r.After != "" {
		if after, err = d.keptAudit(ctx, scope, r.ClientID, r.After); err != nil {
			return nil, nil, err
		}
	} else {
		audit := d.judge.Audit(in)
		after = &audit
	}
	if r.Before == "" {
		digest, err := report.Digest(*after)
		if err != nil {
			return nil, nil, err
		}
		until := r.From
		if until.IsZero() {
			until = after.Day
		}
		if r.Before = last(until, digest); r.Before == "" {
			return nil, nil, inventory.Errorf(inventory.NotFound, "there is no earlier audit of %s to compare with: parc audit, or parc report audit, keeps one", in.Client.Name)
		}
	}
	before, err = d.keptAudit(ctx, scope, r.ClientID, r.Before)
	return before, after, err
}

func (d *documents) keptAudit(ctx context.Context, scope inventory.Scope, clientID, id string) (*report.Audit, error) {
	kept, err := d.store.Report(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	if kept.ClientID != clientID {
		return nil, inventory.Errorf(inventory.NotFound, "there is no report %s of this client", inventory.CleanTo(id, 64))
	}
	c, _, err := report.Thaw(kept.Frozen)
	if err != nil {
		return nil, err
	}
	audit, ok := c.(report.Audit)
	if !ok {
		return nil, inventory.Errorf(inventory.Invalid, "report %s is no audit: a difference is between two audits", kept.ID)
	}
	return &audit, nil
}

// Write makes a report and writes it whole.
func (d *documents) Write(ctx context.Context, scope inventory.Scope, r api.ReportRequest, w io.Writer) error {
	c, err := d.content(ctx, scope, r)
	if err != nil {
		return err
	}
	brand, err := d.brandNow(ctx)
	if err != nil {
		return err
	}
	return report.Write(w, c, r.Format, r.Lang, brand)
}

func (d *documents) brandNow(ctx context.Context) (paper.Brand, error) {
	p, err := d.provider(ctx)
	return report.BrandOf(p), err
}

// Keep makes a report and keeps it, frozen.
func (d *documents) Keep(ctx context.Context, scope inventory.Scope, r api.ReportRequest) (inventory.Report, error) {
	c, err := d.content(ctx, scope, r)
	if err != nil {
		return inventory.Report{}, err
	}
	return d.keep(ctx, scope, r.ClientID, c)
}

func (d *documents) keep(ctx context.Context, scope inventory.Scope, clientID string, c report.Content) (inventory.Report, error) {
	brand, err := d.brandNow(ctx)
	if err != nil {
		return inventory.Report{}, err
	}
	frozen, digest, err := report.Freeze(c, brand)
	if err != nil {
		return inventory.Report{}, err
	}
	h := report.HeadOf(c)
	return d.store.KeepReport(ctx, scope, inventory.Report{
		ClientID: clientID, Kind: string(h.Kind), Day: h.Day, From: h.From, To: h.To, Digest: digest, Frozen: frozen,
	})
}

// WriteKept writes a kept report again, the same bytes as the first time.
func (d *documents) WriteKept(ctx context.Context, scope inventory.Scope, id, format, lang string, w io.Writer) error {
	kept, err := d.store.Report(ctx, scope, id)
	if err != nil {
		return err
	}
	c, brand, err := report.Thaw(kept.Frozen)
	if err != nil {
		return err
	}
	return report.Write(w, c, format, lang, brand)
}

// CheckProvider refuses what no document can bear, and gives the logo cleaned.
func (d *documents) CheckProvider(p inventory.Provider) (inventory.Provider, error) {
	return report.CheckProvider(p)
}
