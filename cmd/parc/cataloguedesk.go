package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store"
	"parc/lifecycle"
	"parc/lifecycle/catalogue"
)

// catalogueDesk keeps the catalogue of a running server: it is the API's
// Catalogue, and takes up what another server or the command line has loaded.
type catalogueDesk struct {
	store *store.Store
	live  *catalogue.Live
	now   func() time.Time
	log   *slog.Logger
	stamp time.Time // of what is in use; only watch changes it
}

// rereadEvery is how soon a server takes up a catalogue that another one loaded.
const rereadEvery = 30 * time.Second

func newCatalogueDesk(ctx context.Context, s *store.Store, now func() time.Time, log *slog.Logger) (*catalogueDesk, error) {
	stamp, err := s.ProductsStamp(ctx, inventory.ScopeAll("catalogue"))
	if err != nil {
		return nil, err
	}
	c, err := loadCatalogue(ctx, s)
	if err != nil {
		return nil, err
	}
	return &catalogueDesk{store: s, live: catalogue.NewLive(c), now: now, log: log, stamp: stamp}, nil
}

// watch reads the catalogue again when it was replaced, until ctx ends.
func (d *catalogueDesk) watch(ctx context.Context) {
	tick := time.NewTicker(rereadEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := d.reread(ctx); err != nil && ctx.Err() == nil {
				d.log.WarnContext(ctx, "catalogue not read again", "err", err)
			}
		}
	}
}

func (d *catalogueDesk) reread(ctx context.Context) error {
	stamp, err := d.store.ProductsStamp(ctx, inventory.ScopeAll("catalogue"))
	if err != nil || stamp.Equal(d.stamp) {
		return err
	}
	c, err := loadCatalogue(ctx, d.store)
	if err != nil {
		return err
	}
	d.live.Use(c)
	d.stamp = stamp
	d.log.InfoContext(ctx, "catalogue taken up", "stamp", stamp)
	return nil
}

// Products lists what is known, by name.
func (d *catalogueDesk) Products() []api.CatalogueProduct {
	listed := d.live.Current().List()
	all := make([]api.CatalogueProduct, len(listed))
	for i, p := range listed {
		all[i] = d.product(p)
	}
	return all
}

func (d *catalogueDesk) product(p catalogue.Listed) api.CatalogueProduct {
	return api.CatalogueProduct{
		ID: p.ID, Label: p.Label, Releases: len(p.Cycles), Source: p.Source, SeenOn: p.Seen,
		Stale: catalogue.Stale(p.Seen, inventory.DayOf(d.now()), catalogue.StaleDays),
	}
}

// Product gives one product with its releases as they stand on a day.
func (d *catalogueDesk) Product(name string, day inventory.Day) (api.CatalogueDetail, error) {
	p, ok := d.live.Current().Product(name)
	if !ok {
		return api.CatalogueDetail{}, inventory.Errorf(inventory.NotFound, "the catalogue has no product %q", inventory.CleanTo(name, 80))
	}
	detail := api.CatalogueDetail{CatalogueProduct: d.product(p)}
	for _, cycle := range p.Cycles {
		detail.Cycles = append(detail.Cycles, api.CatalogueRelease{
			Name: cycle.Name, Label: cycle.Label, Released: cycle.Released, ActiveEnd: cycle.ActiveEnd, End: cycle.End.Day,
			Extended: cycle.Extended.Day, Latest: cycle.Latest, LatestOn: cycle.LatestOn, State: string(lifecycle.StateOf(cycle, day)),
			Source: cycle.Source, SeenOn: cycle.Seen,
		})
	}
	return detail, nil
}

// Load checks a catalogue and puts it in the place of the one loaded before.
func (d *catalogueDesk) Load(ctx context.Context, scope inventory.Scope, text []byte, force bool) (int, error) {
	products, err := storeCatalogue(ctx, d.store, scope, bytes.NewReader(text), inventory.DayOf(d.now()), force)
	if err != nil {
		return 0, err
	}
	c, err := loadCatalogue(ctx, d.store)
	if err != nil {
		return 0, err
	}
	d.live.Use(c)
	return products, nil
}

// storeCatalogue reads a catalogue, refuses what is wrong or too small, and
// stores it; it tells how many products it has.
func storeCatalogue(ctx context.Context, s *store.Store, scope inventory.Scope, r io.Reader, day inventory.Day, force bool) (int, error) {
	products, err := catalogue.Parse(r, day)
	if err != nil {
		return 0, err
	}
	before, err := s.Products(ctx, scope)
	if err != nil {
		return 0, err
	}
	if err := catalogue.CheckShrink(before, products); err != nil && !force {
		return 0, err
	}
	return len(products), s.ReplaceProducts(ctx, scope, products)
}
