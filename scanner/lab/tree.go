package lab

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oid is an object identifier, arc by arc.
type oid []uint32

// newOID reads a dotted identifier. It is for identifiers that stand in this
// package's own tables: a wrong one is a mistake of ours and shows in tests.
func newOID(dotted string) oid {
	var o oid
	for _, part := range strings.Split(strings.TrimPrefix(dotted, "."), ".") {
		arc, err := strconv.ParseUint(part, 10, 32)
		if err != nil {
			panic(fmt.Sprintf("lab: %q is no object identifier", dotted))
		}
		o = append(o, uint32(arc))
	}
	return o
}

// child gives the identifier with further arcs.
func (o oid) child(arcs ...uint32) oid { return slices.Concat(o, arcs) }

// value is one encoded SNMP value, or one that is made when it is asked for.
type value struct {
	encoded []byte
	live    func() []byte
}

func (v value) bytes() []byte {
	if v.live != nil {
		return v.live()
	}
	return v.encoded
}

// The kinds of values.
func text(s string) value         { return value{encoded: tlv(tagOctets, []byte(s))} }
func octets(b ...byte) value      { return value{encoded: tlv(tagOctets, b)} }
func number(n int64) value        { return value{encoded: berInt(tagInteger, n)} }
func gauge(n uint64) value        { return value{encoded: berUint(tagGauge32, min(n, 1<<32-1))} }
func counter(n uint64) value      { return value{encoded: berUint(tagCounter32, n&(1<<32-1))} }
func counter64(n uint64) value    { return value{encoded: berUint(tagCounter64, n)} }
func ticks(d time.Duration) value { return value{encoded: ticksOf(d)} }
func object(o oid) value          { return value{encoded: berOID(o)} }
func ipv4(a netip.Addr) value     { return value{encoded: tlv(tagIPAddress, a.AsSlice())} }
func mac(m string) value          { return octets(macBytes(m)...) }

// ticksOf gives a duration as TimeTicks: hundredths of a second, modulo 2^32.
func ticksOf(d time.Duration) []byte {
	return berUint(tagTimeTicks, uint64(d/(10*time.Millisecond))&(1<<32-1))
}

// dateAndTime is SNMPv2-TC's DateAndTime, in UTC.
func dateAndTime(t time.Time) value {
	t = t.UTC()
	return octets(byte(t.Year()>>8), byte(t.Year()), byte(t.Month()), byte(t.Day()),
		byte(t.Hour()), byte(t.Minute()), byte(t.Second()), 0, '+', 0, 0)
}

// macBytes reads a colon-separated MAC of this package's tables.
func macBytes(m string) []byte {
	var b []byte
	for _, part := range strings.Split(m, ":") {
		octet, err := strconv.ParseUint(part, 16, 8)
		if err != nil {
			panic(fmt.Sprintf("lab: %q is no MAC address", m))
		}
		b = append(b, byte(octet))
	}
	return b
}

// tree is what an agent knows, in the order of object identifiers.
type tree struct {
	objects []treeObject
	sorted  bool
}

type treeObject struct {
	name  oid
	value value
}

// set adds an object. Parts may write in any order; seal sorts.
func (t *tree) set(name oid, v value) { t.objects = append(t.objects, treeObject{name, v}) }

// put adds an object by its dotted name.
func (t *tree) put(dotted string, v value) { t.set(newOID(dotted), v) }

// row adds columns of one conceptual row: entry.column.index…
func (t *tree) row(entry oid, index oid, columns map[uint32]value) {
	for column, v := range columns {
		t.set(entry.child(column).child(index...), v)
	}
}

// seal sorts the objects; of two with one name the later one written counts.
func (t *tree) seal() {
	slices.SortStableFunc(t.objects, func(a, b treeObject) int { return slices.Compare(a.name, b.name) })
	kept := t.objects[:0]
	for i, o := range t.objects {
		if i+1 < len(t.objects) && slices.Equal(o.name, t.objects[i+1].name) {
			continue
		}
		kept = append(kept, o)
	}
	t.objects = kept
	t.sorted = true
}

// find gives the position of the first object not before name, and whether it
// is that very object.
func (t *tree) find(name oid) (int, bool) {
	return slices.BinarySearchFunc(t.objects, name, func(o treeObject, n oid) int {
		return slices.Compare(o.name, n)
	})
}

// get gives the object of that name.
func (t *tree) get(name oid) (treeObject, bool) {
	i, found := t.find(name)
	if !found {
		return treeObject{}, false
	}
	return t.objects[i], true
}

// after gives the first object after name.
func (t *tree) after(name oid) (treeObject, bool) {
	i, found := t.find(name)
	if found {
		i++
	}
	if i >= len(t.objects) {
		return treeObject{}, false
	}
	return t.objects[i], true
}

// knows tells whether the object type of name exists at all, for the difference
// between noSuchObject and noSuchInstance: something lies beside it under the
// same parent.
func (t *tree) knows(name oid) bool {
	if len(name) == 0 {
		return false
	}
	parent := name[:len(name)-1]
	i, _ := t.find(parent)
	return i < len(t.objects) && len(t.objects[i].name) > len(parent) &&
		slices.Equal(t.objects[i].name[:len(parent)], parent)
}
