package snmp

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gosnmp/gosnmp"

	"parc/inventory"
)

// agent is an SNMP agent for tests. What it does with a request can be bent:
// answer gives the response, nil for silence.
type agent struct {
	t       *testing.T
	conn    *net.UDPConn
	objects []gosnmp.SnmpPDU // sorted
	bend    func(request, response *gosnmp.SnmpPacket) *gosnmp.SnmpPacket
	twice   bool   // sends each answer twice
	through *agent // answers what this one is asked, from its own address

	mu       sync.Mutex
	requests []*gosnmp.SnmpPacket
}

// object makes one object of an agent: an int is an INTEGER, text octets.
func object(oid string, value any) gosnmp.SnmpPDU {
	pdu := gosnmp.SnmpPDU{Name: oid, Type: gosnmp.OctetString, Value: value}
	if _, number := value.(int); number {
		pdu.Type = gosnmp.Integer
	}
	return pdu
}

// startAgent starts an agent on a loopback address, with port 0 on any port.
func startAgent(t *testing.T, addr string, port int, objects []gosnmp.SnmpPDU, bend func(request, response *gosnmp.SnmpPacket) *gosnmp.SnmpPacket, options ...func(*agent)) *agent {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.ParseIP(addr), Port: port})
	if err != nil {
		t.Fatalf("start an agent: %v", err)
	}
	slices.SortFunc(objects, func(a, b gosnmp.SnmpPDU) int { return compareOID(a.Name, b.Name) })
	a := &agent{t: t, conn: conn, objects: objects, bend: bend}
	for _, option := range options {
		option(a)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.serve()
	}()
	t.Cleanup(func() {
		_ = conn.Close()
		<-done
	})
	return a
}

func (a *agent) port() uint16 { return a.conn.LocalAddr().(*net.UDPAddr).AddrPort().Port() }

// startRelay starts an agent whose answers come from another one's address.
func startRelay(t *testing.T, addr string, other *agent) *agent {
	return startAgent(t, addr, int(other.port()), nil, nil, func(a *agent) { a.through = other })
}

// communities lists what the agent was asked with.
func (a *agent) communities() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []string
	for _, request := range a.requests {
		out = append(out, request.Community)
	}
	return out
}

func (a *agent) asked() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.requests)
}

func (a *agent) serve() {
	buf := make([]byte, 64<<10)
	for {
		n, from, err := a.conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		decoder := gosnmp.GoSNMP{Version: gosnmp.Version2c}
		request, err := decoder.SnmpDecodePacket(slices.Clone(buf[:n]))
		if err != nil {
			continue
		}
		a.mu.Lock()
		a.requests = append(a.requests, request)
		a.mu.Unlock()
		if a.through != nil {
			if octets, err := a.through.respond(request).MarshalMsg(); err == nil {
				_, _ = a.through.conn.WriteToUDPAddrPort(octets, from)
			}
			continue
		}
		response := a.respond(request)
		if a.bend != nil {
			response = a.bend(request, response)
		}
		if response == nil {
			continue
		}
		octets, err := response.MarshalMsg()
		if err != nil {
			a.t.Errorf("agent: %v", err)
			continue
		}
		_, _ = a.conn.WriteToUDPAddrPort(octets, from)
		if a.twice {
			_, _ = a.conn.WriteToUDPAddrPort(octets, from)
		}
	}
}

// respond answers as a correct agent does.
func (a *agent) respond(request *gosnmp.SnmpPacket) *gosnmp.SnmpPacket {
	response := &gosnmp.SnmpPacket{
		Version: request.Version, Community: request.Community, PDUType: gosnmp.GetResponse, RequestID: request.RequestID,
	}
	refuse := func(i int) *gosnmp.SnmpPacket {
		response.Error, response.ErrorIndex = gosnmp.NoSuchName, uint8(i+1)
		response.Variables = request.Variables
		return response
	}
	repetitions := 1
	if request.PDUType == gosnmp.GetBulkRequest {
		repetitions = int(request.MaxRepetitions)
	}
	cursors := make([]string, len(request.Variables))
	for i, v := range request.Variables {
		cursors[i] = v.Name[1:]
	}
	for range repetitions {
		for i, oid := range cursors {
			at, found := slices.BinarySearchFunc(a.objects, oid, func(o gosnmp.SnmpPDU, oid string) int { return compareOID(o.Name, oid) })
			missing := gosnmp.NoSuchInstance
			if request.PDUType != gosnmp.GetRequest {
				if found {
					at++
				}
				found, missing = at < len(a.objects), gosnmp.EndOfMibView
			}
			if !found {
				if request.Version == gosnmp.Version1 {
					return refuse(i)
				}
				response.Variables = append(response.Variables, gosnmp.SnmpPDU{Name: oid, Type: missing})
				continue
			}
			cursors[i] = a.objects[at].Name
			response.Variables = append(response.Variables, a.objects[at])
		}
	}
	return response
}

// table makes a column of n rows.
func column(root string, n int) []gosnmp.SnmpPDU {
	var out []gosnmp.SnmpPDU
	for i := range n {
		out = append(out, object(root+"."+decimal(i+1), "row "+decimal(i+1)))
	}
	return out
}

func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + decimal(n%10)
}

func community(version, text string, ranges ...string) inventory.Credential {
	c := inventory.Credential{Name: "test", Version: version, Secret: inventory.NewSecret(text)}
	for _, r := range ranges {
		c.Ranges = append(c.Ranges, netip.MustParsePrefix(r))
	}
	if len(ranges) == 0 {
		c.Ranges = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	}
	return c
}

// dial opens a session to an agent, with short time-outs.
func dial(t *testing.T, a *agent, version string) *Session {
	t.Helper()
	addr := a.conn.LocalAddr().(*net.UDPAddr).AddrPort()
	s, err := DialTarget(t.Context(), Target{
		Addr: addr.Addr(), Port: addr.Port(), Credential: community(version, "public"), Timeout: 100 * time.Millisecond, Retries: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
