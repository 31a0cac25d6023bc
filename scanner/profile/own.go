package profile

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"parc/inventory"
)

// ownObjects is how many objects of a maker's tree are looked at.
const ownObjects = 96

// ownTree gives the root of the tree in which the device's maker keeps its
// objects; "" where there is none.
func (q *Inquiry) ownTree() string {
	number := q.maker()
	if number == "" {
		return ""
	}
	return enterprises + "." + number
}

const enterprises = "1.3.6.1.4.1"

// agentMakers are the enterprise numbers of SNMP software: a sysObjectID below
// them names the software, and their trees hold what it tells of any machine.
var agentMakers = []string{"99", "311", "2021", "8072"}

// guests are enterprise numbers of software that adds a tree to an agent of
// somebody else: of makers of servers and of the cards in them, of hypervisors
// and databases. Such a tree does not tell who made the device.
var guests = []string{"2", "11", "42", "111", "231", "232", "311", "343", "674", "1588", "2312", "3582", "3873", "4413", "6876", "10876", "15597", "16174", "19046", "20852"}

// beyond are the places from which the next object is another maker's, on an
// agent whose own trees stand below agentMakers.
var beyond = []string{enterprises, enterprises + ".2021.4294967295", enterprises + ".8072.4294967295"}

// byAgent tells that the sysObjectID names the agent's software and no device.
func (q *Inquiry) byAgent() bool {
	number := q.input("enterprise")
	return number == "" || number == "0" || slices.Contains(agentMakers, number)
}

// maker gives the enterprise number of who made the device: the sysObjectID's,
// or that of the tree which a maker of a device with a common agent has added
// to it; "" where nothing tells.
func (q *Inquiry) maker() string {
	if !q.byAgent() {
		return q.input("enterprise")
	}
	for _, place := range beyond {
		number := enterpriseOf(q.answers.after[place].OID)
		if number != "" && number != "0" && !slices.Contains(agentMakers, number) && !slices.Contains(guests, number) {
			return number
		}
	}
	return ""
}

// own reads what the device's maker is most likely to mean by a field, where
// nobody has written down which object holds it: makers keep model, serial and
// version beside each other, near the start of their tree. A group of
// neighbours that looks like that is found by the shape of its values.
func (e *evaluator) own(field string) (values []string, pending bool) {
	root := e.q.ownTree()
	if root == "" {
		return nil, false
	}
	if e.unwalked(root, ownObjects) {
		return nil, true
	}
	if e.q.card == nil {
		e.q.card = readCard(e.q.answers.rows(root), e.q.input("sysdescr"), []string{
			e.q.input("sysname"), e.q.input("syslocation"), e.q.input("syscontact"),
		})
	}
	return keep(e.q.card[field]), false
}

// ownFields are the fields that may be read so.
var ownFields = []string{string(inventory.FieldModel), string(inventory.FieldSerial), string(inventory.FieldVersion)}

// line is a value of the maker's tree and what it looks like.
type line struct {
	text                 string
	version, plainNumber bool // 1.2.3, v1.2; 1.2
	serial, model, told  bool // told: the model also stands in sysDescr
	code                 bool // could be a serial, or a model
}

// readCard finds the group of objects that is the device's identity card and
// gives what stands in it; others are values that are known to be something else.
func readCard(rows []Varbind, sysDescr string, others []string) map[string]string {
	groups := map[string][]line{}
	indexes := map[string]string{} // of each group: its rows
	var order []string
	for _, v := range rows {
		if v.Tag != TagOctets {
			continue
		}
		value := text(v, "")
		if value == "" || slices.Contains(others, value) {
			continue
		}
		parent, index := groupOf(v.OID), v.OID[strings.LastIndexByte(v.OID, '.'):]
		if _, seen := groups[parent]; !seen {
			order = append(order, parent)
			indexes[parent] = index
		}
		if indexes[parent] != index {
			indexes[parent] = severalRows
		}
		groups[parent] = append(groups[parent], looks(value, sysDescr))
	}
	best, most := "", cardEnough-1
	for _, parent := range order {
		if score := cardScore(groups[parent]); score > most && indexes[parent] != severalRows {
			best, most = parent, score
		}
	}
	return card(groups[best])
}

// severalRows marks a table of parts: none of its rows is the device.
const severalRows = "several"

// groupOf gives what neighbours have in common: the node above the object, or
// the entry above the column.
func groupOf(oid string) string { return parent(parent(oid)) }

// cardEnough is the score from which a group is believed.
const cardEnough = 3

func cardScore(group []line) int {
	version, serial, model := 0, 0, 0
	for _, l := range group {
		switch {
		case l.version:
			version = 2
		case l.plainNumber:
			version = max(version, 1)
		case l.told:
			model = 2
		case l.model:
			model = max(model, 1)
		}
		if l.serial && !l.told {
			serial = 1
		}
	}
	return version + serial + model
}

