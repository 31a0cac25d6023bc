package scanner

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"parc/inventory"
	"parc/scanner/nmap"
)

// respond answers every datagram on a port of a loopback address.
func respond(t *testing.T, address string, port int, answer func([]byte) []byte) {
	t.Helper()
	c, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp4", fmt.Sprintf("%s:%d", address, port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	go func() {
		buffer := make([]byte, 2048)
		for {
			n, from, err := c.ReadFrom(buffer)
			if err != nil {
				return
			}
			if b := answer(buffer[:n]); b != nil {
				_, _ = c.WriteTo(b, from)
			}
		}
	}()
}

// ask puts one question to a loopback address and gives what was settled.
func ask(t *testing.T, address string, q func(context.Context, *asking), services ...nmap.Service) (*asking, map[inventory.Field]string) {
	t.Helper()
	allowed, err := newGuard([]netip.Prefix{netip.MustParsePrefix(address + "/32")}, false)
	if err != nil {
		t.Fatal(err)
	}
	a := &asking{net: newNetwork(allowed, 0), host: &nmap.Host{Address: netip.MustParseAddr(address), Services: services}, evidence: &evidence{}}
	q(t.Context(), a)
	return a, settled(t, a.evidence)
}

func settled(t *testing.T, e *evidence) map[inventory.Field]string {
	t.Helper()
	out := map[inventory.Field]string{}
	for _, f := range tables(t).settle(e, func(s string) string { return s }) {
		out[f.Field] = f.Value
	}
	return out
}

func check(t *testing.T, got map[inventory.Field]string, want map[inventory.Field]string) {
	t.Helper()
	for field, value := range want {
		if got[field] != value {
			t.Errorf("%s is %q, want %q", field, got[field], value)
		}
	}
}

func service(port int, name string) nmap.Service {
	return nmap.Service{Service: inventory.Service{Port: port, Protocol: "tcp", Name: name}, Guessed: true}
}

func TestSIP(t *testing.T) {
	t.Parallel()
	respond(t, "127.93.0.1", 5060, func(b []byte) []byte {
		if !strings.HasPrefix(string(b), "OPTIONS sip:") {
			return nil
		}
		return []byte("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 0.0.0.0\r\nUser-Agent: Yealink SIP-T46S 66.85.0.5\r\nContent-Length: 0\r\n\r\n")
	})
	_, got := ask(t, "127.93.0.1", askSIP)
	check(t, got, map[inventory.Field]string{inventory.FieldVendor: "Yealink", inventory.FieldClass: "phone", inventory.FieldModel: "SIP-T46S", inventory.FieldVersion: "66.85.0.5"})
}

func TestUPnP(t *testing.T) {
	t.Parallel()
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<?xml version="1.0" encoding="gb2312"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>`+
			`<friendlyName>box</friendlyName><manufacturer>AVM</manufacturer><modelName>FRITZ!Box 7590</modelName><serialNumber>3C37120A4B7C</serialNumber></device></root>`)
	}))
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", "127.93.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	web.Listener = l
	web.Start()
	t.Cleanup(web.Close)
	respond(t, "127.93.0.2", 1900, func([]byte) []byte {
		return []byte("HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nSERVER: FRITZ!Box UPnP/1.0\r\nLOCATION: " + web.URL + "/desc.xml\r\n\r\n")
	})
	_, got := ask(t, "127.93.0.2", askUPnP)
	check(t, got, map[inventory.Field]string{
		inventory.FieldVendor: "AVM", inventory.FieldModel: "FRITZ!Box 7590", inventory.FieldClass: "gateway", inventory.FieldMAC: "3c:37:12:0a:4b:7c", inventory.FieldSerial: "",
	})
}

// A device must not make parc ask somebody else.
func TestUPnPStaysOnTheHost(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 1)
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r.URL.Path }))
	t.Cleanup(other.Close)
	respond(t, "127.93.0.3", 1900, func([]byte) []byte {
		return []byte("HTTP/1.1 200 OK\r\nLOCATION: " + other.URL + "/desc.xml\r\n\r\n")
	})
	ask(t, "127.93.0.3", askUPnP)
	select {
	case path := <-asked:
		t.Errorf("another host was asked for %s", path)
	default:
	}
}

func TestDiscovery(t *testing.T) {
	t.Parallel()
	respond(t, "127.93.0.4", 3702, func([]byte) []byte {
		return []byte(`<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:ProbeMatches><d:ProbeMatch>` +
			`<d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/HIKVISION%20DS-2CD2143G0-I onvif://www.onvif.org/hardware/DS-2CD2143G0-I</d:Scopes>` +
			`</d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`)
	})
	_, got := ask(t, "127.93.0.4", askDiscovery)
	check(t, got, map[inventory.Field]string{inventory.FieldVendor: "HIKVISION", inventory.FieldModel: "DS-2CD2143G0-I", inventory.FieldClass: "camera"})
}

