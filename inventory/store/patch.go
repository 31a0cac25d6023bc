package store

import (
	"context"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

// PatchAsset changes what a person may change, and writes it to history. The
// values given are pinned: scans may disagree in Review, never overwrite. An
// empty value takes the pin away; what scans say then counts again.
func (s *Store) PatchAsset(ctx context.Context, scope inventory.Scope, id string, patch inventory.AssetPatch) (inventory.Asset, error) {
	var after inventory.Asset
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		first, err := s.asset(tx, id)
		if err != nil {
			return err
		}
		// Under the client's lock the asset is read again: a scan may have changed it.
		if err := s.lockClient(tx, scope, first.ClientID); err != nil {
			return err
		}
		before, err := s.asset(tx, id)
		if err != nil {
			return err
		}
		if patch.SiteID != nil {
			if err := s.seeSite(tx, before.ClientID, *patch.SiteID); err != nil {
				return err
			}
		}
		var changes []inventory.Change
		if after, changes, err = patched(before, patch, scope.Actor(), s.now()); err != nil || len(changes) == 0 {
			return err
		}
		known := inventory.Known{Assets: []inventory.Asset{before}}
		after.UpdatedAt = s.now()
		apply := s.newApplication(tx, before.ClientID, scope.Actor(), s.now(), known)
		return apply.plan(inventory.Plan{Update: []inventory.Update{{Asset: after, Changes: changes}}})
	})
	if err != nil {
		return inventory.Asset{}, s.explain(err, "change asset "+id)
	}
	return s.Asset(ctx, scope, id)
}

// patched gives the asset after the patch and what goes to history.
func patched(a inventory.Asset, patch inventory.AssetPatch, actor string, now time.Time) (inventory.Asset, []inventory.Change, error) {
	var changes []inventory.Change
	said := map[inventory.Field]string{} // what is pinned by this
	tell := func(field, old, new string) {
		changes = append(changes, inventory.Change{At: now, Actor: actor, Field: field, Old: old, New: new, Because: "hand"})
	}
	if patch.SiteID != nil && *patch.SiteID != a.SiteID {
		tell(string(inventory.FieldSite), a.SiteID, *patch.SiteID)
		a.SiteID = *patch.SiteID
		said[inventory.FieldSite] = a.SiteID
	}
	if patch.State != nil && *patch.State != a.State {
		if !slices.Contains(states, *patch.State) {
			return a, nil, inventory.Errorf(inventory.Invalid, "%q is no state of an asset", inventory.CleanTo(string(*patch.State), 40))
		}
		tell(string(inventory.FieldState), string(a.State), string(*patch.State))
		a.State = *patch.State
		said[inventory.FieldState] = string(a.State)
	}
	for _, field := range sorted(patch.Values) {
		value, err := checkValue(field, patch.Values[field])
		if err != nil {
			return a, nil, err
		}
		current := a.Values[field]
		switch {
		case value == "" && current.Pinned:
			tell("pin:"+string(field), current.Value, "")
			said[field] = ""
		case value != "" && (!current.Pinned || current.Value != value):
			tell(string(field), current.Value, value)
			said[field] = value
		}
	}
	pin(&a, said, now)
	mirror(&a)
	return a, changes, nil
}

// pin sets values that a person says; "" takes the pin away and leaves the value
// until a source tells another.
func pin(a *inventory.Asset, said map[inventory.Field]string, now time.Time) {
	a.Values = maps.Clone(a.Values)
	if a.Values == nil {
		a.Values = map[inventory.Field]inventory.Value{}
	}
	for field, value := range said {
		if value == "" {
			v := a.Values[field]
			v.Pinned = false
			a.Values[field] = v
			continue
		}
		a.Values[field] = inventory.Value{Value: value, Source: inventory.FromHand, Confidence: inventory.Certain, At: now, Pinned: true}
	}
}

var states = []inventory.State{
	inventory.InStock, inventory.InService, inventory.InRepair, inventory.Missing, inventory.Retired, inventory.Disposed,
}

// checkValue cleans a value that a person gives and refuses one that is none.
func checkValue(field inventory.Field, value string) (string, error) {
	if field == "" || len(field) > 40 || inventory.Clean(string(field)) != string(field) ||
		field == inventory.FieldSite || field == inventory.FieldState {
		return "", inventory.Errorf(inventory.Invalid, "%q is no value of an asset that can be given", inventory.CleanTo(string(field), 40))
	}
	value = inventory.Clean(value)
	switch {
	case value == "":
	case field.Check(value) != nil:
		return "", field.Check(value)
	case field == inventory.FieldClass:
		if _, err := inventory.ParseClass(value); err != nil {
			return "", err
		}
	case field == inventory.FieldIP:
		for _, text := range strings.Fields(value) {
			if _, err := netip.ParseAddr(text); err != nil {
				return "", inventory.Errorf(inventory.Invalid, "%q is no address", inventory.CleanTo(text, 60))
			}
		}
	}
	return value, nil
}

// mirror copies the values that lists and filters need to the flat fields.
func mirror(a *inventory.Asset) {
	get := func(f inventory.Field) string { return a.Values[f].Value }
	if c := get(inventory.FieldClass); c != "" {
		a.Class = inventory.Class(c)
	}
	a.Vendor, a.Model, a.Version = get(inventory.FieldVendor), get(inventory.FieldModel), get(inventory.FieldVersion)
	a.Serial, a.UUID, a.Hostname = get(inventory.FieldSerial), get(inventory.FieldUUID), get(inventory.FieldHostname)
	a.OSName, a.OSVersion, a.OSBuild = get(inventory.FieldOSName), get(inventory.FieldOSVersion), get(inventory.FieldOSBuild)
}
