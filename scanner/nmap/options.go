package nmap

import (
	"context"
	"log/slog"
	"net/netip"
	"strings"

	bindings "github.com/Ullaakut/nmap/v3"

	"parc/inventory"
)

// Stage is a part of what a preset asks for. Looking for open ports is quick
// and says who is there; asking each service for its version, and the scripts,
// take their time and are worth it for hosts only that have something open.
type Stage string

// The stages.
const (
	Whole    Stage = ""         // all of the preset in one go
	Finding  Stage = "finding"  // who is there, and their open ports
	Detailed Stage = "detailed" // versions, scripts, systems; Ports says of which ports, every target is taken for up
)

// Options say how to scan. The zero Options are the standard preset with raw
// sockets where this process may open them.
type Options struct {
	Preset   Preset
	Stage    Stage
	Ports    Ports // instead of the preset's TCP ports; UDP is left out then, but of a Detailed stage
	Rate     int   // packets a second at the most; 0: DefaultRate, and no limit on loopback
	NoPing   bool  // take every address for a host that is up
	Connect  bool  // never raw sockets
	Chunk    int   // addresses for one run of nmap; 0: DefaultChunk
	Log      *slog.Logger
	Progress func(Progress) // called when something has changed; may be nil
}

const (
	// DefaultRate is what the network of a small office carries without
	// anybody noticing: 1500 small packets are less than 1 Mbit/s.
	DefaultRate = 1500
	// DefaultChunk is how many addresses one nmap is given.
	DefaultChunk = 4096
)

// Progress is how far a run is.
type Progress struct {
	Task    string  // what nmap is doing: "Service scan"
	Percent float64 // of all targets, 0 to 100; never goes back
	Done    int     // addresses of the chunks that are finished
	Hosts   int     // hosts told so far
}

// arguments gives nmap's arguments for one chunk.
func (o Options) arguments(chunk []netip.Prefix, raw bool) ([]string, error) {
	p := o.Preset.plan()
	switch o.Stage {
	case Finding:
		p.versions, p.scripts, p.system, p.udp = false, nil, false, ""
	case Detailed:
		o.NoPing = true
	}
	ports := "T:" + string(p.ports)
	if o.Ports != "" {
		ports = "T:" + string(o.Ports)
		if o.Stage != Detailed {
			p.udp = ""
		}
	}
	opts := []bindings.Option{
		bindings.WithTimingTemplate(bindings.TimingAggressive),
		bindings.WithStatsEvery("500ms"),
		bindings.WithMaxRetries(p.retries),
		bindings.WithHostTimeout(p.hostTime),
		bindings.WithMaxHostgroup(p.hostsAtOnce),
	}
	if raw {
		opts = append(opts, bindings.WithPrivileged(), bindings.WithSYNScan())
		if p.udp != "" {
			opts = append(opts, bindings.WithUDPScan())
			ports += ",U:" + string(p.udp)
		}
		if p.system {
			opts = append(opts, bindings.WithOSDetection(), bindings.WithOSScanLimit())
		}
	} else {
		opts = append(opts, bindings.WithUnprivileged(), bindings.WithConnectScan())
		ports = strings.TrimPrefix(ports, "T:")
	}
	opts = append(opts, bindings.WithPorts(ports))
	opts = append(opts, o.discovery(raw)...)
	if p.versions {
		opts = append(opts, bindings.WithServiceInfo(), bindings.WithVersionIntensity(p.intensity))
	}
	if len(p.scripts) > 0 {
		opts = append(opts, bindings.WithScripts(p.scripts...), bindings.WithScriptTimeout(p.scriptTime))
	}
	if rate := o.rate(chunk); rate > 0 {
		opts = append(opts, bindings.WithMaxRate(rate))
	}
	if loopback(chunk) {
		opts = append(opts, bindings.WithDisabledDNSResolution())
	}
	if len(chunk) > 0 && chunk[0].Addr().Is6() {
		opts = append(opts, bindings.WithIPv6Scanning())
	}
	opts = append(opts, bindings.WithTargetInput("-"))
	// The path keeps the bindings from looking for a program that is not run by them.
	s, err := bindings.NewScanner(context.Background(), append(opts, bindings.WithBinaryPath("nmap"))...)
	if err != nil {
		return nil, err
	}
	return append(s.Args(), "-oX", "-"), nil
}

// discovery gives how nmap finds out who is there. On its own network with raw
// sockets it asks by ARP, whatever is said here.
func (o Options) discovery(raw bool) []bindings.Option {
	if o.NoPing {
		return []bindings.Option{bindings.WithSkipHostDiscovery()}
	}
	if !raw {
		return []bindings.Option{bindings.WithSYNDiscovery("22,80,135,443,445,3389,8080,9100")}
	}
	return []bindings.Option{
		bindings.WithICMPEchoDiscovery(), bindings.WithICMPTimestampDiscovery(),
		bindings.WithSYNDiscovery("22,80,443,445,3389,9100"), bindings.WithACKDiscovery("80,443"),
	}
}

func (o Options) rate(chunk []netip.Prefix) int {
	switch {
	case o.Rate > 0:
		return o.Rate
	case loopback(chunk):
		return 0
	}
	return DefaultRate
}

// loopback tells that all of a chunk is this machine itself.
func loopback(chunk []netip.Prefix) bool {
	for _, p := range chunk {
		if !p.Addr().IsLoopback() || p.Addr().Is4() && p.Bits() < 8 {
			return false
		}
	}
	return true
}

func (o Options) chunkSize() int {
	if o.Chunk > 0 {
		return o.Chunk
	}
	return DefaultChunk
}

// checked refuses what nmap could misread.
func (o Options) checked() (Options, error) {
	if o.Rate < 0 {
		return o, inventory.Errorf(inventory.Invalid, "a rate of %d packets a second is no rate", o.Rate)
	}
	preset, err := ParsePreset(string(o.Preset))
	if err != nil {
		return o, err
	}
	if o.Stage != Whole && o.Stage != Finding && o.Stage != Detailed {
		return o, inventory.Errorf(inventory.Invalid, "%q is no stage of a scan", inventory.CleanTo(string(o.Stage), 40))
	}
	ports, err := ParsePorts(string(o.Ports))
	if err != nil {
		return o, err
	}
	o.Preset, o.Ports = preset, ports
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o, nil
}
