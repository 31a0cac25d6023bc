package lab

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// testAgent has one object of each kind that matters.
func testAgent() *agent {
	a := &agent{community: "public"}
	a.tree.put("1.3.6.1.2.1.1.1.0", text("thing"))
	a.tree.put("1.3.6.1.2.1.1.3.0", ticks(0))
	a.tree.put("1.3.6.1.2.1.31.1.1.1.6.1", counter64(1<<40))
	a.tree.put("1.3.6.1.2.1.31.1.1.1.15.1", gauge(1000))
	a.tree.seal()
	return a
}

// message encodes a request as a client would.
func message(version int64, community string, kind byte, first, second int64, names ...string) []byte {
	var binds []byte
	for _, name := range names {
		binds = append(binds, tlv(tagSequence, berOID(newOID(name)), []byte{tagNull, 0})...)
	}
	return tlv(tagSequence, berInt(tagInteger, version), tlv(tagOctets, []byte(community)),
		tlv(kind, berInt(tagInteger, 77), berInt(tagInteger, first), berInt(tagInteger, second), tlv(tagSequence, binds)))
}

func TestAgentAnswers(t *testing.T) {
	t.Parallel()
	bind := func(name string, v []byte) []byte { return tlv(tagSequence, berOID(newOID(name)), v) }
	reply := func(version, status, index int64, binds ...[]byte) []byte {
		return tlv(tagSequence, berInt(tagInteger, version), tlv(tagOctets, []byte("public")),
			tlv(tagResponse, berInt(tagInteger, 77), berInt(tagInteger, status), berInt(tagInteger, index),
				tlv(tagSequence, bytes.Join(binds, nil))))
	}
	const descr, uptime = "1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.3.0"
	const octets64, speed = "1.3.6.1.2.1.31.1.1.1.6.1", "1.3.6.1.2.1.31.1.1.1.15.1"
	thing, empty := tlv(tagOctets, []byte("thing")), []byte{tagNull, 0}
	for _, tc := range []struct {
		name      string
		ask, want []byte
	}{
		{"get", message(1, "public", tagGet, 0, 0, descr), reply(1, 0, 0, bind(descr, thing))},
		{"get v1", message(0, "public", tagGet, 0, 0, descr), reply(0, 0, 0, bind(descr, thing))},
		{"no object", message(1, "public", tagGet, 0, 0, "1.3.6.9.1"), reply(1, 0, 0, bind("1.3.6.9.1", []byte{tagNoObject, 0}))},
		{"no instance", message(1, "public", tagGet, 0, 0, "1.3.6.1.2.1.1.1.5"), reply(1, 0, 0, bind("1.3.6.1.2.1.1.1.5", []byte{tagNoInstance, 0}))},
		{"no such name v1", message(0, "public", tagGet, 0, 0, descr, "1.3.6.9.1"), reply(0, errNoSuchName, 2, bind(descr, empty), bind("1.3.6.9.1", empty))},
		{"next", message(1, "public", tagGetNext, 0, 0, descr), reply(1, 0, 0, bind(uptime, berUint(tagTimeTicks, 0)))},
		{"next v1 skips counter64", message(0, "public", tagGetNext, 0, 0, uptime), reply(0, 0, 0, bind(speed, berUint(tagGauge32, 1000)))},
		{"next v2 does not", message(1, "public", tagGetNext, 0, 0, uptime), reply(1, 0, 0, bind(octets64, berUint(tagCounter64, 1<<40)))},
		{"end of view", message(1, "public", tagGetNext, 0, 0, speed), reply(1, 0, 0, bind(speed, []byte{tagEndOfView, 0}))},
		{"end of view v1", message(0, "public", tagGetNext, 0, 0, speed), reply(0, errNoSuchName, 1, bind(speed, empty))},
		{
			"bulk: one single, one repeated to the end", message(1, "public", tagGetBulk, 1, 9, descr, octets64),
			reply(1, 0, 0, bind(uptime, berUint(tagTimeTicks, 0)), bind(speed, berUint(tagGauge32, 1000)), bind(speed, []byte{tagEndOfView, 0})),
		},
		{"bulk with negative counts", message(1, "public", tagGetBulk, -4, -4, descr), reply(1, 0, 0)},
		{"set", message(1, "public", tagSet, 0, 0, descr), reply(1, errNoAccess, 1, bind(descr, empty))},
		{"wrong community", message(1, "secret", tagGet, 0, 0, descr), nil},
		{"empty community", message(1, "", tagGet, 0, 0, descr), nil},
		{"version 3", message(3, "public", tagGet, 0, 0, descr), nil},
		{"bulk in v1", message(0, "public", tagGetBulk, 0, 9, descr), nil},
		{"a response", message(1, "public", tagResponse, 0, 0, descr), nil},
		{"nothing", nil, nil},
		{"cut short", message(1, "public", tagGet, 0, 0, descr)[:20], nil},
	} {
		if got := testAgent().answer(tc.ask); !bytes.Equal(got, tc.want) {
			t.Errorf("%s:\n got %x\nwant %x", tc.name, got, tc.want)
		}
	}
}

