package scanner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parc/inventory"
)

// clue is one text that the network shows of a host without being asked for a
// password: a banner, a title, a name. The signals in data/ say what it tells.
type clue struct {
	kind  string // one of the kinds that signals may be on
	text  string
	group string // clues of one group are not independent of each other
	from  string // where it was read: "nmap:443/tcp:http-title"
	scale int    // how far the clue itself can be trusted, in percent; 0 is 100
}

// claim is what a clue or a protocol says of one field, with a weight: how
// likely it is right, in percent, were it alone.
type claim struct {
	field  inventory.Field
	value  string
	weight int
	group  string
	from   string
}

// evidence is all that was gathered of one host.
type evidence struct {
	clues  []clue
	claims []claim
	ports  []int // open TCP ports
}

// The kinds of clues.
const (
	onMAC     = "mac-vendor"
	onName    = "hostname"
	onService = "service" // "22/tcp ssh OpenSSH 8.4p1 Debian 5+deb11u1 (protocol 2.0)"
	onBanner  = "banner"  // what a service says by itself
	onDevice  = "device"  // nmap's word for the kind of device behind a service
	onSystem  = "system"  // nmap's word for the system behind a service
	onStack   = "stack"   // nmap's guess from the network stack
	onTitle   = "http-title"
	onServer  = "http-server"
	onRealm   = "http-realm"
	onBody    = "http-body" // the start of the page
	onSubject = "tls-subject"
	onIssuer  = "tls-issuer"
	onUPnP    = "upnp" // "deviceType manufacturer modelName modelNumber server"
	onMDNS    = "mdns" // a service type: "_ipp._tcp"
	onSIP     = "sip"  // what a telephone calls itself
	onSMB     = "smb"  // the system that a file server tells
	onPorts   = "ports"
)

var clueKinds = []string{
	onMAC, onName, onService, onBanner, onDevice, onSystem, onStack, onTitle, onServer, onRealm, onBody, onSubject, onIssuer, onUPnP, onMDNS,
	onSIP, onSMB, onPorts,
}

// groupOf tells which clues lean on the same thing, and so count once.
func groupOf(kind, where string) string {
	switch kind {
	case onTitle, onServer, onRealm, onBody:
		return "http"
	case onSubject, onIssuer:
		return "tls"
	case onService, onBanner, onDevice, onSystem:
		return "service " + where
	}
	return kind
}

// add keeps a clue; empty ones are none.
func (e *evidence) add(kind, text, where, from string) {
	if text = inventory.CleanTo(text, maxClue); text != "" {
		e.clues = append(e.clues, clue{kind: kind, text: text, group: groupOf(kind, where), from: from})
	}
}

const maxClue = 1000

// say keeps what a protocol itself tells of a field.
func (e *evidence) say(field inventory.Field, value string, weight int, group, from string) {
	if value = inventory.CleanTo(value, maxClue); value != "" {
		e.claims = append(e.claims, claim{field, value, weight, group, from})
	}
}

// verdict is what the claims on one field come to.
type verdict struct {
	value      string
	confidence inventory.Confidence
	from       string
}

const (
	mostSure     = 95 // no number of weak signals makes certainty
	leastSure    = 35 // less is not said: wrong is worse than unknown
	rivalWeight  = 0.8
	narrowEnough = 0.5
)

// weigh combines the claims on one field. Claims of different groups for the
// same value support each other (noisy or); the best rival counts against.
// relations tells which values are narrower words for others, and no rivals.
func weigh(claims []claim, relations map[string][]string) (verdict, bool) {
	type support struct {
		value  string
		chance float64 // that it is right
		best   claim
		groups map[string]float64
	}
	byKey := map[string]*support{}
	var all []*support
	for _, c := range claims {
		key := sameWord(c)
		s := byKey[key]
		if s == nil {
			s = &support{value: c.value, groups: map[string]float64{}, best: c}
			byKey[key] = s
			all = append(all, s)
		}
		if c.weight > s.best.weight {
			s.best = c
		}
		s.groups[c.group] = max(s.groups[c.group], float64(c.weight)/100)
	}
	for _, s := range all {
		doubt := 1.0
		for _, w := range s.groups {
			doubt *= 1 - w
		}
		s.chance = 1 - doubt
	}
	// A narrower word that is likely enough replaces the broad one.
	all = slices.DeleteFunc(all, func(broad *support) bool {
		return slices.ContainsFunc(all, func(narrow *support) bool {
			return narrow != broad && narrow.chance >= narrowEnough && covers(relations, narrow.value, broad.value)
		})
	})
	if len(all) == 0 {
		return verdict{}, false
	}
	slices.SortStableFunc(all, func(a, b *support) int {
		return cmp.Or(cmp.Compare(b.chance, a.chance), cmp.Compare(a.value, b.value))
	})
	first := all[0]
	chance := first.chance
	if len(all) > 1 {
		chance *= 1 - rivalWeight*all[1].chance
	}
	sure := min(int(chance*100+0.5), mostSure)
	if sure < leastSure {
		return verdict{}, false
	}
	from := first.best.from
	if others := len(first.groups) - 1; others > 0 {
		from = fmt.Sprintf("%s and %d more", from, others)
	}
	return verdict{first.best.value, inventory.Confidence(sure), from}, true
}

// sameWord gives what two claims have in common that say the same: a name with
// its domain and the name alone are one, and so are a model with and without
// its maker's trimmings.
func sameWord(c claim) string {
	word := strings.ToLower(c.value)
	switch c.field {
	case inventory.FieldHostname:
		word, _, _ = strings.Cut(word, ".")
	case inventory.FieldModel: // "HP LaserJet M402dn" and "LaserJet M402dn", "MFC-L2750DW series" and "MFC-L2750DW"
		for strings.HasPrefix(word, "hp ") {
			word = word[len("hp "):]
		}
		word = strings.TrimSuffix(word, " series")
	}
	return word
}

// covers tells that narrow is a narrower word for broad.
func covers(relations map[string][]string, narrow, broad string) bool {
	for _, key := range []string{narrow, "*"} {
		if slices.Contains(relations[key], broad) {
			return key != "*" || !slices.Contains(relations["*"], narrow)
		}
	}
	return false
}
