package scanner

import (
	"net/netip"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"parc/inventory"
	"parc/scanner/lab"
)

// A sweep of a /16 needs no more memory than one of a /24.
func BenchmarkSweepOfSixteenBits(b *testing.B) {
	targets := TargetsOf(netip.MustParsePrefix("127.99.0.0/16"))
	c := Config{
		Targets: targets, Allowed: targets.Prefixes(), NoNmap: true, Rate: 1_000_000,
		Credentials: []inventory.Credential{community("public", targets.Prefixes()...)},
	}
	for b.Loop() {
		if _, err := Run(b.Context(), c, func(inventory.Observation) error { return nil }, nil); err != nil {
			b.Fatal(err)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-of-the-system")
}

// benchDevices is how many devices the benchmarks scan.
const benchDevices = 700

// company starts simulated companies until there are so many devices that
// answer SNMP.
func company(b *testing.B, first byte, latency time.Duration) Targets {
	b.Helper()
	var all []netip.Prefix
	var only []string
	for i := byte(0); len(all) < benchDevices; i++ {
		n, err := lab.Start(b.Context(), lab.Options{
			Base: netip.AddrFrom4([4]byte{127, first, i, 0}), SNMPPort: lab.HighSNMPPort, HighPorts: true, Only: only, Latency: latency,
		})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = n.Close() })
		for _, d := range n.Devices() {
			if d.Community != "public" {
				continue
			}
			all = append(all, netip.PrefixFrom(d.Address, 32))
			if i == 0 {
				only = append(only, d.Name)
			}
		}
	}
	return TargetsOf(all[:benchDevices]...)
}

// BenchmarkCompany asks 700 devices by SNMP: what they are, and all that is
// worth knowing, at hand and across a network. The processor's time is that of
// the scanner and of the simulated devices together.
func BenchmarkCompany(b *testing.B) {
	for i, latency := range []time.Duration{0, 20 * time.Millisecond} {
		targets := company(b, byte(120+i), latency)
		for _, depth := range []inventory.Depth{inventory.DepthIdentity, inventory.DepthFull} {
			b.Run(string(depth)+"/"+strconv.Itoa(int(latency.Milliseconds()))+"ms", func(b *testing.B) {
				c := Config{
					Targets: targets, Allowed: targets.Prefixes(), NoNmap: true, Depth: depth, SNMPPort: lab.HighSNMPPort,
					Credentials: []inventory.Credential{community("public", targets.Prefixes()...)},
				}
				before := processorTime(b)
				for b.Loop() {
					summary, err := Run(b.Context(), c, func(inventory.Observation) error { return nil }, nil)
					if err != nil || summary.Found != benchDevices {
						b.Fatalf("%d found, %v", summary.Found, err)
					}
				}
				b.ReportMetric((processorTime(b)-before).Seconds()/float64(b.N), "cpu-s/op")
			})
		}
	}
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
