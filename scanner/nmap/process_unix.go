//go:build unix

package nmap

import (
	"os/exec"
	"syscall"
	"time"
)

// afterKill is how long a killed nmap's pipes are waited for.
const afterKill = 500 * time.Millisecond

// group starts the command in a session, and so a process group, of its own
// and has the whole group killed when the command's context ends. Without a
// terminal a Ctrl-C does not reach it (parc decides), and nmap reads no keys:
// its --noninteractive would silence --stats-every too.
func group(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = afterKill
}

// rawSockets tells whether this process may send what it likes, which nmap
// needs for SYN scans, ARP and guessing systems.
func rawSockets() bool {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_RAW, syscall.IPPROTO_RAW)
	if err != nil {
		return false
	}
	_ = syscall.Close(fd) // nothing was sent on it
	return true
}
