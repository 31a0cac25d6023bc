package scanner

import (
	"encoding/binary"
	"errors"
	"strings"
)

// The record types that multicast DNS answers hold for us.
const (
	dnsPTR = 12
	dnsTXT = 16
	dnsSRV = 33
)

const maxRecords = 256

// dnsRecord is one record of an answer, whichever section it stands in.
type dnsRecord struct {
	name   string
	kind   uint16
	target string   // of PTR and SRV
	texts  []string // of TXT
}

var errDNS = errors.New("malformed DNS message")

// dnsQuery makes a query for records of the given names and type.
func dnsQuery(kind uint16, names ...string) []byte {
	b := []byte{0x70, 0x61, 0, 0, 0, byte(len(names)), 0, 0, 0, 0, 0, 0}
	for _, name := range names {
		for label := range strings.SplitSeq(strings.TrimSuffix(name, "."), ".") {
			if label = label[:min(len(label), 63)]; label != "" {
				b = append(append(b, byte(len(label))), label...)
			}
		}
		b = binary.BigEndian.AppendUint16(append(b, 0), kind)
		b = binary.BigEndian.AppendUint16(b, 1)
	}
	return b
}

// parseDNS reads the records of a response.
func parseDNS(b []byte) ([]dnsRecord, error) {
	if len(b) < 12 || b[2]&0x80 == 0 {
		return nil, errDNS
	}
	questions := int(binary.BigEndian.Uint16(b[4:]))
	records := int(binary.BigEndian.Uint16(b[6:])) + int(binary.BigEndian.Uint16(b[8:])) + int(binary.BigEndian.Uint16(b[10:]))
	at := 12
	for range min(questions, maxRecords) {
		_, next, err := dnsName(b, at)
		if err != nil {
			return nil, err
		}
		at = next + 4
	}
	var out []dnsRecord
	for range min(records, maxRecords) {
		name, next, err := dnsName(b, at)
		if err != nil || len(b) < next+10 {
			return out, errDNS
		}
		r := dnsRecord{name: name, kind: binary.BigEndian.Uint16(b[next:])}
		size := int(binary.BigEndian.Uint16(b[next+8:]))
		start := next + 10
		if at = start + size; at > len(b) {
			return out, errDNS
		}
		switch r.kind {
		case dnsPTR:
			r.target, _, err = dnsName(b, start)
		case dnsSRV:
			if size > 6 {
				r.target, _, err = dnsName(b, start+6)
			}
		case dnsTXT:
			r.texts = dnsTexts(b[start:at])
		}
		if err != nil {
			return out, err
		}
		out = append(out, r)
	}
	return out, nil
}

// dnsName reads a name, which may point to parts of others before it, and
// gives where the text behind it starts.
func dnsName(b []byte, at int) (name string, next int, err error) {
	var labels []string
	size := 0
	for jumps := 0; ; {
		if at >= len(b) {
			return "", 0, errDNS
		}
		n := int(b[at])
		switch {
		case n == 0:
			if jumps == 0 {
				next = at + 1
			}
			return strings.Join(labels, "."), next, nil
		case n&0xc0 == 0xc0:
			if at+1 >= len(b) {
				return "", 0, errDNS
			}
			if jumps == 0 {
				next = at + 2
			}
			if jumps++; jumps > 32 {
				return "", 0, errDNS
			}
			at = (n&0x3f)<<8 | int(b[at+1])
		case n > 63 || at+1+n > len(b):
			return "", 0, errDNS
		default:
			if size += n + 1; size > 255 {
				return "", 0, errDNS
			}
			labels = append(labels, string(b[at+1:at+1+n]))
			at += 1 + n
		}
	}
}

func dnsTexts(b []byte) []string {
	var out []string
	for len(b) > 0 {
		n := int(b[0])
		if len(b) < 1+n {
			break
		}
		if n > 0 {
			out = append(out, string(b[1:1+n]))
		}
		b = b[1+n:]
	}
	return out
}
