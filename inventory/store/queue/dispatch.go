package queue

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"parc/inventory"
)

type dispatchArgs struct{}

// Kind names the job.
func (dispatchArgs) Kind() string { return "dispatch" }

// InsertOpts keeps one dispatch at a time: one that waits or runs is enough.
func (dispatchArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		Queue: dispatchQueue, MaxAttempts: 1,
		UniqueOpts: river.UniqueOpts{ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateRetryable, rivertype.JobStateScheduled,
		}},
	}
}

type dispatchWorker struct {
	river.WorkerDefaults[dispatchArgs]
	q *Queue
}

// Timeout is short: a dispatch only writes rows.
func (w *dispatchWorker) Timeout(*river.Job[dispatchArgs]) time.Duration { return time.Minute }

// Work starts the scans that are due.
func (w *dispatchWorker) Work(ctx context.Context, _ *river.Job[dispatchArgs]) error {
	return w.q.startDue(ctx)
}

func (q *Queue) startDue(ctx context.Context) error {
	now := q.options.Now()
	return q.store.ClaimDue(ctx, now, func(tx *sql.Tx, sch inventory.Schedule) (time.Time, error) {
		return q.startOne(ctx, tx, sch, now)
	})
}

// startOne starts the scan of a due schedule and gives the moment of the next.
func (q *Queue) startOne(ctx context.Context, tx *sql.Tx, sch inventory.Schedule, now time.Time) (time.Time, error) {
	log := q.options.Log.With("client", sch.ClientID, "schedule", sch.ID)
	next, err := ParseSchedule(sch.Spec, sch.TimeZone)
	if err != nil {
		log.Error("schedule is switched off: its spec cannot be read", "spec", sch.Spec, "error", err)
		return time.Time{}, nil
	}
	if sch.NextAt == nil { // new or changed: not due, only to be worked out
		return next(now), nil
	}
	following := next(*sch.NextAt)
	if !following.After(now) { // runs were missed: this one stands for them all
		following = next(now)
	}
	scope := inventory.ScopeAll("schedule:" + sch.ID)
	busy, err := q.store.ScheduleBusy(ctx, tx, scope, sch)
	if err != nil {
		return time.Time{}, err
	}
	if busy {
		log.Warn("schedule skips its turn: its previous scan is not over", "next", following)
		return following, nil
	}
	scan, err := q.store.CreateScanIn(ctx, tx, scope, inventory.Scan{
		ClientID: sch.ClientID, SiteID: sch.SiteID, ScheduleID: sch.ID, Targets: sch.Targets, Depth: sch.Depth,
	})
	if err != nil {
		return time.Time{}, err
	}
	return following, q.enqueue(ctx, tx, scope, scan)
}

// watchRunners ends, every now and then, the scans whose runner has gone without
// a word. Every server does so, not only the one that dispatches: that one may be
// the one that is gone.
func (q *Queue) watchRunners(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tick := time.NewTicker(q.options.Every)
	defer tick.Stop()
	for {
		q.endLost(ctx)
		select {
		case <-tick.C:
		case <-q.stopping:
			return
		}
	}
}

func (q *Queue) endLost(ctx context.Context) {
	lost, err := q.store.FailLostScans(ctx, system, q.options.Now().Add(-q.options.Lost))
	for _, scan := range lost {
		q.options.Log.Warn("scan ended: its server is gone", "client", scan.ClientID, "scan", scan.ID, "state", scan.State)
	}
	if err != nil {
		q.options.Log.Warn("cannot look for scans whose server is gone", "error", err)
	}
}
