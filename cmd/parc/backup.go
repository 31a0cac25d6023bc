package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"parc/inventory"
	"parc/inventory/store"
)

// BackupCmd writes the whole database into one file.
type BackupCmd struct {
	File string `arg:"" help:"File to write; refused when it is there already." placeholder:"FILE"`
}

// Run writes beside the file and gives it its name when it is whole: a backup that
// has its name is one.
func (c *BackupCmd) Run(app *App) error {
	if _, err := os.Lstat(c.File); err == nil {
		return inventory.Errorf(inventory.Conflict, "%s is there already: name another file", c.File)
	}
	s, key, err := app.openBare(false)
	if err != nil {
		return err
	}
	defer s.Close()
	part, err := os.CreateTemp(filepath.Dir(c.File), "."+filepath.Base(c.File)+".*") // for this user alone
	if err != nil {
		return inventory.Errorf(inventory.Unavailable, "cannot write beside %s: %w", c.File, err)
	}
	defer func() { _ = os.Remove(part.Name()) }() // is gone by then when all went well
	defer part.Close()
	out := bufio.NewWriterSize(part, 1<<20)
	m, err := s.Backup(app.ctx, app.reader(), version, out)
	if err != nil {
		return err
	}
	if err := errors.Join(out.Flush(), part.Sync(), part.Close()); err != nil {
		return fmt.Errorf("write %s: %w", c.File, err)
	}
	// A link, unlike a renaming, never takes the place of a file that came meanwhile.
	if err := os.Link(part.Name(), c.File); errors.Is(err, fs.ErrExist) {
		return inventory.Errorf(inventory.Conflict, "%s is there already: name another file", c.File)
	} else if err != nil {
		if err := os.Rename(part.Name(), c.File); err != nil { // where there are no links
			return fmt.Errorf("write %s: %w", c.File, err)
		}
	}
	if err := syncFolder(filepath.Dir(c.File)); err != nil {
		return fmt.Errorf("write %s: %w", c.File, err)
	}
	app.say("%s: %s of %s in %s", c.File, count(int(m.Rows()), "row"), s.Where(), count(len(m.Tables), "table"))
	app.say("Secrets in it stay encrypted, and the key file is not in it: keep a copy of %s somewhere else.", key)
	return nil
}

// syncFolder makes the names in a folder last through a power cut.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, fs.ErrInvalid) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// RestoreCmd puts a backup into an empty database.
type RestoreCmd struct {
	File  string `arg:"" help:"A file that parc backup wrote." placeholder:"FILE"`
	Check bool   `help:"Only read the file to its end and say what it holds."`
}

// Run checks the whole file before the database is looked at.
func (c *RestoreCmd) Run(app *App) error {
	f, err := os.Open(c.File)
	if err != nil {
		return unreadable(c.File, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return unreadable(c.File, err)
	}
	if !info.Mode().IsRegular() {
		return inventory.Errorf(inventory.Invalid, "%s is no file", c.File)
	}
	b, err := store.OpenBackup(f, info.Size())
	if err != nil {
		return inventory.Errorf(inventory.CodeOf(err), "%s: %w; nothing is restored", c.File, err)
	}
	m := b.Manifest
	if c.Check {
		app.say("%s: whole; %s in %s, made %s by parc %s of %s", c.File, count(int(m.Rows()), "row"), count(len(m.Tables), "table"),
			m.At.Local().Format("2006-01-02 15:04:05"), inventory.CleanTo(m.Parc, 60), inventory.CleanTo(m.Database, 20))
		return nil
	}
	s, key, err := app.openBare(true)
	if err != nil {
		return err
	}
	defer s.Close()
	app.keeps = false // interrupted, nothing is kept
	if err := s.RestoreBackup(app.ctx, app.reader(), b); err != nil {
		return inventory.Errorf(inventory.CodeOf(err), "%s: %w", c.File, err)
	}
	app.say("%s: %s as of %s in %s. Everybody signs in again.", c.File, count(int(m.Rows()), "row"), m.At.Local().Format("2006-01-02 15:04:05"), s.Where())
	switch {
	case m.Key == "" || m.Key == s.Fingerprint():
	case s.Fingerprint() == "":
		app.say("Its secrets need their key file: put it at %s before anything else runs, else a new one is made and they must be entered again.", key)
	default:
		app.say("Its secrets do not open with %s: put the key file there that belongs to the backup, or enter them again.", key)
	}
	return nil
}

// openBare opens the database as it is: tables are not brought up to date, and no
// key file is made. It tells where the key file is or should be. Unless it may be
// made, a SQLite file must be there.
func (a *App) openBare(mayMake bool) (s *store.Store, keyFile string, err error) {
	dsn, err := a.databaseDSN()
	if err != nil {
		return nil, "", err
	}
	if _, err := os.Stat(dsn); errors.Is(err, fs.ErrNotExist) && !mayMake && !strings.Contains(dsn, "://") {
		return nil, "", inventory.Errorf(inventory.NotFound, "there is no database %s: name it with --database", dsn)
	}
	keyFile = a.keyPath(dsn)
	var key []byte
	if _, err := os.Stat(keyFile); err == nil {
		if key, err = loadKey(keyFile); err != nil {
			return nil, "", err
		}
	}
	s, err = store.Open(a.ctx, store.Options{DSN: dsn, Key: key, Log: a.log, Now: a.now})
	return s, keyFile, err
}
