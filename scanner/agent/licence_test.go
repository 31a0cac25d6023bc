package agent

import (
	"strings"
	"testing"
	"time"

	"parc/inventory"
)

// TestLicenceKeys: a whole key is a secret, a masked one is its end, and what
// Windows tells twice is one licence with the better key.
func TestLicenceKeys(t *testing.T) {
	t.Parallel()
	const whole, masked = "VK7JG-NPHTM-C97JM-9MPGT-3V66T", "XXXXX-XXXXX-XXXXX-XXXXX-3V66T"
	type licence struct{ name, key, tail string }
	for name, tc := range map[string]struct {
		entries, hardware string
		want              []licence
	}{
		"whole":           {`{"name":"Office","key":"` + whole + `"}`, ``, []licence{{"Office", whole, "3V66T"}}},
		"masked":          {`{"name":"Office","key":"` + masked + `"}`, ``, []licence{{"Office", "", "3V66T"}}},
		"hidden":          {`{"name":"Office","key":"BBBBB-BBBBB-BBBBB-BBBBB-BBBBB"}`, ``, []licence{{"Office", "", ""}}},
		"not known":       {`{"name":"Acrobat","key":"n/a"}`, ``, []licence{{"Acrobat", "", ""}}},
		"stars":           {`{"name":"Acrobat","key":"****-****-****"}`, ``, []licence{{"Acrobat", "", ""}}},
		"case counts":     {`{"name":"Other","key":"aB3-xyZ-778"}`, ``, []licence{{"Other", "aB3-xyZ-778", ""}}},
		"a book":          {`{"name":"Other","key":"` + strings.Repeat("k", 401) + `"}`, ``, []licence{{"Other", "", ""}}},
		"in lower case":   {`{"name":"Office","key":"` + strings.ToLower(whole) + `"}`, ``, []licence{{"Office", whole, "3V66T"}}},
		"masked and told": {`{"name":"Windows","productid":"00330-80000","key":"` + masked + `"}`, `"winprodid":"00330-80000","winprodkey":"` + whole + `"`, []licence{{"Windows", whole, "3V66T"}}},
		"two products":    {`{"name":"Office","productid":"1","key":"` + masked + `"}`, `"winprodid":"00330-80000","winprodkey":"` + whole + `"`, []licence{{"Office", "", "3V66T"}, {"Windows 11", whole, "3V66T"}}},
	} {
		hardware := `"name":"pc"`
		if tc.hardware != "" {
			hardware += "," + tc.hardware
		}
		m, err := Read(strings.NewReader(`{"action":"inventory","deviceid":"pc-1","content":{"hardware":{` + hardware + `},"operatingsystem":{"full_name":"Windows 11"},"licenseinfos":[` + tc.entries + `]}}`))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []licence
		for _, l := range m.Observations(Whose{ClientID: "c", SiteID: "s", Received: time.Unix(1_800_000_000, 0)})[0].Details.Licences {
			got = append(got, licence{l.Name, l.Key.Reveal(), l.Tail})
			if l.KeyID != "" {
				t.Errorf("%s: an agent gives the id %s", name, l.KeyID)
			}
		}
		if len(got) != len(tc.want) {
			t.Fatalf("%s: got %v", name, got)
		}
		for i := range got {
			if got[i] != tc.want[i] {
				t.Errorf("%s: got %v, want %v", name, got[i], tc.want[i])
			}
		}
	}
	if l := (inventory.FoundLicence{Key: inventory.NewSecret(whole)}); strings.Contains(l.Key.String(), "3V66T") {
		t.Error("a key prints")
	}
}
