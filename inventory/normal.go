package inventory

import (
	"encoding/hex"
	"net/netip"
	"strings"
)

// squeeze keeps the letters and digits of a text, in capitals: the form in
// which serials are compared.
func squeeze(s string) string {
	plain := true
	for i := range len(s) {
		c := s[i]
		plain = plain && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
	}
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r > 127 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hexDigits keeps the hex digits of a text, in lower case.
func hexDigits(s string) string {
	b := make([]byte, 0, len(s))
	for _, c := range []byte(strings.ToLower(s)) {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'f' {
			b = append(b, c)
		}
	}
	return string(b)
}

// legalWords end or begin a maker's name without telling makers apart.
var legalWords = map[string]bool{
	"inc": true, "incorporated": true, "corp": true, "corporation": true, "co": true, "company": true,
	"ltd": true, "limited": true, "llc": true, "llp": true, "gmbh": true, "ag": true, "kg": true, "sa": true,
	"sas": true, "sarl": true, "srl": true, "spa": true, "bv": true, "nv": true, "ab": true, "as": true,
	"oy": true, "oyj": true, "plc": true, "pte": true, "pty": true, "kk": true, "the": true, "and": true,
	"international": true, "group": true, "holdings": true, "computer": true, "computers": true,
}

// vendorWords gives a maker's name in the form in which spellings are looked
// up: lower-case words without punctuation and legal forms, joined.
func vendorWords(s string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, ".", "")), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r < 128
	}) {
		if !legalWords[w] {
			b.WriteString(w)
		}
	}
	return b.String()
}

// vendorKey gives one key for all spellings of a maker, so that serials told
// by different sources compare: "Hewlett-Packard", "HPE" and "HP Inc." are
// "hp". An unknown maker's key is its name without its legal form; "" when
// there is no name.
func vendorKey(s string) string {
	words := vendorWords(s)
	if key, ok := placeholders().vendors[words]; ok {
		return key
	}
	if placeholderSerial(strings.ToUpper(words)) && len(words) >= 4 {
		return "" // "To be filled by O.E.M." as a maker
	}
	return words
}

// serialKey gives the form in which serials compare, "" for a placeholder.
func serialKey(s string) string {
	k := squeeze(s)
	if len(k) > 64 || placeholderSerial(k) {
		return ""
	}
	return k
}

// SerialKey gives the form in which serials compare, "" for a placeholder such as
// "To be filled by O.E.M.".
func SerialKey(s string) string { return serialKey(s) }

// SameVendor tells that two spellings name one maker.
func SameVendor(a, b string) bool { return vendorKey(a) == vendorKey(b) }

// macKey gives twelve lower-case hex digits, "" when the text is no hardware
// address or one that does not identify (see placeholderMAC).
func macKey(s string) string {
	m := macDigits(s)
	if m == "" || placeholderMAC(m) {
		return ""
	}
	return m
}

// macDigits reads the usual ways to write a hardware address: 00:1a:2b:3c:4d:5e,
// 00-1A-…, 001a.2b3c.4d5e, 001A2B3C4D5E, and 0:1a:2b:3c:4d:5e as some agents
// do. "" when it is none.
func macDigits(s string) string {
	if len(s) == 17 && s[2] == ':' { // how nearly every source writes them
		if joined := hexDigits(s); len(joined) == 12 && strings.Count(s, ":") == 5 && s[5] == ':' && s[8] == ':' && s[11] == ':' && s[14] == ':' {
			return joined
		}
	}
	s = strings.ToLower(strings.TrimSpace(s))
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ':' || r == '-' || r == '.' || r == ' ' })
	if len(groups) == 6 {
		for i, g := range groups {
			if len(g) == 1 {
				groups[i] = "0" + g
			}
		}
	}
	joined := strings.Join(groups, "")
	if len(joined) != 12 || hexDigits(joined) != joined || len(s) > 17 {
		return ""
	}
	return joined
}

// MAC writes a hardware address as six lower-case pairs with colons, "" when
// the text is none. Unlike identification it keeps every address.
func MAC(s string) string {
	m := macDigits(s)
	if m == "" {
		return ""
	}
	return m[:2] + ":" + m[2:4] + ":" + m[4:6] + ":" + m[6:8] + ":" + m[8:10] + ":" + m[10:]
}

