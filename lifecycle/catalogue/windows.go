package catalogue

import (
	"regexp"
	"slices"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

var (
	isWindows   = regexp.MustCompile(`(?i)\bwindows\b|\bhyper-v server\b`)
	isEmbedded  = regexp.MustCompile(`(?i)\b(embedded|posready|windows ce|windows phone|windows mobile)\b`)
	isServer    = regexp.MustCompile(`(?i)windows[^;]{0,14}\b(server|serveur)\b|\bserver\W{0,4}20\d\d|hyper-v server`)
	isClient    = regexp.MustCompile(`(?i)windows\W{0,6}(11|10|8\.1|8|7|vista|xp)(?:[^.\w]|$)`)
	serverName  = regexp.MustCompile(`(?i)serve[u]?r\D{0,14}(20\d\d)(?:\s*(R2))?`)
	semiAnnual  = regexp.MustCompile(`(?i)server,?\s+version\s+(1[5-9]\d\d|200[34]|2\dH[12])`)
	clientName  = regexp.MustCompile(`(?i)windows\W{0,6}(11|10|8\.1|8|7|vista|xp)(?:[^.\w]|$)(?:.*?\b(\d\dH[12]|1[5-9]\d\d|2004)\b)?`)
	longTermOf  = regexp.MustCompile(`(?i)\b(?:(?:lts[bc])\s*(20(?:1[569]|2[14]))|(20(?:1[569]|2[14]))\s*lts[bc])\b`)
	buildNumber = regexp.MustCompile(`(?:^|[^\d.])(?:10\.0\.|6\.[0-3]\.|5\.[0-2]\.)?(2600|3790|600[0-3]|760[01]|9200|9600|1\d{4}|2\d{4})(?:\.\d+)*(?:$|[^\d.])`)
	// guessed is a scan's answer that names several systems at once.
	guessed = regexp.MustCompile(`(?i)\d\S*(?: \([^)]*\))? (?:or|ou|-) (?:[^;]*\d|windows)|just guessing|\(\d+%\)`)

	enterprise = regexp.MustCompile(`(?i)(?:\b(?:enterprise|entreprise|education|unternehmen)|éducation)\b`)
	longTerm   = regexp.MustCompile(`(?i)\b(ltsc|ltsb|enterprises)\b`)
	things     = regexp.MustCompile(`(?i)\biot\b`)
	consumer   = regexp.MustCompile(`(?i)\b(pro|professionn?el|professional|home|famille|core|single language)\b`)

	// longTermCycles are the releases that the long-term editions are named after.
	longTermCycles = map[string]string{
		"2015": "10-1507", "2016": "10-1607", "2019": "10-1809", "2021": "10-21h2", "2024": "11-24h2",
	}
)

// windowsKind is what of Windows a thing runs.
type windowsKind int

const (
	eitherWindows windowsKind = iota
	clientWindows
	serverWindows
)

// windows reads a Windows: its build names the release, for clients and servers
// apart; the edition, where it shows, chooses between the dates of one build.
// SNMP tells "Windows Version 6.3" for everything since Server 2016, so the
// build counts and the version does not.
func (c *Catalogue) windows(a inventory.Asset) (lifecycle.Match, bool) {
	text := system(a)
	if !isWindows.MatchString(text) {
		return lifecycle.Match{}, false
	}
	if isEmbedded.MatchString(text) {
		return lifecycle.Match{}, false // a line of its own, by the rules
	}
	kind := kindOfWindows(a, text)
	m := lifecycle.Match{Label: "Windows", Source: c.source, AsOf: c.seen}
	if kind == serverWindows {
		m.Label = "Windows Server"
	}
	if guessed.MatchString(text) {
		return m, true
	}
	if m.Cycles = c.windowsCycles(a, text, kind); len(m.Cycles) > 0 {
		m.Source, m.AsOf = m.Cycles[0].Source, m.Cycles[0].Seen
	}
	if v := versionOfWindows.FindString(text + " " + a.Version); v != "" {
		m.Version = v
	}
	return m, true
}

var versionOfWindows = regexp.MustCompile(`\b10\.0\.\d{5}(?:\.\d+)?\b`)

// kindOfWindows tells a client from a server: by the name, by the object that
// the SNMP agent gives, by the class.
func kindOfWindows(a inventory.Asset, text string) windowsKind {
	switch {
	case isServer.MatchString(text):
		return serverWindows
	case isClient.MatchString(text):
		return clientWindows
	}
	const agent = "1.3.6.1.4.1.311.1.1.3.1."
	if object, ok := strings.CutPrefix(a.Values[inventory.FieldObjectID].Value, agent); ok {
		if object == "1" {
			return clientWindows
		}
		return serverWindows // 2 a server, 3 a domain controller
	}
	switch a.Class {
	case inventory.Server, inventory.Hypervisor:
		return serverWindows
	case inventory.Desktop, inventory.Laptop, inventory.Workstation:
		return clientWindows
	}
	return eitherWindows
}

func (c *Catalogue) windowsCycles(a inventory.Asset, text string, kind windowsKind) []lifecycle.Cycle {
	clients, servers := c.products["windows"], c.products["windows-server"]
	build := buildNumber.FindStringSubmatch(strings.Join([]string{a.OSBuild, "|", a.OSVersion, "|", a.OSName, "|", a.Version}, " "))
	if kind == serverWindows {
		if named := servers.byName(serverOf(text)); len(named) > 0 {
			return named[:1]
		}
		if build == nil {
			return nil
		}
		return slices.DeleteFunc(servers.byBuild(build[1]), special)
	}
	var asClient []lifecycle.Cycle
	if build != nil {
		asClient = ofEdition(clients.byBuild(build[1]), text)
	}
	if kind == eitherWindows {
		if build == nil {
			return nil
		}
		asServer := slices.DeleteFunc(servers.byBuild(build[1]), special)
		switch {
		case len(asClient) == 0:
			return asServer
		case len(asServer) > 0:
			return nil // a client's build and a server's: their dates are years apart
		}
	}
	if len(asClient) == 0 {
		asClient = ofEdition(clients.byName(clientOf(text)), text)
	}
	return asClient
}

// special tells the semi-annual releases of servers, which share builds with
// the usual ones and are only meant where their name says so.
func special(cycle lifecycle.Cycle) bool {
	return strings.HasSuffix(cycle.Name, "-sac") || cycle.Name == "2003" || cycle.Name == "2003-sp1"
}

// byBuild gives the releases whose newest build is of the number given.
func (p product) byBuild(build string) []lifecycle.Cycle {
	var found []lifecycle.Cycle
	for _, cycle := range p.cycles {
		if cycle.Latest == build || strings.HasSuffix(cycle.Latest, "."+build) {
			found = append(found, cycle)
		}
	}
	return found
}

// byName gives the release of that name, or those that begin with it.
func (p product) byName(name string) []lifecycle.Cycle {
	var found []lifecycle.Cycle
	for _, cycle := range p.cycles {
		if name != "" && cycle.Name == name {
			return []lifecycle.Cycle{cycle}
		}
		if name != "" && strings.HasPrefix(cycle.Name, name+"-") {
			found = append(found, cycle)
		}
	}
	return found
}

// serverOf gives the catalogue's name of a server release that is told by its name.
func serverOf(text string) string {
	if m := semiAnnual.FindStringSubmatch(text); m != nil {
		if name := strings.ToLower(m[1]); name != "23h2" {
			return name + "-sac"
		}
		return "23h2-ac"
	}
	m := serverName.FindStringSubmatch(text)
	switch {
	case m == nil:
		return ""
	case m[2] != "":
		return m[1] + "-r2"
	case m[1] == "2008" || m[1] == "2003":
		return m[1] + "-sp2" // the last service pack, whose end is everybody's
	}
	return m[1]
}

// clientOf gives the catalogue's name of a client release that is told by its name.
func clientOf(text string) string {
	if m := longTermOf.FindStringSubmatch(text); m != nil {
		return longTermCycles[m[1]+m[2]]
	}
	m := clientName.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	name := strings.ToLower(m[1])
	switch {
	case name == "vista":
		return "6"
	case name == "xp":
		return "5"
	case name != "10" && name != "11":
		return name
	case m[2] == "":
		return "" // every release begins so: that tells nothing
	}
	return name + "-" + strings.ToLower(m[2])
}

// ofEdition keeps the releases of the edition that the text tells; where it
// tells none, those of the usual editions.
func ofEdition(cycles []lifecycle.Cycle, text string) []lifecycle.Cycle {
	if len(cycles) < 2 {
		return cycles
	}
	wanted := func(name string) bool {
		lts := strings.Contains(name, "lts") || strings.HasSuffix(name, "-iot")
		switch {
		case longTerm.MatchString(text):
			return lts && strings.Contains(name, "iot") == (things.MatchString(text) && hasIoT(cycles))
		case lts:
			return false
		case consumer.MatchString(text):
			return !strings.HasSuffix(name, "-e")
		case enterprise.MatchString(text):
			return !strings.HasSuffix(name, "-w")
		}
		return true
	}
	var kept []lifecycle.Cycle
	for _, cycle := range cycles {
		if wanted(cycle.Name) {
			kept = append(kept, cycle)
		}
	}
	if len(kept) == 0 {
		return cycles
	}
	return kept
}

func hasIoT(cycles []lifecycle.Cycle) bool {
	return slices.ContainsFunc(cycles, func(c lifecycle.Cycle) bool { return strings.Contains(c.Name, "iot") })
}
