package inventory

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// told is one record and the thing that it is of in truth.
type told struct {
	is string
	Observation
}

func is(thing string, o Observation) told { return told{thing, o} }

// identityCase is a story told in batches; records of one thing must end on one
// asset and records of two on two.
type identityCase struct {
	name     string
	batches  [][]told
	held     []string          // things whose records may wait for a person
	later    map[string]string // what is told under the first name turns out to be the second
	split    []string          // things that may be remembered as more than one asset
	together []string          // things held whose records must wait as one
	reviews  []string          // the kinds of doubt, sorted
	under    map[string]string // part → the whole that it must hang under
}

func identityCases() []identityCase {
	n, s, a, c := FromNmap, FromSNMP, FromAgent, FromCSV
	const (
		e1, w1 = "mac=00:1b:21:11:11:01", "mac=3c:6a:a7:11:11:02"
		e2, w2 = "mac=00:1b:21:22:22:01", "mac=3c:6a:a7:22:22:02"
		dock   = "mac=9c:eb:e8:00:00:07" // a dock maker's prefix
		odd    = "mac=00:26:b9:00:00:07" // a dock that no table knows
		u1, u2 = "uuid=4c4c4544-0044-4d10-8052-b4c04f463432", "uuid=8a2b3c4d-0044-4d10-8052-b4c04f463499"
		sn1    = "serial=5CG1234ABC"
		sn2    = "serial=5CG9999XYZ"
	)
	return []identityCase{
		{name: "DHCP churn: addresses change hands, MACs stay", batches: [][]told{
			{is("A", obs(n, 0, "addr=10.0.0.5", e1)), is("B", obs(n, 0, "addr=10.0.0.6", e2))},
			{is("B", obs(n, 7, "addr=10.0.0.5", e2)), is("A", obs(n, 7, "addr=10.0.0.6", e1))},
		}},
		{name: "DHCP churn: the name moves with the address", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, e1, "host=pc-a", "class=desktop")), is("B", obs(a, 0, "ref=agent-2", sn2, e2, "host=pc-b", "class=desktop"))},
			{is("B", obs(n, 1, "addr=10.0.0.5", e2, "host=pc-a"))},
			{is("A", obs(n, 1, "addr=10.0.0.6", e1, "host=pc-b"))},
		}},
		{name: "DHCP churn: a printer's name stays on an address that a laptop's card gets", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, e1, w1, "host=lap-a", "class=laptop")), is("P", obs(s, 0, "addr=10.0.0.12", "serial=E71234567", "vendor=Brother", "mac=30:05:5c:00:00:01", "host=brn30055c000001", "class=printer"))},
			{is("A", obs(n, 60, "addr=10.0.0.9", w1, "host=brn30055c000001"))},
			{is("A", obs(n, 67, "addr=10.0.0.9", w1))},
			{is("A", obs(a, 68, "ref=agent-1", sn1, e1, w1, "host=lap-a", "class=laptop")), is("P", obs(s, 68, "addr=10.0.0.12", "serial=E71234567", "vendor=Brother", "mac=30:05:5c:00:00:01", "host=brn30055c000001", "class=printer"))},
		}},
		{name: "DHCP churn: a laptop's name stays for weeks on an address that another laptop's card gets", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, e1, w1, "host=lap-a", "class=laptop")), is("B", obs(a, 0, "ref=agent-2", "addr=10.0.0.9", sn2, e2, w2, "host=lap-b", "class=laptop"))},
			{is("B", obs(a, 7, "ref=agent-2", "addr=10.0.0.10", sn2, e2, w2, "host=lap-b", "class=laptop"))},
			{is("A", obs(n, 14, "addr=10.0.0.9", w1, "host=lap-b"))},
			{is("A", obs(n, 21, "addr=10.0.0.9", w1))},
		}},
		{name: "a laptop known by its name alone, and four weeks later the one that was given the name", batches: [][]told{
			{is("A", obs(n, 0, "addr=10.0.0.5", dock, "host=lap-a"))}, {is("A", obs(n, 7, "addr=10.0.0.6", "mac=da:a1:19:00:00:01", "host=lap-a"))},
			{is("B", obs(a, 35, "ref=agent-2", sn2, e2, w2, "host=lap-a", "class=laptop"))},
			{is("B", obs(n, 42, "addr=10.0.0.7", dock, "host=lap-a"))},
		}},
		{name: "a laptop whose agent fell silent, and one without an agent under its name", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, e1, w1, "host=lap-a", "class=laptop"))}, {is("A", obs(a, 20, "ref=agent-1", sn1, e1, w1, "host=lap-a", "class=laptop"))},
			{is("A", obs(n, 27, "addr=10.0.0.7", dock, "host=lap-a"))},
			{is("B", obs(n, 48, "addr=10.0.0.8", dock, "host=lap-a"))}, {is("B", obs(n, 55, "addr=10.0.0.9", "mac=da:a1:19:00:00:01", "host=lap-a"))},
		}},
		{name: "one known dock, two laptops", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, w1, dock, "host=lap-a", "class=laptop"))},
			{is("B", obs(a, 1, "ref=agent-2", sn2, w2, dock, "host=lap-b", "class=laptop"))},
			{is("B", obs(n, 1, "addr=10.0.0.9", dock, "host=lap-b"))},
			{is("A", obs(n, 2, "addr=10.0.0.9", dock, "host=lap-a"))},
		}},
		{name: "a dock no table knows, two laptops with serials", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, w1, odd, "host=lap-a", "class=laptop"))},
			{is("B", obs(a, 1, "ref=agent-2", sn2, w2, odd, "host=lap-b", "class=laptop"))},
			{is("B", obs(n, 1, "addr=10.0.0.9", odd, "host=lap-b"))},
			{is("A", obs(n, 2, "addr=10.0.0.9", odd, "host=lap-a"))},
		}},
		{name: "a dock no table knows, told by nmap before its second laptop", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, w1, odd, "host=lap-a", "class=laptop")), is("B", obs(a, 0, "ref=agent-2", sn2, w2, "host=lap-b", "class=laptop"))},
			{is("B", obs(n, 1, "addr=10.0.0.9", odd, "host=lap-b"))},
		}, held: []string{"B"}, reviews: []string{"two-candidates"}},
		{name: "a dock no table knows and nothing else", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, w1, odd, "host=lap-a", "class=laptop"))},
			{is("B", obs(a, 1, "ref=agent-2", sn2, w2, odd, "host=lap-b", "class=laptop"))},
			{is("?", obs(n, 2, "addr=10.0.0.9", odd))},
		}, held: []string{"?"}, reviews: []string{"two-candidates"}},
		{name: "random Wi-Fi addresses prove nothing", batches: [][]told{
			{is("A", obs(n, 0, "addr=10.0.0.5", "mac=da:a1:19:00:00:01", "host=pixel-anna")), is("B", obs(n, 0, "addr=10.0.0.6", "mac=da:a1:19:00:00:02", "host=pixel-bert"))},
			{is("B", obs(n, 1, "addr=10.0.0.7", "mac=da:a1:19:00:00:01", "host=pixel-bert")), is("A", obs(n, 1, "addr=10.0.0.8", "mac=f2:00:00:00:00:09", "host=pixel-anna"))},
		}},
		{name: "a laptop under a made-up address and a desktop's name", batches: [][]told{
			{is("A", obs(c, 0, "ref=row-1", sn1, "host=poste-1", "class=desktop")), is("B", obs(a, 0, "ref=agent-2", sn2, e2, w2, "host=poste-2", "class=laptop"))},
			{is("A", obs(n, 1, "addr=10.0.0.5", e1, "host=poste-1"))}, {is("A", obs(n, 8, "addr=10.0.0.5", e1, "host=poste-1"))},
			{is("B", obs(n, 15, "addr=10.0.0.6", "mac=72:00:1c:7f:58:91", "host=poste-1"))},
			{is("B", obs(a, 16, "ref=agent-2", sn2, e2, w2, "host=poste-1", "class=laptop"))},
		}, split: []string{"B"}},
		{name: "a guest with a made-up card, by its agent and by nmap", batches: [][]told{
			{is("A", obs(a, 0, "ref=vm-2026-01-01-08-00-00", "addr=10.0.0.5", "mac=02:00:00:00:00:05", "host=srv-web", "class=virtual-machine"))},
			{is("A", obs(n, 1, "addr=10.0.0.5", "mac=02:00:00:00:00:05", "host=srv-web"))},
		}},
		{name: "a guest of which a table told the name, then nmap its made-up card", batches: [][]told{
			{is("A", obs(c, 0, "ref=row-1", "host=srv-web", "class=virtual-machine"))},
			{is("A", obs(n, 1, "addr=10.0.0.5", "mac=02:00:00:00:00:05", "host=srv-web"))},
		}},
		{name: "two machines of one name by a table, and nmap on a dock weeks later", batches: [][]told{
			{is("A", obs(c, 0, "ref=row-1", sn1, "host=pc-accueil", "class=desktop")), is("B", obs(c, 0, "ref=row-2", sn2, "host=pc-accueil", "class=laptop")),
				is("A", obs(a, 1, "ref=agent-1", sn1, e1, "host=pc-accueil", "class=desktop"))},
			{is("A", obs(a, 20, "ref=agent-1", sn1, e1, "host=pc-accueil", "class=desktop"))},
			{is("?", obs(n, 21, "addr=10.0.0.9", dock, "host=pc-accueil"))},
			{is("A", obs(a, 120, "ref=agent-1", sn1, e1, "host=pc-accueil", "class=desktop"))},
			{is("?", obs(n, 121, "addr=10.0.0.9", dock, "host=pc-accueil"))},
		}, held: []string{"?"}, reviews: []string{"two-candidates"}},
		{name: "two machines of one name by a table, of which a scan has read the name on a third", batches: [][]told{
			{is("A", obs(c, 0, "ref=row-1", sn1, "host=pc-accueil", "class=desktop")), is("B", obs(c, 0, "ref=row-2", sn2, "host=pc-accueil", "class=laptop")),
				is("A", obs(a, 1, "ref=agent-1", sn1, e1, "host=pc-accueil", "class=desktop"))},
			{is("A", obs(n, 3, "addr=10.0.0.5", e1, "host=pc-accueil"))},
			{is("C", obs(n, 5, "addr=10.0.0.5", e2, "host=pc-accueil"))}, {is("C", obs(n, 6, "addr=10.0.0.5", e2, "host=pc-accueil"))},
			{is("?", obs(n, 10, "addr=10.0.0.9", dock, "host=pc-accueil"))},
		}, held: []string{"?"}, reviews: []string{"two-candidates"}},
		{name: "a desktop's successor under its name, before a table tells its serial", batches: [][]told{
			{is("A", obs(n, 0, "addr=10.0.0.5", e1, "host=poste-1"))}, {is("A", obs(n, 7, "addr=10.0.0.5", e1, "host=poste-1"))},
			{is("A", obs(n, 14, "addr=10.0.0.5", e1, "host=poste-1")), is("A", obs(n, 21, "addr=10.0.0.7", e1, "host=poste-1")),
				is("B", obs(n, 28, "addr=10.0.0.7", e2, "host=poste-1")), is("B", obs(n, 35, "addr=10.0.0.6", e2, "host=poste-1")),
				is("B", obs(c, 37, "ref=row-2", sn2, "host=poste-1", "class=desktop"))},
		}, split: []string{"B"}},
		{name: "two agents on a guest that has nothing but a name and a made-up card", batches: [][]told{
			{is("A", obs(a, 0, "ref=vm-2026-01-01-08-00-00", "addr=10.0.0.5", "mac=02:00:00:00:00:05", "host=vm", "class=virtual-machine"))},
			{is("A", obs(a, 0, "ref=vm-2026-01-01-09-00-00", "addr=10.0.0.5", "mac=02:00:00:00:00:05", "host=vm"))},
			{is("B", obs(a, 1, "ref=vm-2026-01-02-09-00-00", "addr=10.0.0.6", "mac=02:00:00:00:00:05", "host=vm"))},
		}},
		{name: "virtual machines cloned with UUID, engine id and agent id", batches: [][]told{
			{is("A", obs(a, 0, "ref=tpl-2026", u1, "mac=00:50:56:a1:00:01", "host=web1", "class=virtual-machine"))},
			{is("B", obs(a, 1, "ref=tpl-2026", u1, "mac=00:50:56:a1:00:02", "host=web2", "class=virtual-machine"))},
			{is("A", obs(s, 2, "engine=80001f8880aa55aa5512345678", "mac=00:50:56:a1:00:01", "host=web1"))},
			{is("B", obs(s, 2, "engine=80001f8880aa55aa5512345678", "mac=00:50:56:a1:00:02", "host=web2"))},
			{is("A", obs(a, 3, "ref=tpl-2026", u1, "mac=00:50:56:a1:00:01", "host=web1")), is("B", obs(a, 3, "ref=tpl-2026", u1, "mac=00:50:56:a1:00:02", "host=web2"))},
		}, reviews: []string{"contradiction"}},
		{name: "a clone that still has its template's name", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", u1, "mac=00:50:56:a1:00:01", "host=tpl"))},
			{is("B", obs(a, 1, "ref=agent-1", u1, "mac=00:50:56:a1:00:02", "host=tpl"))},
		}, reviews: []string{"contradiction"}},
		{name: "one UUID in both byte orders", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", "uuid=564d2a1b-7c8d-9e0f-1122-334455667788", "host=srv"))},
			{is("A", obs(c, 1, "ref=esx:7", "uuid=1b2a4d56-8d7c-0f9e-1122-334455667788", "host=SRV (display name)"))},
			{is("A", obs(s, 2, "serial=VMware-56 4d 2a 1b 7c 8d 9e 0f-11 22 33 44 55 66 77 88", "host=srv"))},
		}},
		{name: "placeholder serials, UUIDs and addresses", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", "serial=To Be Filled By O.E.M.", "uuid=03000200-0400-0500-0006-000700080009", "mac=00:50:56:c0:00:08", "host=pc-a"))},
			{is("B", obs(a, 0, "ref=agent-2", "serial=To be filled by O.E.M.", "uuid=00020003-0004-0005-0006-000700080009", "mac=00:50:56:C0:00:08", "host=pc-b"))},
			{is("C", obs(a, 0, "ref=agent-3", "serial=System Serial Number", "uuid=FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "host=pc-c"))},
			{is("D", obs(a, 0, "ref=agent-4", "serial=Default string", "uuid=00000000-0000-0000-0000-000000000000", "host=pc-d"))},
		}},
		{name: "a made-up serial that no table knows", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", "serial=ACME-PC-SERIAL", "vendor=Acme", e1, u1, "host=pc-a"))},
			{is("B", obs(a, 0, "ref=agent-2", "serial=ACME-PC-SERIAL", "vendor=Acme", e2, u2, "host=pc-b"))},
		}, reviews: []string{"contradiction"}},
		{name: "re-imaged and renamed: new agent id, same serial", batches: [][]told{
			{is("A", obs(a, 0, "ref=old-2025", sn1, "vendor=HP", e1, "host=pc-old"))},
			{is("A", obs(a, 9, "ref=new-2026", sn1, "vendor=Hewlett-Packard", e1, "host=pc-new"))},
		}},
		{name: "re-imaged without a serial: same address and name", batches: [][]told{
			{is("A", obs(a, 0, "ref=old-2025", "serial=Default string", e1, w1, "host=pc"))},
			{is("A", obs(a, 9, "ref=new-2026", "serial=Default string", e1, w1, "host=pc"))},
		}},
		{name: "a name given to the next machine", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, "vendor=HP", e1, "host=compta"))},
			{is("B", obs(a, 30, "ref=agent-2", sn2, "vendor=HP", e2, "host=compta"))},
			{is("B", obs(n, 31, "addr=10.0.0.4", e2, "host=compta"))},
		}},
		{name: "main board swapped: new serial and UUID, same disks and name", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, u1, e1, "host=srv1", "disk=S4EVNX0R12345", "disk=S4EVNX0R99999"))},
			{is("A2", obs(a, 9, "ref=agent-1", sn2, u2, e2, "host=srv1", "disk=S4EVNX0R12345", "disk=S4EVNX0R99999"))},
		}, reviews: []string{"contradiction"}},
		{name: "main board swapped, and its agent goes on: same installation, name and model", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, "vendor=HP", "model=ProDesk 400", u1, e1, "host=pc-7", "first-installed=2024-03-01", "class=desktop"))},
			{is("A", obs(a, 12, "ref=agent-1", sn1, "vendor=HP", "model=ProDesk 400", u1, e1, "host=pc-7", "first-installed=2024-03-01", "class=desktop"))},
			{is("A", obs(n, 14, "addr=10.0.0.8", e1, "host=pc-7"))},
			{is("A2", obs(a, 20, "ref=agent-1", sn2, "vendor=HP", "model=ProDesk 400", u2, e2, "host=pc-7", "first-installed=2024-03-01", "class=desktop"))},
			{is("A", obs(a, 31, "ref=agent-1", sn2, "vendor=HP", "model=ProDesk 400", u2, e2, "host=pc-7", "first-installed=2024-03-01", "class=desktop"))},
			{is("A", obs(n, 40, "addr=10.0.0.8", e2, "host=pc-7")), is("A", obs(c, 41, "ref=8", sn2, "vendor=HP"))},
			{is("A", obs(c, 42, "ref=9", sn1, "vendor=HP"))},
		}, later: map[string]string{"A2": "A"}, reviews: []string{"contradiction"}},
		{name: "main board swapped, its agent gives every message an id of its own", batches: swappedBoard(), reviews: []string{"contradiction"}},
		{name: "two machines of one disk image under the master's name", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, "vendor=HP", "model=ProDesk 400", u1, e1, "host=master", "first-installed=2024-03-01"))},
			{is("A", obs(a, 12, "ref=agent-1", sn1, "vendor=HP", "model=ProDesk 400", u1, e1, "host=master", "first-installed=2024-03-01"))},
			{is("B", obs(a, 20, "ref=agent-1", sn2, "vendor=HP", "model=ProDesk 400", u2, e2, "host=master", "first-installed=2024-03-01"))},
			{is("A", obs(a, 22, "ref=agent-1", sn1, "vendor=HP", "model=ProDesk 400", u1, e1, "host=master", "first-installed=2024-03-01"))},
			{is("B", obs(a, 31, "ref=agent-1", sn2, "vendor=HP", "model=ProDesk 400", u2, e2, "host=master", "first-installed=2024-03-01"))},
		}, reviews: []string{"contradiction"}},
		{name: "a laptop without an agent, now by cable and now by Wi-Fi", batches: inTurns(e1, w1)},
		{name: "a laptop of which a table told the name, then its successor of the same name", batches: [][]told{
			{is("A", obs(c, 0, "ref=5", "host=pc-5", "class=desktop"))},
			{is("A0", obs(n, 3, "ref=n1", "addr=10.0.0.8", e1, "host=pc-5"))},
			{is("A", obs(n, 10, "ref=n2", "addr=10.0.0.8", e1, "host=pc-5"))},
			{is("B", obs(n, 80, "ref=n3", "addr=10.0.0.8", e2, "host=pc-5"))},
			{is("B", obs(n, 87, "ref=n4", "addr=10.0.0.9", e2, "host=pc-5"))},
			{is("B", obs(n, 130, "ref=n5", "addr=10.0.0.9", e2, "host=pc-5"))},
		}, later: map[string]string{"A0": "A"}},
		{name: "an agent that gives every message an id of its own", batches: [][]told{
			{is("A", obs(a, 0, "ref=message-1", e1, "host=pc-9")), is("A", obs(n, 1, "addr=10.0.0.5", e1)), is("A", obs(a, 5, "ref=message-2", e1, "host=pc-9")), is("A", obs(a, 9, "ref=message-3", e1, "host=pc-9"))},
			{is("A", obs(a, 12, "ref=message-4", e1, "host=pc-9")), is("A", obs(n, 13, "addr=10.0.0.6", e1, "host=pc-9"))},
			{is("A", obs(a, 20, "ref=message-5", e1, "host=pc-renamed"))},
		}},
		{name: "two machines that exchanged their names", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, e1, "host=pc-a")), is("B", obs(a, 0, "ref=agent-2", sn2, e2, "host=pc-b"))},
			{is("A", obs(a, 9, "ref=agent-1", sn1, e1, "host=pc-b")), is("B", obs(a, 9, "ref=agent-2", sn2, e2, "host=pc-a"))},
			{is("A", obs(n, 10, "addr=10.0.0.5", e1, "host=pc-b")), is("B", obs(n, 10, "addr=10.0.0.6", e2, "host=pc-a"))},
		}},
		{name: "main board swapped and its serial written back", batches: [][]told{
			{is("A", obs(a, 0, "ref=agent-1", sn1, u1, e1, "host=srv1"))},
			{is("A", obs(a, 9, "ref=agent-1", sn1, u2, e2, "host=srv1"))},
		}},
		{name: "a stack: members lead in turn, rows of the members stay their own", batches: [][]told{
			{is("stack", obs(s, 0, "serial=FOC1111AAAA", "vendor=Cisco", "engine=800000090300001122334455", "mac=00:1e:14:00:00:01", "host=sw-core", "member=FOC1111AAAA", "member=FOC2222BBBB"))},
			{is("m2", obs(c, 1, "ref=12", "serial=FOC2222BBBB", "vendor=Cisco Systems", "class=switch"))},
			{is("stack", obs(s, 2, "serial=FOC2222BBBB", "vendor=Cisco", "engine=800000090300001122334455", "mac=00:1e:14:00:00:01", "host=sw-core", "member=FOC1111AAAA", "member=FOC2222BBBB"))},
			{is("stack", obs(s, 3, "serial=FOC1111AAAA", "vendor=Cisco", "engine=800000090300001122334455", "mac=00:1e:14:00:00:01", "host=sw-core", "member=FOC1111AAAA", "member=FOC2222BBBB"))},
			{is("m2", obs(c, 4, "ref=12", "serial=FOC2222BBBB", "vendor=Cisco Systems", "class=switch"))},
		}, under: map[string]string{"m2": "stack"}},
		{name: "a stack whose scan tells of its members too, each in turn the leader", batches: [][]told{
			{
				is("stack", obs(s, 0, "scan=s0", "ref=80000009", "addr=10.0.0.2", "serial=FOC1111AAAA", "vendor=Cisco", "engine=800000090300001122334455", "mac=00:1e:14:00:00:01", "host=sw-core", "class=switch", "member=FOC1111AAAA", "member=FOC2222BBBB", "member=FOC3333CCCC")),
				is("m2", obs(s, 0, "scan=s0", "ref=80000009/FOC2222BBBB", "part=80000009", "serial=FOC2222BBBB", "vendor=Cisco", "class=switch")),
				is("m3", obs(s, 0, "scan=s0", "ref=80000009/FOC3333CCCC", "part=80000009", "serial=FOC3333CCCC", "vendor=Cisco", "class=switch")),
			},
			{
				is("stack", obs(s, 7, "scan=s1", "ref=80000009", "addr=10.0.0.2", "serial=FOC1111AAAA", "vendor=Cisco", "engine=800000090300001122334455", "mac=00:1e:14:00:00:01", "host=sw-core", "class=switch", "member=FOC1111AAAA", "member=FOC2222BBBB", "member=FOC3333CCCC")),
				is("m2", obs(s, 7, "scan=s1", "ref=80000009/FOC2222BBBB", "part=80000009", "serial=FOC2222BBBB", "vendor=Cisco", "class=switch")),
				is("m3", obs(s, 7, "scan=s1", "ref=80000009/FOC3333CCCC", "part=80000009", "serial=FOC3333CCCC", "vendor=Cisco", "class=switch")),
			},
			{
				is("stack", obs(s, 9, "scan=s2", "ref=80000009", "addr=10.0.0.2", "serial=FOC2222BBBB", "vendor=Cisco", "engine=800000090300001122334455", "mac=00:1e:14:00:00:01", "host=sw-core", "class=switch", "member=FOC1111AAAA", "member=FOC2222BBBB", "member=FOC3333CCCC")),
				is("stack", obs(s, 9, "scan=s2", "ref=80000009/FOC1111AAAA", "part=80000009", "serial=FOC1111AAAA", "vendor=Cisco", "class=switch")),
				is("m3", obs(s, 9, "scan=s2", "ref=80000009/FOC3333CCCC", "part=80000009", "serial=FOC3333CCCC", "vendor=Cisco", "class=switch")),
			},
		}, under: map[string]string{"m2": "stack", "m3": "stack"}},
		{name: "a stack told by its serials alone: another member leads, and a scan meets it by its address", batches: [][]told{
			{is("stack", obs(s, 0, "serial=FOC1111AAAA", "serial=FOC2222BBBB", "vendor=Cisco", "mac=00:1e:14:00:00:01", "host=sw-core", "class=switch"))},
			{is("stack", obs(s, 7, "serial=FOC2222BBBB", "serial=FOC1111AAAA", "vendor=Cisco", "mac=00:1e:14:00:00:01", "host=sw-core", "class=switch"))},
			{is("stack", obs(n, 8, "addr=10.0.0.2", "mac=00:1e:14:00:00:01", "host=sw-core"))},
			{is("stack", obs(s, 9, "serial=FOC1111AAAA", "serial=FOC2222BBBB", "vendor=Cisco", "mac=00:1e:14:00:00:01", "host=sw-core", "class=switch"))},
		}},
		{name: "an HA pair behind one address and one virtual MAC", batches: [][]told{
			{is("F1", obs(s, 0, "scan=x0", "addr=10.0.0.1", "serial=FGT60F0000000001", "vendor=Fortinet", "mac=00:09:0f:09:00:01", "host=fw", "engine=8000304404464754363046"))},
			{is("F1", obs(n, 0, "scan=x0", "addr=10.0.0.1", "mac=00:09:0f:09:00:01"))},
			{is("F2", obs(s, 7, "scan=x1", "addr=10.0.0.1", "serial=FGT60F0000000002", "vendor=Fortinet", "mac=00:09:0f:09:00:01", "host=fw", "engine=8000304404464754363046"))},
			{is("F2", obs(n, 7, "scan=x1", "addr=10.0.0.1", "mac=00:09:0f:09:00:01"))},
		}},
		{name: "a firewall first seen as three lone addresses", batches: [][]told{
			{is("F", obs(n, 0, "addr=10.0.0.1", "mac=00:0d:b4:00:00:01")), is("F", obs(n, 0, "addr=10.0.1.1", "mac=00:0d:b4:00:00:02")), is("F", obs(n, 0, "addr=10.0.2.1", "mac=00:0d:b4:00:00:03"))},
			{is("F", obs(s, 1, "addr=10.0.0.1", "serial=SN210A12F1234A7", "vendor=Stormshield", "mac=00:0d:b4:00:00:01", "mac=00:0d:b4:00:00:02", "mac=00:0d:b4:00:00:03", "host=fw1"))},
			{is("F", obs(n, 2, "addr=10.0.2.1", "mac=00:0d:b4:00:00:03"))},
		}},
		{name: "a multi-homed router told at each of its addresses", batches: [][]told{
			{is("R", obs(s, 0, "addr=10.0.0.254", "engine=8000000903001e14ccddee", "host=rtr", "class=router")), is("R", obs(s, 0, "addr=10.0.1.254", "engine=8000000903001e14ccddee", "host=rtr", "class=router"))},
			{is("R", obs(s, 1, "addr=10.0.1.254", "engine=8000000903001e14ccddee", "host=rtr", "class=router"))},
		}},
		{name: "printers behind a print server", batches: [][]told{
			{is("P1", obs(s, 0, "addr=10.0.0.20", "serial=VNB3K12345", "vendor=HP", "mac=00:40:af:00:00:20", "class=printer"))},
			{is("P2", obs(s, 0, "addr=10.0.0.20", "serial=VNB3K99999", "vendor=HP", "mac=00:40:af:00:00:20", "class=printer"))},
			{is("P2", obs(s, 1, "addr=10.0.0.20", "serial=VNB3K99999", "vendor=HP", "mac=00:40:af:00:00:20", "class=printer"))},
		}},
		{name: "printers behind a print server, and the server itself time and again", batches: [][]told{
			{is("P1", obs(s, 0, "addr=10.0.0.20", "serial=VNB3K12345", "vendor=HP", "mac=00:40:af:00:00:20", "class=printer")), is("P2", obs(s, 0, "addr=10.0.0.20", "serial=VNB3K99999", "vendor=HP", "mac=00:40:af:00:00:20", "class=printer"))},
			{is("?", obs(n, 1, "ref=n1", "addr=10.0.0.20", "mac=00:40:af:00:00:20"))}, {is("?", obs(n, 8, "ref=n2", "addr=10.0.0.20", "mac=00:40:af:00:00:20"))},
		}, held: []string{"?"}, together: []string{"?"}, reviews: []string{"two-candidates"}},
		{name: "a hypervisor and its guests", batches: [][]told{
			{is("H", obs(s, 0, "addr=10.0.0.30", "serial=7XK2J13", "vendor=Dell Inc.", "class=hypervisor", "mac=24:6e:96:00:00:01", "host=esx1"))},
			{is("G1", obs(a, 0, "ref=guest-1", "serial=VMware-56 4d 00 11 22 33 44 55-66 77 88 99 aa bb cc dd", "mac=00:0c:29:00:00:01", "host=dc1", "class=virtual-machine"))},
			{is("G2", obs(a, 0, "ref=guest-2", "serial=VMware-56 4d 00 11 22 33 44 55-66 77 88 99 aa bb cc de", "mac=00:0c:29:00:00:02", "host=fs1", "class=virtual-machine"))},
			{is("G1", obs(n, 1, "addr=10.0.0.31", "mac=00:0c:29:00:00:01")), is("H", obs(n, 1, "addr=10.0.0.30", "mac=24:6e:96:00:00:01"))},
		}},
		{name: "a management board and its server", batches: [][]told{
			{is("bmc", obs(s, 0, "addr=10.0.9.5", "serial=7XK2J13", "vendor=Dell", "class=bmc", "mac=d0:94:66:00:00:01", "uuid=4c4c4544-0058-4b10-8032-b7c04f4a3133"))},
			{is("srv", obs(c, 1, "ref=4", "serial=7XK2J13", "vendor=Dell", "model=PowerEdge R740"))},
			{is("srv", obs(a, 2, "ref=agent-9", "serial=7XK2J13", "vendor=Dell Inc.", "class=server", "mac=24:6e:96:00:00:01", "uuid=4c4c4544-0058-4b10-8032-b7c04f4a3133", "host=srv1"))},
			{is("bmc", obs(n, 3, "addr=10.0.9.5", "mac=d0:94:66:00:00:01"))},
			{is("bmc", obs(s, 4, "addr=10.0.9.6", "serial=7XK2J13", "vendor=Dell", "class=bmc"))},
		}, under: map[string]string{"bmc": "srv"}},
		{name: "the same machine by agent, SNMP, nmap and spreadsheet", batches: [][]told{
			{is("A", obs(c, 0, "ref=17", "serial=czc 123 4abc", "vendor=Hewlett Packard", "model=ProLiant DL380"))},
			{is("A", obs(n, 1, "addr=10.0.0.8", e1))},
			{is("A", obs(s, 2, "addr=10.0.0.8", e1, "host=srv8.dupont.local", "engine=80001f888012345678abcdef01"))},
			{is("A", obs(a, 3, "ref=agent-8", "serial=CZC1234ABC", "vendor=HPE", u1, e1, "mac=00:1b:21:11:11:09", "host=SRV8"))},
			{is("A", obs(n, 4, "addr=10.0.0.9", "mac=00:1b:21:11:11:09")), is("A", obs(c, 4, "ref=17", "serial=CZC1234ABC", "vendor=HP"))},
		}},
		{name: "a host name changes", batches: [][]told{
			{is("A", obs(s, 0, "addr=10.0.0.8", "mac=00:1e:14:00:00:01", "engine=800000090300001e14000001", "host=switch-old"))},
			{is("A", obs(s, 9, "addr=10.0.0.8", "mac=00:1e:14:00:00:01", "engine=800000090300001e14000001", "host=sw-etage-1"))},
			{is("A", obs(n, 9, "addr=10.0.0.8", "mac=00:1e:14:00:00:01", "host=sw-etage-1"))},
		}},
		{name: "a device moves between two sites", batches: [][]told{
			{is("A", obs(n, 0, "site=paris", "addr=10.0.0.8", e1, "host=lap")), is("B", obs(n, 0, "site=lyon", "addr=10.0.0.8", e2))},
			{is("A", obs(n, 9, "site=lyon", "addr=10.0.0.8", e1, "host=lap"))},
		}},
		{name: "one name and one range at two sites", batches: [][]told{
			{is("A", obs(n, 0, "site=paris", "addr=192.168.1.10", "host=caisse1", "looked"))},
			{is("B", obs(n, 0, "site=lyon", "addr=192.168.1.10", "host=caisse1", "looked"))},
			{is("C", obs(n, 0, "site=paris", "addr=192.168.1.11", "looked")), is("D", obs(n, 0, "site=lyon", "addr=192.168.1.11", "looked"))},
			{is("A", obs(n, 7, "site=paris", "addr=192.168.1.12", "host=caisse1", "looked")), is("D", obs(n, 7, "site=lyon", "addr=192.168.1.11", "looked"))},
		}},
		{name: "bare hosts are found again", batches: [][]told{
			{is("A", obs(n, 0, "scan=1", "addr=127.0.0.11", "port=ssh", "port=http")), is("B", obs(n, 0, "scan=1", "addr=127.0.0.12", "port=ssh", "port=http")), is("C", obs(n, 0, "scan=1", "addr=127.0.0.13", "looked"))},
			{is("A", obs(n, 7, "scan=2", "addr=127.0.0.11", "port=ssh", "port=http")), is("B", obs(n, 7, "scan=2", "addr=127.0.0.12", "port=http", "port=https")), is("C", obs(n, 7, "scan=2", "addr=127.0.0.13", "looked"))},
		}},
		{name: "first without, then with a community", batches: [][]told{
			{is("A", obs(n, 0, "scan=1", "addr=127.0.0.11", "port=ssh")), is("B", obs(n, 0, "scan=1", "addr=127.0.0.12", "looked"))},
			{is("A", obs(n, 0.01, "scan=2", "addr=127.0.0.11", "port=ssh")), is("B", obs(n, 0.01, "scan=2", "addr=127.0.0.12", "looked"))},
			{is("A", obs(s, 0.01, "scan=2", "addr=127.0.0.11", sn1, "host=sw1", "class=switch")), is("B", obs(s, 0.01, "scan=2", "addr=127.0.0.12", sn2, "host=sw2", "class=switch"))},
			{is("A", obs(n, 7, "scan=3", "addr=127.0.0.11", "port=ssh"))},
		}},
		{name: "another machine at a bare host's address", batches: [][]told{
			{is("A", obs(n, 0, "addr=10.0.0.11", "port=ssh", "port=http"))},
			{is("B", obs(n, 7, "addr=10.0.0.11", "port=netbios", "port=microsoft-ds"))},
			{is("C", obs(a, 8, "addr=10.0.0.11", "ref=agent-c", sn1, "host=pc-c", "class=desktop"))},
		}},
		{name: "rows of a table without serials", batches: [][]told{
			{is("A", obs(c, 0, "ref=1", "model=E24 G5", "class=monitor")), is("B", obs(c, 0, "ref=2", "model=E24 G5", "class=monitor"))},
			{is("A", obs(c, 30, "ref=1", "model=E24 G5", "class=monitor")), is("B", obs(c, 30, "ref=2", "model=E24 G5", "class=monitor"))},
		}},
		{name: "one serial of two makers", batches: [][]told{
			{is("A", obs(c, 0, "ref=1", "serial=10020030040", "vendor=Eaton")), is("B", obs(c, 0, "ref=2", "serial=10020030040", "vendor=Brother"))},
		}},
		{name: "one name at two addresses at once, and nothing else", batches: [][]told{
			{is("A", obs(s, 0, "addr=10.0.0.254", "host=rtr", "class=router")), is("B", obs(s, 0, "addr=10.0.1.254", "host=rtr", "class=router"))},
			{is("B", obs(s, 1, "addr=10.0.1.254", "host=rtr", "class=router"))},
		}},
		{name: "factory names", batches: [][]told{
			{is("A", obs(s, 0, "addr=10.0.0.2", "host=Switch", "class=switch", "object-id=1.3.6.1.4.1.9.1.1")), is("B", obs(s, 0, "addr=10.0.0.3", "host=Switch", "class=switch", "object-id=1.3.6.1.4.1.9.1.1"))},
			{is("A", obs(s, 1, "addr=10.0.0.2", "host=Switch", "class=switch", "object-id=1.3.6.1.4.1.9.1.1"))},
		}},
	}
}

