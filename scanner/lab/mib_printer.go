package lab

// supply is one row of Printer-MIB's prtMarkerSuppliesTable. Level is in
// percent, or one of the MIB's special values (-2 unknown, -3 some remains).
type supply struct {
	name   string
	kind   int64 // PrtMarkerSuppliesTypeTC: 3 toner, 4 waste toner, 9 drum, 15 fuser …
	level  int64
	colour string
}

// The kinds of supplies.
const (
	supplyToner      = 3
	supplyWasteToner = 4
	supplyDrum       = 9
	supplyFuser      = 15
	supplyBelt       = 20 // transfer unit
)

// printer is Printer-MIB (RFC 3805) and the printer's row of
// HOST-RESOURCES-MIB.
type printer struct {
	model    string // hrDeviceDescr
	serial   string // prtGeneralSerialNumber
	pages    uint64 // prtMarkerLifeCount
	supplies []supply
	console  string
	state    int64 // hrPrinterStatus: 3 idle, 4 printing; 0 is idle
}

var (
	prtGeneralEntry  = newOID("1.3.6.1.2.1.43.5.1.1")
	prtMarkerEntry   = newOID("1.3.6.1.2.1.43.10.2.1")
	prtSuppliesEntry = newOID("1.3.6.1.2.1.43.11.1.1")
	prtColorantEntry = newOID("1.3.6.1.2.1.43.12.1.1")
	prtConsoleEntry  = newOID("1.3.6.1.2.1.43.16.5.1")
	hrDeviceEntry    = newOID("1.3.6.1.2.1.25.3.2.1")
	hrPrinterEntry   = newOID("1.3.6.1.2.1.25.3.5.1")
)

func (p printer) write(t *tree, d *device) {
	state := p.state
	if state == 0 {
		state = 3
	}
	t.row(hrDeviceEntry, oid{1}, map[uint32]value{
		1: number(1), 2: object(newOID("1.3.6.1.2.1.25.3.1.5")), 3: text(p.model),
		4: object(oid{0, 0}), 5: number(2), 6: counter(0),
	})
	t.row(hrPrinterEntry, oid{1}, map[uint32]value{1: number(state), 2: octets(0)})
	t.row(prtGeneralEntry, oid{1}, map[uint32]value{
		1: counter(1), 16: text(d.sysName()), 17: text(p.serial),
	})
	t.row(prtMarkerEntry, oid{1, 1}, map[uint32]value{
		2: number(4), 3: number(7), 4: counter(p.pages), 5: counter(p.pages % 211),
	})
	t.row(prtConsoleEntry, oid{1, 1}, map[uint32]value{2: text(p.console)})
	for i, s := range p.supplies {
		row := uint32(i + 1)
		t.row(prtSuppliesEntry, oid{1, row}, map[uint32]value{
			2: number(1), 3: number(int64(row)), 4: number(s.class()), 5: number(s.kind), 6: text(s.name),
			7: number(19), 8: number(100), 9: number(s.level),
		})
		if s.colour != "" {
			t.row(prtColorantEntry, oid{1, row}, map[uint32]value{2: number(1), 3: number(3), 4: text(s.colour), 5: number(2)})
		}
	}
}

// class is PrtMarkerSuppliesClassTC: what is used up, or what fills.
func (s supply) class() int64 {
	if s.kind == supplyWasteToner {
		return 4
	}
	return 3
}
