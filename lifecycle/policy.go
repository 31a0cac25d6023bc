package lifecycle

import (
	"cmp"
	"maps"

	"parc/inventory"
)

// BuiltinPolicy gives what parc assumes where nobody has decided. Useful lives
// are planning figures within the ranges that providers publish; the threshold
// is that of BOFiP BOI-BIC-CHG-20-30-10.
func BuiltinPolicy() inventory.Policy {
	return inventory.Policy{
		LifeMonths: maps.Clone(usefulLife), Inflation: map[inventory.Class]int{}, RiskCost: map[inventory.Class]inventory.Money{},
		Method: inventory.Linear, DepreciateOver: 36, Threshold: inventory.EUR(50000), YearEndMonth: 12,
		VATPermille: 200, DiscountBPS: 500, NoticeWarnDays: 90,
	}
}

// usefulLife is the age, in months, at which a class is planned to be replaced.
// Classes that are no hardware of their own have none.
var usefulLife = map[inventory.Class]int{
	inventory.Desktop: 60, inventory.Laptop: 48, inventory.Workstation: 60, inventory.Server: 60, inventory.Hypervisor: 60,
	inventory.Mobile: 36, inventory.Monitor: 84, inventory.Switch: 84, inventory.Router: 60, inventory.Gateway: 60,
	inventory.Firewall: 60, inventory.AccessPoint: 72, inventory.WLC: 72, inventory.WirelessBridge: 72,
	inventory.LoadBalancer: 60, inventory.Modem: 60, inventory.Optical: 84, inventory.NAS: 60, inventory.SAN: 60,
	inventory.TapeLibrary: 84, inventory.Printer: 60, inventory.Scanner: 60, inventory.UPS: 72, inventory.PDU: 120,
	inventory.ATS: 120, inventory.Sensor: 84, inventory.HVAC: 120, inventory.Camera: 84, inventory.NVR: 60,
	inventory.Phone: 84, inventory.VoIPGateway: 84, inventory.Conference: 60, inventory.Projector: 72, inventory.Video: 72,
	inventory.TimeServer: 84, inventory.Console: 84, inventory.KVM: 84, inventory.Appliance: 60,
}

// WithDefaults fills what a policy leaves out from the built-in one.
func WithDefaults(p inventory.Policy) inventory.Policy { return MergePolicy(p, BuiltinPolicy()) }

// MergePolicy fills what a policy leaves out from another: a client's from its
// provider's. Tables merge class by class; the class "" is any other one.
func MergePolicy(p, from inventory.Policy) inventory.Policy {
	p.LifeMonths = mergeClasses(p.LifeMonths, from.LifeMonths)
	p.Inflation = mergeClasses(p.Inflation, from.Inflation)
	p.RiskCost = mergeClasses(p.RiskCost, from.RiskCost)
	p.Method = cmp.Or(p.Method, from.Method)
	p.DepreciateOver = cmp.Or(p.DepreciateOver, from.DepreciateOver)
	if p.Threshold == (inventory.Money{}) {
		p.Threshold = from.Threshold
	}
	p.YearEndMonth = cmp.Or(p.YearEndMonth, from.YearEndMonth)
	p.VATPermille = cmp.Or(p.VATPermille, from.VATPermille)
	p.DiscountBPS = cmp.Or(p.DiscountBPS, from.DiscountBPS)
	p.NoticeWarnDays = cmp.Or(p.NoticeWarnDays, from.NoticeWarnDays)
	return p
}

func mergeClasses[V any](own, from map[inventory.Class]V) map[inventory.Class]V {
	merged := maps.Clone(from)
	if merged == nil {
		merged = map[inventory.Class]V{}
	}
	if _, any := own[""]; any { // an own word on every class beats another's on one
		clear(merged)
	}
	maps.Copy(merged, own)
	return merged
}

// of gives a class's entry, else that of every other class.
func of[V any](table map[inventory.Class]V, class inventory.Class) (V, bool) {
	v, ok := table[class]
	if !ok {
		v, ok = table[""]
	}
	return v, ok
}
