package nmap

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	lib "github.com/Ullaakut/nmap/v3"

	"parc/inventory"
)

// The presets: how much nmap looks at.
const (
	Quick    = "quick"    // what names a device: the usual ports, light probes
	Standard = "standard" // services and their versions on what small companies run
	Deep     = "deep"     // a thousand ports more, and the operating system by its network stack
)

// usualPorts are the services by which devices of small companies are known.
const usualPorts = "21-23,25,53,80,88,110,111,135,139,143,389,443,445,465,515,548,554,587,631,636," +
	"993,995,1433,1521,1723,1883,2049,2222,3128,3268,3306,3389,3493,4343,4443,5000,5001,5060,5061,5353," +
	"5357,5432,5480,5900,5985,5986,6789,7547,8000,8006,8008,8009,8080,8081,8088,8123,8181,8291,8443,8728," +
	"8834,8880,9000,9090,9100,9443,9999,10000,17988,17990,27017,32400,37777,49152,62078"

var standardScripts = []string{
	"smb-os-discovery", "smb-protocols", "nbstat", "ssl-cert", "ssl-enum-ciphers", "http-title", "http-server-header",
	"rdp-ntlm-info", "ftp-anon", "upnp-info", "rtsp-methods", "ms-sql-info",
}

// quickScripts leave out what takes many connections.
var quickScripts = []string{"smb-os-discovery", "smb-protocols", "nbstat", "ssl-cert", "http-title", "rdp-ntlm-info"}

func (o Options) options() ([]lib.Option, error) {
	ports := o.Ports
	if ports == "" {
		ports = usualPorts
	}
	if err := checkPorts(ports); err != nil {
		return nil, err
	}
	list := []lib.Option{
		lib.WithTimingTemplate(lib.TimingAggressive), lib.WithMaxRetries(2), lib.WithStatsEvery("1s"),
		lib.WithServiceInfo(), lib.WithNoStylesheet(), lib.WithScriptTimeout(30 * time.Second),
	}
	switch o.Preset {
	case Quick:
		list = append(list, lib.WithVersionIntensity(2), lib.WithScripts(quickScripts...), lib.WithHostTimeout(3*time.Minute))
	case Standard, "":
		list = append(list, lib.WithVersionIntensity(5), lib.WithScripts(standardScripts...), lib.WithHostTimeout(8*time.Minute))
	case Deep:
		list = append(list, lib.WithVersionIntensity(7), lib.WithScripts(standardScripts...), lib.WithHostTimeout(20*time.Minute))
		if o.Ports == "" {
			ports += ",1-1024"
		}
		if !o.Unprivileged {
			list = append(list, lib.WithOSDetection(), lib.WithOSScanLimit())
		}
	default:
		return nil, inventory.Errorf(inventory.Invalid, "%q is no preset: quick, standard or deep", inventory.CleanTo(o.Preset, 20))
	}
	list = append(list, lib.WithPorts(ports))
	if o.Unprivileged {
		list = append(list, lib.WithUnprivileged(), lib.WithConnectScan())
	}
	if o.Rate > 0 {
		list = append(list, lib.WithMaxRate(o.Rate))
	}
	if o.NoNames {
		list = append(list, lib.WithDisabledDNSResolution())
	}
	return list, nil
}

var portRange = regexp.MustCompile(`^(\d{1,5})(?:-(\d{1,5}))?$`)

// checkPorts refuses what is no list of ports and ranges (22,80,8000-8100).
func checkPorts(list string) error {
	for part := range strings.SplitSeq(list, ",") {
		m := portRange.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return inventory.Errorf(inventory.Invalid, "%q is no port: write ports as 22,80,8000-8100", inventory.CleanTo(part, 40))
		}
		low, _ := strconv.Atoi(m[1]) // digits only
		high := low
		if m[2] != "" {
			high, _ = strconv.Atoi(m[2])
		}
		if low < 1 || high > 65535 || low > high {
			return inventory.Errorf(inventory.Invalid, "port %s is out of range: ports go from 1 to 65535", inventory.CleanTo(part, 40))
		}
	}
	return nil
}
