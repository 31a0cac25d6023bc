package lifecycle

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"parc/inventory"
)

// Update is how up to date an asset's system is within its release.
type Update struct {
	Product  string // for people: "FortiOS"
	Branch   string // the release: "7.4"
	State    SupportState
	Observed string           // the version that runs: "7.4.3"
	Latest   string           // the newest of the release, as the catalogue knows it
	LatestOn inventory.Day    // when that came out
	Behind   inventory.Answer // older than the newest; "" where versions do not tell
	Source   string
	SeenAt   inventory.Day
	Patched  inventory.Day // the last day on which an update was installed; "" where none tells
	PatchAge int           // days since then
}

// UpdateOf gives how up to date an asset's system is on a day.
func UpdateOf(a inventory.Asset, products Products, day inventory.Day) Update {
	var u Update
	if m, ok := products.System(a); ok {
		s := supportOf(m, day)
		u = Update{Product: m.Label, State: s.State, Observed: m.Version, Source: m.Source, SeenAt: m.AsOf}
		if len(m.Cycles) == 1 {
			c := m.Cycles[0]
			u.Branch, u.Latest, u.LatestOn = c.Name, c.Latest, c.LatestOn
			if !strings.HasPrefix(c.Product, "windows") { // whose newest build is told without its monthly revision
				u.Behind = older(m.Version, c.Latest)
			}
		}
	} else {
		u.State = NoAnswer
	}
	for _, h := range a.Details.Hotfixes {
		if h.InstalledOn > u.Patched && h.InstalledOn <= day {
			u.Patched = h.InstalledOn
		}
	}
	u.PatchAge = u.Patched.Until(day)
	return u
}

var (
	plainVersion = regexp.MustCompile(`^\d+(?:\.\d+)+(?:[-.]?[a-z]{1,3}\d*)*$`)
	versionPart  = regexp.MustCompile(`\d+|[a-z]+`)
)

// older tells whether a version is older than another: "" when either is not a
// plain dotted version, or when one is told in less detail than the other.
func older(observed, latest string) inventory.Answer {
	observed, latest = strings.ToLower(observed), strings.ToLower(latest)
	if first, _, more := strings.Cut(latest, " "); more && strings.Count(first, ".") > 2 {
		latest = first // "16.0.4265.3 CU26"; "8.0 update 3k" tells nothing by its first word
	}
	if !plainVersion.MatchString(observed) || !plainVersion.MatchString(latest) {
		return ""
	}
	x, y := versionPart.FindAllString(observed, -1), versionPart.FindAllString(latest, -1)
	for i := range min(len(x), len(y)) {
		switch order := compareParts(x[i], y[i]); {
		case order < 0:
			return inventory.Yes
		case order > 0:
			return inventory.No
		}
	}
	if len(x) >= len(y) {
		return inventory.No
	}
	if strings.Count(observed, ".") < strings.Count(latest, ".") {
		return "" // "12" is every 12.x
	}
	return inventory.Yes // "10.2.18" came before "10.2.18-h9"
}

func compareParts(x, y string) int {
	m, errX := strconv.Atoi(x)
	n, errY := strconv.Atoi(y)
	if errX == nil && errY == nil {
		return cmp.Compare(m, n)
	}
	return cmp.Compare(x, y)
}