// dnsAnswer writes a response with compressed names.
func dnsAnswer(records ...[]byte) []byte {
	b := []byte{0x70, 0x61, 0x84, 0, 0, 0, 0, byte(len(records)), 0, 0, 0, 0}
	for _, r := range records {
		b = append(b, r...)
	}
	return b
}

func dnsEntry(name string, kind uint16, data []byte) []byte {
	b := dnsQuery(kind, name)[12:]
	b = append(b, 0, 0, 0, 10)
	return append(binary.BigEndian.AppendUint16(b, uint16(len(data))), data...)
}

func dnsLabels(name string) []byte {
	q := dnsQuery(1, name)
	return q[12 : len(q)-4]
}

func texts(list ...string) []byte {
	var b []byte
	for _, s := range list {
		b = append(append(b, byte(len(s))), s...)
	}
	return b
}

func TestMDNS(t *testing.T) {
	t.Parallel()
	respond(t, "127.93.0.5", 5353, func(b []byte) []byte {
		if strings.Contains(string(b), "_services") {
			return dnsAnswer(dnsEntry("_services._dns-sd._udp.local", dnsPTR, dnsLabels("_ipp._tcp.local")))
		}
		return dnsAnswer(
			dnsEntry("_ipp._tcp.local", dnsPTR, dnsLabels("Brother HL._ipp._tcp.local")),
			dnsEntry("Brother HL._ipp._tcp.local", dnsSRV, append([]byte{0, 0, 0, 0, 2, 119}, dnsLabels("BRW0080927AFBCE.local")...)),
			dnsEntry("Brother HL._ipp._tcp.local", dnsTXT, texts("txtvers=1", "ty=Brother HL-L2350DW series", "usb_MFG=Brother", "usb_MDL=HL-L2350DW series")),
		)
	})
	_, got := ask(t, "127.93.0.5", askMDNS)
	check(t, got, map[inventory.Field]string{
		inventory.FieldVendor: "Brother", inventory.FieldModel: "HL-L2350DW series", inventory.FieldClass: "printer", inventory.FieldHostname: "BRW0080927AFBCE.local",
	})
}

func TestUbiquiti(t *testing.T) {
	t.Parallel()
	field := func(kind byte, value string) string {
		return string([]byte{kind, 0, byte(len(value))}) + value
	}
	respond(t, "127.93.0.6", 10001, func([]byte) []byte {
		return []byte("\x01\x00\x00\x40" + field(1, "\x78\x8a\x20\x21\xae\x7b") + field(3, "BZ.qca956x.v4.3.28.11361.210128.1341") + field(0x0b, "wifi-bureau") + field(0x0c, "U7PG2") + field(0x14, "UAP-AC-Pro"))
	})
	_, got := ask(t, "127.93.0.6", askUbiquiti)
	check(t, got, map[inventory.Field]string{
		inventory.FieldVendor: "Ubiquiti", inventory.FieldModel: "UAP-AC-Pro", inventory.FieldVersion: "4.3.28", inventory.FieldHostname: "wifi-bureau", inventory.FieldMAC: "78:8a:20:21:ae:7b",
	})
}

