package queue

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"parc/inventory"
	"parc/inventory/store"
)

// Options say what the queue runs and how.
type Options struct {
	Log *slog.Logger
	Now func() time.Time // nil: time.Now

	// RunScan runs a scan and stores what it finds; the scan is running already,
	// and its end is the queue's to note. It stops soon after ctx ends. An error
	// makes the scan fail, with the error's text for people to read.
	RunScan func(ctx context.Context, scan inventory.Scan) error

	Tasks []Task // what parc does by itself, again and again

	Workers int           // scans at a time on this server; 0: two
	Timeout time.Duration // the longest a scan may take; 0: twelve hours
	Every   time.Duration // how often schedules are looked at; 0: fifteen seconds
	Beat    time.Duration // how often a runner gives a sign of life; 0: five seconds
	Lost    time.Duration // a runner without one for so long is gone; 0: ninety seconds
}

func (o Options) filled() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	set := func(d *time.Duration, fallback time.Duration) {
		if *d <= 0 {
			*d = fallback
		}
	}
	set(&o.Timeout, 12*time.Hour)
	set(&o.Every, 15*time.Second)
	set(&o.Beat, 5*time.Second)
	set(&o.Lost, 90*time.Second)
	if o.Workers <= 0 {
		o.Workers = 2
	}
	return o
}

// The queues: the dispatch of schedules must not wait behind long scans.
const (
	scanQueue     = "scan"
	dispatchQueue = "dispatch"
	taskQueue     = "task"
)

// Queue starts, cancels and runs scans.
type Queue struct {
	store    *store.Store
	options  Options
	runner   string // this server, for others to tell it apart
	client   *river.Client[*sql.Tx]
	driver   riverdriver.Driver[*sql.Tx]
	listener *pgxpool.Pool // nil on SQLite
	stopping chan struct{}
	stop     sync.Once
	watch    sync.WaitGroup
}

// New prepares a queue on the store's database. Nothing runs before Start.
func New(s *store.Store, options Options) (*Queue, error) {
	if options.RunScan == nil {
		return nil, errors.New("a queue needs to know how to run a scan")
	}
	q := &Queue{store: s, options: options.filled(), runner: "parc-" + rand.Text()[:12], stopping: make(chan struct{})}
	if s.Dialect() == store.SQLite {
		q.driver = riversqlite.New(s.DB())
	} else {
		listener, err := s.Listener(context.Background()) // opens no connection yet
		if err != nil {
			return nil, err
		}
		q.listener = listener
		q.driver = riverdatabasesql.NewWithPgxListener(s.DB(), listener)
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &scanWorker{q: q})
	river.AddWorker(workers, &dispatchWorker{q: q})
	river.AddWorker(workers, &taskWorker{q: q})
	client, err := river.NewClient(q.driver, &river.Config{
		ID:     q.runner,
		Logger: slog.New(quiet{q.options.Log.With("part", "queue").Handler()}),
		Queues: map[string]river.QueueConfig{
			scanQueue:     {MaxWorkers: q.options.Workers},
			dispatchQueue: {MaxWorkers: 1},
			taskQueue:     {MaxWorkers: 2},
		},
		Workers:                     workers,
		JobTimeout:                  q.options.Timeout,
		RescueStuckJobsAfter:        q.options.Timeout + 10*time.Minute,
		CompletedJobRetentionPeriod: time.Hour, // what became of a scan stands in the scan
		CancelledJobRetentionPeriod: time.Hour,
		PeriodicJobs:                q.periodic(),
	})
	if err != nil {
		q.closeListener()
		return nil, fmt.Errorf("set up the queue: %w", err)
	}
	q.client = client
	return q, nil
}

// Start brings the queue's tables up to date and begins to run jobs. ctx bounds
// the start only; Stop ends what it began.
func (q *Queue) Start(ctx context.Context) error {
	if err := q.migrate(ctx); err != nil {
		return err
	}
	if err := q.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the queue: %w", err)
	}
	q.watch.Go(func() { q.watchRunners(context.WithoutCancel(ctx)) })
	return nil
}

// migrate makes the queue's own tables. Several servers may do so at once.
func (q *Queue) migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(q.driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("set up the queue's tables: %w", err)
	}
	var last error
	for range 3 {
		// On SQLite another program may make them at the same moment: then they
		// are there at the next try.
		last = q.store.Alone(ctx, func(ctx context.Context) error {
			_, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
			return err
		})
		if last == nil || ctx.Err() != nil || q.store.Dialect() != store.SQLite {
			break
		}
	}
	if last != nil {
		return fmt.Errorf("bring the queue's tables up to date: %w", last)
	}
	return nil
}

// Stop ends the queue in good order: running scans are stopped and given back, to
// begin anew on the next server. It waits for them until ctx ends.
func (q *Queue) Stop(ctx context.Context) error {
	q.stop.Do(func() { close(q.stopping) })
	err := q.client.StopAndCancel(ctx)
	q.watch.Wait()
	q.closeListener()
	if err != nil {
		return fmt.Errorf("stop the queue: %w", err)
	}
	return nil
}

func (q *Queue) closeListener() {
	if q.listener != nil {
		q.listener.Close()
	}
}

// stops tells that Stop has been called.
func (q *Queue) stops() bool {
	select {
	case <-q.stopping:
		return true
	default:
		return false
	}
}

// quiet is the log of the queue's machinery: what it calls information is of use
// to who debugs it.
type quiet struct{ slog.Handler }

// Enabled tells whether a record of the level is worth making.
func (h quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return h.Handler.Enabled(ctx, lowered(level))
}

// Handle logs a record one level down, unless it is a warning or worse.
func (h quiet) Handle(ctx context.Context, r slog.Record) error {
	r.Level = lowered(r.Level)
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the level.
func (h quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{h.Handler.WithAttrs(attrs)} }

// WithGroup keeps the level.
func (h quiet) WithGroup(name string) slog.Handler { return quiet{h.Handler.WithGroup(name)} }

func lowered(level slog.Level) slog.Level {
	if level < slog.LevelWarn {
		return slog.LevelDebug
	}
	return level
}
