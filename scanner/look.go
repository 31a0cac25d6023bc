package scanner

import (
	"context"
	"net/netip"
	"slices"
	"sync/atomic"

	"parc/inventory"
	"parc/scanner/nmap"
)

// probers is how many hosts are asked without a password at once.
const probers = 24

// findNmap gives nmap's version, or "" when the scan does without.
func (s *scan) findNmap(ctx context.Context) (string, error) {
	if s.NoNmap {
		s.tracker.warn("only devices that answer SNMP are found: nmap was left out (--no-nmap)")
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
	s.tracker.warn(withoutNmap)
	return "", nil
}

const withoutNmap = "without nmap parc looks by itself, at fewer ports: hosts that have none of these open, service versions, MAC addresses behind a router and guesses at operating systems are lost"

// look finds hosts and their open services, by nmap where it is there.
func (s *scan) look(ctx context.Context, hosts *queue[nmap.Host]) error {
	defer hosts.close()
	seen := map[netip.Addr]bool{} // nmap tells one host at a time
	take := func(h nmap.Host) error {
		seen[h.Address] = true
		if !s.guard.may(h.Address) {
			return nil
		}
		if h.Solid() {
			s.tracker.answered(h.Address)
		}
		hosts.push(h)
		return nil
	}
	var err error
	if s.nmapVersion != "" {
		err = s.runNmap(ctx, s.Targets.Prefixes(), false, take)
		if err != nil && ctx.Err() == nil && inventory.CodeOf(err) == inventory.Unavailable {
			s.tracker.warn(err.Error())
			s.tracker.warn(withoutNmap)
			err = s.lookOurselves(ctx, s.Targets.Without(TargetsOf(singles(seen)...)), take)
		}
	} else {
		err = s.lookOurselves(ctx, s.Targets, take)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil {
		err = s.lookAgain(ctx, seen, take)
	}
	s.tracker.part(partNmap, 1)
	return err
}

// lookAgain has nmap look at what answered SNMP and is silent otherwise: its
// ping did not find it, its services may still be there.
func (s *scan) lookAgain(ctx context.Context, seen map[netip.Addr]bool, take func(nmap.Host) error) error {
	if s.nmapVersion == "" {
		return nil
	}
	select {
	case <-s.swept:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	var missed []netip.Prefix
	for _, a := range s.tracker.addresses() {
		if !seen[a] && !contained(s.Scanned, a) {
			missed = append(missed, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	if len(missed) == 0 {
		return nil
	}
	return s.runNmap(ctx, missed, true, take)
}

func (s *scan) runNmap(ctx context.Context, targets []netip.Prefix, again bool, take func(nmap.Host) error) error {
	o := nmap.Options{
		Preset: nmap.Preset(s.Preset), Ports: nmap.Ports(s.Ports), Rate: s.Rate, NoPing: again, Log: s.Log,
		Skip: func(chunk []netip.Prefix) bool {
			return !slices.ContainsFunc(chunk, func(p netip.Prefix) bool { return TargetsOf(p).Within(s.Scanned) != nil })
		},
	}
	if !again {
		o.Progress = func(p nmap.Progress) {
			s.tracker.part(partNmap, min(p.Percent/100, 0.99))
			s.tracker.look(p.Task)
		}
		o.Finished = s.Through
	}
	summary, err := nmap.Run(ctx, o, targets, take)
	for _, w := range summary.Warnings {
		s.tracker.warn(w)
	}
	return err
}

func singles(addrs map[netip.Addr]bool) []netip.Prefix {
	out := make([]netip.Prefix, 0, len(addrs))
	for a := range addrs {
		out = append(out, netip.PrefixFrom(a, a.BitLen()))
	}
	return out
}

func contained(ranges []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(ranges, func(p netip.Prefix) bool { return p.Contains(a) })
}

// probe asks the hosts that were found what they tell without a password, and
// hands on what they are.
func (s *scan) probe(ctx context.Context, hosts *queue[nmap.Host]) error {
	var done atomic.Int64
	hosts.work(ctx, probers, func(h nmap.Host) {
		s.host(ctx, h)
		s.tracker.part(partProbe, float64(done.Add(1))/float64(max(1, hosts.total())))
	})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	s.tracker.part(partProbe, 1)
	return nil
}
