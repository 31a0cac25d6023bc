package scanner

import (
	"fmt"
	"net"
	"net/netip"
	"testing"

	"parc/inventory"
	"parc/scanner/nmap"
)

const tcpTable = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0
   1: 0500007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0
   2: 0500007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0
   3: 0100007F:0019 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0
   4: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0 0 0 0 0
   5: nonsense`

func TestListenersOwnWhatIsEverywhere(t *testing.T) {
	t.Parallel()
	l := listeners{map[string]bool{}, map[string]bool{}}
	l.read("tcp", tcpTable)
	for address, want := range map[string][]int{
		"127.0.0.1":   {22, 80, 8080}, // the machine itself
		"127.0.0.5":   {22, 80},       // bound there
		"127.0.0.9":   {80},           // everywhere
		"192.168.1.1": {22, 80, 8080}, // somebody else
	} {
		h := nmap.Host{Address: netip.MustParseAddr(address)}
		for _, port := range []int{22, 80, 8080} {
			h.Services = append(h.Services, service(port, ""))
		}
		l.own(&h)
		var got []int
		for _, s := range h.Services {
			got = append(got, s.Port)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

// A service of this machine answers on every loopback address; it is one
// machine's all the same.
func TestRunFindsTheMachineItselfOnce(t *testing.T) {
	t.Parallel()
	everywhere, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer everywhere.Close()
	port := netip.MustParseAddrPort(everywhere.Addr().String()).Port()
	c := config(t, "127.0.0.0/28")
	c.Credentials, c.Preset, c.Ports = nil, "quick", fmt.Sprint(port)
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil {
		t.Fatal(err)
	}
	if len(got.observations) != 1 || got.from(inventory.FromNmap, "127.0.0.1") == nil {
		t.Errorf("observations %+v", got.observations)
	}
}

func TestFindNeighbour(t *testing.T) {
	t.Parallel()
	const table = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.9      0x1         0x2         00:11:32:aa:bb:cc     *        eth0
192.168.1.8      0x1         0x0         00:00:00:00:00:00     *        eth0
nonsense`
	for address, want := range map[string]string{"192.168.1.9": "00:11:32:aa:bb:cc", "192.168.1.8": "", "192.168.1.7": ""} {
		if got := findNeighbour(table, netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
