package lab

import "parc/inventory"

// printers is two printers that the company bought and a copier that it rents.
func printers() []spec {
	return []spec{laserjet(), brother(), ricoh()}
}

func laserjet() spec {
	return spec{
		host: 30, name: "IMP-BUREAU", mac: "b0:5a:da:93:11:7c",
		what: "multifonction laser du bureau",
		want: Expect{
			Classes: []inventory.Class{inventory.Printer}, Vendor: "HP", Model: "HP LaserJet MFP M428fdw", Serial: "VNB3K12345",
			Version: "002_2310A", Hostname: "NPI93117C",
		},
		lldp: lldpStation,
		snmp: &snmpSpec{
			descr:  "HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24170003,CIDATE 06/17/2019",
			object: "1.3.6.1.4.1.11.2.3.9.1", name: "NPI93117C", contact: "", location: "Bureau, couloir", upDays: 41,
			parts: []part{
				interfaces{{index: 1, name: "eth0", descr: "HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153", mbps: 1000, address: true}},
				printer{
					model: "HP LaserJet MFP M428fdw", serial: "VNB3K12345", pages: 48211, console: "Pret",
					supplies: []supply{{"Black Cartridge HP CF259A", supplyToner, 7, "black"}},
				},
				values{
					// HP's ppmPrinter 1284 device id, and the JetDirect's own objects.
					"1.3.6.1.4.1.11.2.3.9.1.1.7.0":         text("MFG:HP;MDL:HP LaserJet MFP M428fdw;CMD:PJL,PML,PCLXL,PCL,PDF,POSTSCRIPT,PWGRaster;CLS:PRINTER;DES:HP LaserJet MFP M428fdw;SN:VNB3K12345;"),
					"1.3.6.1.4.1.11.2.3.9.4.2.1.1.3.2.0":   text("HP LaserJet MFP M428fdw"),
					"1.3.6.1.4.1.11.2.3.9.4.2.1.1.3.3.0":   text("VNB3K12345"),
					"1.3.6.1.4.1.11.2.3.9.4.2.1.1.3.6.0":   text("002_2310A"),
					"1.3.6.1.4.1.11.2.3.9.4.2.1.4.1.2.5.0": number(48211),
				},
			},
		},
		tcp: []service{
			web(80, titled("HP HTTP Server; HP HP LaserJet MFP M428fdw - W1A30A; Serial Number: VNB3K12345; Built:Tue Oct 10, 2023 09:14:21AM {002_2310A}", "HP LaserJet MFP M428fdw   {address}")),
			ipp("HP HTTP Server; HP HP LaserJet MFP M428fdw - W1A30A; Serial Number: VNB3K12345; Built:Tue Oct 10, 2023 09:14:21AM {002_2310A}", "HP LaserJet MFP M428fdw", "IMP-BUREAU"),
			jetdirect(9100, "HP LaserJet MFP M428fdw"),
		},
	}
}

