package profile

import (
	"slices"
	"strings"
)

// The BER tags of SNMP values, as they stand on the wire.
const (
	TagInteger    byte = 0x02
	TagOctets     byte = 0x04
	TagNull       byte = 0x05
	TagOID        byte = 0x06
	TagAddress    byte = 0x40
	TagCounter32  byte = 0x41
	TagGauge      byte = 0x42
	TagTicks      byte = 0x43
	TagOpaque     byte = 0x44
	TagCounter64  byte = 0x46
	TagNoObject   byte = 0x80
	TagNoInstance byte = 0x81
	TagEndOfView  byte = 0x82
)

// Varbind is one object as an agent gave it.
type Varbind struct {
	OID    string // dotted, without a leading dot
	Tag    byte   // BER tag: one of the Tag constants
	Text   string // octets exactly as they came; an OID or an address in its dotted form
	Number int64  // integers, counters, gauges and ticks; cut to what an int64 holds
}

// Absent tells that the agent has no such object.
func (v Varbind) Absent() bool {
	return v.Tag == 0 || v.Tag == TagNull || v.Tag >= TagNoObject
}

// Numeric tells that Number carries the value.
func (v Varbind) Numeric() bool {
	switch v.Tag {
	case TagInteger, TagCounter32, TagGauge, TagTicks, TagCounter64:
		return true
	}
	return false
}

// Ask is what to ask a device next: instances by GET, whether anything stands
// under a node by one GETNEXT each, and columns by walking.
type Ask struct {
	Get  []string
	Next []string
	Walk []Column
}

// Column is a subtree to walk, and after how many objects to stop.
type Column struct {
	Root string
	Rows int
}

// Empty tells that there is nothing to ask.
func (a Ask) Empty() bool { return len(a.Get) == 0 && len(a.Next) == 0 && len(a.Walk) == 0 }

// Reply is what a device answered to an Ask. Get holds the objects in any
// order, absent ones may be left out; Next and Walk stand in the order asked,
// shorter when the device answered only some.
type Reply struct {
	Get  []Varbind
	Next []Varbind
	Walk [][]Varbind
}

// Answers holds what is known of a device's objects, and what was asked and
// is not there.
type Answers struct {
	scalars map[string]Varbind
	nexts   map[string]Varbind
	after   map[string]Varbind // as nexts, wherever the object stands
	columns map[string]column
}

type column struct {
	rows  []Varbind
	limit int  // how many rows were asked for
	whole bool // the column ended before the limit
}

func newAnswers() *Answers {
	return &Answers{scalars: map[string]Varbind{}, nexts: map[string]Varbind{}, after: map[string]Varbind{}, columns: map[string]column{}}
}

// MaxWalk is how many objects of one column are kept at most, whatever a
// profile asks for.
const MaxWalk = 20000

func (a *Answers) add(ask Ask, reply Reply) {
	for _, oid := range ask.Get {
		if _, known := a.scalars[oid]; !known {
			a.scalars[oid] = Varbind{OID: oid}
		}
	}
	for _, v := range reply.Get {
		if !v.Absent() {
			a.scalars[v.OID] = v
		}
	}
	for i, oid := range ask.Next {
		v := Varbind{}
		if i < len(reply.Next) {
			a.after[oid] = reply.Next[i]
			if under(reply.Next[i].OID, oid) {
				v = reply.Next[i]
			}
		}
		a.nexts[oid] = v
	}
	for i, c := range ask.Walk {
		col := column{limit: c.Rows, whole: true}
		if i < len(reply.Walk) {
			for _, v := range reply.Walk[i] {
				if !v.Absent() && under(v.OID, c.Root) && len(col.rows) < MaxWalk {
					col.rows = append(col.rows, v)
				}
			}
			col.whole = len(reply.Walk[i]) < c.Rows
		}
		a.columns[c.Root] = col
	}
}

// rows gives the objects under a root that was walked.
func (a *Answers) rows(root string) []Varbind { return a.columns[root].rows }

// cell gives the object of a walked column that has the index.
func (a *Answers) cell(root, index string) Varbind {
	want := root + "." + index
	rows := a.columns[root].rows
	for _, v := range rows {
		if v.OID == want {
			return v
		}
	}
	return Varbind{}
}

// table gives a walked column by index.
func (a *Answers) table(root string) map[string]Varbind {
	rows := a.columns[root].rows
	byIndex := make(map[string]Varbind, len(rows))
	for _, v := range rows {
		byIndex[v.OID[len(root)+1:]] = v
	}
	return byIndex
}

// under tells that an OID stands below a root, on whole arcs.
func under(oid, root string) bool {
	return len(oid) > len(root)+1 && oid[len(root)] == '.' && strings.HasPrefix(oid, root)
}

// within is under, or the root itself.
func within(oid, root string) bool { return oid == root || under(oid, root) }

// CompareOID orders dotted OIDs by their arcs, as agents do.
func CompareOID(a, b string) int {
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

func sortVarbinds(vs []Varbind) {
	slices.SortStableFunc(vs, func(x, y Varbind) int { return CompareOID(x.OID, y.OID) })
}

// validOID tells that s is a dotted OID of at least two arcs within SNMP's limits.
func validOID(s string) bool {
	arcs := 0
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || len(part) > 10 || (len(part) > 1 && part[0] == '0') {
			return false
		}
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				return false
			}
		}
		if arcs++; arcs > 128 {
			return false
		}
	}
	return arcs >= 2
}
