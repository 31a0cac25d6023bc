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
	if err := checkContract(c); err != nil {
		return inventory.Contract{}, err
	}
	c.AssetIDs, c.Services, c.SiteIDs, c.Levels = distinct(c.AssetIDs), list(c.Services), list(c.SiteIDs), list(c.Levels)
	s.stamp(&c.ID, &c.CreatedAt)
	row := contractRow{c}
	err := s.addLinked(ctx, scope, c.ClientID, c.ID, c.AssetIDs, contractAssets, &row)
	return row.Contract, err
}

func checkContract(c inventory.Contract) error {
	if err := inOrder(c.Start, ""); err != nil {
		return err
	}
	if err := checkMoney("contract", c.Price); err != nil {
		return err
	}
	return checkCounts("contract", c.Months, c.TacitMonths, c.NoticeMonths, c.PriceMonths)
}

// DeleteContract forgets a contract.
func (s *Store) DeleteContract(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return remove(tx, &contractRow{}, "contract", id) })
	return s.explain(err, "delete contract "+id)
}
