package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type scheduleRow struct{ inventory.Schedule }

// TableName says where schedules are kept.
func (scheduleRow) TableName() string { return "schedules" }

func (r scheduleRow) noun() inventory.Schedule {
	r.Targets = list(r.Targets)
	return r.Schedule
}

// Schedules lists the schedules of a client, the oldest first.
func (s *Store) Schedules(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.Schedule, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []scheduleRow
	if err := db.Where("client_id = ?", clientID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the schedules of client "+clientID)
	}
	schedules := make([]inventory.Schedule, len(rows))
	for i, row := range rows {
		schedules[i] = row.noun()
	}
	return schedules, nil
}

// Schedule gives one schedule.
func (s *Store) Schedule(ctx context.Context, scope inventory.Scope, id string) (inventory.Schedule, error) {
	var row scheduleRow
	err := s.take(s.as(ctx, scope), &row, "schedule", id)
	return row.noun(), err
}

// CreateSchedule keeps a new schedule of a client's site. Its spec and time zone
// are the queue's to check. Without NextAt the dispatch works it out.
func (s *Store) CreateSchedule(ctx context.Context, scope inventory.Scope, sch inventory.Schedule) (inventory.Schedule, error) {
	s.stamp(&sch.ID, &sch.CreatedAt)
	row := scheduleRow{sch}
	row.Targets = list(row.Targets)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, sch.ClientID); err != nil {
			return err
		}
		if err := s.seeSite(tx, sch.ClientID, sch.SiteID); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return inventory.Schedule{}, s.explain(err, "add a schedule to client "+sch.ClientID)
	}
	return row.noun(), nil
}

// UpdateSchedule changes all but the client and the dates of creation and of the
// last run. When the spec, the time zone or Enabled change, the next run is
// worked out anew.
func (s *Store) UpdateSchedule(ctx context.Context, scope inventory.Scope, sch inventory.Schedule) (inventory.Schedule, error) {
	var row scheduleRow
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.take(tx.Clauses(clause.Locking{Strength: lockDue}), &row, "schedule", sch.ID); err != nil {
			return err
		}
		if sch.SiteID != row.SiteID {
			if err := s.seeSite(tx, row.ClientID, sch.SiteID); err != nil {
				return err
			}
		}
		next := row.NextAt
		if sch.Spec != row.Spec || sch.TimeZone != row.TimeZone || sch.Enabled != row.Enabled {
			next = nil
		}
		row.SiteID, row.Name, row.Targets, row.Depth = sch.SiteID, sch.Name, list(sch.Targets), sch.Depth
		row.Spec, row.TimeZone, row.Enabled, row.NextAt = sch.Spec, sch.TimeZone, sch.Enabled, next
		return tx.Model(&row).Select("site_id", "name", "targets", "depth", "spec", "time_zone", "enabled", "next_at").Updates(&row).Error
	})
	if err != nil {
		return inventory.Schedule{}, s.explain(err, "change schedule "+sch.ID)
	}
	return row.noun(), nil
}

// DeleteSchedule forgets a schedule; the scans it started stay.
func (s *Store) DeleteSchedule(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row scheduleRow
		if err := s.take(tx, &row, "schedule", id); err != nil {
			return err
		}
		err := tx.Model(&scanRow{}).Where("client_id = ? AND schedule_id = ?", row.ClientID, id).UpdateColumn("schedule_id", nil).Error
		if err != nil {
			return err
		}
		return remove(tx, &scheduleRow{}, "schedule", id)
	})
	return s.explain(err, "delete schedule "+id)
}

func (s *Store) seeSchedule(db *gorm.DB, clientID, id string) error {
	var row scheduleRow
	if err := s.take(db, &row, "schedule", id); err != nil {
		return err
	}
	if row.ClientID != clientID {
		return noSuch("schedule", id)
	}
	return nil
}

// ClaimDue gives every schedule that is due at now, one transaction each, to do
// and sets its next run to what do answers; the zero time switches it off. A
// schedule that has no next run yet comes with NextAt nil: it is not due, do only
// works out when it will be. However many servers call it at once, each due run
// is claimed by one. When do gives an error its transaction is rolled back, the
// schedule stays due, and the others go on; the errors come back together.
func (s *Store) ClaimDue(ctx context.Context, now time.Time, do func(tx *sql.Tx, sch inventory.Schedule) (next time.Time, err error)) error {
	var failed []string
	var errs []error
	for ctx.Err() == nil {
		id, err := s.claimOne(ctx, moment(now), failed, do)
		switch {
		case err != nil && id == "":
			return errors.Join(append(errs, s.explain(err, "look for due schedules"))...)
		case err != nil:
			failed = append(failed, id)
			errs = append(errs, s.explain(err, "run schedule "+id))
		case id == "":
			return errors.Join(errs...)
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}

// claimOne claims one due schedule that is not among those skipped; "" when there
// is none.
func (s *Store) claimOne(ctx context.Context, now time.Time, skip []string, do func(*sql.Tx, inventory.Schedule) (time.Time, error)) (string, error) {
	var row scheduleRow
	err := s.write(ctx, inventory.ScopeAll("schedule"), func(tx *gorm.DB) error {
		q := tx.Clauses(clause.Locking{Strength: lockDue, Options: lockSkip}).
			Where("enabled AND (next_at IS NULL OR next_at <= ?)", now)
		if len(skip) > 0 {
			q = q.Where("id NOT IN ?", skip)
		}
		if err := q.Order("next_at, id").Limit(1).Find(&row).Error; err != nil || row.ID == "" {
			return err
		}
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		next, err := do(under, row.noun())
		if err != nil {
			return err
		}
		set := map[string]any{"next_at": next, "enabled": true}
		if next.IsZero() {
			set = map[string]any{"next_at": nil, "enabled": false}
		}
		if row.NextAt != nil {
			set["last_at"] = now
		}
		return update(tx, &scheduleRow{}, "schedule", row.ID, set)
	})
	return row.ID, err
}
