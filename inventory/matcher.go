package inventory

import (
	"slices"
	"strings"
	"time"
)

// verdict is what one kind of identifier says of two identities.
type verdict int8

const (
	silent  verdict = iota // one of them has none, or it proves nothing here
	agrees                 // they share one
	differs                // both have some, and share none
)

// The kinds of evidence, strongest first.
const (
	evRecord = iota
	evScan
	evSerial
	evUUID
	evEngine
	evMAC
	evAgent
	evHost
	evRef
	evAddress
	evDisk
	evBoard
	evTurns
	evKinds
)

// evidence is what two identities say of each other, kind by kind.
type evidence [evKinds]verdict

// addressLife is how long an address may stand for a bare record that no
// longer tells it.
const addressLife = 30 * 24 * time.Hour

// matcher is one rung of the ladder.
type matcher struct {
	name string // the reason kept in history
	kind int    // the evidence that must agree
	keys func(*identity) []string
	// blocked tells why two that agree on the kind are not one thing all the
	// same; "" when nothing stands against it.
	blocked func(*pair) string
	doubt   bool // a blocked pair is worth a person's look
}

// ladder is the one ordered table of matchers: the first rung on which two
// agree decides. A rung never looks at an address alone, but for the last one,
// where neither side has anything better.
var ladder = []matcher{
	{"same-record", evRecord, func(i *identity) []string { return i.records }, blockedRecord, false},
	{"same-scan", evScan, func(i *identity) []string { return i.scans }, blockedScan, false},
	{"serial+vendor", evSerial, serialKeys, blockedSerial, true},
	{"system-uuid", evUUID, func(i *identity) []string { return i.uuids }, blockedUUID, true},
	{"engine-id", evEngine, func(i *identity) []string { return i.engines }, blockedEngine, true},
	{"stable-mac", evMAC, func(i *identity) []string { return i.macs }, blockedMAC, true},
	{"agent-id", evAgent, func(i *identity) []string { return i.agents }, blockedAgent, true},
	{"main-board", evBoard, boardKeysOf, blockedBoard, false},
	{"hostname+site", evHost, (*identity).names, blockedHost, false},
	{"source-ref", evRef, func(i *identity) []string { return i.refs }, blockedRef, false},
	{"takes-turns", evTurns, soleNames, blockedTurns, false},
	{"address-of-bare", evAddress, func(i *identity) []string { return i.addrs }, blockedAddress, false},
}

func ownSerials(i *identity) []string {
	keys := make([]string, len(i.serials))
	for n, s := range i.serials {
		keys[n] = s.key
	}
	return keys
}

func serialKeys(i *identity) []string {
	keys := ownSerials(i)
	if len(i.members) > 1 { // a stack is also found by the member that led before
		keys = append(keys, i.members...)
	}
	return keys
}

// pair is two identities that may be one thing.
type pair struct {
	a, b *identity
	ev   evidence
	// sharedMACs counts the hardware addresses that both have.
	sharedMACs int
	// laptopNamed tells that the name one of them says belongs to a laptop that
	// is neither: it may be that laptop on a borrowed dock.
	laptopNamed bool
	// staleName tells that the name one of them says belongs to a third that had
	// the same address before, or that cannot be where it was read: the name
	// follows the address, not the machine.
	staleName bool
}

// compare weighs two identities.
func compare(a, b *identity) pair {
	p := pair{a: a, b: b}
	if shared(a.records, b.records) > 0 {
		p.ev[evRecord] = agrees
	}
	p.ev[evScan] = sets(a.scans, b.scans)
	if a.bmc == b.bmc {
		p.ev[evSerial] = serials(a, b)
		p.ev[evUUID] = sets(a.uuids, b.uuids)
		p.ev[evHost] = sets(a.names(), b.names())
	} else {
		// A board and its server share these; a board and another server do not.
		if !stacked(a, b) {
			p.ev[evSerial] = unlikeOrSilent(boardKeys(ownSerials(a)), boardKeys(ownSerials(b)))
		}
		p.ev[evUUID] = unlikeOrSilent(boardKeys(a.uuids), boardKeys(b.uuids))
	}
	p.ev[evEngine] = sets(a.engines, b.engines)
	if p.ev[evAgent] = sets(a.agents, b.agents); p.ev[evAgent] == differs && (a.fickle() || b.fickle()) {
		p.ev[evAgent] = silent
	}
	if p.ev[evAgent] == differs && twoAgents(a, b) {
		p.ev[evAgent] = silent
	}
	p.ev[evDisk] = sets(a.disks, b.disks)
	p.ev[evAddress] = sets(a.addrs, b.addrs)
	p.ev[evRef] = refs(a.refs, b.refs)
	p.ev[evMAC], p.sharedMACs = macSets(a.macs, b.macs)
	p.ev[evBoard] = boardReplaced(a, b)
	if p.ev[evMAC] == differs || (len(a.macs) == 0) != (len(b.macs) == 0) {
		p.ev[evTurns] = takeTurns(a, b)
	}
	return p
}

