package agent

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"

	"parc/inventory"
)

// screen is a monitor as its EDID tells it (VESA E-EDID 1.4, section 3), or as
// the agent does where it sent none.
type screen struct {
	vendor, model, serial string
	made                  string // "2023-W17", or the year
	builtIn               bool   // a laptop's own panel
}

// makers are the three-letter ids of the PNP registry (UEFI Forum) that offices
// see.
var makers = map[string]string{
	"AAC": "AcerView", "ACI": "ASUS", "ACR": "Acer", "AOC": "AOC", "API": "Acer", "APP": "Apple", "AUS": "ASUS", "BNQ": "BenQ", "CTX": "CTX",
	"DEL": "Dell", "EIZ": "Eizo", "ENC": "Eizo", "EPI": "Envision", "FUS": "Fujitsu", "GBT": "Gigabyte", "GSM": "LG", "HPN": "HP", "HWP": "HP",
	"HSD": "Hannstar", "HKC": "HKC", "IVM": "Iiyama", "LEN": "Lenovo", "LNV": "Lenovo", "LPL": "LG", "MEI": "Panasonic", "MSI": "MSI", "NEC": "NEC", "NVD": "Nvidia",
	"PHL": "Philips", "SAM": "Samsung", "SEC": "Samsung", "SHP": "Sharp", "SNY": "Sony", "TSB": "Toshiba", "VSC": "ViewSonic", "WAC": "Wacom", "XMI": "Xiaomi",
	"ILY": "Ilyama", "HEC": "Hisense", "MED": "Medion", "TCL": "TCL", "SPT": "Sceptre", "VIZ": "Vizio", "HWV": "Huawei", "PTS": "ProView", "LGD": "LG",
}

// panels make the glass of laptops and sell no screens.
var panels = map[string]bool{
	"AUO": true, "BOE": true, "CMN": true, "CMO": true, "LGD": true, "LPL": true, "SDC": true, "IVO": true, "SHP": true, "INL": true,
	"CSO": true, "NCP": true, "KDB": true, "TMX": true, "STA": true, "PAN": true, "QDS": true, "HPC": true, "TMA": true, "CSW": true,
}

var edidHeader = string([]byte{0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0})

// readEDID reads the block that a screen describes itself with; false when it is none.
func readEDID(b []byte) (screen, bool) {
	if len(b) < 128 || string(b[:8]) != edidHeader {
		return screen{}, false
	}
	id := binary.BigEndian.Uint16(b[8:])
	maker := string([]byte{'@' + byte(id>>10)&0x1f, '@' + byte(id>>5)&0x1f, '@' + byte(id)&0x1f})
	s := screen{vendor: makers[maker], builtIn: panels[maker]}
	if s.vendor == "" {
		s.vendor = maker
	}
	if week, year := int(b[16]), 1990+int(b[17]); week >= 1 && week <= 54 {
		s.made = strconv.Itoa(year) + "-W" + strconv.Itoa(week)
	} else {
		s.made = strconv.Itoa(year)
	}
	for at := 54; at <= 108; at += 18 {
		d := b[at : at+18]
		if d[0] != 0 || d[1] != 0 || d[2] != 0 {
			continue
		}
		text, _, _ := strings.Cut(western(d[5:]), "\n")
		switch text = inventory.Clean(text); d[3] {
		case 0xfc:
			s.model = text
		case 0xff:
			s.serial = text
		}
	}
	if number := binary.LittleEndian.Uint32(b[12:]); s.serial == "" && number > 0xff && number != 0x01010101 {
		s.serial = strconv.FormatUint(uint64(number), 10)
	}
	return s, true
}

// screenOf reads an entry of "monitors". The EDID is believed before the agent,
// for agents read serials from it in different ways.
func screenOf(r row) screen {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(r["base64"]), ""))
	if err == nil {
		if s, ok := readEDID(raw); ok {
			if s.model == "" {
				s.model = r.get("caption", "name")
			}
			if s.serial == "" {
				s.serial = r.get("serial")
			}
			s.model = bareModel(s)
			return s
		}
	}
	s := screen{vendor: r.get("manufacturer"), model: r.get("caption", "name"), serial: r.get("serial"), made: r.get("description")}
	s.model = bareModel(s)
	return s
}

// bareModel gives the model without its maker: "DELL U2422H" is a U2422H.
func bareModel(s screen) string {
	maker, _, _ := strings.Cut(s.vendor, " ")
	if len(maker) > 1 && len(s.model) > len(maker)+1 && strings.EqualFold(s.model[:len(maker)], maker) {
		return strings.TrimLeft(s.model[len(maker):], " -")
	}
	return s.model
}

func monitorPart(r row) (inventory.Component, bool) {
	s := screenOf(r)
	return inventory.Component{Vendor: s.vendor, Model: s.model, Serial: s.serial, Version: s.made}, s.vendor+s.model+s.serial != ""
}

// screens gives the machine's screens that are things of their own: those that
// have a serial and are not its panel.
func (m *machine) screens() []screen {
	var all []screen
	for _, r := range m.sections["monitors"] {
		if s := screenOf(r); !s.builtIn && len(s.serial) >= 4 && strings.Trim(s.serial, "0123456789") != s.serial || !s.builtIn && len(s.serial) >= 6 {
			all = append(all, s)
		}
	}
	return all
}

// observe tells a screen as a thing of its own that hangs on a machine.
func (s screen) observe(o inventory.Observation, machine, from string) inventory.Observation {
	o.PartOf = machine
	o.Add(inventory.FieldClass, string(inventory.Monitor), from, inventory.High)
	o.Add(inventory.FieldVendor, s.vendor, from, inventory.High)
	o.Add(inventory.FieldModel, s.model, from, inventory.High)
	o.Add(inventory.FieldSerial, s.serial, from, inventory.High)
	if s.made != "" {
		o.Add(inventory.FieldDescription, "made "+s.made, from, inventory.High)
	}
	return o
}
