package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"parc/inventory"
)

// What follows is the life of a scan between its runner and those who watch it.
// A running scan has one runner, who gives a sign of life every few seconds. A
// runner that has none for long is lost: its scan fails, and should the runner
// be alive after all, its next sign of life tells it to stop.

// SetScanJob notes, in the transaction that queues a scan, which job will run it.
func (s *Store) SetScanJob(ctx context.Context, tx *sql.Tx, scope inventory.Scope, id string, jobID int64) error {
	err := update(s.within(ctx, tx, scope), &scanRow{}, "scan", id, map[string]any{"job_id": jobID})
	return s.explain(err, "queue scan "+id)
}

// BeginScan makes runner the one who runs a queued scan. A scan that is running
// or has ended is a Conflict.
func (s *Store) BeginScan(ctx context.Context, scope inventory.Scope, id, runner string) (inventory.Scan, error) {
	var row scanRow
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		if err := s.take(tx.Clauses(clause.Locking{Strength: lockDue}), &row, "scan", id); err != nil {
			return err
		}
		if row.State != inventory.ScanQueued {
			return inventory.Errorf(inventory.Conflict, "scan %s is %s", id, row.State)
		}
		now := s.now()
		row.State, row.StartedAt, row.HeartbeatAt, row.Runner = inventory.ScanRunning, &now, &now, runner
		return tx.Model(&row).Select("state", "started_at", "heartbeat_at", "runner").Updates(&row).Error
	})
	return row.noun(), s.explain(err, "begin scan "+id)
}

// BeatScan is a runner's sign of life; it tells whether somebody has asked to
// stop the scan. A scan that is no longer the runner's is a Conflict: the runner
// must stop and leave it alone.
func (s *Store) BeatScan(ctx context.Context, scope inventory.Scope, id, runner string) (stop bool, err error) {
	err = s.write(ctx, scope, func(tx *gorm.DB) error {
		var row scanRow
		if err := s.take(tx.Select("id", "cancel_at"), &row, "scan", id); err != nil {
			return err
		}
		stop = row.CancelAt != nil
		return own(tx, id, runner, map[string]any{"heartbeat_at": s.now()})
	})
	return stop, s.explain(err, "keep scan "+id)
}

// EndScan sets how a runner's scan has ended. Where the scan has been ended by
// its own last update that stands.
func (s *Store) EndScan(ctx context.Context, scope inventory.Scope, id, runner string, state inventory.ScanState, failure string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row scanRow
		if err := s.take(tx.Select("id", "state", "runner"), &row, "scan", id); err != nil {
			return err
		}
		if row.Runner == runner && row.State.Ended() {
			return nil
		}
		return own(tx, id, runner, map[string]any{"state": state, "error": failure, "ended_at": s.now()})
	})
	return s.explain(err, "end scan "+id)
}

// RequeueScan gives a runner's scan back to the queue: the runner's server stops.
// One that somebody has asked to stop is cancelled instead.
func (s *Store) RequeueScan(ctx context.Context, scope inventory.Scope, id, runner string) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row scanRow
		if err := s.take(tx.Clauses(clause.Locking{Strength: lockDue}), &row, "scan", id); err != nil {
			return err
		}
		if row.CancelAt != nil {
			return own(tx, id, runner, map[string]any{"state": inventory.ScanCancelled, "ended_at": s.now()})
		}
		return own(tx, id, runner, map[string]any{
			"state": inventory.ScanQueued, "runner": "", "started_at": nil, "heartbeat_at": nil, "progress": "{}",
		})
	})
	return s.explain(err, "give scan "+id+" back")
}

// own changes a running scan that is the runner's; any other is a Conflict.
func own(tx *gorm.DB, id, runner string, set map[string]any) error {
	done := tx.Model(&scanRow{}).Where("id = ? AND runner = ? AND state = ?", id, runner, inventory.ScanRunning).Updates(set)
	if done.Error == nil && done.RowsAffected == 0 {
		return inventory.Errorf(inventory.Conflict, "scan %s is no longer run by %s", id, runner)
	}
	return done.Error
}

// CancelScan asks to stop a scan: one that waits is cancelled at once, one that
// runs when its runner hears of it. jobID, when the scan has a job, lets the
// caller stop that in the same transaction. A scan that has ended is a Conflict.
func (s *Store) CancelScan(ctx context.Context, scope inventory.Scope, id string, job func(tx *sql.Tx, jobID int64) error) error {
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		var row scanRow
		if err := s.take(tx.Clauses(clause.Locking{Strength: lockDue}), &row, "scan", id); err != nil {
			return err
		}
		if row.State.Ended() {
			return inventory.Errorf(inventory.Conflict, "scan %s has ended already", id)
		}
		now := s.now()
		set := map[string]any{"cancel_at": now}
		if row.State == inventory.ScanQueued {
			set["state"], set["ended_at"] = inventory.ScanCancelled, now
		}
		if err := update(tx, &scanRow{}, "scan", id, set); err != nil {
			return err
		}
		if row.JobID == nil || job == nil {
			return nil
		}
		under, err := sqlTx(tx)
		if err != nil {
			return err
		}
		return job(under, *row.JobID)
	})
	return s.explain(err, "cancel scan "+id)
}

// FailLostScans ends the running scans whose runner has given no sign of life
// since the moment: they have failed, or are cancelled when that was asked for.
// It gives the scans it has ended.
func (s *Store) FailLostScans(ctx context.Context, scope inventory.Scope, since time.Time) ([]inventory.Scan, error) {
	var lost []scanRow
	err := s.write(ctx, scope, func(tx *gorm.DB) error {
		err := tx.Clauses(clause.Locking{Strength: lockDue, Options: lockSkip}).
			Where("state = 'running' AND (heartbeat_at IS NULL OR heartbeat_at < ?)", moment(since)).
			Order("id").Limit(mostOnePage).Find(&lost).Error
		if err != nil {
			return err
		}
		now := s.now()
		for i := range lost {
			row := &lost[i]
			row.State, row.EndedAt = inventory.ScanFailed, &now
			row.Error = "the server that ran this scan stopped without a word; what it had found is kept: start the scan again"
			if row.CancelAt != nil {
				row.State, row.Error = inventory.ScanCancelled, ""
			}
			if err := tx.Model(row).Select("state", "error", "ended_at").Updates(row).Error; err != nil {
				return err
			}
		}
		return nil
	})
	scans := make([]inventory.Scan, len(lost))
	for i, row := range lost {
		scans[i] = row.noun()
	}
	return scans, s.explain(err, "look for lost scans")
}

// ScheduleBusy tells, in a transaction, whether a scan of the schedule waits or runs.
func (s *Store) ScheduleBusy(ctx context.Context, tx *sql.Tx, scope inventory.Scope, sch inventory.Schedule) (bool, error) {
	var n int64
	err := s.within(ctx, tx, scope).Model(&scanRow{}).
		Where("client_id = ? AND schedule_id = ? AND state NOT IN ?", sch.ClientID, sch.ID, ended).Count(&n).Error
	return n > 0, s.explain(err, "look for scans of schedule "+sch.ID)
}
