package lab

import "parc/inventory"

// storage is where files and backups are kept.
func storage() []spec {
	return []spec{synology()}
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
			web(80, redirect("nginx", "http://{address}:5000/")),
			web(5000, titled("nginx", "NAS-01 - Synology DiskStation")),
			webTLS(5001, tlsFace{common: "synology.com", issuer: "Synology Inc. CA", organisation: "Synology Inc.", days: 5200, life: 7300},
				titled("nginx", "NAS-01 - Synology DiskStation")),
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
