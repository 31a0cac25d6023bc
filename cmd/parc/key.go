package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"parc/inventory"
)

const keyBytes = 32

// keyPath says where the key that encrypts secrets lies: where the setting
// says, beside a SQLite file, or in the user's data folder.
func (a *App) keyPath(dsn string) string {
	if a.KeyFile != "" {
		return a.KeyFile
	}
	if !strings.Contains(dsn, "://") {
		return strings.TrimSuffix(dsn, filepath.Ext(dsn)) + ".key"
	}
	folder, err := dataFolder()
	if err != nil {
		return "parc.key"
	}
	return filepath.Join(folder, "parc.key")
}

// loadKey reads the key, 64 hexadecimal digits, and makes one when the file is
// not there. Whoever loses the file loses the stored secrets, nothing else.
func loadKey(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, inventory.Errorf(inventory.Unavailable, "cannot read the key file %s: %w", path, err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keyBytes {
		return nil, inventory.Errorf(inventory.Invalid, "key file %s does not hold %d hexadecimal digits: put the right file back, or name it with --key-file", path, 2*keyBytes)
	}
	return key, nil
}

// makeKey writes a new key beside its place and links it there: another process
// that makes one at the same time finds no key or a whole one.
func makeKey(path string) ([]byte, error) {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key)                                  // never fails (Go 1.24)
	f, err := os.CreateTemp(filepath.Dir(path), ".parc-*") // for this user alone
	if err != nil {
		return nil, inventory.Errorf(inventory.Unavailable, "cannot make the key file %s (%w): make its folder, or name another with --key-file", path, err)
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	err = errors.Join(err, f.Close())
	if err == nil {
		if err = os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
			err = os.Rename(f.Name(), path) // a file system without links
		}
	}
	if gone := os.Remove(f.Name()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return loadKey(path) // another process was faster
	case err != nil:
		return nil, inventory.Errorf(inventory.Unavailable, "cannot make the key file %s: %w", path, err)
	}
	return key, nil
}
