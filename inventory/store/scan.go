package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"parc/inventory"
)

type scanRow struct {
	inventory.Scan
	ScheduleID  optional // in the place of the noun's: NULL when nobody scheduled it
	JobID       *int64
	Runner      string
	HeartbeatAt *time.Time
	CancelAt    *time.Time
}

// TableName says where scans are kept.
func (scanRow) TableName() string { return "scans" }

func (r scanRow) noun() inventory.Scan {
	r.Scan.ScheduleID = string(r.ScheduleID)
	r.Targets, r.Progress.Warnings = list(r.Targets), list(r.Progress.Warnings)
	return r.Scan
}

// CreateScan keeps a new scan of a client's site, queued unless it says
// otherwise. enqueue, when given, runs in the same transaction: the scan and the
// job that will run it are there together or not at all.
func (s *Store) CreateScan(ctx context.Context, scope inventory.Scope, scan inventory.Scan, enqueue func(tx *sql.Tx, scan inventory.Scan) error) (inventory.Scan, error) {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var err error
		if scan, err = s.createScan(tx, scope, scan); err != nil || enqueue == nil {
			return err
		}
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		return enqueue(under, scan)
	})
	if err != nil {
		return inventory.Scan{}, s.explain(err, "add a scan to client "+scan.ClientID)
	}
	return scan, nil
}

// CreateScanIn is CreateScan in a transaction that somebody else has begun.
func (s *Store) CreateScanIn(ctx context.Context, tx *sql.Tx, scope inventory.Scope, scan inventory.Scan) (inventory.Scan, error) {
	scan, err := s.createScan(s.within(ctx, tx, scope), scope, scan)
	return scan, s.explain(err, "add a scan to client "+scan.ClientID)
}

func (s *Store) createScan(tx *gorm.DB, scope inventory.Scope, scan inventory.Scan) (inventory.Scan, error) {
	if err := s.seeClient(tx, scope, scan.ClientID); err != nil {
		return inventory.Scan{}, err
	}
	if err := s.seeSite(tx, scan.ClientID, scan.SiteID); err != nil {
		return inventory.Scan{}, err
	}
	if scan.ScheduleID != "" {
		if err := s.seeSchedule(tx, scan.ClientID, scan.ScheduleID); err != nil {
			return inventory.Scan{}, err
		}
	}
	s.stamp(&scan.ID, &scan.CreatedAt)
	if scan.State == "" {
		scan.State = inventory.ScanQueued
	}
	if scan.CreatedBy == "" {
		scan.CreatedBy = scope.Actor()
	}
	row := scanRow{Scan: scan, ScheduleID: optional(scan.ScheduleID)}
	row.Targets, row.Progress.Warnings = list(row.Targets), list(row.Progress.Warnings)
	if scan.State == inventory.ScanRunning {
		now := s.now()
		row.HeartbeatAt = &now
	}
	err := tx.Create(&row).Error
	return row.noun(), err
}

// Scan gives one scan.
func (s *Store) Scan(ctx context.Context, scope inventory.Scope, id string) (inventory.Scan, error) {
	var row scanRow
	err := s.take(s.as(ctx, scope), &row, "scan", id)
	return row.noun(), err
}

// Scans lists the scans of a client, the newest first, in pages.
func (s *Store) Scans(ctx context.Context, scope inventory.Scope, clientID string, p inventory.Page) ([]inventory.Scan, string, error) {
	at, id, begun, err := timedPlace("scan", p.After)
	if err != nil {
		return nil, "", err
	}
	db := s.as(ctx, scope)
	if err := s.seeClient(db, scope, clientID); err != nil {
		return nil, "", err
	}
	q := db.Where("client_id = ?", clientID)
	if begun {
		q = q.Where("(created_at, id) < (?, ?)", at, id)
	}
	var rows []scanRow
	if err := q.Order("created_at DESC, id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return nil, "", s.explain(err, "list the scans of client "+clientID)
	}
	rows, last := page(rows, p.Size())
	next := ""
	if last != nil {
		next = timedCursor("scan", last.CreatedAt, last.ID)
	}
	scans := make([]inventory.Scan, len(rows))
	for i, row := range rows {
		scans[i] = row.noun()
	}
	return scans, next, nil
}

// UpdateScan sets the state, the progress, the error and the times of a scan, and
// is a sign of life of who runs it. A scan that has ended does not change any
// more: that is a Conflict.
func (s *Store) UpdateScan(ctx context.Context, scope inventory.Scope, scan inventory.Scan) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row scanRow
		if err := s.take(tx, &row, "scan", scan.ID); err != nil {
			return err
		}
		now := s.now()
		row.State, row.Progress, row.Error = scan.State, scan.Progress, scan.Error
		row.StartedAt, row.EndedAt, row.HeartbeatAt = scan.StartedAt, scan.EndedAt, &now
		row.Progress.Warnings = list(row.Progress.Warnings)
		done := tx.Model(&row).Where("state NOT IN ?", ended).
			Select("state", "progress", "error", "started_at", "ended_at", "heartbeat_at").Updates(&row)
		if done.Error == nil && done.RowsAffected == 0 {
			return inventory.Errorf(inventory.Conflict, "scan %s has ended already", scan.ID)
		}
		return done.Error
	})
	return s.explain(err, "update scan "+scan.ID)
}

var ended = []inventory.ScanState{inventory.ScanDone, inventory.ScanFailed, inventory.ScanCancelled}
