package lab

import "parc/inventory"

// cameras watch the door and the workshop.
func cameras() []spec {
	return []spec{
		{
			host: 40, name: "CAM-ENTREE", mac: "ac:cc:8e:6f:01:d7",
			what: "caméra de l'entrée",
			want: Expect{
				Classes: []inventory.Class{inventory.Camera}, Vendor: "Axis", Model: "AXIS M3045-V",
				Version: "9.80.3.1", Hostname: "axis-accc8e6f01d7",
			},
			lldp: lldpStation,
			snmp: &snmpSpec{
				descr:  " ; AXIS M3045-V; Network Camera; 9.80.3.1; May 13 2020 09:11; 742; 1;",
				object: "1.3.6.1.4.1.368.1.1", name: "axis-accc8e6f01d7", location: "Entrée du showroom", upDays: 55,
				parts: []part{
					engine{8072},
					interfaces{
						{index: 1, name: "lo", kind: typeLoopback, mbps: 10},
						{index: 2, name: "eth0", mbps: 100, address: true},
					},
				},
			},
			tcp: []service{
				web(80, locked("", `Digest realm="AXIS_ACCC8E6F01D7", nonce="KK0aXeYfBQA=9c2b", algorithm=MD5, qop="auth"`)),
				webTLS(443, tlsFace{common: "axis-accc8e6f01d7", organisation: "Axis Communications AB", days: 2210, life: 3650},
					locked("", `Digest realm="AXIS_ACCC8E6F01D7", nonce="KK0aXeYfBQA=9c2b", algorithm=MD5, qop="auth"`)),
				rtsp(554, "GStreamer RTSP server", "AXIS_ACCC8E6F01D7"),
			},
		},
		{
			host: 41, name: "CAM-ATELIER", mac: "c0:56:e3:42:9a:10",
			what: "caméra de l'atelier, telnet ouvert",
			want: Expect{
				Classes: []inventory.Class{inventory.Camera}, Vendor: "Hikvision", Model: "DS-2CD2143G0-I",
				Version: "V5.5.80 build 190911", Hostname: "",
			},
			snmp: &snmpSpec{
				descr: "Hikvision company products", object: "1.3.6.1.4.1.39165.1.1", name: "IP CAMERA", location: "", upDays: 121,
				parts: []part{
					interfaces{
						{index: 1, name: "lo", kind: typeLoopback, mbps: 10},
						{index: 2, name: "eth0", mbps: 100, address: true},
					},
					values{ // HIK-DEVICE-MIB
						"1.3.6.1.4.1.39165.1.1.0":  text("DS-2CD2143G0-I"),
						"1.3.6.1.4.1.39165.1.3.0":  text("V5.5.80 build 190911"),
						"1.3.6.1.4.1.39165.1.7.0":  text("21 PERCENT"),
						"1.3.6.1.4.1.39165.1.10.0": text("512 MB"),
						"1.3.6.1.4.1.39165.1.11.0": text("64 PERCENT"),
					},
				},
			},
			tcp: []service{
				telnet(23, telnetBusyBox, "\r\r\nDS-2CD2143G0-I login: "),
				web(80, website{server: "App-webs/", pages: map[string]page{"/": {body: "<!doctype html>\n<html>\n<head>\n<title></title>\n<script>window.location.href = \"/doc/page/login.asp?_\" + (new Date()).getTime();</script>\n</head>\n</html>\n"}}}),
				rtsp(554, "", "IP Camera(C6521)"),
				hello(8000, "\x00\x00\x00\x10\x00\x00\x00\x1e\x00\x00\x00\x1e\x00\x00\x00\x00"), // the SDK's port: not signed in
			},
		},
	}
}
