package inventory

import (
	"slices"
	"strings"
	"time"
)

// nameLife is how long a host name that is told no more still counts: names are
// given to the next machine.
const nameLife = 90 * 24 * time.Hour

// identifyAsset gives the identity of a remembered asset. What it holds is
// checked against the placeholder table again: the table may have learnt since.
func identifyAsset(a *Asset) identity {
	id := identity{
		class: a.Class, model: squeeze(a.Model), bmc: boardLike(a.Class, a.Model), waits: a.Doubt != "",
		looks: looks{last: a.LastSeen, says: a.Values[FieldDescription].Value, object: a.Values[FieldObjectID].Value},
	}
	if v := a.Values[FieldVendor]; v.Source != FromNmap || v.Confidence >= High {
		id.vendor = vendorKey(v.Value)
	}
	if a.SiteID != "" {
		id.sites = []string{a.SiteID}
	}
	names, heard, places := newest(a, IdentHostname), newest(a, IdentDNSName), newest(a, IdentAddress)
	for _, i := range a.Identifiers {
		switch i.Kind {
		case IdentHostname:
			id.called = spans(id.called, []stay{{i.Value, i.FirstSeen, i.LastSeen}})
			if names.Sub(i.LastSeen) <= nameLife {
				id.hosts = append(id.hosts, i.Value)
			}
		case IdentDNSName:
			id.called = spans(id.called, []stay{{i.Value, i.FirstSeen, i.LastSeen}})
			if heard.Sub(i.LastSeen) <= nameLife {
				id.dns = append(id.dns, i.Value)
				if i.LastSeen.Sub(i.FirstSeen) >= provenAfter {
					id.proven = append(id.proven, i.Value)
				}
			}
		case IdentEcho:
			id.echoes = append(id.echoes, stay{i.Value, i.FirstSeen, i.LastSeen})
		case IdentAddress:
			id.stays = append(id.stays, stay{i.Value, i.FirstSeen, i.LastSeen})
			if places.Sub(i.LastSeen) <= leaseLife {
				id.addrs = append(id.addrs, i.Value)
			}
		default:
			id.addIdentifier(i)
		}
	}
	id.addPinned(a)
	if v := a.Values[FieldFirstInstalled]; v.Source == FromAgent {
		id.installed = []string{v.Value}
	}
	for _, s := range a.Sightings {
		id.meet(s)
		id.records = append(id.records, recordKeys(s.Source, a.SiteID, s.Ref, s.Address, s.At)...)
		if k := addressKey("", s.Address); s.ScanID != "" && k != "" {
			id.scans = append(id.scans, s.ScanID+k)
		}
	}
	id.macs = slices.Clip(id.macs)
	parts := Details{Components: a.Details.Components}
	id.addDetails(&parts)
	id.wear(a.Values[FieldMAC].Value)
	for _, n := range a.Details.Interfaces {
		if !n.Virtual {
			id.wear(n.MAC)
		}
	}
	id.looks.add(&a.Details)
	id.alone = ownSerials(&id)
	id.tidy()
	return id
}

// meet notes when a scan or an agent met the thing.
func (id *identity) meet(s Sighting) {
	if !s.Source.live() {
		return
	}
	times := []time.Time{s.At}
	if !s.FirstAt.Equal(s.At) {
		times = append(times, s.FirstAt)
	}
	id.met = append(id.met, times...)
	if voice(s.Source, s.Ref) == FromAgent {
		id.spoke = append(id.spoke, times...)
	}
}

// recordKeys names one record of a source: by its own id, or by where it was
// made. One with neither has no name.
func recordKeys(s Source, site, ref, address string, at time.Time) []string {
	name := ref
	if name == "" || name == address {
		name = addressKey(site, address)
	}
	if name == "" {
		return nil
	}
	return []string{string(s) + "|" + name + "|" + at.UTC().Format(time.RFC3339Nano)}
}

func newest(a *Asset, kind IdentifierKind) time.Time {
	var t time.Time
	for _, i := range a.Identifiers {
		if i.Kind == kind && i.LastSeen.After(t) {
			t = i.LastSeen
		}
	}
	return t
}

func (id *identity) addIdentifier(i Identifier) {
	switch i.Kind {
	case IdentSerial:
		vendor, key, found := strings.Cut(i.Value, "/")
		if !found {
			vendor, key = "", i.Value
		}
		if !placeholderSerial(strings.TrimPrefix(key, boardPrefix)) {
			id.serials = append(id.serials, serialID{vendor, key})
		}
	case IdentUUID:
		if k := uuidKey(strings.TrimPrefix(i.Value, boardPrefix)); k != "" {
			id.uuids = append(id.uuids, i.Value)
		}
	case IdentEngineID:
		if k := engineKey(i.Value); k != "" {
			id.engines = append(id.engines, k)
		}
	case IdentMAC:
		if k := macKey(i.Value); k != "" {
			id.macs = append(id.macs, k)
		}
	case IdentMember:
		id.listed = append(id.listed, i.Value)
		id.members = append(id.members, i.Value)
	case IdentAgentID:
		id.agents = append(id.agents, i.Value)
	case IdentRef:
		id.refs = append(id.refs, i.Value)
	}
}

// addPinned takes in what a person has said of the asset.
func (id *identity) addPinned(a *Asset) {
	for field, v := range a.Values {
		if !v.Pinned {
			continue
		}
		switch field {
		case FieldSerial:
			if k := serialKey(v.Value); k != "" {
				id.serials = append(id.serials, serialID{id.vendor, id.qualify(k)})
			}
		case FieldUUID, FieldMAC, FieldHostname:
			id.addFact(Fact{Field: field, Value: v.Value})
		}
	}
}
