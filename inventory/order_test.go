package inventory

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestBatchOrder: whatever the order in which batches come, records of machines
// that tell their identifiers a few at a time end on the same assets, once each
// machine has told all of them together.
func TestBatchOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		truth := map[string]int{}
		var batches [][]Observation
		machines := rapid.IntRange(2, 5).Draw(rt, "machines")
		record := 0
		tell := func(machine int, kinds []string) Observation {
			record++
			o := Observation{
				ClientID: "c1", SiteID: "paris", Source: FromSNMP, Ref: fmt.Sprint("r", record),
				At: day0.Add(time.Duration(rapid.IntRange(0, 90*24).Draw(rt, "hour")) * time.Hour),
			}
			for _, k := range kinds {
				switch k {
				case "serial":
					o.Add(FieldSerial, fmt.Sprintf("5CG%04dABC", machine), "", High)
					o.Add(FieldVendor, "HP", "", High)
				case "uuid":
					o.Add(FieldUUID, fmt.Sprintf("4c4c4544-0044-4d10-8052-b4c04f46%04d", machine), "", High)
				case "mac":
					o.Add(FieldMAC, fmt.Sprintf("00:1b:21:11:11:%02d", machine), "", High)
				case "engine":
					o.Add(FieldEngineID, fmt.Sprintf("80001f8880aa55aa55%08d", machine), "", High)
				}
			}
			o.Add(FieldHostname, fmt.Sprint("srv-", machine), "", High)
			truth[label(&o)] = machine
			return o
		}
		all := []string{"serial", "uuid", "mac", "engine"}
		for machine := range machines {
			for range rapid.IntRange(0, 5).Draw(rt, "records") {
				batches = append(batches, []Observation{tell(machine, rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, 3, rapid.ID).Draw(rt, "kinds"))})
			}
			batches = append(batches, []Observation{tell(machine, all)})
		}
		partition := func(order []int) string {
			m := world(t, rt)
			for n, i := range order {
				m.record(day0.AddDate(0, 4, n), batches[i]...)
			}
			machineOf := map[string]int{}
			for l, asset := range m.placed {
				if other, ok := machineOf[asset]; ok && other != truth[l] {
					rt.Errorf("order %v: machines %d and %d became one", order, other, truth[l])
				}
				machineOf[asset] = truth[l]
			}
			var things []string
			for _, a := range m.assets {
				var refs []string
				for _, s := range a.Sightings {
					refs = append(refs, s.Ref)
				}
				slices.Sort(refs)
				things = append(things, strings.Join(refs, "+"))
			}
			slices.Sort(things)
			return strings.Join(things, " ")
		}
		first := partition(indexes(len(batches)))
		if got := strings.Count(first, " ") + 1; got != machines {
			rt.Errorf("%d machines are %d assets: %s", machines, got, first)
		}
		order := rapid.Permutation(indexes(len(batches))).Draw(rt, "order")
		if second := partition(order); second != first {
			rt.Errorf("in the order %v:\n%s\nand not\n%s", order, second, first)
		}
	})
}
