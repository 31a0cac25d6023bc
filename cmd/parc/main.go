// Parc is an IT asset and lifecycle service for managed-service providers: it
// scans what a client owns, remembers it, and says when each thing ends.
//
// One file per command; main only delegates to Run, so that tests can run the
// program as its user would.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Set by the build (see Makefile).
var (
	version = "dev"
	commit  = "unknown"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal the default comes back: a second Ctrl-C ends at once.
	context.AfterFunc(ctx, stop)
	code := Run(ctx, os.Args[1:], Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
