package lab

import (
	"encoding/binary"
	"io"
	"slices"
)

// mssql is Microsoft SQL Server as far as its PRELOGIN answer, which tells its
// version (MS-TDS 2.2.6.5).
func mssql(number uint16, major, minor byte, build uint16) service {
	return service{number, func(c *conversation) {
		header := make([]byte, 8)
		if _, err := io.ReadFull(c, header); err != nil || header[0] != 0x12 {
			return
		}
		size := int(binary.BigEndian.Uint16(header[2:])) - len(header)
		if size < 0 || size > maxLine {
			return
		}
		if _, err := io.CopyN(io.Discard, c, int64(size)); err != nil {
			return
		}
		options := []byte{0, 0, 21, 0, 6, 1, 0, 27, 0, 1, 2, 0, 28, 0, 1, 3, 0, 29, 0, 0, 0xff}
		body := slices.Concat(options, []byte{major, minor})
		body = binary.BigEndian.AppendUint16(body, build)
		body = append(body, 0, 0, 2, 0) // sub-build; encryption not supported; instance
		reply := []byte{4, 1}
		reply = binary.BigEndian.AppendUint16(reply, uint16(len(body)+8))
		c.send(append(append(reply, 0, 0, 1, 0), body...))
		c.hold()
	}}
}

// mysql is MySQL's or MariaDB's greeting (protocol version 10), which tells its
// version; whatever follows is refused.
func mysql(number uint16, version string) service {
	return service{number, func(c *conversation) {
		body := append([]byte{10}, version...)
		body = append(body, 0)
		body = binary.LittleEndian.AppendUint32(body, 4711)
		body = append(body, "Zk3$mQ9w\x00\xff\xf7\x2d\x02\x00\xff\x81\x15\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00Xy8@pLr5Tn2#\x00mysql_native_password\x00"...)
		c.send(append([]byte{byte(len(body)), byte(len(body) >> 8), 0, 0}, body...))
		c.hold()
	}}
}

// ldap is a domain controller's directory as far as its root entry, which
// anybody may read (RFC 4512, section 5.1).
func ldap(number uint16) service {
	return service{number, func(c *conversation) {
		buffer := make([]byte, maxLine)
		for {
			n, err := c.Read(buffer)
			if err != nil {
				return
			}
			whole := berReader{buffer[:n]}
			message, err := whole.expect(tagSequence)
			if err != nil {
				return
			}
			r := berReader{message}
			id, err := r.int()
			if err != nil {
				return
			}
			switch kind, _, err := r.next(); {
			case err != nil || kind == 0x42: // unbind
				return
			case kind == 0x60: // bind: anonymous is welcome
				c.send(ldapMessage(id, 0x61))
			case kind == 0x63: // search: the root entry, whatever was asked
				c.send(append(ldapEntry(id, c.device), ldapMessage(id, 0x65)...))
			default:
				return
			}
		}
	}}
}

// kerberos is a domain controller's Kerberos as far as refusing a realm that
// is not its own (RFC 4120, section 5.9.1: KDC_ERR_WRONG_REALM).
func kerberos(number uint16) service {
	return service{number, func(c *conversation) {
		header := make([]byte, 4)
		if _, err := io.ReadFull(c, header); err != nil || binary.BigEndian.Uint32(header) > maxLine {
			return
		}
		if _, err := io.CopyN(io.Discard, c, int64(binary.BigEndian.Uint32(header))); err != nil {
			return
		}
		name := func(s string) []byte { return tlv(0x1b, []byte(s)) }
		now := c.device.site.now().UTC()
		reply := tlv(0x7e, tlv(tagSequence,
			tlv(0xa0, berInt(tagInteger, 5)), tlv(0xa1, berInt(tagInteger, 30)),
			tlv(0xa4, tlv(0x18, []byte(now.Format("20060102150405Z")))),
			tlv(0xa5, berInt(tagInteger, int64(now.Nanosecond()/1000))),
			tlv(0xa6, berInt(tagInteger, 68)), tlv(0xa9, name("NM")),
			tlv(0xaa, tlv(tagSequence, tlv(0xa0, berInt(tagInteger, 0)),
				tlv(0xa1, tlv(tagSequence, name("krbtgt"), name("NM")))))))
		c.send(append(binary.BigEndian.AppendUint32(nil, uint32(len(reply))), reply...))
	}}
}

// ldapMessage is an answer that says success.
func ldapMessage(id int64, kind byte) []byte {
	return long(tagSequence, berInt(tagInteger, id),
		long(kind, []byte{0x0a, 1, 0}, tlv(tagOctets), tlv(tagOctets)))
}

// ldapEntry is the root entry of the company's domain.
func ldapEntry(id int64, d *device) []byte {
	const root = "DC=lefevre,DC=local"
	var attributes []byte
	for _, a := range [][2]string{
		{"currentTime", d.site.now().UTC().Format("20060102150405.0Z")},
		{"subschemaSubentry", "CN=Aggregate,CN=Schema,CN=Configuration," + root},
		{"dsServiceName", "CN=NTDS Settings,CN=" + d.name + ",CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration," + root},
		{"defaultNamingContext", root},
		{"dnsHostName", d.name + "." + domainDNS},
		{"ldapServiceName", domainDNS + ":" + d.name + "$@LEFEVRE.LOCAL"},
		{"domainFunctionality", "7"}, {"forestFunctionality", "7"}, {"domainControllerFunctionality", "7"},
	} {
		attributes = append(attributes, long(tagSequence, tlv(tagOctets, []byte(a[0])),
			long(0x31, tlv(tagOctets, []byte(a[1]))))...)
	}
	return long(tagSequence, berInt(tagInteger, id),
		long(0x64, tlv(tagOctets), long(tagSequence, attributes)))
}

// long encodes an element with a length of four bytes, as Active Directory
// always does.
func long(tag byte, body ...[]byte) []byte {
	out := []byte{tag, 0x84, 0, 0, 0, 0}
	for _, b := range body {
		out = append(out, b...)
	}
	binary.BigEndian.PutUint32(out[2:], uint32(len(out)-6))
	return out
}
