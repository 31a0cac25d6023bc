package profile

import "parc/inventory"

// The columns of Printer-MIB (RFC 3805).
const (
	prtSupplyType  = "1.3.6.1.2.1.43.11.1.1.5"
	prtSupplyDescr = "1.3.6.1.2.1.43.11.1.1.6"
	prtSupplyMax   = "1.3.6.1.2.1.43.11.1.1.8"
	prtSupplyLevel = "1.3.6.1.2.1.43.11.1.1.9"
	prtInputMax    = "1.3.6.1.2.1.43.8.2.1.9"
	prtInputLevel  = "1.3.6.1.2.1.43.8.2.1.10"
	prtInputName   = "1.3.6.1.2.1.43.8.2.1.13"
	prtInputDescr  = "1.3.6.1.2.1.43.8.2.1.18"
)

var printerColumns = []string{
	prtSupplyType, prtSupplyDescr, prtSupplyMax, prtSupplyLevel, prtInputMax, prtInputLevel, prtInputName, prtInputDescr,
}

// supplyKinds are the values of prtMarkerSuppliesType that have a word.
var supplyKinds = map[int64]string{
	3: "toner", 4: "waste", 5: "ink", 6: "ink", 8: "waste", 9: "drum", 10: "developer", 15: "fuser", 20: "transfer",
	21: "toner", 22: "staples",
}

func supplies(a *Answers, d *inventory.Details) {
	types, most, level := a.table(prtSupplyType), a.table(prtSupplyMax), a.table(prtSupplyLevel)
	for _, row := range a.rows(prtSupplyDescr) {
		index := indexOf(prtSupplyDescr, row.OID)
		if name := text(row, ""); name != "" {
			d.Supplies = append(d.Supplies, inventory.Supply{
				Name: name, Kind: supplyKinds[types[index].Number], Percent: percent(level[index], most[index]),
			})
		}
	}
	descrs := a.table(prtInputDescr)
	most, level = a.table(prtInputMax), a.table(prtInputLevel)
	for _, row := range a.rows(prtInputLevel) {
		index := indexOf(prtInputLevel, row.OID)
		name := text(a.cell(prtInputName, index), "")
		if name == "" {
			name = text(descrs[index], "")
		}
		if name != "" {
			d.Supplies = append(d.Supplies, inventory.Supply{Name: name, Kind: "tray", Percent: percent(level[index], most[index])})
		}
	}
}

// percent gives how full something is; -1 when the device does not know (its
// negative numbers mean "other", "unknown" and "some left").
func percent(level, most Varbind) int {
	if !level.Numeric() || level.Number < 0 || most.Number <= 0 {
		return -1
	}
	return clampInt(min(100, level.Number*100/most.Number))
}
