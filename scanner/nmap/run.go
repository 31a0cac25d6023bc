package nmap

import (
	"context"
	"errors"
	"io"
	"math"
	"net/netip"
	"os"
	"strings"

	lib "github.com/Ullaakut/nmap/v3"

	"parc/inventory"
)

// Options say how nmap looks.
type Options struct {
	Preset       string // Quick, Standard or Deep; "" is Standard
	Ports        string // instead of the preset's: 22,80,8000-8100
	Rate         int    // packets a second at the most; 0 leaves it to nmap
	NoNames      bool   // no reverse lookups
	Unprivileged bool   // connect scans only: no raw sockets
	Progress     func(Progress)
}

// Report tells how a run went.
type Report struct {
	Hosts        int  // that nmap called up
	Unprivileged bool // raw sockets were not to be had
	Warnings     []string
}

// chunkBits bounds the targets of one nmap process to 4,096 addresses, so that
// its memory and what is lost with it stay small.
const chunkBits = 12

// maxArguments is how many ranges one nmap process is given.
const maxArguments = 512

// Privileged tells whether nmap will try raw sockets for this user.
func Privileged() bool { return os.Geteuid() == 0 || os.Getenv("NMAP_PRIVILEGED") != "" }

// Run runs nmap over the targets and hands on each host as it is finished, in
// one goroutine. The end of ctx kills nmap and gives ctx's error. An error of
// host stops the run and comes back. Where raw sockets are refused the run goes
// on with connect scans, and the Report says so.
func Run(ctx context.Context, o Options, targets []netip.Prefix, host func(Host) error) (Report, error) {
	report := Report{Unprivileged: o.Unprivileged || !Privileged()}
	chunks := split(targets)
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	tell := o.Progress
	for i, chunk := range chunks {
		o.Unprivileged = report.Unprivileged
		o.Progress = func(p Progress) {
			p.Percent = (float64(i)*100 + p.Percent) / float64(len(chunks))
			tell(p)
		}
		err := runChunk(ctx, o, chunk, host, &report)
		if errors.Is(err, errNoRawSockets) && !o.Unprivileged {
			report.Unprivileged, o.Unprivileged = true, true
			err = runChunk(ctx, o, chunk, host, &report)
		}
		if err != nil {
			return report, err
		}
	}
	return report, nil
}

// split cuts large ranges and packs small ones into the work of one process each.
func split(targets []netip.Prefix) [][]netip.Prefix {
	var chunks [][]netip.Prefix
	var current []netip.Prefix
	room := 1 << chunkBits
	flush := func() {
		if len(current) > 0 {
			chunks = append(chunks, current)
		}
		current, room = nil, 1<<chunkBits
	}
	for _, target := range targets {
		for piece := range pieces(target) {
			size := 1 << (piece.Addr().BitLen() - piece.Bits())
			if size > room || len(current) == maxArguments {
				flush()
			}
			current = append(current, piece)
			room -= size
		}
	}
	flush()
	return chunks
}

// pieces gives a range in parts of 2^chunkBits addresses at the most.
func pieces(p netip.Prefix) func(yield func(netip.Prefix) bool) {
	return func(yield func(netip.Prefix) bool) {
		bits := max(p.Bits(), p.Addr().BitLen()-chunkBits)
		for addr := p.Masked().Addr(); p.Contains(addr); {
			piece := netip.PrefixFrom(addr, bits)
			if !yield(piece) {
				return
			}
			next := last(piece).Next()
			if !next.IsValid() {
				return
			}
			addr = next
		}
	}
}

// last gives the last address of a range.
func last(p netip.Prefix) netip.Addr {
	octets := p.Masked().Addr().AsSlice()
	for bit := p.Bits(); bit < len(octets)*8; bit++ {
		octets[bit/8] |= 0x80 >> (bit % 8)
	}
	addr, _ := netip.AddrFromSlice(octets) // the length is that of an address
	return addr
}

// errNoRawSockets tells that the system refuses nmap raw sockets.
var errNoRawSockets = errors.New("no right to raw sockets")

func runChunk(ctx context.Context, o Options, targets []netip.Prefix, host func(Host) error, report *Report) error {
	options, err := o.options()
	if err != nil {
		return err
	}
	names := make([]string, len(targets))
	six := false
	for i, t := range targets {
		six = six || t.Addr().Is6()
		if names[i] = t.String(); t.IsSingleIP() {
			names[i] = t.Addr().String()
		}
	}
	if six {
		options = append(options, lib.WithIPv6Scanning())
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	scanner, err := lib.NewScanner(ctx, append(options, lib.WithTargets(names...))...)
	if err != nil {
		return inventory.Errorf(inventory.Unavailable, "nmap is not installed: install it (on Debian: apt install nmap), or scan with --no-nmap")
	}
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- readHosts(read, o, host, report, cancel) }()
	_, warnings, runErr := scanner.Streamer(write).Run()
	// Closing a pipe never fails; the reader sees the end.
	_ = write.Close()
	readErr := <-done
	return verdict(ctx, o, runErr, readErr, *warnings, report)
}

// readHosts reads the stream to its end; when host gives an error it stops nmap.
func readHosts(r *io.PipeReader, o Options, host func(Host) error, report *Report, stop func()) error {
	lastPercent := math.Inf(-1)
	err := readStream(r, func(h Host) error {
		report.Hosts++
		return host(h)
	}, func(p Progress) {
		if p.Percent != lastPercent {
			lastPercent = p.Percent
			o.Progress(p)
		}
	})
	if err != nil {
		stop()
	}
	// What nmap still writes must not block it.
	_, _ = io.Copy(io.Discard, r)
	return err
}

// verdict decides what a run's end means.
func verdict(ctx context.Context, o Options, runErr, readErr error, warnings []string, report *Report) error {
	if readErr != nil {
		return readErr
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	text := strings.Join(warnings, "\n")
	if !o.Unprivileged && (errors.Is(runErr, lib.ErrRequiresRoot) || rawRefused(text)) {
		return errNoRawSockets
	}
	for _, w := range warnings {
		if w = inventory.CleanTo(w, 300); w != "" && len(report.Warnings) < 20 {
			report.Warnings = append(report.Warnings, "nmap: "+w)
		}
	}
	if runErr != nil && !errors.Is(runErr, lib.ErrParseOutput) {
		return inventory.Errorf(inventory.Unavailable, "nmap ended with an error (%w): %s", runErr, inventory.CleanTo(text, 300))
	}
	return nil
}

func rawRefused(stderr string) bool {
	for _, sign := range []string{"Operation not permitted", "dnet: Failed to open", "requires root privileges", "Couldn't open a raw socket", "raw socket"} {
		if strings.Contains(stderr, sign) {
			return true
		}
	}
	return false
}
