package lab

import "parc/inventory"

// servers is what runs the company's applications.
func servers() []spec {
	return []spec{esxi(), domainController(), sageServer(), debian11(), ilo()}
}

// vmwareSDK is what an ESXi host's API tells of itself before sign-in.
func vmwareSDK(version, build string) page {
	return page{kind: "text/xml; charset=utf-8", body: `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><RetrieveServiceContentResponse xmlns="urn:internalvim25"><returnval><about><name>VMware ESXi</name><fullName>VMware ESXi ` + version + ` build-` + build + `</fullName><vendor>VMware, Inc.</vendor><version>` + version + `</version><build>` + build + `</build><localeVersion>INTL</localeVersion><localeBuild>000</localeBuild><osType>vmnix-x86</osType><productLineId>embeddedEsx</productLineId><apiType>HostAgent</apiType></about></returnval></RetrieveServiceContentResponse></soapenv:Body></soapenv:Envelope>`}
}

// vmwareWelcome is the start page of an ESXi host.
const vmwareWelcome = `<!DOCTYPE html>
<html lang="en"><head><script type="text/javascript">document.write("<title>" + ID_EESX_Welcome + "</title>");</script></head><body></body></html>
`

func esxi() spec {
	const version, build = "6.7.0", "20497097"
	return spec{
		host: 10, name: "SRV-ESX", mac: "d8:9e:f3:7b:20:c4", cdp: "VMware ESX",
		what: "hyperviseur, ESXi 6.7 hors support",
		want: Expect{
			Classes: []inventory.Class{inventory.Hypervisor}, Vendor: "Dell", Model: "PowerEdge T440", Serial: "J8KQ2P2",
			Version: version, Hostname: "srv-esx.lefevre.local", OSName: "VMware ESXi", OSVersion: version, OSBuild: build,
		},
		snmp: &snmpSpec{
			descr: "VMware ESXi " + version + " build-" + build + " VMware, Inc. x86_64", object: "1.3.6.1.4.1.6876.4.1",
			name: "srv-esx.lefevre.local", location: "Local technique, baie 1", upDays: 488,
			parts: []part{
				engine{6876},
				interfaces{
					{index: 1, name: "vmnic0", descr: "Device vmnic0 at 04:00.0 ntg3", mbps: 1000},
					{index: 2, name: "vmnic1", descr: "Device vmnic1 at 04:00.1 ntg3", mbps: 1000, offset: 1, down: true},
					{index: 3, name: "vSwitch0", descr: "Virtual switch vSwitch0", kind: typeVLAN, noMAC: true},
					{index: 4, name: "vmk0", descr: "Virtual interface: vmk0 on vswitch vSwitch0 portgroup: Management Network", mbps: 1000, address: true},
				},
				entities{{
					index: 1, class: classChassis, position: -1, name: "PowerEdge T440", descr: "Dell Inc. PowerEdge T440",
					hardware: "01", firmware: "2.10.2", software: version, serial: "J8KQ2P2", maker: "Dell Inc.", model: "PowerEdge T440",
				}},
				host{
					memoryMB: 65_207, processors: []string{"Intel(R) Xeon(R) Silver 4208 CPU @ 2.10GHz"},
					volumes: []volume{
						{"Real Memory", storageRAM, 65_207, 41_300},
						{"/vmfs/volumes/datastore1", storageDisk, 1_905_408, 1_120_000},
					},
				},
				values{
					"1.3.6.1.4.1.6876.1.1.0": text("VMware ESXi"), "1.3.6.1.4.1.6876.1.2.0": text(version),
					"1.3.6.1.4.1.6876.1.4.0": text(build), "1.3.6.1.4.1.6876.1.5.0": text("3"),
				},
				virtualMachines{{"SRV-GED", "Debian GNU/Linux 11 (64-bit)", 8192, true}, {"SRV-TEST", "Ubuntu Linux (64-bit)", 4096, false}},
			},
		},
		tcp: []service{
			ssh(22, "OpenSSH_8.3"),
			web(80, website{pages: map[string]page{"*": {
				status: 301, header: []string{"Location: https://{address}/"}, body: "<HTML><BODY><H1>301 Moved Permanently</H1></BODY></HTML>",
			}}}),
			webTLS(443, tlsFace{common: "localhost.localdomain", organisation: "VMware, Inc", names: []string{"localhost.localdomain"}, days: 2390, life: 4000},
				website{pages: map[string]page{"/": {body: vmwareWelcome}, "/sdk": vmwareSDK(version, build)}}),
			greeting(902, "220 VMware Authentication Daemon Version 1.10: SSL Required, ServerDaemonProtocol:SOAP, MKSDisplayProtocol:VNC , VMXARGS supported, NFCSSL supported/t\r\n"),
		},
	}
}