func TestBulkFitsOneDatagram(t *testing.T) {
	t.Parallel()
	a := &agent{community: "public"}
	for i := range uint32(400) {
		a.tree.set(oid{1, 3, 6, 1, 9, i}, text(strings.Repeat("x", 60)))
	}
	a.tree.seal()
	got := a.answer(message(1, "public", tagGetBulk, 0, 100, "1.3.6.1.9"))
	if len(got) > maxReply+64 || len(got) < maxReply-120 {
		t.Errorf("reply of %d bytes", len(got))
	}
}

func FuzzAgent(f *testing.F) {
	f.Add(message(1, "public", tagGet, 0, 0, "1.3.6.1.2.1.1.1.0"))
	f.Add(message(0, "public", tagGetNext, 0, 0, "1.3"))
	f.Add(message(1, "public", tagGetBulk, 1, 20, "1.3.6", "1.3.6.1.2.1.31"))
	f.Add(message(1, "public", tagSet, 0, 0, "0.0"))
	f.Add([]byte{0x30, 0x84, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{0x30, 0x80, 0, 0})
	a := testAgent()
	f.Fuzz(func(t *testing.T, b []byte) {
		reply := a.answer(b)
		if reply == nil {
			return
		}
		if len(reply) > 2*maxRequest+maxReply {
			t.Fatalf("%d bytes for %d", len(reply), len(b))
		}
		q, err := decodeRequest(b)
		if err != nil || q.community != "public" {
			t.Fatalf("answered what it should not: %x", b)
		}
		r := berReader{reply}
		if _, err := r.expect(tagSequence); err != nil || len(r.rest) != 0 {
			t.Fatalf("malformed reply %x", reply)
		}
	})
}

// netSNMP runs one of net-snmp's tools against a device.
func netSNMP(t *testing.T, n *Network, tool, device string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Fatalf("%s is missing: install the package snmp", tool)
	}
	d, ok := n.Device(device)
	if !ok {
		t.Fatalf("no device %s", device)
	}
	at := "udp:" + d.Address.String() + ":" + itoa(n.SNMPPort())
	all := append([]string{"-On", "-t", "2", "-r", "1", "-m", ""}, args[:2]...)
	all = append(append(all, at), args[2:]...)
	out, err := exec.CommandContext(t.Context(), path, all...).CombinedOutput()
	if err != nil {
		return string(out) + err.Error()
	}
	return string(out)
}

func TestNetSNMPWalksEveryAgent(t *testing.T) {
	t.Parallel()
	n := open(t, 5)
	for _, d := range n.Devices() {
		if d.Community == "" {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			for _, root := range []string{"1.3", "1.0.8802"} { // LLDP-MIB alone lives outside 1.3
				want := under(&n.site.byName[d.Name].agent().tree, newOID(root))
				if want == 0 {
					continue
				}
				for _, tool := range []string{"snmpbulkwalk", "snmpwalk"} { // both fail on names that do not increase
					out := netSNMP(t, n, tool, d.Name, "-v2c", "-c"+d.Community, root)
					got := strings.Count("\n"+out, "\n."+root+".")
					if strings.Contains(out, "No more variables left") {
						got--
					}
					if got != want || strings.Contains(out, "Error") {
						t.Errorf("%s %s: %d objects, want %d: …%s", tool, root, got, want, tail(out))
					}
				}
			}
			if out := netSNMP(t, n, "snmpget", d.Name, "-v1", "-c"+d.Community, ".1.3.6.1.2.1.1.5.0"); !strings.Contains(out, "STRING: ") {
				t.Errorf("v1 get: %s", out)
			}
		})
	}
}

func TestWrongCommunityStaysSilent(t *testing.T) {
	t.Parallel()
	n := open(t, 6, "SW-BUREAU")
	out := netSNMP(t, n, "snmpget", "SW-BUREAU", "-v2c", "-cwrong", ".1.3.6.1.2.1.1.5.0")
	if !strings.Contains(out, "Timeout") {
		t.Errorf("got %q, want a timeout", out)
	}
}

// under counts the objects below a name.
func under(t *tree, root oid) int {
	n := 0
	for _, o := range t.objects {
		if len(o.name) > len(root) && slices.Equal(o.name[:len(root)], root) {
			n++
		}
	}
	return n
}

func tail(s string) string { return s[max(0, len(s)-300):] }
