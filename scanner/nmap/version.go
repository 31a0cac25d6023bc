package nmap

import (
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"regexp"
	"strconv"
	"time"

	"parc/inventory"
)

// Oldest is the oldest nmap that parc can read: 7.80, of 2019.
var Oldest = Version{7, 80}

// Version is the version of an nmap.
type Version struct{ Major, Minor int }

// String gives it as nmap writes it.
func (v Version) String() string { return strconv.Itoa(v.Major) + "." + strconv.Itoa(v.Minor) }

// Before tells that v is older than w.
func (v Version) Before(w Version) bool {
	return v.Major < w.Major || v.Major == w.Major && v.Minor < w.Minor
}

var versionLine = regexp.MustCompile(`(?m)^Nmap version (\d{1,4})\.(\d{1,4})`)

// versionTime bounds how long nmap may take to tell its version.
const versionTime = 10 * time.Second

// Check finds nmap and reads its version. Unavailable says that it is not
// installed, cannot be run, or is older than Oldest, and what to do.
func Check(ctx context.Context) (Version, error) {
	path, err := exec.LookPath("nmap")
	if err != nil {
		return Version{}, inventory.Errorf(inventory.Unavailable, "nmap is not installed: install it (on Debian: apt install nmap), or scan with --no-nmap")
	}
	ctx, cancel := context.WithTimeout(ctx, versionTime)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
			return Version{}, ctx.Err()
		}
		if errors.Is(err, fs.ErrPermission) {
			return Version{}, inventory.Errorf(inventory.Unavailable, "no right to run %s: give this user the right, or scan with --no-nmap", path)
		}
		return Version{}, inventory.Errorf(inventory.Unavailable, "%s does not tell its version (%w): reinstall nmap, or scan with --no-nmap", path, err)
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		return Version{}, inventory.Errorf(inventory.Unavailable, "%s does not tell its version: reinstall nmap, or scan with --no-nmap", path)
	}
	// The expression allows four digits at the most: both are numbers.
	major, _ := strconv.Atoi(string(m[1]))
	minor, _ := strconv.Atoi(string(m[2]))
	v := Version{major, minor}
	if v.Before(Oldest) {
		return v, inventory.Errorf(inventory.Unavailable, "nmap %s at %s is too old: parc needs %s or later; update it, or scan with --no-nmap", v, path, Oldest)
	}
	return v, nil
}
