package lab

import "parc/inventory"

// servers is what runs the company's applications.
func servers() []spec {
	return []spec{debian11()}
}

func debian11() spec {
	return spec{
		host: 13, name: "SRV-GED", mac: "00:0c:29:4e:71:b3",
		what: "serveur de documents, Debian 11 hors support, machine virtuelle",
		want: Expect{
			Classes: []inventory.Class{inventory.VirtualMachine, inventory.Server}, Vendor: "", Version: "5.10.0-28-amd64",
			Hostname: "srv-ged", OSName: "Debian", OSVersion: "11",
		},
		snmp: &snmpSpec{
			descr:  "Linux srv-ged 5.10.0-28-amd64 #1 SMP Debian 5.10.209-2 (2024-01-31) x86_64",
			object: "1.3.6.1.4.1.8072.3.2.10", name: "srv-ged", contact: "root <root@localhost>",
			location: "Machine virtuelle de SRV-ESX", upDays: 301,
			parts: []part{
				engine{8072},
				interfaces{
					{index: 1, name: "lo", kind: typeLoopback, mbps: 10, noMAC: true},
					{index: 2, name: "ens192", descr: "VMware VMXNET3 Ethernet Controller", mbps: 10000, address: true},
				},
				host{
					memoryMB: 8192, processors: []string{"GenuineIntel: Intel(R) Xeon(R) Silver 4208 CPU @ 2.10GHz", "GenuineIntel: Intel(R) Xeon(R) Silver 4208 CPU @ 2.10GHz"},
					volumes: []volume{
						{"Physical memory", storageRAM, 7961, 6120}, {"Swap space", storageVirtual, 975, 120},
						{"/", storageDisk, 30108, 22310}, {"/srv/ged", storageDisk, 502472, 455120},
					},
					processes: []string{"systemd", "sshd", "apache2", "mariadbd", "snmpd", "cron"},
					software: []title{
						{name: "apache2_2.4.56-1~deb11u2_amd64", on: "2023-05-02"},
						{name: "base-files_11.1+deb11u9_amd64", on: "2024-02-12"},
						{name: "linux-image-5.10.0-28-amd64_5.10.209-2_amd64", on: "2024-02-12"},
						{name: "mariadb-server-10.5_1:10.5.23-0+deb11u1_amd64", on: "2024-02-12"},
						{name: "openssh-server_1:8.4p1-5+deb11u3_amd64", on: "2024-01-08"},
						{name: "php7.4_7.4.33-1+deb11u4_amd64", on: "2023-06-19"},
						{name: "snmpd_5.9+dfsg-4+deb11u1_amd64", on: "2022-09-05"},
					},
				},
			},
		},
		tcp: []service{
			ssh(22, "OpenSSH_8.4p1 Debian-5+deb11u3"),
			web(80, titled("Apache/2.4.56 (Debian)", "GED Lefèvre - Connexion")),
			webTLS(443, tlsFace{common: "ged.lefevre.local", names: []string{"ged.lefevre.local"}, days: -38, life: 730},
				titled("Apache/2.4.56 (Debian)", "GED Lefèvre - Connexion")),
		},
	}
}
