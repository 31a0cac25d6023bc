package nmap

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"parc/inventory"
)

// Summary tells what a run did.
type Summary struct {
	Hosts    int      // told
	Raw      bool     // with raw sockets to the end
	Warnings []string // what was lost, in plain words
}

// Run scans the targets and tells of each host as soon as nmap is done with
// it; host is called by one goroutine at a time, and its error ends the run.
//
// When ctx ends, nmap and all it started are killed and Run returns ctx's
// error at once; what was told stays told. Where raw sockets are refused, Run
// goes on with connections and says in a warning what is lost. A missing nmap
// is Unavailable; see Check.
func Run(ctx context.Context, o Options, targets []netip.Prefix, host func(Host) error) (Summary, error) {
	o, err := o.checked()
	if err != nil {
		return Summary{}, err
	}
	program, err := find()
	if err != nil {
		return Summary{}, err
	}
	r := &run{Options: o, program: program, tell: host, raw: !o.Connect && rawSockets(), total: Size(targets)}
	if !r.raw && !o.Connect {
		r.warn(inventory.WarnNoRaw.Say())
	}
	err = r.all(ctx, targets)
	return Summary{Hosts: r.hosts, Raw: r.raw, Warnings: r.warnings}, err
}

type run struct {
	Options
	program  string
	tell     func(Host) error
	raw      bool
	total    int // addresses
	done     int // of finished chunks
	hosts    int
	warnings []string
	last     Progress
}

func (r *run) warn(text string) {
	const most = 20
	if text = inventory.CleanTo(text, 400); text == "" || len(r.warnings) >= most || slices.Contains(r.warnings, text) {
		return
	}
	r.warnings = append(r.warnings, text)
}

func (r *run) all(ctx context.Context, targets []netip.Prefix) error {
	for chunk := range Chunks(targets, r.chunkSize()) {
		size := Size(chunk)
		if err := r.chunk(ctx, chunk, size); err != nil {
			return err
		}
		r.done += size
		r.progress("", r.done)
	}
	return nil
}

// chunk scans a chunk, a second time with connections when raw sockets turn
// out to be refused.
func (r *run) chunk(ctx context.Context, chunk []netip.Prefix, size int) error {
	raw, before := r.raw, r.hosts
	err := r.once(ctx, chunk, size)
	var refused *refusedError
	if errors.As(err, &refused) && raw && r.hosts == before {
		r.raw = false
		r.warn(inventory.WarnNoRaw.Say())
		r.Log.Warn("nmap goes on without raw sockets", "because", refused.said)
		err = r.once(ctx, chunk, size)
	}
	if errors.As(err, &refused) {
		return inventory.Errorf(inventory.Unavailable, "nmap may not send packets here: %s", refused.said)
	}
	return err
}

// refusedError is nmap's word that it lacks the right to raw sockets.
type refusedError struct{ said string }

func (e *refusedError) Error() string { return "nmap: " + e.said }

// once runs one nmap.
func (r *run) once(ctx context.Context, chunk []netip.Prefix, size int) error {
	args, err := r.arguments(chunk, r.raw)
	if err != nil {
		return err
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(inner, r.program, args...)
	group(cmd)
	cmd.Env = environment()
	cmd.Stdin = strings.NewReader(list(chunk))
	var complaints bytes.Buffer
	cmd.Stderr = &limitedBuffer{buffer: &complaints, left: 64 << 10}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start nmap: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return inventory.Errorf(inventory.Unavailable, "nmap (%s) does not start: %w", r.program, err)
	}
	end := ending{}
	if end.read = read(out, r.sink(ctx, size, &end)); end.read != nil {
		cancel()                        // nmap must not wait for a reader that has gone
		_, _ = io.Copy(io.Discard, out) // until it has ended
	}
	end.wait = cmd.Wait()
	end.complaints = complaints.String()
	if err := ctx.Err(); err != nil {
		return err
	}
	return r.outcome(end)
}

// list writes the targets as nmap reads them.
func list(chunk []netip.Prefix) string {
	var b strings.Builder
	for _, p := range chunk {
		if p.IsSingleIP() {
			b.WriteString(p.Addr().String())
		} else {
			b.WriteString(p.Masked().String())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// sink tells of hosts, and reckons from what nmap says how far it is.
func (r *run) sink(ctx context.Context, size int, end *ending) sink {
	e := estimate{size: size, group: r.Preset.plan().hostsAtOnce}
	return sink{
		host: func(h Host) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if end.told = r.tell(h); end.told != nil {
				return end.told
			}
			if r.hosts++; h.TimedOut {
				r.warn(inventory.WarnHostTooLong.Say())
			}
			e.host()
			r.progress(r.last.Task, r.done+e.addresses())
			return nil
		},
		hint: func() { e.hinted++ },
		task: func(name string, percent float64) {
			e.task(name, percent)
			r.progress(name, r.done+e.addresses())
		},
		finished: func(message string) { end.message = message },
		odd: func(what string) {
			r.Log.Warn("nmap's output is odd", "what", what)
			r.warn(inventory.WarnOddHost.Say())
		},
	}
}

// progress tells how far the run is, when that has changed.
func (r *run) progress(task string, addresses int) {
	if r.Progress == nil || r.total == 0 {
		return
	}
	p := Progress{Task: cmp.Or(task, r.last.Task), Done: r.done, Hosts: r.hosts}
	p.Percent = max(r.last.Percent, float64(100*addresses/r.total))
	if p != r.last {
		r.last = p
		r.Progress(p)
	}
}

var (
	refusal = regexp.MustCompile(`(?i)requires? root privileges|raw socket|operation not permitted|permission denied|dnet: failed|pcap_open|couldn't open.*(socket|device)`)
	noise   = regexp.MustCompile(`(?i)^(NOTE: |Warning: \S+ giving up on port|Warning: Hostname .* resolves|RTTVAR has grown|Skipping host .* due to host timeout|QUITTING!|WARNING: Service \S+ had already soft-matched|Warning: You are not root)`)
)

// ending is how one nmap ended.
type ending struct {
	told       error  // what the taker of hosts answered
	read       error  // reading its output, told included
	wait       error  // of the process
	message    string // what it says itself, in its output
	complaints string // what it wrote to its error stream
}

// outcome makes one answer of all that can go wrong with a process.
func (r *run) outcome(e ending) error {
	fine := e.wait == nil && e.read == nil && e.message == ""
	lines := []string{}
	for line := range strings.SplitSeq(e.complaints, "\n") {
		if line = text(line); line == "" || noise.MatchString(line) {
			continue
		}
		r.Log.Debug("nmap complains", "line", line)
		if lines = append(lines, line); fine {
			r.warn(inventory.WarnNmapSays.Say(line))
		}
	}
	if at := slices.IndexFunc(lines, refusal.MatchString); at >= 0 && !fine && r.raw && e.told == nil {
		return &refusedError{lines[at]}
	}
	switch {
	case fine:
		return nil
	case e.told != nil:
		return e.told
	case e.message != "":
		return inventory.Errorf(inventory.Unavailable, "%s", inventory.WarnNmapGaveUp.Say(e.message))
	case e.read != nil && !errors.Is(e.read, io.ErrUnexpectedEOF):
		return e.read
	case len(lines) > 0:
		return inventory.Errorf(inventory.Unavailable, "%s", inventory.WarnNmapGaveUp.Say(lines[len(lines)-1]))
	case e.wait != nil:
		return inventory.Errorf(inventory.Unavailable, "nmap broke off: %w", e.wait)
	}
	return inventory.Errorf(inventory.Unavailable, "nmap broke off in the middle of its output")
}
