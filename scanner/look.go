package scanner

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"parc/inventory"
	"parc/scanner/nmap"
)

const (
	probers = 40 // hosts asked without a password at once

	// Where a chunk stands after finding who is there, and after asking them.
	foundShare = 0.35
	askedShare = 0.5
)

// findNmap gives nmap's version, or "" when the scan does without.
func (s *scan) findNmap(ctx context.Context) (string, error) {
	if s.NoNmap {
		s.tracker.warn(inventory.WarnLeftOut.Say())
		return "", nil
	}
	version, err := nmap.Check(ctx)
	switch {
	case err == nil:
		return version, nil
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case inventory.CodeOf(err) != inventory.Unavailable:
		return "", err
	}
	s.tracker.warn(err.Error())
	s.tracker.warn(inventory.WarnOurselves.Say())
	return "", nil
}

// look finds hosts and what they show without a password, chunk by chunk, so
// that memory does not grow with the targets: who is there and which ports are
// open; what they say when asked; by nmap, the versions of their services.
func (s *scan) look(ctx context.Context) error {
	l := &looking{scan: s, total: s.Targets.Count(), seen: map[netip.Addr]bool{}, local: readListeners()}
	for chunk := range nmap.Chunks(s.Targets.Prefixes(), nmap.DefaultChunk) {
		if !throughAlready(chunk, s.Scanned) {
			if err := l.chunk(ctx, chunk, false); err != nil {
				return ending(ctx, err)
			}
			if s.Through != nil {
				s.Through(chunk)
			}
		}
		l.done += nmap.Size(chunk)
		l.progress(0, 0)
	}
	if err := l.missed(ctx); err != nil {
		return ending(ctx, err)
	}
	s.tracker.part(partNmap, 1)
	return nil
}

