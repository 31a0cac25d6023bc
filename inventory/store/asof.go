package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

// AssetsAsOf gives every asset of the filter as it was known at the end of a day
// (UTC): flat fields and values, without lists such as services and software.
// What joined later is two again, what was split later one. The filter's text,
// classes, states and site count as of that day.
func (s *Store) AssetsAsOf(ctx context.Context, scope inventory.Scope, f inventory.AssetFilter, day inventory.Day, yield func(inventory.Asset) error) error {
	at, err := endOf(day)
	if err != nil {
		return err
	}
	db := s.as(ctx, scope)
	if f.ClientID == "" {
		return inventory.Errorf(inventory.Invalid, "name the client whose past is asked for")
	}
	if err := s.seeClient(db, scope, f.ClientID); err != nil {
		return err
	}
	past, err := s.loadPast(db, f.ClientID, at)
	if err != nil {
		return s.explain(err, "read the decisions of client "+f.ClientID)
	}
	var held []inventory.Asset
	flush := func() error {
		assets, err := past.show(db, held)
		held = held[:0]
		if err != nil {
			return err
		}
		for _, a := range assets {
			if !wanted(&a, f) {
				continue
			}
			if err := yield(a); err != nil {
				return err
			}
		}
		return nil
	}
	add := func(a inventory.Asset) error {
		held = append(held, a)
		if len(held) >= fullPage {
			return flush()
		}
		return nil
	}
	err = s.AssetsFull(ctx, scope, inventory.AssetFilter{ClientID: f.ClientID}, func(a inventory.Asset) error {
		if before, ok := past.before[a.ID]; ok {
			a = before
		}
		return add(a)
	})
	for _, id := range past.gone {
		if err == nil {
			err = add(past.before[id])
		}
	}
	if err == nil {
		err = flush()
	}
	return s.explain(err, "read the assets as of "+string(day))
}

func endOf(day inventory.Day) (time.Time, error) {
	parsed, err := inventory.ParseDay(string(day))
	if err != nil {
		return time.Time{}, err
	}
	return parsed.Time().AddDate(0, 0, 1).Add(-time.Microsecond), nil
}

// wanted tells that an asset passes the filter; the page is not regarded.
func wanted(a *inventory.Asset, f inventory.AssetFilter) bool {
	return (f.SiteID == "" || a.SiteID == f.SiteID) &&
		(len(f.Classes) == 0 || slices.Contains(f.Classes, a.Class)) &&
		(len(f.States) == 0 || slices.Contains(f.States, a.State)) &&
		matchesText(a, f.Text)
}

// past is what a client's decisions after a moment say of its assets then.
type past struct {
	clientID string
	at       time.Time
	before   map[string]inventory.Asset // as they were before the first decision after the moment
	since    map[string]time.Time       // when that decision was
	gone     []string                   // of these, the ones that are no assets any more
	own      map[string][]string        // the changes that were of one that is gone
	foreign  map[string]bool            // the same, by change
}

func (s *Store) loadPast(db *gorm.DB, clientID string, at time.Time) (*past, error) {
	p := &past{clientID: clientID, at: at, before: map[string]inventory.Asset{}, since: map[string]time.Time{}, own: map[string][]string{}, foreign: map[string]bool{}}
	var rows []joinRow
	err := db.Where("client_id = ? AND (effective_at > ? OR effective_at IS NULL AND at > ?)", clientID, at, at).Order("at, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		when := row.At
		if row.EffectiveAt != nil {
			when = *row.EffectiveAt
		}
		p.note(row.IntoAsset.asset(), when)
		if row.Kind == inventory.Halved {
			continue
		}
		p.note(row.FromAsset.asset(), when)
		if row.UndoneAt == nil {
			p.gone = append(p.gone, row.FromID)
			p.own[row.FromID] = row.Moved["changes"]
			for _, id := range row.Moved["changes"] {
				p.foreign[id] = true
			}
		}
	}
	return p, nil
}

// note keeps how an asset was before the first decision on it.
func (p *past) note(a inventory.Asset, when time.Time) {
	if _, ok := p.before[a.ID]; !ok && a.ID != "" {
		p.before[a.ID], p.since[a.ID] = a, when
	}
}

// show takes back what changed after the moment.
func (p *past) show(db *gorm.DB, assets []inventory.Asset) ([]inventory.Asset, error) {
	if len(assets) == 0 {
		return nil, nil
	}
	var ids, moved []string
	for _, a := range assets {
		ids = append(ids, a.ID)
		moved = append(moved, p.own[a.ID]...)
	}
	var rows []changeRow
	err := db.Where("client_id = ? AND at > ? AND asset_id IN ?", p.clientID, p.at, ids).Order("at DESC, id DESC").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	later := map[string][]inventory.Change{}
	for _, row := range rows {
		since, decided := p.since[row.AssetID]
		if !p.foreign[row.ID] && (!decided || !row.At.After(since)) {
			later[row.AssetID] = append(later[row.AssetID], row.Change)
		}
	}
	for part := range slices.Chunk(moved, mostOnePage) {
		var rows []changeRow
		if err := db.Where("client_id = ? AND at > ? AND id IN ?", p.clientID, p.at, part).Order("at DESC, id DESC").Find(&rows).Error; err != nil {
			return nil, err
		}
		for id, list := range p.own {
			for _, row := range rows {
				if slices.Contains(list, row.ID) {
					later[id] = append(later[id], row.Change)
				}
			}
		}
	}
	actors, err := p.actors(db, ids)
	if err != nil {
		return nil, err
	}
	last, err := p.lastSeen(db, ids)
	if err != nil {
		return nil, err
	}
	var shown []inventory.Asset
	for _, a := range assets {
		then, ok := a.AsOf(p.at, later[a.ID], func(field string) string {
			return cmp.Or(actors[[2]string{a.ID, field}], actors[[2]string{a.ID, "created"}])
		})
		if !ok {
			continue
		}
		if seen, ok := last[a.ID]; ok && then.LastSeen.After(p.at) {
			then.LastSeen, then.Address = seen.At, seen.Address
		}
		shown = append(shown, then)
	}
	return shown, nil
}

