package api_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store/storetest"
	"parc/scanner"
	"parc/scanner/profile"
)

// The community has letters that XML writes otherwise.
const (
	labName      = "sw-lab.example.com"
	labCommunity = "lab<&>secret"
)

// startSwitch starts the real snmpd of the system as a switch at 127.0.0.1, and
// gives its port.
func startSwitch(t *testing.T) uint16 {
	t.Helper()
	probe, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	port := netip.MustParseAddrPort(probe.LocalAddr().String()).Port()
	_ = probe.Close()
	folder := t.TempDir()
	config := filepath.Join(folder, "snmpd.conf")
	text := fmt.Sprintf("agentaddress udp:127.0.0.1:%d\nrocommunity %s 127.0.0.1\nsysName %s\nsysLocation Baie 1\nsysObjectID 1.3.6.1.4.1.9.1.1208\n"+
		"sysDescr Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(2)E7, RELEASE SOFTWARE (fc3)\n",
		port, labCommunity, labName)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("snmpd")
	if err != nil {
		program = "/usr/sbin/snmpd"
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, "-f", "-Lo", "-C", "-c", config, "-p", filepath.Join(folder, "pid"))
	cmd.Env = append(os.Environ(), "SNMP_PERSISTENT_DIR="+folder, "SNMPCONFPATH="+folder, "MIBS=")
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start snmpd (on Debian: apt-get install snmpd): %v", err)
	}
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	for lines := bufio.NewScanner(said); lines.Scan(); { // it names itself when it listens
		if strings.HasPrefix(lines.Text(), "NET-SNMP version") {
			go func() { _, _ = io.Copy(io.Discard, said) }() // until it ends, at the end of the test
			return port
		}
	}
	t.Fatal("snmpd did not start")
	return 0
}

