package snmp

import (
	"math"
	"strings"

	"github.com/gosnmp/gosnmp"
)

// Varbind is one object as an agent gave it. It has the same fields as the
// Varbind of scanner/profile, so that one converts to the other.
type Varbind struct {
	OID    string // dotted, without a leading dot
	Tag    byte   // BER tag
	Text   string // octets exactly as they came; an OID or an address in its dotted form
	Number int64  // integers, counters, gauges and ticks; cut to what an int64 holds
}

// Absent tells that the agent has no such object.
func (v Varbind) Absent() bool {
	return v.Tag == 0 || v.Tag == byte(gosnmp.Null) || v.Tag >= byte(gosnmp.NoSuchObject)
}

// maxValue is the longest value, in bytes, kept of one object.
const maxValue = 64 << 10

func varbind(pdu gosnmp.SnmpPDU) Varbind {
	v := Varbind{OID: strings.TrimPrefix(pdu.Name, "."), Tag: byte(pdu.Type)}
	switch value := pdu.Value.(type) {
	case []byte:
		v.Text = string(value[:min(len(value), maxValue)])
	case string:
		v.Text = strings.TrimPrefix(value, ".")
	case int:
		v.Number = int64(value)
	case int64:
		v.Number = value
	case uint:
		v.Number = clamp(uint64(value))
	case uint32:
		v.Number = int64(value)
	case uint64:
		v.Number = clamp(value)
	case float32, float64:
		v.Tag = byte(gosnmp.Opaque)
	}
	return v
}

func clamp(n uint64) int64 { return int64(min(n, math.MaxInt64)) }

// compareOID orders dotted OIDs by their arcs, as agents do.
func compareOID(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		if x == y {
			continue
		}
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		return strings.Compare(x, y)
	}
	return len(a) - len(b)
}

// under tells that an OID stands below a root, on whole arcs.
func under(oid, root string) bool {
	return len(oid) > len(root)+1 && oid[len(root)] == '.' && strings.HasPrefix(oid, root)
}
