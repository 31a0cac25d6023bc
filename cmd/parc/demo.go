package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/scanner/lab"
	"parc/web"
)

// DemoCmd shows parc on a simulated small company.
type DemoCmd struct {
	Listen    string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Company   string `help:"Name of the simulated client." default:"Menuiserie Lefèvre"`
	ReadyFile string `help:"Write the address and the login there once everything is filled in (for scripts)." placeholder:"FILE"`
	NoNmap    bool   `name:"no-nmap" help:"Use only the built-in SNMP sweep."`
}

const demoLogin = "demo"

// ready is what the ready file tells.
type ready struct {
	URL      string `json:"url"`
	Login    string `json:"login"`
	Password string `json:"password"`
	Assets   int    `json:"assets"`
}

// Run starts the simulated network and the server, scans the network with the
// same code as any other, fills in the business side, and serves until it is
// interrupted.
func (c *DemoCmd) Run(app *App) error {
	listener, err := listen(app.ctx, c.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	if app.Database == "" {
		folder, err := os.MkdirTemp("", "parc-demo-")
		if err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer func() { _ = os.RemoveAll(folder) }() // a temporary folder: the system clears what stays
		app.Database = filepath.Join(folder, "demo.db")
	}
	network, err := startLab(app)
	if err != nil {
		return err
	}
	defer network.Close()
	app.say("Simulating %s: %d devices on %s (nothing leaves this machine)", c.Company, len(network.Devices()), network.Prefix())
	s, err := app.openStore(app.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return c.serve(app, s, network, listener)
}

// startLab starts the simulated network on the first range that no other demo holds.
func startLab(app *App) (*lab.Network, error) {
	const tries = 20
	var err error
	for i := range tries {
		var network *lab.Network
		base := netip.AddrFrom4([4]byte{127, 77, byte(10 + i), 0})
		network, err = lab.Start(app.ctx, lab.Options{Base: base, Log: app.log, Now: app.now})
		if inventory.CodeOf(err) != inventory.Conflict {
			return network, err
		}
	}
	return nil, err
}

func (c *DemoCmd) serve(app *App, s *store.Store, network *lab.Network, listener net.Listener) error {
	password, err := demoUser(app, s)
	if err != nil {
		return err
	}
	flags := ScanFlags{
		Community: []string{"public", "private"}, Port: port(network.SNMPPort()), Ports: network.Ports(), Preset: "quick", NoNmap: c.NoNmap,
	}
	server, err := newService(app, s, serviceOptions{workers: 2, scan: flags})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(app.ctx)
	defer stop()
	// The queue makes its tables as it starts: before the first scan is asked for.
	if err := server.queue.Start(ctx); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- server.run(ctx, listener) }()
	url := "http://" + listener.Addr().String()
	app.say("Serving %s: sign in as %s with the password %s", url, demoLogin, password)
	if !web.Built() {
		app.say("note: this binary holds no UI, only the API: build it with make")
	}
	assets, err := c.fill(ctx, app, s, server, network)
	if err == nil && c.ReadyFile != "" {
		err = writeReady(c.ReadyFile, ready{url, demoLogin, password, assets})
	}
	if err != nil {
		stop()
		if ended := <-done; ended != nil {
			app.log.Error("the server did not end well", "err", ended)
		}
		return err
	}
	app.say("Ready: %s (Ctrl-C ends the demo)", url)
	return <-done
}

// demoUser gives the administrator of the demo a new password each time.
func demoUser(app *App, s *store.Store) (password string, err error) {
	password = api.OneTimePassword()
	user, err := s.UserByLogin(app.ctx, demoLogin)
	switch {
	case inventory.CodeOf(err) == inventory.NotFound:
		_, err = s.CreateUser(app.ctx, inventory.User{
			Login: demoLogin, Name: "Démonstration", Role: inventory.RoleAdmin, PasswordHash: api.HashPassword(password),
		})
	case err == nil:
		user.PasswordHash, user.MustChange, user.Disabled = api.HashPassword(password), false, false
		_, err = s.UpdateUser(app.ctx, user)
	}
	return password, err
}

// fill scans the simulated network through the queue, as the UI would, and adds
// what no scan can see: purchases, leases, licences, contracts.
func (c *DemoCmd) fill(ctx context.Context, app *App, s *store.Store, server *service, network *lab.Network) (assets int, err error) {
	scope := inventory.ScopeAll("demo")
	where, err := findOrCreate(ctx, s, scope, c.Company, "Atelier et bureaux")
	if err != nil {
		return 0, err
	}
	if len(where.site.Networks) == 0 {
		where.site.Networks = []inventory.Network{{Prefix: network.Prefix(), Label: "LAN"}}
		where.site.Address = "12 rue des Tonneliers, 44000 Nantes"
		if where.site, err = s.UpdateSite(ctx, scope, where.site); err != nil {
			return 0, err
		}
	}
	scan, err := server.queue.StartScan(ctx, scope, inventory.Scan{
		ClientID: where.client.ID, SiteID: where.site.ID, Targets: network.Targets(), Depth: inventory.DepthFull, CreatedBy: demoLogin,
	})
	if err != nil {
		return 0, err
	}
	if scan, err = follow(ctx, app, s, scope, scan.ID); err != nil {
		return 0, err
	}
	if scan.State != inventory.ScanDone {
		return 0, fmt.Errorf("the scan of the simulated network ended as %s: %s", scan.State, scan.Error)
	}
	app.say("Adding purchases, leases, warranties, licences and contracts")
	return scan.Progress.Assets, addBusiness(ctx, s, scope, where.client.ID, inventory.DayOf(app.now()))
}

// follow shows a scan's progress until it has ended.
func follow(ctx context.Context, app *App, s *store.Store, scope inventory.Scope, id string) (inventory.Scan, error) {
	line := newProgressLine(app.Err, app.now)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		scan, err := s.Scan(ctx, scope, id)
		if err != nil {
			return scan, err
		}
		if scan.State.Ended() {
			line.end("Scanned: %d found, %s", scan.Progress.Found, count(scan.Progress.Assets, "asset"))
			app.warn(scan.Progress.Warnings)
			return scan, nil
		}
		line.show(scan.Progress)
		select {
		case <-ctx.Done():
			return scan, ctx.Err()
		case <-tick.C:
		}
	}
}

func writeReady(path string, r ready) error {
	return writeFile(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(r) })
}
