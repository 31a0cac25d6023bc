package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type financingRow struct {
	inventory.Financing
	ImportID optional // the import that made it; none once a person has changed it
}

// TableName says where financings are kept.
func (financingRow) TableName() string { return "financings" }

// Financings lists the financings of a client, the oldest first, with their
// amendments; AssetIDs are sorted.
func (s *Store) Financings(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Financing, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []financingRow
	if err := db.Where("client_id = ?", clientID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the financings of client "+clientID)
	}
	assets, err := financingAssets.load(db, clientID)
	if err != nil {
		return nil, s.explain(err, "list the financings of client "+clientID)
	}
	amended, err := amendments(db, clientID, "")
	if err != nil {
		return nil, s.explain(err, "list the amendments of client "+clientID)
	}
	financings := make([]inventory.Financing, len(rows))
	for i, row := range rows {
		row.AssetIDs, row.Amendments = list(assets[row.ID]), amended[row.ID]
		financings[i] = row.Financing
	}
	return financings, nil
}

// AddFinancing keeps how assets of the same client are paid for.
func (s *Store) AddFinancing(ctx context.Context, scope inventory.Scope, f inventory.Financing) (inventory.Financing, error) {
	if err := f.Check(); err != nil {
		return inventory.Financing{}, err
	}
	f.AssetIDs = distinct(f.AssetIDs)
	s.stamp(&f.ID, &f.CreatedAt)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, f.ClientID); err != nil {
			return err
		}
		if err := s.seeAssets(tx, f.ClientID, f.AssetIDs); err != nil {
			return err
		}
		if err := tx.Create(&financingRow{Financing: f}).Error; err != nil {
			return err
		}
		if err := financingAssets.add(tx, f.ClientID, f.ID, f.AssetIDs); err != nil {
			return err
		}
		return s.keepAmendments(tx, &f)
	})
	return f, s.explain(err, "add to client "+f.ClientID)
}

// Financing gives one financing; AssetIDs are sorted.
func (s *Store) Financing(ctx context.Context, scope inventory.Scope, id string) (inventory.Financing, error) {
	db := s.as(ctx, scope)
	var row financingRow
	if err := s.take(db, &row, "financing", id); err != nil {
		return inventory.Financing{}, err
	}
	ids, err := financingAssets.of(db, row.ClientID, id)
	if err != nil {
		return inventory.Financing{}, s.explain(err, "read financing "+id)
	}
	amended, err := amendments(db, row.ClientID, id)
	row.AssetIDs, row.Amendments = ids, amended[id]
	return row.Financing, s.explain(err, "read financing "+id)
}

// UpdateFinancing changes what people say of a financing; it stays with its client.
// What is impossible is Invalid and names its field.
func (s *Store) UpdateFinancing(ctx context.Context, scope inventory.Scope, f inventory.Financing) (inventory.Financing, error) {
	if err := f.Check(); err != nil {
		return inventory.Financing{}, err
	}
	f.AssetIDs = distinct(f.AssetIDs)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var before financingRow
		if err := s.take(tx, &before, "financing", f.ID); err != nil {
			return err
		}
		f.ClientID, f.CreatedAt = before.ClientID, before.CreatedAt
		if err := s.updateLinked(tx, f.ClientID, f.ID, f.AssetIDs, financingAssets, &financingRow{Financing: f}); err != nil {
			return err
		}
		return s.keepAmendments(tx, &f)
	})
	if err != nil {
		return inventory.Financing{}, s.explain(err, "change financing "+f.ID)
	}
	return f, nil
}

// DeleteFinancing forgets a financing.
func (s *Store) DeleteFinancing(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return s.removeOwner(tx, scope, &financingRow{}, "financing", id) })
	return s.explain(err, "delete financing "+id)
}
