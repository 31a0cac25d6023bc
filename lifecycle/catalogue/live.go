package catalogue

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"parc/inventory"
	"parc/lifecycle"
)

// With gives the catalogue with products of an operator's on top of its own:
// release by release, so that what the newer one no longer lists stays known.
func (c *Catalogue) With(products []inventory.Product) (*Catalogue, error) {
	if len(products) == 0 {
		return c, nil
	}
	next := *c
	next.products, next.memos = maps.Clone(c.products), newMemos()
	for _, p := range products {
		old := next.products[p.ID]
		next.products[p.ID] = product{label: p.Label}
		for _, r := range p.Releases {
			cycle, err := cycleOf(p, r)
			if err != nil {
				return nil, err
			}
			next.put(cycle, p.Label, r.Label)
		}
		merged := next.products[p.ID]
		for _, cycle := range old.cycles {
			if !slices.ContainsFunc(merged.cycles, func(new lifecycle.Cycle) bool { return new.Name == cycle.Name }) {
				merged.cycles = append(merged.cycles, cycle)
			}
		}
		next.products[p.ID] = merged
		next.seen = max(next.seen, p.SeenOn)
	}
	return &next, nil
}

func cycleOf(p inventory.Product, r inventory.Release) (lifecycle.Cycle, error) {
	cycle := lifecycle.Cycle{
		Product: p.ID, Name: r.Name, Released: r.Released, Latest: r.Latest, LatestOn: r.LatestOn, Source: p.Source, Seen: p.SeenOn,
	}
	active, err := lifecycle.ParseUntil(r.ActiveEnd)
	if err != nil {
		return cycle, err
	}
	cycle.ActiveEnd = active.Day
	if cycle.End, err = lifecycle.ParseUntil(r.End); err != nil {
		return cycle, err
	}
	cycle.Extended, err = lifecycle.ParseUntil(r.Extended)
	return cycle, err
}

// Listed is one product as the catalogue knows it.
type Listed struct {
	ID     string
	Label  string
	Source string
	Seen   inventory.Day
	Cycles []lifecycle.Cycle // in the order of the source, mostly newest first
}

// List gives every product, by name.
func (c *Catalogue) List() []Listed {
	all := make([]Listed, 0, len(c.products))
	for _, name := range slices.Sorted(maps.Keys(c.products)) {
		if p, ok := c.Product(name); ok {
			all = append(all, p)
		}
	}
	return all
}

// Product gives one product by its name or its label, whatever the case.
func (c *Catalogue) Product(name string) (Listed, bool) {
	p, ok := c.products[name]
	if !ok {
		for id, other := range c.products {
			if strings.EqualFold(id, name) || strings.EqualFold(other.label, name) {
				name, p, ok = id, other, true
				break
			}
		}
	}
	if !ok || len(p.cycles) == 0 {
		return Listed{}, false
	}
	l := Listed{ID: name, Label: p.label, Cycles: slices.Clone(p.cycles)}
	for _, cycle := range p.cycles {
		if cycle.Seen > l.Seen {
			l.Seen, l.Source = cycle.Seen, cycle.Source
		}
	}
	return l, true
}

// StaleDays is how old dates of support may be before they are shown as old.
const StaleDays = 45

// Stale tells that data taken on a day are old on another: releases newer than
// they are unknown, and ends in the future may have moved.
func Stale(seen, day inventory.Day, days int) bool { return seen.IsZero() || seen.Until(day) > days }

// Live is a catalogue that is replaced while it is read. It is read by many
// goroutines.
type Live struct{ current atomic.Pointer[Catalogue] }

// NewLive gives a live catalogue that starts with one.
func NewLive(c *Catalogue) *Live {
	l := &Live{}
	l.Use(c)
	return l
}

// Use puts another catalogue in its place.
func (l *Live) Use(c *Catalogue) { l.current.Store(c) }

// Current gives the catalogue in use.
func (l *Live) Current() *Catalogue { return l.current.Load() }

// System is Catalogue.System of the one in use.
func (l *Live) System(a inventory.Asset) (lifecycle.Match, bool) { return l.Current().System(a) }

// Titles is Catalogue.Titles of the one in use.
func (l *Live) Titles(a inventory.Asset) []lifecycle.Title { return l.Current().Titles(a) }

// Hardware is Catalogue.Hardware of the one in use.
func (l *Live) Hardware(a inventory.Asset) (lifecycle.Match, bool) { return l.Current().Hardware(a) }

// Made is Catalogue.Made of the one in use.
func (l *Live) Made(a inventory.Asset, day inventory.Day) []lifecycle.Made {
	return l.Current().Made(a, day)
}

// Processor is Catalogue.Processor of the one in use.
func (l *Live) Processor(name string) (lifecycle.Processor, bool) { return l.Current().Processor(name) }

// Installed is Catalogue.Installed of the one in use.
func (l *Live) Installed(title inventory.Software) lifecycle.Installed {
	return l.Current().Installed(title)
}

// Licensed is Catalogue.Licensed of the one in use.
func (l *Live) Licensed(name string) string { return l.Current().Licensed(name) }