// virtualMachines is VMWARE-VMINFO-MIB's vmwVmTable.
type virtualMachines []struct {
	name, guest string
	memoryMB    int64
	on          bool
}

var vmwVMEntry = newOID("1.3.6.1.4.1.6876.2.1.1")

func (list virtualMachines) write(t *tree, _ *device) {
	for i, vm := range list {
		state := "poweredOff"
		if vm.on {
			state = "poweredOn"
		}
		t.row(vmwVMEntry, oid{uint32(i + 1)}, map[uint32]value{
			2: text(vm.name), 3: text("[datastore1] " + vm.name + "/" + vm.name + ".vmx"), 4: text(vm.guest),
			5: number(vm.memoryMB), 6: text(state), 7: number(int64(i + 1)), 9: number(2),
		})
	}
}

func domainController() spec {
	agent := windowsAgent(windowsController, "Intel64 Family 6 Model 94 Stepping 3", "14393")
	agent.name, agent.location, agent.upDays = "SRV-AD.lefevre.local", "Local technique, baie 1", 34
	agent.parts = []part{
		interfaces{
			{index: 1, name: "loopback_0", descr: "Software Loopback Interface 1", kind: typeLoopback, mbps: 1073},
			{index: 4, name: "ethernet_32769", descr: "Broadcom NetXtreme Gigabit Ethernet", alias: "NIC1", mbps: 1000, address: true},
		},
		host{
			memoryMB: 16_274, processors: []string{"Intel", "Intel", "Intel", "Intel"}, users: 3,
			volumes: []volume{
				{`C:\ Label:Systeme  Serial Number 8e2c41f0`, storageDisk, 139_264, 88_312},
				{`D:\ Label:Donnees  Serial Number 5a10bb72`, storageDisk, 953_344, 701_220},
				{"Physical Memory", storageRAM, 16_274, 9_011},
			},
			processes: []string{"System Idle Process", "lsass.exe", "dns.exe", "ntfrs.exe", "ekrn.exe", "VeeamAgent.exe"},
			software: []title{
				{name: "ESET Server Security", on: "2024-03-18"}, {name: "Veeam Agent for Microsoft Windows", on: "2022-11-07"},
				{name: "Dell OpenManage Systems Management Software (64-Bit)", on: "2018-02-20"},
				{name: "Microsoft Azure AD Connect", on: "2021-06-15"},
			},
		},
		values{ // MIB-Dell-10892, from OpenManage
			"1.3.6.1.4.1.674.10892.1.300.10.1.8.1":  text("Dell Inc."),
			"1.3.6.1.4.1.674.10892.1.300.10.1.9.1":  text("PowerEdge T330"),
			"1.3.6.1.4.1.674.10892.1.300.10.1.11.1": text("5HXVTL2"),
		},
	}
	return spec{
		host: 11, name: "SRV-AD", mac: "54:bf:64:8a:11:9d",
		what: "contrôleur de domaine, Windows Server 2016",
		want: Expect{
			Classes: []inventory.Class{inventory.Server}, Vendor: "Dell", Model: "PowerEdge T330", Serial: "5HXVTL2",
			Hostname: "SRV-AD", OSName: "Windows Server 2016", OSBuild: "10.0.14393",
		},
		snmp: agent,
		tcp: desk(server2016, smbServer{dialects: dialects311, signing: true},
			ldap(389), ldap(3268), kerberos(88), rdp(3389, server2016), winRM(server2016)),
		udp: []responder{nbns(server2016, 0x1c, 0x1b, 0x1e)},
	}
}

