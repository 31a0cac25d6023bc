package agent

import (
	"regexp"
	"strings"

	"parc/inventory"
)

var knowledgeBase = regexp.MustCompile(`^KB\d{5,8}$`)

// titles tells what is installed. Windows lists its updates among the titles:
// they go where updates are.
func (m *machine) titles() {
	rows, ok := m.sections["softwares"]
	if !ok {
		return
	}
	m.o.Details.Software = make([]inventory.Software, 0, len(rows))
	m.o.Details.Hotfixes = []inventory.Hotfix{}
	for _, r := range rows {
		name := r.get("name", "guid")
		if name == "" {
			continue
		}
		installed := day(r.get("install_date"))
		if category := r.get("system_category"); knowledgeBase.MatchString(name) || category == "hotfix" || category == "security_update" {
			m.o.Details.Hotfixes = append(m.o.Details.Hotfixes, inventory.Hotfix{ID: name, Kind: strings.ReplaceAll(category, "_", "-"), InstalledOn: installed})
			continue
		}
		m.o.Details.Software = append(m.o.Details.Software, inventory.Software{
			Name: name, Version: r.get("version"), Publisher: r.get("publisher"), InstalledOn: installed, Origin: strings.ToLower(r.get("from")),
		})
	}
}

// productKey is a key of Microsoft's form; in some, all but the end is masked.
var productKey = regexp.MustCompile(`^(?:[A-Z0-9]{5}-){4}([A-Z0-9]{5})$`)

// licences tells the licences found. A key that agents have masked, or that is
// of one letter, is none: its end is kept, to tell keys apart.
func (m *machine) licences() {
	if m.has("licenseinfos") {
		m.o.Details.Licences = []inventory.FoundLicence{}
		for _, r := range m.sections["licenseinfos"] {
			l := inventory.FoundLicence{Name: r.get("name", "fullname"), FullName: r.get("fullname"), ProductID: r.get("productid"), Trial: r.yes("trial")}
			setKey(&l, r.get("key"))
			if l.Name != "" {
				m.o.Details.Licences = append(m.o.Details.Licences, l)
			}
		}
	}
	hardware := m.one("hardware")
	windows := inventory.FoundLicence{Name: m.systemName(), ProductID: hardware.get("winprodid")}
	setKey(&windows, hardware.get("winprodkey"))
	if windows.Name == "" || windows.ProductID == "" && windows.Tail == "" || !m.whole && m.o.Details.Licences == nil {
		return // a partial inventory that does not speak of licences leaves them
	}
	for i := range m.o.Details.Licences {
		l := &m.o.Details.Licences[i]
		if l.ProductID == "" || l.ProductID != windows.ProductID {
			continue
		}
		// Told among the licences as well, where its key is often masked.
		if l.Key.IsZero() && (l.Tail == "" || l.Tail == windows.Tail) {
			l.Key, l.Tail = windows.Key, windows.Tail
		}
		return
	}
	m.o.Details.Licences = append(m.o.Details.Licences, windows)
}

// The shortest and the longest text that is taken for a key.
const shortestKey, longestKey = 6, 400

func setKey(l *inventory.FoundLicence, text string) {
	key := strings.ToUpper(text)
	found := productKey.FindStringSubmatch(key)
	if found == nil { // another maker's practice, in which case may count: nothing of it is shown
		if len(strings.Trim(text, "*Xx- ")) >= shortestKey && len(text) <= longestKey {
			l.Key = inventory.NewSecret(text)
		}
		return
	}
	head := key[:len(key)-len(found[1])]
	if strings.Trim(strings.ReplaceAll(key, "-", ""), key[:1]) == "" {
		return // BBBBB-BBBBB-…: Windows hides it
	}
	l.Tail = found[1]
	if strings.Trim(head, "X-") != "" {
		l.Key = inventory.NewSecret(key)
	}
}

// lists tells the rest: protections, people, guests, printers, databases.
func (m *machine) lists() {
	d := &m.o.Details
	d.Antivirus = read(m.sections, "antivirus", func(r row) (inventory.Antivirus, bool) {
		return inventory.Antivirus{
			Name: r.get("name"), Publisher: r.get("company"), Version: r.get("version"), Signatures: r.get("base_version"),
			Expires: day(r.get("expiration")), Enabled: r.answer("enabled"), UpToDate: r.answer("uptodate"),
		}, r.get("name") != ""
	})
	d.Logins = read(m.sections, "users", func(r row) (inventory.Login, bool) {
		return inventory.Login{User: r.get("login"), Domain: r.get("domain")}, r.get("login") != ""
	})
	d.Guests = read(m.sections, "virtualmachines", func(r row) (inventory.Guest, bool) {
		return inventory.Guest{
			Name: r.get("name"), UUID: r.get("uuid"), MAC: inventory.MAC(r.get("mac")), Kind: strings.ToLower(r.get("vmtype", "subsystem")),
			State: r.get("status"), Processors: int(min(r.number("vcpu"), 4096)), MemoryMB: r.number("memory"),
		}, r.get("name", "uuid") != ""
	})
	d.Printers = read(m.sections, "printers", func(r row) (inventory.PrintQueue, bool) {
		q := inventory.PrintQueue{
			Name: r.get("name"), Driver: r.get("driver"), Port: r.get("port"), Serial: realSerial(r.get("serial")), Network: r.yes("network"), Shared: r.yes("shared"),
		}
		return q, q.Name != "" && !paperless(q)
	})
	d.Databases = read(m.sections, "databases_services", func(r row) (inventory.Database, bool) {
		return inventory.Database{
			Name: r.get("name"), Kind: r.get("type"), Version: r.get("version"), Port: int(min(r.number("port"), 65535)),
			SizeMB: r.number("size"), Schemas: r.list("databases"), Running: r.answer("is_active"),
		}, r.get("name", "type") != ""
	})
}

// read gives the entries of a section; nil where the message does not have it.
func read[T any](s sections, name string, entry func(row) (T, bool)) []T {
	rows, ok := s[name]
	if !ok {
		return nil
	}
	all := []T{}
	for _, r := range rows {
		if v, ok := entry(r); ok {
			all = append(all, v)
		}
	}
	return all
}

// paperless tells that a queue prints into a file.
func paperless(q inventory.PrintQueue) bool {
	port := strings.ToUpper(q.Port)
	for _, prefix := range []string{"PORTPROMPT", "NUL", "SHRFAX", "FILE:", "XPSPORT", "MICROSOFT.OFFICE.ONENOTE"} {
		if strings.HasPrefix(port, prefix) {
			return true
		}
	}
	return strings.Contains(strings.ToLower(q.Driver), "print to pdf")
}
