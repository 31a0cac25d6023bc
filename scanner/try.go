package scanner

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"parc/inventory"
	"parc/scanner/profile"
	"parc/scanner/snmp"
)

// Try asks one device by SNMP and gives what the profiles make of it, with the
// trace of every source. NotFound says that nothing answered.
func Try(ctx context.Context, set *profile.Set, addr netip.Addr, port uint16, credentials []inventory.Credential, depth inventory.Depth, now time.Time) (profile.Result, error) {
	var hits []snmp.Hit
	var refused error
	err := snmp.Sweep(ctx, snmp.SweepOptions{
		Port: port, Credentials: credentials, OIDs: profile.FirstOIDs(),
		Fault: func(_ netip.Addr, err error) { refused = err },
	}, slices.Values([]netip.Addr{addr}), func(h snmp.Hit) { hits = append(hits, h) })
	switch {
	case err != nil:
		return profile.Result{}, err
	case len(hits) == 0 && refused != nil:
		return profile.Result{}, refused
	case len(hits) == 0:
		return profile.Result{}, inventory.Errorf(inventory.NotFound, "%s does not answer SNMP on port %d with what was given: check the community or the user, and that this machine may ask", addr, port)
	}
	session, err := snmp.Dial(ctx, addr, port, hits[0].Credential)
	if err != nil {
		return profile.Result{}, err
	}
	defer session.Close()
	q := set.Inquire(profile.Given{SNMP: true}, depth)
	q.Add(profile.Ask{Get: profile.FirstOIDs()}, profile.Reply{Get: varbinds(hits[0].Varbinds)})
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		reply, err := answerTo(ctx, session, ask)
		q.Add(ask, reply)
		if err != nil {
			return q.Result(now), err
		}
	}
	return q.Result(now), nil
}
