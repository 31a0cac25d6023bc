package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"parc/inventory"
)

// errTried ends a transaction that was only tried.
var errTried = errors.New("tried")

// Import takes in a spreadsheet's rows as Record does, and the coverages that
// they tell: coverages[i] is of the asset that observations[i] is placed on,
// none where its End is unknown, and left out where the asset has one of the
// same kind, source and end. All goes in or nothing; with dry, all is worked out
// as it would be and nothing is kept. The plan says what became of each row.
func (s *Store) Import(ctx context.Context, scope inventory.Scope, clientID, siteID string, observations []inventory.Observation, coverages []inventory.Coverage, dry bool) (inventory.Plan, error) {
	var plan inventory.Plan
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var err error
		if plan, _, err = s.recordIn(tx, scope, clientID, siteID, observations); err != nil {
			return err
		}
		if err := s.importCoverages(tx, clientID, coverages, plan.Placed); err != nil {
			return err
		}
		if dry {
			return errTried
		}
		return nil
	})
	if errors.Is(err, errTried) {
		return plan, nil
	}
	if err != nil {
		return inventory.Plan{}, s.explain(err, "import rows for client "+clientID)
	}
	s.grow(ctx, len(plan.Create))
	return plan, nil
}

func (s *Store) importCoverages(tx *gorm.DB, clientID string, coverages []inventory.Coverage, placed []string) error {
	type same struct {
		asset, kind, source string
		end                 inventory.Day
	}
	var had []coverageRow
	if err := tx.Where("client_id = ? AND source = ?", clientID, string(inventory.FromCSV)).Find(&had).Error; err != nil {
		return err
	}
	known := map[same]bool{}
	for _, c := range had {
		known[same{c.AssetID, c.Kind, c.Source, c.End}] = true
	}
	var rows []coverageRow
	for i, c := range coverages {
		c.ClientID, c.AssetID = clientID, placed[i]
		key := same{c.AssetID, c.Kind, c.Source, c.End}
		if c.AssetID == "" || c.End.IsZero() || known[key] {
			continue
		}
		if err := c.Check(); err != nil {
			return err
		}
		known[key] = true
		s.stamp(&c.ID, &c.FetchedAt)
		rows = append(rows, coverageRow{c})
	}
	for part := range slices.Chunk(rows, 500) {
		if err := tx.Create(&part).Error; err != nil {
			return err
		}
	}
	return nil
}
