package nmap

import (
	"errors"
	"io"
	"net/netip"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parc/inventory"
)

const twoHosts = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" start="1">
<hosthint><status state="up"/></hosthint>
<taskprogress task="Service scan" time="1" percent="50.00" remaining="1" etc="2"/>
<host><status state="up" reason="arp-response"/><address addr="192.0.2.7" addrtype="ipv4"/>
<address addr="00:11:32:AA:BB:CC" addrtype="mac" vendor="Synology"/>
<hostnames><hostname name="nas.example.net" type="PTR"/><hostname name="typed" type="user"/></hostnames>
<ports><port protocol="tcp" portid="443"><state state="open"/><service name="http" product="nginx" tunnel="ssl" method="probed"><cpe>cpe:/a:igor_sysoev:nginx</cpe></service>
<script id="ssl-cert" output="Subject: commonName=nas"><table key="subject"><elem key="commonName">nas &amp; more</elem><elem key="organizationName">Example</elem></table><table key="issuer"><elem key="commonName">nas &amp; more</elem><elem key="organizationName">Example</elem></table><table key="validity"><elem key="notAfter">2025-01-31T10:00:00</elem></table>
<table key="extensions"><table><elem key="name">X509v3 Subject Alternative Name</elem><elem key="value">DNS:nas, IP Address:192.0.2.7</elem></table></table></script>
<script id="http-title" output="Caf&#xc3;&#xa9;&#x0;"><elem key="title">Caf&#xc3;&#xa9;</elem></script><script id="http-auth" output="ERROR: no"/></port>
<port protocol="tcp" portid="22"><state state="closed"/></port></ports>
<os><osmatch name="Linux 4.4" accuracy="95"><osclass type="general purpose" vendor="Linux" osfamily="Linux" osgen="4.X"><cpe>cpe:/o:linux:linux_kernel:4.4</cpe></osclass></osmatch></os>
<uptime seconds="3600"/>
</host>
<host><status state="down"/><address addr="192.0.2.8" addrtype="ipv4"/></host>
<host timedout="perhaps"><status state="up"/><address addr="192.0.2.9" addrtype="ipv4"/></host>
<host timedout="true"><status state="up"/><address addr="192.0.2.10" addrtype="ipv4"/></host>
<runstats><finished errormsg="it rained"/></runstats>
</nmaprun>`

type told struct {
	hosts []Host
	hints int
	tasks []string
	odd   []string
	end   string
}

func readAll(r io.Reader) (*told, error) {
	var got told
	err := read(r, sink{
		host:     func(h Host) error { got.hosts = append(got.hosts, h); return nil },
		hint:     func() { got.hints++ },
		task:     func(name string, _ float64) { got.tasks = append(got.tasks, name) },
		finished: func(message string) { got.end = message },
		odd:      func(what string) { got.odd = append(got.odd, what) },
	})
	return &got, err
}

func TestReadTellsOfHosts(t *testing.T) {
	t.Parallel()
	got, err := readAll(iotest.OneByteReader(strings.NewReader(twoHosts)))
	if err != nil {
		t.Fatal(err)
	}
	certificate := &inventory.Certificate{
		Subject: "CN=nas & more, O=Example", Issuer: "CN=nas & more, O=Example", Names: []string{"nas", "192.0.2.7"},
		NotAfter: time.Date(2025, 1, 31, 10, 0, 0, 0, time.UTC), SelfSigned: true,
	}
	want := []Host{
		{
			Address: netip.MustParseAddr("192.0.2.7"), Reason: "arp-response", MAC: "00:11:32:aa:bb:cc", MACVendor: "Synology",
			Names: []string{"nas.example.net"}, Uptime: time.Hour,
			Services: []Service{{
				Service: inventory.Service{
					Port: 443, Protocol: "tcp", Name: "https", Product: "nginx", TLS: certificate,
					Scripts: map[string]string{"http-title": "Café?"}, Source: inventory.FromNmap,
				},
				CPEs: []string{"cpe:/a:igor_sysoev:nginx"},
			}},
			Systems: []System{{
				Name: "Linux 4.4", Accuracy: 95, Vendor: "Linux", Family: "Linux", Generation: "4.X", Kind: "general purpose",
				CPEs: []string{"cpe:/o:linux:linux_kernel:4.4"},
			}},
		},
		{Address: netip.MustParseAddr("192.0.2.10"), TimedOut: true},
	}
	if diff := cmp.Diff(want, got.hosts, cmp.Comparer(func(a, b netip.Addr) bool { return a == b }), cmpopts.IgnoreFields(Service{}, "Results")); diff != "" {
		t.Errorf("hosts differ (-want +got):\n%s", diff)
	}
	if title, ok := Find(got.hosts[0].Services[0].Results, "http-title"); !ok || title.Get("title") != "Café" {
		t.Errorf("title %+v", title)
	}
	if got.hints != 1 || len(got.tasks) != 1 || got.end != "it rained" || len(got.odd) != 1 {
		t.Errorf("hints %d, tasks %v, end %q, odd %v", got.hints, got.tasks, got.end, got.odd)
	}
}

// A killed nmap leaves half an element: what came before counts.
func TestReadCutShortKeepsWhatCame(t *testing.T) {
	t.Parallel()
	got, err := readAll(strings.NewReader(twoHosts[:strings.Index(twoHosts, "<host><status state=\"down\"")+12]))
	if err == nil || len(got.hosts) != 1 {
		t.Errorf("hosts %d, err %v", len(got.hosts), err)
	}
}

// endless is a host element that never ends.
type endless struct{ begun bool }

func (e *endless) Read(p []byte) (int, error) {
	if !e.begun {
		e.begun = true
		return copy(p, "<nmaprun><host comment=\""), nil
	}
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestReadStopsAtAnEndlessHost(t *testing.T) {
	t.Parallel()
	if _, err := readAll(&endless{}); !errors.Is(err, errTooLarge) {
		t.Errorf("err = %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(twoHosts)
	f.Add("<nmaprun><host><host><host>")
	f.Add("<nmaprun><taskprogress percent=\"NaN\"/><host>&#x0;&#99999999999;&amp;&#")
	f.Add(`<!DOCTYPE x [<!ENTITY a "b">]><nmaprun><host comment="&a;"/></nmaprun>`)
	f.Add("<nmaprun>" + strings.Repeat("<a>", 5000))
	f.Fuzz(func(t *testing.T, text string) {
		got, _ := readAll(strings.NewReader(text))
		for _, h := range got.hosts {
			if !h.Address.IsValid() {
				t.Error("a host without an address")
			}
			for _, s := range h.Services {
				for _, text := range []string{s.Name, s.Product, s.Version, s.Banner, s.Extra} {
					if text != inventory.Clean(text) {
						t.Errorf("%q is not clean", text)
					}
				}
			}
		}
	})
}

func TestPortsAreChecked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Ports{
		"": "", "22": "22", "80, 22,8000-8100": "22,80,8000-8100", "65535": "65535", "1-3,2-5,6": "1-6",
	} {
		if got, err := ParsePorts(text); err != nil || got != want {
			t.Errorf("ports %q: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"65536", "0", "90-80", "22;rm", "-p", "http*", "22,", "+22", "1-", "-5", "22 -oX /tmp/x", "99999999999999999999"} {
		if got, err := ParsePorts(text); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("ports %q: %q, %v", text, got, err)
		}
	}
	for _, p := range []Ports{quickPorts, standardPorts, udpPorts} {
		if got, err := ParsePorts(string(p)); err != nil || got == "" {
			t.Errorf("preset %v: %v", p, err)
		}
	}
	if _, err := ParsePreset("brutal"); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("preset: %v", err)
	}
}

// Nothing that a caller can put in the options becomes an argument of its own.
func TestArgumentsCannotBeInjected(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{Ports: "80 --script=evil"}, {Ports: "-iL/etc/passwd"}, {Preset: "-oN/tmp/x"}, {Rate: -1}} {
		if _, err := Run(t.Context(), o, only("127.0.0.1/32"), nil); inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
