package agent

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"parc/inventory"
)

// Kind is what a message is for.
type Kind string

// The kinds.
const (
	Prolog       Kind = "prolog"       // an XML agent asks whether to send an inventory
	Contact      Kind = "contact"      // a JSON agent asks what to do
	Inventory    Kind = "inventory"    // a machine
	NetDiscovery Kind = "netdiscovery" // what answers on a network, or the progress of looking
	NetInventory Kind = "netinventory" // network devices, or the progress of asking them
	Other        Kind = "other"        // something that needs an answer and tells nothing of a machine
)

// Message is one message of an agent, read and checked.
type Message struct {
	Kind    Kind
	JSON    bool    // written in GLPI's JSON, else in XML
	Packing Packing // how it was packed: the answer to XML is packed alike
	Device  string  // the agent's own id of the machine it runs on
	Program string  // the agent's name and version; "" when it does not say
	Tag     string  // what the agent's administrator has set; proves nothing
	Partial bool    // only what has changed since the last one
	Digest  string  // SHA-256 of the text in hex: the same message sent again has the same

	told    string // when the agent looked, as it writes it
	zone    *time.Location
	zoned   bool // zone was told
	item    string
	content sections
	devices []*device
}

// Read reads one message, plain or packed. The error is LimitReached for one
// that is too large, too deep or too long, and Invalid for one that is damaged,
// no message of an agent, or not in UTF-8; it says which in one line.
func Read(r io.Reader) (*Message, error) {
	text, packing, err := unpack(r)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	if len(text) == 0 {
		return nil, inventory.Errorf(inventory.Invalid, "the message is empty")
	}
	if text[0] != '<' && !utf8.Valid(text) || text[0] == '<' && !declares(text) && !utf8.Valid(text) {
		return nil, notUTF8()
	}
	m := &Message{Packing: packing, Digest: hex.EncodeToString(sum[:]), zone: time.UTC}
	switch text[0] {
	case '{':
		err = m.readJSON(text)
	case '<':
		err = m.readXML(text)
	default:
		err = inventory.Errorf(inventory.Invalid, "the message is neither JSON nor XML")
	}
	if err != nil {
		return nil, err
	}
	return m, m.check()
}

// declares tells that XML says it is in another encoding than UTF-8.
func declares(text []byte) bool {
	head, _, _ := bytes.Cut(text, []byte("?>"))
	if len(head) > 200 || !bytes.HasPrefix(head, []byte("<?xml")) {
		return false
	}
	lower := bytes.ToLower(head)
	return bytes.Contains(lower, []byte("encoding")) && !bytes.Contains(lower, []byte("utf-8"))
}

func (m *Message) readJSON(text []byte) error {
	e, err := parseJSON(text)
	if err != nil {
		return err
	}
	m.JSON = true
	m.Device, m.Tag, m.item = scalar(e.DeviceID), scalar(e.Tag), clean(e.ItemType)
	m.Partial = row{"partial": scalar(e.Partial)}.yes("partial")
	if e.Name != "" {
		m.Program = strings.TrimSuffix(clean(e.Name)+"_v"+scalar(e.Version), "_v")
	}
	switch action := Kind(clean(e.Action)); action {
	case Contact, NetDiscovery, NetInventory:
		m.Kind = action
	case Inventory, "":
		if m.Kind = Inventory; e.Content == nil {
			return inventory.Errorf(inventory.Invalid, "the JSON has no \"content\": no inventory")
		}
	default:
		m.Kind = Other
		return nil
	}
	if m.content, err = jsonSections(e.Content); err != nil {
		return err
	}
	if d := m.content.networkDevice(); d != nil {
		m.devices = append(m.devices, d)
	}
	return nil
}

