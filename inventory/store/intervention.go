package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type interventionRow struct{ inventory.Intervention }

// TableName says where interventions are kept.
func (interventionRow) TableName() string { return "interventions" }

// Interventions lists interventions of a client, the latest opened first, in pages.
func (s *Store) Interventions(ctx context.Context, scope inventory.Scope, f inventory.InterventionFilter) ([]inventory.Intervention, string, error) {
	at, id, begun, err := timedPlace("intervention", f.Page.After)
	if err != nil {
		return nil, "", err
	}
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, f.ClientID); err != nil {
		return nil, "", err
	}
	q := db.Where("client_id = ?", f.ClientID)
	if f.AssetID != "" {
		q = q.Where("asset_id = ?", f.AssetID)
	}
	if f.ContractID != "" {
		q = q.Where("contract_id = ?", f.ContractID)
	}
	if !f.From.IsZero() {
		q = q.Where("opened_at >= ?", f.From.Time())
	}
	if !f.To.IsZero() {
		q = q.Where("opened_at < ?", f.To.AddDays(1).Time())
	}
	if begun {
		q = q.Where("(opened_at, id) < (?, ?)", at, id)
	}
	var rows []interventionRow
	if err := q.Order("opened_at DESC, id DESC").Limit(f.Page.Size() + 1).Find(&rows).Error; err != nil {
		return nil, "", s.explain(err, "list the interventions of client "+f.ClientID)
	}
	rows, last := page(rows, f.Page.Size())
	next := ""
	if last != nil {
		next = timedCursor("intervention", last.OpenedAt, last.ID)
	}
	interventions := make([]inventory.Intervention, len(rows))
	for i, row := range rows {
		interventions[i] = row.Intervention
	}
	return interventions, next, nil
}

// Intervention gives one intervention.
func (s *Store) Intervention(ctx context.Context, scope inventory.Scope, id string) (inventory.Intervention, error) {
	var row interventionRow
	err := s.take(s.as(ctx, scope), &row, "intervention", id)
	return row.Intervention, err
}

// AddIntervention logs work done for a client, on an asset and under a contract
// of the same client where they are named.
func (s *Store) AddIntervention(ctx context.Context, scope inventory.Scope, v inventory.Intervention) (inventory.Intervention, error) {
	if err := v.Check(); err != nil {
		return inventory.Intervention{}, err
	}
	s.stamp(&v.ID, &v.CreatedAt)
	row := interventionRow{v}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, v.ClientID); err != nil {
			return err
		}
		if err := s.seeAbout(tx, v); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return inventory.Intervention{}, s.explain(err, "log an intervention for client "+v.ClientID)
	}
	return row.Intervention, nil
}

// seeAbout refuses an intervention on what is not the client's.
func (s *Store) seeAbout(tx *gorm.DB, v inventory.Intervention) error {
	if v.AssetID != "" {
		if err := s.seeAssets(tx, v.ClientID, []string{v.AssetID}); err != nil {
			return err
		}
	}
	if v.ContractID == "" {
		return nil
	}
	var contract contractRow
	if err := s.take(tx, &contract, "contract", v.ContractID); err != nil {
		return err
	}
	if contract.ClientID != v.ClientID {
		return noSuch("contract", v.ContractID)
	}
	return nil
}

// UpdateIntervention changes an intervention: that somebody responded, that it is
// resolved, what it cost. It stays with its client.
func (s *Store) UpdateIntervention(ctx context.Context, scope inventory.Scope, v inventory.Intervention) (inventory.Intervention, error) {
	if err := v.Check(); err != nil {
		return inventory.Intervention{}, err
	}
	row := interventionRow{v}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var before interventionRow
		if err := s.take(tx, &before, "intervention", v.ID); err != nil {
			return err
		}
		row.ClientID, row.CreatedAt = before.ClientID, before.CreatedAt
		if err := s.seeAbout(tx, row.Intervention); err != nil {
			return err
		}
		return overwrite(tx, &row)
	})
	if err != nil {
		return inventory.Intervention{}, s.explain(err, "change intervention "+v.ID)
	}
	return row.Intervention, nil
}

// DeleteIntervention forgets an intervention.
func (s *Store) DeleteIntervention(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return s.removeOwner(tx, scope, &interventionRow{}, "intervention", id) })
	return s.explain(err, "delete intervention "+id)
}
