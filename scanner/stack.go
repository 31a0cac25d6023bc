package scanner

import (
	"parc/inventory"
)

// members tells of each chassis of a stack but the one that leads it, as a
// record of its own that hangs on the stack's: it was bought, is guaranteed and
// will be replaced by itself. Those without a serial cannot be told apart.
func members(stack inventory.Observation) []inventory.Observation {
	leader := stack.Get(inventory.FieldSerial)
	if leader == "" {
		return nil // which of them the stack's record is of, nothing tells
	}
	var out []inventory.Observation
	for _, c := range stack.Details.Components {
		if c.Kind != inventory.ComponentStackMember || c.Serial == "" || c.Serial == leader {
			continue
		}
		from := "snmp:stack member " + c.Position
		o := inventory.Observation{
			At: stack.At, Source: stack.Source, ScanID: stack.ScanID, Ref: stack.Ref + "/" + c.Serial, PartOf: stack.Ref,
		}
		o.Add(inventory.FieldSerial, c.Serial, from, inventory.High)
		o.Add(inventory.FieldModel, c.Model, from, inventory.High)
		o.Add(inventory.FieldVersion, c.Version, from, inventory.Medium)
		o.Add(inventory.FieldDescription, c.Name, from, inventory.Medium)
		for _, field := range []inventory.Field{inventory.FieldVendor, inventory.FieldClass, inventory.FieldLocation} {
			o.Add(field, stack.Get(field), from, inventory.High)
		}
		out = append(out, o)
	}
	return out
}