func TestNetBIOS(t *testing.T) {
	t.Parallel()
	b := append([]byte{0x70, 0x61, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 32}, strings.Repeat("A", 32)...)
	b = append(b, 0, 0, 0x21, 0, 1, 0, 0, 0, 0, 0, 83, 3)
	name := func(text string, suffix, flags byte) {
		b = append(append(b, fmt.Sprintf("%-15s", text)...), suffix, flags, 0)
	}
	name("SRV-AD", 0, 0x04)
	name("LEFEVRE", 0, 0x84)
	name("LEFEVRE", 0x1c, 0x84)
	b = append(b, 0x00, 0x0c, 0x29, 0x4e, 0x71, 0xb3)
	got, ok := parseNetBIOS(b)
	if want := (netBIOS{"SRV-AD", "LEFEVRE", "000c294e71b3", true}); !ok || got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestChallenge(t *testing.T) {
	t.Parallel()
	var info []byte
	add := func(kind uint16, text string) {
		units := utf16.Encode([]rune(text))
		info = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(info, kind), uint16(2*len(units)))
		for _, u := range units {
			info = binary.LittleEndian.AppendUint16(info, u)
		}
	}
	add(2, "LEFEVRE")
	add(1, "PC-ACCUEIL")
	add(4, "lefevre.local")
	add(3, "PC-ACCUEIL.lefevre.local")
	info = append(info, 0, 0, 0, 0)
	b := append([]byte("some SMB before it NTLMSSP\x00\x02\x00\x00\x00"), make([]byte, 8)...)
	b = binary.LittleEndian.AppendUint32(b, 0x02000000)
	b = append(b, make([]byte, 16)...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(info)))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(info)))
	b = binary.LittleEndian.AppendUint32(b, 56)
	b = append(b, 10, 0, 0x65, 0x4a, 0, 0, 0, 15) // 10.0.19045
	got, ok := parseChallenge(append(b, info...))
	if want := (challenge{"PC-ACCUEIL", "PC-ACCUEIL.lefevre.local", "lefevre.local", "10.0.19045"}); !ok || got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestWebPageFollowsItselfOnly(t *testing.T) {
	t.Parallel()
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", "nginx")
		switch r.URL.Path {
		case "/":
			http.Redirect(w, r, "http://nas.example.invalid:"+r.Host[strings.LastIndexByte(r.Host, ':')+1:]+"/next", http.StatusFound)
		case "/next":
			fmt.Fprint(w, `<html><meta http-equiv="refresh" content="0; url=/last">`)
		default:
			fmt.Fprint(w, "<html><title>\nNAS-01 &#45; Synology\x00 DiskStation</title>")
		}
	}))
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", "127.93.0.8:0")
	if err != nil {
		t.Fatal(err)
	}
	web.Listener = l
	web.Start()
	t.Cleanup(web.Close)
	port := int(netip.MustParseAddrPort(l.Addr().String()).Port())
	a, got := ask(t, "127.93.0.8", askWeb, service(port, "http"))
	check(t, got, map[inventory.Field]string{inventory.FieldVendor: "Synology", inventory.FieldClass: "nas"})
	if s := a.host.Services[0]; s.Scripts["http-title"] != "NAS-01 - Synology DiskStation" || s.Product != "nginx" {
		t.Errorf("service %+v", s)
	}
}

func TestTLSAndRedfish(t *testing.T) {
	t.Parallel()
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/redfish/v1/" {
			fmt.Fprint(w, `{"Product":"Integrated Dell Remote Access Controller","Vendor":"Dell","Oem":{"Dell":{"ServiceTag":"J8KQ2P2","ManagerMACAddress":"4c:d9:8f:aa:bb:cc"}}}`)
			return
		}
		fmt.Fprint(w, "<title>iDRAC9 - Login</title>")
	}))
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", "127.93.0.9:0")
	if err != nil {
		t.Fatal(err)
	}
	web.Listener = l
	web.TLS = &tls.Config{MinVersion: tls.VersionTLS10, CipherSuites: everySuite()}
	web.StartTLS()
	t.Cleanup(web.Close)
	port := int(netip.MustParseAddrPort(l.Addr().String()).Port())
	a, got := ask(t, "127.93.0.9", askWebAndTLS, service(port, "https"))
	check(t, got, map[inventory.Field]string{
		inventory.FieldVendor: "Dell", inventory.FieldClass: "bmc", inventory.FieldSerial: "J8KQ2P2", inventory.FieldMAC: "4c:d9:8f:aa:bb:cc",
	})
	if a.host.Services[0].TLS == nil || len(a.weaknesses) != 1 || a.weaknesses[0].Kind != inventory.WeakTLSVersion {
		t.Errorf("service %+v, weaknesses %+v", a.host.Services[0], a.weaknesses)
	}
}

func TestBanner(t *testing.T) {
	t.Parallel()
	port := int(listen(t, "127.93.0.10", "\xff\xfb\x01\xff\xfd\x18SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"))
	a, got := ask(t, "127.93.0.10", askBanners, service(port, "ssh"))
	check(t, got, map[inventory.Field]string{inventory.FieldOSName: "Debian", inventory.FieldOSVersion: "12"})
	if b := a.host.Services[0].Banner; b != "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3" {
		t.Errorf("banner %q", b)
	}
}

