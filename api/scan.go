package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"parc/inventory"
)

type scansInput struct {
	ByID
	Paging
	InLanguage
}

// InLanguage is the language of what parc tells in sentences.
type InLanguage struct {
	Lang string `query:"lang" enum:"fr,en" default:"en" doc:"Language of what is told in sentences."`
}

// say puts a scan's warnings into the language.
func (l InLanguage) say(scan *inventory.Scan) {
	for i, w := range scan.Progress.Warnings {
		scan.Progress.Warnings[i] = inventory.WarningIn(l.Lang, w)
	}
}

type scanInput struct {
	ByID
	InLanguage
}

func (s *Server) listScans(ctx context.Context, in *scansInput) (*listOutput[inventory.Scan], error) {
	if err := s.seesClient(ctx, in.ID); err != nil {
		return nil, err
	}
	scans, next, err := s.Store.Scans(ctx, scopeOf(ctx), in.ID, in.page())
	for i := range scans {
		in.say(&scans[i])
	}
	return part(scans, next, err)
}

type startScanInput struct {
	ByID
	Body struct {
		SiteID  string   `json:"site_id" minLength:"1" maxLength:"64"`
		Targets []string `json:"targets,omitempty" maxItems:"1000" doc:"Addresses, CIDRs, ranges or names; none: the site's declared networks."`
		Depth   string   `json:"depth,omitempty" enum:"identity,full" default:"full"`
	}
}

func (s *Server) startScan(ctx context.Context, in *startScanInput) (*oneOutput[inventory.Scan], error) {
	targets, err := s.siteTargets(ctx, in.ID, in.Body.SiteID, in.Body.Targets)
	if err != nil {
		return nil, err
	}
	return one(s.Queue.StartScan(ctx, scopeOf(ctx), inventory.Scan{
		ClientID: in.ID, SiteID: in.Body.SiteID, Targets: targets, Depth: inventory.Depth(in.Body.Depth),
		CreatedBy: who(ctx).user.Login,
	}))
}

// siteTargets checks that the site is the client's and the targets are within
// its ranges; without targets it gives the declared networks.
func (s *Server) siteTargets(ctx context.Context, clientID, siteID string, targets []string) ([]string, error) {
	site, err := s.Store.Site(ctx, scopeOf(ctx), siteID)
	if err != nil {
		return nil, err
	}
	if site.ClientID != clientID {
		return nil, inventory.Errorf(inventory.NotFound, "there is no such site of this client")
	}
	for i := range targets {
		targets[i] = inventory.CleanTo(targets[i], 300)
	}
	if len(targets) == 0 {
		for _, n := range site.Networks {
			targets = append(targets, n.Prefix.String())
		}
	}
	if len(targets) == 0 {
		return nil, inventory.Errorf(inventory.Invalid, "site %s declares no network: declare one, or name targets", site.Name)
	}
	return targets, s.CheckTargets(ctx, targets, site)
}

func (s *Server) showScan(ctx context.Context, in *scanInput) (*oneOutput[inventory.Scan], error) {
	scan, err := s.Store.Scan(ctx, scopeOf(ctx), in.ID)
	in.say(&scan)
	return one(scan, err)
}

func (s *Server) cancelScan(ctx context.Context, in *ByID) (*oneOutput[inventory.Scan], error) {
	if err := s.Queue.CancelScan(ctx, scopeOf(ctx), in.ID); err != nil {
		return nil, err
	}
	return one(s.Store.Scan(ctx, scopeOf(ctx), in.ID))
}

// scanEnd is the last event of a watched scan.
type scanEnd struct {
	State inventory.ScanState `json:"state"`
}

// seesScan answers 404 before the stream begins.
func (s *Server) seesScan(c huma.Context, next func(huma.Context)) {
	if _, err := s.Store.Scan(c.Context(), scopeOf(c.Context()), c.Param("id")); err != nil {
		s.refuse(c, s.translate(c.Context(), err))
		return
	}
	next(c)
}

// heartbeat keeps proxies from closing a stream on which nothing changes: the
// same progress is told again.
const heartbeat = 15 * time.Second

// watchScan tells a scan's progress whenever it has changed, until the scan
// ends, the caller leaves, or its session does. It looks at the row, so that it
// works whichever server runs the scan.
func (s *Server) watchScan(ctx context.Context, in *scanInput, send sse.Sender) {
	tick := time.NewTicker(s.PollEvery)
	defer tick.Stop()
	var told []byte
	var toldAt time.Time
	for id := 1; ; {
		scan, err := s.Store.Scan(ctx, scopeOf(ctx), in.ID)
		if err != nil {
			if ctx.Err() == nil {
				s.Log.WarnContext(ctx, "watched scan not read", "scan", in.ID, "err", err)
			}
			return
		}
		in.say(&scan)
		state, err := json.Marshal(scan)
		if err != nil {
			s.Log.ErrorContext(ctx, "scan not encoded", "scan", in.ID, "err", err)
			return
		}
		if now := s.Now(); string(state) != string(told) || now.Sub(toldAt) >= heartbeat {
			if send(sse.Message{ID: id, Data: scan}) != nil {
				return // the caller has left
			}
			id++
			told, toldAt = state, now
		}
		if scan.State.Ended() {
			_ = send(sse.Message{ID: id, Data: scanEnd{scan.State}}) // nothing follows that could fail
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
