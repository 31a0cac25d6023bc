package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type savedReportRow struct{ inventory.SavedReport }

// TableName says where saved reports are kept.
func (savedReportRow) TableName() string { return "saved_reports" }

func (r savedReportRow) noun() inventory.SavedReport {
	r.Recipients = list(r.Recipients)
	return r.SavedReport
}

// SavedReports lists the saved reports of a client, the oldest first.
func (s *Store) SavedReports(ctx context.Context, scope inventory.Scope, clientID string) ([]inventory.SavedReport, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	var rows []savedReportRow
	if err := db.Where("client_id = ?", clientID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the saved reports of client "+clientID)
	}
	saved := make([]inventory.SavedReport, len(rows))
	for i, row := range rows {
		saved[i] = row.noun()
	}
	return saved, nil
}

// SavedReport gives one saved report.
func (s *Store) SavedReport(ctx context.Context, scope inventory.Scope, id string) (inventory.SavedReport, error) {
	var row savedReportRow
	err := s.take(s.as(ctx, scope), &row, "saved report", id)
	return row.noun(), err
}

// CreateSavedReport keeps a new one. Its spec is the queue's to check; without
// NextAt it is not due before somebody works out when it will be.
func (s *Store) CreateSavedReport(ctx context.Context, scope inventory.Scope, r inventory.SavedReport) (inventory.SavedReport, error) {
	s.stamp(&r.ID, &r.CreatedAt)
	row := savedReportRow{r}
	row.Recipients = list(row.Recipients)
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, r.ClientID); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return inventory.SavedReport{}, s.explain(err, "add a saved report to client "+r.ClientID)
	}
	return row.noun(), nil
}

// UpdateSavedReport changes what people say of it, and when it is due next.
func (s *Store) UpdateSavedReport(ctx context.Context, scope inventory.Scope, r inventory.SavedReport) (inventory.SavedReport, error) {
	var row savedReportRow
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.take(tx.Clauses(clause.Locking{Strength: lockDue}), &row, "saved report", r.ID); err != nil {
			return err
		}
		row.Name, row.Kind, row.Lang, row.Format, row.Recipients = r.Name, r.Kind, r.Lang, r.Format, list(r.Recipients)
		row.Spec, row.TimeZone, row.Enabled, row.NextAt, row.Attempts = r.Spec, r.TimeZone, r.Enabled, r.NextAt, 0
		return tx.Model(&row).Select("name", "kind", "lang", "format", "recipients", "spec", "time_zone", "enabled", "next_at", "attempts").Updates(&row).Error
	})
	if err != nil {
		return inventory.SavedReport{}, s.explain(err, "change saved report "+r.ID)
	}
	return row.noun(), nil
}

// DeleteSavedReport forgets a saved report; the reports it made stay.
func (s *Store) DeleteSavedReport(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return remove(tx, &savedReportRow{}, "saved report", id) })
	return s.explain(err, "delete saved report "+id)
}

// ClaimSavedReport gives one saved report that is due at now and sets when it is
// due again to what next answers, in one transaction: of several servers one
// gets it. The zero time switches it off. nil when none is due.
func (s *Store) ClaimSavedReport(ctx context.Context, scope inventory.Scope, now time.Time, next func(inventory.SavedReport) time.Time) (*inventory.SavedReport, error) {
	var row savedReportRow
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		found := tx.Clauses(clause.Locking{Strength: lockDue, Options: lockSkip}).
			Where("enabled AND next_at <= ?", moment(now)).Order("next_at, id").Limit(1).Find(&row)
		if found.Error != nil || row.ID == "" {
			return found.Error
		}
		set := map[string]any{"next_at": nil, "enabled": false}
		if at := next(row.noun()); !at.IsZero() {
			set = map[string]any{"next_at": moment(at), "enabled": true}
		}
		return update(tx, &savedReportRow{}, "saved report", row.ID, set)
	})
	if err != nil {
		return nil, s.explain(err, "look for saved reports that are due")
	}
	if row.ID == "" {
		return nil, nil
	}
	saved := row.noun()
	return &saved, nil
}

// EndSavedReport notes what became of a run: the report it made, or why it was
// not sent and when it is tried again.
func (s *Store) EndSavedReport(ctx context.Context, scope inventory.Scope, r inventory.SavedReport) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		set := map[string]any{
			"attempts": r.Attempts, "last_report_id": r.LastReportID, "last_error": inventory.CleanTo(r.LastError, longestError),
		}
		if r.LastAt != nil {
			set["last_at"] = moment(*r.LastAt)
		}
		if r.NextAt != nil {
			set["next_at"] = moment(*r.NextAt)
		}
		return update(tx, &savedReportRow{}, "saved report", r.ID, set)
	})
	return s.explain(err, "note the end of saved report "+r.ID)
}

const longestError = 500
