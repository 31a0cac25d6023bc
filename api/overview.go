package api

import (
	"context"
	"sync"
	"time"

	"parc/inventory"
)

// Overview is every client at a glance.
type Overview struct {
	Clients []OverviewClient `json:"clients" nullable:"false"`
}

// OverviewClient is one client at a glance.
type OverviewClient struct {
	Client   inventory.Client `json:"client"`
	Assets   int              `json:"assets"`
	ByClass  map[string]int   `json:"by_class"`
	LastScan *time.Time       `json:"last_scan,omitempty"`
	Findings Counts           `json:"findings"`
}

// Counts counts findings by severity.
type Counts struct {
	Critical int `json:"critical"`
	High     int `json:"high"`
	Medium   int `json:"medium"`
	Low      int `json:"low"`
}

func count(findings []Finding) Counts {
	var c Counts
	for _, f := range findings {
		switch f.Severity {
		case "critical":
			c.Critical++
		case "high":
			c.High++
		case "medium":
			c.Medium++
		case "low":
			c.Low++
		}
	}
	return c
}

func (s *Server) showOverview(ctx context.Context, _ *struct{}) (*oneOutput[Overview], error) {
	scope := scopeOf(ctx)
	clients, _, err := s.Store.Clients(ctx, scope, inventory.ClientFilter{Page: inventory.Page{Limit: inventory.MaxPage}})
	if err != nil {
		return nil, err
	}
	out := Overview{Clients: []OverviewClient{}}
	for _, client := range clients {
		row, err := s.overview.get(client, func() (OverviewClient, error) { return s.glance(ctx, scope, client) })
		if err != nil {
			return nil, err
		}
		out.Clients = append(out.Clients, row)
	}
	return one(out, nil)
}

func (s *Server) glance(ctx context.Context, scope inventory.Scope, client inventory.Client) (OverviewClient, error) {
	row := OverviewClient{Client: client}
	counts, err := s.Store.AssetCounts(ctx, scope, inventory.AssetFilter{ClientID: client.ID})
	if err != nil {
		return row, err
	}
	row.ByClass = byName(counts)
	for _, n := range counts {
		row.Assets += n
	}
	scans, _, err := s.Store.Scans(ctx, scope, client.ID, inventory.Page{Limit: 1})
	if err != nil {
		return row, err
	}
	if len(scans) > 0 {
		row.LastScan = &scans[0].CreatedAt
	}
	findings, err := s.findings(ctx, scope, client.ID, "fr")
	row.Findings = count(findings)
	return row, err
}

// overviewCache keeps each client's glance for a moment: judging every asset of
// every client anew at each look at the home page would be waste.
type overviewCache struct {
	now  func() time.Time
	mu   sync.Mutex
	rows map[string]glanced
}

type glanced struct {
	row   OverviewClient
	until time.Time
}

const glanceTime = 10 * time.Second

func newOverviewCache(now func() time.Time) *overviewCache {
	return &overviewCache{now: now, rows: map[string]glanced{}}
}

// get gives the kept glance of a client that the caller was just found to see,
// or makes a new one. The client's own row is always the one given.
func (c *overviewCache) get(client inventory.Client, make func() (OverviewClient, error)) (OverviewClient, error) {
	now := c.now()
	c.mu.Lock()
	kept, ok := c.rows[client.ID]
	c.mu.Unlock()
	if ok && now.Before(kept.until) {
		kept.row.Client = client
		return kept.row, nil
	}
	row, err := make()
	if err == nil {
		c.mu.Lock()
		c.rows[client.ID] = glanced{row, now.Add(glanceTime)}
		c.mu.Unlock()
	}
	return row, err
}
