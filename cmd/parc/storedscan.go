package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/scanner"
)

// storedScans runs scans that are rows: those that the API and schedules start.
type storedScans struct {
	app   *App
	store *store.Store
	flags ScanFlags // the presets of this server
}

// run is the queue's: it scans, stores what is seen and keeps the row's
// progress. The guard is the site as it is declared now.
func (r *storedScans) run(ctx context.Context, scan inventory.Scan) error {
	scope := inventory.ScopeClients("scan:"+scan.ID, scan.ClientID)
	site, err := r.store.Site(ctx, scope, scan.SiteID)
	if err != nil {
		return err
	}
	client, err := r.store.Client(ctx, scope, scan.ClientID)
	if err != nil {
		return err
	}
	targets := scanner.TargetsOf(site.Ranges()...)
	if len(scan.Targets) > 0 {
		if targets, err = scanner.ParseTargets(scan.Targets); err != nil {
			return err
		}
	}
	config, err := r.flags.config(r.app, targets, site.Ranges(), scan.Depth)
	if err != nil {
		return err
	}
	config.ScanID = scan.ID
	stored, err := r.store.Credentials(ctx, scope, scan.ClientID)
	if err != nil {
		return err
	}
	// What was given for the site comes first; the flags' communities are the rest.
	usable := slices.DeleteFunc(stored, func(c inventory.Credential) bool {
		return c.Unreadable || c.SiteID != "" && c.SiteID != scan.SiteID
	})
	config.Credentials = slices.Concat(usable, config.Credentials)
	keeper := &progressKeeper{store: r.store, scope: scope, id: scan.ID, now: r.app.now}
	progress, _, err := siteScan{
		store: r.store, scope: scope, place: place{client, site}, config: config,
		progress: func(p inventory.Progress) { keeper.keep(ctx, p) },
	}.run(ctx, r.app)
	return errors.Join(err, keeper.last(ctx, progress))
}

// progressKeeper writes a scan's progress into its row, not more often than
// people can see.
type progressKeeper struct {
	store *store.Store
	scope inventory.Scope
	id    string
	now   func() time.Time

	mu   sync.Mutex
	kept time.Time
}

const keepEvery = 400 * time.Millisecond

func (k *progressKeeper) keep(ctx context.Context, p inventory.Progress) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now := k.now(); now.Sub(k.kept) >= keepEvery {
		k.kept = now
		// A progress that is not written is replaced by the next one.
		_ = k.write(ctx, p)
	}
}

// last writes the final progress, also when the scan was cancelled.
func (k *progressKeeper) last(ctx context.Context, p inventory.Progress) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.write(context.WithoutCancel(ctx), p)
}

// write changes the progress only: the state is the queue's.
func (k *progressKeeper) write(ctx context.Context, p inventory.Progress) error {
	scan, err := k.store.Scan(ctx, k.scope, k.id)
	if err != nil {
		return err
	}
	scan.Progress = p
	if err := k.store.UpdateScan(ctx, k.scope, scan); inventory.CodeOf(err) != inventory.Conflict {
		return err
	}
	return nil // it has ended meanwhile: its last progress stands
}

// checkTargets refuses what is no target or outside what the site declares.
func checkTargets(_ context.Context, names []string, site inventory.Site) error {
	for _, name := range names {
		if len(name) > 0 && name[0] == '@' {
			return inventory.Errorf(inventory.Invalid, "%q: a file of targets is for the command line", inventory.CleanTo(name, 60))
		}
	}
	targets, err := scanner.ParseTargets(names)
	if err != nil {
		return err
	}
	return targets.Within(site.Ranges())
}
