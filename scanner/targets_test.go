package scanner

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
)

// names is a resolver that knows a few hosts.
type names map[string][]string

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if n[host] == nil {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	var out []netip.Addr
	for _, a := range n[host] {
		out = append(out, netip.MustParseAddr(a))
	}
	return out, nil
}

var hosts = names{"nas": {"192.168.1.9"}, "srv.example.net": {"192.168.1.7", "fd00::7"}}

func parse(t *testing.T, args ...string) Targets {
	t.Helper()
	targets, err := ResolveTargets(t.Context(), hosts, args)
	if err != nil {
		t.Fatal(err)
	}
	return targets
}

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "targets.txt")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestParseTargets(t *testing.T) {
	t.Parallel()
	file := write(t, "# the office\n192.168.1.1\n\n 10.0.0.0/30 # uplink\r\nnas\n")
	for _, c := range []struct {
		args  []string
		want  string
		count int
	}{
		{[]string{"127.0.0.1"}, "127.0.0.1", 1},
		{[]string{"192.168.1.0/24"}, "192.168.1.0/24", 256},
		{[]string{"192.168.1.77/24"}, "192.168.1.0/24", 256},
		{[]string{"192.168.1.10-20"}, "192.168.1.10-192.168.1.20", 11},
		{[]string{"192.168.1.10-192.168.2.9"}, "192.168.1.10-192.168.2.9", 256},
		{[]string{"192.168.1.0-255"}, "192.168.1.0/24", 256},
		{[]string{"192.168.1.0/25", "192.168.1.128/25", "192.168.1.5"}, "192.168.1.0/24", 256},
		{[]string{"10.0.0.2", "10.0.0.1", "10.0.0.1"}, "10.0.0.1-10.0.0.2", 2},
		{[]string{"srv.example.net"}, "192.168.1.7, fd00::7", 2},
		{[]string{"@" + file}, "10.0.0.0/30, 192.168.1.1, 192.168.1.9", 6},
		{[]string{"::ffff:10.0.0.1", "::ffff:10.0.0.4/126"}, "10.0.0.1, 10.0.0.4/30", 5},
		{[]string{"fd00::/120", "::1"}, "::1, fd00::/120", 257},
		{[]string{"10.0.0.0/8"}, "10.0.0.0/8", 1 << 24},
		{[]string{"255.255.255.254/31"}, "255.255.255.254/31", 2},
	} {
		got := parse(t, c.args...)
		if got.String() != c.want || got.Count() != c.count {
			t.Errorf("%v: %s, %d addresses; want %s, %d", c.args, got, got.Count(), c.want, c.count)
		}
	}
}

func TestParseTargetsRefuses(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing")
	bad := write(t, "192.168.1.1\n192.168.1.256\n")
	nested := write(t, "@/etc/hosts\n")
	for _, c := range []struct {
		arg, want string
		code      inventory.Code
	}{
		{"192.168.1.256", `"192.168.1.256" is no target: write an address`, inventory.Invalid},
		{"192.168.1", "is no target", inventory.Invalid},
		{"192.168.1.0/33", "is no target", inventory.Invalid},
		{"192.168.1.0/-1", "is no target", inventory.Invalid},
		{"192.168.1.20-10", "ends before it starts", inventory.Invalid},
		{"192.168.1.10-256", "is no range", inventory.Invalid},
		{"192.168.1.10-fd00::1", "ends before it starts", inventory.Invalid},
		{"-iL/etc/passwd", "is no target", inventory.Invalid},
		{"--script=x", "is no target", inventory.Invalid},
		{"host; reboot", "is no target", inventory.Invalid},
		{"$(reboot)", "is no target", inventory.Invalid},
		{"", "is no target", inventory.Invalid},
		{strings.Repeat("a", 300), "is no target", inventory.Invalid},
		{"fe80::1%eth0", "names an interface", inventory.Invalid},
		{"0.0.0.0", "is no address of a device", inventory.Invalid},
		{"224.0.0.1", "is no address of a device", inventory.Invalid},
		{"unknown-host", `the host name "unknown-host" has no address: no such host`, inventory.Invalid},
		{"@" + missing, "cannot be read: no such file", inventory.Invalid},
		{"@" + filepath.Dir(missing), "cannot be read", inventory.Invalid},
		{"@" + bad, "targets.txt line 2: \"192.168.1.256\" is no target", inventory.Invalid},
		{"@" + nested, "is no target", inventory.Invalid},
		{"0.0.0.0/0", "is too large", inventory.LimitReached},
		{"fd00::/64", "is too large", inventory.LimitReached},
	} {
		_, err := ResolveTargets(t.Context(), hosts, []string{c.arg})
		if inventory.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", c.arg, err)
		}
	}
	if _, err := ResolveTargets(t.Context(), hosts, nil); inventory.CodeOf(err) != inventory.Invalid {
		t.Errorf("nothing: %v", err)
	}
}

