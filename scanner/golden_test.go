package scanner

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parc/inventory"
)

var update = flag.Bool("update", false, "write the golden files")

// What nmap may say of a small office, and what parc makes of it.
//
// Not parallel: it changes the PATH.
func TestObservationsOfAnOffice(t *testing.T) {
	office, err := filepath.Abs("testdata/office.xml")
	if err != nil {
		t.Fatal(err)
	}
	fakeNmap(t, "/bin/cat "+office)
	c := config(t, "127.48.0.0/28")
	c.Credentials, c.ScanID = nil, "scan"
	var got record
	if _, err := Run(t.Context(), c, got.emit, nil); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got.observations, func(a, b inventory.Observation) int { return strings.Compare(a.Address, b.Address) })
	text, err := json.MarshalIndent(got.observations, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/office.golden.json"
	if *update {
		if err := os.WriteFile(golden, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(text)); diff != "" {
		t.Errorf("observations differ (-want +got); when they are right, run go test ./scanner -update\n%s", diff)
	}
}

// One name for each vendor: the tables use the profiles' spelling.
func TestSignalsUseCanonicalVendors(t *testing.T) {
	t.Parallel()
	c, _, err := config(t, "127.0.0.1").checked()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range tables(t).signals {
		for _, s := range list {
			for _, one := range s.says {
				if one.field == inventory.FieldVendor && c.Profiles.Vendor(one.value) != one.value {
					t.Errorf("%s: vendor %q is called %q elsewhere", s.file, one.value, c.Profiles.Vendor(one.value))
				}
			}
		}
	}
}
