package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type makerKeyRow struct {
	inventory.MakerKey
	Sealed string
}

// TableName says where the keys of makers are kept.
func (makerKeyRow) TableName() string { return "maker_keys" }

type warrantyLookupRow struct{ inventory.WarrantyLookup }

// TableName says where look-ups are kept.
func (warrantyLookupRow) TableName() string { return "warranty_lookups" }

// installation refuses who does not act for the whole installation.
func installation(scope inventory.Scope, what string) error {
	if !scope.All() {
		return inventory.Errorf(inventory.Forbidden, "%s belong to the whole installation: only an administrator may see or change them", what)
	}
	return nil
}

func makerKeyOwner(maker string) string { return "maker:" + maker }

// MakerKeys lists the keys of manufacturers' services with their secrets, by
// maker. One whose secret does not open with the key in use comes without it,
// and says so in Unreadable.
func (s *Store) MakerKeys(ctx context.Context, scope inventory.Scope) ([]inventory.MakerKey, error) {
	if err := installation(scope, "the keys of manufacturers"); err != nil {
		return nil, err
	}
	var rows []makerKeyRow
	if err := s.as(ctx, scope).Order("maker").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the keys of manufacturers")
	}
	keys := make([]inventory.MakerKey, len(rows))
	for i, row := range rows {
		text, err := s.sealer.open(makerKeyOwner(row.Maker), row.Sealed)
		switch {
		case errors.Is(err, errSealed):
			row.Unreadable = true
		case err != nil:
			return nil, fmt.Errorf("open the key of %s: %w", row.Maker, err)
		default:
			row.Secret = inventory.NewSecret(string(text))
		}
		keys[i] = row.MakerKey
	}
	return keys, nil
}

// SetMakerKey keeps the key of a manufacturer's service, its secret encrypted,
// in the place of the one before.
func (s *Store) SetMakerKey(ctx context.Context, scope inventory.Scope, key inventory.MakerKey) error {
	if err := installation(scope, "the keys of manufacturers"); err != nil {
		return err
	}
	sealed, err := s.sealer.seal(makerKeyOwner(key.Maker), []byte(key.Secret.Reveal()))
	if err != nil {
		return err
	}
	key.UpdatedAt = moment(s.now())
	row := makerKeyRow{key, sealed}
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "maker"}}, DoUpdates: clause.AssignmentColumns([]string{"login", "sealed", "updated_at"}),
		}).Create(&row).Error
	})
	return s.explain(err, "keep the key of "+key.Maker)
}

// DeleteMakerKey forgets the key of a manufacturer's service.
func (s *Store) DeleteMakerKey(ctx context.Context, scope inventory.Scope, maker string) error {
	if err := installation(scope, "the keys of manufacturers"); err != nil {
		return err
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		result := tx.Where("maker = ?", maker).Delete(&makerKeyRow{})
		if result.Error == nil && result.RowsAffected == 0 {
			return inventory.Errorf(inventory.NotFound, "there is no key of %s", maker)
		}
		return result.Error
	})
	return s.explain(err, "delete the key of "+maker)
}

// WarrantyLookups lists when makers were last asked about a client's assets.
func (s *Store) WarrantyLookups(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.WarrantyLookup, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []warrantyLookupRow
	if err := db.Where("client_id = ?", clientID).Order("asset_id, maker").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the warranty look-ups of client "+clientID)
	}
	lookups := make([]inventory.WarrantyLookup, len(rows))
	for i, row := range rows {
		lookups[i] = row.WarrantyLookup
	}
	return lookups, nil
}

// KeepWarranty keeps what a maker told of an asset: the coverages take the place
// of those that the maker told before; others' and people's stay.
func (s *Store) KeepWarranty(ctx context.Context, scope inventory.Scope, l inventory.WarrantyLookup, coverages []inventory.Coverage) error {
	l.AskedAt = moment(l.AskedAt)
	rows := make([]coverageRow, len(coverages))
	for i, c := range coverages {
		if err := c.Check(); err != nil {
			return err
		}
		c.ID, c.ClientID, c.AssetID, c.Source, c.FetchedAt = "", l.ClientID, l.AssetID, l.Maker, l.AskedAt
		s.stamp(&c.ID, &c.FetchedAt)
		rows[i] = coverageRow{Coverage: c}
	}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, l.ClientID); err != nil {
			return err
		}
		if err := s.seeAssets(tx, l.ClientID, []string{l.AssetID}); err != nil {
			return err
		}
		if err := tx.Where("client_id = ? AND asset_id = ? AND source = ?", l.ClientID, l.AssetID, l.Maker).Delete(&coverageRow{}).Error; err != nil {
			return err
		}
		if len(rows) > 0 {
			if err := tx.Create(&rows).Error; err != nil {
				return err
			}
		}
		return tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "asset_id"}, {Name: "maker"}},
			DoUpdates: clause.AssignmentColumns([]string{"serial", "asked_at", "unknown", "shipped"}),
		}).Create(&warrantyLookupRow{l}).Error
	})
	return s.explain(err, "keep the warranty of asset "+l.AssetID)
}
