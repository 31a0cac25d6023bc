package scanner

import (
	"log/slog"
	"net/netip"
	"slices"
	"time"

	"parc/inventory"
	"parc/scanner/nmap"
	"parc/scanner/profile"
)

// Config says what to scan and how.
type Config struct {
	Targets Targets
	Exclude Targets        // of these, never
	Allowed []netip.Prefix // the scope guard: nothing outside gets a packet
	Public  bool           // public addresses may be scanned, where allowed

	Depth       inventory.Depth        // "" is identity
	Credentials []inventory.Credential // SNMP; each is only sent inside its ranges
	SNMPPort    uint16                 // 0: 161
	NoNmap      bool                   // the built-in SNMP sweep and nothing else
	Preset      string                 // quick, standard (""), deep
	Ports       string                 // TCP ports for nmap instead of the preset's: "22,80,8000-8100"
	Rate        int                    // packets a second at the most; 0: what a small office's network carries

	Profiles *profile.Set // nil: the embedded ones
	ScanID   string       // of every observation; "": a new one
	Now      func() time.Time
	Log      *slog.Logger

	// Blackout tells whether scanning is forbidden at the time, and until when.
	// A scan does not start in such a window, and ends when one begins. May be nil.
	Blackout func(now time.Time) (until time.Time, forbidden bool)
	// Scanned lists ranges that an earlier run of the same scan has been through
	// with nmap: they are not scanned again. SNMP is asked again: it is quick.
	Scanned []netip.Prefix
	// Through is told of each range that nmap has been through, so that a scan
	// can be taken up again where it was cut short. May be nil.
	Through func([]netip.Prefix)
}

// Summary tells what a scan did.
type Summary struct {
	ScanID       string
	Targets      int      // addresses
	Found        int      // that answered with something to tell
	Observations int      // emitted
	Silent       int      // addresses that answer and tell nothing: no assets, and a warning
	Nmap         string   // its version; "" when it did not run
	Warnings     []string // what was lost, in plain words
	Took         time.Duration
}

// checked fills in what was left out and refuses what cannot be done, before
// anything is sent.
func (c Config) checked() (Config, guard, error) {
	if c.Depth == "" {
		c.Depth = inventory.DepthIdentity
	}
	if c.Depth != inventory.DepthIdentity && c.Depth != inventory.DepthFull {
		return c, guard{}, inventory.Errorf(inventory.Invalid, "%q is no depth: use identity or full", inventory.CleanTo(string(c.Depth), 40))
	}
	if c.Rate < 0 {
		return c, guard{}, inventory.Errorf(inventory.Invalid, "a rate of %d packets a second is no rate", c.Rate)
	}
	if _, err := nmap.ParsePreset(c.Preset); err != nil {
		return c, guard{}, err
	}
	if _, err := nmap.ParsePorts(c.Ports); err != nil {
		return c, guard{}, err
	}
	g, err := newGuard(c.Allowed, c.Public)
	if err != nil {
		return c, guard{}, err
	}
	if c.Targets = c.Targets.Without(c.Exclude); c.Targets.Count() == 0 {
		return c, guard{}, inventory.Errorf(inventory.Invalid, "nothing to scan: every target is excluded")
	}
	if err := c.Targets.Within(c.Allowed); err != nil {
		return c, guard{}, err
	}
	if c.Profiles == nil {
		if c.Profiles, err = profile.Load(); err != nil {
			return c, guard{}, err
		}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.ScanID == "" {
		c.ScanID = inventory.NewID(c.Now())
	}
	c.Scanned = slices.Clone(c.Scanned)
	return c, g, nil
}
