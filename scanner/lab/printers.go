package lab

import "parc/inventory"

// printers is two printers that the company bought and a copier that it rents.
func printers() []spec {
	return []spec{laserjet()}
}

func laserjet() spec {
	return spec{
		host: 30, name: "IMP-BUREAU", mac: "b0:5a:da:93:11:7c",
		what: "multifonction laser du bureau",
		want: Expect{
			Classes: []inventory.Class{inventory.Printer}, Vendor: "HP", Model: "HP LaserJet MFP M428fdw", Serial: "VNB3K12345",
			Version: "002_2310A", Hostname: "NPI93117C",
		},
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
			jetdirect(9100, "HP LaserJet MFP M428fdw"),
		},
	}
}
