package lab

import "parc/inventory"

// firewalls is the way out.
func firewalls() []spec {
	return []spec{{
		host: 1, name: "FW-LEFEVRE", mac: "90:6c:ac:31:5e:02",
		what: "pare-feu, FortiOS 6.4 hors support",
		want: Expect{
			Classes: []inventory.Class{inventory.Firewall}, Vendor: "Fortinet", Model: "FortiGate 60E",
			Serial: "FGT60ETK18064213", Version: "6.4.15", Hostname: "FW-LEFEVRE", OSName: "FortiOS", OSVersion: "6.4.15",
		},
		lldp: lldpRouter | lldpBridge,
		snmp: &snmpSpec{
			descr: "Pare-feu du siege", object: "1.3.6.1.4.1.12356.101.1.641",
			contact: "support@infogerance-ouest.example", location: "Local technique", upDays: 212, services: 78,
			parts: []part{
				engine{12356},
				interfaces{
					{index: 1, name: "wan1", alias: "Fibre", mbps: 1000, offset: 0},
					{index: 2, name: "wan2", alias: "Secours 4G", mbps: 100, offset: 1},
					{index: 3, name: "dmz", mbps: 1000, offset: 2, down: true},
					{index: 4, name: "internal1", mbps: 1000, offset: 3, address: true},
					{index: 5, name: "internal2", mbps: 1000, offset: 4, down: true},
					{index: 6, name: "ssl.root", kind: typeTunnel, alias: "SSL VPN interface", noMAC: true},
				},
				entities{{
					index: 1, class: classChassis, name: "FGT_60E", descr: "Fortinet FGT_60E, HW Serial#: FGT60ETK18064213",
					object: "1.3.6.1.4.1.12356.101.1.641", software: "FortiGate-60E v6.4.15,build2095,231110 (GA)",
					serial: "FGT60ETK18064213", maker: "Fortinet", model: "FGT_60E",
				}},
				values{
					"1.3.6.1.4.1.12356.100.1.1.1.0":  text("FGT60ETK18064213"),              // fnSysSerial
					"1.3.6.1.4.1.12356.101.4.1.1.0":  text("v6.4.15,build2095,231110 (GA)"), // fgSysVersion
					"1.3.6.1.4.1.12356.101.4.1.2.0":  number(1),                             // management VDOM
					"1.3.6.1.4.1.12356.101.4.1.3.0":  gauge(9),                              // CPU, percent
					"1.3.6.1.4.1.12356.101.4.1.4.0":  gauge(61),                             // memory, percent
					"1.3.6.1.4.1.12356.101.4.1.8.0":  gauge(412),                            // sessions
					"1.3.6.1.4.1.12356.101.4.2.1.0":  text("1.00000(2018-04-09 18:07)"),     // antivirus version
					"1.3.6.1.4.1.12356.101.13.1.1.0": number(1),                             // HA: stand-alone
					"1.3.6.1.4.1.12356.101.2.1.1.0":  number(1),                             // VDOMs
				},
				arp{index: 4},
				lldp{},
			},
		},
		tcp: []service{
			ssh(22, "sFoIsP"),
			web(80, redirect("xxxxxxxx-xxxxx", "https://{address}/")),
			webTLS(443, tlsFace{common: "FGT60ETK18064213", issuer: "Fortinet", organisation: "Fortinet", days: 4400, life: 7300}, website{
				server: "xxxxxxxx-xxxxx",
				pages: map[string]page{
					"/":             {status: 200, body: "<html><script type=\"text/javascript\">if (window!=top) top.location=window.location;top.location=\"/remote/login\";</script></html>\n"},
					"/login":        {title: "FortiGate"},
					"/remote/login": {title: "Please Login"},
				},
			}),
		},
	}}
}
