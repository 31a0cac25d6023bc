package scanner

import (
	"context"
	"net/netip"
	"strings"
	"sync"
	"time"

	"parc/inventory"
	"parc/scanner/nmap"
)

// The limits of what a host is asked without a password.
const (
	hostTime    = 15 * time.Second // all questions to one host
	answerTime  = 1500 * time.Millisecond
	maxDatagram = 9000
	maxWebPorts = 6 // web servers of one host that are looked at
	maxTLSPorts = 4
)

// asking is one host being asked. Questions run side by side; what they learn
// goes into the evidence under the lock.
type asking struct {
	net  *network
	host *nmap.Host
	told bool // handed on

	mu         sync.Mutex
	evidence   *evidence
	weaknesses []inventory.Weakness
}

// learn has f write down what a question taught.
func (a *asking) learn(f func(e *evidence)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f(a.evidence)
}

func (a *asking) weak(kind inventory.WeaknessKind, port int, evidence string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.weaknesses = append(a.weaknesses, inventory.Weakness{Kind: kind, Port: port, Evidence: inventory.CleanTo(evidence, 300)})
}

// at gives a port of the host.
func (a *asking) at(port int) netip.AddrPort { return netip.AddrPortFrom(a.host.Address, uint16(port)) }

// question is one thing that a host may be asked. Asking changes nothing on it
// and tries no password.
type question struct {
	name string
	ask  func(ctx context.Context, a *asking)
}

// datagrams are asked of every host that is there: one small packet each.
var datagrams = []question{
	{"netbios", askNetBIOS},
	{"mdns", askMDNS},
	{"upnp", askUPnP},
	{"discovery", askDiscovery},
	{"sip", askSIP},
	{"ubiquiti", askUbiquiti},
}

// streams are asked of open ports that look as if they could answer.
var streams = []question{
	{"banner", askBanners},
	{"web", askWebAndTLS},
	{"smb", askSMB},
	{"ipp", askIPP},
}

// askWebAndTLS asks both in turn: what the first learns of certificates, the
// second need not ask.
func askWebAndTLS(ctx context.Context, a *asking) {
	askWeb(ctx, a)
	askTLS(ctx, a)
}

// askAll asks everything that is worth asking, side by side.
func (a *asking) askAll(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, hostTime)
	defer cancel()
	list := datagrams
	if a.host.Address.IsLoopback() && !a.host.Solid() {
		list = nil // every loopback address is there
	}
	if len(a.host.Services) > 0 {
		list = append(list[:len(list):len(list)], streams...)
	}
	var crew sync.WaitGroup
	for _, q := range list {
		crew.Go(func() { q.ask(ctx, a) })
	}
	crew.Wait()
	for i := range a.host.Services {
		if s := &a.host.Services[i]; s.Name == "" && strings.HasPrefix(s.Banner, sshGreeting) {
			s.Name = "ssh"
		}
	}
}

// exchange sends a datagram and gives the answers that come in time: the first
// only, unless more are wanted. It is sent a second time when nothing comes.
func (a *asking) exchange(ctx context.Context, port int, packet []byte, most int) [][]byte {
	conn, err := a.net.dial(ctx, "udp", a.at(port), answerTime)
	if err != nil {
		return nil
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	var answers [][]byte
	buffer := make([]byte, maxDatagram)
	for range 2 {
		if _, err := conn.Write(packet); err != nil {
			return nil
		}
		if err := conn.SetReadDeadline(time.Now().Add(answerTime)); err != nil || ctx.Err() != nil {
			return nil
		}
		for len(answers) < most {
			n, err := conn.Read(buffer)
			if err != nil {
				if len(answers) == 0 && !timedOut(err) {
					return nil // refused
				}
				break
			}
			answers = append(answers, append([]byte(nil), buffer[:n]...))
		}
		if len(answers) > 0 {
			break
		}
	}
	return answers
}

func timedOut(err error) bool {
	t, ok := err.(interface{ Timeout() bool }) //nolint:errorlint // net errors tell it themselves
	return ok && t.Timeout()
}

// unknownService among the words of named stands for services of which not
// even the usual name is known.
const unknownService = "?"

// named gives the open TCP services whose name starts with one of the words,
// or that stand on one of the ports.
func (a *asking) named(ports []int, words ...string) []*nmap.Service {
	var out []*nmap.Service
	for i := range a.host.Services {
		s := &a.host.Services[i]
		if s.Protocol != "tcp" {
			continue
		}
		fits := s.Guessed && containsInt(ports, s.Port)
		for _, w := range words {
			fits = fits || strings.HasPrefix(s.Name, w) || w == unknownService && s.Name == ""
		}
		if fits {
			out = append(out, s)
		}
	}
	return out
}

func containsInt(list []int, n int) bool {
	for _, i := range list {
		if i == n {
			return true
		}
	}
	return false
}
