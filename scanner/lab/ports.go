package lab

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"
)

// choosePorts tells which ports must move, and where to: all of them without
// the right to bind the real ones, and single ones that a service of this
// machine holds on every address. It finds out on an address of the range that
// no device has, so another lab on the same addresses is not mistaken for such
// a service.
func choosePorts(ctx context.Context, s *site, o Options) (map[endpoint]uint16, error) {
	moved := map[endpoint]uint16{}
	all := o.HighPorts
	for _, e := range s.endpoints() {
		high := e.port + PortOffset
		if e == (endpoint{"udp", snmpPort}) {
			high = HighSNMPPort
			if o.SNMPPort != 0 {
				moved[e] = o.SNMPPort
				continue
			}
		}
		if all {
			moved[e] = high
			continue
		}
		switch err := try(ctx, netip.AddrPortFrom(s.address(spareHost), e.port), e.network); {
		case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
			o.HighPorts = true
			return choosePorts(ctx, s, o)
		case errors.Is(err, syscall.EADDRINUSE):
			o.Log.Info("port held by this machine", "network", e.network, "port", e.port, "instead", high)
			moved[e] = high
		case err != nil:
			return nil, bindError(&device{addr: s.address(spareHost)}, e.network, e.port, err)
		}
	}
	return moved, nil
}

// try opens and closes a port.
func try(ctx context.Context, at netip.AddrPort, network string) error {
	var config net.ListenConfig
	if network == "udp" {
		socket, err := config.ListenPacket(ctx, "udp4", at.String())
		if err != nil {
			return err
		}
		return socket.Close()
	}
	l, err := config.Listen(ctx, "tcp4", at.String())
	if err != nil {
		return err
	}
	return l.Close()
}

// endpoints lists the ports of all devices, each once.
func (s *site) endpoints() []endpoint {
	var list []endpoint
	seen := map[endpoint]bool{}
	add := func(e endpoint) {
		if !seen[e] {
			seen[e] = true
			list = append(list, e)
		}
	}
	for _, d := range s.devices {
		if d.snmp != nil {
			add(endpoint{"udp", snmpPort})
		}
		for _, r := range d.udp {
			add(endpoint{"udp", r.port})
		}
		for _, one := range d.tcp {
			add(endpoint{"tcp", one.port})
		}
	}
	return list
}
