package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

// MergeAssets makes one asset of two because a person says so: all that belongs
// to the other goes to the asset, and the other goes. The two must be of one
// client. UndoDecision takes it back.
func (s *Store) MergeAssets(ctx context.Context, scope inventory.Scope, id, otherID string) (inventory.Asset, error) {
	err := s.decide(ctx, scope, id, func(a *application, into inventory.Asset) error {
		if id == otherID {
			return inventory.Errorf(inventory.Invalid, "asset %s cannot be merged with itself", id)
		}
		from, err := s.asset(a.tx, otherID)
		if err != nil {
			return err
		}
		if from.ClientID != into.ClientID {
			return noSuch("asset", otherID)
		}
		return a.merge(into, from)
	})
	if err != nil {
		return inventory.Asset{}, s.explain(err, "merge asset "+otherID+" into "+id)
	}
	return s.Asset(ctx, scope, id)
}

// decide runs do with the asset, read under its client's lock.
func (s *Store) decide(ctx context.Context, scope inventory.Scope, id string, do func(*application, inventory.Asset) error) error {
	return s.write(ctx, scope, func(tx *gorm.DB) error {
		first, err := s.asset(tx, id)
		if err != nil {
			return err
		}
		if err := s.lockClient(tx, scope, first.ClientID); err != nil {
			return err
		}
		asset, err := s.asset(tx, id)
		if err != nil {
			return err
		}
		return do(s.newApplication(tx, asset.ClientID, scope.Actor(), s.now(), inventory.Known{Assets: []inventory.Asset{asset}}), asset)
	})
}

// merge makes from part of into.
func (a *application) merge(into, from inventory.Asset) error {
	a.know(into, from)
	return a.plan(inventory.Merge(a.now, into, from))
}

// know tells the application how assets are now.
func (a *application) know(assets ...inventory.Asset) {
	for i := range assets {
		a.known[assets[i].ID] = &assets[i]
	}
}

// SplitAsset makes a new asset of the sightings given, with what they told; the
// rest stays, with coverages, licences and contracts. The two are told apart:
// scans do not join them again. It gives the new asset.
func (s *Store) SplitAsset(ctx context.Context, scope inventory.Scope, id string, sightings []inventory.Sighting) (inventory.Asset, error) {
	var made string
	err := s.decide(ctx, scope, id, func(a *application, asset inventory.Asset) error {
		away := func(source inventory.Source, ref string) bool {
			return slices.ContainsFunc(sightings, func(x inventory.Sighting) bool { return x.Source == source && x.Ref == ref })
		}
		ids, observations, err := a.told("asset_id = ?", id)
		if err != nil {
			return err
		}
		rest, part, err := inventory.Split(a.now, asset, observations, away)
		if err != nil {
			return err
		}
		made = part.ID
		err = a.plan(inventory.Plan{
			Create: []inventory.Asset{part}, Update: []inventory.Update{{Asset: rest}},
			Changes: []inventory.Change{
				{AssetID: id, Field: "split", New: part.ID, Because: inventory.ByHand},
				{AssetID: part.ID, Field: "created", Old: id, Because: inventory.ByHand},
			},
		})
		if err != nil {
			return err
		}
		var went []string
		for i, o := range observations {
			if away(o.Source, o.Ref) {
				went = append(went, ids[i])
			}
		}
		if err := a.assign("observations", "asset_id", went, part.ID); err != nil {
			return err
		}
		if err := a.tellApart(id, part.ID); err != nil {
			return err
		}
		return a.tx.Create(&joinRow{
			ID: inventory.NewID(a.now), ClientID: a.clientID, Kind: inventory.Halved, IntoID: id, FromID: part.ID,
			FromAsset: keptAsset(part), IntoAsset: keptAsset(asset), Moved: map[string][]string{"observations": went},
			Because: inventory.ByHand, Actor: a.actor, At: a.now,
		}).Error
	})
	if err != nil {
		return inventory.Asset{}, s.explain(err, "split asset "+id)
	}
	return s.Asset(ctx, scope, made)
}

// told gives observations that are kept, in the order in which they were.
func (a *application) told(where string, args ...any) (ids []string, observations []inventory.Observation, err error) {
	var rows []observationRow
	err = a.tx.Where("client_id = ?", a.clientID).Where(where, args...).Order("at, id").Find(&rows).Error
	if err != nil {
		return nil, nil, err
	}
	for i := range rows {
		o, err := rows[i].noun()
		if err != nil {
			return nil, nil, err
		}
		ids, observations = append(ids, rows[i].ID), append(observations, o)
	}
	return ids, observations, nil
}

func (r *observationRow) noun() (inventory.Observation, error) {
	o := inventory.Observation{
		ClientID: r.ClientID, SiteID: r.SiteID, At: r.At, Source: r.Source, Ref: r.Ref, ScanID: r.ScanID, Address: r.Address,
	}
	if err := r.Facts.decode(&o.Facts); err != nil {
		return o, fmt.Errorf("read observation %s: %w", r.ID, err)
	}
	if err := r.Details.decode(&o.Details); err != nil {
		return o, fmt.Errorf("read observation %s: %w", r.ID, err)
	}
	return o, nil
}

