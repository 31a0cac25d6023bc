package lab

// The classes of ENTITY-MIB's PhysicalClass that the tables use.
const (
	classOther       = 1
	classChassis     = 3
	classContainer   = 5
	classPowerSupply = 6
	classFan         = 7
	classModule      = 9
	classPort        = 10
	classStack       = 11
)

// entity is one row of ENTITY-MIB's entPhysicalTable.
type entity struct {
	index, parent uint32
	class         int64
	position      int64
	name, descr   string
	object        string // entPhysicalVendorType
	hardware      string
	firmware      string
	software      string
	serial        string
	maker         string
	model         string
	fixed         bool // not a field-replaceable unit
}

// entities is ENTITY-MIB's physical table.
type entities []entity

var entPhysicalEntry = newOID("1.3.6.1.2.1.47.1.1.1.1")

func (e entities) write(t *tree, _ *device) {
	for _, one := range e {
		kind, replaceable := one.object, int64(1)
		if kind == "" {
			kind = "0.0"
		}
		if one.fixed {
			replaceable = 2
		}
		t.row(entPhysicalEntry, oid{one.index}, map[uint32]value{
			2: text(one.descr), 3: object(newOID(kind)), 4: number(int64(one.parent)), 5: number(one.class),
			6: number(one.position), 7: text(one.name), 8: text(one.hardware), 9: text(one.firmware),
			10: text(one.software), 11: text(one.serial), 12: text(one.maker), 13: text(one.model),
			14: text(""), 15: text(""), 16: number(replaceable),
		})
	}
}
