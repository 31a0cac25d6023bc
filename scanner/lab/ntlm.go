package lab

import (
	"encoding/binary"
	"strings"
	"time"
	"unicode/utf16"
)

// windows is what a Windows machine tells of itself to whoever starts to sign
// in over NTLM (MS-NLMP): its names, its domain and its build.
type windows struct {
	major, minor byte
	build        uint16
	workgroup    bool // not a member of the company's domain
}

// The company's domain.
const (
	domainNetBIOS = "LEFEVRE"
	domainDNS     = "lefevre.local"
)

// The builds in the company.
var (
	windows10   = windows{major: 10, build: 19045} // 22H2
	windows11b  = windows{major: 10, build: 22631} // 23H2
	windows11c  = windows{major: 10, build: 26100} // 24H2
	windows11d  = windows{major: 10, build: 26200} // 25H2
	server2012  = windows{major: 6, minor: 3, build: 9600}
	server2016  = windows{major: 10, build: 14393}
	ntlmMagic   = []byte("NTLMSSP\x00")
	ntlmTargets = []uint16{2, 1, 4, 3, 5} // in the order in which Windows tells them
)

// challenge is the CHALLENGE_MESSAGE of NTLM. The nonce is always the same:
// nobody is signed in here.
func (w windows) challenge(d *device, now time.Time) []byte {
	const flags = 0xe28a8235 // what Windows sends: Unicode, NTLM, target info, version, 128, 56 …
	names := w.names(d)
	target := utf16le(names[2])
	var info []byte
	for _, kind := range ntlmTargets {
		if names[kind] == "" {
			continue
		}
		value := utf16le(names[kind])
		info = binary.LittleEndian.AppendUint16(info, kind)
		info = binary.LittleEndian.AppendUint16(info, uint16(len(value)))
		info = append(info, value...)
	}
	info = append(info, 7, 0, 8, 0)
	info = binary.LittleEndian.AppendUint64(info, fileTime(now))
	info = append(info, 0, 0, 0, 0)

	const header = 56
	b := append([]byte(nil), ntlmMagic...)
	b = binary.LittleEndian.AppendUint32(b, 2)
	b = appendField(b, len(target), header)
	b = binary.LittleEndian.AppendUint32(b, flags)
	b = append(b, 0x4c, 0x61, 0x62, 0x21, 0x4c, 0x61, 0x62, 0x21) // the nonce
	b = append(b, make([]byte, 8)...)
	b = appendField(b, len(info), header+len(target))
	b = append(b, w.major, w.minor)
	b = binary.LittleEndian.AppendUint16(b, w.build)
	b = append(b, 0, 0, 0, 15)
	return append(append(b, target...), info...)
}

// names gives the machine's names by their kind in MS-NLMP 2.2.2.1.
func (w windows) names(d *device) map[uint16]string {
	computer := strings.ToUpper(d.name)
	if w.workgroup {
		return map[uint16]string{1: computer, 2: computer, 3: d.name, 4: d.name}
	}
	return map[uint16]string{
		1: computer, 2: domainNetBIOS, 3: computer + "." + domainDNS, 4: domainDNS, 5: domainDNS,
	}
}

// group gives the name of the domain or workgroup.
func (w windows) group() string {
	if w.workgroup {
		return "WORKGROUP"
	}
	return domainNetBIOS
}

// appendField appends a length, the same as the room for it, and an offset.
func appendField(b []byte, length, offset int) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(length))
	b = binary.LittleEndian.AppendUint16(b, uint16(length))
	return binary.LittleEndian.AppendUint32(b, uint32(offset))
}

func utf16le(s string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}

// fileTime gives an instant as Windows counts: 100 ns since 1601.
func fileTime(t time.Time) uint64 {
	const between1601And1970 = 11_644_473_600
	return uint64(t.Unix()+between1601And1970)*10_000_000 + uint64(t.Nanosecond()/100)
}