// assign sets a column of the client's rows with these ids.
func (a *application) assign(table, column string, ids []string, value string) error {
	for part := range slices.Chunk(ids, mostOnePage) {
		err := byHand(a.tx).Exec("UPDATE "+table+" SET "+column+" = ? WHERE client_id = ? AND id IN ?", value, a.clientID, part).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// tellApart keeps two assets from joining by themselves.
func (a *application) tellApart(one, other string) error {
	row := apartRow{ClientID: a.clientID, OneID: min(one, other), OtherID: max(one, other), At: a.now, Actor: a.actor}
	return a.tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// Decisions lists a client's merges and splits, by people and by the rules, the
// newest first, in pages.
func (s *Store) Decisions(ctx context.Context, scope inventory.Scope, clientID string, p inventory.Page) ([]inventory.Decision, string, error) {
	at, id, begun, err := timedPlace("decision", p.After)
	if err != nil {
		return nil, "", err
	}
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, "", err
	}
	q := db.Where("client_id = ?", clientID)
	if begun {
		q = q.Where("(at, id) < (?, ?)", at, id)
	}
	var rows []joinRow
	if err := q.Omit("into_asset", "moved").Order("at DESC, id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return nil, "", s.explain(err, "list the decisions of client "+clientID)
	}
	rows, last := page(rows, p.Size())
	next := ""
	if last != nil {
		next = timedCursor("decision", last.At, last.ID)
	}
	decisions := make([]inventory.Decision, len(rows))
	for i := range rows {
		decisions[i] = rows[i].noun()
	}
	return decisions, next, nil
}

func (r *joinRow) noun() inventory.Decision {
	other := r.FromAsset.Asset
	return inventory.Decision{
		ID: r.ID, ClientID: r.ClientID, Kind: r.Kind, IntoID: r.IntoID, OtherID: r.FromID, Because: r.Because, Actor: r.Actor, At: r.At,
		Other: strings.TrimSpace(strings.Join([]string{other.Hostname, other.Vendor, other.Model, other.Serial}, " ")), UndoneAt: r.UndoneAt, UndoneBy: r.UndoneBy,
	}
}

// UndoDecision takes a merge or a split back: both assets, their history and all
// that hung on them are as they were before it. What people pinned since stays
// pinned, and what was observed since is placed anew. A decision that is undone
// already, or on whose assets a later one was made, is a Conflict.
func (s *Store) UndoDecision(ctx context.Context, scope inventory.Scope, id string) (inventory.Decision, error) {
	var row joinRow
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.take(tx, &row, "decision", id); err != nil {
			return err
		}
		if err := s.lockClient(tx, scope, row.ClientID); err != nil {
			return err
		}
		if err := s.take(tx, &row, "decision", id); err != nil {
			return err
		}
		a := s.newApplication(tx, row.ClientID, scope.Actor(), s.now(), inventory.Known{})
		if err := a.undoable(&row); err != nil {
			return err
		}
		return a.undo(&row, row.Because != inventory.ByHand)
	})
	if err != nil {
		return inventory.Decision{}, s.explain(err, "undo decision "+id)
	}
	return row.noun(), nil
}

// undo takes a decision back that can be; see undoMerge for apart.
func (a *application) undo(row *joinRow, apart bool) error {
	var err error
	if row.Kind == inventory.Halved {
		err = a.undoSplit(row)
	} else {
		err = a.undoMerge(row, apart)
	}
	if err != nil {
		return err
	}
	row.UndoneAt, row.UndoneBy = &a.now, a.actor
	return update(a.tx, &joinRow{}, "decision", row.ID, map[string]any{"undone_at": a.now, "undone_by": a.actor})
}

// undoable refuses what is undone already and what a later decision rests on.
func (a *application) undoable(row *joinRow) error {
	if row.UndoneAt != nil {
		return inventory.Errorf(inventory.Conflict, "decision %s is undone already", row.ID)
	}
	both := []string{row.IntoID, row.FromID}
	var later []joinRow
	err := a.tx.Select("id", "client_id", "at").Where("client_id = ? AND undone_at IS NULL AND (into_id IN ? OR from_id IN ?)", a.clientID, both, both).
		Where("(at, id) > (?, ?)", row.At, row.ID).Order("at DESC, id DESC").Limit(1).Find(&later).Error
	if err != nil {
		return err
	}
	if len(later) > 0 {
		return inventory.Errorf(inventory.Conflict, "a later decision rests on decision %s: undo %s first", row.ID, later[0].ID)
	}
	return nil
}

// since gives what was observed of the assets after the decision.
func (a *application) since(at time.Time, assets ...string) ([]string, []inventory.Observation, error) {
	return a.told("asset_id IN ? AND recorded_at > ?", assets, at)
}