func sageServer() spec {
	agent := windowsAgent(windowsServer, "Intel64 Family 6 Model 60 Stepping 3", "9600")
	agent.name, agent.location, agent.upDays = "SRV-SAGE.lefevre.local", "Local technique, baie 1", 271
	agent.parts = []part{
		interfaces{
			{index: 1, name: "loopback_0", descr: "Software Loopback Interface 1", kind: typeLoopback, mbps: 1073},
			{index: 12, name: "ethernet_7", descr: "HP Ethernet 1Gb 2-port 332i Adapter", alias: "NIC1", mbps: 1000, address: true},
		},
		host{
			memoryMB: 16_330, processors: []string{"Intel", "Intel", "Intel", "Intel"}, users: 2,
			volumes: []volume{
				{`C:\ Label:  Serial Number c4a1907e`, storageDisk, 102_050, 97_114},
				{`E:\ Label:SAGE  Serial Number 1c77e0aa`, storageDisk, 373_640, 201_980},
				{"Physical Memory", storageRAM, 16_330, 14_802},
			},
			processes: []string{"System Idle Process", "lsass.exe", "sqlservr.exe", "Sage100c.exe", "ekrn.exe", "cpqrcmc.exe"},
			software: []title{
				{name: "Sage 100c Comptabilité 7.00", on: "2020-01-13"}, {name: "Sage 100c Gestion commerciale 7.00", on: "2020-01-13"},
				{name: "Microsoft SQL Server 2014 (64-bit)", on: "2015-02-04"}, {name: "ESET File Security", on: "2021-03-22"},
				{name: "HPE Insight Management Agents", on: "2014-11-19"},
			},
		},
		values{ // CPQSINFO-MIB and CPQHOST-MIB, from HP's Insight agents
			"1.3.6.1.4.1.232.2.2.2.1.0":  text("CZ24410B7K"),
			"1.3.6.1.4.1.232.2.2.4.2.0":  text("ProLiant ML310e Gen8 v2"),
			"1.3.6.1.4.1.232.11.2.2.1.0": text("Microsoft Windows Server 2012 R2 Standard"),
			"1.3.6.1.4.1.232.11.2.2.2.0": text("6.3"),
		},
	}
	return spec{
		host: 12, name: "SRV-SAGE", mac: "9c:8e:99:54:0a:e1",
		what: "serveur de gestion, Windows Server 2012 R2 hors support, SMBv1",
		want: Expect{
			Classes: []inventory.Class{inventory.Server}, Vendor: "HPE", Model: "ProLiant ML310e Gen8 v2", Serial: "CZ24410B7K",
			Hostname: "SRV-SAGE", OSName: "Windows Server 2012 R2", OSBuild: "6.3.9600",
		},
		snmp: agent,
		tcp: desk(server2012, smbServer{
			smb1: true, os: "Windows Server 2012 R2 Standard 9600", manager: "Windows Server 2012 R2 Standard 6.3", dialects: dialects302,
		}, mssql(1433, 12, 0, 5000), rdp(3389, server2012), winRM(server2012)),
		udp: []responder{nbns(server2012)},
	}
}

