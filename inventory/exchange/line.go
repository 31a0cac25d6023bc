package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"parc/inventory"
)

// line is one line of an observation file or of a scan's output. A missing key
// says nothing; an empty list says that the source looked and found none.
type line struct {
	At             *time.Time      `json:"at,omitempty"`
	Source         text            `json:"source,omitempty"`
	Sources        []text          `json:"sources,omitempty"`
	Ref            text            `json:"ref,omitempty"`
	Address        text            `json:"address,omitempty"`
	Hostname       text            `json:"hostname,omitempty"`
	Domain         text            `json:"domain,omitempty"`
	User           text            `json:"user,omitempty"`
	Class          text            `json:"class,omitempty"`
	Vendor         text            `json:"vendor,omitempty"`
	Model          text            `json:"model,omitempty"`
	Version        text            `json:"version,omitempty"`
	Serial         text            `json:"serial,omitempty"`
	UUID           text            `json:"uuid,omitempty"`
	EngineID       text            `json:"engine_id,omitempty"`
	MACs           []text          `json:"macs,omitempty"`
	OS             *system         `json:"os,omitempty"`
	FirstInstalled text            `json:"first_installed,omitempty"`
	Software       []title         `json:"software,omitzero"`
	Facts          []fact          `json:"facts,omitempty"`
	Details        json.RawMessage `json:"details,omitempty"` // written for people who want all; not read
}

type system struct {
	Name    text `json:"name,omitempty"`
	Version text `json:"version,omitempty"`
	Build   text `json:"build,omitempty"`
}

type title struct {
	Name        text `json:"name"`
	Version     text `json:"version,omitempty"`
	Publisher   text `json:"publisher,omitempty"`
	InstalledOn text `json:"installed_on,omitempty"`
}

type fact struct {
	Field      text `json:"field"`
	Value      text `json:"value"`
	From       text `json:"from,omitempty"`
	Confidence int  `json:"confidence,omitempty"`
}

// text is a string that may also be written as a number: a serial of digits
// loses its quotes in many a tool.
type text string

// UnmarshalJSON reads a string, a number as it is written, or null.
func (t *text) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	switch {
	case bytes.Equal(b, []byte("null")):
		*t = ""
		return nil
	case len(b) > 0 && b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = text(s)
		return nil
	case len(b) > 0 && (b[0] == '-' || b[0] >= '0' && b[0] <= '9'):
		*t = text(b)
		return nil
	}
	return fmt.Errorf("%s where a text is wanted", inventory.CleanTo(string(b), 40))
}

// UnmarshalJSON reads {"name","version","build"}, or the name alone.
func (s *system) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	if len(b) > 0 && b[0] == '"' {
		return s.Name.UnmarshalJSON(b)
	}
	type plain system
	return json.Unmarshal(b, (*plain)(s))
}

func (t text) clean() string { return inventory.Clean(string(t)) }

// The plain fields of a line, each with its key and the field it stands for.
var plainFields = []struct {
	key   string
	field inventory.Field
	of    func(*line) *text
}{
	{"hostname", inventory.FieldHostname, func(l *line) *text { return &l.Hostname }},
	{"domain", inventory.FieldDomain, func(l *line) *text { return &l.Domain }},
	{"user", inventory.FieldUser, func(l *line) *text { return &l.User }},
	{"class", inventory.FieldClass, func(l *line) *text { return &l.Class }},
	{"vendor", inventory.FieldVendor, func(l *line) *text { return &l.Vendor }},
	{"model", inventory.FieldModel, func(l *line) *text { return &l.Model }},
	{"version", inventory.FieldVersion, func(l *line) *text { return &l.Version }},
	{"serial", inventory.FieldSerial, func(l *line) *text { return &l.Serial }},
	{"uuid", inventory.FieldUUID, func(l *line) *text { return &l.UUID }},
	{"engine_id", inventory.FieldEngineID, func(l *line) *text { return &l.EngineID }},
	{"first_installed", inventory.FieldFirstInstalled, func(l *line) *text { return &l.FirstInstalled }},
	{"os.name", inventory.FieldOSName, func(l *line) *text { return &l.system().Name }},
	{"os.version", inventory.FieldOSVersion, func(l *line) *text { return &l.system().Version }},
	{"os.build", inventory.FieldOSBuild, func(l *line) *text { return &l.system().Build }},
}

func (l *line) system() *system {
	if l.OS == nil {
		l.OS = &system{}
	}
	return l.OS
}

// wrap says in one line what is wrong with a line of a file.
func wrap(number int, format string, args ...any) error {
	return inventory.Errorf(inventory.Invalid, "line %d: %s", number, fmt.Sprintf(format, args...))
}

// jsonProblem turns an error of the decoder into words.
func jsonProblem(err error) string {
	var wrongType *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case asError(err, &wrongType):
		return fmt.Sprintf("%q is a %s, which does not fit", wrongType.Field, wrongType.Value)
	case asError(err, &syntax):
		return fmt.Sprintf("no valid JSON at byte %d: %s", syntax.Offset, syntax.Error())
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}
