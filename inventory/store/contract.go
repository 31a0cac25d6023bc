package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type contractRow struct{ inventory.Contract }

// TableName says where contracts are kept.
func (contractRow) TableName() string { return "contracts" }

// Contracts lists the contracts of a client, the oldest first; AssetIDs are sorted.
func (s *Store) Contracts(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Contract, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []contractRow
	if err := db.Where("client_id = ?", clientID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the contracts of client "+clientID)
	}
	assets, err := contractAssets.load(db, clientID)
	if err != nil {
		return nil, s.explain(err, "list the contracts of client "+clientID)
	}
	contracts := make([]inventory.Contract, len(rows))
	for i, row := range rows {
		row.AssetIDs = list(assets[row.ID])
		contracts[i] = row.Contract
	}
	return contracts, nil
}

// AddContract keeps a client's agreement.
func (s *Store) AddContract(ctx context.Context, scope inventory.Scope, c inventory.Contract) (inventory.Contract, error) {
	if err := c.Check(); err != nil {
		return inventory.Contract{}, err
	}
	c.AssetIDs, c.Services, c.SiteIDs, c.Levels = distinct(c.AssetIDs), list(c.Services), list(c.SiteIDs), list(c.Levels)
	s.stamp(&c.ID, &c.CreatedAt)
	row := contractRow{c}
	if err := s.seeSites(s.as(ctx, scope), c.ClientID, c.SiteIDs); err != nil {
		return inventory.Contract{}, err
	}
	err := s.addLinked(ctx, scope, c.ClientID, c.ID, c.AssetIDs, contractAssets, &row)
	return row.Contract, err
}

// Contract gives one contract; AssetIDs are sorted.
func (s *Store) Contract(ctx context.Context, scope inventory.Scope, id string) (inventory.Contract, error) {
	db := s.as(ctx, scope)
	var row contractRow
	if err := s.take(db, &row, "contract", id); err != nil {
		return inventory.Contract{}, err
	}
	ids, err := contractAssets.of(db, row.ClientID, id)
	row.AssetIDs = ids
	return row.Contract, s.explain(err, "read contract "+id)
}

// UpdateContract changes what people say of a contract; it stays with its client.
// What is impossible is Invalid and names its field.
func (s *Store) UpdateContract(ctx context.Context, scope inventory.Scope, c inventory.Contract) (inventory.Contract, error) {
	if err := c.Check(); err != nil {
		return inventory.Contract{}, err
	}
	c.AssetIDs, c.Services, c.SiteIDs, c.Levels = distinct(c.AssetIDs), list(c.Services), list(c.SiteIDs), list(c.Levels)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var before contractRow
		if err := s.take(tx, &before, "contract", c.ID); err != nil {
			return err
		}
		c.ClientID, c.CreatedAt = before.ClientID, before.CreatedAt
		if err := s.seeSites(tx, c.ClientID, c.SiteIDs); err != nil {
			return err
		}
		return s.updateLinked(tx, c.ClientID, c.ID, c.AssetIDs, contractAssets, &contractRow{c})
	})
	if err != nil {
		return inventory.Contract{}, s.explain(err, "change contract "+c.ID)
	}
	return c, nil
}

// seeSites refuses sites that are not there, not in scope or of another client.
func (s *Store) seeSites(db *gorm.DB, clientID string, ids []string) error {
	for _, id := range ids {
		if err := s.seeSite(db, clientID, id); err != nil {
			return err
		}
	}
	return nil
}

// DeleteContract forgets a contract; interventions under it stay, without it.
func (s *Store) DeleteContract(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.removeOwner(tx, scope, &contractRow{}, "contract", id); err != nil {
			return err
		}
		return tx.Model(&interventionRow{}).Where("contract_id = ?", id).Updates(map[string]any{"contract_id": ""}).Error
	})
	return s.explain(err, "delete contract "+id)
}
