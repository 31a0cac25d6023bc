package store

import (
	"context"

	"parc/inventory"
)

type changeRow struct {
	inventory.Change
	OriginID string // the asset it was written for, before that asset joined another
}

// TableName says where changes are kept.
func (changeRow) TableName() string { return "changes" }

// History lists the changes of an asset, the newest first, in pages.
func (s *Store) History(ctx context.Context, scope inventory.Scope, assetID string, p inventory.Page) ([]inventory.Change, string, error) {
	at, id, begun, err := timedPlace("change", p.After)
	if err != nil {
		return nil, "", err
	}
	db := s.as(ctx, scope)
	var asset assetRow
	if err := s.take(db.Select("id", "client_id"), &asset, "asset", assetID); err != nil {
		return nil, "", err
	}
	q := db.Where("client_id = ? AND asset_id = ?", asset.ClientID, assetID)
	if begun {
		q = q.Where("(at, id) < (?, ?)", at, id)
	}
	var rows []changeRow
	if err := q.Order("at DESC, id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return nil, "", s.explain(err, "read the history of asset "+assetID)
	}
	rows, last := page(rows, p.Size())
	next := ""
	if last != nil {
		next = timedCursor("change", last.At, last.ID)
	}
	changes := make([]inventory.Change, len(rows))
	for i, row := range rows {
		changes[i] = row.Change
	}
	return changes, next, nil
}