// actors gives who set each field last before the moment.
func (p *past) actors(db *gorm.DB, ids []string) (map[[2]string]string, error) {
	var rows []struct{ AssetID, Field, Actor string }
	err := byHand(db).Raw("SELECT asset_id, field, actor FROM changes WHERE client_id = ? AND asset_id IN ? AND at <= ? ORDER BY at, id",
		p.clientID, ids, p.at).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	actors := make(map[[2]string]string, len(rows))
	for _, row := range rows {
		actors[[2]string{row.AssetID, row.Field}] = row.Actor
	}
	return actors, nil
}

type lastSeen struct {
	AssetID string
	At      time.Time
	Address string
}

// lastSeen gives when and where each asset was last seen before the moment.
func (p *past) lastSeen(db *gorm.DB, ids []string) (map[string]lastSeen, error) {
	var rows []observationRow
	err := db.Select("id", "client_id", "asset_id", "at", "address").
		Where("client_id = ? AND asset_id IN ? AND at <= ?", p.clientID, ids, p.at).
		Where("NOT EXISTS (SELECT 1 FROM observations later WHERE later.client_id = observations.client_id AND later.asset_id = observations.asset_id"+
			" AND later.at <= ? AND (later.at, later.id) > (observations.at, observations.id))", p.at).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	last := make(map[string]lastSeen, len(rows))
	for _, row := range rows {
		last[string(row.AssetID)] = lastSeen{string(row.AssetID), row.At, row.Address}
	}
	return last, nil
}

// Differences tells what became of a client's assets between the ends of two
// days (UTC): appeared, gone, moved, changed; in the order of assets on the
// second day, those not known on it last.
func (s *Store) Differences(ctx context.Context, scope inventory.Scope, clientID string, from, to inventory.Day) ([]inventory.Difference, error) {
	begin, err := endOf(from)
	if err != nil {
		return nil, err
	}
	end, err := endOf(to)
	if err != nil {
		return nil, err
	}
	if end.Before(begin) {
		return nil, inventory.Errorf(inventory.Invalid, "the first day, %s, is after the second, %s", from, to)
	}
	f := inventory.AssetFilter{ClientID: clientID}
	before := map[string]inventory.Asset{}
	var order []string
	err = s.AssetsAsOf(ctx, scope, f, from, func(a inventory.Asset) error {
		before[a.ID] = slim(a)
		order = append(order, a.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	differences := []inventory.Difference{}
	add := func(before, after *inventory.Asset) {
		if d, ok := inventory.Differ(before, after); ok {
			differences = append(differences, d)
		}
	}
	err = s.AssetsAsOf(ctx, scope, f, to, func(a inventory.Asset) error {
		if old, ok := before[a.ID]; ok {
			delete(before, a.ID)
			add(&old, &a)
		} else {
			add(nil, &a)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, id := range order {
		if old, ok := before[id]; ok {
			add(&old, nil)
		}
	}
	return differences, nil
}

// slim drops what comparing does not need.
func slim(a inventory.Asset) inventory.Asset {
	a.Identifiers, a.Sightings = nil, nil
	return a
}

// AssetAsOf gives one asset as it was known at the end of a day (UTC), with the
// lists that its sources had told by then. An asset that was not known yet is
// NotFound.
func (s *Store) AssetAsOf(ctx context.Context, scope inventory.Scope, id string, day inventory.Day) (inventory.Asset, error) {
	at, err := endOf(day)
	if err != nil {
		return inventory.Asset{}, err
	}
	db := s.as(ctx, scope)
	asset, err := s.asset(db, id)
	if err != nil {
		return inventory.Asset{}, err
	}
	past, err := s.loadPast(db, asset.ClientID, at)
	if err != nil {
		return inventory.Asset{}, s.explain(err, "read asset "+id)
	}
	if before, ok := past.before[id]; ok {
		asset = before
	}
	shown, err := past.show(db, []inventory.Asset{asset})
	if err != nil {
		return inventory.Asset{}, s.explain(err, "read asset "+id)
	}
	if len(shown) == 0 {
		return inventory.Asset{}, inventory.Errorf(inventory.NotFound, "asset %s was not known on %s", id, day)
	}
	a := s.newApplication(db, asset.ClientID, "", s.now(), inventory.Known{})
	_, observations, err := a.told("asset_id = ? AND at <= ?", id, at)
	if err != nil {
		return inventory.Asset{}, s.explain(err, "read asset "+id)
	}
	shown[0].Details = inventory.Rebuild(s.now(), shown[0], observations).Details
	return shown[0], nil
}
