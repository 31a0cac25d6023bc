package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"parc/inventory"
)

// system is whom the queue acts for: the rows themselves say whose they are.
var system = inventory.ScopeAll("queue")

// scanArgs is what a scan's job carries: the rest stands in the scan.
type scanArgs struct {
	ScanID string `json:"scan_id"`
}

// Kind names the job.
func (scanArgs) Kind() string { return "scan" }

// InsertOpts says where the job waits. A delivery that fails for want of a
// database is tried again, many times; a scan that fails is not.
func (scanArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: scanQueue} }

// StartScan keeps a new scan and queues it, both or neither.
func (q *Queue) StartScan(ctx context.Context, scope inventory.Scope, scan inventory.Scan) (inventory.Scan, error) {
	scan.State = inventory.ScanQueued
	return q.store.CreateScan(ctx, scope, scan, func(tx *sql.Tx, scan inventory.Scan) error {
		return q.enqueue(ctx, tx, scope, scan)
	})
}

func (q *Queue) enqueue(ctx context.Context, tx *sql.Tx, scope inventory.Scope, scan inventory.Scan) error {
	job, err := q.client.InsertTx(ctx, tx, scanArgs{ScanID: scan.ID}, nil)
	if err != nil {
		return fmt.Errorf("queue scan %s: %w", scan.ID, err)
	}
	return q.store.SetScanJob(ctx, tx, scope, scan.ID, job.Job.ID)
}

// CancelScan stops a scan: one that waits never runs, one that runs is told to
// stop, on whichever server. A scan that has ended is a Conflict.
func (q *Queue) CancelScan(ctx context.Context, scope inventory.Scope, id string) error {
	return q.store.CancelScan(ctx, scope, id, func(tx *sql.Tx, jobID int64) error {
		_, err := q.client.JobCancelTx(ctx, tx, jobID)
		if errors.Is(err, rivertype.ErrNotFound) {
			return nil // the job is gone; the scan's row says it all
		}
		return err
	})
}

// Why a running scan's context ends before the scan does.
var (
	errCancelled = errors.New("cancelled")
	errLost      = errors.New("the scan is no longer this runner's")
)

type scanWorker struct {
	river.WorkerDefaults[scanArgs]
	q *Queue
}

// Work runs one scan.
func (w *scanWorker) Work(ctx context.Context, job *river.Job[scanArgs]) error {
	q, id := w.q, job.Args.ScanID
	scan, err := q.store.BeginScan(ctx, system, id, q.runner)
	switch inventory.CodeOf(err) {
	case "":
	case inventory.Conflict, inventory.NotFound:
		return river.JobCancel(err) // cancelled, ended or run by another meanwhile
	default:
		return err
	}
	log := q.options.Log.With("client", scan.ClientID, "scan", id)
	log.Info("scan begins", "site", scan.SiteID, "by", scan.CreatedBy)
	began := time.Now()
	running, end := context.WithCancelCause(ctx)
	var heart sync.WaitGroup
	heart.Go(func() { q.beat(running, id, end) })
	err = q.run(running, scan)
	cause := context.Cause(running)
	end(nil)
	heart.Wait()
	state, err := q.settle(ctx, id, cause, err)
	log.Info("scan ends", "state", state, "took", time.Since(began).Round(time.Millisecond))
	return err
}

// run runs the scan; a panic in it is that scan's failure, not the server's.
func (q *Queue) run(ctx context.Context, scan inventory.Scan) (err error) {
	defer func() {
		if p := recover(); p != nil {
			q.options.Log.Error("scan panicked", "client", scan.ClientID, "scan", scan.ID, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = errors.New("parc met a mistake of its own in this scan; the server's log tells where")
		}
	}()
	return q.options.RunScan(ctx, scan)
}

// beat gives signs of life until ctx ends, and ends the scan when somebody has
// asked for that or when it is another's.
func (q *Queue) beat(ctx context.Context, id string, end context.CancelCauseFunc) {
	tick := time.NewTicker(q.options.Beat)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		stop, err := q.store.BeatScan(ctx, system, id, q.runner)
		switch {
		case err == nil && stop:
			end(errCancelled)
			return
		case err == nil:
			last = time.Now()
		case inventory.CodeOf(err) == inventory.Conflict, inventory.CodeOf(err) == inventory.NotFound:
			end(errLost)
			return
		case ctx.Err() == nil && time.Since(last) > q.options.Lost:
			end(errLost) // by now the others have given this runner up
			return
		case ctx.Err() == nil:
			q.options.Log.Warn("scan cannot give a sign of life", "scan", id, "error", err)
		}
	}
}

// settle notes how the scan ended. cause is why its context ended, nil when it
// did not; failure is what the scan itself returned.
func (q *Queue) settle(ctx context.Context, id string, cause, failure error) (inventory.ScanState, error) {
	// What has happened must be noted even though the job's context is over.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), q.options.Lost)
	defer cancel()
	state, text := inventory.ScanDone, ""
	switch {
	case errors.Is(cause, errLost):
		return "lost", river.JobCancel(errLost)
	case errors.Is(cause, errCancelled), errors.Is(cause, river.ErrJobCancelledRemotely):
		state = inventory.ScanCancelled
	case failure == nil:
	case q.stops():
		return q.giveBack(ctx, id)
	case errors.Is(cause, context.DeadlineExceeded):
		state, text = inventory.ScanFailed, fmt.Sprintf("the scan took longer than %s and was stopped; what it had found is kept", q.options.Timeout)
	default:
		state, text = inventory.ScanFailed, inventory.Clean(failure.Error())
	}
	err := q.insist(ctx, func() error { return q.store.EndScan(ctx, system, id, q.runner, state, text) })
	if inventory.CodeOf(err) == inventory.Conflict {
		return "lost", river.JobCancel(err)
	}
	return state, err
}

func (q *Queue) giveBack(ctx context.Context, id string) (inventory.ScanState, error) {
	err := q.insist(ctx, func() error { return q.store.RequeueScan(ctx, system, id, q.runner) })
	if err != nil {
		return "lost", river.JobCancel(err)
	}
	return inventory.ScanQueued, river.JobSnooze(0)
}

// insist tries again while the database is away or busy, until ctx ends.
func (q *Queue) insist(ctx context.Context, do func() error) error {
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		err := do()
		if code := inventory.CodeOf(err); code != inventory.Unavailable && code != inventory.Busy {
			return err
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
	}
}
