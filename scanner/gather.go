package scanner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parc/inventory"
	"parc/scanner/nmap"
)

// gather turns what nmap (or our own look) found of a host into evidence.
func gather(h *nmap.Host) *evidence {
	e := &evidence{}
	e.add(onMAC, h.MACVendor, "", "nmap:arp")
	for _, name := range h.Names {
		e.name(name, int(inventory.Medium), "dns", "nmap:dns")
	}
	for i := range h.Services {
		e.service(&h.Services[i])
	}
	for _, s := range h.Scripts {
		e.script(s, "", "nmap:"+s.ID)
	}
	e.stack(h.Systems)
	return e
}

// name keeps a host name: what it says of the host by how it is made, and the
// name itself where it can be one.
func (e *evidence) name(name string, weight int, group, from string) {
	name = strings.TrimSuffix(inventory.Clean(name), ".")
	if !hostName(name) || strings.HasPrefix(strings.ToLower(name), "localhost") {
		return
	}
	e.say(inventory.FieldHostname, name, weight, group, from)
	first, _, _ := strings.Cut(name, ".")
	e.add(onName, first, "", from)
}

func (e *evidence) service(s *nmap.Service) {
	where := fmt.Sprintf("%d/%s", s.Port, s.Protocol)
	from := "nmap:" + where
	if s.Protocol == "tcp" {
		e.ports = append(e.ports, s.Port)
	}
	if !s.Guessed || s.Product != "" {
		text := strings.Join(strings.Fields(strings.Join([]string{where, s.Name, s.Product, s.Version}, " ")), " ")
		if s.Extra != "" {
			text += " (" + s.Extra + ")"
		}
		e.add(onService, text, where, from)
		e.add(onDevice, s.Device, where, from)
		e.add(onSystem, s.System, where, from)
		if strings.HasPrefix(s.Name, "http") {
			e.add(onServer, strings.TrimSpace(s.Product+" "+s.Version), where, from)
		}
	}
	if s.Host != "" && !s.Guessed {
		e.name(s.Host, 45, "service "+where, from)
	}
	e.add(onBanner, s.Banner, where, from)
	e.certificate(s.TLS, where)
	for _, r := range s.Results {
		e.script(r, where, from+":"+r.ID)
	}
}

func (e *evidence) certificate(c *inventory.Certificate, where string) {
	if c == nil {
		return
	}
	e.add(onSubject, c.Subject, where, where+":certificate")
	if !c.SelfSigned {
		e.add(onIssuer, c.Issuer, where, where+":certificate")
	}
	for _, name := range c.Names {
		// A wildcard or a public name may be anybody's: it names a service, not the host.
		if first, rest, _ := strings.Cut(name, "."); hostName(name) && (rest == "" || localDomain(rest)) && first != "" {
			e.name(name, 30, "tls", where+":certificate") // supports a name that was told; alone it may be an alias
			break
		}
	}
}

// localDomain tells that a name's domain is one of a company's own network.
func localDomain(domain string) bool {
	return slices.ContainsFunc([]string{"local", "lan", "localdomain", "home", "internal", "intra", "corp", "priv", "home.arpa"}, func(d string) bool {
		return domain == d || strings.HasSuffix(domain, "."+d)
	})
}

// stack keeps nmap's guess from the network stack, when it is one guess.
func (e *evidence) stack(systems []nmap.System) {
	if len(systems) == 0 || systems[0].Accuracy < 90 {
		return
	}
	best := systems[0]
	for _, s := range systems[1:] {
		if s.Accuracy == best.Accuracy && s.Family != best.Family {
			return // two kinds of system fit as well: no guess at all
		}
	}
	e.add(onStack, best.Name, "", "nmap:os")
	e.clues[len(e.clues)-1].scale = best.Accuracy
}

// script keeps what an NSE script found, as far as it tells what the host is.
func (e *evidence) script(s nmap.Script, where, from string) {
	switch s.ID {
	case "http-title":
		e.add(onTitle, title(s), where, from)
	case "http-server-header":
		for _, v := range s.Values {
			e.add(onServer, v.Text, where, from)
		}
	case "http-auth":
		for _, realm := range s.All("params/realm") {
			e.add(onRealm, realm, where, from)
		}
	case "rdp-ntlm-info", "ms-sql-ntlm-info", "http-ntlm-info", "smtp-ntlm-info", "telnet-ntlm-info":
		e.ntlm(s.Get("NetBIOS_Computer_Name"), s.Get("DNS_Computer_Name"), s.Get("DNS_Domain_Name"), s.Get("Product_Version"), from)
	case "smb-os-discovery":
		e.smbSystem(s, from)
	case "nbstat":
		e.netbios(s.Get("server_name"), "", s.Get("mac/address"), from)
		e.add(onMAC, s.Get("mac/manuf"), where, from)
	case "http-hp-ilo-info":
		e.ilo(s, from)
	case "http-qnap-nas-info":
		e.qnap(s, from)
	case "vmware-version":
		e.vmware(s, from)
	case "afp-serverinfo":
		e.apple(s.Get("Machine Type"), "afp", from)
		e.name(s.Get("Server Name"), 85, "afp", from)
	case "upnp-info", "hnap-info", "lexmark-config", "ubiquiti-discovery", "wsdd-discover":
		e.told(s, from)
	}
}

