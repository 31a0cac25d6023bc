package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type coverageRow struct {
	inventory.Coverage
	ImportID optional // the import that made it; none once a person has changed it
}

// TableName says where coverages are kept.
func (coverageRow) TableName() string { return "coverages" }

// Coverages lists the coverages of all assets of a client.
func (s *Store) Coverages(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Coverage, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []coverageRow
	if err := db.Where("client_id = ?", clientID).Order("asset_id, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the coverages of client "+clientID)
	}
	coverages := make([]inventory.Coverage, len(rows))
	for i, row := range rows {
		coverages[i] = row.Coverage
	}
	return coverages, nil
}

// AddCoverage keeps a coverage of an asset of the same client. An end before the
// start is Invalid.
func (s *Store) AddCoverage(ctx context.Context, scope inventory.Scope, c inventory.Coverage) (inventory.Coverage, error) {
	if err := c.Check(); err != nil {
		return inventory.Coverage{}, err
	}
	s.stamp(&c.ID, &c.FetchedAt)
	row := coverageRow{Coverage: c}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, c.ClientID); err != nil {
			return err
		}
		if err := s.seeAssets(tx, c.ClientID, []string{c.AssetID}); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return inventory.Coverage{}, s.explain(err, "add a coverage to asset "+c.AssetID)
	}
	return row.Coverage, nil
}

// Coverage gives one coverage.
func (s *Store) Coverage(ctx context.Context, scope inventory.Scope, id string) (inventory.Coverage, error) {
	var row coverageRow
	err := s.take(s.as(ctx, scope), &row, "coverage", id)
	return row.Coverage, err
}

// UpdateCoverage changes what is said of a coverage; it stays with its client.
// An end before the start is Invalid.
func (s *Store) UpdateCoverage(ctx context.Context, scope inventory.Scope, c inventory.Coverage) (inventory.Coverage, error) {
	if err := c.Check(); err != nil {
		return inventory.Coverage{}, err
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var before coverageRow
		if err := s.take(tx, &before, "coverage", c.ID); err != nil {
			return err
		}
		c.ClientID, c.FetchedAt = before.ClientID, moment(c.FetchedAt)
		if err := s.seeAssets(tx, c.ClientID, []string{c.AssetID}); err != nil {
			return err
		}
		return overwrite(tx, &coverageRow{Coverage: c})
	})
	if err != nil {
		return inventory.Coverage{}, s.explain(err, "change coverage "+c.ID)
	}
	return c, nil
}

// DeleteCoverage forgets a coverage.
func (s *Store) DeleteCoverage(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return remove(tx, &coverageRow{}, "coverage", id) })
	return s.explain(err, "delete coverage "+id)
}