// runTask runs a program of FusionInventory. Whoever may not send echo requests
// does without: its library then ends the whole task.
func runTask(t *testing.T, command ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = os.Environ()
	if os.Getuid() != 0 {
		folder := t.TempDir()
		if err := os.MkdirAll(filepath.Join(folder, "Net"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "Net", "Ping.pm"), []byte("die 'no raw sockets';\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd.Env = append(cmd.Env, "PERL5LIB="+folder)
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s (on Debian: apt-get install fusioninventory-agent-task-network): %v\n%s", command[0], err, out)
	}
	return string(out)
}

// theSwitch gives the one asset that the switch must be, told by an agent's task
// and by nobody's own inventory.
func (d *door) theSwitch() inventory.Asset {
	d.t.Helper()
	all := d.assets(labName)
	if len(all) != 1 {
		for _, a := range all {
			d.t.Logf("%s %s %s %q %s\n known by %+v\n seen %+v", a.Hostname, a.Class, a.Vendor, a.Model, a.Doubt, a.Identifiers, a.Sightings)
		}
		d.t.Fatalf("%d assets", len(all))
	}
	a := all[0]
	if a.Vendor != "Cisco" || a.Class != inventory.Switch {
		d.t.Errorf("it is %s %s", a.Vendor, a.Class)
	}
	parcToo := false // its own scan is told to look at the loopback
	for _, s := range a.Sightings {
		parcToo = parcToo || s.Source == inventory.FromSNMP
		if s.Source == inventory.FromAgent && !strings.HasPrefix(s.Ref, inventory.AskedPrefix) {
			d.t.Errorf("it was seen as the agent's own machine: %+v", s)
		}
	}
	for _, i := range a.Identifiers {
		if i.Kind == inventory.IdentAgentID || !parcToo && strings.Contains(i.Value, "127.0.0.1") {
			d.t.Errorf("it is known by %+v", i)
		}
	}
	if a.Address == "127.0.0.1" && !parcToo {
		d.t.Error("its address is the loopback")
	}
	return a
}

// scanned has parc's own scan tell of the switch.
func (d *door) scanned(port uint16) {
	d.t.Helper()
	profiles, err := profile.Load()
	d.must(profiles, err)
	here := netip.MustParsePrefix("127.0.0.1/32")
	config := scanner.Config{
		Targets: scanner.TargetsOf(here), Allowed: []netip.Prefix{here}, Depth: inventory.DepthFull, SNMPPort: port, NoNmap: true, Profiles: profiles, Now: time.Now,
		Credentials: []inventory.Credential{{Version: "2c", Secret: inventory.NewSecret(labCommunity), Ranges: []netip.Prefix{here}}},
	}
	var told []inventory.Observation
	_, err = scanner.Run(d.t.Context(), config, func(o inventory.Observation) error { told = append(told, o); return nil }, nil)
	d.must(told, err)
	d.must(d.store.Record(d.t.Context(), storetest.Admin, d.e.ClientID, d.e.SiteID, told))
}

// TestRealNetworkTasks runs the network tasks of FusionInventory by hand against a
// real snmpd and sends what they wrote with its injector: the switch becomes one
// asset, and stays it when parc's own scan tells of it.
func TestRealNetworkTasks(t *testing.T) {
	t.Parallel()
	d, port, folder := newDoor(t), startSwitch(t), t.TempDir()
	runTask(t, "fusioninventory-netdiscovery", "--first", "127.0.0.1", "--last", "127.0.0.2", "--port", fmt.Sprint(port), "--community", labCommunity, "--timeout", "2", "--save", folder)
	found, err := filepath.Glob(filepath.Join(folder, "netdiscovery", "*.xml"))
	if err != nil || len(found) == 0 {
		t.Fatalf("it found %v, %v", found, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	text, err := exec.CommandContext(ctx, "fusioninventory-netinventory", "--host", "127.0.0.1", "--port", fmt.Sprint(port), "--community", labCommunity, "--timeout", "5").Output()
	d.must(text, err)
	asked := filepath.Join(folder, "asked.xml")
	d.must(nil, os.WriteFile(asked, text, 0o600))
	for _, file := range append(found, asked) {
		runTask(t, "fusioninventory-injector", "--verbose", "--file", file, "--url", d.server.URL+api.AgentPath(d.token))
	}
	if a := d.theSwitch(); len(a.Details.Interfaces) == 0 {
		t.Errorf("no interfaces: %+v", a.Details)
	}
	d.scanned(port)
	if a := d.theSwitch(); len(a.Sightings) < 2 {
		t.Errorf("parc's own scan made another asset: %+v", a.Sightings)
	}
}

// networked gives a door at a client whose site declares one address of the
// loopback network, and whose token lets its agents look there.
func networked(t *testing.T, port uint16) *door {
	t.Helper()
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	w.server.SNMPPort = port
	ctx := t.Context()
	client, err := w.store.CreateClient(ctx, storetest.Admin, inventory.Client{Name: "Lab"})
	w.must(client, err)
	site, err := w.store.CreateSite(ctx, storetest.Admin, inventory.Site{ClientID: client.ID, Name: "Baie", Networks: []inventory.Network{{Prefix: netip.MustParsePrefix("127.0.0.1/32")}}})
	w.must(site, err)
	for name, c := range map[string]inventory.Credential{
		"lab":       {Secret: inventory.NewSecret(labCommunity), Ranges: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
		"elsewhere": {Secret: inventory.NewSecret("not-for-the-lab"), Ranges: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}},
	} {
		c.ClientID, c.Name, c.Version = client.ID, name, "2c"
		w.must(w.store.CreateCredential(ctx, storetest.Admin, c))
	}
	e, token := api.NewEnrolment(client.ID, site.ID, "collector")
	e.Network = true
	e, err = w.store.CreateEnrolment(ctx, storetest.Admin, e)
	w.must(e, err)
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	w.a.client, w.a.site = client, site
	return &door{w, server, e, token}
}

// TestRealAgentIsAskedToLook has the real agent come on two days: on the first it
// looks for devices where it is told to, on the second it asks the one it found.
// Between the two it comes for nothing.
func TestRealAgentIsAskedToLook(t *testing.T) {
	t.Parallel()
	d := networked(t, startSwitch(t))
	command := withState(t, "fusioninventory-agent", "--server", d.server.URL+api.AgentPath(d.token), "--tasks", "netdiscovery,netinventory", "--debug", "--debug")
	visit := func() string {
		agentState.Lock()
		defer agentState.Unlock()
		return runTask(t, command...)
	}
	out := visit()
	if strings.Contains(out, "not-for-the-lab") {
		t.Error("it was given a credential for another range")
	}
	if a := d.theSwitch(); len(a.Details.Interfaces) != 0 {
		t.Fatalf("the first visit told more than a discovery: %+v\n%s", a.Details, out)
	}
	before := d.count("observations")
	visit()
	if after := d.count("observations"); after != before {
		t.Errorf("a second visit on one day told %d more", after-before)
	}
	if n := d.count("network_finds"); n != 1 {
		t.Fatalf("%d finds", n)
	}
	if _, err := d.store.DB().ExecContext(t.Context(), "UPDATE enrolments SET asked_at = '2026-01-01 00:00:00' WHERE id = $1", d.e.ID); err != nil {
		t.Fatal(err)
	}
	out = visit()
	if a := d.theSwitch(); len(a.Details.Interfaces) == 0 {
		t.Errorf("the next day's visit told no interfaces: %+v\n%s", a.Details, out)
	}
	agents, err := d.store.Agents(t.Context(), storetest.Admin, d.e.ClientID)
	d.must(agents, err)
	if len(agents) != 1 || agents[0].LastError != "" {
		t.Errorf("agents %+v", agents)
	}
	d.scanned(d.world.server.SNMPPort)
	d.theSwitch()
}

const prologOf = `<?xml version="1.0" encoding="UTF-8" ?><REQUEST><DEVICEID>pc-agent-2026-01-01-08-00-00</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>`

// TestWhoIsGivenCredentials asks as agents do, by ways that others may read and by
// ways that they may not: who is refused is not counted as asked.
func TestWhoIsGivenCredentials(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from    string
		header  []string
		proxies string
		network bool
		given   bool
		tls     bool
	}{
		"from this machine":            {"127.0.0.1:9", nil, "", true, true, false},
		"by TLS":                       {"10.0.0.9:9", nil, "", true, true, true},
		"in clear":                     {"10.0.0.9:9", nil, "", true, false, false},
		"in clear, it says otherwise":  {"10.0.0.9:9", []string{"X-Forwarded-Proto", "https"}, "", true, false, false},
		"by a proxy that is not named": {"127.0.0.1:9", []string{"X-Forwarded-For", "10.0.0.9"}, "", true, false, false},
		"by a named proxy, with TLS":   {"127.0.0.1:9", []string{"X-Forwarded-For", "10.0.0.9", "X-Forwarded-Proto", "https"}, "127.0.0.1/32", true, true, false},
		"by a named proxy, in clear":   {"127.0.0.1:9", []string{"X-Forwarded-For", "10.0.0.9", "X-Forwarded-Proto", "http"}, "127.0.0.1/32", true, false, false},
		"by a named proxy, not told":   {"127.0.0.1:9", nil, "127.0.0.1/32", true, false, false},
		"with another token":           {"127.0.0.1:9", nil, "", false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := networked(t, 161)
			if tc.proxies != "" {
				d.world.server.TrustedProxies = []netip.Prefix{netip.MustParsePrefix(tc.proxies)}
			}
			token := d.token
			if !tc.network {
				e, plain := api.NewEnrolment(d.e.ClientID, d.e.SiteID, "plain")
				d.must(d.store.CreateEnrolment(t.Context(), storetest.Admin, e))
				token = plain
			}
			ask := func(body string, header ...string) string {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, api.AgentPath(token), strings.NewReader(body))
				r.RemoteAddr = tc.from
				if tc.tls {
					r.TLS = &tls.ConnectionState{}
				}
				for i := 0; i+1 < len(tc.header); i += 2 {
					r.Header.Set(tc.header[i], tc.header[i+1])
				}
				for i := 0; i+1 < len(header); i += 2 {
					r.Header.Set(header[i], header[i+1])
				}
				answer := httptest.NewRecorder()
				d.handler.ServeHTTP(answer, r)
				if answer.Code != http.StatusOK {
					t.Fatalf("%d %s", answer.Code, answer.Body)
				}
				if answer.Header().Get("Content-Type") == "application/x-compress-zlib" {
					return unpacked(t, answer.Body.Bytes())
				}
				return answer.Body.String()
			}
			contact := ask(`{"action":"contact","deviceid":"pc-agent-2026-01-01-08-00-00","name":"GLPI-Agent","version":"1.12"}`)
			if announced := strings.Contains(contact, `"netdiscovery":{"server":"glpiinventory"`); announced != tc.given || tc.given == strings.Contains(contact, `"netdiscovery",`) {
				t.Errorf("contact: %s", contact)
			}
			if pending := ask(prologOf, "GLPI-Agent-ID", "a-b-c"); !strings.Contains(pending, "pending") {
				t.Errorf("prolog: %s", pending)
			}
			first := ask(prologOf)
			if given := strings.Contains(first, "lab&lt;&amp;&gt;"); given != tc.given || given != strings.Contains(first, `IPSTART="127.0.0.1" IPEND="127.0.0.1"`) {
				t.Errorf("prolog: %s", first)
			}
			if strings.Contains(first, "not-for-the-lab") || !strings.Contains(first, "<RESPONSE>SEND</RESPONSE>") {
				t.Errorf("prolog: %s", first)
			}
			if again := ask(prologOf); strings.Contains(again, "OPTION") {
				t.Errorf("asked twice on one day: %s", again)
			}
			e, err := d.store.Enrolments(t.Context(), storetest.Admin, d.e.ClientID)
			d.must(e, err)
			if asked := e[0].AskedAt != nil; asked != tc.given {
				t.Errorf("noted as asked: %v", asked)
			}
		})
	}
}
