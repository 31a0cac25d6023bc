package profile

import (
	"strings"
	"testing"

	"parc/inventory"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	octets := func(s string) Varbind { return Varbind{Tag: TagOctets, Text: s} }
	number := func(n int64) Varbind { return Varbind{Tag: TagInteger, Number: n} }
	for _, c := range []struct {
		name, format string
		v            Varbind
		want         string
	}{
		{"text", "", octets("  Model 7\r\n\x00\x00"), "Model 7"},
		{"up to the first NUL", "", octets("abc\x00garbage"), "abc"},
		{"padding", "", octets("abc\xff\xff"), "abc"},
		{"Latin-1", "", octets("B\xfcro"), "Büro"},
		{"UTF-8", "", octets("Büro"), "Büro"},
		{"no text", "", octets("\x00\x01\x02\x03"), ""},
		{"number", "", number(-7), "-7"},
		{"absent", "", Varbind{Tag: TagNoObject}, ""},
		{"opaque", "", Varbind{Tag: TagOpaque, Text: "x"}, ""},
		{"hex", "hex", octets("\x0a\xbc"), "0ABC"},
		{"MAC octets", "mac", octets("\x00\x11\x22\x33\x44\x55"), "00:11:22:33:44:55"},
		{"MAC text", "mac", octets("0-11-22-33-44-55"), "00:11:22:33:44:55"},
		{"MAC with dots", "mac", octets("0011.2233.4455"), "00:11:22:33:44:55"},
		{"multicast MAC", "mac", octets("\x01\x11\x22\x33\x44\x55"), ""},
		{"MAC of nothing", "mac", octets("\x00\x00\x00\x00\x00\x00"), ""},
		{"address", "address", octets("\xc0\x00\x02\x01"), "192.0.2.1"},
		{"DateAndTime", "date", octets("\x07\xe8\x02\x1d\x0c\x00\x00\x00"), "2024-02-29"},
		{"no such day", "date", octets("\x07\xe9\x02\x1d\x0c\x00\x00\x00"), ""},
		{"written date", "date", octets("03/05/22"), "2022-03-05"},
		{"old written date", "date", octets("1999-12-31 x"), "1999-12-31"},
		{"no date", "date", octets("yesterday"), ""},
		{"epoch", "epoch", number(1709164800), "2024-02-29"},
		{"clock never set", "epoch", number(12), ""},
		{"tenths", "tenths", number(234), "23.4"},
		{"hundredths", "hundredths", octets("234"), "2.34"},
		{"high byte", "high-byte", number(0x0309), "3.9"},
		{"dotted", "dotted", octets("\x01\x02\x10"), "1.2.16"},
		{"bidi", "", octets("evil\u202egpj.exe"), "evilgpj.exe"},
	} {
		if got := text(c.v, c.format); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPlaceholdersAreRefused(t *testing.T) {
	t.Parallel()
	j := loaded(t).junk
	for _, c := range []struct {
		field inventory.Field
		value string
		fits  bool
	}{
		{inventory.FieldSerial, "FOC1234X0AB", true},
		{inventory.FieldSerial, "00000000", false},
		{inventory.FieldSerial, "0000-0000", false},
		{inventory.FieldSerial, "XXXXXXXX", false},
		{inventory.FieldSerial, "N/A", false},
		{inventory.FieldSerial, "To Be Filled By O.E.M.", false},
		{inventory.FieldSerial, "00:11:22:33:44:55", false},
		{inventory.FieldSerial, "<private>", false},
		{inventory.FieldSerial, "12", false},
		{inventory.FieldModel, "DS920+", true},
		{inventory.FieldModel, "UNKNOWN SWITCHES", false},
		{inventory.FieldModel, "1.3.6.1.4.1.9", false},
		{inventory.FieldVersion, "1.0", true},
		{inventory.FieldVersion, "unknown", false},
		{inventory.FieldVersion, "beta", false},
		{inventory.FieldVersion, "0.0.0", false},
		{inventory.FieldHostname, "localhost", false},
		{inventory.FieldHostname, "nas1", true},
	} {
		if got := j.unfit(c.field, c.value) == ""; got != c.fits {
			t.Errorf("%s %q: fits is %v", c.field, c.value, got)
		}
	}
}

func TestVendorHasOneSpelling(t *testing.T) {
	t.Parallel()
	set := loaded(t)
	for name, want := range map[string]string{
		"Cisco Systems, Inc.": "Cisco", "ciscoSystems": "Cisco", "HPE": "Hewlett Packard Enterprise",
		"ARUBA": "Hewlett Packard Enterprise", "American Power Conversion Corp.": "APC", "MikroTikls": "MikroTik",
		"Hangzhou Hikvision Digital Technology Co.,Ltd.": "Hikvision", "Unheard Of GmbH & Co. KG": "Unheard Of", "AG": "AG",
	} {
		if got := set.Vendor(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestCompareOID(t *testing.T) {
	t.Parallel()
	ordered := []string{"1.3", "1.3.6", "1.3.6.1", "1.3.6.2", "1.3.6.10", "1.3.10", "2.5"}
	for i := range ordered {
		for j := range ordered {
			if got := CompareOID(ordered[i], ordered[j]); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%s and %s: %d", ordered[i], ordered[j], got)
			}
		}
	}
}

func TestCaptureFaults(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1.3.6.1.2.1.1.1.0|4": "not OID|type|value",
		"1.3.six|4|x":         "is no OID",
		"1.3.6.1|4x|0g":       "value of",
		"1.3.6.1|octets|x":    "is no type",
		"1.3.6.1|2|many":      "is no number",
		"\nnonsense":          "line 2",
	} {
		_, err := ReadCapture(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) || inventory.CodeOf(err) != inventory.Invalid {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

// TestCaptureWithAFaultyLine reads what is sound of a file that somebody has
// edited, and tells the rest.
func TestCaptureWithAFaultyLine(t *testing.T) {
	t.Parallel()
	c, err := ReadCapture(strings.NewReader("1.3.6.1.2.1.1.1.0|4|x\n1.3.6.1.2.1.4.20.1.2.<address>|2|1\n"))
	if err != nil || len(c.objects) != 1 {
		t.Fatalf("got %v, %v", c, err)
	}
	if got := c.Faults(); len(got) != 1 || !strings.HasPrefix(got[0], "line 2: ") {
		t.Errorf("faults %q", got)
	}
}

// FuzzCapture reads any file as a capture and asks it everything.
func FuzzCapture(f *testing.F) {
	f.Add("1.3.6.1.2.1.1.1.0|4|x\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.1\n")
	f.Add("1.3.6.1.2.1.47.1.1.1.1.5.1|2|3\n1.3.6.1.2.1.47.1.1.1.1.4.1|2|1\n")
	f.Add(".1.3.6.1.2.1.4.34.1.3.2.16.1|2|1\n1.0.8802.1.1.2.1.4.2.1.3.0.1.1.1.4|2|1\n1.3.6.1.2.1.17.4.3.1.2.300.1|2|1\n")
	f.Add("1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.8691.7.1\n1.3.6.1.2.1.25.2.3.1.5.1|2|-1\n1.3.6.1.2.1.43.11.1.1.6.1.1|4|t\n")
	set, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadCapture(strings.NewReader(text))
		if err != nil {
			return
		}
		r := set.InquireCapture(c, inventory.DepthFull).Result(noon)
		for _, fact := range r.Facts {
			if fact.Value == "" || fact.Value != inventory.Clean(fact.Value) {
				t.Errorf("%s is %q", fact.Field, fact.Value)
			}
		}
	})
}