// card takes the fields from a group.
func card(group []line) map[string]string {
	out := map[string]string{}
	var serials []string
	for _, l := range group {
		switch {
		case l.told && out["told"] == "":
			out["told"] = l.text
		case l.version && out["version"] == "":
			out["version"] = l.text
		case l.plainNumber && out["number"] == "":
			out["number"] = l.text
		case l.serial && !l.told && !slices.Contains(serials, l.text):
			serials = append(serials, l.text)
		case l.model && !l.serial && out["model"] == "":
			out["model"] = l.text
		}
	}
	if out["told"] != "" {
		out["model"] = out["told"]
	}
	if out["version"] == "" {
		out["version"] = out["number"]
	}
	if len(serials) == 0 && out["model"] != "" {
		for _, l := range group {
			if l.code && !l.told && l.text != out["model"] && !slices.Contains(serials, l.text) {
				serials = append(serials, l.text)
			}
		}
	}
	if len(serials) == 1 {
		out["serial"] = serials[0]
	}
	return out
}

// isAddress tells addresses from versions of four numbers, which start low.
func isAddress(s string) bool {
	a, err := netip.ParseAddr(s)
	if err != nil {
		return false
	}
	first := a.AsSlice()[0]
	return a.Is6() || first == 0 || first > 9 || oneCharacter(s)
}

// isMAC tells addresses from serials of twelve digits.
func isMAC(s string) bool {
	return macPattern.MatchString(s) && (strings.Trim(s, "0123456789") != "" || strings.HasPrefix(s, "00"))
}

var (
	versionShape = regexp.MustCompile(`(?i)^(?:[a-z][a-z0-9]{0,14}[ ._:/\-]{1,2}){0,2}(?:v|r|ver|version|release)?[ .:]{0,2}\d{1,4}\.\d+(?:[.\-_]\d[\w]*)+`)
	shortShape   = regexp.MustCompile(`(?i)^(?:v|ver|version|rel|release|fw|sw)[ .:]{0,2}\d{1,3}\.\d+`)
	numberShape  = regexp.MustCompile(`^\d{1,2}\.\d{1,3}[a-z]?$`)
	dateShape    = regexp.MustCompile(`^\d{1,2}[./\-]\d{1,2}[./\-](19|20)\d\d|^(19|20)\d\d[./\-]\d{1,2}[./\-]\d{1,2}`)
	serialShape  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9\-]{5,29}$`)
	imeiShape    = regexp.MustCompile(`^(?:\d{15}|89\d{17,18})$`) // a modem's and its card's
	releaseShape = regexp.MustCompile(`(?i)\d\.\d+(?:[.r\-]\d|[a-z]\d?\b)|\bbuild\b|^v\d+r\d+|^[vr]\d+\.\d`)
	addressShape = regexp.MustCompile(`(?:\d{1,3}\.){3}\d{1,3}/`)
	modelShape   = regexp.MustCompile(`^[A-Za-z0-9][\w\-+/.() ]{1,47}$`)
	notVersion   = regexp.MustCompile(`(?i)linux|kernel|boot|busybox|openss|snmp|http|@|\bv?dc\b|\d ?(?:volt|amp|hz|°|%)`)
	notModel     = regexp.MustCompile(`(?i)^(ok|on|off|yes|no|up|down|enabled?d?|disabled?|true|false|none|n/a|unknown|normal|active|inactive|admin|root|public|private|default|good|idle|auto|manual|local|user|name|location|contact)$|https?:|www\.|@|^/`)
)

// looks tells what a value may be.
func looks(value, sysDescr string) line {
	l := line{text: value}
	switch {
	case isAddress(value), addressShape.MatchString(value), dateShape.MatchString(value), isMAC(value), len(value) > 64:
		return l
	case !notVersion.MatchString(value) && versionShape.MatchString(value):
		l.version = true
		return l
	case numberShape.MatchString(value), shortShape.MatchString(value) && !notVersion.MatchString(value):
		l.plainNumber = true
		return l
	}
	digits, letters := 0, 0
	for _, r := range value {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			letters++
		}
	}
	l.code = digits >= 3 && len(value) >= 7 && serialShape.MatchString(value) && value == strings.ToUpper(value) && !imeiShape.MatchString(value)
	l.serial = serialShape.MatchString(value) && digits >= 5 && 2*digits >= len(value) && !oneCharacter(value) && !imeiShape.MatchString(value) && !releaseShape.MatchString(value)
	if letters == 0 || !modelShape.MatchString(value) || notModel.MatchString(value) || releaseShape.MatchString(value) {
		return l
	}
	l.model = digits > 0
	l.told = len(value) >= 3 && (digits > 0 || strings.ContainsAny(value, " -")) && wordIn(sysDescr, value)
	return l
}

// wordIn tells that a text stands in another one between word boundaries.
func wordIn(whole, part string) bool {
	whole, part = strings.ToLower(whole), strings.ToLower(part)
	at := strings.Index(whole, part)
	if at < 0 {
		return false
	}
	inWord := func(i int) bool {
		return i >= 0 && i < len(whole) && (whole[i] >= 'a' && whole[i] <= 'z' || whole[i] >= '0' && whole[i] <= '9')
	}
	return !inWord(at-1) && !inWord(at+len(part))
}
