package snmp

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/gosnmp/gosnmp"

	"parc/inventory"
)

// template is a request that is sent to many addresses: only its ids change.
type template struct {
	octets []byte
	ids    []int // where the four octets of each id stand
}

// marker is the id that a template is made with; like all ids sent it takes
// four octets.
const marker = 0x5ba71c63

// newTemplate makes the request that a credential sends first: the objects by
// GET, or, for v3, the question for the engine id.
func newTemplate(v gosnmp.SnmpVersion, c inventory.Credential, oids []string) (template, error) {
	p := &gosnmp.SnmpPacket{Version: v, Community: c.Secret.Reveal(), PDUType: gosnmp.GetRequest, RequestID: marker}
	if v == gosnmp.Version3 {
		p.MsgID, p.MsgFlags, p.SecurityModel = marker, gosnmp.Reportable|gosnmp.NoAuthNoPriv, gosnmp.UserSecurityModel
		p.SecurityParameters = &gosnmp.UsmSecurityParameters{}
		p.Community = ""
	} else {
		if len(p.Community) > 127 {
			return template{}, inventory.Errorf(inventory.Invalid, "credential %s: the community is longer than 127 bytes", c.Name)
		}
		for _, oid := range oids {
			p.Variables = append(p.Variables, gosnmp.SnmpPDU{Name: oid, Type: gosnmp.Null})
		}
	}
	octets, err := p.MarshalMsg()
	if err != nil {
		return template{}, fmt.Errorf("make the request of credential %s: %w", c.Name, err)
	}
	t := template{octets: octets}
	want := binary.BigEndian.AppendUint32([]byte{0x02, 4}, marker)
	for at := 0; ; {
		i := bytes.Index(octets[at:], want)
		if i < 0 {
			break
		}
		t.ids = append(t.ids, at+i+2)
		at += i + len(want)
	}
	if len(t.ids) == 0 {
		return template{}, fmt.Errorf("make the request of credential %s: the id is not where it should be", c.Name)
	}
	return t, nil
}

// with writes the id into the template's own octets and gives them: they are
// to be sent before the next call.
func (t *template) with(id uint32) []byte {
	for _, at := range t.ids {
		binary.BigEndian.PutUint32(t.octets[at:], id)
	}
	return t.octets
}

// message is what a packet from the network says.
type message struct {
	id       uint32
	report   bool // a v3 report: the answer to the question for the engine id
	engineID string
	failed   bool // the agent answered with an error status
	vars     []Varbind
}

// parse reads a packet from the network; any octets may come.
func parse(octets []byte) (m message, err error) {
	defer func() {
		// The decoder is not ours: what it trips over is a bad packet, not our end.
		if r := recover(); r != nil {
			err = fmt.Errorf("decode: %v", r)
		}
	}()
	decoder := gosnmp.GoSNMP{Version: gosnmp.Version2c}
	p, err := decoder.SnmpDecodePacket(octets)
	if err != nil {
		return message{}, err
	}
	m = message{id: p.RequestID, report: p.PDUType == gosnmp.Report, failed: p.Error != gosnmp.NoError}
	if p.Version == gosnmp.Version3 {
		m.id = p.MsgID
		if usm, ok := p.SecurityParameters.(*gosnmp.UsmSecurityParameters); ok {
			m.engineID = usm.AuthoritativeEngineID
		}
	}
	if !m.report && p.PDUType != gosnmp.GetResponse {
		return message{}, fmt.Errorf("decode: a %v is no answer", p.PDUType)
	}
	for _, pdu := range p.Variables {
		m.vars = append(m.vars, varbind(pdu))
	}
	return m, nil
}