// parseUUID reads 32 hex digits in any grouping.
func parseUUID(s string) (u [16]byte, ok bool) {
	if strings.Trim(strings.Trim(strings.TrimSpace(s), "{}"), "0123456789abcdefABCDEF- ") != "" {
		return u, false
	}
	raw, err := hex.DecodeString(hexDigits(s))
	if err != nil || len(raw) != 16 {
		return u, false
	}
	return [16]byte(raw), true
}

// canonicalUUID gives one text for both byte orders: SMBIOS and VMware write
// the first three groups little-endian, others big-endian, and nothing in the
// value tells which. The smaller of the two stands for both.
func canonicalUUID(u [16]byte) string {
	swapped := u
	swapped[0], swapped[1], swapped[2], swapped[3] = u[3], u[2], u[1], u[0]
	swapped[4], swapped[5], swapped[6], swapped[7] = u[5], u[4], u[7], u[6]
	a, b := hex.EncodeToString(u[:]), hex.EncodeToString(swapped[:])
	return min(a, b)
}

// uuidKey gives the canonical form, "" when the text is no UUID or a
// placeholder.
func uuidKey(s string) string {
	u, ok := parseUUID(s)
	if !ok || placeholderUUID(u) {
		return ""
	}
	return canonicalUUID(u)
}

// virtualSerialUUID reads the UUID that VMware and Parallels hide in a guest's
// serial ("VMware-56 4d 2a …"); such a serial is the UUID once more and not an
// independent proof.
func virtualSerialUUID(s string) (key string, virtual bool) {
	upper := strings.ToUpper(strings.TrimSpace(s))
	for _, prefix := range []string{"VMWARE-", "PARALLELS-"} {
		if rest, ok := strings.CutPrefix(upper, prefix); ok {
			return uuidKey(rest), true
		}
	}
	if u, ok := parseUUID(s); ok && len(hexDigits(s)) == 32 {
		if placeholderUUID(u) {
			return "", true
		}
		return canonicalUUID(u), true
	}
	return "", false
}

// engineKey gives an SNMP engine id (RFC 3411) as lower-case hex, "" when it
// does not identify: too short or long, empty after the enterprise, a shipped
// default, or built from an address that every office has.
func engineKey(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "0x"), "0X")
	h := hexDigits(s)
	if len(h) < 10 || len(h) > 64 || len(h)%2 != 0 || placeholders().engineIDs[h] {
		return ""
	}
	for _, r := range s {
		if !strings.ContainsRune("0123456789abcdefABCDEF:-. ", r) {
			return ""
		}
	}
	rest := h[8:]
	if strings.Trim(rest, "0") == "" || strings.Trim(rest, "f") == "" {
		return ""
	}
	if h[0] < '8' { // the old form: twelve octets that the maker chose
		if len(h) != 24 || strings.Trim(rest[4:], "0") == "" {
			return ""
		}
		return h
	}
	kind, value := rest[:2], rest[2:]
	switch kind {
	case "01": // an IPv4 address: private ones repeat at every site
		return ""
	case "02": // an IPv6 address: link-local ones come from the hardware address
		if len(value) != 32 || !strings.HasPrefix(value, "fe8") {
			return ""
		}
	case "03": // a hardware address
		if len(value) != 12 || placeholderMAC(value) {
			return ""
		}
	case "04": // a text that somebody configured, often the same everywhere
		return ""
	default:
		if strings.Trim(value, "0") == "" || strings.Trim(value, "f") == "" {
			return ""
		}
	}
	return h
}

// hostKey gives a host name's first label in lower case, "" for a factory
// default or a spelled address.
func hostKey(s string) string {
	s = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), "$")
	if _, err := netip.ParseAddr(s); err == nil {
		return ""
	}
	if i := strings.IndexByte(s, '\\'); i >= 0 { // DOMAIN\NAME
		s = s[i+1:]
	}
	s, _, _ = strings.Cut(s, ".")
	if len(s) > 63 || strings.ContainsAny(s, " /") || genericHostname(s) {
		return ""
	}
	return s
}

// addressKey qualifies an address by its site: the same private range exists
// at every site. "" when there is no address.
func addressKey(siteID, address string) string {
	a, err := netip.ParseAddr(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return siteID + "/" + a.Unmap().WithZone("").String()
}
