package catalogue

import (
	"regexp"
	"strings"
)

// What a title carries besides its product: marks, bits, language and version.
var (
	marks    = strings.NewReplacer("®", "", "™", "", "©", "", "(R)", "", "(r)", "", "(TM)", "", "(tm)", "", "\u00a0", " ", "’", "'", "′", "'")
	bits     = regexp.MustCompile(`(?i)\s*[\(\[]?\b(?:x64|x86|amd64|arm64|64[- ]?bits?|32[- ]?bits?|x86_64|64 bits)\b(?: edition)?[\)\]]?`)
	language = regexp.MustCompile(`(?i)\s*(?:-\s*|\()(?:[a-z]{2}-[a-z]{2}|fran[cç]ais(?:e)?|french|english|deutsch|german|español|spanish|italiano|fr|en|fra|enu|fr_fr|multilingual|x64 fr|x64 en-us)\)?\s*(?:\([a-zç]+\))?$`)
	version  = regexp.MustCompile(`(?i)[\s,_-]+(?:version|v|ver\.?|rel(?:ease)?\.?|build|sp|update|r)?[\s.]*\d+(?:[._]\d+)+(?:[._-]?[a-z0-9]+)*\)?$|[\s-]+v\d+$`)
	emptied  = regexp.MustCompile(`\(\s*\)|\[\s*\]`)
)

// tidyTitle takes out marks and doubled blanks.
func tidyTitle(name string) string { return strings.Join(strings.Fields(marks.Replace(name)), " ") }

// plainTitle is a title as rules look at it: tidy, in lower case.
func plainTitle(name string) string { return strings.ToLower(tidyTitle(name)) }

// bareTitle gives a title without its bits, language and version, so that one
// product in several of them is one: "7-Zip 23.01 (x64)" is "7-Zip". What would leave
// nothing stays.
func bareTitle(name string) string {
	name = tidyTitle(name)
	bare := name
	for range 4 { // "Name 1.2.3 (x64) - fr-fr"
		before := bare
		bare = bits.ReplaceAllString(bare, "")
		bare = emptied.ReplaceAllString(bare, "")
		bare = strings.TrimSpace(language.ReplaceAllString(bare, ""))
		bare = strings.TrimSpace(version.ReplaceAllString(bare, ""))
		bare = strings.TrimRight(bare, " -–,_(")
		if bare == before {
			break
		}
	}
	if bare == "" {
		return name
	}
	return bare
}
