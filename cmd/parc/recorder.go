package main

import (
	"context"
	"sync"
	"time"

	"parc/inventory"
	"parc/inventory/store"
)

const (
	recordBatch = 100         // observations
	recordEvery = time.Second // or what has come in this time
)

// recorder stores observations as they come, in small batches, so that an
// interrupted scan keeps what it has seen.
type recorder struct {
	store        *store.Store
	scope        inventory.Scope
	client, site string
	now          func() time.Time
	mu           sync.Mutex
	batch        []inventory.Observation
	batchStarted time.Time
	created      int
	reviewed     int
	assets       map[string]bool
}

func newRecorder(s *store.Store, scope inventory.Scope, client, site string, now func() time.Time) *recorder {
	return &recorder{store: s, scope: scope, client: client, site: site, now: now, assets: map[string]bool{}}
}

// add keeps the observation and stores the batch when it is full or old; a part
// is stored together with what it hangs on.
func (r *recorder) add(ctx context.Context, o inventory.Observation) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if o.PartOf == "" && (len(r.batch) >= recordBatch || r.now().Sub(r.batchStarted) >= recordEvery) {
		if err := r.flushLocked(ctx); err != nil {
			return err
		}
	}
	if len(r.batch) == 0 {
		r.batchStarted = r.now()
	}
	o.ClientID, o.SiteID = r.client, r.site
	r.batch = append(r.batch, o)
	return nil
}

// flush stores what is left. It takes no notice of a cancelled context: what
// was seen is kept.
func (r *recorder) flush(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.flushLocked(ctx)
}

func (r *recorder) flushLocked(ctx context.Context) error {
	if len(r.batch) == 0 {
		return nil
	}
	outcome, err := r.store.Record(context.WithoutCancel(ctx), r.scope, r.client, r.site, r.batch)
	if err != nil {
		return err
	}
	r.batch = r.batch[:0]
	r.created += outcome.Created
	r.reviewed += outcome.Reviewed
	for _, id := range outcome.AssetIDs {
		r.assets[id] = true
	}
	return nil
}

// fill adds to a scan's progress what has been stored so far.
func (r *recorder) fill(p *inventory.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p.Created, p.Assets, p.Reviewing = r.created, len(r.assets), r.reviewed
}
