package profile

import (
	"regexp"
	"strconv"
	"strings"
)

// decimal is short for what indexes are written with.
func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// expand gives what a regex finds in a value: by the template, which names
// groups as $1 or ${1} and may be a plain word; without one, the first group
// that took part; without groups, the whole match.
func expand(r *regexp.Regexp, template, value string) (string, bool) {
	at := r.FindStringSubmatchIndex(value)
	if at == nil {
		return "", false
	}
	if template != "" {
		return strings.TrimSpace(string(r.ExpandString(nil, template, value, at))), true
	}
	for i := 2; i+1 < len(at); i += 2 {
		if at[i] >= 0 {
			return strings.TrimSpace(value[at[i]:at[i+1]]), true
		}
	}
	return strings.TrimSpace(value[at[0]:at[1]]), true
}
