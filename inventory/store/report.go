package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

type reportRow struct{ inventory.Report }

// TableName says where reports are kept.
func (reportRow) TableName() string { return "reports" }

// reportColumns is all of a report but what it holds.
var reportColumns = []string{"id", "client_id", "kind", "day", "from", "to", "digest", "size", "created_by", "created_at"}

// KeepReport keeps a frozen report. One with the same digest that is kept
// already comes back in its place: it says the same.
func (s *Store) KeepReport(ctx context.Context, scope inventory.Scope, r inventory.Report) (inventory.Report, error) {
	s.stamp(&r.ID, &r.CreatedAt)
	r.Size, r.CreatedBy = len(r.Frozen), scope.Actor()
	row := reportRow{r}
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.seeClient(tx, scope, r.ClientID); err != nil {
			return err
		}
		made := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "client_id"}, {Name: "digest"}}, DoNothing: true}).Create(&row)
		if made.Error != nil || made.RowsAffected > 0 {
			return made.Error
		}
		row = reportRow{}
		return tx.Select(reportColumns).Where("client_id = ? AND digest = ?", r.ClientID, r.Digest).Take(&row).Error
	})
	if err != nil {
		return inventory.Report{}, s.explain(err, "keep a report of client "+r.ClientID)
	}
	row.Frozen = nil
	return row.Report, nil
}

// Reports lists the kept reports of a client, the latest first, without what
// they hold; of one kind, or of all with "".
func (s *Store) Reports(ctx context.Context, scope inventory.Scope, clientID, kind string) ([]inventory.Report, error) {
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, err
	}
	q := db.Select(reportColumns).Where("client_id = ?", clientID)
	if kind != "" {
		q = q.Where("kind = ?", kind)
	}
	var rows []reportRow
	if err := q.Order("created_at DESC, id DESC").Limit(longestReports).Find(&rows).Error; err != nil {
		return nil, s.explain(err, "list the reports of client "+clientID)
	}
	reports := make([]inventory.Report, len(rows))
	for i, row := range rows {
		reports[i] = row.Report
	}
	return reports, nil
}

// longestReports bounds a list of reports: more than anybody looks through.
const longestReports = 1000

// Report gives one kept report with what it holds.
func (s *Store) Report(ctx context.Context, scope inventory.Scope, id string) (inventory.Report, error) {
	var row reportRow
	err := s.take(s.as(ctx, scope), &row, "report", id)
	return row.Report, err
}

// DeleteReport forgets a kept report.
func (s *Store) DeleteReport(ctx context.Context, scope inventory.Scope, id string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error { return remove(tx, &reportRow{}, "report", id) })
	return s.explain(err, "delete report "+id)
}