func TestIPP(t *testing.T) {
	t.Parallel()
	answer := ippRequest("ipp://x")[8:] // attributes look alike in both directions
	add := func(tag byte, name, value string) {
		b := append([]byte{tag}, binary.BigEndian.AppendUint16(nil, uint16(len(name)))...)
		b = append(append(b, name...), binary.BigEndian.AppendUint16(nil, uint16(len(value)))...)
		answer = slices.Concat(answer[:len(answer)-1], b, []byte(value), []byte{3})
	}
	add(4, "", "")
	add(0x41, "printer-make-and-model", "HP LaserJet 400 M401dn")
	add(0x41, "printer-device-id", "MFG:Hewlett-Packard;CMD:PJL;MDL:HP LaserJet 400 M401dn;CLS:PRINTER;SN:VNB3K12345;")
	add(0x41, "printer-firmware-string-version", "20180601")
	e := &evidence{}
	e.ipp(parseIPP(append([]byte{1, 1, 0, 0, 0, 0, 0, 1}, answer...)))
	check(t, settled(t, e), map[inventory.Field]string{
		inventory.FieldVendor: "Hewlett-Packard", inventory.FieldModel: "HP LaserJet 400 M401dn", inventory.FieldSerial: "VNB3K12345", inventory.FieldVersion: "20180601", inventory.FieldClass: "printer",
	})
}

// Nobody is asked anything outside the allowed networks, whatever asks.
func TestQuestionsPassTheGuard(t *testing.T) {
	t.Parallel()
	reached := make(chan string, 8)
	for _, port := range []int{5060, 5353} {
		respond(t, "127.93.0.11", port, func([]byte) []byte { reached <- strconv.Itoa(port); return nil })
	}
	allowed, err := newGuard([]netip.Prefix{netip.MustParsePrefix("127.93.1.0/24")}, false)
	if err != nil {
		t.Fatal(err)
	}
	a := &asking{net: newNetwork(allowed, 0), host: &nmap.Host{Address: netip.MustParseAddr("127.93.0.11"), Services: []nmap.Service{service(80, "http")}}, evidence: &evidence{}}
	a.askAll(t.Context())
	select {
	case port := <-reached:
		t.Errorf("port %s was asked", port)
	default:
	}
	if _, err := a.net.dial(t.Context(), "tcp", a.at(80), answerTime); inventory.CodeOf(err) != inventory.OutOfRange {
		t.Errorf("err = %v", err)
	}
}

// Every reader of what devices send survives anything, and says nothing that
// is not clean.
func FuzzAnswers(f *testing.F) {
	seed, _ := hex.DecodeString("706184000000000100000000")
	f.Add(seed)
	f.Add([]byte("SIP/2.0 200 OK\r\nUser-Agent: x\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 200 OK\r\nLOCATION: http://x/\r\n\r\n"))
	f.Add([]byte("<a><device><deviceType>x</deviceType></device></a>"))
	f.Add([]byte("\x01\x00\x00\x10\x01\x00\x06abcdef"))
	f.Add([]byte("NTLMSSP\x00\x02\x00\x00\x00" + strings.Repeat("\xff", 60)))
	f.Add(ippRequest("ipp://x"))
	f.Add(dnsAnswer(dnsEntry("a.local", dnsPTR, []byte{0xc0, 0x0c})))
	f.Fuzz(func(t *testing.T, b []byte) {
		e := &evidence{}
		parseNetBIOS(b)
		records, _ := parseDNS(b)
		e.bonjour(records)
		e.add(onSIP, parseSIP(b), "", "")
		parseSSDP(b)
		if d, ok := parseUPnP(b); ok {
			e.upnp(d)
		}
		if m, ok := parseDiscovery(b); ok {
			e.discovery(m)
		}
		if u, ok := parseUbiquiti(b); ok {
			e.name(u.name, 90, "", "")
			e.say(inventory.FieldModel, u.model, 88, "", "")
		}
		if c, ok := parseChallenge(b); ok {
			e.ntlm(c.netbios, c.dns, c.domain, c.build, "")
		}
		e.ipp(parseIPP(b))
		e.add(onBanner, withoutTelnet(b), "", "")
		k, err := known()
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range k.settle(e, func(s string) string { return s }) {
			if fact.Value == "" || fact.Value != inventory.Clean(fact.Value) || fact.Confidence > mostSure {
				t.Errorf("%+v", fact)
			}
		}
	})
}
