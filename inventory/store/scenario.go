package store

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"

	"parc/inventory"
)

type scenarioRow struct{ inventory.Scenario }

// TableName says where scenarios are kept.
func (scenarioRow) TableName() string { return "scenarios" }

// Scenarios lists the scenarios of a client, the oldest first.
func (s *Store) Scenarios(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Scenario, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []scenarioRow
	if err := db.Where("client_id = ?", clientID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the scenarios of client "+clientID)
	}
	scenarios := make([]inventory.Scenario, len(rows))
	for i, row := range rows {
		scenarios[i] = row.Scenario
	}
	return scenarios, nil
}

// Scenario gives one scenario.
func (s *Store) Scenario(ctx context.Context, scope inventory.Scope, id string) (inventory.Scenario, error) {
	var row scenarioRow
	err := s.take(s.as(ctx, scope), &row, "scenario", id)
	return row.Scenario, err
}

// AddScenario keeps a set of choices for a budget. Assets that it pins are the
// client's; two scenarios of one name are a Conflict.
func (s *Store) AddScenario(ctx context.Context, scope inventory.Scope, sc inventory.Scenario) (inventory.Scenario, error) {
	if err := sc.Check(); err != nil {
		return inventory.Scenario{}, err
	}
	s.stamp(&sc.ID, &sc.CreatedAt)
	row := scenarioRow{sc}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, sc.ClientID); err != nil {
			return err
		}
		if err := s.seeAssets(tx, sc.ClientID, slices.Sorted(maps.Keys(sc.Pinned))); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return inventory.Scenario{}, s.explain(err, "add scenario "+sc.Name)
	}
	return row.Scenario, nil
}

// UpdateScenario changes a scenario; it stays with its client.
func (s *Store) UpdateScenario(ctx context.Context, scope inventory.Scope, sc inventory.Scenario) (inventory.Scenario, error) {
	if err := sc.Check(); err != nil {
		return inventory.Scenario{}, err
	}
	row := scenarioRow{sc}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var before scenarioRow
		if err := s.take(tx, &before, "scenario", sc.ID); err != nil {
			return err
		}
		row.ClientID, row.CreatedAt = before.ClientID, before.CreatedAt
		pinned := maps.Clone(sc.Pinned)
		for id := range before.Pinned { // an asset that is gone meanwhile may stay pinned
			delete(pinned, id)
		}
		if err := s.seeAssets(tx, row.ClientID, slices.Sorted(maps.Keys(pinned))); err != nil {
			return err
		}
		return overwrite(tx, &row)
	})
	if err != nil {
		return inventory.Scenario{}, s.explain(err, "change scenario "+sc.ID)
	}
	return row.Scenario, nil
}

// DeleteScenario forgets a scenario.
func (s *Store) DeleteScenario(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return remove(tx, &scenarioRow{}, "scenario", id) })
	return s.explain(err, "delete scenario "+id)
}
