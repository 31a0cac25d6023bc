package lab

import (
	"slices"

	"parc/inventory"
)

// switches is the wired network: a stack in the office, one switch in the
// workshop, one in the showroom.
func switches() []spec {
	return []spec{catalyst()}
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
			},
		},
		tcp: []service{
			ssh(22, "Cisco-1.25"),
			telnet(23, "\r\n\r\nUser Access Verification\r\n\r\nUsername: "),
			web(80, locked("cisco-IOS", `Basic realm="level_15 or view_access"`)),
		},
	}
}
