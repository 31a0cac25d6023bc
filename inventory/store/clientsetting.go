package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type settingsRow struct{ inventory.Settings }

// TableName says where settings are kept.
func (settingsRow) TableName() string { return "client_settings" }

// Settings gives a client's settings: parc's own where the client has made none.
func (s *Store) Settings(ctx context.Context, scope inventory.Scope, clientID string) (inventory.Settings, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return inventory.Settings{}, err
	}
	settings, err := settingsOf(db, clientID)
	return settings, s.explain(err, "read the settings of client "+clientID)
}

func settingsOf(db *gorm.DB, clientID string) (inventory.Settings, error) {
	var row settingsRow
	err := db.Where("client_id = ?", clientID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = nil
	}
	row.ClientID = clientID
	if row.MissingDays == nil {
		row.MissingDays = map[inventory.Class]int{}
	}
	return row.Settings, err
}

// UpdateSettings keeps a client's settings. Leaving personal data out counts for
// what is collected from now on.
func (s *Store) UpdateSettings(ctx context.Context, scope inventory.Scope, settings inventory.Settings) (inventory.Settings, error) {
	if err := settings.Check(); err != nil {
		return inventory.Settings{}, err
	}
	settings.UpdatedAt = s.now()
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, settings.ClientID); err != nil {
			return err
		}
		return tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "client_id"}},
			DoUpdates: clause.AssignmentColumns([]string{"missing_days", "leave_personal", "personal_days", "updated_at"}),
		}).Create(&settingsRow{settings}).Error
	})
	if err != nil {
		return inventory.Settings{}, s.explain(err, "keep the settings of client "+settings.ClientID)
	}
	return s.Settings(ctx, scope, settings.ClientID)
}

// MarkMissing marks what has not been seen for longer than its class allows, and
// tells how many assets it marked. Being seen again takes the mark away.
func (s *Store) MarkMissing(ctx context.Context, scope inventory.Scope, clientID string) (marked int, err error) {
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.lockClient(tx, scope, clientID); err != nil {
			return err
		}
		settings, err := settingsOf(tx, clientID)
		if err != nil {
			return err
		}
		days := settings.ShortestPatience()
		if days == 0 {
			return nil
		}
		now := s.now()
		var ids []string
		err = tx.Model(&assetRow{}).Where("client_id = ? AND state = ? AND last_seen < ?", clientID, inventory.InService, now.AddDate(0, 0, -days)).
			Order("id").Pluck("id", &ids).Error
		if err != nil {
			return err
		}
		for part := range slices.Chunk(ids, mostOnePage) {
			n, err := s.markMissing(tx, scope, settings, part, now)
			if err != nil {
				return err
			}
			marked += n
		}
		return nil
	})
	return marked, s.explain(err, "mark what is missing of client "+clientID)
}

func (s *Store) markMissing(tx *gorm.DB, scope inventory.Scope, settings inventory.Settings, ids []string, now time.Time) (int, error) {
	assets, err := s.wholeAssets(tx, settings.ClientID, ids)
	if err != nil {
		return 0, err
	}
	var updates []inventory.Update
	for _, a := range assets {
		if !settings.Missing(&a, now) {
			continue
		}
		a.State, a.UpdatedAt = inventory.Missing, now
		updates = append(updates, inventory.Update{Asset: a, Changes: []inventory.Change{{
			At: now, Actor: "parc", Field: string(inventory.FieldState), Old: string(inventory.InService), New: string(inventory.Missing), Because: "not-seen",
		}}})
	}
	apply := s.newApplication(tx, settings.ClientID, scope.Actor(), now, inventory.Known{Assets: assets})
	return len(updates), apply.plan(inventory.Plan{Update: updates})
}

// wholeAssets gives the client's assets of these ids, whole.
func (s *Store) wholeAssets(tx *gorm.DB, clientID string, ids []string) ([]inventory.Asset, error) {
	var rows []assetRow
	if err := tx.Where("client_id = ? AND id IN ?", clientID, ids).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	assets, err := assetNouns(rows)
	if err != nil {
		return nil, err
	}
	return assets, loadSightings(tx, assets)
}

// Alerts lists what a person should look at soon: retired and disposed assets
// that were seen again, and that nobody has noted yet; the newest first.
func (s *Store) Alerts(ctx context.Context, scope inventory.Scope, clientID string, p inventory.Page) ([]inventory.Review, string, error) {
	return s.reviews(ctx, scope, clientID, p, func(q *gorm.DB) *gorm.DB {
		return q.Where("decided_at IS NULL AND kind = ?", inventory.ReviewRetired)
	})
}

// Housekeeping marks what is missing, drops personal data that is kept long
// enough and keys of licences that no asset has, client by client. One client's trouble does not keep the others from
// their turn.
func (s *Store) Housekeeping(ctx context.Context, scope inventory.Scope) error {
	var errs []error
	page := inventory.Page{Limit: inventory.MaxPage}
	for {
		clients, next, err := s.Clients(ctx, scope, inventory.ClientFilter{Page: page})
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, c := range clients {
			if ctx.Err() != nil {
				return errors.Join(append(errs, ctx.Err())...)
			}
			if _, err := s.MarkMissing(ctx, scope, c.ID); err != nil {
				errs = append(errs, err)
			}
			if _, err := s.ExpirePersonal(ctx, scope, c.ID); err != nil {
				errs = append(errs, err)
			}
			if _, err := s.DropLicenceKeys(ctx, scope, c.ID); err != nil {
				errs = append(errs, err)
			}
		}
		if next == "" {
			return errors.Join(errs...)
		}
		page.After = next
	}
}
