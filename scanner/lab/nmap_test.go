package lab

import (
	"encoding/xml"
	"fmt"
	"net/netip"
	"os/exec"
	"strings"
	"testing"
)

// nmapRun is the part of nmap's XML that the test reads.
type nmapRun struct {
	Hosts []struct {
		Address struct {
			Addr string `xml:"addr,attr"`
		} `xml:"address"`
		Ports []struct {
			Number  uint16 `xml:"portid,attr"`
			Service struct {
				Name     string `xml:"name,attr"`
				Product  string `xml:"product,attr"`
				Version  string `xml:"version,attr"`
				Extra    string `xml:"extrainfo,attr"`
				Hostname string `xml:"hostname,attr"`
				OS       string `xml:"ostype,attr"`
			} `xml:"service"`
			Scripts []nmapScript `xml:"script"`
		} `xml:"ports>port"`
		Scripts []nmapScript `xml:"hostscript>script"`
	} `xml:"host"`
}

type nmapScript struct {
	ID     string `xml:"id,attr"`
	Output string `xml:"output,attr"`
}

// scanWithNmap gives what nmap says of each device: "23 telnet Cisco IOS …" a
// port, "smb-protocols …" a script of the host.
func scanWithNmap(t *testing.T, n *Network, ports string, args ...string) map[string]string {
	t.Helper()
	path, err := exec.LookPath("nmap")
	if err != nil {
		t.Fatal("nmap is missing: install the package nmap")
	}
	args = append(append([]string{"-n", "-Pn", "-oX", "-", "-p", ports}, args...), n.Targets()...)
	out, err := exec.CommandContext(t.Context(), path, args...).Output()
	if err != nil {
		t.Fatalf("nmap: %v", err)
	}
	var run nmapRun
	if err := xml.Unmarshal(out, &run); err != nil {
		t.Fatalf("nmap's answer: %v", err)
	}
	names := map[string]string{}
	for _, d := range n.Devices() {
		names[d.Address.String()] = d.Name
	}
	found := map[string]string{}
	for _, h := range run.Hosts {
		var b strings.Builder
		for _, p := range h.Ports {
			s := p.Service
			if s.Name == "" {
				continue
			}
			fmt.Fprintln(&b, p.Number, s.Name, s.Product, s.Version, s.Extra, s.Hostname, s.OS)
			for _, script := range p.Scripts {
				fmt.Fprintln(&b, " ", script.ID, strings.Join(strings.Fields(script.Output), " "))
			}
		}
		for _, script := range h.Scripts {
			fmt.Fprintln(&b, script.ID, strings.Join(strings.Fields(script.Output), " "))
		}
		found[names[h.Address.Addr]] = b.String()
	}
	return found
}