func brother() spec {
	return spec{
		host: 31, name: "IMP-ATELIER", mac: "30:05:5c:4e:b2:19",
		what: "imprimante de l'atelier, vieux TLS",
		want: Expect{
			Classes: []inventory.Class{inventory.Printer}, Vendor: "Brother", Model: "MFC-L8900CDW series", Serial: "E75432B9J104867",
			Version: "Q2107201514", Hostname: "BRN30055C4EB219",
		},
		snmp: &snmpSpec{
			descr:  "Brother NC-8900w, Firmware Ver.R  ,MID 8CE-C13,FID 2",
			object: "1.3.6.1.4.1.2435.2.3.9.1", name: "BRN30055C4EB219", location: "Atelier, bureau du chef", upDays: 17,
			parts: []part{
				interfaces{{index: 1, name: "eth0", descr: "Brother NC-8900w", mbps: 1000, address: true}},
				printer{
					model: "Brother MFC-L8900CDW series", serial: "E75432B9J104867", pages: 21877, console: "En veille",
					supplies: []supply{
						{"Black Toner Cartridge", supplyToner, 40, "black"}, {"Cyan Toner Cartridge", supplyToner, 60, "cyan"},
						{"Magenta Toner Cartridge", supplyToner, 10, "magenta"}, {"Yellow Toner Cartridge", supplyToner, 70, "yellow"},
						{"Drum Unit", supplyDrum, 22, ""}, {"Waste Toner Box", supplyWasteToner, -3, ""}, {"Belt Unit", supplyBelt, 71, ""},
					},
				},
				values{
					"1.3.6.1.4.1.2435.2.3.9.1.1.7.0":        text("MFG:Brother;CMD:PJL,PCL,PCLXL,URF;MDL:MFC-L8900CDW series;CLS:PRINTER;CID:Brother Laser Type1;"),
					"1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.1.0":  text("E75432B9J104867"), // brInfoSerialNumber
					"1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.17.0": text("Q2107201514"),     // brmainfirmversion
					"1.3.6.1.4.1.2435.2.4.3.99.3.1.6.1.2.2": text("Q2107201514"),
					"1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.10.0": octets(0, 1, 4, 0, 0, 0x55, 0x75),
				},
			},
		},
		tcp: []service{
			ftp(21, "FTP print service:V-1.13/Use the network password for the ID if updating.", true),
			web(80, titled("debut/1.30", "Brother MFC-L8900CDW series")),
			webTLS(443, tlsFace{common: "BRN30055C4EB219", days: -1240, life: 3650, old: true}, titled("debut/1.30", "Brother MFC-L8900CDW series")),
			silent(515),
			ipp("debut/1.30", "Brother MFC-L8900CDW series", "IMP-ATELIER"),
			jetdirect(9100, "Brother MFC-L8900CDW series:8CE-C13:Ver.R"),
		},
	}
}

func ricoh() spec {
	return spec{
		host: 32, name: "COPIEUR", mac: "58:38:79:0d:ce:44",
		what: "copieur en location",
		want: Expect{
			Classes: []inventory.Class{inventory.Printer}, Vendor: "Ricoh", Model: "IM C3000", Serial: "3089RB20417",
			Version: "1.12", Hostname: "COPIEUR",
		},
		snmp: &snmpSpec{
			descr:  "RICOH IM C3000 1.12 / RICOH Network Printer C model / RICOH Network Scanner C model / RICOH Network Facsimile C model",
			object: "1.3.6.1.4.1.367.1.1", location: "Bureau, reprographie", upDays: 33,
			parts: []part{
				interfaces{
					{index: 1, name: "ncmac0", mbps: 1000, address: true},
					{index: 2, name: "lo0", kind: typeLoopback},
				},
				printer{
					model: "RICOH IM C3000", serial: "3089RB20417", pages: 187_604, console: "Prêt",
					supplies: []supply{
						{"Black Toner", supplyToner, 55, "black"}, {"Cyan Toner", supplyToner, 30, "cyan"},
						{"Magenta Toner", supplyToner, 20, "magenta"}, {"Yellow Toner", supplyToner, 80, "yellow"},
						{"Waste Toner Bottle", supplyWasteToner, -3, ""},
					},
				},
				values{
					"1.3.6.1.4.1.367.3.2.1.1.1.1.0":  text("IM C3000"),    // ricohSysName
					"1.3.6.1.4.1.367.3.2.1.1.1.2.0":  text("1.12"),        // ricohSysVers
					"1.3.6.1.4.1.367.3.2.1.1.1.7.0":  text("RICOH"),       // ricohSysOemID
					"1.3.6.1.4.1.367.3.2.1.2.1.4.0":  text("3089RB20417"), // ricohEngSerialNumber
					"1.3.6.1.4.1.367.3.2.1.2.19.1.0": counter(187_604),    // ricohEngCounterTotal
					"1.3.6.1.4.1.367.3.2.1.2.19.2.0": counter(61_902),     // of these printed
					"1.3.6.1.4.1.367.3.2.1.2.19.4.0": counter(118_340),    // copied
				},
			},
		},
		tcp: []service{
			ftp(21, "RICOH IM C3000 FTP server (1.12) ready.", false),
			web(80, titled("Web-Server/3.0", "Web Image Monitor")),
			webTLS(443, tlsFace{organisation: "RICOH", days: 611, life: 3650}, titled("Web-Server/3.0", "Web Image Monitor")),
			silent(515),
			ipp("Web-Server/3.0", "RICOH IM C3000", "COPIEUR"),
			jetdirect(9100, "RICOH IM C3000"),
		},
	}
}
