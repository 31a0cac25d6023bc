package lab

// system is SNMPv2-MIB's system group.
type system struct{}

func (system) write(t *tree, d *device) {
	s := d.snmp
	services := s.services
	if services == 0 {
		services = 72
	}
	t.put("1.3.6.1.2.1.1.1.0", text(s.descr))
	t.put("1.3.6.1.2.1.1.2.0", object(newOID(s.object)))
	t.put("1.3.6.1.2.1.1.3.0", value{live: func() []byte { return ticksOf(d.site.since(s.upDays)) }})
	t.put("1.3.6.1.2.1.1.4.0", text(s.contact))
	t.put("1.3.6.1.2.1.1.5.0", text(d.sysName()))
	t.put("1.3.6.1.2.1.1.6.0", text(s.location))
	t.put("1.3.6.1.2.1.1.7.0", number(services))
}

// engine is SNMP-FRAMEWORK-MIB's snmpEngine group, with an engine id made of
// the maker's enterprise number and the device's MAC (RFC 3411, format 3).
type engine struct{ enterprise uint32 }

func (e engine) write(t *tree, d *device) {
	id := []byte{0x80 | byte(e.enterprise>>24), byte(e.enterprise >> 16), byte(e.enterprise >> 8), byte(e.enterprise), 3}
	t.put("1.3.6.1.6.3.10.2.1.1.0", octets(append(id, macBytes(d.mac)...)...))
	t.put("1.3.6.1.6.3.10.2.1.2.0", number(12))
	t.put("1.3.6.1.6.3.10.2.1.3.0", value{live: func() []byte {
		return berInt(tagInteger, int64(d.site.since(d.snmp.upDays).Seconds()))
	}})
	t.put("1.3.6.1.6.3.10.2.1.4.0", number(1500))
}
