package queue

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"parc/inventory"
)

// Task is work that parc does again and again by itself, once on all servers
// together: looking warranties up, marking what is missing, mailing reports.
type Task struct {
	Name    string
	Every   time.Duration // how often it starts
	Timeout time.Duration // the longest it may take; 0: ten minutes
	// Run does the work. What it did before an error or an end of ctx must stand:
	// it is run again, twice at most before its next turn.
	Run func(ctx context.Context) error
}

const taskAttempts = 3

type taskArgs struct {
	Name string `json:"name" river:"unique"`
}

// Kind names the job.
func (taskArgs) Kind() string { return "task" }

// InsertOpts keeps one job of a task at a time: one that waits or runs is enough.
func (taskArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		Queue: taskQueue, MaxAttempts: taskAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateRetryable, rivertype.JobStateScheduled,
		}},
	}
}

type taskWorker struct {
	river.WorkerDefaults[taskArgs]
	q *Queue
}

// Timeout is the task's own.
func (w *taskWorker) Timeout(job *river.Job[taskArgs]) time.Duration {
	if t, ok := w.q.task(job.Args.Name); ok && t.Timeout > 0 {
		return t.Timeout
	}
	return 10 * time.Minute
}

// Work runs the task. One that this version does not know is dropped: its next
// turn starts where it is known.
func (w *taskWorker) Work(ctx context.Context, job *river.Job[taskArgs]) error {
	t, ok := w.q.task(job.Args.Name)
	if !ok {
		return river.JobCancel(fmt.Errorf("no task is named %q here", job.Args.Name))
	}
	log := w.q.options.Log.With("task", t.Name)
	if err := t.Run(ctx); err != nil {
		log.Warn("task did not end well", "attempt", job.Attempt, "error", err)
		return err
	}
	log.Debug("task is done")
	return nil
}

func (q *Queue) task(name string) (Task, bool) {
	for _, t := range q.options.Tasks {
		if t.Name == name {
			return t, true
		}
	}
	return Task{}, false
}

// RunTask starts a task now, unless it waits or runs already.
func (q *Queue) RunTask(ctx context.Context, name string) error {
	if _, ok := q.task(name); !ok {
		return inventory.Errorf(inventory.NotFound, "there is no task named %q", name)
	}
	if _, err := q.client.Insert(ctx, taskArgs{Name: name}, nil); err != nil {
		return fmt.Errorf("start task %s: %w", name, err)
	}
	return nil
}

// periodic gives the turns of what runs by itself.
func (q *Queue) periodic() []*river.PeriodicJob {
	all := []*river.PeriodicJob{river.NewPeriodicJob(
		river.PeriodicInterval(q.options.Every),
		func() (river.JobArgs, *river.InsertOpts) { return dispatchArgs{}, nil },
		&river.PeriodicJobOpts{ID: "dispatch", RunOnStart: true},
	)}
	for _, t := range q.options.Tasks {
		all = append(all, river.NewPeriodicJob(
			river.PeriodicInterval(t.Every),
			func() (river.JobArgs, *river.InsertOpts) { return taskArgs{Name: t.Name}, nil },
			&river.PeriodicJobOpts{ID: "task-" + t.Name, RunOnStart: true},
		))
	}
	return all
}
