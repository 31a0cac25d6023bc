package lab

import "time"

// powerNet is PowerNet-MIB of an APC UPS, and the standard UPS-MIB (RFC 1628)
// that the card speaks too.
type powerNet struct {
	model, name       string
	firmware          string
	made              string // as APC writes days: 06/12/17
	serial            string
	batteryReplaced   string
	batteryDue        string
	replaceBattery    bool
	charge            uint64 // percent
	runtime           time.Duration
	celsius, load     uint64
	inVolts, outVolts uint64
}

func (u powerNet) write(t *tree, _ *device) {
	const apc, ups = "1.3.6.1.4.1.318.1.1.1.", "1.3.6.1.2.1.33.1."
	replace, alarms := int64(1), uint64(0)
	if u.replaceBattery {
		replace, alarms = 2, 1
	}
	values{
		apc + "1.1.1.0":  text(u.model),
		apc + "1.1.2.0":  text(u.name),
		apc + "1.2.1.0":  text(u.firmware),
		apc + "1.2.2.0":  text(u.made),
		apc + "1.2.3.0":  text(u.serial),
		apc + "2.1.1.0":  number(2), // battery status: normal
		apc + "2.1.2.0":  ticks(0),
		apc + "2.1.3.0":  text(u.batteryReplaced),
		apc + "2.2.1.0":  gauge(u.charge),
		apc + "2.2.2.0":  gauge(u.celsius),
		apc + "2.2.3.0":  ticks(u.runtime),
		apc + "2.2.4.0":  number(replace),
		apc + "2.2.21.0": text(u.batteryDue),
		apc + "3.2.1.0":  gauge(u.inVolts),
		apc + "4.1.1.0":  number(2), // on line
		apc + "4.2.1.0":  gauge(u.outVolts),
		apc + "4.2.3.0":  gauge(u.load),
		ups + "1.1.0":    text("American Power Conversion Corp."),
		ups + "1.2.0":    text(u.model),
		ups + "1.3.0":    text(u.firmware),
		ups + "1.5.0":    text(u.name),
		ups + "2.1.0":    number(2),
		ups + "2.3.0":    number(int64(u.runtime.Minutes())),
		ups + "2.4.0":    number(int64(u.charge)),
		ups + "6.1.0":    gauge(alarms),
	}.write(t, nil)
	if u.replaceBattery { // upsAlarmBatteryBad
		t.row(newOID(ups+"6.2.1"), oid{1}, map[uint32]value{2: object(newOID(ups + "6.3.1")), 3: ticks(0)})
	}
}
