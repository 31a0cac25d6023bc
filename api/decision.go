package api

import (
	"context"

	"parc/inventory"
)

type mergeInput struct {
	ByID
	Body struct {
		With string `json:"with" minLength:"1" maxLength:"64" doc:"The asset that goes into this one."`
	}
}

func (s *Server) mergeAssets(ctx context.Context, in *mergeInput) (*oneOutput[inventory.Asset], error) {
	return one(s.Store.MergeAssets(ctx, scopeOf(ctx), in.ID, in.Body.With))
}

// SightingRef names one record of one source.
type SightingRef struct {
	Source string `json:"source" enum:"nmap,snmp,agent,csv,hand"`
	Ref    string `json:"ref" maxLength:"500"`
}

type splitInput struct {
	ByID
	Body struct {
		Sightings []SightingRef `json:"sightings" minItems:"1" maxItems:"5000" doc:"The records that are another asset's."`
	}
}

func (s *Server) splitAsset(ctx context.Context, in *splitInput) (*oneOutput[inventory.Asset], error) {
	sightings := make([]inventory.Sighting, len(in.Body.Sightings))
	for i, x := range in.Body.Sightings {
		sightings[i] = inventory.Sighting{Source: inventory.Source(x.Source), Ref: x.Ref}
	}
	return one(s.Store.SplitAsset(ctx, scopeOf(ctx), in.ID, sightings))
}

func (s *Server) listDecisions(ctx context.Context, in *historyInput) (*listOutput[inventory.Decision], error) {
	return part(s.Store.Decisions(ctx, scopeOf(ctx), in.ID, in.page()))
}

func (s *Server) undoDecision(ctx context.Context, in *ByID) (*oneOutput[inventory.Decision], error) {
	return one(s.Store.UndoDecision(ctx, scopeOf(ctx), in.ID))
}

type changesInput struct {
	ByID
	From string `query:"from" maxLength:"10" doc:"The first day, 2026-01-31; thirty days before the second when it is not given."`
	To   string `query:"to" maxLength:"10" doc:"The second day; today when it is not given."`
}

func (s *Server) listDifferences(ctx context.Context, in *changesInput) (*listOutput[inventory.Difference], error) {
	to := inventory.Day(in.To)
	if to == "" {
		to = s.today()
	}
	from := inventory.Day(in.From)
	if from == "" {
		from = to.AddDays(-30)
	}
	return whole(s.Store.Differences(ctx, scopeOf(ctx), in.ID, from, to))
}

// errEnough ends a walk over assets.
type errEnough struct{}

func (errEnough) Error() string { return "enough" }

// assetsAsOf is a part of the list of a past day. It is counted from the
// beginning: the past does not change between two parts.
func (s *Server) assetsAsOf(ctx context.Context, f inventory.AssetFilter, day inventory.Day) (*listOutput[ListedAsset], error) {
	skip, err := countCursor(f.Page.After)
	if err != nil {
		return nil, err
	}
	listed, next, n := []ListedAsset{}, "", 0
	err = s.Store.AssetsAsOf(ctx, scopeOf(ctx), f, day, func(a inventory.Asset) error {
		n++
		switch {
		case n <= skip:
		case len(listed) == f.Page.Size():
			next = countAfter(skip + len(listed))
			return errEnough{}
		default:
			a.Identifiers, a.Sightings, a.Values = nil, nil, nil
			listed = append(listed, ListedAsset{a, s.Judge.Support(a, day, "")})
		}
		return nil
	})
	if err != nil && next == "" {
		return nil, err
	}
	return part(listed, next, nil)
}

type settingsInput struct {
	ByID
	Body struct {
		MissingDays   map[string]int `json:"missing_days,omitempty" doc:"Class → days without being seen until it counts as missing; 0 never. Others have parc's own number."`
		LeavePersonal bool           `json:"leave_personal,omitempty" doc:"Leave user names and last logins out of what is collected."`
		PersonalDays  int            `json:"personal_days,omitempty" minimum:"0" maximum:"3650" doc:"Drop personal data after so many days; 0 keeps it."`
	}
}

func (s *Server) showSettings(ctx context.Context, in *ByID) (*oneOutput[inventory.Settings], error) {
	return one(s.Store.Settings(ctx, scopeOf(ctx), in.ID))
}

func (s *Server) putSettings(ctx context.Context, in *settingsInput) (*oneOutput[inventory.Settings], error) {
	settings := inventory.Settings{ClientID: in.ID, LeavePersonal: in.Body.LeavePersonal, PersonalDays: in.Body.PersonalDays, MissingDays: map[inventory.Class]int{}}
	for c, days := range in.Body.MissingDays {
		settings.MissingDays[inventory.Class(c)] = days
	}
	return one(s.Store.UpdateSettings(ctx, scopeOf(ctx), settings))
}

type forgetInput struct {
	ByID
	Body struct {
		Person string `json:"person" minLength:"1" maxLength:"200" doc:"The user's name, with or without its domain."`
	}
}

// Forgotten counts what was erased of a person.
type Forgotten struct {
	Erased int `json:"erased" doc:"Rows in which the person was named."`
}

func (s *Server) forgetPerson(ctx context.Context, in *forgetInput) (*oneOutput[Forgotten], error) {
	n, err := s.Store.Forget(ctx, scopeOf(ctx), in.ID, in.Body.Person)
	return one(Forgotten{n}, err)
}
