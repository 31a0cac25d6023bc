package agent

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"parc/inventory"
)

// The bounds of a message's structure.
const (
	maxDepth    = 16
	maxElements = 2_000_000
	maxRows     = 20_000 // entries of one section
	maxFields   = 200    // fields of one entry
)

// element is one element of an XML message.
type element struct {
	name string // lower case
	text string // cleaned
	kids []*element
}

// kid gives the first child of that name; an empty one when there is none.
func (e *element) kid(name string) *element {
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
	}
	return &element{}
}

// row gives the children as fields.
func (e *element) row() row {
	r := make(row, len(e.kids))
	e.fill(r, "")
	return r
}

func (e *element) fill(r row, prefix string) {
	for _, k := range e.kids {
		name := prefix + k.name
		if len(k.kids) > 0 {
			k.fill(r, name+".")
			continue
		}
		if len(r) >= maxFields && r[name] == "" {
			continue
		}
		if before, double := r[name]; double && before != "" && k.text != "" {
			r[name] = before + "\n" + k.text
		} else if k.text != "" || !double {
			r[name] = k.text
		}
	}
}

// parseXML reads a message into its tree.
func parseXML(text []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = charset
	d.Entity = nil // only the five of XML itself
	root := &element{}
	open := []*element{root}
	for count := 0; ; {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, xmlProblem(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, inventory.Errorf(inventory.Invalid, "the XML has a DOCTYPE: no agent sends one")
		case xml.StartElement:
			if count++; count > maxElements {
				return nil, inventory.Errorf(inventory.LimitReached, "the XML has more than %d elements", maxElements)
			}
			if len(open) > maxDepth {
				return nil, inventory.Errorf(inventory.LimitReached, "the XML is nested more than %d deep", maxDepth)
			}
			e := &element{name: strings.ToLower(t.Name.Local)}
			parent := open[len(open)-1]
			parent.kids = append(parent.kids, e)
			open = append(open, e)
		case xml.EndElement:
			e := open[len(open)-1]
			if len(open) == 1 || e.name != strings.ToLower(t.Name.Local) {
				return nil, inventory.Errorf(inventory.Invalid, "the XML closes %s where it is not open", inventory.CleanTo(t.Name.Local, 40))
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if e := open[len(open)-1]; len(bytes.TrimSpace(t)) > 0 && len(e.text) <= inventory.MaxText {
				e.text += clean(string(t))
			}
		}
	}
	if len(open) > 1 {
		return nil, inventory.Errorf(inventory.Invalid, "the XML breaks off inside %s", inventory.CleanTo(open[len(open)-1].name, 40))
	}
	return root, nil
}

func xmlProblem(err error) error {
	if inventory.CodeOf(err) != inventory.Internal {
		return err
	}
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return inventory.Errorf(inventory.Invalid, "no valid XML, line %d: %s", syntax.Line, inventory.CleanTo(syntax.Msg, 200))
	}
	return inventory.Errorf(inventory.Invalid, "no valid XML: %s", inventory.CleanTo(err.Error(), 200))
}

// charset reads the two encodings besides UTF-8 that old agents declare.
func charset(label string, r io.Reader) (io.Reader, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	switch strings.ToLower(label) {
	case "us-ascii", "ascii", "utf8":
		if !utf8.Valid(text) {
			return nil, notUTF8()
		}
		return bytes.NewReader(text), nil
	case "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252":
		return strings.NewReader(western(text)), nil
	}
	return nil, inventory.Errorf(inventory.Invalid, "the XML is in %s: agents must send UTF-8", inventory.CleanTo(label, 40))
}

// cp1252 is what Windows-1252 has where Latin-1 has control characters.
var cp1252 = [32]rune{
	'€', 0xfffd, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0xfffd, 'Ž', 0xfffd,
	0xfffd, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0xfffd, 'ž', 'Ÿ',
}

// western reads Windows-1252, of which Latin-1 is a part.
func western(text []byte) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for _, c := range text {
		switch {
		case c >= 0x80 && c < 0xa0:
			b.WriteRune(cp1252[c-0x80])
		default:
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func notUTF8() error {
	return inventory.Errorf(inventory.Invalid, "the message is not valid UTF-8")
}

// aliases are fields that XML names otherwise than JSON, by section; "" is for
// every section.
var aliases = map[string]map[string]string{
	"":            {"installdate": "install_date", "macaddr": "mac"},
	"storages":    {"serialnumber": "serial"},
	"cpus":        {"type": "name", "cores": "core", "current_speed": "speed"},
	"local_users": {},
}

// xmlSections gives the sections of CONTENT.
func xmlSections(content *element) (sections, error) {
	s := sections{}
	for _, e := range content.kids {
		if len(s[e.name]) >= maxRows {
			return nil, inventory.Errorf(inventory.LimitReached, "the inventory has more than %d entries of %s", maxRows, inventory.CleanTo(e.name, 40))
		}
		r := e.row()
		for _, table := range []map[string]string{aliases[""], aliases[e.name]} {
			for from, to := range table {
				if r[to] == "" && r[from] != "" {
					r[to] = r[from]
				}
			}
		}
		if len(r) == 0 && e.name != "versionclient" {
			if _, ok := s[e.name]; !ok {
				s[e.name] = []row{}
			}
			continue
		}
		if len(r) == 0 {
			r["text"] = e.text
		}
		s[e.name] = append(s[e.name], r)
	}
	return s, nil
}