func debian11() spec {
	return spec{
		host: 13, name: "SRV-GED", mac: "00:0c:29:4e:71:b3",
		what: "gestion documentaire, machine virtuelle Debian 11 hors support, certificat expiré",
		want: Expect{
			Classes:  []inventory.Class{inventory.VirtualMachine, inventory.Server},
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
			smtp(25, "srv-ged.lefevre.local ESMTP Postfix (Debian/GNU)"),
			web(80, titled("Apache/2.4.56 (Debian)", "GED Lefèvre - Connexion")),
			webTLS(443, tlsFace{common: "ged.lefevre.local", names: []string{"ged.lefevre.local"}, days: -38, life: 730},
				titled("Apache/2.4.56 (Debian)", "GED Lefèvre - Connexion")),
			mysql(3306, "5.5.5-10.5.23-MariaDB-0+deb11u1"),
		},
	}
}

// iloXML is what an iLO tells anybody who asks for /xmldata?item=all.
const iloXML = `<?xml version="1.0"?>
<RIMP><HSI><SBSN>CZ24410B7K</SBSN><SPN>ProLiant ML310e Gen8 v2</SPN><UUID>721866CZ24410B7K</UUID><SP>1</SP><cUUID>36313237-3836-5A43-3234-343130423742</cUUID><VIRTUAL><STATE>Inactive</STATE><VID><BSN></BSN><cUUID></cUUID></VID></VIRTUAL><PRODUCTID>722446-421</PRODUCTID><NICS><NIC><PORT>1</PORT><DESCRIPTION>iLO 4</DESCRIPTION><LOCATION>Embedded</LOCATION><MACADDR>{mac}</MACADDR><IPADDR>{address}</IPADDR><STATUS>OK</STATUS></NIC></NICS></HSI><MP><ST>1</ST><PN>Integrated Lights-Out 4 (iLO 4)</PN><FWRI>2.55</FWRI><BBLK>08/30/2011</BBLK><HWRI>ASIC: 16</HWRI><SN>ILOCZ24410B7K</SN><UUID>ILO721866CZ24410B7K</UUID><IPM>1</IPM><SSO>0</SSO><PWRM>1.0.9</PWRM><ERS>0</ERS><EALERT>1</EALERT></MP></RIMP>
`

func ilo() spec {
	site := website{server: "HPE-iLO-Server/1.30", order: iloOrder, bad: page{status: 400, kind: "text/plain"}, pages: map[string]page{
		"/": {title: "iLO 4"}, "/xmldata": {kind: "text/xml", body: iloXML},
	}}
	return spec{
		host: 14, name: "ILO-SRV-SAGE", mac: "9c:8e:99:54:0a:e8",
		what: "carte de gestion de SRV-SAGE",
		want: Expect{
			Classes: []inventory.Class{inventory.BMC}, Vendor: "HPE", Model: "ProLiant ML310e Gen8 v2", Serial: "CZ24410B7K",
			Version: "2.55", Hostname: "ILOCZ24410B7K",
		},
		snmp: &snmpSpec{
			descr: "Integrated Lights-Out 4 2.55 Aug 16 2017", object: "1.3.6.1.4.1.232.9.4.10",
			name: "ILOCZ24410B7K", location: "Local technique, baie 1", upDays: 901,
			parts: []part{
				engine{232},
				interfaces{{index: 1, name: "eth0", descr: "eth0", mbps: 1000, address: true}},
				values{ // CPQSINFO-MIB, CPQSM2-MIB
					"1.3.6.1.4.1.232.2.2.2.1.0":  text("CZ24410B7K"),
					"1.3.6.1.4.1.232.2.2.4.2.0":  text("ProLiant ML310e Gen8 v2"),
					"1.3.6.1.4.1.232.9.2.2.2.0":  text("2.55"),
					"1.3.6.1.4.1.232.9.2.2.15.0": text("ILOCZ24410B7K"),
				},
			},
		},
		tcp: []service{
			ssh(22, "mpSSH_0.2.1"),
			web(80, site),
			webTLS(443, tlsFace{common: "ILOCZ24410B7K", organisation: "Hewlett Packard Enterprise", issuer: "Default Issuer (Do not trust)", days: 1200, life: 5475}, site),
			silent(17988), silent(17990),
		},
	}
}
