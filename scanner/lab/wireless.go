package lab

import "parc/inventory"

// accessPoints is the wireless network.
func accessPoints() []spec {
	return []spec{unifi(), instant()}
}

func unifi() spec {
	return spec{
		host: 21, name: "WIFI-BUREAU", mac: "78:8a:20:d1:4c:06",
		what: "borne Wi-Fi des bureaux",
		want: Expect{
			Classes: []inventory.Class{inventory.AccessPoint}, Vendor: "Ubiquiti", Model: "UAP-AC-Pro",
			Version: "4.3.28.11361", Hostname: "WIFI-BUREAU",
		},
		lldp: lldpBridge | lldpWLAN,
		snmp: &snmpSpec{
			descr:  "Linux WIFI-BUREAU 4.4.153 #1 SMP PREEMPT Thu Jan 28 09:29:32 UTC 2021 mips",
			object: "1.3.6.1.4.1.8072.3.2.10", location: "Bureau, plafond du couloir", upDays: 63,
			parts: []part{
				interfaces{
					{index: 1, name: "lo", kind: typeLoopback, mbps: 10},
					{index: 2, name: "eth0", mbps: 1000},
					{index: 5, name: "ath0", kind: typeWireless, mbps: 450, offset: 1},
					{index: 6, name: "ath1", kind: typeWireless, mbps: 1300, offset: 2},
					{index: 9, name: "br0", mbps: 1000, address: true},
				},
				values{
					"1.3.6.1.4.1.41112.1.6.3.2.0": number(2), // not isolated
					"1.3.6.1.4.1.41112.1.6.3.3.0": text("UAP-AC-Pro"),
					"1.3.6.1.4.1.41112.1.6.3.4.0": text("eth0"),
					"1.3.6.1.4.1.41112.1.6.3.6.0": text("4.3.28.11361"),
				},
				unifiNetworks{{"ath0", "LEFEVRE", 4}, {"ath1", "LEFEVRE-INVITES", 1}},
			},
		},
		tcp: []service{ssh(22, "dropbear_2020.81")},
	}
}

// unifiNetworks is UBNT-UniFi-MIB's table of virtual access points.
type unifiNetworks []struct {
	name, ssid string
	stations   int64
}

var unifiVAPEntry = newOID("1.3.6.1.4.1.41112.1.6.1.2.1")

func (list unifiNetworks) write(t *tree, d *device) {
	for i, n := range list {
		t.row(unifiVAPEntry, oid{uint32(i + 1)}, map[uint32]value{
			2: mac(d.mac), 4: number(36), 6: text(n.ssid), 7: text(n.name), 8: number(n.stations),
		})
	}
}

func instant() spec {
	return spec{
		host: 22, name: "WIFI-ATELIER", mac: "18:64:72:c3:0b:5e",
		what: "borne Wi-Fi de l'atelier, certificat expiré",
		want: Expect{
			Classes: []inventory.Class{inventory.AccessPoint}, Vendor: "Aruba", Model: "305", Serial: "CNGRJSS2K7",
			Version: "8.6.0.9-8.6.0.9", Hostname: "WIFI-ATELIER",
		},
		lldp: lldpBridge | lldpWLAN,
		snmp: &snmpSpec{
			descr:  "ArubaOS (MODEL: 305), Version 8.6.0.9-8.6.0.9",
			object: "1.3.6.1.4.1.14823.1.2.81", location: "Atelier, poteau 4", upDays: 187,
			parts: []part{
				engine{14823},
				interfaces{{index: 1, name: "eth0", descr: "eth0", mbps: 1000, address: true}},
				instantPoint{name: "WIFI-ATELIER", serial: "CNGRJSS2K7", model: "305"},
			},
		},
		tcp: []service{
			ssh(22, "OpenSSH_7.4"),
			webTLS(443, tlsFace{common: "securelogin.arubanetworks.com", organisation: "Aruba Networks", issuer: "Aruba Instant CA", days: -411, life: 1095},
				website{pages: map[string]page{"*": {status: 302, header: []string{"Location: https://{address}:4343/"}}}}),
			webTLS(4343, tlsFace{common: "securelogin.arubanetworks.com", organisation: "Aruba Networks", issuer: "Aruba Instant CA", days: -411, life: 1095},
				titled("", "Instant")),
		},
	}
}

// instantPoint is AI-AP-MIB: the virtual controller and its one access point.
type instantPoint struct{ name, serial, model string }

var aiAccessPointEntry = newOID("1.3.6.1.4.1.14823.2.3.3.1.2.1.1")

func (p instantPoint) write(t *tree, d *device) {
	t.put("1.3.6.1.4.1.14823.2.3.3.1.1.1.0", text("parc-lab-instant"))
	t.put("1.3.6.1.4.1.14823.2.3.3.1.1.2.0", text(p.name))
	t.row(aiAccessPointEntry, macArcs(d.mac), map[uint32]value{
		1: mac(d.mac), 2: text(p.name), 3: ipv4(d.addr), 4: text(p.serial),
		5: object(newOID("1.3.6.1.4.1.14823.1.2.81")), 6: text(p.model), 7: number(12),
		9: ticks(d.site.since(d.snmp.upDays)), 11: number(1),
	})
}
