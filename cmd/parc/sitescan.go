package main

import (
	"context"
	"errors"

	"parc/inventory"
	"parc/inventory/store"
	"parc/scanner"
)

// siteScan runs the scanner for a place and stores what it sees as it comes.
type siteScan struct {
	store    *store.Store
	scope    inventory.Scope
	place    place
	config   scanner.Config
	progress func(inventory.Progress)
}

// run scans. When ctx ends it returns within two seconds with ctx's error;
// what was seen until then is stored.
func (s siteScan) run(ctx context.Context, app *App) (inventory.Progress, []string, error) {
	record := newRecorder(s.store, s.scope, s.place.client.ID, s.place.site.ID, app.now)
	var last inventory.Progress
	show := func(p inventory.Progress) {
		record.fill(&p)
		last = p
		s.progress(p)
	}
	emit := func(o inventory.Observation) error { return record.add(ctx, o) }
	summary, err := scanner.Run(ctx, s.config, emit, show)
	err = errors.Join(err, record.flush(ctx))
	record.fill(&last)
	last.Warnings = summary.Warnings
	if err == nil {
		last.Phase, last.Percent, last.Current = "done", 100, ""
	}
	return last, summary.Warnings, err
}
