package lab

// desk gives the services of a Windows machine as they are found on a network
// where nothing has been closed: RPC, NetBIOS, file sharing.
func desk(w windows, s smbServer, more ...service) []service {
	s.windows = w
	return append([]service{msrpc(135), netbiosSession(), smb(s)}, more...)
}

// client is a workstation's file sharing: no SMB 1.
func client() smbServer { return smbServer{dialects: dialects311} }

// wsd is Windows' Web Services for Devices, which answers on workstations.
func wsd() service {
	return web(5357, website{server: "Microsoft-HTTPAPI/2.0", order: httpAPIOrder, pages: map[string]page{
		"*": {status: 503, kind: "text/html; charset=us-ascii", title: "Service Unavailable"},
	}})
}

// winRM is Windows' remote management, which servers have on: to whoever asks
// for NTLM it tells names and build.
func winRM(w windows) service {
	return web(5985, website{server: "Microsoft-HTTPAPI/2.0", order: httpAPIOrder, pages: map[string]page{
		"/wsman": ntlmPage(w), "*": {status: 404, kind: "text/html; charset=us-ascii", title: "Not Found"},
	}})
}

// windowsAgent is the SNMP agent that Windows has as an option. It tells the
// build, and always "6.3" for the version since Windows 8.1.
func windowsAgent(kind, hardware, build string) *snmpSpec {
	return &snmpSpec{
		descr:  "Hardware: " + hardware + " AT/AT COMPATIBLE - Software: Windows Version 6.3 (Build " + build + " Multiprocessor Free)",
		object: "1.3.6.1.4.1.311.1.1.3.1." + kind, services: 76,
	}
}

// The kinds of Windows in the agent's sysObjectID.
const (
	windowsWorkstation = "1"
	windowsServer      = "2"
	windowsController  = "3"
)
