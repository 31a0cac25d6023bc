package scanner

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"parc/inventory"
	"parc/scanner/nmap"
	"parc/scanner/profile"
)

// hostObservation makes what the network says of a host, without a password,
// into an observation.
func (s *scan) hostObservation(a *asking) inventory.Observation {
	h := a.host
	o := inventory.Observation{
		At: s.Now().UTC(), Source: inventory.FromNmap, ScanID: s.ScanID, Address: h.Address.String(), Ref: h.Address.String(),
	}
	o.Add(inventory.FieldIP, o.Address, "nmap", inventory.High)
	if mac := cmpText(inventory.MAC(h.MAC), neighbour(h.Address)); mac != "" {
		o.Ref = mac
		o.Add(inventory.FieldMAC, mac, "nmap:arp", inventory.High)
	}
	a.evidence.profile(s.Profiles, h)
	for _, f := range s.knowledge.settle(a.evidence, s.Profiles.Vendor) {
		o.Add(f.Field, f.Value, f.From, f.Confidence)
	}
	o.Details.Looked = s.Ports
	o.Details.Services = make([]inventory.Service, 0, len(h.Services))
	for _, service := range h.Services {
		o.Details.Services = append(o.Details.Services, service.Service)
	}
	o.Details.Weaknesses = distinct(slices.Concat(weaknesses(h, s.Now()), a.weaknesses))
	if h.Uptime > 0 {
		boot := s.Now().Add(-h.Uptime).UTC().Truncate(time.Minute)
		o.Add(inventory.FieldLastBoot, boot.Format(time.RFC3339), "nmap:uptime", inventory.Low)
	}
	return o
}

// profile keeps what the device profiles say of the host by its services.
func (e *evidence) profile(set *profile.Set, h *nmap.Host) {
	given := profile.Given{MACVendor: h.MACVendor}
	for _, s := range h.Services {
		given.Services = append(given.Services, s.Service)
		given.CPEs = append(given.CPEs, s.CPEs...)
	}
	if len(h.Names) > 0 {
		given.Hostname = h.Names[0]
	}
	if len(h.Systems) > 0 {
		given.OS = h.Systems[0].Name
	}
	q := set.Inquire(given, inventory.DepthIdentity)
	q.Next()
	r := q.Result(time.Time{})
	if strings.HasPrefix(r.Profile, "_") {
		return // the one that stands in where none fits
	}
	for _, f := range r.Facts {
		if slices.Contains(weighed, f.Field) {
			e.say(f.Field, f.Value, min(int(f.Confidence), mostSure), "profile", "profile "+r.Profile)
		}
	}
}

// settle weighs the evidence: for each field the value that holds, with how
// sure it is. Vendors are called by their one name first, so that different
// spellings support each other.
func (k *knowledge) settle(e *evidence, vendor func(string) string) []inventory.Fact {
	claims := k.nameWindows(k.hear(e))
	for i, c := range claims {
		if c.field == inventory.FieldVendor {
			claims[i].value = vendor(c.value)
		}
	}
	var facts []inventory.Fact
	held := map[inventory.Field]string{}
	for _, field := range weighed {
		var on []claim
		for _, c := range claims {
			if c.field == field {
				on = append(on, c)
			}
		}
		v, ok := weigh(on, k.relations[field])
		if !ok || field == inventory.FieldOSVersion && held[inventory.FieldOSName] == "" {
			continue
		}
		held[field] = v.value
		facts = append(facts, inventory.Fact{Field: field, Value: v.value, From: v.from, Confidence: v.confidence})
	}
	facts = dropUnfit(facts, claims, held)
	for _, c := range claims {
		if c.field == inventory.FieldMAC {
			if mac := inventory.MAC(c.value); mac != "" {
				facts = append(facts, inventory.Fact{Field: inventory.FieldMAC, Value: mac, From: c.from, Confidence: inventory.Confidence(c.weight)})
			}
		}
	}
	return facts
}

// dropUnfit takes out the versions of a system that another won against: the
// version must have been said together with the name that holds.
func dropUnfit(facts []inventory.Fact, claims []claim, held map[inventory.Field]string) []inventory.Fact {
	together := func(dependent, on inventory.Field) bool {
		for _, c := range claims {
			if c.field != dependent || c.value != held[dependent] {
				continue
			}
			for _, d := range claims {
				if d.field == on && d.value == held[on] && d.from == c.from {
					return true
				}
			}
		}
		return false
	}
	return slices.DeleteFunc(facts, func(f inventory.Fact) bool {
		return f.Field == inventory.FieldOSVersion && !together(inventory.FieldOSVersion, inventory.FieldOSName)
	})
}

// weaknesses lists what nmap has seen for itself.
func weaknesses(h *nmap.Host, now time.Time) []inventory.Weakness {
	var out []inventory.Weakness
	add := func(kind inventory.WeaknessKind, port int, evidence string) {
		out = append(out, inventory.Weakness{Kind: kind, Port: port, Evidence: inventory.CleanTo(evidence, 300)})
	}
	if s, ok := nmap.Find(h.Scripts, "smb-protocols"); ok {
		for _, dialect := range s.All("dialects") {
			if strings.Contains(dialect, "NT LM 0.12") {
				add(inventory.WeakSMB1, 445, "speaks SMBv1 (NT LM 0.12)")
			}
		}
	}
	for _, s := range h.Services {
		if t := s.TLS; t != nil && !t.NotAfter.IsZero() && t.NotAfter.Before(now) {
			add(inventory.WeakTLSExpired, s.Port, fmt.Sprintf("certificate of %s expired on %s", cmpText(t.Subject, "no name"), t.NotAfter.Format(time.DateOnly)))
		}
		if r, ok := nmap.Find(s.Results, "ftp-anon"); ok && strings.Contains(r.Output, "Anonymous FTP login allowed") {
			add(inventory.WeakAnonymousFTP, s.Port, "lets anybody in as anonymous")
		}
		if r, ok := nmap.Find(s.Results, "ssl-enum-ciphers"); ok {
			for _, version := range []string{"SSLv3", "TLSv1.0", "TLSv1.1"} {
				if strings.Contains(r.Output, version+":") {
					add(inventory.WeakTLSVersion, s.Port, "takes "+version)
					break
				}
			}
		}
	}
	return out
}

// distinct keeps one of each kind on each port: nmap and we may both see it.
func distinct(all []inventory.Weakness) []inventory.Weakness {
	var out []inventory.Weakness
	for _, w := range all {
		if !slices.ContainsFunc(out, func(o inventory.Weakness) bool { return o.Kind == w.Kind && o.Port == w.Port }) {
			out = append(out, w)
		}
	}
	return out
}

// neighbourTable is where Linux tells which hardware addresses it has met.
const neighbourTable = "/proc/net/arp"

// neighbour gives the hardware address that this machine has met at an address
// of its own network; nmap tells it only with raw sockets. "" where there is
// none, or no such table.
func neighbour(a netip.Addr) string {
	if a.IsLoopback() || !a.Is4() {
		return ""
	}
	table, err := os.ReadFile(neighbourTable)
	if err != nil {
		return ""
	}
	return findNeighbour(string(table), a)
}

func findNeighbour(table string, a netip.Addr) string {
	for line := range strings.SplitSeq(table, "\n") {
		f := strings.Fields(line) // address, type, flags, hardware address, mask, device
		const complete = "0x2"
		if len(f) == 6 && f[0] == a.String() && f[2] == complete {
			return inventory.MAC(f[3])
		}
	}
	return ""
}
