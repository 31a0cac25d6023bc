package store

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

// parts collects what changes in the identifiers and sightings of many assets.
type parts struct {
	identifiers []identifierRow
	sightings   []sightingRow
	lost        [][3]string // asset, kind, value
	unseen      [][3]string // asset, source, ref
}

// add compares an asset's parts with those stored; before is nil for a new asset.
func (p *parts) add(asset, before *inventory.Asset) {
	if before == nil {
		before = &inventory.Asset{}
	}
	p.addIdentifiers(asset, before)
	p.addSightings(asset, before)
}

// twoKeys tells one part of an asset from another.
type twoKeys struct{ a, b string }

func (p *parts) addIdentifiers(asset, before *inventory.Asset) {
	stored := make(map[twoKeys]bool, len(before.Identifiers))
	for _, i := range lookups(before) {
		stored[twoKeys{string(i.Kind), indexed(i.Value)}] = true
	}
	have := make(map[twoKeys]bool, len(asset.Identifiers))
	for _, i := range lookups(asset) {
		k := twoKeys{string(i.Kind), indexed(i.Value)}
		if have[k] {
			continue
		}
		have[k] = true
		if !stored[k] {
			p.identifiers = append(p.identifiers, identifierRow{ClientID: asset.ClientID, Kind: i.Kind, Value: k.b, AssetID: asset.ID})
		}
	}
	for k := range stored {
		if !have[k] {
			p.lost = append(p.lost, [3]string{asset.ID, k.a, k.b})
		}
	}
}

// lookups gives all by which an asset is found: its identifiers, and what a person
// has said of it.
func lookups(a *inventory.Asset) []inventory.Identifier {
	said := inventory.Observation{ClientID: a.ClientID, Source: inventory.FromHand}
	for _, field := range []inventory.Field{inventory.FieldSerial, inventory.FieldUUID, inventory.FieldMAC, inventory.FieldHostname} {
		if v := a.Values[field]; v.Pinned {
			said.Add(field, v.Value, "", inventory.Certain)
		}
	}
	if len(said.Facts) == 0 {
		return a.Identifiers
	}
	said.Add(inventory.FieldVendor, a.Vendor, "", inventory.Certain) // a serial counts with its maker
	return slices.Concat(a.Identifiers, said.Identifiers())
}

func (p *parts) addSightings(asset, before *inventory.Asset) {
	stored := make(map[twoKeys]inventory.Sighting, len(before.Sightings))
	for _, s := range before.Sightings {
		stored[twoKeys{string(s.Source), s.Ref}] = s
	}
	have := make(map[twoKeys]bool, len(asset.Sightings))
	for _, s := range asset.Sightings {
		s.AssetID, s.ClientID, s.Ref = asset.ID, asset.ClientID, indexed(s.Ref)
		s.FirstAt, s.At = moment(s.FirstAt), moment(s.At)
		k := twoKeys{string(s.Source), s.Ref}
		if have[k] {
			continue
		}
		have[k] = true
		if old, ok := stored[k]; !ok || old != s {
			p.sightings = append(p.sightings, sightingRow{s})
		}
	}
	for k := range stored {
		if !have[k] {
			p.unseen = append(p.unseen, [3]string{asset.ID, k.a, k.b})
		}
	}
}

// write stores the differences.
func (p *parts) write(a *application) error {
	if err := deleteTriples(a.tx, &identifierRow{}, a.clientID, "(asset_id, kind, value)", p.lost); err != nil {
		return err
	}
	if err := deleteTriples(a.tx, &sightingRow{}, a.clientID, "(asset_id, source, ref)", p.unseen); err != nil {
		return err
	}
	if err := p.writeIdentifiers(a); err != nil {
		return err
	}
	if len(p.sightings) == 0 {
		return nil
	}
	return a.tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "client_id"}, {Name: "asset_id"}, {Name: "source"}, {Name: "ref"}},
		DoUpdates: clause.AssignmentColumns([]string{"address", "scan_id", "first_at", "at"}),
	}).CreateInBatches(&p.sightings, mostOnePage).Error
}

func (p *parts) writeIdentifiers(a *application) error {
	tx, err := sqlTx(a.tx)
	if err != nil {
		return err
	}
	dialect := a.store.dialect
	// In the order of their index, neighbours are written together.
	slices.SortFunc(p.identifiers, func(x, y identifierRow) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Value, y.Value), cmp.Compare(x.AssetID, y.AssetID))
	})
	for part := range slices.Chunk(p.identifiers, mostOnePage) {
		var kinds, values, assets []string
		for _, row := range part {
			kinds, values, assets = append(kinds, string(row.Kind)), append(values, row.Value), append(assets, row.AssetID)
		}
		args := append([]any{a.clientID}, dialect.list(kinds, values, assets)...)
		if _, err := tx.ExecContext(a.tx.Statement.Context, dialect.addIdentifiers(len(part)), args...); err != nil {
			return err
		}
	}
	return nil
}

// deleteTriples deletes the rows whose three columns are among the triples.
func deleteTriples(tx *gorm.DB, model any, clientID, columns string, triples [][3]string) error {
	for part := range slices.Chunk(triples, mostOnePage) {
		values := make([]any, 0, 3*len(part))
		for _, t := range part {
			values = append(values, t[0], t[1], t[2])
		}
		// VALUES in brackets is the list of rows that both databases understand.
		rows := strings.TrimSuffix(strings.Repeat("(?,?,?),", len(part)), ",")
		err := tx.Where("client_id = ?", clientID).Where(columns+" IN (VALUES "+rows+")", values...).Delete(model).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// sorted gives the keys of a set in order.
func sorted[K cmp.Ordered, V any](set map[K]V) []K { return slices.Sorted(maps.Keys(set)) }

func compare(a, b string) int { return cmp.Compare(a, b) }