func TestTargetsAgreeWithThemselves(t *testing.T) {
	t.Parallel()
	targets := parse(t, "10.0.0.3-10.0.1.200", "192.168.1.0/29", "fd00::10/124", "10.0.0.250-252")
	var all []netip.Addr
	for a := range targets.All() {
		all = append(all, a)
		if !targets.Contains(a) {
			t.Errorf("%s is walked through and not contained", a)
		}
	}
	if len(all) != targets.Count() || !slices.IsSortedFunc(all, netip.Addr.Compare) {
		t.Errorf("%d addresses, counted %d", len(all), targets.Count())
	}
	for _, a := range []string{"10.0.0.2", "10.0.1.201", "192.168.1.8", "fd00::20", "fd00::f", "::1", "0.0.0.0", "255.255.255.255"} {
		if targets.Contains(netip.MustParseAddr(a)) {
			t.Errorf("%s is contained", a)
		}
	}
	if again := TargetsOf(targets.Prefixes()...); again.String() != targets.String() {
		t.Errorf("by prefixes %s, want %s", again, targets)
	}
	for range targets.All() {
		break
	}
}

func TestTargetsWithout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, without, want string }{
		{"10.0.0.0/29", "10.0.0.3", "10.0.0.0-10.0.0.2, 10.0.0.4/30"},
		{"10.0.0.0/29", "10.0.0.0/30", "10.0.0.4/30"},
		{"10.0.0.0/29", "10.0.0.4/30", "10.0.0.0/30"},
		{"10.0.0.0/29", "10.0.0.0/8", ""},
		{"10.0.0.0/29", "192.168.0.0/16", "10.0.0.0/29"},
		{"10.0.0.0/30", "::/112", "10.0.0.0/30"},
		{"255.255.255.252/30", "255.255.255.254-255", "255.255.255.252/31"},
	} {
		if got := parse(t, c.from).Without(parse(t, c.without)).String(); got != c.want {
			t.Errorf("%s without %s: %q, want %q", c.from, c.without, got, c.want)
		}
	}
}

// A /8 is as small as an address until it is walked through.
func TestTargetsAreSmall(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	targets := parse(t, "10.0.0.0/8")
	n := 0
	for a := range targets.All() {
		if n++; n == 1<<20 {
			_ = a
			break
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("%d bytes", used)
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	site := []netip.Prefix{netip.MustParsePrefix("192.168.1.0/24"), netip.MustParsePrefix("10.1.0.0/16")}
	for target, want := range map[string]string{
		"192.168.1.7":                "",
		"192.168.1.0/24":             "",
		"10.1.2.0/23":                "",
		"192.168.9.4":                "192.168.9.4 is outside the declared networks of the site (192.168.1.0/24, 10.1.0.0/16): declare 192.168.9.0/24 for the site, or leave it out",
		"192.168.0.0/23":             "192.168.0.0/24 are outside the declared networks of the site (192.168.1.0/24, 10.1.0.0/16): declare 192.168.0.0/24",
		"192.168.1.250-192.168.2.20": "192.168.2.0-192.168.2.20 are outside",
		"10.0.0.0/15":                "10.0.0.0/16 are outside the declared networks of the site (192.168.1.0/24, 10.1.0.0/16): declare 10.0.0.0/16",
		"fd00::1":                    "declare fd00::/64",
	} {
		err := parse(t, target).Within(site)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", target, err)
		case want != "" && (inventory.CodeOf(err) != inventory.OutOfRange || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %s", target, err, want)
		}
	}
	if err := parse(t, "10.0.0.1").Within(nil); inventory.CodeOf(err) != inventory.OutOfRange || !strings.Contains(err.Error(), "none is declared") {
		t.Errorf("nothing declared: %v", err)
	}
}

func TestGuardKnowsPublicRanges(t *testing.T) {
	t.Parallel()
	public := []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")}
	if _, err := newGuard(public, false); inventory.CodeOf(err) != inventory.OutOfRange || !strings.Contains(err.Error(), "198.51.100.0/24 is public") {
		t.Errorf("public: %v", err)
	}
	if _, err := newGuard(nil, false); inventory.CodeOf(err) != inventory.OutOfRange {
		t.Errorf("none: %v", err)
	}
	g, err := newGuard(public, true)
	if err != nil || !g.may(netip.MustParseAddr("198.51.100.9")) || g.may(netip.MustParseAddr("198.51.101.9")) {
		t.Errorf("allowed: %v", err)
	}
}

func FuzzParseTargets(f *testing.F) {
	for _, s := range []string{"192.168.1.0/24", "10.0.0.1-9", "nas", "@x", "fd00::/120", "1.2.3.4-5.6.7.8", "::ffff:1.2.3.4/97", "a-b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.HasPrefix(strings.TrimSpace(text), "@") {
			return // files are another test's
		}
		targets, err := ResolveTargets(t.Context(), hosts, []string{text})
		if err != nil {
			if code := inventory.CodeOf(err); code != inventory.Invalid && code != inventory.LimitReached {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		sum := 0
		for _, p := range targets.Prefixes() {
			if strings.HasPrefix(p.String(), "-") {
				t.Errorf("%q gives %s", text, p)
			}
			sum += spanOf(p).size()
		}
		if sum != targets.Count() || sum < 1 || sum > MaxTargets {
			t.Errorf("%q: %d by prefixes, %d counted", text, sum, targets.Count())
		}
		if err := targets.Within(targets.Prefixes()); err != nil {
			t.Error(err)
		}
		if rest := targets.Without(targets); rest.Count() != 0 {
			t.Errorf("%q: %s is left", text, fmt.Sprint(rest))
		}
	})
}
