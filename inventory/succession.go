package inventory

import (
	"slices"
	"time"
)

// The two rungs of this file look at time: what follows each other, and what
// takes turns. They are the only ones that go against a contradiction, so each
// wants more than one witness and weeks of it.

// boardSettled is for how long each of the two boards must have reported: an
// image of a disk started elsewhere reports once or twice under its master's
// name, and is renamed then.
const boardSettled = 7 * 24 * time.Hour

// boardPause is how long a machine may be away to have its board replaced.
const boardPause = 60 * 24 * time.Hour

// boardReplaced tells that b is a with another main board, or the other way
// round: serial, UUID and network are new; the agent's installation, the name,
// the day on which the system was installed and the model are the same; and the
// one fell silent before the other spoke. Guests have no board: a clone of a
// guest looks the same.
func boardReplaced(a, b *identity) verdict {
	if shared(a.agents, b.agents) == 0 && (!a.fickle() || !b.fickle()) || shared(a.installed, b.installed) == 0 || shared(a.hosts, b.hosts) == 0 ||
		shared(a.sites, b.sites) == 0 || a.bmc || b.bmc {
		return silent
	}
	if a.model == "" || a.model != b.model || a.vendor != b.vendor || guest(a) || guest(b) ||
		sets(ownSerials(a), ownSerials(b)) != differs && sets(a.uuids, b.uuids) != differs {
		return silent
	}
	if sets(ownSerials(a), ownSerials(b)) == agrees || sets(a.uuids, b.uuids) == agrees {
		return silent // the ordinary rungs decide
	}
	first, second := a, b
	if len(a.spoke) == 0 || len(b.spoke) == 0 {
		return silent
	}
	if slices.MinFunc(b.spoke, time.Time.Compare).Before(slices.MinFunc(a.spoke, time.Time.Compare)) {
		first, second = b, a
	}
	from, to := slices.MinFunc(first.spoke, time.Time.Compare), slices.MaxFunc(first.spoke, time.Time.Compare)
	again, last := slices.MinFunc(second.spoke, time.Time.Compare), slices.MaxFunc(second.spoke, time.Time.Compare)
	pause := again.Sub(to)
	if pause <= 0 || pause > boardPause || to.Sub(from) < boardSettled || last.Sub(again) < boardSettled {
		return silent
	}
	return agrees
}

// manyAgents is how many agent ids a machine may have had, by being installed
// anew. More tells that its source gives every message an id of its own, which
// says nothing of the machine.
const manyAgents = 3

func (id *identity) fickle() bool { return len(id.agents) > manyAgents }

// boardKeysOf gives by what a replaced board is looked for: the agent's id, and
// the name, since one of the two may have too many ids for them to count.
func boardKeysOf(id *identity) []string {
	if len(id.spoke) == 0 || guest(id) {
		return nil
	}
	keys := make([]string, 0, len(id.hosts)+len(id.agents))
	for _, h := range id.hosts {
		keys = append(keys, "host "+h)
	}
	if !id.fickle() {
		keys = append(keys, id.agents...)
	}
	return keys
}

// guest tells that the thing runs in a hypervisor.
func guest(id *identity) bool {
	return id.class == VirtualMachine || len(id.macs) > 0 && guests(id.macs) || vendorOfGuests[id.vendor]
}

// vendorOfGuests are the makers that virtual machines name.
var vendorOfGuests = map[string]bool{"vmware": true, "qemu": true, "xen": true, "innotek": true, "parallels": true, "bochs": true, "redhat": true}

// What taking turns wants: so many sightings of each, and never both within
// the time that one round of a site may take.
const (
	turnsEach  = 5
	turnsRound = 12 * time.Hour
)

// takeTurns tells that a and b are two network cards of one machine: each has
// been seen many times, under one and the same name of one site and never under
// another, now the one and now the other, and never both in one round. What
// replaces a machine comes after it and not between; two machines of one name
// meet in some round.
func takeTurns(a, b *identity) verdict {
	x, y := soleName(a), soleName(b)
	if x == "" || x != y || len(a.met) < turnsEach || len(b.met) < turnsEach || shared(a.sites, b.sites) == 0 ||
		len(a.sites) != 1 || len(b.sites) != 1 || a.bmc || b.bmc {
		return silent
	}
	if strong := func(id *identity) int { return len(id.uuids) + len(id.engines) + len(id.agents) }; strong(a)+strong(b) > 0 {
		return silent // who tells more than its name and card tells all its cards
	}
	if guest(a) || guest(b) || !interleaved(a, b, x) {
		return silent
	}
	p := pair{a: a, b: b}
	if p.unlikeClass() || a.vendor != "" && b.vendor != "" && a.vendor != b.vendor || p.unlikeModel() {
		return silent
	}
	for _, t := range a.met {
		for _, u := range b.met {
			if t.Sub(u).Abs() < turnsRound {
				return silent
			}
		}
	}
	return agrees
}

// soleName gives the only name under which the thing was ever met; "" when it
// had none, or more than one.
func soleName(id *identity) string {
	name := ""
	for _, list := range [2][]stay{id.called, id.echoes} {
		for _, s := range list {
			if name != "" && s.address != name {
				return ""
			}
			name = s.address
		}
	}
	return name
}

// interleaved tells that both were called by the name in turns: each before the
// other's last time, by more than one sighting.
func interleaved(a, b *identity, name string) bool {
	span := func(id *identity) (from, to time.Time) {
		for _, list := range [2][]stay{id.called, id.echoes} {
			for _, s := range list {
				if s.address == name && (from.IsZero() || s.from.Before(from)) {
					from = s.from
				}
				if s.address == name && s.to.After(to) {
					to = s.to
				}
			}
		}
		return from, to
	}
	af, at := span(a)
	bf, bt := span(b)
	from, to := af, at
	if bf.After(from) {
		from = bf
	}
	if bt.Before(to) {
		to = bt
	}
	count := func(id *identity) (n int) {
		for _, t := range id.met {
			if !t.Before(from) && !t.After(to) {
				n++
			}
		}
		return n
	}
	return from.Before(to) && count(a) >= turnsEach-1 && count(b) >= turnsEach-1
}

// blockedBoard says what stands against a replaced board: nothing that is not
// part of the rule.
func blockedBoard(*pair) string { return "" }

func blockedTurns(p *pair) string { return p.against(evSerial, evUUID, evEngine, evAgent, evRef) }

func soleNames(id *identity) []string {
	if n := soleName(id); n != "" && len(id.met) >= turnsEach {
		return []string{n}
	}
	return nil
}
