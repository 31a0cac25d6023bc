package profile

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"parc/inventory"
)

// text reads a value as a person would, in the format that a source names; ""
// when there is nothing to read. It never gives what has not passed Clean.
func text(v Varbind, format string) string {
	if v.Absent() {
		return ""
	}
	switch format {
	case "hex":
		return strings.ToUpper(hex.EncodeToString([]byte(v.Text)))
	case "mac":
		return macText(v)
	case "address":
		return addressText(v)
	case "date":
		return dateText(v)
	case "epoch":
		return epochText(v)
	case "dotted":
		return dottedText(v)
	case "tenths", "hundredths", "high-byte", "integer":
		return numberText(v, format)
	}
	switch {
	case v.Numeric():
		return strconv.FormatInt(v.Number, 10)
	case v.Tag == TagOID || v.Tag == TagAddress:
		return v.Text
	case v.Tag == TagOpaque:
		return ""
	}
	return plain(v.Text)
}

// plain reads octets as text: up to the first NUL, as UTF-8 where that is
// valid and as Latin-1 where it is not. Octets that no one would write as text
// give "".
func plain(s string) string {
	padding := func(c byte) bool { return c == 0 || c == 0xff || c == ' ' || c == '\t' || c == '\r' || c == '\n' }
	for s != "" && padding(s[0]) {
		s = s[1:]
	}
	for s != "" && padding(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	if at := strings.IndexByte(s, 0); at >= 0 {
		s = s[:at]
	}
	if !utf8.ValidString(s) {
		latin := make([]rune, 0, len(s))
		for i := range len(s) {
			latin = append(latin, rune(s[i]))
		}
		s = string(latin)
	}
	odd, total := 0, 0
	for _, r := range s {
		total++
		if r < ' ' && r != '\t' && r != '\r' && r != '\n' || r >= 0x7f && r < 0xa0 {
			odd++
		}
	}
	if odd > 0 && odd*4 >= total {
		return ""
	}
	return inventory.Clean(s)
}

var macPattern = regexp.MustCompile(`^(?i)([0-9a-f]{1,2}[:\- ]){5}[0-9a-f]{1,2}$|^[0-9a-f]{12}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$`)

// macText gives six octets, or a text that is a MAC address, as aa:bb:cc:dd:ee:ff;
// addresses that no one owns give "".
func macText(v Varbind) string {
	raw := []byte(v.Text)
	if len(raw) != 6 {
		raw = macOctets(strings.TrimSpace(v.Text))
	}
	if len(raw) != 6 || raw[0]&1 == 1 {
		return ""
	}
	any := false
	for _, b := range raw {
		any = any || b != 0
	}
	if !any {
		return ""
	}
	return fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", raw[0], raw[1], raw[2], raw[3], raw[4], raw[5])
}

func macOctets(s string) []byte {
	if !macPattern.MatchString(s) {
		return nil
	}
	var out []byte
	if strings.ContainsAny(s, ":- ") {
		for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(":- ", r) }) {
			n, err := strconv.ParseUint(part, 16, 8)
			if err != nil {
				return nil
			}
			out = append(out, byte(n))
		}
		return out
	}
	out, err := hex.DecodeString(strings.ReplaceAll(s, ".", ""))
	if err != nil {
		return nil
	}
	return out
}

func addressText(v Varbind) string {
	if v.Tag == TagAddress {
		return v.Text
	}
	if a, ok := netip.AddrFromSlice([]byte(v.Text)); ok {
		return a.Unmap().String()
	}
	if a, err := netip.ParseAddr(strings.TrimSpace(v.Text)); err == nil {
		return a.String()
	}
	return ""
}

// dateText reads a DateAndTime (RFC 2579) as YYYY-MM-DD; dates before 1980
// come from clocks that were never set.
func dateText(v Varbind) string {
	raw := []byte(v.Text)
	if written := writtenDate(plain(v.Text)); written != "" || len(raw) != 8 && len(raw) != 11 {
		return written
	}
	year, month, day := int(binary.BigEndian.Uint16(raw)), int(raw[2]), int(raw[3])
	return checkedDate(year, month, day)
}

var datePattern = regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b|\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b`)

// writtenDate reads 2024-05-17, 2024/5/17 and the American 05/17/24 as makers write them.
func writtenDate(s string) string {
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	if m[1] != "" {
		return checkedDate(number(m[1]), number(m[2]), number(m[3]))
	}
	year := number(m[6])
	if year < 80 {
		year += 2000
	} else if year < 100 {
		year += 1900
	}
	return checkedDate(year, number(m[4]), number(m[5]))
}

func checkedDate(year, month, day int) string {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 1980 || year > 2100 || int(d.Month()) != month || d.Day() != day {
		return ""
	}
	return d.Format(time.DateOnly)
}

func epochText(v Varbind) string {
	n := v.Number
	if !v.Numeric() {
		n, _ = strconv.ParseInt(plain(v.Text), 10, 64)
	}
	if n < 315532800 || n > 4102444800 { // 1980 to 2100
		return ""
	}
	return time.Unix(n, 0).UTC().Format(time.DateOnly)
}

// dottedText gives each octet as a number: how some makers send a version.
func dottedText(v Varbind) string {
	if v.Numeric() || v.Text == "" || len(v.Text) > 8 {
		return ""
	}
	parts := make([]string, 0, len(v.Text))
	for i := range len(v.Text) {
		parts = append(parts, strconv.Itoa(int(v.Text[i])))
	}
	return strings.Join(parts, ".")
}

// numberText reads a number: tenths and hundredths as makers who have no
// decimal point send them, high-byte as major.minor in two octets.
func numberText(v Varbind, format string) string {
	n := v.Number
	if !v.Numeric() {
		var err error
		if n, err = strconv.ParseInt(plain(v.Text), 10, 64); err != nil {
			return ""
		}
	}
	switch format {
	case "tenths":
		return strconv.FormatFloat(float64(n)/10, 'f', 1, 64)
	case "hundredths":
		return strconv.FormatFloat(float64(n)/100, 'f', 2, 64)
	case "high-byte":
		return fmt.Sprintf("%d.%d", n>>8&0xff, n&0xff)
	}
	return strconv.FormatInt(n, 10)
}

// whole reads a value as a number, for sizes and counts; texts that start with
// a number are read up to its end.
func whole(v Varbind) (int64, bool) {
	if v.Numeric() {
		return v.Number, true
	}
	s := plain(v.Text)
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && s[end] == '-') {
		end++
	}
	n, err := strconv.ParseInt(s[:end], 10, 64)
	return n, err == nil
}

// clampInt keeps hostile numbers within what the nouns hold.
func clampInt(n int64) int {
	return int(max(math.MinInt32, min(n, math.MaxInt32)))
}
