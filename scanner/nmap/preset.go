package nmap

import (
	"time"

	"parc/inventory"
)

// Preset says how much nmap looks at.
type Preset string

// The presets.
const (
	Quick    Preset = "quick"    // who is there, and the doors that tell most; no versions
	Standard Preset = "standard" // the ports of a small company, versions, names, certificates
	Deep     Preset = "deep"     // every port that has a service of its own, UDP, operating systems, TLS versions
)

// ParsePreset gives the preset of that name; "" is standard.
func ParsePreset(name string) (Preset, error) {
	switch p := Preset(name); p {
	case "":
		return Standard, nil
	case Quick, Standard, Deep:
		return p, nil
	}
	return "", inventory.Errorf(inventory.Invalid, "%q is no preset: use quick, standard or deep", inventory.CleanTo(name, 40))
}

// plan is what a preset asks nmap for.
type plan struct {
	ports       Ports
	udp         Ports // asked with raw sockets only
	versions    bool
	intensity   int16 // of version probes, 0 to 9
	scripts     []string
	system      bool // guess the operating system, with raw sockets only
	retries     int
	hostTime    time.Duration // for one host, all in all
	scriptTime  time.Duration
	hostsAtOnce int // in one group: nmap tells of a group when all of it is done
}

// The ports that tell most of what stands in a small company: remote
// administration, directory and file services, mail, databases, printing,
// storage, virtual machines, cameras, telephones, building automation.
const (
	quickPorts    Ports = "21-23,25,53,80,88,135,139,389,443,445,515,548,554,631,902,3306,3389,5000,5060,5432,5900,5985,8000,8006,8080,8443,9100,62078"
	standardPorts Ports = "21-23,25,37,49,53,79-82,84,85,88,102,110,111,113,119,135,139,143,161,179,264,389,427,443-445,464,465,502,512-515,541,543,548,554,587,593,623,631,636,646,664,700,771,789,808,843,873,880,888,902,903,989,990,992,993,995," +
		"1025-1029,1080,1099,1194,1234,1311,1433,1434,1494,1521,1666,1720,1723,1755,1883,1900,1911,1935,1947,1962,2000,2001,2049,2082,2083,2086,2087,2095,2096,2121,2179,2222,2323,2375,2376,2381,2401,2404,2598,2869,2967," +
		"3000,3001,3050,3128,3260,3268,3269,3306,3333,3389,3493,3551,3689,3702,4000,4022,4370,4433,4443,4444,4500,4567,4786,4840,4848,4899,4911,5000,5001,5004,5005,5038,5060,5061,5080,5222,5269,5357,5400,5432,5480,5500,5555,5601,5631,5632,5666,5672,5800,5900-5903,5938,5984-5986," +
		"6000,6001,6080,6100,6379,6443,6556,6666,6667,6690,6789,7000,7001,7070,7071,7100,7443,7547,7627,7676,7680,7777,7788,8000-8002,8005-8010,8022,8069,8080-8091,8096,8099,8100,8118,8123,8140,8161,8181,8200,8222,8291,8333,8383,8400,8443,8444,8500,8530,8531,8545,8554,8728,8729,8765,8800,8843,8880,8888,8899,8983,8999," +
		"9000-9003,9040,9042,9080,9090,9091,9098-9103,9191-9193,9200,9290,9295,9389,9392,9418,9443,9527,9530,9600,9876,9998,9999,10000,10001,10050,10051,10080,10443,11211,11300,12345,13131,14147,16992,16993,17000,17500,17988,17990,18080,18264,20000,20256,22222,25565,27017,28017,30005,32400,32469,32764,34567,37777,37810,44818,47001,47808,48010,49152-49157,50000,50050,50100,50200,51443,52869,54321,54921,55443,60000,62078"
	deepPorts Ports = "1-1024,[1025-65535]" // in brackets: those that nmap's own table knows a service for
	udpPorts  Ports = "53,67,69,123,137,500,623,1194,1900,3702,4500,5060,5353,10001,47808"
)

// The scripts of nmap that are worth their time. All only read; none guesses
// passwords. What parc asks itself is not among them: SNMP, NetBIOS, UPnP,
// Bonjour, IPP, SIP, SMB's challenge, pages and their certificates.
var (
	standardScripts = []string{
		"afp-serverinfo", "ftp-anon", "http-hp-ilo-info", "http-qnap-nas-info", "http-title", "ms-sql-ntlm-info", "rdp-ntlm-info",
		"smb-os-discovery", "smb-protocols", "ssh-hostkey", "ssl-cert", "vmware-version",
	}
	deepScripts = append([]string{
		"bacnet-info", "banner", "cups-info", "dns-service-discovery", "fox-info", "ftp-syst", "hnap-info", "http-auth", "http-favicon",
		"http-generator", "http-ntlm-info", "http-server-header", "ike-version", "ipmi-version", "iscsi-info", "lexmark-config", "ms-sql-info",
		"nbstat", "ntp-info", "rpcinfo", "rtsp-methods", "sip-methods", "smb2-capabilities", "smtp-ntlm-info", "ssl-enum-ciphers",
		"telnet-ntlm-info", "ubiquiti-discovery", "upnp-info", "vnc-info", "vnc-title", "wsdd-discover",
	}, standardScripts...)
)

// Details tells that the preset asks more than which ports are open.
func (p Preset) Details() bool { return p != Quick }

func (p Preset) plan() plan {
	switch p {
	case Quick:
		return plan{
			ports: quickPorts, retries: 1, hostTime: 2 * time.Minute, hostsAtOnce: 64,
		}
	case Deep:
		return plan{
			ports: deepPorts, udp: udpPorts, versions: true, intensity: 7, scripts: deepScripts, system: true, retries: 2,
			hostTime: 20 * time.Minute, scriptTime: 90 * time.Second, hostsAtOnce: 32,
		}
	}
	return plan{
		ports: standardPorts, versions: true, intensity: 2, scripts: standardScripts, retries: 2,
		hostTime: 6 * time.Minute, scriptTime: 15 * time.Second, hostsAtOnce: 64,
	}
}
