package inventory

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkReconcile reconciles 1,000 observations against the assets that
// they are of, each known by agent, SNMP and nmap.
func BenchmarkReconcile(b *testing.B) {
	batch := func(at float64) []Observation {
		var list []Observation
		for i := range 500 {
			base := fmt.Sprintf("%02x:%02x", i/256, i%256)
			list = append(list,
				obs(FromAgent, at, fmt.Sprintf("ref=pc-%d-2025-01-01-10-00-00", i), fmt.Sprintf("serial=CZC%07d", i*7919), "vendor=HP", "model=EliteDesk 800",
					fmt.Sprintf("uuid=4c4c4544-%04x-4d10-8052-b4c04f463432", i), "mac=00:1b:21:11:"+base, "mac=3c:6a:a7:11:"+base, fmt.Sprintf("host=pc-%d", i), "class=desktop",
					fmt.Sprintf("addr=10.0.%d.%d", i/250, i%250+1), "os.name=Windows 11 Pro", "os.build=26100", fmt.Sprintf("disk=WD%07d", i)),
				obs(FromNmap, at, fmt.Sprintf("addr=10.0.%d.%d", i/250, i%250+1), "mac=00:1b:21:11:"+base, fmt.Sprintf("host=pc-%d", i), "port=ssh", "port=https"))
		}
		return list
	}
	m := newMemory(b)
	m.record(day0.Add(time.Hour), batch(0)...)
	next := batch(7)
	known := m.known(next)
	b.ReportAllocs()
	for b.Loop() {
		p := Reconcile(day0.AddDate(0, 0, 7), next, known)
		if len(p.Create) > 0 || len(p.Update) != 500 {
			b.Fatalf("%d created, %d updated", len(p.Create), len(p.Update))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(next)), "µs/observation")
}
