package lab

import "parc/inventory"

// workstations is the people's computers. Most have no SNMP agent, as most
// networks have it: what a scan learns of them comes from their services.
func workstations() []spec {
	return []spec{
		pc(101, "PC-ACCUEIL", "10:e7:c6:21:5d:08", "poste de l'accueil, Windows 10 hors support", windows10, "Windows 10", "22H2", "10.0.19045"),
		accounting(),
		pc(103, "PC-DEVIS", "a4:bb:6d:70:c2:15", "poste des devis, Windows 11 23H2 hors support", windows11b, "Windows 11", "23H2", "10.0.22631"),
		designOffice(),
		pc(105, "PC-BE2", "8c:ec:4b:99:30:fe", "poste du bureau d'études", windows11c, "Windows 11", "24H2", "10.0.26100"),
		pc(106, "PORT-GERANT", "b8:8a:60:17:e4:b2", "portable du gérant", windows11d, "Windows 11", "25H2", "10.0.26200"),
		roadLaptop(), mac2015(), routerPC(),
	}
}

// pc is a Windows workstation with remote desktop on and nothing else special.
func pc(host byte, name, mac, what string, w windows, system, version, build string) spec {
	return spec{
		host: host, name: name, mac: mac, what: what,
		want: Expect{
			Classes: []inventory.Class{inventory.Desktop, inventory.Laptop, inventory.Workstation}, Hostname: name,
			OSName: system, OSVersion: version, OSBuild: build,
		},
		tcp: desk(w, client(), rdp(3389, w), wsd()),
		udp: []responder{nbns(w)},
	}
}

func accounting() spec {
	s := pc(102, "PC-COMPTA", "10:e7:c6:84:0f:6a", "poste de comptabilité, Windows 10 hors support, SNMP", windows10, "Windows 10", "22H2", "10.0.19045")
	s.snmp = windowsAgent(windowsWorkstation, "Intel64 Family 6 Model 158 Stepping 10", "19045")
	s.snmp.location, s.snmp.upDays = "Bureau, comptabilité", 6
	s.snmp.parts = []part{
		interfaces{
			{index: 1, name: "loopback_0", descr: "Software Loopback Interface 1", kind: typeLoopback, mbps: 1073},
			{index: 7, name: "ethernet_32768", descr: "Realtek PCIe GbE Family Controller", alias: "Ethernet", mbps: 1000, address: true},
		},
		host{
			memoryMB: 8_052, processors: []string{"Intel", "Intel", "Intel", "Intel", "Intel", "Intel"}, users: 1,
			volumes: []volume{
				{`C:\ Label:Windows  Serial Number 2af3110c`, storageDisk, 243_500, 201_300}, {"Physical Memory", storageRAM, 8_052, 6_900},
			},
			processes: []string{"System Idle Process", "explorer.exe", "Maestria.exe", "OUTLOOK.EXE", "ekrn.exe", "TeamViewer_Service.exe"},
			software: []title{
				{name: "Sage 100c Comptabilité 7.00", on: "2020-01-14"}, {name: "Microsoft 365 Apps for business - fr-fr", on: "2023-09-04"},
				{name: "ESET Endpoint Antivirus", on: "2023-02-20"}, {name: "Adobe Acrobat Reader DC - Français", on: "2022-05-30"},
				{name: "TeamViewer", on: "2021-01-11"}, {name: "Java 8 Update 291", on: "2021-05-03"},
			},
		},
	}
	return s
}

func designOffice() spec {
	s := pc(104, "PC-BE1", "8c:ec:4b:57:aa:31", "station du bureau d'études, Windows 11 23H2 hors support, SNMP", windows11b, "Windows 11", "23H2", "10.0.22631")
	s.snmp = windowsAgent(windowsWorkstation, "Intel64 Family 6 Model 151 Stepping 2", "22631")
	s.snmp.location, s.snmp.upDays = "Bureau d'études", 2
	s.snmp.parts = []part{
		interfaces{
			{index: 1, name: "loopback_0", descr: "Software Loopback Interface 1", kind: typeLoopback, mbps: 1073},
			{index: 9, name: "ethernet_32770", descr: "Intel(R) Ethernet Connection (17) I219-LM", alias: "Ethernet", mbps: 1000, address: true},
		},
		host{
			memoryMB: 32_480, processors: []string{"Intel", "Intel", "Intel", "Intel", "Intel", "Intel", "Intel", "Intel"}, users: 1,
			volumes: []volume{
				{`C:\ Label:  Serial Number 90bc55d1`, storageDisk, 975_800, 512_400}, {"Physical Memory", storageRAM, 32_480, 15_100},
			},
			processes: []string{"System Idle Process", "explorer.exe", "Top7.exe", "OUTLOOK.EXE", "ekrn.exe"},
			software: []title{
				{name: "TopSolid'Wood 2023", on: "2023-11-28"}, {name: "SOLIDWORKS 2022 SP05", on: "2023-11-28"},
				{name: "Microsoft 365 Apps for business - fr-fr", on: "2023-11-27"}, {name: "ESET Endpoint Antivirus", on: "2023-11-27"},
				{name: "SketchUp 2023", on: "2024-01-09"},
			},
		},
	}
	return s
}

