package lab

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"encoding/hex"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// script is a connection on which the client says all it has to say, then goes.
type script struct {
	net.Conn
	in  *bytes.Reader
	out bytes.Buffer
}

func (s *script) Read(b []byte) (int, error)       { return s.in.Read(b) }
func (s *script) Write(b []byte) (int, error)      { return s.out.Write(b) }
func (s *script) Close() error                     { return nil }
func (s *script) SetDeadline(time.Time) error      { return nil }
func (s *script) SetReadDeadline(time.Time) error  { return nil }
func (s *script) SetWriteDeadline(time.Time) error { return nil }
func (s *script) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (s *script) LocalAddr() net.Addr              { return &net.TCPAddr{} }

// talk lets a client say something to a port of a device, and gives the answer.
func talk(t testing.TB, s *site, device string, port uint16, said []byte) []byte {
	t.Helper()
	d := s.byName[device]
	for _, one := range d.tcp {
		if one.port == port {
			conn := &script{in: bytes.NewReader(said)}
			one.serve(&conversation{Conn: conn, device: d, ends: time.Now().Add(time.Minute)})
			return conn.out.Bytes()
		}
	}
	t.Fatalf("%s has nothing on port %d", device, port)
	return nil
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestServicesAnswer(t *testing.T) {
	t.Parallel()
	s := testSite(t)
	smb2 := "000000 66 fe534d42 4000 0000 00000000 0000 0100 00000000 00000000 0000000000000000 00000000 00000000 0000000000000000 00000000000000000000000000000000" +
		"2400 0100 0100 0000 00000000 00000000000000000000000000000000 0000000000000000 "
	for _, tc := range []struct {
		name, device string
		port         uint16
		said         []byte
		want         string
	}{
		{"ssh greets", "SRV-GED", 22, nil, "SSH-2.0-OpenSSH_8.4p1 Debian-5+deb11u3\r\n"},
		{"telnet prompts", "SW-BUREAU", 23, nil, "Username: "},
		{"page with title", "SRV-GED", 80, []byte("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), "<title>GED Lefèvre - Connexion</title>"},
		{"no such page", "SRV-GED", 80, []byte("GET /none HTTP/1.0\r\n\r\n"), "HTTP/1.1 404 Not Found\r\n"},
		{"no HTTP", "SRV-GED", 80, []byte("\x16\x03\x01\x00"), "HTTP/1.1 400 Bad Request\r\n"},
		{"no HTTP either", "SRV-GED", 80, []byte("HELP\r\n"), "HTTP/1.1 400 Bad Request\r\n"},
		{"HEAD has no body", "SRV-GED", 80, []byte("HEAD / HTTP/1.0\r\n\r\n"), "Connection: close\r\nContent-Type: text/html\r\nContent-Length: 129\r\n\r\n"},
		{"hostile title stays hostile", "PC-CNC", 80, []byte("GET / HTTP/1.0\r\n\r\n"), "<script>alert(3)</script>"},
		{"redirect names the address", "FW-LEFEVRE", 80, []byte("GET / HTTP/1.0\r\n\r\n"), "Location: https://127.77.10.1/\r\n"},
		{"password asked", "SW-BUREAU", 80, []byte("GET /x HTTP/1.0\r\n\r\n"), "WWW-Authenticate: Basic realm="},
		{"iLO tells all", "ILO-SRV-SAGE", 80, []byte("GET /xmldata?item=all HTTP/1.0\r\n\r\n"), "<MACADDR>9c:8e:99:54:0a:e8</MACADDR><IPADDR>127.77.10.14</IPADDR>"},
		{"QNAP tells all", "NAS-SAUVE", 8080, []byte("GET /cgi-bin/authLogin.cgi HTTP/1.0\r\n\r\n"), "<internalModelName><![CDATA[TS-251+]]>"},
		{"NTLM over HTTP", "SRV-AD", 5985, []byte("GET /wsman HTTP/1.0\r\nAuthorization: NTLM TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAGAbEdAAAADw==\r\n\r\n"), "WWW-Authenticate: NTLM TlRMTVNTUAACAAAA"},
		{"ftp lets anybody in", "IMP-ATELIER", 21, []byte("USER anonymous\r\nPASS x\r\n"), "230 Login successful.\r\n"},
		{"ftp does not", "COPIEUR", 21, []byte("USER anonymous\r\nPASS x\r\n"), "530 Login incorrect.\r\n"},
		{"smtp", "SRV-GED", 25, []byte("EHLO x\r\nQUIT\r\n"), "250-SRV-GED\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n221 2.0.0 Bye\r\n"},
		{"pjl", "IMP-BUREAU", 9100, []byte("\x1b%-12345X@PJL INFO ID\r\n"), "\"HP LaserJet MFP M428fdw\"\r\n\f"},
		{"ipp", "IMP-BUREAU", 631, []byte("POST /ipp/print HTTP/1.0\r\nContent-Length: 8\r\n\r\n\x02\x00\x00\x0b\x00\x00\x00\x01"), "printer-make-and-model\x00\x17HP LaserJet MFP M428fdw"},
		{"sip", "TEL-ACCUEIL", 5060, []byte("OPTIONS sip:x SIP/2.0\r\nCall-ID: 7\r\nCSeq: 1 OPTIONS\r\n\r\n"), "Call-ID: 7\r\nCSeq: 1 OPTIONS\r\nUser-Agent: Yealink SIP-T46S 66.85.0.5\r\n"},
		{"rtsp", "CAM-ATELIER", 554, []byte("OPTIONS / RTSP/1.0\r\nCSeq: 3\r\n\r\n"), "RTSP/1.0 200 OK\r\nCSeq: 3\r\nPublic: OPTIONS"},
		{"rtsp asks", "CAM-ENTREE", 554, []byte("DESCRIBE / RTSP/1.0\r\nCSeq: 3\r\n\r\n"), "RTSP/1.0 401 Unauthorized\r\n"},
		{"vnc", "MAC-EXPO", 5900, nil, "RFB 003.889\n"},
		{"afp", "MAC-EXPO", 548, append([]byte{0, 3, 0, 7}, make([]byte, 12)...), "\x08MAC-EXPO\x00"},
		{"mysql", "SRV-GED", 3306, nil, "\x0a5.5.5-10.5.23-MariaDB-0+deb11u1\x00"},
		{"mssql", "SRV-SAGE", 1433, unhex(t, "12 01 000e 0000 01 00 ff0000000000"), "\xff\x0c\x00\x13\x88"},
		{"ldap root", "SRV-AD", 389, unhex(t, "3025020101 6320 0400 0a0100 0a0100 020100 020100 010100 870b 6f626a656374436c617373 3000"), "dnsHostName"},
		{"kerberos", "SRV-AD", 88, unhex(t, "00000002 6a00"), "krbtgt"},
		{"rpc", "PC-DEVIS", 135, []byte("hello"), "\x05\x00\x0d\x03\x10"},
		{"netbios session", "PC-DEVIS", 139, []byte("hello"), "\x83\x00\x00\x01\x8f"},
		{"rdp wants NLA", "PC-DEVIS", 3389, unhex(t, "0300000b 06e00000000000"), "\x03\x00\x00\x13\x0e\xd0\x00\x00\x12\x34\x00\x03\x00\x08\x00\x05\x00\x00\x00"},
		{"rdp confirms", "PC-DEVIS", 3389, unhex(t, "03000013 0ee00000000000 01000800 0b000000"), "\x12\x34\x00\x02\x1f\x08\x00\x02\x00\x00\x00"},
		{"smb 2.1 chosen", "PC-DEVIS", 445, unhex(t, smb2+"1002"), "\x41\x00\x01\x00\x10\x02"},
		{"smb 2: no such dialect", "PC-DEVIS", 445, unhex(t, smb2+"ff04"), "\xfeSMB\x40\x00\x00\x00\xbb\x00\x00\xc0"},
		{"smb 1 refused", "PC-DEVIS", 445, smb1Hello, ""},
		{"smb 1 answered", "SRV-SAGE", 445, smb1Hello, "S\x00R\x00V\x00-\x00S\x00A\x00G\x00E\x00\x00\x00"},
	} {
		got := talk(t, s, tc.device, tc.port, tc.said)
		if !bytes.Contains(got, []byte(tc.want)) || tc.want == "" && len(got) > 0 {
			t.Errorf("%s: got %q, want %q in it", tc.name, got, tc.want)
		}
	}
}

// smb1Hello is SMB 1's NEGOTIATE with the one dialect that matters.
var smb1Hello = append([]byte{0, 0, 0, 0x2f, 0xff, 'S', 'M', 'B', 0x72, 0, 0, 0, 0, 8, 1, 0x40,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 6, 0, 0, 1, 0, 0, 12, 0, 2}, "NT LM 0.12\x00"...)

func TestChallengeTellsNamesAndBuild(t *testing.T) {
	t.Parallel()
	d := testSite(t).byName["PC-DEVIS"]
	b := windows11b.challenge(d, d.site.now())
	if got := binary.LittleEndian.Uint16(b[50:]); got != 22631 || b[48] != 10 {
		t.Errorf("build %d.%d", b[48], got)
	}
	length, offset := binary.LittleEndian.Uint16(b[40:]), binary.LittleEndian.Uint32(b[44:])
	if int(offset)+int(length) != len(b) {
		t.Errorf("target info is %d bytes at %d of %d", length, offset, len(b))
	}
	for _, name := range []string{"LEFEVRE", "PC-DEVIS", "PC-DEVIS.lefevre.local"} {
		if !bytes.Contains(b, utf16le(name)) {
			t.Errorf("%s is not told", name)
		}
	}
}

func TestNodeStatusTellsNameAndMAC(t *testing.T) {
	t.Parallel()
	d := testSite(t).byName["PC-DEVIS"]
	ask := append(unhex(t, "80f0 0010 0001 0000 0000 0000 20 434b"), bytes.Repeat([]byte("A"), 30)...)
	ask = append(ask, 0, 0, 0x21, 0, 1)
	got := d.udp[0].answer(d, ask)
	if !bytes.Contains(got, []byte("PC-DEVIS       \x00")) || !bytes.Contains(got, macBytes(d.mac)) {
		t.Errorf("got %q", got)
	}
	for n := range ask {
		if d.udp[0].answer(d, ask[:n]) != nil && n < len(ask)-1 {
			t.Errorf("answered %d bytes of %d", n, len(ask))
		}
	}
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	n := open(t, 7, "SRV-GED", "IMP-ATELIER", "PC-DEVIS")
	for _, tc := range []struct {
		device  string
		port    uint16
		subject string
		expired bool
	}{
		{"SRV-GED", 443, "ged.lefevre.local", true},
		{"IMP-ATELIER", 443, "BRN30055C4EB219", true},
		{"PC-DEVIS", 3389, "PC-DEVIS.lefevre.local", false},
	} {
		d, _ := n.Device(tc.device)
		dialer := tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true}} // what is shown is the question
		conn, err := dialer.DialContext(t.Context(), "tcp", netip.AddrPortFrom(d.Address, n.Port(tc.port)).String())
		if err != nil {
			t.Fatal(err)
		}
		shown := conn.(*tls.Conn).ConnectionState().PeerCertificates[0]
		if shown.Subject.CommonName != tc.subject || time.Now().After(shown.NotAfter) != tc.expired {
			t.Errorf("%s shows %s until %s", tc.device, shown.Subject, shown.NotAfter)
		}
		_ = conn.Close()
	}
}

func TestOldTLSIsSpokenWhereItIsPromised(t *testing.T) {
	t.Parallel()
	n := open(t, 8, "IMP-ATELIER", "COPIEUR")
	for device, want := range map[string]bool{"IMP-ATELIER": true, "COPIEUR": false} {
		d, _ := n.Device(device)
		dialer := tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10}}
		conn, err := dialer.DialContext(t.Context(), "tcp", netip.AddrPortFrom(d.Address, n.Port(443)).String())
		if (err == nil) != want {
			t.Errorf("%s: TLS 1.0 gives %v", device, err)
		}
		if conn != nil {
			_ = conn.Close()
		}
	}
}

// FuzzServices says anything to every service: none may panic, and none may
// answer without measure.
func FuzzServices(f *testing.F) {
	f.Add([]byte("GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"))
	f.Add([]byte("OPTIONS sip:x SIP/2.0\r\nVia: \r\n\r\n"))
	f.Add(smb1Hello)
	f.Add([]byte("\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x0b\x00\x00\x00\x16\x03\x01"))
	f.Add([]byte("\x00\x00\x00\x66\xfeSMB"))
	f.Add([]byte("\x30\x84\x00\x00\x00\x01\x02"))
	f.Add([]byte("\x12\x01\xff\xff\x00\x00\x00\x00"))
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	s, err := newSite(netip.MustParseAddr("127.77.10.0"), nil, func() time.Time { return now })
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		for _, d := range s.devices {
			for _, one := range d.tcp {
				conn := &script{in: bytes.NewReader(said)}
				one.serve(&conversation{Conn: conn, device: d, ends: now.Add(time.Hour)})
				if conn.out.Len() > 4096+200*len(said) {
					t.Fatalf("%s:%d answers %d bytes to %d", d.name, one.port, conn.out.Len(), len(said))
				}
			}
			for _, one := range d.udp {
				_ = one.answer(d, said)
			}
		}
	})
}
