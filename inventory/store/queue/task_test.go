package queue

import (
	"context"
	"errors"
	"testing"
	"time"

	"parc/inventory"
)

func noScan(context.Context, inventory.Scan) error { return errors.New("no scan is expected") }

func TestTaskRunsAtStartAndOnDemandAndAgainAfterAnError(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		begun := make(chan int, 10)
		n := 0 // a task runs once at a time
		q := w.server(t, noScan, func(o *Options) {
			o.Tasks = []Task{{Name: "sweep", Every: time.Hour, Run: func(context.Context) error {
				n++
				begun <- n
				if n == 1 {
					return errors.New("the other side is busy")
				}
				return nil
			}}}
		})
		if got := receive(t, begun); got != 1 {
			t.Errorf("run %d comes first", got)
		}
		if got := receive(t, begun); got != 2 { // tried again
			t.Errorf("run %d comes after an error", got)
		}
		if err := q.RunTask(t.Context(), "nothing"); inventory.CodeOf(err) != inventory.NotFound {
			t.Errorf("unknown task: %v", err)
		}
		// The job of the second run may just be ending, and then stands for ours.
		for range 50 {
			if err := q.RunTask(t.Context(), "sweep"); err != nil {
				t.Fatal(err)
			}
			select {
			case got := <-begun:
				if got != 3 {
					t.Errorf("run %d comes on demand", got)
				}
				return
			case <-time.After(time.Second):
			}
		}
		t.Error("nothing runs on demand")
	})
}

func TestTaskRunsOnceOnAllServers(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		begun, release := make(chan string, 10), make(chan struct{})
		with := func(server string) func(*Options) {
			return func(o *Options) {
				o.Tasks = []Task{{Name: "sweep", Every: time.Hour, Run: func(ctx context.Context) error {
					begun <- server
					select {
					case <-release:
						return nil
					case <-ctx.Done():
						return ctx.Err()
					}
				}}}
			}
		}
		one := w.server(t, noScan, with("one"))
		two := w.server(t, noScan, with("two"))
		receive(t, begun)
		for _, q := range []*Queue{one, two, one} {
			if err := q.RunTask(t.Context(), "sweep"); err != nil {
				t.Error(err)
			}
		}
		select {
		case server := <-begun:
			t.Errorf("server %s runs it a second time at once", server)
		case <-time.After(2 * time.Second):
		}
		close(release)
	})
}
