package lab

import "parc/inventory"

// storage is where files and backups are kept.
func storage() []spec {
	return []spec{synology(), qnap()}
}

func synology() spec {
	return spec{
		host: 15, name: "NAS-01", mac: "00:11:32:9c:40:1e",
		what: "NAS de fichiers, DSM 6.2 hors support",
		want: Expect{
			Classes: []inventory.Class{inventory.NAS}, Vendor: "Synology", Model: "DS918+", Serial: "1890PDN021457",
			Version: "6.2-25556", Hostname: "NAS-01", OSName: "DSM", OSVersion: "6.2-25556",
		},
		snmp: &snmpSpec{
			descr:  "Linux NAS-01 4.4.59+ #25556 SMP PREEMPT Thu Mar 18 12:59:40 CST 2021 x86_64",
			object: "1.3.6.1.4.1.8072.3.2.10", contact: "admin@lefevre.example", location: "Local technique", upDays: 148,
			parts: []part{
				interfaces{
					{index: 1, name: "lo", kind: typeLoopback, mbps: 10, noMAC: true},
					{index: 3, name: "eth0", mbps: 1000, address: true},
					{index: 4, name: "eth1", mbps: 1000, offset: 1, down: true},
				},
				host{
					memoryMB: 4096, processors: []string{"GenuineIntel: Intel(R) Celeron(R) CPU J3455 @ 1.50GHz"},
					volumes: []volume{
						{"Physical memory", storageRAM, 3758, 2900},
						{"/", storageDisk, 2385, 1210}, {"/volume1", storageDisk, 3_800_000, 3_420_000},
					},
				},
				values{
					"1.3.6.1.4.1.6574.1.1.0":   number(1),  // system status: normal
					"1.3.6.1.4.1.6574.1.2.0":   number(44), // temperature
					"1.3.6.1.4.1.6574.1.3.0":   number(1),  // power
					"1.3.6.1.4.1.6574.1.5.1.0": text("DS918+"),
					"1.3.6.1.4.1.6574.1.5.2.0": text("1890PDN021457"),
					"1.3.6.1.4.1.6574.1.5.3.0": text("DSM 6.2-25556"),
					"1.3.6.1.4.1.6574.1.5.4.0": number(1), // upgrade available
				},
				synologyDisks{
					{"Disk 1", "WD40EFRX-68N32N0", 38}, {"Disk 2", "WD40EFRX-68N32N0", 39},
					{"Disk 3", "WD40EFRX-68N32N0", 41}, {"Disk 4", "ST4000VN008-2DR166", 40},
				},
			},
		},
		tcp: []service{
			ssh(22, "OpenSSH_7.4"),
			smb(smbServer{windows: samba, dialects: dialects302}),
			web(80, redirect("nginx", "http://{address}:5000/")),
			web(5000, titled("nginx", "NAS-01 - Synology DiskStation")),
			webTLS(5001, tlsFace{common: "synology.com", issuer: "Synology Inc. CA", organisation: "Synology Inc.", days: 5200, life: 7300},
				titled("nginx", "NAS-01 - Synology DiskStation")),
		},
	}
}

// samba is what Samba says where Windows would tell its build.
var samba = windows{major: 6, minor: 1, workgroup: true}

// qnapLogin is the page from which a QNAP tells model and firmware to anybody.
const qnapLogin = `<?xml version="1.0" encoding="UTF-8" ?>
<QDocRoot version="1.0"><doQuick><![CDATA[]]></doQuick><hostname><![CDATA[NAS-SAUVE]]></hostname><model><modelName><![CDATA[TS-X51]]></modelName><internalModelName><![CDATA[TS-251+]]></internalModelName><displayModelName><![CDATA[TS-251+]]></displayModelName><platform><![CDATA[TS-NASX86]]></platform></model><firmware><version><![CDATA[4.3.6]]></version><build><![CDATA[20211220]]></build></firmware><webFSEnabled><![CDATA[1]]></webFSEnabled><QWebEnabled><![CDATA[0]]></QWebEnabled></QDocRoot>
`

