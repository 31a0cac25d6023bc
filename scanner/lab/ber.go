package lab

import (
	"encoding/binary"
	"errors"
)

// The BER tags that SNMP v1 and v2c use (RFC 1157, RFC 3416), and those of
// LDAP and CredSSP that the services here need.
const (
	tagInteger     = 0x02
	tagOctets      = 0x04
	tagNull        = 0x05
	tagOID         = 0x06
	tagSequence    = 0x30
	tagIPAddress   = 0x40
	tagCounter32   = 0x41
	tagGauge32     = 0x42
	tagTimeTicks   = 0x43
	tagCounter64   = 0x46
	tagNoObject    = 0x80
	tagNoInstance  = 0x81
	tagEndOfView   = 0x82
	tagGet         = 0xa0
	tagGetNext     = 0xa1
	tagResponse    = 0xa2
	tagSet         = 0xa3
	tagGetBulk     = 0xa5
	maxOIDArcs     = 128
	maxIntegerSize = 9 // a Counter64 with a leading zero
)

var errBER = errors.New("malformed BER")

// tlv encodes one element.
func tlv(tag byte, body ...[]byte) []byte {
	n := 0
	for _, b := range body {
		n += len(b)
	}
	out := make([]byte, 0, n+6)
	out = append(out, tag)
	switch {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	case n < 0x10000:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x84)
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	for _, b := range body {
		out = append(out, b...)
	}
	return out
}

// berInt encodes a signed number in the fewest bytes, under the given tag.
func berInt(tag byte, v int64) []byte {
	var full [8]byte
	binary.BigEndian.PutUint64(full[:], uint64(v))
	b := full[:]
	for len(b) > 1 && (b[0] == 0 && b[1] < 0x80 || b[0] == 0xff && b[1] >= 0x80) {
		b = b[1:]
	}
	return tlv(tag, b)
}

// berUint encodes an unsigned number: a leading zero keeps it positive.
func berUint(tag byte, v uint64) []byte {
	var full [9]byte
	binary.BigEndian.PutUint64(full[1:], v)
	b := full[:]
	for len(b) > 1 && b[0] == 0 && b[1] < 0x80 {
		b = b[1:]
	}
	return tlv(tag, b)
}

// berOID encodes an object identifier. One of fewer than two arcs has no
// encoding of its own; it is sent as 0.0.
func berOID(o oid) []byte {
	if len(o) < 2 {
		return []byte{tagOID, 1, 0}
	}
	body := appendArc(nil, o[0]*40+o[1])
	for _, arc := range o[2:] {
		body = appendArc(body, arc)
	}
	return tlv(tagOID, body)
}

func appendArc(b []byte, arc uint32) []byte {
	for shift := 28; shift > 0; shift -= 7 {
		if arc>>shift != 0 {
			b = append(b, byte(arc>>shift)|0x80)
		}
	}
	return append(b, byte(arc&0x7f))
}

// berReader takes elements off the front of a foreign message.
type berReader struct{ rest []byte }

// next takes one element off and gives its tag and body. Lengths longer than
// what is there, indefinite lengths and tags of several bytes are errors.
func (r *berReader) next() (tag byte, body []byte, err error) {
	b := r.rest
	if len(b) < 2 || b[0]&0x1f == 0x1f {
		return 0, nil, errBER
	}
	tag, n := b[0], int(b[1])
	b = b[2:]
	if n >= 0x80 {
		size := n & 0x7f
		if size == 0 || size > 4 || len(b) < size {
			return 0, nil, errBER
		}
		n = 0
		for _, c := range b[:size] {
			n = n<<8 | int(c)
		}
		b = b[size:]
	}
	if n < 0 || n > len(b) {
		return 0, nil, errBER
	}
	r.rest = b[n:]
	return tag, b[:n], nil
}

// expect takes one element off, which must have the tag.
func (r *berReader) expect(tag byte) ([]byte, error) {
	got, body, err := r.next()
	if err != nil {
		return nil, err
	}
	if got != tag {
		return nil, errBER
	}
	return body, nil
}

// int takes one INTEGER off.
func (r *berReader) int() (int64, error) {
	body, err := r.expect(tagInteger)
	if err != nil {
		return 0, err
	}
	if len(body) == 0 || len(body) > 8 {
		return 0, errBER
	}
	v := int64(int8(body[0]))
	for _, c := range body[1:] {
		v = v<<8 | int64(c)
	}
	return v, nil
}

// oid takes one OBJECT IDENTIFIER off.
func (r *berReader) oid() (oid, error) {
	body, err := r.expect(tagOID)
	if err != nil {
		return nil, err
	}
	var o oid
	for len(body) > 0 {
		var arc uint64
		i := 0
		for {
			if i == len(body) {
				return nil, errBER
			}
			arc = arc<<7 | uint64(body[i]&0x7f)
			if arc > 1<<32-1 {
				return nil, errBER
			}
			i++
			if body[i-1] < 0x80 {
				break
			}
		}
		body = body[i:]
		if o == nil {
			first := min(arc/40, 2)
			o = oid{uint32(first), uint32(arc - first*40)}
		} else {
			o = append(o, uint32(arc))
		}
		if len(o) > maxOIDArcs {
			return nil, errBER
		}
	}
	return o, nil
}
