package inventory

import (
	"testing"
	"time"
)

func TestMissing(t *testing.T) {
	t.Parallel()
	now := day0.AddDate(1, 0, 0)
	seen := func(class Class, days float64, state State, source Source, pinned bool) *Asset {
		at := now.Add(-time.Duration(days * 24 * float64(time.Hour)))
		return &Asset{
			Class: class, State: state, LastSeen: at, Sightings: []Sighting{{Source: source, At: at}},
			Values: map[Field]Value{FieldState: {Value: string(state), Pinned: pinned}},
		}
	}
	patient := Settings{MissingDays: map[Class]int{Switch: 100, Monitor: 3, Server: 0}}
	for _, tc := range []struct {
		name     string
		settings Settings
		asset    *Asset
		want     bool
	}{
		{"a switch for two weeks", Settings{}, seen(Switch, 14, InService, FromSNMP, false), false},
		{"a switch for longer", Settings{}, seen(Switch, 14.1, InService, FromSNMP, false), true},
		{"a laptop for as long", Settings{}, seen(Laptop, 30, InService, FromAgent, false), false},
		{"a laptop for two months", Settings{}, seen(Laptop, 61, InService, FromAgent, false), true},
		{"a screen is on no network", Settings{}, seen(Monitor, 900, InService, FromAgent, false), false},
		{"of unknown class", Settings{}, seen(Unknown, 61, InService, FromNmap, false), true},
		{"a patient client's switch", patient, seen(Switch, 90, InService, FromSNMP, false), false},
		{"a client that counts screens", patient, seen(Monitor, 4, InService, FromAgent, false), true},
		{"a client that never misses servers", patient, seen(Server, 900, InService, FromAgent, false), false},
		{"known from a table only", Settings{}, seen(Switch, 900, InService, FromCSV, false), false},
		{"in stock", Settings{}, seen(Switch, 900, InStock, FromSNMP, false), false},
		{"retired", Settings{}, seen(Switch, 900, Retired, FromSNMP, false), false},
		{"a person said it is in service", Settings{}, seen(Switch, 900, InService, FromSNMP, true), false},
	} {
		if got := tc.settings.Missing(tc.asset, now); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
	if got := (Settings{}).ShortestPatience(); got != 14 {
		t.Errorf("shortest patience %d", got)
	}
	if CodeOf(Settings{MissingDays: map[Class]int{"toaster": 1}}.Check()) != Invalid || CodeOf(Settings{PersonalDays: -1}.Check()) != Invalid || patient.Check() != nil {
		t.Error("settings are checked")
	}
}

func TestIsPerson(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		value, person string
		want          bool
	}{
		{"marie.durand", "marie.durand", true}, {`DUPONT\Marie.Durand`, "marie.durand", true}, {"marie.durand@dupont.local", "marie.durand", true},
		{"Marie Durand", "marie durand", true}, {"marie.durandal", "marie.durand", false}, {"jean", "marie.durand", false}, {"", "x", false}, {"x", "", false},
	} {
		if got := IsPerson(tc.value, tc.person); got != tc.want {
			t.Errorf("%q, %q: %v", tc.value, tc.person, got)
		}
	}
}

func TestForgetInObservation(t *testing.T) {
	t.Parallel()
	o := obs(FromAgent, 0, "user=DUPONT\\marie, jean", "host=pc", "contact=marie")
	o.Details.Logins = []Login{{User: "marie"}, {User: "jean"}}
	rest, forgot := o.Forget("Marie")
	if !forgot || rest.Get(FieldUser) != "jean" || rest.Get(FieldContact) != "" || rest.Get(FieldHostname) != "pc" || len(rest.Details.Logins) != 1 {
		t.Errorf("%+v", rest)
	}
	if bare := o.WithoutPersonal(); bare.Get(FieldUser) != "" || len(bare.Details.Logins) != 0 || bare.Get(FieldHostname) != "pc" {
		t.Errorf("%+v", bare)
	}
	if o.Get(FieldContact) != "marie" || len(o.Details.Logins) != 2 {
		t.Error("the observation given has changed")
	}
	if _, forgot := o.Forget("paul"); forgot {
		t.Error("nobody of that name")
	}
}
