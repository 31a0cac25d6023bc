//go:build !unix

package nmap

import (
	"os/exec"
	"time"
)

// group has the command killed when its context ends.
func group(cmd *exec.Cmd) { cmd.WaitDelay = 500 * time.Millisecond }

// rawSockets is false where parc does not know how to tell: nmap connects.
func rawSockets() bool { return false }
