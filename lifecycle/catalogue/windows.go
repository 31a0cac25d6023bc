package catalogue

import (
	"regexp"
	"strings"

	"parc/inventory"
	"parc/lifecycle"
)

var (
	isWindows   = regexp.MustCompile(`(?i)\bwindows\b`)
	isServer    = regexp.MustCompile(`(?i)\b(windows server|server 20\d\d|hyper-v server)`)
	serverName  = regexp.MustCompile(`(?i)server\D{0,12}(20\d\d)(?:\s*(R2))?`)
	clientName  = regexp.MustCompile(`(?i)windows\D{0,14}\b(11|10|8\.1|8|7|vista|xp)\b(?:.*?\b(\d\dH[12]|1[5-9]\d\d|200[49])\b)?`)
	buildNumber = regexp.MustCompile(`\b(?:10\.0\.|6\.[0-3]\.|5\.[0-2]\.)?(2600|3790|600[0-3]|760[01]|9200|9600|1\d{4}|2\d{4})(?:\.\d+)?\b`)
	enterprise  = regexp.MustCompile(`(?i)\b(enterprise|entreprise|education|éducation)\b`)
	longTerm    = regexp.MustCompile(`(?i)\b(ltsc|ltsb)\b`)
	consumer    = regexp.MustCompile(`(?i)\b(pro|professionn?el|professional|home|famille|core)\b`)
)

// windows reads a Windows: its build names the release, for clients and servers
// apart; the edition, where it shows, chooses between the dates of one build.
// SNMP tells "Windows Version 6.3" for everything since Server 2016, so the
// build counts and the version does not.
func (c *Catalogue) windows(a inventory.Asset, text string) (lifecycle.Match, bool) {
	if !isWindows.MatchString(text) {
		return lifecycle.Match{}, false
	}
	server := isServer.MatchString(text) || a.Class == inventory.Server
	m := lifecycle.Match{Label: "Windows", Source: c.source, AsOf: c.seen}
	name := "windows"
	if server {
		m.Label, name = "Windows Server", "windows-server"
	}
	p := c.products[name]
	if build := buildNumber.FindStringSubmatch(a.OSBuild + " " + a.OSVersion + " " + a.OSName + " " + a.Version); build != nil {
		m.Cycles = p.byBuild(build[1])
	}
	if len(m.Cycles) == 0 || server && serverName.MatchString(text) {
		if named := p.byName(windowsName(text, server)); len(named) > 0 {
			m.Cycles = named
		}
	}
	m.Cycles = ofEdition(m.Cycles, text)
	return m, true
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

// byName gives the releases of that name, or that begin with it.
func (p product) byName(name string) []lifecycle.Cycle {
	var found []lifecycle.Cycle
	for _, cycle := range p.cycles {
		if name != "" && (cycle.Name == name || strings.HasPrefix(cycle.Name, name+"-")) {
			if cycle.Name == name {
				return []lifecycle.Cycle{cycle}
			}
			found = append(found, cycle)
		}
	}
	return found
}

// windowsName gives the catalogue's name of a release that is told by its name.
func windowsName(text string, server bool) string {
	if server {
		m := serverName.FindStringSubmatch(text)
		switch {
		case m == nil:
			return ""
		case m[2] != "":
			return m[1] + "-r2"
		}
		return m[1]
	}
	m := clientName.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	name := strings.ToLower(m[1])
	if m[2] != "" {
		name += "-" + strings.ToLower(m[2])
	}
	if name == "10" || name == "11" {
		return "" // every release begins so: that tells nothing
	}
	return name
}

// ofEdition keeps the releases of the edition that the text tells; where it
// tells none, those of the usual editions.
func ofEdition(cycles []lifecycle.Cycle, text string) []lifecycle.Cycle {
	if len(cycles) < 2 {
		return cycles
	}
	var kept []lifecycle.Cycle
	for _, cycle := range cycles {
		special := strings.Contains(cycle.Name, "lts") || strings.HasSuffix(cycle.Name, "-sac") || strings.HasSuffix(cycle.Name, "-ac")
		var fits bool
		switch {
		case longTerm.MatchString(text):
			fits = strings.Contains(cycle.Name, "lts")
		case special:
			fits = false
		case enterprise.MatchString(text):
			fits = !strings.HasSuffix(cycle.Name, "-w")
		case consumer.MatchString(text):
			fits = !strings.HasSuffix(cycle.Name, "-e")
		default:
			fits = true
		}
		if fits {
			kept = append(kept, cycle)
		}
	}
	if len(kept) == 0 {
		return cycles
	}
	return kept
}
