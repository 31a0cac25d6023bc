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
	if err := checkLicence(l); err != nil {
		return inventory.Licence{}, err
	}
	l.AssetIDs = distinct(l.AssetIDs)
	s.stamp(&l.ID, &l.CreatedAt)
	row := licenceRow{l}
	err := s.addLinked(ctx, scope, l.ClientID, l.ID, l.AssetIDs, licenceAssets, &row)
	return row.Licence, err
}

func checkLicence(l inventory.Licence) error {
	if err := inOrder(l.Start, l.End); err != nil {
		return err
	}
	if err := checkMoney("licence", l.UnitPrice); err != nil {
		return err
	}
	return checkCounts("licence", l.Quantity, l.PerMonths)
}

// DeleteLicence forgets a licence.
func (s *Store) DeleteLicence(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return remove(tx, &licenceRow{}, "licence", id) })
	return s.explain(err, "delete licence "+id)
}
