package scanner

import (
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parc/inventory"
)

// tracker knows how far a scan is. Its parts report to it from their own
// goroutines; shares say how much of the whole each part is.
type tracker struct {
	mu       sync.Mutex
	targets  int
	shares   map[string]float64
	parts    map[string]float64 // 0 to 1
	found    map[netip.Addr]struct{}
	silent   map[netip.Addr]struct{} // that answer and tell nothing; not more than maxSilent
	current  string
	warnings []string
	percent  int
}

// The parts of a scan.
const (
	partSweep    = "sweep" // SNMP, who answers
	partAsk      = "ask"   // SNMP, what they say
	partNmap     = "nmap"  // nmap, or our own look without it
	partProbe    = "probe" // our own questions to what nmap found
	phaseLook    = "discover"
	phaseAsk     = "probe"
	phaseName    = "identify"
	maxWarnings  = 50
	maxSilent    = 10_000
	listedSilent = 500 // in a scan's progress
	namedSilent  = 5   // of them, in a warning
)

func newTracker(targets int, noNmap bool) *tracker {
	t := &tracker{targets: targets, parts: map[string]float64{}, found: map[netip.Addr]struct{}{}, silent: map[netip.Addr]struct{}{}}
	t.shares = map[string]float64{partSweep: 10, partAsk: 15, partNmap: 75}
	if noNmap {
		t.shares = map[string]float64{partSweep: 50, partAsk: 50}
	}
	return t
}

// part says how far a part is, 0 to 1; it never goes back.
func (t *tracker) part(name string, share float64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.parts[name] = max(t.parts[name], min(share, 1))
}

// phase tells in one word what the scan is about: looking who is there, as
// long as anything still does; then asking them; then naming the last ones.
func (t *tracker) phase() string {
	going := func(part string) bool { return t.shares[part] > 0 && t.parts[part] < 1 }
	switch {
	case going(partSweep) || going(partNmap):
		return phaseLook
	case going(partAsk):
		return phaseAsk
	}
	return phaseName
}

// look says what is being looked at.
func (t *tracker) look(current string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.current = current
}

// answered counts an address that has something to tell, once.
func (t *tracker) answered(a netip.Addr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.found[a] = struct{}{}
}

// mute keeps an address that answers and tells nothing. On loopback all do.
func (t *tracker) mute(a netip.Addr) {
	if a.IsLoopback() && a != netip.AddrFrom4([4]byte{127, 0, 0, 1}) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.silent) < maxSilent {
		t.silent[a] = struct{}{}
	}
}

// silence gives how many addresses answer and told nothing in any way, and a
// sentence on it, "" when there are none.
func (t *tracker) silence() (count int, sentence string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []string
	for _, a := range slices.SortedFunc(maps.Keys(t.silent), netip.Addr.Compare) {
		if _, found := t.found[a]; found {
			continue
		}
		if count++; count <= namedSilent {
			list = append(list, a.String())
		}
	}
	if count == 0 {
		return 0, ""
	}
	which := strings.Join(list, ", ")
	if count == 1 {
		return count, inventory.WarnSilentOne.Say(which)
	}
	if count > namedSilent {
		which += ", …"
	}
	return count, inventory.WarnSilent.Say(strconv.Itoa(count), which)
}

// mutes lists the addresses that answered and told nothing, in order.
func (t *tracker) mutes() []string {
	var list []string
	for _, a := range slices.SortedFunc(maps.Keys(t.silent), netip.Addr.Compare) {
		if _, found := t.found[a]; !found && len(list) < listedSilent {
			list = append(list, a.String())
		}
	}
	return list
}

// addresses lists those that answered.
func (t *tracker) addresses() []netip.Addr {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.SortedFunc(maps.Keys(t.found), netip.Addr.Compare)
}

// warn adds what was lost, in plain words, once.
func (t *tracker) warn(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text = inventory.CleanTo(text, 500); text != "" && len(t.warnings) < maxWarnings && !slices.Contains(t.warnings, text) {
		t.warnings = append(t.warnings, text)
	}
}

// progress tells how far the scan is. Percent never goes back, and is 100 only
// when over is true.
func (t *tracker) progress(over bool) inventory.Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	done, whole := 0.0, 0.0
	for name, share := range t.shares {
		whole += share
		done += share * t.parts[name]
	}
	if whole > 0 {
		t.percent = max(t.percent, min(99, int(100*done/whole)))
	}
	if over {
		t.percent = 100
	}
	p := inventory.Progress{
		Phase: t.phase(), Targets: t.targets, Done: t.targets * t.percent / 100, Found: len(t.found),
		Warnings: slices.Clone(t.warnings), Current: t.current, Percent: t.percent,
	}
	if over {
		p.Silent = t.mutes()
	}
	return p
}
