package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"parc/inventory"
)

// progressLine tells people how far a scan is: one line rewritten in place on
// a terminal, a line per phase elsewhere.
type progressLine struct {
	out      io.Writer
	terminal bool
	width    int
	now      func() time.Time
	started  time.Time

	mu    sync.Mutex
	phase string
	drawn bool
}

func newProgressLine(out io.Writer, now func() time.Time) *progressLine {
	p := &progressLine{out: out, now: now, started: now(), width: 100}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.terminal = true
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 20 {
			p.width = w
		}
	}
	return p
}

// show draws how far the scan is.
func (p *progressLine) show(g inventory.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.terminal {
		if g.Phase != p.phase {
			p.phase = g.Phase
			fmt.Fprintf(p.out, "%s: %s, %d found\n", phaseWord(g.Phase), count(g.Targets, "target"), g.Found)
		}
		return
	}
	const cells = 24
	full := min(cells, cells*g.Percent/100)
	line := fmt.Sprintf("%-9s [%s%s] %3d%%  %d found  %s", phaseWord(g.Phase),
		strings.Repeat("█", full), strings.Repeat("░", cells-full), g.Percent, g.Found, g.Current)
	if runes := []rune(line); len(runes) > p.width-1 {
		line = string(runes[:p.width-1])
	}
	fmt.Fprintf(p.out, "\r\x1b[K%s", line)
	p.drawn = true
}

// end clears the line and says what came of the scan.
func (p *progressLine) end(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	fmt.Fprintf(p.out, format+" (%s)\n", append(args, p.now().Sub(p.started).Round(100*time.Millisecond))...)
}

// count says how many of a thing there are, in words that agree.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if strings.HasSuffix(thing, "s") {
		thing += "e"
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func phaseWord(phase string) string {
	switch phase {
	case "discover":
		return "Looking"
	case "probe":
		return "Asking"
	case "identify":
		return "Naming"
	case "store":
		return "Storing"
	case "":
		return "Starting"
	}
	return phase
}
