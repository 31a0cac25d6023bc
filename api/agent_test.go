package api_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parc/api"
	"parc/inventory"
	"parc/inventory/store/storetest"
)

// door is a running server and the address at which agents of client A report in.
type door struct {
	*world
	server *httptest.Server
	e      inventory.Enrolment
	token  string
}

func newDoor(t *testing.T) *door {
	w := newWorld(t, storetest.Open(t, storetest.SQLite(t)))
	e, token := api.NewEnrolment(w.a.client.ID, w.a.site.ID, "agents")
	e, err := w.store.CreateEnrolment(t.Context(), storetest.Admin, e)
	w.must(e, err)
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	return &door{w, server, e, token}
}

// send posts a message to a path and gives the status and the answer, unpacked.
func (d *door) send(path string, body []byte, header ...string) (int, string) {
	d.t.Helper()
	r, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.server.URL+path, bytes.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if answer.Header.Get("Content-Type") == "application/x-compress-zlib" {
		return answer.StatusCode, unpacked(d.t, text)
	}
	return answer.StatusCode, string(text)
}

// unpacked gives an answer's text, packed in the one way that all agents read.
func unpacked(t *testing.T, text []byte) string {
	t.Helper()
	if len(text) < 2 || text[0] != 0x78 || text[1] != 0x9c {
		t.Fatalf("packed as % x: FusionInventory does not unpack that", text[:2])
	}
	z, err := zlib.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func (d *door) assets(name string) []inventory.Asset {
	d.t.Helper()
	var all []inventory.Asset
	err := d.store.AssetsFull(d.t.Context(), storetest.Admin, inventory.AssetFilter{ClientID: d.a.client.ID, Text: name}, func(a inventory.Asset) error {
		all = append(all, a)
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func inventoryOf(serial, software string, partial bool) []byte {
	content := map[string]any{
		"versionclient": "GLPI-Agent_v1.12",
		"bios":          map[string]any{"ssn": serial, "smanufacturer": "Dell Inc.", "smodel": "Latitude 5420"},
		"hardware":      map[string]any{"name": "pc-agent", "uuid": "4c4c4544-0044-4d10-8052-b4c04f463432"},
	}
	if software != "" {
		content["softwares"] = []any{map[string]any{"name": software, "version": "1.0"}}
	}
	message := map[string]any{"action": "inventory", "deviceid": "pc-agent-2026-01-01-08-00-00", "itemtype": "Computer", "content": content}
	if partial {
		message["partial"] = true
	}
	text, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	return text
}

// TestGLPIAgentReportsIn speaks as GLPI Agent does: a prolog, a contact, whole
// and partial inventories, the same again, and a poll.
func TestGLPIAgentReportsIn(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := api.AgentPath(d.token)
	prolog := []byte(`<?xml version="1.0" encoding="UTF-8" ?><REQUEST><DEVICEID>pc-agent-2026-01-01-08-00-00</DEVICEID><QUERY>PROLOG</QUERY><TOKEN>12345678</TOKEN></REQUEST>`)
	if code, text := d.send(path, prolog, "GLPI-Agent-ID", "a-b-c"); code != 200 || !strings.Contains(text, `"pending"`) {
		t.Fatalf("prolog: %d %s", code, text)
	}
	if code, text := d.send(path, prolog); code != 200 || !strings.Contains(text, "<RESPONSE>SEND</RESPONSE>") || !strings.Contains(text, "<PROLOG_FREQ>24<") {
		t.Fatalf("prolog in XML: %d %s", code, text)
	}
	contact := []byte(`{"action":"contact","deviceid":"pc-agent-2026-01-01-08-00-00","name":"GLPI-Agent","version":"1.12","installed-tasks":["inventory"],"enabled-tasks":["inventory"],"tag":"acme"}`)
	code, text := d.send(path, contact)
	if code != 200 || !strings.Contains(text, `"environment,process"`) || !strings.Contains(text, `"status":"ok"`) {
		t.Fatalf("contact: %d %s", code, text)
	}
	if code, text = d.send(path, inventoryOf("5CG1234ABC", "Firefox", false)); code != 200 || !strings.Contains(text, `"ok"`) {
		t.Fatalf("inventory: %d %s", code, text)
	}
	whole := d.assets("pc-agent")
	if len(whole) != 1 || whole[0].Serial != "5CG1234ABC" || len(whole[0].Details.Software) != 1 {
		t.Fatalf("got %+v", whole)
	}
	if code, _ = d.send(path, inventoryOf("5CG1234ABC", "", true)); code != 200 || len(d.assets("pc-agent")) != 1 || len(d.assets("pc-agent")[0].Details.Software) != 1 {
		t.Errorf("a partial inventory erased: %d %+v", code, d.assets("pc-agent"))
	}
	before := d.count("observations")
	if code, _ = d.send(path, inventoryOf("5CG1234ABC", "Firefox", false)); code != 200 || d.count("observations") != before {
		t.Errorf("a message sent again was kept again: %d, %d → %d", code, before, d.count("observations"))
	}
	agents, err := d.store.Agents(t.Context(), storetest.Admin, d.a.client.ID)
	d.must(agents, err)
	if len(agents) != 1 || agents[0].Tag != "acme" || agents[0].LastFull == nil || agents[0].LastPartial == nil {
		t.Errorf("agents %+v", agents)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.server.URL+path+"?action=getConfig&machineid=x", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got, _ := io.ReadAll(answer.Body); strings.TrimSpace(string(got)) != "{}" {
		t.Errorf("getConfig: %s", got)
	}
}

func (d *door) count(table string) (n int) {
	d.t.Helper()
	if err := d.store.DB().QueryRowContext(d.t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// TestAgentsAreRefused sends what must not be taken in: nothing of it is stored.
func TestAgentsAreRefused(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path, before := api.AgentPath(d.token), d.count("observations")
	bomb := func() []byte {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		fmt.Fprint(z, `<REQUEST><DEVICEID>x</DEVICEID><QUERY>INVENTORY</QUERY><CONTENT>`)
		for range 100 {
			_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
		}
		_ = z.Close()
		return b.Bytes()
	}
	for name, tc := range map[string]struct {
		path string
		body []byte
		code int
	}{
		"unknown token": {api.AgentPath("WRONG"), inventoryOf("5CG1234ABC", "", false), 401},
		"no token":      {"/agent", inventoryOf("5CG1234ABC", "", false), 401},
		"50 MB":         {path, bytes.Repeat([]byte("x"), 50<<20), 413},
		"zip bomb":      {path, bomb(), 413},
		"XML bomb":      {path, []byte(`<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><REQUEST><DEVICEID>&b;</DEVICEID></REQUEST>`), 400},
		"invalid UTF-8": {path, []byte("{\"action\":\"inventory\",\"deviceid\":\"\xff\xfe\"}"), 400},
		"nothing":       {path, nil, 400},
		"a page":        {path, []byte("<html></html>"), 400},
		"no content":    {path, []byte(`{"deviceid":"x","action":"inventory"}`), 400},
	} {
		if code, text := d.send(tc.path, tc.body); code != tc.code || text == "" {
			t.Errorf("%s: %d %s, want %d", name, code, text, tc.code)
		}
	}
	if after := d.count("observations"); after != before {
		t.Errorf("%d observations were kept", after-before)
	}
	if code, _ := d.send("/agent", inventoryOf("5CG1234ABC", "", false), "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("agent:"+d.token))); code != 200 {
		t.Errorf("basic authentication: %d", code)
	}
	if err := d.store.RevokeEnrolment(t.Context(), storetest.Admin, d.e.ID); err != nil {
		t.Fatal(err)
	}
	if code, _ := d.send(path, inventoryOf("5CG1234ABC", "", false)); code != 401 {
		t.Errorf("a revoked token: %d", code)
	}
}

// TestWrongTokensSlowDownNobodyElse tries tokens until the one who tries has to
// wait: an office behind the same address, with a token that is right, does not.
func TestWrongTokensSlowDownNobodyElse(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	last := 0
	for range 60 {
		last, _ = d.send(api.AgentPath("WRONG"), inventoryOf("5CG1234ABC", "", false))
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the sixtieth wrong token: %d", last)
	}
	if code, text := d.send(api.AgentPath(d.token), inventoryOf("5CG1234ABC", "", false)); code != http.StatusOK {
		t.Errorf("the right token from the same address: %d %s", code, text)
	}
}

// TestADiscoveryWithoutADevice takes in what an agent has found on a network
// even when it does not say on which machine it runs.
func TestADiscoveryWithoutADevice(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	text := []byte(`<?xml version="1.0" encoding="UTF-8"?><REQUEST><CONTENT><DEVICE><IP>10.1.0.9</IP><MAC>00:1b:21:7f:00:09</MAC><SNMPHOSTNAME>pc-agent-9</SNMPHOSTNAME><TYPE>NETWORKING</TYPE></DEVICE></CONTENT><QUERY>NETDISCOVERY</QUERY></REQUEST>`)
	if code, answer := d.send(api.AgentPath(d.token), text); code != http.StatusOK {
		t.Fatalf("%d %s", code, answer)
	}
	if got := d.assets("pc-agent-9"); len(got) != 1 {
		t.Errorf("%d assets", len(got))
	}
}

// agentState is held by who runs an agent that keeps its state in a folder of
// root's: two at a time would write over each other.
var agentState sync.Mutex

// withState lets an agent that keeps its state in a fixed folder of root's keep
// it for any user: in a name space of its own, where a folder of the test stands
// in its place.
func withState(t *testing.T, program string, args ...string) []string {
	t.Helper()
	if os.Getuid() == 0 {
		return append([]string{program}, args...)
	}
	script := `mount --bind "$1" "/var/lib/$2" && shift && exec "$@"`
	return append([]string{"unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", t.TempDir(), program}, args...)
}

// TestRealAgentsReportIn runs the agents of FusionInventory and OCS against the
// server, unchanged.
func TestRealAgentsReportIn(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	address := d.server.URL + api.AgentPath(d.token)
	for program, command := range map[string][]string{
		"FusionInventory-Agent": withState(t, "fusioninventory-agent", "--server", address, "--tag", "acme", "--force", "--no-category", "process,environment", "--backend-collect-timeout", "20"),
		"OCS-NG":                {"ocsinventory-agent", "--local", "", "--server", address, "--basevardir", t.TempDir()},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		agentState.Lock()
		out, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput()
		agentState.Unlock()
		cancel()
		if err != nil {
			t.Fatalf("%s: %v\n%s", program, err, out)
		}
		// Agents that first start in one second give themselves one id: the last is told.
		agents, err := d.store.Agents(t.Context(), storetest.Admin, d.a.client.ID)
		d.must(agents, err)
		if !slices.ContainsFunc(agents, func(a inventory.Agent) bool {
			return strings.HasPrefix(a.Program, program) && a.LastFull != nil && a.LastError == ""
		}) {
			t.Errorf("%s was not heard: %+v\n%s", program, agents, out)
		}
	}
	name, err := os.Hostname()
	d.must(name, err)
	name, _, _ = strings.Cut(name, ".")
	if both := d.assets(name); len(both) != 1 || len(both[0].Details.Software) == 0 {
		t.Errorf("two agents on one machine became %d assets: %+v", len(both), both)
	}
}
