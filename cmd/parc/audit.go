package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle/report"
	"parc/scanner"
)

// AuditCmd is a technician's visit: scan, store, report.
type AuditCmd struct {
	Targets []string `arg:"" name:"target" help:"Address, CIDR, a.b.c.d-e, name, or @file with one a line."`
	ScanFlags
	Client string `required:"" help:"Whose network it is; made when it does not exist yet." placeholder:"NAME"`
	Site   string `help:"Where; made when it does not exist yet." placeholder:"NAME"`
	Lang   string `help:"Language of the report: ${enum}." enum:"fr,en" default:"fr"`
	Out    string `help:"Folder for the report." default:"." placeholder:"DIR"`
	Day    string `help:"Day that the report speaks of (default: today)." placeholder:"YYYY-MM-DD"`
	Depth  string `help:"How much to ask: ${enum}." enum:"identity,full" default:"full"`
	BrandFlags
}

// Run checks everything that can be wrong before a packet leaves, then scans,
// stores, and writes the report.
func (c *AuditCmd) Run(app *App) error {
	day, err := inventory.ParseDay(c.Day)
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = inventory.DayOf(app.now())
	}
	targets, err := scanner.ParseTargets(c.Targets)
	if err != nil {
		return err
	}
	if err := writableFolder(c.Out); err != nil {
		return err
	}
	if _, err := c.brand(); err != nil {
		return err
	}
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	scan, err := c.prepare(app, s, targets)
	if err != nil {
		return err
	}
	if err := c.scan(app, scan); err != nil {
		return err
	}
	return c.report(app, s, scan, day)
}

func (c *AuditCmd) prepare(app *App, s *store.Store, targets scanner.Targets) (siteScan, error) {
	scope := inventory.ScopeAll("cli")
	where, err := findOrCreate(app.ctx, s, scope, c.Client, c.Site)
	if err != nil {
		return siteScan{}, err
	}
	allowed, err := declared(app.ctx, s, scope, &where.site, targets.Prefixes())
	if err != nil {
		return siteScan{}, err
	}
	config, err := c.config(app, targets, allowed, inventory.Depth(c.Depth))
	if err != nil {
		return siteScan{}, err
	}
	if err := targets.Within(allowed); err != nil {
		return siteScan{}, err
	}
	return siteScan{store: s, scope: scope, place: where, config: config}, nil
}

// scan looks at the targets, as a scan that is kept with its progress and what it
// could not see: the report tells of it.
func (c *AuditCmd) scan(app *App, scan siteScan) error {
	row, err := c.begin(app, scan)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(app.ctx)
	defer stop()
	keeper := &progressKeeper{store: scan.store, scope: scan.scope, id: row.ID, now: app.now}
	line := newProgressLine(app.Err, app.now)
	var beaten time.Time
	scan.config.ScanID = row.ID
	scan.progress = func(p inventory.Progress) {
		line.show(p)
		keeper.keep(ctx, p)
		if now := app.now(); now.Sub(beaten) >= beatEvery {
			beaten = now
			if cancelled, err := scan.store.BeatScan(ctx, scan.scope, row.ID, auditRunner); cancelled || inventory.CodeOf(err) == inventory.Conflict {
				stop() // somebody has stopped it in the UI
			}
		}
	}
	progress, warnings, err := scan.run(ctx, app)
	line.end("%d found, %s (%d new), %d to review", progress.Found, count(progress.Assets, "asset"), progress.Created, progress.Reviewing)
	app.warn(warnings)
	return errors.Join(err, keeper.last(ctx, progress), c.end(app, scan, row.ID, err))
}

// auditRunner is who runs the scan of an audit; it gives a sign of life every
// beatEvery, well before a server takes it for lost.
const (
	auditRunner = "parc audit"
	beatEvery   = 5 * time.Second
)

func (c *AuditCmd) begin(app *App, scan siteScan) (inventory.Scan, error) {
	row, err := scan.store.CreateScan(app.ctx, scan.scope, inventory.Scan{
		ClientID: scan.place.client.ID, SiteID: scan.place.site.ID, Targets: c.Targets, Depth: inventory.Depth(c.Depth), CreatedBy: scan.scope.Actor(),
	}, nil)
	if err != nil {
		return row, err
	}
	return scan.store.BeginScan(app.ctx, scan.scope, row.ID, auditRunner)
}

func (c *AuditCmd) end(app *App, scan siteScan, id string, failure error) error {
	state, why := inventory.ScanDone, ""
	switch {
	case errors.Is(failure, context.Canceled):
		state = inventory.ScanCancelled
	case failure != nil:
		state, why = inventory.ScanFailed, failure.Error()
	}
	err := scan.store.EndScan(context.WithoutCancel(app.ctx), scan.scope, id, auditRunner, state, why)
	if inventory.CodeOf(err) == inventory.Conflict {
		return nil // a server has ended it meanwhile
	}
	return err
}

// report keeps the audit and writes it in every format.
func (c *AuditCmd) report(app *App, s *store.Store, scan siteScan, day inventory.Day) error {
	judge, err := newJudge(app.ctx, s)
	if err != nil {
		return err
	}
	given, err := c.brand()
	if err != nil {
		return err
	}
	d := &documents{store: s, judge: judge, now: app.now, log: app.log}
	if d.brand, err = c.over(app, s, given); err != nil {
		return err
	}
	clientID := scan.place.client.ID
	content, err := d.content(app.ctx, scan.scope, api.ReportRequest{ClientID: clientID, Kind: string(report.KindAudit), Day: day})
	if err != nil {
		return err
	}
	if _, err := d.keep(app.ctx, scan.scope, clientID, content); err != nil {
		return err
	}
	brand, err := d.brandNow(app.ctx)
	if err != nil {
		return err
	}
	for _, format := range []string{"html", "pdf", "xlsx", "json"} {
		path := filepath.Join(c.Out, "audit."+format)
		if err := writeFile(path, func(w io.Writer) error { return report.Write(w, content, format, c.Lang, brand) }); err != nil {
			return err
		}
		app.say("wrote %s", path)
	}
	return nil
}

func writableFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return inventory.Errorf(inventory.Invalid, "cannot make the folder %s for the report: %w", dir, err)
	}
	probe, err := os.CreateTemp(dir, ".parc-*")
	if err != nil {
		return inventory.Errorf(inventory.Invalid, "cannot write into %s: choose another folder with --out", dir)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// writeFile writes beside the file and renames: a reader never sees half of it.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".parc-*")
	if err != nil {
		return err
	}
	err = errors.Join(write(f), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
