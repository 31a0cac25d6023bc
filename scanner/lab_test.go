package scanner

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"parc/inventory"
	"parc/scanner/lab"
)

// The simulated company, looked at without any password: what is said of a
// device must be true, and enough must be said.
func TestRunNamesACompanyWithoutAPassword(t *testing.T) {
	t.Parallel()
	n, err := lab.Start(t.Context(), lab.Options{Base: netip.MustParseAddr("127.91.5.0")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	c := config(t, n.Targets()...)
	c.Credentials, c.Preset = nil, "quick"
	if n.Port(443) != 443 { // without root the lab's ports are others, and only nmap's versions tell what is there
		c.Ports, c.Preset = n.Ports(), "standard"
	}
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil {
		t.Fatal(err)
	}
	scores := map[inventory.Field]*score{}
	for _, d := range n.Devices() {
		o := got.from(inventory.FromNmap, d.Address.String())
		if o == nil {
			t.Errorf("%s (%s) was not found", d.Name, d.Address)
			continue
		}
		for field, want := range expected(d.Expect) {
			if scores[field] == nil {
				scores[field] = &score{}
			}
			if wrong := scores[field].count(o.Get(field), want); wrong != "" {
				t.Errorf("%s: %s is %s, want one of %q", d.Name, field, wrong, want)
			}
		}
	}
	for field, least := range map[inventory.Field]int{
		inventory.FieldClass: 85, inventory.FieldVendor: 60, inventory.FieldHostname: 40, inventory.FieldOSName: 65, inventory.FieldOSBuild: 70,
	} {
		s := scores[field]
		if share := 100 * s.right / s.asked; share < least {
			t.Errorf("%s is told of %d %% (%d of %d), want %d %%", field, share, s.right, s.asked, least)
		}
	}
}

// score counts what was said of one field.
type score struct{ asked, right int }

// count gives the value when it is none of those wanted. Nothing said is not
// wrong.
func (s *score) count(value string, want []string) (wrong string) {
	s.asked++
	if value == "" {
		return ""
	}
	if !slices.ContainsFunc(want, func(w string) bool { return sameThing(value, w) }) {
		return fmt.Sprintf("%q", value)
	}
	s.right++
	return ""
}

// sameThing tells that two values are one: a name with and without its domain,
// a vendor by its old and its new name.
func sameThing(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	first, _, _ := strings.Cut(a, ".")
	other, _, _ := strings.Cut(b, ".")
	return a == b || strings.TrimSuffix(a, " series") == strings.TrimSuffix(b, " series") ||
		first == other && !strings.ContainsAny(first[:min(1, len(first))], "0123456789") || renamed[a] == b
}

var renamed = map[string]string{"hewlett packard enterprise": "hpe", "hpe": "hewlett packard enterprise", "macos": "os x"}

// expected lists what is known of a device, by field.
func expected(e lab.Expect) map[inventory.Field][]string {
	out := map[inventory.Field][]string{}
	add := func(f inventory.Field, values ...string) {
		if values[0] != "" {
			out[f] = values
		}
	}
	var classes []string
	for _, c := range e.Classes {
		classes = append(classes, string(c))
	}
	add(inventory.FieldClass, classes...)
	add(inventory.FieldVendor, e.Vendor)
	if strings.EqualFold(e.Vendor, "Aruba") {
		add(inventory.FieldVendor, e.Vendor, "Hewlett Packard Enterprise")
	}
	add(inventory.FieldModel, e.Model)
	add(inventory.FieldSerial, e.Serial)
	broad, _, _ := strings.Cut(e.OSName, " ") // "Windows" is true of every Windows
	add(inventory.FieldOSName, e.OSName, broad, "Linux")
	add(inventory.FieldOSBuild, e.OSBuild)
	if !strings.Contains(e.Hostname, "=") {
		add(inventory.FieldHostname, e.Hostname)
	}
	return out
}