// TestNmapRecognises scans with the real nmap. Where the real ports may not be
// bound (no root, or a service of this machine in the way), what nmap tells by
// the port's number alone is not asked for.
func TestNmapRecognises(t *testing.T) {
	t.Parallel()
	n, err := Start(t.Context(), Options{Base: netip.MustParseAddr("127.78.20.0")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	found := scanWithNmap(t, n, n.Ports(), "-sV", "--version-intensity", "5")
	t.Logf("ports moved: %v", n.moved)
	for _, d := range n.Devices() {
		t.Logf("%s (%s)\n%s", d.Name, d.What, found[d.Name])
	}
	for _, tc := range []struct {
		device, want string
		port         uint16
		byNumber     bool // recognised on its own port only
	}{
		{device: "FW-LEFEVRE", port: 443, want: "http Fortinet security device httpd"},
		{device: "SW-BUREAU", port: 23, want: "telnet Cisco IOS telnetd"},
		{device: "SW-BUREAU", port: 80, want: "http Cisco IOS http config"},
		{device: "SRV-ESX", port: 443, want: "http VMware ESXi Server httpd"},
		{device: "SRV-ESX", port: 902, want: "vmware-auth VMware Authentication Daemon 1.10"},
		{device: "SRV-AD", port: 389, want: "ldap Microsoft Windows Active Directory LDAP  Domain: lefevre.local", byNumber: true},
		{device: "SRV-AD", port: 88, want: "kerberos-sec Microsoft Windows Kerberos", byNumber: true},
		{device: "SRV-SAGE", port: 445, want: "microsoft-ds Microsoft Windows Server 2008 R2 - 2012 microsoft-ds  workgroup: LEFEVRE SRV-SAGE", byNumber: true},
		{device: "SRV-SAGE", port: 1433, want: "ms-sql-s Microsoft SQL Server 2014 12.00.5000", byNumber: true},
		{device: "SRV-GED", port: 22, want: "ssh OpenSSH 8.4p1 Debian 5+deb11u3"},
		{device: "SRV-GED", port: 443, want: "http Apache httpd 2.4.56"},
		{device: "SRV-GED", port: 3306, want: "mysql MySQL 5.5.5-10.5.23-MariaDB-0+deb11u1"},
		{device: "ILO-SRV-SAGE", port: 80, want: "http HP Integrated Lights-Out web interface 1.30"},
		{device: "NAS-SAUVE", port: 8080, want: "http QNAP NAS http config"},
		{device: "ONDULEUR", port: 21, want: "ftp APC AOS ftpd 6.4.0 on APC AP9630"},
		{device: "IMP-BUREAU", port: 80, want: "http HP LaserJet MFP M428fdw printer http config  Serial VNB3K12345"},
		{device: "IMP-ATELIER", port: 21, want: "ftp Brother/HP printer ftpd 1.13"},
		{device: "COPIEUR", port: 21, want: "ftp Ricoh printer ftpd 1.12 model: IM C3000"},
		{device: "CAM-ATELIER", port: 23, want: "telnet BusyBox telnetd"},
		{device: "CAM-ATELIER", port: 554, want: "rtsp Hikvision DVR rtspd", byNumber: true},
		{device: "TEL-ACCUEIL", port: 5060, want: "sip Yealink SIP-T46S VoIP phone sipd 66.85.0.5", byNumber: true},
		{device: "PC-DEVIS", port: 3389, want: "ms-wbt-server Microsoft Terminal Services", byNumber: true},
		{device: "PC-DEVIS", port: 135, want: "msrpc Microsoft Windows RPC", byNumber: true},
		{device: "PC-DEVIS", port: 5357, want: "http Microsoft HTTPAPI httpd 2.0"},
		{device: "MAC-EXPO", port: 548, want: "afp Apple AFP  name: MAC-EXPO; protocol 3.4; OS X 10.9 - 10.11; iMac16,2", byNumber: true},
		{device: "MAC-EXPO", port: 5900, want: "vnc Apple remote desktop vnc"},
		{device: "PC-CNC", port: 80, want: "http nginx 1.18.0 Ubuntu"},
	} {
		if tc.byNumber && n.Port(tc.port) != tc.port {
			continue
		}
		if want := itoa(n.Port(tc.port)) + " " + tc.want; !strings.Contains(found[tc.device], want) {
			t.Errorf("%s: %q is not in\n%s", tc.device, want, found[tc.device])
		}
	}
}

// TestNmapScriptsLearnWindows asks what tells Windows machines apart: names,
// build, and whether SMB 1 is still spoken. Most of these scripts work on the
// real ports only: where these may not be bound, the dialects are all there is
// to see.
func TestNmapScriptsLearnWindows(t *testing.T) {
	t.Parallel()
	n, err := Start(t.Context(), Options{Base: netip.MustParseAddr("127.78.21.0"), Only: []string{"SRV-SAGE", "PC-DEVIS"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	found := scanWithNmap(t, n, itoa(n.Port(445))+","+itoa(n.Port(3389)),
		"--script", "rdp-ntlm-info,+smb-protocols,smb-os-discovery,ssl-cert,nbstat",
		"--script-args", "smbport="+itoa(n.Port(445)))
	expected := map[string][]string{
		"PC-DEVIS": {"smb-protocols dialects: 202 210 300 302 311"},
		"SRV-SAGE": {"NT LM 0.12 (SMBv1)"},
	}
	if n.Port(445) == 445 && n.Port(3389) == 3389 {
		expected["PC-DEVIS"] = append(expected["PC-DEVIS"], "rdp-ntlm-info Target_Name: LEFEVRE",
			"DNS_Computer_Name: PC-DEVIS.lefevre.local", "Product_Version: 10.0.22631", "Subject: commonName=PC-DEVIS.lefevre.local")
		expected["SRV-SAGE"] = append(expected["SRV-SAGE"], "Product_Version: 6.3.9600", "OS: Windows Server 2012 R2 Standard 9600")
	}
	for device, all := range expected {
		for _, want := range all {
			if !strings.Contains(found[device], want) {
				t.Errorf("%s: %q is not in\n%s", device, want, found[device])
			}
		}
	}
	if _, moved := n.moved[endpoint{"udp", 137}]; !moved && !strings.Contains(found["PC-DEVIS"], "nbstat NetBIOS name: PC-DEVIS") {
		t.Errorf("no NetBIOS name in\n%s", found["PC-DEVIS"])
	}
}
