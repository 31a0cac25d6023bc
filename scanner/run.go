package scanner

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"parc/inventory"
	"parc/scanner/snmp"
)

const (
	progressEvery = 200 * time.Millisecond
	blackoutEvery = time.Second
)

// Run scans. Each observation is handed to emit as soon as it is known, one at
// a time: what nmap (or our own look) and what SNMP say of one device are two,
// with the same ScanID and Address; the members of a stack follow it, as parts of
// it and without an address. progress is told a few times a second
// while something changes, and once at the end.
//
// A target outside Allowed is OutOfRange, and nothing is sent to any. When ctx
// ends, Run returns its error within two seconds; what was emitted stays. An
// error of emit ends the scan and comes back. Without nmap installed the scan
// goes on without it, and the Summary's warnings say what is lost.
func Run(ctx context.Context, c Config, emit func(inventory.Observation) error, progress func(inventory.Progress)) (Summary, error) {
	c, g, err := c.checked()
	if err != nil {
		return Summary{}, err
	}
	if c.Blackout != nil {
		if until, forbidden := c.Blackout(c.Now()); forbidden {
			return Summary{}, blackout(until)
		}
	}
	started := c.Now()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	tables, err := known()
	if err != nil {
		return Summary{}, fmt.Errorf("read the tables of signals: %w", err)
	}
	s := &scan{
		knowledge: tables,
		swept:     make(chan struct{}),
		Config:    c, guard: g, emit: emit, stop: cancel, net: newNetwork(g, c.Rate),
		tracker: newTracker(c.Targets.Count(), c.NoNmap),
	}
	watch := s.watch(ctx, progress)
	err = s.all(ctx)
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	silent, sentence := s.tracker.silence()
	s.tracker.warn(sentence)
	watch(err == nil)
	return Summary{
		Silent: silent,
		ScanID: c.ScanID, Targets: c.Targets.Count(), Found: len(s.tracker.found), Observations: s.emitted,
		Nmap: s.nmapVersion, Warnings: s.tracker.progress(false).Warnings, Took: c.Now().Sub(started),
	}, err
}

// scan is one Run.
type scan struct {
	Config
	guard       guard
	tracker     *tracker
	net         *network
	stop        context.CancelCauseFunc
	nmapVersion string
	knowledge   *knowledge
	swept       chan struct{} // closed when every target was asked by SNMP

	mu      sync.Mutex // guards what follows, and emit
	emit    func(inventory.Observation) error
	emitted int
}

// all runs the ways of looking side by side.
func (s *scan) all(ctx context.Context) error {
	version, err := s.findNmap(ctx)
	if err != nil {
		return err
	}
	s.nmapVersion = version
	g, ctx := errgroup.WithContext(ctx)
	answers := newQueue[snmp.Hit]()
	g.Go(func() error { return s.sweep(ctx, answers) })
	g.Go(func() error { return s.ask(ctx, answers) })
	if !s.NoNmap {
		g.Go(func() error { return s.look(ctx) })
	}
	return g.Wait()
}

// out hands observations on, together and in order. Nothing is handed on once
// the scan has ended.
func (s *scan) out(ctx context.Context, observations ...inventory.Observation) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range observations {
		if len(o.Facts) == 0 {
			continue
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := s.emit(o); err != nil {
			err = fmt.Errorf("observation of %s: %w", o.Address, err)
			s.stop(err)
			return err
		}
		s.emitted++
	}
	return nil
}

// watch tells of progress at a steady pace, and ends the scan when a blackout
// begins. The function it gives stops it and tells the end.
func (s *scan) watch(ctx context.Context, progress func(inventory.Progress)) func(complete bool) {
	over := make(chan struct{})
	var crew sync.WaitGroup
	crew.Go(func() {
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		var last inventory.Progress
		for ticks := 0; ; ticks++ {
			if p := s.tracker.progress(false); progress != nil && changed(p, last) {
				progress(p)
				last = p
			}
			if s.Blackout != nil && ticks%int(blackoutEvery/progressEvery) == 0 {
				if until, forbidden := s.Blackout(s.Now()); forbidden {
					s.stop(blackout(until))
				}
			}
			select {
			case <-tick.C:
			case <-over:
				return
			case <-ctx.Done():
				return
			}
		}
	})
	return func(complete bool) {
		close(over)
		crew.Wait()
		if progress != nil {
			progress(s.tracker.progress(complete))
		}
	}
}

func changed(a, b inventory.Progress) bool {
	return a.Phase != b.Phase || a.Percent != b.Percent || a.Found != b.Found || a.Current != b.Current || len(a.Warnings) != len(b.Warnings)
}

// blackout gives the error for a time at which scanning is forbidden.
func blackout(until time.Time) error {
	return inventory.Errorf(inventory.Busy, "no scanning in the blackout window, which ends at %s", until.UTC().Format("2006-01-02 15:04 UTC"))
}

// ended tells that an error is only the end of a context.
func ended(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
