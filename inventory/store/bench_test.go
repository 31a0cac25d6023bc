package store_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"parc/inventory"
	"parc/inventory/store/storetest"
)

// estate is how many assets are known when the benchmarks begin; PARC_BENCH_ASSETS
// sets another number.
func estate(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("PARC_BENCH_ASSETS"))
	if err != nil {
		return 100_000
	}
	return n
}

const benchBatch = 500 // observations in one call of Record

// seenAt is what SNMP says of machine i of the estate on a day.
func seenAt(i, day int) inventory.Observation {
	at := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	o := inventory.Observation{
		At: at, Source: inventory.FromSNMP, Ref: fmt.Sprintf("snmp:%d", i),
		Address: fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255), ScanID: fmt.Sprintf("scan-%d-%d", day, i/benchBatch),
	}
	mac := func(n int) string { return fmt.Sprintf("00:1b:%02x:%02x:%02x:%02x", n, i>>16&255, i>>8&255, i&255) }
	o.Add(inventory.FieldClass, string(inventory.Switch), "snmp:profile", inventory.High)
	o.Add(inventory.FieldVendor, "Cisco", "snmp:profile", inventory.High)
	o.Add(inventory.FieldModel, fmt.Sprintf("C9200L-%d", 24+i%2*24), "snmp:ent", inventory.High)
	o.Add(inventory.FieldSerial, fmt.Sprintf("FCW%07dX", i), "snmp:ent", inventory.High)
	o.Add(inventory.FieldHostname, fmt.Sprintf("sw-%06d", i), "snmp:sysName", inventory.High)
	o.Add(inventory.FieldVersion, fmt.Sprintf("17.%d.1", day), "snmp:ent", inventory.High)
	o.Add(inventory.FieldEngineID, fmt.Sprintf("800000090300001b%06x", i), "snmp:engine", inventory.High)
	o.Add(inventory.FieldMAC, mac(1), "snmp:if", inventory.High)
	o.Add(inventory.FieldMAC, mac(2), "snmp:if", inventory.High)
	o.Add(inventory.FieldDescription, "Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_LITE_IOSXE)", "snmp:sysDescr", inventory.High)
	o.Details.Services = []inventory.Service{{Port: 22, Protocol: "tcp", Name: "ssh"}, {Port: 443, Protocol: "tcp", Name: "https"}}
	for n := range 8 {
		o.Details.Interfaces = append(o.Details.Interfaces, inventory.Interface{Index: n + 1, Name: fmt.Sprintf("Gi1/0/%d", n+1), MAC: mac(n + 3), SpeedMbps: 1000, Up: n < 4})
	}
	return o
}

func seenBatch(from, n, day int) []inventory.Observation {
	batch := make([]inventory.Observation, n)
	for i := range batch {
		batch[i] = seenAt(from+i, day)
	}
	return batch
}

// BenchmarkRecord tells how many observations a second are reconciled and
// committed against an estate that is known: new assets, the same seen again, and
// one field of each changed; and how many times as long as a bare upsert of the same
// rows, right after, that takes.
func BenchmarkRecord(b *testing.B) {
	for _, kind := range []struct {
		name string
		dsn  func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(kind.name, func(b *testing.B) {
			s := storetest.Open(b, kind.dsn(b))
			c, err := s.CreateClient(b.Context(), storetest.Admin, inventory.Client{Name: "Bench"})
			if err != nil {
				b.Fatal(err)
			}
			site, err := s.CreateSite(b.Context(), storetest.Admin, inventory.Site{ClientID: c.ID, Name: "Siège"})
			if err != nil {
				b.Fatal(err)
			}
			record := func(b *testing.B, batch []inventory.Observation) {
				if _, err := s.Record(b.Context(), storetest.Admin, c.ID, site.ID, batch); err != nil {
					b.Fatal(err)
				}
			}
			size := estate(b)
			began := time.Now()
			for i := 0; i < size; i += benchBatch {
				record(b, seenBatch(i, benchBatch, 0))
			}
			b.Logf("%d new assets in %s", size, time.Since(began).Round(time.Millisecond))
			b.Run("bare", func(b *testing.B) {
				n := 0
				for b.Loop() {
					b.StopTimer()
					rows := bareRows(b, s, c.ID, seenBatch(spread(n, size), benchBatch, 0), "seen")
					n++
					b.StartTimer()
					bareUpsert(b, s, rows, "seen")
				}
				b.ReportMetric(float64(benchBatch*b.N)/b.Elapsed().Seconds(), "observations/s")
			})
			b.Run("agent", func(b *testing.B) {
				n := 0
				for b.Loop() {
					b.StopTimer()
					batch := make([]inventory.Observation, agentBatch)
					for i := range batch {
						batch[i] = inventoried(n*agentBatch+i, n)
					}
					n++
					b.StartTimer()
					record(b, batch)
				}
				b.ReportMetric(float64(agentBatch*b.N)/b.Elapsed().Seconds(), "inventories/s")
			})
			next := size
			for _, kind := range []struct {
				name  string
				batch func(n int) []inventory.Observation
			}{
				{"new", func(int) []inventory.Observation { next += benchBatch; return seenBatch(next, benchBatch, 0) }},
				{"seen", func(n int) []inventory.Observation { return laterToday(seenBatch(spread(n, size), benchBatch, 0), n) }},
				{"changed", func(n int) []inventory.Observation { return seenBatch(spread(n, size), benchBatch, 1+n%300) }},
			} {
				n := 0
				b.Run(kind.name, func(b *testing.B) {
					var bare time.Duration // of writing the same rows again, bare
					for b.Loop() {
						b.StopTimer()
						observations := kind.batch(n)
						n++
						b.StartTimer()
						record(b, observations)
						b.StopTimer()
						bare += bareUpsert(b, s, bareRows(b, s, c.ID, observations, kind.name), kind.name)
						b.StartTimer()
					}
					b.ReportMetric(float64(benchBatch*b.N)/b.Elapsed().Seconds(), "observations/s")
					b.ReportMetric(b.Elapsed().Seconds()/bare.Seconds(), "×bare")
				})
			}
		})
	}
}

// spread walks over the estate in jumps.
func spread(n, size int) int { return n * 7919 * benchBatch % size }

func laterToday(batch []inventory.Observation, n int) []inventory.Observation {
	for i := range batch {
		batch[i].At = batch[i].At.Add(time.Duration(n+1) * time.Second)
	}
	return batch
}
