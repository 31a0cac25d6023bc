package agent

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"parc/inventory"
)

// envelope is a message of GLPI's JSON protocol.
type envelope struct {
	Action   string                     `json:"action"`
	DeviceID any                        `json:"deviceid"`
	ItemType string                     `json:"itemtype"`
	Name     string                     `json:"name"`
	Version  any                        `json:"version"`
	Tag      any                        `json:"tag"`
	Partial  any                        `json:"partial"`
	Content  map[string]json.RawMessage `json:"content"`
}

// unread are sections that are never read: they hold whatever people have typed
// on command lines and in their environment, passwords too.
var unread = map[string]bool{"envs": true, "environments": true, "processes": true, "accounts": true, "registry": true}

func parseJSON(text []byte) (*envelope, error) {
	if inventory.Nested(text, maxDepth) {
		return nil, inventory.Errorf(inventory.LimitReached, "the JSON is nested more than %d deep", maxDepth)
	}
	var e envelope
	if err := json.Unmarshal(text, &e); err != nil {
		return nil, jsonProblem(err)
	}
	return &e, nil
}

func jsonProblem(err error) error {
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrong):
		return inventory.Errorf(inventory.Invalid, "no inventory: %q is a %s, which does not fit", inventory.CleanTo(wrong.Field, 60), wrong.Value)
	case errors.As(err, &syntax):
		return inventory.Errorf(inventory.Invalid, "no valid JSON at byte %d: %s", syntax.Offset, inventory.CleanTo(syntax.Error(), 100))
	}
	return inventory.Errorf(inventory.Invalid, "no valid JSON: %s", inventory.CleanTo(err.Error(), 200))
}

// jsonSections gives the sections of a JSON inventory.
func jsonSections(content map[string]json.RawMessage) (sections, error) {
	s := sections{}
	for name, raw := range content {
		name = strings.ToLower(name)
		if unread[name] {
			continue
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			return nil, jsonProblem(err)
		}
		switch x := v.(type) {
		case map[string]any:
			s[name] = []row{jsonRow(x)}
		case []any:
			if len(x) > maxRows {
				return nil, inventory.Errorf(inventory.LimitReached, "the inventory has %d entries of %s, at most %d are taken", len(x), inventory.CleanTo(name, 40), maxRows)
			}
			s[name] = make([]row, 0, len(x))
			for _, entry := range x {
				if object, ok := entry.(map[string]any); ok {
					s[name] = append(s[name], jsonRow(object))
				}
			}
		case nil:
		default:
			s[name] = []row{{"text": scalar(x)}}
		}
	}
	return s, nil
}

func jsonRow(object map[string]any) row {
	r := make(row, len(object))
	fillRow(r, "", object)
	return r
}

func fillRow(r row, prefix string, object map[string]any) {
	for name, v := range object {
		if len(r) >= maxFields {
			return
		}
		name = prefix + strings.ToLower(name)
		switch x := v.(type) {
		case map[string]any:
			fillRow(r, name+".", x)
		case []any:
			r[name] = joined(x)
		default:
			r[name] = scalar(x)
		}
	}
}

// joined writes a list in one text: its scalars, or the names of its objects.
func joined(items []any) string {
	const most = 4096
	var all []string
	for _, item := range items[:min(len(items), most)] {
		text := scalar(item)
		if object, ok := item.(map[string]any); ok {
			text = scalar(object["name"])
		}
		if text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, "\n")
}

// scalar writes a value as XML would: agents send numbers as strings and the reverse.
func scalar(v any) string {
	switch x := v.(type) {
	case string:
		return clean(x)
	case json.Number:
		return clean(x.String())
	case bool:
		if x {
			return "1"
		}
		return "0"
	case float64: // of the envelope
		text, err := json.Marshal(x)
		if err != nil {
			return ""
		}
		return string(text)
	}
	return ""
}
