package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"text/tabwriter"

	"parc/inventory"
	"parc/inventory/exchange"
	"parc/scanner"
)

// ScanCmd scans and prints; it stores nothing.
type ScanCmd struct {
	Targets []string `arg:"" name:"target" help:"Address, CIDR, a.b.c.d-e, name, or @file with one a line."`
	ScanFlags
	Depth  string `help:"How much to ask: ${enum}." enum:"identity,full" default:"identity"`
	Format string `help:"${enum}." enum:"table,jsonl" default:"table"`
}

// Run scans the targets and prints what was found, also when interrupted.
func (c *ScanCmd) Run(app *App) error {
	targets, err := scanner.ParseTargets(c.Targets)
	if err != nil {
		return err
	}
	config, err := c.config(app, targets, targets.Prefixes(), inventory.Depth(c.Depth))
	if err != nil {
		return err
	}
	progress := newProgressLine(app.Err, app.now)
	var found findings
	summary, scanErr := scanner.Run(app.ctx, config, found.add, progress.show)
	if scanErr != nil && !errors.Is(scanErr, context.Canceled) {
		return scanErr
	}
	devices := exchange.MergeByAddress(found.all)
	progress.end("%s on %s", count(len(devices), "device"), count(targets.Count(), "address"))
	if err := printDevices(app.Out, c.Format, devices); err != nil {
		return err
	}
	app.warn(summary.Warnings)
	return scanErr
}

// findings gathers the observations of a scan.
type findings struct {
	mu  sync.Mutex
	all []inventory.Observation
}

func (f *findings) add(o inventory.Observation) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, o)
	return nil
}

func printDevices(w io.Writer, format string, devices []inventory.Observation) error {
	if format == "jsonl" {
		for i := range devices {
			if err := exchange.WriteObservation(w, devices[i]); err != nil {
				return err
			}
		}
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ADDRESS\tNAME\tCLASS\tVENDOR\tMODEL\tSERIAL\tSYSTEM\tVERSION")
	for i := range devices {
		o := &devices[i]
		system := strings.TrimSpace(o.Get(inventory.FieldOSName) + " " + o.Get(inventory.FieldOSVersion))
		fmt.Fprintln(t, strings.Join([]string{
			o.Address, o.Get(inventory.FieldHostname), o.Get(inventory.FieldClass), o.Get(inventory.FieldVendor),
			o.Get(inventory.FieldModel), o.Get(inventory.FieldSerial), system, o.Get(inventory.FieldVersion),
		}, "\t"))
	}
	return t.Flush()
}

// warn says what a scan has lost, in plain words.
func (a *App) warn(warnings []string) {
	for _, w := range warnings {
		a.say("note: %s", w)
	}
}