func (m *Message) readXML(text []byte) error {
	root, err := parseXML(text)
	if err != nil {
		return err
	}
	if len(root.kids) != 1 || root.kids[0].name != "request" {
		return inventory.Errorf(inventory.Invalid, "the XML is no message of an inventory agent: its root must be REQUEST")
	}
	request := root.kids[0]
	m.Device = request.kid("deviceid").text
	content := request.kid("content")
	switch strings.ToUpper(request.kid("query").text) {
	case "PROLOG":
		m.Kind = Prolog
	case "INVENTORY", "":
		m.Kind = Inventory
		if len(content.kids) == 0 {
			return inventory.Errorf(inventory.Invalid, "the XML has no CONTENT: no inventory")
		}
	case "NETDISCOVERY":
		m.Kind, m.devices = NetDiscovery, xmlDevices(content)
	case "SNMPQUERY", "NETINVENTORY", "SNMP":
		m.Kind, m.devices = NetInventory, xmlDevices(content)
	default:
		m.Kind = Other
	}
	if m.Kind == Inventory {
		m.content, err = xmlSections(content)
	}
	return err
}

// check completes what the sections tell of the message itself.
func (m *Message) check() error {
	m.Device = inventory.CleanTo(m.Device, 250)
	if m.Device == "" && (m.Kind == Inventory || m.Kind == Contact) {
		return inventory.Errorf(inventory.Invalid, "the message names no device: its DEVICEID is missing")
	}
	if m.Kind != Inventory {
		return nil
	}
	if v := m.content.one("versionclient").get("text"); m.Program == "" {
		m.Program = v
	}
	for _, r := range m.content["accountinfo"] {
		if m.Tag == "" && strings.EqualFold(r["keyname"], "TAG") {
			m.Tag = r["keyvalue"]
		}
	}
	m.told = m.content.one("accesslog").get("logdate")
	if zone, ok := zoneOf(m.content.one("operatingsystem").get("timezone.offset")); ok {
		m.zone, m.zoned = zone, true
	}
	return nil
}

// Zone gives the machine's offset from UTC in minutes, and whether it was told:
// partial inventories leave it out.
func (m *Message) Zone() (minutes int, told bool) {
	_, offset := time.Time{}.In(m.zone).Zone()
	return offset / 60, m.zoned
}

// SetZone gives a message that does not tell its zone the one known of its machine.
func (m *Message) SetZone(minutes int) {
	if !m.zoned {
		m.zone, m.zoned = time.FixedZone("", 60*minutes), true
	}
}

// oldest is how old a message may say it is; one that says more comes from a
// machine whose clock was never set.
const oldest = 3 * 365 * 24 * time.Hour

// At gives when the agent looked: what it says, unless that is after it was
// received or hopelessly before; then when it was received.
func (m *Message) At(received time.Time) time.Time {
	at := moment(m.told, m.zone)
	if at.IsZero() || at.After(received) || received.Sub(at) > oldest {
		return received.UTC()
	}
	return at
}

// Whose says where observations belong, and when their message came in.
type Whose struct {
	ClientID, SiteID string
	Received         time.Time
}

// Observations gives what the message tells: the machine and the screens that
// hang on it, or the devices of a network; nothing for the other kinds.
func (m *Message) Observations(w Whose) []inventory.Observation {
	at := m.At(w.Received)
	blank := func(source inventory.Source, ref string) inventory.Observation {
		return inventory.Observation{ClientID: w.ClientID, SiteID: w.SiteID, At: at, Source: source, Ref: ref}
	}
	var all []inventory.Observation
	for _, d := range m.devices {
		if o := blank(inventory.FromAgent, inventory.AskedPrefix); d.observe(&o) {
			all = append(all, o)
		}
	}
	if m.Kind != Inventory || len(m.devices) > 0 {
		return all
	}
	o := blank(inventory.FromAgent, m.Device)
	x := machine{sections: m.content, o: &o, from: m.from(), zone: m.zone, whole: !m.Partial, item: m.item}
	x.observe()
	all = append(all, o)
	for _, s := range x.screens() {
		all = append(all, s.observe(blank(inventory.FromAgent, m.Device+"/monitor/"+s.serial), m.Device, m.from()))
	}
	return all
}

// from tells where values come from: "agent:GLPI-Agent_v1.12".
func (m *Message) from() string {
	if m.Program == "" {
		return "agent"
	}
	return "agent:" + inventory.CleanTo(m.Program, 60)
}
