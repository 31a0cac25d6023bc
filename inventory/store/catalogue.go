package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

// productBatch bounds the parameters of one statement.
const productBatch = 100

// Products gives the catalogue that an operator has loaded, by name; nothing
// when there is none. It belongs to no client: everybody's equipment is judged
// by it.
func (s *Store) Products(ctx context.Context, scope inventory.Scope) ([]inventory.Product, error) {
	var all []inventory.Product
	err := s.as(ctx, scope).Order("id").Find(&all).Error
	return all, s.explain(err, "read the catalogue")
}

// ProductsStamp gives when the catalogue was last replaced, so that a server
// knows when to read it again; the zero time when there is none.
func (s *Store) ProductsStamp(ctx context.Context, scope inventory.Scope) (time.Time, error) {
	var newest []inventory.Product
	err := s.as(ctx, scope).Select("id", "updated_at").Order("updated_at DESC").Limit(1).Find(&newest).Error
	if err != nil || len(newest) == 0 {
		return time.Time{}, s.explain(err, "read the catalogue")
	}
	return newest[0].UpdatedAt, nil
}

// ReplaceProducts puts a catalogue in the place of the one before, all of it or
// nothing. Forbidden for who does not see every client.
func (s *Store) ReplaceProducts(ctx context.Context, scope inventory.Scope, products []inventory.Product) error {
	if !scope.All() {
		return inventory.Errorf(inventory.Forbidden, "only who sees every client may replace the catalogue")
	}
	rows := make([]inventory.Product, len(products))
	for i, p := range products {
		if p.ID == "" || len(p.Releases) == 0 {
			return inventory.Errorf(inventory.Invalid, "a product of a catalogue needs a name and releases")
		}
		p.UpdatedAt = s.now()
		rows[i] = p
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := tx.Where("id <> ''").Delete(&inventory.Product{}).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		return tx.CreateInBatches(rows, productBatch).Error
	})
	return s.explain(err, "replace the catalogue")
}
