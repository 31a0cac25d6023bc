package lab

import "parc/inventory"

// telephones is the exchange and the telephone at the desk.
func telephones() []spec {
	return []spec{
		{
			host: 50, name: "TEL-ACCUEIL", mac: "80:5e:c0:31:77:a2",
			what: "téléphone de l'accueil",
			want: Expect{
				Classes: []inventory.Class{inventory.Phone}, Vendor: "Yealink", Model: "SIP-T46S", Version: "66.85.0.5",
			},
			lldp: lldpTelephone | lldpBridge, cdp: "SIP-T46S",
			tcp: []service{
				web(80, redirect("", "https://{address}/")),
				webTLS(443, tlsFace{common: "805ec03177a2", organisation: "Yealink Network Technology", issuer: "Yealink Equipment Issuing CA", days: 3900, life: 7300},
					titled("", "Yealink T46S Phone")),
				sip(5060, "User-Agent", "Yealink SIP-T46S 66.85.0.5"),
			},
		},
		{
			host: 51, name: "IPBX", mac: "c0:74:ad:12:f8:64",
			what: "standard téléphonique",
			want: Expect{
				Classes: []inventory.Class{inventory.VoIPGateway, inventory.Phone}, Vendor: "Grandstream", Model: "UCM6202",
				Version: "1.0.20.52", Hostname: "UCM6202",
			},
			snmp: &snmpSpec{
				descr: "Linux UCM6202 3.4.43 #1 PREEMPT Tue Jun 2 09:36:15 CST 2020 armv7l", object: "1.3.6.1.4.1.42397.1.1",
				name: "UCM6202", location: "Local technique", upDays: 240,
				parts: []part{
					interfaces{
						{index: 1, name: "lo", kind: typeLoopback, mbps: 10},
						{index: 2, name: "eth0", mbps: 1000, address: true},
					},
					values{
						"1.3.6.1.4.1.42397.1.1.1.1.0": text("UCM6202"),
						"1.3.6.1.4.1.42397.1.1.1.2.0": text("1.0.20.52"),
					},
				},
			},
			tcp: []service{
				ssh(22, "dropbear_2018.76"),
				webTLS(8089, tlsFace{common: "Grandstream", organisation: "Grandstream Networks, Inc.", days: -190, life: 3650},
					titled("lighttpd/1.4.45", "UCM6202")),
				sip(5060, "Server", "Grandstream UCM6202V1.4B 1.0.20.52"),
			},
		},
	}
}
