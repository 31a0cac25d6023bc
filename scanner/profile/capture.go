package profile

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"parc/inventory"
)

// Capture is a device as a file tells it: every object it has, in order.
type Capture struct {
	objects []Varbind
	faults  []string
}

// Faults gives what is wrong with lines that were passed over, the first few of
// them: captures that went through people's hands have such lines.
func (c *Capture) Faults() []string { return c.faults }

// The limits of a capture file.
const (
	maxCaptureLine    = 1 << 20
	maxCaptureObjects = 1 << 20
	maxCaptureFaults  = 20
)

// ReadCapture reads a .snmprec file: one object a line, "OID|type|value", where
// type is the tag in decimal, with an x behind it when the value is in
// hexadecimal. Lines that are no object are passed over and told by Faults; a
// file without any object is Invalid.
func ReadCapture(r io.Reader) (*Capture, error) {
	c := &Capture{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), maxCaptureLine)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		v, err := captureLine(line)
		if err != nil {
			if len(c.faults) < maxCaptureFaults {
				c.faults = append(c.faults, fmt.Sprintf("line %d: %v", n, err))
			}
			continue
		}
		if c.objects = append(c.objects, v); len(c.objects) > maxCaptureObjects {
			return nil, inventory.Errorf(inventory.LimitReached, "capture: more than %d objects", maxCaptureObjects)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, inventory.Errorf(inventory.Invalid, "capture: %w", err)
	}
	if len(c.objects) == 0 && len(c.faults) > 0 {
		return nil, inventory.Errorf(inventory.Invalid, "capture: no line is an object: %s", c.faults[0])
	}
	sortVarbinds(c.objects)
	c.objects = slices.CompactFunc(c.objects, func(a, b Varbind) bool { return a.OID == b.OID })
	return c, nil
}

func captureLine(line string) (Varbind, error) {
	fields := strings.SplitN(line, "|", 3)
	if len(fields) != 3 {
		return Varbind{}, fmt.Errorf("%q is not OID|type|value", inventory.CleanTo(line, 40))
	}
	v := Varbind{OID: strings.TrimPrefix(strings.TrimSpace(fields[0]), ".")}
	if !validOID(v.OID) {
		return Varbind{}, fmt.Errorf("%q is no OID", inventory.CleanTo(fields[0], 40))
	}
	kind, value := fields[1], fields[2]
	if bare, isHex := strings.CutSuffix(kind, "x"); isHex {
		raw, err := hex.DecodeString(strings.TrimSpace(value))
		if err != nil {
			return Varbind{}, fmt.Errorf("value of %s: %w", v.OID, err)
		}
		kind, value = bare, string(raw)
	}
	kind = strings.TrimSuffix(kind, "e")
	tag, err := strconv.ParseUint(kind, 10, 8)
	if err != nil {
		return Varbind{}, fmt.Errorf("%q is no type", inventory.CleanTo(kind, 20))
	}
	v.Tag = byte(tag)
	return v, v.set(value)
}

// set fills a value in from its text, as its tag demands.
func (v *Varbind) set(value string) error {
	switch v.Tag {
	case TagInteger, TagCounter32, TagGauge, TagTicks, TagCounter64:
		value = strings.TrimSpace(value)
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			if _, uerr := strconv.ParseUint(value, 10, 64); uerr != nil {
				return fmt.Errorf("value of %s: %q is no number", v.OID, inventory.CleanTo(value, 20))
			}
			n = 1<<63 - 1
		}
		v.Number = n
	case TagOID:
		v.Text = strings.TrimPrefix(strings.TrimSpace(value), ".")
	case TagAddress:
		if a, ok := netip.AddrFromSlice([]byte(value)); ok && a.Is4() {
			value = a.String()
		}
		v.Text = strings.TrimSpace(value)
	default:
		v.Text = value
	}
	return nil
}

// Answer gives what the device would answer.
func (c *Capture) Answer(ask Ask) Reply {
	var r Reply
	for _, oid := range ask.Get {
		if at, found := c.find(oid); found {
			r.Get = append(r.Get, c.objects[at])
		}
	}
	for _, oid := range ask.Next {
		at, found := c.find(oid)
		if found {
			at++
		}
		v := Varbind{OID: oid, Tag: TagEndOfView}
		if at < len(c.objects) {
			v = c.objects[at]
		}
		r.Next = append(r.Next, v)
	}
	for _, column := range ask.Walk {
		at, _ := c.find(column.Root)
		var rows []Varbind
		for ; at < len(c.objects) && len(rows) < column.Rows && within(c.objects[at].OID, column.Root); at++ {
			rows = append(rows, c.objects[at])
		}
		r.Walk = append(r.Walk, rows)
	}
	return r
}

func (c *Capture) find(oid string) (int, bool) {
	return slices.BinarySearchFunc(c.objects, oid, func(v Varbind, oid string) int { return CompareOID(v.OID, oid) })
}

// InquireCapture asks a capture all that a device would be asked.
func (s *Set) InquireCapture(c *Capture, depth inventory.Depth) *Inquiry {
	q := s.Inquire(Given{SNMP: true}, depth)
	for ask := q.Next(); !ask.Empty(); ask = q.Next() {
		q.Add(ask, c.Answer(ask))
	}
	return q
}