// title gives a page's title: the script tells it, or where it was sent to.
func title(s nmap.Script) string {
	if t := s.Get("title"); t != "" {
		return t
	}
	if strings.HasPrefix(s.Output, "Site doesn't have a title") || strings.HasPrefix(s.Output, "Did not follow") {
		return ""
	}
	return s.Output
}

// ntlm keeps what Windows tells to whoever starts to sign in.
func (e *evidence) ntlm(netbios, dns, domain, build, from string) {
	name := cmp.Or(dns, netbios)
	e.name(name, 92, "ntlm", from)
	if !strings.EqualFold(domain, name) { // of a machine in no domain, its own name
		e.say(inventory.FieldDomain, domain, 88, "ntlm", from)
	}
	if build != "" {
		e.say(inventory.FieldOSBuild, build, 90, "ntlm", from)
	}
}

func (e *evidence) smbSystem(s nmap.Script, from string) {
	e.add(onSMB, s.Get("os"), "", from)
	e.name(cmp.Or(s.Get("fqdn"), strings.TrimRight(s.Get("server"), "\x00")), 90, "smb", from)
	e.say(inventory.FieldDomain, s.Get("domain_dns"), 85, "smb", from)
}

// ilo keeps what an HPE management board tells of its server.
func (e *evidence) ilo(s nmap.Script, from string) {
	e.say(inventory.FieldVendor, "Hewlett Packard Enterprise", 92, "ilo", from)
	e.say(inventory.FieldClass, string(inventory.BMC), 92, "ilo", from)
	e.say(inventory.FieldModel, s.Get("ServerType"), 86, "ilo", from)
	e.say(inventory.FieldVersion, s.Get("ILOFirmware"), 88, "ilo", from)
	e.say(inventory.FieldSerial, strings.TrimPrefix(s.Get("SerialNo"), "ILO"), 80, "ilo", from) // the board's is the server's, with ILO before it
	e.say(inventory.FieldUUID, s.Get("cUUID"), 80, "ilo", from)
}

var qnapLines = regexp.MustCompile(`Device Model: (\S+).*Firmware Version: ([\d.]+)`)

// qnap keeps what a QNAP storage tells on its sign-in page.
func (e *evidence) qnap(s nmap.Script, from string) {
	if m := qnapLines.FindStringSubmatch(s.Output); m != nil {
		e.say(inventory.FieldVendor, "QNAP", 92, "qnap", from)
		e.say(inventory.FieldClass, string(inventory.NAS), 92, "qnap", from)
		e.say(inventory.FieldModel, m[1], 88, "qnap", from)
		e.say(inventory.FieldVersion, m[2], 88, "qnap", from)
		e.say(inventory.FieldOSName, "QTS", 80, "qnap", from)
	}
}

// netbios keeps the names that Windows and Samba tell.
func (e *evidence) netbios(name, domain, mac, from string) {
	if name == "<unknown>" || !hostName(name) {
		name = ""
	}
	e.say(inventory.FieldHostname, name, 90, "netbios", from)
	e.add(onName, name, "", from)
	if !strings.EqualFold(domain, "WORKGROUP") && !strings.EqualFold(domain, name) {
		e.say(inventory.FieldDomain, domain, 60, "netbios", from)
	}
	if mac = inventory.MAC(mac); mac != "" {
		e.say(inventory.FieldMAC, mac, 85, "netbios", from)
	}
}

func (e *evidence) vmware(s nmap.Script, from string) {
	product := cmp.Or(s.Get("Server version"), s.Output)
	if strings.Contains(product, "ESXi") {
		e.say(inventory.FieldOSName, "VMware ESXi", 93, "vmware", from)
		e.say(inventory.FieldClass, string(inventory.Hypervisor), 93, "vmware", from)
		if _, version, ok := strings.Cut(product, "ESXi "); ok {
			version, _, _ = strings.Cut(version, " ")
			e.say(inventory.FieldOSVersion, version, 92, "vmware", from)
		}
		e.say(inventory.FieldOSBuild, s.Get("Build"), 90, "vmware", from)
	}
}

// told keeps what a script's structured result calls by plain names.
func (e *evidence) told(s nmap.Script, from string) {
	for _, v := range s.Values {
		key := strings.ToLower(v.Path[strings.LastIndexByte(v.Path, '/')+1:])
		switch key {
		case "manufacturer", "vendor", "vendorname":
			e.say(inventory.FieldVendor, v.Text, 80, s.ID, from)
		case "model name", "modelname", "model", "product":
			e.say(inventory.FieldModel, v.Text, 75, s.ID, from)
		case "firmware", "firmware version", "firmwareversion", "version":
			e.say(inventory.FieldVersion, v.Text, 65, s.ID, from)
		case "hostname", "devicename":
			e.name(v.Text, 85, s.ID, from)
		}
	}
}
