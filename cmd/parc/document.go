package main

import (
	"context"
	"io"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle/report"
	"parc/lifecycle/report/paper"
)

// documents makes reports from what is stored.
type documents struct {
	store *store.Store
	judge *report.Judge
}

// input gathers what reports speak of, of one client.
func (d documents) input(ctx context.Context, scope inventory.Scope, clientID string, day inventory.Day) (report.Input, error) {
	in := report.Input{Day: day}
	s := d.store
	var err error
	for _, load := range []func() error{
		func() error { in.Client, err = s.Client(ctx, scope, clientID); return err },
		func() error { in.Sites, err = s.Sites(ctx, scope, clientID); return err },
		func() error {
			return s.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: clientID}, func(a inventory.Asset) error {
				in.Assets = append(in.Assets, a)
				return nil
			})
		},
		func() error { in.Coverages, err = s.Coverages(ctx, scope, clientID); return err },
		func() error { in.Financings, err = s.Financings(ctx, scope, clientID); return err },
		func() error { in.Licences, err = s.Licences(ctx, scope, clientID); return err },
		func() error { in.Contracts, err = s.Contracts(ctx, scope, clientID); return err },
		func() error { in.Scans, _, err = s.Scans(ctx, scope, clientID, inventory.Page{Limit: 10}); return err },
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

// make makes a report of a kind.
func (d documents) make(ctx context.Context, scope inventory.Scope, clientID string, kind report.Kind, day inventory.Day) (report.Content, error) {
	in, err := d.input(ctx, scope, clientID, day)
	if err != nil {
		return nil, err
	}
	return d.judge.Make(kind, in)
}

// reporter writes audits for the API.
func reporter(s *store.Store, judge *report.Judge, today func() inventory.Day) api.Reporter {
	d := documents{s, judge}
	return func(ctx context.Context, scope inventory.Scope, clientID, format, lang string, w io.Writer) error {
		content, err := d.make(ctx, scope, clientID, report.KindAudit, today())
		if err != nil {
			return err
		}
		return report.Write(w, content, format, lang, paper.Brand{})
	}
}
