package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"parc/inventory"
)

const (
	// PortOffset is added to every TCP and UDP port but SNMP's when the real
	// ones may not be bound.
	PortOffset = 20000
	// HighSNMPPort is SNMP's port then.
	HighSNMPPort = 10161

	snmpPort       = 161
	spareHost      = 254 // no device lives there: ports are tried on it
	maxConnections = 512 // at once, over all devices
)

// Options say where the network is to be. The zero Options are 127.77.10.0,
// every device, the usual ports.
type Options struct {
	Base      netip.Addr       // the /24's first address, inside 127.0.0.0/8
	SNMPPort  uint16           // 0: 161, or HighSNMPPort where 161 may not be bound
	HighPorts bool             // do not try the real ports: tests that must not meet a machine's own services
	Only      []string         // names of the devices to start; none: all
	Latency   time.Duration    // how much later answers to datagrams come, as from across a network
	Now       func() time.Time // nil: time.Now
	Log       *slog.Logger     // nil: none
}

// Network is the simulated network, running.
type Network struct {
	site     *site
	log      *slog.Logger
	latency  time.Duration
	moved    map[endpoint]uint16 // where the real port may not be bound
	tcpPorts map[uint16]bool

	slots   chan struct{}
	detach  func() bool
	running sync.WaitGroup

	mu     sync.Mutex
	open   map[io.Closer]struct{}
	closed bool
}

// endpoint is a port of a protocol, "tcp" or "udp".
type endpoint struct {
	network string
	port    uint16
}

// Start opens the network. Ports below 1024 need root: without it every port
// moves up by PortOffset, and SNMP to HighSNMPPort; where a service of the
// machine itself holds one port on all addresses (an sshd, a file server), that
// one moves alone. An address that another lab holds is a Conflict; one outside
// 127.0.0.0/8 is Invalid. What had been opened is closed again on an error.
// Closing is by Close, or by ctx.
func Start(ctx context.Context, o Options) (*Network, error) {
	if !o.Base.IsValid() {
		o.Base = netip.AddrFrom4([4]byte{127, 77, 10, 0})
	}
	if !o.Base.Is4() || !o.Base.IsLoopback() || o.Base.As4()[3] != 0 {
		return nil, inventory.Errorf(inventory.Invalid, "the lab cannot live at %s: it takes the first address of a /24 inside 127.0.0.0/8, such as 127.77.10.0", o.Base)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	site, err := newSite(o.Base, o.Only, o.Now)
	if err != nil {
		return nil, err
	}
	n := &Network{
		site: site, log: o.Log, latency: o.Latency, tcpPorts: map[uint16]bool{},
		slots: make(chan struct{}, maxConnections), open: map[io.Closer]struct{}{},
	}
	if n.moved, err = choosePorts(ctx, site, o); err != nil {
		return nil, err
	}
	for _, d := range site.devices {
		if err := n.start(ctx, d); err != nil {
			return nil, errors.Join(err, n.Close())
		}
	}
	n.mu.Lock()
	n.detach = context.AfterFunc(ctx, func() { _ = n.Close() }) // Close gives the same to the one who calls it
	n.mu.Unlock()
	n.log.Info("lab started", "base", o.Base, "devices", len(site.devices), "snmp_port", n.SNMPPort(), "took", o.Now().Sub(site.started))
	return n, nil
}

// start opens one device.
func (n *Network) start(ctx context.Context, d *device) error {
	if d.snmp != nil {
		agent := d.agent()
		answer := func(_ *device, message []byte) []byte { return agent.answer(message) }
		if err := n.listenUDP(ctx, d, responder{snmpPort, answer}); err != nil {
			return err
		}
	}
	for _, r := range d.udp {
		if err := n.listenUDP(ctx, d, r); err != nil {
			return err
		}
	}
	for _, s := range d.tcp {
		if err := n.listenTCP(ctx, d, s); err != nil {
			return err
		}
	}
	return nil
}

// actual gives where a port is really bound.
func (n *Network) actual(e endpoint) uint16 {
	if to, ok := n.moved[e]; ok {
		return to
	}
	return e.port
}

func (n *Network) listenTCP(ctx context.Context, d *device, s service) error {
	port := n.actual(endpoint{"tcp", s.port})
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp4", netip.AddrPortFrom(d.addr, port).String())
	if err != nil {
		return bindError(d, "TCP", port, err)
	}
	n.tcpPorts[port] = true
	n.own(l)
	n.running.Go(func() { n.accept(d, s, l) })
	return nil
}

func (n *Network) listenUDP(ctx context.Context, d *device, r responder) error {
	port := n.actual(endpoint{"udp", r.port})
	var config net.ListenConfig
	socket, err := config.ListenPacket(ctx, "udp4", netip.AddrPortFrom(d.addr, port).String())
	if err != nil {
		return bindError(d, "UDP", port, err)
	}
	n.own(socket)
	n.running.Go(func() { n.respond(d, r, socket) })
	return nil
}

func bindError(d *device, protocol string, port uint16, err error) error {
	at := netip.AddrPortFrom(d.addr, port)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return inventory.Errorf(inventory.Conflict, "%s %s (%s of the simulated network) is already in use: is another lab running? End it, or give this one another base address", protocol, at, d.name)
	case errors.Is(err, syscall.EACCES):
		return inventory.Errorf(inventory.Forbidden, "no right to listen on %s %s (%s of the simulated network): run as root, or without a fixed SNMP port", protocol, at, d.name)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return inventory.Errorf(inventory.Unavailable, "%s is not an address of this machine: the simulated network needs a system where all of 127.0.0.0/8 is loopback, as on Linux", d.addr)
	}
	return fmt.Errorf("listen on %s %s: %w", protocol, at, err)
}

