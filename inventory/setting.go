package inventory

import (
	"strings"
	"time"
)

// Settings are a client's choices of how its assets are remembered.
type Settings struct {
	ClientID string `json:"-" gorm:"primaryKey"`
	// MissingDays says, by class, after how many days without being seen an asset
	// in service counts as missing; 0 never. A class that is not named has parc's
	// own number, see MissingAfter.
	MissingDays map[Class]int `json:"missing_days" gorm:"serializer:json"`
	// LeavePersonal leaves personal data (see Field.Personal) out of what is
	// collected from now on.
	LeavePersonal bool `json:"leave_personal"`
	// PersonalDays is for how many days personal data is kept; 0 as long as the asset.
	PersonalDays int       `json:"personal_days"`
	UpdatedAt    time.Time `json:"updated_at"`
}

// missingAfter is parc's own patience, in days: what always runs, what is taken
// home, what is switched on now and then. What is not on a network is never
// missed.
var missingAfter = map[Class]int{
	Server: 14, Hypervisor: 14, VirtualMachine: 30, BMC: 14, Switch: 14, Router: 14, Firewall: 14, AccessPoint: 14, WLC: 14,
	LoadBalancer: 14, Gateway: 14, Modem: 30, WirelessBridge: 14, VoIPGateway: 14, NAS: 14, SAN: 14, UPS: 14, PDU: 14, ATS: 14,
	Desktop: 45, Workstation: 45, Laptop: 60, Mobile: 90, Printer: 45, Scanner: 60, Phone: 45, Camera: 14, NVR: 14,
	Monitor: 0, Projector: 0,
}

// missingDefault is the patience with every other class.
const missingDefault = 60

// MissingAfter gives after how many days an asset of the class counts as
// missing; 0 never.
func (s Settings) MissingAfter(c Class) int {
	if days, ok := s.MissingDays[c]; ok {
		return days
	}
	if days, ok := missingAfter[c]; ok {
		return days
	}
	return missingDefault
}

// ShortestPatience gives the least number of days after which anything counts
// as missing; 0 when nothing ever does.
func (s Settings) ShortestPatience() int {
	least := 0
	for _, c := range Classes() {
		if days := s.MissingAfter(c); days > 0 && (least == 0 || days < least) {
			least = days
		}
	}
	return least
}

// Missing tells that an asset counts as missing at that moment: in service, met
// by a scan or an agent once, and not seen for longer than its class allows.
// What a person said of its state stands.
func (s Settings) Missing(a *Asset, now time.Time) bool {
	days := s.MissingAfter(a.Class)
	if days <= 0 || a.State != InService || a.Doubt != "" || a.Values[FieldState].Pinned {
		return false
	}
	met := false
	for _, x := range a.Sightings {
		met = met || x.Source.live()
	}
	return met && now.Sub(a.LastSeen) > time.Duration(days)*24*time.Hour
}

// Check refuses settings that are none: Invalid.
func (s Settings) Check() error {
	const most = 3650
	for c, days := range s.MissingDays {
		if _, err := ParseClass(string(c)); err != nil {
			return err
		}
		if days < 0 || days > most {
			return Errorf(Invalid, "missing_days: %d days for %s are out of bounds: 0 to %d", days, c, most)
		}
	}
	if s.PersonalDays < 0 || s.PersonalDays > most {
		return Errorf(Invalid, "personal_days: %d is out of bounds: 0 to %d", s.PersonalDays, most)
	}
	return nil
}

// WithoutPersonal leaves personal data out of an observation.
func (o Observation) WithoutPersonal() Observation {
	o, _ = o.without(func(Field, string) bool { return true })
	return o
}

// Forget leaves out of an observation what names the person; forgot tells that
// something did.
func (o Observation) Forget(person string) (rest Observation, forgot bool) {
	return o.without(func(_ Field, value string) bool { return IsPerson(value, person) })
}

// without leaves out the personal values that drop names.
func (o Observation) without(drop func(Field, string) bool) (Observation, bool) {
	var facts []Fact
	dropped := false
	for _, f := range o.Facts {
		if !f.Field.Personal() {
			facts = append(facts, f)
			continue
		}
		value, changed := dropNames(f.Field, f.Value, drop)
		dropped = dropped || changed
		if value != "" {
			f.Value = value
			facts = append(facts, f)
		}
	}
	if dropped {
		o.Facts = facts
	}
	if logins, changed := dropLogins(o.Details.Logins, drop); changed {
		o.Details.Logins, dropped = logins, true
	}
	return o, dropped
}

// dropNames takes names out of a list of them in one text.
func dropNames(f Field, value string, drop func(Field, string) bool) (string, bool) {
	if drop(f, value) {
		return "", true
	}
	var kept []string
	changed := false
	for _, name := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' }) {
		if drop(f, strings.TrimSpace(name)) {
			changed = true
			continue
		}
		kept = append(kept, strings.TrimSpace(name))
	}
	if !changed {
		return value, false
	}
	return strings.Join(kept, ", "), true
}

func dropLogins(logins []Login, drop func(Field, string) bool) ([]Login, bool) {
	var kept []Login
	for _, l := range logins {
		if !drop(FieldUser, l.User) {
			kept = append(kept, l)
		}
	}
	if len(kept) == len(logins) {
		return logins, false
	}
	if kept == nil {
		kept = []Login{}
	}
	return kept, true
}

// IsPerson tells that a personal value names the person: as it stands, with a
// domain before it (DUPONT\marie) or behind it (marie@dupont.local), whatever
// the case.
func IsPerson(value, person string) bool {
	value, person = strings.TrimSpace(value), strings.TrimSpace(person)
	if person == "" || value == "" {
		return false
	}
	if strings.EqualFold(value, person) {
		return true
	}
	if i := strings.LastIndexAny(value, `\/`); i >= 0 && strings.EqualFold(value[i+1:], person) {
		return true
	}
	if i := strings.IndexByte(value, '@'); i > 0 && strings.EqualFold(value[:i], person) {
		return true
	}
	return false
}

// Forget takes what names the person out of an asset, pinned or not.
func (a *Asset) Forget(person string) bool {
	return a.dropPersonal(func(_ Field, v Value, name string) bool { return IsPerson(name, person) })
}

// ExpirePersonal takes personal data out of an asset that nobody has told since
// the moment.
func (a *Asset) ExpirePersonal(before time.Time) bool {
	logins := a.LastSeen.Before(before) && len(a.Details.Logins) > 0
	dropped := a.dropPersonal(func(_ Field, v Value, _ string) bool { return v.At.Before(before) })
	if logins {
		a.Details.Logins = []Login{}
	}
	return dropped || logins
}

func (a *Asset) dropPersonal(drop func(Field, Value, string) bool) bool {
	c := a.clone()
	dropped := false
	for f, v := range c.Values {
		if !f.Personal() {
			continue
		}
		value, changed := dropNames(f, v.Value, func(f Field, name string) bool { return drop(f, v, name) })
		if !changed {
			continue
		}
		dropped = true
		if value == "" {
			delete(c.Values, f)
			continue
		}
		v.Value = value
		c.Values[f] = v
	}
	if logins, changed := dropLogins(c.Details.Logins, func(f Field, name string) bool { return drop(f, Value{At: c.LastSeen}, name) }); changed {
		c.Details.Logins, dropped = logins, true
	}
	c.mirror()
	if dropped {
		*a = c
	}
	return dropped
}
