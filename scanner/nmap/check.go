package nmap

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"time"

	"parc/inventory"
)

// The oldest nmap that parc runs.
const (
	oldestMajor = 7
	oldestMinor = 80
)

const checkTime = 10 * time.Second

var versionLine = regexp.MustCompile(`(?m)^Nmap version (\d{1,4})\.(\d{1,4})(\w{0,16})`)

// Check finds nmap in the PATH and gives its version, such as "7.93". A
// missing nmap, one that does not run and one older than 7.80 are Unavailable.
func Check(ctx context.Context) (string, error) {
	program, err := find()
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "--version")
	cmd.Env = environment()
	var out bytes.Buffer
	cmd.Stdout = &limitedBuffer{buffer: &out, left: 64 << 10}
	group(cmd)
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil && context.Cause(ctx) == context.Canceled { //nolint:errorlint // exactly this cause
			return "", context.Canceled
		}
		return "", inventory.Errorf(inventory.Unavailable, "nmap (%s) does not run: %w; install it again with apt install nmap, or use --no-nmap", program, err)
	}
	m := versionLine.FindStringSubmatch(out.String())
	if m == nil {
		return "", inventory.Errorf(inventory.Unavailable, "%s", inventory.WarnNmapWhich.Say(program))
	}
	version := m[1] + "." + m[2] + m[3]
	if old(m[1], m[2]) {
		return "", inventory.Errorf(inventory.Unavailable, "%s", inventory.WarnNmapOld.Say(version, program))
	}
	return version, nil
}

// find gives nmap's path.
func find() (string, error) {
	program, err := exec.LookPath("nmap")
	switch {
	case err == nil:
		return program, nil
	case errors.Is(err, exec.ErrDot):
		return "", inventory.Errorf(inventory.Unavailable, "%s", inventory.WarnNmapHere.Say())
	case errors.Is(err, os.ErrPermission):
		return "", inventory.Errorf(inventory.Unavailable, "%s", inventory.WarnNmapRight.Say())
	}
	return "", inventory.Errorf(inventory.Unavailable, "%s", inventory.WarnNoNmap.Say())
}

func old(major, minor string) bool {
	a, errA := strconv.Atoi(major)
	b, errB := strconv.Atoi(minor)
	return errA != nil || errB != nil || a < oldestMajor || a == oldestMajor && b < oldestMinor
}
