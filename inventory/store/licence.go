package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type licenceRow struct{ inventory.Licence }

// TableName says where licences are kept.
func (licenceRow) TableName() string { return "licences" }

// Licences lists the licences of a client, the oldest first; AssetIDs are sorted.
func (s *Store) Licences(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Licence, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []licenceRow
	if err := db.Where("client_id = ?", clientID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the licences of client "+clientID)
	}
	assets, err := licenceAssets.load(db, clientID)
	if err != nil {
		return nil, s.explain(err, "list the licences of client "+clientID)
	}
	licences := make([]inventory.Licence, len(rows))
	for i, row := range rows {
		row.AssetIDs = list(assets[row.ID])
		licences[i] = row.Licence
	}
	return licences, nil
}

// AddLicence keeps a client's right to use a product.
func (s *Store) AddLicence(ctx context.Context, scope inventory.Scope, l inventory.Licence) (inventory.Licence, error) {
	if err := l.Check(); err != nil {
		return inventory.Licence{}, err
	}
	l.AssetIDs = distinct(l.AssetIDs)
	s.stamp(&l.ID, &l.CreatedAt)
	row := licenceRow{l}
	err := s.addLinked(ctx, scope, l.ClientID, l.ID, l.AssetIDs, licenceAssets, &row)
	return row.Licence, err
}

// Licence gives one licence; AssetIDs are sorted.
func (s *Store) Licence(ctx context.Context, scope inventory.Scope, id string) (inventory.Licence, error) {
	db := s.as(ctx, scope)
	var row licenceRow
	if err := s.take(db, &row, "licence", id); err != nil {
		return inventory.Licence{}, err
	}
	ids, err := licenceAssets.of(db, row.ClientID, id)
	row.AssetIDs = ids
	return row.Licence, s.explain(err, "read licence "+id)
}

// UpdateLicence changes what people say of a licence; it stays with its client.
// What is impossible is Invalid and names its field.
func (s *Store) UpdateLicence(ctx context.Context, scope inventory.Scope, l inventory.Licence) (inventory.Licence, error) {
	if err := l.Check(); err != nil {
		return inventory.Licence{}, err
	}
	l.AssetIDs = distinct(l.AssetIDs)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var before licenceRow
		if err := s.take(tx, &before, "licence", l.ID); err != nil {
			return err
		}
		l.ClientID, l.CreatedAt = before.ClientID, before.CreatedAt
		return s.updateLinked(tx, l.ClientID, l.ID, l.AssetIDs, licenceAssets, &licenceRow{l})
	})
	if err != nil {
		return inventory.Licence{}, s.explain(err, "change licence "+l.ID)
	}
	return l, nil
}

// DeleteLicence forgets a licence.
func (s *Store) DeleteLicence(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return s.removeOwner(tx, scope, &licenceRow{}, "licence", id) })
	return s.explain(err, "delete licence "+id)
}