func qnap() spec {
	site := titled("http server 1.0", "NAS-SAUVE")
	site.pages["/cgi-bin/authLogin.cgi"] = page{kind: "text/xml", body: qnapLogin}
	return spec{
		host: 16, name: "NAS-SAUVE", mac: "24:5e:be:0d:93:7a",
		what: "NAS de sauvegarde, QTS 4.3 hors support",
		want: Expect{
			Classes: []inventory.Class{inventory.NAS}, Vendor: "QNAP", Model: "TS-251+", Serial: "Q17BI12947",
			Version: "4.3.6", Hostname: "NAS-SAUVE", OSName: "QTS",
		},
		snmp: &snmpSpec{
			descr: "Linux TS-X51 4.3.6", object: "1.3.6.1.4.1.24681", name: "NAS-SAUVE", location: "Local technique, sol", upDays: 77,
			parts: []part{
				interfaces{
					{index: 1, name: "lo", kind: typeLoopback, mbps: 10},
					{index: 2, name: "eth0", mbps: 1000, address: true},
					{index: 3, name: "eth1", mbps: 1000, offset: 1, down: true},
				},
				entities{{
					index: 1, class: classChassis, name: "TS-251+", descr: "TS-251+", firmware: "4.3.6", software: "4.3.6",
					serial: "Q17BI12947", maker: "QNAP", model: "TS-251+",
				}},
				values{ // NAS-MIB
					"1.3.6.1.4.1.24681.1.2.1.0":      text("17.30 %"),
					"1.3.6.1.4.1.24681.1.2.6.0":      text("44 C/111 F"),
					"1.3.6.1.4.1.24681.1.2.10.0":     number(2),
					"1.3.6.1.4.1.24681.1.2.12.0":     text("TS-251+"),
					"1.3.6.1.4.1.24681.1.2.13.0":     text("NAS-SAUVE"),
					"1.3.6.1.4.1.24681.1.2.11.1.1.1": number(1),
					"1.3.6.1.4.1.24681.1.2.11.1.2.1": text("HDD1"),
					"1.3.6.1.4.1.24681.1.2.11.1.3.1": text("39 C/102 F"),
					"1.3.6.1.4.1.24681.1.2.11.1.4.1": number(0),
					"1.3.6.1.4.1.24681.1.2.11.1.5.1": text("WD40EFRX-68N32N0"),
					"1.3.6.1.4.1.24681.1.2.11.1.6.1": text("3.64 TB"),
					"1.3.6.1.4.1.24681.1.2.11.1.7.1": text("GOOD"),
					"1.3.6.1.4.1.24681.1.2.11.1.1.2": number(2),
					"1.3.6.1.4.1.24681.1.2.11.1.2.2": text("HDD2"),
					"1.3.6.1.4.1.24681.1.2.11.1.3.2": text("41 C/105 F"),
					"1.3.6.1.4.1.24681.1.2.11.1.4.2": number(0),
					"1.3.6.1.4.1.24681.1.2.11.1.5.2": text("WD40EFRX-68N32N0"),
					"1.3.6.1.4.1.24681.1.2.11.1.6.2": text("3.64 TB"),
					"1.3.6.1.4.1.24681.1.2.11.1.7.2": text("WARNING"),
					"1.3.6.1.4.1.24681.1.2.17.1.1.1": number(1),
					"1.3.6.1.4.1.24681.1.2.17.1.2.1": text("[Volume DataVol1, Pool 1]"),
					"1.3.6.1.4.1.24681.1.2.17.1.3.1": text("EXT4"),
					"1.3.6.1.4.1.24681.1.2.17.1.4.1": text("3.56 TB"),
					"1.3.6.1.4.1.24681.1.2.17.1.5.1": text("212.40 GB"),
					"1.3.6.1.4.1.24681.1.2.17.1.6.1": text("Ready"),
				},
			},
		},
		tcp: []service{
			ssh(22, "OpenSSH_7.6"),
			smb(smbServer{windows: samba, dialects: dialects302}),
			web(8080, site),
			webTLS(443, tlsFace{common: "QNAP NAS", organisation: "QNAP Systems Inc.", days: 90, life: 3650}, site),
		},
	}
}

// synologyDisks is SYNOLOGY-DISK-MIB's diskTable.
type synologyDisks []struct {
	name, model string
	celsius     int64
}

var synologyDiskEntry = newOID("1.3.6.1.4.1.6574.2.1.1")

func (list synologyDisks) write(t *tree, _ *device) {
	for i, disk := range list {
		t.row(synologyDiskEntry, oid{uint32(i)}, map[uint32]value{
			1: number(int64(i)), 2: text(disk.name), 3: text(disk.model), 4: text("SATA"), 5: number(1), 6: number(disk.celsius),
		})
	}
}
