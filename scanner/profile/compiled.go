package profile

import (
	"regexp"

	"parc/inventory"
)

// Profile is one device profile, checked and ready.
type Profile struct {
	ID       string
	File     string // where it was read
	Part     bool   // used through extends only
	added    bool   // from an operator's folder
	ways     []way
	fields   map[inventory.Field][]*source
	models   map[string]string
	tables   []*table
	collect  []string
	examples []exampleSpec
}

// way is one compiled alternative of match.
type way struct {
	arcs     []string // sysObjectID prefixes
	sysDescr []*regexp.Regexp
	notDescr []*regexp.Regexp
	sysName  []*regexp.Regexp
	has      []has
	hints    []hint
	keys     int // how many keys the way names: more is more specific
}

type has struct {
	oid   string
	regex *regexp.Regexp
}

// hint is a key about what other sources than SNMP know.
type hint struct {
	input string
	any   []*regexp.Regexp
}

// source is a compiled sourceSpec.
type source struct {
	text       string // as the trace and the facts name it
	constant   string
	oid        string
	column     string
	base       int // how many arcs of the sysObjectID stand before oid or column; 0: none
	row        string
	where      *where
	rows       int
	from       string
	own        string
	parts      []*source
	optional   bool
	join       string
	when       []when
	format     string
	regex      *regexp.Regexp
	as         string
	models     bool
	values     map[string]string
	otherwise  string
	reject     []*regexp.Regexp
	confidence inventory.Confidence
	fullOnly   bool
	level      int // 0: the profile's own; more: from parts it extends, asked later
}

type where struct {
	column string
	regex  *regexp.Regexp
}

type when struct {
	from  string
	oid   string
	regex *regexp.Regexp
	not   bool
}

// table is a compiled tableSpec.
type table struct {
	into    string
	kind    string
	rows    int
	columns map[string]tableColumn
	when    []when
}

type tableColumn struct {
	column   string
	constant string
	format   string
	regex    *regexp.Regexp
	as       string
	values   map[string]string
	scale    float64
}
