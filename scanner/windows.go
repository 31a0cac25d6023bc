package scanner

import (
	"slices"
	"strings"

	"parc/inventory"
)

// windowsBuild is what a build of Windows is sold as. Many builds are both a
// client's and a server's: what else is known of the host decides.
type windowsBuild struct {
	Client        string `yaml:"client"`
	ClientVersion string `yaml:"client-version"`
	Server        string `yaml:"server"`
	ServerVersion string `yaml:"server-version"`
}

// serverLike are classes that a Windows Server has, clientLike those that it
// has not.
var (
	serverLike = []string{string(inventory.Server), string(inventory.Hypervisor)}
	clientLike = []string{string(inventory.Desktop), string(inventory.Laptop), string(inventory.Workstation)}
)

// nameWindows turns builds that were told into names and versions of systems.
// A build alone does not tell a client from a server where both exist: then
// it says Windows, and no more.
func (k *knowledge) nameWindows(claims []claim) []claim {
	server := k.chanceOf(claims, serverLike)
	client := k.chanceOf(claims, clientLike)
	out := claims
	for _, c := range claims {
		if c.field != inventory.FieldOSBuild {
			continue
		}
		build, ok := k.windows[majorBuild(c.value)]
		if !ok {
			continue
		}
		name, version, class := "", "", ""
		switch {
		case build.Server == "" && server >= 0.7 && server > client:
			// A server on a build that only clients are known by: a short-lived release.
		case build.Server == "" || client >= 0.35 && client > 2*server && build.Client != "":
			name, version, class = build.Client, build.ClientVersion, string(inventory.Desktop)
		case build.Client == "" || server >= 0.5 && server > 1.3*client:
			name, version, class = build.Server, build.ServerVersion, string(inventory.Server)
		}
		if name == "" {
			out = append(out, claim{inventory.FieldOSName, "Windows", c.weight, c.group, c.from})
			continue
		}
		out = append(out, claim{inventory.FieldOSName, name, c.weight, c.group, c.from}, claim{inventory.FieldOSVersion, version, c.weight, c.group, c.from},
			claim{inventory.FieldClass, class, 60, c.group, c.from})
	}
	return slices.DeleteFunc(slices.Clone(out), func(c claim) bool { return c.value == "" })
}

// majorBuild gives "10.0.17763" of "10.0.17763.1879".
func majorBuild(build string) string {
	parts := strings.SplitN(build, ".", 4)
	if len(parts) < 3 {
		return build
	}
	return strings.Join(parts[:3], ".")
}

// chanceOf gives how likely the class is one of these, by what is claimed.
func (k *knowledge) chanceOf(claims []claim, classes []string) float64 {
	groups := map[string]float64{}
	for _, c := range claims {
		if c.field == inventory.FieldClass && slices.Contains(classes, c.value) {
			groups[c.group] = max(groups[c.group], float64(c.weight)/100)
		}
	}
	doubt := 1.0
	for _, w := range groups {
		doubt *= 1 - w
	}
	return 1 - doubt
}
