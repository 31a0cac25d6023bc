package agent

import (
	"strings"
	"testing"
)

// TestUnknownSpeed: Linux says -1 of a card without a link, which agents send as
// the largest number of 32 bits.
func TestUnknownSpeed(t *testing.T) {
	t.Parallel()
	for told, want := range map[string]int64{"1000": 1000, "4294967295": 0, "-1": 0} {
		_, all := observe(t, strings.NewReader(strings.Replace(ocsInventory, "<STATUS>Up", "<SPEED>"+told+"</SPEED><STATUS>Up", 1)))
		if len(all) != 1 || len(all[0].Details.Interfaces) != 1 || all[0].Details.Interfaces[0].SpeedMbps != want {
			t.Errorf("%s: %+v", told, all[0].Details.Interfaces)
		}
	}
}
