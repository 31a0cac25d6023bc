package nmap

import (
	"errors"
	"io"
	"strings"
	"testing"

	"parc/inventory"
)

const twoHosts = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" start="1">
<taskprogress task="Service scan" time="1" percent="50.00" remaining="1" etc="2"/>
<host><status state="up" reason="arp-response"/><address addr="192.0.2.7" addrtype="ipv4"/>
<address addr="00:11:32:AA:BB:CC" addrtype="mac" vendor="Synology"/>
<hostnames><hostname name="nas.example.net" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="443"><state state="open"/><service name="http" product="nginx" tunnel="ssl"/>
<script id="ssl-cert" output="Subject: commonName=nas&#xa;Subject Alternative Name: DNS:nas, DNS:nas.local"><table key="subject"><elem key="commonName">nas</elem></table><table key="issuer"><elem key="commonName">nas</elem></table><table key="validity"><elem key="notAfter">2025-01-31T10:00:00</elem></table></script></port>
<port protocol="tcp" portid="22"><state state="closed"/></port></ports>
<os><osmatch name="Linux 4.4" accuracy="95"><osclass type="general purpose" vendor="Linux" osfamily="Linux" osgen="4.X"/></osmatch></os>
</host>
<host><status state="down"/><address addr="192.0.2.8" addrtype="ipv4"/></host>
</nmaprun>`

func readAll(text string) (hosts []Host, progress []Progress, err error) {
	err = readStream(strings.NewReader(text),
		func(h Host) error { hosts = append(hosts, h); return nil },
		func(p Progress) { progress = append(progress, p) })
	return hosts, progress, err
}

func TestStreamReadsHosts(t *testing.T) {
	t.Parallel()
	hosts, progress, err := readAll(twoHosts)
	if err != nil || len(hosts) != 1 || len(progress) != 1 {
		t.Fatalf("hosts %+v, progress %+v, err %v", hosts, progress, err)
	}
	h := hosts[0]
	if h.Addr.String() != "192.0.2.7" || h.MACVendor != "Synology" || h.Names[0] != "nas.example.net" || len(h.Services) != 1 || h.Systems[0].Accuracy != 95 {
		t.Errorf("host = %+v", h)
	}
	tls := h.Services[0].TLS
	if h.Services[0].Name != "https" || tls == nil || !tls.SelfSigned || tls.NotAfter.Year() != 2025 || len(tls.Names) != 2 {
		t.Errorf("service = %+v, certificate = %+v", h.Services[0], tls)
	}
}

// A killed nmap leaves half an element: what came before counts.
func TestStreamCutShortKeepsWhatCame(t *testing.T) {
	t.Parallel()
	whole := strings.Index(twoHosts, "<host><status state=\"down\"") + 12
	hosts, _, err := readAll(twoHosts[:whole])
	if err != nil || len(hosts) != 1 {
		t.Errorf("hosts %d, err %v", len(hosts), err)
	}
}

func TestStreamCleansWhatDevicesSay(t *testing.T) {
	t.Parallel()
	hosts, _, err := readAll("<nmaprun><host><status state=\"up\"/><address addr=\"192.0.2.9\" addrtype=\"ipv4\"/>" +
		"<hostnames><hostname name=\"a\u202eb\" type=\"PTR\"/></hostnames></host></nmaprun>")
	if err != nil || len(hosts) != 1 || hosts[0].Names[0] != "ab" {
		t.Errorf("hosts %+v, err %v", hosts, err)
	}
}

// endless is a host element that never ends.
type endless struct{ begun bool }

func (e *endless) Read(p []byte) (int, error) {
	if !e.begun {
		e.begun = true
		return copy(p, "<nmaprun><host comment=\""), nil
	}
	return copy(p, strings.Repeat("x", len(p))), nil
}

func TestStreamStopsAtAnEndlessHost(t *testing.T) {
	t.Parallel()
	err := readStream(&endless{}, func(Host) error { return nil }, func(Progress) {})
	if !errors.Is(err, errHostTooLong) {
		t.Errorf("err = %v", err)
	}
}

func FuzzStream(f *testing.F) {
	f.Add(twoHosts)
	f.Add("<host><host><host>")
	f.Add(`<!DOCTYPE x [<!ENTITY a "b">]><host comment="&a;"/>`)
	f.Fuzz(func(t *testing.T, text string) {
		_ = readStream(io.LimitReader(strings.NewReader(text), 1<<20), func(h Host) error {
			if !h.Addr.IsValid() {
				t.Error("a host without an address")
			}
			for _, s := range h.Services {
				if s.Banner != inventory.Clean(s.Banner) {
					t.Errorf("banner %q is not clean", s.Banner)
				}
			}
			return nil
		}, func(Progress) {})
	})
}
