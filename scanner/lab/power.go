package lab

import (
	"time"

	"parc/inventory"
)

// power is what keeps the rest running.
func power() []spec {
	return []spec{{
		host: 20, name: "ONDULEUR", mac: "00:c0:b7:8e:24:91",
		what: "onduleur de la baie, batterie à remplacer",
		want: Expect{
			Classes: []inventory.Class{inventory.UPS}, Vendor: "APC", Model: "Smart-UPS 1500", Serial: "AS1724241836",
			Version: "UPS 09.3 / ID=18", Hostname: "ONDULEUR",
		},
		snmp: &snmpSpec{
			descr:  "APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.4.0 PN:apc_hw05_aos_640.bin AF1:v6.4.0 AN1:apc_hw05_sumx_640.bin MN:AP9630 HR:05 SN: ZA1718012345 MD:05/03/2017)",
			object: "1.3.6.1.4.1.318.1.3.27", contact: "", location: "Local technique, baie 1", upDays: 730,
			parts: []part{
				engine{318},
				interfaces{{index: 2, name: "eth0", descr: "veya", mbps: 100, address: true}},
				powerNet{
					model: "Smart-UPS 1500", name: "ONDULEUR", firmware: "UPS 09.3 / ID=18", made: "06/14/17", serial: "AS1724241836",
					batteryReplaced: "06/14/17", batteryDue: "06/14/21", replaceBattery: true,
					charge: 100, runtime: 9 * time.Minute, celsius: 34, load: 47, inVolts: 233, outVolts: 233,
				},
			},
		},
		tcp: []service{
			ftp(21, "AP9630 Network Management Card AOS v6.4.0 FTP server ready.", false),
			ssh(22, "cryptlib"),
			web(80, website{server: "", pages: map[string]page{"*": {status: 303, header: []string{"Location: http://{address}/logon.htm"}}, "/logon.htm": {title: "APC | Log On"}}}),
		},
	}}
}
