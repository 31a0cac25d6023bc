package scanner

import (
	"context"
	"net"
	"net/netip"
	"time"

	"golang.org/x/time/rate"

	"parc/scanner/nmap"
)

// network is how this package itself sends packets: through the guard, and at
// a pace. What stays on this machine is not paced.
type network struct {
	guard   guard
	limiter *rate.Limiter
}

func newNetwork(g guard, perSecond int) *network {
	if perSecond <= 0 {
		perSecond = nmap.DefaultRate
	}
	return &network{g, rate.NewLimiter(rate.Limit(perSecond), max(1, perSecond/50))}
}

// dial opens a connection ("tcp" or "udp") to an allowed address.
func (n *network) dial(ctx context.Context, protocol string, to netip.AddrPort, limit time.Duration) (net.Conn, error) {
	if !n.guard.may(to.Addr()) {
		return nil, n.guard.refuse(to.Addr())
	}
	if !to.Addr().IsLoopback() {
		if err := n.limiter.Wait(ctx); err != nil {
			return nil, err
		}
	}
	d := net.Dialer{Timeout: limit}
	return d.DialContext(ctx, protocol, to.String())
}
