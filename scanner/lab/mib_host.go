package lab

import (
	"time"

	"parc/inventory"
)

// host is HOST-RESOURCES-MIB (RFC 2790) of a computer.
type host struct {
	memoryMB   uint64
	processors []string
	volumes    []volume
	software   []title
	processes  []string
	users      uint64
}

// volume is a row of hrStorageTable.
type volume struct {
	name   string
	kind   uint32 // arc of hrStorageTypes: 2 RAM, 3 virtual memory, 4 fixed disk, 7 compact disc
	sizeMB uint64
	usedMB uint64
}

// The kinds of storage.
const (
	storageRAM     = 2
	storageVirtual = 3
	storageDisk    = 4
)

// title is a row of hrSWInstalledTable.
type title struct {
	name string
	kind int64 // 4 application; 0 is that too
	on   inventory.Day
}

var (
	hrStorageEntry   = newOID("1.3.6.1.2.1.25.2.3.1")
	hrStorageTypes   = newOID("1.3.6.1.2.1.25.2.1")
	hrProcessorEntry = newOID("1.3.6.1.2.1.25.3.3.1")
	hrRunEntry       = newOID("1.3.6.1.2.1.25.4.2.1")
	hrInstalledEntry = newOID("1.3.6.1.2.1.25.6.3.1")
)

// storageUnit is the allocation unit told, in bytes.
const storageUnit = 4096

func (h host) write(t *tree, d *device) {
	t.put("1.3.6.1.2.1.25.1.1.0", value{live: func() []byte { return ticksOf(d.site.since(d.snmp.upDays)) }})
	t.put("1.3.6.1.2.1.25.1.2.0", value{live: func() []byte { return dateAndTime(d.site.now()).encoded }})
	t.put("1.3.6.1.2.1.25.1.5.0", gauge(h.users))
	t.put("1.3.6.1.2.1.25.1.6.0", gauge(uint64(len(h.processes))+40))
	t.put("1.3.6.1.2.1.25.2.2.0", number(int64(h.memoryMB*1024)))
	for i, v := range h.volumes {
		t.row(hrStorageEntry, oid{uint32(i + 1)}, map[uint32]value{
			1: number(int64(i + 1)), 2: object(hrStorageTypes.child(v.kind)), 3: text(v.name),
			4: number(storageUnit), 5: number(int64(v.sizeMB << 20 / storageUnit)),
			6: number(int64(v.usedMB << 20 / storageUnit)), 7: counter(0),
		})
	}
	for i, p := range h.processors {
		index := oid{uint32(i + 3)}
		t.row(hrDeviceEntry, index, map[uint32]value{
			1: number(int64(i + 3)), 2: object(newOID("1.3.6.1.2.1.25.3.1.3")), 3: text(p),
			4: object(oid{0, 0}), 5: number(2),
		})
		t.row(hrProcessorEntry, index, map[uint32]value{1: object(oid{0, 0}), 2: number(int64(7*i%40 + 2))})
	}
	for i, name := range h.processes {
		index := uint32(100*i + 4)
		t.row(hrRunEntry, oid{index}, map[uint32]value{
			1: number(int64(index)), 2: text(name), 3: object(oid{0, 0}), 4: text(""), 5: text(""), 6: number(4), 7: number(1),
		})
	}
	for i, s := range h.software {
		s.write(t, uint32(i+1))
	}
}

func (s title) write(t *tree, index uint32) {
	kind := s.kind
	if kind == 0 {
		kind = 4
	}
	t.row(hrInstalledEntry, oid{index}, map[uint32]value{
		1: number(int64(index)), 2: text(s.name), 3: object(oid{0, 0}), 4: number(kind),
		5: dateAndTime(s.on.Time().Add(10 * time.Hour)),
	})
}
