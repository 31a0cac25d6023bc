package scanner

import (
	"context"
	"encoding/hex"
	"iter"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"parc/inventory"
	"parc/scanner/profile"
	"parc/scanner/snmp"
)

const (
	askers       = 64 // devices asked at once
	identityTime = 20 * time.Second
	fullTime     = 2 * time.Minute
)

// sweep asks every target by SNMP whether it is there.
func (s *scan) sweep(ctx context.Context, answers *queue[snmp.Hit]) error {
	defer answers.close()
	defer close(s.swept)
	defer s.tracker.part(partSweep, 1)
	if len(s.Credentials) == 0 {
		s.tracker.warn(inventory.WarnNoCommunity.Say())
		return nil
	}
	total := float64(s.Targets.Count())
	count := 0
	counted := func(yield func(netip.Addr) bool) {
		for a := range s.Targets.All() {
			if count++; count%64 == 0 {
				s.tracker.part(partSweep, float64(count)/total)
			}
			if !s.guard.may(a) || !yield(a) {
				return
			}
		}
	}
	refused := 0
	err := snmp.Sweep(ctx, snmp.SweepOptions{
		Port: s.SNMPPort, Credentials: s.Credentials, OIDs: profile.FirstOIDs(), Rate: s.Rate, Log: s.Log,
		Fault: func(a netip.Addr, err error) {
			refused++
			s.Log.Debug("snmp refused", "addr", a, "err", err)
			s.tracker.warn(inventory.WarnSNMP.Say(err))
		},
	}, iter.Seq[netip.Addr](counted), func(h snmp.Hit) {
		s.tracker.answered(h.Addr)
		answers.push(h)
	})
	if err != nil && ended(err) {
		return context.Cause(ctx)
	}
	return err
}

// ask asks the devices that answered, many at a time.
func (s *scan) ask(ctx context.Context, answers *queue[snmp.Hit]) error {
	var done atomic.Int64
	answers.work(ctx, askers, func(hit snmp.Hit) {
		s.device(ctx, hit)
		s.tracker.part(partAsk, float64(done.Add(1))/float64(max(1, answers.total())))
	})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	s.tracker.part(partAsk, 1)
	return nil
}

// device asks one device and hands on what it is. A device that stops
// answering, or takes too long, is told of as far as it is known.
func (s *scan) device(ctx context.Context, hit snmp.Hit) {
	limit := identityTime
	if s.Depth == inventory.DepthFull {
		limit = fullTime
	}
	inner, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s.tracker.look(hit.Addr.String())
	q := s.Profiles.Inquire(profile.Given{SNMP: true}, s.Depth)
	q.Add(profile.Ask{Get: profile.FirstOIDs()}, profile.Reply{Get: varbinds(hit.Varbinds)})
	if err := s.inquire(inner, hit, q); err != nil {
		if ctx.Err() != nil {
			return
		}
		s.Log.Info("device answered in part", "addr", hit.Addr, "err", err)
		if inner.Err() != nil {
			s.tracker.warn(inventory.WarnSNMPSlow.Say())
		}
	}
	o := s.snmpObservation(hit, q.Result(s.Now()))
	_ = s.out(ctx, append([]inventory.Observation{o}, members(o)...)...) // out stops the scan itself
}

// inquire asks until nothing is left to ask.
func (s *scan) inquire(ctx context.Context, hit snmp.Hit, q *profile.Inquiry) error {
	var session *snmp.Session
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		if session == nil {
			if !s.guard.may(hit.Addr) {
				return s.guard.refuse(hit.Addr)
			}
			var err error
			session, err = snmp.DialTarget(ctx, snmp.Target{
				Addr: hit.Addr, Port: s.SNMPPort, Credential: hit.Credential, Elsewhere: hit.From.IsValid() && hit.From != hit.Addr,
			})
			if err != nil {
				return err
			}
			defer session.Close()
		}
		reply, err := answerTo(ctx, session, ask)
		q.Add(ask, reply)
		if err != nil {
			return err
		}
	}
	return nil
}

// answerTo puts one round of questions to a device. What came before an error
// is given with it.
func answerTo(ctx context.Context, session *snmp.Session, ask profile.Ask) (profile.Reply, error) {
	var reply profile.Reply
	if len(ask.Get) > 0 {
		got, err := session.Get(ctx, ask.Get)
		reply.Get = varbinds(got)
		if err != nil {
			return reply, err
		}
	}
	if len(ask.Next) > 0 {
		got, err := session.Next(ctx, ask.Next)
		reply.Next = varbinds(got)
		if err != nil {
			return reply, err
		}
	}
	if len(ask.Walk) > 0 {
		columns := make([]snmp.Column, len(ask.Walk))
		for i, c := range ask.Walk {
			columns[i] = snmp.Column(c)
		}
		got, err := session.Walk(ctx, columns)
		for _, rows := range got {
			reply.Walk = append(reply.Walk, varbinds(rows))
		}
		if err != nil {
			return reply, err
		}
	}
	return reply, nil
}

func varbinds(list []snmp.Varbind) []profile.Varbind {
	out := make([]profile.Varbind, len(list))
	for i, v := range list {
		out[i] = profile.Varbind(v)
	}
	return out
}

// wellKnown are communities that everybody tries first.
var wellKnown = []string{"public", "private", "admin", "cisco", "manager", "monitor", "read", "snmp", "community", "default", "all private"}

// snmpObservation makes what SNMP says of a device into an observation.
func (s *scan) snmpObservation(hit snmp.Hit, r profile.Result) inventory.Observation {
	o := inventory.Observation{
		At: s.Now().UTC(), Source: inventory.FromSNMP, ScanID: s.ScanID, Address: hit.Addr.String(), Facts: r.Facts, Details: r.Details,
	}
	o.Add(inventory.FieldIP, o.Address, "snmp", inventory.High)
	if hit.EngineID != "" {
		o.Add(inventory.FieldEngineID, hex.EncodeToString([]byte(hit.EngineID)), "snmp:msgAuthoritativeEngineID", inventory.High)
	}
	version := hit.Credential.Version
	port := int(s.SNMPPort)
	if port == 0 {
		port = 161
	}
	o.Details.Services = append(o.Details.Services, inventory.Service{Port: port, Protocol: "udp", Name: "snmp", Version: "v" + version})
	if version != "3" {
		o.Details.Weaknesses = append(o.Details.Weaknesses, inventory.Weakness{
			Kind: inventory.WeakSNMPVersion, Port: port, Evidence: "answers SNMP v" + version + ": the community crosses the network in clear",
		})
		if community := hit.Credential.Secret.Reveal(); slices.Contains(wellKnown, strings.ToLower(community)) {
			o.Details.Weaknesses = append(o.Details.Weaknesses, inventory.Weakness{
				Kind: inventory.WeakSNMPCommunity, Port: port, Evidence: "accepts the well-known community \"" + strings.ToLower(community) + "\"",
			})
		}
	}
	if o.Ref = o.Get(inventory.FieldEngineID); o.Ref == "" {
		o.Ref = o.Address
	}
	return o
}
