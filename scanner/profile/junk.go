package profile

import (
	"regexp"
	"strings"

	"parc/inventory"
)

// junkSpec is data/junk.yaml: values that stand where nothing is known.
type junkSpec struct {
	Words  texts            `yaml:"words"`  // for every field, whatever the case
	Fields map[string]texts `yaml:"fields"` // patterns for one field
}

// junk tells placeholders from values.
type junk struct {
	words  map[string]bool
	fields map[inventory.Field][]*regexp.Regexp
}

// unfit tells why a value cannot be one of the field, "" when it can.
func (j *junk) unfit(field inventory.Field, value string) string {
	low := strings.ToLower(value)
	if j.words[low] {
		return "placeholder"
	}
	for _, r := range j.fields[field] {
		if r.MatchString(value) {
			return "placeholder"
		}
	}
	switch field {
	case inventory.FieldSerial:
		return unfitSerial(value)
	case inventory.FieldModel, inventory.FieldPartNumber:
		return unfitModel(value)
	case inventory.FieldVersion, inventory.FieldOSVersion:
		if !strings.ContainsAny(value, "0123456789") {
			return "no number in it"
		}
		if len(value) > 120 {
			return "too long"
		}
	}
	return ""
}

func unfitSerial(s string) string {
	switch {
	case len(s) < 4:
		return "too short"
	case len(s) > 80:
		return "too long"
	case oneCharacter(s):
		return "one character repeated"
	case strings.ContainsAny(s, ":-") && macPattern.MatchString(s):
		return "a MAC address"
	}
	return ""
}

func unfitModel(s string) string {
	switch {
	case len(s) < 2:
		return "too short"
	case len(s) > 160:
		return "too long"
	case oneCharacter(s):
		return "one character repeated"
	}
	return ""
}

// oneCharacter tells that all letters and digits of s are the same, however
// they are separated: "0000-0000", "XXXX". A text without any counts too.
func oneCharacter(s string) bool {
	var first rune
	for _, r := range strings.ToLower(s) {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			if r > 0x7f {
				return false
			}
			continue
		}
		if first == 0 {
			first = r
		}
		if r != first {
			return false
		}
	}
	return true
}
