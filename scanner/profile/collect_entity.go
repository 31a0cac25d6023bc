package profile

import (
	"parc/inventory"
)

// The other columns of ENTITY-MIB (RFC 4133).
const (
	entDescr    = "1.3.6.1.2.1.47.1.1.1.1.2"
	entName     = "1.3.6.1.2.1.47.1.1.1.1.7"
	entFirmware = "1.3.6.1.2.1.47.1.1.1.1.9"
	entSoftware = "1.3.6.1.2.1.47.1.1.1.1.10"
	entSerial   = "1.3.6.1.2.1.47.1.1.1.1.11"
	entMaker    = "1.3.6.1.2.1.47.1.1.1.1.12"
	entModel    = "1.3.6.1.2.1.47.1.1.1.1.13"
)

var entityColumns = []string{
	entDescr, entContainedIn, entClass, entName, entFirmware, entSoftware, entSerial, entMaker, entModel,
}

// entityKinds are the kinds of components by entPhysicalClass. A port with a
// serial of its own is a transceiver.
var entityKinds = map[int64]inventory.ComponentKind{
	classChassis: inventory.ComponentChassis, 6: inventory.ComponentPower, 7: inventory.ComponentFan,
	classModule: inventory.ComponentModule, 10: inventory.ComponentTransceiver, 12: inventory.ComponentProcessor,
	14: inventory.ComponentBattery, 15: inventory.ComponentDisk,
}

func entities(a *Answers, d *inventory.Details) {
	classes, containers := a.table(entClass), a.table(entContainedIn)
	names, descrs := a.table(entName), a.table(entDescr)
	serials, models := a.table(entSerial), a.table(entModel)
	makers, firmware, software := a.table(entMaker), a.table(entFirmware), a.table(entSoftware)
	tops := topChassis(a, classes, containers)
	for _, row := range a.rows(entClass) {
		index := indexOf(entClass, row.OID)
		kind, wanted := entityKinds[row.Number]
		if !wanted {
			continue
		}
		c := inventory.Component{
			Kind: kind, Name: text(names[index], ""), Vendor: text(makers[index], ""), Model: text(models[index], ""),
			Serial: text(serials[index], ""), Version: text(software[index], ""), Position: index,
		}
		if c.Version == "" {
			c.Version = text(firmware[index], "")
		}
		if c.Name == "" {
			c.Name = text(descrs[index], "")
		}
		if oneCharacter(c.Serial) {
			c.Serial = ""
		}
		if c.Kind == inventory.ComponentChassis && tops[index] && len(tops) > 1 {
			c.Kind = inventory.ComponentStackMember
		}
		if worthKeeping(c) {
			d.Components = append(d.Components, c)
		}
	}
}

// worthKeeping tells that a component says more than that it is there.
func worthKeeping(c inventory.Component) bool {
	switch c.Kind {
	case inventory.ComponentChassis, inventory.ComponentStackMember, inventory.ComponentPower:
		return c.Serial != "" || c.Model != "" || c.Name != ""
	}
	return c.Serial != "" || c.Model != "" && c.Kind != inventory.ComponentTransceiver
}

// topChassis gives the chassis that stand alone or in a stack.
func topChassis(a *Answers, classes, containers map[string]Varbind) map[string]bool {
	tops := map[string]bool{}
	for _, row := range a.rows(entClass) {
		index := indexOf(entClass, row.OID)
		if row.Number != classChassis {
			continue
		}
		in := containers[index].Number
		outer, known := classes[decimal(in)]
		if in <= 0 || !known || outer.Number == classStack {
			tops[index] = true
		}
	}
	return tops
}