// twoAgents tells that two agents sit on one machine, or one was installed anew:
// both tell its name, and the same address of one site with the same network
// card, though the card's address is made up. A clone beside its master has
// another address.
func twoAgents(a, b *identity) bool {
	if len(a.spoke) == 0 && len(a.agents) == 0 || len(b.spoke) == 0 && len(b.agents) == 0 {
		return false
	}
	return shared(a.hosts, b.hosts) > 0 && shared(a.addrs, b.addrs) > 0 && shared(a.made, b.made) > 0 &&
		sets(ownSerials(a), ownSerials(b)) != differs && sets(a.uuids, b.uuids) != differs
}

// boardKeys gives keys as the server tells them, sorted.
func boardKeys(keys []string) []string {
	plain := make([]string, len(keys))
	for i, k := range keys {
		plain[i] = strings.TrimPrefix(k, boardPrefix)
	}
	slices.Sort(plain)
	return plain
}

func unlikeOrSilent(a, b []string) verdict {
	if v := sets(a, b); v == differs {
		return differs
	}
	return silent
}

// sets compares two sorted lists.
func sets(a, b []string) verdict {
	switch {
	case len(a) == 0 || len(b) == 0:
		return silent
	case shared(a, b) > 0:
		return agrees
	}
	return differs
}

// shared counts what two sorted lists have in common.
func shared(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c == 0:
			n++
			i++
			j++
		case c < 0:
			i++
		default:
			j++
		}
	}
	return n
}

// macSets asks for more than half of the smaller set: one dock that two laptops
// have used is not the machine.
func macSets(a, b []string) (verdict, int) {
	if len(a) == 0 || len(b) == 0 {
		return silent, 0
	}
	n := shared(a, b)
	switch {
	case n == 0:
		return differs, 0
	case 2*n > min(len(a), len(b)):
		return agrees, n
	}
	return silent, n
}

// refs compares ids of records, source by source: two rows of one file are two
// things until something says otherwise.
func refs(a, b []string) verdict {
	if shared(a, b) > 0 {
		return agrees
	}
	for _, x := range a {
		source, _, _ := strings.Cut(x, ":")
		for _, y := range b {
			if strings.HasPrefix(y, source+":") {
				return differs
			}
		}
	}
	return silent
}

// serials compares serials with their makers. The members of a stack lead in
// turn: two records of one stack may tell different ones.
func serials(a, b *identity) verdict {
	if len(a.serials) == 0 || len(b.serials) == 0 {
		return silent
	}
	unlike := false
	for _, x := range a.serials {
		for _, y := range b.serials {
			if x.key != y.key {
				continue
			}
			if x.vendor == y.vendor && x.vendor != "" || (x.vendor == "" || y.vendor == "") && tellsAlone(x.key) {
				return agrees
			}
			unlike = true
		}
	}
	if stacked(a, b) {
		return agrees
	}
	if unlike {
		return silent // the same digits from two makers, or too few to tell without one
	}
	return differs
}

// tellsAlone tells that a serial is rare enough to stand without its maker.
func tellsAlone(key string) bool {
	key = strings.TrimPrefix(key, boardPrefix)
	letters := strings.IndexFunc(key, func(r rune) bool { return r >= 'A' }) >= 0
	return len(key) >= 8 || letters && len(key) >= 6
}

// stacked tells that each leads a stack in which the other is a member.
func stacked(a, b *identity) bool {
	if len(a.members) < 2 || len(b.members) < 2 || len(a.serials) == 0 || len(b.serials) == 0 {
		return false
	}
	for _, s := range a.serials {
		if !slices.Contains(b.members, strings.TrimPrefix(s.key, boardPrefix)) {
			return false
		}
	}
	for _, s := range b.serials {
		if !slices.Contains(a.members, strings.TrimPrefix(s.key, boardPrefix)) {
			return false
		}
	}
	// Records of single members stay their own: at most one of them is here.
	alone := slices.Concat(a.alone, b.alone)
	slices.Sort(alone)
	return len(slices.Compact(alone)) <= 1
}

// against gives the first of the kinds that differs, in words; "" when none does.
func (p *pair) against(kinds ...int) string {
	for _, k := range kinds {
		if p.ev[k] == differs {
			return "different " + evidenceName[k]
		}
	}
	return ""
}

var evidenceName = [evKinds]string{
	evRecord: "records", evScan: "scan", evSerial: "serials", evUUID: "system UUIDs", evEngine: "engine ids", evMAC: "hardware addresses",
	evAgent: "agent ids", evHost: "host names", evRef: "record ids", evAddress: "addresses", evDisk: "disks",
	evBoard: "boards", evTurns: "turns",
}

func (p *pair) count(v verdict, kinds ...int) int {
	n := 0
	for _, k := range kinds {
		if p.ev[k] == v {
			n++
		}
	}
	return n
}
