package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"parc/inventory"
	"parc/inventory/store"
	"parc/scanner/profile"
)

// Streams are the program's standard streams.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// The exit codes of the command-line contract.
const (
	exitFine   = 0
	exitFailed = 1
	exitUsage  = 2
)

// App is what every command gets: the streams, the settings that all commands
// share, the clock and the log.
type App struct {
	Streams
	Settings
	ctx   context.Context // the program's own life: one per process, made by main
	now   func() time.Time
	log   *slog.Logger
	keeps bool // the command has a store: what it has stored stays
}

// exitCode gives the exit code that tells what kind of thing went wrong.
func exitCode(err error) int {
	switch inventory.CodeOf(err) {
	case "":
		return exitFine
	case inventory.Invalid, inventory.OutOfRange:
		return exitUsage
	}
	return exitFailed
}

// explain gives the one line that a person reads.
func (a *App) explain(err error) string {
	switch {
	case errors.Is(err, context.Canceled) && a.keeps:
		return "interrupted: what was stored until then is kept"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	}
	return err.Error()
}

// openStore opens the database and brings its tables up to date.
func (a *App) openStore(ctx context.Context) (*store.Store, error) {
	dsn, err := a.databaseDSN()
	if err != nil {
		return nil, err
	}
	key, err := loadKey(a.keyPath(dsn))
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, store.Options{DSN: dsn, Key: key, Log: a.log, Now: a.now})
	if err != nil {
		return nil, err
	}
	if err := s.Migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a.keeps = true
	return s, nil
}

// databaseDSN gives the database asked for, or parc.db in the user's data
// folder, which is made when it is not there.
func (a *App) databaseDSN() (string, error) {
	if a.Database != "" {
		return a.Database, nil
	}
	folder, err := dataFolder()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "parc.db"), nil
}

func dataFolder() (string, error) {
	base := os.Getenv("XDG_DATA_HOME")
	if base == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", inventory.Errorf(inventory.Invalid, "no home folder to keep the database in: say where with --database FILE")
		}
		base = filepath.Join(home, ".local", "share")
	}
	folder := filepath.Join(base, "parc")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", inventory.Errorf(inventory.Unavailable, "cannot make the data folder %s (%w): say where with --database FILE", folder, err)
	}
	return folder, nil
}

// loadProfiles gives the device profiles of parc and those of the operator's folder.
func (a *App) loadProfiles() (*profile.Set, error) {
	if a.Profiles == "" {
		return profile.Load()
	}
	if info, err := os.Stat(a.Profiles); err != nil || !info.IsDir() {
		return nil, inventory.Errorf(inventory.Invalid, "cannot read the profiles folder %s: it must be a folder of YAML files", a.Profiles)
	}
	return profile.Load(os.DirFS(a.Profiles))
}

// say prints a line for a person on the error stream, so that the output
// stream stays clean for scripts.
func (a *App) say(format string, args ...any) {
	fmt.Fprintf(a.Err, format+"\n", args...)
}
