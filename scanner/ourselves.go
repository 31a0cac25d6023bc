package scanner

import (
	"context"
	"errors"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"parc/inventory"
	"parc/scanner/nmap"
)

// The ports that parc tries where there is no nmap: the first tell who is
// there, the others are tried on those that answered.
var (
	firstPorts = []uint16{443, 80, 22, 445, 3389, 9100}
	otherPorts = []uint16{
		21, 23, 25, 53, 88, 135, 139, 389, 515, 548, 554, 631, 902, 1433, 1883, 2049, 3306, 5000, 5001, 5060, 5432, 5900, 5985,
		8000, 8006, 8080, 8291, 8443, 8728, 10000, 37777, 62078,
	}
)

const (
	connectTime = 1200 * time.Millisecond
	lookers     = 128 // hosts looked at at once
	portsAtOnce = 8   // of one host
)

// lookOurselves finds hosts by connecting to their ports.
func (l *looking) lookOurselves(ctx context.Context, chunk []netip.Prefix, take func(nmap.Host) error) error {
	targets := TargetsOf(chunk...)
	first, others := firstPorts, otherPorts
	if l.Ports != "" {
		first, others = portList(l.Ports), nil
	}
	size := targets.Count()
	addrs := make(chan netip.Addr)
	var (
		crew   sync.WaitGroup
		mu     sync.Mutex // guards what follows, and take
		done   int
		failed error
	)
	for range lookers {
		crew.Go(func() {
			for a := range addrs {
				h, up := l.lookAt(ctx, a, first, others)
				mu.Lock()
				done++
				l.progress(foundShare*float64(done)/float64(size), size)
				if up && failed == nil && ctx.Err() == nil {
					failed = take(h)
				}
				mu.Unlock()
			}
		})
	}
	feed(ctx, targets, addrs)
	crew.Wait()
	return failed
}

func feed(ctx context.Context, targets Targets, addrs chan<- netip.Addr) {
	defer close(addrs)
	for a := range targets.All() {
		select {
		case addrs <- a:
		case <-ctx.Done():
			return
		}
	}
}

// lookAt connects to the ports of one address; up is false when nothing at all
// came back.
func (s *scan) lookAt(ctx context.Context, a netip.Addr, first, others []uint16) (h nmap.Host, up bool) {
	h = nmap.Host{Address: a, Reason: "connect"}
	open, refused := s.connect(ctx, a, first)
	if len(open) == 0 && !refused {
		return h, false
	}
	more, _ := s.connect(ctx, a, others)
	for _, port := range append(open, more...) {
		h.Services = append(h.Services, nmap.Service{
			Service: inventory.Service{Port: int(port), Protocol: "tcp", Name: portName(port), Source: inventory.FromNmap}, Guessed: true,
		})
	}
	return h, true
}

// connect gives the ports that take connections, in the order given; refused
// tells that the host refused one, so that it is there.
func (s *scan) connect(ctx context.Context, a netip.Addr, ports []uint16) (open []uint16, refused bool) {
	found := make([]bool, len(ports))
	var crew sync.WaitGroup
	var mu sync.Mutex
	slots := make(chan struct{}, portsAtOnce)
	for i, port := range ports {
		if ctx.Err() != nil {
			break
		}
		slots <- struct{}{}
		crew.Go(func() {
			defer func() { <-slots }()
			conn, err := s.net.dial(ctx, "tcp", netip.AddrPortFrom(a, port), connectTime)
			if err == nil {
				found[i] = true
				_ = conn.Close() // nothing was sent
				return
			}
			if errors.Is(err, syscall.ECONNREFUSED) {
				mu.Lock()
				refused = true
				mu.Unlock()
			}
		})
	}
	crew.Wait()
	for i, port := range ports {
		if found[i] {
			open = append(open, port)
		}
	}
	return open, refused
}

// portList gives the ports of a checked list.
func portList(text string) []uint16 {
	checked, err := nmap.ParsePorts(text)
	if err != nil || checked == "" {
		return nil
	}
	var out []uint16
	for part := range strings.SplitSeq(string(checked), ",") {
		first, second, ranged := strings.Cut(part, "-")
		from, _ := strconv.Atoi(first) // checked
		to := from
		if ranged {
			to, _ = strconv.Atoi(second)
		}
		for p := from; p <= to; p++ {
			out = append(out, uint16(p))
		}
	}
	return out
}

// portName gives what usually listens on a port, in nmap's words.
func portName(port uint16) string {
	return map[uint16]string{
		21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 53: "domain", 80: "http", 88: "kerberos-sec", 135: "msrpc", 139: "netbios-ssn",
		389: "ldap", 443: "https", 445: "microsoft-ds", 515: "printer", 548: "afp", 554: "rtsp", 631: "ipp", 902: "vmware-auth",
		1433: "ms-sql-s", 1883: "mqtt", 2049: "nfs", 3306: "mysql", 3389: "ms-wbt-server", 5000: "http", 5001: "https", 5060: "sip",
		5432: "postgresql", 5900: "vnc", 5985: "wsman", 8000: "http", 8006: "https", 8080: "http", 8291: "mikrotik", 8443: "https",
		8728: "mikrotik", 9100: "jetdirect", 10000: "http", 37777: "dvr", 62078: "iphone-sync",
	}[port]
}