// swappedBoard is a desktop whose agent speaks every week, each time under
// another id of the message, and that gets another board after eight weeks.
func swappedBoard() [][]told {
	var batches [][]told
	for week := range 16 {
		board := []string{"serial=5CG1234ABC", "uuid=4c4c4544-0044-4d10-8052-b4c04f463432", "mac=00:1b:21:11:11:01"}
		thing := "A"
		if week >= 8 {
			board = []string{"serial=5CG9999XYZ", "uuid=8a2b3c4d-0044-4d10-8052-b4c04f463499", "mac=00:1b:21:22:22:01"}
		}
		words := slices.Concat(board, []string{"ref=message-" + itoa(week), "agent=pc-7-2024-03-01-08-00-00", "vendor=HP", "model=ProDesk 400", "host=pc-7", "first-installed=2024-03-01", "class=desktop"})
		batches = append(batches, []told{is(thing, obs(FromAgent, float64(7*week), words...))})
	}
	return batches
}

// inTurns is a laptop that scans find now under one and now under another of
// its two addresses, once a week.
func inTurns(one, other string) [][]told {
	var batches [][]told
	for week := range 16 {
		mac := one
		if week%3 == 1 || week%5 == 2 {
			mac = other
		}
		o := obs(FromNmap, float64(7*week), "ref=w"+itoa(week), "addr=10.0.0."+itoa(20+week%4), mac, "host=lap-7", "class=laptop")
		batches = append(batches, []told{is("A", o)})
	}
	return batches
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	for _, tc := range identityCases() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.check(t, tc.batches)
		})
		t.Run(tc.name+"/reversed", func(t *testing.T) {
			t.Parallel()
			batches := make([][]told, len(tc.batches))
			for i, b := range tc.batches {
				batches[i] = slices.Clone(b)
				slices.Reverse(batches[i])
			}
			tc.check(t, batches)
		})
	}
}

