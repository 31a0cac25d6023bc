package agent

import (
	"bytes"
	"encoding/json"
)

// Is tells from the beginning of a file that an agent wrote it: XML, something
// packed, or a JSON object that names a device. Observation files, whose lines
// are objects too, do not. A few KiB are enough to tell.
func Is(head []byte) bool {
	switch packingOf(head) {
	case Zlib, Gzip:
		return true
	case Deflate:
		return false
	}
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	if len(head) == 0 || head[0] != '{' {
		return len(head) > 0 && head[0] == '<'
	}
	return namesDevice(head)
}

// namesDevice reads the keys of the first object, as far as the head goes.
func namesDevice(head []byte) bool {
	d := json.NewDecoder(bytes.NewReader(head))
	depth, key := 0, true
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{', '[':
				depth++
			default:
				depth--
			}
			if depth == 0 {
				return false
			}
			if depth == 1 {
				key = true
			}
		default:
			if depth != 1 {
				continue
			}
			if name, ok := t.(string); key && ok && (name == "deviceid" || name == "itemtype" || name == "content" || name == "action") {
				return true
			}
			key = !key
		}
	}
}
