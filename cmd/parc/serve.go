package main

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/inventory/store/queue"
	"parc/lifecycle/report"
	"parc/web"
)

// ServeCmd serves the API and the web UI.
type ServeCmd struct {
	Listen       string         `help:"Address to listen on." default:"127.0.0.1:8080"`
	TrustedProxy []netip.Prefix `help:"Reverse proxies with TLS, whose X-Forwarded-For is believed." placeholder:"CIDR"`
	Workers      int            `help:"Scans at a time on this server." default:"2"`
}

// Run serves until it is interrupted.
func (c *ServeCmd) Run(app *App) error {
	listener, err := listen(app.ctx, c.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	password, created, err := api.FirstAdmin(app.ctx, s, app.now())
	if err != nil {
		return err
	}
	server, err := newService(app, s, serviceOptions{workers: c.Workers, proxies: c.TrustedProxy})
	if err != nil {
		return err
	}
	app.say("parc %s serves on http://%s (database: %s)", version, listener.Addr(), s.Where())
	if created {
		app.say("First start: sign in as admin with the one-time password %s", password)
	}
	if !web.Built() {
		app.say("note: this binary holds no UI, only the API: build it with make")
	}
	if err := server.queue.Start(app.ctx); err != nil {
		return err
	}
	return server.run(app.ctx, listener)
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, inventory.Errorf(inventory.Unavailable, "cannot listen on %s: %w; choose another address with --listen", address, err)
	}
	return listener, nil
}

// service is a running server: the queue that runs scans, and the API.
type service struct {
	queue *queue.Queue
	api   *api.Server
	judge *report.Judge
	desk  *catalogueDesk
}

type serviceOptions struct {
	workers int
	proxies []netip.Prefix
	scan    ScanFlags // how scans are run where their row does not say
}

func newService(app *App, s *store.Store, o serviceOptions) (*service, error) {
	desk, err := newCatalogueDesk(app.ctx, s, app.now, app.log)
	if err != nil {
		return nil, err
	}
	judge, err := report.NewJudge(desk.live)
	if err != nil {
		return nil, err
	}
	runner := &storedScans{app: app, store: s, flags: o.scan}
	papers := &documents{store: s, judge: judge, now: app.now, log: app.log}
	jobs, err := queue.New(s, queue.Options{
		Log: app.log, Now: app.now, RunScan: runner.run, Workers: o.workers,
		Tasks: []queue.Task{
			warrantyTask(app, s),
			(&alerting{app: app, store: s, catalogue: desk.live}).task(),
			{Name: "saved-reports", Every: time.Minute, Run: papers.sendDue},
			{Name: "housekeeping", Every: 24 * time.Hour, Timeout: time.Hour, Run: func(ctx context.Context) error {
				return s.Housekeeping(ctx, inventory.ScopeAll("parc"))
			}},
		},
	})
	if err != nil {
		return nil, err
	}
	options := api.Options{
		Store: s, Queue: jobs, Judge: apiJudge{judge, desk.live}, Catalogue: desk, Products: desk.live, Log: app.log, Now: app.now, Version: version,
		Documents:     papers,
		Archives:      archives{s, app.now},
		CheckTargets:  checkTargets,
		CheckSchedule: func(spec, zone string) error { _, err := queue.ParseSchedule(spec, zone); return err },
		SecureCookie:  len(o.proxies) > 0, TrustedProxies: o.proxies, SNMPPort: uint16(o.scan.Port),
		Web: web.Handler(),
	}
	server, err := api.New(options)
	if err != nil {
		return nil, err
	}
	return &service{queue: jobs, api: server, judge: judge, desk: desk}, nil
}

// run answers until ctx ends, then stops the queue, which has been started, too.
func (s *service) run(ctx context.Context, listener net.Listener) error {
	watched := make(chan struct{})
	watching, stop := context.WithCancel(ctx)
	go func() {
		defer close(watched)
		s.desk.watch(watching)
	}()
	err := s.api.Serve(ctx, listener)
	stop()
	<-watched
	return errors.Join(err, s.queue.Stop(context.WithoutCancel(ctx)))
}