// roadLaptop is a laptop with its firewall up: it tells its name, and no more.
func roadLaptop() spec {
	return spec{
		host: 107, name: "PORT-CHANTIER", mac: "8c:16:45:e0:2b:77",
		what: "portable de chantier, pare-feu fermé",
		want: Expect{Classes: []inventory.Class{inventory.Laptop, inventory.Desktop, inventory.Workstation, inventory.Unknown}, Hostname: "PORT-CHANTIER"},
		tcp:  desk(windows10, client()),
		udp:  []responder{nbns(windows10)},
	}
}

func mac2015() spec {
	return spec{
		host: 108, name: "MAC-EXPO", mac: "3c:07:54:6d:19:f0",
		what: "iMac du showroom, OS X ancien",
		want: Expect{
			Classes: []inventory.Class{inventory.Desktop, inventory.Workstation}, Vendor: "Apple", Model: "iMac16,2", Hostname: "MAC-EXPO", OSName: "OS X",
		},
		tcp: []service{
			ssh(22, "OpenSSH_6.9"),
			smb(smbServer{windows: windows{major: 6, minor: 1, workgroup: true}, dialects: dialects302}),
			afp(548, "iMac16,2"),
			greeting(5900, "RFB 003.889\n"),
		},
	}
}

// routerPC drives the numerically controlled router in the workshop. Whoever
// named it had fun: its strings must survive every table, page and sheet.
func routerPC() spec {
	return spec{
		host: 109, name: "PC-CNC", mac: "e0:d5:5e:30:8c:41",
		what: "poste de la commande numérique, Ubuntu, chaînes hostiles",
		want: Expect{
			Classes:  []inventory.Class{inventory.Workstation, inventory.Desktop, inventory.Server},
			Hostname: `=HYPERLINK("http://example.invalid","PC-CNC")`, OSName: "Ubuntu",
		},
		snmp: &snmpSpec{
			descr:  "Linux pc-cnc 5.4.0-150-generic #167-Ubuntu SMP Mon May 15 17:35:05 UTC 2023 x86_64",
			object: "1.3.6.1.4.1.8072.3.2.10", name: `=HYPERLINK("http://example.invalid","PC-CNC")`,
			contact: "@SUM(1+1)*cmd|' /C calc'!A0", location: "<script>alert(1)</script>", upDays: 12,
			parts: []part{
				engine{8072},
				interfaces{
					{index: 1, name: "lo", kind: typeLoopback, mbps: 10},
					{index: 2, name: "enp3s0", descr: "Realtek Semiconductor Co., Ltd. RTL8111/8168/8411", alias: "<img src=x onerror=alert(2)>", mbps: 1000, address: true},
				},
				host{
					memoryMB: 16_000, processors: []string{"GenuineIntel: Intel(R) Core(TM) i5-8500 CPU @ 3.00GHz"},
					volumes: []volume{{"Physical memory", storageRAM, 15_880, 4_100}, {"/", storageDisk, 233_000, 61_000}},
					software: []title{
						{name: "linux-image-5.4.0-150-generic_5.4.0-150.167_amd64", on: "2023-06-05"},
						{name: "linuxcnc-uspace_2.8.4_amd64", on: "2022-10-17"}, {name: "-2+3+cmd|' /C calc'!A0_1.0_all", on: "2022-10-17"},
					},
				},
			},
		},
		tcp: []service{
			ssh(22, "OpenSSH_8.2p1 Ubuntu-4ubuntu0.11"),
			web(80, website{server: "nginx/1.18.0 (Ubuntu)", pages: map[string]page{
				"/": {title: "</title><script>alert(3)</script>=1+1 \u202eCNC\u200b", raw: true},
			}}),
		},
	}
}
