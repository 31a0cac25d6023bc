package store

import (
	"context"

	"gorm.io/gorm"

	"parc/inventory"
)

type priceRow struct{ inventory.Price }

// TableName says where prices are kept.
func (priceRow) TableName() string { return "prices" }

// Prices lists a client's price book, or the provider's for the client "", which
// everybody of a client reads: by class, the newest first.
func (s *Store) Prices(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Price, error) {
	db, err := s.readOwn(ctx, scope, clientID)
	if err != nil {
		return nil, err
	}
	var rows []priceRow
	if err := db.Where("client_id = ?", clientID).Order("class, day DESC, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the prices of client "+clientID)
	}
	prices := make([]inventory.Price, len(rows))
	for i, row := range rows {
		prices[i] = row.Price
	}
	return prices, nil
}

// Price gives one price, of a client in scope or the provider's.
func (s *Store) Price(ctx context.Context, scope inventory.Scope, id string) (inventory.Price, error) {
	var row priceRow
	err := s.take(s.as(ctx, scope), &row, "price", id)
	if inventory.CodeOf(err) != inventory.NotFound {
		return row.Price, err
	}
	db, own := s.readOwn(ctx, scope, "")
	if own != nil {
		return inventory.Price{}, err
	}
	err = s.take(db, &row, "price", id)
	return row.Price, err
}

// AddPrice keeps what a thing costs; for the client "" in the provider's price
// book, Forbidden for who does not see every client.
func (s *Store) AddPrice(ctx context.Context, scope inventory.Scope, p inventory.Price) (inventory.Price, error) {
	if err := p.Check(); err != nil {
		return inventory.Price{}, err
	}
	s.stamp(&p.ID, &p.CreatedAt)
	row := priceRow{p}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.mayWrite(tx, scope, p.ClientID); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return inventory.Price{}, s.explain(err, "add a price to client "+p.ClientID)
	}
	return row.Price, nil
}

// UpdatePrice changes a price; it stays in its book.
func (s *Store) UpdatePrice(ctx context.Context, scope inventory.Scope, p inventory.Price) (inventory.Price, error) {
	if err := p.Check(); err != nil {
		return inventory.Price{}, err
	}
	before, err := s.Price(ctx, scope, p.ID)
	if err != nil {
		return inventory.Price{}, err
	}
	row := priceRow{p}
	row.ClientID, row.CreatedAt = before.ClientID, before.CreatedAt
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.mayWrite(tx, scope, before.ClientID); err != nil {
			return err
		}
		if err := s.take(tx, &priceRow{}, "price", p.ID); err != nil {
			return err
		}
		return overwrite(tx, &row)
	})
	if err != nil {
		return inventory.Price{}, s.explain(err, "change price "+p.ID)
	}
	return row.Price, nil
}

// DeletePrice forgets a price.
func (s *Store) DeletePrice(ctx context.Context, scope inventory.Scope, id string) error {
	before, err := s.Price(ctx, scope, id)
	if err != nil {
		return err
	}
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.mayWrite(tx, scope, before.ClientID); err != nil {
			return err
		}
		return remove(tx, &priceRow{}, "price", id)
	})
	return s.explain(err, "delete price "+id)
}
