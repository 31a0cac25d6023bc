package lifecycle

import (
	"regexp"
	"slices"
	"strconv"

	"parc/inventory"
)

// Processor is what a catalogue knows of a family of processors.
type Processor struct {
	Family    string
	Since     inventory.Day    // first sold
	Windows11 inventory.Answer // whether Microsoft lists it; "" where that differs within the family
	Source    string
}

// Eligibility says whether a machine can take Windows 11.
type Eligibility string

// The verdicts.
const (
	EligibleRuns    Eligibility = "runs"     // Windows 11 is on it
	EligibleYes     Eligibility = "eligible" // everything asked for is known to be there
	EligibleFixable Eligibility = "fixable"  // with more memory or a larger disk
	EligibleNo      Eligibility = "replace"  // its processor is not supported
	EligibleUnknown Eligibility = "unknown"  // something asked for is not known
)

// Windows11 is the verdict with its reasons.
type Windows11 struct {
	Verdict Eligibility
	Missing []string // what is missing, or not known: processor, tpm, memory, disk
	Family  string   // of the processor
	Source  string
}

// What Windows 11 asks for (Microsoft, Windows 11 specifications).
const (
	windows11MemoryMB = (4 << 10) * 9 / 10 // 4 GiB, of which firmware and graphics take some away
	windows11DiskMB   = 64_000 * 9 / 10    // 64 GB as makers count
)

var (
	onWindows11 = regexp.MustCompile(`(?i)\bwindows\W{0,6}11\b`)
	onWindows   = regexp.MustCompile(`(?i)\bwindows\b`)
	tpm2        = regexp.MustCompile(`(?i)\b(?:tpm|trusted platform module)\D{0,12}2\.0\b`)
)

// Windows11Of judges whether a Windows client can take Windows 11; false for
// anything else. A machine is eligible only when everything asked for is known.
func Windows11Of(a inventory.Asset, products Products) (Windows11, bool) {
	client := a.Class == inventory.Desktop || a.Class == inventory.Laptop || a.Class == inventory.Workstation
	if !client || !onWindows.MatchString(a.OSName) {
		return Windows11{}, false
	}
	if onWindows11.MatchString(a.OSName + " " + a.OSVersion) {
		return Windows11{Verdict: EligibleRuns}, true
	}
	var w Windows11
	p, known := products.Processor(processorOf(a))
	w.Family, w.Source = p.Family, p.Source
	if p.Windows11 == inventory.No {
		w.Verdict, w.Missing = EligibleNo, []string{"processor"}
		return w, true
	}
	var short, unknown []string
	if !known || p.Windows11 == "" {
		unknown = append(unknown, "processor")
	}
	if !hasTPM2(a) {
		unknown = append(unknown, "tpm")
	}
	for _, need := range []struct {
		name       string
		have, want int64
	}{{"memory", memoryOf(a), windows11MemoryMB}, {"disk", largestDisk(a), windows11DiskMB}} {
		switch {
		case need.have == 0:
			unknown = append(unknown, need.name)
		case need.have < need.want:
			short = append(short, need.name)
		}
	}
	switch {
	case len(unknown) > 0:
		w.Verdict, w.Missing = EligibleUnknown, slices.Concat(unknown, short)
	case len(short) > 0:
		w.Verdict, w.Missing = EligibleFixable, short
	default:
		w.Verdict = EligibleYes
	}
	return w, true
}

func processorOf(a inventory.Asset) string {
	if name := a.Values[inventory.FieldProcessor].Value; name != "" {
		return name
	}
	for _, c := range a.Details.Components {
		if c.Kind == inventory.ComponentProcessor {
			if c.Model != "" {
				return c.Model
			}
			return c.Name
		}
	}
	return ""
}

func hasTPM2(a inventory.Asset) bool {
	for _, c := range a.Details.Components {
		if tpm2.MatchString(c.Name) || tpm2.MatchString(c.Model) {
			return true
		}
	}
	return false
}

func memoryOf(a inventory.Asset) int64 {
	if mb, err := strconv.ParseInt(a.Values[inventory.FieldMemory].Value, 10, 64); err == nil {
		return mb
	}
	var sum int64
	for _, c := range a.Details.Components {
		if c.Kind == inventory.ComponentMemory {
			sum += c.SizeMB
		}
	}
	return sum
}

func largestDisk(a inventory.Asset) int64 {
	var size int64
	for _, c := range a.Details.Components {
		if c.Kind == inventory.ComponentDisk {
			size = max(size, c.SizeMB)
		}
	}
	return size
}
