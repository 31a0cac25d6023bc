package inventory

import "slices"

// merge gives the identity of two that are one thing.
func merge(a, b *identity) identity {
	m := identity{
		serials: slices.Concat(a.serials, b.serials), members: slices.Concat(a.members, b.members), listed: slices.Concat(a.listed, b.listed), alone: slices.Concat(a.alone, b.alone),
		uuids: slices.Concat(a.uuids, b.uuids), engines: slices.Concat(a.engines, b.engines),
		macs: slices.Concat(a.macs, b.macs), agents: slices.Concat(a.agents, b.agents),
		hosts: slices.Concat(a.hosts, b.hosts), dns: slices.Concat(a.dns, b.dns), proven: proven(a, b), refs: slices.Concat(a.refs, b.refs),
		disks: slices.Concat(a.disks, b.disks), sites: slices.Concat(a.sites, b.sites),
		addrs: slices.Concat(a.addrs, b.addrs), scans: slices.Concat(a.scans, b.scans), records: slices.Concat(a.records, b.records),
		stays: slices.Concat(a.stays, b.stays), called: spans(a.called, b.called), echoes: spans(a.echoes, b.echoes),
		installed: slices.Concat(a.installed, b.installed), spoke: slices.Concat(a.spoke, b.spoke), met: slices.Concat(a.met, b.met),
		looks: looks{
			ports: slices.Concat(a.looks.ports, b.looks.ports), certs: slices.Concat(a.looks.certs, b.looks.certs),
			looked: a.looks.looked || b.looks.looked,
			says:   first(a.looks.says, b.looks.says), object: first(a.looks.object, b.looks.object), last: a.looks.last,
		},
		vendor: first(a.vendor, b.vendor), model: first(a.model, b.model), class: a.class, bmc: a.bmc || b.bmc, waits: a.waits || b.waits, roams: a.roams || b.roams, made: slices.Concat(a.made, b.made),
	}
	if b.looks.last.After(m.looks.last) {
		m.looks.last = b.looks.last
	}
	if m.class == "" || m.class == Unknown {
		m.class = b.class
	}
	if stacked(a, b) { // the stack keeps the serial it is known by when another member leads
		m.serials = slices.Clone(a.serials)
		for _, s := range b.serials {
			if slices.Contains(b.alone, s.key) {
				m.serials = slices.Clone(b.serials)
			}
		}
	}
	m.tidy()
	return m
}

// spans gives under which name a thing was from when to when, each name once.
func spans(a, b []stay) []stay {
	all := slices.Clone(a)
next:
	for _, s := range b {
		for i := range all {
			if all[i].address == s.address {
				if s.from.Before(all[i].from) {
					all[i].from = s.from
				}
				if s.to.After(all[i].to) {
					all[i].to = s.to
				}
				continue next
			}
		}
		all = append(all, s)
	}
	return all
}

// proven gives the names read from the network more than once.
func proven(a, b *identity) []string {
	all := slices.Concat(a.proven, b.proven)
	if a.looks.last.Sub(b.looks.last).Abs() >= provenAfter {
		for _, h := range a.dns {
			if slices.Contains(b.dns, h) {
				all = append(all, h)
			}
		}
	}
	return all
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