// ending gives the reason for which a scan ended, where that is known better.
func ending(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func throughAlready(chunk, scanned []netip.Prefix) bool {
	return TargetsOf(chunk...).Within(scanned) == nil
}

// looking is how far look is.
type looking struct {
	*scan
	total, done int                 // addresses
	seen        map[netip.Addr]bool // that answered anything
	local       listeners           // of this machine, for loopback targets
	withoutNmap bool                // nmap gave up: we look ourselves
}

// progress tells that a share of a chunk is done.
func (l *looking) progress(share float64, size int) {
	l.tracker.part(partNmap, min((float64(l.done)+share*float64(size))/float64(max(1, l.total)), 0.99))
}

// missed looks again at what answered SNMP and is silent otherwise: the ping
// did not find it, its services may still be there.
func (l *looking) missed(ctx context.Context) error {
	if l.nmapVersion == "" || l.withoutNmap {
		return nil
	}
	select {
	case <-l.swept:
	case <-ctx.Done():
		return ctx.Err()
	}
	var missed []netip.Prefix
	for _, a := range l.tracker.addresses() {
		if !l.seen[a] && !slices.ContainsFunc(l.Scanned, func(p netip.Prefix) bool { return p.Contains(a) }) {
			missed = append(missed, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	for chunk := range nmap.Chunks(missed, nmap.DefaultChunk) {
		if err := l.chunk(ctx, chunk, true); err != nil {
			return err
		}
	}
	return nil
}

// chunk takes one chunk through all that is asked without a password. Each
// host is handed on once, when everything is known of it.
func (l *looking) chunk(ctx context.Context, chunk []netip.Prefix, noPing bool) error {
	asked, err := l.find(ctx, chunk, noPing)
	if err != nil || len(asked) == 0 {
		return err
	}
	size := nmap.Size(chunk)
	if l.nmapVersion != "" && !l.withoutNmap && nmap.Preset(l.Preset).Details() {
		err = l.detail(ctx, asked, size)
	}
	for _, a := range asked {
		if err == nil && !a.told {
			err = l.out(ctx, l.hostObservation(a))
		}
	}
	return err
}

// find looks who is there and asks each host as it is found.
func (l *looking) find(ctx context.Context, chunk []netip.Prefix, noPing bool) (map[netip.Addr]*asking, error) {
	size := nmap.Size(chunk)
	hosts := newQueue[nmap.Host]()
	take := func(h nmap.Host) error { // nmap tells one host at a time
		l.seen[h.Address] = true
		if l.guard.may(h.Address) {
			l.local.own(&h)
			hosts.push(h)
		}
		return nil
	}
	var (
		crew   sync.WaitGroup
		mu     sync.Mutex // guards asked
		asked  = map[netip.Addr]*asking{}
		failed error
		done   atomic.Int64
	)
	crew.Go(func() {
		defer hosts.close()
		failed = l.finding(ctx, chunk, noPing, take)
	})
	hosts.work(ctx, probers, func(h nmap.Host) {
		if a := l.askHost(ctx, h); a != nil {
			mu.Lock()
			asked[h.Address] = a
			mu.Unlock()
		}
		l.progress(foundShare+(askedShare-foundShare)*float64(done.Add(1))/float64(max(hosts.total(), size)), size)
	})
	crew.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return asked, failed
}

// finding tells of each address that answers, with its open ports.
func (l *looking) finding(ctx context.Context, chunk []netip.Prefix, noPing bool, take func(nmap.Host) error) error {
	if l.nmapVersion == "" || l.withoutNmap {
		return l.lookOurselves(ctx, chunk, take)
	}
	err := l.runNmap(ctx, nmap.Options{Stage: nmap.Finding, Ports: nmap.Ports(l.Ports), NoPing: noPing}, chunk, func(share float64) {
		l.progress(share*foundShare, nmap.Size(chunk))
	}, take)
	if err == nil || ctx.Err() != nil || inventory.CodeOf(err) != inventory.Unavailable {
		return err
	}
	l.withoutNmap = true
	l.tracker.warn(err.Error())
	l.tracker.warn(inventory.WarnOurselves.Say())
	return l.lookOurselves(ctx, chunk, take)
}

// userSet is nmap's reason for a host that nobody has seen answer: it was told
// to take all of them for up.
const userSet = "user-set"

// askHost asks one host. An address that merely answers, without a service, a
// hardware address or a name of its own, is not a thing, and nil: every
// address of a loopback range answers, and a router may for many.
func (l *looking) askHost(ctx context.Context, h nmap.Host) *asking {
	l.tracker.look(h.Address.String())
	a := &asking{net: l.net, host: &h, evidence: gather(&h)}
	a.askAll(ctx)
	if !h.Solid() && len(a.evidence.claims)+len(a.evidence.clues) == 0 {
		if h.Reason != userSet {
			l.tracker.mute(h.Address)
		}
		return nil
	}
	l.tracker.answered(h.Address)
	return a
}

// detail has nmap ask the open services of the hosts for their versions, and
// hands each host on as it is told.
func (l *looking) detail(ctx context.Context, asked map[netip.Addr]*asking, size int) error {
	var targets []netip.Prefix
	for addr, a := range asked {
		if len(a.host.Services) > 0 {
			targets = append(targets, netip.PrefixFrom(addr, addr.BitLen()))
		}
	}
	ports := openPorts(asked)
	if len(targets) == 0 || ports == "" {
		return nil
	}
	slices.SortFunc(targets, func(a, b netip.Prefix) int { return a.Addr().Compare(b.Addr()) })
	err := l.runNmap(ctx, nmap.Options{Stage: nmap.Detailed, Ports: ports}, targets, func(share float64) {
		l.progress(askedShare+(1-askedShare)*share, size)
	}, func(h nmap.Host) error {
		a := asked[h.Address]
		if a == nil || a.told {
			return nil
		}
		l.local.own(&h)
		a.join(h)
		a.told = true
		return l.out(ctx, l.hostObservation(a))
	})
	if err != nil && ctx.Err() == nil && inventory.CodeOf(err) == inventory.Unavailable {
		l.tracker.warn(inventory.WarnNoVersions.Say(err))
		return nil
	}
	return err
}

// openPorts gives the ports that any of the hosts has open.
func openPorts(asked map[netip.Addr]*asking) nmap.Ports {
	var open []int
	for _, a := range asked {
		for _, s := range a.host.Services {
			if s.Protocol == "tcp" {
				open = append(open, s.Port)
			}
		}
	}
	slices.Sort(open)
	parts := make([]string, 0, len(open))
	for _, p := range slices.Compact(open) {
		parts = append(parts, strconv.Itoa(p))
	}
	return nmap.Ports(strings.Join(parts, ","))
}

func (l *looking) runNmap(ctx context.Context, o nmap.Options, targets []netip.Prefix, progress func(float64), take func(nmap.Host) error) error {
	o.Preset, o.Rate, o.Log = nmap.Preset(l.Preset), l.Rate, l.Log
	o.Progress = func(p nmap.Progress) {
		progress(p.Percent / 100)
		l.tracker.look(p.Task)
	}
	summary, err := nmap.Run(ctx, o, targets, take)
	for _, w := range summary.Warnings {
		l.tracker.warn(w)
	}
	if errors.Is(err, context.Canceled) {
		return ending(ctx, err)
	}
	return err
}

// join takes in what nmap learnt of a host's services after we had asked it
// ourselves; what only we know of them stays.
func (a *asking) join(h nmap.Host) {
	a.mu.Lock()
	defer a.mu.Unlock()
	ours := map[int]*nmap.Service{}
	for i := range a.host.Services {
		if s := &a.host.Services[i]; s.Protocol == "tcp" {
			ours[s.Port] = s
		}
	}
	for i := range h.Services {
		s := &h.Services[i]
		own := ours[s.Port]
		if s.Protocol != "tcp" || own == nil {
			continue
		}
		delete(ours, s.Port)
		if s.TLS == nil {
			s.TLS = own.TLS
		}
		if s.Banner == "" {
			s.Banner = own.Banner
		}
		if title := own.Scripts["http-title"]; title != "" && s.Scripts["http-title"] == "" {
			if s.Scripts == nil {
				s.Scripts = map[string]string{}
			}
			s.Scripts["http-title"] = title
		}
	}
	for _, s := range a.host.Services { // open a moment ago
		if own := ours[s.Port]; own != nil && s.Protocol == "tcp" {
			h.Services = append(h.Services, s)
		}
	}
	slices.SortStableFunc(h.Services, func(x, y nmap.Service) int { return x.Port - y.Port })
	if h.MAC == "" {
		h.MAC, h.MACVendor = a.host.MAC, a.host.MACVendor
	}
	more := gather(&h)
	a.evidence.clues = append(a.evidence.clues, more.clues...)
	a.evidence.claims = append(a.evidence.claims, more.claims...)
	a.evidence.ports = more.ports
	a.host = &h
}
