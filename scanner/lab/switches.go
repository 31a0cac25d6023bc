package lab

import (
	"slices"

	"parc/inventory"
)

// switches is the wired network: a stack in the office, one switch in the
// workshop, one in the showroom.
func switches() []spec {
	return []spec{catalyst(), aruba2530(), netgear()}
}

const catalystDescr = "Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(4)E8, RELEASE SOFTWARE (fc3)\r\n" +
	"Technical Support: http://www.cisco.com/techsupport\r\nCopyright (c) 1986-2019 by Cisco Systems, Inc.\r\n" +
	"Compiled Fri 15-Mar-19 06:27 by prod_rel_team"

func catalyst() spec {
	member := func(index uint32, name, serial, power string) entities {
		return entities{
			{
				index: index, parent: 1, class: classChassis, position: int64(index / 1001), name: name, descr: "WS-C2960X-48TS-L",
				object: "1.3.6.1.4.1.9.12.3.1.3.1343", hardware: "V03", firmware: "15.0(2r)EX", software: "15.2(4)E8",
				serial: serial, maker: "Cisco Systems, Inc.", model: "WS-C2960X-48TS-L",
			},
			{
				index: index + 14, parent: index, class: classPowerSupply, position: 1, name: "Switch " + name + " - Power Supply 0",
				descr: "Switch " + name + " - Power Supply 0", object: "1.3.6.1.4.1.9.12.3.1.6.286", serial: power, fixed: true,
				maker: "Cisco Systems, Inc.", model: "PWR-C2-250WAC",
			},
		}
	}
	return spec{
		host: 2, name: "SW-BUREAU", mac: "f4:cf:e2:7a:10:80",
		what: "cœur de réseau, deux Catalyst empilés, telnet ouvert",
		want: Expect{
			Classes: []inventory.Class{inventory.Switch}, Vendor: "Cisco", Model: "WS-C2960X-48TS-L", Serial: "FOC1843W0KQ",
			Version: "15.2(4)E8", Hostname: "SW-BUREAU.lefevre.local", OSName: "IOS", OSVersion: "15.2(4)E8",
		},
		lldp: lldpBridge, cdp: "cisco WS-C2960X-48TS-L",
		snmp: &snmpSpec{
			descr: catalystDescr, object: "1.3.6.1.4.1.9.1.1208", name: "SW-BUREAU.lefevre.local",
			contact: "support@infogerance-ouest.example", location: "Local technique, baie 1", upDays: 613, services: 6,
			parts: []part{
				engine{9},
				slices.Concat(
					ethernet(48, 10101, 1000, "Gi1/0/%d", "GigabitEthernet1/0/%d"),
					ethernet(48, 10601, 1000, "Gi2/0/%d", "GigabitEthernet2/0/%d"),
					interfaces{
						{index: 1, name: "Vl1", descr: "Vlan1", kind: typeVLAN, mbps: 1000, offset: 64, address: true},
						{index: 14501, name: "Nu0", descr: "Null0", kind: 1, noMAC: true},
						{index: 5179, name: "StackPort1", kind: typeVLAN, noMAC: true},
						{index: 5180, name: "StackPort2", kind: typeVLAN, noMAC: true},
					}),
				slices.Concat(
					entities{{
						index: 1, class: classStack, position: -1, name: "c2xxx Stack", descr: "c2xxx Stack",
						object: "1.3.6.1.4.1.9.12.3.1.3.1357", fixed: true,
					}},
					member(1001, "1", "FOC1843W0KQ", "DCB1841X0R5"),
					member(2001, "2", "FOC1844Z1BM", "DCB1842X12G")),
				bridge{companyVLANs}, vtp(companyVLANs), lldp{}, cdp{},
			},
		},
		tcp: []service{
			ssh(22, "Cisco-1.25"),
			telnet(23, telnetCisco, "\r\n\r\nUser Access Verification\r\n\r\nUsername: "),
			web(80, locked("cisco-IOS", `Basic realm="level_15 or view_access"`)),
		},
	}
}