func (tc *identityCase) check(t *testing.T, batches [][]told) {
	m := newMemory(t)
	truth := map[string]string{}
	for i, batch := range batches {
		var list []Observation
		for _, r := range batch {
			list = append(list, r.Observation)
			truth[label(&r.Observation)] = r.is
		}
		m.record(day0.Add(time.Duration(i)*time.Hour), list...)
		// The same batch again must change nothing.
		again := m.record(day0.Add(time.Duration(i)*time.Hour+time.Minute), list...)
		if out := again.Outcome(); out.Created+out.Updated+out.Reviewed > 0 || len(again.Join) > 0 {
			t.Errorf("batch %d again: %+v, %d joins", i, out, len(again.Join))
		}
	}
	for l, thing := range truth {
		if same := tc.later[thing]; same != "" {
			truth[l] = same
		}
	}
	of := map[string]string{} // thing → asset
	by := map[string]string{} // asset → thing
	for l, thing := range truth {
		asset := m.placed[l]
		if asset == "" {
			t.Errorf("%s: %s was not placed", thing, l)
			continue
		}
		if m.assets[asset].Doubt != "" { // kept apart until a person decides
			if !slices.Contains(tc.held, thing) {
				t.Errorf("%s: %s is in doubt", thing, l)
			}
			if slices.Contains(tc.together, thing) {
				if of[thing] != "" && of[thing] != asset {
					t.Errorf("%s waits as more than one: %s", thing, l)
				}
				of[thing] = asset
			}
			continue
		}
		if other, ok := by[asset]; ok && other != thing {
			t.Errorf("%s and %s became one", thing, other)
		}
		by[asset] = thing
		if other, ok := of[thing]; ok && other != asset && !slices.Contains(tc.split, thing) {
			t.Errorf("%s became two: %s", thing, l)
		}
		of[thing] = asset
	}
	for part, whole := range tc.under {
		if got := m.assets[of[part]].ParentID; got == "" || got != of[whole] {
			t.Errorf("%s hangs under %q, want %s (%s)", part, got, whole, of[whole])
		}
	}
	var kinds []string
	for _, r := range m.reviews {
		kinds = append(kinds, r.Kind)
	}
	slices.Sort(kinds)
	if strings.Join(kinds, " ") != strings.Join(tc.reviews, " ") {
		for _, r := range m.reviews {
			t.Logf("review %s: %s", r.Kind, r.Reason)
		}
		t.Errorf("reviews %v, want %v", kinds, tc.reviews)
	}
}
