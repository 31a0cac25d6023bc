package profile

import (
	"regexp"
	"strings"
)

var (
	systemDescr  = regexp.MustCompile(`(?i)^(linux|freebsd|openbsd|netbsd|sunos|darwin|hp-ux|aix|windows|hardware: |unix|vmware|solaris|android)\b`)
	suffixWord   = regexp.MustCompile(`^[A-Z]{2,5}(?:-\w{1,4})?$`)
	modelWord    = regexp.MustCompile(`^(?:[A-Z]{1,}[A-Za-z]*-?\d{2,}[A-Za-z0-9\-+/]*|[A-Z]{2,}[A-Z0-9]*-[A-Z0-9]*\d[A-Za-z0-9\-+/]*|\d[A-Z]{1,4}\d{2,}[A-Z0-9\-]*)$`)
	numberedName = regexp.MustCompile(`^\d{2,5}[A-Za-z+]{0,4}(?:-\d{1,3}[A-Z]{0,4})?$`)
	nameWord     = regexp.MustCompile(`^[A-Z][A-Za-z]{2,}$`)
	noModelWord  = regexp.MustCompile(`(?i)^(v\d+r\d+\w*|r\d{2,}\w*|rel\w*\d+|build\w*|rs-?\d{3}\w*|ip\d?v\d|utf-?\d+|vxworks\S*|armv?\d\S*|mpc\d+\w*|cortex\S*|i[3-6]86|x86\S*|amd64|mips\d*\S*|ppc\d*|powerpc\S*|ieee\S*|802\S*|rfc\S*|usb\S*|sha\d+|aes\S*|sfp\S*|qsfp\S*|base-?t\S*|\d*g?base\S*|poe\S*|force10|zxr10|os\d+\w*|kernel\S*|snmp\S*|rev\S*|version\S*|release\S*|hw\S*|sw\S*|fw\S*|[a-z]{3}\d{6,8})$`)
	beforeNumber = regexp.MustCompile(`(?i)^(version|ver|v|rev|revision|release|rel|build|hw|sw|fw|firmware|hardware|software|boot|bootloader|kernel|loader|sn|s/n|serial|number|no|mac|copyright|ip|port|ports|slot|unit|cpu|compiled|date|patch|type|id|image|tag|cop|processor|bios|agent|card|module)[:.#]?$`)
	stopWord     = regexp.MustCompile(`(?i)^(version|port|ports|series|copyright|release|snmp|linux|windows|system|agent|model|inc|ltd|gmbh|corporation|company|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|build|rev|gigabit|ethernet|fast|layer|managed|management|firmware|software|hardware|patch|rights|reserved|since|part|rack|room|floor|building|level|number|type|channel|pack|service|update)$`)
)

// wordOfModel gives the word of a sysDescr that has a model's shape ("WS-X42",
// "C600HC"), or a name and its number ("Poseidon 4002"); "" where there is
// none, and for what computers' systems say of themselves.
func wordOfModel(sysDescr, vendor string) string {
	if sysDescr == "" || systemDescr.MatchString(strings.TrimSpace(sysDescr)) {
		return ""
	}
	words := strings.FieldsFunc(sysDescr, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;()[]<>=\"'|", r) })
	const near = 12 // a model stands near the start
	maker, _, _ := strings.Cut(strings.ToLower(vendor), " ")
	before := ""
	for i, word := range words {
		if i == near {
			break
		}
		word = strings.Trim(word, ".:*!-")
		switch {
		case beforeNumber.MatchString(before):
		case modelWord.MatchString(word) && len(word) >= 4 && len(word) <= 32 && !noModelWord.MatchString(word):
			return word
		case numberedName.MatchString(word) && nameWord.MatchString(before) && !stopWord.MatchString(before) && !yearLike(word):
			name := before + " " + word
			if strings.ToLower(before) == maker {
				name = word
			}
			if i+1 < len(words) && suffixWord.MatchString(words[i+1]) {
				return name + " " + words[i+1]
			}
			if name != word { // a number alone may be that of a platform
				return name
			}
		}
		before = word
	}
	return ""
}

// yearLike tells a year from a model's number.
func yearLike(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20")) && strings.Trim(s, "0123456789") == ""
}

var (
	versionWord   = regexp.MustCompile(`^(?:[VvRr]?\d{1,4}(?:\.\d+[A-Za-z]?){2,}[A-Za-z0-9\-]*|[A-Z]{2}\.\d+(?:\.\d+){2,}|[VvR]\d+\.\d+\w*|\d+\.\d+r\d+\w*)$`)
	othersVersion = regexp.MustCompile(`(?i)^(boot\S*|u-?boot|hardware|hw|kernel|linux|vxworks|snmp\S*|ip|address|cpld|fpga|bios|engine|loader|driver|board|pcb|mib|agent|prom|rom|java|php|apache|model|protocol|bootcode|card|module|mac|chip|dsp|modem|busybox|gcc|openssl)[:.]?$`)
)

// wordOfVersion gives the first word of a sysDescr that can only be a version,
// and is not said to be that of something else; "" where there is none, and for
// what computers' systems say of themselves.
func wordOfVersion(sysDescr string) string {
	if sysDescr == "" || systemDescr.MatchString(strings.TrimSpace(sysDescr)) {
		return ""
	}
	before := ""
	for _, word := range strings.FieldsFunc(sysDescr, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;()[]<>=\"'|", r) }) {
		word = strings.Trim(word, ".:*!")
		switch {
		case !versionWord.MatchString(word) || isAddress(word) || dateShape.MatchString(word):
		case othersVersion.MatchString(before):
			return "" // what follows may be its parts
		default:
			return word
		}
		before = word
	}
	return ""
}