func aruba2530() spec {
	return spec{
		host: 3, name: "SW-ATELIER", mac: "94:57:a5:1c:60:40",
		what: "commutateur de l'atelier",
		want: Expect{
			Classes: []inventory.Class{inventory.Switch}, Vendor: "HP", Model: "J9776A 2530-24G", Serial: "CN58FP5123",
			Version: "YA.16.10.0016", Hostname: "SW-ATELIER",
		},
		lldp: lldpBridge,
		snmp: &snmpSpec{
			descr:  "HP J9776A 2530-24G Switch, revision YA.16.10.0016, ROM YA.15.20 (/ws/swbuildm/rel_ajanta_qaoff/code/build/lakes(swbuildm_rel_ajanta_qaoff_rel_ajanta))",
			object: "1.3.6.1.4.1.11.2.3.7.11.148", contact: "support@infogerance-ouest.example",
			location: "Atelier, coffret mural", upDays: 402, services: 74,
			parts: []part{
				engine{11},
				slices.Concat(ethernet(28, 1, 1000, "%d", ""), interfaces{
					{index: 54, name: "DEFAULT_VLAN", kind: typeVLAN, address: true, mbps: 0},
				}),
				entities{{
					index: 1, class: classChassis, name: "Chassis", descr: "HP J9776A 2530-24G Switch",
					object: "1.3.6.1.4.1.11.2.3.7.11.148", firmware: "YA.15.20", software: "YA.16.10.0016",
					serial: "CN58FP5123", maker: "HP", model: "J9776A",
				}},
				values{
					"1.3.6.1.4.1.11.2.36.1.1.2.5.0":      text("YA.16.10.0016"), // hpHttpMgVersion
					"1.3.6.1.4.1.11.2.36.1.1.2.9.0":      text("CN58FP5123"),    // hpHttpMgSerialNumber
					"1.3.6.1.4.1.11.2.14.11.5.1.1.3.0":   text("YA.16.10.0016"),
					"1.3.6.1.4.1.11.2.14.11.5.1.9.6.1.0": number(6), // CPU, percent
				},
				bridge{companyVLANs}, lldp{},
			},
		},
		tcp: []service{
			ssh(22, "Mocana SSH 6.3"),
			web(80, titled("eHTTP v2.0", "SW-ATELIER - HP 2530-24G Switch (J9776A)")),
		},
	}
}

func netgear() spec {
	return spec{
		host: 4, name: "SW-EXPO", mac: "a0:40:a0:5b:22:d4",
		what: "commutateur du showroom, communauté private",
		want: Expect{
			Classes: []inventory.Class{inventory.Switch}, Vendor: "Netgear", Model: "GS724Tv4", Serial: "4FL18A5Y00B7C",
			Version: "6.3.1.19", Hostname: "SW-EXPO",
		},
		lldp: lldpBridge,
		snmp: &snmpSpec{
			community: "private",
			descr:     "GS724Tv4 ProSafe 24-port Gigabit Ethernet Smart Switch, 6.3.1.19, B1.0.0.4",
			object:    "1.3.6.1.4.1.4526.100.4.32", location: "Showroom, sous le comptoir", upDays: 96, services: 2,
			parts: []part{
				slices.Concat(ethernet(24, 1, 1000, "g%d", "Slot: 0 Port: %d Gigabit - Level"), interfaces{
					{index: 53, name: "cpu0", descr: " CPU Interface for Slot: 5 Port: 1", kind: 1, address: true},
				}),
				values{
					"1.3.6.1.4.1.4526.11.1.1.1.1.0":  text("GS724Tv4 ProSafe 24-port Gigabit Ethernet Smart Switch"),
					"1.3.6.1.4.1.4526.11.1.1.1.3.0":  text("GS724Tv4"),      // agentInventoryMachineModel
					"1.3.6.1.4.1.4526.11.1.1.1.4.0":  text("4FL18A5Y00B7C"), // agentInventorySerialNumber
					"1.3.6.1.4.1.4526.11.1.1.1.13.0": text("6.3.1.19"),      // agentInventorySoftwareVersion
				},
				bridge{companyVLANs}, lldp{},
			},
		},
		tcp: []service{
			web(80, website{server: "", pages: map[string]page{"/": {body: "<html><head><title>NETGEAR GS724Tv4</title></head><body><form action=\"/base/main_login.html\"></form></body></html>\n"}}}),
		},
	}
}