// accept takes a service's connections until its listener is closed.
func (n *Network) accept(d *device, s service, l net.Listener) {
	defer n.disown(l)
	for {
		conn, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			n.log.Warn("connection not taken", "device", d.name, "port", s.port, "error", err)
			return
		}
		select {
		case n.slots <- struct{}{}:
		default: // too many at once: a real device would refuse too
			_ = conn.Close()
			continue
		}
		if !n.own(conn) {
			<-n.slots
			return
		}
		n.running.Go(func() {
			defer func() { n.disown(conn); <-n.slots }()
			s.serve(&conversation{Conn: conn, device: d, ends: time.Now().Add(totalTime)})
		})
	}
}

// respond answers datagrams until the socket is closed.
func (n *Network) respond(d *device, r responder, socket net.PacketConn) {
	defer n.disown(socket)
	send := func(reply []byte, to net.Addr) { _, _ = socket.WriteTo(reply, to) } // whoever asked may be gone
	if n.latency > 0 {
		var end func()
		send, end = n.delayed(send)
		defer end()
	}
	buffer := make([]byte, maxRequest+1)
	for {
		size, from, err := socket.ReadFrom(buffer)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // an ICMP error of an earlier answer
		}
		if reply := r.answer(d, buffer[:size]); reply != nil {
			send(reply, from)
		}
	}
}

// delayed has datagrams leave later by the network's latency, in order; end is
// to be called after the last one.
func (n *Network) delayed(send func([]byte, net.Addr)) (later func([]byte, net.Addr), end func()) {
	type letter struct {
		due   time.Time
		reply []byte
		to    net.Addr
	}
	queue := make(chan letter, maxConnections)
	n.running.Go(func() {
		for l := range queue {
			time.Sleep(time.Until(l.due))
			send(l.reply, l.to)
		}
	})
	return func(reply []byte, to net.Addr) { queue <- letter{time.Now().Add(n.latency), reply, to} }, func() { close(queue) }
}

// own keeps something to be closed by Close; false means that it is too late,
// and the thing has been closed.
func (n *Network) own(c io.Closer) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		_ = c.Close()
		return false
	}
	n.open[c] = struct{}{}
	return true
}

func (n *Network) disown(c io.Closer) {
	n.mu.Lock()
	delete(n.open, c)
	n.mu.Unlock()
	_ = c.Close() // closed already, or about to be forgotten
}

// Close ends every service and waits until all of them have ended. It may be
// called more than once.
func (n *Network) Close() error {
	n.mu.Lock()
	n.closed = true
	for c := range n.open {
		_ = c.Close()
	}
	if n.detach != nil {
		n.detach()
	}
	n.mu.Unlock()
	n.running.Wait()
	return nil
}

// Devices lists the devices by address.
func (n *Network) Devices() []Device {
	var list []Device
	for _, d := range n.site.devices {
		list = append(list, Device{
			Address: d.addr, Name: d.name, What: d.what, MAC: d.mac, Community: d.community(), Expect: d.want,
		})
	}
	return list
}

// Device gives one device by its name.
func (n *Network) Device(name string) (Device, bool) {
	for _, d := range n.Devices() {
		if d.Name == name {
			return d, true
		}
	}
	return Device{}, false
}

// Targets lists the devices' addresses as a scan takes them. Every other
// address of the range is loopback too, and would answer a ping.
func (n *Network) Targets() []string {
	var list []string
	for _, d := range n.site.devices {
		list = append(list, d.addr.String())
	}
	return list
}

// Prefix gives the range of the network, for a site to declare.
func (n *Network) Prefix() netip.Prefix { return netip.PrefixFrom(n.site.base, 24) }

// SNMPPort gives the UDP port of the SNMP agents.
func (n *Network) SNMPPort() uint16 { return n.actual(endpoint{"udp", snmpPort}) }

// Port gives where the TCP port of a service is really bound.
func (n *Network) Port(number uint16) uint16 { return n.actual(endpoint{"tcp", number}) }

// Ports gives the TCP ports that a scan should look at, as a list for nmap's -p.
func (n *Network) Ports() string {
	var list []uint16
	for port := range n.tcpPorts {
		list = append(list, port)
	}
	slices.Sort(list)
	words := make([]string, len(list))
	for i, port := range list {
		words[i] = strconv.Itoa(int(port))
	}
	return strings.Join(words, ",")
}
