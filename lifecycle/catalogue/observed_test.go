package catalogue

import (
	"os"
	"strings"
	"testing"

	"parc/inventory"
	"parc/lifecycle"
)

// Observed strings lead to their product's release, its end and its state on
// 2026-11-23. The file was written from the makers' dates, line by line.
func TestObservedSystems(t *testing.T) {
	t.Parallel()
	c := load(t)
	text, err := os.ReadFile("testdata/observed.txt")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		ran++
		observed, wanted, _ := strings.Cut(line, " = ")
		observed, wanted = strings.TrimSuffix(observed, "="), strings.TrimSpace(wanted)
		a := parse(observed)
		if cells := strings.Split(observed, "|"); len(cells) > 5 {
			a.Values = map[inventory.Field]inventory.Value{inventory.FieldObjectID: {Value: strings.TrimSpace(cells[5])}}
		}
		m, known := c.System(a)
		got := cycleNames(m)
		if !known {
			got = "-"
		}
		s := lifecycle.SupportOf(a, c, "2026-11-23")
		got += " ; " + string(s.End) + " ; " + string(s.State)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(wanted), " ") {
			t.Errorf("%s\n got %s\nwant %s", observed, got, wanted)
		}
	}
	if ran < 150 {
		t.Errorf("only %d lines", ran)
	}
}

func TestSerialNumbers(t *testing.T) {
	t.Parallel()
	c := load(t)
	makers := map[string]string{"HP": "HP", "Cisco": "Cisco Systems", "APC": "APC", "Apple": "Apple Inc.", "Brother": "Brother", "Huawei": "Huawei"}
	for _, r := range c.serials {
		if len(r.Examples) == 0 {
			t.Errorf("%s has no examples", r.Maker)
		}
		for serial, want := range r.Examples {
			a := inventory.Asset{Vendor: makers[r.Maker], Serial: serial, Class: inventory.Laptop}
			var got []string
			for _, m := range c.Made(a, "2026-11-23") {
				got = append(got, string(m.From))
			}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s %s: %v, want %v", r.Maker, serial, got, want)
			}
		}
	}
	for _, a := range []inventory.Asset{
		{Vendor: "Dell Inc.", Serial: "4CE137BR0W", Class: inventory.Laptop}, {Vendor: "Lenovo", Serial: "PF1ABCDE", Class: inventory.Laptop},
		{Vendor: "HPE", Serial: "CZ32120B0X", Class: inventory.Server}, {Vendor: "Cisco", Serial: "Q2XX-ABCD-1234"},
		{Vendor: "Apple", Serial: "H4T9V2K7QX", Class: inventory.Laptop},
	} {
		if got := c.Made(a, "2026-11-23"); len(got) > 0 {
			t.Errorf("%s %s is read as %v", a.Vendor, a.Serial, got)
		}
	}
}

func TestProcessors(t *testing.T) {
	t.Parallel()
	c := load(t)
	for _, r := range c.processors {
		for name, want := range r.Examples {
			if got, ok := c.Processor(name); !ok || got.Family != r.Family || string(got.Windows11) != want {
				t.Errorf("%s is %+v, want %s %q", name, got, r.Family, want)
			}
		}
		if len(r.Examples) == 0 {
			t.Errorf("%s has no example", r.Family)
		}
	}
	for _, name := range []string{"", "ARMv7 Processor rev 4", "QEMU Virtual CPU version 2.5+", "Common KVM processor"} {
		if got, ok := c.Processor(name); ok {
			t.Errorf("%q is %+v", name, got)
		}
	}
}
